"""Deleted means gone: whenever the program is killed, the next start finds all of a person, or no byte."""

from __future__ import annotations

import json
import os
import shutil
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.people import Profile
from facea_desktop.domain.requests import EnrolRequest, PortraitRequest
from facea_desktop.evaluation.shelf import Comparison, Shelf
from facea_desktop.evaluation.sitters import Sitter
from facea_desktop.library.index import Index
from facea_desktop.library.pictures import save_portrait
from facea_desktop.library.store import Library
from facea_desktop.workers import deletion
from facea_desktop.workers.deletion import delete_person, finish_deletions
from facea_desktop.workers.jobs import Job, JobState
from facea_desktop.workers.store import JobStore
from tests.faults import bytes_below, dies_at, needs_fork, quiet_fork

ANNA, BEN, NAME, PHOTO, PROMPT = "a" * 12, "b" * 12, "Annabella", "holiday-in-brest.jpg", "a lighthouse keeper"
HERS = (NAME, PHOTO, PROMPT, ANNA)


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that speaks of Annabella in every room, and of Ben."""
    root = tmp_path_factory.mktemp("furnished") / "data"
    library = Library(root)
    for person, name in ((ANNA, NAME), (BEN, "Ben")):
        profile = Profile(id=person, name=name, subject=Subject.WOMAN, family="small")
        library.create(profile, {"references/0.png": f"photo of {name}".encode(), "masks/0-face.png": b"mask"})
    for person, prompt in ((ANNA, PROMPT), (BEN, "a sailor")):
        request = PortraitRequest(person=person, prompt=prompt)
        for ending in ("", "-context"):
            save_portrait(root / "portraits" / f"{person}-1{ending}.png", picture(), request.model_dump_json())
    index = Index(root)
    index.refresh_portraits()
    index.rate_all([root / "portraits" / f"{person}-1.png" for person in (ANNA, BEN)], 4)
    index.close()
    photos = (Path("/photos") / PHOTO,)
    enrol = EnrolRequest(name=NAME, subject=Subject.WOMAN, photos=photos)
    own, shared = compared(root, NAME), compared(root, NAME, "Ben")
    store = JobStore(root)
    for number, (request, state, person) in enumerate(
        [
            (enrol, JobState.DONE, ANNA),
            (enrol.model_copy(update={"photos": (Path("/elsewhere") / PHOTO,)}), JobState.FAILED, None),
            (enrol.model_copy(update={"name": "Anabela"}), JobState.CANCELLED, None),  # a slip of the pen, her photos
            (PortraitRequest(person=ANNA, prompt=PROMPT), JobState.INTERRUPTED, None),
            (own.request, JobState.DONE, None),
            (shared.request, JobState.DONE, None),
            (PortraitRequest(person=BEN, prompt="a sailor"), JobState.WAITING, None),
        ]
    ):
        title = NAME if number < 5 else "Ben"
        store.save(Job(id=f"{number:012x}", request=request, title=title, place=number, state=state, person=person))
    store.close()
    return root


def picture() -> Image.Image:
    return Image.new("RGB", (8, 8))


def compared(root: Path, *names: str) -> Comparison:
    """A comparison as a run leaves it."""
    source = root.parent / ("one" if len(names) == 1 else "several")
    for name in names:
        (source / name).mkdir(parents=True)
        for index in range(4):
            (source / name / f"{index}.jpg").write_bytes(f"{name} {index}".encode())
    sitters = [Sitter(name, Subject.WOMAN, (), ()) for name in names]
    made = Shelf(root).add_folder(source, sitters, PROMPT if len(names) == 1 else "a sailor", ["full"], 1)
    shutil.rmtree(source)
    for name in names:
        (made.folder / "pictures" / "full" / name).mkdir(parents=True)
        (made.folder / "pictures" / "full" / name / "0.png").write_bytes(name.encode())
        bench = Library(made.folder / "work")
        for called in (name, f"{name} (full)"):
            profile = Profile(id=bench.new_id(), name=called, subject=Subject.WOMAN, family="small")
            bench.create(profile, {"references/0.png": name.encode()})
            (made.folder / "work" / "dreambooth-lora" / profile.id).mkdir(parents=True)
            (made.folder / "work" / "dreambooth-lora" / profile.id / "adapter").write_bytes(name.encode())
        for table in ("results.csv", "summary.json", "report.html", "evaluation.json", "work/notes.json"):
            (made.folder / table).write_text(" ".join(names), "utf-8")
    votes = [json.dumps({"person": name, "choice": "full"}) for name in names]
    (made.folder / "votes.jsonl").write_text("\n".join(votes), "utf-8")
    return made


def start_again(root: Path) -> None:
    """What the window does first."""
    Library(root).sweep()
    finish_deletions(root)
    Shelf(root).sweep()
    store = JobStore(root)
    store.load()
    store.close()
    index = Index(root)
    index.refresh_portraits()
    index.close()


def of_ben(root: Path) -> list[str]:
    found = bytes_below(root, "Ben", BEN, "sailor")
    return sorted(
        path
        for path in found
        if not path.startswith("index.sqlite") and ("work", "people") not in pairwise(Path(path).parts)
    )


@needs_fork
@quiet_fork
def test_a_kill_at_any_moment_leaves_all_of_the_person_or_no_byte(
    furnished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", lambda handle: None)  # the killed process counts it; nobody pulls a plug here
    outcomes, moment, died = [], 0, True
    while died:
        root = tmp_path / "data"
        shutil.copytree(furnished, root)
        died = dies_at(moment, lambda root=root: delete_person(root, ANNA, portraits=True))
        start_again(root)
        left = bytes_below(root, *HERS)
        assert left == [] or len(left) > 20, f"killed at {moment}: {left}"
        outcomes.append(left == [])
        people = ["Ben"] if left == [] else [NAME, "Ben"]
        assert [one.name for one in Library(root).people()] == people
        assert {"jobs/000000000006.json", f"portraits/{BEN}-1.png"} <= set(of_ben(root))
        if left == []:
            assert [one.people() for one in Shelf(root).comparisons()] == [["Ben"]]
            assert {path.name for path in (root / "jobs").iterdir()} >= {"000000000005.json", "000000000006.json"}
        shutil.rmtree(root)
        moment += 1 if moment < 20 or not died else 3
    assert outcomes[0] is False
    assert outcomes[-1] is True
    assert outcomes == sorted(outcomes)  # once it counts, it is finished


def test_a_namesake_keeps_comparisons_and_failed_jobs(furnished: Path, tmp_path: Path) -> None:
    root = tmp_path / "data"
    shutil.copytree(furnished, root)
    library = Library(root)
    library.create(library.get(ANNA).model_copy(update={"id": "c" * 12, "files": {}}), {})
    delete_person(root, ANNA)
    assert len(Shelf(root).comparisons()) == 2
    assert (root / "jobs" / "000000000001.json").exists()
    assert not (root / "jobs" / "000000000000.json").exists()
    assert (root / "portraits" / f"{ANNA}-1.png").exists()


def test_a_person_who_cannot_be_deleted_now_is_not_deleted_later(
    furnished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "data"
    shutil.copytree(furnished, root)

    def refuse(*_: object, **__: object) -> None:
        raise UserError("held open")

    with monkeypatch.context() as patch:
        patch.setattr(Library, "delete", refuse)
        with pytest.raises(UserError, match="held open"):
            delete_person(root, ANNA)
    start_again(root)
    assert Library(root).get(NAME).id == ANNA
    with pytest.raises(UserError, match="nobody"):
        delete_person(root, "d" * 12)
    start_again(root)


@pytest.mark.skipif(sys.platform == "win32", reason="has other rights")
def test_nobody_else_may_read_what_lies_in_a_data_folder(furnished: Path) -> None:
    before = os.umask(0o022)
    try:
        start_again(furnished)
    finally:
        os.umask(before)
    open_to_others = [path for path in (furnished, *furnished.rglob("*")) if path.stat().st_mode & 0o077]
    plain = {"results.csv", "summary.json", "report.html", "evaluation.json", "notes.json", "votes.jsonl", "adapter"}
    written_by_the_test = [path for path in open_to_others if "evaluations" in path.parts]
    assert [path for path in open_to_others if path not in written_by_the_test] == []
    assert {path.name for path in written_by_the_test if path.is_file()} <= plain | {"0.png"}


def test_an_unreadable_note_of_a_deletion_stops_no_start_where_it_cannot_be_erased(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = tmp_path / "people"
    people.mkdir()
    note = people / ".deleting-0123456789ab"
    note.write_bytes(b"half")

    def refuse(path: Path) -> None:
        raise PermissionError(path)

    with monkeypatch.context() as patch:
        patch.setattr(deletion, "erase_at_once", refuse)
        finish_deletions(tmp_path)
    assert note.exists()

    finish_deletions(tmp_path)
    assert not note.exists()
