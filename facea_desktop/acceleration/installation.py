"""Installs a build of PyTorch into an environment, verifies it on the card, and only then puts it to use."""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

from facea_desktop.acceleration import check_torch
from facea_desktop.acceleration.environments import Environment, Environments, own_torch, this_python
from facea_desktop.acceleration.package_tools import PackageTool, find_tool, python, run_watched, stop_watch
from facea_desktop.acceleration.torch_builds import TorchBuild, least_torch
from facea_desktop.acceleration.torch_errors import find_mismatch
from facea_desktop.domain.atomic_files import disk_trouble
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Observer, ProgressReporter, Started, raise_if_stopped

log = logging.getLogger(__name__)

MEGABYTE = 1_000_000
_LOOK_S = 2.0
_OF_THE_BUILD = re.compile(r"torch|torchvision|.*triton.*|nvidia-.*|cuda-.*|rocm-.*", re.IGNORECASE)
"""What differs between builds; all else comes from the program, so that there is one of each."""


def install(build: TorchBuild, environments: Environments, observer: Observer) -> Environment:
    """Download, install, verify and use a build; Progress counts bytes, about.

    The environment before it stays on the disk for engines that still run from it, until ``Environments.sweep``.

    Raises:
        UserError: no room, no network, or the build does not run on the card; what was in use stays in use.
        CancelledError: the job was asked to stop; packages that arrived whole are kept for the next try.
    """
    with disk_trouble("install PyTorch for the graphics card"):
        partial = environments.begin(build.name)
        try:
            environments.downloads.mkdir(exist_ok=True)
            tool = find_tool(environments.downloads)
            _fill(partial, build, tool, observer)
            observer.emit(Started(f"Checking {build.title} on the card", 1))
            answer = verify(partial, build, observer)
            made = environments.complete(
                partial,
                lambda name: Environment(
                    name=name, build=build.name, torch=answer["torch"], python=this_python(), device=answer["device"]
                ),
            )
        except BaseException:
            shutil.rmtree(partial, ignore_errors=True)
            raise
        shutil.rmtree(environments.downloads, ignore_errors=True)
    log.info("PyTorch %s for the graphics card is in use", made.torch)
    return made


def verify(folder: Path, build: TorchBuild, observer: Observer) -> dict[str, str]:
    """Compute something on the card with the packages of a folder.

    Returns:
        What ``check_torch`` says: versions, and the device's name.

    Raises:
        UserError: it does not work: why, and what to do.
        CancelledError: stopped.
    """
    kind = "xpu" if build.vendor == "intel" else "cuda"
    command = [python(), "-I", str(Path(check_torch.__file__)), str(folder), kind]
    with tempfile.TemporaryFile() as said:
        run_watched(command, said, stop_watch(observer), dict(os.environ))
        said.seek(0)
        text = said.read().decode("utf-8", "replace").strip()
    try:
        answer: dict[str, str] = json.loads(text.splitlines()[-1])
    except (ValueError, IndexError):  # it crashed
        answer = {"error": text.splitlines()[-1] if text else "the process ended without a word"}
    if "error" not in answer and not Path(answer["folder"]).is_relative_to(folder):
        answer = {"error": f"another PyTorch came first, {answer['torch']}"}
    if "error" in answer:
        mismatch = find_mismatch(answer["error"])
        if mismatch is None:
            reason = answer["error"].splitlines()[0]
        else:
            reason = mismatch.fault if mismatch.wrong_build else str(mismatch)
        raise UserError(f"{build.title} does not run on this machine, nothing was changed. {reason}")
    return answer


def bytes_needed(build: TorchBuild, tool: PackageTool) -> int:
    """About how much room on the disk installing takes."""
    return (build.disk_mb + (build.download_mb if tool.needs_both else 0)) * MEGABYTE


def requirements(build: TorchBuild) -> list[str]:
    """What to ask the index for: PyTorch as new as the program's own, as far as the build exists for it."""
    own, _ = own_torch()
    newest = f",<={own.partition('+')[0]}" if own else ""
    return [f"torch>={least_torch()}{newest}", "torchvision"]


def without_own(packages: Iterable[str]) -> list[str]:
    """Those of "name==version" that the program does not have already."""
    return [package for package in packages if _OF_THE_BUILD.fullmatch(_name(package)) or not _is_there(_name(package))]


def _fill(partial: Path, build: TorchBuild, tool: PackageTool, observer: Observer) -> None:
    room, free = bytes_needed(build, tool), shutil.disk_usage(partial).free
    if room > free:
        raise UserError(
            f"{build.title} needs about {room / 1e9:.1f} GB but the disk of {partial.parent} has {free / 1e9:.1f} GB "
            f"left. Free some space, or choose another data folder (--data-dir)."
        )
    observer.emit(Started(f"Looking up {build.title}", 1))
    packages = tool.resolve(requirements(build), build.index, stop_watch(observer))
    chosen = without_own(packages)
    progress = ProgressReporter(observer, f"Installing {build.title}", room)
    looked = time.monotonic()

    def watch() -> None:
        nonlocal looked
        raise_if_stopped(observer)
        if time.monotonic() - looked > _LOOK_S:
            progress.update(min(_size((partial, tool.downloads)), room - 1))
            looked = time.monotonic()

    tool.install(chosen, build.index, partial, watch)
    progress.update(room)


def _size(folders: Iterable[Path]) -> int:
    """Bytes on the disk, files with several names counted once."""
    seen: dict[tuple[int, int], int] = {}
    for folder in folders:
        for base, _, files in os.walk(folder):
            for name in files:
                try:
                    status = os.lstat(os.path.join(base, name))  # noqa: PTH118 - thousands of files
                except FileNotFoundError:  # it was a temporary one
                    continue
                seen[status.st_dev, status.st_ino] = status.st_size
    return sum(seen.values())


def _name(package: str) -> str:
    return package.partition("==")[0]


def _is_there(name: str) -> bool:
    try:
        metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return False
    return True
