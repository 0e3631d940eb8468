"""Comparisons on disk: set up whole or not at all, found again, erased with everything in them."""

from __future__ import annotations

import errno
import json
import shutil
from pathlib import Path

import pytest

from facea_desktop.comparison import comparison_store
from facea_desktop.comparison.comparison_store import Comparison, ComparisonStore, folder_name
from facea_desktop.comparison.dataset import read_dataset, read_prompts
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import Subject
from facea_desktop.resources import resource

PHOTOS = [resource("people", "eve", f"{index}.jpg") for index in range(5)]
PROMPTS = "a {subject} smiling\na {subject} in a park\n"


@pytest.fixture
def store(tmp_path: Path) -> ComparisonStore:
    return ComparisonStore(tmp_path)


def add_eve(store: ComparisonStore, photos: list[Path] = PHOTOS, name: str = "Eve") -> Comparison:
    return store.add_person(name, Subject.WOMAN, photos, PROMPTS, ["untuned", "full"], 2)


def test_the_first_three_photos_are_learned_from_and_the_others_held_out(store: ComparisonStore) -> None:
    order = [PHOTOS[4], *PHOTOS[:4]]
    comparison = add_eve(store, order)
    request = comparison.request
    (person,), left_out = read_dataset(request.folder, request.references, request.subject, request.people)
    assert left_out == []
    assert (person.name, person.subject) == ("Eve", Subject.WOMAN)
    kept = [path.read_bytes() for path in (*person.references, *person.held_out)]
    assert kept == [path.read_bytes() for path in order]
    assert len(person.references) == 3
    assert [path.read_bytes() for path in comparison.photos("Eve")] == kept
    assert len(read_prompts(request.prompts)[0]) == 2
    assert (request.methods, request.seeds, request.out) == (("untuned", "full"), (0, 1), comparison.folder)


def test_further_methods_leave_what_was_made_and_what_is_asked_for_unfinished(store: ComparisonStore) -> None:
    comparison = add_eve(store)
    summary = comparison.folder / "summary.json"
    assert not comparison.finished
    summary.write_text(json.dumps({"asked": ["untuned", "full"]}))
    assert comparison.finished
    more = store.add_methods(comparison, ["neither", "full"])
    assert more.request.methods == ("untuned", "full", "neither")
    assert store.comparisons() == [more]
    assert not more.finished
    summary.write_text(json.dumps({"asked": ["neither", "untuned", "full"]}))
    assert more.finished
    summary.write_text(json.dumps({"methods": {}}))  # as versions before wrote it
    assert more.finished


def test_it_needs_nothing_of_the_place_that_the_photos_came_from(store: ComparisonStore, tmp_path: Path) -> None:
    mine = [Path(shutil.copy(photo, tmp_path / photo.name)) for photo in PHOTOS]
    request = add_eve(store, mine).request
    for photo in mine:
        photo.unlink()
    assert len(read_dataset(request.folder, 3, None, None)[0][0].held_out) == 2


def test_a_folder_of_people_is_copied_with_its_broken_photos_so_that_nobody_moves_up(
    store: ComparisonStore, tmp_path: Path
) -> None:
    source = tmp_path / "people"
    (source / "eve").mkdir(parents=True)
    for number, photo in enumerate(PHOTOS):
        shutil.copy(photo, source / "eve" / f"{number + 8}.jpg")
    (source / "eve" / "9.jpg").write_bytes(b"broken")
    (source / "eve" / "notes.txt").write_text("not a photo")
    (source / "people.json").write_text(json.dumps({"eve": "woman"}))
    dataset, _ = read_dataset(source, 3, None, None)
    comparison = store.add_folder(source, dataset, PROMPTS, ["untuned"], 1)
    (again,), said = read_dataset(comparison.request.folder, 3, None, None)
    assert [path.name for path in again.references] == ["8.jpg", "10.jpg"]
    assert [path.name for path in again.held_out] == ["11.jpg", "12.jpg"]
    assert len(said) == 1
    assert [path.name for path in comparison.photos("eve")] == ["8.jpg", "9.jpg", "10.jpg", "11.jpg", "12.jpg"]
    assert comparison.plan.title == "people"


def test_too_few_photos_are_one_clear_line_and_leave_nothing(store: ComparisonStore) -> None:
    with pytest.raises(
        UserError, match=r"^Eve has 3 photos; add 1 or more: 3 are reference photos, the others are held"
    ):
        add_eve(store, PHOTOS[:3])
    assert not store.folder.exists()


def test_the_same_photo_twice_is_refused_for_it_might_be_learned_and_held_out(
    store: ComparisonStore, tmp_path: Path
) -> None:
    twin = Path(shutil.copy(PHOTOS[0], tmp_path / "twin.jpg"))
    with pytest.raises(UserError, match=r"0\.jpg and twin\.jpg are the same photo"):
        add_eve(store, [*PHOTOS, twin])
    assert not store.folder.exists()


def test_a_photo_that_cannot_be_read_is_named(store: ComparisonStore, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"Could not read gone.jpg"):
        add_eve(store, [*PHOTOS, tmp_path / "gone.jpg"])
    assert not store.folder.exists()


def test_a_full_disk_while_copying_leaves_nothing_behind(
    store: ComparisonStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(source: Path, target: Path) -> None:
        target.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(comparison_store.shutil, "copyfile", full)
    with pytest.raises(UserError, match="Could not copy the photos of Eve: the disk is full"):
        add_eve(store)
    assert list(store.folder.iterdir()) == []


def test_comparisons_are_found_again_newest_first_and_a_damaged_one_spoils_none(
    store: ComparisonStore, tmp_path: Path
) -> None:
    first, second = add_eve(store, name="First"), add_eve(store, name="Second")
    damaged = add_eve(store)
    (damaged.folder / "comparison.json").write_text("{")
    assert ComparisonStore(tmp_path).comparisons() == [second, first]


def test_deleting_leaves_nothing_of_it(store: ComparisonStore) -> None:
    comparison, other = add_eve(store), add_eve(store)
    (comparison.folder / "pictures" / "full").mkdir(parents=True)
    (comparison.folder / "pictures" / "full" / "a.png").write_bytes(b"picture")
    (comparison.folder / "votes.jsonl").write_text("{}\n")
    store.delete(comparison)
    assert list(store.folder.iterdir()) == [other.folder]


def test_deleting_that_was_cut_short_goes_on_at_the_next_start(
    store: ComparisonStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    comparison = add_eve(store)

    def held_open(folder: Path) -> None:
        raise PermissionError(13, "held open")

    with monkeypatch.context() as patched:
        patched.setattr(comparison_store, "erase", held_open)
        with pytest.raises(UserError, match="held open"):
            store.delete(comparison)
    again = ComparisonStore(tmp_path)
    assert again.comparisons() == []
    again.sweep()
    assert list(again.folder.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "folder"), [("Anna", "Anna"), ("../../x", "x"), ("a/b:c", "a b c"), (".", "person"), ("", "person")]
)
def test_a_name_makes_a_plain_folder_inside(name: str, folder: str) -> None:
    assert folder_name(name) == folder
