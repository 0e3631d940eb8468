"""Who may be tuned, painted and mixed: the single place of these rules, for the engine and the window alike.

Each function answers with the first reason against it, or None. A reason is a value with the facts that a sentence
about it needs; the engine (``engine/refusal_errors.py``) and the window word it for themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from facea_desktop.domain.faces import Attribute
from facea_desktop.domain.people import Profile


class Person(Protocol):
    """What most rules need to know about a person; both ``Profile`` and ``PersonSummary`` satisfy it."""

    @property
    def id(self) -> str:
        """Id in the library."""

    @property
    def name(self) -> str:
        """What the person is called."""

    @property
    def family(self) -> str:
        """The model family that the person belongs to."""

    @property
    def state(self) -> Literal["ready", "not tuned"]:
        """Whether the person was tuned."""

    @property
    def has_photos(self) -> bool:
        """Whether there are reference photos, as an imported LoRA has none."""

    @property
    def consent_until(self) -> date | None:
        """The last day of the consent, None where it has none."""

    @property
    def consent_ended(self) -> bool:
        """Whether there was a consent that is over."""


@dataclass(frozen=True)
class ConsentEnded:
    """The consent to portray the person is over."""

    person: Person


@dataclass(frozen=True)
class NotTuned:
    """The person has no adapter yet."""

    person: Person


@dataclass(frozen=True)
class OtherFamily:
    """The person was tuned with another model family than ``lead``; one picture takes one family."""

    person: Person
    lead: Person


@dataclass(frozen=True)
class NoPhotos:
    """The person has no reference photos, as an imported LoRA has none."""

    person: Person


@dataclass(frozen=True)
class AttributeNotShown:
    """No reference photo of the person shows the attribute."""

    person: Person
    attribute: Attribute


@dataclass(frozen=True)
class SamePerson:
    """The person would take an attribute from themselves."""

    person: Person


@dataclass(frozen=True)
class TunedElsewhere:
    """The person's adapter was imported; nobody knows how it was tuned."""

    person: Person


@dataclass(frozen=True)
class Mixed:
    """The person is made of others, in part or as a whole, which tuning on the person's photos would take back."""

    person: Person


Refusal = ConsentEnded | NotTuned | OtherFamily | NoPhotos | AttributeNotShown | SamePerson | TunedElsewhere | Mixed


def tuning_refusal(person: Profile) -> ConsentEnded | NoPhotos | None:
    """Why the person may not be tuned."""
    if person.consent_ended:
        return ConsentEnded(person)
    return None if person.references else NoPhotos(person)


def further_tuning_refusal(person: Profile) -> ConsentEnded | NoPhotos | NotTuned | TunedElsewhere | Mixed | None:
    """Why no tuning of the person may start from the present one."""
    if (refusal := tuning_refusal(person)) is not None:
        return refusal
    if person.fitting_tuning is None:
        return NotTuned(person)
    if person.fitting_tuning.foreign:
        return TunedElsewhere(person)
    return Mixed(person) if person.taken or person.blended else None


def portrait_refusal(
    person: Person,
    lead: Person | None = None,
    *,
    identity: bool = True,
    tuning_queued: bool = False,
    at_first_sight: bool = False,
) -> ConsentEnded | NotTuned | OtherFamily | None:
    """Why the person may not be painted.

    Args:
        lead: who the portrait is of, where ``person`` is to get another face of it.
        identity: the person's adapter is used; what the base model alone does needs no tuning.
        tuning_queued: the person is tuned before the portrait is begun, which waits for that.
        at_first_sight: the person's models and photos allow portraits without tuning.
    """
    if person.consent_ended:
        return ConsentEnded(person)
    if identity and person.state == "not tuned" and not (tuning_queued or at_first_sight):
        return NotTuned(person)
    return OtherFamily(person, lead) if lead is not None and person.family != lead.family else None


def mix_base_refusal(base: Person) -> ConsentEnded | NotTuned | None:
    """Why attributes of others may not be tuned onto ``base``, the person p of the paper."""
    if base.consent_ended:
        return ConsentEnded(base)
    return NotTuned(base) if base.state == "not tuned" else None


def mix_source_refusal(
    base: Person, source: Profile, attribute: Attribute
) -> SamePerson | ConsentEnded | AttributeNotShown | None:
    """Why ``source``, the person p' of the paper, may not give ``base`` an attribute; it is learned from photos."""
    if source.id == base.id:
        return SamePerson(source)
    if source.consent_ended:
        return ConsentEnded(source)
    shown = any(attribute in reference.parts for reference in source.references)
    return None if shown else AttributeNotShown(source, attribute)


def preview_base_refusal(base: Profile, *, on_photos: bool = True) -> ConsentEnded | NoPhotos | None:
    """Why no mix may be previewed on ``base``; nothing is tuned, so it needs no adapter.

    Args:
        on_photos: it is drawn on the first reference photo; else on a picture of the user's choice.
    """
    if base.consent_ended:
        return ConsentEnded(base)
    return NoPhotos(base) if on_photos and not base.references else None


def preview_source_refusal(
    base: Person, source: Person, *, from_photos: bool = False
) -> SamePerson | ConsentEnded | NotTuned | OtherFamily | None:
    """Why no attribute of ``source`` may be previewed on ``base``.

    Args:
        from_photos: it is taken from photos of ``source``; else it is drawn with the adapter.
    """
    return SamePerson(source) if source.id == base.id else portrait_refusal(source, base, at_first_sight=from_photos)


def blend_refusal(first: Person, second: Person) -> SamePerson | ConsentEnded | NotTuned | OtherFamily | None:
    """Why there can be nobody between two people."""
    return portrait_refusal(first) or preview_source_refusal(first, second)
