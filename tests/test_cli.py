"""The command line as scripts rely on it: answers in JSON, exit codes, one line a mishap, a library left in order."""

from __future__ import annotations

import argparse
import contextlib
import errno
import hashlib
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import pytest
from PIL import Image, ImageFilter

import facea_desktop
from facea_desktop import cli, commands
from facea_desktop.acceleration import graphics_cards
from facea_desktop.acceleration.graphics_cards import GraphicsCard
from facea_desktop.argument_types import attribute_source
from facea_desktop.domain.errors import CancelledError
from facea_desktop.domain.events import Measured, Observer
from facea_desktop.domain.faces import Attribute, Subject
from facea_desktop.domain.outcomes import LikenessFound
from facea_desktop.domain.people import Profile
from facea_desktop.domain.requests import PortraitRequest, TuneRequest
from facea_desktop.engine import appearance_reader as reading
from facea_desktop.engine import portrait_service
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.engine.tuning_service import tune_person
from facea_desktop.library.id_library import Library
from facea_desktop.library.portrait_png import read_request, save_portrait
from facea_desktop.library.search_index import Index
from facea_desktop.models.memory_fit import MemoryFit
from facea_desktop.resources import resource
from facea_desktop.workers.job import Job
from facea_desktop.workers.job_store import JobStore

ROOT = Path(cli.__file__).parents[1]
PERSON_KEYS = {
    *("id", "name", "subject", "family", "state", "references", "steps", "likeness_curve", "taken", "warnings"),
    *("appearance", "blended"),
}


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def answer(self) -> dict[str, Any]:
        assert self.code == 0, self.err
        found: dict[str, Any] = json.loads(self.out)
        return found


def facea(root: Path, *arguments: object) -> Ran:
    """Run a command in this process."""
    out, err = io.StringIO(), io.StringIO()
    before = signal.getsignal(signal.SIGINT)
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = cli.main([*map(str, arguments), "--json", "--data-dir", str(root)])
        except SystemExit as left:
            code = int(left.code or 0)
        finally:
            signal.signal(signal.SIGINT, before)
    return Ran(code, out.getvalue(), err.getvalue())


def photo(who: str, index: int) -> Path:
    return resource("people", who, f"{index}.jpg")


