"""Carries out jobs that came from elsewhere, in a scratch data folder that holds faces only while a job runs."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from facea_desktop.cluster.parcels import (
    INPUTS,
    CheckpointResult,
    Parcel,
    PersonResult,
    PictureResult,
    read_checkpoints,
    with_paths,
)
from facea_desktop.cluster.scratch_folder import ScratchFolder
from facea_desktop.domain.atomic_files import private_folder, write_atomically
from facea_desktop.domain.events import Painted, Preview, Progress
from facea_desktop.domain.outcomes import PersonMade
from facea_desktop.domain.requests import BatchItem, TuneRequest
from facea_desktop.library.erasure import erase
from facea_desktop.library.id_library import Library
from facea_desktop.library.own_styles import FOLDER as STYLES
from facea_desktop.library.person_files import BEST
from facea_desktop.library.previous_tuning import CHECKPOINTS
from facea_desktop.models.model_choices import MODELS_FILE
from facea_desktop.workers.engine_process import (
    EndedMessage,
    Engine,
    EngineSettings,
    EventMessage,
    RunMessage,
    Wishes,
    carry_out,
)

_TELLING_S = 0.5
"""Seconds between two reports of progress."""
STOPPING_S = 5.0
"""Seconds that a job may take to end when its worker is closed."""
CHECKPOINTS_S = 30.0
"""Seconds between two checkpoints that are sent; they are large, and a lost worker costs so much work at most."""

Message = EventMessage | CheckpointResult | PictureResult | PersonResult | EndedMessage


def silence_log() -> None:
    """Keep what the program logs out of this process's output: it may name people, and nobody asks for it."""
    logging.getLogger("facea_desktop").propagate = False


class JobWorker:
    """One job at a time; models stay loaded from one to the next.

    Args:
        engine: called with the scratch folder.
        home: data folder of this machine, whose installed models and PyTorch are used.
        device: as ``ModelManager`` takes it.
    """

    def __init__(self, engine: Engine, home: Path, device: str | None = None) -> None:
        self._scratch = ScratchFolder()
        self._root = self._scratch.path
        self._library = Library(self._root)
        self._execute = engine(EngineSettings(self._root, device, home=home.absolute()))
        self._messages: list[Message] = []
        self._changed = threading.Condition()
        self._ended = True
        self._wishes = Wishes()

    def ready(self) -> None:
        """Answers once the worker is there."""

    def begin(self, parcel: Parcel, contents: Mapping[str, bytes]) -> None:
        """Begin with a job; ``follow`` tells how it goes.

        Args:
            contents: of the parcel's files, by SHA-256.
        """
        self._wishes, self._ended = Wishes(), False
        threading.Thread(target=self._run, args=(parcel, contents), name="job", daemon=True).start()

    def follow(self, stop: bool, finish: bool, seconds: float) -> list[Message]:
        """What happened since the last call; EndedMessage comes last of all.

        Args:
            stop: end the job at its next step.
            finish: end a tuning at its next step, and keep the best of what was learned.
            seconds: wait so long for its end.
        """
        if stop:
            self._wishes.stop.set()
        if finish:
            self._wishes.finish.set()
        with self._changed:
            self._changed.wait_for(lambda: self._ended, seconds)
            told, self._messages = self._messages, []
            return told

    def close(self) -> None:
        """Stop what runs, and erase the scratch folder."""
        self._wishes.stop.set()
        with self._changed:
            self._changed.wait_for(lambda: self._ended, STOPPING_S)  # what it writes meanwhile would stay
        self._scratch.close()

    def _run(self, parcel: Parcel, contents: Mapping[str, bytes]) -> None:
        try:
            request = self._unpacked(parcel, contents)
            teller = _Teller(self._root, request, self._tell)
            ended = carry_out(self._execute, RunMessage("", request), self._wishes, teller.send)
            if isinstance(request, TuneRequest) and ended.outcome is None:
                teller.tell_checkpoint()
            if isinstance(ended.outcome, PersonMade):
                self._tell(self._made(ended.outcome.person))
        except Exception as error:  # noqa: BLE001 - the job's edge: the disk of this machine, mostly
            ended = EndedMessage("", error=f"A worker could not do its job: {error}. Look at the disk of its machine.")
        try:
            self._forget()
        except OSError as error:
            ended = EndedMessage("", error=f"A worker could not erase what it was given: {error.strerror}.")
        with self._changed:  # at once, or the next job could be taken for ended
            self._messages.append(ended)
            self._ended = True
            self._changed.notify_all()

    def _unpacked(self, parcel: Parcel, contents: Mapping[str, bytes]) -> BatchItem:
        write_atomically(self._root / MODELS_FILE, parcel.choices.model_dump_json().encode())
        for profile in parcel.people:
            own = f"people/{profile.id}/"
            names = {place.removeprefix(own): digest for place, digest in parcel.files.items() if place.startswith(own)}
            files = {name: contents[names[name]] for name in profile.files}
            self._library.create(profile, files)
        for place, digest in parcel.files.items():
            if place.startswith((f"{INPUTS}/", f"{STYLES}/")) or f"/{CHECKPOINTS}/" in place:
                private_folder((self._root / place).parent)
                write_atomically(self._root / place, contents[digest])
        return with_paths(parcel.request, lambda path: self._root / path)

    def _made(self, person: str) -> PersonResult:
        profile, files = self._library.read(person)
        best = self._library.folder(profile.id) / "checkpoints" / BEST
        return PersonResult(profile, files, best.read_bytes() if best.is_file() else None)

    def _forget(self) -> None:
        for folder in ("people", "portraits", INPUTS, STYLES):
            if (self._root / folder).exists():
                erase(self._root / folder)
        private_folder(self._root / "people")

    def _tell(self, message: Message) -> None:
        with self._changed:
            self._messages.append(message)


class _Teller:
    """Passes on what a job reports, with the content of the files that it wrote."""

    def __init__(self, root: Path, request: BatchItem, tell: Callable[[Message], None]) -> None:
        self._tell = tell
        self._checkpoints = (
            root / "people" / request.person / "checkpoints" if isinstance(request, TuneRequest) else None
        )
        self._kept = self._stamp()
        self._told, self._sent = 0.0, time.monotonic()

    def send(self, message: object) -> None:
        """One event of the job."""
        assert isinstance(message, EventMessage)
        match message.event:
            case Preview():
                return
            case Progress(step=step, total=total):
                if time.monotonic() - self._sent >= CHECKPOINTS_S and self._stamp() != self._kept:
                    self.tell_checkpoint()
                if step < total and time.monotonic() - self._told < _TELLING_S:
                    return
                self._told = time.monotonic()
            case Painted(path=path, context=context, mask=mask):
                files = [one for one in (path, context, mask) if one is not None]
                self._tell(PictureResult({one: one.read_bytes() for one in files}))
        self._tell(message)

    def tell_checkpoint(self) -> None:
        """How far the tuning is, so that another worker can go on with it."""
        if self._checkpoints is not None:
            self._kept, self._sent = self._stamp(), time.monotonic()
            self._tell(CheckpointResult(read_checkpoints(self._checkpoints)))

    def _stamp(self) -> list[tuple[str, int]]:
        if self._checkpoints is None or not self._checkpoints.is_dir():
            return []
        return sorted((path.name, path.stat().st_mtime_ns) for path in self._checkpoints.glob("*.safetensors"))
