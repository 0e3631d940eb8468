"""Wildcards in the prompt: an example of what is drawn, what cannot be drawn, and the template of a picture."""

from __future__ import annotations

from pathlib import Path

from PIL import Image
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from facea_desktop.domain.people import Profile
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.domain.wildcards import draw_request
from facea_desktop.ui.portrait.portrait_panel import PortraitPanel
from facea_desktop.ui.session import Session
from tests.gui.conftest import visible_text
from tests.gui.portrait.conftest import leave_portrait


def write_list(session: Session, name: str, *lines: str) -> None:
    folder = session.root / "wildcards"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.txt").write_text("\n".join(lines))


def test_an_example_of_what_is_drawn_is_split_and_shown(
    panel: PortraitPanel, anna: Profile, session: Session, qtbot: QtBot
) -> None:
    write_list(session, "hat", "a red hat")
    box = panel.form.prompt
    qtbot.keyClicks(box.edit, "a woman {smiling} with __hat__")
    qtbot.waitUntil(lambda: "red hat" in box.scene.text)
    assert "such as: a woman {smiling} with a red hat" in visible_text(box)
    assert panel.form.trouble == ""
    assert panel.request.prompt == "a woman {smiling} with __hat__"
    box.edit.setPlainText("a woman smiling")
    qtbot.waitUntil(lambda: "such as" not in visible_text(box))


def test_what_cannot_be_drawn_is_said_and_keeps_make_from_being_pressed(
    panel: PortraitPanel, anna: Profile, session: Session, qtbot: QtBot
) -> None:
    write_list(session, "hat", "a red hat")
    for text, said in (
        ("a woman with __hut__", "Did you mean __hat__?"),
        ("a woman with __qqqq__", "There is no list qqqq.txt"),
        ("a woman {smiling|laughing", "Close the bracket in “{smiling|laughing” with a }."),
    ):
        panel.form.prompt.edit.setPlainText(text)
        assert said in panel.form.trouble
        assert said in visible_text(panel)
    panel.form.prompt.edit.setPlainText("a woman")
    panel.form.more.negative.setText("{a|b")
    assert "Close the bracket" in panel.form.trouble


def test_a_picture_brings_back_its_words_and_offers_what_they_were_drawn_from(
    panel: PortraitPanel, anna: Profile, session: Session, loop: QEventLoop
) -> None:
    written = PortraitRequest(
        person=anna.id, prompt="a woman, {smiling|smiling}, oil painting", negative_prompt="{b|b}"
    )
    path = leave_portrait(session.library.portraits, draw_request(written, lambda name: None))

    async def opened() -> None:
        panel.open_portrait(path)
        await session.settle()

    loop.run_until_complete(opened())
    box = panel.form.prompt
    assert box.prompt == "a woman, smiling, oil painting"
    assert "Drawn from: a woman, {smiling|smiling}, oil painting" in visible_text(box)
    box.templateWanted.emit()
    assert box.prompt == "a woman, {smiling|smiling}, oil painting"
    assert panel.form.more.negative.text() == "{b|b}"
    assert "Drawn from" not in visible_text(box)


def test_the_template_brings_back_what_was_said_of_single_faces(
    panel: PortraitPanel, anna: Profile, session: Session, loop: QEventLoop, tmp_path: Path
) -> None:
    scene = session.library.portraits / "scene.png"
    written = PortraitRequest(person=anna.id, prompt="{a woman|a woman}", face_words="{smiling|smiling}", picture=scene)
    path = leave_portrait(session.library.portraits, draw_request(written, lambda name: None))
    Image.new("RGB", (64, 64)).save(scene)

    async def opened() -> None:
        panel.open_portrait(path)
        await session.settle()

    loop.run_until_complete(opened())
    assert panel.form.scene.words == "smiling"
    panel.form.prompt.templateWanted.emit()
    assert panel.form.scene.words == "{smiling|smiling}"


def test_every_option_is_looked_up_among_the_words_that_the_models_know(
    panel: PortraitPanel, anna: Profile, tmp_path: Path
) -> None:
    box = panel.form.prompt
    box.edit.setPlainText("a woman {with glasses|on horseback}, {astronaut|smiling}")
    box.words.show_now()
    assert set(box.words.reading.unknown) == {"on horseback", "astronaut"}
    text = box.edit.toPlainText()
    assert {text[a:b] for a, b in box.words.reading.unknown_spans} == {"on horseback", "astronaut"}
