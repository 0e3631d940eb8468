"""From photos to a person of the library: find the face, check it, crop it, make its masks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Meter, Observer, Warned
from facea_desktop.domain.faces import PARTS, Face
from facea_desktop.domain.files import shown_name
from facea_desktop.domain.outcomes import InspectedPhoto, PhotosInspected
from facea_desktop.domain.people import Profile, Reference
from facea_desktop.domain.requests import EnrolRequest, InspectRequest, MaskRequest
from facea_desktop.engine.appearance import appearance_of, of_subject
from facea_desktop.engine.compose import scaled_mask
from facea_desktop.engine.crops import Crop
from facea_desktop.engine.likeness import facenet
from facea_desktop.engine.masks import box_masks
from facea_desktop.engine.references import ReferencePicture
from facea_desktop.engine.studio import Studio
from facea_desktop.library.photos import png_bytes, read_mask, read_photo

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


def inspect(studio: Studio, request: InspectRequest, observer: Observer) -> PhotosInspected:
    """What enrolling these photos would say, for each of them and for all together; nothing is stored.

    Raises:
        CancelledError: stopped.
    """
    detector = studio.detector(studio.models.active_family())
    meter = Meter(observer, "looking at the photos", len(request.photos))
    seen: list[CheckedPhoto | str] = []
    for index, path in enumerate(request.photos):
        try:
            picture = read_photo(path)
            seen.append(check_photo(shown_name(path), picture, detector.find(picture)))
        except UserError as error:
            seen.append(str(error))
        meter.reached(index + 1)
    good = [photo for photo in seen if isinstance(photo, CheckedPhoto)]
    problem = None
    try:
        check_together(good)
    except UserError as error:
        problem = str(error)
    shown = tuple(_inspected(path, photo, good) for path, photo in zip(request.photos, seen, strict=True))
    looks = appearance_of([photo.reference.picture for photo in good]) if good else None
    return PhotosInspected(shown, problem, tuple(_warnings(good)) if good else (), looks)


def _inspected(path: Path, photo: CheckedPhoto | str, good: Sequence[CheckedPhoto]) -> InspectedPhoto:
    if isinstance(photo, str):
        return InspectedPhoto(path, None, {}, photo)
    others = [float(photo.embedding @ other.embedding) for other in good if other is not photo]
    return InspectedPhoto(
        path,
        png_bytes(photo.reference.picture),
        {part: png_bytes(mask) for part, mask in photo.reference.masks.items()},
        None,
        photo.face_px,
        sum(others) / len(others) if others else None,
    )


def enrol(studio: Studio, request: EnrolRequest, observer: Observer) -> Profile:
    """Make a person of the active family from the request's photos.

    Raises:
        UserError: a photo cannot be used, or the photos do not fit together; the library is as it was.
    """
    family = studio.models.active_family()
    detector = studio.detector(family)
    meter = Meter(observer, "enrolling", len(request.photos))
    checked = []
    for index, path in enumerate(request.photos):
        picture = read_photo(path)
        checked.append(check_photo(shown_name(path), picture, detector.find(picture)))
        meter.reached(index + 1)
    check_together(checked)
    warnings = _warnings(checked)
    for warning in warnings:
        observer.tell(Warned(warning))
    references = [photo.reference for photo in checked]
    for drawn in request.masks:
        if drawn.photo >= len(references):
            raise UserError(f"There is no photo {drawn.photo} for the mask {drawn.file.name}; count from 0.")
        references[drawn.photo].masks[drawn.part] = _drawn(drawn.file, drawn.part)
    edited = {drawn.photo for drawn in request.masks}
    looks = request.appearance
    if looks is None:
        looks = of_subject(appearance_of([reference.picture for reference in references]), request.subject)
    profile = Profile(
        id=studio.library.new_id(),
        name=request.name,
        subject=request.subject,
        family=family.name,
        consent=request.consent,
        references=tuple(
            Reference(index=i, parts=tuple(part for part in PARTS if part in ref.masks), masks_edited=i in edited)
            for i, ref in enumerate(references)
        ),
        warnings=tuple(warnings),
        appearance=looks,
    )
    return studio.library.create(profile, reference_files(references))


def check_photo(name: str, picture: Image.Image, faces: Sequence[Face]) -> CheckedPhoto:
    """Crop the one face of a photo and make its masks.

    Args:
        name: what to call the photo in messages.
        picture: upright RGB.
        faces: what the detector found, the largest first.

    Raises:
        UserError: no face, several, too small or blurred.
    """
    if not faces:
        raise UserError(f"{name}: no face was found; take a photo that shows the face from the front in good light.")
    face, others = faces[0], [other for other in faces[1:] if other.box.area >= OTHER_FACE_PART * faces[0].box.area]
    if others:
        raise UserError(f"{name}: {len(others) + 1} faces were found; crop the photo so that it shows one person.")
    if face.box.side < SMALLEST_FACE_PX:
        raise UserError(
            f"{name}: the face is {face.box.side:.0f} pixels large, {SMALLEST_FACE_PX} are needed; "
            "take a closer photo or a larger version of this one."
        )
    if sharpness(picture, face) < LEAST_SHARPNESS:
        raise UserError(f"{name}: the face is blurred; take a sharper photo.")
    crop = Crop.of_face(face)
    cut = crop.soften(crop.cut(picture, REFERENCE_SIDE), picture.size)
    upright = crop.inside(face, REFERENCE_SIDE)
    # Without the rim, where a crop may reach over the photo's edge.
    middle = (0.125 * REFERENCE_SIDE, 0.155 * REFERENCE_SIDE, 0.875 * REFERENCE_SIDE, 0.905 * REFERENCE_SIDE)
    small = np.asarray(cut.convert("L").resize((64, 64), Image.Resampling.BOX, box=middle), np.float32)
    masks = box_masks((REFERENCE_SIDE, REFERENCE_SIDE), upright)
    return CheckedPhoto(name, ReferencePicture(cut, masks), facenet().embed(cut, upright.box), small, face.box.side)


def check_together(photos: Sequence[CheckedPhoto]) -> None:
    """Compare the photos of one person with each other.

    Raises:
        UserError: one is there twice, or one shows somebody else.
    """
    for a, b in combinations(photos, 2):
        if sameness(a.small, b.small) > NEARLY_EQUAL:
            raise UserError(f"{a.name} and {b.name} are nearly the same photo; leave one of them out.")
    if len(photos) < 2:
        return
    cosines = np.stack([p.embedding for p in photos]) @ np.stack([p.embedding for p in photos]).T
    to_others = (cosines.sum(1) - 1) / (len(photos) - 1)
    odd = int(to_others.argmin())
    if to_others[odd] < LEAST_SAME:
        raise UserError(
            f"{photos[odd].name} seems to show another person than the other photos "
            f"(likeness {to_others[odd]:.2f}); leave it out."
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


def reference_files(references: Sequence[ReferencePicture]) -> dict[str, bytes]:
    """The PNG files of a person's references and masks, by their path in the person's folder."""
    files = {}
    for index, reference in enumerate(references):
        files[f"references/{index}.png"] = png_bytes(reference.picture)
        for part, mask in reference.masks.items():
            files[f"masks/{index}-{part}.png"] = png_bytes(mask)
    return files


def draw_mask(studio: Studio, request: MaskRequest) -> Profile:
    """Put a mask that the user drew in the place of the detector's; it is kept from then on.

    Raises:
        UserError: the mask has another size than its picture, or is empty, or there is no such photo.
    """
    person = studio.library.get(request.person).id
    mask = _drawn(request.file, request.part)

    def drawn(profile: Profile) -> Profile:
        references = list(profile.references)
        if request.index not in [reference.index for reference in references]:
            raise UserError(f"{profile.name} has no photo {request.index}; count from 0.")
        place = [reference.index for reference in references].index(request.index)
        old = references[place]
        parts = tuple(part for part in PARTS if part in {*old.parts, request.part})
        references[place] = old.model_copy(update={"parts": parts, "masks_edited": True})
        return profile.model_copy(update={"references": tuple(references)})

    return studio.library.change(person, drawn, {f"masks/{request.index}-{request.part}.png": png_bytes(mask)})


def _drawn(file: Path, part: str) -> Image.Image:
    """A mask that the user drew, square and of any size, as the reference has it: mode L, 0 or 255."""
    mask = read_mask(file)
    if mask.width != mask.height:
        raise UserError(f"The mask is {mask.width}x{mask.height}; make it square, as the photo's crop is.")
    flat = scaled_mask(mask, (REFERENCE_SIDE, REFERENCE_SIDE))
    if flat.getbbox() is None:
        raise UserError(f"The mask of the {part.replace('_', ' ')} is empty; paint it white.")
    return flat


def _warnings(photos: Sequence[CheckedPhoto]) -> list[str]:
    warnings = []
    if len(photos) < RECOMMENDED:
        warnings.append(f"{RECOMMENDED} photos make a better likeness than {len(photos)}.")
    for photo in photos:
        if missing := [part.replace("_", " ") for part in PARTS if part not in photo.reference.masks]:
            warnings.append(f"{photo.name}: {', '.join(missing)} not found; the photo teaches nothing about it.")
    return warnings
