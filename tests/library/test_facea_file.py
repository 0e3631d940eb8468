from __future__ import annotations

import contextlib
import errno
import io
import json
import os
import stat
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from safetensors.numpy import load, save

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import PARTS
from facea_desktop.domain.people import Appearance, Consent, Profile, Reference
from facea_desktop.domain.plain_text import one_line
from facea_desktop.library import safe_zip
from facea_desktop.library.adapter_checks import AdapterLayout
from facea_desktop.library.facea_file import export_person, import_person
from facea_desktop.library.id_library import Library
from facea_desktop.library.search_index import Index

Person = tuple[Profile, dict[str, bytes]]
Snapshot = Callable[[Path], dict[str, str]]
LayoutOf = Callable[[str], AdapterLayout]
PackageOf = Callable[[Profile, dict[str, bytes]], bytes]
many = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def exported(library: Library, person: Person, tmp_path: Path) -> bytes:
    stored = library.create(*person)
    export_person(library, stored.id, tmp_path / "anna.facea")
    return (tmp_path / "anna.facea").read_bytes()


@pytest.fixture
def offer(tmp_path: Path, layout_of: LayoutOf, snapshot: Snapshot) -> Callable[[bytes], tuple[Library, Profile | None]]:
    """Import a package into an empty library; a refusal must be one line and leave the library as it was."""
    library = Library(tmp_path / "offered")

    def offered(package: bytes) -> tuple[Library, Profile | None]:
        return library, import_or_refuse(library, package, tmp_path / "offer.facea", layout_of, snapshot)

    return offered


Offer = Callable[[bytes], tuple[Library, Profile | None]]


def import_or_refuse(
    library: Library, package: bytes, source: Path, layout_of: LayoutOf, snapshot: Snapshot
) -> Profile | None:
    """None where it is refused: in one line, and the library is as it was."""
    source.write_bytes(package)
    before = snapshot(source.parent)
    try:
        return import_person(library, source, layout_of)
    except UserError as refused:
        said = str(refused)
    assert "\n" not in said
    assert said.startswith("offer.facea was not imported: ")
    assert snapshot(source.parent) == before
    return None


