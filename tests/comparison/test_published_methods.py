"""IP-Adapter-FaceID, InstantID and PhotoMaker, with tiny random weights in the formats of their files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from facea_desktop.comparison.arcface import TEMPLATE, ArcFace, landmarks, similarity
from facea_desktop.comparison.instant_id import COLOURS, draw_landmarks
from facea_desktop.comparison.ip_adapter import FACE_ID_FILE
from facea_desktop.comparison.method import NEEDS, MethodContext, Photos
from facea_desktop.comparison.method_registry import make_method
from facea_desktop.comparison.photomaker import FILE, encode_with_person
from facea_desktop.comparison.runner import evaluate
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Observer
from facea_desktop.domain.faces import Attribute, Box, Face, Subject
from facea_desktop.resources import resource
from tests.comparison.adapter_files import (
    EMBEDDING,
    TOKENS,
    installed,
    write_face_id,
    write_instant_id,
    write_photomaker,
    write_recogniser,
)
from tests.comparison.conftest import PROMPT, SHOTS, NewRequest, TinyModels
from tests.comparison.test_runner import rows_of
from tests.engine.conftest import SIDE, WIDTH

METHODS = ("ip-adapter-faceid", "instantid", "photomaker")

pytestmark = pytest.mark.usefixtures("cheap_likeness")


@pytest.fixture
def published(manager: TinyModels) -> TinyModels:
    """All three are installed, with the recognisers that two of them need."""
    unet = manager.scene_pipe.unet
    write_face_id(installed(manager, "ip-adapter-faceid"), unet)
    write_recogniser(installed(manager, "insightface-buffalo") / "models/buffalo_l/w600k_r50.onnx")
    write_instant_id(installed(manager, "instantid"), unet)
    write_recogniser(installed(manager, "insightface-antelope") / "models/antelopev2/glintr100.onnx")
    write_photomaker(installed(manager, "photomaker"), unet)
    return manager


def scene_model(manager: TinyModels) -> dict[str, Any]:
    """What a method might leave behind: processors, adapters, the projection, and the weights themselves."""
    unet = manager.scene_pipe.unet
    weights = {
        name.replace(".base_layer", ""): value.clone()
        for name, value in unet.state_dict().items()
        if ".lora_" not in name
    }
    return {
        "processors": {type(one).__name__ for one in unet.attn_processors.values()},
        "adapters": list(getattr(unet, "peft_config", {})),
        "projection": unet.encoder_hid_proj,
        "weights": {name: float(value.double().sum()) for name, value in weights.items()},
    }


@pytest.mark.parametrize("name", METHODS)
def test_a_person_is_painted_by_their_photos_and_the_model_is_left_as_it_was(
    published: TinyModels, context: MethodContext, photos: Photos, name: str
) -> None:
    before = scene_model(published)
    method = make_method(name, context)
    method.prepare(photos, Observer())
    assert scene_model(published)["adapters" if name == "photomaker" else "processors"] != before["processors"]
    painted = method.generate(PROMPT, 0, Observer())
    assert painted.size == (SIDE, SIDE)
    assert method.generate(PROMPT, 0, Observer()).tobytes() == painted.tobytes()
    assert method.generate(SHOTS[1].prompt, 0 if name != "instantid" else 7, Observer()).tobytes() != painted.tobytes()
    method.finish()
    assert scene_model(published) == before

    eve = Photos("eve", Subject.MAN, tuple(resource("people", "eve", f"{i}.jpg") for i in range(3)), SHOTS)
    method.prepare(eve, Observer())
    assert method.generate(PROMPT, 0, Observer()).tobytes() != painted.tobytes()
    method.finish()


def test_all_three_get_likeness_figures(published: TinyModels, new_request: NewRequest) -> None:
    request = new_request(methods=METHODS)
    done = evaluate(published, request, Observer())
    assert (done.rows, done.pictures, done.notes[1:]) == (6, 6, ())
    assert all(-1 < float(row["face_sim"]) < 1 for row in rows_of(request.out))


@pytest.mark.parametrize("name", METHODS)
def test_without_weights_it_is_said_how_to_get_them(context: MethodContext, name: str) -> None:
    with pytest.raises(UserError, match=f"models fetch {NEEDS[name][0]}"):
        make_method(name, context)


@pytest.mark.parametrize(
    ("name", "file"), [("ip-adapter-faceid", FACE_ID_FILE.name), ("instantid", "ip-adapter.bin"), ("photomaker", FILE)]
)
def test_a_damaged_file_is_the_users_to_mend_and_leaves_no_trace(
    published: TinyModels, context: MethodContext, photos: Photos, name: str, file: str
) -> None:
    before = scene_model(published)
    path = published.models.path(NEEDS[name][0]) / file
    path.write_bytes(path.read_bytes()[:2000])
    method = make_method(name, context)
    with pytest.raises(UserError, match=file):
        method.prepare(photos, Observer())
    method.finish()
    assert scene_model(published) == before


def test_a_recogniser_that_is_damaged_is_the_users_to_mend(tmp_path: Path) -> None:
    (tmp_path / "w600k_r50.onnx").write_bytes(b"no network")
    with pytest.raises(UserError, match="download the model again"):
        ArcFace(tmp_path / "w600k_r50.onnx")


# What they read in faces


def test_a_turned_face_is_turned_upright_before_it_is_recognised(tmp_path: Path) -> None:
    write_recogniser(tmp_path / "model" / "net.onnx")
    network = ArcFace(tmp_path / "model" / "net.onnx")
    smooth = Image.fromarray(np.random.default_rng(0).integers(0, 256, (8, 8, 3), dtype=np.uint8)).resize((200, 200))
    points = TEMPLATE + 44
    embedding = network.embed(smooth, points)
    assert embedding.shape == (EMBEDDING,)
    turned = np.stack([199 - points[:, 0], 199 - points[:, 1]], 1)
    assert np.allclose(network.embed(smooth.rotate(180), turned), embedding, atol=0.02 * np.abs(embedding).max())
    assert not np.allclose(network.embed(smooth, points + 9), embedding, atol=0.1 * np.abs(embedding).max())


def test_points_are_brought_onto_others_by_turn_scale_and_shift() -> None:
    turn = np.array([[0.6, -0.8], [0.8, 0.6]])
    found = similarity(TEMPLATE, 3 * TEMPLATE @ turn.T + (5, -7))
    assert np.allclose(found, np.column_stack([3 * turn, (5, -7)]))


def test_landmarks_are_told_by_the_boxes_of_the_parts() -> None:
    parts = {
        Attribute.LEFT_EYE: Box(34, 48, 42, 56), Attribute.RIGHT_EYE: Box(70, 48, 78, 56),
        Attribute.NOSE: Box(50, 50, 62, 80), Attribute.MOUTH: Box(40, 86, 72, 98),
    }  # fmt: skip
    found = landmarks(Face(Box(10, 8, 102, 110), parts, 0.99))
    assert found is not None
    assert np.abs(found - TEMPLATE).max() < 2
    assert (
        landmarks(Face(Box(10, 8, 102, 110), {k: v for k, v in parts.items() if k is not Attribute.MOUTH}, 1)) is None
    )


# InstantID


def test_the_landmarks_are_drawn_in_their_colours() -> None:
    points = 2 * TEMPLATE + 100
    drawn = np.asarray(draw_landmarks(points, (1024, 512)))
    assert drawn.shape == (512, 1024, 3)
    for place, colour in zip(points.round().astype(int), COLOURS):
        assert tuple(drawn[place[1], place[0]]) == colour
    x, y = ((points[0] + points[2]) / 2).round().astype(int)
    assert tuple(drawn[y, x]) == (153, 0, 0)
    assert (drawn.any(-1)).mean() < 0.05


def test_the_control_net_reads_the_face_in_the_place_of_the_prompt(
    published: TinyModels, context: MethodContext, photos: Photos
) -> None:
    method: Any = make_method("instantid", context)
    method.prepare(photos, Observer())
    seen: list[torch.Tensor] = []
    keep = lambda _, args, kwargs: seen.append(kwargs["encoder_hidden_states"])  # noqa: E731
    method._prompted.controlnet.register_forward_pre_hook(keep, with_kwargs=True)
    method.generate(PROMPT, 0, Observer())
    method.generate(SHOTS[1].prompt, 7, Observer())
    assert {tuple(one.shape) for one in seen} == {(2, TOKENS, 2 * WIDTH)}  # zeros of guidance, and the face
    assert all(torch.equal(one, seen[0]) for one in seen)
    method.finish()


# PhotoMaker


def test_the_noun_stands_once_for_each_photo(published: TinyModels) -> None:
    pipe = published.scene_pipe
    alone, whole, (place,) = encode_with_person(pipe, "an old man smiling", Subject.MAN, 1)
    plain = pipe.encode_prompt("an old man smiling", device="cpu", do_classifier_free_guidance=False)
    assert torch.allclose(alone, plain[0])
    assert torch.allclose(whole, plain[2])
    repeated, _, places = encode_with_person(pipe, "an old man smiling", Subject.MAN, 3)
    assert places == [place, place + 1, place + 2]
    assert torch.equal(repeated[0, : place + 1], alone[0, : place + 1])
    ids = [pipe.tokenizer(text, add_special_tokens=False).input_ids for text in ("an old man", "an old man smiling")]
    assert place == len(ids[0])
    named, _, _ = encode_with_person(pipe, "smiling", Subject.WOMAN, 1)
    assert torch.equal(named, encode_with_person(pipe, "a woman, smiling", Subject.WOMAN, 1)[0])


def test_a_prompt_of_any_length_keeps_its_embeddings_one_prompt_long(published: TinyModels) -> None:
    for prompt in ("a man " + "smiling " * 40, "smiling " * 40 + "a man"):
        states, _, places = encode_with_person(published.scene_pipe, prompt, Subject.MAN, 4)
        assert states.shape[1] == 77
        assert all(place < 76 for place in places)


def test_the_first_steps_are_painted_from_the_words_alone(
    published: TinyModels, context: MethodContext, photos: Photos
) -> None:
    method = make_method("photomaker", context)
    method.prepare(photos, Observer())
    seen: list[torch.Tensor] = []
    hook = published.scene_pipe.unet.register_forward_pre_hook(
        lambda _, args, kwargs: seen.append(kwargs["encoder_hidden_states"]), with_kwargs=True
    )
    method.generate(PROMPT, 0, Observer())
    hook.remove()
    words, _, (place,) = encode_with_person(published.scene_pipe, PROMPT, Subject.MAN, 1)
    assert len(seen) == 2
    assert torch.allclose(seen[0][-1], words[0])
    assert torch.allclose(seen[1][-1][:place], words[0][:place])
    assert not torch.allclose(seen[1][-1][place], words[0][place])
    assert torch.equal(seen[0][0], seen[1][0])  # what guidance leads away from stays
    method.finish()