def snapshot(root: Path) -> dict[str, str]:
    """Every file below ``root`` with the hash of its contents."""
    files = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with Adam, tuned for two steps, and Eve, who is enrolled only; never changed by a test."""
    root = tmp_path_factory.mktemp("data")
    adam = facea(root, "enrol", "--name", "Adam", "--subject", "man", *(photo("adam", i) for i in range(3))).answer
    assert set(adam) == {"id", "name", "references", "appearance", "warnings"}
    assert [Path(path).is_file() for path in adam["references"]] == [True] * 3
    assert adam["warnings"] == []
    eve = facea(root, "enrol", "--name", "Eve", "--subject", "woman", "--consent", "self", photo("eve", 0)).answer
    assert eve["warnings"] == ["3 photos give a better likeness than 1."]
    tuned = facea(root, "tune", adam["id"], "--steps", 2).answer
    assert set(tuned) == PERSON_KEYS
    assert (tuned["id"], tuned["state"], tuned["steps"], tuned["references"]) == (adam["id"], "ready", 2, 3)
    assert [point["step"] for point in tuned["likeness_curve"]] == [2]
    return root


@pytest.fixture
def data(library: Path, tmp_path: Path) -> Path:
    """A copy of the library for one test."""
    return Path(shutil.copytree(library, tmp_path / "data"))


def test_list_tells_who_there_is(library: Path) -> None:
    people = facea(library, "list").answer["people"]
    assert [(one["name"], one["subject"], one["state"]) for one in people] == [
        ("Adam", "man", "ready"),
        ("Eve", "woman", "not tuned"),
    ]
    assert all(set(one) == PERSON_KEYS for one in people)


@pytest.mark.parametrize(
    ("said", "files"),
    [
        (["a.facea", "b.png"], ["a.facea", "b.png"]),
        (["open", "a.facea"], ["a.facea"]),
        (["--data-dir", "{data}", "a.facea"], ["a.facea"]),
        (["./list"], ["list"]),
        ([], []),
    ],
)
def test_files_open_in_the_window_with_or_without_its_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: list[str], files: list[str]
) -> None:
    opened: list[list[Path]] = []

    def opens(args: argparse.Namespace, root: Path, observer: Observer) -> dict[str, Any]:
        opened.append(args.files)
        return {}

    monkeypatch.setattr(commands, "app", opens)
    monkeypatch.chdir(tmp_path)
    for name in ("a.facea", "b.png", "list"):
        (tmp_path / name).touch()
    assert cli.main([word.format(data=tmp_path) for word in said]) == 0
    assert opened == [[Path(file) for file in files]]


def test_a_command_is_no_file_of_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list").touch()
    assert facea(tmp_path, "list").answer == {"people": []}


def test_the_module_is_the_command() -> None:
    ran = subprocess.run([sys.executable, "-m", "facea_desktop", "--version"], capture_output=True, text=True, cwd=ROOT)
    assert ran.stdout.strip() == facea_desktop.__version__


def test_without_json_the_answer_is_lines_for_people(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["list", "--data-dir", str(library)]) == 0
    assert "name: Adam" in capsys.readouterr().out


def test_looks_are_corrected_taken_back_and_told(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = facea(data, "appearance", "Adam").answer["appearance"]
    told = facea(data, "appearance", "Adam", "--hair-colour", "red", "--age", "old", "--skin", "not-said").answer
    assert (told["name"], set(told)) == ("Adam", {"id", "name", "appearance"})
    kept = {group: value for group, value in before.items() if group not in ("hair_colour", "age", "skin")}
    assert told["appearance"] == kept | {"age": "old", "hair_colour": "red"}
    assert facea(data, "list").answer["people"][0]["appearance"] == told["appearance"]
    facea(data, "appearance", "Adam", "--age", "not-said")
    assert "age" not in Library(data).get("Adam").appearance.known
    assert cli.main(["appearance", "Adam", "--data-dir", str(data)]) == 0
    assert "hair colour red" in capsys.readouterr().out


def test_looks_are_read_from_the_stored_photos(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    crops: list[Image.Image] = []

    class Reader:
        def read(self, crop: Image.Image) -> dict[str, dict[str, float]]:
            crops.append(crop)
            return {"hair_colour": {"grey": 0.9}, "eyewear": {"glasses": 0.8}}

    monkeypatch.setattr(reading, "_own_reader", Reader)
    told = facea(data, "appearance", "Adam", "--read", "--eyewear", "none").answer["appearance"]
    assert told == {"hair_colour": "grey", "eyewear": "none"}
    assert [crop.size for crop in crops] == [(512, 512)] * 3


def test_the_looks_go_into_the_picture_unless_they_are_switched_off(data: Path, tmp_path: Path) -> None:
    looks = facea(data, "appearance", "Adam", "--eyewear", "glasses").answer["appearance"]
    (own,) = painted(data, tmp_path / "own")
    (without,) = painted(data, tmp_path / "without", "--no-appearance")
    written = [json.loads(read_request(Path(image["path"])) or "") for image in (own, without)]
    assert {group: value for group, value in written[0]["appearance"].items() if value} == looks
    assert set(written[1]["appearance"].values()) == {None}
    assert Path(own["path"]).read_bytes() != Path(without["path"]).read_bytes()


def test_split_prompt_names_the_three_parts(tmp_path: Path) -> None:
    parts = facea(tmp_path, "split-prompt", "a man with glasses, blue background, watercolor painting").answer
    assert set(parts) == {"context", "face", "style", "unknown_words", "taken_roughly"}
    assert "glasses" in parts["face"]
    assert "blue background" in parts["context"]
    assert "glasses" not in parts["context"]


def test_what_splits_prompts_is_chosen_and_a_server_that_is_gone_leaves_it_to_the_rules(tmp_path: Path) -> None:
    assert facea(tmp_path, "splitter").answer == {"splitter": "rules"}
    address = "http://127.0.0.1:9/v1"  # nothing answers there
    assert facea(tmp_path, "splitter", f"{address}/").answer == {"splitter": address}
    ran = facea(tmp_path, "split-prompt", "a man with glasses in a park")
    assert (ran.answer["context"], ran.answer["face"]) == ("a man in a park", "a man, with glasses")
    assert ran.err.startswith("warning: The rules split the prompt: no language model answers at http://127.0.0.1:9/v1")
    assert facea(tmp_path, "splitter", "rules").answer == {"splitter": "rules"}


def test_words_that_the_small_models_do_not_know_are_said_in_one_line(tmp_path: Path) -> None:
    ran = facea(tmp_path, "split-prompt", "an astronaut on horseback at the beach, smiling, on horseback")
    assert ran.answer["unknown_words"] == ["astronaut", "on horseback"]
    assert ran.answer["taken_roughly"] == {"beach": "outdoors"}
    assert ran.err == (
        "warning: the starter models do not know astronaut, on horseback and take beach as outdoors; "
        "facea-desktop words lists what they know\n"
    )
    known = facea(tmp_path, "split-prompt", "a woman smiling, oil painting")
    assert (known.answer["unknown_words"], known.err) == ([], "")


def test_models_that_read_any_words_say_nothing_of_them(tmp_path: Path) -> None:
    (tmp_path / "models.json").write_text('{"family": "sdxl-sd15"}')
    ran = facea(tmp_path, "split-prompt", "an astronaut on horseback")
    assert set(ran.answer) == {"context", "face", "style"}
    assert ran.err == ""


def test_words_lists_what_the_small_models_know(tmp_path: Path) -> None:
    listed = facea(tmp_path, "words").answer
    assert listed["families"] == ["starter"]
    assert listed["hair_texture"] == ["straight hair", "wavy hair", "curly hair"]
    assert "oil painting" in listed["style"]
    values = {one["value"]: one for one in facea(tmp_path, "words", "beard").answer["values"]}
    assert list(values) == ["none", "stubble", "moustache", "beard"]
    assert values["stubble"]["say"] == "with stubble"
    assert "five o'clock shadow" in values["stubble"]["also"]
    assert facea(tmp_path, "words", "shoes").code == 2


def test_likeness_of_a_held_out_photo_has_its_measures_beside_it(library: Path) -> None:
    near, far = (facea(library, "likeness", photo(who, 4), "Adam").answer for who in ("adam", "eve"))
    assert set(near) == {"score", "own_photos", "strangers"}
    assert near["score"] > 0.7 > near["strangers"]
    assert far["score"] < 0.45
    assert near["own_photos"] == far["own_photos"]
    assert facea(library, "likeness", photo("eve", 4), "Eve").answer["own_photos"] is None


def painted(root: Path, out: Path, *more: object) -> list[dict[str, Any]]:
    arguments = ("--prompt", "a man smiling", "--picture", photo("adam", 3), "--steps", 2, "--out", out)
    images: list[dict[str, Any]] = facea(root, "generate", "Adam", *arguments, *more).answer["images"]
    return images


def test_generate_changes_nothing_outside_the_mask(library: Path, tmp_path: Path) -> None:
    (image,) = painted(library, tmp_path, "--seed", 7, "--stages")
    assert set(image) == {"path", "seed", "size", "likeness", "context", "mask"}
    assert image["seed"] == 7
    portrait, context, mask = (np.asarray(Image.open(image[name])) for name in ("path", "context", "mask"))
    kept = mask == 0
    assert set(np.unique(mask)) == {0, 255}
    assert np.array_equal(context, np.asarray(Image.open(photo("adam", 3)).convert("RGB")))
    assert np.array_equal(portrait[kept], context[kept])
    assert not np.array_equal(portrait[~kept], context[~kept])


def test_generate_paints_somebody_who_is_not_tuned_at_first_sight_and_says_what_tuning_would_add(
    library: Path, tmp_path: Path
) -> None:
    ran = facea(library, "generate", "Eve", "--prompt", "a woman", "--picture", photo("eve", 3), "--out", tmp_path)
    (image,) = ran.answer["images"]
    assert image["at_first_sight"] == [Library(library).get("Eve").id]
    assert "Eve is not tuned yet" in ran.err
    assert "Tuning makes it more alike" in ran.err
    before, after = (np.asarray(Image.open(path).convert("RGB")) for path in (photo("eve", 3), image["path"]))
    assert not np.array_equal(before, after)
    without = facea(
        library, "generate", "Eve", "--prompt", "a woman", "--picture", photo("eve", 3), "--checkpoint", "best"
    )
    assert without.code != 0


def test_generate_says_which_words_are_not_known_and_of_a_picture_those_of_the_face_alone(
    library: Path, tmp_path: Path
) -> None:
    prompt = ("--prompt", "a man with freckles on horseback in a park, smiling", "--steps", 2, "--context-steps", 2)
    mask = tmp_path / "mask.png"
    drawn = Image.new("L", (512, 512))
    drawn.paste(255, (200, 180, 300, 300))
    drawn.save(mask)
    own = facea(library, "generate", "Adam", *prompt, "--picture", photo("adam", 3), "--mask", mask, "--out", tmp_path)
    assert (own.answer["unknown_words"], own.answer["taken_roughly"]) == (["freckles"], {})
    by_hand = ("--face-prompt", "a man", "--context-prompt", "a man in a spacesuit")
    ran = facea(library, "generate", "Adam", *prompt, *by_hand, "--out", tmp_path)
    warned = ran.err if ran.code else str(ran.answer["unknown_words"])  # a scene of two steps may show no face
    assert "spacesuit" in warned
    assert "horseback" not in warned


def test_a_seed_gives_the_same_picture_whatever_the_count(library: Path, tmp_path: Path) -> None:
    both = painted(library, tmp_path / "both", "--seed", 40, "--count", 2)
    (first,) = painted(library, tmp_path / "first", "--seed", 40)
    (second,) = painted(library, tmp_path / "second", "--seed", 41)
    assert [image["seed"] for image in both] == [40, 41]
    paths = [Path(image["path"]) for image in (*both, first, second)]
    pictures = [(Image.open(path).tobytes(), read_request(path)) for path in paths]
    assert pictures[:2] == pictures[2:]
    assert pictures[0] != pictures[1]
    assert (both[0]["context"], both[0]["mask"]) == (None, None)


def test_variations_of_one_scene_say_its_seed_and_can_be_made_again(library: Path, tmp_path: Path) -> None:
    asked = ("generate", "Adam", "--prompt", "a man", "--steps", 2, "--stages", "--out")
    ran = facea(library, *asked, tmp_path / "both", "--seed", 9, "--variations", 2, "--same-scene")
    both = ran.answer["images"]
    assert [(image["seed"], image["scene_seed"]) for image in both] == [(9, 9), (10, 9)]
    (again,) = facea(library, *asked, tmp_path / "again", "--seed", 10, "--scene-seed", 9).answer["images"]
    first, second, remade = (Image.open(image["path"]).tobytes() for image in (*both, again))
    assert first != second == remade
    assert Image.open(both[0]["context"]).tobytes() == Image.open(both[1]["context"]).tobytes()
    assert facea(library, *asked, tmp_path, "--same-scene", "--scene-seed", 9).code == 2


def test_no_identity_paints_with_the_base_model(library: Path, tmp_path: Path) -> None:
    (with_him,) = painted(library, tmp_path / "with", "--seed", 3)
    (without,) = painted(library, tmp_path / "without", "--seed", 3, "--no-identity")
    pictures = [np.asarray(Image.open(image["path"])) for image in (with_him, without)]
    assert not np.array_equal(*pictures)


def test_a_mask_of_ones_own_is_redrawn_alone(library: Path, tmp_path: Path) -> None:
    drawn = Image.new("L", (512, 512))
    drawn.paste(255, (200, 180, 300, 300))
    drawn.save(tmp_path / "mask.png")
    (image,) = painted(library, tmp_path / "out", "--mask", tmp_path / "mask.png", "--stages")
    assert Image.open(image["mask"]).tobytes() == drawn.tobytes()
    portrait, context = (np.asarray(Image.open(image[name])) for name in ("path", "context"))
    changed = (portrait != context).any(-1)
    assert changed.any()
    assert not changed[np.asarray(drawn) == 0].any()


def test_mix_makes_a_new_person_and_says_from_whom(data: Path) -> None:
    before = snapshot(data)
    mixed = facea(data, "mix", "Adam", "--take", "nose=Eve", "--steps", 2, "--name", "Adam with Eve's nose").answer
    assert set(mixed) == PERSON_KEYS
    eve = Library(data).get("Eve")
    assert mixed["taken"] == [
        {"attribute": "nose", "person": eve.id, "name": "Eve", "steps": 2, "strength": 1.0, "part": 1.0}
    ]
    assert (mixed["name"], mixed["state"]) == ("Adam with Eve's nose", "ready")
    tuning = Library(data).get(mixed["id"]).tuning
    assert tuning is not None
    assert tuning.best_step is None  # Adam's best weights are not those of the mix
    after = snapshot(data)
    assert {name: digest for name, digest in after.items() if mixed["id"] not in name} == before
    adam = Library(data).get("Adam").id
    assert after[f"people/{adam}/adapter.safetensors"] != after[f"people/{mixed['id']}/adapter.safetensors"]
    assert after[f"people/{adam}/references/0.png"] == after[f"people/{mixed['id']}/references/0.png"]
    takes = ("--take", "mouth=Eve:60", "--take", f"mouth={mixed['id']}:20")
    shared = facea(data, "mix", "Adam", *takes, "--steps", 10, "--name", "Shared").answer
    assert [(one["name"], one["steps"]) for one in shared["taken"]] == [("Eve", 6), ("Adam with Eve's nose", 2)]
    assert [one["strength"] for one in shared["taken"]] == pytest.approx([0.75, 0.2])  # each of what was there before
    assert [one["part"] for one in shared["taken"]] == pytest.approx([0.6, 0.2])


def test_a_person_goes_out_and_comes_back(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "adam.facea"
    adam = Library(data).get("Adam")
    files = Library(data).read_files(adam)
    exported = facea(data, "export", "Adam", file).answer
    assert exported == {"id": adam.id, "file": str(file)}
    deleted = facea(data, "delete", adam.id).answer
    assert (deleted["deleted"], deleted["how"].startswith("erased")) == (adam.id, True)
    assert not (data / "people" / adam.id).exists()
    assert [one["name"] for one in facea(data, "list").answer["people"]] == ["Eve"]
    back = facea(data, "import", file).answer
    assert set(back) == PERSON_KEYS
    assert (back["id"], back["state"]) == (adam.id, "ready")
    assert Library(data).read_files(Library(data).get("Adam")) == files


def test_models_list_and_use(tmp_path: Path) -> None:
    listed = facea(tmp_path, "models", "list").answer
    assert listed["family"] == "starter"
    status = {model["name"]: model for model in listed["models"]}
    assert status["starter-identity"]["installed"] is True
    assert status["starter-identity"]["active"] is True
    assert status["sdxl-base"]["installed"] is False
    assert "needs_mb" in status["sdxl-base"]
    used = facea(tmp_path, "models", "use", "starter").answer
    assert used == {"family": "starter", "role": None, "active": True, "missing": []}


@pytest.mark.parametrize(
    ("memory_mb", "fits"),
    [
        (24_564, {"sdxl-base": "yes", "z-image-turbo": "yes", "qwen-image": "no"}),
        (16_384, {"sdxl-base": "yes", "z-image-turbo": "with offload", "qwen-image": "no"}),
        (8192, {"sdxl-base": "with offload", "z-image-turbo": "no", "starter-context": "yes"}),
        (None, {"starter-context": "yes"}),
    ],
)
def test_models_list_says_what_the_card_can_hold_before_anything_is_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, memory_mb: int | None, fits: dict[str, str]
) -> None:
    cards = [GraphicsCard("nvidia", "NVIDIA RTX", "8.9", "580.1", memory_mb=memory_mb)]
    monkeypatch.delenv("FACEA_DEVICE", raising=False)
    monkeypatch.setattr(graphics_cards, "find_cards", lambda: cards)
    monkeypatch.setattr(commands, "can_quantise", lambda: False)
    listed = facea(tmp_path, "models", "list").answer
    assert listed["device"] == ("processor" if memory_mb is None else "NVIDIA RTX")
    assert {name: one["fits"] for one in listed["models"] if (name := one["name"]) in fits} == fits
    assert {one["fits"] for one in listed["models"]} <= ({"yes", "no"} if memory_mb is None else {*MemoryFit})


def test_weights_of_ones_own_are_registered_where_they_lie(tmp_path: Path) -> None:
    own = resource("starter", "identity")
    used = facea(tmp_path, "models", "use", own).answer
    assert (used["family"], used["role"], used["active"]) == ("sdxl-sd15", "identity", False)
    assert "sdxl-base" in used["missing"]
    assert "sd15-inpainting" not in used["missing"]
    listed = facea(tmp_path, "models", "list").answer
    assert listed["family"] == "starter"
    assert all(model["replaced_by"] is None for model in listed["models"])  # of the active family, which is another


# Errors the user can fix.


def meadow(size: tuple[int, int]) -> Image.Image:
    """Noise and a gradient: a landscape without a face."""
    width, height = size
    rng = np.random.default_rng(1)
    rows = np.linspace((130, 170, 230), (70, 110, 40), height)[:, None] + rng.normal(0, 15, (height, width, 3))
    return Image.fromarray(rows.clip(0, 255).astype(np.uint8))


def saved(picture: Image.Image, path: Path, **options: Any) -> Path:
    picture.save(path, **options)
    return path


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def small_face() -> Image.Image:
    scene = meadow((400, 300))
    scene.paste(Image.open(photo("adam", 0)).resize((60, 60), Image.Resampling.LANCZOS), (150, 100))
    return scene


def two_faces() -> Image.Image:
    scene = Image.new("RGB", (1024, 512))
    for x, who in ((0, "adam"), (512, "eve")):
        scene.paste(Image.open(photo(who, 0)), (x, 0))
    return scene


BAD_PHOTOS: dict[str, tuple[Callable[[Path], list[Path]], str]] = {
    "no face": (lambda tmp: [saved(meadow((640, 480)), tmp / "a.png")], "no face was found; use a photo"),
    "two faces": (lambda tmp: [saved(two_faces(), tmp / "a.png")], "2 faces were found; say which one is meant"),
    "face too small": (
        lambda tmp: [saved(small_face(), tmp / "a.png")],
        "pixels wide, at least 60 are needed; use a closer",
    ),
    "blurred": (
        lambda tmp: [saved(Image.open(photo("eve", 0)).filter(ImageFilter.GaussianBlur(9)), tmp / "a.png")],
        "the face is blurred; use a sharper photo",
    ),
    "different people": (
        lambda tmp: [photo("adam", 0), shutil.copy(photo("eve", 1), tmp / "eve.jpg"), photo("adam", 2)],
        "eve.jpg seems to show a different person",
    ),
    "the same photo twice": (lambda tmp: [photo("adam", 0), photo("adam", 0)], "nearly the same photo; remove one"),
    "the same photo saved again": (
        lambda tmp: [photo("eve", 3), saved(Image.open(photo("eve", 3)), tmp / "copy.jpg", quality=50)],
        "nearly the same photo; remove one",
    ),
    "damaged": (
        lambda tmp: [written(tmp / "a.jpg", photo("adam", 0).read_bytes()[:30_000])],
        "a.jpg is damaged or incomplete: copy it again",
    ),
    "a text file": (lambda tmp: [written(tmp / "a.jpg", b"Dear diary,\n")], "not a picture that can be read: choose"),
    "an empty file": (lambda tmp: [written(tmp / "a.jpg", b"")], "a.jpg is empty: copy it again"),
    "no such file": (lambda tmp: [tmp / "gone.jpg"], "gone.jpg does not exist: check the name"),
    "a folder": (lambda tmp: [tmp], "is a folder, not a photo: choose the photos inside it"),
}


def assert_mendable(ran: Ran, remedy: str) -> None:
    """Exit 3, and beside progress and warnings one line that says what to do."""
    lines = ran.err.splitlines()
    assert ran.code == 3, ran.err
    assert ran.out == ""
    assert lines[-1].startswith("facea-desktop: ")
    assert remedy in lines[-1]
    assert sum(line.startswith("facea-desktop: ") for line in lines) == 1
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("case", BAD_PHOTOS)
def test_a_photo_that_cannot_be_used_leaves_the_library_as_it_was(case: str, data: Path, tmp_path: Path) -> None:
    before = snapshot(data)
    make, remedy = BAD_PHOTOS[case]
    assert_mendable(facea(data, "enrol", "--name", "N", "--subject", "man", *make(tmp_path)), remedy)
    assert snapshot(data) == before


GENERATE = ("generate", "Adam", "--prompt", "a man", "--steps", "2", "--picture")

BAD_REQUESTS: dict[str, tuple[Callable[[Path], tuple[object, ...]], str]] = {
    "mask of another shape": (
        lambda tmp: (*GENERATE, photo("adam", 3), "--mask", saved(Image.new("L", (99, 66), 255), tmp / "m.png")),
        "The mask is 99x66, the picture 512x512; make them the same size, or the mask of the same shape",
    ),
    "a black mask": (
        lambda tmp: (*GENERATE, photo("adam", 3), "--mask", saved(Image.new("L", (512, 512)), tmp / "m.png")),
        "black everywhere; paint white what is to be redrawn",
    ),
    "two faces for one person": (
        lambda tmp: (*GENERATE, photo("adam", 3), "--face", 0, "--face", 1),
        "give it once, and the others with =ID",
    ),
    "words for the face of nobody": (
        lambda tmp: (*GENERATE, photo("adam", 3), "--face", "0:smiling", "--face", "1=Zoe:sad"),
        "List the people",
    ),
    "a face that is not there": (lambda tmp: (*GENERATE, photo("adam", 3), "--face", 7), "count from 0, the largest"),
    "a scene without a face": (
        lambda tmp: (*GENERATE, saved(meadow((300, 300)), tmp / "a.png")),
        "use another picture or prompt, or a mask",
    ),
    "a scene that is no picture": (lambda tmp: (*GENERATE, written(tmp / "a.png", b"no")), "choose a JPEG"),
    "an unknown person": (lambda tmp: ("generate", "Zoe", "--prompt", "a woman"), "List the people to see the names"),
    "mixing an untuned person": (
        lambda tmp: ("mix", "Eve", "--take", "nose=Adam", "--name", "N"),
        "Eve is not tuned yet; tune the person first",
    ),
    "taking from oneself": (
        lambda tmp: ("mix", "Adam", "--take", "nose=Eve", "--take", "nose=Adam:20", "--name", "N"),
        "Adam cannot take attributes from Adam",
    ),
    "taking from nobody": (lambda tmp: ("mix", "Adam", "--take", "nose=Zoe", "--name", "N"), "List the people"),
    "tuning nobody": (lambda tmp: ("tune", "Zoe"), "List the people"),
    "resuming nothing": (
        lambda tmp: ("tune", "Adam", "--resume"),
        "There is no interrupted tuning to resume; tune from the start",
    ),
    "an unknown preset": (lambda tmp: ("tune", "Adam", "--preset", "best"), "choose one of portrait, expression"),
    "too many steps": (lambda tmp: ("tune", "Adam", "--steps", 0), "choose 1 to 20000"),
    "a broken package": (
        lambda tmp: ("import", written(tmp / "a.facea", b"PK\x03\x04 torn")),
        "Ask for a new export of this person",
    ),
    "a package that is not there": (lambda tmp: ("import", tmp / "a.facea"), "Ask for a new export"),
    "a LoRA without a name": (
        lambda tmp: ("import", written(tmp / "a.safetensors", b"")),
        "give one, and choose man or woman",
    ),
    "a broken LoRA": (
        lambda tmp: ("import", written(tmp / "a.safetensors", b"x"), "--name", "N", "--subject", "man"),
        "Choose a LoRA that was made for starter",
    ),
    "an unknown model to use": (lambda tmp: ("models", "use", "nothing"), "Check its spelling"),
    "an unknown model to fetch": (lambda tmp: ("models", "fetch", "nothing"), "choose one of"),
    "a family whose models are missing": (lambda tmp: ("models", "use", "sdxl-sd15"), "run facea-desktop models fetch"),
    "likeness without a face": (
        lambda tmp: ("likeness", saved(meadow((300, 300)), tmp / "a.png"), "Adam"),
        "no face was found; choose a picture that shows one",
    ),
    "exporting nobody": (lambda tmp: ("export", "Zoe", tmp / "z.facea"), "List the people"),
    "exporting to nowhere": (lambda tmp: ("export", "Adam", tmp / "no" / "z.facea"), "Check the name and the folder"),
    "a blend with somebody who is not tuned": (
        lambda tmp: ("blend", "Adam", "Eve", "--name", "Both"),
        "tune the person first",
    ),
    "a face of a photo that is not there": (
        lambda tmp: ("add-photos", "Adam", "--face", "x.jpg=1", photo("adam", 4)),
        "say for which photo, as PHOTO=N",
    ),
    "a face that the photo does not show": (
        lambda tmp: ("add-photos", "Adam", "--face", "1", photo("adam", 4)),
        "4.jpg: there is no face 1",
    ),
    "tuning nobody further": (lambda tmp: ("tune", "Eve", "--steps", 1, "--further"), "tune the person first"),
    "the looks of nobody": (lambda tmp: ("appearance", "Zoe", "--age", "old"), "List the people"),
    "deleting nobody": (lambda tmp: ("delete", "Zoe"), "List the people"),
}


@pytest.mark.parametrize("case", BAD_REQUESTS)
def test_what_the_user_can_mend_ends_with_3_and_changes_nothing(case: str, data: Path, tmp_path: Path) -> None:
    before = snapshot(data)
    make, remedy = BAD_REQUESTS[case]
    assert_mendable(facea(data, *make(tmp_path)), remedy)
    assert snapshot(data) == before


DISK_FULL: dict[str, Callable[[Path], tuple[object, ...]]] = {
    "enrol": lambda tmp: ("enrol", "--name", "N", "--subject", "man", photo("adam", 4)),
    "tune": lambda tmp: ("tune", "Adam", "--steps", 1),
    "generate": lambda tmp: (*GENERATE, photo("adam", 3), "--out", tmp),
    "export": lambda tmp: ("export", "Adam", tmp / "adam.facea"),
    "appearance": lambda tmp: ("appearance", "Adam", "--age", "old"),
    "models use": lambda tmp: ("models", "use", "starter"),
}


@pytest.mark.parametrize("case", DISK_FULL)
def test_a_full_disk_is_said_and_nothing_half_written_stays(
    case: str, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> NoReturn:
        raise OSError(errno.ENOSPC, "No space left on device")

    out = tmp_path / "out"
    out.mkdir()
    before = snapshot(data)
    monkeypatch.setattr(os, "fsync", full)
    ran = facea(data, *DISK_FULL[case](out))
    monkeypatch.undo()
    assert_mendable(ran, "Free some space and try again")
    assert snapshot(data) == before
    assert list(out.iterdir()) == []


# Wrong use, and our own bugs.


@pytest.mark.parametrize(
    "arguments",
    [
        (*GENERATE, "a.png", "--count", "0"),
        (*GENERATE, "a.png", "--seed", "-1"),
        (*GENERATE, "a.png", "--strength", "2"),
        (*GENERATE, "a.png", "--colour", "red"),
        ("generate", "Adam"),
        ("mix", "Adam", "--take", "foo=1", "--name", "N"),
        ("mix", "Adam", "--take", "nose", "--name", "N"),
        ("mix", "Adam", "--take", "nose=Eve:0", "--name", "N"),
        ("mix", "Adam", "--take", "nose=Eve:101", "--name", "N"),
        ("enrol", "--name", " ", "--subject", "man", "a.jpg"),
        ("enrol", "--name", "N", "--subject", "cat", "a.jpg"),
        ("enrol", "--name", "N", "--subject", "man", "--face", "left", "a.jpg"),
        ("enrol", "--name", "N", "--subject", "man", "--until", "soon", "a.jpg"),
        ("tune", "Adam", "--seed", "-3"),
        ("blend", "Adam", "Eve", "--part", "130", "--name", "Both"),
        ("generate", "Adam", "--prompt", "a man", "--face", "=Eve:smiling"),
        ("appearance", "Adam", "--hair-colour", "teal"),
        ("dance",),
        (),
    ],
    ids=" ".join,
)
def test_wrong_use_ends_with_2(arguments: tuple[str, ...], data: Path) -> None:
    before = snapshot(data)
    ran = facea(data, *arguments)
    assert ran.code == 2
    assert ran.out == ""
    assert "Traceback" not in ran.err
    assert ran.err.splitlines()[-1].startswith("facea-desktop")
    assert snapshot(data) == before


def test_every_attribute_can_be_taken() -> None:
    assert [str(attribute_source(f"{attribute}=Eve").attribute) for attribute in Attribute] == [
        str(v) for v in Attribute
    ]


def test_a_bug_of_ours_is_one_line_and_a_traceback_in_the_log(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(library: Library) -> NoReturn:
        raise RuntimeError("the list fell apart")

    monkeypatch.setattr(Library, "people", broken)
    ran = facea(data, "list")
    log = data / "logs" / "facea.log"
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == f"facea-desktop: internal error; the details are in {log}\n"
    text = log.read_text()
    assert "Traceback" in text
    assert "RuntimeError: the list fell apart" in text


@pytest.fixture
def read_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with Adam that may be read alone, also by root, whom permissions do not hold."""
    data = tmp_path / "data"
    Library(data).create(Profile(id="a" * 12, name="Adam", subject=Subject.MAN, family="starter"), {})
    real_open, real_mkdir = io.open, os.mkdir

    def refuse(path: object) -> None:
        if Path(os.fsdecode(path)).is_relative_to(data):  # type: ignore[arg-type]
            raise PermissionError(errno.EACCES, "Permission denied", str(path))

    def guarded_open(file: Any, mode: str = "r", *rest: Any, **more: Any) -> Any:
        if not isinstance(file, int) and set(mode) & set("wax+"):
            refuse(file)
        return real_open(file, mode, *rest, **more)

    def guarded_mkdir(path: Any, *rest: Any, **more: Any) -> None:
        if not Path(path).exists():
            refuse(path)
        real_mkdir(path, *rest, **more)

    monkeypatch.setattr("io.open", guarded_open)
    monkeypatch.setattr("builtins.open", guarded_open)
    monkeypatch.setattr(os, "mkdir", guarded_mkdir)
    return data


