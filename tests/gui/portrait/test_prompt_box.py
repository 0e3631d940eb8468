from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot

from facea_desktop.domain.faces import Subject
from facea_desktop.domain.people import Appearance
from facea_desktop.domain.styles import styles
from facea_desktop.ui.portrait.prompt_box import PromptBox
from facea_desktop.ui.portrait.quick_pick_data import load_picks

OIL = next(style for style in styles() if style.words == "oil painting")
LOOKS = Appearance(hair_length="long", hair_colour="red", eyewear="glasses")
SEPIA = next(style for style in styles() if style.words == "sepia")


@pytest.fixture
def box(qtbot: QtBot) -> PromptBox:
    made = PromptBox()
    qtbot.addWidget(made)
    made.set_person(Subject.WOMAN, Appearance())
    made.resize(320, 300)
    made.show()
    return made


@pytest.mark.parametrize("known_words_only", [True, False])
def test_the_example_is_about_the_person_who_is_chosen(box: PromptBox, known_words_only: bool) -> None:
    box.set_scene_words_only(known_words_only)
    for subject in (Subject.MAN, Subject.WOMAN):
        box.set_person(subject, Appearance())
        assert box.edit.placeholderText().startswith(f"a {subject} smiling")


def test_the_split_follows_typing(box: PromptBox, qtbot: QtBot) -> None:
    qtbot.keyClicks(box.edit, "a woman smiling on a beach, oil painting")

    qtbot.waitUntil(lambda: box.face.text == "a woman, smiling, oil painting")
    assert box.scene.text == "a woman on a beach, oil painting"
    assert box.style_label.text() == "oil painting"
    assert (box.scene.by_hand, box.face.by_hand) == (None, None)


def test_the_subject_is_the_persons(box: PromptBox) -> None:
    box.restore("someone smiling", None, None, None)
    box.set_person(Subject.MAN, Appearance())

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
    expression = load_picks()[0]

    box.put(expression, "smiling", there=True)
    assert box.text == "a woman in a garden, smiling"
    assert box.face.by_hand == "a queen, smiling"

    box.put(expression, "smiling", there=False)
    assert box.text == "a woman in a garden"
    assert box.face.by_hand == "a queen"

    box.edit.undo()
    assert box.text == "a woman in a garden, smiling"


def added(box: PromptBox) -> str:
    label = box.findChild(QLabel, "addedLooks")
    assert label is not None
    return label.text() if label.isVisible() else ""


def test_the_persons_looks_are_added_and_told(box: PromptBox) -> None:
    box.restore("a woman in a garden", None, None, None)
    assert added(box) == ""

    box.set_person(Subject.WOMAN, LOOKS)
    assert box.scene.text == "a woman with long red hair in a garden"
    assert box.face.text == "a woman, wearing glasses"
    assert added(box) == "Added: long red hair, wearing glasses"
    assert (box.text, box.scene.by_hand, box.face.by_hand) == ("a woman in a garden", None, None)

    box.restore("a bald woman without glasses", None, None, None)
    assert box.scene.text == "a bald woman"
    assert added(box) == ""


def test_nothing_is_added_to_what_is_written_by_hand_until_it_follows_again(box: PromptBox, qtbot: QtBot) -> None:
    box.set_person(Subject.WOMAN, LOOKS)
    box.restore("a woman in a garden", None, "a garden", None)
    assert box.scene.by_hand == "a garden"
    assert added(box) == "Added: wearing glasses"

    qtbot.keyClicks(box.scene.edit, "no glasses, ")
    assert box.face.text == "a woman"
    assert added(box) == ""

    reset = box.findChild(QToolButton, "scenePromptEditReset")
    assert reset is not None
    qtbot.mouseClick(reset, Qt.MouseButton.LeftButton)
    assert box.scene.text == "a woman with long red hair in a garden"
    assert box.face.text == "a woman, wearing glasses"


def test_nothing_is_added_where_nothing_is_written(box: PromptBox) -> None:
    box.set_person(Subject.WOMAN, LOOKS)
    assert (box.scene.text, box.face.text, added(box)) == ("", "", "")


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


def test_the_parts_are_shown_as_the_models_get_them(qtbot: QtBot) -> None:
    box = PromptBox()
    qtbot.addWidget(box)
    box.set_person(Subject.WOMAN, Appearance(eyewear="glasses"), "Anna Berg")
    box.restore("Anna Berg, (l\u00e4chelnd:1.3), am Strand", None, None, None)
    assert box.scene.text == "a woman, at beach"
    assert box.face.text == "a woman, wearing glasses, (smiling:1.3)"


def test_up_and_down_walk_through_earlier_prompts_from_the_empty_field(qtbot: QtBot) -> None:
    box = PromptBox(history=lambda: ["a woman at sea, oil painting", "a woman laughing"])
    qtbot.addWidget(box)
    styles_chosen: list[object] = []
    box.styleRecalled.connect(styles_chosen.append)
    box.show()
    up, down = Qt.Key.Key_Up, Qt.Key.Key_Down
    sea, laughing = "a woman at sea", "a woman laughing"
    for key, text in ((up, sea), (up, laughing), (up, laughing), (down, sea), (down, ""), (up, sea)):
        qtbot.keyClick(box.edit, key)
        assert box.text == text
    assert styles_chosen == [OIL, None, None, OIL, None, OIL]
    assert box.prompt == "a woman at sea, oil painting"
    qtbot.keyClicks(box.edit, "x")
    typed = box.text
    qtbot.keyClick(box.edit, Qt.Key.Key_Up)
    assert box.text == typed


def test_an_earlier_prompt_is_used_from_the_menu_and_taken_back(qtbot: QtBot) -> None:
    box = PromptBox(history=lambda: ["a woman at sea & land"])
    qtbot.addWidget(box)
    box.show()
    qtbot.keyClicks(box.edit, "what was typed")
    menu = box.findChild(QToolButton, "promptHistory").menu()
    menu.aboutToShow.emit()
    (action,) = menu.actions()
    action.trigger()
    assert box.text == "a woman at sea & land"
    undo = box.findChild(QToolButton, "promptUndo")
    assert undo.isVisible()
    undo.click()
    assert box.text == "what was typed"
    assert not undo.isVisible()


def test_what_restored_settings_replaced_comes_back_with_style_and_parts_until_something_is_typed(
    box: PromptBox, qtbot: QtBot
) -> None:
    undo = box.findChild(QToolButton, "promptUndo")
    box.restore("a woman", OIL, None, "a queen")
    assert not undo.isVisible()
    box.restore("a man", None, "a park", None)
    undo.click()
    assert (box.prompt, box.scene.by_hand, box.face.by_hand) == ("a woman, oil painting", None, "a queen")
    group = load_picks()[0]
    box.put(group, group.words[0], there=True)
    assert undo.isVisible()
    qtbot.keyClicks(box.edit, "!")
    assert not undo.isVisible()
