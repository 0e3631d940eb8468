"""What an earlier version wrote still opens: people, portraits with their settings, the queue, comparisons, settings.

``fixtures/data-folder`` was made by the program as it was in November 2026, before its modules and events got the
names that they have now. It holds Eve, enrolled from one photo and tuned for two steps; her portrait; a queue with the
jobs that made them, and with a portrait that waits; a comparison of one method; and Eve as a ``.facea`` file. To keep
it small, pictures were made smaller and checkpoints left out.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from facea_desktop.comparison.comparison_store import ComparisonStore
from facea_desktop.comparison.score_table import RESULTS, read_results
from facea_desktop.domain.events import DeviceSelected, Losses, Measured, Observer, Painted, Started
from facea_desktop.domain.people import Consent
from facea_desktop.domain.requests import ComparisonRequest, ImportRequest, PortraitRequest, TuneRequest
from facea_desktop.executor import Executor
from facea_desktop.library.id_library import Library
from facea_desktop.library.portrait_files import stages_of
from facea_desktop.library.portrait_png import read_request
from facea_desktop.library.search_index import Index
from facea_desktop.library.summaries import PortraitQuery
from facea_desktop.ui.settings_file import load_settings
from facea_desktop.workers.job import JobState
from facea_desktop.workers.job_store import JobStore

EVE = "d429f9d1fbe1"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return shutil.copytree(Path(__file__).parent / "fixtures" / "data-folder", tmp_path / "data")


@pytest.fixture
def portrait(root: Path) -> Path:
    return root / "portraits" / f"{EVE}-11.png"


def test_people_are_listed_and_none_of_their_files_counts_as_changed(root: Path) -> None:
    library = Library(root)
    (eve,) = library.people()
    assert (eve.id, eve.name, eve.family, eve.consent) == (EVE, "Eve", "starter", Consent(kind="invented person"))
    assert eve.tuning is not None
    assert (eve.tuning.step, eve.tuning.recipe.rank, len(eve.tuning.curve)) == (2, 1, 1)
    _, files = library.read(EVE)
    assert {"adapter.safetensors", "features.safetensors", "references/0.png", "masks/0-mouth.png"} <= set(files)


def test_the_index_is_built_anew(root: Path, portrait: Path) -> None:
    index = Index(root)
    index.refresh_people()
    index.refresh_portraits()
    (eve,) = index.people()
    (found,) = index.page(PortraitQuery(text="beach"), 0, 10)
    index.close()
    assert (eve.name, eve.state) == ("Eve", "not tuned")  # her tuning fits the models of then
    assert (found.path, found.person, found.prompt) == (portrait, EVE, "a woman smiling on a beach")


def test_a_portrait_brings_its_settings_back(portrait: Path) -> None:
    written = read_request(portrait)
    assert written is not None
    wanted = PortraitRequest(
        person=EVE, prompt="a woman smiling on a beach", seed=11, steps=2, context_steps=2, guidance=3.0
    )
    # How she looks was read from the photo, and is kept as it was used.
    assert PortraitRequest.model_validate_json(written).model_copy(update={"appearance": None}) == wanted


def test_the_queue_is_read_with_what_its_jobs_told(root: Path, portrait: Path) -> None:
    store = JobStore(root)
    jobs = {job.title: job for job in store.load()}
    told = {title: [type(event) for event in store.history(job.id)] for title, job in jobs.items()}
    store.close()
    assert {title: (type(job.request), job.state) for title, job in jobs.items()} == {
        "Tuning Eve": (TuneRequest, JobState.DONE),
        "Eve: a woman smiling on a beach": (PortraitRequest, JobState.DONE),
        "Eve: a woman in the snow": (PortraitRequest, JobState.WAITING),
        "Comparing Eve": (ComparisonRequest, JobState.DONE),
    }
    assert told["Tuning Eve"] == [DeviceSelected, Started, Losses, Measured]
    assert told["Eve: a woman smiling on a beach"] == [DeviceSelected, Started, Painted]
    assert jobs["Tuning Eve"].person == EVE
    assert jobs["Eve: a woman smiling on a beach"].pictures == (portrait,)
    (comparison,) = ComparisonStore(root).comparisons()
    assert jobs["Comparing Eve"].request == comparison.request


def test_a_comparison_is_found_with_its_figures(root: Path) -> None:
    (comparison,) = ComparisonStore(root).comparisons()
    assert (comparison.plan.title, comparison.plan.methods, comparison.finished) == ("Eve", ("untuned",), True)
    assert comparison.people() == ["Eve"]
    (row,) = read_results(comparison.folder / RESULTS)
    assert (row.person, row.method, row.scores.faces) == ("Eve", "untuned", 1)
    assert (comparison.folder / row.path).is_file()


def test_settings_hold(root: Path) -> None:
    settings = load_settings(root)
    assert (settings.theme, settings.follow_results) == ("light", True)


def test_a_package_is_imported(root: Path, tmp_path: Path) -> None:
    Executor(tmp_path / "other").execute(ImportRequest(file=root / "Eve.facea"), Observer())
    (eve,) = Library(tmp_path / "other").people()
    before = Library(root).get(EVE).tuning
    assert eve.tuning is not None
    assert before is not None
    assert (eve.name, eve.tuning.recipe, eve.tuning.curve) == ("Eve", before.recipe, before.curve)


@pytest.mark.slow
def test_what_was_learned_paints(root: Path, portrait: Path) -> None:
    context, mask = stages_of(portrait)
    request = PortraitRequest(person=EVE, prompt="a woman smiling", picture=context, mask=mask, steps=1)
    executor, told = Executor(root, "cpu"), []
    for identity in (True, False):
        executor.execute(request.model_copy(update={"identity": identity}), Observer(told.append))
    learned, untuned = (event.path.read_bytes() for event in told if isinstance(event, Painted))
    assert learned != untuned
