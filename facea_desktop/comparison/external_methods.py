"""Methods that run outside this program: a folder of pictures, and programs that follow a contract.

A folder, ``folder:PATH``, holds ``PATH/PERSON/NNN-SEED.png`` (or .jpg, .jpeg, .webp): NNN is the prompt's number in
the prompt file, from 001, empty lines and comments not counted. ``wanted.jsonl`` in the evaluation's folder lists all
of them with the whole prompts, for the programs that make them.

A program is an executable that is called as ``PROGRAM REQUEST.json`` once for a person, in an environment of its own::

    {"version": 1, "method": "photomaker", "person": "001", "subject": "man",
     "photos": ["/.../0.jpg", ...],
     "pictures": [{"prompt": "a man ..., front face", "seed": 0, "scene": "/.../x.png" or null, "file": "/.../a.png"}]}

It learns from ``photos`` alone, writes every picture to its ``file`` (whole: under another name first, then renamed)
and ends with 0; any other code is a failure whose last line on stderr is shown. ``scene`` is the context picture of our
first stage, which the paper gave InstantID as its pose; null where no face came out in it. A picture that is missing
at the end counts as not made. SIGTERM asks it to stop; what was written by then is kept.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from facea_desktop.comparison.facea_methods import enrolled
from facea_desktop.comparison.method import GenerationTask, MethodContext, NoPictureError, Photos
from facea_desktop.comparison.shared_scenes import Scenes
from facea_desktop.domain.atomic_files import write_atomically
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Observer, Progress, raise_if_stopped
from facea_desktop.library.photo_reader import read_photo

ENDINGS = (".png", ".jpg", ".jpeg", ".webp")
LOOK_EVERY_S = 0.1
TIME_TO_STOP_S = 10.0


@dataclass(frozen=True)
class Licence:
    """What has to be accepted before a program is started, which may fetch weights by itself."""

    title: str
    text: str
    url: str


_INSIGHTFACE = (
    "It reads faces with InsightFace's model packs, which are for non-commercial research only "
    "(https://github.com/deepinsight/insightface)."
)
LICENCES = {
    "photomaker": Licence(
        "PhotoMaker v1", "Code and weights carry licences of their own.", "https://github.com/TencentARC/PhotoMaker"
    ),
    "ip-adapter-faceid": Licence("IP-Adapter-FaceID", _INSIGHTFACE, "https://huggingface.co/h94/IP-Adapter-FaceID"),
    "instantid": Licence("InstantID", _INSIGHTFACE, "https://github.com/instantX-research/InstantID"),
    "celeb-basis": Licence(
        "Celeb Basis", "Code and weights carry licences of their own.", "https://github.com/ygtxr1997/CelebBasis"
    ),
}
"""Methods of the paper's Table 1 by their authors' programs, which cannot share this program's environment. None of
them comes with it, and none was driven here: what is tested is the contract. All but Celeb Basis also run without."""


def file_stem(task: GenerationTask) -> str:
    """The name that a picture has in a folder of pictures, without its ending."""
    return f"{task.number:03d}-{task.seed}"


class Folder:
    """Pictures that another tool made."""

    def __init__(self, name: str, path: Path) -> None:
        self.name = name
        self.reread = True
        self.work_units = 0, 1
        self._path = path.expanduser()
        self._photos: Photos | None = None
        if not self._path.is_dir():
            raise UserError(f"{path} is not a folder; {name} must name one with a folder of pictures for each person.")

    def prepare(self, photos: Photos, observer: Observer) -> None:
        """Nothing is learned."""
        self._photos = photos

    def generate(self, prompt: str, seed: int, observer: Observer) -> Image.Image:
        """The picture of that name."""
        assert self._photos is not None
        task = next(task for task in self._photos.wanted if (task.prompt, task.seed) == (prompt, seed))
        stem = self._path / self._photos.person / file_stem(task)
        found = [path for ending in ENDINGS if (path := stem.with_name(stem.name + ending)).exists()]
        if not found:
            raise NoPictureError(f"{stem}.png is missing.")
        return _read(found[0])

    def finish(self) -> None:
        """Let go of the person."""
        self._photos = None


class Program:
    """A method that runs as a program of its own.

    Raises:
        UserError: no program is named for it, or its licence is not accepted.
    """

    def __init__(self, name: str, context: MethodContext) -> None:
        licence = LICENCES[name]
        self.name = name
        self.reread = False
        self.work_units = 0, 1
        self._context = context
        self._scenes = Scenes(context.manager, context.work / "scenes")
        self._files: dict[tuple[str, int], Path] = {}
        if name not in context.programs:
            raise UserError(
                f"{licence.title} ({licence.url}) is not included in this program. Name an executable that follows "
                f"the contract of facea_desktop/comparison/external_methods.py: --program {name}=PATH."
            )
        if name not in context.accepted:
            raise UserError(
                f"{licence.title}: {licence.text} Read the terms at {licence.url}; "
                f"if you accept them, add --accept-licence {name}."
            )
        found = shutil.which(context.programs[name].expanduser())
        if found is None:
            raise UserError(f"{context.programs[name]} is not an executable file (--program {name}=PATH).")
        self._program = str(Path(found).resolve())

    def prepare(self, photos: Photos, observer: Observer) -> None:
        """Run the program for everything that is wanted of the person."""
        manager = self._context.manager
        profile = enrolled(manager, photos, Observer(stop=observer.stop))
        folder = (self._context.work / "outside" / self.name / profile.id).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        self._files = {(task.prompt, task.seed): folder / _own_name(task) for task in photos.wanted}
        pictures = []
        for (prompt, seed), file in self._files.items():
            if file.exists():  # of a run that was stopped
                continue
            try:
                scene = str(self._scenes.picture(profile, prompt, seed, observer).resolve())
            except NoPictureError:
                scene = None
            pictures.append({"prompt": prompt, "seed": seed, "scene": scene, "file": str(file)})
        request = {
            "version": 1,
            "method": self.name,
            "person": photos.person,
            "subject": str(photos.subject),
            "photos": [str(path.resolve()) for path in photos.files],
            "pictures": pictures,
        }
        if not pictures:
            return
        path = folder / "request.json"
        write_atomically(path, json.dumps(request, indent=1).encode())
        self._run(path, observer)

    def generate(self, prompt: str, seed: int, observer: Observer) -> Image.Image:
        """What the program wrote."""
        file = self._files[prompt, seed]
        if not file.exists():
            raise NoPictureError(f"The program did not write {file.name}.")
        picture = _read(file)
        file.unlink()  # taken over; of a run that is stopped before, the next one finds it
        return picture

    def finish(self) -> None:
        """Forget whose pictures these were."""
        self._files = {}

    def _run(self, request: Path, observer: Observer) -> None:
        with (request.parent / "output.txt").open("w+b") as output:
            process = subprocess.Popen(  # noqa: S603 - the user named the executable
                [self._program, str(request)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=output,
                start_new_session=True,
            )  # fmt: skip
            try:
                while process.poll() is None:
                    done = sum(file.exists() for file in self._files.values())
                    observer.emit(Progress(done, len(self._files), 0.0))
                    raise_if_stopped(observer)
                    time.sleep(LOOK_EVERY_S)
            finally:
                _end(process)
            if process.returncode:
                output.seek(0)
                lines = output.read().decode("utf-8", "replace").split("\n")
                last = next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")
                raise UserError(f"The program of {self.name} exited with code {process.returncode}: {last[:300]}")


def _own_name(task: GenerationTask) -> str:
    """Names a picture by its prompt's words, which may have another number in the next run."""
    return f"{hashlib.sha256(task.prompt.encode()).hexdigest()[:16]}-{task.seed}.png"


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ask a program that still runs to stop, and those that it started; then make it."""
    if process.poll() is not None:
        return
    _signal(process, signal.SIGTERM)
    try:
        process.wait(TIME_TO_STOP_S)
    except subprocess.TimeoutExpired:
        if sys.platform != "win32":
            _signal(process, signal.SIGKILL)
        process.kill()
        process.wait()


def _signal(process: subprocess.Popen[bytes], which: signal.Signals) -> None:
    if sys.platform == "win32":
        process.terminate()
    else:
        os.killpg(process.pid, which)


def _read(path: Path) -> Image.Image:
    try:
        return read_photo(path)
    except UserError as error:
        raise NoPictureError(str(error)) from error
