"""Files of strangers that are made to harm: each is refused in one line, before it takes much time or memory."""

from __future__ import annotations

import hashlib
import io
import json
import os
import struct
import subprocess
import sys
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from PIL import Image

from facea_desktop.batch.batch_file import read_batch_file
from facea_desktop.comparison.dataset import read_prompts
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.people import Profile, Reference
from facea_desktop.library.adapter_checks import AdapterLayout
from facea_desktop.library.facea_file import export_person, import_person
from facea_desktop.library.id_library import Library
from facea_desktop.library.lora_import import import_lora
from facea_desktop.library.photo_reader import begins_as_photo, read_photo
from facea_desktop.library.portrait_export import ExportOptions, encode
from facea_desktop.library.portrait_png import check_png, read_request, read_size
from facea_desktop.library.search_index import Index
from facea_desktop.library.xmp_metadata import read_xmp

Person = tuple[Profile, dict[str, bytes]]
LayoutOf = Callable[[str], AdapterLayout]
PACKAGES, PICTURES = 300, 170
MEMORY = 64 << 20


def zipped(members: dict[str, bytes]) -> bytes:
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return package.getvalue()


def package(profile: dict[str, Any], files: dict[str, bytes]) -> bytes:
    """A package whose hashes are right, whatever is in it."""
    members = {name: {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)} for name, data in files.items()}
    manifest = {"format": "facea-person", "version": 1, "profile": profile, "members": members}
    return zipped({"manifest.json": json.dumps(manifest).encode()} | files)


def mutated_packages(person: Person) -> Iterator[bytes]:
    """Honest packages, changed in the profile, in a file, in the names of files or in any byte."""
    profile, files = json.loads(person[0].model_dump_json()), person[1]
    names = list(files)
    for seed in range(PACKAGES):
        rng = Random(seed)
        which, name = seed % 5, rng.choice(names)
        if which == 0:  # a field of the profile
            yield package(changed(profile, rng), files)
        elif which == 1:  # bytes of a file, hashed anew
            yield package(profile, files | {name: damaged(files[name], rng)})
        elif which == 2:  # a file too few, too many, or under another name
            other = {one: data for one, data in files.items() if one != name or rng.random() < 0.3}
            yield package(profile, other | {rng.choice(STRANGE_NAMES): files[name]})
        elif which == 3:  # one file in the place of another
            yield package(profile, files | {name: files[rng.choice(names)]})
        else:  # bytes of the archive
            yield damaged(package(profile, files), rng)


STRANGE_NAMES = (
    "../x.png",
    "/etc/x",
    "masks/0-ear.png",
    "references/1000.png",
    "ADAPTER.safetensors",
    "a\\b",
    "x" * 300,
)
STRANGE_VALUES: tuple[Any, ...] = (
    *(None, True, -1, 10**40, 1e308, "", "x" * 10_000, [], {}, [[]] * 50, "\u202e\x1b[2J", "0001-01-01T00:00:00+14:00"),
    *("2026-02-30", {"a": {"b": []}}),
)


def changed(value: Any, rng: Random) -> Any:
    """One value inside is another."""
    if isinstance(value, dict | list) and value and rng.random() < 0.85:
        key = rng.choice(list(value)) if isinstance(value, dict) else rng.randrange(len(value))
        copy = value.copy()
        copy[key] = changed(value[key], rng)
        return copy
    return rng.choice(STRANGE_VALUES)


def damaged(data: bytes, rng: Random) -> bytes:
    content = bytearray(data)
    for _ in range(rng.randint(1, 8)):
        content[rng.randrange(len(content))] = rng.randrange(256)
    return bytes(content[: rng.randint(0, len(content))] if rng.random() < 0.3 else content)


def test_mutated_packages_are_refused_in_one_line_or_harm_nobody(
    person: Person, tmp_path: Path, layout_of: LayoutOf
) -> None:
    library = Library(tmp_path / "data")
    library.create(person[0].model_copy(update={"id": "f" * 12, "name": "Zoe"}), person[1])
    refused = 0
    tracemalloc.start()
    for content in mutated_packages(person):
        (tmp_path / "x.facea").write_bytes(content)
        try:
            import_person(library, tmp_path / "x.facea", layout_of)
        except UserError as error:
            refused += 1
            said = str(error)
        else:
            said = ""
        assert "\n" not in said
        assert len(said) < 500
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert refused > PACKAGES / 2
    assert peak < MEMORY
    people = library.people()
    assert len(people) == PACKAGES - refused + 1
    assert all(library.read_files(one).keys() == one.files.keys() for one in people)
    index = Index(tmp_path / "data")
    assert len(index.people()) == len(people)
    index.close()


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_of(width: int, height: int, *chunks: bytes, pixels: bytes = b"") -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks) + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")
    )


