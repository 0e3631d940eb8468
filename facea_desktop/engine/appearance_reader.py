"""How a person looks, read from photos: the words that a scene needs, as only the face is redrawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Protocol

from PIL import Image

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.people import APPEARANCE_VALUES, Appearance, Profile
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.engine.person_reader import read_photos

LEAST_SURE = 0.6
"""Mean probability of a value over the photos, below which nothing is said of its group: two photos that disagree have
0.5. A word that is missing costs less than a wrong one."""
SURE_OF_BOTH = 0.8
"""Mean probability of two neighbouring values together from which on the likelier is said: of dark brown hair "brown"
and "black" are both near, and either is nearer than the scene that comes of nothing."""
STEPS = {
    "age": ("young", "middle-aged", "old"),
    "hair_length": ("short", "medium", "long"),
    "hair_texture": ("straight", "wavy", "curly"),
    "hair_colour": ("black", "brown", "blond"),
    "skin": ("light", "medium", "dark"),
}
"""Values that go over into one another, in their order."""
WORN = ("glasses", "sunglasses")


class AppearanceReader(Protocol):
    """What reads one face crop."""

    def read(self, crop: Image.Image) -> Mapping[str, Mapping[str, float]]:
        """Probabilities of the values of each group; ``crop`` is RGB, a square as ``Crop.of_face`` cuts it."""


def appearance_of(crops: Sequence[Image.Image], reader: AppearanceReader | None = None) -> Appearance:
    """What photos of one person show together.

    Args:
        crops: RGB squares as ``Crop.of_face`` cuts them, of any side; one at least.
        reader: reads one; None takes the program's own.

    Returns:
        For each group the value with the largest mean probability, None where that is below ``LEAST_SURE`` and, with a
        neighbour, below ``SURE_OF_BOTH``. Glasses
        come and go from photo to photo, so they count where most photos show them and say "none" where no photo does.
    """
    reader = reader or _own_reader()
    seen = [reader.read(crop) for crop in crops]
    found = {group: _value(group, [photo.get(group, {}) for photo in seen]) for group in APPEARANCE_VALUES}
    if found["hair_length"] == "bald":
        found |= {"hair_colour": None, "hair_texture": None}
    return Appearance.model_validate(found)


def of_subject(appearance: Appearance, subject: Subject) -> Appearance:
    """A reading as it is taken over for a man or a woman: that a woman has no beard is not worth a word."""
    return appearance.model_copy(update={"beard": None}) if subject is Subject.WOMAN else appearance


def read_appearance(manager: ModelManager, profile: Profile) -> Appearance:
    """How a person of the library looks on the reference photos.

    Raises:
        UserError: there are no photos, or one is damaged.
    """
    pictures = read_photos(manager.library, profile)
    if not pictures:
        raise UserError(f"{profile.name} has no reference photos to read; set the appearance yourself.")
    return of_subject(appearance_of(pictures), profile.subject)


def _own_reader() -> AppearanceReader:
    from facea_desktop.engine.attribute_network import attribute_reader  # loads its weights

    return attribute_reader()


def _value(group: str, photos: Sequence[Mapping[str, float]]) -> str | None:
    values = APPEARANCE_VALUES[group]
    if group == "eyewear":
        return _eyewear(photos)
    mean = {value: sum(photo.get(value, 0.0) for photo in photos) / len(photos) for value in values}
    best = max(values, key=lambda value: mean[value])
    steps = STEPS.get(group, ())
    beside = [mean[b] for a, b in (*pairwise(steps), *pairwise(reversed(steps))) if a == best]
    sure = mean[best] >= LEAST_SURE or mean[best] + max(beside, default=0.0) >= SURE_OF_BOTH
    return best if sure else None


def _eyewear(photos: Sequence[Mapping[str, float]]) -> str | None:
    for value in WORN:
        if 2 * sum(photo.get(value, 0.0) >= LEAST_SURE for photo in photos) > len(photos):
            return value
    return "none" if all(photo.get("none", 0.0) >= LEAST_SURE for photo in photos) else None