def members_of(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def named(name: str) -> zipfile.ZipInfo:
    """A member with a name that ZipInfo itself would mend."""
    member = zipfile.ZipInfo("x")
    member.filename = member.orig_filename = name
    return member


def zipped(members: dict[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w", compression) as opened:
        for name, data in members.items():
            opened.writestr(named(name), data, compression)
    return package.getvalue()


def test_the_way_there_and_back_keeps_every_byte(
    library: Library, exported: bytes, tmp_path: Path, layout_of: LayoutOf, person: Person
) -> None:
    elsewhere = Library(tmp_path / "elsewhere")
    profile = import_person(elsewhere, tmp_path / "anna.facea", layout_of)
    assert profile == library.get("Anna")
    assert elsewhere.read_files(profile) == person[1]
    export_person(elsewhere, profile.id, tmp_path / "again.facea")
    assert (tmp_path / "again.facea").read_bytes() == exported
    again = members_of(exported)
    assert {name: data for name, data in again.items() if name != "manifest.json"} == person[1]


def test_looks_travel_and_a_package_from_before_they_were_kept_still_opens(
    person: Person, package_of: PackageOf, offer: Offer
) -> None:
    profile, files = person
    looks = Appearance(hair_length="long", age="old")
    _, imported = offer(package_of(profile.model_copy(update={"appearance": looks}), files))
    assert imported is not None
    assert imported.appearance == looks
    members = members_of(package_of(profile.model_copy(update={"id": "f" * 12}), files))
    manifest = json.loads(members["manifest.json"])
    del manifest["profile"]["appearance"]
    _, older = offer(zipped(members | {"manifest.json": json.dumps(manifest).encode()}))
    assert older is not None
    assert older.appearance == Appearance()


def test_checkpoints_stay_at_home(library: Library, person: Person, offer: Offer, tmp_path: Path) -> None:
    profile, files = person
    stored = library.create(
        profile.model_copy(update={"tuning": profile.tuning.model_copy(update={"best_step": 5})}), files
    )
    best = library.folder(stored.id) / "checkpoints" / "best"
    best.mkdir(parents=True)
    (best / "adapter.safetensors").write_bytes(files["adapter.safetensors"])
    export_person(library, stored.id, tmp_path / "anna.facea")
    elsewhere, imported = offer((tmp_path / "anna.facea").read_bytes())
    assert imported.tuning.best_step is None
    assert not (elsewhere.folder(imported.id) / "checkpoints").exists()


def test_a_person_who_is_not_tuned_travels_too(library: Library, person: Person, offer: Offer, tmp_path: Path) -> None:
    files = {name: data for name, data in person[1].items() if name.endswith(".png")}
    stored = library.create(person[0].model_copy(update={"tuning": None}), files)
    export_person(library, stored.id, tmp_path / "anna.facea")
    elsewhere, imported = offer((tmp_path / "anna.facea").read_bytes())
    assert imported == stored
    assert elsewhere.read_files(imported) == files


def test_importing_never_overwrites_who_is_there(
    library: Library, exported: bytes, tmp_path: Path, layout_of: LayoutOf, person: Person
) -> None:
    library.rename(person[0].id, "Old Anna")
    first = import_person(library, tmp_path / "anna.facea", layout_of)
    second = import_person(library, tmp_path / "anna.facea", layout_of)
    assert len({person[0].id, first.id, second.id}) == 3
    assert library.get(person[0].id).name == "Old Anna"
    assert library.read_files(second) == person[1]


def test_export_refuses_a_damaged_person_and_keeps_the_older_file(
    library: Library, exported: bytes, tmp_path: Path, person: Person
) -> None:
    (library.folder(person[0].id) / "masks/0-nose.png").write_bytes(b"other")
    with pytest.raises(UserError, match="masks/0-nose"):
        export_person(library, person[0].id, tmp_path / "anna.facea")
    assert (tmp_path / "anna.facea").read_bytes() == exported


def test_export_to_a_folder_that_is_not_there_is_said(
    library: Library, exported: bytes, tmp_path: Path, person: Person
) -> None:
    with pytest.raises(UserError, match="save"):
        export_person(library, person[0].id, tmp_path / "missing" / "anna.facea")


def test_a_full_disk_while_exporting_or_importing_changes_nothing(
    library: Library,
    exported: bytes,
    tmp_path: Path,
    layout_of: LayoutOf,
    snapshot: Snapshot,
    monkeypatch: pytest.MonkeyPatch,
    person: Person,
) -> None:
    before = snapshot(tmp_path)

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError, match="disk is full"):
        import_person(library, tmp_path / "anna.facea", layout_of)
    with pytest.raises(UserError, match="disk is full"):
        export_person(library, person[0].id, tmp_path / "anna.facea")
    assert snapshot(tmp_path) == before


def test_a_file_that_is_missing_or_a_folder_is_refused(library: Library, tmp_path: Path, layout_of: LayoutOf) -> None:
    for name in ("missing.facea", "."):
        with pytest.raises(UserError, match="cannot be opened"):
            import_person(library, tmp_path / name, layout_of)


HOSTILE_NAMES = [
    "../evil.png",
    "/etc/passwd",
    "C:/evil.png",
    "C:evil.png",
    "references/../../evil.png",
    "references\\0.png",
    "references/0.png/",
    "references/",
    "references/0.PNG",
    "references/00.png",
    "references/0.png\0.exe",
    "references/0.png\n",
    "references/٣.png",
    "masks/0-ear.png",
    "checkpoints/best/adapter.safetensors",
    "profile.json",
    "adapter.safetensors.exe",
    ".new-0123456789ab/x",
    "con",
    "",
]


@pytest.mark.parametrize("name", HOSTILE_NAMES, ids=ascii)
def test_only_names_that_a_person_has_come_in(exported: bytes, offer: Offer, tmp_path: Path, name: str) -> None:
    members = members_of(exported)
    assert offer(zipped(members | {name: b"evil"}))[1] is None
    assert not list(tmp_path.rglob("*evil*"))


def test_links_encrypted_members_and_odd_packing_are_refused(exported: bytes, offer: Offer) -> None:
    members = members_of(exported)
    link = bytearray(exported)
    mode = exported.rindex(b"PK\x01\x02") + 38
    struct.pack_into("<L", link, mode, (stat.S_IFLNK | 0o777) << 16)
    assert offer(bytes(link))[1] is None
    for packing in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        assert offer(zipped(members, packing))[1] is None
    encrypted = bytearray(zipped(members))
    encrypted[encrypted.rindex(b"PK\x01\x02") + 8] |= 1
    assert offer(bytes(encrypted))[1] is None
    assert offer(zipped(members, zipfile.ZIP_DEFLATED))[1] is not None  # what stands here is otherwise good


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
def test_a_name_that_comes_twice_is_refused(exported: bytes, offer: Offer) -> None:
    package = io.BytesIO(exported)
    with zipfile.ZipFile(package, "a") as opened:
        opened.writestr("adapter.safetensors", opened.read("adapter.safetensors"))
    assert offer(package.getvalue())[1] is None


def test_archives_with_something_around_them_are_refused(exported: bytes, offer: Offer) -> None:
    for package in (b"MZ" + exported, exported + b"x", exported[:-2] + b"\x01\0x", exported[:-1], b"", b"PK\x05\x06"):
        assert offer(package)[1] is None


def test_a_bomb_is_refused_before_it_is_unpacked(exported: bytes, offer: Offer) -> None:
    members = members_of(exported)
    bombs = [
        zipped(members | {"references/9.png": bytes(200 << 20)}, zipfile.ZIP_DEFLATED),
        zipped({f"references/{n}.png": b"" for n in range(1000)} | {"manifest.json": b""}),
    ]
    lying = bytearray(bombs[0])  # the same member, said to be small
    entry = lying.rindex(b"PK\x01\x02")
    struct.pack_into("<L", lying, entry + 24, 1000)
    bombs.append(bytes(lying))
    tracemalloc.start()
    try:
        for bomb in bombs:
            tracemalloc.reset_peak()
            assert offer(bomb)[1] is None
            assert tracemalloc.get_traced_memory()[1] < 20 << 20
    finally:
        tracemalloc.stop()


def test_a_directory_too_long_to_read_is_refused_unread(
    exported: bytes, offer: Offer, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = exported[exported.index(b"PK\x01\x02") :][:60]
    long = entry * 20_000
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 7, 7, len(long), 0, 0)
    monkeypatch.setattr(zipfile, "ZipFile", None)  # would raise TypeError
    assert offer(long + end)[1] is None


def test_files_larger_than_the_limits_are_refused(
    exported: bytes, offer: Offer, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = len(exported)
    for limit, value in [("FILE_LIMIT", size - 1), ("TOTAL_LIMIT", 1000), ("MEMBER_LIMIT", 5)]:
        with monkeypatch.context() as patch:
            patch.setattr(safe_zip, limit, value)
            assert offer(exported)[1] is None
    assert offer(exported)[1] is not None


def test_every_byte_of_a_member_is_vouched_for(exported: bytes, offer: Offer) -> None:
    members = members_of(exported)
    for name in members:
        if name == "manifest.json":
            continue
        changed = members[name][:-1] + bytes([members[name][-1] ^ 1])
        assert offer(zipped(members | {name: changed}))[1] is None
        assert offer(zipped({other: data for other, data in members.items() if other != name}))[1] is None


def good_png(mode: str = "RGB", size: tuple[int, int] = (16, 16)) -> bytes:
    data = io.BytesIO()
    Image.new(mode, size).save(data, "PNG")
    return data.getvalue()


@pytest.mark.parametrize(
    "changes",
    [
        {"masks/0-nose.png": good_png("L", (15, 16))},
        {"masks/0-nose.png": good_png("RGB")},
        {"references/0.png": good_png("RGBA")},
        {"references/0.png": good_png("RGB", (2049, 2048))},
        {"references/0.png": good_png()[:-40]},
        {"references/0.png": b"GIF89a"},
        {"references/2.png": good_png()},
        {"masks/1-left_eye.png": good_png("L")},
        {"masks/1-face.png": None},
        {"references/1.png": None},
        {"adapter.safetensors": None},
        {"features.safetensors": None},
        {"adapter.safetensors": b"\x80\x04"},
        {"features.safetensors": save({"face": np.ones((3, 12), np.float32)})},
        {"features.safetensors": save({part: np.ones((3, 13), np.float32) for part in PARTS})},
        {"features.safetensors": save({part: np.full((3, 12), np.nan, np.float32) for part in PARTS})},
    ],
    ids=range(16),
)
def test_content_that_does_not_fit_is_refused_though_its_hash_is_right(
    person: Person, package_of: PackageOf, offer: Offer, changes: dict[str, bytes | None]
) -> None:
    profile, files = person
    changed = {name: data for name, data in (files | changes).items() if data is not None}
    assert offer(package_of(profile, changed))[1] is None
    assert offer(package_of(profile, files))[1] is not None


def test_weights_of_another_family_are_refused(person: Person, package_of: PackageOf, offer: Offer) -> None:
    profile, files = person
    assert offer(package_of(profile.model_copy(update={"family": "other"}), files))[1] is None
    wide = {key: np.repeat(tensor, 2, axis=-1) for key, tensor in load(files["adapter.safetensors"]).items()}
    assert offer(package_of(profile, files | {"adapter.safetensors": save(wide)}))[1] is None


def test_references_that_contradict_themselves_are_refused(person: Person, package_of: PackageOf, offer: Offer) -> None:
    profile, files = person
    for references in (
        (*profile.references, profile.references[0]),
        (profile.references[0], Reference(index=1, parts=("nose", "mouth", "right_eye"))),
        (profile.references[0], Reference(index=1, parts=("face", "face", "nose", "mouth", "right_eye"))),
        (profile.references[0], Reference(index=1, parts=("face", "../x"))),
    ):
        assert offer(package_of(profile.model_copy(update={"references": references}), files))[1] is None


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("version",), 2),
        (("format",), "zip"),
        (("extra",), 1),
        (("profile", "extra"), 1),
        (("profile", "id"), "../../../evil"),
        (("profile", "id"), "0123456789AB"),
        (("profile", "name"), "a\nb"),
        (("profile", "name"), ""),
        (("profile", "family"), "../x"),
        (("profile", "version"), 2),
        (("profile", "files"), {"../x": "0" * 64}),
        (("profile", "tuning", "curve"), [{"step": 1, "likeness": float("nan")}]),
        (("profile", "tuning", "step"), "many"),
        (("members", "adapter.safetensors", "size"), 1),
        (("members", "adapter.safetensors", "sha256"), "0" * 64),
        (("members", "references/9.png"), {"sha256": "0" * 64, "size": 0}),
    ],
    ids=str,
)
def test_a_manifest_that_says_something_odd_is_refused(
    exported: bytes, offer: Offer, place: tuple[str, ...], value: object
) -> None:
    members = members_of(exported)
    manifest = json.loads(members["manifest.json"])
    inner = manifest
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    assert offer(zipped(members | {"manifest.json": json.dumps(manifest).encode()}))[1] is None


