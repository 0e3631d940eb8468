"""Words that the small models do not know: marked in the prompt, said below it, and a list of what they know."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from facea_desktop.domain.faces import Subject
from facea_desktop.domain.people import Appearance
from facea_desktop.domain.scene_reading import scene_words
from facea_desktop.ui.portrait.known_words import KnownWords
from facea_desktop.ui.portrait.prompt_box import PromptBox
from facea_desktop.ui.theme import apply, colours

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def box(qtbot: QtBot) -> PromptBox:
    made = PromptBox()
    qtbot.addWidget(made)
    made.set_person(Subject.WOMAN, Appearance())
    made.set_scene_words_only(True)
    made.resize(320, 300)
    made.show()
    return made


def said(box: PromptBox) -> tuple[str, str]:
    """What stands below the prompt; empty where nothing does."""
    lines = (box.findChild(QLabel, name) for name in ("unknownWords", "roughlyKnownWords"))
    return tuple(line.text() if line.isVisible() else "" for line in lines)  # type: ignore[return-value]


def marked(box: PromptBox) -> dict[str, str]:
    """What is underlined, and in which colour."""
    return {
        mark.cursor.selectedText(): mark.format.underlineColor().name()  # type: ignore[attr-defined]
        for mark in box.edit.extraSelections()
    }


def known_words(box: PromptBox) -> KnownWords:
    found = box.window().findChild(KnownWords)
    assert found is not None
    return found


def test_unknown_words_are_marked_and_said_once_the_typing_rests(box: PromptBox, qtbot: QtBot) -> None:
    qtbot.keyClicks(box.edit, "a woman on horseback, ponytail, in a spacesuit")
    assert said(box) == ("", "")

    qtbot.waitUntil(lambda: said(box)[0] != "")
    assert said(box) == (
        "Unknown to the starter models: on horseback, spacesuit",
        "Understood roughly: ponytail as long hair",
    )
    warn, muted = (QColor(colour).name() for colour in (colours().warn, colours().muted))
    assert marked(box) == {"on horseback": warn, "spacesuit": warn, "ponytail": muted}


def test_nothing_is_said_of_a_prompt_that_is_known(box: PromptBox, qtbot: QtBot) -> None:
    qtbot.keyClicks(box.edit, "a man in a spacesuit")
    box.words.show_now()
    assert "spacesuit" in said(box)[0]

    box.edit.setPlainText("a woman with long curly red hair, smiling, blue background")
    box.words.show_now()
    assert (said(box), marked(box)) == (("", ""), {})
    assert not box.words.isVisible()


def test_models_that_read_any_words_have_no_hints(box: PromptBox) -> None:
    box.edit.setPlainText("a man in a spacesuit")
    box.words.show_now()
    assert box.words.opener.isVisible()

    box.set_scene_words_only(False)
    assert (said(box), marked(box)) == (("", ""), {})
    assert not box.words.opener.isVisible()


def test_of_a_picture_that_is_there_only_words_of_the_face_matter(box: PromptBox) -> None:
    box.restore("a woman with freckles on horseback, at the beach", None, None, None)
    box.set_painted(False)
    box.words.show_now()

    assert said(box) == ("Unknown to the starter models: freckles", "")
    assert marked(box).keys() == {"freckles"}


def test_what_is_written_by_hand_counts_in_place_of_the_prompt(box: PromptBox, qapp: QApplication) -> None:
    box.restore("a woman on horseback in the mountains", None, "a woman in a spacesuit", "a woman, winking")
    box.words.show_now()

    assert "spacesuit" in said(box)[0]
    assert "horseback" not in said(box)[0]
    assert marked(box) == {}

    qapp.sendEvent(box.words, QEvent(QEvent.Type.PaletteChange))  # another theme marks anew
    assert marked(box) == {}


def test_words_after_an_emoji_are_marked_where_they_stand(box: PromptBox) -> None:
    box.restore("a woman \U0001f600 smiling, in a spacesuit", None, None, None)
    box.words.show_now()

    assert "spacesuit" in marked(box)


def test_another_theme_marks_in_its_colours(box: PromptBox, qapp: QApplication) -> None:
    box.restore("a spacesuit", None, None, None)
    box.words.show_now()

    apply(qapp, "light")
    qapp.processEvents()
    assert marked(box) == {"spacesuit": QColor(colours().warn).name()}


def test_the_list_shows_all_that_is_known_and_puts_it_into_the_prompt(box: PromptBox, qtbot: QtBot) -> None:
    box.edit.setPlainText("a woman with red hair")
    opener = box.findChild(QPushButton, "knownWordsButton")
    qtbot.mouseClick(opener, LEFT)
    listed = known_words(box)

    assert listed.isVisible()
    says = {value.say for group in scene_words().groups if group.name != "subject" for value in group.values}
    assert listed.chips.keys() == says
    assert [words for words, chip in listed.chips.items() if chip.isChecked()] == ["red hair"]

    qtbot.mouseClick(listed.chips["wearing sunglasses"], LEFT)
    assert box.text == "a woman with red hair, wearing sunglasses"
    qtbot.mouseClick(listed.chips["wearing glasses"], LEFT)
    assert box.text == "a woman with red hair, wearing glasses"
    assert not listed.chips["wearing sunglasses"].isChecked()
    qtbot.mouseClick(listed.chips["wearing glasses"], LEFT)
    assert box.text == "a woman with red hair"


def test_the_list_tells_synonyms_and_closes_with_models_that_need_none(box: PromptBox, qtbot: QtBot) -> None:
    box.words.open_list()
    listed = known_words(box)
    assert "five o'clock shadow" in listed.chips["with stubble"].toolTip()

    box.set_scene_words_only(False)
    assert not listed.isVisible()
