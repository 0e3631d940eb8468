"""What a picture shows: faces, their parts, and how like a person it is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.outcomes import FacesFound, LikenessFound, PartsFound, PeopleRecognised
from facea_desktop.domain.permissions import NoPhotos
from facea_desktop.domain.requests import LikenessRequest, RecogniseRequest
from facea_desktop.engine.crops import upright
from facea_desktop.engine.likeness import facenet, measure
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.engine.picture_parts import picture_parts
from facea_desktop.engine.refusal_errors import require
from facea_desktop.library.photo_reader import fitting, png_bytes, read_photo


def find_faces(manager: ModelManager, path: Path) -> FacesFound:
    """The faces of a picture, the largest first.

    Raises:
        UserError: the picture cannot be read.
    """
    picture = read_photo(path)
    faces = manager.detector(manager.models.active_family()).find(picture)
    return FacesFound(picture.width, picture.height, tuple(faces))


def recognise_people(manager: ModelManager, request: RecogniseRequest) -> PeopleRecognised:
    """The faces of a picture and how like people they are; it is looked at as large as it would be painted into.

    Raises:
        UserError: the picture cannot be read, or somebody is not in the library.
    """
    people = [manager.library.get(person) for person in request.people]
    photos = {profile.id: np.stack(own) for profile in people if (own := manager.own_embeddings(profile))}
    picture = read_photo(request.picture)
    picture = picture.resize(fitting(*picture.size), Image.Resampling.LANCZOS)
    faces = manager.detector(manager.models.active_family()).find(picture)
    likeness = []
    for face in faces:
        embedding = facenet().embed(*upright(picture, face))
        likeness.append({person: float((own @ embedding).mean()) for person, own in photos.items()})
    return PeopleRecognised(picture.width, picture.height, tuple(faces), tuple(likeness))


def find_parts(manager: ModelManager, path: Path) -> PartsFound:
    """Skin, hair, eyes, lips and so on of every face of a picture.

    Raises:
        UserError: the picture cannot be read.
    """
    picture = read_photo(path)
    faces = manager.detector(manager.models.active_family()).find(picture)
    labels, owners = picture_parts(picture, faces)
    return PartsFound(tuple(faces), png_bytes(Image.fromarray(labels)), png_bytes(Image.fromarray(owners)))


def measure_likeness(manager: ModelManager, request: LikenessRequest) -> LikenessFound:
    """How like a person a picture is.

    Raises:
        UserError: no face, or a person without photos.
    """
    profile = manager.library.get(request.person)
    embedding = manager.embedding(read_photo(request.picture), manager.family(profile.family))
    if embedding is None:
        raise UserError(f"{request.picture.name}: no face was found; choose a picture that shows one.")
    own = manager.own_embeddings(profile)  # a photo in which no face is found is none to compare with
    require(None if own else NoPhotos(profile))
    found = measure(embedding, own)
    return LikenessFound(found.score, found.own_photos, found.strangers)
