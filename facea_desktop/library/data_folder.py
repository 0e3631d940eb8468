"""Where people, portraits and models are kept unless the user names another folder."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_data_path


def default_data_folder() -> Path:
    """What ``FACEA_DATA_DIR`` says, or the usual place of this system."""
    return Path(os.environ.get("FACEA_DATA_DIR") or user_data_path("facea-desktop", False)).expanduser()
