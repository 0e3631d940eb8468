"""Between two whole people: their weights and [feat] vectors, each taken in part."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from PIL import Image
from torch import Tensor

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Observer, ProgressReporter
from facea_desktop.domain.faces import FACE, PARTS, Face, Subject
from facea_desktop.domain.mix_requests import BlendPreviewRequest, BlendRequest
from facea_desktop.domain.outcomes import BlendPreviewed
from facea_desktop.domain.people import Blended, Profile, Reference
from facea_desktop.domain.permissions import blend_refusal
from facea_desktop.engine.composition import paste_back, target_of_face
from facea_desktop.engine.crops import Crop
from facea_desktop.engine.enrolment import reference_files
from facea_desktop.engine.face_masks import box_masks
from facea_desktop.engine.identity_model import IdentityModel, rank_of
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.engine.painting_memory import with_memory_stepdown
from facea_desktop.engine.person_reader import read_references, read_weights
from facea_desktop.engine.photo_checks import REFERENCE_SIDE
from facea_desktop.engine.photo_detail import ALIKE, with_photo_detail
from facea_desktop.engine.photo_shares import photo_shares
from facea_desktop.engine.prompt_embeddings import initial_features
from facea_desktop.engine.reference_latents import ReferencePicture
from facea_desktop.engine.refusal_errors import require, tuning_of
from facea_desktop.engine.tuning_service import weight_files
from facea_desktop.library.adapter_checks import RANK_LIMIT
from facea_desktop.library.photo_reader import png_bytes
from facea_desktop.resources import resource

PROMPT = "a {subject}, front face"
"""T_id of the picture that shows a blend."""

Weights = tuple[dict[str, Tensor], dict[str, Tensor]]
"""An adapter, and the [feat] sets by part."""


def preview_blend(manager: ModelManager, request: BlendPreviewRequest, observer: Observer) -> BlendPreviewed:
    """The face of a blend, on the first person's first photo; nothing is stored.

    Raises:
        UserError: a consent has ended, somebody is not tuned, or the two do not fit together.
        CancelledError: stopped.
    """
    first, second = manager.library.get(request.person), manager.library.get(request.other)
    return BlendPreviewed(png_bytes(_draw(manager, first, second, request.part, request.seed, observer)[0]))


def blend_people(manager: ModelManager, request: BlendRequest, observer: Observer) -> Profile:
    """A new person between two, with a drawn picture in the place of photos, and with its provenance.

    The new person's consent ends with the first of the two to end.

    Raises:
        UserError: as ``preview_blend``; or one of the two was deleted meanwhile.
        CancelledError: stopped; nothing is stored.
    """
    library = manager.library
    first, second = library.get(request.person), library.get(request.other)
    picture, model = _draw(manager, first, second, request.part, request.seed, observer)
    nearer = _nearer(first, second, request.part)
    tuning = tuning_of(nearer)
    adapter, features = model.state()
    rank = rank_of(adapter)
    references = _references(manager, nearer, picture)
    for one in (first, second):
        library.get(one.id)  # nothing of somebody who was deleted meanwhile is stored
    ends = [one.consent.until for one in (first, second) if one.consent.until is not None]
    shares = ((first, 1 - request.part), (second, request.part))
    recipe = tuning.recipe.model_copy(update={"rank": rank, "features": len(features[FACE])})
    profile = Profile(
        id=library.new_id(),
        name=request.name,
        subject=nearer.subject,
        family=first.family,
        consent=first.consent.model_copy(update={"until": min(ends, default=None)}),
        references=tuple(Reference(index=i, parts=tuple(ref.masks)) for i, ref in enumerate(references)),
        tuning=tuning.model_copy(
            update={"recipe": recipe, "curve": (), "best_step": None, "earlier_steps": 0, "photos": None}
        ),
        blended=tuple(Blended(person=one.id, name=one.name, part=share) for one, share in shares if share > 0),
        warnings=("The photo is a drawn one: it shows the blend.",) if references else (),
        appearance=nearer.appearance,
    )
    return library.create(profile, reference_files(references) | weight_files(model))


def blended(first: Weights, second: Weights, part: float) -> Weights:
    """Weights of which ``part`` is the second person's, and the rest the first one's.

    LoRA matrices of two people cannot be averaged one by one, as only their products mean something: those are. So
    (1 - part) B_1 A_1 + part B_2 A_2 is one pair of matrices, whose rank is the sum of both.

    Args:
        first, second: adapters of the same modules, and [feat] sets of the same sizes.
    """
    if part in (0, 1):
        return second if part else first
    adapter = {}
    for key, value in first[0].items():
        if ".lora_A." in key:
            adapter[key] = torch.cat([value, second[0][key]], 0)
        else:
            adapter[key] = torch.cat([(1 - part) * value, part * second[0][key]], 1)
    return adapter, {name: torch.lerp(value, second[1][name], part) for name, value in first[1].items()}


def _draw(
    manager: ModelManager, first: Profile, second: Profile, part: float, seed: int, observer: Observer
) -> tuple[Image.Image, IdentityModel]:
    """The blend's face on a picture, and the model that has the blend on."""
    require(blend_refusal(first, second))
    family = manager.family(first.family)
    scene, face = _scene(manager, first)
    target = target_of_face(face, scene, family.side, manager.outliner(family))
    nearer = _nearer(first, second, part)
    progress = ProgressReporter(observer, "blending", family.steps)

    def redraw() -> tuple[Image.Image, IdentityModel]:
        model = manager.identity(family)
        adapter, features = blended(*_fitting(manager, model, first, second), part)
        words_alone = tuning_of(nearer).recipe.words_alone
        model.load_adapter(nearer.subject, adapter, features, words_alone=words_alone)
        drawn = model.redraw(
            target.crop.cut(scene, family.side),
            target.mask,
            PROMPT.format(subject=nearer.subject),
            seed=seed,
            reached=lambda step, _: progress.update(step),
        )
        return drawn, model

    drawn, model = with_memory_stepdown(manager, redraw, observer)
    if family.photo_detail:
        shares = [*photo_shares(manager.library, first, 1 - part), *photo_shares(manager.library, second, part)]
        drawn = with_photo_detail(drawn, [share for share in shares if share.part > 0], {}, ALIKE) or drawn
    return paste_back(scene, drawn, target), model


