"""Several items of a batch at a time: nobody is painted before they are tuned, or tuned while they are painted."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from facea_desktop.domain.errors import CancelledError
from facea_desktop.domain.events import Observer
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.people import Recipe
from facea_desktop.domain.photo_requests import EnrolRequest
from facea_desktop.domain.requests import BatchItem, FaceAssignment, PortraitRequest, TuneRequest
from facea_desktop.engine.batch_turns import Turns, waiting, with_ids

ANNA = "a" * 12


def tune(person: str) -> TuneRequest:
    return TuneRequest(person=person, recipe=Recipe(steps=1))


def portrait(person: str, *others: str) -> PortraitRequest:
    faces = tuple(FaceAssignment(face=number, person=who) for number, who in enumerate(others, 1))
    return PortraitRequest(person=person, others=faces)


def test_an_item_waits_for_those_that_change_its_people_or_need_them_as_they_were() -> None:
    items: list[BatchItem] = [
        EnrolRequest(name="Cleo", subject=Subject.WOMAN, photos=(Path("0.png"),)),
        tune("Cleo"),
        portrait("cleo"),
        portrait("Ben", "Cleo"),
        tune("Cleo"),
        portrait("Cleo"),
        tune("Ben"),
    ]
    assert waiting(items) == [set(), {0}, {1}, {1}, {1, 2, 3}, {4}, {3}]


def test_people_who_are_there_are_called_by_their_ids() -> None:
    ids = {"anna": ANNA}
    assert with_ids(portrait("Anna", "ANNA", "Zoe"), ids) == portrait(ANNA, ANNA, "Zoe")
    assert with_ids(tune("Zoe"), ids) == tune("Zoe")


def test_as_many_as_are_asked_for_are_under_way_together() -> None:
    together = threading.Barrier(3, timeout=30)
    Turns([portrait("Anna"), portrait("Ben"), portrait("Cleo")], Observer()).run(lambda _: together.wait() and None, 3)


def test_the_first_error_ends_the_batch_and_nothing_is_begun_after_it() -> None:
    done: list[int] = []

    def do(index: int) -> None:
        done.append(index)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Turns([portrait("Anna")] * 9, Observer()).run(do, 2)
    assert len(done) <= 2


def test_a_stop_is_noticed_by_those_who_wait_for_their_turn() -> None:
    observer = Observer()
    with pytest.raises(CancelledError):
        Turns([tune("Anna"), portrait("Anna")], observer).run(lambda _: observer.stop.set(), 2)
