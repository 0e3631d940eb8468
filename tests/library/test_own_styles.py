"""Styles of the user's own: saved, passed on, and gone with the portrait that they show."""

from __future__ import annotations

import base64
import io
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from pydantic import ValidationError
from safetensors.numpy import save_file

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.people import Profile
from facea_desktop.domain.requests import PortraitRequest, StyleLora
from facea_desktop.library.bin import Bin
from facea_desktop.library.id_library import Library
from facea_desktop.library.own_styles import LARGEST_FILE, OwnStyles
from facea_desktop.library.portrait_files import PASTED, erase_portrait
from facea_desktop.library.portrait_png import save_portrait
from facea_desktop.workers.bin_service import find_in_bin
from facea_desktop.workers.person_deletion import delete_person
from tests.faults import bytes_below, dies_at, needs_fork, quiet_fork

ANNA = "a" * 12


@pytest.fixture
def portrait(tmp_path: Path) -> Path:
    path = tmp_path / "data" / "portraits" / f"{ANNA}-1.png"
    path.parent.mkdir(parents=True)
    save_portrait(path, Image.new("RGB", (300, 200), "red"), PortraitRequest(person=ANNA).model_dump_json())
    return path


@pytest.fixture
def store(tmp_path: Path) -> OwnStyles:
    return OwnStyles(tmp_path / "data")


def png(size: tuple[int, int] = (160, 160)) -> str:
    buffer = io.BytesIO()
    Image.new("RGB", size, "blue").save(buffer, "PNG")
    return base64.b64encode(buffer.getvalue()).decode()


def test_a_style_is_saved_found_renamed_and_deleted(store: OwnStyles, portrait: Path, tmp_path: Path) -> None:
    made = store.save(" Golden oil ", "oil painting,\ngolden light", portrait, people=(ANNA,), portrait=portrait.name)
    assert (made.title, made.words) == ("Golden oil", "oil painting, golden light")
    assert made.image is not None
    assert Image.open(io.BytesIO(made.image)).size == (160, 160)
    again = OwnStyles(tmp_path / "data")
    assert again.all() == [made]
    assert again.get("GOLDEN OIL") == made
    for taken in ("golden oil", "Sepia"):
        with pytest.raises(UserError, match="already"):
            store.save(taken, "sepia")
    assert store.rename(made.name, "Amber").title == "Amber"
    with pytest.raises(UserError, match=r"no style of your own called .Golden oil. \(Amber\)"):
        store.get("Golden oil")
    store.delete(made.name)
    assert store.all() == []


@pytest.mark.parametrize(("title", "words"), [("", "sepia"), ("x" * 31, "sepia"), ("A", " "), ("A", "x" * 201)])
def test_what_cannot_be_a_style_is_said(store: OwnStyles, title: str, words: str) -> None:
    with pytest.raises(UserError, match="A style needs"):
        store.save(title, words)
    assert store.all() == []


