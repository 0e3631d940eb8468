"""Environments with another PyTorch, in the data folder, and which of them engine processes start from.

    environments/active.json             names the one in use; written last, so that it is all there
    environments/<name>/                 packages that come before the program's own, and environment.json
    environments/<name>.<pid>.partial/   one that a process is installing
    environments/downloads/              what was downloaded for it, kept until it is complete

An environment holds PyTorch and what its build brings along; everything else comes from the program. So it is no
environment of Python's own, but a folder that goes first on the module path.
"""

from __future__ import annotations

import json
import logging
import os
import re
import secrets
import shutil
import sys
import sysconfig
from collections.abc import Callable
from importlib import metadata, util
from pathlib import Path

import psutil
from pydantic import Field, ValidationError

from facea_desktop.acceleration.torch_builds import is_older, least_torch
from facea_desktop.domain.atomic_files import private_folder, sync_folder, write_atomically
from facea_desktop.domain.people import Value

log = logging.getLogger(__name__)

MANIFEST = "environment.json"
_PARTIAL = ".partial"
_ASSIGNED = re.compile(r"^(cuda|hip|xpu)\b[^=\n]*= *'([^']+)'", re.MULTILINE)
"""What torch/version.py says that it was built for."""


class Environment(Value):
    """``environment.json`` of an environment that was verified.

    Attributes:
        name: of its folder.
        build: name of the build of PyTorch.
        torch: its version.
        python: which Python its packages are for, see ``this_python``.
        device: what PyTorch called the device that it computed on.
    """

    version: int = Field(1, ge=1, le=1)
    name: str = Field(pattern=r"^[a-z0-9.]+-[0-9a-f]+$")
    build: str
    torch: str
    python: str
    device: str

    @property
    def fits(self) -> bool:
        """Whether this Python and this version of the program can use it."""
        return self.python == this_python() and not is_older(self.torch, least_torch())


class Environments:
    """The environments of a data folder; nothing is created before one is installed.

    Attributes:
        folder: where they lie.
    """

    def __init__(self, root: Path) -> None:
        self.folder = root / "environments"
        self._choice = self.folder / "active.json"

    @property
    def downloads(self) -> Path:
        """Cache of what is downloaded."""
        return self.folder / "downloads"

    def chosen(self) -> Environment | None:
        """The environment that was installed last and not given up, whether or not it can still be used."""
        try:
            name = json.loads(self._choice.read_text("utf-8"))["environment"]
            made = Environment.model_validate_json((self.folder / name / MANIFEST).read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, ValidationError) as error:
            log.warning("the environment for the graphics card cannot be used: %s", str(error).splitlines()[0])
            return None
        return made if made.name == name else None

    def active(self) -> Environment | None:
        """The environment that engine processes start from; None for the program's own PyTorch."""
        found = self.chosen()
        return found if found is not None and found.fits else None

    def packages(self) -> Path | None:
        """Folder of the active environment."""
        found = self.active()
        return self.folder / found.name if found is not None else None

    def begin(self, build: str) -> Path:
        """A new empty folder to install into.

        Raises:
            OSError: the disk refuses.
        """
        private_folder(self.folder)
        folder = self.folder / f"{build}-{secrets.token_hex(2)}.{os.getpid()}{_PARTIAL}"
        folder.mkdir(mode=0o700)
        return folder

    def complete(self, partial: Path, describe: Callable[[str], Environment]) -> Environment:
        """Put what was installed and verified in its place and use it from now on.

        Args:
            describe: makes the manifest for the name that the environment gets.

        Raises:
            OSError: the disk refuses; what was in use stays in use.
        """
        made = describe(partial.name.split(f".{os.getpid()}{_PARTIAL}")[0])
        write_atomically(partial / MANIFEST, made.model_dump_json(indent=2).encode())
        partial.rename(self.folder / made.name)
        sync_folder(self.folder)
        write_atomically(self._choice, json.dumps({"environment": made.name}).encode())
        return made

    def go_back(self) -> None:
        """Use the program's own PyTorch from now on; what was installed stays until ``sweep``.

        Raises:
            OSError: the disk refuses.
        """
        self._choice.unlink(missing_ok=True)

    def sweep(self) -> None:
        """Remove environments that are not in use, and what processes that are gone left half-done.

        Nothing may run from them any more. Files that somebody holds all the same (Windows) are left for the next time.
        """
        chosen = self.chosen()
        for folder in self.folder.glob("*-*"):
            owner = re.search(rf"\.(\d+){re.escape(_PARTIAL)}$", folder.name)
            if owner is not None and psutil.pid_exists(int(owner[1])):
                continue
            if folder.is_dir() and (chosen is None or folder.name != chosen.name):
                (folder / MANIFEST).unlink(missing_ok=True)  # half of it is no environment
                shutil.rmtree(folder, ignore_errors=True)


def use_packages(folder: Path | None) -> None:
    """Import PyTorch from an environment from now on; without one, or with PyTorch loaded already, nothing changes."""
    if folder is not None and "torch" not in sys.modules and str(folder) not in sys.path:
        sys.path.insert(0, str(folder))


def this_python() -> str:
    """Which compiled packages this Python can load: "cpython-311 linux-x86_64"."""
    return f"{sys.implementation.cache_tag} {sysconfig.get_platform()}"


def own_torch() -> tuple[str, str]:
    """Version of the program's own PyTorch, and its build: "cpu" (on macOS with MPS), "cu130", "rocm7.2", "xpu".

    Read from its files, as importing it takes seconds and may fail. Empty where there is none.
    """
    spec = util.find_spec("torch")
    if spec is None or spec.origin is None:
        return "", ""
    said = Path(spec.origin).with_name("version.py").read_text("utf-8", "replace")
    return metadata.version("torch"), _build_of(dict(_ASSIGNED.findall(said)))


def _build_of(known: dict[str, str]) -> str:
    if "cuda" in known:
        return f"cu{known['cuda'].replace('.', '')}"
    if "hip" in known:
        return f"rocm{'.'.join(known['hip'].split('.')[:2])}"
    return "xpu" if "xpu" in known else "cpu"