@pytest.mark.parametrize(
    "manifest",
    [b"", b"[" * 200_000, b'{"profile": ' * 50_000, b"\xff\xfe", b"9" * 10_000, b" " * (2 << 20), b'"\\ud800"'],
)
def test_a_manifest_that_is_none_is_refused(exported: bytes, offer: Offer, manifest: bytes) -> None:
    assert offer(zipped(members_of(exported) | {"manifest.json": manifest}))[1] is None


def same_person(library: Library, imported: Profile, person: Person) -> bool:
    again = library.get(imported.id)
    return again == imported and library.read_files(again) == person[1] and again.name == person[0].name


@many
@given(data=st.data())
def test_a_damaged_export_is_refused_or_is_the_same_person(
    tmp_path_factory: pytest.TempPathFactory,
    person: Person,
    package_of: PackageOf,
    layout_of: LayoutOf,
    snapshot: Snapshot,
    data: st.DataObject,
) -> None:
    package = bytearray(package_of(*person))
    directory = package.index(b"PK\x01\x02")
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.sampled_from([0, directory, len(package) - 40]))
        place = data.draw(st.integers(start, len(package) - 1))
        package[place] = data.draw(st.integers(0, 255))
    kept = data.draw(st.one_of(st.just(len(package)), st.integers(0, len(package))))
    _check_offer(tmp_path_factory, bytes(package[:kept]), person, layout_of, snapshot)