def _fitting(manager: ModelManager, model: IdentityModel, first: Profile, second: Profile) -> tuple[Weights, Weights]:
    """Both people's weights, the smaller [feat] sets filled up with the padding that such vectors replace.

    Raises:
        UserError: they are not of one layout.
    """
    (a, features_a), (b, features_b) = (read_weights(manager.library, one) for one in (first, second))
    names = f"{first.name} and {second.name}"
    alone = [tuning_of(one).recipe.words_alone for one in (first, second)]
    if a.keys() != b.keys() or alone[0] != alone[1]:
        raise UserError(f"{names} were tuned in different ways; tune both again with the same settings.")
    if rank_of(a) + rank_of(b) > RANK_LIMIT:
        raise UserError(f"{names} are blends of too many people; choose people who are closer to photos.")
    count = max(len(sets[FACE]) if sets is not None else 0 for sets in (features_a, features_b))
    return (
        (a, _filled(model, first.subject, features_a, count)),
        (b, _filled(model, second.subject, features_b, count)),
    )


def _filled(model: IdentityModel, subject: Subject, sets: Mapping[str, Tensor] | None, count: int) -> dict[str, Tensor]:
    """[feat] sets of ``count`` vectors each."""
    padding = initial_features(model.texts, subject, count)
    if sets is None:
        return padding
    return {part: torch.cat([sets[part].float(), padding[part][len(sets[part]) :]]) for part in PARTS}


def _nearer(first: Profile, second: Profile, part: float) -> Profile:
    return second if part > 0.5 else first


def _scene(manager: ModelManager, profile: Profile) -> tuple[Image.Image, Face]:
    """What a blend is drawn on: the person's first photo in which a face is found, else an invented person's."""
    detector = manager.detector(manager.family(profile.family))
    for reference in read_references(manager.library, profile):
        if faces := detector.find(reference.picture):
            return reference.picture, faces[0]
    scene = Image.open(resource("scenes", f"{profile.subject}.jpg")).convert("RGB")
    return scene, detector.find(scene)[0]


def _references(manager: ModelManager, profile: Profile, picture: Image.Image) -> list[ReferencePicture]:
    """The drawn picture as a reference photo; none where no face is found in it."""
    faces = manager.detector(manager.family(profile.family)).find(picture)
    if not faces:
        return []
    crop, size = Crop.of_face(faces[0]), (REFERENCE_SIDE, REFERENCE_SIDE)
    cut = crop.soften(crop.cut(picture, REFERENCE_SIDE), picture.size)
    return [ReferencePicture(cut, box_masks(size, crop.inside(faces[0], REFERENCE_SIDE)))]
