"""Which dependencies the installers hold: for each system a list with the hash of every file."""

from __future__ import annotations

import os
from pathlib import Path

from installers.description import HERE, ROOT, App, Refusal, run, tool


def lock_file(target: str) -> Path:
    """The committed list for "linux", "windows" or "macos"; that of "uv" is one for all."""
    return HERE / "locks" / f"{target}.txt"


def uv(app: App) -> str:
    """The pinned uv; another one would know other builds of CPython.

    Raises:
        Refusal: it is not there.
    """
    import subprocess

    wanted = app.more["python"]["uv"]
    found = tool("uv", f"pip install uv=={wanted}")
    said = subprocess.run([found, "--version"], capture_output=True, text=True, check=True).stdout.split()
    if said[1] != wanted:
        raise Refusal(f"uv is {said[1]}, app.toml asks for {wanted}: pip install uv=={wanted}.")
    return found


def torch_backend(app: App, target: str) -> list[str]:
    """uv's options that say from where PyTorch comes, which has an index of its own for each kind of card."""
    backend = app.target[target].get("torch")
    return ["--torch-backend", backend] if backend else []


def write_locks(app: App) -> None:
    """Resolve the dependencies of pyproject.toml, and uv for the program's own use, anew for every system."""
    python = ".".join(app.more["python"]["version"].split(".")[:2])
    command = [uv(app), "pip", "compile", "--quiet", "-", "--python-version", python, "--generate-hashes"]
    command += ["--no-annotate", "--custom-compile-command", "python packaging/build.py lock"]
    run([*command, "--output-file", lock_file("uv")], input=f"uv=={app.more['python']['uv']}", text=True)
    for name, target in app.target.items():
        constraints = "\n".join(target["packages"])
        command = [
            *(uv(app), "pip", "compile", "--quiet", ROOT / "pyproject.toml", "--constraints", "-"),
            *("--python-version", python),
            *("--python-platform", target["platform"], *torch_backend(app, name)),
            *("--generate-hashes", "--no-annotate", "--custom-compile-command", "python packaging/build.py lock"),
            *("--upgrade", "--output-file", lock_file(name)),
        ]
        environment = {**os.environ, "MACOSX_DEPLOYMENT_TARGET": app.target["macos"]["least-system"]}
        run(command, input=constraints, text=True, env=environment)
