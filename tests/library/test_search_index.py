from __future__ import annotations

import logging
import os
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.people import Consent, Profile, Taken
from facea_desktop.domain.requests import FaceAssignment, PortraitRequest
from facea_desktop.library import search_index as index_module
from facea_desktop.library.id_library import Library
from facea_desktop.library.portrait_files import PortraitFacts, PortraitFile, found_portraits, read_facts
from facea_desktop.library.portrait_notes import REJECTED
from facea_desktop.library.portrait_png import read_request, save_portrait
from facea_desktop.library.search_index import Index
from facea_desktop.library.summaries import PersonSummary, PortraitQuery

ANNA, BEN = "0123456789ab", "b" * 12
Paint = Callable[..., Path]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def index(root: Path, library: Library) -> Iterator[Index]:
    made = Index(root)
    yield made
    made.close()


@pytest.fixture
def paint(root: Path) -> Paint:
    """Put a portrait into the folder, an hour after the one before."""
    hours = iter(range(1000))

    def make(
        name: str,
        prompt: str = "a man smiling",
        *,
        person: str = ANNA,
        size: tuple[int, int] = (8, 6),
        **fields: object,
    ) -> Path:
        path = root / "portraits" / f"{name}.png"
        request = PortraitRequest.model_validate({"person": person, "prompt": prompt} | fields)
        created = datetime(2026, 5, 1, 12).astimezone() + timedelta(hours=next(hours))
        save_portrait(path, Image.new("RGB", size), request.model_dump_json(), created=created)
        return path

    return make


def names(index: Index, query: PortraitQuery | None = None) -> list[str]:
    query = query or PortraitQuery()
    found = index.page(query, 0, 100)
    assert index.count(query) == len(found)
    return [portrait.path.stem for portrait in found]


def test_how_many_times_a_copy_was_enlarged_is_known(index: Index, paint: Paint) -> None:
    path = paint("a")
    large, odd = (path.with_name(f"{name}.png") for name in ("large", "odd"))
    for copy, note in ((large, "4 times by Lanczos"), (odd, "by hand")):
        save_portrait(copy, Image.new("RGB", (32, 24)), read_request(path), ai_label=False, enlarged=note)
    index.refresh_portraits()
    assert {one.path: one.times for one in index.page(PortraitQuery(), 0, 9)} == {path: 1, large: 4, odd: 1}


def test_who_was_painted_at_first_sight_is_known_of_new_portraits_and_of_nobody_who_is_not_in_the_picture(
    index: Index, paint: Paint
) -> None:
    path = paint("a")
    seen = path.with_name("seen.png")
    save_portrait(seen, Image.new("RGB", (8, 6)), read_request(path), first_sight=(ANNA, BEN))
    index.refresh_portraits()
    assert {one.path: one.first_sight for one in index.page(PortraitQuery(), 0, 9)} == {path: (), seen: (ANNA,)}


def test_a_person_is_summed_up(
    root: Path, library: Library, person: tuple[Profile, dict[str, bytes]], index: Index
) -> None:
    profile, files = person
    taken = Taken(attribute="nose", person=BEN, name="Ben", steps=100)
    profile = profile.model_copy(update={"taken": (taken,), "consent": Consent(kind="self", until=date(2027, 1, 2))})
    library.create(profile, files)
    assert index.people() == []
    assert index.refresh_people()
    assert index.people() == [
        PersonSummary(
            id=ANNA,
            name="Anna",
            subject=profile.subject,
            family="small",
            state="ready",
            created=profile.created,
            likeness=0.5,
            thumbnail=root / "people" / ANNA / "references" / "0.png",
            mixed=True,
            consent_until=date(2027, 1, 2),
            tuned_step=10,
        )
    ]
    assert not index.refresh_people()


def test_people_are_found_renamed_and_gone(
    library: Library, person: tuple[Profile, dict[str, bytes]], index: Index
) -> None:
    library.create(*person)
    later = person[0].created + timedelta(hours=1)
    library.create(person[0].model_copy(update={"id": BEN, "name": "Ben", "created": later, "tuning": None}), {})
    index.refresh_people()
    assert [(one.name, one.state, one.thumbnail is None) for one in index.people()] == [
        ("Anna", "ready", False),
        ("Ben", "not tuned", True),
    ]
    library.rename(ANNA, "Johanna")
    index.refresh_people()
    assert [one.name for one in index.people()] == ["Johanna", "Ben"]
    library.delete(ANNA)
    assert index.refresh_people()
    assert [one.name for one in index.people()] == ["Ben"]


