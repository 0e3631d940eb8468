"""Zip files from strangers: nothing is believed that was not counted.

``zipfile`` reads the whole directory of an archive before anybody can object, so its size is checked first; sizes that
members declare are limits for reading them, never allocations.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from re import Pattern
from typing import BinaryIO

from facea_desktop.domain.atomic_files import open_file
from facea_desktop.domain.errors import UserError
from facea_desktop.library.safe_tensors import shown

FILE_LIMIT = 1 << 30
TOTAL_LIMIT = 1 << 30
MEMBER_LIMIT = 1000
RATIO_LIMIT = 100
"""Unpacked to packed size, for members of more than a megabyte; weights and PNGs hardly shrink."""

_ENTRY_LIMIT = 300  # bytes of the directory a member: 46, a name of ours, and what zip tools add
_CHUNK = 1 << 20
_END = struct.Struct("<4s4H2LH")
_ZIP64_LOCATOR = 20
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    struct.error,
    OSError,
)


@dataclass(frozen=True)
class Archive:
    """An open zip whose directory was checked.

    Attributes:
        sizes: what each member says it takes unpacked, in bytes.
    """

    sizes: Mapping[str, int]
    _zip: zipfile.ZipFile

    def read(self, name: str, limit: int) -> bytes:
        """A member, unpacked in memory.

        Raises:
            UserError: it is damaged, or larger than ``limit``.
        """
        member = self._zip.getinfo(name)
        if member.file_size > limit:
            raise UserError(f"{shown(name)} is larger than a file of its kind can be.")
        try:
            return _unpacked(self._zip, member)
        except _BROKEN as error:
            raise UserError("the archive is damaged.") from error


@contextmanager
def opened_archive(path: Path, allowed: Pattern[str]) -> Iterator[Archive]:
    """Open a zip whose names all match ``allowed``.

    Raises:
        UserError: anything about the archive is damaged, larger than the limits or not allowed.
    """
    with ExitStack() as held:
        try:
            source = held.enter_context(open_file(path))
        except OSError as error:
            raise UserError(f"it cannot be opened ({error.strerror}).") from error
        try:
            _check_directory(source)
        except OSError as error:
            raise UserError(f"it cannot be read ({error.strerror}).") from error
        try:
            archive = held.enter_context(zipfile.ZipFile(source))
            members = archive.infolist()
            _check_members(members, allowed)
        except _BROKEN as error:
            raise UserError("the archive is damaged.") from error
        yield Archive({member.filename: member.file_size for member in members}, archive)


def _check_directory(source: BinaryIO) -> None:
    """The end record must be the last thing in the file and its directory right before it: no comment, no zip64."""
    size = source.seek(0, 2)
    if size > FILE_LIMIT:
        raise UserError(f"it is larger than {FILE_LIMIT >> 20} MB.")
    if size < _END.size:
        raise UserError("it is not an archive.")
    source.seek(max(size - _END.size - _ZIP64_LOCATOR, 0))
    tail = source.read()
    mark, disk, first_disk, here, count, length, offset, comment = _END.unpack(tail[-_END.size :])
    if mark != b"PK\x05\x06" or comment or tail.startswith(b"PK\x06\x07"):
        raise UserError("it is not an archive, or not of a supported kind.")
    if disk or first_disk or here != count or offset + length != size - _END.size:
        raise UserError("the archive is damaged.")
    if count > MEMBER_LIMIT or length > MEMBER_LIMIT * _ENTRY_LIMIT:
        raise UserError(f"it holds more than {MEMBER_LIMIT} files.")


def _check_members(members: list[zipfile.ZipInfo], allowed: Pattern[str]) -> None:
    if len(members) > MEMBER_LIMIT:
        raise UserError(f"it holds more than {MEMBER_LIMIT} files.")
    if len({member.filename.casefold() for member in members}) != len(members):
        raise UserError("it holds the same name twice.")
    if sum(member.file_size for member in members) > TOTAL_LIMIT:
        raise UserError(f"it would unpack to more than {TOTAL_LIMIT >> 20} MB.")
    for member in members:
        name = member.orig_filename  # as it stands in the file; zipfile cuts the other one at a NUL
        if not allowed.fullmatch(name) or member.filename != name:
            raise UserError(f"{shown(name)} does not belong in it.")
        if stat.S_IFMT(member.external_attr >> 16) not in (0, stat.S_IFREG):
            raise UserError(f"{shown(name)} is not a plain file.")
        if member.flag_bits & 0x1 or member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UserError(f"{shown(name)} is encrypted or compressed in an unsupported way.")
        if member.file_size > max(_CHUNK, RATIO_LIMIT * member.compress_size):
            raise UserError(f"{shown(name)} would unpack to far more than it takes here.")


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """zipfile checks the CRC when the declared size has been read, and never gives more than that."""
    content = io.BytesIO()  # its bytes are given away without a copy
    left = member.file_size
    with archive.open(member) as file:
        while chunk := file.read(_CHUNK):
            left -= content.write(chunk)
            if left < 0:
                raise UserError(f"{shown(member.filename)} is larger than it says.")
    if left:
        raise UserError(f"{shown(member.filename)} is cut short.")
    return content.getvalue()