NAMES = st.one_of(
    st.sampled_from(
        [*HOSTILE_NAMES[:10], "manifest.json", "adapter.safetensors", "references/0.png", "masks/0-face.png"]
    ),
    st.text(max_size=20),
)


@many
@given(data=st.data())
@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
def test_members_renamed_swapped_or_replaced_are_refused_or_are_the_same_person(
    tmp_path_factory: pytest.TempPathFactory,
    person: Person,
    package_of: PackageOf,
    layout_of: LayoutOf,
    snapshot: Snapshot,
    data: st.DataObject,
) -> None:
    members = members_of(package_of(*person))
    for name in data.draw(st.lists(st.sampled_from(sorted(members)), max_size=3, unique=True)):
        match data.draw(st.sampled_from(["rename", "swap", "replace", "drop"])):
            case "rename":
                members[data.draw(NAMES)] = members.pop(name)
            case "swap":
                other = data.draw(st.sampled_from(sorted(members)))
                members[name], members[other] = members[other], members[name]
            case "replace":
                members[name] = data.draw(st.binary(max_size=100))
            case "drop":
                del members[name]
    packing = data.draw(st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]))
    _check_offer(tmp_path_factory, zipped(members, packing), person, layout_of, snapshot)


@many
@given(data=st.data())
def test_a_manifest_with_any_value_anywhere_is_refused_or_can_be_read_again(
    tmp_path_factory: pytest.TempPathFactory,
    person: Person,
    package_of: PackageOf,
    layout_of: LayoutOf,
    snapshot: Snapshot,
    data: st.DataObject,
) -> None:
    """Values may be changed for others that are as good (a name), but what is stored is readable and intact."""
    members = members_of(package_of(*person))
    manifest = json.loads(members["manifest.json"])
    value = data.draw(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
            max_leaves=5,
        )
    )
    inner = manifest
    while True:
        key = data.draw(st.sampled_from(sorted(inner) if isinstance(inner, dict) else range(len(inner))))
        if not isinstance(inner[key], dict | list) or not inner[key] or data.draw(st.booleans()):
            break
        inner = inner[key]
    inner[key] = value
    package = zipped(members | {"manifest.json": json.dumps(manifest).encode()})
    library, imported = _import(tmp_path_factory, package, layout_of, snapshot)
    if imported is not None:
        assert library.people() == [imported]
        library.read_files(imported)
        export_person(library, imported.id, tmp_path_factory.getbasetemp() / "again.facea")


