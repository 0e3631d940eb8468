"""A picture as the scene: its faces, who goes into them, and masks."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QPushButton, QToolButton

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import Box, Face
from facea_desktop.domain.outcomes import FacesFound
from facea_desktop.domain.people import Consent
from facea_desktop.domain.requests import FaceAssignment, FacesRequest
from facea_desktop.ui.portrait.face_assignments import FaceAssignments
from tests.families import of_family
from tests.gui.conftest import visible_text

from .conftest import faces_found, leave_portrait

# Menus pop up; offscreen they cannot be raised or grab the keyboard.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def shown(panel, anna, workers, photo: Path, do, monkeypatch):
    """The panel with a picture of three faces as its scene; keeps what the canvas was asked to show."""
    calls = []
    canvas = panel.stage.canvas
    real = canvas.set_faces
    monkeypatch.setattr(canvas, "set_faces", lambda *given: (calls.append(given), real(*given)))
    workers.answers["faces"] = faces_found(3)
    do(lambda: panel.use_picture(photo), lambda: panel.form.scene.faces.cast.faces)
    panel.calls = calls
    return panel


def choose(panel, at: int, name: str) -> None:
    panel.stage.canvas.faceClicked.emit(at)
    menu = panel.form.scene.faces.menu
    action = next(action for action in menu.actions() if action.text() == name)
    assert action.isEnabled()
    action.trigger()
    menu.close()


def test_the_faces_of_a_picture_are_found_and_the_largest_is_the_persons(shown, anna, workers, photo: Path) -> None:
    faces, labels, chosen, lead = shown.calls[-1]

    assert workers.asked == [FacesRequest(picture=photo)]
    assert [face.box.x0 for face in faces] == [10, 110, 210]
    assert (labels, chosen, lead) == ({0: "Anna"}, 0, 0)
    assert (shown.request.picture, shown.request.face, shown.request.others) == (photo, 0, ())
    assert shown.make.button.isEnabled()  # a picture is enough, words are not needed


def test_boxes_are_in_pixels_of_the_picture_that_is_shown(
    panel, anna, workers, tmp_path: Path, do, monkeypatch
) -> None:
    calls = []
    monkeypatch.setattr(panel.stage.canvas, "set_faces", lambda *given: calls.append(given))
    workers.answers["faces"] = FacesFound(8192, 16, (Face(Box(20, 2, 180, 12), {}, 1.0),))
    wide = tmp_path / "wide.png"
    Image.new("L", (8192, 16)).save(wide)

    do(lambda: panel.use_picture(wide), lambda: panel.form.scene.faces.cast.faces)

    assert panel.stage.canvas.picture().width() == 4096
    assert calls[-1][0][0].box == Box(10, 1, 90, 6)


def test_the_faces_can_be_chosen_without_clicking_them(shown, anna, add_person, session) -> None:
    ben = add_person("Ben")
    session.people_changed()
    shown.findChild(QToolButton, "sceneFaces").click()
    menus = [action.menu() for action in shown.form.scene.faces.menu.actions()]
    assert [menu.title() for menu in menus] == ["Face 1: Anna", "Face 2: no one", "Face 3: no one"]

    next(action for action in menus[1].actions() if action.text() == "Ben").trigger()
    shown.form.scene.faces.menu.close()

    assert shown.request.others == (FaceAssignment(face=1, person=ben.id),)


def test_people_go_into_faces_and_out_of_them(shown, anna, add_person, session) -> None:
    ben = add_person("Ben")
    session.people_changed()

    choose(shown, 2, "Ben")
    assert (shown.request.face, shown.request.others) == (0, (FaceAssignment(face=2, person=ben.id),))
    assert shown.calls[-1][1] == {0: "Anna", 2: "Ben"}

    choose(shown, 1, "Anna")
    assert (shown.request.person, shown.request.face) == (anna.id, 1)
    assert shown.request.others == (FaceAssignment(face=2, person=ben.id),)

    choose(shown, 1, "Leave this face unchanged")
    assert (shown.request.person, shown.request.face, shown.request.others) == (ben.id, 2, ())
    assert session.selected.id == ben.id


def say(panel, at: int, words: str) -> None:
    """Give a face words of its own, by its menu."""
    faces = panel.form.scene.faces
    panel.stage.canvas.faceClicked.emit(at)
    next(action for action in faces.menu.actions() if action.text() == "Words for this face…").trigger()
    faces.menu.close()
    faces.dialog.field.setText(words)
    faces.dialog.accept()


def test_each_face_has_words_of_its_own(shown, anna, add_person, session) -> None:
    ben = add_person("Ben")
    session.people_changed()
    choose(shown, 2, "Ben")
    say(shown, 0, " smiling ")
    say(shown, 2, "wearing sunglasses")
    assert shown.request.face_words == "smiling"
    assert shown.request.others == (FaceAssignment(face=2, person=ben.id, words="wearing sunglasses"),)
    assert shown.calls[-1][1] == {0: "Anna: smiling", 2: "Ben: wearing sunglasses"}
    say(shown, 0, "")
    assert shown.request.face_words == ""


def test_a_face_that_stays_as_it_is_takes_no_words(shown, anna) -> None:
    shown.stage.canvas.faceClicked.emit(1)
    menu = shown.form.scene.faces.menu
    assert "Words for this face…" not in [action.text() for action in menu.actions()]
    menu.close()


def test_faces_keep_people_and_words_when_their_picture_is_opened_again(
    shown, anna, add_person, session, photo: Path, do, tmp_path: Path
) -> None:
    ben = add_person("Ben")
    session.people_changed()
    choose(shown, 2, "Ben")
    say(shown, 2, "smiling")
    another = tmp_path / "another.png"
    Image.new("RGB", (300, 200), "green").save(another)
    do(lambda: shown.use_picture(another), lambda: shown.form.scene.picture == another)
    assert shown.request.others == ()
    do(lambda: shown.use_picture(photo), lambda: shown.form.scene.picture == photo)
    assert shown.request.others == (FaceAssignment(face=2, person=ben.id, words="smiling"),)
    shown.form.scene.paint()
    assert (shown.request.others, shown.request.face_words) == ((), "")
    session.library.delete(ben.id)
    session.people_changed()
    do(lambda: shown.use_picture(photo), lambda: shown.form.scene.picture == photo)
    assert shown.request.others == ()  # who was deleted meanwhile does not come back


def test_another_person_in_the_leading_face_becomes_the_chosen_one(shown, anna, add_person, session) -> None:
    ben = add_person("Ben")
    session.people_changed()
    choose(shown, 0, "Ben")

    assert session.selected.id == ben.id
    assert (shown.request.person, shown.request.face, shown.request.others) == (ben.id, 0, ())


def test_who_cannot_go_into_a_face_says_why(shown, anna, add_person, session) -> None:
    add_person("Cleo", tuned=False, photos=0)
    add_person("Eli", tuned=False)
    strange = add_person("Dora")
    session.library.update(of_family(strange, "sdxl-sd15"))
    session.people_changed()

    shown.stage.canvas.faceClicked.emit(1)
    texts = {action.text(): action.isEnabled() for action in shown.form.scene.faces.menu.actions()}
    shown.form.scene.faces.menu.close()

    assert texts["Cleo (not tuned)"] is False
    assert texts["Eli (at first sight)"] is True
    assert texts["Dora (tuned with other models)"] is False
    assert texts["Anna"] is True


def test_a_person_who_is_dropped_goes_into_the_face(shown, anna, add_person, session) -> None:
    ben = add_person("Ben")
    session.people_changed()
    shown.stage.canvas.faceDismissed.emit(1)

    shown.stage.canvas.personDropped.emit(1, ben.id)

    assert (shown.request.person, shown.request.others) == (anna.id, (FaceAssignment(face=2, person=ben.id),))


def test_a_person_dropped_beside_the_only_face_goes_into_it(shown, anna, add_person, session) -> None:
    ben = add_person("Ben")
    session.people_changed()

    shown.stage.canvas.personDropped.emit(None, ben.id)
    assert (shown.request.person, shown.request.others) == (anna.id, ())
    assert shown.form.scene.notice.text == "Drop Ben onto one of the faces."

    for _ in range(2):
        shown.stage.canvas.faceDismissed.emit(1)
    shown.stage.canvas.personDropped.emit(None, ben.id)
    assert (shown.request.person, shown.request.face) == (ben.id, 0)
    assert shown.form.scene.notice.text == ""


def test_who_cannot_be_painted_and_is_dropped_is_named(shown, anna, add_person, session) -> None:
    cleo = add_person("Cleo", tuned=False, photos=0)
    session.people_changed()

    shown.stage.canvas.personDropped.emit(1, cleo.id)

    assert shown.request.others == ()
    assert "Tune Cleo first" in shown.form.scene.notice.text


def test_somebody_who_is_not_tuned_goes_into_a_face_at_first_sight_and_the_panel_says_so(
    shown, anna, add_person, session
) -> None:
    eli = add_person("Eli", tuned=False)
    session.people_changed()

    choose(shown, 1, "Eli (at first sight)")
    shown.stage.canvas.personDropped.emit(2, eli.id)

    assert shown.request.others == (FaceAssignment(face=2, person=eli.id),)
    assert shown.make.button.isEnabled()
    assert shown.make.why_not.startswith("Eli is not tuned yet: portraits are made after the photos alone.")
    shown.form.more.without.setChecked(True)
    assert "Eli" not in shown.make.why_not


def test_who_is_deleted_leaves_the_scene(shown, anna, add_person, session) -> None:
    ben, cleo = add_person("Ben"), add_person("Cleo")
    session.people_changed()
    choose(shown, 1, "Ben")
    choose(shown, 2, "Cleo")

    session.library.delete(ben.id)
    session.people_changed()

    assert shown.request.others == (FaceAssignment(face=2, person=cleo.id),)
    assert shown.calls[-1][1] == {0: "Anna", 2: "Cleo"}
    assert shown.make.button.isEnabled()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"tuning": None, "references": ()}, "Tune Ben first, or choose someone else for that face."),
        (
            {"consent": Consent(kind="with permission", until=date.today() - timedelta(days=1))},
            "Consent to portray Ben has ended; choose someone else for that face.",
        ),
        (
            {"family": "sdxl-sd15"},
            "Ben and Anna are tuned with different models; choose someone else for one of the faces.",
        ),
    ],
    ids=["not tuned", "consent ended", "other models"],
)
def test_who_cannot_be_painted_any_more_is_named(shown, anna, add_person, session, changes, said: str) -> None:
    ben = add_person("Ben")
    session.people_changed()
    choose(shown, 1, "Ben")
    assert shown.make.button.isEnabled()

    changed = ben.model_copy(update=changes)
    session.library.update(of_family(changed, changed.family))
    session.people_changed()
    assert (shown.make.button.isEnabled(), shown.make.why_not) == (False, said)

    choose(shown, 1, "Leave this face unchanged")
    assert shown.make.button.isEnabled()


def test_a_lead_of_other_models_is_said_before_it_fails(shown, anna, add_person, session) -> None:
    add_person("Ben")
    dora = add_person("Dora")
    session.library.update(of_family(dora, "sdxl-sd15"))
    session.people_changed()
    choose(shown, 1, "Ben")

    session.select(dora.id)
    assert "Ben and Dora are tuned with different models" in shown.make.why_not

    session.select(anna.id)
    assert shown.make.button.isEnabled()


def test_what_is_no_face_goes_and_the_others_keep_their_numbers(shown, anna) -> None:
    shown.stage.canvas.faceDismissed.emit(0)

    assert shown.request.face == 1
    assert len(shown.calls[-1][0]) == 2

    choose(shown, 1, "Anna")
    assert shown.request.face == 2


def test_without_a_face_a_mask_is_asked_for(panel, anna, workers, photo: Path, do) -> None:
    workers.answers["faces"] = faces_found(0)
    do(lambda: panel.use_picture(photo), lambda: workers.asked)

    assert not panel.make.button.isEnabled()
    assert "Paint over the face" in panel.make.why_not

    panel.stage.canvas.set_mask(half_mask())
    panel.stage.canvas.maskChanged.emit()
    assert panel.make.button.isEnabled()


def half_mask() -> QImage:
    mask = QImage(320, 160, QImage.Format.Format_Grayscale8)
    mask.fill(0)
    for x in range(160):
        for y in range(160):
            mask.setPixelColor(x, y, "white")
    return mask


def test_a_painted_mask_is_the_requests_mask(shown, pool, session, do) -> None:
    shown.stage.canvas.set_mask(half_mask())
    shown.stage.canvas.maskChanged.emit()

    do(shown.make_pictures, lambda: pool.jobs())
    do(shown.make_pictures, lambda: len(pool.jobs()) == 2)

    first, second = (job.request.mask for job in pool.jobs())
    assert first == second  # the same mask is kept once
    assert first.parent == session.library.portraits / ".masks"
    with Image.open(first) as mask:
        assert (mask.mode, mask.size) == ("L", (320, 160))
        assert (mask.getpixel((10, 10)), mask.getpixel((300, 10))) == (255, 0)


def test_with_a_painted_mask_no_chip_says_that_the_face_is_used(shown, anna, add_person, session) -> None:
    ben = add_person("Ben")
    session.people_changed()
    canvas = shown.stage.canvas
    canvas.choose_tool("brush")
    canvas.commands["invert"].trigger()
    assert shown.calls[-1][1:] == ({0: "unchanged"}, None, 0)
    assert "Only the painted area is redrawn; faces stay as they are." in visible_text(shown.form.scene)

    choose(shown, 1, "Ben")
    assert shown.calls[-1][1] == {0: "unchanged", 1: "Ben"}
    assert "the other faces" in visible_text(shown.form.scene)
    assert shown.request.others == (FaceAssignment(face=1, person=ben.id),)

    canvas.commands["clear"].trigger()
    assert shown.calls[-1][1:] == ({0: "Anna", 1: "Ben"}, 0, 0)


def test_a_mask_and_the_faces_survive_looking_at_a_result(shown, anna, session, photo: Path, do) -> None:
    canvas = shown.stage.canvas
    canvas.set_mask(half_mask())
    other = leave_portrait(session.library.portraits, shown.request.model_copy(update={"picture": None, "seed": 9}))
    do(lambda: session.start(shown.stage.show(other)), lambda: shown.stage.base == other)
    assert canvas.mask() is None
    assert shown.calls[-1][0] == []

    do(shown.findChild(QToolButton, "scenePicture").click, lambda: shown.stage.base == photo)

    assert canvas.mask() == half_mask()
    assert len(shown.calls[-1][0]) == 3


def test_painting_a_scene_leaves_the_picture_and_what_belongs_to_it(shown, anna) -> None:
    shown.form.prompt.edit.setPlainText("a woman")
    shown.findChild(QPushButton, "paintScene").click()

    assert shown.calls[-1][0] == []
    assert (shown.request.picture, shown.request.face, shown.request.others) == (None, 0, ())
    assert shown.form.prompt.text == "a woman"


def test_a_picture_is_chosen_in_a_dialog_that_does_not_block(panel, anna, workers, photo: Path, do, qtbot) -> None:
    workers.answers["faces"] = faces_found(1)
    button = panel.findChild(QPushButton, "pictureScene")

    button.click()
    dialog = panel.findChild(QFileDialog)
    assert panel.form.scene.source == "paint"
    assert not button.isChecked()

    do(lambda: (dialog.fileSelected.emit(str(photo)), dialog.reject()), lambda: workers.asked)
    assert panel.request.picture == photo
    assert button.isChecked()


def test_a_picture_that_cannot_be_read_is_said_in_place(panel, anna, tmp_path: Path, do) -> None:
    path = tmp_path / "broken.jpg"
    path.write_bytes(b"no picture")

    do(lambda: panel.use_picture(path), lambda: panel.form.scene.notice.text)

    assert "broken.jpg cannot be shown" in panel.form.scene.notice.text
    assert (panel.form.scene.source, panel.form.scene.picture) == ("paint", None)


def test_a_picture_that_cannot_be_read_leaves_scene_mask_and_undo_steps(shown, anna, tmp_path: Path, photo, do) -> None:
    canvas = shown.stage.canvas
    canvas.choose_tool("brush")
    canvas.commands["invert"].trigger()
    painted, steps = canvas.mask(), canvas.undo_stack.count()
    assert steps
    path = tmp_path / "broken.jpg"
    path.write_bytes(b"no picture")

    do(lambda: shown.use_picture(path), lambda: shown.form.scene.notice.text)

    assert (shown.form.scene.source, shown.form.scene.picture, shown.stage.base) == ("picture", photo, photo)
    assert canvas.mask() == painted
    assert (canvas.undo_stack.count(), canvas.drawing) == (steps, True)
    assert len(shown.calls[-1][0]) == 3
    assert shown.make.button.isEnabled()


def test_a_picture_that_is_opened_again_keeps_what_was_painted_on_it(shown, anna, photo: Path, do) -> None:
    shown.stage.canvas.set_mask(half_mask())

    do(lambda: shown.use_picture(photo))

    assert shown.form.scene.painted == half_mask()
    assert len(shown.form.scene.faces.cast.faces) == 3


def test_why_faces_could_not_be_looked_for_is_said_in_place(panel, anna, workers, photo: Path, do) -> None:
    workers.answers["faces"] = UserError("The detector is missing; fetch it in the settings.")

    do(lambda: panel.use_picture(photo), lambda: panel.form.scene.notice.text)

    assert "fetch it" in panel.form.scene.notice.text
    assert not panel.make.button.isEnabled()


def test_an_answer_about_another_picture_is_passed_over(panel, anna, workers, photo: Path, do, tmp_path: Path) -> None:
    second = tmp_path / "second.png"
    Image.new("RGB", (64, 64)).save(second)
    workers.answers["faces"] = lambda request: faces_found(3) if request.picture == photo else faces_found(1, 64, 64)

    do(lambda: (panel.form.scene.use(photo), panel.form.scene.use(second)), lambda: panel.form.scene.faces.cast.faces)

    assert len(panel.form.scene.faces.cast.faces) == 1
    assert panel.stage.base == second


def test_nobody_is_in_two_faces() -> None:
    cast = FaceAssignments(faces=faces_found(3).faces)

    assert cast.put("ben", 1, "anna") == "anna"
    assert cast.put("ben", 2, "anna") == "anna"
    assert cast.assignments == (FaceAssignment(face=2, person="ben"),)

    cast.follow("ben")
    assert cast.assignments == ()
