"""Portraits, mixes and checkpoints of real people with the starter models, barely tuned."""

from __future__ import annotations

import hashlib
import io
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from facea_desktop.domain.distinct_pictures import distinct_request
from facea_desktop.domain.errors import CancelledError, UserError
from facea_desktop.domain.events import DeviceSelected, Event, Observer, Painted, Preview, Progress, Warned
from facea_desktop.domain.faces import Attribute, Subject
from facea_desktop.domain.mix_requests import AttributeSource, MixPreviewRequest, MixRequest
from facea_desktop.domain.people import Appearance, Blended, Consent
from facea_desktop.domain.photo_requests import EnrolRequest
from facea_desktop.domain.requests import CheckpointRequest, FaceAssignment, PortraitRequest, TuneRequest
from facea_desktop.engine import mix_preview, portrait_service, tuning_service
from facea_desktop.engine.assigned_faces import AssignedFace, prompts_of
from facea_desktop.engine.attribute_network import attribute_reader
from facea_desktop.engine.crops import Crop
from facea_desktop.engine.enrolment import enrol
from facea_desktop.engine.identity_model import IdentityModel
from facea_desktop.engine.likeness import measure
from facea_desktop.engine.mix_preview import preview_mix
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.engine.person_reader import read_references
from facea_desktop.engine.photo_detail import ALIKE, REDRAWN, SLIGHT, DetailWeights, PhotoShare
from facea_desktop.engine.picture_analysis import find_faces
from facea_desktop.engine.portrait_service import make_portraits
from facea_desktop.engine.scene_painter import Scene, ScenePainter, SceneRequest, Watch
from facea_desktop.library.id_library import Library
from facea_desktop.library.portrait_png import read_first_sight, read_request, read_size
from facea_desktop.models.catalogue import Family
from facea_desktop.models.devices import PRECISIONS
from facea_desktop.resources import resource


def photo(who: str, index: int) -> Path:
    return resource("people", who, f"{index}.jpg")


