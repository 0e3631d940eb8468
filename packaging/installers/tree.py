"""The program in one folder that runs wherever it lies: CPython, the dependencies and the program's own files."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from installers.description import ROOT, App, Refusal, placeholders, run
from installers.lock import lock_file, torch_backend, uv

HOSTS = {"linux": "linux", "win32": "windows", "darwin": "macos"}
PYTHON_NEEDS_NOT = (
    *("include", "share", "tcl", "libs", "lib/pkgconfig", "lib/tcl*", "lib/tk*", "lib/itcl*", "lib/thread*"),
    *(
        "{stdlib}/test",
        "{stdlib}/*/test",
        "{stdlib}/*/tests",
        "{stdlib}/idlelib",
        "{stdlib}/tkinter",
        "{stdlib}/turtledemo",
        "{stdlib}/ensurepip",
    ),
    *("{stdlib}/lib2to3", "{stdlib}/config-*", "{stdlib}/lib-dynload/_tkinter*", "DLLs/_tkinter*"),
    *("DLLs/tcl*", "DLLs/tk*", "Scripts"),
    *("{site}/pip", "{site}/pip-*", "{site}/bin", "{site}/Scripts", "{site}/share", "{site}/.lock"),
)
PACKAGES_NEED_NOT = (
    *("torch/include", "torch/share", "torch/test"),  # for those who compile against it; torch/bin is looked for
    *(
        "PySide6/Qt/qml",
        "PySide6/Qt/metatypes",
        "PySide6/include",
        "PySide6/typesystems",
        "PySide6/glue",
        "PySide6/doc",
    ),
    *("PySide6/Qt/lib/libQt6Quick*", "PySide6/Qt/lib/libQt6Qml*", "PySide6/Qt/lib/libQt6Labs*"),
    *("PySide6/Qt/lib/libQt6Designer*", "PySide6/Qt/lib/libQt6Lottie*", "PySide6/Qt/libexec"),
    *("PySide6/Qt/plugins/designer", "PySide6/Qt/plugins/qmllint", "PySide6/Qt/plugins/qmltooling"),
    *("PySide6/Qt/plugins/vectorimageformats", "PySide6/QtQml*", "PySide6/QtQuick*", "PySide6/QtDesigner*"),
    *("PySide6/designer*", "PySide6/linguist*", "PySide6/assistant*", "PySide6/lupdate*", "PySide6/lrelease*"),
    *("PySide6/qml*", "PySide6/svgtoqml*", "PySide6/balsam*", "PySide6/scripts", "PySide6/Assistant.app"),
    *("PySide6/Designer.app", "PySide6/Linguist.app", "PySide6/opengl32sw.dll", "PySide6/Qt6Quick*.dll"),
    *("PySide6/Qt6Qml*.dll", "PySide6/Qt6Designer*.dll", "PySide6/Qt6Labs*.dll", "PySide6/**/*.pyi"),
)
"""Qt Quick and Qt's tools: the window is made of widgets."""


@dataclass(frozen=True)
class Sources:
    """From where the parts come, in place of the pinned downloads.

    Attributes:
        python: an archive with a relocatable CPython in its folder ``python``.
        lock: requirements with hashes.
        wheels: a folder with PyTorch's wheels, in place of its own index.
    """

    python: Path | None = None
    lock: Path | None = None
    wheels: Path | None = None


def stdlib(app: App, target: str) -> str:
    """Where the standard library lies in the tree of a target."""
    version = ".".join(app.more["python"]["version"].split(".")[:2])
    return "Lib" if target == "windows" else f"lib/python{version}"


def build_tree(app: App, target: str, folder: Path, sources: Sources) -> Path:
    """Fill ``folder``, which is emptied first, for "linux", "windows" or "macos".

    Raises:
        Refusal: a part cannot be had, or a hash is wrong.
    """
    shutil.rmtree(folder, ignore_errors=True)
    _unpack_python(app, target, folder, sources)
    site = folder / stdlib(app, target) / "site-packages"
    _install(app, target, site, sources)
    _remove(folder, PYTHON_NEEDS_NOT, stdlib=stdlib(app, target), site=site.relative_to(folder).as_posix())
    _remove(site, PACKAGES_NEED_NOT)
    install_uv(app, target, python_of(folder, target).parent)
    _name_publisher(app, site)
    _compile(app, target, folder)
    return folder