@many
@given(package=st.binary(max_size=300) | st.dictionaries(st.text(max_size=20), st.binary(max_size=50)).map(zipped))
def test_anything_at_all_is_refused(
    tmp_path_factory: pytest.TempPathFactory, layout_of: LayoutOf, snapshot: Snapshot, package: bytes
) -> None:
    assert _import(tmp_path_factory, package, layout_of, snapshot)[1] is None


def _check_offer(
    factory: pytest.TempPathFactory, package: bytes, person: Person, layout_of: LayoutOf, snapshot: Snapshot
) -> None:
    library, imported = _import(factory, package, layout_of, snapshot)
    if imported is not None:
        assert imported.model_copy(update={"files": {}}) == person[0]
        assert same_person(library, imported, person)


def _import(
    factory: pytest.TempPathFactory, package: bytes, layout_of: LayoutOf, snapshot: Snapshot
) -> tuple[Library, Profile | None]:
    place = factory.mktemp("offer")
    library = Library(place / "data")
    return library, import_or_refuse(library, package, place / "offer.facea", layout_of, snapshot)


def test_whatever_a_stranger_writes_into_the_profile_later_starts_show_everybody(
    person: Person, package_of: PackageOf, tmp_path: Path, layout_of: LayoutOf
) -> None:
    """Each field in turn with a value that is out of all bounds: it is refused, or the index can show it."""
    profile, files = person
    honest = json.loads(profile.model_dump_json())
    honest["taken"] = [{"attribute": "nose", "person": "c" * 12, "name": "Ben", "steps": 1}]
    library = Library(tmp_path / "offered")
    library.create(profile.model_copy(update={"id": "f" * 12, "name": "Zoe"}), files)
    taken = 0
    for number, (path, value) in enumerate(
        [(path, value) for path in fields(honest) for value in OUT_OF_BOUNDS]
        + [(("created",), at) for at in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "1969-01-01T00:00Z")]
    ):
        stranger = replaced(honest | {"id": f"{number:012x}"}, path, value)
        (tmp_path / "offer.facea").write_bytes(repacked(package_of(profile, files), stranger))
        with contextlib.suppress(UserError):
            import_person(library, tmp_path / "offer.facea", layout_of)
            taken += 1
    assert taken > 3  # names and dates among others
    index = Index(library.portraits.parent)
    people = index.people()
    index.close()
    assert {one.id for one in people} == {one.id for one in library.people()}
    assert len(people) == taken + 1
    assert "Zoe" in [one.name for one in people]
    assert all(one.name == one_line(one.name) for one in people)


