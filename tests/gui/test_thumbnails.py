"""Thumbnails: in the background, newest first, bounded, and nothing raises at a broken file."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QThread
from PySide6.QtGui import QImage, QPixmap
from pytestqt.qtbot import QtBot

from facea_desktop.ui import thumbnails as module
from facea_desktop.ui.thumbnails import Thumbnails


@pytest.fixture
def thumbnails(qapp: object) -> Iterator[Thumbnails]:
    made = Thumbnails()
    yield made
    made.close()


def picture(path: Path, colour: str = "red", size: tuple[int, int] = (40, 20)) -> Path:
    Image.new("RGB", size, colour).save(path)
    return path


def wait_for(qtbot: QtBot, thumbnails: Thumbnails, path: Path, side: int = 10) -> QPixmap:
    with qtbot.waitSignal(thumbnails.ready, check_params_cb=lambda ready: ready == path):
        assert thumbnails.get(path, side) is None
    made = thumbnails.get(path, side)
    assert made is not None
    return made


def colour(pixmap: QPixmap, x: int = 5, y: int = 5) -> str:
    return pixmap.toImage().pixelColor(x, y).name()


@pytest.mark.parametrize("ending", ["png", "jpg", "webp", "tif", "bmp"])
def test_a_thumbnail_is_the_middle_of_the_picture_as_a_square(
    qtbot: QtBot, thumbnails: Thumbnails, tmp_path: Path, ending: str
) -> None:
    image = Image.new("RGB", (120, 40), "red")
    image.paste("blue", (40, 0, 80, 40))
    image.save(tmp_path / f"a.{ending}", quality=100)
    made = wait_for(qtbot, thumbnails, tmp_path / f"a.{ending}")
    assert (made.width(), made.height()) == (10, 10)
    assert QImage(made.toImage()).pixelColor(5, 5).blue() > 200


def test_photos_stand_upright(qtbot: QtBot, thumbnails: Thumbnails, tmp_path: Path) -> None:
    image = Image.new("RGB", (80, 80), "red")
    image.paste("blue", (0, 0, 80, 40))
    exif = Image.Exif()
    exif[0x0112] = 3  # upside down
    image.save(tmp_path / "a.jpg", exif=exif, quality=100)
    made = wait_for(qtbot, thumbnails, tmp_path / "a.jpg", 20)
    assert made.toImage().pixelColor(10, 2).red() > 200
    assert made.toImage().pixelColor(10, 17).blue() > 200


def test_ready_comes_in_the_thread_of_the_window(qtbot: QtBot, thumbnails: Thumbnails, tmp_path: Path) -> None:
    threads = []
    thumbnails.ready.connect(lambda path: threads.append(QThread.currentThread()))
    wait_for(qtbot, thumbnails, picture(tmp_path / "a.png"))
    assert threads == [thumbnails.thread()]


@pytest.mark.parametrize(
    "content", [None, b"", b"text", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\x89PNG\r\n\x1a\n"]
)
def test_what_cannot_be_read_gives_a_placeholder_and_is_tried_once(
    qtbot: QtBot, thumbnails: Thumbnails, tmp_path: Path, content: bytes | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.png"
    if content is not None:
        path.write_bytes(content)
    made = wait_for(qtbot, thumbnails, path, 32)
    assert made.deviceIndependentSize().toSize().width() == 32
    monkeypatch.setattr(module, "_square", lambda *key: pytest.fail("tried again"))
    assert thumbnails.get(path, 32) is not None


def test_a_picture_that_says_it_is_huge_is_not_decoded(qtbot: QtBot, thumbnails: Thumbnails, tmp_path: Path) -> None:
    data = picture(tmp_path / "a.png").read_bytes()
    import zlib

    head = data[12:16] + (50_000).to_bytes(4, "big") * 2 + data[24:29]
    (tmp_path / "b.png").write_bytes(data[:12] + head + zlib.crc32(head).to_bytes(4, "big") + data[33:])
    wait_for(qtbot, thumbnails, tmp_path / "b.png")


def test_the_newest_request_comes_first_and_what_was_dropped_is_not_made(
    qtbot: QtBot, thumbnails: Thumbnails, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold, begun, made = threading.Event(), threading.Semaphore(0), []

    def square(path: Path, side: int) -> None:
        made.append(path.name)
        begun.release()
        hold.wait()

    monkeypatch.setattr(module, "_square", square)
    for name in ("first", "second"):
        thumbnails.get(tmp_path / name, 10)
        assert begun.acquire(timeout=5)
    for name in ("a", "b", "c", "d"):
        thumbnails.get(tmp_path / name, 10)
    thumbnails.get(tmp_path / "a", 10)  # wanted again
    thumbnails.drop([tmp_path / "c"], 10)
    thumbnails.drop([tmp_path / "a"], 20)  # of another size
    hold.set()
    ready: list[Path] = []
    thumbnails.ready.connect(ready.append)
    qtbot.waitUntil(lambda: len(ready) == 5)
    assert sorted(made[2:4]) == ["a", "d"]
    assert made[4] == "b"
    assert "c" not in made


def test_requests_beyond_all_measure_are_dropped_oldest_first(
    qtbot: QtBot, thumbnails: Thumbnails, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_WAITING", 5)
    hold, begun, made = threading.Event(), threading.Semaphore(0), []

    def square(path: Path, side: int) -> None:
        made.append(path.name)
        begun.release()
        hold.wait()

    monkeypatch.setattr(module, "_square", square)
    for number in range(20):
        thumbnails.get(tmp_path / str(number), 10)
        if number < 2:
            assert begun.acquire(timeout=5)
    hold.set()
    ready: list[Path] = []
    thumbnails.ready.connect(ready.append)
    qtbot.waitUntil(lambda: len(ready) == 7)
    assert set(made) == {"0", "1", "15", "16", "17", "18", "19"}


def test_memory_is_bounded_and_what_was_used_last_stays(qtbot: QtBot, tmp_path: Path) -> None:
    thumbnails = Thumbnails(memory_bytes=3 * 10 * 10 * 4)
    paths = [picture(tmp_path / f"{number}.png") for number in range(4)]
    for path in paths[:3]:
        wait_for(qtbot, thumbnails, path)
    assert thumbnails.get(paths[0], 10) is not None
    wait_for(qtbot, thumbnails, paths[3])
    assert [thumbnails.get(path, 10) is not None for path in (paths[0], paths[2], paths[3])] == [True] * 3
    assert thumbnails.get(paths[1], 10) is None
    thumbnails.close()


def test_what_was_forgotten_is_made_anew(qtbot: QtBot, thumbnails: Thumbnails, tmp_path: Path) -> None:
    path = picture(tmp_path / "a.png", "red")
    assert colour(wait_for(qtbot, thumbnails, path)) == "#ff0000"
    picture(path, "blue")
    thumbnails.forget(path)
    assert colour(wait_for(qtbot, thumbnails, path)) == "#0000ff"


def test_a_picture_that_changes_while_it_is_read_shows_its_new_content(
    qtbot: QtBot, thumbnails: Thumbnails, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = picture(tmp_path / "a.png", "red")
    square, reading, go_on = module._square, threading.Event(), threading.Event()

    def slow(path: Path, side: int) -> QImage | None:
        image = square(path, side)
        reading.set()
        go_on.wait()
        return image

    monkeypatch.setattr(module, "_square", slow)
    thumbnails.get(path, 10)
    reading.wait()
    picture(path, "blue")
    thumbnails.forget(path)
    with qtbot.waitSignal(thumbnails.ready):
        go_on.set()
    made = thumbnails.get(path, 10)
    assert made is not None
    assert colour(made) == "#0000ff"


def test_high_resolution_screens_get_more_pixels(
    qtbot: QtBot, thumbnails: Thumbnails, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Thumbnails, "_ratio", lambda self: 2.0)
    made = wait_for(qtbot, thumbnails, picture(tmp_path / "a.png"))
    assert (made.width(), made.devicePixelRatio()) == (20, 2.0)
    assert made.deviceIndependentSize().width() == 10


def test_closing_waits_and_nothing_is_told_after_it(
    qtbot: QtBot, thumbnails: Thumbnails, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, ended, ready = threading.Event(), threading.Event(), []

    def square(path: Path, side: int) -> None:
        begun.set()
        threading.Event().wait(0.1)
        ended.set()

    monkeypatch.setattr(module, "_square", square)
    thumbnails.ready.connect(ready.append)
    thumbnails.get(tmp_path / "a", 10)
    begun.wait()
    thumbnails.close()
    assert ended.is_set()
    assert thumbnails.get(tmp_path / "b", 10) is None
    qtbot.wait(20)
    assert ready == []