def test_people_are_compared_a_few_at_a_time_and_listed_in_the_order_in_which_they_were_made(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_module, "_BATCH", 2)
    monkeypatch.setattr(index_module, "_ROWS", 2)
    library, most = Library(root), 0
    made = [
        Profile(id=f"{9 - number:012x}", name=f"{number}", subject=Subject.MAN, family="starter") for number in range(7)
    ]
    for number, profile in enumerate(made):
        created = datetime(2026, 5, 1 + number, 12).astimezone()
        library.create(profile.model_copy(update={"created": created}), {})
    index = Index(root)
    asked = index._file.ask

    def ask(sql: str, values: Sequence[object] = ()) -> list[sqlite3.Row]:
        nonlocal most
        rows = asked(sql, values)
        most = max(most, len(rows))
        return rows

    monkeypatch.setattr(index._file, "ask", ask)
    try:
        assert [person.name for person in index.people()] == ["0", "1", "2", "3", "4", "5", "6"]
        for number in (0, 3, 6):
            library.delete(made[number].id)
        library.change(made[4].id, lambda now: now.model_copy(update={"name": "four"}))
        assert index.refresh_people()
        assert [person.name for person in index.people()] == ["1", "2", "four", "5"]
        assert not index.refresh_people()
        assert most == 2
    finally:
        index.close()


def test_only_manifests_that_changed_are_read(
    library: Library, person: tuple[Profile, dict[str, bytes]], index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.create(*person)
    index.refresh_people()
    monkeypatch.setattr("facea_desktop.library.search_index.read_manifest", lambda folder: pytest.fail("read again"))
    assert not index.refresh_people()
    assert len(index.people()) == 1


def test_a_damaged_manifest_is_left_out_and_logged(
    root: Path,
    library: Library,
    person: tuple[Profile, dict[str, bytes]],
    index: Index,
    caplog: pytest.LogCaptureFixture,
) -> None:
    library.create(*person)
    index.refresh_people()
    (root / "people" / ANNA / "profile.json").write_bytes(b"{")
    assert index.refresh_people()
    assert index.people() == []
    assert "left out" in caplog.text


def test_a_portrait_is_what_its_file_says(root: Path, index: Index, paint: Paint) -> None:
    path = paint("a", "an oil painting of a man smiling", seed=7)
    paint("a-context")
    assert index.refresh_portraits()
    (found,) = index.page(PortraitQuery(), 0, 10)
    assert found == index.portrait(path)
    assert (found.prompt, found.style, found.seed) == ("an oil painting of a man smiling", "oil painting", 7)
    assert (found.person, found.person_name, found.width, found.height) == (ANNA, "", 8, 6)
    assert found.created == datetime(2026, 5, 1, 12).astimezone()
    assert (found.context, found.mask) == (root / "portraits" / "a-context.png", None)
    paint("a-mask")
    assert index.refresh_portraits()
    assert index.page(PortraitQuery(), 0, 10)[0].mask == root / "portraits" / "a-mask.png"
    assert not index.refresh_portraits()


def test_strange_files_are_pictures_without_words_or_none(root: Path, index: Index, paint: Paint) -> None:
    folder = root / "portraits"
    paint("inner/deep")
    Image.new("RGB", (3, 2)).save(folder / "plain.PNG")
    save_portrait(folder / "newer.png", Image.new("RGB", (3, 2)), '{"kind": "portrait", "version": 2}')
    save_portrait(folder / "odd.png", Image.new("RGB", (3, 2)), "[" * 50_000)
    (folder / "text.png").write_bytes(b"text")
    (folder / ".hidden.png").write_bytes(b"")
    (folder / "note.txt").write_bytes(b"")
    (folder / "loop").symlink_to(folder)
    index.refresh_portraits()
    assert set(names(index)) == {"deep", "plain", "newer", "odd", "text"}
    assert {one.prompt for one in index.page(PortraitQuery(), 0, 10) if one.path.stem != "deep"} == {""}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", {"beard", "reading"}),
        ("read", {"reading"}),
        ("READING café", {"reading"}),
        ("cafe", {"reading"}),
        ("man", {"beard"}),
        ("an", {"beard", "reading"}),  # begins "Anna" and "an"
        ("anna beard", {"beard"}),
        ("watercolor", {"reading"}),
        ("nothing", set()),
        ('"', {"beard", "reading"}),
        ('beard" OR prompt:x* NEAR(', set()),
        ("* ( ) : ^ - + beard", {"beard"}),
    ],
)
def test_every_word_has_to_begin_a_word_of_prompt_name_or_style(
    library: Library, person: tuple[Profile, dict[str, bytes]], index: Index, paint: Paint, text: str, found: set[str]
) -> None:
    library.create(*person)
    index.refresh_people()
    paint("beard", "a man with a full beard")
    paint("reading", "a watercolor of a woman reading in a Café", person=ANNA)
    index.refresh_portraits()
    assert set(names(index, PortraitQuery(text=text))) == found


