"""What lies in a person's folder, and how its manifest is read and written."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from facea_desktop.domain.atomic_files import private_folder, write_atomically
from facea_desktop.domain.faces import PARTS
from facea_desktop.domain.people import Profile

ADAPTER = "adapter.safetensors"
FEATURES = "features.safetensors"
MANIFEST = "profile.json"
LAST = "last.safetensors"
"""Of the checkpoints: where a tuning stands that was interrupted."""
BEST = "best.safetensors"
"""Of the checkpoints: the best weights of the tuning that the person has."""
BEST_SO_FAR = "best-so-far.safetensors"
"""Of a run that may yet be given up: it becomes BEST when the run has ended."""
PERSON_FILE = re.compile(
    rf"{re.escape(ADAPTER)}|{re.escape(FEATURES)}"
    r"|references/(?:0|[1-9][0-9]{0,2})\.png"
    rf"|masks/(?:0|[1-9][0-9]{{0,2}})-(?:{'|'.join(PARTS)})\.png"
)
"""Every file of a person but the manifest and the checkpoints, by its path inside the folder."""

PERSON_ID = re.compile(r"[0-9a-f]{12}")
_MANIFEST_LIMIT = 4 << 20


def without_checkpoints(profile: Profile) -> Profile:
    """The profile as it is true of a copy that holds no ``checkpoints/``."""
    if profile.tuning is None:
        return profile
    return profile.model_copy(update={"tuning": profile.tuning.model_copy(update={"best_step": None})})


def read_manifest(folder: Path) -> Profile:
    """The person whose folder, or staging folder, this is.

    Raises:
        OSError, ValueError: it is missing, too long, not valid, or another person's.
    """
    with (folder / MANIFEST).open("rb") as file:
        data = file.read(_MANIFEST_LIMIT + 1)
    if len(data) > _MANIFEST_LIMIT:
        raise ValueError(f"larger than {_MANIFEST_LIMIT} bytes")
    profile = Profile.model_validate_json(data)
    if not folder.name.endswith(profile.id):
        raise ValueError(f"it is of {profile.id}")
    return profile


def write_person(staging: Path, profile: Profile, files: Mapping[str, bytes]) -> None:
    """Write the files and then the manifest into a new folder; nothing is left where that fails."""
    staging.mkdir(mode=0o700)
    try:
        for name, data in files.items():
            private_folder((staging / name).parent)
            write_atomically(staging / name, data)
        write_atomically(staging / MANIFEST, profile.model_dump_json(indent=1).encode())
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise


def hashes(files: Mapping[str, bytes]) -> dict[str, str]:
    """SHA-256 of every file; a name that no person has is a mistake of the caller's."""
    for name in files:
        if not PERSON_FILE.fullmatch(name):
            raise ValueError(f"{name!r} is no file of a person")
    return {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
