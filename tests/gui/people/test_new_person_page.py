from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.outcomes import PersonMade, PhotosInspected
from facea_desktop.domain.people import Consent, Profile
from facea_desktop.domain.requests import EnrolRequest, InspectRequest, TuneRequest
from facea_desktop.resources import resource
from facea_desktop.ui.people.mask_editor import MaskEditor
from facea_desktop.ui.people.new_person_page import NewPersonPage
from facea_desktop.ui.session import Session
from facea_desktop.workers.jobs import JobState

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


# Photos


def test_dropped_photos_are_checked_and_show_what_was_found(
    page: NewPersonPage, pool: Any, inspected: Say, photos: list[Path], run: Any, until: Until, drop: Drop
) -> None:
    pool.answers["inspect"] = lambda request: inspected(
        request, None, None, "1.jpg: mouth not found; the photo teaches nothing about it."
    )

    async def add() -> None:
        assert drop(page.board, photos)
        card = page.board.card(photos[0])
        assert card is not None
        assert card.text == "looking at it …"
        await until(lambda: card.text == "likeness 0.81" and not card.masks.isHidden())

    run(add())
    assert pool.asked == [InspectRequest(photos=tuple(photos))]
    second = page.board.card(photos[1])
    assert second is not None
    assert second.text == "Likeness 0.81. Mouth not found; the photo teaches nothing about it."
    assert page.remark.text == ""  # it stands on the card


def test_photos_that_come_together_are_checked_once(
    page: NewPersonPage, pool: Any, inspected: Say, photos: list[Path], run: Any, until: Until
) -> None:
    pool.answers["inspect"] = inspected

    async def add() -> None:
        for photo in (*photos, photos[0]):
            page.board.add([photo])
        await until(lambda: not page.inspection.busy)

    run(add())
    assert pool.asked == [InspectRequest(photos=tuple(photos))]


def test_a_photo_that_cannot_be_used_says_why_in_its_place_and_bars_the_way(
    page: NewPersonPage, pool: Any, inspected: Say, photos: list[Path], run: Any, until: Until
) -> None:
    pool.answers["inspect"] = lambda request: inspected(
        request, {"1.jpg": "the face is blurred; take a sharper photo."}
    )

    async def add() -> None:
        answer(page)
        page.board.add(photos)
        await until(lambda: not page.inspection.busy)
        card = page.board.card(photos[1])
        assert card is not None
        assert card.text == "The face is blurred; take a sharper photo."
        assert not page.add_and_tune.isEnabled()
        page.board.remove(photos[1])
        await until(lambda: page.add_and_tune.isEnabled())

    run(add())


def test_what_stands_against_all_photos_is_said_above_and_bars_the_way(
    page: NewPersonPage, pool: Any, inspected: Say, photos: list[Path], run: Any, until: Until
) -> None:
    sentence = "0.jpg and 1.jpg are nearly the same photo; leave one of them out."
    pool.answers["inspect"] = lambda request: inspected(request, None, sentence, "3 photos make a better likeness.")

    async def add() -> None:
        answer(page)
        page.board.add(photos)
        await until(lambda: page.trouble.text == sentence)

    run(add())
    assert page.trouble.isVisible()
    assert page.remark.text == "3 photos make a better likeness."
    assert not page.add_and_tune.isEnabled()


def test_a_check_that_fails_says_so_and_can_be_repeated(
    page: NewPersonPage, pool: Any, inspected: Say, photos: list[Path], run: Any, until: Until, qtbot: QtBot
) -> None:
    pool.answers["inspect"] = UserError("The detector is not installed. Fetch it under Models.")

    async def add() -> None:
        answer(page)
        page.board.add(photos)
        await until(lambda: page.trouble.text)
        assert page.trouble.text.startswith("The detector is not installed.")
        assert not page.add_and_tune.isEnabled()
        pool.answers["inspect"] = inspected
        qtbot.mouseClick(page.check_again, Qt.MouseButton.LeftButton)
        await until(lambda: page.add_and_tune.isEnabled())

    run(add())
    assert page.trouble.text == ""
    assert not page.check_again.isVisible()


def test_an_answer_about_other_photos_is_dropped(
    page: NewPersonPage, pool: Any, inspected: Say, photos: list[Path], run: Any, until: Until, monkeypatch: Any
) -> None:
    """Also where the executor does not heed that the question was withdrawn."""
    answers: list[tuple[InspectRequest, asyncio.Future[PhotosInspected]]] = []

    async def ask(request: InspectRequest) -> PhotosInspected:
        future: asyncio.Future[PhotosInspected] = asyncio.get_running_loop().create_future()
        answers.append((request, future))
        return await asyncio.shield(future)

    monkeypatch.setattr(pool, "ask", ask)

    async def add() -> None:
        page.board.add(photos[:2])
        await until(lambda: len(answers) == 1)
        page.board.add(photos[2:])
        await until(lambda: len(answers) == 2)
        (first, old), (second, new) = answers
        new.set_result(inspected(second, None, "two are the same"))
        await until(lambda: page.trouble.text == "two are the same")
        old.set_result(inspected(first, None, "too few photos"))
        await asyncio.sleep(0.05)

    run(add())
    assert page.trouble.text == "two are the same"