def snapshot(root: Path) -> dict[str, str]:
    """Every file of the people below ``root`` with the hash of its contents."""
    files = (path for path in (root / "people").rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def ended(library: Library, person: str, until: date) -> None:
    """Let the consent to portray somebody end on a day."""
    consent = Consent(kind="with permission", until=until)
    library.update(library.get(person).model_copy(update={"consent": consent}))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with Adam and Eve, both tuned for a step; never changed by a test."""
    manager = ModelManager(tmp_path_factory.mktemp("data"))
    for name, subject in (("Adam", Subject.MAN), ("Eve", Subject.WOMAN)):
        photos = tuple(photo(name.lower(), i) for i in range(3))
        person = enrol(manager, EnrolRequest(name=name, subject=subject, photos=photos), Observer())
        recipe = manager.family(person.family).recipe("quick", 1)
        tuning_service.tune_person(manager, TuneRequest(person=person.id, recipe=recipe), Observer())
    return manager.root


@pytest.fixture
def data(library: Path, tmp_path: Path) -> Path:
    """A copy of the library for one test."""
    return Path(shutil.copytree(library, tmp_path / "data"))


def test_steps_that_were_painted_are_counted_and_previews_come_on_the_way(library: Path, tmp_path: Path) -> None:
    events: list[Event] = []
    request = PortraitRequest(person="Adam", prompt="a man", steps=2, context_steps=4, count=2)
    painted = make_portraits(ModelManager(library), request, Observer(events.append), tmp_path, stages=True)
    assert [event for event in events if isinstance(event, Painted)] == painted
    progress = [event for event in events if isinstance(event, Progress)]
    assert progress[-1].step == progress[-1].total == 2 * (4 + 2)
    (place,) = (event for event in events if isinstance(event, DeviceSelected))
    assert place.precision in PRECISIONS
    previews = [event for event in events if isinstance(event, Preview)]
    assert {event.seed for event in previews} == {0, 1}
    assert all(max(Image.open(io.BytesIO(event.picture)).size) <= 256 for event in previews)
    seen = [Image.open(io.BytesIO(event.picture)) for event in previews if event.seed == 1]
    assert painted[1].context is not None
    scene = Image.open(painted[1].context).convert("RGB")
    scene.thumbnail((256, 256))
    assert scene.tobytes() in [picture.tobytes() for picture in seen]


def test_the_face_is_seen_in_its_picture_while_it_is_redrawn_and_comes_out_the_same(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    events: list[Event] = []
    Image.open(photo("adam", 3)).save(tmp_path / "scene.png")
    request = PortraitRequest(person="Adam", prompt="a man", picture=tmp_path / "scene.png", steps=4)
    manager = ModelManager(library)
    (seen,) = make_portraits(manager, request, Observer(events.append), tmp_path, stages=True)
    previews = [np.asarray(Image.open(io.BytesIO(event.picture))) for event in events if isinstance(event, Preview)]
    assert len(previews) == 3
    assert seen.mask is not None
    mask = np.asarray(Image.open(seen.mask).resize(previews[0].shape[1::-1], Image.Resampling.BOX))
    for before, now in pairwise(previews):
        assert not np.array_equal(before[mask == 255], now[mask == 255])
        assert np.array_equal(before[mask == 0], now[mask == 0])
    monkeypatch.setattr(portrait_service, "is_due", lambda *_: False)
    (unseen,) = make_portraits(manager, request, Observer(), tmp_path, stages=True)
    assert Image.open(unseen.path).tobytes() == Image.open(seen.path).tobytes()


def sketched(library: Path, out: Path) -> tuple[PortraitRequest, Painted, list[Event]]:
    """A styled portrait with its scene kept, and what was told on the way."""
    events: list[Event] = []
    request = PortraitRequest(person="Eve", prompt="a pencil sketch of a woman", steps=4, context_steps=4)
    (made,) = make_portraits(ModelManager(library), request, Observer(events.append), out, stages=True)
    return request, made, events


def test_a_styled_scene_that_was_kept_gives_the_same_portrait_again(library: Path, tmp_path: Path) -> None:
    request, made, events = sketched(library, tmp_path)
    assert made.context is not None
    assert made.mask is not None
    kept = request.model_copy(update={"picture": made.context})
    (again,) = make_portraits(ModelManager(library), kept, Observer(), tmp_path, stages=True)
    first, second, scene = (np.asarray(Image.open(path)) for path in (made.path, again.path, made.context))
    assert np.array_equal(first, second)
    outside = np.asarray(Image.open(made.mask)) == 0
    assert np.array_equal(second[outside], scene[outside])
    assert not np.array_equal(second, scene)
    previews = [Image.open(io.BytesIO(event.picture)) for event in events if isinstance(event, Preview)]
    assert len(previews) == 3
    for seen in previews:  # the face on its way, too, is drawn in grey
        red, _, blue = np.moveaxis(np.asarray(seen, np.float32), -1, 0)
        assert np.abs(red - blue).mean() < 8


def test_a_styled_scene_can_be_kept_on_and_on_after_the_first_portrait_is_gone(library: Path, tmp_path: Path) -> None:
    request, made, _ = sketched(library, tmp_path)
    assert made.context is not None
    kept = request.model_copy(update={"picture": made.context})
    (again,) = make_portraits(ModelManager(library), kept, Observer(), tmp_path, stages=True)
    assert again.context is not None
    first = Image.open(made.path).tobytes()
    for path in (made.path, made.context):
        path.unlink()
    kept = request.model_copy(update={"picture": again.context})
    (third,) = make_portraits(ModelManager(library), kept, Observer(), tmp_path, stages=True)
    assert Image.open(third.path).tobytes() == first


def test_a_styled_scene_that_was_kept_is_a_strangers_to_everybody_but_whom_it_was_painted_for(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    request, made, _ = sketched(library, tmp_path)
    into: list[Image.Image] = []
    monkeypatch.setattr(portrait_service, "set_into", lambda scene, face: into.append(scene) or face)
    for person in ("Eve", "Adam"):
        kept = request.model_copy(update={"picture": made.context, "person": person})
        make_portraits(ModelManager(library), kept, Observer(), tmp_path)
    assert len(into) == 1


def test_a_styled_scene_is_not_painted_again_where_the_model_itself_paints_styles(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    request, made, _ = sketched(library, tmp_path)
    manager = ModelManager(library)
    catalogue = manager.models.catalogue
    model = manager.family("starter").context
    painted = catalogue.models | {model: catalogue.models[model].model_copy(update={"format": "diffusers"})}
    monkeypatch.setattr(manager.models, "catalogue", catalogue.model_copy(update={"models": painted}))
    monkeypatch.setattr(manager, "scene_painter", None)
    kept = request.model_copy(update={"picture": made.context})
    (again,) = make_portraits(manager, kept, Observer(), tmp_path, stages=True)
    assert again.context is not None
    assert made.context is not None
    assert Image.open(again.context).tobytes() == Image.open(made.context).tobytes()


def test_painting_a_kept_scene_again_can_be_stopped(library: Path, tmp_path: Path) -> None:
    request, made, _ = sketched(library, tmp_path)
    observer = Observer()
    observer.stop.set()
    steps: list[int] = []

    class Counting(ModelManager):
        def scene_painter(self, family: Family) -> ScenePainter:
            painter = super().scene_painter(family)

            class Painter:
                def paint(self, request: SceneRequest, watch: Watch) -> Scene:
                    def counted(step: int, look: Callable[[], Image.Image] | None) -> None:
                        steps.append(step)
                        watch(step, look)

                    return painter.paint(request, counted)

            return Painter()

    with pytest.raises(CancelledError):
        make_portraits(Counting(library), request.model_copy(update={"picture": made.context}), observer, tmp_path)
    assert steps == [1]


def test_two_people_go_into_the_two_faces_of_a_picture(data: Path, tmp_path: Path) -> None:
    scene = Image.new("RGB", (1024, 512))
    for index, who in enumerate(("adam", "eve")):
        scene.paste(Image.open(photo(who, 3)), (512 * index, 0))
    scene.save(tmp_path / "scene.png")
    manager = ModelManager(data)
    faces = find_faces(manager, tmp_path / "scene.png").faces
    right = max((0, 1), key=lambda index: faces[index].box.x0)
    request = PortraitRequest(
        person="Adam",
        prompt="a man smiling",
        picture=tmp_path / "scene.png",
        steps=2,
        face=1 - right,
        others=(FaceAssignment(face=right, person="Eve"),),
    )
    (both,) = make_portraits(manager, request, Observer(), tmp_path / "out", stages=True)
    alone = request.model_copy(update={"others": ()})
    (one,) = make_portraits(manager, alone, Observer(), tmp_path / "out", stages=True)
    context = np.asarray(scene)
    two, single = (np.asarray(Image.open(painted.path)) for painted in (both, one))
    assert np.array_equal(two[:, :512], single[:, :512])
    assert np.array_equal(single[:, 512:], context[:, 512:])
    assert not np.array_equal(two[:, 512:], context[:, 512:])
    assert both.mask is not None
    kept = np.asarray(Image.open(both.mask)) == 0
    assert np.array_equal(two[kept], context[kept])
    written = PortraitRequest.model_validate_json(read_request(both.path) or "")
    assert written.others == (FaceAssignment(face=right, person=Library(data).get("Eve").id),)
    with pytest.raises(UserError, match="same face"):
        make_portraits(manager, request.model_copy(update={"face": right}), Observer(), tmp_path / "out")
    eve = manager.library.update(manager.library.get("Eve").model_copy(update={"tuning": None}))
    (seen,) = make_portraits(manager, request, Observer(), tmp_path / "out")
    first_sight = np.asarray(Image.open(seen.path))
    assert seen.first_sight == (eve.id,)
    assert np.array_equal(first_sight[:, :512], two[:, :512])
    assert not np.array_equal(first_sight[:, 512:], context[:, 512:])


def test_each_face_is_painted_from_its_own_words_in_the_style_of_all(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene = Image.new("RGB", (1024, 512))
    for index, who in enumerate(("adam", "eve")):
        scene.paste(Image.open(photo(who, 3)), (512 * index, 0))
    scene.save(tmp_path / "scene.png")
    manager = ModelManager(data)
    said: list[str] = []
    redraw = IdentityModel.redraw

    def noted(model: IdentityModel, picture: Image.Image, mask: Image.Image, prompt: str, **options: Any) -> Any:
        said.append(prompt)
        return redraw(model, picture, mask, prompt, **options)

    monkeypatch.setattr(IdentityModel, "redraw", noted)
    monkeypatch.setattr(portrait_service, "plainness", lambda *_: 1.0)  # else a face is redrawn again
    request = PortraitRequest(
        person="Adam",
        prompt="an oil painting of a man frowning",
        picture=tmp_path / "scene.png",
        steps=1,
        appearance=Appearance(),
        face_words="smiling",
        others=(FaceAssignment(face=1, person="Eve", words="wearing sunglasses"),),
    )
    (made,) = make_portraits(manager, request, Observer(), tmp_path / "out")
    assert len(said) == 2
    for words, own, style in zip(said, ("smiling", "sunglasses"), ("oil painting",) * 2, strict=True):
        assert own in words
        assert style in words
        assert "frowning" not in words
    assert "woman" in said[1]
    written = PortraitRequest.model_validate_json(read_request(made.path) or "")
    assert (written.face_words, written.others[0].words) == ("smiling", "wearing sunglasses")


def test_weights_and_words_of_other_programs_reach_the_models_or_are_said(data: Path, tmp_path: Path) -> None:
    manager = ModelManager(data)
    profile = manager.library.get("Adam")
    prompt = "ein (l\u00e4chelnder:1.3) Mann mit (Bart:1.2) <lora:x:1>"
    request = PortraitRequest(person="Adam", prompt=prompt, steps=1, appearance=Appearance())
    assert prompts_of(profile, request) == ("a man", "a man, (smiling:1.3), with (beard:1.2)")
    by_hand = request.model_copy(update={"face_prompt": "my (wife:1.2)"})
    assert prompts_of(profile, by_hand)[1] == "my (wife:1.2)"
    Image.open(photo("adam", 3)).save(tmp_path / "scene.png")
    told: list[Event] = []
    pictured = request.model_copy(update={"picture": tmp_path / "scene.png"})
    make_portraits(manager, pictured, Observer(emit=told.append), tmp_path / "out")
    assert [event.message for event in told if isinstance(event, Warned) and "<lora:x:1> is ignored" in event.message]


@pytest.mark.parametrize("kind", ["painted on transparency", "nearly all", "black"])
def test_a_drawn_mask_redraws_what_is_painted_and_says_what_is_odd(data: Path, tmp_path: Path, kind: str) -> None:
    scene = Image.open(photo("adam", 3)).convert("RGB")
    scene.save(tmp_path / "scene.png")
    mask = Image.new("RGBA", (256, 256), (0, 0, 0, 0) if kind.startswith("painted") else (0, 0, 0, 255))
    if kind != "black":
        mask.paste((255, 255, 255, 255), (0, 0, 256, 250) if kind == "nearly all" else (80, 60, 180, 190))
    mask.save(tmp_path / "mask.png")
    request = PortraitRequest(
        person="Adam", prompt="a man", picture=tmp_path / "scene.png", mask=tmp_path / "mask.png", steps=1
    )
    told: list[Event] = []
    if kind == "black":
        with pytest.raises(UserError, match="black everywhere"):
            make_portraits(ModelManager(data), request, Observer(emit=told.append), tmp_path / "out")
        return
    (made,) = make_portraits(ModelManager(data), request, Observer(emit=told.append), tmp_path / "out")
    changed = (np.asarray(Image.open(made.path)) != np.asarray(scene)).any(-1)
    scale = scene.width / 256
    if kind == "nearly all":
        assert any(isinstance(event, Warned) and "98% of the picture" in event.message for event in told)
        return
    assert not any(isinstance(event, Warned) for event in told)
    box = Image.fromarray(changed).getbbox()
    assert box is not None
    assert np.abs(np.array(box) / scale - (80, 60, 180, 190)).max() < 4


def test_a_mix_is_previewed_from_photos_on_the_attribute_alone_and_nothing_is_stored(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manager = ModelManager(data)
    for name in ("Adam", "Eve"):  # nobody has to be tuned
        manager.library.update(manager.library.get(name).model_copy(update={"tuning": None}))
    eve = manager.library.get("Eve")
    photos = {path: bytes_ for path, bytes_ in manager.library.read_files(eve).items() if path.endswith(".png")}
    twin = {"id": manager.library.new_id(), "name": "Twin", "files": {}}
    manager.library.create(eve.model_copy(update=twin), photos)
    before = snapshot(data)
    monkeypatch.setattr(IdentityModel, "redraw", lambda *_, **__: pytest.fail("nothing is redrawn"))
    folder = manager.library.folder(manager.library.get("Adam").id)
    nose = np.asarray(Image.open(folder / "masks" / "0-nose.png")) >= 128
    changes = []
    for parts in ({"Eve": 0.1}, {"Eve": 1.0}, {"Eve": 0.5, "Twin": 0.5}):
        takes = tuple(
            AttributeSource(attribute=Attribute.NOSE, person=who, strength=part) for who, part in parts.items()
        )
        seen = preview_mix(manager, MixPreviewRequest(person="Adam", takes=takes), Observer())
        old, new = (np.asarray(Image.open(io.BytesIO(each)), np.float32) for each in (seen.before, seen.after))
        changes.append(np.abs(new - old).mean(-1))
    slight, whole, shared = changes
    assert whole[nose].mean() > 2 * slight[nose].mean()
    assert whole[nose].mean() > 4
    assert np.abs(shared - whole).mean() < 0.5  # two halves of one person
    assert (whole[:150] == 0).all()
    assert snapshot(data) == before


def test_a_preview_says_whose_photos_do_not_suit_the_face(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mix_preview, "can_give", lambda *_: False)
    request = MixPreviewRequest(person="Adam", takes=(AttributeSource(attribute=Attribute.NOSE, person="Eve"),))
    with pytest.raises(UserError, match="No photo of Eve suits this face"):
        preview_mix(ModelManager(data), request, Observer())


def test_without_detail_from_photos_a_mix_is_redrawn_inside_the_mask_by_tuned_people(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manager = ModelManager(data)
    plain = manager.family("starter").model_copy(update={"photo_detail": False})
    monkeypatch.setitem(manager.models.catalogue.families, "starter", plain)
    request = MixPreviewRequest(person="Adam", takes=(AttributeSource(attribute=Attribute.NOSE, person="Eve"),))
    seen = preview_mix(manager, request, Observer())
    old, new = (np.asarray(Image.open(io.BytesIO(each))) for each in (seen.before, seen.after))
    folder = manager.library.folder(manager.library.get("Adam").id)
    nose = np.asarray(Image.open(folder / "masks" / "0-nose.png")) >= 128
    changed = (old != new).any(-1)
    assert changed.any()
    assert not changed[~nose].any()
    manager.library.update(manager.library.get("Eve").model_copy(update={"tuning": None}))
    with pytest.raises(UserError, match="not tuned"):
        preview_mix(manager, request, Observer())


def test_how_strongly_an_attribute_is_taken_is_how_long_it_is_learned(data: Path) -> None:
    takes = (AttributeSource(attribute=Attribute.NOSE, person="Eve", strength=0.5),)
    mixed = tuning_service.mix_people(
        ModelManager(data), MixRequest(person="Adam", takes=takes, name="Mixed", steps=4), Observer()
    )
    assert [(taken.steps, taken.strength) for taken in mixed.taken] == [(2, 0.5)]


@pytest.mark.parametrize("whose", ["Adam", "Eve"])
def test_nobody_is_tuned_mixed_or_painted_whose_consent_is_over(data: Path, tmp_path: Path, whose: str) -> None:
    manager = ModelManager(data)
    ended(manager.library, whose, date.today() - timedelta(days=1))
    before = snapshot(data)
    recipe = manager.family("starter").recipe("quick", 1)
    takes = (AttributeSource(attribute=Attribute.NOSE, person="Eve"),)
    others = (FaceAssignment(face=1, person="Eve"),)
    for refused in (
        lambda: tuning_service.mix_people(
            manager, MixRequest(person="Adam", takes=takes, name="Mixed", steps=1), Observer()
        ),
        lambda: preview_mix(manager, MixPreviewRequest(person="Adam", takes=takes), Observer()),
        lambda: make_portraits(manager, PortraitRequest(person="Adam", others=others), Observer(), tmp_path),
        lambda: tuning_service.tune_person(manager, TuneRequest(person=whose, recipe=recipe), Observer()),
    ):
        with pytest.raises(UserError, match=f"Consent to portray {whose} ended"):
            refused()
    assert snapshot(data) == before


def test_a_mix_may_be_portrayed_as_long_as_all_that_it_is_made_of(data: Path) -> None:
    manager = ModelManager(data)
    today = date.today()
    ended(manager.library, "Adam", today + timedelta(days=9))
    ended(manager.library, "Eve", today)  # the last day counts
    takes = (AttributeSource(attribute=Attribute.NOSE, person="Eve"),)
    mixed = tuning_service.mix_people(
        manager, MixRequest(person="Adam", takes=takes, name="Mixed", steps=1), Observer()
    )
    assert mixed.consent == Consent(kind="with permission", until=today)


def test_a_face_has_the_detail_of_the_photos_of_those_whom_it_is_made_of_and_a_compared_one_has_not(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manager, seen = ModelManager(data), []

    def in_bytes(shares: list[PhotoShare]) -> list[tuple[list[bytes], float]]:
        return [([photo.tobytes() for photo in share.photos], round(share.part, 3)) for share in shares]

    def watched(
        face: Image.Image,
        shares: list[PhotoShare],
        wanted: dict[str, str],
        weights: DetailWeights,
        taken: dict[Attribute, list[PhotoShare]],
        **_: bool,
    ) -> Image.Image:
        givers = {part: in_bytes(theirs) for part, theirs in taken.items()}
        seen.append((in_bytes(shares), wanted.get("expression"), weights, givers))
        return face

    def photos_of(who: str) -> list[bytes]:
        return [one.picture.tobytes() for one in read_references(manager.library, manager.library.get(who))]

    monkeypatch.setattr(portrait_service, "with_photo_detail", watched)
    monkeypatch.setattr(portrait_service, "shows", lambda *_: True)
    takes = (AttributeSource(attribute=Attribute.NOSE, person="Eve", strength=0.75),)
    tuning_service.mix_people(manager, MixRequest(person="Adam", takes=takes, name="Mixed", steps=1), Observer())
    for person, identity in (("Adam", True), ("Adam", False), ("Mixed", True)):
        request = PortraitRequest(person=person, prompt="a man smiling", steps=1, context_steps=1, identity=identity)
        make_portraits(manager, request, Observer(), tmp_path)
    strangers = PortraitRequest(person="Adam", prompt="a man", steps=1, picture=photo("eve", 3))
    make_portraits(manager, strangers, Observer(), tmp_path)
    alone = AssignedFace(manager.library.get("Adam"), 0, photo_detail=False)
    request = PortraitRequest(person="Adam", prompt="a man", steps=1, context_steps=1)
    portrait_service.paint(manager, [alone], request, [], Observer(), lambda _: None)
    own, eve = photos_of("Adam"), photos_of("Eve")
    assert seen == [
        ([(own, 1.0)], "smiling", ALIKE, {}),
        ([(own, 1.0)], "smiling", ALIKE, {Attribute.NOSE: [(eve, 0.75)]}),
        ([(own, 1.0)], None, REDRAWN, {}),
    ]
    seen.clear()
    manager.library.delete(manager.library.get("Eve").id)
    make_portraits(manager, PortraitRequest(person="Mixed", prompt="a man", steps=1), Observer(), tmp_path)
    assert seen == [([(own, 1.0)], None, ALIKE, {Attribute.NOSE: [([], 0.75)]})]


def test_a_redrawn_face_that_forgets_what_is_asked_for_gives_way_to_the_scenes_own(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[tuple[DetailWeights, bool, bool]] = []
    scenes: list[Image.Image] = []

    def watched(
        face: Image.Image,
        shares: object,
        wanted: object,
        weights: DetailWeights,
        taken: Any,
        *,
        around_eyes: bool = True,
    ) -> Image.Image:
        tried.append((weights, Attribute.MOUTH in taken, around_eyes))
        return face.copy()

    monkeypatch.setattr(portrait_service, "with_photo_detail", watched)
    monkeypatch.setattr(portrait_service, "set_into", lambda scene, face: scenes.append(scene) or face.copy())
    monkeypatch.setattr(portrait_service, "shows", lambda face, *_: face is scenes[0])
    request = PortraitRequest(person="Adam", prompt="a man smiling", steps=1, context_steps=1)
    make_portraits(ModelManager(library), request, Observer(), tmp_path)
    assert tried == [
        (ALIKE, False, True),
        (ALIKE, False, True),
        (ALIKE, True, True),
        (SLIGHT, True, True),
        (ALIKE, False, False),
        (SLIGHT, True, False),
    ]


@pytest.mark.parametrize(
    ("shown", "turns", "kept"),
    [
        ({"detail": 0.9}, 0, "detail"),
        ({"drawn": 0.9}, 0, "drawn"),
        ({"turn 1": 0.9}, 1, "turn 1"),
        ({"turn 2": 0.9}, 2, "turn 2"),
        ({"detail": 0.6, "turn 2": 0.55}, 2, "detail"),
        ({"turn 1": 0.4}, 2, "detail"),  # less like the person, and not as asked either
    ],
)
def test_a_face_in_a_picture_of_ones_own_that_lost_its_words_is_redrawn_by_them(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shown: dict[str, float], turns: int, kept: str
) -> None:
    colours = {"drawn": (200, 0, 0), "detail": (0, 200, 0), "turn 1": (0, 0, 200), "turn 2": (200, 200, 0)}
    painted, steps = [], []

    def redraw(*_: object, **options: Any) -> Image.Image:
        painted.append(options)
        options["reached"](options["steps"], None)
        return Image.new("RGB", (256, 256), colours["drawn" if len(painted) == 1 else f"turn {len(painted) - 1}"])

    def plainness(face: Image.Image, wanted: dict[str, str]) -> float:
        assert wanted["expression"] == "neutral"
        pixel = face.getpixel((128, 128))
        return next((shown.get(name, 0.1) for name, colour in colours.items() if colour == pixel), 0.1)

    monkeypatch.setattr(IdentityModel, "redraw", redraw)
    monkeypatch.setattr(portrait_service, "decoded", lambda *_: Image.new("RGB", (256, 256)))
    monkeypatch.setattr(
        portrait_service, "with_photo_detail", lambda *_: Image.new("RGB", (256, 256), colours["detail"])
    )
    monkeypatch.setattr(portrait_service, "_as_asked", lambda face, *_: face)
    monkeypatch.setattr(portrait_service, "plainness", plainness)
    monkeypatch.setattr(portrait_service, "shows", lambda face, wanted: plainness(face, wanted) >= 0.5)
    monkeypatch.setattr(portrait_service, "paste_back", lambda scene, patch, _: patch.resize(scene.size))
    request = PortraitRequest(
        person="Adam",
        prompt="a man with a neutral expression",
        picture=photo("eve", 3),
        guidance=1.25,
        negative_prompt="beard",
        steps=4,
    )
    events = Observer(lambda event: steps.append(event.step) if isinstance(event, Progress) else None)
    (made,) = make_portraits(ModelManager(library), request, events, tmp_path)
    by_words = ("a man, beard", portrait_service.WORDS_GUIDANCE)
    assert [(one["plain"], one["guidance"]) for one in painted] == [(None, 1.25), *[by_words] * turns]
    assert len({one["seed"] for one in painted}) == max(turns, 1)
    assert steps == sorted(steps)
    assert Image.open(made.path).convert("RGB").getpixel((10, 10)) == colours[kept]


@pytest.mark.parametrize("changed", [{"strength": 0.3}, {"mask": True}, {"features": 0}])
def test_a_face_is_not_redrawn_by_words_where_that_cannot_help(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: dict[str, Any]
) -> None:
    manager, painted = ModelManager(data), []
    profile = manager.library.get("Adam")
    assert profile.tuning is not None
    changed = dict(changed)
    recipe = profile.tuning.recipe.model_copy(update={"features": changed.pop("features", None)})
    manager.library.update(profile.model_copy(update={"tuning": profile.tuning.model_copy(update={"recipe": recipe})}))
    if changed.get("mask"):
        changed["mask"] = tmp_path / "mask.png"
        with Image.open(photo("eve", 3)) as scene:
            mask = Image.new("L", scene.size)
        mask.paste(255, (0, 0, 100, 100))
        mask.save(changed["mask"])

    def redraw(_: object, picture: Image.Image, *__: object, **options: Any) -> Image.Image:
        painted.append(options["plain"])
        return picture

    monkeypatch.setattr(IdentityModel, "redraw", redraw)
    monkeypatch.setattr(portrait_service, "plainness", lambda *_: 0.1)
    request = PortraitRequest(person="Adam", prompt="a man smiling", picture=photo("eve", 3), **changed)
    make_portraits(manager, request, Observer(), tmp_path)
    assert painted == [None]


def test_at_first_sight_a_picture_of_somebody_else_gets_the_face_of_somebody_who_is_not_tuned(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manager = ModelManager(data)
    profile = manager.library.get("Adam")
    manager.library.update(profile.model_copy(update={"tuning": None}))
    events: list[Event] = []
    scene = photo("eve", 3)
    request = PortraitRequest(person="Adam", prompt="a man", picture=scene, seed=1)
    (painted,) = make_portraits(manager, request, Observer(events.append), tmp_path)
    own = manager.own_embeddings(profile)
    before = manager.embedding(Image.open(scene).convert("RGB"), manager.family("starter"))
    assert painted.likeness is not None
    assert before is not None
    assert painted.likeness > max(0.5, measure(before, own).score + 0.2)
    (warned,) = [event for event in events if isinstance(event, Warned)]
    assert warned.about == "first sight"
    assert painted.first_sight == read_first_sight(painted.path) == (profile.id,)
    base = request.model_copy(update={"identity": False})
    monkeypatch.setattr(IdentityModel, "redraw", lambda *_, **__: Image.open(scene).convert("RGB"))
    (painted,) = make_portraits(manager, base, Observer(), tmp_path)
    assert painted.first_sight == read_first_sight(painted.path) == ()


@pytest.mark.parametrize("tuned", [False, True])
def test_glasses_that_are_asked_for_stay_although_no_photo_shows_them(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tuned: bool
) -> None:
    manager = ModelManager(data)
    profile = manager.library.get("Adam")
    if not tuned:
        manager.library.update(profile.model_copy(update={"tuning": None}))
    crop = read_references(manager.library, profile)[0].picture
    monkeypatch.setattr(IdentityModel, "redraw", lambda *_, **__: crop.resize((128, 128)))
    family = manager.family("starter")

    def eyewear(prompt: str) -> dict[str, float]:
        (made,) = make_portraits(manager, PortraitRequest(person="Adam", prompt=prompt, seed=2), Observer(), tmp_path)
        assert made.likeness is not None
        assert made.likeness > 0.4
        picture = Image.open(made.path).convert("RGB")
        face = Crop.of_face(manager.detector(family).find(picture)[0]).cut(picture, 256)
        return attribute_reader().read(face)["eyewear"]

    assert eyewear("a man wearing glasses")["glasses"] > 0.5
    assert eyewear("a man")["none"] > 0.5


def test_a_stranger_is_in_the_scene_where_nobody_is_asked_for_and_a_blend_lies_between_two(
    data: Path, tmp_path: Path
) -> None:
    manager = ModelManager(data)
    adam, eve = (manager.library.get(name) for name in ("Adam", "Eve"))
    between = adam.model_copy(
        update={
            "references": (),
            "files": {},
            "blended": tuple(Blended(name=one.name, person=one.id, part=0.5) for one in (adam, eve)),
        }
    )
    people = [manager.scene_person(one) for one in (adam, eve, between)]
    his, hers, mean = (np.array(one.embedding) for one in people if one is not None)
    assert his @ hers < min(mean @ his, mean @ hers)
    assert manager.scene_person(adam.model_copy(update={"references": (), "files": {}, "id": "0" * 12})) is None
    request = PortraitRequest(person="Adam", prompt="a man", steps=1, context_steps=1)
    compared, plain = (
        portrait_service.paint(
            manager, [AssignedFace(adam, 0, photo_detail=detail)], request, [], Observer(), lambda _: None
        )
        for detail in (False, True)
    )
    family = manager.family("starter")
    stranger, alike = (manager.embedding(one.context, family) for one in (compared, plain))
    assert stranger is not None
    assert alike is not None
    assert alike @ his > stranger @ his


def test_a_kept_scene_goes_with_the_person_whom_it_shows(data: Path) -> None:
    manager = ModelManager(data)
    out = manager.library.portraits
    request = PortraitRequest(person="Adam", prompt="a man", steps=1, context_steps=1, seed=3)
    (of_adam,) = make_portraits(manager, request, Observer(), out, stages=True)
    assert of_adam.context is not None
    kept = request.model_copy(update={"picture": of_adam.context, "person": "Eve", "seed": 4})
    (of_eve,) = make_portraits(manager, kept, Observer(), out, stages=True)
    assert of_eve.context is not None
    adam = manager.library.get("Adam").id
    shown = manager.library.portraits_of(adam)
    assert {of_adam.path, of_eve.context} <= set(shown)
    assert of_eve.path not in shown
    manager.library.delete(adam, portraits=True)
    assert of_eve.path.exists()
    assert not of_eve.context.exists()


def test_at_first_sight_one_painted_scene_gives_one_picture_and_a_picture_of_ones_own_several(
    data: Path, tmp_path: Path
) -> None:
    manager = ModelManager(data)
    manager.library.update(manager.library.get("Adam").model_copy(update={"tuning": None}))
    events: list[Event] = []
    observer = Observer(events.append)
    request = PortraitRequest(person="Adam", prompt="a man", steps=2, context_steps=4, count=2)

    def distinct(**changes: object) -> list[str]:
        """The warnings of a request that gives two pictures which differ."""
        events.clear()
        first, second = make_portraits(manager, request.model_copy(update=changes), observer, tmp_path)
        assert Image.open(first.path).tobytes() != Image.open(second.path).tobytes()
        steps = [(event.step, event.total) for event in events if isinstance(event, Progress)]
        total = manager.family("starter").denoising_steps(distinct_request(request.model_copy(update=changes)))
        assert steps[-1] == (total, total)
        assert [step for step, _ in steps] == sorted(step for step, _ in steps)
        return [event.message for event in events if isinstance(event, Warned) and "one scene" in event.message]

    assert distinct(picture=photo("eve", 3), seed=1) == []
    (warned,) = distinct(scene_seed=1)
    assert warned.endswith("each picture gets a scene of its own.")


def test_who_was_tuned_for_earlier_models_is_painted_after_the_photos_until_tuned_again(
    data: Path, tmp_path: Path
) -> None:
    manager = ModelManager(data)
    adam = manager.library.get("Adam")
    assert adam.tuning is not None
    manager.library.update(adam.model_copy(update={"tuning": adam.tuning.model_copy(update={"generation": 1})}))
    events: list[Event] = []
    request = PortraitRequest(person="Adam", prompt="a man", steps=1, context_steps=1)
    (painted,) = make_portraits(manager, request, Observer(events.append), tmp_path)
    assert painted.first_sight == (adam.id,)
    assert [event.about for event in events if isinstance(event, Warned)] == ["tuned for earlier models"]
    recipe = manager.family("starter").recipe("quick", 1)
    with pytest.raises(UserError, match="Adam was tuned for earlier models than today's; tune the person again"):
        tuning_service.tune_person(manager, TuneRequest(person=adam.id, recipe=recipe, further=True), Observer())
    assert manager.library.get(adam.id).state == "not tuned"
    for refused in (
        lambda: make_portraits(manager, request.model_copy(update={"checkpoint": "last"}), Observer(), tmp_path),
        lambda: tuning_service.use_checkpoint(manager, CheckpointRequest(person=adam.id, which="best")),
        lambda: tuning_service.mix_people(
            manager,
            MixRequest(person=adam.id, takes=(AttributeSource(attribute=Attribute.NOSE, person="Eve"),), name="Both"),
            Observer(),
        ),
    ):
        with pytest.raises(UserError, match="tune the person again"):
            refused()
    tuned = tuning_service.tune_person(manager, TuneRequest(person=adam.id, recipe=recipe), Observer())
    assert tuned.tuning is not None
    assert tuned.tuning.generation == manager.family("starter").generation
    (painted,) = make_portraits(manager, request, Observer(), tmp_path)
    assert painted.first_sight == ()


def test_a_rename_while_a_tuning_runs_stays(data: Path) -> None:
    manager = ModelManager(data)
    adam = manager.library.get("Adam").id

    def rename(event: Event) -> None:
        if manager.library.get(adam).name == "Adam":
            Library(data).rename(adam, "Adrian")

    recipe = manager.family("starter").recipe("quick", 1)
    tuned = tuning_service.tune_person(manager, TuneRequest(person=adam, recipe=recipe), Observer(rename))
    assert (tuned.name, manager.library.get(adam).name) == ("Adrian", "Adrian")


def test_another_checkpoint_can_be_put_in_use_and_the_last_one_again(data: Path) -> None:
    manager = ModelManager(data)
    recipe = manager.family("starter").recipe("quick", 4).model_copy(update={"measure_every": 2})
    scores = iter([0.9, 0.1])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tuning_service, "curve_measurement", lambda *_: lambda: next(scores))
        person = tuning_service.tune_person(manager, TuneRequest(person="Adam", recipe=recipe), Observer())
    end = manager.library.read_files(person)["adapter.safetensors"]
    best = tuning_service.use_checkpoint(manager, CheckpointRequest(person=person.id, which="best"))
    assert best.tuning is not None
    assert best.tuning.step == 2
    assert manager.library.read_files(best)["adapter.safetensors"] != end
    manager.load_adapter(manager.identity(manager.family("starter")), best)
    last = tuning_service.use_checkpoint(manager, CheckpointRequest(person=person.id, which="last"))
    assert last.tuning is not None
    assert last.tuning.step == 4
    assert manager.library.read_files(last)["adapter.safetensors"] == end


def test_a_tuning_that_was_good_enough_keeps_its_best_weights_and_counts_as_a_shorter_one(data: Path) -> None:
    manager = ModelManager(data)
    recipe = manager.family("starter").recipe("quick", 6).model_copy(update={"measure_every": 1})
    scores, observer = iter([0.3, 0.9, 0.1]), Observer()
    observer.emit = lambda event: isinstance(event, Progress) and event.step == 3 and observer.finish.set()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tuning_service, "curve_measurement", lambda *_: lambda: next(scores))
        person = tuning_service.tune_person(manager, TuneRequest(person="Adam", recipe=recipe), observer)
    assert person.tuning is not None
    assert person.tuning.recipe == recipe.model_copy(update={"steps": 3})
    assert (person.tuning.step, person.tuning.best_step) == (2, 2)
    best = manager.library.read_files(person)["adapter.safetensors"]
    last = tuning_service.use_checkpoint(manager, CheckpointRequest(person=person.id, which="last"))
    assert last.tuning is not None
    assert last.tuning.step == 3
    assert manager.library.read_files(last)["adapter.safetensors"] != best


def test_variations_of_a_scene_share_it_and_each_can_be_made_again_alone(library: Path, tmp_path: Path) -> None:
    events: list[Event] = []
    words = {"person": "Eve", "prompt": "a pencil sketch of a woman", "steps": 4, "context_steps": 4}
    request = PortraitRequest(**words, seed=5, scene_seed=5, count=3)
    three = make_portraits(ModelManager(library), request, Observer(events.append), tmp_path / "three", stages=True)
    contexts = {Image.open(made.context).tobytes() for made in three if made.context is not None}
    assert len(contexts) == 1
    assert len({Image.open(made.path).tobytes() for made in three}) == 3
    last = [event for event in events if isinstance(event, Progress)][-1]
    assert last.step == last.total == 4 + 3 * 4

    said = PortraitRequest.model_validate_json(read_request(three[2].path) or "")
    assert (said.seed, said.scene_seed, said.count) == (7, 5, 1)
    kept = said.model_copy(update={"picture": three[2].context, "scene_seed": None})
    for remade in (
        said,
        kept,
    ):  # from its settings, and in the scene that was kept, which is painted again for its style
        (again,) = make_portraits(ModelManager(library), remade, Observer(), tmp_path / "again", stages=True)
        assert Image.open(again.path).tobytes() == Image.open(three[2].path).tobytes()


def test_a_portrait_is_made_with_weights_that_are_kept_beside_those_in_use(data: Path, tmp_path: Path) -> None:
    def portrait(checkpoint: str | None) -> bytes:
        wanted = PortraitRequest.model_validate({"person": "Adam", "steps": 1, "context_steps": 1} | {
            "prompt": "a man", "checkpoint": checkpoint})  # fmt: skip
        (painted,) = make_portraits(manager, wanted, Observer(), tmp_path)
        return Image.open(painted.path).tobytes()

    manager = ModelManager(data)
    first = portrait(None)
    with pytest.raises(UserError, match="No tuning of Adam before the present one is kept"):
        portrait("before")
    recipe = (
        manager.family("starter")
        .recipe("quick", 3)
        .model_copy(update={"measure_every": 1, "lora_rate": 0.05, "batch": 1})
    )
    scores = iter([0.3, 0.9, 0.1])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tuning_service, "curve_measurement", lambda *_: lambda: next(scores))
        tuning_service.tune_person(manager, TuneRequest(person="Adam", recipe=recipe), Observer())
    last = portrait(None)
    assert portrait("last") == last
    assert portrait("before") == first != last
    best = portrait("best")
    assert best not in (first, last)
    tuning_service.use_checkpoint(manager, CheckpointRequest(person="Adam", which="best"))
    assert portrait(None) == portrait("best") == best
    assert portrait("last") == last


def test_a_portrait_has_the_shape_that_is_asked_for_or_says_why_not(library: Path, tmp_path: Path) -> None:
    events: list[Event] = []
    manager, asked = ModelManager(library), PortraitRequest(person="Eve", shape="2:3", steps=1, context_steps=2)
    (made,) = make_portraits(manager, asked, Observer(events.append), tmp_path, stages=True)
    assert made.context is not None
    assert made.mask is not None
    assert {read_size(path) for path in (made.path, made.context, made.mask)} == {(340, 510)}
    assert PortraitRequest.model_validate_json(read_request(made.path) or "").shape == "2:3"
    assert not [event for event in events if isinstance(event, Warned)]

    kept = asked.model_copy(update={"picture": made.context, "shape": "1:1"})
    (again,) = make_portraits(manager, kept, Observer(events.append), tmp_path)
    assert read_size(again.path) == (340, 510)
    assert ["1:1 is not used" in event.message for event in events if isinstance(event, Warned)] == [True]
    assert PortraitRequest.model_validate_json(read_request(again.path) or "").shape is None

    with pytest.raises(UserError, match="9:16"):
        make_portraits(manager, asked.model_copy(update={"shape": "9:16"}), Observer(), tmp_path)
