"""Whose photos somebody has detail from: their own, and in part those of the people whom they are made of."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from facea_desktop.domain.events import Observer
from facea_desktop.domain.faces import Attribute, Subject
from facea_desktop.domain.people import Blended, Consent, Profile, Taken
from facea_desktop.domain.photo_requests import EnrolRequest
from facea_desktop.engine.enrolment import enrol
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.engine.person_reader import read_photos
from facea_desktop.engine.photo_detail import PhotoShare
from facea_desktop.engine.photo_shares import photo_shares, taken_shares
from facea_desktop.library.id_library import Library
from facea_desktop.resources import resource

NOSE = Attribute.NOSE


@pytest.fixture
def library(tmp_path: Path) -> Library:
    manager = ModelManager(tmp_path)
    for name in ("Adam", "Eve"):
        photos = (resource("people", name.lower(), "0.jpg"),)
        enrol(manager, EnrolRequest(name=name, subject=Subject.MAN, photos=photos), Observer())
    return manager.library


def changed(library: Library, name: str, **changes: object) -> Profile:
    """A copy of Adam that is made of others."""
    return library.change(library.duplicate("Adam", name).id, lambda now: now.model_copy(update=changes))


def given(library: Library, name: str, strength: float) -> Taken:
    giver = library.get(name)
    return Taken(attribute=NOSE, person=giver.id, name=giver.name, steps=1, strength=strength)


def parents(library: Library, **parts: float) -> tuple[Blended, ...]:
    return tuple(Blended(person=library.get(name).id, name=name, part=part) for name, part in parts.items())


def shown(library: Library, shares: list[PhotoShare]) -> list[tuple[str, float]]:
    """Whose photos they are, and their parts."""
    names = {read_photos(library, library.get(name))[0].tobytes(): name for name in ("Adam", "Eve")}
    return [(names[share.photos[0].tobytes()] if share.photos else "", round(share.part, 3)) for share in shares]


def test_what_is_taken_later_takes_its_part_of_what_was_taken_before(library: Library) -> None:
    mixed = changed(library, "Mixed", taken=(given(library, "Adam", 1.0), given(library, "Eve", 0.25)))
    assert shown(library, taken_shares(library, mixed)[NOSE]) == [("Adam", 0.75), ("Eve", 0.25)]
    assert shown(library, photo_shares(library, mixed)) == [("Adam", 1.0)]


def test_a_blend_has_the_photos_of_those_whom_it_is_between_also_of_other_blends(library: Library) -> None:
    half = changed(library, "Half", blended=parents(library, Adam=0.5, Eve=0.5))
    quarter = changed(library, "Quarter", blended=parents(library, Half=0.5, Eve=0.5))
    assert shown(library, photo_shares(library, half)) == [("Adam", 0.5), ("Eve", 0.5)]
    assert shown(library, photo_shares(library, quarter)) == [("Adam", 0.25), ("Eve", 0.25), ("Eve", 0.5)]


@pytest.mark.parametrize("gone", ["deleted", "consent ended"])
def test_photos_of_people_who_are_gone_are_not_used(library: Library, gone: str) -> None:
    mixed = changed(library, "Mixed", taken=(given(library, "Eve", 1.0),))
    half = changed(library, "Half", blended=parents(library, Adam=0.5, Eve=0.5))
    eve = library.get("Eve")
    shares = photo_shares(library, library.get("Adam"))
    if gone == "deleted":
        library.delete(eve.id)
    else:
        over = Consent(kind="self", until=date.today() - timedelta(days=1))
        library.update(eve.model_copy(update={"consent": over}))
    assert [share.part for share in photo_shares(library, half)] == [0.5]
    assert photo_shares(library, half)[0].photos[0].tobytes() == shares[0].photos[0].tobytes()
    assert [(list(share.photos), share.part) for share in taken_shares(library, mixed)[NOSE]] == [([], 1.0)]
