from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.outcomes import FirstSightPainted, PersonMade, PhotosInspected
from facea_desktop.domain.people import Consent, Profile
from facea_desktop.domain.photo_requests import EnrolRequest, FirstSightRequest, InspectRequest, PhotoCrop
from facea_desktop.domain.requests import TuneRequest
from facea_desktop.library.step_times import note_step_time, tuning_step
from facea_desktop.resources import resource
from facea_desktop.ui.destinations import ShowCanvas
from facea_desktop.ui.people.crop_editor import CropEditor
from facea_desktop.ui.people.mask_editor import MaskEditor
from facea_desktop.ui.people.new_person_page import NewPersonPage
from facea_desktop.ui.session import Session
from facea_desktop.workers.job_pool import JobPool
from tests.gui.people.conftest import png
from tests.gui.scripted_workers import ScriptedWorkers

Until = Callable[[Callable[[], Any]], Awaitable[None]]
Say = Callable[..., PhotosInspected]
Drop = Callable[[QWidget, Iterable[Path]], bool]


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> NewPersonPage:
    made = NewPersonPage(session)
    qtbot.addWidget(made)
    made.resize(760, 640)
    made.show()
    return made


@pytest.fixture
def run(loop: QEventLoop) -> Callable[[Awaitable[None]], None]:
    return lambda work: loop.run_until_complete(work)  # type: ignore[arg-type, return-value]


def answer(page: NewPersonPage, name: str = "Eve") -> None:
    page.form.fill(name, Subject.WOMAN, Consent(kind="self"))


def wanted(page: NewPersonPage) -> str:
    return " ".join(text.text() for text in page.findChildren(QLabel) if text.text().startswith("Still needed"))


# At first sight


def test_a_portrait_at_first_sight_is_shown_once_photos_and_consent_are_there_and_given_up_by_whoever_goes_on(
    page: NewPersonPage, workers: ScriptedWorkers, inspected: Say, photos: list[Path], run: Any, until: Until
) -> None:
    workers.answers["inspect"] = inspected
    workers.answers["first sight"] = FirstSightPainted(png("RGB", "red"))
    shown = page.first_sight

    async def add() -> None:
        page.photos.board.add(photos)
        await until(lambda: page.photos.ready())
        assert (shown.request, shown.isVisible()) == (None, False)  # nobody said that the face may be portrayed
        answer(page)
        assert shown.isVisible()
        assert not page.add_and_tune.isHidden()
        assert page.add_and_tune.isEnabled()  # tuning waits for no portrait
        await until(lambda: not shown.picture.image.isNull())

    run(add())
    request = workers.asked[-1]
    assert isinstance(request, FirstSightRequest)
    assert (request.subject, len(request.crops)) == (Subject.WOMAN, 3)
    assert shown.line.text() == "At first sight; tuning makes it more alike."
    page.form.name.setText("Evelyn")
    assert not shown.picture.image.isNull()  # a name changes nothing about it
    page.hide()
    assert (shown.request, shown.picture.image.isNull()) == (None, True)


def test_a_portrait_at_first_sight_that_fails_leaves_no_trace_and_adding_comes_first(
    page: NewPersonPage, workers: ScriptedWorkers, inspected: Say, photos: list[Path], run: Any, until: Until
) -> None:
    workers.answers["inspect"] = inspected

    async def add() -> None:
        answer(page)
        page.photos.board.add(photos)
        await until(lambda: any(isinstance(one, FirstSightRequest) for one in workers.asked))
        await until(lambda: page.first_sight.isHidden())
        assert page.refusal.text == ""
        page.form.subject.choose(Subject.MAN)
        assert page.first_sight.request is not None
        workers.answers["enrol"] = UserError("The disk is full.")
        page.only_add.click()
        assert page.first_sight.request is None
        await until(lambda: page.refusal.text)

    run(add())