def test_a_file_that_is_passed_on_names_nobody_and_comes_back(store: OwnStyles, portrait: Path, tmp_path: Path) -> None:
    made = store.save("Amber", "oil painting, golden light", portrait, people=(ANNA,), portrait=portrait.name)
    file = tmp_path / "amber.facea-style"
    store.export(made.name, file)
    assert ANNA not in file.read_text()
    other = OwnStyles(tmp_path / "other")
    back = other.import_file(file)
    assert (back.title, back.words) == ("Amber", made.words)
    assert back.image is not None
    assert other.import_file(file).title == "Amber 2"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"version": 2}, "is not a style"),
        ({"kind": "person"}, "is not a style"),
        ({"command": "rm"}, "is not a style"),
        ({"words": ""}, "is not a style"),
        ({"words": "x" * 201}, "is not a style"),
        ({"title": "x" * 400}, "is not a style"),
        ({"picture": "no base64!"}, "is not a style|damaged"),
        ({"picture": base64.b64encode(b"no picture").decode()}, "damaged"),
        ({"picture": png((4000, 10))}, "too large"),
    ],
)
def test_a_strangers_file_is_checked(store: OwnStyles, tmp_path: Path, changes: dict[str, Any], said: str) -> None:
    file = tmp_path / "x.facea-style"
    content = {"kind": "facea style", "version": 1, "title": "Amber", "words": "oil painting", "picture": png()}
    file.write_text(json.dumps(content | changes))
    with pytest.raises(UserError, match=said):
        store.import_file(file)
    assert store.all() == []
    file.write_text(json.dumps(content))
    assert store.import_file(file).title == "Amber"


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff\xfe", b"{" * 100_000, b" " * (2 * LARGEST_FILE + 1)])
def test_garbage_is_no_style(store: OwnStyles, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.facea-style"
    file.write_bytes(content)
    with pytest.raises(UserError, match=r"x\.facea-style"):
        store.import_file(file)


def test_control_characters_of_a_stranger_are_not_shown(store: OwnStyles, tmp_path: Path) -> None:
    file = tmp_path / "x.facea-style"
    evil = {"kind": "facea style", "title": "A\u202emoc\nx", "words": "oil\x1b[31m painting"}
    file.write_text(json.dumps(evil))
    style = store.import_file(file)
    assert (style.title, style.words) == ("Amoc x", "oil painting")


def test_the_picture_goes_with_the_portrait_and_with_the_person(
    store: OwnStyles, portrait: Path, tmp_path: Path
) -> None:
    root = tmp_path / "data"
    Library(root).create(Profile(id=ANNA, name="Anna", subject=Subject.WOMAN, family="starter"), {})
    of_portrait = store.save("One", "oil painting", portrait, people=(ANNA,), portrait=portrait.name)
    of_person = store.save("Two", "sepia toned", portrait, people=(ANNA,), portrait="another.png")
    other = store.save("Three", "pencil sketch", portrait)
    erase_portrait(portrait)
    images = {style.title: style.image for style in store.all()}
    assert images == {"One": None, "Two": of_person.image, "Three": other.image}
    delete_person(root, ANNA)
    assert bytes_below(root / "styles", ANNA, portrait.name) == []
    assert {style.title: style.image for style in store.all()} == {"One": None, "Two": None, "Three": other.image}
    assert [style.words for style in store.all()] == ["oil painting", "pencil sketch", "sepia toned"]
    assert of_portrait.image is not None
    assert not any(ANNA.encode() in file.read_bytes() for file in (root / "styles").iterdir())


@needs_fork
@quiet_fork
def test_a_style_keeps_its_words_whenever_the_program_ends_while_its_picture_goes(
    store: OwnStyles, portrait: Path, tmp_path: Path
) -> None:
    root = tmp_path / "data"
    store.save("One", "oil painting", portrait, people=(ANNA,))
    moment, died = 0, True
    while died:
        copy = shutil.copytree(root, tmp_path / "copy")
        died = dies_at(moment, lambda copy=copy: OwnStyles(copy).forget(person=ANNA))
        assert [style.words for style in OwnStyles(copy).all()] == ["oil painting"]
        shutil.rmtree(copy)
        moment += 1


@needs_fork
@quiet_fork
def test_a_style_that_was_being_deleted_is_gone_after_the_next_start(
    store: OwnStyles, portrait: Path, tmp_path: Path
) -> None:
    style = store.save("One", "oil painting", portrait, people=(ANNA,))
    moment, died = 0, True
    while died:
        copy = shutil.copytree(tmp_path / "data", tmp_path / "copy")
        died = dies_at(moment, lambda copy=copy: OwnStyles(copy).delete(style.name))
        Library(copy).sweep()
        assert [path.name for path in (copy / "styles").iterdir()] == [
            f"{one.name}.facea-style" for one in OwnStyles(copy).all()
        ]
        shutil.rmtree(copy)
        moment += 1


def lora_file(path: Path) -> Path:
    stem = "lora_unet_down_blocks_1_attentions_0_transformer_blocks_0_attn2_to_k"
    tensors = {
        f"{stem}.lora_down.weight": np.ones((2, 2048), np.float32),
        f"{stem}.lora_up.weight": np.ones((4, 2), np.float32),
    }
    save_file(tensors, path)
    return path


def loras_below(root: Path) -> list[Path]:
    return sorted(root.rglob("*.safetensors"))


def test_a_style_with_a_lora_is_passed_on_whole_and_its_file_goes_with_the_last_style(tmp_path: Path) -> None:
    store, other = OwnStyles(tmp_path / "data"), OwnStyles(tmp_path / "other")
    file = lora_file(tmp_path / "ink-v2.safetensors")
    with pytest.raises(ValidationError):
        store.add_lora("Ink", file, strength=3)
    assert list((tmp_path / "data").rglob("*.safetensors")) == []
    made, warnings = store.add_lora("Ink", file, words=" inked ", strength=0.8)
    assert (made.words, warnings) == ("inked", ())
    assert made.lora is not None
    assert (made.lora.name, made.lora.strength) == ("ink-v2", 0.8)
    assert OwnStyles(tmp_path / "data").all() == [made]
    bare, _ = store.add_lora("No words", file)
    assert (bare.words, bare.lora) == ("", StyleLora(name="ink-v2", sha256=made.lora.sha256))
    store.export(made.name, tmp_path / "ink.facea-style")
    assert str(tmp_path).encode() not in (tmp_path / "ink.facea-style").read_bytes()
    came = other.import_file(tmp_path / "ink.facea-style")
    assert (came.title, came.words, came.lora) == (made.title, made.words, made.lora)
    assert other.loras.content(made.lora) == file.read_bytes()
    store.delete(made.name)
    assert store.loras.content(made.lora) == file.read_bytes()
    store.delete(bare.name)
    assert loras_below(tmp_path / "data") == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"garbage " * 9, "its header"),
        (b"", "cut short"),
        ({"lora_unet_x.hada_w1_a": (2, 2)}, "not part of a supported LoRA"),
        ({"lora_te1_x.lora_down.weight": (2, 2)}, "holds nothing for the UNet"),
        ({"unet.a.attn2.to_k.lora_A.weight": (2, 768)}, "made for Stable Diffusion 1"),
        ({"transformer.a.to_q.lora_A.weight": (2, 8)}, "made for another kind of model"),
    ],
)
def test_a_file_that_is_no_lora_for_sdxl_is_refused_in_one_line(
    store: OwnStyles, tmp_path: Path, content: bytes | dict[str, tuple[int, ...]], said: str
) -> None:
    file = tmp_path / "x.safetensors"
    if isinstance(content, bytes):
        file.write_bytes(content)
    else:
        save_file({key: np.ones(shape, np.float32) for key, shape in content.items()}, file)
    with pytest.raises(
        UserError, match=rf"x.safetensors was not added: .*{said}.*Choose a LoRA for the UNet"
    ) as caught:
        store.add_lora("X", file)
    assert "\n" not in str(caught.value)
    assert store.all() == []
    assert loras_below(tmp_path / "data") == []


