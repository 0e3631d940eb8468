"""What paints scenes: SDXL's real layout with tiny weights, and the generator that ships."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from PIL import Image, ImageDraw
from transformers import CLIPTokenizer

from facea_desktop.domain.errors import CancelledError, UserError
from facea_desktop.domain.faces import FacePart
from facea_desktop.domain.styles import style_in, styles
from facea_desktop.engine import scene_painter
from facea_desktop.engine.backdrop import matte, recoloured
from facea_desktop.engine.colour_match import to_lab
from facea_desktop.engine.face_generator import FaceGenerator
from facea_desktop.engine.face_parser import FaceParser, face_parser
from facea_desktop.engine.hair_colour import HAIR_COLOUR
from facea_desktop.engine.lookalike import ScenePerson
from facea_desktop.engine.scene_painter import (
    GeneratorPainter,
    PipelinePainter,
    Scene,
    SceneRequest,
    load_generator_painter,
)
from facea_desktop.engine.step_preview import decoded
from facea_desktop.engine.style_filters import stylised
from facea_desktop.models.catalogue import Family, load_catalogue
from facea_desktop.resources import resource
from tests.comparison.conftest import tiny_context


@pytest.fixture(scope="module")
def painter() -> GeneratorPainter:
    return load_generator_painter(resource("starter", "context"), load_catalogue().default_family, "cpu")


def request(context: str, face: str = "", seed: int = 5, **changed: object) -> SceneRequest:
    return SceneRequest(**({"context": context, "face": face, "unwanted": "", "seed": seed} | changed))  # type: ignore[arg-type]


def pixels(picture: Image.Image) -> np.ndarray:
    return np.asarray(picture, np.float32)


def test_a_pipeline_paints_at_the_familys_size_and_its_steps_can_be_seen(letter_tokenizer: CLIPTokenizer) -> None:
    family = (
        load_catalogue()
        .family("sdxl-sd15")
        .model_copy(update={"context_side": 64, "context_steps": 3, "scheduler": "ddim"})
    )
    seen: list[tuple[int, tuple[int, int]]] = []
    painter = PipelinePainter(tiny_context(letter_tokenizer), family, moving=False)
    scene = painter.paint(request("an oil painting of a man"), lambda step, look: seen.append((step, look().size)))
    assert scene.style is None
    assert scene.picture is scene.photo
    assert scene.picture.size == (64, 64)
    assert seen == [(step, (64, 64)) for step in (1, 2, 3)]
    again = painter.paint(request("an oil painting of a man"), lambda *_: None)
    assert again.picture.tobytes() == scene.picture.tobytes()


def test_a_pipeline_paints_other_shapes_in_its_own_steps_and_they_are_trimmed(
    letter_tokenizer: CLIPTokenizer,
) -> None:
    small = {"context_side": 64, "size_step": 8, "context_steps": 1, "scheduler": "ddim"}
    family = load_catalogue().family("sdxl-sd15").model_copy(update=small)
    pipe = tiny_context(letter_tokenizer)
    latents: list[tuple[int, ...]] = []
    pipe.unet.register_forward_pre_hook(lambda _, args: latents.append(tuple(args[0].shape[2:])))
    scene = PipelinePainter(pipe, family, moving=False).paint(request("a man", shape="2:3"), lambda *_: None)
    assert family.painted_size("2:3") == (48, 80)
    assert latents == [(10, 6)]
    assert scene.picture.size == (48, 72)


@pytest.mark.parametrize("shape", ["4:5", "3:4", "2:3"])
@pytest.mark.parametrize("text", ["a woman with long hair", "a bald man with glasses"])
def test_other_shapes_of_a_drawn_scene_are_cut_around_the_face(
    painter: GeneratorPainter, text: str, shape: str
) -> None:
    square = painter.paint(request(text, steps=4), lambda *_: None).picture
    scene = painter.paint(request(text, steps=4, shape=shape), lambda *_: None).picture
    width, height = map(int, shape.split(":"))
    assert scene.width * height == scene.height * width
    (left, top), *others = [
        (x, y)
        for x in range(square.width - scene.width + 1)
        for y in range(square.height - scene.height + 1)
        if square.crop((x, y, x + scene.width, y + scene.height)).tobytes() == scene.tobytes()
    ]
    assert others == []
    face = np.argwhere(face_parser().parse(square).mask(FacePart.LEFT_EYE, FacePart.RIGHT_EYE, FacePart.LIPS)) * 2
    assert (face >= (top + 10, left + 10)).all()
    assert (face <= (top + scene.height - 10, left + scene.width - 10)).all()


def test_models_that_move_are_not_asked_for_a_look(letter_tokenizer: CLIPTokenizer) -> None:
    family = (
        load_catalogue()
        .family("sdxl-sd15")
        .model_copy(update={"context_side": 64, "context_steps": 2, "scheduler": "ddim"})
    )
    looks: list[object] = []
    painter = PipelinePainter(tiny_context(letter_tokenizer), family, moving=True)
    painter.paint(request("a man"), lambda _, look: looks.append(look))
    assert looks == [None, None]


def test_without_unwanted_words_a_pipeline_is_led_away_from_nothing(letter_tokenizer: CLIPTokenizer) -> None:
    family = (
        load_catalogue()
        .family("sdxl-sd15")
        .model_copy(update={"context_side": 64, "context_steps": 2, "scheduler": "ddim"})
    )
    pipe = tiny_context(letter_tokenizer)
    led: list[float] = []
    pipe.unet.register_forward_pre_hook(
        lambda _, args, kwargs: led.append(float(kwargs["encoder_hidden_states"][0].abs().max())), with_kwargs=True
    )
    painter = PipelinePainter(pipe, family, moving=False)
    painter.paint(request("a man"), lambda *_: None)
    assert led == [0.0, 0.0]  # the zeros that SDXL was trained with, not the embeddings of an empty sentence
    painter.paint(request("a man", unwanted="a hat"), lambda *_: None)
    assert min(led[2:]) > 0


def test_models_that_move_are_parked_again_where_a_run_is_stopped(
    letter_tokenizer: CLIPTokenizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipe = tiny_context(letter_tokenizer)
    parked: list[bool] = []
    monkeypatch.setattr(pipe, "maybe_free_model_hooks", lambda: parked.append(True))

    def stop(*_: object) -> None:
        raise CancelledError

    family = load_catalogue().family("sdxl-sd15").model_copy(update={"context_side": 64, "scheduler": "ddim"})
    with pytest.raises(CancelledError):
        PipelinePainter(pipe, family, moving=True).paint(request("a man", steps=2), stop)
    assert parked == [True]


def test_a_look_at_what_overflows_in_half_precision_shows_the_picture(letter_tokenizer: CLIPTokenizer) -> None:
    pipe = tiny_context(letter_tokenizer)
    with torch.no_grad():
        pipe.vae.decoder.conv_in.weight.mul_(3e5)
    latents = torch.randn(1, 4, 8, 8, generator=torch.Generator().manual_seed(0))
    right = pixels(decoded(pipe, latents, (64, 64)))
    pipe.vae.to(torch.float16)
    seen = pixels(decoded(pipe, latents.half(), (64, 64)))
    assert right.std() > 1
    assert np.abs(seen - right).mean() < 2
    assert pipe.vae.dtype == torch.float16


def test_the_generator_paints_the_same_photograph_for_the_same_words_and_seed(painter: GeneratorPainter) -> None:
    told: list[int] = []
    scene = painter.paint(request("a woman, blue background", steps=6), lambda step, _: told.append(step))
    assert told == [1, 2, 3, 4, 5, 6]
    assert scene.picture.size == (512, 512)
    assert scene.picture.mode == "RGB"
    same = painter.paint(request("a woman, blue background", steps=6), lambda *_: None)
    assert same.picture.tobytes() == scene.picture.tobytes()
    other = painter.paint(request("a woman, blue background", steps=6, seed=6), lambda *_: None)
    assert np.abs(pixels(other.picture) - pixels(scene.picture)).mean() > 10


def test_words_of_the_face_are_heard_too_and_those_of_the_scene_count_first(painter: GeneratorPainter) -> None:
    plain = painter.paint(request("a man", "a man", steps=6), lambda *_: None)
    glasses = painter.paint(request("a man", "a man, wearing glasses", steps=6), lambda *_: None)
    assert plain.picture.tobytes() != glasses.picture.tobytes()
    conflict = painter.paint(request("a man without glasses", "a man, wearing glasses", steps=6), lambda *_: None)
    without = painter.paint(request("a man without glasses", "a man", steps=6), lambda *_: None)
    assert conflict.picture.tobytes() == without.picture.tobytes()


def test_a_style_is_a_filter_over_the_same_photograph(painter: GeneratorPainter) -> None:
    photo = painter.paint(request("a woman", steps=6), lambda *_: None)
    sketch = painter.paint(request("a pencil sketch of a woman", steps=6), lambda *_: None)
    assert photo.style is None
    assert sketch.style == style_in("pencil sketch")
    assert sketch.style is not None
    assert sketch.photo.tobytes() == photo.picture.tobytes()
    assert sketch.picture.tobytes() == stylised(photo.picture, sketch.style).tobytes()


def test_redrawn_faces_take_the_scenes_style_and_nothing_outside_changes() -> None:
    photo = Image.open(resource("people", "eve", "3.jpg")).convert("RGB").resize((256, 256))
    style = styles()[0]
    scene = Scene(stylised(photo, style), photo, style)
    region = Image.new("L", photo.size)
    ImageDraw.Draw(region).ellipse((80, 60, 180, 190), fill=255)
    redrawn = Image.composite(photo.transpose(Image.Transpose.FLIP_LEFT_RIGHT), photo, region)
    made = scene.with_faces(redrawn, region)
    outside = np.asarray(region) == 0
    assert np.array_equal(np.asarray(made)[outside], np.asarray(scene.picture)[outside])
    middle = (slice(100, 150), slice(110, 150))
    styled = np.abs(pixels(made)[middle] - pixels(stylised(redrawn, style))[middle]).mean()
    assert styled < 2
    assert Scene(photo, photo).with_faces(redrawn, region) is redrawn


def test_a_photograph_of_any_size_is_shown_in_the_scenes_style() -> None:
    photo = Image.open(resource("people", "eve", "3.jpg")).convert("RGB").resize((128, 128))
    style = styles()[0]
    assert Scene(stylised(photo, style), photo, style).styled(photo).tobytes() == stylised(photo, style).tobytes()
    assert Scene(photo, photo).styled(photo) is photo


def test_memory_that_runs_out_while_models_load_is_no_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise torch.OutOfMemoryError

    monkeypatch.setattr(FaceGenerator, "load", full)
    with pytest.raises(torch.OutOfMemoryError):
        load_generator_painter(resource("starter", "context"), load_catalogue().default_family, "cpu")


SCENE_MODELS = ("generator.safetensors", "prior.safetensors", "lookalike.safetensors")


@pytest.mark.parametrize("name", SCENE_MODELS)
def test_damaged_scene_models_are_said_in_one_line(tmp_path: Path, name: str) -> None:
    family: Family = load_catalogue().default_family
    for file in SCENE_MODELS:
        (tmp_path / file).symlink_to(resource("starter", "context", file))
    (tmp_path / name).unlink()
    (tmp_path / name).write_bytes(b"\x08" + b"\0" * 20)
    with pytest.raises(UserError, match=r"damaged .*Reinstall the program"):
        load_generator_painter(tmp_path, family, "cpu")


@pytest.mark.parametrize(("words", "hue"), [("a red background", 0.99), ("a yellow background", 0.14)])
def test_a_background_that_the_generator_lacks_is_coloured_and_the_person_is_not(
    painter: GeneratorPainter, words: str, hue: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = request(f"a woman, {words}")
    there = painter.paint(wanted, lambda *_: None).picture
    monkeypatch.setattr(scene_painter, "recoloured", lambda photo, *_: photo)
    drawn = painter.paint(wanted, lambda *_: None).picture
    behind = matte(drawn, face_parser())
    hues, strengths = (np.asarray(there.convert("HSV"))[behind > 0.99][:, channel] / 255 for channel in (0, 1))
    away = np.abs(np.median(hues) - hue)
    assert min(away, 1 - away) < 0.06
    assert np.median(strengths) > 0.4
    assert np.array_equal(pixels(there)[behind == 0], pixels(drawn)[behind == 0])


@pytest.mark.parametrize(("known", "differs"), [("brown", True), ("red", False)])
def test_somebody_with_other_hair_than_asked_for_is_painted_and_gets_it(
    painter: GeneratorPainter, monkeypatch: pytest.MonkeyPatch, known: str, differs: bool
) -> None:
    person = ScenePerson(tuple(np.full(512, 512**-0.5).tolist()), ((HAIR_COLOUR, known),))
    given: list[str] = []

    def with_hair(photo: Image.Image, colour: str, _: object) -> Image.Image:
        given.append(colour)
        return photo

    monkeypatch.setattr(scene_painter, "with_hair", with_hair)
    plain, red = (
        painter.paint(replace(request(f"a woman, {words}"), person=person), lambda *_: None).photo
        for words in (f"{known} hair", "red hair")
    )
    assert given == (["red"] if differs else [])
    assert np.array_equal(pixels(plain), pixels(red))  # but for the hair


def test_a_stranger_whose_hair_came_out_otherwise_gets_what_is_asked_for(
    painter: GeneratorPainter, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[str] = []
    monkeypatch.setattr(scene_painter, "with_hair", lambda photo, colour, _: given.append(colour) or photo)
    for words in ("grey hair", "smiling"):
        painter.paint(request(f"a woman, {words}"), lambda *_: None)
    assert given == ["grey"]


def test_a_picture_without_a_background_keeps_its_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    photo = Image.open(resource("people", "eve", "0.jpg")).convert("RGB")
    monkeypatch.setattr(FaceParser, "probability", lambda *_: np.zeros((256, 256), np.float32))
    assert recoloured(photo, "#9c2a2a", face_parser()) is photo


@pytest.mark.parametrize("name", ["adam", "eve"])
def test_no_pale_rim_of_the_old_background_stays_about_a_person(name: str) -> None:
    photo = Image.open(resource("people", name, "0.jpg")).convert("RGB").resize((512, 512))
    parsed = Image.fromarray(face_parser().parse(photo).mask(FacePart.BACKGROUND)).resize(photo.size)
    wall = cv2.dilate(np.asarray(parsed).astype(np.uint8), np.ones((9, 9), np.uint8)) > 0  # beyond what is seen as it
    levels = np.asarray(photo).copy()
    levels[wall] = 225
    lab = to_lab(np.asarray(recoloured(Image.fromarray(levels), "#3f6ca3", face_parser()), np.float32))
    away = np.linalg.norm(lab - np.median(lab[wall], 0), axis=-1)[wall]
    assert (away > 10).mean() < 0.03
