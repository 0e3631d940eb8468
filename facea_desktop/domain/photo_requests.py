"""Requests about photos of a person: check them, make a person of them, add more, correct masks, read appearance."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from facea_desktop.domain.faces import Subject
from facea_desktop.domain.people import MOST_PHOTOS, Appearance, Consent, FilePath, PersonName, Png, Value

Part = Literal["face", "left_eye", "right_eye", "nose", "mouth"]
"""One of ``faces.PARTS``."""


class Frame(Value):
    """A square of a photo, in pixels of the upright photo; it may reach over the edge.

    Attributes:
        x, y: its middle.
        side: of the square, which is turned with the face where that leans.
    """

    x: float = Field(ge=-1e5, le=1e5, allow_inf_nan=False)
    y: float = Field(ge=-1e5, le=1e5, allow_inf_nan=False)
    side: float = Field(gt=0, le=1e5, allow_inf_nan=False)


class PhotoCrop(Value):
    """Who is meant in a photo, and how that face is cut out.

    Attributes:
        photo: index into the request's photos.
        face: counted from the largest, 0 being that; None where the photo shows only one that could be meant.
        frame: what is cut out; None as the program cuts.
    """

    photo: int = Field(ge=0, lt=MOST_PHOTOS)
    face: int | None = Field(None, ge=0, le=99)
    frame: Frame | None = None


class InspectRequest(Value):
    """Check photos before a person is made of them: the crop and masks of each, and why it cannot be used.

    Attributes:
        person: whom the photos are to be added to; they are compared with that person's photos, too.
    """

    kind: Literal["inspect"] = "inspect"
    photos: tuple[FilePath, ...] = Field(min_length=1, max_length=MOST_PHOTOS)
    crops: tuple[PhotoCrop, ...] = ()
    person: str | None = None


class DrawnMask(Value):
    """A mask that the user drew for a photo, in place of the detector's.

    Attributes:
        photo: index into the request's photos.
        file: PNG of the crop's size, white where the part is.
    """

    photo: int = Field(ge=0, lt=MOST_PHOTOS)
    part: Part
    file: FilePath


class EnrolRequest(Value):
    """Make a person from photos.

    Attributes:
        appearance: what the user says of it; None reads it from the photos.
    """

    kind: Literal["enrol"] = "enrol"
    name: PersonName
    subject: Subject
    photos: tuple[FilePath, ...] = Field(min_length=1, max_length=MOST_PHOTOS)
    consent: Consent = Consent()
    masks: tuple[DrawnMask, ...] = ()
    crops: tuple[PhotoCrop, ...] = ()
    appearance: Appearance | None = None


class FirstSightRequest(Value):
    """Paint a portrait of somebody who is not in the library yet, without tuning; nothing is stored.

    Attributes:
        crops: of the photos, as ``InspectedPhoto.crop`` has them.
        appearance: what the scene follows.
    """

    kind: Literal["first sight"] = "first sight"
    subject: Subject
    crops: tuple[Png, ...] = Field(min_length=1, max_length=MOST_PHOTOS)
    appearance: Appearance = Appearance()
    seed: int = Field(0, ge=0, lt=2**32)


class AddPhotosRequest(Value):
    """Add photos to a person of the library; the tuning stays as it is until the person is tuned on them."""

    kind: Literal["add photos"] = "add photos"
    person: str
    photos: tuple[FilePath, ...] = Field(min_length=1, max_length=MOST_PHOTOS)
    masks: tuple[DrawnMask, ...] = ()
    crops: tuple[PhotoCrop, ...] = ()


class MaskRequest(Value):
    """Put a drawn mask in the place of one of a person's; ``index`` is the reference's."""

    kind: Literal["mask"] = "mask"
    person: str
    index: int = Field(ge=0, le=999)
    part: Part
    file: FilePath


class AppearanceRequest(Value):
    """Read a person's appearance from the reference photos; nothing is stored."""

    kind: Literal["appearance"] = "appearance"
    person: str