def test_a_name_that_cannot_be_used_costs_no_copy_of_the_lora(store: OwnStyles, tmp_path: Path) -> None:
    file = lora_file(tmp_path / "ink.safetensors")
    for title, said in (("Sepia", "already"), (" ", "needs a name")):
        with pytest.raises(UserError, match=said):
            store.add_lora(title, file)
    assert loras_below(tmp_path / "data") == []


def test_a_strangers_style_with_a_lora_is_checked(store: OwnStyles, tmp_path: Path) -> None:
    made, _ = store.add_lora("Ink", lora_file(tmp_path / "ink.safetensors"))
    whole = tmp_path / "ink.facea-style"
    store.export(made.name, whole)
    with zipfile.ZipFile(whole) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    broken = {
        "its LoRA is missing": members["style.json"],
        "does not hold a style and its LoRA": {"style.json": members["style.json"]},
        "does not belong in it": members | {"../evil": b"x"},
        "was not added": members | {"lora.safetensors": members["lora.safetensors"][:-4]},
        "is not a style": members | {"style.json": b"{}"},
    }
    for said, content in broken.items():
        file = tmp_path / "broken.facea-style"
        if isinstance(content, bytes):
            file.write_bytes(content)
        else:
            with zipfile.ZipFile(file, "w") as archive:
                for name, data in content.items():
                    archive.writestr(name, data)
        with pytest.raises(UserError, match=said):
            store.import_file(file)
    file.write_bytes(whole.read_bytes()[:-30])
    with pytest.raises(UserError, match="was not imported"):
        store.import_file(file)
    assert store.all() == [made]


def test_the_picture_of_a_style_follows_its_portrait_back_from_the_bin_under_another_name(
    store: OwnStyles, portrait: Path, tmp_path: Path
) -> None:
    store.save("Red", "red light", portrait, people=(ANNA,), portrait=portrait.name)
    binned = Bin(tmp_path / "data")
    (entry,) = binned.put_portraits([portrait])
    save_portrait(portrait, Image.new("RGB", (300, 200), "blue"), PortraitRequest(person=ANNA).model_dump_json())
    (back,) = binned.restore([entry.id])
    (place,) = [tmp_path / "data" / now for now in back.places.values()]
    assert place.name != portrait.name
    erase_portrait(portrait)
    assert store.all()[0].image is not None
    erase_portrait(place)
    assert store.all()[0].image is None


def test_things_in_the_bin_are_found_by_name_whatever_the_case(
    store: OwnStyles, portrait: Path, tmp_path: Path
) -> None:
    Library(tmp_path / "data").create(Profile(id=ANNA, name="Änna", subject=Subject.WOMAN, family="starter"), {})
    entry = Bin(tmp_path / "data").put_person(ANNA)
    assert find_in_bin(tmp_path / "data", "äNNA") == [entry]
    assert find_in_bin(tmp_path / "data", ANNA.upper()) == [entry]
    assert find_in_bin(tmp_path / "data", "anna") == []


def test_a_pasted_scene_stays_while_its_portrait_is_in_the_bin_and_goes_with_it(portrait: Path, tmp_path: Path) -> None:
    pasted = portrait.parent / PASTED / "scene.png"
    pasted.parent.mkdir()
    Image.new("RGB", (8, 8)).save(pasted)
    made = portrait.with_name(f"{ANNA}-2.png")
    request = PortraitRequest(person=ANNA, picture=Path("scene.png")).model_dump_json()
    save_portrait(made, Image.new("RGB", (8, 8)), request)
    binned = Bin(tmp_path / "data")
    (entry,) = binned.put_portraits([made])
    assert pasted.exists()  # it comes back as the scene of the portrait
    binned.erase(entry)
    assert not pasted.exists()
    assert portrait.exists()
