"""Whose photos a person's face has its detail from: the person's own, and those of the people whom it is made of."""

from __future__ import annotations

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import Attribute
from facea_desktop.domain.people import Profile, taken_parts
from facea_desktop.engine.person_reader import read_photos
from facea_desktop.engine.photo_detail import MOST_PHOTOS, PhotoShare
from facea_desktop.library.id_library import Library


def photo_shares(library: Library, profile: Profile, part: float = 1.0) -> list[PhotoShare]:
    """The photos of a person; of a blend, which has none, those of the people whom it is between.

    Args:
        part: how much of a face they are.

    Raises:
        UserError: a photo is missing or damaged.
    """
    if not profile.blended:
        return [PhotoShare(read_photos(library, profile, MOST_PHOTOS), part)]
    parents = ((somebody(library, one.person), one.part) for one in profile.blended)
    return [
        share for parent, its in parents if parent is not None for share in photo_shares(library, parent, part * its)
    ]


def taken_shares(library: Library, profile: Profile) -> dict[Attribute, list[PhotoShare]]:
    """The photos of those who gave a person eyes, nose or mouth; no photos of givers who are gone.

    Raises:
        UserError: a photo is missing or damaged.
    """
    taken: dict[Attribute, list[PhotoShare]] = {}
    for one, part in taken_parts(profile.taken):
        if part == 0:  # what was taken later took its place
            continue
        giver = somebody(library, one.person)
        photos = [] if giver is None else read_photos(library, giver, MOST_PHOTOS)
        taken.setdefault(one.attribute, []).append(PhotoShare(photos, part))
    return taken


def somebody(library: Library, person: str | None) -> Profile | None:
    """Whom another person is made of; None if they are gone, or their consent is."""
    if person is None:
        return None
    try:
        giver = library.get(person)
    except UserError:
        return None
    return None if giver.consent_ended else giver
