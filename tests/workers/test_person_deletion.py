"""Deleted means gone: whenever the program is killed, the next start finds all of a person, or no byte."""

from __future__ import annotations

import json
import os
import shutil
import sys
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image

from facea_desktop.comparison.comparison_store import Comparison, ComparisonStore
from facea_desktop.comparison.dataset import DatasetPerson
from facea_desktop.domain.atomic_files import private_folder, write_atomically
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import Attribute, Subject
from facea_desktop.domain.people import Profile, Taken
from facea_desktop.domain.photo_requests import EnrolRequest
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.library.bin import Bin
from facea_desktop.library.bin_files import rewrite
from facea_desktop.library.id_library import Library
from facea_desktop.library.own_styles import OwnStyles
from facea_desktop.library.portrait_notes import read_notes
from facea_desktop.library.portrait_png import save_portrait
from facea_desktop.library.search_index import Index
from facea_desktop.library.summaries import PortraitQuery
from facea_desktop.workers import person_deletion
from facea_desktop.workers.bin_service import empty_bin, empty_old_from_bin, move_person_to_bin, restore_from_bin
from facea_desktop.workers.job import Job, JobState
from facea_desktop.workers.job_store import JobStore
from facea_desktop.workers.person_deletion import delete_person, erase_binned, finish_deletions
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
    pasted = root / "portraits" / ".pasted"
    private_folder(pasted)
    write_atomically(pasted / "1.png", NAME.encode())
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
    dataset = [DatasetPerson(name, Subject.WOMAN, (), ()) for name in names]
    made = ComparisonStore(root).add_folder(source, dataset, PROMPT if len(names) == 1 else "a sailor", ["full"], 1)
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
    ComparisonStore(root).sweep()
    store = JobStore(root)
    store.load()
    store.close()
    index = Index(root)
    index.refresh_portraits()
    index.close()


def give_ben_her_nose(root: Path) -> None:
    taken = (Taken(attribute=Attribute.NOSE, person=ANNA, name=NAME, steps=1),)
    Library(root).change(BEN, lambda now: now.model_copy(update={"name": f"Ben and {NAME}", "taken": taken}))


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
            assert [one.people() for one in ComparisonStore(root).comparisons()] == [["Ben"]]
            assert {path.name for path in (root / "jobs").iterdir()} >= {"000000000005.json", "000000000006.json"}
        shutil.rmtree(root)
        moment += 1 if moment < 20 or not died else 3
    assert outcomes[0] is False
    assert outcomes[-1] is True
    assert outcomes == sorted(outcomes)  # once it counts, it is finished


