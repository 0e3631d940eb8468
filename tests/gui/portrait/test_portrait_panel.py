"""From Make to the queue, and from a picture back to its settings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from facea_desktop.domain.events import Progress, Warned
from facea_desktop.domain.people import Appearance
from facea_desktop.domain.requests import FaceAssignment, PortraitRequest
from facea_desktop.library.portrait_png import save_portrait
from facea_desktop.workers.job import JobState

from .conftest import faces_found, leave_portrait

LEFT = Qt.MouseButton.LeftButton


def test_make_asks_for_it_under_a_title(panel, anna, pool, qtbot: QtBot) -> None:
    panel.form.prompt.edit.setPlainText("a woman on a very long and sunny beach by the sea, with a straw hat")

    qtbot.mouseClick(panel.make.button, LEFT)

    job = pool.jobs()[0]
    assert job.title == "Anna: a woman on a very long and sunny beach\u2026"
    assert job.request == panel.request


def test_control_enter_makes_once(panel, anna, pool, qtbot: QtBot) -> None:
    panel.show()
    panel.form.prompt.edit.setPlainText("a woman")
    panel.form.prompt.edit.setFocus()

    qtbot.keyClick(panel.form.prompt.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    qtbot.waitUntil(lambda: len(pool.jobs()) == 1)
    qtbot.wait(200)  # a shortcut presses its button a moment later
    assert len(pool.jobs()) == 1


def test_while_one_is_painted_the_next_can_be_queued_and_the_first_cancelled(
    panel, anna, pool, qtbot: QtBot, workers
) -> None:
    panel.show()
    panel.form.prompt.edit.setPlainText("a woman")
    panel.make.count.setValue(4)
    cancel = panel.findChild(QPushButton, "cancelPortraitButton")
    assert not cancel.isVisible()
    for _ in range(2):
        qtbot.mouseClick(panel.make.button, LEFT)
    first, second = pool.jobs()
    workers.emit(first, Progress(28, 112, 90.0))
    qtbot.waitUntil(cancel.isVisible)
    assert cancel.mapToGlobal(cancel.rect().bottomLeft()).y() < panel.make.button.mapToGlobal(QPoint()).y()

    assert panel.make.button.isEnabled()
    qtbot.waitUntil(lambda: panel.make.doing == "Making 1 of 4 \u00b7 1:30 left \u00b7 1 waiting")

    qtbot.mouseClick(cancel, LEFT)
    qtbot.waitUntil(lambda: pool.job(second.id).state is JobState.RUNNING)
    assert pool.job(first.id).state is JobState.CANCELLED
    assert panel.make.doing == "Making 1 of 4"

    qtbot.mouseClick(cancel, LEFT)
    qtbot.waitUntil(lambda: not cancel.isVisible())
    assert pool.job(second.id).state is JobState.CANCELLED


def test_why_a_job_failed_stands_in_the_panel_until_the_next_make(panel, anna, pool, qtbot: QtBot, workers) -> None:
    panel.form.prompt.edit.setPlainText("a woman")
    qtbot.mouseClick(panel.make.button, LEFT)
    job = pool.jobs()[0]

    workers.emit(job, Warned("Anna is not tuned yet.", "first sight"))
    assert panel.notice.text == ""  # what stands above Make says it
    workers.emit(job, Warned("No face was found in the scene; making it again with another seed."))
    assert "another seed" in panel.notice.text
    workers.fail(job, "The disk is full. Free some space and try again.")
    assert "Free some space" in panel.notice.text
    assert panel.form.prompt.text == "a woman"

    qtbot.mouseClick(panel.make.button, LEFT)
    assert panel.notice.text == ""


def test_a_seed_that_a_picture_brought_is_said_beside_make_until_it_is_let_go(panel, anna, session, do) -> None:
    path = leave_portrait(session.library.portraits, request_of(anna, identity=True))
    do(lambda: panel.open_portrait(path), lambda: panel.stage.base is not None)
    assert panel.make.why_not.startswith("The seed is fixed")

    panel.form.more.lock.click()
    assert panel.make.why_not == ""


def request_of(anna: Any, **more: Any) -> PortraitRequest:
    return PortraitRequest(
        **{
            "person": anna.id,
            "prompt": "a woman on a beach, smiling, oil painting",
            "context_prompt": "a beach, oil painting",
            "negative_prompt": "a hat",
            "seed": 4_000_000_000,
            "scheduler": "dpmsolver",
            "steps": 16,
            "guidance": 3.5,
            "context_steps": 4,
            "context_guidance": 1.0,
            "strength": 0.8,
            "identity": False,
            **more,
        }
    )


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"prompt": "a woman", "context_prompt": None, "face_prompt": "", "identity": True},
        {"prompt": "sepia", "context_prompt": None, "steps": None, "context_steps": None, "guidance": None},
        {"scheduler": None, "context_guidance": None, "strength": 1.0},
    ],
)
def test_a_picture_brings_back_the_request_that_made_it(panel, anna, session, do, changes: dict[str, Any]) -> None:
    request = request_of(anna, **changes)
    path = leave_portrait(session.library.portraits, request)
    session.select(None)

    do(lambda: session.portraitOpened.emit(path), lambda: panel.stage.base is not None)

    assert panel.request == request
    assert session.selected is not None
    canvas = panel.stage.canvas
    assert canvas.picture().pixelColor(3, 3).name() == "#0000ff"  # the scene, with the portrait above it


def test_a_kept_scene_with_its_people_and_mask_comes_back(panel, anna, session, pool, add_person, do, workers) -> None:
    ben = add_person("Ben")
    session.people_changed()
    folder = session.library.portraits
    first = leave_portrait(folder, request_of(anna))
    workers.answers["faces"] = faces_found(3, 32, 32)
    masks = folder / ".masks"
    masks.mkdir()
    Image.new("L", (32, 32), 255).save(masks / "abc.png")
    request = request_of(
        anna,
        picture=first.with_name(first.stem + "-context.png"),
        mask=masks / "abc.png",
        face=1,
        face_words="smiling",
        others=(FaceAssignment(face=2, person=ben.id, words="wearing sunglasses"),),
        seed=5,
    )
    path = leave_portrait(folder, request)

    do(lambda: panel.open_portrait(path), lambda: workers.asked and panel.form.scene.painted is not None)
    do(panel.make_pictures, lambda: pool.jobs())

    made = pool.jobs()[0].request
    assert made.model_copy(update={"mask": None}) == request.model_copy(update={"mask": None})
    assert made.mask is not None
    with Image.open(made.mask) as mask:
        assert (mask.size, mask.getextrema()) == ((32, 32), (255, 255))
    assert panel.form.scene.source == "keep"


def test_a_picture_of_the_users_comes_back_as_it_was_kept(panel, anna, session, workers, photo: Path, do) -> None:
    workers.answers["faces"] = faces_found(1, 32, 32)
    path = leave_portrait(session.library.portraits, request_of(anna, picture=photo))

    do(lambda: panel.open_portrait(path), lambda: workers.asked)

    assert panel.request.picture == path.with_name(path.stem + "-context.png")
    assert panel.notice.text == ""


def test_a_picture_that_is_gone_is_named(panel, anna, session, photo: Path, do) -> None:
    path = leave_portrait(session.library.portraits, request_of(anna, picture=photo), stages=False)

    do(lambda: panel.open_portrait(path), lambda: panel.notice.text)

    assert "party.jpg" in panel.notice.text
    assert panel.request == request_of(anna)


def test_a_person_who_is_gone_is_said_and_the_rest_comes_back(panel, anna, session, do) -> None:
    path = leave_portrait(session.library.portraits, request_of(anna, person="0123456789ab"))

    do(lambda: panel.open_portrait(path), lambda: panel.notice.text)

    assert "no longer in the library" in panel.notice.text
    assert panel.form.prompt.text == "a woman on a beach, smiling"


@pytest.mark.parametrize("settings", [None, "{}", "{", '{"kind": "portrait", "version": 2, "person": "x"}'])
def test_a_picture_without_good_settings_is_refused_in_a_sentence(panel, anna, tmp_path: Path, settings, do) -> None:
    panel.form.prompt.edit.setPlainText("what I typed")
    path = tmp_path / "stranger.png"
    save_portrait(path, Image.new("RGB", (8, 8)), settings)

    do(lambda: panel.open_portrait(path), lambda: panel.notice.text)

    assert panel.notice.text.startswith(("stranger.png contains no", "The settings in stranger.png are damaged"))
    assert "\n" not in panel.notice.text
    assert panel.form.prompt.text == "what I typed"


@pytest.mark.parametrize(
    ("used", "own", "asked", "scene"),
    [
        ("red", "red", None, "a woman with red hair on a beach, oil painting"),  # as she still looks
        ("red", "grey", "red", "a woman with red hair on a beach, oil painting"),  # as she looked then
        (None, "grey", None, "a woman on a beach, oil painting"),  # without, as it was painted
    ],
)
def test_a_picture_brings_back_how_the_person_looked_in_it(
    panel, anna, session, add_person, do, used, own, asked, scene
) -> None:
    ben = add_person("Ben")
    session.library.update(anna.model_copy(update={"appearance": Appearance(hair_colour=own)}))
    session.people_changed()
    path = leave_portrait(
        session.library.portraits, request_of(anna, context_prompt=None, appearance=Appearance(hair_colour=used))
    )

    do(lambda: panel.open_portrait(path), lambda: panel.stage.base is not None)

    assert panel.form.prompt.scene.text == scene
    expected = Appearance() if used is None else Appearance(hair_colour=asked) if asked else None
    assert panel.request.appearance == expected
    assert panel.form.more.looks.isChecked() is (used is not None)
    session.select(ben.id)
    assert panel.request.appearance == (Appearance() if used is None else None)  # another person's are their own


def test_the_looks_of_a_picture_end_with_the_switch_or_a_correction(panel, anna, session, do) -> None:
    path = leave_portrait(session.library.portraits, request_of(anna, appearance=Appearance(hair_colour="red")))
    for change in ("switch", "correction"):
        do(lambda: panel.open_portrait(path))
        assert panel.request.appearance == Appearance(hair_colour="red")
        if change == "switch":
            panel.form.more.looks.setChecked(False)
            panel.form.more.looks.setChecked(True)
        else:
            session.library.update(anna.model_copy(update={"appearance": Appearance(hair_colour="grey")}))
            session.people_changed()
        assert panel.request.appearance is None


def test_a_picture_from_before_looks_were_added_comes_back_without_them(panel, anna, session, do) -> None:
    session.library.update(anna.model_copy(update={"appearance": Appearance(hair_colour="red")}))
    session.people_changed()
    path = session.library.portraits / "old.png"
    settings = request_of(anna, context_prompt=None).model_dump_json(exclude={"appearance"})
    save_portrait(path, Image.new("RGB", (16, 16)), settings)

    do(lambda: panel.open_portrait(path), lambda: panel.stage.base is not None)

    assert panel.form.prompt.scene.text == "a woman on a beach, oil painting"
    assert panel.request.appearance == Appearance()


def test_a_stage_opens_its_portrait(panel, anna, session, do) -> None:
    path = leave_portrait(session.library.portraits, request_of(anna))

    do(lambda: panel.open_portrait(path.with_name(path.stem + "-mask.png")), lambda: panel.stage.base is not None)

    assert panel.request == request_of(anna)


def drop_on(panel: Any, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    action, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    panel.dropEvent(QDropEvent(QPointF(5, 5), action, data, LEFT, none))


def test_what_is_dropped_brings_settings_or_becomes_the_scene(panel, anna, session, workers, photo: Path, do) -> None:
    workers.answers["faces"] = faces_found(1)
    path = leave_portrait(session.library.portraits, request_of(anna))

    do(lambda: drop_on(panel, path), lambda: panel.stage.base is not None)
    assert panel.request == request_of(anna)

    do(lambda: panel.stage.canvas.pictureDropped.emit(photo), lambda: workers.asked)
    assert panel.request == request_of(anna, picture=photo)
    assert panel.form.scene.source == "picture"
