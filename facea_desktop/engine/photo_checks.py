"""What makes a photo fit to learn from: a large, sharp face that is meant, and of the same person as the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import cv2
import numpy as np
from PIL import Image

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import LEAST_FACE_PART, MOST_FACE_PART, Face
from facea_desktop.domain.photo_requests import Frame, PhotoCrop
from facea_desktop.engine.crops import Crop, upright
from facea_desktop.engine.face_masks import box_masks
from facea_desktop.engine.likeness import facenet
from facea_desktop.engine.reference_latents import ReferencePicture

REFERENCE_SIDE = 512
"""Pixels of a stored crop: what SD-1.5 tunes at; smaller families scale it down when they tune."""
RECOMMENDED = 3
SMALLEST_FACE_PX = 60
OTHER_FACE_PART = 0.15
"""A further face of this part of the first one's area makes it unclear who is meant; smaller ones are bystanders."""
LEAST_SHARPNESS = 12.0
"""``sharpness`` of the softest face taken. 180 photos of 30 invented people have 179 to 500, 26 and more where the face
is only 60 pixels large; blurred by a fiftieth of the face's side they have 3 to 7.5."""
LEAST_SAME = 0.45
"""FaceNet cosine, mean of a photo with the others. Three photos of one of these people have 0.46 and more, 0.83 in the
mean; of two strangers 9 % have more than this."""
NEARLY_EQUAL = 0.972
"""``sameness`` of the same photo saved twice: re-saved, resized, brightened or slightly cropped copies have 0.978 and
more; 450 pairs of different photos of one of these people at most 0.966, the 12 samples at most 0.935."""

_PLACES = (("as the only one",), ("on the left", "on the right"), ("on the left", "in the middle", "on the right"))


@dataclass(frozen=True)
class CheckedPhoto:
    """A photo that passed the checks that need no other photo.

    Attributes:
        small: the crop's middle, grey, (64, 64) float32.
        face_px: longer side of the face in the photo.
    """

    name: str
    reference: ReferencePicture
    embedding: np.ndarray
    small: np.ndarray
    face_px: float


def meant_face(name: str, size: tuple[int, int], faces: Sequence[Face], chosen: int | None = None) -> int:
    """Index of the face that a photo was given for.

    Args:
        name: what to call the photo in messages.
        size: of the photo.
        faces: what the detector found, the largest first.
        chosen: what the user said.

    Raises:
        UserError: no face, none of that number, or several and nobody said which.
    """
    if not faces:
        raise UserError(f"{name}: no face was found; use a photo that shows the face from the front in good light.")
    if chosen is not None:
        if chosen >= len(faces):
            raise UserError(f"{name}: there is no face {chosen}; these were found, {_choices(size, faces)}.")
        return chosen
    if any(other.box.area >= OTHER_FACE_PART * faces[0].box.area for other in faces[1:]):
        raise UserError(
            f"{name}: {len(faces)} faces were found; say which one is meant (--face on the command line), or crop "
            f"the photo. {_choices(size, faces).capitalize()}."
        )
    return 0


def _choices(size: tuple[int, int], faces: Sequence[Face]) -> str:
    """ "From the largest: 0 on the left, 1 on the right"."""

    def place(face: Face) -> str:
        x, y = face.box.center[0] / size[0], face.box.center[1] / size[1]
        return f"{x:.0%} from the left and {y:.0%} from the top"

    order = sorted(range(len(faces)), key=lambda index: faces[index].box.center[0])
    if len(faces) <= len(_PLACES):
        places = {index: _PLACES[len(faces) - 1][rank] for rank, index in enumerate(order)}
    else:
        places = {index: place(face) for index, face in enumerate(faces)}
    return "counted from the largest: " + ", ".join(f"{index} {places[index]}" for index in range(len(faces)))


def crop_of(face: Face, frame: Frame | None = None) -> Crop:
    """The square that is cut out for a face; ``frame`` is the user's in place of the usual one."""
    usual = Crop.of_face(face)
    return usual if frame is None else Crop((frame.x, frame.y), frame.side, usual.angle)


def check_photo(
    name: str, picture: Image.Image, faces: Sequence[Face], choice: PhotoCrop | None = None
) -> CheckedPhoto:
    """Crop the face of a photo that is meant and make its masks.

    Args:
        name: what to call the photo in messages.
        picture: upright RGB.
        faces: what the detector found, the largest first.
        choice: which face it is, and what is cut out.

    Raises:
        UserError: no face, several, too small or blurred, or not inside the frame.
    """
    face = faces[meant_face(name, picture.size, faces, choice.face if choice is not None else None)]
    if face.box.side < SMALLEST_FACE_PX:
        raise UserError(
            f"{name}: the face is {face.box.side:.0f} pixels wide, at least {SMALLEST_FACE_PX} are needed; "
            "use a closer photo or a larger version of this one."
        )
    if sharpness(picture, face) < LEAST_SHARPNESS:
        raise UserError(f"{name}: the face is blurred; use a sharper photo.")
    crop = crop_of(face, choice.frame if choice is not None else None)
    cut = crop.soften(crop.cut(picture, REFERENCE_SIDE), picture.size)
    inside = crop.inside(face, REFERENCE_SIDE)
    x, y = (at / REFERENCE_SIDE for at in inside.box.center)
    if not (0 < x < 1 and 0 < y < 1 and LEAST_FACE_PART <= face.box.side / crop.side <= MOST_FACE_PART):
        raise UserError(f"{name}: the crop does not fit the face; let it show the whole head, and little else.")
    masks = box_masks((REFERENCE_SIDE, REFERENCE_SIDE), inside)
    embedding = facenet().embed(cut, inside.box)
    return CheckedPhoto(name, ReferencePicture(cut, masks), embedding, _small(picture, face), face.box.side)


