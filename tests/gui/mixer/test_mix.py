"""What a mix is made of, in values, requests and words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from facea_desktop.domain.faces import Attribute, Subject
from facea_desktop.domain.generations import generation_of
from facea_desktop.domain.mix_requests import AttributeSource, MixPreviewRequest, MixRequest
from facea_desktop.domain.people import Consent, Profile, Recipe, Reference, Tuning
from facea_desktop.ui.mixer.mix import LEAST, Mix, why_not_base, why_not_give

LEFT, RIGHT, NOSE, MOUTH = Attribute
ALL = ("face", *Attribute)


def person(number: int, name: str, *, tuned: bool = True, family: str = "starter", parts: tuple = ALL) -> Profile:
    return Profile(
        id=f"{number:012x}",
        name=name,
        subject=Subject.WOMAN,
        family=family,
        references=(Reference(index=0, parts=parts),),
        tuning=Tuning(generation=generation_of(family), recipe=Recipe(), seed=0, step=150) if tuned else None,
    )


ANNA, BEN, CLEO, DORA = person(1, "Anna"), person(2, "Ben"), person(3, "Cleo"), person(8, "Dora")


def mixed(**sources: Profile) -> Mix:
    mix = Mix(ANNA)
    for attribute, giver in sources.items():
        mix.put(Attribute(attribute), giver)
    return mix


def test_requests_are_made_exactly_as_the_mix_is_composed() -> None:
    mix = mixed(mouth=CLEO, nose=BEN)
    mix.set_strength(NOSE, BEN.id, 0.8)
    takes = (
        AttributeSource(attribute=NOSE, person=BEN.id, strength=0.8),
        AttributeSource(attribute=MOUTH, person=CLEO.id),
    )
    assert mix.preview_request(5) == MixPreviewRequest(person=ANNA.id, takes=takes, seed=5)
    assert mix.request("New", 100, 5) == MixRequest(person=ANNA.id, takes=takes, name="New", steps=100, seed=5)


def test_nothing_is_asked_for_while_nothing_is_taken() -> None:
    assert Mix(ANNA).preview_request(0) is None
    assert Mix(ANNA).request("New", 100, 0) is None
    assert Mix().suggested_name() == ""


def test_linked_eyes_are_given_taken_and_weighed_together() -> None:
    mix = mixed(right_eye=BEN)
    mix.link(linked=True)
    assert [take.attribute for take in mix.takes()] == [LEFT, RIGHT]
    mix.set_strength(LEFT, BEN.id, 0.5)
    assert {take.strength for take in mix.takes()} == {0.5}
    mix.put(RIGHT, CLEO)
    assert {take.person for take in mix.takes()} == {CLEO.id}
    mix.take_away(LEFT, CLEO.id)
    assert mix.takes() == ()


def strengths(mix: Mix) -> dict[str, float]:
    return {take.person: take.strength for take in mix.takes() if take.attribute is NOSE}


def test_people_who_share_an_attribute_give_the_whole_of_it_at_most() -> None:
    mix = mixed(nose=BEN)
    mix.add(NOSE, CLEO)
    assert strengths(mix) == {BEN.id: 0.5, CLEO.id: 0.5}
    for _ in range(2):  # once more where nothing can shrink
        mix.set_strength(NOSE, BEN.id, 0.9)
        assert strengths(mix) == {BEN.id: 0.9, CLEO.id: LEAST}
    mix.set_strength(NOSE, CLEO.id, LEAST)
    mix.set_strength(NOSE, BEN.id, 0.2)
    assert strengths(mix) == {BEN.id: 0.2, CLEO.id: LEAST}  # the rest stays Anna's
    mix.add(NOSE, DORA)
    assert strengths(mix) == {BEN.id: 0.2, CLEO.id: LEAST, DORA.id: 0.33}
    mix.set_strength(NOSE, DORA.id, 0.8)
    assert strengths(mix) == {BEN.id: LEAST, CLEO.id: LEAST, DORA.id: 0.8}
    mix.put(NOSE, BEN)
    assert strengths(mix) == {BEN.id: 1.0}
    mix.add(NOSE, CLEO)
    mix.add(NOSE, DORA)
    assert sum(strengths(mix).values()) == pytest.approx(1, abs=0.011)  # rounded, each
    mix.put(NOSE, BEN)
    assert strengths(mix)[BEN.id] == pytest.approx(1, abs=0.011)


def test_others_get_back_what_a_slider_took_while_it_is_moved_back() -> None:
    mix = mixed(nose=BEN)
    mix.add(NOSE, CLEO)
    for strength, left in ((0.8, 0.2), (0.9, LEAST), (0.6, 0.4), (0.3, 0.5)):
        mix.set_strength(NOSE, BEN.id, strength)
        assert strengths(mix) == {BEN.id: strength, CLEO.id: left}
    mix.set_strength(NOSE, BEN.id, 0.9)
    mix.set_strength(NOSE, CLEO.id, 0.1)  # somebody meant that
    mix.set_strength(NOSE, BEN.id, 0.4)
    assert strengths(mix) == {BEN.id: 0.4, CLEO.id: 0.1}


def test_a_linked_eye_that_has_nothing_of_somebody_keeps_having_nothing() -> None:
    mix = mixed(left_eye=BEN)
    mix.linked = True  # no photo of Ben's shows the right one
    mix.set_strength(LEFT, BEN.id, 0.5)
    mix.take_away(LEFT, BEN.id)
    assert mix.sources == {}


def test_one_of_several_givers_is_replaced_or_taken_away_and_the_others_stay() -> None:
    mix = mixed(nose=BEN)
    mix.add(NOSE, CLEO)
    mix.put(NOSE, DORA, instead_of=BEN.id)
    assert strengths(mix) == {DORA.id: 0.5, CLEO.id: 0.5}
    mix.put(NOSE, CLEO, instead_of=DORA.id)  # who gave a part of it already
    assert strengths(mix) == {CLEO.id: 0.5}
    mix.put(NOSE, CLEO, instead_of=ANNA.id)  # who gave nothing of it, as they are gone by now
    assert strengths(mix) == {CLEO.id: 0.5}
    mix.put(NOSE, CLEO, instead_of=CLEO.id)
    assert strengths(mix) == {CLEO.id: 0.5}
    mix.add(NOSE, BEN)
    mix.take_away(NOSE, CLEO.id)
    assert strengths(mix) == {BEN.id: 0.5}
    assert mix.provenance(100) == "Anna's face with Ben's nose (50 %); 100 tuning steps per attribute."


def test_eyes_that_are_not_linked_go_their_own_ways() -> None:
    mix = mixed(left_eye=BEN, right_eye=CLEO)
    mix.take_away(LEFT, BEN.id)
    assert [take.person for take in mix.takes()] == [CLEO.id]


def test_another_giver_keeps_the_strength_that_was_set() -> None:
    mix = mixed(nose=BEN)
    mix.set_strength(NOSE, BEN.id, 0.4)
    mix.put(NOSE, CLEO)
    assert mix.takes() == (AttributeSource(attribute=NOSE, person=CLEO.id, strength=0.4),)


def test_a_name_is_suggested_that_says_what_it_is_made_of() -> None:
    assert mixed(nose=BEN).suggested_name() == "Anna with Ben's nose"
    assert mixed(left_eye=BEN, right_eye=BEN).suggested_name() == "Anna with Ben's eyes"
    both = mixed(left_eye=BEN, right_eye=BEN, nose=BEN, mouth=CLEO)
    assert both.suggested_name() == "Anna with Ben's eyes and nose and Cleo's mouth"


def test_a_suggested_name_is_never_too_long_to_be_a_name() -> None:
    mix = Mix(person(4, "A" * 80))
    mix.put(NOSE, BEN)
    assert 0 < len(mix.suggested_name()) <= 80


def test_provenance_tells_who_gives_what_how_strongly() -> None:
    mix = mixed(nose=BEN, mouth=CLEO)
    mix.set_strength(NOSE, BEN.id, 0.8)
    assert mix.provenance(100) == "Anna's face with Ben's nose (80 %) and Cleo's mouth; 100 tuning steps per attribute."
    assert "Nothing is replaced on Anna yet" in Mix(ANNA).provenance(100)


def test_who_cannot_give_or_be_mixed_onto_is_told_what_to_do() -> None:
    untuned, foreign = person(5, "Dan", tuned=False), person(6, "Eve", family="sdxl-sd15")
    noseless = person(7, "Finn", parts=("face", LEFT, RIGHT, MOUTH))
    assert why_not_give(ANNA, BEN, NOSE) is None
    assert "Tune Dan first" in str(why_not_give(ANNA, untuned, NOSE))
    assert "sdxl-sd15, not starter" in str(why_not_give(ANNA, foreign, NOSE))
    assert "No photo of Finn shows the nose" in str(why_not_give(ANNA, noseless, NOSE))
    assert why_not_give(ANNA, noseless, MOUTH) is None
    assert "someone else" in str(why_not_give(ANNA, ANNA, NOSE))
    assert why_not_base(ANNA) is None
    for until, refused in ((date.today() - timedelta(days=1), True), (date.today(), False)):
        lent = BEN.model_copy(update={"consent": Consent(kind="with permission", until=until)})
        for reason in (why_not_give(ANNA, lent, NOSE), why_not_base(lent)):
            assert ("Consent to portray Ben has ended" in str(reason)) is refused
            assert (reason is None) is not refused
    assert "Tune first" in str(why_not_base(untuned))
    assert "no photos" in str(why_not_base(ANNA.model_copy(update={"references": ()})))
