"""Selecting parts of faces: by a click, with keys, by name; what is outlined and named meanwhile."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from facea_desktop.domain.faces import Box, Face, FacePart
from facea_desktop.ui.canvas.canvas import Canvas
from facea_desktop.ui.canvas.floating_labels import FloatingLabel
from facea_desktop.ui.canvas.mask_tools import Combine
from facea_desktop.ui.canvas.part_map import LABELS, PartChoice, PartMap, part_title
from facea_desktop.ui.theme import colours
from tests.gui.canvas.conftest import HEIGHT, WIDTH, Hand, colour_at, on_stage, plain, values

ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
PLACES = {
    FacePart.BACKGROUND: (0, 0, 360, 300),
    FacePart.HAIR: (20, 20, 150, 260),
    FacePart.SKIN: (40, 60, 130, 240),
    FacePart.LEFT_EYE: (50, 100, 75, 115),
    FacePart.RIGHT_EYE: (95, 100, 120, 115),
    FacePart.NOSE: (80, 110, 92, 150),
    FacePart.LIPS: (65, 180, 105, 200),
}
"""Left, top, right and bottom, each over the ones before; the second face is 160 pixels further right."""
SHIFTED = 160
FACES = (Face(Box(40, 60, 130, 240), {}, 0.99), Face(Box(200, 60, 290, 240), {}, 0.9))
SKIN, LIPS, EYE, OTHER_LIPS = (45, 230), (85, 190), (60, 108), (245, 190)
UNKNOWN = (380, 150)


def where(*parts: FacePart, face: int | None = None) -> np.ndarray:
    """The mask of these parts, of one face or of both."""
    labels, owners = drawn()
    found = np.isin(labels, [1 + tuple(FacePart).index(part) for part in parts])
    return np.where(found if face is None else found & (owners == face + 1), 255, 0)


def drawn() -> tuple[np.ndarray, np.ndarray]:
    labels, owners = (np.zeros((HEIGHT, WIDTH), np.uint8) for _ in range(2))
    for part, (left, top, right, bottom) in PLACES.items():
        for face in (0,) if part is FacePart.BACKGROUND else (0, 1):
            place = np.s_[top:bottom, left + face * SHIFTED : right + face * SHIFTED]
            labels[place] = 1 + tuple(FacePart).index(part)
            owners[place] = 0 if part is FacePart.BACKGROUND else face + 1
    return labels, owners


@pytest.fixture
def parted(canvas: Canvas) -> Canvas:
    """The canvas with two faces of boxes, and the tool in hand."""
    canvas.offer_parts()
    canvas.set_parts(PartMap(*drawn(), FACES))
    canvas.choose_tool("part")
    return canvas


def hover(canvas: Canvas, point: tuple[float, float]) -> None:
    stage, at = canvas.view.viewport(), on_stage(canvas, *point)
    left, none = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(stage, QMouseEvent(QEvent.Type.MouseMove, at, stage.mapToGlobal(at), left, left, none))


def chip(canvas: Canvas, part: str) -> QPushButton:
    found = canvas.findChild(QPushButton, f"select-{part}")
    assert found is not None
    return found


def named(canvas: Canvas) -> str:
    """What is said at the pointer."""
    tag = canvas.findChild(FloatingLabel, "partTag")
    assert tag is not None
    return tag._text if tag.isVisible() else ""


def test_a_click_makes_the_part_under_it_the_mask_of_that_face_alone(parted: Canvas, hand: Hand) -> None:
    hand(LIPS)
    assert (values(parted) == where(FacePart.LIPS, face=0)).all()
    hand(OTHER_LIPS)
    assert (values(parted) == where(FacePart.LIPS, face=1)).all()


def test_a_click_on_an_eye_selects_both(parted: Canvas, hand: Hand) -> None:
    hand(EYE)
    assert (values(parted) == where(FacePart.LEFT_EYE, FacePart.RIGHT_EYE, face=0)).all()


def test_a_click_replaces_what_was_painted(parted: Canvas, hand: Hand) -> None:
    parted.choose_tool("rectangle")
    hand((0, 0), (400, 300))
    parted.choose_tool("part")
    hand(LIPS)
    assert (values(parted) == where(FacePart.LIPS, face=0)).all()


@pytest.mark.parametrize("how", [{"held": ALT}, {"button": Qt.MouseButton.RightButton}])
def test_shift_adds_and_alt_or_the_right_button_takes_away(parted: Canvas, hand: Hand, how: dict[str, object]) -> None:
    hand(SKIN)
    hand(LIPS, held=SHIFT)
    assert (values(parted) == where(FacePart.SKIN, FacePart.LIPS, face=0)).all()
    hand(SKIN, **how)
    assert (values(parted) == where(FacePart.LIPS, face=0)).all()


def test_every_selection_is_one_step_that_can_be_undone(parted: Canvas, hand: Hand) -> None:
    hand(LIPS)
    hand(SKIN)
    parted.commands["undo"].trigger()
    assert (values(parted) == where(FacePart.LIPS, face=0)).all()
    parted.commands["undo"].trigger()
    assert parted.mask() is None
    parted.commands["redo"].trigger()
    assert (values(parted) == where(FacePart.LIPS, face=0)).all()
    assert parted.undo_stack.count() == 2


def test_where_nothing_is_known_a_click_changes_nothing(parted: Canvas, hand: Hand) -> None:
    hand(LIPS)
    hand(UNKNOWN)
    hand((-30, 10))
    assert (values(parted) == where(FacePart.LIPS, face=0)).all()
    assert parted.undo_stack.count() == 1


def test_the_background_is_selected_whoever_is_in_front(parted: Canvas, hand: Hand) -> None:
    hand((355, 5))
    assert (values(parted) == where(FacePart.BACKGROUND)).all()


def test_a_mask_that_was_selected_can_be_painted_on(parted: Canvas, hand: Hand) -> None:
    hand(LIPS)
    parted.choose_tool("rectangle")
    hand((300, 200), (350, 250))
    assert values(parted)[220, 320] == 255
    assert values(parted)[190, 85] == 255


@pytest.mark.parametrize(
    ("point", "name"),
    [(SKIN, "Skin"), (LIPS, "Lips"), (EYE, "Eyes"), ((85, 130), "Nose"), ((25, 30), "Hair"), ((5, 5), "Background"),
     (UNKNOWN, ""), ((-30, 10), "")],
)  # fmt: skip
def test_what_lies_under_the_pointer_is_named(parted: Canvas, point: tuple[int, int], name: str) -> None:
    hover(parted, point)
    assert named(parted) == name


def test_what_lies_under_the_pointer_is_outlined_in_the_accent(parted: Canvas) -> None:
    def accented(x: float, y: float) -> bool:
        accent = QColor(colours().accent)
        around = [colour_at(parted, x + d, y) for d in (-1, 0, 1)]
        return any(abs(c.red() - accent.red()) + abs(c.blue() - accent.blue()) < 60 for c in around)

    hover(parted, LIPS)
    assert parted._overlays.parts.item._path.boundingRect().toAlignedRect() == QRect(65, 180, 40, 20)
    assert accented(65, 190)
    assert not accented(225, 190)  # the lips of the other
    hover(parted, (5, 5))
    assert not accented(65, 190)


def test_the_name_stays_on_the_stage(parted: Canvas) -> None:
    parted.view.zoom_to(8, on_stage(parted, 250, 190))
    corner = parted.view.to_picture(QPointF(parted.view.viewport().rect().bottomRight()))
    hover(parted, (corner.x() - 0.2, corner.y() - 0.2))
    tag = parted.findChild(FloatingLabel, "partTag")
    assert named(parted)
    assert parted.view.viewport().rect().contains(tag.geometry())


def test_with_another_tool_nothing_is_outlined_or_named(parted: Canvas) -> None:
    hover(parted, LIPS)
    parted.choose_tool("brush")
    assert named(parted) == ""
    assert parted._overlays.parts.item._path.isEmpty()
    hover(parted, SKIN)
    assert named(parted) == ""
    assert not parted.findChild(QWidget, "partCard").isVisible()


@pytest.mark.parametrize("part", ["face", "skin", "hair", "lips", "eyes", "background"])
def test_the_card_selects_by_name_the_largest_face_unless_another_is_chosen(
    parted: Canvas, qtbot: QtBot, part: str
) -> None:
    nobody = part == "background"
    qtbot.mouseClick(chip(parted, part), Qt.MouseButton.LeftButton)
    assert (values(parted) == where(*LABELS[part], face=None if nobody else 0)).all()
    parted.set_faces(FACES, {}, chosen=1)
    qtbot.mouseClick(chip(parted, part), Qt.MouseButton.LeftButton)
    assert (values(parted) == where(*LABELS[part], face=None if nobody else 1)).all()


def test_the_face_is_skin_brows_eyes_nose_and_lips() -> None:
    labels = {FacePart.SKIN, FacePart.BROWS, FacePart.LEFT_EYE, FacePart.RIGHT_EYE, FacePart.NOSE, FacePart.LIPS}
    assert set(LABELS["face"]) == labels
    assert len({part_title(part) for part in LABELS}) == len(LABELS)


def test_on_the_card_shift_adds_and_alt_or_the_right_button_takes_away(parted: Canvas, qtbot: QtBot) -> None:
    left, right = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
    qtbot.mouseClick(chip(parted, "skin"), left)
    qtbot.mouseClick(chip(parted, "lips"), left, SHIFT)
    qtbot.mouseClick(chip(parted, "hair"), left, SHIFT)
    qtbot.mouseClick(chip(parted, "skin"), left, ALT)
    qtbot.mouseClick(chip(parted, "hair"), right)
    assert (values(parted) == where(FacePart.LIPS, face=0)).all()


def test_the_card_works_by_keys_alone(parted: Canvas, qtbot: QtBot) -> None:
    parted.choose_tool("pointer")
    qtbot.keyClick(parted.view, Qt.Key.Key_P)
    qtbot.keyClick(parted.view, Qt.Key.Key_Tab)
    qtbot.keyClick(parted.window().focusWidget(), Qt.Key.Key_Tab)
    assert parted.window().focusWidget() is chip(parted, "skin")
    assert not parted._overlays.parts.item._path.isEmpty()  # it shows where the skin is
    qtbot.keyClick(chip(parted, "skin"), Qt.Key.Key_Return)
    qtbot.keyClick(chip(parted, "lips"), Qt.Key.Key_Space, SHIFT)
    qtbot.keyClick(chip(parted, "hair"), Qt.Key.Key_Return, SHIFT)
    qtbot.keyClick(chip(parted, "skin"), Qt.Key.Key_Enter, ALT)
    assert (values(parted) == where(FacePart.HAIR, FacePart.LIPS, face=0)).all()
    qtbot.keyClick(chip(parted, "skin"), Qt.Key.Key_Escape)
    assert parted.editor.tool == "pointer"
    assert parted.window().focusWidget() is parted.view


def test_a_part_that_the_picture_does_not_show_changes_nothing(parted: Canvas, hand: Hand) -> None:
    hand(LIPS)
    parted.editor.select(PartChoice("brows", 0), Combine.REPLACE)
    assert (values(parted) == where(FacePart.LIPS, face=0)).all()
    assert parted.undo_stack.count() == 1


def test_parts_are_asked_for_once_when_the_tool_is_taken_in_hand(canvas: Canvas, qtbot: QtBot) -> None:
    canvas.offer_parts()
    with qtbot.assertNotEmitted(canvas.partsWanted):
        canvas.choose_tool("brush")
    with qtbot.waitSignal(canvas.partsWanted):
        canvas.choose_tool("part")
    assert message(canvas) == "Detecting the parts of the face…"
    with qtbot.assertNotEmitted(canvas.partsWanted):
        canvas.choose_tool("pointer")
        canvas.choose_tool("part")
        canvas.set_parts(PartMap(*drawn(), FACES))
        canvas.choose_tool("pointer")
        canvas.choose_tool("part")
    assert message(canvas) == ""
    assert chip(canvas, "face").isVisible()


def test_why_there_are_no_parts_is_said_and_asking_again_is_possible(canvas: Canvas, qtbot: QtBot, hand: Hand) -> None:
    canvas.offer_parts()
    canvas.choose_tool("part")
    canvas.set_parts(None, "No face found in this picture.")
    assert message(canvas) == "No face found in this picture."
    assert not chip(canvas, "face").isVisible()
    hand(LIPS)
    assert canvas.mask() is None
    canvas.choose_tool("pointer")
    with qtbot.waitSignal(canvas.partsWanted):
        canvas.choose_tool("part")


def test_the_card_stays_on_a_narrow_stage(parted: Canvas) -> None:
    card = parted.findChild(QWidget, "partCard")
    wide = card.height()
    parted.resize(260, 560)
    QApplication.processEvents()
    assert parted.view.viewport().rect().contains(card.geometry())
    assert card.height() > wide
    for part in ("face", "background"):
        there = QRect(chip(parted, part).mapTo(card, QPoint(0, 0)), chip(parted, part).size())
        assert card.rect().contains(there)


def test_another_picture_has_other_parts(parted: Canvas, qtbot: QtBot, hand: Hand) -> None:
    parted.choose_tool("pointer")
    parted.set_picture(plain("#336699"))
    with qtbot.waitSignal(parted.partsWanted):
        parted.choose_tool("part")
    hand(LIPS)
    assert parted.mask() is None


def test_parts_of_another_size_are_refused(canvas: Canvas) -> None:
    labels, owners = drawn()
    with pytest.raises(ValueError, match="399 x 300"):
        canvas.set_parts(PartMap(labels[:, 1:], owners[:, 1:], FACES))


def test_the_tool_is_there_only_where_parts_are_offered(canvas: Canvas, qtbot: QtBot) -> None:
    button = canvas.findChild(QWidget, "canvasPartButton")
    qtbot.keyClick(canvas.view, Qt.Key.Key_P)
    assert canvas.editor.tool == "pointer"
    assert not button.isVisible()
    canvas.offer_parts()
    qtbot.keyClick(canvas.view, Qt.Key.Key_P)
    assert canvas.editor.tool == "part"
    assert button.isVisible()


def test_an_outline_of_a_large_part_stays_coarse_enough_to_be_quick() -> None:
    labels = np.full((3000, 4000), 1 + tuple(FacePart).index(FacePart.HAIR), np.uint8)
    parts = PartMap(labels, np.ones_like(labels), FACES)
    outline = parts.outline(PartChoice("hair", 0), 1.0)
    assert outline.elementCount() < 4 * 2 * 512 * 2
    assert QRectF(0, 0, 4000, 3000).contains(outline.boundingRect())
    assert outline.boundingRect().width() > 3980


def message(canvas: Canvas) -> str:
    found = canvas.findChild(QLabel, "partMessage")
    assert found is not None
    return found.text() if found.isVisible() else ""
