"""The reader that ships, on the sample people, and its file."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from PIL import Image

from facea_desktop.domain.errors import UserError
from facea_desktop.engine.attribute_network import AttributeReader, ReaderConfig, attribute_reader
from facea_desktop.engine.crops import Crop
from facea_desktop.engine.detect.mtcnn import Mtcnn
from facea_desktop.resources import resource

CONFIG = ReaderConfig(side=32, widths=(4, 8), groups={"subject": ("woman", "man"), "hat": ("none", "hat")})


def crop(who: str, index: int) -> Image.Image:
    photo = Image.open(resource("people", who, f"{index}.jpg")).convert("RGB")
    return Crop.of_face(Mtcnn(20, 0.9).find(photo)[0]).cut(photo, 512)


def best(read: dict[str, dict[str, float]]) -> dict[str, str]:
    return {group: max(values, key=values.__getitem__) for group, values in read.items()}


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("adam", {"subject": "man", "hair_length": "short", "eyewear": "none", "hat": "none", "skin": "light"}),
        ("eve", {"subject": "woman", "hair_length": "long", "eyewear": "none", "hat": "none", "skin": "light"}),
    ],
)
def test_the_sample_people_are_read_as_they_look(who: str, seen: dict[str, str]) -> None:
    for index in range(3):
        read = attribute_reader().read(crop(who, index))
        assert best(read).items() >= seen.items()
        assert all(sum(values.values()) == pytest.approx(1) for values in read.values())


def test_a_reader_comes_back_from_its_file(tmp_path: Path) -> None:
    torch.manual_seed(0)
    made = AttributeReader(CONFIG).eval().to(memory_format=torch.channels_last)
    made.save(tmp_path / "reader.safetensors")
    again = AttributeReader.load(tmp_path / "reader.safetensors")
    assert again.config == CONFIG
    picture = Image.effect_noise((64, 64), 80).convert("RGB")
    for group, values in made.read(picture).items():
        assert again.read(picture)[group] == pytest.approx(values, abs=0.01)


@pytest.mark.parametrize("content", [None, b"no tensors"])
def test_a_damaged_reader_is_said_in_one_line(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "reader.safetensors"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(UserError, match="Reinstall the program"):
        AttributeReader.load(file)