def saved(kind: str, size: tuple[int, int] = (24, 16), **options: Any) -> bytes:
    data = io.BytesIO()
    noise = np.random.default_rng(0).integers(0, 256, (size[1], size[0], 3), dtype=np.uint8)
    Image.fromarray(noise).save(data, kind, **options)
    return data.getvalue()


def many_scans(scans: int, side: int) -> bytes:
    """A progressive JPEG whose last scan is repeated."""
    plain = saved("JPEG", (side, side), progressive=True)
    last = plain.rindex(b"\xff\xda")
    return plain[:last] + plain[last:-2] * scans + plain[-2:]


def hostile_pictures() -> Iterator[bytes]:
    zeros = zlib.compress(bytes(16 << 20))
    yield png_of(30_000, 30_000)  # a gigapixel in the header
    yield png_of(2**31 - 1, 2**31 - 1)
    yield png_of(9000, 9000)
    yield png_of(8, 8, chunk(b"zTXt", b"a\0\0" + zeros))  # text and profiles that unpack to much
    yield png_of(8, 8, chunk(b"iTXt", b"a\0\1\0\0\0" + zeros))
    yield png_of(8, 8, chunk(b"iCCP", b"a\0\0" + zeros))
    yield png_of(8, 8, pixels=bytes(16 << 20))
    yield png_of(8, 8, *[chunk(b"tEXt", b"a\0b")] * 20_000)
    yield many_scans(3000, 1024)
    yield b"RIFF\xff\xff\xff\xffWEBPVP8X" + bytes(100)
    yield b"II*\0\x08\0\0\0" + b"\xff" * 1000
    yield b"GIF89a" + bytes(100)
    yield b""
    kinds = [saved(kind) for kind in ("PNG", "JPEG", "WEBP", "TIFF", "BMP")]
    for seed in range(PICTURES - 13):
        rng = Random(seed)
        yield damaged(kinds[seed % len(kinds)], rng)


def test_hostile_pictures_are_left_out_of_exports_and_packages(tmp_path: Path, recwarn: object) -> None:
    path = tmp_path / "x.png"
    for number, content in enumerate(hostile_pictures()):
        path.write_bytes(content)
        tracemalloc.start()
        exported = encode(path, ExportOptions())
        read_request(path), read_size(path), read_xmp(path)
        with suppress(UserError):
            check_png(content, ("RGB",), 1 << 22)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < MEMORY, number
        if number < 3 or number == 8:
            assert exported is None, number


def test_a_bomb_is_refused_by_what_its_kind_can_be(person: Person, tmp_path: Path, layout_of: LayoutOf) -> None:
    """What unpacks to much is not unpacked: limits come from the model's shapes and the pictures' pixels."""
    profile, files = json.loads(person[0].model_dump_json()), person[1]
    library = Library(tmp_path / "data")
    bombs = {name: bytes(80 << 20) for name in ("adapter.safetensors", "features.safetensors")}
    for name, content in bombs.items():
        (tmp_path / "x.facea").write_bytes(package(profile, files | {name: content}))
        tracemalloc.start()
        with pytest.raises(UserError, match=r"far more than it takes here|larger than a file of its kind"):
            import_person(library, tmp_path / "x.facea", layout_of)
        assert tracemalloc.get_traced_memory()[1] < 16 << 20
        tracemalloc.stop()


