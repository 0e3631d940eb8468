from __future__ import annotations

import errno
import json
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from PIL import Image

from facea_desktop.domain import people
from facea_desktop.domain.atomic_files import write_atomically
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import Attribute
from facea_desktop.domain.people import Appearance, Consent, Profile, Taken
from facea_desktop.library import erasure
from facea_desktop.library.id_library import Library
from facea_desktop.library.portrait_png import save_portrait
from facea_desktop.library.search_index import Index
from tests.faults import dies_at, needs_fork, quiet_fork

Person = tuple[Profile, dict[str, bytes]]
Snapshot = Callable[[Path], dict[str, str]]


def root(library: Library) -> Path:
    return library.portraits.parent


def another(profile: Profile, person: str, name: str) -> Profile:
    return profile.model_copy(update={"id": person, "name": name})


def test_what_was_created_is_found_again_with_every_byte(library: Library, person: Person) -> None:
    profile, files = person
    stored = library.create(profile, files)
    again = Library(root(library))
    assert again.people() == [stored]
    assert again.read_files(stored) == files
    assert stored.files.keys() == files.keys()
    assert stored.model_copy(update={"files": {}}) == profile


def test_a_person_made_before_looks_were_kept_still_opens(library: Library, person: Person) -> None:
    stored = library.create(*person)
    path = library.folder(stored.id) / "profile.json"
    manifest = json.loads(path.read_text())
    del manifest["appearance"]
    path.write_text(json.dumps(manifest))
    assert library.get("Anna").appearance == Appearance()
    library.rename(stored.id, "Anna Maria")
    assert library.get("Anna Maria").files == stored.files


def test_looks_outlive_a_rename_and_a_copy_has_them(library: Library, person: Person) -> None:
    profile, files = person
    looks = Appearance(hair_colour="red", eyewear="glasses")
    stored = library.create(profile.model_copy(update={"appearance": looks}), files)
    library.rename(stored.id, "Eve")
    assert library.get(stored.id).appearance == looks
    assert library.duplicate(stored.id, "Eve 2").appearance == looks


def test_a_file_changed_from_outside_is_noticed(library: Library, person: Person) -> None:
    stored = library.create(*person)
    (library.folder(stored.id) / "adapter.safetensors").write_bytes(b"other")
    with pytest.raises(UserError, match=r"adapter\.safetensors of Anna"):
        library.read_files(stored)


def test_people_come_oldest_first_whatever_their_time_zone(library: Library, person: Person) -> None:
    profile, _ = person
    noon, east = datetime(2001, 1, 1, 12, tzinfo=UTC), timezone(timedelta(hours=5))
    for person_id, moment in [("a" * 12, noon), ("b" * 12, noon.replace(hour=13, tzinfo=east)), ("c" * 12, None)]:
        changes = {"id": person_id} | ({"created": moment} if moment else {})
        library.create(profile.model_copy(update=changes), {})
    assert [found.id[0] for found in library.people()] == ["b", "a", "c"]


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"\xff", b'{"version": 2}', None],
    ids=["empty", "cut", "list", "bytes", "new", "none"],
)
def test_a_broken_manifest_is_skipped_with_a_warning_and_kept(
    library: Library, person: Person, snapshot: Snapshot, caplog: pytest.LogCaptureFixture, content: bytes | None
) -> None:
    broken = library.create(*person)
    library.create(another(person[0], "b" * 12, "Ben"), {})
    manifest = library.folder(broken.id) / "profile.json"
    if content is None:
        manifest.unlink()
    else:
        manifest.write_bytes(content)
    before = snapshot(root(library))
    with caplog.at_level(logging.WARNING):
        assert [found.name for found in library.people()] == ["Ben"]
    assert broken.id in caplog.text
    library.sweep()
    assert snapshot(root(library)) == before
    with pytest.raises(UserError, match="damaged"):
        library.get(broken.id)
    library.delete(broken.id)
    assert not library.folder(broken.id).exists()


