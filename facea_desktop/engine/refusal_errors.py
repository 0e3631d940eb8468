"""The engine's sentences for refusals of ``domain/permissions.py``."""

from __future__ import annotations

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.people import Profile, Tuning
from facea_desktop.domain.permissions import (
    AttributeNotShown,
    ConsentEnded,
    Mixed,
    NoPhotos,
    NotTuned,
    OtherFamily,
    Refusal,
    SamePerson,
    TunedElsewhere,
)


def require(refusal: Refusal | None) -> None:
    """Raise the error of a refusal, if there is one.

    Raises:
        UserError: the refusal, with what to do.
    """
    if refusal is not None:
        raise UserError(_sentence(refusal))


def tuning_of(profile: Profile) -> Tuning:
    """How the person was tuned.

    Raises:
        UserError: the person has not been tuned, or for earlier models.
    """
    if profile.fitting_tuning is None:
        raise UserError(_sentence(NotTuned(profile)))
    return profile.fitting_tuning


def _sentence(refusal: Refusal) -> str:
    name = refusal.person.name
    match refusal:
        case ConsentEnded(person):
            ended = "has ended" if person.consent_until is None else f"ended on {person.consent_until}"
            return f"Consent to portray {name} {ended}; ask again and renew it on the person's page."
        case NotTuned(Profile(tuning=Tuning(foreign=True))):
            return f"{name} was imported for earlier models than today's; import a LoRA that was made for these."
        case NotTuned(Profile(tuning=Tuning())):
            return f"{name} was tuned for earlier models than today's; tune the person again."
        case NotTuned():
            return f"{name} is not tuned yet; tune the person first."
        case OtherFamily(_, lead):
            return f"{name} was tuned with other models than {lead.name}; tune both with the same models."
        case NoPhotos():
            return f"{name} has no reference photos; enrol the person with photos."
        case AttributeNotShown(_, attribute):
            return f"{name} has no photo that shows the {attribute.replace('_', ' ')}."
        case TunedElsewhere():
            return f"{name} was imported as a LoRA; tune the person from the start."
        case Mixed():
            return f"{name} is made of others, which would fade; tune from the start to drop them."
        case SamePerson():
            return f"{name} cannot take attributes from {name}; choose another person."
