from __future__ import annotations

import struct
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from facea_desktop.library.portrait_export import ENDINGS, ExportOptions, Noted, encode
from facea_desktop.library.portrait_png import read_enlargement, read_first_sight, read_request, save_portrait
from facea_desktop.library.xmp_metadata import request_in_xmp, xmp_packet

REQUEST = '{"prompt": "a man, é"}'


@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r")))
def test_every_request_comes_back_from_a_packet(text: str) -> None:
    packet = xmp_packet(text, ai_label=True)
    assert packet is not None
    read = request_in_xmp(packet.encode())
    if text.isprintable():
        assert read == text
    else:
        assert read is not None


def test_a_packet_that_another_program_wrote_anew_is_read() -> None:
    packet = xmp_packet("[1]", ai_label=False)
    assert packet is not None
    rewritten = packet.replace("facea:", "ns1:").replace("xmlns:facea", "xmlns:ns1")
    as_attribute = packet.replace("<facea:request>[1]</facea:request>", "").replace(
        'about=""', 'about="" facea:request="[1]"'
    )
    for text in (rewritten, as_attribute):
        assert request_in_xmp(text.encode() + b"\0") == "[1]"


@pytest.mark.parametrize(
    "packet",
    [
        b"",
        b"<a>",
        b"\xff\xfe<\0a\0/\0>\0",
        b"<a/>",
        b'<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;">]><a xmlns="urn:facea-desktop:xmp:1:">'
        b"<request>&c;</request></a>",
        b"<a>" * 100_000,
    ],
)
def test_hostile_packets_hold_no_request(packet: bytes) -> None:
    assert request_in_xmp(packet) is None


def test_stars_and_keywords_stand_where_photo_programs_look_for_them(tmp_path: Path) -> None:
    portrait = tmp_path / "a.png"
    save_portrait(portrait, Image.new("RGB", (8, 8)), REQUEST)
    noted = Noted(4, ("sea & sand", "dusk"))
    for kind in ENDINGS:
        for keep in (True, False):
            data = encode(portrait, ExportOptions(format=kind, keep_notes=keep, ai_label=False), noted)
            assert data is not None
            assert (b"<xmp:Rating>4</xmp:Rating>" in data) is keep
            assert (b"<rdf:li>sea &amp; sand</rdf:li><rdf:li>dusk</rdf:li>" in data) is keep
    packet = xmp_packet(None, ai_label=False, stars=4, keywords=noted.keywords)
    assert packet is not None
    subject = ElementTree.fromstring(packet).find(".//{http://purl.org/dc/elements/1.1/}subject")
    assert subject is not None
    assert [one.text for one in subject.iter() if one.tag.endswith("li")] == ["sea & sand", "dusk"]


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    portrait = tmp_path_factory.mktemp("source") / "a.png"
    save_portrait(portrait, Image.linear_gradient("L").resize((20, 10)).convert("RGB"), REQUEST)
    made = {}
    for kind in ENDINGS:
        data = encode(portrait, ExportOptions(format=kind, keep_prompt=True))
        assert data is not None
        made[kind] = data
    return made


@given(data=st.data())
def test_a_damaged_file_gives_its_own_request_or_another_text_or_none(
    exported: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Only PNG has a checksum; whatever comes back is checked as a request later. Nothing may raise or take long."""
    path = tmp_path_factory.getbasetemp() / "damaged"
    raw = bytearray(exported[data.draw(st.sampled_from(sorted(exported)))])
    for _ in range(data.draw(st.integers(0, 4))):
        noise = data.draw(st.binary(min_size=1, max_size=12))
        place = data.draw(st.integers(0, 600))
        raw[place : place + len(noise)] = noise
    path.write_bytes(bytes(raw[: data.draw(st.integers(0, len(raw)))]))
    assert isinstance(read_request(path), str | None)


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xd8\xff\xe0\0\0",  # a segment shorter than its own length field
        b"\xff\xd8" + b"\xff\xe0\0\x02" * 20_000,  # more segments than anybody writes
        b"\xff\xd8\xff\xe1\xff\xff" + b"http://ns.adobe.com/xap/1.0/\0",
        b"RIFF\xff\xff\xff\xffWEBPXMP \xff\xff\xff\xff",
        b"RIFF\xff\xff\xff\xffWEBP" + struct.pack("<4sI", b"VP8 ", 0) * 20_000,
        b"II*\0\xff\xff\xff\xff",
        b"II*\0\x08\0\0\0\xff\xff" + struct.pack("<HHII", 700, 1, 0xFFFFFFFF, 0),
        b"II*\0\x08\0\0\0\x01\0" + struct.pack("<HHII", 700, 1, 100, 0xFFFFFFF0),
        b"MM\0*\0\0\0\x08\0\x01" + struct.pack(">HHII", 700, 2, 100, 0),
    ],
)
def test_hostile_containers_hold_no_request(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a").write_bytes(content)
    assert read_request(tmp_path / "a") is None


@pytest.mark.parametrize("kind", ENDINGS)
def test_exports_name_who_was_painted_without_tuning_only_together_with_the_prompt(tmp_path: Path, kind: Any) -> None:
    portrait, exported = tmp_path / "a.png", tmp_path / f"b{ENDINGS[kind]}"
    save_portrait(portrait, Image.new("RGB", (8, 8)), REQUEST, first_sight=("a" * 12, "b" * 12))
    for keep, told in ((True, ("a" * 12, "b" * 12)), (False, ())):
        exported.write_bytes(encode(portrait, ExportOptions(format=kind, keep_prompt=keep)) or b"")
        assert read_first_sight(exported) == told


@pytest.mark.parametrize("kind", ENDINGS)
def test_exports_say_that_the_portrait_was_enlarged(tmp_path: Path, kind: Any) -> None:
    portrait, exported = tmp_path / "a.png", tmp_path / f"b{ENDINGS[kind]}"
    save_portrait(portrait, Image.new("RGB", (8, 8)), REQUEST, enlarged="2 times by <own> & co")
    exported.write_bytes(encode(portrait, ExportOptions(format=kind)) or b"")
    assert read_enlargement(exported) == read_enlargement(portrait) == "2 times by <own> & co"
    bare = ExportOptions(format=kind, ai_label=False)
    exported.write_bytes(encode(portrait, bare) or b"")
    assert read_enlargement(exported) is None
