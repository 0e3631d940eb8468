"""Measure the installers for Linux against pip: ``python packaging/measure.py FILE.deb FILE.tar.zst``.

Prints the table of README.md: what is downloaded and lies on the disk, and how soon program and window are there. The
three take turns, so that whatever else the machine does slows all of them. Times are the least of the rounds, with
files that were read before. What ``pip install .`` brings, some gigabytes, is downloaded; /tmp needs room for 15 GB.

Needs: xvfb xdotool zstd (apt install).
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from installers.check_deb import find_windows, on_screen, run, screen, wait, xdotool
from installers.description import ROOT, read_description

ROUNDS = 5
MEGABYTE = 1e6


@dataclass
class Installation:
    """The program, installed in one of the ways.

    Attributes:
        download: bytes.
        version_s, version_cpu_s: of ``--version``, by the clock and by the processor.
        window_s, window_cpu_s: until Esc has closed the welcome of the first start.
    """

    name: str
    download: int
    folder: Path
    command: tuple[str | Path, ...]
    version_s: list[float] = field(default_factory=list)
    version_cpu_s: list[float] = field(default_factory=list)
    window_s: list[float] = field(default_factory=list)
    window_cpu_s: list[float] = field(default_factory=list)

    def forget_first(self) -> None:
        """Leave out the round that read the files from the disk."""
        for times in (self.version_s, self.version_cpu_s, self.window_s, self.window_cpu_s):
            del times[0]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("deb", type=Path)
    parser.add_argument("portable", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="facea-measure-") as folder:
        scratch = Path(folder)
        ways = [by_pip(scratch), by_deb(args.deb, scratch), by_archive(args.portable, scratch)]
        with screen():
            for turn in range(ROUNDS + 1):
                for way in ways:
                    start(way, scratch / f"home-{way.name}-{turn}")
        for way in ways:
            way.forget_first()
        print_table(ways)
    return 0


def by_pip(scratch: Path) -> Installation:
    """``pip install .`` in an environment of its own."""
    files, environment = scratch / "files", scratch / "pip"
    run(sys.executable, "-m", "venv", environment)
    pip = (environment / "bin/python", "-m", "pip", "-q")
    run(*pip, "wheel", "-w", files, ROOT)
    run(*pip, "install", "--no-index", "--find-links", files, read_description().package)
    download = size(files)
    run("rm", "-r", files)
    return Installation("pip install .", download, environment, (environment / "bin" / read_description().id,))


def by_deb(deb: Path, scratch: Path) -> Installation:
    """The package's files, started as its launcher starts them."""
    folder = scratch / "deb"
    run("dpkg-deb", "-x", deb, folder)
    (python,) = folder.glob("usr/lib/*/bin/python3")
    return Installation(".deb", deb.stat().st_size, folder, (python, "-I", "-m", "facea_desktop"))


def by_archive(archive: Path, scratch: Path) -> Installation:
    """The portable archive, unpacked."""
    folder = scratch / "portable"
    folder.mkdir()
    run("tar", "-C", folder, "-xf", archive)
    (launcher,) = folder.glob(f"*/{read_description().id}")
    return Installation("portable", archive.stat().st_size, folder, (launcher,))


def start(way: Installation, home: Path) -> None:
    """Measure one round: ask for the version, and open the window as on the first day."""
    home.mkdir()
    environment = on_screen() | {"HOME": str(home), "LANG": "C.UTF-8"}
    for key in ("PYTHONPATH", "FACEA_DATA_DIR", "QT_QPA_PLATFORM"):
        environment.pop(key, None)
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    run(*way.command, "--version", env=environment, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    way.version_s.append(time.monotonic() - began)
    way.version_cpu_s.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    began = time.monotonic()
    program = subprocess.Popen(way.command, env=environment)
    try:
        welcome = wait(lambda: find_windows("--name", "^Welcome"), "the welcome", every_s=0.05)
        xdotool("windowfocus", "--sync", welcome[0])
        xdotool("key", "Escape")
        wait(lambda: not find_windows("--name", "^Welcome"), "the answer to Esc", every_s=0.05)
        way.window_s.append(time.monotonic() - began)
        used = psutil.Process(program.pid).cpu_times()
        way.window_cpu_s.append(used.user + used.system)
    finally:
        program.terminate()
        program.wait()


def size(folder: Path) -> int:
    """Bytes that the files of a folder hold, those with several names counted once."""
    statuses = [path.lstat() for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return sum({(status.st_dev, status.st_ino): status.st_size for status in statuses}.values())


def print_table(ways: list[Installation]) -> None:
    rows = [
        ["", *(way.name for way in ways)],
        ["---"] * (len(ways) + 1),
        ["download", *(f"{way.download / MEGABYTE:.0f} MB" for way in ways)],
        ["on disk", *(f"{size(way.folder) / MEGABYTE:.0f} MB" for way in ways)],
        ["`--version`", *(f"{min(way.version_s):.2f} s" for way in ways)],
        ["`--version`, processor", *(f"{min(way.version_cpu_s):.2f} s" for way in ways)],
        ["window answers", *(f"{min(way.window_s):.1f} s" for way in ways)],
        ["window answers, processor", *(f"{min(way.window_cpu_s):.1f} s" for way in ways)],
    ]
    for cells in rows:
        print(f"| {' | '.join(cells)} |")
    loads = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"\nleast of {ROUNDS} rounds on {os.cpu_count()} cores; load {loads}")


if __name__ == "__main__":
    sys.exit(main())
