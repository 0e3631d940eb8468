"""A library that is worked for, and workers with an engine that needs no models."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PIL import Image
from scripted_batch import scripted_batch

from facea_desktop.cluster.cluster_executor import ClusterExecutor
from facea_desktop.cluster.job_worker import JobWorker
from facea_desktop.cluster.lanes import Lane
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.people import Profile, Recipe
from facea_desktop.domain.photo_requests import EnrolRequest
from facea_desktop.domain.requests import BatchItem, PortraitRequest, TuneRequest
from facea_desktop.engine.model_manager import ModelManager

ANNA, BEN = "a" * 12, "b" * 12
RECIPE = Recipe(steps=4, checkpoint_every=1)

NewExecutor = Callable[[Sequence[Lane]], ClusterExecutor]


@pytest.fixture
def said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the engine says what it does, and is told where to die."""
    folder = tmp_path / "said"
    folder.mkdir()
    monkeypatch.setenv("SCRIPTED_BATCH", str(folder))
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    return folder


@pytest.fixture
def manager(tmp_path: Path) -> ModelManager:
    """The library with Anna and Ben, who are not tuned."""
    made = ModelManager(tmp_path / "data")
    for person, name, red in ((ANNA, "Anna", 1), (BEN, "Ben", 2)):
        profile = Profile(id=person, name=name, subject=Subject.WOMAN, family="starter")
        made.library.create(profile, {"references/0.png": png(red)})
    return made


@pytest.fixture
def new_executor(manager: ModelManager) -> Iterator[NewExecutor]:
    made = []

    def make(lanes: Sequence[Lane]) -> ClusterExecutor:
        made.append(ClusterExecutor(manager, lanes))
        return made[-1]

    yield make
    for executor in made:
        executor.close()


def worker(manager: ModelManager) -> JobWorker:
    """One in this process."""
    return JobWorker(scripted_batch, manager.root)


def png(red: int) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (8, 8), (red, 0, 0)).save(data, "PNG")
    return data.getvalue()


def everything(folder: Path) -> tuple[BatchItem, ...]:
    """Cleo is made, all are tuned and painted, also into a picture."""
    (folder / "cleo.png").write_bytes(png(3))
    tunings = [TuneRequest(person=who, recipe=RECIPE, seed=seed) for seed, who in enumerate((ANNA, BEN, "Cleo"))]
    portraits = [PortraitRequest(person=who, prompt=words) for who in (ANNA, "Ben", "Cleo") for words in ("a", "b")]
    return (
        EnrolRequest(name="Cleo", subject=Subject.WOMAN, photos=(folder / "cleo.png",)),
        *tunings,
        *portraits,
        PortraitRequest(person=ANNA, prompt="c", picture=folder / "cleo.png"),
    )