def _unpack_python(app: App, target: str, folder: Path, sources: Sources) -> None:
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        if sources.python is not None:
            with tarfile.open(sources.python) as archive:
                archive.extractall(scratch, filter="data")
        else:
            command = [uv(app), "python", "install", app.target[target]["python"], "--no-bin", "--install-dir", scratch]
            run(command)
        found = [inner for inner in Path(scratch).iterdir() if inner.is_dir() and not inner.is_symlink()]
        found = [inner for inner in found if (inner / stdlib(app, target) / "os.py").exists()]
        if not found:
            raise Refusal(
                f"There is no CPython {app.more['python']['version'][:4]} in {sources.python or 'the download'}."
            )
        shutil.move(found[0], folder)


def _install(app: App, target: str, site: Path, sources: Sources) -> None:
    """The dependencies, with their hashes checked, and the program."""
    origin = torch_backend(app, target) if sources.wheels is None else ["--find-links", sources.wheels]
    locked = sources.lock or lock_file(target)
    try:
        _uv_install(app, target, site, [*origin, "--require-hashes", "-r", locked])
    except Refusal:
        raise Refusal(
            f"The dependencies of {locked} could not be installed; above, uv says which file of them, and why. If that "
            "is a hash mismatch, the file is not the one that the installers were tried with: ask its publisher which "
            "one is right, and lock anew (build.py lock) only then."
        ) from None
    _uv_install(app, target, site, [*origin, ROOT])


def install_uv(app: App, target: str, folder: Path) -> None:
    """Put uv beside the interpreter, where "Use my graphics card" looks for it."""
    name = "uv.exe" if target == "windows" else "uv"
    with tempfile.TemporaryDirectory() as scratch:
        _uv_install(app, target, Path(scratch), ["--require-hashes", "-r", lock_file("uv")])
        (program,) = (path for path in Path(scratch).glob(f"*/{name}") if path.is_file())
        shutil.copy2(program, folder / name)


def _name_publisher(app: App, site: Path) -> None:
    """Say where a newer version is looked for; without an address the program offers no such thing."""
    if not [key for key in placeholders(app) if key.startswith("updates")]:
        (site / "facea_desktop" / "resources" / "publisher.json").write_text(json.dumps(app.more["updates"]), "utf-8")


def _uv_install(app: App, target: str, site: Path, what: Sequence[str | Path]) -> None:
    command = [
        *(uv(app), "pip", "install", "--quiet", "--target", site, "--no-deps", "--link-mode", "copy"),
        *("--python", sys.executable, "--python-platform", app.target[target]["platform"]),
        *("--python-version", ".".join(app.more["python"]["version"].split(".")[:2])),
    ]
    environment = {**os.environ, "MACOSX_DEPLOYMENT_TARGET": app.target["macos"]["least-system"]}
    run([*command, *what], env=environment)


def _remove(folder: Path, patterns: tuple[str, ...], **names: str) -> None:
    for pattern in patterns:
        for path in list(folder.glob(pattern.format(**names))):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()


def _compile(app: App, target: str, folder: Path) -> None:
    """Compile every module now: the program may not write beside them later, and starts sooner."""
    if HOSTS.get(sys.platform) == target:
        python = str(python_of(folder, target))
    elif app.more["python"]["version"].startswith(f"{sys.version_info.major}.{sys.version_info.minor}."):
        python = sys.executable
    else:
        raise Refusal(f"To build for {target} on another system, run this with Python {app.more['python']['version']}.")
    library = folder / stdlib(app, target)
    # Checked against nothing: archives change the times of files. -s keeps this folder out of tracebacks.
    flags = ["-q", "-j", "0", "--invalidation-mode", "unchecked-hash", "-s", folder]
    # Templates of code (torch's, setuptools') are no Python and are left as they are, hence no look at the exit code.
    subprocess.run([python, "-I", "-m", "compileall", *flags, library], check=False, stdout=subprocess.DEVNULL)


def python_of(folder: Path, target: str) -> Path:
    """The interpreter in a tree."""
    return folder / "python.exe" if target == "windows" else folder / "bin" / "python3"