def test_what_only_reads_works_in_a_folder_that_may_not_be_written(
    read_only: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from facea_desktop.engine import picture_analysis  # the measuring itself writes nothing and takes long

    monkeypatch.setattr(picture_analysis, "measure_likeness", lambda manager, request: LikenessFound(0.5, None, 0.1))
    before = snapshot(read_only)
    assert [one["name"] for one in facea(read_only, "list").answer["people"]] == ["Adam"]
    assert facea(read_only, "models", "list").answer["family"] == "starter"
    assert facea(read_only, "likeness", photo("adam", 0), "Adam").answer["score"] == 0.5
    assert facea(read_only, "export", "Adam", tmp_path / "adam.facea").code == 0
    assert_mendable(facea(read_only, "delete", "Adam"), "Check that the folder is writable")
    assert snapshot(read_only) == before


def test_a_bug_of_ours_is_one_line_also_where_no_log_can_be_written(
    read_only: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(library: Library) -> NoReturn:
        raise RuntimeError("the list fell apart")

    monkeypatch.setattr(Library, "people", broken)
    ran = facea(read_only, "list")
    assert (ran.code, ran.out) == (1, "")
    assert re.fullmatch(
        r"facea-desktop: internal error; RuntimeError in test_cli\.py, line \d+; the details cannot be written to "
        r".*facea\.log \(Permission denied\)\n",
        ran.err,
    )


# Killed at any moment.

QUICK_CHECKPOINTS = """
import sys
from facea_desktop.cli import main
from facea_desktop.models.catalogue import Family

recipe = Family.recipe
small = {"batch": 1, "rank": 4, "checkpoint_every": 2, "measure_every": 0}
Family.recipe = lambda family, preset=None, steps=None: recipe(family, preset, steps).model_copy(update=small)
sys.exit(main(sys.argv[1:]))
"""


@contextlib.contextmanager
def tuning(root: Path, *more: str) -> Iterator[subprocess.Popen[str]]:
    """``tune Adam`` in a process of its own, with a checkpoint every second step."""
    command = [sys.executable, "-c", QUICK_CHECKPOINTS, "tune", "Adam", "--steps", "6", "--data-dir", str(root), *more]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_tuning_that_was_killed_goes_on_and_ends_with_the_same_weights(library: Path, tmp_path: Path) -> None:
    straight, broken = (Path(shutil.copytree(library, tmp_path / name)) for name in ("straight", "broken"))
    adam = Library(library).get("Adam").id
    with tuning(straight) as process:
        _, err = process.communicate(timeout=500)
        assert process.returncode == 0, err
    checkpoint = broken / "people" / adam / "checkpoints" / "last.safetensors"
    before = snapshot(broken)
    with tuning(broken) as process:
        deadline = time.monotonic() + 300
        while not checkpoint.exists():
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
        assert process.returncode == -signal.SIGKILL
    after = {name: digest for name, digest in snapshot(broken).items() if "/checkpoints/" not in name}
    assert after == {name: digest for name, digest in before.items() if "/checkpoints/" not in name}

    with tuning(broken, "--resume") as process:
        _, err = process.communicate(timeout=500)
        assert process.returncode == 0, err
    assert not checkpoint.exists()
    for name in ("adapter.safetensors", "features.safetensors"):
        ends = [(root / "people" / adam / name).read_bytes() for root in (straight, broken, library)]
        assert ends[0] == ends[1]
        assert ends[0] != ends[2]


def test_a_tuning_that_was_stopped_keeps_the_best_weights_of_the_one_before(library: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(library, tmp_path / "data"))
    adam = Library(root).get("Adam").id
    best = root / "people" / adam / "checkpoints" / "best.safetensors"
    before = best.read_bytes()
    manager = ModelManager(root)
    recipe = manager.family("starter").recipe("quick").model_copy(update={"steps": 3, "measure_every": 1})
    request = TuneRequest(person=adam, recipe=recipe, seed=7)
    stopped = Observer()
    stopped.emit = lambda event: stopped.stop.set() if isinstance(event, Measured) else None
    with pytest.raises(CancelledError):
        tune_person(manager, request, stopped)
    assert best.read_bytes() == before
    tune_person(manager, request, Observer())
    assert best.read_bytes() != before
    assert {path.name for path in best.parent.iterdir()} == {"best.safetensors", "before"}


def test_a_person_whose_manifest_is_damaged_can_be_deleted_by_id(tmp_path: Path) -> None:
    profile = Library(tmp_path).create(Profile(id="a" * 12, name="Anna", subject=Subject.WOMAN, family="starter"), {})
    manifest = tmp_path / "people" / profile.id / "profile.json"
    manifest.write_text("{")
    refused = facea(tmp_path, "generate", profile.id, "--prompt", "a woman")
    assert refused.code == 3
    assert "Delete it" in refused.err
    assert facea(tmp_path, "delete", profile.id).code == 0
    assert not manifest.parent.exists()


def test_of_somebody_who_is_deleted_while_painted_no_picture_is_kept(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = Path(shutil.copytree(library, tmp_path / "data"))
    adam = Library(root).get("Adam").id
    paint = portrait_service.paint

    def painted(*args: Any) -> portrait_service.Portrait:
        made = paint(*args)
        Library(root).delete(adam, portraits=True)
        return made

    monkeypatch.setattr(portrait_service, "paint", painted)
    refused = facea(root, "generate", adam, "--prompt", "a man", "--steps", 2, "--context-steps", 2)
    assert refused.code == 3
    assert not list((root / "portraits").rglob("*.png"))


def test_damaged_files_of_a_person_are_said_with_a_remedy(library: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(library, tmp_path / "data"))
    folder = root / "people" / Library(root).get("Adam").id
    for name in ("adapter.safetensors", "references/0.png"):
        (folder / name).write_bytes(b"not what it was")
        refused = facea(root, "generate", "Adam", "--prompt", "a man")
        assert refused.code == 3
        assert refused.err.splitlines()[-1] == (
            "facea-desktop: A file of Adam is missing or damaged. Tune or enrol again."
        )


def test_deleting_leaves_no_word_of_the_person_in_queue_and_index(tmp_path: Path) -> None:
    profile = Library(tmp_path).create(
        Profile(id="a" * 12, name="Wilhelmina", subject=Subject.WOMAN, family="starter"), {}
    )
    Index(tmp_path).close()
    store = JobStore(tmp_path)
    store.save(Job(id="b" * 12, request=PortraitRequest(person=profile.id), title="Wilhelmina: at sea", place=1))
    store.close()
    assert facea(tmp_path, "delete", "Wilhelmina").code == 0
    left = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"Wilhelmina" not in left
    assert profile.id.encode() not in left


def test_delete_erases_unless_the_bin_is_asked_for_and_says_what_it_did(tmp_path: Path) -> None:
    for person, name in (("a" * 12, "Wilhelmina"), ("b" * 12, "Ottokar")):
        Library(tmp_path).create(Profile(id=person, name=name, subject=Subject.WOMAN, family="starter"), {})
    moved = facea(tmp_path, "delete", "Wilhelmina", "--bin").answer
    assert "still on this disk" in moved["how"]
    assert [one["name"] for one in facea(tmp_path, "list").answer["people"]] == ["Ottokar"]
    assert [one["name"] for one in facea(tmp_path, "bin", "list").answer["bin"]] == ["Wilhelmina"]
    assert facea(tmp_path, "generate", "Wilhelmina", "--prompt", "a woman").code == 3
    save_portrait(tmp_path / "portraits" / "x.png", Image.new("RGB", (8, 8)), f'{{"person": "{"c" * 12}"}}')
    Library(tmp_path).create(Profile(id="c" * 12, name="Cleo", subject=Subject.WOMAN, family="starter"), {})
    assert "1 of their portraits kept" in facea(tmp_path, "delete", "Cleo").answer["how"]
    refused = facea(tmp_path, "bin", "restore", "Zoe")
    assert (refused.code, "bin list" in refused.err) == (3, True)
    assert [one["name"] for one in facea(tmp_path, "bin", "restore", "Wilhelmina").answer["restored"]] == ["Wilhelmina"]
    assert len(facea(tmp_path, "list").answer["people"]) == 2

    for person in ("Wilhelmina", "Ottokar"):
        facea(tmp_path, "delete", person, "--bin")
    assert facea(tmp_path, "delete", "Ottokar", "--now").answer["how"] == "erased from the bin"
    assert facea(tmp_path, "bin", "empty").answer == {"erased": 1}
    left = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"Wilhelmina" not in left
    assert b"Ottokar" not in left


@pytest.mark.skipif(sys.platform == "win32", reason="has other rights")
def test_the_data_folder_is_its_owner_s_and_an_export_is_for_others(library: Path, tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o755)
    facea(library, "export", "Adam", shared / "adam.facea").answer  # noqa: B018 - that it went well
    assert (shared / "adam.facea").stat().st_mode & 0o777 == 0o644
    assert [path for path in (library, *library.rglob("*")) if path.stat().st_mode & 0o077] == []
    asked = facea(tmp_path / "other", "import", shared / "adam.facea")
    assert "no consent is stated for Adam" in asked.err
    said = facea(
        tmp_path / "other", "import", shared / "adam.facea", "--consent", "with permission", "--until", "2500-01-01"
    )
    assert (said.code, said.err) == (0, "")


def test_a_data_folder_that_may_not_be_written_is_said_before_anything_is_done(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> NoReturn:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr("facea_desktop.library.id_library.TemporaryFile", refuse)
    monkeypatch.setattr("facea_desktop.engine.tuning_service.tune_person", lambda *_: pytest.fail("it was begun"))
    ran = facea(library, "tune", "Adam", "--steps", 2)
    assert ran.code == cli.FIXABLE
    assert "Read-only file system" in ran.err
    assert len(ran.err.splitlines()) == 1
    assert facea(library, "list").code == cli.DONE


def command(root: Path, *arguments: object, encoding: str = "utf-8") -> Ran:
    """Run a command in a process of its own, as a shell does: arguments may be any bytes."""
    ran = subprocess.run(
        [sys.executable, "-m", "facea_desktop.cli", *map(os.fsencode, map(str, arguments)), "--data-dir", str(root)],
        capture_output=True,
        env=os.environ | {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "1"},
    )
    return Ran(ran.returncode, os.fsdecode(ran.stdout), os.fsdecode(ran.stderr))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems take only names that are Unicode")
def test_names_that_are_no_unicode_are_taken_by_every_argument(data: Path, tmp_path: Path) -> None:
    odd = Path(os.fsdecode(bytes(tmp_path) + b"/caf\xe9"))
    odd.mkdir()
    photos = [
        Path(shutil.copy(photo("adam", index), odd / os.fsdecode(b"b\xe9b\xe9%d.jpg" % index))) for index in range(2)
    ]
    picture, mask = photos[0], odd / os.fsdecode(b"mask\xff.png")
    with Image.open(picture) as opened:
        drawn = Image.new("L", opened.size)
    drawn.paste(255, (150, 150, 350, 380))
    drawn.save(mask)
    enrolled = command(data, "enrol", "--name", "Ben", "--subject", "man", *photos)
    assert enrolled.code == 0, enrolled.err
    painted = command(
        data,
        "generate",
        "Adam",
        "--prompt",
        "a man",
        "--picture",
        picture,
        "--mask",
        mask,
        "--steps",
        1,
        "--out",
        odd / "out",
    )
    assert painted.code == 0, painted.err
    (made,) = (odd / "out").glob("*.png")
    assert str(made) in painted.out
    request = PortraitRequest.model_validate_json(read_request(made) or "")
    assert (str(request.picture), str(request.mask)) == ("b?b?0.jpg", "mask?.png")
    for arguments in (
        ("likeness", made, "Adam"),
        ("export", "Adam", odd / "adam.facea"),
        ("import", odd / "adam.facea"),
    ):
        ran = command(data, *arguments)
        assert ran.code in (0, 3), ran.err
        assert "internal error" not in ran.err


@pytest.mark.parametrize("encoding", ["cp1252", "cp932", "ascii", "utf-8"])
def test_a_console_that_cannot_print_a_name_prints_the_rest(tmp_path: Path, encoding: str) -> None:
    library = Library(tmp_path)
    names = ("\u674e\u660e", "Zo\u00eb \U0001f600")
    for name in names:
        library.create(Profile(id=library.new_id(), name=name, subject=Subject.MAN, family="starter"), {})
    ran = command(tmp_path, "list", encoding=encoding)
    assert ran.code == 0, ran.err
    assert ran.out.count("subject: man") == 2
    assert (names[0] in ran.out) == (encoding == "utf-8")


def test_a_person_is_found_however_the_accents_of_the_name_are_typed(tmp_path: Path) -> None:
    library = Library(tmp_path)
    made = library.create(Profile(id=library.new_id(), name="Zoe\u0308", subject=Subject.WOMAN, family="starter"), {})
    assert library.get("zo\u00eb").id == library.get("Zoe\u0308").id == made.id