OUT_OF_BOUNDS = [10**30, -(10**30), 1e308, -1, "\u202eannA\u2069", "x" * 100_000, None, [], "0001-01-01", "9999-12-31"]


def fields(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The paths of all values inside, the innermost ones."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = [deep for key, one in inner for deep in fields(one, (*path, key))]
    return found or [path]


def replaced(value: object, path: tuple[str | int, ...], new: object) -> object:
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = replaced(copy[path[0]], path[1:], new)
    return copy


def repacked(package: bytes, profile: object) -> bytes:
    """The package with another profile in its manifest."""
    members = members_of(package)
    manifest = json.loads(members["manifest.json"]) | {"profile": profile}
    return zipped(members | {"manifest.json": json.dumps(manifest).encode()})


def test_what_a_stranger_says_is_cleaned(person: Person, package_of: PackageOf, offer: Offer) -> None:
    profile, files = person
    said = profile.model_copy(
        update={"name": "An\u202ena\x9b2J", "warnings": ("\x1b]8;;file:///etc\x07click\x1b[0m me\u2066\n", "y" * 5000)}
    )
    _, imported = offer(package_of(said, files))
    assert imported is not None
    assert imported.name == "Anna2J"
    assert imported.warnings[0] == "click me "
    assert len(imported.warnings[1]) == 1000


def test_a_stranger_s_consent_is_asked_for_again_but_its_end_holds(
    person: Person, package_of: PackageOf, library: Library, tmp_path: Path, layout_of: LayoutOf
) -> None:
    profile, files = person
    day = date(2500, 1, 31)
    for kind in ("self", "with permission", "invented person"):
        theirs = profile.model_copy(update={"consent": Consent(kind=kind, until=day)})
        (tmp_path / "offer.facea").write_bytes(package_of(theirs, files))
        imported = import_person(library, tmp_path / "offer.facea", layout_of)
        assert imported.consent == Consent(kind="not stated", until=day)
        ours = import_person(library, tmp_path / "offer.facea", layout_of, Consent(kind="with permission"))
        assert ours.consent == Consent(kind="with permission", until=day)
        earlier = Consent(kind="with permission", until=date(2499, 1, 1))
        assert import_person(library, tmp_path / "offer.facea", layout_of, earlier).consent == earlier
    over = profile.model_copy(update={"consent": Consent(kind="with permission", until=day, over=True)})
    (tmp_path / "offer.facea").write_bytes(package_of(over, files))
    assert import_person(library, tmp_path / "offer.facea", layout_of, Consent(kind="self")).consent.ended


def test_somebody_whose_feat_vectors_were_tuned_alone_comes_back(
    person: Person, package_of: PackageOf, offer: Offer
) -> None:
    profile, files = person
    assert profile.tuning is not None
    recipe = profile.tuning.recipe.model_copy(update={"rank": 0})
    alone = profile.model_copy(update={"tuning": profile.tuning.model_copy(update={"recipe": recipe})})
    empty = files | {"adapter.safetensors": save({})}
    library, made = offer(package_of(alone, empty))
    assert made is not None
    assert library.read(made.id)[1] == empty
    assert offer(package_of(profile, empty))[1] is None