def known_photo(name: str, reference: ReferencePicture, face: Face) -> CheckedPhoto:
    """A photo of a person of the library, to compare new ones with; ``face`` is the one in its picture."""
    embedding = facenet().embed(*upright(reference.picture, face))
    return CheckedPhoto(name, reference, embedding, _small(reference.picture, face), face.box.side)


def _small(picture: Image.Image, face: Face) -> np.ndarray:
    """The middle of the usual crop, grey, (64, 64) float32; not its rim, where it may reach over the photo's edge."""
    crop = Crop.of_face(face)
    cut = crop.soften(crop.cut(picture, REFERENCE_SIDE), picture.size)
    middle = (0.125 * REFERENCE_SIDE, 0.155 * REFERENCE_SIDE, 0.875 * REFERENCE_SIDE, 0.905 * REFERENCE_SIDE)
    return np.asarray(cut.convert("L").resize((64, 64), Image.Resampling.BOX, box=middle), np.float32)


def check_together(photos: Sequence[CheckedPhoto], known: Sequence[CheckedPhoto] = ()) -> None:
    """Compare the photos of one person with each other, and with those that the person has.

    Raises:
        UserError: one is there twice, or one shows somebody else.
    """
    for misfit in misfits(photos, known).values():
        raise UserError(misfit)
    if len(photos) == 2 and not known:  # they differ, but nothing says which one is wrong
        likeness = float(photos[0].embedding @ photos[1].embedding)
        if likeness < LEAST_SAME:
            raise UserError(
                f"{photos[0].name} seems to show a different person from {photos[1].name} "
                f"(likeness {likeness:.2f}); remove one of them."
            )


def misfits(photos: Sequence[CheckedPhoto], known: Sequence[CheckedPhoto] = ()) -> dict[int, str]:
    """Why photos do not fit to the others, by index into ``photos``: there twice, or of somebody else.

    Without ``known`` photos at least two that fit together are left, or two of which nobody can say which is wrong.
    """
    everyone, wrong = [*known, *photos], {}
    for (i, a), (j, b) in combinations(enumerate(everyone), 2):
        if j >= len(known) and j - len(known) not in wrong and sameness(a.small, b.small) > NEARLY_EQUAL:
            surplus = b.name if i < len(known) else "one of them"
            wrong[j - len(known)] = f"{a.name} and {b.name} are nearly the same photo; remove {surplus}."
    vectors = np.stack([photo.embedding for photo in everyone]) if everyone else np.zeros((0, 512), np.float32)
    cosines = vectors @ vectors.T
    while True:
        left = [index for index in range(len(everyone)) if index - len(known) not in wrong]
        new = [index for index in left if index >= len(known)]
        if not new or len(left) < (2 if known else 3):
            return wrong
        to_others = (cosines[np.ix_(new, left)].sum(1) - 1) / (len(left) - 1)
        if to_others.min() >= LEAST_SAME:
            return wrong
        odd = new[int(to_others.argmin())]
        wrong[odd - len(known)] = (
            f"{everyone[odd].name} seems to show a different person from the other photos "
            f"(likeness {to_others.min():.2f}); remove it."
        )


def sharpness(picture: Image.Image, face: Face) -> float:
    """Variance of the Laplacian of the face, scaled to 160 pixels a side so that size does not matter."""
    box = face.box
    area = (max(box.x0, 0), max(box.y0, 0), min(box.x1, picture.width), min(box.y1, picture.height))
    grey = picture.convert("L").resize((160, 160), Image.Resampling.LANCZOS, box=area)
    return float(cv2.Laplacian(np.asarray(grey, np.float32), cv2.CV_32F).var())


def sameness(a: np.ndarray, b: np.ndarray) -> float:
    """Correlation of two faces' details when one is moved onto the other, as the detector never boxes twice alike.

    Args:
        a, b: grey, (64, 64) float32.

    Returns:
        At most 1; -1 where they cannot be brought together. Source: Evangelidis and Psarakis 2008 (ECC).
    """
    stop = (cv2.TERM_CRITERIA_COUNT | cv2.TERM_CRITERIA_EPS, 30, 1e-4)
    try:
        still = np.eye(2, 3, dtype=np.float32)
        _, onto = cv2.findTransformECC(_details(a), _details(b), still, cv2.MOTION_AFFINE, stop, None, 3)
    except cv2.error:  # it did not converge
        return -1.0
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    moved = cv2.warpAffine(b, onto, b.shape, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    inner = (slice(6, -6),) * 2  # what was moved in from beyond the edge does not count
    return float(np.corrcoef(_details(a)[inner].ravel(), _details(moved)[inner].ravel())[0, 1])


def _details(face: np.ndarray) -> np.ndarray:
    """Without light and shade, which say less than details."""
    details: np.ndarray = face - cv2.GaussianBlur(face, (0, 0), 3.2)
    return details
