"""What a finished job hands back, one kind for each kind of request."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from facea_desktop.domain.events import Painted
from facea_desktop.domain.faces import Face
from facea_desktop.domain.people import Appearance


@dataclass(frozen=True)
class PersonMade:
    """A person of the library was made or changed; the manifest says the rest."""

    person: str


@dataclass(frozen=True)
class PicturesMade:
    """Portraits, in the order of their seeds."""

    pictures: tuple[Painted, ...]


@dataclass(frozen=True)
class InspectedPhoto:
    """One photo before it is enrolled.

    Attributes:
        crop: PNG of the face, 512 pixels a side, None where ``problem`` says why.
        masks: PNG of each part that was found, of the crop's size.
        face_px: longer side of the face in the photo, in pixels.
        likeness: mean FaceNet cosine with the other photos, None where there are none.
    """

    path: Path
    crop: bytes | None
    masks: dict[str, bytes]
    problem: str | None
    face_px: float | None = None
    likeness: float | None = None


@dataclass(frozen=True)
class PhotosInspected:
    """All photos, in their order.

    Attributes:
        problem: what stands against them together.
        warnings: what one may know.
        appearance: what the photos that can be used show together, None where there are none.
    """

    photos: tuple[InspectedPhoto, ...]
    problem: str | None
    warnings: tuple[str, ...]
    appearance: Appearance | None = None


@dataclass(frozen=True)
class AppearanceRead:
    """How the person looks on the reference photos."""

    appearance: Appearance


@dataclass(frozen=True)
class FacesFound:
    """The faces of a picture of ``width`` by ``height`` pixels, the largest first."""

    width: int
    height: int
    faces: tuple[Face, ...]


@dataclass(frozen=True)
class PartsFound:
    """What the pixels of a picture show, and of whom.

    Attributes:
        faces: the largest first; without one everything is unknown.
        labels: PNG of the picture's size, greyscale: 1 + index into ``tuple(FacePart)``, 0 where it is unknown.
        owners: PNG of the same size: 1 + index into ``faces``, 0 where it is nobody's: background, or unknown.
    """

    faces: tuple[Face, ...]
    labels: bytes
    owners: bytes


@dataclass(frozen=True)
class LikenessFound:
    """FaceNet cosine of a picture, of the person's own photos with one another, and of strangers."""

    score: float
    own_photos: float | None
    strangers: float


@dataclass(frozen=True)
class MixPreviewed:
    """PNG before and after the attributes were redrawn."""

    before: bytes
    after: bytes


@dataclass(frozen=True)
class ModelFetched:
    """The model lies at ``path``."""

    path: Path


@dataclass(frozen=True)
class Evaluated:
    """The files of an evaluation.

    Attributes:
        rows: of ``results``.
        pictures: how many of the rows have one.
        notes: who or what could not be used, and what else one should know, a line each.
    """

    results: Path
    summary: Path
    report: Path
    rows: int
    pictures: int
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Device:
    """One device: torch's name, what people call it, memory in MiB in all and free."""

    name: str
    title: str
    memory_mb: int
    free_mb: int


@dataclass(frozen=True)
class Machine:
    """The devices, the best one first."""

    devices: tuple[Device, ...]


Outcome = (
    PersonMade
    | PicturesMade
    | PhotosInspected
    | AppearanceRead
    | FacesFound
    | PartsFound
    | LikenessFound
    | MixPreviewed
    | ModelFetched
    | Evaluated
    | Machine
)
