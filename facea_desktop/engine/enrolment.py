"""From photos to a person of the library: find the face, check it, crop it, make its masks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PIL import Image

from facea_desktop.domain.atomic_files import shown_name
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Observer, ProgressReporter, Warned
from facea_desktop.domain.faces import PARTS
from facea_desktop.domain.outcomes import InspectedPhoto, PhotosInspected
from facea_desktop.domain.people import MOST_PHOTOS, Profile, Reference
from facea_desktop.domain.permissions import ConsentEnded
from facea_desktop.domain.photo_requests import (
    AddPhotosRequest,
    DrawnMask,
    EnrolRequest,
    Frame,
    InspectRequest,
    MaskRequest,
    PhotoCrop,
)
from facea_desktop.engine.appearance_reader import appearance_of, of_subject
from facea_desktop.engine.composition import scaled_mask
from facea_desktop.engine.detect import Detector
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.engine.person_reader import read_references
from facea_desktop.engine.photo_checks import (
    RECOMMENDED,
    REFERENCE_SIDE,
    CheckedPhoto,
    check_photo,
    check_together,
    crop_of,
    known_photo,
    meant_face,
    misfits,
)
from facea_desktop.engine.reference_latents import ReferencePicture
from facea_desktop.engine.refusal_errors import require
from facea_desktop.library.photo_reader import png_bytes, read_mask, read_photo


def inspect(manager: ModelManager, request: InspectRequest, observer: Observer) -> PhotosInspected:
    """What enrolling or adding these photos would say, for each of them and for all together; nothing is stored.

    Raises:
        UserError: there is no such person.
        CancelledError: stopped.
    """
    profile = manager.library.get(request.person) if request.person is not None else None
    family = manager.family(profile.family) if profile is not None else manager.models.active_family()
    detector, known = manager.detector(family), _known(manager, profile)
    progress = ProgressReporter(observer, "looking at the photos", len(request.photos))
    choices = {crop.photo: crop for crop in request.crops}
    seen = []
    for index, path in enumerate(request.photos):
        seen.append(_look(path, detector, choices.get(index, PhotoCrop(photo=index))))
        progress.update(index + 1)
    good = [photo for _, photo in seen if photo is not None]
    problem = None
    try:
        check_together(good, known)
    except UserError as error:
        problem = str(error)
    wrong = {id(good[index]): text for index, text in misfits(good, known).items()}
    right = [*known, *(photo for photo in good if id(photo) not in wrong)]
    shown = tuple(
        look if photo is None else _with_crop(look, photo, right, wrong.get(id(photo))) for look, photo in seen
    )
    looks = appearance_of([photo.reference.picture for photo in good]) if good else None
    return PhotosInspected(shown, problem, tuple(_warnings(good, len(known))) if good else (), looks)


def _look(path: Path, detector: Detector, choice: PhotoCrop) -> tuple[InspectedPhoto, CheckedPhoto | None]:
    """What one photo shows, and the checked photo unless it cannot be used."""
    look = InspectedPhoto(path, None, {}, None)
    try:
        picture = read_photo(path)
        faces = tuple(detector.find(picture))
        look = replace(look, width=picture.width, height=picture.height, faces=faces)
        meant = meant_face(shown_name(path), picture.size, faces, choice.face)
        crop = crop_of(faces[meant], choice.frame)
        frame = Frame(x=crop.center[0], y=crop.center[1], side=crop.side)
        look = replace(look, face=meant, frame=frame, angle=crop.angle)
        return look, check_photo(shown_name(path), picture, faces, choice)
    except UserError as error:
        return replace(look, problem=str(error)), None


def _with_crop(
    look: InspectedPhoto, photo: CheckedPhoto, everyone: Sequence[CheckedPhoto], problem: str | None
) -> InspectedPhoto:
    others = [float(photo.embedding @ other.embedding) for other in everyone if other is not photo]
    return replace(
        look,
        crop=png_bytes(photo.reference.picture),
        masks={part: png_bytes(mask) for part, mask in photo.reference.masks.items()},
        problem=problem,
        face_px=photo.face_px,
        likeness=sum(others) / len(others) if others else None,
    )


def _known(manager: ModelManager, profile: Profile | None) -> list[CheckedPhoto]:
    """The photos of a person in which a face is found, to compare others with."""
    if profile is None:
        return []
    detector, known = manager.detector(manager.family(profile.family)), []
    for reference, picture in zip(profile.references, read_references(manager.library, profile), strict=True):
        if faces := detector.find(picture.picture):
            known.append(known_photo(f"photo {reference.index + 1} of {profile.name}", picture, faces[0]))
    return known


def _checked(
    photos: Sequence[Path], crops: Sequence[PhotoCrop], detector: Detector, progress: ProgressReporter
) -> list[CheckedPhoto]:
    """Each photo of a request, checked by itself.

    Raises:
        UserError: one cannot be used.
    """
    choices = {crop.photo: crop for crop in crops}
    if beyond := [index for index in choices if index >= len(photos)]:
        raise UserError(f"There is no photo {beyond[0]} to crop; count from 0.")
    checked = []
    for index, path in enumerate(photos):
        picture = read_photo(path)
        checked.append(check_photo(shown_name(path), picture, detector.find(picture), choices.get(index)))
        progress.update(index + 1)
    return checked


def _put_masks(references: Sequence[ReferencePicture], masks: Sequence[DrawnMask]) -> None:
    """Give references the masks that the user drew.

    Raises:
        UserError: one cannot be used, or belongs to no photo.
    """
    for drawn in masks:
        if drawn.photo >= len(references):
            raise UserError(f"There is no photo {drawn.photo} for the mask {drawn.file.name}; count from 0.")
        references[drawn.photo].masks[drawn.part] = _drawn(drawn.file, drawn.part)


def _described(
    references: Sequence[ReferencePicture], masks: Sequence[DrawnMask], first: int = 0
) -> tuple[Reference, ...]:
    """The references as the manifest has them, counted from ``first``."""
    edited = {drawn.photo for drawn in masks}
    return tuple(
        Reference(index=first + i, parts=tuple(part for part in PARTS if part in ref.masks), masks_edited=i in edited)
        for i, ref in enumerate(references)
    )


def add_photos(manager: ModelManager, request: AddPhotosRequest, observer: Observer) -> Profile:
    """Add photos to a person; what is tuned stays in use as it is.

    Raises:
        UserError: the consent has ended, a photo cannot be used or does not show the person; the person is as before.
    """
    profile = manager.library.get(request.person)
    require(ConsentEnded(profile) if profile.consent_ended else None)
    count = len(profile.references) + len(request.photos)
    if count > MOST_PHOTOS:
        raise UserError(f"{profile.name} would have {count} photos; at most {MOST_PHOTOS} are possible.")
    detector = manager.detector(manager.family(profile.family))
    progress = ProgressReporter(observer, "adding photos", len(request.photos))
    checked = _checked(request.photos, request.crops, detector, progress)
    check_together(checked, _known(manager, profile))
    warnings = _warnings(checked, len(profile.references))
    for warning in warnings:
        observer.emit(Warned(warning))
    references = [photo.reference for photo in checked]
    _put_masks(references, request.masks)
    first = max((reference.index for reference in profile.references), default=-1) + 1

    def added(now: Profile) -> Profile:
        if len(now.references) != len(profile.references):
            raise UserError(f"{now.name} got other photos in the meantime; add these again.")
        few = _few(len(now.references))
        kept = tuple(text for text in now.warnings if text != few)
        more = (*now.references, *_described(references, request.masks, first))
        tuning = now.tuning
        if tuning is not None and tuning.photos is None:
            learned = tuple(reference.index for reference in now.references)
            tuning = tuning.model_copy(update={"photos": learned})
        return now.model_copy(update={"references": more, "warnings": (*kept, *warnings), "tuning": tuning})

    return manager.library.change(profile.id, added, reference_files(references, first))


def enrol(manager: ModelManager, request: EnrolRequest, observer: Observer) -> Profile:
    """Make a person of the active family from the request's photos.

    Raises:
        UserError: a photo cannot be used, or the photos do not fit together; the library is as it was.
    """
    family = manager.models.active_family()
    progress = ProgressReporter(observer, "enrolling", len(request.photos))
    checked = _checked(request.photos, request.crops, manager.detector(family), progress)
    check_together(checked)
    warnings = _warnings(checked)
    for warning in warnings:
        observer.emit(Warned(warning))
    references = [photo.reference for photo in checked]
    _put_masks(references, request.masks)
    looks = request.appearance
    if looks is None:
        looks = of_subject(appearance_of([reference.picture for reference in references]), request.subject)
    profile = Profile(
        id=manager.library.new_id(),
        name=request.name,
        subject=request.subject,
        family=family.name,
        consent=request.consent,
        references=_described(references, request.masks),
        warnings=tuple(warnings),
        appearance=looks,
    )
    return manager.library.create(profile, reference_files(references))


def reference_files(references: Sequence[ReferencePicture], first: int = 0) -> dict[str, bytes]:
    """The PNG files of references and masks, by their path in the person's folder; counted from ``first``."""
    files = {}
    for index, reference in enumerate(references, first):
        files[f"references/{index}.png"] = png_bytes(reference.picture)
        for part, mask in reference.masks.items():
            files[f"masks/{index}-{part}.png"] = png_bytes(mask)
    return files