def test_cards_move_by_keys_and_the_order_goes_into_the_request(
    page: NewPersonPage, pool: Any, inspected: Say, photos: list[Path], run: Any, until: Until, qtbot: QtBot
) -> None:
    pool.answers["inspect"] = inspected
    pool.answers["enrol"] = UserError("stop here")

    async def add() -> None:
        answer(page)
        page.board.add(photos)
        last = page.board.card(photos[2])
        assert last is not None
        qtbot.keyClick(last, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
        qtbot.keyClick(last, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
        first = page.board.card(photos[0])
        assert first is not None
        qtbot.keyClick(first, Qt.Key.Key_Delete)
        await until(lambda: page.add_and_tune.isEnabled())
        page.only_add.click()
        await until(lambda: page.refusal.text)

    run(add())
    (request,) = [request for request in pool.asked if isinstance(request, EnrolRequest)]
    assert request.photos == (photos[2], photos[1])


def test_a_removed_photo_hands_the_keyboard_to_the_next(
    page: NewPersonPage, pool: Any, inspected: Say, photos: list[Path], run: Any, qtbot: QtBot
) -> None:
    pool.answers["inspect"] = inspected

    async def add() -> None:
        page.board.add(photos)
        await asyncio.sleep(0.01)
        first = page.board.card(photos[0])
        assert first is not None
        first.setFocus()
        qtbot.keyClick(first, Qt.Key.Key_Delete)

    run(add())
    assert page.focusWidget() is page.board.card(photos[1])


def test_masks_can_be_hidden(page: NewPersonPage, pool: Any, inspected: Say, photos: list[Path], run: Any) -> None:
    pool.answers["inspect"] = inspected
    legend = [text for text in page.findChildren(QLabel) if "Left eye" in text.text()]

    async def add() -> None:
        page.board.add(photos)

    run(add())
    assert legend[0].isVisible()
    page.findChild(QWidget, "showMasksCheck").click()  # type: ignore[union-attr]
    assert not legend[0].isVisible()


# The form


def test_what_is_still_needed_is_said_and_nothing_goes_before(
    page: NewPersonPage, pool: Any, inspected: Say, photos: list[Path], run: Any, until: Until, qtbot: QtBot
) -> None:
    pool.answers["inspect"] = inspected

    async def add() -> None:
        assert wanted(page) == "Still needed: photos, a name, woman or man, why the face may be portrayed."
        page.board.add(photos)
        await until(lambda: not page.inspection.busy)
        qtbot.keyClicks(page.form.name, "Eve")
        page.form.subject.choose(Subject.WOMAN)
        assert wanted(page) == "Still needed: why the face may be portrayed."
        assert not page.add_and_tune.isEnabled()
        page.form.findChild(QWidget, "consent-self").click()  # type: ignore[union-attr]

    run(add())
    assert wanted(page) == ""
    assert page.add_and_tune.isEnabled()


def test_a_leave_may_have_an_end(page: NewPersonPage) -> None:
    consent = page.form.consent
    day: Any = consent.findChild(QWidget, "consentDayEdit")
    page.form.findChild(QWidget, "consent-with-leave").click()  # type: ignore[union-attr]
    assert consent.consent == Consent(kind="with leave")
    consent.findChild(QWidget, "consentEndsCheck").click()  # type: ignore[union-attr]
    assert consent.consent == Consent(kind="with leave", until=day.date().toPython())
    page.form.findChild(QWidget, "consent-self").click()  # type: ignore[union-attr]
    assert consent.consent == Consent(kind="self")


def test_times_come_from_tunings_on_this_machine(
    session: Session, pool: Any, add_person: Callable[..., Profile], page: NewPersonPage
) -> None:
    texts = lambda: [text.text() for text in page.form.preset.findChildren(QLabel) if not text.isHidden()]  # noqa: E731
    assert any("first tuning on this machine" in text for text in texts())
    person = add_person()
    session.people_changed()
    recipe = session.family.recipe("quick", 100)
    job = session.submit(TuneRequest(person=person.id, recipe=recipe), "Tuning Anna")
    began = datetime.now(UTC)
    pool.change(job.id, state=JobState.DONE, started=began, ended=began + timedelta(seconds=200), person=person.id)
    page.show_what(None)
    minutes = round(session.family.recipe("quick").steps * 2 / 60)  # steps of 2 s
    assert f"Takes about {minutes} minutes." in texts()
    assert not any("first tuning on this machine" in text for text in texts())


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
    page: NewPersonPage, pool: Any, inspected: Say, photos: list[Path], run: Any, until: Until
) -> None:
    pool.answers["inspect"] = inspected

    async def show() -> None:
        page.show_what(photos)
        await until(lambda: page.add_and_tune.isEnabled())

    run(show())
    answers = page.form.answers()
    assert answers is not None
    assert (answers.name, answers.subject) == ("Eve (sample)", Subject.WOMAN)
    assert answers.consent == Consent(kind="invented person")


def test_what_was_begun_is_there_when_one_comes_back(
    page: NewPersonPage, pool: Any, inspected: Say, photos: list[Path], run: Any, qtbot: QtBot
) -> None:
    pool.answers["inspect"] = inspected

    async def leave_and_return() -> None:
        qtbot.keyClicks(page.form.name, "Eve")
        page.board.add(photos[:1])
        page.hide()
        page.show()
        page.show_what(photos[1:])

    run(leave_and_return())
    assert page.form.name.text() == "Eve"
    assert page.board.paths() == photos


# Adding


def test_add_and_tune_enrols_queues_the_tuning_and_goes_to_the_canvas(
    page: NewPersonPage,
    session: Session,
    pool: Any,
    inspected: Say,
    photos: list[Path],
    add_person: Callable[..., Profile],
    run: Any,
    until: Until,
    qtbot: QtBot,
) -> None:
    pool.answers["inspect"] = inspected
    pool.answers["enrol"] = lambda request: PersonMade(add_person(request.name, tuned=False).id)
    pages: list[str] = []
    session.pageWanted.connect(lambda where, what: pages.append(where))

    async def add() -> None:
        page.board.add(photos)
        page.form.fill("Eve", Subject.WOMAN, Consent(kind="with leave", until=date(2031, 5, 3)))
        page.form.preset.choose("expression")
        await until(lambda: page.add_and_tune.isEnabled())
        qtbot.keyClick(page.form.name, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        await until(lambda: pages)

    run(add())
    consent = Consent(kind="with leave", until=date(2031, 5, 3))
    assert pool.asked[-1] == EnrolRequest(name="Eve", subject=Subject.WOMAN, photos=tuple(photos), consent=consent)
    (person,) = session.people()
    (job,) = pool.jobs()
    assert job.request == TuneRequest(person=person.id, recipe=session.family.recipe("expression"))
    assert job.title == "Tuning Eve"
    assert session.selected is not None
    assert session.selected.id == person.id
    assert pages == ["canvas"]
    assert page.form.name.text() == ""
    assert page.board.paths() == []


def test_only_add_tunes_nothing(
    page: NewPersonPage,
    session: Session,
    pool: Any,
    inspected: Say,
    photos: list[Path],
    add_person: Callable[..., Profile],
    run: Any,
    until: Until,
    qtbot: QtBot,
) -> None:
    pool.answers["inspect"] = inspected
    pool.answers["enrol"] = lambda request: PersonMade(add_person(request.name, tuned=False).id)

    async def add() -> None:
        page.board.add(photos)
        answer(page)
        await until(lambda: page.only_add.isEnabled())
        qtbot.mouseClick(page.only_add, Qt.MouseButton.LeftButton)
        await until(lambda: session.selected is not None)

    run(add())
    assert pool.jobs() == []


def test_an_error_keeps_everything_that_was_typed(
    page: NewPersonPage, session: Session, pool: Any, inspected: Say, photos: list[Path], run: Any, until: Until
) -> None:
    pool.answers["inspect"] = inspected
    pool.answers["enrol"] = UserError("The disk is full. Free some space and try again.")

    async def add() -> None:
        page.board.add(photos)
        answer(page)
        await until(lambda: page.add_and_tune.isEnabled())
        page.add_and_tune.click()
        await until(lambda: page.refusal.text)

    run(add())
    assert page.refusal.text == "The disk is full. Free some space and try again."
    assert page.form.name.text() == "Eve"
    assert page.board.paths() == photos
    assert page.add_and_tune.isEnabled()  # try again
    assert pool.jobs() == []


def test_corrected_masks_go_along_in_a_private_folder_that_is_gone_after(
    page: NewPersonPage, pool: Any, inspected: Say, photos: list[Path], run: Any, until: Until, qtbot: QtBot
) -> None:
    pool.answers["inspect"] = inspected
    seen: list[tuple[int, str, bool, int, int]] = []
    folders: list[Path] = []

    def enrol(request: EnrolRequest) -> Exception:
        for drawn in request.masks:
            mask = QImage(str(drawn.file))
            mode = drawn.file.parent.stat().st_mode & 0o077
            seen.append((drawn.photo, drawn.part, mask.width() == 64, mask.pixelColor(0, 0).red(), mode))
            folders.append(drawn.file.parent)
        return UserError("stop here")

    pool.answers["enrol"] = enrol

    async def correct() -> None:
        page.board.add(photos)
        answer(page)
        card = page.board.card(photos[1])
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


def test_no_photo_of_a_real_person_is_prefilled(page: NewPersonPage, pool: Any, inspected: Say, run: Any) -> None:
    """Only the people who come with the program are filled in as invented."""
    pool.answers["inspect"] = inspected

    async def show() -> None:
        page.show_what([resource("people", "eve", "0.jpg"), Path("/somewhere/me.jpg")])

    run(show())
    assert page.form.name.text() == ""
    assert page.form.consent.consent is None
