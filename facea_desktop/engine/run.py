"""The one way through: a request in, events on the way, an outcome at the end. Executors differ in nothing else."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Observer
from facea_desktop.domain.outcomes import (
    AppearanceRead,
    FacesFound,
    LikenessFound,
    Machine,
    ModelFetched,
    Outcome,
    PartsFound,
    PersonMade,
    PicturesMade,
)
from facea_desktop.domain.people import Profile
from facea_desktop.domain.requests import (
    AppearanceRequest,
    CheckpointRequest,
    EngineRequest,
    EnrolRequest,
    FacesRequest,
    FetchRequest,
    ImportRequest,
    InspectRequest,
    LikenessRequest,
    MachineRequest,
    MaskRequest,
    MixPreviewRequest,
    MixRequest,
    PartsRequest,
    PortraitRequest,
    TuneRequest,
)
from facea_desktop.engine.appearance import read_appearance
from facea_desktop.engine.enrol import draw_mask, enrol, inspect
from facea_desktop.engine.layouts import adapter_layout
from facea_desktop.engine.learn import mix_people, tune_person, use_checkpoint
from facea_desktop.engine.likeness import measure
from facea_desktop.engine.picture_parts import picture_parts
from facea_desktop.engine.portrait import make_portraits
from facea_desktop.engine.preview import preview_mix
from facea_desktop.engine.studio import Studio
from facea_desktop.library.adapters import AdapterLayout
from facea_desktop.library.foreign import import_lora
from facea_desktop.library.package import import_person
from facea_desktop.library.photos import png_bytes, read_photo
from facea_desktop.models.devices import find_devices
from facea_desktop.models.fetch import fetch


def run(studio: Studio, request: EngineRequest, observer: Observer) -> Outcome:
    """Carry out one request.

    Raises:
        UserError: the user can mend it.
        CancelledError: stopped.
    """
    match request:
        case InspectRequest():
            return inspect(studio, request, observer)
        case EnrolRequest():
            return _made(enrol(studio, request, observer))
        case MaskRequest():
            return _made(draw_mask(studio, request))
        case AppearanceRequest():
            return AppearanceRead(read_appearance(studio, studio.library.get(request.person)))
        case TuneRequest():
            return _made(tune_person(studio, request, observer))
        case CheckpointRequest():
            return _made(use_checkpoint(studio, request))
        case MixRequest():
            return _made(mix_people(studio, request, observer))
        case MixPreviewRequest():
            return preview_mix(studio, request, observer)
        case PortraitRequest():
            portraits = studio.library.portraits
            return PicturesMade(tuple(make_portraits(studio, request, observer, portraits, stages=True)))
        case FacesRequest():
            return find_faces(studio, request.picture)
        case PartsRequest():
            return find_parts(studio, request.picture)
        case LikenessRequest():
            return measure_likeness(studio, request)
        case ImportRequest():
            return _made(bring_in(studio, request))
        case FetchRequest():
            return ModelFetched(fetch(studio.models.catalogue.model(request.model), studio.models, observer))
        case MachineRequest():
            return look_at_machine()


def find_faces(studio: Studio, path: Path) -> FacesFound:
    """The faces of a picture, the largest first.

    Raises:
        UserError: the picture cannot be read.
    """
    picture = read_photo(path)
    faces = studio.detector(studio.models.active_family()).find(picture)
    return FacesFound(picture.width, picture.height, tuple(faces))


def find_parts(studio: Studio, path: Path) -> PartsFound:
    """Skin, hair, eyes, lips and so on of every face of a picture.

    Raises:
        UserError: the picture cannot be read.
    """
    picture = read_photo(path)
    faces = studio.detector(studio.models.active_family()).find(picture)
    labels, owners = picture_parts(picture, faces)
    return PartsFound(tuple(faces), *(png_bytes(Image.fromarray(layer)) for layer in (labels, owners)))


def measure_likeness(studio: Studio, request: LikenessRequest) -> LikenessFound:
    """How like a person a picture is.

    Raises:
        UserError: no face, or a person without photos.
    """
    profile = studio.library.get(request.person)
    embedding = studio.embedding(read_photo(request.picture), studio.family(profile.family))
    if embedding is None:
        raise UserError(f"{request.picture.name}: no face was found; give a picture that shows one.")
    own = studio.own_embeddings(profile)
    if not own:
        raise UserError(f"{profile.name} has no reference photo to compare with; enrol the person with photos.")
    found = measure(embedding, own)
    return LikenessFound(found.score, found.own_photos, found.strangers)


def bring_in(studio: Studio, request: ImportRequest) -> Profile:
    """Import a ``.facea`` file, or a LoRA that others made.

    Raises:
        UserError: the file is not what it should be; the library is as it was.
    """

    def layout_of(family: str) -> AdapterLayout:
        return adapter_layout(studio.models, studio.family(family))

    if request.file.suffix.lower() != ".safetensors":
        return import_person(studio.library, request.file, layout_of, request.consent)
    if request.name is None or request.subject is None:
        raise UserError(
            "A LoRA does not say whose it is; give a name, and whether it is a man or a woman "
            "(--name and --subject on the command line)."
        )
    family = studio.models.active_family().name
    fits = layout_of(family)
    return import_lora(studio.library, request.file, request.name, request.subject, family, fits, request.consent)


def look_at_machine() -> Machine:
    """The devices of this machine."""
    return Machine(tuple(find_devices()))


def _made(profile: Profile) -> PersonMade:
    return PersonMade(profile.id)
