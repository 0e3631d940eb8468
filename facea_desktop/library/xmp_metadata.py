"""The request and the AI label as XMP, and where JPEG, WebP and TIFF files keep XMP.

Readers of files treat them as a stranger's: they walk over lengths, decode no pixel, and give up at the first oddity.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from facea_desktop.domain.atomic_files import open_file

_SOURCES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
AI_SOURCE = f"{_SOURCES}compositeWithTrainedAlgorithmicMedia"
"""IPTC's digital source type of a photo of which models redrew a part
(https://iptc.org/standards/photo-metadata/iptc-standard/)."""
AI_SOURCE_WHOLE = f"{_SOURCES}trainedAlgorithmicMedia"
"""And of a picture that models painted as a whole."""

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_IPTC = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
_XMP = "http://ns.adobe.com/xap/1.0/"
_DC = "http://purl.org/dc/elements/1.1/"
_FACEA = "urn:facea-desktop:xmp:1:"
_XMP_LIMIT = 1 << 20
_PARTS_LIMIT = 10_000
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_JPEG_XMP = b"http://ns.adobe.com/xap/1.0/\0"
_TIFF_XMP = 700
_TIFF_BYTES = (1, 7)  # BYTE and UNDEFINED


def xmp_packet(
    request_json: str | None,
    ai_label: bool,
    source: str = AI_SOURCE,
    *,
    stars: int | None = None,
    keywords: Sequence[str] = (),
    enlarged: str | None = None,
    first_sight: Sequence[str] = (),
) -> str | None:
    """An XMP packet with the request, unless that is None, and the AI label; None where it would hold nothing.

    Args:
        source: what the label says, ``AI_SOURCE`` or ``AI_SOURCE_WHOLE``.
        stars: xmp:Rating, -1 for rejected; None says nothing.
        keywords: dc:subject.
        enlarged: how many times the picture was enlarged, and by what.
        first_sight: ids of the people in it who were painted without tuning.
    """
    properties, spaces = [], {"Iptc4xmpExt": _IPTC}
    if stars is not None:
        spaces["xmp"] = _XMP
        properties.append(f"<xmp:Rating>{stars}</xmp:Rating>")
    if keywords:
        spaces["dc"] = _DC
        items = "".join(f"<rdf:li>{escape(_NO_XML.sub('', word))}</rdf:li>" for word in keywords)
        properties.append(f"<dc:subject><rdf:Bag>{items}</rdf:Bag></dc:subject>")
    if ai_label:
        properties.append(f"<Iptc4xmpExt:DigitalSourceType>{source}</Iptc4xmpExt:DigitalSourceType>")
    if request_json is not None:
        # What XML cannot hold stands in a JSON string, where it may be written as an escape.
        allowed = _NO_XML.sub(lambda found: f"\\u{ord(found[0]):04x}", request_json)
        spaces["facea"] = _FACEA
        properties.append(f"<facea:request>{escape(allowed)}</facea:request>")
    if enlarged is not None:
        spaces["facea"] = _FACEA
        properties.append(f"<facea:enlarged>{escape(_NO_XML.sub('', enlarged))}</facea:enlarged>")
    if first_sight:
        spaces["facea"] = _FACEA
        properties.append(f"<facea:firstSight>{escape(' '.join(first_sight))}</facea:firstSight>")
    if not properties:
        return None
    named = " ".join(f'xmlns:{name}="{address}"' for name, address in spaces.items())
    body = "\n".join(properties)
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="{_RDF}">
<rdf:Description rdf:about="" {named}>
{body}
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def source_in_xmp(packet: bytes) -> str | None:
    """The AI label of a packet, ``AI_SOURCE`` or ``AI_SOURCE_WHOLE``; None where there is none."""
    return next((source for source in (AI_SOURCE, AI_SOURCE_WHOLE) if _label(source).search(packet)), None)


def _label(source: str) -> re.Pattern[bytes]:
    return re.compile(rb"https?" + re.escape(source.removeprefix("http").encode()) + rb"[\s\"'<]")


def request_in_xmp(packet: bytes) -> str | None:
    """The request of a packet, also where another program wrote it anew; None where there is none."""
    return _own_property(packet, "request")


def enlargement_in_xmp(packet: bytes) -> str | None:
    """How often the picture was enlarged, and by what; None where it was not."""
    return _own_property(packet, "enlarged")


def first_sight_in_xmp(packet: bytes) -> tuple[str, ...]:
    """Ids of the people in the picture who were painted without tuning."""
    return tuple((_own_property(packet, "firstSight") or "").split())


def _own_property(packet: bytes, property_name: str) -> str | None:
    if property_name.encode() not in packet:  # reading the XML takes longer
        return None
    try:
        text = packet.decode("utf-8").rstrip("\0")
        if "<!DOCTYPE" in text.upper():  # entities could unfold to gigabytes
            return None
        root = ElementTree.fromstring(text)  # noqa: S314 - without a document type there is nothing to unfold
    except (ValueError, ElementTree.ParseError):
        return None
    name = f"{{{_FACEA}}}{property_name}"
    for element in root.iter():
        if element.tag == name:
            return element.text or ""
        if name in element.attrib:
            return element.attrib[name]
    return None


def read_xmp(path: Path) -> bytes | None:
    """The XMP packet of a JPEG, WebP or TIFF; None where there is none, or the file is damaged or something else."""
    try:
        with open_file(path) as file:
            head = file.read(12)
            reader = _reader(head)
            if reader is None:
                return None
            file.seek(0)
            return reader(file)
    except (OSError, struct.error, OverflowError, ValueError):
        return None


def _reader(head: bytes) -> Callable[[BinaryIO], bytes | None] | None:
    if head.startswith(b"\xff\xd8\xff"):
        return _jpeg_xmp
    if head.startswith(b"RIFF") and head[8:] == b"WEBP":
        return _webp_xmp
    if head.startswith((b"II*\0", b"MM\0*")):
        return _tiff_xmp
    return None


def _jpeg_xmp(file: BinaryIO) -> bytes | None:
    """Segments up to the first scan; XMP is an APP1 with a name of its own."""
    file.seek(2)
    for _ in range(_PARTS_LIMIT):
        marker, kind, length = struct.unpack(">BBH", file.read(4))
        if marker != 0xFF or kind in (0xDA, 0xD9) or length < 2:
            return None
        if kind != 0xE1:
            file.seek(length - 2, io.SEEK_CUR)
            continue
        body = file.read(length - 2)
        if body.startswith(_JPEG_XMP):
            return body.removeprefix(_JPEG_XMP)
    return None


def _webp_xmp(file: BinaryIO) -> bytes | None:
    """Chunks of even length; XMP is one of them."""
    file.seek(12)
    for _ in range(_PARTS_LIMIT):
        kind, length = struct.unpack("<4sI", file.read(8))
        if kind == b"XMP ":
            return file.read(length) if length <= _XMP_LIMIT else None
        file.seek(length + length % 2, io.SEEK_CUR)
    return None


def _tiff_xmp(file: BinaryIO) -> bytes | None:
    """Entries of the first directory; XMP is tag 700."""
    order = "<" if file.read(2) == b"II" else ">"
    (place,) = struct.unpack(f"{order}I", file.read(6)[2:])
    file.seek(place)
    (entries,) = struct.unpack(f"{order}H", file.read(2))
    for _ in range(min(entries, _PARTS_LIMIT)):
        tag, kind, length, place = struct.unpack(f"{order}HHII", file.read(12))
        if tag == _TIFF_XMP:
            if kind not in _TIFF_BYTES or not 4 < length <= _XMP_LIMIT:
                return None
            file.seek(place)
            return file.read(length)
    return None
