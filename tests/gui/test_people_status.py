"""Where people stand, out of the library and the queue."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from pytestqt.qtbot import QtBot

from facea_desktop.domain.events import Losses, Progress
from facea_desktop.domain.faces import Attribute
from facea_desktop.domain.mix_requests import AttributeSource, MixRequest
from facea_desktop.domain.people import Consent, Profile, Recipe
from facea_desktop.domain.requests import TuneRequest
from facea_desktop.ui.people_status import PersonState
from facea_desktop.ui.person_text import state_words, unusable_words
from facea_desktop.ui.session import Session
from facea_desktop.workers.job import Job
from tests.gui.scripted_workers import ScriptedWorkers

ENDED = Consent(kind="with permission", until=date.today() - timedelta(1))


@pytest.fixture
def ben(add_person: Callable[..., Profile]) -> Profile:
    return add_person("Ben", tuned=False)


def tune(session: Session, person: Profile) -> Job:
    return session.pool.submit(TuneRequest(person=person.id, recipe=Recipe(steps=350)), "Tuning")


def test_a_tuning_takes_a_person_from_untuned_over_waiting_and_tuning_to_where_it_stopped(
    session: Session, workers: ScriptedWorkers, ben: Profile, add_person: Callable[..., Profile]
) -> None:
    def status() -> tuple[PersonState, str]:
        now = session.people_status.of(ben)
        return now.state, state_words(now)

    assert status() == (PersonState.UNTUNED, "not tuned yet")
    first, job = tune(session, add_person("Anna")), tune(session, ben)
    assert status() == (PersonState.WAITING, "waiting to be tuned")
    workers.finish(first)
    assert status() == (PersonState.TUNING, "tuning …")
    workers.emit(job, Losses(7, 0.4, 0.2))
    workers.emit(job, Progress(7, 350, 90.0))
    assert status() == (PersonState.TUNING, "tuning 2 %")
    workers.stop(job)
    assert status() == (PersonState.STOPPED, "stopped at step 7 of 350")
    session.pool.remove(job.id)
    assert status() == (PersonState.UNTUNED, "not tuned yet")


def test_the_list_and_the_profile_say_the_same(
    session: Session, ben: Profile, add_person: Callable[..., Profile]
) -> None:
    add_person("Anna")
    session.library.update(add_person("Cleo").model_copy(update={"consent": ENDED}))
    session.people_changed()
    tune(session, ben)
    states = {person.name: session.people_status.of(person) for person in session.people()}
    assert {name: status.state for name, status in states.items()} == {
        "Anna": PersonState.READY,
        "Ben": PersonState.TUNING,
        "Cleo": PersonState.CONSENT_ENDED,
    }
    assert [session.people_status.of(session.library.get(one.id)) for one in session.people()] == list(states.values())


def test_why_somebody_cannot_be_used_is_said_even_while_they_are_tuned_again(
    session: Session, ben: Profile, add_person: Callable[..., Profile]
) -> None:
    cleo = add_person("Cleo").model_copy(update={"consent": ENDED})
    tune(session, cleo)
    assert unusable_words(session.people_status.of(cleo)) == "consent ended"
    assert unusable_words(session.people_status.of(ben)) == "not tuned yet"
    assert unusable_words(session.people_status.of(add_person("Anna"))) == ""


def test_what_runs_counts_before_what_waits(
    session: Session, workers: ScriptedWorkers, ben: Profile, add_person: Callable[..., Profile]
) -> None:
    anna = add_person("Anna")
    take = AttributeSource(attribute=Attribute.NOSE, person=ben.id)
    mix = session.pool.submit(MixRequest(person=anna.id, takes=(take,), name="Both"), "Mixing")
    tune(session, anna)
    workers.emit(mix, Progress(50, 100, 9.0))
    status = session.people_status.of(anna)
    assert state_words(status) == "mixing 50 %"
    assert status.tuning_queued


def test_a_change_is_told_at_once_and_progress_in_time(
    session: Session, workers: ScriptedWorkers, ben: Profile, qtbot: QtBot
) -> None:
    told: list[str] = []
    session.people_status.changed.connect(told.append)
    job = tune(session, ben)
    assert set(told) == {ben.id}
    told.clear()
    with qtbot.waitSignal(session.people_status.changed):
        workers.emit(job, Progress(1, 350, 90.0))
    assert set(told) == {ben.id}
