"""Results of finished jobs; ``kind`` says which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from facea_desktop.domain.faces import Face
from facea_desktop.domain.people import Appearance, FilePath, Png
from facea_desktop.domain.photo_requests import Frame


@dataclass(frozen=True)
class PersonMade:
    """A person of the library was made or changed; the manifest says the rest."""

    person: str
    kind: Literal["person made"] = "person made"


@dataclass(frozen=True)
class PortraitsMade:
    """All portraits were made; a ``Painted`` event reported each as soon as it was done."""

    kind: Literal["portraits made"] = "portraits made"


@dataclass(frozen=True)
class InspectedPhoto:
    """One photo before it is enrolled.

    Attributes:
        crop: PNG of the face, 512 pixels a side, None where ``problem`` says why.
        masks: PNG of each part that was found, of the crop's size.
        problem: why it cannot be used; a photo of somebody else, or one that is there twice, has a crop all the same.
        face_px: longer side of the face in the photo, in pixels.
        likeness: mean FaceNet cosine with the other photos, None where there are none.
        width, height: of the upright photo in pixels, 0 where it could not be read.
        faces: in its pixels, the largest first.
        face: index of the one that is meant; None where the user has to say, or there is none.
        frame: what is cut out, turned clockwise by ``angle`` degrees; None without a face.
    """

    path: FilePath
    crop: Png | None
    masks: dict[str, Png]
    problem: str | None
    face_px: float | None = None
    likeness: float | None = None
    width: int = 0
    height: int = 0
    faces: tuple[Face, ...] = ()
    face: int | None = None
    frame: Frame | None = None
    angle: float = 0.0

    @property
    def undecided(self) -> bool:
        """Whether it shows several people and nobody said which one is meant."""
        return self.face is None and bool(self.faces)


@dataclass(frozen=True)
class PhotosInspected:
    """All photos, in their order.

    Attributes:
        problem: why they cannot be used together, None where they can.
        warnings: remarks for the user.
        appearance: what the photos that can be used show together, None where there are none.
    """

    photos: tuple[InspectedPhoto, ...]
    problem: str | None
    warnings: tuple[str, ...]
    appearance: Appearance | None = None
    kind: Literal["photos inspected"] = "photos inspected"


@dataclass(frozen=True)
class AppearanceRead:
    """How the person looks on the reference photos."""

    appearance: Appearance
    kind: Literal["appearance read"] = "appearance read"


@dataclass(frozen=True)
class FacesFound:
    """The faces of a picture of ``width`` by ``height`` pixels, the largest first."""

    width: int
    height: int
    faces: tuple[Face, ...]
    kind: Literal["faces found"] = "faces found"


@dataclass(frozen=True)
class PeopleRecognised:
    """The faces of a picture of ``width`` by ``height`` pixels as it is painted into, the largest first.

    Attributes:
        likeness: of each face to people by id, mean FaceNet cosine over their photos.
    """

    width: int
    height: int
    faces: tuple[Face, ...]
    likeness: tuple[dict[str, float], ...]
    kind: Literal["people recognised"] = "people recognised"


@dataclass(frozen=True)
class PartsFound:
    """What the pixels of a picture show, and of whom.

    Attributes:
        faces: the largest first; without one everything is unknown.
        labels: PNG of the picture's size, greyscale: 1 + index into ``tuple(FacePart)``, 0 where it is unknown.
        owners: PNG of the same size: 1 + index into ``faces``, 0 where it is nobody's: background, or unknown.
    """

    faces: tuple[Face, ...]
    labels: Png
    owners: Png
    kind: Literal["parts found"] = "parts found"


@dataclass(frozen=True)
class LikenessFound:
    """FaceNet cosine of a picture, of the person's own photos with one another, and of strangers."""

    score: float
    own_photos: float | None
    strangers: float
    kind: Literal["likeness found"] = "likeness found"


SHARPER = 1.02
"""From this multiple of plain enlarging's detail on, a picture counts as sharper."""


@dataclass(frozen=True)
class Enlarged:
    """A larger copy of a picture.

    Attributes:
        path, pixels: the file, or the picture alone where it was not to be saved.
        by: the upscaler that made it.
        detail: RMS of the Laplacian, as a multiple of what plain enlarging with Lanczos has: 1 is no sharper. It cannot
            tell detail from noise.
        face_detail: the same of the largest face alone; None without a face.
        likeness_before, likeness_after: of the portrait's person; None where nobody is known to be in it.
    """

    path: FilePath | None
    width: int
    height: int
    times: int
    by: str
    detail: float
    face_detail: float | None
    likeness_before: float | None
    likeness_after: float | None
    pixels: Png | None = None
    kind: Literal["enlarged"] = "enlarged"

    @property
    def note(self) -> str:
        """What a picture says of how it was enlarged."""
        return f"{self.times} times by {self.by}"

    @property
    def sharper(self) -> bool:
        """Whether it shows more than plain enlarging does."""
        return self.detail >= SHARPER


@dataclass(frozen=True)
class MixPreviewed:
    """PNG before and after the attributes were redrawn."""

    before: Png
    after: Png
    kind: Literal["mix previewed"] = "mix previewed"


@dataclass(frozen=True)
class BlendPreviewed:
    """PNG of a blend's face."""

    picture: Png
    kind: Literal["blend previewed"] = "blend previewed"


@dataclass(frozen=True)
class FirstSightPainted:
    """PNG of a portrait of somebody who is not in the library."""

    picture: Png
    kind: Literal["first sight painted"] = "first sight painted"


@dataclass(frozen=True)
class ModelFetched:
    """The model lies at ``path``."""

    path: FilePath
    kind: Literal["model fetched"] = "model fetched"


@dataclass(frozen=True)
class Accelerated:
    """PyTorch for the graphics card is in use; the device as PyTorch calls it, and PyTorch's version."""

    device: str
    torch: str
    kind: Literal["accelerated"] = "accelerated"


@dataclass(frozen=True)
class ComparisonMade:
    """The files of a comparison.

    Attributes:
        rows: of ``results``.
        pictures: how many of the rows have one.
        notes: people or methods that could not be used, and other remarks, one line each.
    """

    results: FilePath
    summary: FilePath
    report: FilePath
    rows: int
    pictures: int
    notes: tuple[str, ...]
    kind: Literal["comparison made"] = "comparison made"


@dataclass(frozen=True)
class BatchMade:
    """How many items of a batch were done, were there already, were skipped, and failed; ``ItemEnded`` said which."""

    done: int
    there: int
    skipped: int
    failed: int
    kind: Literal["batch made"] = "batch made"


@dataclass(frozen=True)
class Device:
    """One device: torch's name, a display name, total and free memory in MiB, how many threads a processor has."""

    name: str
    title: str
    memory_mb: int
    free_mb: int
    threads: int = 0


@dataclass(frozen=True)
class Machine:
    """The devices, the best one first."""

    devices: tuple[Device, ...]
    kind: Literal["machine"] = "machine"


Outcome = Annotated[
    PersonMade
    | PortraitsMade
    | PhotosInspected
    | AppearanceRead
    | FacesFound
    | PeopleRecognised
    | PartsFound
    | LikenessFound
    | Enlarged
    | MixPreviewed
    | BlendPreviewed
    | FirstSightPainted
    | ModelFetched
    | Accelerated
    | ComparisonMade
    | BatchMade
    | Machine,
    Field(discriminator="kind"),
]
"""What an executor returns; as JSON, ``kind`` says which it is."""
