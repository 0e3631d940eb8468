"""Scenes that are painted for a person: their face, and still the words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors import SafetensorError

from facea_desktop.domain.faces import Subject
from facea_desktop.domain.people import Appearance, Profile
from facea_desktop.engine.attribute_network import attribute_reader
from facea_desktop.engine.crops import Crop
from facea_desktop.engine.detect.mtcnn import Mtcnn
from facea_desktop.engine.face_generator import WIDTH, FaceGenerator
from facea_desktop.engine.likeness import facenet
from facea_desktop.engine.lookalike import EMBEDDED, Lookalike, LookalikeConfig, ScenePerson, scene_person
from facea_desktop.engine.scene_painter import GeneratorPainter, SceneRequest, load_generator_painter
from facea_desktop.engine.scene_prior import AGE, CHILD, ScenePrior
from facea_desktop.models.catalogue import load_catalogue
from facea_desktop.resources import resource

CONTEXT = resource("starter", "context")
ALIKE, MORE = 0.55, 0.1
"""What FaceNet says at least of scenes that were painted for somebody, and how much more than of a stranger's."""


@pytest.fixture(scope="module")
def painter() -> GeneratorPainter:
    return load_generator_painter(CONTEXT, load_catalogue().default_family, "cpu")


@pytest.fixture(scope="module")
def detector() -> Mtcnn:
    return Mtcnn(20, 0.9)


def embedding(picture: Image.Image, detector: Mtcnn) -> np.ndarray:
    return facenet().embed(picture, detector.find(picture)[0].box)


@pytest.fixture(scope="module")
def adam(detector: Mtcnn) -> ScenePerson:
    photos = [Image.open(file).convert("RGB") for file in sorted(resource("people", "adam").glob("*.jpg"))]
    profile = Profile(
        id="a" * 12,
        name="Adam",
        subject=Subject.MAN,
        family="starter",
        appearance=Appearance(age="young", hair_length="short", hair_colour="brown", skin="light", eyewear="none"),
    )
    person = scene_person(profile, [embedding(photo, detector) for photo in photos])
    assert person is not None
    return person


def painted(painter: GeneratorPainter, words: str, person: ScenePerson | None, seed: int = 3) -> Image.Image:
    return painter.paint(SceneRequest(words, words, "", seed, person=person), lambda *_: None).photo


@pytest.mark.parametrize("words", ["a man with short brown hair", "a man, smiling, outdoors"])
def test_a_scene_has_the_face_of_the_person_that_it_is_painted_for(
    painter: GeneratorPainter, detector: Mtcnn, adam: ScenePerson, words: str
) -> None:
    his = np.array(adam.embedding)
    stranger, own = (
        np.mean([embedding(painted(painter, words, who, seed), detector) @ his for seed in (3, 4)])
        for who in (None, adam)  # a stranger alone may be like him by chance
    )
    assert own > max(ALIKE, stranger + MORE)


def test_seeds_give_the_person_other_scenes_and_the_same_request_the_same(
    painter: GeneratorPainter, adam: ScenePerson
) -> None:
    first = painted(painter, "a man", adam)
    assert first.tobytes() == painted(painter, "a man", adam).tobytes()
    other = np.asarray(painted(painter, "a man", adam, seed=4), np.float32)
    assert np.abs(np.asarray(first, np.float32) - other).mean() > 10


@pytest.mark.parametrize(
    ("words", "group", "value"),
    [
        ("a man wearing glasses", "eyewear", "glasses"),
        ("a man, neutral expression", "expression", "neutral"),
        ("a man smiling", "expression", "smiling"),
    ],
)
def test_words_are_obeyed_in_a_persons_scene(
    painter: GeneratorPainter, detector: Mtcnn, adam: ScenePerson, words: str, group: str, value: str
) -> None:
    scene = painted(painter, words, adam)
    crop = Crop.of_face(detector.find(scene)[0]).cut(scene, 256)
    assert attribute_reader().read(crop)[group][value] > 0.5


def test_nobody_becomes_a_child_on_the_way_to_words(adam: ScenePerson) -> None:
    prior = ScenePrior.load(CONTEXT / "prior.safetensors")
    lookalike = Lookalike.load(CONTEXT / "lookalike.safetensors")
    generator = FaceGenerator.load(CONTEXT / "generator.safetensors")
    drawn = generator.draw(16, 0.75, torch.Generator().manual_seed(0))
    for words in ({"age": "young"}, {"expression": "open mouth", "hair_colour": "blond"}):
        w = lookalike.led(drawn, adam, words, prior)
        assert w.shape == (1, WIDTH)
        assert prior.read(w)[AGE][0, prior.config.reads[AGE].index(CHILD)] < 0.05


def test_what_the_person_looks_like_anyway_is_not_demanded_and_words_that_are_unknown_change_nothing(
    adam: ScenePerson,
) -> None:
    prior = ScenePrior.load(CONTEXT / "prior.safetensors")
    lookalike = Lookalike.load(CONTEXT / "lookalike.safetensors")
    drawn = FaceGenerator.load(CONTEXT / "generator.safetensors").draw(4, 0.75, torch.Generator().manual_seed(1))
    plain = lookalike.led(drawn, adam, {}, prior)
    assert torch.equal(plain, lookalike.led(drawn, adam, {"skin": "light"}, prior))
    assert torch.equal(plain, lookalike.led(drawn, adam, {"weather": "rain"}, prior))
    assert not torch.allclose(plain, lookalike.led(drawn, adam, {"skin": "dark"}, prior))


def test_somebody_without_photos_has_no_scenes_of_their_own() -> None:
    profile = Profile(id="b" * 12, name="Bo", subject=Subject.WOMAN, family="starter")
    assert scene_person(profile, []) is None


def test_a_table_comes_back_from_its_file_and_a_damaged_one_is_refused(tmp_path: Path) -> None:
    lookalike = Lookalike(LookalikeConfig(groups={"subject": ("woman", "man")}))
    lookalike.table.copy_(torch.randn(lookalike.table.shape, generator=torch.Generator().manual_seed(0)))
    file = tmp_path / "table.safetensors"
    lookalike.save(file)
    again = Lookalike.load(file)
    assert again.config == lookalike.config
    assert torch.allclose(again.table, lookalike.table, atol=0.05)
    told = again.of_person(torch.zeros(EMBEDDED), {"subject": "man"})
    assert not torch.allclose(told, again.of_person(torch.zeros(EMBEDDED), {"subject": "woman"}))
    file.write_bytes(b"nothing of the kind")
    with pytest.raises((ValueError, SafetensorError)):
        Lookalike.load(file)