def test_get_takes_id_name_or_beginning_and_says_who_is_meant(library: Library, person: Person) -> None:
    profile, _ = person
    for person_id, name in [("ada100000000", "Ben"), ("ada200000000", "Cleo"), ("b00000000000", "cleo")]:
        library.create(another(profile, person_id, name), {})
    assert library.get("ada100000000").name == "Ben"
    assert library.get("ada2").name == "Cleo"
    assert library.get("BEN ").id == "ada100000000"
    with pytest.raises(UserError, match=r"Cleo \(ada200000000\), cleo \(b00000000000\)"):
        library.get("Cleo")
    for nobody in ("ada", "b", "", "Dora", "../x", "ffff"):  # three digits are a name, not a beginning
        with pytest.raises(UserError, match="No one"):
            library.get(nobody)


def test_update_adds_replaces_and_removes_and_leaves_the_rest(library: Library, person: Person) -> None:
    profile, files = person
    stored = library.create(profile, files)
    checkpoint = library.folder(profile.id) / "checkpoints" / "best" / "adapter.safetensors"
    checkpoint.parent.mkdir(parents=True)
    checkpoint.write_bytes(b"weights")
    new = {"adapter.safetensors": b"new", "references/7.png": b"photo"}
    after = library.update(stored.model_copy(update={"name": "Anne"}), new, remove=["masks/0-nose.png"])
    expected = {name: data for name, data in files.items() if name != "masks/0-nose.png"} | new
    assert library.get(profile.id) == after
    assert after.name == "Anne"
    assert library.read_files(after) == expected
    assert not (library.folder(profile.id) / "masks/0-nose.png").exists()
    assert checkpoint.read_bytes() == b"weights"


