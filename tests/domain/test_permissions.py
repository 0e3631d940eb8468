"""Who may be tuned, painted and mixed, and the first reason against it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import get_args

import pytest

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import FACE, Attribute, Subject
from facea_desktop.domain.generations import generation_of
from facea_desktop.domain.people import Consent, Profile, Recipe, Reference, Tuning
from facea_desktop.domain.permissions import (
    AttributeNotShown,
    ConsentEnded,
    NoPhotos,
    NotTuned,
    OtherFamily,
    Refusal,
    SamePerson,
    further_tuning_refusal,
    mix_base_refusal,
    mix_source_refusal,
    portrait_refusal,
    preview_base_refusal,
    preview_source_refusal,
    tuning_refusal,
)
from facea_desktop.engine.refusal_errors import require
from facea_desktop.library.summaries import PersonSummary

YESTERDAY = date.today() - timedelta(days=1)
NOSE = Attribute.NOSE


def person(name: str, **changes: object) -> Profile:
    fields = {
        "id": name.lower().ljust(12, "0"),
        "name": name,
        "subject": Subject.WOMAN,
        "family": "starter",
        "tuning": Tuning(generation=generation_of("starter"), recipe=Recipe(), seed=0, step=1),
        "references": (Reference(index=0, parts=(FACE, NOSE)),),
    }
    return Profile.model_validate(fields | changes)


ANNA, BEA = person("aa"), person("be")
ENDED = person("ee", consent=Consent(until=YESTERDAY))
UNTUNED = person("dd", tuning=None)
FOREIGN = person("ff", family="sdxl-sd15", tuning=Tuning(recipe=Recipe(), seed=0, step=1))
EARLIER = person("ab", tuning=Tuning(recipe=Recipe(), seed=0, step=1))
BARE = person("cc", references=())


def test_tuning_needs_consent_and_photos() -> None:
    assert tuning_refusal(UNTUNED) is None
    assert tuning_refusal(ENDED) == ConsentEnded(ENDED)
    assert tuning_refusal(BARE) == NoPhotos(BARE)


def test_a_portrait_needs_consent_a_tuning_and_one_family_for_all() -> None:
    assert portrait_refusal(ANNA) is None
    assert portrait_refusal(ENDED) == ConsentEnded(ENDED)
    assert portrait_refusal(UNTUNED) == NotTuned(UNTUNED)
    assert portrait_refusal(UNTUNED, at_first_sight=True) is None
    assert portrait_refusal(UNTUNED, identity=False) is None
    assert portrait_refusal(BEA, ANNA) is None
    assert portrait_refusal(FOREIGN, ANNA) == OtherFamily(FOREIGN, ANNA)


def test_what_is_mixed_onto_needs_consent_and_a_tuning() -> None:
    assert mix_base_refusal(BARE) is None
    assert mix_base_refusal(ENDED) == ConsentEnded(ENDED)
    assert mix_base_refusal(UNTUNED) == NotTuned(UNTUNED)
    assert preview_base_refusal(UNTUNED) is None
    assert preview_base_refusal(ENDED) == ConsentEnded(ENDED)
    assert preview_base_refusal(BARE) == NoPhotos(BARE)
    assert preview_base_refusal(BARE, on_photos=False) is None


def test_an_attribute_is_learned_from_photos_of_somebody_else() -> None:
    assert mix_source_refusal(ANNA, BEA, NOSE) is None
    assert mix_source_refusal(ANNA, UNTUNED, NOSE) is None
    assert mix_source_refusal(ANNA, FOREIGN, NOSE) is None
    assert mix_source_refusal(ANNA, ANNA, NOSE) == SamePerson(ANNA)
    assert mix_source_refusal(ANNA, ENDED, NOSE) == ConsentEnded(ENDED)
    assert mix_source_refusal(ANNA, BEA, Attribute.MOUTH) == AttributeNotShown(BEA, Attribute.MOUTH)


def test_an_attribute_is_previewed_with_the_adapter_of_somebody_else() -> None:
    assert preview_source_refusal(ANNA, BARE) is None
    assert preview_source_refusal(ANNA, ANNA) == SamePerson(ANNA)
    assert preview_source_refusal(ANNA, ENDED) == ConsentEnded(ENDED)
    assert preview_source_refusal(ANNA, UNTUNED) == NotTuned(UNTUNED)
    assert preview_source_refusal(ANNA, FOREIGN) == OtherFamily(FOREIGN, ANNA)


def test_a_row_of_the_index_is_judged_like_the_person_it_sums_up() -> None:
    summary = PersonSummary(
        id=ANNA.id, name="Anna", subject=Subject.WOMAN, family="starter", state="ready", created=datetime.now(UTC),
        likeness=None, thumbnail=None, mixed=False, consent_until=date.today(), tuned_step=1,
    )  # fmt: skip
    assert portrait_refusal(summary) is None  # the last day counts
    over = replace(summary, consent_over=True)
    assert portrait_refusal(over) == ConsentEnded(over)


@pytest.mark.parametrize("kind", get_args(Refusal))
def test_the_engine_has_a_sentence_for_every_refusal(kind: type[Refusal]) -> None:
    facts = {"person": ENDED, "lead": BEA, "attribute": Attribute.LEFT_EYE}
    refusal = kind(**{name: facts[name] for name in kind.__dataclass_fields__})
    with pytest.raises(UserError, match=r"^(Consent to portray )?ee .*\.$"):
        require(refusal)


def test_a_consent_without_a_day_that_is_over_is_said_without_one() -> None:
    with pytest.raises(UserError, match="Consent to portray aa has ended"):
        require(ConsentEnded(person("aa", consent=Consent(over=True))))
    require(None)


def test_a_tuning_for_earlier_models_counts_as_none_and_the_line_says_so() -> None:
    assert EARLIER.state == "not tuned"
    for refusal in (portrait_refusal(EARLIER), mix_base_refusal(EARLIER), further_tuning_refusal(EARLIER)):
        with pytest.raises(UserError, match="ab was tuned for earlier models than today's; tune the person again"):
            require(refusal)
    assert portrait_refusal(EARLIER, at_first_sight=True) is None
    assert tuning_refusal(EARLIER) is None
    imported = EARLIER.model_copy(update={"tuning": Tuning(recipe=Recipe(), seed=0, step=0, foreign=True)})
    with pytest.raises(UserError, match="import a LoRA that was made for these"):
        require(portrait_refusal(imported))
