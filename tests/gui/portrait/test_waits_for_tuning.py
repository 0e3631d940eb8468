"""Make for somebody who is being tuned: the portrait waits, and says for what and why it does not come."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from facea_desktop.domain.generations import generation_of
from facea_desktop.domain.people import Profile, Recipe, Tuning
from facea_desktop.domain.permissions import portrait_refusal
from facea_desktop.domain.requests import BatchRequest, GridAxis, GridSheet, PortraitRequest, TuneRequest
from facea_desktop.library.id_library import Library
from facea_desktop.library.step_times import note_step_time, painting_step
from facea_desktop.ui.job_text import state_words
from facea_desktop.ui.portrait.portrait_panel import PortraitPanel
from facea_desktop.ui.session import Session
from facea_desktop.workers.engine_process import EngineSettings
from facea_desktop.workers.job import Job, JobState
from facea_desktop.workers.job_pool import JobPool
from tests.gui.conftest import store_person
from tests.gui.portrait.conftest import faces_found
from tests.gui.scripted_workers import ScriptedWorkers


@pytest.fixture
def ben(session: Session, add_person: Callable[..., Profile]) -> Profile:
    """The chosen person, who is not tuned yet."""
    person = add_person("Ben", tuned=False)
    session.people_changed()
    session.select(person.id)
    return person


def tuned(library: Library, person: Profile) -> None:
    """What the engine leaves of a tuning."""
    tuning = Tuning(
        generation=generation_of("starter"), recipe=Recipe(steps=150), seed=0, step=150, curve=(), best_step=None
    )
    files = {"adapter.safetensors": b"none", "features.safetensors": b"none"}
    library.update(library.get(person.id).model_copy(update={"tuning": tuning}), files)


@pytest.fixture
def waiting(panel: PortraitPanel, ben: Profile, session: Session, do: Callable[..., Any]) -> tuple[Job, str]:
    """The tuning that runs, and the id of the portrait that Make put behind it."""
    panel.form.prompt.edit.setPlainText("a man")
    assert (
        panel.make.why_not
        == "Ben is not tuned yet: portraits are made after the photos alone. Tuning makes them more alike."
    )
    request = TuneRequest(person=ben.id, recipe=Recipe(steps=150))
    tuning = session.submit(request, "Tuning Ben")
    assert "as soon as Ben is tuned" in panel.make.why_not
    assert panel.make.button.isEnabled()
    do(panel.make_pictures)
    (portrait,) = session.jobs.of_kind(PortraitRequest)
    assert portrait.state is JobState.WAITING
    return tuning, portrait.id


def test_without_tuning_pictures_that_would_all_be_the_same_are_not_asked_for(
    panel: PortraitPanel, ben: Profile, session: Session, workers: ScriptedWorkers, photo: Path, do
) -> None:
    panel.form.prompt.edit.setPlainText("a man")
    panel.make.count.setValue(4)
    assert "one scene gives one picture" not in panel.make.why_not
    panel.make.set_one_scene(True)
    assert "one scene gives one picture: each gets a scene of its own" in panel.make.why_not
    assert (panel.request.count, panel.request.scene_seed) == (4, None)
    panel.form.more.without.setChecked(True)  # the base model's faces differ
    assert panel.request.scene_seed is not None
    panel.form.more.without.setChecked(False)
    workers.answers["faces"] = faces_found(1)
    do(lambda: panel.use_picture(photo))
    assert "one scene gives one picture" not in panel.make.why_not  # each is redrawn from another seed
    assert panel.request.count == 4


def test_how_long_a_portrait_at_first_sight_takes_is_told_by_others_of_its_kind(
    panel: PortraitPanel, ben: Profile, session: Session
) -> None:
    panel.form.prompt.edit.setPlainText("a man")
    steps = panel.form.family.denoising_steps(panel.request)
    note_step_time(session.root, painting_step("starter", panel.request), 70 / steps)
    panel._times.forget()
    panel._show_estimate()
    assert panel.make._estimate.isHidden()
    note_step_time(session.root, painting_step("starter", panel.request, first_sight=1), 7 / steps)
    panel._times.forget()
    panel._show_estimate()
    assert panel.make._estimate.text() == "about 7 s"


def test_make_waits_until_the_person_is_tuned_even_where_a_device_is_free(
    panel, waiting: tuple[Job, str], session: Session, pool: JobPool, workers: ScriptedWorkers, ben: Profile, do
) -> None:
    tuning, portrait = waiting
    pool.configure(EngineSettings(session.root), ["cpu", "cuda:0"])
    pool.move(portrait, None)
    assert session.jobs.job(portrait).state is JobState.WAITING
    assert panel.make.doing == "Starts once “Tuning Ben” is done"
    ahead = session.jobs.waits_for(portrait)
    assert state_words(session.jobs.job(portrait), None, ahead) == "Starts once “Tuning Ben” is done"
    tuned(session.library, ben)
    do(lambda: workers.finish(tuning))
    assert session.jobs.job(portrait).state is JobState.RUNNING


@pytest.mark.parametrize(
    ("end", "why"),
    [
        ("fail", "Not painted, as “Tuning Ben” failed. Tune again, then try again."),
        ("cancel", "Not painted, as “Tuning Ben” was stopped too early. Resume it, then try again."),
    ],
)
def test_a_tuning_without_weights_ends_what_waits_for_it_in_a_line(
    panel, waiting: tuple[Job, str], session: Session, pool: JobPool, workers: ScriptedWorkers, end: str, why: str, do
) -> None:
    tuning, portrait = waiting
    do(lambda: workers.fail(tuning) if end == "fail" else session.jobs.cancel(tuning.id))
    failed = session.jobs.job(portrait)
    assert (failed.state, failed.error) == (JobState.FAILED, why)
    assert why in panel.notice.text
    again = pool.retry(tuning.id)
    retried = pool.retry(portrait)
    assert session.jobs.waits_for(retried.id) == session.jobs.job(again.id)


def test_a_tuning_cancelled_before_it_began_ends_what_waits_for_it(
    panel, anna: Profile, session: Session, ben: Profile, do
) -> None:
    session.submit(TuneRequest(person=anna.id, recipe=Recipe(steps=150)), "Tuning Anna")  # keeps the device
    tuning = session.submit(TuneRequest(person=ben.id, recipe=Recipe(steps=150)), "Tuning Ben")
    portrait = session.submit(PortraitRequest(person=ben.id, prompt="a man"), "Ben: a man")
    session.jobs.cancel(tuning.id)
    assert session.jobs.job(portrait.id).state is JobState.FAILED


def test_somebody_with_weights_is_painted_with_them_while_tuned_again(
    panel, anna: Profile, session: Session, pool: JobPool
) -> None:
    pool.configure(EngineSettings(session.root), ["cpu", "cuda:0"])
    session.submit(TuneRequest(person=anna.id, recipe=Recipe(steps=150)), "Tuning Anna")
    portrait = session.submit(PortraitRequest(person=anna.id, prompt="a woman"), "Anna: a woman")
    assert session.jobs.job(portrait.id).state is JobState.RUNNING


def test_after_a_restart_it_waits_for_the_tuning_to_be_resumed(loop, tmp_path: Path, workers: ScriptedWorkers) -> None:
    library = Library(tmp_path)
    ben = store_person(library, "Ben", tuned=False)
    first = JobPool(EngineSettings(tmp_path), make_worker=workers.make)
    tuning = first.submit(TuneRequest(person=ben.id, recipe=Recipe(steps=150)), "Tuning Ben")
    portrait = first.submit(PortraitRequest(person=ben.id, prompt="a man"), "Ben: a man")
    loop.run_until_complete(first.close())
    second = JobPool(EngineSettings(tmp_path), make_worker=workers.make)
    second.resume_queue()
    assert [second.job(one.id).state for one in (tuning, portrait)] == [JobState.INTERRUPTED, JobState.WAITING]
    assert second.waits_for(portrait.id).id == tuning.id
    again = second.retry(tuning.id)
    tuned(library, ben)
    workers.finish(again)
    assert second.job(portrait.id).state is JobState.RUNNING
    loop.run_until_complete(second.close())


def test_the_rule_lets_a_portrait_be_asked_for_that_is_painted_after_a_tuning(ben: Profile) -> None:
    assert portrait_refusal(ben) is not None
    assert portrait_refusal(ben, tuning_queued=True) is None


def test_a_grid_of_somebody_who_is_being_tuned_waits_too(
    session: Session, workers: ScriptedWorkers, ben: Profile, pool: JobPool, do
) -> None:
    tuning = session.submit(TuneRequest(person=ben.id, recipe=Recipe(steps=150)), "Tuning Ben")
    pool.configure(EngineSettings(session.root), ["cpu", "cuda:0"])
    cells = tuple(PortraitRequest(person=ben.id, prompt="a man", seed=seed) for seed in (1, 2))
    axis = GridAxis(setting="seed", values=("1", "2"))
    sheet = GridSheet(request=cells[0], x=axis, y=GridAxis(setting="steps", values=("4",)))
    grid = session.submit(BatchRequest(items=cells, grid=sheet), "Grid")
    untuned = tuple(one.model_copy(update={"identity": False}) for one in cells)
    other = session.submit(BatchRequest(items=untuned), "Untuned")
    assert session.jobs.job(grid.id).state is JobState.WAITING
    assert session.jobs.waits_for(grid.id).id == tuning.id
    assert session.jobs.waits_for(other.id) is None
    tuned(session.library, ben)
    do(lambda: workers.finish(tuning))
    assert session.jobs.waits_for(grid.id) is None