def test_references_that_would_not_fit_into_memory_together_are_refused(
    person: Person, tmp_path: Path, layout_of: LayoutOf
) -> None:
    rgb, mask = io.BytesIO(), io.BytesIO()
    Image.new("RGB", (2048, 2048)).save(rgb, "PNG")
    Image.new("L", (2048, 2048)).save(mask, "PNG")
    count = 8  # 33 megapixels
    references = tuple(Reference(index=index, parts=("face",)) for index in range(count))
    profile = person[0].model_copy(update={"references": references, "tuning": None})
    files = {f"references/{index}.png": rgb.getvalue() for index in range(count)}
    files |= {f"masks/{index}-face.png": mask.getvalue() for index in range(count)}
    (tmp_path / "x.facea").write_bytes(package(json.loads(profile.model_dump_json()), files))
    with pytest.raises(UserError, match="pixels"):
        import_person(Library(tmp_path / "data"), tmp_path / "x.facea", layout_of)
    many = profile.model_copy(update={"references": tuple(Reference(index=n, parts=("face",)) for n in range(450))})
    (tmp_path / "x.facea").write_bytes(package(json.loads(many.model_dump_json()), {}))
    with pytest.raises(UserError, match="references"):
        import_person(Library(tmp_path / "data"), tmp_path / "x.facea", layout_of)


READS = """
import sys
from pathlib import Path

from facea_desktop.domain.errors import UserError
from facea_desktop.library.photo_reader import read_photo


def peak():
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmHWM:")))


before = peak()
try:
    read_photo(Path(sys.argv[1]))
except UserError as error:
    print(error, (peak() - before) >> 10, sep=chr(10))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is counted as Linux does")
def test_a_large_photo_without_its_end_is_refused_in_little_memory(tmp_path: Path) -> None:
    data = saved("JPEG", (640, 640))
    header = data.index(b"\xff\xc0") + 5
    path = tmp_path / "x.jpg"
    path.write_bytes(data[:header] + struct.pack(">HH", 9999, 9999) + data[header + 4 : -2])
    ran = subprocess.run([sys.executable, "-c", READS, path], capture_output=True, text=True, check=True)
    said, megabytes = ran.stdout.splitlines()
    assert "damaged or incomplete" in said
    assert int(megabytes) < 500


@pytest.mark.skipif(sys.platform == "win32", reason="has no such files")
def test_nobody_waits_for_a_pipe_and_none_is_replaced(
    person: Person, tmp_path: Path, layout_of: LayoutOf, layout: AdapterLayout
) -> None:
    library = Library(tmp_path / "data")
    stored = library.create(*person)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(UserError, match="pipe"):
        import_person(library, pipe, layout_of)
    with pytest.raises(UserError, match="pipe"):
        import_lora(library, pipe, "Dora", stored.subject, "small", layout)
    assert (read_request(pipe), read_size(pipe), read_xmp(pipe)) == (None, None, None)
    assert encode(pipe, ExportOptions()) is None
    assert not begins_as_photo(pipe)
    for target in (pipe, tmp_path, Path("/dev/null")):
        with pytest.raises(UserError, match="Choose another name"):
            export_person(library, stored.id, target)
    assert pipe.is_fifo()
    assert Path("/dev/null").is_char_device()


@pytest.mark.skipif(sys.platform == "win32", reason="has no such files")
def test_files_that_are_none_and_files_that_the_disk_refuses_are_said_in_a_line(
    person: Person, tmp_path: Path, layout_of: LayoutOf
) -> None:
    library = Library(tmp_path / "data")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for read in (read_photo, read_batch_file, read_prompts):
        with pytest.raises(UserError, match="not a file"):
            read(pipe)
    unreadable = Path("/proc/self/mem")  # a plain file whose first bytes raise EIO
    if not unreadable.exists():
        pytest.skip("there is no file that cannot be read")
    for read in (read_photo, read_batch_file, read_prompts):
        with pytest.raises(UserError, match=r"^[^\n]*Input/output error[^\n]*$"):
            read(unreadable)
    with pytest.raises(UserError, match=r"^[^\n]*cannot be read[^\n]*$"):
        import_person(library, unreadable, layout_of)


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_an_export_through_a_link_goes_where_it_points(library: Library, person: Person, tmp_path: Path) -> None:
    stored = library.create(*person)
    (tmp_path / "there").mkdir()
    link = tmp_path / "link.facea"
    link.symlink_to(tmp_path / "there" / "anna.facea")
    export_person(library, stored.id, link)
    export_person(library, stored.id, link)
    assert link.is_symlink()
    assert zipfile.is_zipfile(tmp_path / "there" / "anna.facea")