def test_changes_of_several_at_once_are_all_there(library: Library, person: Person) -> None:
    stored = library.create(*person)

    def warn(word: str) -> None:
        for number in range(10):
            more = (f"{word} {number}",)
            library.change(stored.id, lambda now: now.model_copy(update={"warnings": now.warnings + more}))  # noqa: B023

    threads = [threading.Thread(target=warn, args=(word,)) for word in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    after = library.get(stored.id)
    assert sorted(after.warnings) == sorted(f"{word} {number}" for word in "abc" for number in range(10))
    assert after.files == stored.files


def test_a_change_that_is_not_made_after_all_leaves_everything(
    library: Library, person: Person, snapshot: Snapshot
) -> None:
    stored = library.create(*person)
    before = snapshot(root(library))

    def refuse(now: Profile) -> Profile:
        raise UserError("No.")

    with pytest.raises(UserError, match=r"No\."):
        library.change(stored.id, refuse, {"adapter.safetensors": b"x"})
    assert snapshot(root(library)) == before


def test_a_file_that_no_person_has_is_refused(library: Library, person: Person, snapshot: Snapshot) -> None:
    before = snapshot(root(library))
    for name in ("../evil.png", "profile.json", "references/../x.png", "/etc/passwd", "adapter.safetensors\n"):
        with pytest.raises(ValueError, match="is no file of a person"):
            library.create(person[0], {name: b""})
    assert snapshot(root(library)) == before


def test_an_id_that_is_there_is_never_overwritten(library: Library, person: Person, snapshot: Snapshot) -> None:
    library.create(*person)
    before = snapshot(root(library))
    with pytest.raises(UserError, match="already"):
        library.create(another(person[0], person[0].id, "Eve"), {})
    assert snapshot(root(library)) == before


def test_nobody_is_updated_renamed_or_deleted_who_is_gone(library: Library, person: Person) -> None:
    profile, _ = person
    for change in (
        lambda: library.update(profile),
        lambda: library.rename(profile.id, "Ben"),
        lambda: library.duplicate(profile.id, "Ben"),
        lambda: library.delete(profile.id),
        lambda: library.delete("../people"),
    ):
        with pytest.raises(UserError, match="No one"):
            change()


def test_rename_keeps_everything_else_and_refuses_what_is_no_name(library: Library, person: Person) -> None:
    stored = library.create(*person)
    renamed = library.rename(stored.id, "  Ännchen  ")
    assert renamed == stored.model_copy(update={"name": "Ännchen"})
    for bad in ("", " ", "x" * 81, "a\nb"):
        with pytest.raises(UserError, match="name"):
            library.rename(stored.id, bad)
    assert library.people() == [renamed]


def test_duplicate_has_the_same_files_and_a_life_of_its_own(library: Library, person: Person) -> None:
    profile, files = person
    tuned = profile.model_copy(update={"tuning": profile.tuning.model_copy(update={"best_step": 5})})
    stored = library.create(tuned, files)
    copy = library.duplicate(stored.id, "Berta")
    library.delete(stored.id)
    assert library.people() == [copy]
    assert library.read_files(copy) == files
    assert (copy.name, copy.tuning.best_step) == ("Berta", None)  # checkpoints, best among them, are not copied


def test_deletion_leaves_no_file_and_zeroes_contents_first(
    library: Library, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = library.create(*person)
    checkpoint = library.folder(stored.id) / "checkpoints" / "step" / "state.pt"
    checkpoint.parent.mkdir(parents=True)
    checkpoint.write_bytes(b"secret" * 400_000)
    seen: dict[str, bytes] = {}
    unlink = Path.unlink

    def watch(path: Path, missing_ok: bool = False) -> None:
        seen[path.name] = path.read_bytes()
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", watch)
    library.delete(stored.id)
    assert [path.name for path in root(library).rglob("*")] == ["people", ".lock"]
    assert len(seen["state.pt"]) == 2_400_000
    assert len(seen) == 2 + 2 + 9 + 1 + 1  # weights, photos, masks, manifest, checkpoint
    assert not any(any(data) for data in seen.values())


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_deletion_follows_no_link_out_of_the_folder(library: Library, person: Person, tmp_path: Path) -> None:
    stored = library.create(*person)
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "mine").write_bytes(b"mine")
    (library.folder(stored.id) / "checkpoints").symlink_to(outside)
    (library.folder(stored.id) / "link").symlink_to(outside / "mine")
    library.delete(stored.id)
    assert (outside / "mine").read_bytes() == b"mine"


def test_portraits_go_only_when_asked_and_only_those_of_the_person(library: Library, person: Person) -> None:
    stored = library.create(*person)
    library.create(another(person[0], "b" * 12, "Ben"), {})
    picture = Image.new("RGB", (4, 4))
    requests = {"by_id": stored.id, "by_name": "Anna", "other": "b" * 12, "nobody": "Zoe"}
    for name, named in requests.items():
        save_portrait(library.portraits / f"{name}.png", picture, json.dumps({"person": named, "prompt": "x"}))
    save_portrait(library.portraits / "plain.png", picture, None)
    save_portrait(library.portraits / "odd.png", picture, "[" * 50_000)
    copy = library.duplicate(stored.id, "Copy")
    library.delete(copy.id)
    assert len(list(library.portraits.iterdir())) == 6
    library.delete(stored.id, portraits=True)
    assert {path.stem for path in library.portraits.iterdir()} == {"other", "nobody", "plain", "odd"}


def test_a_mix_forgets_whose_attribute_it_has_when_that_person_is_deleted(library: Library, person: Person) -> None:
    anna = library.create(*person)
    ben = library.create(another(person[0], "b" * 12, "Ben"), {})
    taken = tuple(
        Taken(attribute=attribute, person=one.id, name=one.name, steps=100)
        for attribute, one in ((Attribute.NOSE, anna), (Attribute.MOUTH, ben))
    )
    mix = library.create(
        another(person[0], "c" * 12, f"Mix with {taken[0].name}'s nose").model_copy(update={"taken": taken}), person[1]
    )
    library.delete(anna.id)
    after = library.get(mix.id)
    assert after.taken == (Taken(attribute=Attribute.NOSE, person=None, name=None, steps=100), taken[1])
    assert after.name == "Mix with somebody's nose"
    assert library.read_files(after) == person[1]
    assert not [path for path in root(library).rglob("*.json") if b"Anna" in path.read_bytes()]


def mix_of(library: Library, person: Person, key: str, name: str, giver: Profile) -> Profile:
    taken = (Taken(attribute=Attribute.NOSE, person=giver.id, name=giver.name, steps=100),)
    return library.create(another(person[0], key * 12, name).model_copy(update={"taken": taken}), person[1])


def test_mixes_of_mixes_forget_somebody_who_is_deleted_too(library: Library, person: Person) -> None:
    adam = library.create(another(person[0], "b" * 12, "Adam (sample)"), {})
    first = mix_of(library, person, "c", "Eve with Adam (sample)'s nose", adam)
    second = mix_of(library, person, "d", f"Cleo with {first.name}'s nose", first)
    library.delete(adam.id)
    assert library.get(first.id).name == "Eve with somebody's nose"
    after = library.get(second.id)
    assert after.name == "Cleo with Eve with somebody's nose's nose"
    assert (after.taken[0].person, after.taken[0].name) == (first.id, "Eve with somebody's nose")
    assert not [path for path in root(library).rglob("*.json") if b"Adam" in path.read_bytes()]


def test_who_gave_to_a_mix_with_a_long_name_can_be_deleted(library: Library, person: Person) -> None:
    ben = library.create(another(person[0], "b" * 12, "Ben"), {})
    mix = mix_of(library, person, "c", "Ben " + "a" * 76, ben)
    library.delete(ben.id)
    assert library.get(mix.id).name == "somebody " + "a" * 71
    assert library.rename(mix.id, "Short").name == "Short"


def test_an_update_that_cannot_be_read_stands_in_nobodys_way(
    library: Library, person: Person, caplog: pytest.LogCaptureFixture
) -> None:
    stored = library.create(*person)
    staging = root(library) / "people" / f".update-{stored.id}"
    staging.mkdir()
    (staging / "profile.json").write_text("{")
    assert library.rename(stored.id, "Short").name == "Short"
    assert not staging.exists()
    assert "is dropped" in caplog.text


def test_a_full_disk_is_said_and_changes_nothing(
    library: Library, person: Person, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = library.create(*person)
    before = snapshot(root(library))
    budget = 0

    def fsync(handle: int) -> None:
        nonlocal budget
        budget -= 1
        if budget < 0:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", fsync)
    for fits in range(5):  # each file takes one for its bytes and one for its name, and the last name is no loss
        for change in (
            lambda: library.create(another(stored, "c" * 12, "Cleo"), person[1]),
            lambda: library.update(stored, {"adapter.safetensors": b"1", "features.safetensors": b"2"}),
        ):
            budget = fits
            with pytest.raises(UserError, match="disk is full"):
                change()
            assert snapshot(root(library)) == before


def test_a_folder_that_may_not_be_written_is_said(library: Library, person: Person, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UserError, match="open the library"):
        Library(tmp_path / "file")


@needs_fork
@quiet_fork
@pytest.mark.parametrize("action", ["create", "update", "delete"])
def test_a_kill_at_any_moment_leaves_the_person_whole_or_away(
    tmp_path: Path, person: Person, snapshot: Snapshot, action: str
) -> None:
    """The process dies at its n-th call that touches names or durability, for every n."""
    profile = person[0]
    files = {name: person[1][name] for name in ("adapter.safetensors", "masks/0-face.png")}
    new = {"adapter.safetensors": b"new", "references/5.png": b"photo"}

    def act(library: Library) -> None:
        if action == "create":
            library.create(profile, files)
        elif action == "update":
            library.update(profile.model_copy(update={"name": "Anne"}), new, remove=["masks/0-face.png"])
        else:
            library.delete(profile.id)

    def prepared(place: Path) -> Library:
        library = Library(place)
        if action != "create":
            library.create(profile, files)
        library.sweep()
        return library

    finished = prepared(tmp_path / "finished")
    before = snapshot(tmp_path / "finished")
    act(finished)
    after = snapshot(tmp_path / "finished")
    outcomes, moment, died = [], 0, True
    while died:
        place = tmp_path / str(moment)
        library = prepared(place)
        died = dies_at(moment, lambda library=library: act(library))
        reader = Library(place)  # whoever reads next finishes it
        for found in reader.people():
            assert reader.read_files(found).keys() == found.files.keys()
        assert len(reader.people()) == sum(reader.folder(one).exists() for one in [profile.id])
        reader.sweep()
        outcomes.append(snapshot(place))
        moment += 1
    assert moment > 5
    assert all(outcome in (before, after) for outcome in outcomes)
    assert outcomes[0] == before
    assert outcomes[-1] == after
    assert after != before
    first = outcomes.index(after)
    assert outcomes[first:] == [after] * (len(outcomes) - first)  # once it counts, it counts


@needs_fork
@quiet_fork
def test_sweep_leaves_what_a_living_process_is_writing(library: Library, person: Person) -> None:
    """A second process that starts meanwhile waits for the writer, then finds nothing to sweep."""
    started, go = os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        real = os.fsync

        def pausing(handle: int) -> None:
            os.write(started[1], b"x")
            os.read(go[0], 1)
            os.fsync = real
            real(handle)

        os.fsync = pausing
        try:
            library.create(*person)
        finally:
            os._exit(0)
    os.read(started[0], 1)
    sweeper = os.fork()
    if sweeper == 0:
        try:
            library.sweep()
        finally:
            os._exit(0)
    time.sleep(0.2)
    waits = os.waitpid(sweeper, os.WNOHANG) == (0, 0)
    os.write(go[1], b"x")
    os.waitpid(child, 0)
    assert waits
    os.waitpid(sweeper, 0)
    stored = library.get(person[0].id)
    assert library.read_files(stored) == person[1]


def test_one_leftover_that_cannot_go_does_not_stop_the_others(
    library: Library, person: Person, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    stored = library.create(*person)

    def held_open(path: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    with monkeypatch.context() as patch:
        patch.setattr(erasure, "erase_file", held_open)
        with pytest.raises(UserError, match="other program"):
            library.delete(stored.id)
        assert library.people() == []
        library.create(*person)  # the same id may come back meanwhile
        assert "left for the next start" in caplog.text
    library.sweep()
    assert [path.name for path in (root(library) / "people").iterdir() if path.name != ".lock"] == [stored.id]


@needs_fork
@quiet_fork
def test_what_was_half_written_is_swept_unless_its_writer_lives(library: Library, person: Person) -> None:
    stored = library.create(*person)
    places = [root(library), library.portraits, library.folder(stored.id) / "checkpoints", root(library) / "models"]
    for place in places:
        place.mkdir(exist_ok=True)
        (place / ".dead.facea.tmp").write_bytes(b"half")
    ready, go = os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:

        def pausing(handle: int) -> None:
            os.fsync = lambda handle: None
            os.write(ready[1], b"x")
            os.read(go[0], 1)

        os.fsync = pausing
        try:
            write_atomically(library.portraits / "x.png", b"whole")
        finally:
            os._exit(0)
    os.read(ready[0], 1)
    library.sweep()
    left = [path for path in root(library).rglob(".*") if path.suffix == ".tmp"]
    os.write(go[1], b"x")
    os.waitpid(child, 0)
    assert [path.name.startswith(".x.png.") for path in left] == [True]
    assert (library.portraits / "x.png").read_bytes() == b"whole"


def test_stages_whose_portrait_never_came_are_erased(library: Library) -> None:
    lost, kept = f"{'a' * 12}-7", f"{'a' * 12}-7-1"
    named = {f"{'a' * 12}-7-my-mask", "beach-context", "beach-mask"}  # portraits that the user renamed
    for name in (f"{lost}-context", f"{lost}-mask", f"{kept}-mask", kept, *named):
        save_portrait(library.portraits / f"{name}.png", Image.new("RGB", (4, 4)), "{}")
    save_portrait(library.portraits / f"{lost}-2-mask.png", Image.new("RGB", (4, 4)), None)  # put there by others
    library.sweep()
    assert {path.stem for path in library.portraits.iterdir()} == {f"{lost}-2-mask", f"{kept}-mask", kept, *named}


def test_new_ids_are_free(library: Library, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    library.create(*person)
    drawn = iter([person[0].id, "c" * 12])
    monkeypatch.setattr("secrets.token_hex", lambda size: next(drawn))
    assert library.new_id() == "c" * 12


def test_a_mapping_is_not_changed(library: Library, person: Person) -> None:
    files: Mapping[str, bytes] = dict(person[1])
    stored = library.create(person[0], files)
    library.update(stored, {"adapter.safetensors": b"x"})
    assert files == person[1]
    assert stored.files["adapter.safetensors"] != library.get(stored.id).files["adapter.safetensors"]


def test_portraits_that_show_the_person_among_others_go_too_with_their_stages(library: Library, person: Person) -> None:
    stored = library.create(*person)
    picture = Image.new("RGB", (4, 4))
    request = {"person": "b" * 12, "prompt": "x", "others": [{"face": 1, "person": stored.id}]}
    save_portrait(library.portraits / "both.png", picture, json.dumps(request))
    save_portrait(library.portraits / "both-mask.png", picture, None)
    save_portrait(library.portraits / "his.png", picture, json.dumps(request | {"others": []}))
    save_portrait(library.portraits / "his-mask.png", picture, None)
    library.delete(stored.id, portraits=True)
    assert {path.stem for path in library.portraits.iterdir()} == {"his", "his-mask"}


def test_a_whole_id_reads_nobody_else(library: Library, person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    stored = library.create(*person)
    library.create(another(person[0], "b" * 12, "Ben"), {})
    monkeypatch.setattr(Library, "people", lambda self: pytest.fail("everybody was read"))
    assert library.get(stored.id) == stored


def test_a_consent_that_has_ended_stays_so_when_the_clock_goes_back(
    library: Library, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Clock(date):
        now = date(2030, 5, 1)

        @classmethod
        def today(cls) -> date:
            return cls.now

    monkeypatch.setattr(people, "date", Clock)
    consent = Consent(kind="with permission", until=date(2030, 5, 1))
    stored = library.create(person[0].model_copy(update={"consent": consent}), person[1])
    library.sweep()
    assert library.get(stored.id).consent == consent  # its last day still counts
    Clock.now = date(2030, 5, 2)
    library.sweep()
    Clock.now = date(2029, 1, 1)
    back = Library(root(library)).get(stored.id)
    assert back.consent.ended
    index = Index(root(library))
    assert [one.consent_ended for one in index.people()] == [True]
    index.close()
    renewed = library.change(stored.id, lambda now: now.model_copy(update={"consent": Consent(kind="with permission")}))
    assert not renewed.consent.ended


@pytest.mark.skipif(sys.platform == "win32", reason="has other rights")
def test_what_versions_before_left_open_to_others_is_closed(library: Library, person: Person, tmp_path: Path) -> None:
    library.create(*person)
    save_portrait(library.portraits / "x.png", Image.new("RGB", (4, 4)), None)
    for path in [root(library) / "people", library.portraits]:
        path.chmod(0o755)
        for inner in path.rglob("*"):
            inner.chmod(0o755 if inner.is_dir() else 0o644)
    library.sweep()
    assert {oct(path.stat().st_mode & 0o77) for path in root(library).rglob("*")} == {"0o0"}


@needs_fork
@quiet_fork
def test_who_reads_beside_updates_gets_what_belongs_together(library: Library, person: Person) -> None:
    """Weights, [feat] vectors and manifest are of one update, and nobody is told of damage that there is not."""
    names = ("adapter.safetensors", "features.safetensors")
    stored = library.create(person[0], {**person[1], **dict.fromkeys(names, b"0")})
    child = os.fork()
    if child == 0:
        for number in range(10_000):
            content = dict.fromkeys(names, str(number).encode())
            library.change(stored.id, lambda now, number=number: now.model_copy(update={"name": str(number)}), content)
        os._exit(0)
    try:
        seen: list[str] = []
        while len(seen) < 60 or len(set(seen)) < 4:  # a busy machine may give the writer no turn for a while
            profile, files = library.read(stored.id)
            assert {files[name].decode() for name in names} <= {profile.name, "0"}
            assert len({files[name] for name in names}) == 1
            assert library.read_files(profile).keys() == profile.files.keys()
            with library.unchanged():
                assert len({(library.folder(stored.id) / name).read_bytes() for name in names}) == 1
            seen.append(profile.name)
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


@needs_fork
@quiet_fork
def test_people_are_listed_while_somebody_is_written(library: Library, person: Person) -> None:
    """A living writer is not waited for: the window reads in its own thread."""
    stored = library.create(*person)
    started, go = os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        real = os.fsync

        def pausing(handle: int) -> None:
            os.fsync = real
            os.write(started[1], b"x")
            os.read(go[0], 1)
            real(handle)

        os.fsync = pausing
        try:
            library.rename(stored.id, "Anne")
        finally:
            os._exit(0)
    os.read(started[0], 1)
    assert library.get(stored.id).name == "Anna"
    assert [one.name for one in library.people()] == ["Anna"]
    os.write(go[1], b"x")
    os.waitpid(child, 0)
    assert library.get(stored.id).name == "Anne"
