"""The user's settings: ``settings.json`` in the data folder."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from facea_desktop.domain.atomic_files import disk_trouble, write_atomically
from facea_desktop.domain.people import Value
from facea_desktop.library.export_names import TEMPLATE_CHARACTERS

log = logging.getLogger(__name__)


class Settings(Value):
    """Settings of the window and of the engine.

    Attributes:
        language: a locale that the window is translated to; None takes the system's.
        device: "cpu", "mps", "xpu", "cuda", "cuda:1"; None takes the best.
        precision: "bf16", "fp16", "fp32"; None takes the device's best.
        place: workers that carry out tunings, portraits and batches as well, as ``batch --on`` names them.
        place_alone: whether those wait while the workers are busy, rather than run on this computer.
        memory: "saving" moves models through the device piece by piece, also where they would fit.
        prompts_in_exports: whether exported pictures carry the request that made them.
        ai_label: whether exported pictures carry the AI label.
        look_for_updates: whether a newer version is looked for at each start.
        empty_bin_after: days after which a start erases what is in the bin; None never does.
        notifications: of long jobs that end while the window is not in front: none, without names, or with names and
            prompts.
        welcomed: whether the welcome of the first start was seen.
        mask_colour, mask_opacity: how masks are shown, see ``canvas.mask_look``; the opacity is in percent.
        export_name: template of exported pictures' names, see ``library/export_names.py``.
        follow_results: whether new portraits take the canvas whatever it shows.
    """

    version: Literal[1] = 1
    theme: Literal["system", "light", "dark"] = "system"
    language: str | None = Field(None, pattern=r"^[a-z]{2,3}(_[A-Z]{2})?$")
    device: str | None = Field(None, pattern=r"^(cpu|mps|xpu|cuda(:\d{1,2})?)$")
    precision: Literal["bf16", "fp16", "fp32"] | None = None
    place: str | None = Field(None, pattern=r"^(local:[1-9][0-9]{0,2}|ray|ray://\S{1,300})$")
    place_alone: bool = False
    memory: Literal["automatic", "saving"] = "automatic"
    prompts_in_exports: bool = False
    ai_label: bool = True
    export_folder: Path | None = None
    mask_colour: Literal["accent", "red", "green", "blue", "yellow"] = "accent"
    mask_opacity: int = Field(50, ge=0, le=100)
    export_name: str = Field("{person}", max_length=TEMPLATE_CHARACTERS)
    follow_results: bool = False
    look_for_updates: bool = False
    empty_bin_after: Literal[7, 30, 90] | None = 30
    notifications: Literal["off", "general", "named"] = "general"
    welcomed: bool = False


def load_settings(root: Path) -> Settings:
    """The settings on disk; the defaults where there are none, or none that can be read, which is logged."""
    try:
        return Settings.model_validate_json((root / "settings.json").read_bytes())
    except FileNotFoundError:
        return Settings()
    except (OSError, ValidationError) as error:
        log.warning("settings.json cannot be used, the defaults are: %s", str(error).splitlines()[0])
        return Settings()


def save_settings(root: Path, settings: Settings) -> None:
    """Write the settings.

    Raises:
        UserError: the disk refuses; those that were there stay.
    """
    with disk_trouble("keep the settings"):
        write_atomically(root / "settings.json", settings.model_dump_json(indent=2).encode())