@needs_fork
@quiet_fork
def test_emptying_the_bin_leaves_no_byte_whenever_it_is_killed(
    furnished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", lambda handle: None)
    outcomes, moment, died = [], 0, True
    while died:
        root = tmp_path / "data"
        shutil.copytree(furnished, root)
        Bin(root).put_portraits([root / "portraits" / f"{ANNA}-1.png"])  # before her, so an entry of its own
        give_ben_her_nose(root)
        move_person_to_bin(root, BEN)
        move_person_to_bin(root, ANNA)
        assert Library(root).people() == []
        anna = next(one for one in Bin(root).entries() if one.person == ANNA)
        died = dies_at(moment, lambda root=root, anna=anna: erase_binned(root, anna))
        start_again(root)
        left = bytes_below(root, *HERS)
        assert left == [] or len(left) > 8, f"killed at {moment}: {left}"
        outcomes.append(left == [])
        restored = restore_from_bin(root, [one.id for one in Bin(root).entries()])
        assert "Ben and somebody" in [one.name for one in restored] or not outcomes[-1]
        shutil.rmtree(root)
        moment += 1 if moment < 12 or not died else 7
    assert (outcomes[0], outcomes[-1]) == (False, True)
    assert outcomes == sorted(outcomes)


def test_a_person_comes_back_from_the_bin_with_portraits_notes_and_comparisons(furnished: Path, tmp_path: Path) -> None:
    root = tmp_path / "data"
    shutil.copytree(furnished, root)
    rooms = ("people", "portraits", "evaluations")
    before = {path.relative_to(root) for room in rooms for path in (root / room).rglob("*.*")}
    notes = read_notes(root / "portraits")
    entry = move_person_to_bin(root, ANNA)
    assert [one.name for one in Library(root).people()] == ["Ben"]
    assert set(read_notes(root / "portraits")) == {f"{BEN}-1.png"}
    index = Index(root)
    assert index.count(PortraitQuery()) == 1
    index.close()
    outside = [path for path in bytes_below(root, *HERS) if not path.startswith("bin/")]
    # What compares her with others is theirs too, and whose face was pasted nobody knows.
    assert {path.split("/")[0] for path in outside if "/.pasted/" not in path} == {"evaluations"}

    save_portrait(root / "portraits" / f"{ANNA}-1.png", picture(), None)  # took the place meanwhile
    (back,) = restore_from_bin(root, [entry.id])
    assert Bin(root).entries() == []
    after = {path.relative_to(root) for room in rooms for path in (root / room).rglob("*.*")}
    assert after - before == {Path("portraits", f"{ANNA}-1-2{ending}.png") for ending in ("", "-context")}
    assert before - after == {Path("portraits", f"{ANNA}-1-context.png")}
    assert read_notes(root / "portraits")[f"{ANNA}-1-2.png"].stars == notes[f"{ANNA}-1.png"].stars
    assert back.places[f"portraits/{ANNA}-1.png"] == f"portraits/{ANNA}-1-2.png"


def test_the_bin_empties_itself_of_what_is_old(furnished: Path, tmp_path: Path) -> None:
    root = tmp_path / "data"
    shutil.copytree(furnished, root)
    old, new = (move_person_to_bin(root, person) for person in (ANNA, BEN))
    rewrite(root, old.model_copy(update={"deleted": old.deleted - timedelta(days=31)}))
    empty_old_from_bin(root, None)
    empty_old_from_bin(root, 90)
    assert len(Bin(root).entries()) == 2
    empty_old_from_bin(root, 30)
    assert [one.id for one in Bin(root).entries()] == [new.id]
    assert bytes_below(root, NAME, PHOTO, PROMPT) == []
    assert len(empty_bin(root)) == 1
    assert bytes_below(root, *HERS, "sailor") == []


def test_emptying_the_bin_leaves_alone_who_was_imported_again(furnished: Path, tmp_path: Path) -> None:
    root = tmp_path / "data"
    shutil.copytree(furnished, root)
    anna = Library(root).get(ANNA)
    move_person_to_bin(root, ANNA)
    Library(root).create(anna.model_copy(update={"files": {}}), {})
    store = JobStore(root)
    store.save(Job(id="e" * 12, request=PortraitRequest(person=ANNA, prompt=PROMPT), title="again", place=1))
    store.close()
    give_ben_her_nose(root)
    with pytest.raises(UserError, match="in the library already"):
        restore_from_bin(root, [one.id for one in Bin(root).entries()])
    empty_bin(root)
    assert Library(root).get(BEN).taken[0].person == ANNA
    assert (root / "jobs" / f"{'e' * 12}.json").exists()
    assert list((root / "people").glob(".deleting*")) == []

    move_person_to_bin(root, ANNA)
    Library(root).create(anna.model_copy(update={"files": {}}), {})
    delete_person(root, ANNA)
    assert Bin(root).entries() == []


def test_a_portrait_of_somebody_in_the_bin_waits_for_them(furnished: Path, tmp_path: Path) -> None:
    root = tmp_path / "data"
    shutil.copytree(furnished, root)
    (portrait,) = Bin(root).put_portraits([root / "portraits" / f"{ANNA}-1.png"])
    anna = move_person_to_bin(root, ANNA)
    with pytest.raises(UserError, match="Restore that person first"):
        restore_from_bin(root, [portrait.id])
    assert len(restore_from_bin(root, [portrait.id, anna.id])) == 2


def test_a_portrait_erased_from_the_bin_takes_what_else_shows_it(tmp_path: Path) -> None:
    root = tmp_path / "data"
    pasted = root / "portraits" / ".pasted" / "1.png"
    private_folder(pasted.parent)
    write_atomically(pasted, b"a pasted face")
    portrait = root / "portraits" / "bin" / f"{ANNA}-1.png"  # a folder of the user's, called so
    private_folder(portrait.parent)
    save_portrait(portrait, picture(), PortraitRequest(person=ANNA).model_dump_json())
    top = root / "portraits" / f"{ANNA}-2.png"
    save_portrait(top, picture(), PortraitRequest(person=ANNA, picture=Path("1.png")).model_dump_json())
    styles = OwnStyles(root)
    styles.save("Hers", "oil painting", top, people=(ANNA,), portrait=top.name)
    entries = Bin(root).put_portraits([portrait, top])
    assert pasted.exists()
    assert styles.get("Hers").image is not None
    for entry in entries:
        erase_binned(root, entry)
    assert not pasted.exists()
    assert styles.get("Hers").image is None


def test_a_namesake_keeps_comparisons_and_failed_jobs(furnished: Path, tmp_path: Path) -> None:
    root = tmp_path / "data"
    shutil.copytree(furnished, root)
    library = Library(root)
    library.create(library.get(ANNA).model_copy(update={"id": "c" * 12, "files": {}}), {})
    delete_person(root, ANNA)
    assert len(ComparisonStore(root).comparisons()) == 2
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
    with pytest.raises(UserError, match="No one"):
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
        patch.setattr(person_deletion, "erase_at_once", refuse)
        finish_deletions(tmp_path)
    assert note.exists()

    finish_deletions(tmp_path)
    assert not note.exists()