def draw_mask(manager: ModelManager, request: MaskRequest) -> Profile:
    """Put a mask that the user drew in the place of the detector's; it is kept from then on.

    Raises:
        UserError: the mask has another size than its picture, or is empty, or there is no such photo.
    """
    person = manager.library.get(request.person).id
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

    return manager.library.change(person, drawn, {f"masks/{request.index}-{request.part}.png": png_bytes(mask)})


def _drawn(file: Path, part: str) -> Image.Image:
    """A mask that the user drew, square and of any size, as the reference has it: mode L, 0 or 255."""
    mask = read_mask(file)
    if mask.width != mask.height:
        raise UserError(f"The mask is {mask.width}x{mask.height}; make it square, as the photo's crop is.")
    flat = scaled_mask(mask, (REFERENCE_SIDE, REFERENCE_SIDE))
    if flat.getbbox() is None:
        raise UserError(f"The mask of the {part.replace('_', ' ')} is empty; paint it white.")
    return flat


def _warnings(photos: Sequence[CheckedPhoto], known: int = 0) -> list[str]:
    """Remarks on photos that can be used; ``known`` are those that the person has already."""
    count = known + len(photos)
    warnings = [_few(count)] if count < RECOMMENDED else []
    for photo in photos:
        if missing := [part.replace("_", " ") for part in PARTS if part not in photo.reference.masks]:
            warnings.append(f"{photo.name}: {', '.join(missing)} not found; the photo does not help with it.")
    return warnings


def _few(count: int) -> str:
    return f"{RECOMMENDED} photos give a better likeness than {count}."