def test_each_filter_and_all_of_them_together(index: Index, paint: Paint) -> None:
    paint("a", "a man", seed=1)
    paint("b", "an oil painting of a man", seed=2, person=BEN)
    path = paint("c", "an oil painting of a woman", seed=2, person=BEN, others=(FaceAssignment(face=1, person=ANNA),))
    index.refresh_portraits()
    index.rate(path, 4)
    day = date(2026, 5, 1)
    everything = PortraitQuery(
        text="woman", person=ANNA, style="Oil Painting", seed=2, since=day, until=day, least_rating=4
    )
    assert set(names(index, PortraitQuery(person=ANNA))) == {"a", "c"}
    assert set(names(index, PortraitQuery(style="oil painting"))) == {"b", "c"}
    assert set(names(index, PortraitQuery(seed=2))) == {"b", "c"}
    assert names(index, PortraitQuery(least_rating=4)) == ["c"]
    assert (
        names(index, PortraitQuery(since=day + timedelta(1)))
        == names(index, PortraitQuery(until=day - timedelta(1)))
        == []
    )
    assert names(index, everything) == ["c"]
    for other in (
        replace(everything, person="c" * 12),
        replace(everything, least_rating=5),
        replace(everything, seed=3),
    ):
        assert names(index, other) == []
    assert index.styles() == ["oil painting"]
    assert index.prompts(2) == ["an oil painting of a woman", "an oil painting of a man"]
    index.delete(path)
    assert index.prompts(2) == ["an oil painting of a man", "a man"]


def test_keywords_and_albums_are_kept_found_and_filtered(root: Path, index: Index, paint: Paint) -> None:
    a, b = paint("a"), paint("b")
    index.refresh_portraits()
    index.label_all({a: (("Sea", "dusk"), ("Summer",)), b: (("sea",), ())})
    index.rate(b, REJECTED)
    assert index.labels("keyword")[0].casefold() == "sea"
    assert index.labels("album") == ["Summer"]

    def check(index: Index) -> None:
        assert set(names(index, PortraitQuery(keyword="sea"))) == {"a", "b"}
        assert names(index, PortraitQuery(album="summer")) == ["a"]
        assert names(index, PortraitQuery(text="dus")) == ["a"]
        assert names(index, PortraitQuery(least_rating=REJECTED)) == ["b"]
        assert names(index, PortraitQuery(least_rating=0)) == ["a"]
        (known,) = index.page(PortraitQuery(album="Summer"), 0, 1)
        assert (known.keywords, known.albums) == (("dusk", "Sea"), ("Summer",))

    check(index)
    index.add_portrait(a, 0.5)  # painted anew, as a job does
    check(index)
    index.close()
    (root / "index.sqlite").unlink()
    again = Index(root)
    again.refresh_portraits()
    check(again)
    again.label_all({a: ((), ())})
    assert again.labels("album") == []
    assert names(again, PortraitQuery(text="dusk")) == []
    again.delete(b)
    assert b"sea" not in b"".join(path.read_bytes() for path in root.rglob("*") if path.is_file()).lower()
    again.close()


