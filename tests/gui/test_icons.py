"""Icons: all of one kind, and none that is asked for is missing."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QIcon, QImage, QScreen
from PySide6.QtWidgets import QApplication

import facea_desktop.ui
from facea_desktop.resources import resource
from facea_desktop.ui.icons import icon, pixmap, sharp
from facea_desktop.ui.theme import colours

ICONS = sorted(resource("icons").glob("*.svg"))
NAMES = {path.stem for path in ICONS}
STROKED = [path for path in ICONS if path.stem != "app"]
ASKED_FOR = re.compile(r"""(?:\b(?:icon|tool|pixmap|sharp|EmptyState)\(\s*|\bicon_name\s*=\s*)"([a-z-]+)\"""")


@pytest.mark.parametrize("path", STROKED, ids=lambda path: path.stem)
def test_every_icon_is_one_stroke_in_the_colour_of_text_on_24_by_24(path: Path) -> None:
    drawing = ET.parse(path).getroot()

    assert drawing.tag == "{http://www.w3.org/2000/svg}svg"
    assert drawing.attrib["viewBox"] == "0 0 24 24"
    assert (drawing.attrib["stroke"], drawing.attrib["stroke-width"]) == ("currentColor", "1.7")
    colours = {one.attrib[kind] for one in drawing.iter() for kind in ("fill", "stroke") if kind in one.attrib}
    assert colours <= {"currentColor", "none"}


@pytest.mark.parametrize("path", ICONS, ids=lambda path: path.stem)
def test_every_icon_draws_something_and_leaves_a_margin_free(path: Path, qapp: QApplication) -> None:
    image = pixmap(path.stem, 48, "#ff0000").toImage().convertToFormat(QImage.Format.Format_ARGB32)

    drawn = {(x, y) for x in range(48) for y in range(48) if image.pixelColor(x, y).alpha() > 128}
    assert 20 <= len(drawn) <= 48 * 48 * 0.9
    edge = {(x, y) for x, y in drawn if x in (0, 47) or y in (0, 47)}
    assert not edge


def test_icons_are_drawn_in_the_colour_that_is_asked_for(qapp: QApplication) -> None:
    image = pixmap("star-filled", 48, "#12ab34").toImage()

    assert image.pixelColor(24, 24) == QColor("#12ab34")


def test_every_icon_that_the_window_names_exists() -> None:
    sources = Path(facea_desktop.ui.__file__).parent.rglob("*.py")
    named = {name for source in sources for name in ASKED_FOR.findall(source.read_text(encoding="utf-8"))}

    assert {"add", "close"} <= named
    assert named <= NAMES


def test_the_program_has_a_coloured_icon_and_a_picture_of_it(qapp: QApplication) -> None:
    image = QImage(str(resource("icons", "app-256.png")))

    assert (image.width(), image.height()) == (256, 256)
    assert image.pixelColor(0, 0).alpha() == 0
    assert len({image.pixelColor(x, 128).name() for x in range(0, 256, 8)}) > 4


def test_an_icon_that_cannot_be_used_is_drawn_in_the_muted_colour(qapp: QApplication) -> None:
    made = icon("star-filled", "#12ab34")

    usual, disabled = (made.pixmap(48, mode).toImage() for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled))
    assert usual.pixelColor(24, 24) == QColor("#12ab34")
    assert disabled.pixelColor(24, 24) == QColor(colours().muted)
    assert disabled.pixelColor(0, 0).alpha() == 0


def test_a_picture_for_a_label_takes_the_screens_density(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QScreen, "devicePixelRatio", lambda screen: 2.0)

    drawn = sharp("add", 16)

    assert (drawn.width(), drawn.deviceIndependentSize().width()) == (32, 16)
