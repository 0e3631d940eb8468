"""uv, or else pip: finds out which packages a build of PyTorch consists of, and puts them into a folder."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import util
from pathlib import Path
from typing import IO

from facea_desktop.domain.errors import CancelledError, UserError
from facea_desktop.domain.events import Observer

_KEPT_VARIABLES = {
    *("PIP_CERT", "PIP_CLIENT_CERT", "PIP_PROXY", "PIP_TRUSTED_HOST", "PIP_DEFAULT_TIMEOUT"),
    *("UV_SYSTEM_CERTS", "UV_NATIVE_TLS", "UV_INSECURE_HOST", "UV_HTTP_TIMEOUT", "UV_CONCURRENT_DOWNLOADS"),
}
"""How the network is reached. Other settings of theirs could bring other packages, or bring them elsewhere."""
_POLL_S = 0.2
_GRACE_S = 5.0
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)


Watch = Callable[[], None]
"""Called every moment while a program runs; may raise, which ends the program."""


@dataclass(frozen=True)
class PackageTool:
    """A program that installs packages.

    Attributes:
        kind: "uv" or "pip", which differ in their arguments.
        command: how it is started.
        downloads: where it keeps what it downloads.
    """

    kind: str
    command: tuple[str, ...]
    downloads: Path

    @property
    def needs_both(self) -> bool:
        """Whether downloads and packages take room at the same time; uv unpacks while it downloads, and links."""
        return self.kind == "pip"

    def resolve(self, requirements: Sequence[str], index: str, watch: Watch) -> list[str]:
        """The packages, "name==version" each, that these requirements come to.

        Raises:
            UserError: the index has no such packages, or cannot be reached.
        """
        with tempfile.TemporaryDirectory(dir=self.downloads) as scratch:
            answer = Path(scratch) / "answer"
            if self.kind == "uv":
                asked = Path(scratch) / "asked"
                asked.write_text("\n".join(requirements), "utf-8")
                arguments = ["pip", "compile", asked, "--output-file", answer, *self._uv_options(index)]
                self._run([*arguments, "--quiet", "--no-header", "--no-annotate"], watch)
                return re.findall(r"^([\w.-]+==[^\s;]+)", answer.read_text("utf-8"), re.MULTILINE)
            arguments = ["install", "--dry-run", "--ignore-installed", "--report", answer, *self._pip_options(index)]
            self._run([*arguments, "--target", scratch, *requirements], watch)
            found = [entry["metadata"] for entry in json.loads(answer.read_text("utf-8"))["install"]]
            return [f"{entry['name']}=={entry['version']}" for entry in found]

    def install(self, packages: Iterable[str], index: str, folder: Path, watch: Watch) -> None:
        """Put exactly these packages into ``folder``, without what they need.

        Raises:
            UserError: one cannot be had, or the disk is full.
        """
        place: list[str | Path] = ["--no-deps", "--target", folder, *packages]
        if self.kind == "uv":
            self._run(["pip", "install", *self._uv_options(index), "--link-mode", "hardlink", *place], watch)
        else:
            self._run(["install", *self._pip_options(index), "--no-compile", *place], watch)

    def _uv_options(self, index: str) -> list[str | Path]:
        return [
            *("--no-config", "--no-python-downloads", "--python", python(), "--only-binary", ":all:"),
            *("--default-index", index, "--cache-dir", self.downloads / "uv"),
        ]

    def _pip_options(self, index: str) -> list[str | Path]:
        return [
            *("--quiet", "--disable-pip-version-check", "--no-input", "--only-binary", ":all:"),
            *("--index-url", index, "--cache-dir", self.downloads / "pip"),
        ]

    def _run(self, arguments: Sequence[str | Path], watch: Watch) -> None:
        scratch = self.downloads / "tmp"
        scratch.mkdir(exist_ok=True)
        environment = {
            name: value
            for name, value in os.environ.items()
            if name in _KEPT_VARIABLES or not name.startswith(("PIP_", "UV_", "PYTHON"))
        } | {"PIP_CONFIG_FILE": os.devnull, "TMPDIR": str(scratch), "TEMP": str(scratch), "TMP": str(scratch)}
        with tempfile.TemporaryFile() as said:
            code = run_watched([*self.command, *map(str, arguments)], said, watch, environment)
            if code:
                said.seek(0)
                raise UserError(_refusal(said.read().decode("utf-8", "replace")))


def find_tool(downloads: Path) -> PackageTool:
    """The uv that lies beside this Python, another uv, or pip.

    Args:
        downloads: an existing folder.

    Raises:
        UserError: there is none.
    """
    name = "uv.exe" if sys.platform == "win32" else "uv"
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if os.access(beside, os.X_OK) else shutil.which("uv")
    if found is not None:
        return PackageTool("uv", (found,), downloads)
    if util.find_spec("pip") is not None:
        return PackageTool("pip", (python(), "-I", "-m", "pip"), downloads)
    raise UserError("Neither uv nor pip is there to install packages; install uv (docs.astral.sh/uv) and try again.")


def python() -> str:
    """This Python, with a console: on Windows the window's own has none, and no output."""
    executable = Path(sys.executable)
    console = executable.with_name("python.exe")
    return str(console if executable.name.lower() == "pythonw.exe" and console.exists() else executable)


def run_watched(command: Sequence[str], output: IO[bytes], watch: Watch, environment: dict[str, str]) -> int:
    """Run a program to its end; it and its children end where ``watch`` raises.

    Returns:
        Its exit code.
    """
    process = subprocess.Popen(  # noqa: S603 - arguments of our own
        command,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        env=environment,
        start_new_session=True,
        creationflags=_NO_WINDOW,
    )
    try:
        while True:
            try:
                return process.wait(_POLL_S)
            except subprocess.TimeoutExpired:
                watch()
    finally:
        if process.poll() is None:
            _end(process)


def stop_watch(observer: Observer) -> Watch:
    """A watch that ends the program when the job is asked to stop."""

    def watch() -> None:
        if observer.stop.is_set():
            raise CancelledError

    return watch


def _end(process: subprocess.Popen[bytes]) -> None:
    """With its children: pip and uv have some, which would go on writing."""
    import psutil

    try:
        family = [*psutil.Process(process.pid).children(recursive=True), psutil.Process(process.pid)]
    except psutil.NoSuchProcess:
        family = []
    for one in family:
        try:
            one.terminate()
        except psutil.NoSuchProcess:
            continue
    _, alive = psutil.wait_procs(family, timeout=_GRACE_S)
    for one in alive:
        try:
            one.kill()
        except psutil.NoSuchProcess:
            continue
    process.wait()


def _refusal(said: str) -> str:
    """Why a tool failed, in one line with what to do."""
    if re.search(r"No space left|disk (is )?full|not enough space|ENOSPC|os error 28", said, re.IGNORECASE):
        return "The disk became full while PyTorch was installed. Free some space and try again."
    if re.search(
        r"Failed to fetch|error sending request|dns error|timed out|Retrying|ConnectionError|certificate|SSLError", said
    ):
        return (
            "PyTorch's index cannot be reached, or broke off. Check the network and try again; "
            "packages that arrived whole are kept."
        )
    if re.search(r"No solution found|No matching distribution|not found in the (package )?registry|404", said):
        return (
            "PyTorch's index has no build for this card, system and version of Python. Update the program, "
            "or see pytorch.org for how to install PyTorch by hand."
        )
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    last = next(
        (line for line in reversed(lines) if re.match(r"(ERROR|error|\u00d7)", line)), lines[-1] if lines else ""
    )
    return f"PyTorch could not be installed: {last or 'the installing program ended unexpectedly'}. Try again."