def test_orders_and_pages(index: Index, paint: Paint) -> None:
    paths = {name: paint(name) for name in "abcd"}
    for name, likeness in (("a", 0.5), ("b", None), ("c", 0.9), ("d", None)):
        index.add_portrait(paths[name], likeness)
    index.rate(paths["b"], 5)
    index.rate(paths["a"], 2)
    assert names(index, PortraitQuery(order="newest")) == ["d", "c", "b", "a"]
    assert names(index, PortraitQuery(order="oldest")) == ["a", "b", "c", "d"]
    assert names(index, PortraitQuery(order="likeness")) == ["c", "a", "d", "b"]
    assert names(index, PortraitQuery(order="rating")) == ["b", "a", "d", "c"]
    assert [one.path.stem for one in index.page(PortraitQuery(order="likeness"), 1, 2)] == ["a", "d"]
    assert index.page(PortraitQuery(), 4, 10) == []


def test_portraits_are_found_by_the_name_that_people_bear_now(
    library: Library, person: tuple[Profile, dict[str, bytes]], index: Index, paint: Paint
) -> None:
    paint("with-others", person=BEN, others=(FaceAssignment(face=1, person=ANNA),))
    path = paint("alone")
    index.refresh_portraits()
    assert names(index, PortraitQuery(text="anna")) == []
    library.create(*person)
    index.refresh_people()
    assert set(names(index, PortraitQuery(text="anna"))) == {"with-others", "alone"}
    library.rename(ANNA, "Johanna")
    index.refresh_people()
    assert names(index, PortraitQuery(text="anna")) == []
    assert set(names(index, PortraitQuery(text="johanna"))) == {"with-others", "alone"}
    found = index.portrait(path)
    assert found is not None
    assert found.person_name == "Johanna"


def test_portraits_that_go_with_their_person_are_forgotten(
    root: Path, library: Library, person: tuple[Profile, dict[str, bytes]], index: Index, paint: Paint
) -> None:
    library.create(*person)
    index.refresh_people()
    paint("hers")
    paint("hers-mask")
    paint("among-others", person=BEN, others=(FaceAssignment(face=1, person=ANNA),))
    paint("his", person=BEN)
    index.refresh_portraits()
    index.rate(root / "portraits" / "hers.png", 5)
    library.delete(ANNA, portraits=True)
    index.refresh_people()
    assert names(index) == ["his"]
    assert {path.name for path in (root / "portraits").iterdir()} == {"his.png", "notes.jsonl"}
    assert b"hers" not in (root / "portraits" / "notes.jsonl").read_bytes()


