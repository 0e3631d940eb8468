"""Icons: all of one kind, and none that is asked for is missing."""

from __future__ import annotations

import gc
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

import facea_desktop.ui
from facea_desktop.resources import resource
from facea_desktop.ui.icons import IconLabel, icon, paint_icon
from facea_desktop.ui.theme import DARK, LIGHT, apply, colours
from facea_desktop.ui.widgets import row

ICONS = sorted(resource("icons").glob("*.svg"))
NAMES = {path.stem for path in ICONS}
FORMAT = QImage.Format.Format_ARGB32_Premultiplied
STROKED = [path for path in ICONS if path.stem != "app"]
ASKED_FOR = re.compile(
    r"""(?:\b(?:icon|tool|EmptyState|IconLabel\(\d+,|show_icon|paint_icon\(\w+, \w+,|RailEntry\(\w+\([^)]*\),)"""
    r"""\(?\s*|\bicon_name\s*=\s*)"([a-z-]+)\""""
)


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
    image = icon(path.stem).pixmap(48).toImage().convertToFormat(QImage.Format.Format_ARGB32)

    drawn = {(x, y) for x in range(48) for y in range(48) if image.pixelColor(x, y).alpha() > 128}
    assert 20 <= len(drawn) <= 48 * 48 * 0.9
    edge = {(x, y) for x, y in drawn if x in (0, 47) or y in (0, 47)}
    assert not edge


def middle(made: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal, state: QIcon.State = QIcon.State.Off) -> str:
    """The colour in the middle of an icon, which is filled there."""
    image = made.pixmap(QSize(48, 48), 1.0, mode, state).toImage()
    assert image.pixelColor(0, 0).alpha() == 0
    return image.pixelColor(24, 24).name()


def test_an_icon_is_drawn_in_its_tone_and_muted_while_it_cannot_be_used(qapp: QApplication) -> None:
    made = icon("star-filled", "bad")
    assert middle(made) == colours().bad
    assert middle(made, QIcon.Mode.Disabled) == colours().muted


def test_an_icon_may_have_another_tone_while_it_is_on(qapp: QApplication) -> None:
    made = icon("star-filled", on="accent")
    assert (middle(made), middle(made, state=QIcon.State.On)) == (colours().text, colours().accent)


def test_the_same_icon_follows_the_theme(qapp: QApplication) -> None:
    made = icon("star-filled")
    seen = []
    for mode in ("dark", "light"):
        apply(qapp, mode)
        seen.append(middle(made))
    assert seen == [DARK.text, LIGHT.text]


def test_what_shows_an_icon_shows_it_in_the_colours_of_another_theme(qapp: QApplication, qtbot: QtBot) -> None:
    shown = QWidget()
    qtbot.addWidget(shown)
    pressed, label = QToolButton(), IconLabel(48, "star-filled", "warn")
    pressed.setProperty("flat", True)
    pressed.setIconSize(QSize(48, 48))
    pressed.setIcon(icon("star-filled"))
    shown.setLayout(row(pressed, label))
    shown.show()
    for mode, theme in (("dark", DARK), ("light", LIGHT)):
        apply(qapp, mode)
        colours_in_the_middle = [
            shown.grab().toImage().pixelColor(one.geometry().center()).name() for one in (pressed, label)
        ]
        assert colours_in_the_middle == [theme.text, theme.warn]


@pytest.mark.parametrize("scale", [1.0, 1.25, 2.0, 3.0])
def test_an_icon_is_drawn_as_finely_as_the_screen_is(qapp: QApplication, scale: float) -> None:
    made = icon("add")
    fine = made.pixmap(QSize(24, 24), scale)
    assert fine.width() == round(24 * scale)
    drawn = QPixmap(fine.size())
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    paint_icon(painter, QRectF(drawn.rect()), "add")
    painter.end()
    assert fine.toImage().convertToFormat(FORMAT) == drawn.toImage().convertToFormat(
        FORMAT
    )  # not one that was blown up


def test_an_icon_without_room_draws_nothing(qapp: QApplication) -> None:
    assert icon("add").pixmap(QSize(0, 0)).isNull()


def engines() -> list[QIconEngine]:
    """What draws the icons that there are. By type: a lazy object may warn when it is asked for its class."""
    gc.collect()
    return [one for one in gc.get_objects() if issubclass(type(one), QIconEngine) and isValid(one)]


def test_icons_outlive_what_made_them_and_go_with_what_shows_them(qapp: QApplication) -> None:
    before = engines()
    button = QToolButton()
    for name in ("star-filled", "add", "star-filled"):
        button.setIcon(icon(name))
        gc.collect()
    assert middle(button.icon()) == colours().text

    changed = QIcon(button.icon())
    changed.addPixmap(QPixmap(8, 8))  # Qt copies the engine before it changes one that is shared
    button.setIcon(QIcon())
    gc.collect()
    assert middle(changed) == colours().text
    again = QIcon(changed)
    again.addPixmap(QPixmap(8, 8))
    del changed
    gc.collect()
    assert middle(again) == colours().text

    del again
    button.deleteLater()
    QCoreApplication.sendPostedEvents(button, QEvent.Type.DeferredDelete)
    assert [one for one in engines() if not any(one is other for other in before)] == []


def test_an_icon_that_does_not_exist_is_refused_where_it_is_asked_for(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon")


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