def test_models_that_take_nothing_from_photos_paint_nobody_at_first_sight(
    page: NewPersonPage,
    session: Session,
    workers: ScriptedWorkers,
    inspected: Say,
    photos: list[Path],
    run: Any,
    until: Until,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    workers.answers["inspect"] = inspected
    large = session.models.family("sdxl-sd15")
    monkeypatch.setattr(Session, "family", property(lambda _: large))

    async def add() -> None:
        answer(page)
        page.photos.board.add(photos)
        await until(lambda: page.add_and_tune.isEnabled())
        assert page.first_sight.request is None

    run(add())


# Photos


def test_dropped_photos_are_checked_and_show_what_was_found(
    page: NewPersonPage,
    workers: ScriptedWorkers,
    inspected: Say,
    photos: list[Path],
    run: Any,
    until: Until,
    drop: Drop,
) -> None:
    workers.answers["inspect"] = lambda request: inspected(
        request, None, None, "1.jpg: mouth not found; the photo does not help with it."
    )

    async def add() -> None:
        assert drop(page.photos.board, photos)
        card = page.photos.board.card(photos[0])
        assert card is not None
        assert card.text == "checking …"
        await until(lambda: card.text == "excellent likeness" and not card.masks.isHidden())

    run(add())
    assert workers.asked == [InspectRequest(photos=tuple(photos))]
    second = page.photos.board.card(photos[1])
    assert second is not None
    assert second.text == "Excellent likeness. Mouth not found; the photo does not help with it."
    assert page.photos.remark.text == ""  # it stands on the card


def test_photos_that_come_together_are_checked_once(
    page: NewPersonPage, workers: ScriptedWorkers, inspected: Say, photos: list[Path], run: Any, until: Until
) -> None:
    workers.answers["inspect"] = inspected

    async def add() -> None:
        for photo in (*photos, photos[0]):
            page.photos.board.add([photo])
        await until(lambda: not page.photos.inspection.busy)

    run(add())
    assert workers.asked == [InspectRequest(photos=tuple(photos))]


def test_in_a_photo_of_two_people_a_click_says_who_is_meant(
    page: NewPersonPage,
    workers: ScriptedWorkers,
    inspected: Say,
    group: Path,
    run: Any,
    until: Until,
    qtbot: QtBot,
) -> None:
    workers.answers["inspect"] = inspected

    async def add() -> None:
        answer(page)
        page.photos.board.add([group])
        card = page.photos.board.card(group)
        assert card is not None
        await until(lambda: not card.crop.isHidden())
        assert card.text == "Several people: click the one who is meant."
        assert not page.add_and_tune.isEnabled()
        assert page.photos.remove_unusable.isHidden()
        at = card.picture.rect().center() + QPoint(round(0.175 * 168), round((0.35 - 0.5) * 84))
        assert card.picture.face_at(at.toPointF()) == 1
        qtbot.mouseClick(card.picture, Qt.MouseButton.LeftButton, pos=at)
        await until(lambda: page.add_and_tune.isEnabled() and not card.masks.isHidden())

    run(add())
    assert workers.asked[-1] == InspectRequest(photos=(group,), crops=(PhotoCrop(photo=0, face=1),))
    workers.answers["enrol"] = UserError("The disk is full.")

    async def enrol() -> None:
        page.only_add.click()
        await until(lambda: page.refusal.text)

    run(enrol())
    asked = workers.asked[-1]
    assert isinstance(asked, EnrolRequest)
    assert asked.crops == (PhotoCrop(photo=0, face=1),)


def test_a_crop_that_is_adjusted_is_checked_again_and_drops_masks_drawn_on_the_old_one(
    page: NewPersonPage, workers: ScriptedWorkers, inspected: Say, group: Path, run: Any, until: Until, qtbot: QtBot
) -> None:
    workers.answers["inspect"] = inspected

    async def adjust() -> None:
        page.photos.board.add([group])
        card = page.photos.board.card(group)
        assert card is not None
        await until(lambda: not card.crop.isHidden())
        qtbot.keyClick(card, Qt.Key.Key_1)  # the one on the left
        await until(lambda: not card.masks.isHidden() and not page.photos.inspection.busy)
        page.photos._drawn[group] = {"nose": QImage(8, 8, QImage.Format.Format_Grayscale8)}
        card.crop.click()
        await until(lambda: page.findChild(CropEditor) is not None)
        editor = page.findChild(CropEditor)
        assert editor is not None
        assert editor.view.face == 0
        editor.view.enlarge(1.1)
        editor.accept()
        await until(lambda: not card.masks.isHidden() and not page.photos.inspection.busy)

    run(adjust())
    asked = workers.asked[-1]
    assert isinstance(asked, InspectRequest)
    (crop,) = asked.crops
    assert crop.face == 0
    assert crop.frame is not None
    assert crop.frame.side == pytest.approx(1.1 * 40 / 0.72)
    assert page.photos._drawn == {}


def test_photos_of_somebody_else_are_marked_and_removed_with_one_button(
    page: NewPersonPage, workers: ScriptedWorkers, inspected: Say, photos: list[Path], run: Any, until: Until
) -> None:
    other = "1.jpg seems to show a different person from the other photos (likeness 0.10); remove it."

    def say(request: InspectRequest) -> PhotosInspected:
        seen = inspected(request)
        marked = [replace(one, problem=other) if one.path == photos[1] else one for one in seen.photos]
        return replace(seen, photos=tuple(marked), problem=other if photos[1] in request.photos else None)

    workers.answers["inspect"] = say

    async def add() -> None:
        answer(page)
        page.photos.board.add(photos)
        card = page.photos.board.card(photos[1])
        assert card is not None
        await until(lambda: not card.masks.isHidden())
        assert card.text == "Seems to show a different person from the other photos (likeness 0.10); remove it."
        assert page.photos.remove_unusable.text() == "Remove 1 unusable photo"
        page.photos.remove_unusable.click()
        await until(lambda: page.add_and_tune.isEnabled())

    run(add())
    assert page.photos.board.paths() == [photos[0], photos[2]]


def test_a_photo_that_cannot_be_used_says_why_in_its_place_and_bars_the_way(
    page: NewPersonPage, workers: ScriptedWorkers, inspected: Say, photos: list[Path], run: Any, until: Until
) -> None:
    workers.answers["inspect"] = lambda request: inspected(
        request, {"1.jpg": "the face is blurred; use a sharper photo."}
    )

    async def add() -> None:
        answer(page)
        page.photos.board.add(photos)
        await until(lambda: not page.photos.inspection.busy)
        card = page.photos.board.card(photos[1])
        assert card is not None
        assert card.text == "The face is blurred; use a sharper photo."
        assert not page.add_and_tune.isEnabled()
        page.photos.board.remove(photos[1])
        await until(lambda: page.add_and_tune.isEnabled())

    run(add())


def test_one_button_removes_all_unusable_photos(
    page: NewPersonPage,
    workers: ScriptedWorkers,
    inspected: Say,
    photos: list[Path],
    run: Any,
    until: Until,
    qtbot: QtBot,
) -> None:
    problem = "the face is blurred; use a sharper photo."
    workers.answers["inspect"] = lambda request: inspected(request, {"0.jpg": problem, "2.jpg": problem})

    async def add() -> None:
        answer(page)
        page.photos.board.add(photos)
        await until(lambda: not page.photos.inspection.busy)
        assert page.photos.remove_unusable.isVisible()
        assert page.photos.remove_unusable.text() == "Remove 2 unusable photos"
        qtbot.mouseClick(page.photos.remove_unusable, Qt.MouseButton.LeftButton)
        assert page.photos.board.paths() == [photos[1]]
        assert not page.photos.remove_unusable.isVisible()
        await until(lambda: page.add_and_tune.isEnabled())

    run(add())


def test_what_stands_against_all_photos_is_said_above_and_bars_the_way(
    page: NewPersonPage, workers: ScriptedWorkers, inspected: Say, photos: list[Path], run: Any, until: Until
) -> None:
    sentence = "0.jpg and 1.jpg are nearly the same photo; remove one of them."
    workers.answers["inspect"] = lambda request: inspected(request, None, sentence, "3 photos give a better likeness.")

    async def add() -> None:
        answer(page)
        page.photos.board.add(photos)
        await until(lambda: page.photos.trouble.text == sentence)

    run(add())
    assert page.photos.trouble.isVisible()
    assert page.photos.remark.text == "3 photos give a better likeness."
    assert not page.add_and_tune.isEnabled()


def test_a_check_that_fails_says_so_and_can_be_repeated(
    page: NewPersonPage,
    workers: ScriptedWorkers,
    inspected: Say,
    photos: list[Path],
    run: Any,
    until: Until,
    qtbot: QtBot,
) -> None:
    workers.answers["inspect"] = UserError("The detector is not installed. Fetch it under Models.")

    async def add() -> None:
        answer(page)
        page.photos.board.add(photos)
        await until(lambda: page.photos.trouble.text)
        assert page.photos.trouble.text.startswith("The detector is not installed.")
        assert not page.add_and_tune.isEnabled()
        workers.answers["inspect"] = inspected
        qtbot.mouseClick(page.photos.check_again, Qt.MouseButton.LeftButton)
        await until(lambda: page.add_and_tune.isEnabled())

    run(add())
    assert page.photos.trouble.text == ""
    assert not page.photos.check_again.isVisible()


def test_an_answer_about_other_photos_is_dropped(
    page: NewPersonPage, pool: JobPool, inspected: Say, photos: list[Path], run: Any, until: Until, monkeypatch: Any
) -> None:
    """Also where the executor does not heed that the question was withdrawn."""
    answers: list[tuple[InspectRequest, asyncio.Future[PhotosInspected]]] = []

    async def ask(request: InspectRequest) -> PhotosInspected:
        future: asyncio.Future[PhotosInspected] = asyncio.get_running_loop().create_future()
        answers.append((request, future))
        return await asyncio.shield(future)

    monkeypatch.setattr(pool, "ask", ask)

    async def add() -> None:
        page.photos.board.add(photos[:2])
        await until(lambda: len(answers) == 1)
        page.photos.board.add(photos[2:])
        await until(lambda: len(answers) == 2)
        (first, old), (second, new) = answers
        new.set_result(inspected(second, None, "two are the same"))
        await until(lambda: page.photos.trouble.text == "two are the same")
        old.set_result(inspected(first, None, "too few photos"))
        await asyncio.sleep(0.05)

    run(add())
    assert page.photos.trouble.text == "two are the same"


def test_cards_move_by_keys_and_the_order_goes_into_the_request(
    page: NewPersonPage,
    workers: ScriptedWorkers,
    inspected: Say,
    photos: list[Path],
    run: Any,
    until: Until,
    qtbot: QtBot,
) -> None:
    workers.answers["inspect"] = inspected
    workers.answers["enrol"] = UserError("stop here")

    async def add() -> None:
        answer(page)
        page.photos.board.add(photos)
        last = page.photos.board.card(photos[2])
        assert last is not None
        qtbot.keyClick(last, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
        qtbot.keyClick(last, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
        first = page.photos.board.card(photos[0])
        assert first is not None
        qtbot.keyClick(first, Qt.Key.Key_Delete)
        await until(lambda: page.add_and_tune.isEnabled())
        page.only_add.click()
        await until(lambda: page.refusal.text)

    run(add())
    (request,) = [request for request in workers.asked if isinstance(request, EnrolRequest)]
    assert request.photos == (photos[2], photos[1])


def test_a_removed_photo_hands_the_keyboard_to_the_next(
    page: NewPersonPage, workers: ScriptedWorkers, inspected: Say, photos: list[Path], run: Any, qtbot: QtBot
) -> None:
    workers.answers["inspect"] = inspected

    async def add() -> None:
        page.photos.board.add(photos)
        await asyncio.sleep(0.01)
        first = page.photos.board.card(photos[0])
        assert first is not None
        first.setFocus()
        qtbot.keyClick(first, Qt.Key.Key_Delete)

    run(add())
    assert page.focusWidget() is page.photos.board.card(photos[1])


def test_masks_can_be_hidden(
    page: NewPersonPage, workers: ScriptedWorkers, inspected: Say, photos: list[Path], run: Any
) -> None:
    workers.answers["inspect"] = inspected
    legend = [text for text in page.findChildren(QLabel) if "Left eye" in text.text()]

    async def add() -> None:
        page.photos.board.add(photos)

    run(add())
    assert legend[0].isVisible()
    page.findChild(QWidget, "showMasksCheck").click()  # type: ignore[union-attr]
    assert not legend[0].isVisible()


# The form


def test_what_is_still_needed_is_said_and_nothing_goes_before(
    page: NewPersonPage,
    workers: ScriptedWorkers,
    inspected: Say,
    photos: list[Path],
    run: Any,
    until: Until,
    qtbot: QtBot,
) -> None:
    workers.answers["inspect"] = inspected

    async def add() -> None:
        assert wanted(page) == "Still needed: photos, a name, woman or man, consent."
        page.photos.board.add(photos)
        await until(lambda: not page.photos.inspection.busy)
        qtbot.keyClicks(page.form.name, "Eve")
        page.form.subject.choose(Subject.WOMAN)
        assert wanted(page) == "Still needed: consent."
        assert not page.add_and_tune.isEnabled()
        page.form.findChild(QWidget, "consent-self").click()  # type: ignore[union-attr]

    run(add())
    assert wanted(page) == ""
    assert page.add_and_tune.isEnabled()


def test_consent_may_have_an_end(page: NewPersonPage) -> None:
    consent = page.form.consent
    day: Any = consent.findChild(QWidget, "consentDayEdit")
    page.form.findChild(QWidget, "consent-with-permission").click()  # type: ignore[union-attr]
    assert consent.consent == Consent(kind="with permission")
    consent.findChild(QWidget, "consentEndsCheck").click()  # type: ignore[union-attr]
    assert consent.consent == Consent(kind="with permission", until=day.date().toPython())
    page.form.findChild(QWidget, "consent-self").click()  # type: ignore[union-attr]
    assert consent.consent == Consent(kind="self")


BEGAN = datetime.now(UTC)


def test_times_come_from_tunings_on_this_machine(session: Session, page: NewPersonPage) -> None:
    texts = lambda: [text.text() for text in page.form.preset.findChildren(QLabel) if not text.isHidden()]  # noqa: E731
    assert any("first tuning on this computer" in text for text in texts())
    family = session.family
    note_step_time(session.root, tuning_step(family.name, family.recipe("quick").batch), 2.0)
    page.begin_with()
    minutes = round(session.family.recipe("quick").steps * 2 / 60)  # steps of 2 s
    assert f"Takes about {minutes} minutes." in texts()
    assert not any("first tuning on this computer" in text for text in texts())


@pytest.mark.parametrize(("chosen", "after"), [("expression", "expression"), ("quick", "portrait")])
def test_a_preset_that_was_chosen_outlives_new_models_and_a_default_does_not(
    page: NewPersonPage, session: Session, monkeypatch: pytest.MonkeyPatch, chosen: str, after: str
) -> None:
    assert session.family.preset == "quick"
    page.form.preset.choose(chosen)
    session.modelsChanged.emit()
    assert page.form.preset.preset == chosen
    monkeypatch.setattr(session.models, "active_family", lambda: session.models.catalogue.family("sdxl-sd15"))
    session.modelsChanged.emit()
    assert page.form.preset.preset == after


def test_a_preset_that_the_family_in_use_lacks_gives_way_to_its_default(
    page: NewPersonPage, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.form.preset.choose("expression")
    fewer = session.family.model_copy(update={"presets": {"quick": session.family.presets["quick"]}})
    monkeypatch.setattr(session.models, "active_family", lambda: fewer)
    session.modelsChanged.emit()
    assert page.form.preset.preset == "quick"


def test_a_sample_person_fills_the_form(
    page: NewPersonPage, workers: ScriptedWorkers, inspected: Say, photos: list[Path], run: Any, until: Until
) -> None:
    workers.answers["inspect"] = inspected

    async def show() -> None:
        page.begin_with(photos)
        await until(lambda: page.add_and_tune.isEnabled())

    run(show())
    answers = page.form.answers()
    assert answers is not None
    assert (answers.name, answers.subject) == ("Eve (sample)", Subject.WOMAN)
    assert answers.consent == Consent(kind="invented person")


def test_what_was_begun_is_there_when_one_comes_back(
    page: NewPersonPage, workers: ScriptedWorkers, inspected: Say, photos: list[Path], run: Any, qtbot: QtBot
) -> None:
    workers.answers["inspect"] = inspected

    async def leave_and_return() -> None:
        qtbot.keyClicks(page.form.name, "Eve")
        page.photos.board.add(photos[:1])
        page.hide()
        page.show()
        page.begin_with(photos[1:])

    run(leave_and_return())
    assert page.form.name.text() == "Eve"
    assert page.photos.board.paths() == photos


# Adding


def test_add_and_tune_enrols_queues_the_tuning_and_goes_to_the_canvas(
    page: NewPersonPage,
    session: Session,
    pool: JobPool,
    inspected: Say,
    photos: list[Path],
    add_person: Callable[..., Profile],
    run: Any,
    until: Until,
    qtbot: QtBot,
    workers: ScriptedWorkers,
) -> None:
    workers.answers["inspect"] = inspected
    workers.answers["enrol"] = lambda request: PersonMade(add_person(request.name, tuned=False).id)
    pages: list[object] = []
    session.pageWanted.connect(pages.append)

    async def add() -> None:
        page.photos.board.add(photos)
        page.form.fill("Eve", Subject.WOMAN, Consent(kind="with permission", until=date(2031, 5, 3)))
        page.form.preset.choose("expression")
        await until(lambda: page.add_and_tune.isEnabled())
        qtbot.keyClick(page.form.name, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        await until(lambda: pages)

    run(add())
    consent = Consent(kind="with permission", until=date(2031, 5, 3))
    assert workers.asked[-1] == EnrolRequest(name="Eve", subject=Subject.WOMAN, photos=tuple(photos), consent=consent)
    (person,) = session.people()
    (job,) = pool.jobs()
    assert job.request == TuneRequest(person=person.id, recipe=session.family.recipe("expression"))
    assert job.title == "Tuning Eve"
    assert session.selected is not None
    assert session.selected.id == person.id
    assert pages == [ShowCanvas()]
    assert page.form.name.text() == ""
    assert page.photos.board.paths() == []


def test_only_add_tunes_nothing(
    page: NewPersonPage,
    session: Session,
    pool: JobPool,
    inspected: Say,
    photos: list[Path],
    add_person: Callable[..., Profile],
    run: Any,
    until: Until,
    qtbot: QtBot,
    workers: ScriptedWorkers,
) -> None:
    workers.answers["inspect"] = inspected
    workers.answers["enrol"] = lambda request: PersonMade(add_person(request.name, tuned=False).id)

    async def add() -> None:
        page.photos.board.add(photos)
        answer(page)
        await until(lambda: page.only_add.isEnabled())
        qtbot.mouseClick(page.only_add, Qt.MouseButton.LeftButton)
        await until(lambda: session.selected is not None)

    run(add())
    assert pool.jobs() == []


def test_an_error_keeps_everything_that_was_typed(
    page: NewPersonPage,
    session: Session,
    pool: JobPool,
    inspected: Say,
    photos: list[Path],
    run: Any,
    until: Until,
    workers: ScriptedWorkers,
) -> None:
    workers.answers["inspect"] = inspected
    workers.answers["enrol"] = UserError("The disk is full. Free some space and try again.")

    async def add() -> None:
        page.photos.board.add(photos)
        answer(page)
        await until(lambda: page.add_and_tune.isEnabled())
        page.add_and_tune.click()
        await until(lambda: page.refusal.text)

    run(add())
    assert page.refusal.text == "The disk is full. Free some space and try again."
    assert page.form.name.text() == "Eve"
    assert page.photos.board.paths() == photos
    assert page.add_and_tune.isEnabled()  # try again
    assert pool.jobs() == []


def test_corrected_masks_go_along_in_a_private_folder_that_is_gone_after(
    page: NewPersonPage,
    workers: ScriptedWorkers,
    inspected: Say,
    photos: list[Path],
    run: Any,
    until: Until,
    qtbot: QtBot,
) -> None:
    workers.answers["inspect"] = inspected
    seen: list[tuple[int, str, bool, int, int]] = []
    folders: list[Path] = []

    def enrol(request: EnrolRequest) -> Exception:
        for drawn in request.masks:
            mask = QImage(str(drawn.file))
            mode = drawn.file.parent.stat().st_mode & 0o077
            seen.append((drawn.photo, drawn.part, mask.width() == 64, mask.pixelColor(0, 0).red(), mode))
            folders.append(drawn.file.parent)
        return UserError("stop here")

    workers.answers["enrol"] = enrol

    async def correct() -> None:
        page.photos.board.add(photos)
        answer(page)
        card = page.photos.board.card(photos[1])
        assert card is not None
        await until(lambda: not card.masks.isHidden())
        qtbot.keyClick(card, Qt.Key.Key_Return)
        (editor,) = page.findChildren(MaskEditor)
        editor.show_part("nose")
        drawn = QImage(64, 64, QImage.Format.Format_Grayscale8)
        drawn.fill(0)
        drawn.setPixelColor(40, 40, Qt.GlobalColor.white)
        editor.canvas.set_mask(drawn)
        editor.canvas.maskChanged.emit()
        editor.accept()
        await until(lambda: card.text == "masks corrected")
        page.add_and_tune.click()
        await until(lambda: page.refusal.text)

    run(correct())
    assert seen == [(1, "nose", True, 0, 0)]
    assert not folders[0].exists()


def test_no_photo_of_a_real_person_is_prefilled(
    page: NewPersonPage, workers: ScriptedWorkers, inspected: Say, run: Any
) -> None:
    """Only the people who come with the program are filled in as invented."""
    workers.answers["inspect"] = inspected

    async def show() -> None:
        page.begin_with([resource("people", "eve", "0.jpg"), Path("/somewhere/me.jpg")])

    run(show())
    assert page.form.name.text() == ""
    assert page.form.consent.consent is None