def test_a_new_portrait_is_there_at_once_and_one_that_lies_elsewhere_is_passed_over(
    index: Index, paint: Paint, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = paint("a")
    index.add_portrait(path, 0.75)
    assert [one.likeness for one in index.page(PortraitQuery(), 0, 10)] == [0.75]
    assert not index.refresh_portraits()
    save_portrait(tmp_path / "b.png", Image.new("RGB", (3, 2)), None)
    index.add_portrait(tmp_path / "b.png", 0.5)
    assert index.portrait(tmp_path / "b.png") is None
    with pytest.raises(UserError, match="not in the gallery"):
        index.rate(tmp_path / "b.png", 3)
    index.add_portrait(path.with_name("gone.png"), 0.5)
    assert names(index) == ["a"]
    assert "could not be indexed" in caplog.text


@pytest.mark.parametrize("loss", ["missing", "damaged", "empty", "another version", "no database", "damaged in use"])
def test_a_lost_index_is_made_anew_with_ratings_and_likeness(
    root: Path,
    library: Library,
    person: tuple[Profile, dict[str, bytes]],
    paint: Paint,
    loss: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    library.create(*person)
    path = paint("a")
    index = Index(root)
    index.add_portrait(path, 0.75)
    index.rate(path, 3)
    index.rate(path, 4)
    before = index.portrait(path)
    people = index.people()
    file = root / "index.sqlite"
    index.close()
    if loss == "missing":
        file.unlink()
    elif loss == "no database":
        file.write_bytes(b"text" * 5000)
    elif loss == "empty":
        file.write_bytes(b"")
    elif loss == "another version":
        with sqlite3.connect(file) as db:
            db.execute("PRAGMA user_version = 99")
        db.close()
    elif loss == "damaged":
        data = bytearray(file.read_bytes())
        data[5000:30_000] = os.urandom(25_000)
        file.write_bytes(data)
    caplog.set_level(logging.INFO)
    caplog.clear()
    index = Index(root)
    if loss == "damaged in use":
        data = file.read_bytes()
        file.write_bytes(data[:4096] + os.urandom(len(data) - 4096))
        thread = threading.Thread(target=index.people)  # this thread's connection still knows the sound pages
        thread.start()
        thread.join()
    else:
        index.refresh_portraits()
    assert index.people() == people
    assert index.portrait(path) == before
    assert before is not None
    assert (before.rating, before.likeness) == (4, 0.75)
    assert "is rebuilt" in caplog.text
    assert index.page(PortraitQuery(text="smiling anna"), 0, 10) == [before]
    index.close()


def test_a_crash_in_the_middle_of_a_note_loses_that_note_alone(root: Path, index: Index, paint: Paint) -> None:
    paths = [paint("a"), paint("b")]
    index.refresh_portraits()
    index.rate(paths[0], 4)
    with (root / "portraits" / "notes.jsonl").open("ab") as file:
        file.write(b'\n{"picture": "b.png", "sta')
    index.rate(paths[1], 2)
    index.close()
    (root / "index.sqlite").unlink()
    again = Index(root)
    again.refresh_portraits()
    assert [one.rating for one in again.page(PortraitQuery(order="oldest"), 0, 10)] == [4, 2]
    again.close()


def test_a_changed_picture_is_read_again_and_keeps_its_stars(index: Index, paint: Paint) -> None:
    path = paint("a", "a man")
    index.add_portrait(path, 0.5)
    index.rate(path, 5)
    paint("a", "a man reading", size=(9, 9))
    assert index.refresh_portraits()
    found = index.portrait(path)
    assert found is not None
    assert (found.prompt, found.width, found.rating, found.likeness) == ("a man reading", 9, 5, 0.5)


def test_deleting_erases_the_picture_and_its_stages_and_leaves_no_word_of_it(
    root: Path, index: Index, paint: Paint
) -> None:
    keep = paint("keep", "a man in the rain")
    path = paint("a", "a xylophonist")
    for stage in ("a-context", "a-mask"):
        paint(stage, "a xylophonist")
    index.refresh_portraits()
    index.rate(path, 5)
    index.delete(path)
    assert names(index) == ["keep"]
    assert {one.name for one in keep.parent.iterdir()} == {"keep.png", "notes.jsonl"}
    for file in [*root.glob("index.sqlite*"), *keep.parent.iterdir()]:
        assert b"xylophon" not in file.read_bytes()
        assert b"a.png" not in file.read_bytes()
    index.delete(path)  # gone already
    assert names(index) == ["keep"]


def test_deleting_that_fails_forgets_what_is_gone_and_keeps_the_rest(
    index: Index, paint: Paint, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [paint("a"), paint("b"), paint("c")]
    index.refresh_portraits()
    from facea_desktop.library import erasure, portrait_files

    def erase(path: Path) -> None:
        if path.name == "b.png":
            raise PermissionError(13, "Permission denied")
        erasure.erase_file(path)

    monkeypatch.setattr(portrait_files, "erase_at_once", erase)
    with pytest.raises(UserError, match=r"delete b\.png"):
        index.delete(*paths)
    assert names(index) == ["c", "b"]


def test_two_threads_read_and_write_at_once(index: Index, paint: Paint) -> None:
    paths = [paint(f"{number}") for number in range(30)]
    troubles: list[Exception] = []

    def refresh() -> None:
        try:
            for _ in range(5):
                index.refresh_portraits()
                index.forget(*paths[:10])
                index.refresh_portraits()
        except Exception as error:  # noqa: BLE001 - told by the test
            troubles.append(error)

    thread = threading.Thread(target=refresh)
    thread.start()
    while thread.is_alive():
        index.rate(paths[-1], 3)
        index.count(PortraitQuery(text="man"))
        assert len(index.page(PortraitQuery(), 0, 100)) <= 30
    thread.join()
    assert not troubles
    assert index.count(PortraitQuery()) == 30


def test_portraits_are_indexed_while_their_folder_is_still_listed(
    index: Index, paint: Paint, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that a gallery of a million takes no more memory than a small one."""
    for name in "abcde":
        paint(name)
    indexed: list[int] = []

    def watched(portraits: Path) -> Iterator[PortraitFile]:
        for one in found_portraits(portraits):
            indexed.append(index.count(PortraitQuery()))
            yield one

    monkeypatch.setattr(index_module, "found_portraits", watched)
    monkeypatch.setattr(index_module, "_BATCH", 2)
    assert index.refresh_portraits()
    assert indexed == [0, 0, 2, 2, 4]
    assert index.count(PortraitQuery()) == 5


def test_what_is_painted_while_the_folder_is_listed_stays_also_in_the_row_of_one_that_was_deleted(
    index: Index, paint: Paint, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = paint("a")
    index.refresh_portraits()

    def listed_before(_: Path) -> Iterator[PortraitFile]:
        index.delete(before)
        index.add_portrait(paint("b"), 0.5)
        return iter(())

    monkeypatch.setattr(index_module, "found_portraits", listed_before)
    index.refresh_portraits()
    assert [one.likeness for one in index.page(PortraitQuery(), 0, 9)] == [0.5]


def test_refreshing_can_be_stopped(index: Index, paint: Paint) -> None:
    paint("a")
    index.refresh_portraits(stop=lambda: True)
    assert index.count(PortraitQuery()) == 0


def test_closing_the_index_stops_what_refreshes_it_at_the_next_picture(
    root: Path, index: Index, paint: Paint, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in "abcd":
        paint(name)
    read: list[Path] = []

    def closing_meanwhile(path: Path) -> PortraitFacts:
        read.append(path)
        if len(read) == 2:
            index.close()
        return read_facts(path)

    monkeypatch.setattr(index_module, "read_facts", closing_meanwhile)
    thread = threading.Thread(target=index.refresh_portraits)
    thread.start()
    thread.join()
    assert len(read) == 2

    again = Index(root)
    assert again.count(PortraitQuery()) == 2
    again.refresh_portraits()
    assert again.count(PortraitQuery()) == 4
    again.close()


def test_a_locked_index_is_logged_and_the_rating_is_kept(
    root: Path, index: Index, paint: Paint, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    path = paint("a")
    index.refresh_portraits()
    index._file._own.execute("PRAGMA busy_timeout = 0")
    other = sqlite3.connect(root / "index.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    index.rate(path, 5)
    other.close()
    assert "could not be written" in caplog.text
    (root / "index.sqlite").unlink()
    again = Index(root)
    again.refresh_portraits()
    assert [one.rating for one in again.page(PortraitQuery(), 0, 1)] == [5]
    again.close()


def test_nobody_else_may_read_the_index(root: Path, index: Index) -> None:
    assert all(path.stat().st_mode & 0o077 == 0 for path in root.glob("index.sqlite*"))


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Could not open"):
        Index(tmp_path / "missing")


def test_pictures_with_impossible_times_hide_no_others(root: Path, index: Index, paint: Paint) -> None:
    paths = [paint(str(number)) for number in range(3)]
    os.utime(paths[0], (2**62 // 10**9 * 4, 2**62 // 10**9 * 4))  # beyond what a database holds in nanoseconds
    os.utime(paths[1], (-(10**10), -(10**10)))
    index.refresh_portraits()
    assert sorted(names(index)) == sorted(path.stem for path in paths)


def test_a_row_that_cannot_be_shown_hides_no_others(
    root: Path, library: Library, person: tuple[Profile, dict[str, bytes]], index: Index, paint: Paint, caplog
) -> None:
    library.create(*person)
    library.create(person[0].model_copy(update={"id": BEN, "name": "Ben"}), {})
    for number in range(2):
        paint(str(number))
    index.refresh_people()
    index.refresh_portraits()
    index.close()
    with closing(sqlite3.connect(root / "index.sqlite")) as db:  # as an earlier version may have written it
        db.execute("UPDATE people SET created = -62135647200.0 WHERE id = ?", [ANNA])
        db.execute("UPDATE portraits SET created = 1e300 WHERE path LIKE '%0.png'")
        db.commit()
    later = Index(root)
    assert [one.name for one in later.people()] == ["Ben"]
    assert len(later.page(PortraitQuery(), 0, 10)) == 1
    later.close()
    assert "passed over" in caplog.text


def test_when_a_portrait_was_made_outlives_a_copy_of_the_folder(root: Path, tmp_path: Path, paint: Paint) -> None:
    paint("old")
    (root / "portraits" / "plain.png").write_bytes(b"")
    Image.new("RGB", (8, 6)).save(root / "portraits" / "plain.png")
    os.utime(root / "portraits" / "plain.png", (1.7e9, 1.7e9))
    shutil.copytree(root / "portraits", tmp_path / "copy" / "portraits", copy_function=shutil.copyfile)
    made = Index(tmp_path / "copy")
    made.refresh_portraits()
    dates = {found.path.stem: found.created for found in made.page(PortraitQuery(), 0, 9)}
    made.close()
    assert dates["old"] == datetime(2026, 5, 1, 12).astimezone()
    assert dates["plain"] > datetime(2026, 5, 1, 12).astimezone(), "it says nothing: the file system does"


@pytest.mark.parametrize("written", ["0001-01-01T00:00:00+14:00", "9999-12-31", "yesterday", "", "\ud800"])
def test_a_date_that_nobody_can_mean_is_passed_over(root: Path, index: Index, written: str) -> None:
    texts = PngImagePlugin.PngInfo()
    texts.add_itxt("Creation Time", written.encode("utf-8", "replace").decode())
    (root / "portraits").mkdir()
    path = root / "portraits" / "a.png"
    Image.new("RGB", (8, 6)).save(path, pnginfo=texts)
    os.utime(path, (1.7e9, 1.7e9))
    index.refresh_portraits()
    assert index.page(PortraitQuery(), 0, 1)[0].created.timestamp() == 1.7e9


PROMPTS = {
    "chinese": "\u4e00\u4e2a\u5fae\u7b11\u7684\u5973\u4eba\u5728\u6d77\u8fb9",
    "japanese": "\u5973\u6027\u304c\u6d77\u8fba\u3067\u7b11\u3063\u3066\u3044\u308b",
    "korean": "\ud574\ubcc0\uc5d0\uc11c \uc6c3\ub294 \uc5ec\uc790",
    "thumb": "a man, \U0001f44d\U0001f3fd\U0001f600",
    "heart": "a man \u2764\ufe0f",
    "accent": "J\u00fcrgen in a caf\u00e9",
    "apart": "Ju\u0308rgens in a cafe\u0301",
}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("\u4e00\u4e2a", {"chinese"}),
        ("\u5fae\u7b11", {"chinese"}),
        ("\u7b11", {"chinese", "japanese"}),
        ("\u7b11\u5fae", set()),
        ("\u6d77\u8fba", {"japanese"}),
        ("\u7b11\u3063\u3066", {"japanese"}),
        ("\uc6c3", {"korean"}),
        ("\U0001f600", {"thumb"}),
        ("\U0001f44d man", {"thumb"}),
        ("\U0001f921", set()),
        ("\u2764", {"heart"}),
        ("\u2764\ufe0f", {"heart"}),
        ("j\u00fcrgen", {"accent", "apart"}),
        ("ju\u0308rgen caf\u00e9", {"accent", "apart"}),
        ("jurgen", {"accent", "apart"}),
    ],
)
def test_words_are_found_in_every_script(index: Index, paint: Paint, text: str, found: set[str]) -> None:
    for name, prompt in PROMPTS.items():
        paint(name, prompt)
    index.refresh_portraits()
    assert set(names(index, PortraitQuery(text=text))) == found


def test_people_are_found_by_a_part_of_their_chinese_name(
    root: Path, library: Library, person: tuple[Profile, dict[str, bytes]], index: Index, paint: Paint
) -> None:
    profile, files = person
    library.create(profile.model_copy(update={"name": "\u674e\u660e\u534e"}), files)
    index.refresh_people()
    paint("a")
    index.refresh_portraits()
    assert names(index, PortraitQuery(text="\u660e\u534e")) == ["a"]
