"""Whole evaluations with tiny models: what they make, and that a stop at any point changes nothing of the result."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from facea_desktop.comparison import facea_methods, runner
from facea_desktop.comparison.runner import evaluate
from facea_desktop.domain.errors import CancelledError, UserError
from facea_desktop.domain.events import Event, Observer, Progress, Started, Warned
from facea_desktop.engine.identity_model import IdentityModel
from facea_desktop.library.id_library import Library
from tests.comparison.conftest import NewRequest, TinyModels

ROOT = Path(__file__).parents[2]
METHODS = ("untuned", "full", "dreambooth-lora")

pytestmark = pytest.mark.usefixtures("cheap_likeness")


def rows_of(out: Path) -> list[dict[str, str]]:
    with (out / "results.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def pixels(out: Path, row: dict[str, str]) -> bytes:
    return Image.open(out / row["path"]).convert("RGB").tobytes()


def test_every_person_method_prompt_and_seed_has_a_row_with_its_picture(
    manager: TinyModels, new_request: NewRequest, tmp_path: Path
) -> None:
    request = new_request(methods=("untuned", "neither"), seeds=(0, 5), people=2)
    done = evaluate(manager, request, Observer())
    rows = rows_of(request.out)
    assert (done.rows, done.pictures, len(rows)) == (16, 16, 16)
    assert [row["person"] for row in rows] == ["adam"] * 8 + ["eve"] * 8
    assert list(dict.fromkeys(row["method"] for row in rows)) == ["untuned", "neither"]
    assert {row["prompt"] for row in rows if row["person"] == "eve"} == {
        "a woman smiling, front face",
        "a woman in a park, front face",
    }
    assert all((request.out / row["path"]).is_file() for row in rows)
    assert {row["clip_t"] for row in rows} == {"not installed"}
    assert all(-1 < float(row["face_sim"]) < 1 and row["faces"] == "1" for row in rows)
    summary = json.loads(done.summary.read_text())
    assert summary["notes"] == ["prompts.txt: 1 empty line was skipped."]
    assert summary["methods"]["neither"]["pictures"]["made"] == 8
    assert "adam" in done.report.read_text()


def test_the_users_own_library_is_left_alone(manager: TinyModels, new_request: NewRequest) -> None:
    evaluate(manager, new_request(methods=("full",)), Observer())
    assert Library(manager.root).people() == []
    assert manager.library.people() == []


def test_all_methods_redraw_the_same_scene(manager: TinyModels, new_request: NewRequest) -> None:
    """Outside the mask their pictures are the context picture's, bit for bit."""
    request = new_request(methods=(*METHODS, "no-embeddings"))
    evaluate(manager, request, Observer())
    corners: dict[tuple[str, str], set[Any]] = {}
    insides: dict[tuple[str, str], set[bytes]] = {}
    for row in rows_of(request.out):
        picture = Image.open(request.out / row["path"]).convert("RGB")
        key = row["prompt"], row["seed"]
        corners.setdefault(key, set()).add(picture.crop((0, 0, 8, 64)).tobytes())
        insides.setdefault(key, set()).add(picture.tobytes())
    assert [len(found) for found in corners.values()] == [1, 1]
    assert [len(found) for found in insides.values()] == [4, 4]


