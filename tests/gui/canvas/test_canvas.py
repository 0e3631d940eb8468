"""The canvas as panels use it: masks in and out, drops, what is offered when."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, QRect, QSize, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QImage, QPaintEvent, QPixmap
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from facea_desktop.ui.canvas.canvas import Canvas
from facea_desktop.ui.canvas.canvas_actions import OPERATIONS, TOOLS
from facea_desktop.ui.drag_and_drop import DROPPED_PHOTO_ENDINGS
from facea_desktop.ui.theme import apply, colours
from tests.gui.canvas.conftest import Hand, colour_at, on_stage, plain, values
from tests.gui.conftest import visible_text


def grey(value: int, width: int = 400, height: int = 300) -> QImage:
    made = QImage(width, height, QImage.Format.Format_Grayscale8)
    made.fill(value)
    return made


def test_a_mask_comes_back_as_it_was_given(canvas: Canvas) -> None:
    canvas.set_picture(plain("#808080", 397, 211))  # rows that QImage pads
    mask = grey(0, 397, 211)
    for x in range(0, 397, 3):
        mask.setPixelColor(x, x % 211, QColor(x % 256, x % 256, x % 256))
    canvas.set_mask(mask)
    back = canvas.mask()
    assert back is not None
    assert back.format() == QImage.Format.Format_Grayscale8
    assert back == mask


def test_a_mask_in_colour_counts_by_its_brightness(canvas: Canvas) -> None:
    canvas.set_mask(plain("#ffffff"))
    assert (values(canvas) == 255).all()


def test_an_empty_mask_is_none(canvas: Canvas) -> None:
    canvas.set_mask(grey(0))
    assert canvas.mask() is None


def test_the_mask_given_out_is_a_copy(canvas: Canvas, hand: Hand) -> None:
    canvas.set_mask(grey(9))
    kept = canvas.mask()
    assert kept is not None
    canvas.choose_tool("brush")
    hand((200, 150))
    assert kept.pixelColor(200, 150).red() == 9


def test_masks_of_another_size_are_refused_and_the_old_one_stays(canvas: Canvas) -> None:
    canvas.set_mask(grey(7))
    with pytest.raises(ValueError, match="401 x 300"):
        canvas.set_mask(grey(255, 401, 300))
    assert (values(canvas) == 7).all()
    canvas.set_picture(None)
    with pytest.raises(ValueError, match="no picture"):
        canvas.set_mask(grey(255))


def test_another_picture_of_the_same_size_keeps_the_mask_one_of_another_size_does_not(canvas: Canvas) -> None:
    canvas.set_mask(grey(7))
    canvas.set_picture(plain("#336699"))
    assert canvas.mask() is not None
    canvas.set_picture(plain("#336699", 300, 300))
    assert canvas.mask() is None


def test_the_mask_tints_the_picture_and_only_where_it_is(canvas: Canvas) -> None:
    mask = grey(0)
    for y in range(100, 200):
        for x in range(100, 200):
            mask.setPixelColor(x, y, QColor("white"))
    canvas.set_mask(mask)
    accent = QColor(colours().accent)
    seen = colour_at(canvas, 150, 150)
    assert seen.red() == pytest.approx((accent.red() + 128) / 2, abs=4)
    assert seen.blue() == pytest.approx((accent.blue() + 128) / 2, abs=4)
    assert colour_at(canvas, 50, 50).name() == "#808080"
    rim = [colour_at(canvas, 100 + d, 150).lightness() for d in (-2, -1, 0, 1)]
    assert max(rim) > 200  # the outline
    canvas.commands["invert"].trigger()
    assert colour_at(canvas, 150, 150).name() == "#808080"


class PaintWatcher(QObject):
    """Keeps which parts of a widget are painted."""

    def __init__(self) -> None:
        super().__init__()
        self.painted: list[QRect] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.painted.extend(event.region())
        return False


def test_drawing_repaints_only_where_it_happens(canvas: Canvas, hand: Hand, qtbot: QtBot) -> None:
    canvas.choose_tool("rectangle")
    hand((10, 10), (30, 30))
    qtbot.wait(50)
    watcher = PaintWatcher()
    canvas.view.viewport().installEventFilter(watcher)
    hand((200, 100), (210, 110), (220, 120))
    qtbot.waitUntil(lambda: bool(watcher.painted))
    tile = QRect(on_stage(canvas, 192, 64).toPoint(), QSize(64, 64))
    large = [rect for rect in watcher.painted if rect.width() > 12]
    assert large
    assert all(tile.adjusted(-8, -8, 8, 8).contains(rect) for rect in large)


def test_only_view_tools_show_while_masks_are_not_edited(canvas: Canvas) -> None:
    canvas.choose_tool("brush")
    canvas.offer_parts()
    canvas.set_masking(False)
    buttons = {
        name: canvas.findChild(QAbstractButton, f"canvas{name.capitalize()}Button")
        for name in (*TOOLS, *OPERATIONS, "undo", "redo", "fit")
    }
    assert [name for name, button in buttons.items() if button.isVisible()] == ["fit"]
    assert canvas.editor.tool == "pointer"
    assert not canvas.commands["brush"].isEnabled()
    canvas.set_masking(True)
    assert all(button.isVisible() for button in buttons.values())


def test_every_tool_can_be_taken_by_button_and_by_key(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.offer_parts()
    keys = (Qt.Key.Key_V, Qt.Key.Key_B, Qt.Key.Key_E, Qt.Key.Key_L, Qt.Key.Key_R, Qt.Key.Key_O, Qt.Key.Key_P)
    for name, key in zip(TOOLS, keys, strict=True):
        qtbot.keyClick(canvas.view, key)
        assert canvas.editor.tool == name
        assert canvas.commands[name].isChecked()
    for name in TOOLS:
        qtbot.mouseClick(
            canvas.findChild(QAbstractButton, f"canvas{name.capitalize()}Button"), Qt.MouseButton.LeftButton
        )
        assert canvas.editor.tool == name


def test_every_button_says_what_it_does(canvas: Canvas) -> None:
    for button in canvas.bar.findChildren(QAbstractButton):
        assert button.toolTip(), button.objectName()
        assert button.accessibleName(), button.objectName()


def test_the_empty_stage_says_what_to_do_and_masks_nothing(canvas: Canvas, hand: Hand) -> None:
    canvas.set_picture(None)
    assert "Your picture appears here" in visible_text(canvas)
    canvas.choose_tool("brush")
    hand((100, 100), (200, 200))
    assert canvas.mask() is None
    assert not canvas.commands["fit"].isEnabled()
    canvas.set_picture(plain("#808080"))
    assert "Your picture appears here" not in visible_text(canvas)


def test_a_null_picture_is_none(canvas: Canvas) -> None:
    canvas.set_picture(QImage())
    assert canvas.picture() is None
    canvas.set_preview(QImage())
    canvas.set_result(QImage())
    assert "Your picture appears here" in visible_text(canvas)


@pytest.mark.parametrize(
    ("names", "expected"),
    [(["a.png"], "a.png"), (["notes.txt", "b.JPG", "c.webp"], "b.JPG"), (["a.heic"], "a.heic")],
)
def test_a_dropped_picture_is_told(canvas: Canvas, qtbot: QtBot, names: list[str], expected: str) -> None:
    with qtbot.waitSignal(canvas.pictureDropped) as told:
        assert drop(canvas, [QUrl.fromLocalFile(f"/photos/{name}") for name in names])
    assert told.args == [Path("/photos") / expected]


@pytest.mark.parametrize("url", ["file:///photos/notes.txt", "https://example.org/a.png"])
def test_what_is_no_picture_file_is_not_taken(canvas: Canvas, qtbot: QtBot, url: str) -> None:
    with qtbot.assertNotEmitted(canvas.pictureDropped):
        assert not drop(canvas, [QUrl(url)])


@pytest.mark.parametrize("ending", sorted(DROPPED_PHOTO_ENDINGS))
def test_what_is_a_photo_elsewhere_may_be_dropped_here(canvas: Canvas, ending: str) -> None:
    assert drop(canvas, [QUrl.fromLocalFile(f"/photos/a{ending}")])


def test_the_stage_invites_a_drop_only_while_it_hovers(canvas: Canvas) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/photos/a.png")])
    accent = QColor(colours().accent)
    place = QPoint(canvas.view.viewport().width() // 2, 4)
    action, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(canvas, QDragEnterEvent(place, action, mime, left, none))
    assert canvas.view.viewport().grab().toImage().pixelColor(place) == accent
    QApplication.sendEvent(canvas, QDragLeaveEvent())
    assert canvas.view.viewport().grab().toImage().pixelColor(place) != accent


def test_the_theme_can_change_while_it_is_open(canvas: Canvas, qapp: QApplication) -> None:
    canvas.set_mask(grey(255))
    canvas.choose_tool("brush")
    dark = colour_at(canvas, 200, 150), _ink(canvas.commands["lasso"].icon().pixmap(24))
    apply(qapp, "light")
    QApplication.processEvents()
    light = colour_at(canvas, 200, 150), _ink(canvas.commands["lasso"].icon().pixmap(24))
    assert dark[0] != light[0]
    assert dark[1] > 150 > light[1]
    assert canvas.view.viewport().grab().toImage().pixelColor(5, 5).name() == colours().stage


def test_leaving_in_the_middle_of_a_stroke_keeps_it_as_one_step(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.choose_tool("brush")
    qtbot.mousePress(canvas.view.viewport(), Qt.MouseButton.LeftButton, pos=canvas.view.mapFromScene(100, 100))
    canvas.hide()
    assert canvas.undo_stack.count() == 1


def test_a_canvas_that_is_gone_does_not_mind_what_still_runs(qtbot: QtBot) -> None:
    made = Canvas()
    made.set_picture(plain("#808080", 2500, 2500))
    made.set_masking(True)
    made.commands["invert"].trigger()
    made.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qtbot.waitUntil(lambda: not {"mask", "pyramid"} & {thread.name for thread in threading.enumerate()})
    QApplication.processEvents()


def _ink(drawn: QPixmap) -> float:
    """Mean lightness of what is drawn."""
    image = drawn.toImage()
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    inked = [pixel.lightness() for pixel in pixels if pixel.alpha() > 200]
    return sum(inked) / len(inked)


def drop(canvas: Canvas, urls: list[QUrl]) -> bool:
    """Drag files in and let go; whether they were taken."""
    mime = QMimeData()
    mime.setUrls(urls)
    action, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(50, 50), action, mime, left, none)
    enter.setAccepted(False)
    QApplication.sendEvent(canvas, enter)
    if enter.isAccepted():
        QApplication.sendEvent(canvas, QDropEvent(QPointF(50, 50), action, mime, left, none))
    return enter.isAccepted()
