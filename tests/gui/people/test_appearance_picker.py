"""How a person looks: shown, read from the photos, corrected, on the pages of new people and of those who are there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.outcomes import AppearanceRead, PhotosInspected
from facea_desktop.domain.people import APPEARANCE_VALUES, Appearance, Consent, Profile
from facea_desktop.domain.photo_requests import AppearanceRequest, EnrolRequest, InspectRequest
from facea_desktop.ui.people.appearance_picker import AppearancePicker
from facea_desktop.ui.people.appearance_text import appearance_line, group_title, value_title
from facea_desktop.ui.people.new_person_page import NewPersonPage
from facea_desktop.ui.people.person_page import PersonPage
from facea_desktop.ui.session import Session
from tests.gui.scripted_workers import ScriptedWorkers

Until = Callable[[Callable[[], Any]], Awaitable[None]]
LOOKS = Appearance(hair_colour="brown", hair_length="short", beard="beard", age="middle-aged")
LINE = "Middle-aged, short brown hair, beard"
LEFT = Qt.MouseButton.LeftButton


def choose(picker: AppearancePicker, group: str, value: str | None) -> None:
    """As the user does, who changes what is shown."""
    choice = picker.choices[group]
    choice.setCurrentIndex(choice.findData(value))


# In words


@pytest.mark.parametrize(
    ("appearance", "line"),
    [
        (LOOKS, LINE),
        (Appearance(hair_length="bald", hair_colour="red", age="old", skin="dark"), "Elderly, bald, dark skin"),
        (Appearance(hair_texture="curly", eyewear="glasses"), "Curly hair, glasses"),
        (Appearance(hair_length="medium", hair_texture="wavy"), "Medium-length wavy hair"),
        (Appearance(beard="none", eyewear="none"), "Clean-shaven"),
        (Appearance(), ""),
    ],
)
def test_looks_are_told_in_a_line(appearance: Appearance, line: str) -> None:
    assert appearance_line(appearance, Subject.MAN) == line


def test_that_a_woman_has_no_beard_goes_without_saying() -> None:
    assert appearance_line(Appearance(beard="none"), Subject.WOMAN) == ""


def test_every_value_has_a_title_of_its_own() -> None:
    for group, values in APPEARANCE_VALUES.items():
        assert group_title(group)
        assert len({value_title(group, value) for value in values}) == len(values)


# The person's page


@pytest.fixture
def person(session: Session, add_person: Callable[..., Profile]) -> Profile:
    made = add_person("Adam", Subject.MAN)
    session.people_changed()
    return made


@pytest.fixture
def page(session: Session, person: Profile, qtbot: QtBot, loop: QEventLoop, until: Until) -> PersonPage:
    made = PersonPage(session)
    qtbot.addWidget(made)
    made.resize(760, 640)
    made.show()

    async def load() -> None:
        made.show_person(person.id)
        await until(lambda: made.photos.view(0) is not None)

    loop.run_until_complete(load())
    return made


def stored(session: Session, person: Profile) -> Appearance:
    return session.library.get(person.id).appearance


def store(session: Session, person: Profile, appearance: Appearance) -> None:
    session.library.change(person.id, lambda now: now.model_copy(update={"appearance": appearance}))
    session.people_changed()


def test_the_page_tells_how_the_person_looks(page: PersonPage, session: Session, person: Profile) -> None:
    looks = page.details.looks
    assert looks.line.text() == "Not known yet."
    store(session, person, LOOKS)
    assert looks.line.text() == LINE
    assert looks.appearance == LOOKS


def test_a_correction_is_stored_and_the_rest_stays(
    page: PersonPage, session: Session, person: Profile, loop: QEventLoop, until: Until, qtbot: QtBot
) -> None:
    store(session, person, LOOKS)
    looks = page.details.looks
    opener = page.findChild(QToolButton, "correctLooks")
    assert opener is not None
    assert not looks.choices["beard"].isVisible()
    qtbot.mouseClick(opener, LEFT)
    assert looks.choices["beard"].isVisible()

    async def correct() -> None:
        choose(looks, "beard", None)
        choose(looks, "hair_colour", "grey")
        assert looks.line.text() == "Middle-aged, short grey hair"
        wanted = LOOKS.model_copy(update={"beard": None, "hair_colour": "grey"})
        await until(lambda: stored(session, person) == wanted)

    loop.run_until_complete(correct())
    assert session.library.get(person.id).consent == person.consent


def test_a_correction_is_not_lost_by_leaving(
    page: PersonPage,
    session: Session,
    person: Profile,
    add_person: Callable[..., Profile],
    loop: QEventLoop,
    until: Until,
) -> None:
    ben = add_person("Ben", Subject.MAN)
    session.people_changed()

    async def correct() -> None:
        choose(page.details.looks, "age", "old")
        page.show_person(ben.id)
        await until(lambda: stored(session, person) == Appearance(age="old"))

    loop.run_until_complete(correct())
    assert stored(session, ben) == Appearance()
    assert page.details.looks.appearance == Appearance()


def test_people_added_before_are_read_at_a_click(
    page: PersonPage,
    session: Session,
    person: Profile,
    workers: ScriptedWorkers,
    loop: QEventLoop,
    until: Until,
    qtbot: QtBot,
) -> None:
    looks = page.details.looks
    workers.answers["appearance"] = AppearanceRead(LOOKS)
    assert looks.read.isVisible()

    async def read() -> None:
        qtbot.mouseClick(looks.read, LEFT)
        await until(lambda: looks.line.text() == LINE and looks.isEnabled())

    loop.run_until_complete(read())
    assert workers.asked == [AppearanceRequest(person=person.id)]
    assert stored(session, person) == LOOKS
    assert not looks.read.isVisible()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (UserError("Adam has no reference photos to read."), "Adam has no reference photos to read."),
        (AppearanceRead(Appearance()), "The photos do not show it clearly. Set it under Correct."),
    ],
)
def test_where_reading_gives_nothing_that_is_said(
    page: PersonPage, workers: ScriptedWorkers, loop: QEventLoop, until: Until, qtbot: QtBot, answer: object, said: str
) -> None:
    workers.answers["appearance"] = answer

    async def read() -> None:
        qtbot.mouseClick(page.details.looks.read, LEFT)
        await until(lambda: page.trouble.text and page.details.looks.isEnabled())

    loop.run_until_complete(read())
    assert page.trouble.text == said
    assert page.details.looks.read.isVisible()


def test_scrolling_over_a_choice_changes_nothing(page: PersonPage, session: Session, person: Profile) -> None:
    store(session, person, LOOKS)
    choice = page.details.looks.choices["hair_colour"]
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.NoButton
    phase = Qt.ScrollPhase.NoScrollPhase
    down = QPoint(0, -120)
    QApplication.sendEvent(choice, QWheelEvent(QPointF(5, 5), QPointF(5, 5), down, down, left, none, phase, False))
    assert choice.currentData() == "brown"


def test_who_is_bald_has_no_colour_to_choose(page: PersonPage) -> None:
    looks = page.details.looks
    choose(looks, "hair_length", "bald")
    assert not looks.choices["hair_colour"].isEnabled()
    choose(looks, "hair_length", "short")
    assert looks.choices["hair_colour"].isEnabled()


# A new person


@pytest.fixture
def new(session: Session, qtbot: QtBot) -> NewPersonPage:
    made = NewPersonPage(session)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def sees(workers: ScriptedWorkers, inspected: Callable[..., PhotosInspected]) -> Callable[[Appearance | None], None]:
    """Let the engine see this on the photos."""

    def see(appearance: Appearance | None) -> None:
        def answer(request: InspectRequest) -> PhotosInspected:
            found = inspected(request)
            return PhotosInspected(found.photos, found.problem, found.warnings, appearance)

        workers.answers["inspect"] = answer

    return see


def enrolled(workers: ScriptedWorkers) -> EnrolRequest:
    return next(request for request in workers.asked if isinstance(request, EnrolRequest))


def test_what_was_read_is_shown_corrected_and_enrolled(
    new: NewPersonPage, workers: ScriptedWorkers, sees: Any, photos: list[Path], loop: QEventLoop, until: Until
) -> None:
    sees(LOOKS)
    workers.answers["enrol"] = UserError("stop here")
    looks = new.form.looks
    assert looks.line.text() == "Read from the photos after they are checked."

    async def add() -> None:
        new.form.fill("Adam", Subject.MAN, Consent(kind="self"))
        new.photos.board.add(photos[:2])
        await until(lambda: looks.line.text() == LINE)
        choose(looks, "hair_colour", "grey")
        sees(LOOKS.model_copy(update={"age": "old", "hair_colour": "black"}))
        new.photos.board.add(photos[2:])
        await until(lambda: looks.line.text() == "Elderly, short grey hair, beard")  # what was corrected stays
        await until(lambda: new.only_add.isEnabled())
        new.only_add.click()
        await until(lambda: new.refusal.text)

    loop.run_until_complete(add())
    assert enrolled(workers).appearance == LOOKS.model_copy(update={"age": "old", "hair_colour": "grey"})


def test_a_beard_is_not_read_off_a_woman_but_may_be_said(
    new: NewPersonPage, sees: Any, photos: list[Path], loop: QEventLoop, until: Until
) -> None:
    sees(LOOKS)
    looks = new.form.looks

    async def add() -> None:
        new.photos.board.add(photos)
        await until(lambda: looks.line.text() == LINE)

    loop.run_until_complete(add())
    new.form.subject.choose(Subject.WOMAN)
    assert looks.line.text() == "Middle-aged, short brown hair"
    choose(looks, "beard", "moustache")
    assert looks.appearance.beard == "moustache"
    new.form.subject.choose(Subject.MAN)
    assert looks.appearance.beard == "moustache"


def test_where_nothing_was_read_enrolling_reads(
    new: NewPersonPage, workers: ScriptedWorkers, sees: Any, photos: list[Path], loop: QEventLoop, until: Until
) -> None:
    sees(None)
    workers.answers["enrol"] = UserError("stop here")

    async def add() -> None:
        new.form.fill("Adam", Subject.MAN, Consent(kind="self"))
        new.photos.board.add(photos)
        await until(lambda: new.only_add.isEnabled())
        new.only_add.click()
        await until(lambda: new.refusal.text)

    loop.run_until_complete(add())
    assert enrolled(workers).appearance is None


def test_the_looks_go_with_the_photos(
    new: NewPersonPage, sees: Any, photos: list[Path], loop: QEventLoop, until: Until
) -> None:
    sees(LOOKS)

    async def add_and_remove() -> None:
        new.photos.board.add(photos)
        await until(lambda: new.form.looks.line.text() == LINE)
        for photo in photos:
            new.photos.board.remove(photo)

    loop.run_until_complete(add_and_remove())
    assert new.form.looks.said is None
