"""The portrait panel over a real canvas and strip, and pictures as the engine leaves them."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from facea_desktop.domain.events import Painted
from facea_desktop.domain.faces import Box, Face
from facea_desktop.domain.outcomes import FacesFound
from facea_desktop.domain.people import Profile
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.library.portrait_files import stages_of
from facea_desktop.library.portrait_png import save_portrait
from facea_desktop.ui.canvas.canvas import Canvas
from facea_desktop.ui.portrait.portrait_panel import PortraitPanel
from facea_desktop.ui.portrait.result_strip import ResultStrip
from facea_desktop.ui.session import Session
from facea_desktop.workers.job import Job
from facea_desktop.workers.job_pool import JobPool
from tests.families import of_family
from tests.gui.scripted_workers import ScriptedWorkers


@pytest.fixture
def do(loop: QEventLoop) -> Callable[..., Any]:
    """Do something while the loop runs, and wait until what it began has come to rest or something is true."""

    def is_at_rest() -> bool:
        return asyncio.all_tasks() == {asyncio.current_task()}

    def run(action: Callable[[], Any], is_true: Callable[[], Any] = is_at_rest) -> Any:
        async def act() -> Any:
            done = action()
            for _ in range(500):
                await asyncio.sleep(0.01)
                if is_true():
                    return done
            pytest.fail("it never came true")

        return loop.run_until_complete(act())

    return run


@pytest.fixture
def anna(session: Session, add_person: Callable[..., Profile]) -> Profile:
    """The chosen person."""
    profile = add_person("Anna")
    session.people_changed()
    session.select(profile.id)
    return profile


@pytest.fixture
def sdxl_anna(session: Session, anna: Profile) -> Profile:
    """The chosen person, tuned with models that read any words."""
    profile = session.library.update(of_family(anna, "sdxl-sd15"))
    session.people_changed()
    return profile


@pytest.fixture
def strip(qtbot: QtBot, session: Session) -> ResultStrip:
    made = ResultStrip(session)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def panel(qtbot: QtBot, session: Session, strip: ResultStrip) -> PortraitPanel:
    canvas = Canvas()
    made = PortraitPanel(session, canvas, strip)
    for widget in (canvas, made):
        qtbot.addWidget(widget)
    made.resize(340, 900)
    return made


@pytest.fixture
def job(panel: PortraitPanel, anna: Profile, pool: JobPool, session: Session) -> Job:
    """Three pictures are to be painted."""
    request = PortraitRequest(person=anna.id, prompt="a woman", seed=4294967295, count=3)
    made = session.submit(request, "Anna: a woman")
    return pool.job(made.id)


def leave_portrait(folder: Path, request: PortraitRequest, *, side: int = 32, stages: bool = True) -> Path:
    """A portrait and its stages as the engine leaves them: one picture, without the folders of its maker."""
    names = {name: path and Path(path.name) for name, path in (("picture", request.picture), ("mask", request.mask))}
    settings = request.model_copy(update={**names, "count": 1}).model_dump_json()
    path = folder / f"{request.person}-{request.seed}.png"
    number = 1
    while path.exists():
        path, number = folder / f"{request.person}-{request.seed}-{number}.png", number + 1
    if stages:
        context, mask = stages_of(path)
        save_portrait(context, Image.new("RGB", (side, side), "blue"), settings)
        save_portrait(mask, Image.new("L", (side, side), 255), settings)
    save_portrait(path, Image.new("RGB", (side, side), "red"), settings)
    return path


@pytest.fixture
def finish(session: Session, pool: JobPool, workers: ScriptedWorkers) -> Callable[..., Path]:
    """Let the engine paint the next picture of a job."""

    def paint(job: Job, number: int = 0, likeness: float | None = 0.7) -> Path:
        request = job.request
        assert isinstance(request, PortraitRequest)
        seed = (request.seed + number) % 2**32
        path = leave_portrait(session.library.portraits, request.model_copy(update={"seed": seed}))
        context, mask = stages_of(path)
        workers.emit(job, Painted(path, seed, context, mask, likeness, 0.8, 0.2))
        return path

    return paint


def faces_found(count: int, width: int = 320, height: int = 160) -> FacesFound:
    """So many faces side by side."""
    boxes = [Box(10 + 100 * number, 10, 90 + 100 * number, 90) for number in range(count)]
    return FacesFound(width, height, tuple(Face(box, {}, 0.99) for box in boxes))


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A picture of the user's."""
    path = tmp_path / "party.jpg"
    Image.new("RGB", (320, 160), "green").save(path)
    return path


def png(colour: str) -> bytes:
    """A small picture of one colour, as the engine sends previews."""
    data = io.BytesIO()
    Image.new("RGB", (16, 16), colour).save(data, "PNG")
    return data.getvalue()


def choose(strip: ResultStrip, path: Path) -> None:
    """As a click does."""
    strip.choose(path)
    strip.view.movedByHand.emit()
