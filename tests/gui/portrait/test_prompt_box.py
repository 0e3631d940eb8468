from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from pytestqt.qtbot import QtBot

from facea_desktop.domain.faces import Subject
from facea_desktop.ui.portrait.prompt_box import PromptBox
from facea_desktop.ui.portrait.styles import load_styles

OIL = next(style for style in load_styles() if style.words == "oil painting")
SEPIA = next(style for style in load_styles() if style.words == "sepia")


@pytest.fixture
def box(qtbot: QtBot) -> PromptBox:
    made = PromptBox()
    qtbot.addWidget(made)
    made.set_subject(Subject.WOMAN)
    made.resize(320, 300)
    made.show()
    return made


def test_the_split_follows_typing(box: PromptBox, qtbot: QtBot) -> None:
    qtbot.keyClicks(box.edit, "a woman smiling on a beach, oil painting")

    qtbot.waitUntil(lambda: box.face.text == "a woman, smiling, oil painting")
    assert box.scene.text == "a woman on a beach, oil painting"
    assert box.style_label.text() == "oil painting"
    assert (box.scene.by_hand, box.face.by_hand) == (None, None)


def test_the_subject_is_the_persons(box: PromptBox) -> None:
    box.restore("someone smiling", None, None, None)
    box.set_subject(Subject.MAN)

    assert box.face.text == "a man, smiling"


def test_a_part_that_is_written_by_hand_stays_while_the_other_follows(box: PromptBox, qtbot: QtBot) -> None:
    qtbot.keyClicks(box.edit, "a woman smiling")
    qtbot.waitUntil(lambda: box.face.text == "a woman, smiling")
    qtbot.keyClicks(box.face.edit, "!")
    by_hand = box.face.by_hand
    qtbot.keyClicks(box.edit, " in a garden")

    qtbot.waitUntil(lambda: "garden" in box.scene.text)
    assert by_hand is not None
    assert box.face.by_hand == by_hand
    assert box.scene.by_hand is None


def test_the_arrow_gives_a_part_back_to_the_prompt(box: PromptBox, qtbot: QtBot) -> None:
    box.restore("a woman smiling", None, None, "a queen")
    assert box.face.text == "a queen"
    reset = next(
        child for child in box.findChildren(type(box.face._reset)) if child.objectName() == "facePromptEditReset"
    )
    assert reset.isVisible()

    qtbot.mouseClick(reset, Qt.MouseButton.LeftButton)

    assert box.face.by_hand is None
    assert box.face.text == "a woman, smiling"
    assert not reset.isVisible()


def test_a_style_goes_into_the_prompt_both_parts_and_what_was_written_by_hand(box: PromptBox) -> None:
    box.restore("a woman smiling", None, None, "a queen")

    box.choose_style(OIL)
    assert box.prompt == "a woman smiling, oil painting"
    assert box.scene.text == "a woman, oil painting"
    assert box.face.by_hand == "a queen, oil painting"

    box.choose_style(SEPIA)
    assert box.face.by_hand == "a queen, sepia"

    box.choose_style(None)
    assert (box.text, box.prompt) == ("a woman smiling", "a woman smiling")
    assert box.face.by_hand == "a queen"


def test_words_are_put_in_and_taken_out_and_undone(box: PromptBox) -> None:
    box.restore("a woman in a garden", None, None, "a queen")

    box.put("smiling", there=True)
    assert box.text == "a woman in a garden, smiling"
    assert box.face.by_hand == "a queen, smiling"

    box.put("smiling", there=False)
    assert box.text == "a woman in a garden"
    assert box.face.by_hand == "a queen"

    box.edit.undo()
    assert box.text == "a woman in a garden, smiling"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_control_enter_finishes_in_every_field(box: PromptBox, qtbot: QtBot, key: Qt.Key) -> None:
    for field in (box.edit, box.scene.edit, box.face.edit):
        before = field.toPlainText()
        with qtbot.waitSignal(box.finished):
            qtbot.keyClick(field, key, Qt.KeyboardModifier.ControlModifier)
        assert field.toPlainText() == before


def test_the_field_grows_with_its_text_and_then_scrolls(box: PromptBox, qtbot: QtBot) -> None:
    empty = box.edit.height()
    box.edit.setPlainText("\n".join("four"))
    qtbot.waitUntil(lambda: box.edit.height() > empty)
    four = box.edit.height()
    box.edit.setPlainText("\n".join("a line" for _ in range(60)))
    qtbot.waitUntil(lambda: box.edit.height() > four)

    assert box.edit.height() < 4 * four
    assert box.edit.verticalScrollBar().maximum() > 0


def test_a_file_is_not_dropped_into_the_text(box: PromptBox) -> None:
    file, text = QMimeData(), QMimeData()
    file.setUrls([QUrl.fromLocalFile("/tmp/a.png")])
    text.setText("smiling")

    assert not box.edit.canInsertFromMimeData(file)
    assert box.edit.canInsertFromMimeData(text)


def test_the_fields_have_names_for_those_who_drive_or_hear_the_window(box: PromptBox) -> None:
    names = [field.objectName() for field in (box.edit, box.scene.edit, box.face.edit)]

    assert names == ["promptEdit", "scenePromptEdit", "facePromptEdit"]
    assert all(field.accessibleName() for field in (box.edit, box.scene.edit, box.face.edit))