def test_a_method_learns_a_person_once_and_person_after_person(
    manager: TinyModels, new_request: NewRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    new: list[str] = []
    tuned: list[str] = []
    learn = facea_methods.tune_person

    def counted(manager: Any, request: Any, observer: Any) -> Any:
        tuned.append(manager.library.get(request.person).name)
        return learn(manager, request, observer)

    init_adapter = IdentityModel.init_adapter

    def load_adapter(self: IdentityModel, *args: Any, **more: Any) -> None:
        new.append("new")
        init_adapter(self, *args, **more)

    monkeypatch.setattr(facea_methods, "tune_person", counted)
    monkeypatch.setattr(IdentityModel, "init_adapter", load_adapter)
    evaluate(manager, new_request(methods=("neither", "full"), seeds=(0, 1), people=2), Observer())
    assert tuned == ["adam (neither)", "adam (full)", "eve (neither)", "eve (full)"]
    assert len(new) == 4


def test_no_method_is_told_of_a_held_out_photo(
    manager: TinyModels, new_request: NewRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is enrolled, or read by a method, is one of the first photos."""
    seen: list[str] = []
    enrolled = facea_methods.enrolled

    def watched(manager: Any, photos: Any, observer: Any) -> Any:
        seen.extend(path.name for path in photos.files)
        return enrolled(manager, photos, observer)

    monkeypatch.setattr(facea_methods, "enrolled", watched)
    request = new_request(methods=("full",))
    evaluate(manager, request, Observer())
    assert set(seen) == {"0.jpg", "1.jpg", "2.jpg"}
    base, tuned = (
        sorted((request.out / "work" / "people" / profile.id / "references").iterdir())
        for profile in Library(request.out / "work").people()
    )
    assert len(base) == len(tuned) == 3


class StopAt:
    """Raises at the n-th progress report, as a program that dies there."""

    def __init__(self, count: int) -> None:
        self.left = count

    def __call__(self, event: Event) -> None:
        if isinstance(event, Progress):
            self.left -= 1
            if self.left == 0:
                raise KeyboardInterrupt


def progress_reports(manager: TinyModels, request: Any) -> int:
    events: list[Event] = []
    evaluate(manager, request, Observer(emit=events.append))
    return sum(isinstance(event, Progress) for event in events)


@pytest.mark.parametrize("methods", [METHODS, ("textual-inversion", "custom-diffusion")])
def test_a_run_that_dies_anywhere_and_goes_on_ends_with_the_same_table(
    manager: TinyModels, new_request: NewRequest, tmp_path: Path, methods: tuple[str, ...]
) -> None:
    whole = new_request(methods=methods, out=tmp_path / "whole")
    count = progress_reports(manager, whole)
    assert count > 20
    broken = new_request(methods=methods, out=tmp_path / "broken")
    died = 0
    for _ in range(count):
        try:
            evaluate(manager, broken, Observer(emit=StopAt(8)))
            break
        except KeyboardInterrupt:
            died += 1
    assert died >= 3
    assert (broken.out / "results.csv").read_bytes() == (whole.out / "results.csv").read_bytes()
    same = [pixels(whole.out, row) == pixels(broken.out, row) for row in rows_of(whole.out)]
    assert all(same)


KILLED = """
import os, signal, sys
from pathlib import Path
from facea_desktop.domain.events import Observer, Progress
from facea_desktop.domain.requests import ComparisonRequest
from facea_desktop.comparison.runner import evaluate
from facea_desktop.engine.likeness import FaceNet
from tests.comparison.conftest import TinyModels, embed_cheaply, letters
FaceNet.embed = embed_cheaply

left = int(sys.argv[3])
def emit(event):
    global left
    left -= isinstance(event, Progress)
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
request = ComparisonRequest.model_validate_json(sys.argv[2])
evaluate(TinyModels(Path(sys.argv[1]), letters()), request, Observer(emit=emit))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_killed_process_resumes_to_the_same_csv(manager: TinyModels, new_request: NewRequest, tmp_path: Path) -> None:
    whole = new_request(methods=("full",), out=tmp_path / "whole")
    count = progress_reports(manager, whole)
    killed = new_request(methods=("full",), out=tmp_path / "killed")
    command = [sys.executable, "-c", KILLED, str(tmp_path / "other"), killed.model_dump_json(), str(count // 2)]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    ended = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, check=False, timeout=300)
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
    assert not (killed.out / "summary.json").exists()
    evaluate(manager, killed, Observer())
    assert (killed.out / "results.csv").read_bytes() == (whole.out / "results.csv").read_bytes()


def test_cancelling_leaves_at_the_next_step_and_the_pictures_stay(manager: TinyModels, new_request: NewRequest) -> None:
    observer = Observer()

    def stop_later(event: Event) -> None:
        if isinstance(event, Progress) and list(request.out.rglob("pictures/**/*.png")):
            observer.stop.set()

    request = new_request(methods=METHODS)
    observer.emit = stop_later
    with pytest.raises(CancelledError):
        evaluate(manager, request, observer)
    assert len(list(request.out.rglob("pictures/**/*.png"))) == 1
    assert not (request.out / "report.html").exists()


def test_progress_never_goes_back_and_ends_at_the_total(manager: TinyModels, new_request: NewRequest) -> None:
    events: list[Event] = []
    evaluate(manager, new_request(methods=METHODS), Observer(emit=events.append))
    steps = [event.step for event in events if isinstance(event, Progress)]
    started = [event for event in events if isinstance(event, Started)]
    assert [event.what for event in started] == ["evaluating"]
    assert steps == sorted(steps)
    assert steps[-1] == started[0].total


def test_a_finished_evaluation_is_not_made_again(
    manager: TinyModels, new_request: NewRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = new_request(methods=("untuned", "full"))
    evaluate(manager, request, Observer())
    before = (request.out / "results.csv").read_bytes()
    monkeypatch.setattr(facea_methods, "paint", None)
    monkeypatch.setattr(runner, "read_photo", None)  # nothing is measured again either
    evaluate(manager, request, Observer())
    assert (request.out / "results.csv").read_bytes() == before


def test_methods_seeds_and_people_can_be_added_later(manager: TinyModels, new_request: NewRequest) -> None:
    evaluate(manager, new_request(), Observer())
    request = new_request(methods=("untuned", "full"), seeds=(0, 1), people=2)
    first = {row["path"]: row for row in rows_of(request.out)}
    evaluate(manager, request, Observer())
    rows = {row["path"]: row for row in rows_of(request.out)}
    assert len(rows) == 16
    assert all(rows[path] == row for path, row in first.items())


@pytest.mark.parametrize(
    ("changed", "named"), [({"steps": 3}, "recipe"), ({"references": 2}, "references, photos of adam")]
)
def test_other_settings_into_the_same_folder_are_refused(
    manager: TinyModels, new_request: NewRequest, changed: dict[str, int], named: str
) -> None:
    evaluate(manager, new_request(), Observer())
    with pytest.raises(UserError, match=f"other settings .{named}.; start a new one"):
        evaluate(manager, new_request(**changed), Observer())


def test_photos_that_were_exchanged_are_noticed(manager: TinyModels, new_request: NewRequest, people: Path) -> None:
    evaluate(manager, new_request(), Observer())
    shutil.copy(people / "eve" / "3.jpg", people / "adam" / "3.jpg")
    with pytest.raises(UserError, match="photos of adam"):
        evaluate(manager, new_request(), Observer())


def test_a_broken_photo_and_a_person_with_too_few_are_said_in_the_report_and_the_rest_is_done(
    manager: TinyModels, new_request: NewRequest, people: Path
) -> None:
    (people / "adam" / "1.jpg").write_bytes(b"broken")
    for index in (1, 2, 3):
        (people / "eve" / f"{index}.jpg").unlink()
    warnings: list[str] = []
    observer = Observer(emit=lambda event: warnings.append(event.message) if isinstance(event, Warned) else None)
    done = evaluate(manager, new_request(people=None), observer)
    assert {row["person"] for row in rows_of(done.results.parent)} == {"adam"}
    assert any("1.jpg" in note for note in done.notes)
    assert any(note.startswith("eve: one photo") for note in done.notes)
    assert any("eve: one photo" in warning for warning in warnings)
    assert "eve: one photo" in done.report.read_text()


def test_references_without_a_face_are_left_out_and_said_in_every_run(
    manager: TinyModels, new_request: NewRequest, people: Path
) -> None:
    Image.new("RGB", (300, 300), "grey").save(people / "adam" / "1.jpg")
    for _ in range(2):
        done = evaluate(manager, new_request(), Observer())
        assert any("adam, untuned: 1.jpg: no face was found" in note for note in done.notes)
        assert done.pictures == 2


def test_a_person_without_a_usable_reference_is_left_out_of_the_methods_that_need_one(
    manager: TinyModels, new_request: NewRequest, people: Path
) -> None:
    for index in (0, 1, 2):
        Image.new("RGB", (300, 300), "grey").save(people / "adam" / f"{index}.jpg")
    done = evaluate(manager, new_request(people=2), Observer())
    assert Counter(row["person"] for row in rows_of(done.results.parent)) == {"eve": 2}
    assert any("adam, untuned: No reference photo can be used" in note for note in done.notes)


def test_when_nobody_can_be_used_by_any_method_it_is_said(
    manager: TinyModels, new_request: NewRequest, people: Path
) -> None:
    for index in (0, 1, 2):
        Image.new("RGB", (300, 300), "grey").save(people / "adam" / f"{index}.jpg")
    with pytest.raises(UserError, match="No method could be used for anyone"):
        evaluate(manager, new_request(), Observer())


def test_a_scene_without_a_face_makes_a_row_without_a_picture(
    manager: TinyModels, new_request: NewRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = manager.finder.find
    monkeypatch.setattr(manager.finder, "find", lambda picture: find(picture) if picture.width > 64 else [])
    request = new_request(methods=("untuned", "dreambooth-lora"))
    done = evaluate(manager, request, Observer())
    assert [(row["path"], row["faces"], row["face_sim"]) for row in rows_of(request.out)] == [("", "0", "")] * 4
    assert any(note.startswith("untuned: 2 of 2 pictures were not made") for note in done.notes)
    monkeypatch.setattr(manager, "scene_painter", None)  # the failure is remembered, not repeated
    evaluate(manager, request, Observer())


def test_models_that_are_not_there_are_the_users_to_fetch(
    manager: TinyModels, new_request: NewRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manager.models, "missing", lambda family: ("sdxl-base",))
    with pytest.raises(UserError, match="facea-desktop models fetch sdxl-base"):
        evaluate(manager, new_request(), Observer())
    assert not new_request().out.exists()
