from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from facea_desktop.domain.atomic_files import (
    cut_name,
    disk_trouble,
    open_file,
    read_text_file,
    shown_name,
    write_atomically,
)
from facea_desktop.domain.errors import UserError


def test_content_is_replaced_whole_and_no_temp_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    for content in (b"first", b"second"):
        write_atomically(path, content)
        assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def refuse_folders(monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    """Have fsync of a folder fail, as on some shares."""
    real = os.fsync

    def fsync(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(code, os.strerror(code))
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)


@pytest.mark.parametrize("code", [errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.ENOSYS, errno.EIO])
def test_a_folder_that_cannot_be_synced_takes_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    refuse_folders(monkeypatch, code)
    write_atomically(tmp_path / "a.json", b"new")
    assert (tmp_path / "a.json").read_bytes() == b"new"


@pytest.mark.parametrize("name", ["a" * 251 + ".png", "\U0001f600" * 62 + ".png"])
def test_a_name_as_long_as_names_may_be_is_written(tmp_path: Path, name: str) -> None:
    write_atomically(tmp_path / name, b"new")
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_name_is_cut_between_letters() -> None:
    assert cut_name("\u674e" * 10, 10) == "\u674e" * 3
    assert cut_name("Anna", 10) == "Anna"
    assert shown_name(Path(os.fsdecode(b"caf\xe9.png"))) == "caf?.png"


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_a_failed_write_leaves_the_old_content_and_no_temp_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"old")

    def fail(handle: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(UserError if code == errno.ENOSPC else OSError):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="counts open files where Linux lists them")
def test_a_folder_is_refused_as_a_file_and_nothing_stays_open(tmp_path: Path) -> None:
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(3):
        with pytest.raises(IsADirectoryError), open_file(tmp_path):
            pass
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_a_missing_file_is_called_missing(tmp_path: Path) -> None:
    with (
        pytest.raises(UserError, match=r"^Could not read ink: it does not exist\. Check the name and the folder\.$"),
        disk_trouble("read ink"),
        open_file(tmp_path / "ink"),
    ):
        pass


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
def test_a_text_is_read_from_a_plain_file_of_some_megabytes_at_most(tmp_path: Path) -> None:
    text, pipe = tmp_path / "batch.toml", tmp_path / "pipe"
    text.write_bytes(b"x" * 100)
    assert read_text_file(text) == b"x" * 100
    os.truncate(text, 1 << 30)
    os.mkfifo(pipe)
    for refused in (text, pipe, tmp_path, tmp_path / "none"):
        with pytest.raises(OSError, match=r"larger|not a file|directory|No such"):
            read_text_file(refused)


def test_what_cannot_be_read_is_not_said_to_be_unwritable() -> None:
    with pytest.raises(UserError, match="copy it to another disk"), disk_trouble("read batch.toml"):
        raise OSError(errno.EIO, "Input/output error")
