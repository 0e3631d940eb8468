"""Attributes that several people share."""

from __future__ import annotations

import pytest

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import Attribute
from facea_desktop.domain.mix_requests import AttributeSource, shared_takes, takes_in_turn
from facea_desktop.domain.people import Taken, taken_parts

NOSE, MOUTH = Attribute.NOSE, Attribute.MOUTH
ANNA, BEN, CLEO = "00000000000a", "00000000000b", "00000000000c"


def take(attribute: Attribute, person: str, strength: float = 1.0) -> AttributeSource:
    return AttributeSource(attribute=attribute, person=person, strength=strength)


def test_those_who_would_give_more_than_the_whole_have_their_shares_of_it() -> None:
    takes = [take(NOSE, ANNA), take(MOUTH, ANNA, 0.5), take(NOSE, BEN), take(MOUTH, BEN, 0.25)]
    assert shared_takes(takes) == [
        take(NOSE, ANNA, 0.5),
        take(NOSE, BEN, 0.5),
        take(MOUTH, ANNA, 0.5),
        take(MOUTH, BEN, 0.25),
    ]


@pytest.mark.parametrize(
    ("people", "complaint"),
    [((ANNA, ANNA), "from one person twice"), ((ANNA, BEN, CLEO, "00000000000d"), "can be of 3 people")],
)
def test_too_many_people_for_an_attribute_or_one_of_them_twice_are_refused(people: tuple, complaint: str) -> None:
    with pytest.raises(UserError, match=complaint):
        shared_takes([take(NOSE, person) for person in people])


def test_what_is_taken_in_turn_ends_as_it_was_shared() -> None:
    takes = shared_takes([take(NOSE, ANNA, 0.2), take(NOSE, BEN, 0.5), take(NOSE, CLEO, 0.3), take(MOUTH, BEN, 0.6)])
    in_turn = takes_in_turn(takes)
    assert [one.strength for one in in_turn] == pytest.approx([1.0, 0.5 / 0.7, 0.3, 0.6])
    taken = [
        Taken(attribute=one.attribute, person=one.person, name="N", steps=1, strength=one.strength) for one in in_turn
    ]
    assert [part for _, part in taken_parts(taken)] == pytest.approx([one.strength for one in takes])
