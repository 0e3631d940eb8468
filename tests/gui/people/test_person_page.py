from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QLineEdit, QProgressBar, QPushButton, QRadioButton, QWidget
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Progress
from facea_desktop.domain.faces import Attribute
from facea_desktop.domain.outcomes import PersonMade
from facea_desktop.domain.people import Consent, Profile, Recipe, Reference, Taken
from facea_desktop.domain.photo_requests import AddPhotosRequest, InspectRequest, MaskRequest
from facea_desktop.domain.requests import CheckpointRequest, TuneRequest
from facea_desktop.library.previous_tuning import keep_weights
from facea_desktop.library.tuning_choice import settle
from facea_desktop.ui.destinations import ShowCanvas, ShowGallery
from facea_desktop.ui.people.add_photos_form import AddPhotosForm
from facea_desktop.ui.people.mask_editor import MaskEditor
from facea_desktop.ui.people.person_dialogs import TuneDialog
from facea_desktop.ui.people.person_page import PersonPage
from facea_desktop.ui.session import Session
from facea_desktop.workers.job_pool import JobPool
from tests.gui.conftest import visible_text
from tests.gui.scripted_workers import ScriptedWorkers

Until = Callable[[Callable[[], Any]], Awaitable[None]]
Show = Callable[[Profile], PersonPage]


@pytest.fixture
def page(session: Session, qtbot: QtBot) -> PersonPage:
    made = PersonPage(session)
    qtbot.addWidget(made)
    made.resize(760, 640)
    made.show()
    return made


@pytest.fixture
def person(session: Session, add_person: Callable[..., Profile]) -> Profile:
    made = add_person("Eve", photos=2)
    session.people_changed()
    return made


@pytest.fixture
def show(page: PersonPage, loop: QEventLoop, until: Until) -> Show:
    def load(profile: Profile) -> PersonPage:
        async def wait() -> None:
            page.show_person(profile.id)
            await until(lambda: all(page.photos.view(one.index) is not None for one in profile.references))

        loop.run_until_complete(wait())
        return page

    return load


def change(session: Session, profile: Profile, **changes: Any) -> Profile:
    changed = session.library.update(session.library.get(profile.id).model_copy(update=changes))
    session.people_changed()
    return changed


def change_tuning(session: Session, profile: Profile, **changes: Any) -> Profile:
    assert profile.tuning is not None
    return change(session, profile, tuning=profile.tuning.model_copy(update=changes))


def texts(page: PersonPage) -> str:
    return "\n".join(text.text() for text in page.findChildren(QLabel) if text.isVisible())


def test_the_page_tells_what_is_known(show: Show, session: Session, person: Profile) -> None:
    taken = (
        Taken(attribute=Attribute.NOSE, person=person.id, name="Ben", steps=100),
        Taken(attribute=Attribute.MOUTH, person=None, name=None, steps=50, strength=0.6),
    )
    change(session, person, taken=taken, warnings=("1.jpg: mouth not found.",))
    said = texts(show(person))
    for words in (
        "Eve",
        "Ready · mixed · An invented person",
        "Photo 2",
        "150 steps on 2 photos.",
        "Nose from Ben, 100 steps",
        "Mouth from a deleted person (60 %), 50 steps",
        "1.jpg: mouth not found.",
    ):
        assert words in said


def test_the_curve_is_drawn_with_its_best_step(show: Show, person: Profile) -> None:
    page = show(person)
    plot = page.findChild(QWidget, "likenessPlot")
    assert plot is not None
    assert plot.isVisible()
    assert plot.accessibleName() == "Likeness by step; the best is 0.68 at step 150"


def test_the_pages_load_no_plotting_before_a_curve_is_shown() -> None:
    code = (
        "import sys, facea_desktop.ui.people.library_panel, facea_desktop.ui.people.new_person_page, "
        "facea_desktop.ui.people.person_page; "
        "print([name for name in ('pyqtgraph', 'torch', 'cv2') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_somebody_who_is_gone_leaves_a_page_that_says_so(show: Show, session: Session, person: Profile) -> None:
    page = show(person)
    session.library.delete(person.id)
    session.people_changed()
    assert "This person is no longer in the library" in texts(page)
    page.show_person("0" * 12)
    assert "This person is no longer in the library" in texts(page)


def test_the_name_is_changed_in_its_place(
    show: Show, session: Session, person: Profile, loop: QEventLoop, until: Until, qtbot: QtBot
) -> None:
    page = show(person)

    async def rename() -> None:
        page.people_actions.rename.trigger()
        field = page.findChild(QLineEdit, "personPageName")
        assert field is not None
        qtbot.keyClicks(field, "Given up")
        qtbot.keyClick(field, Qt.Key.Key_Escape)
        assert not page.header.name.editing
        page.people_actions.rename.trigger()
        assert field.text() == "Eve"
        qtbot.keyClicks(field, "Evelyn")
        qtbot.keyClick(field, Qt.Key.Key_Return)
        await until(lambda: [one.name for one in session.people()] == ["Evelyn"])

    loop.run_until_complete(rename())
    assert "Evelyn" in texts(page)


def test_a_name_that_is_being_typed_is_never_given_to_another_person(
    show: Show, session: Session, person: Profile, add_person: Callable[..., Profile], loop: QEventLoop, qtbot: QtBot
) -> None:
    ben = add_person("Ben")
    session.people_changed()
    page = show(person)
    names: list[str] = []
    page.header.name.renamed.connect(names.append)

    async def type_on() -> None:
        page.people_actions.rename.trigger()
        field = page.findChild(QLineEdit, "personPageName")
        assert field is not None
        qtbot.keyClicks(field, "Evelyn")
        session.select(ben.id)
        qtbot.keyClick(field, Qt.Key.Key_Return)

    loop.run_until_complete(type_on())
    assert names == []
    assert not page.header.name.editing
    assert "Ben" in texts(page).splitlines()


def test_a_rename_that_fails_is_said_and_taken_back(
    show: Show, session: Session, person: Profile, loop: QEventLoop, until: Until, monkeypatch: Any
) -> None:
    page = show(person)

    def refuse(person: str, name: str) -> Profile:
        raise UserError("The disk is full.")

    monkeypatch.setattr(session.library, "rename", refuse)

    async def rename() -> None:
        page.header.name.renamed.emit("Evelyn")
        await until(lambda: page.trouble.text)

    loop.run_until_complete(rename())
    session.people_changed()
    assert page.trouble.text == "The disk is full."  # until it is read
    assert "Evelyn" not in texts(page)


def test_what_fails_after_somebody_else_is_shown_is_said_with_the_name(
    show: Show,
    session: Session,
    person: Profile,
    add_person: Any,
    loop: QEventLoop,
    until: Until,
    monkeypatch: Any,
) -> None:
    page, anna = show(person), add_person("Anna")
    session.people_changed()
    refused = threading.Event()

    def refuse(person: str, name: str) -> Profile:
        refused.wait()
        raise UserError("The disk is full.")

    monkeypatch.setattr(session.library, "rename", refuse)

    async def rename() -> None:
        page.header.name.renamed.emit("Evelyn")
        page.show_person(anna.id)
        await until(lambda: "Anna" in texts(page).splitlines())
        refused.set()
        await until(lambda: page.trouble.text)

    loop.run_until_complete(rename())
    assert page.trouble.text == f"{person.name}: The disk is full."
    assert "Anna" in texts(page).splitlines()


def test_tuning_shows_live(
    show: Show, session: Session, person: Profile, workers: ScriptedWorkers, qtbot: QtBot
) -> None:
    page = show(person)
    bar = page.findChild(QProgressBar)
    assert bar is not None
    job = session.submit(TuneRequest(person=person.id, recipe=Recipe()), "Tuning Eve")
    workers.emit(job, Progress(620, 1000, 90))
    qtbot.waitUntil(lambda: "Tuning 62 %" in texts(page))
    assert (bar.isVisible(), bar.value()) == (True, 620)
    assert not page.header.tune.isEnabled()
    workers.stop(job)
    assert not bar.isVisible()
    assert page.header.tune.isEnabled()


@pytest.mark.parametrize(
    ("family", "said", "can"),
    [
        ("starter", "Not tuned yet. Portraits are made after the photos alone; tuning makes them more alike.", True),
        ("sdxl-sd15", "Not tuned yet. Portraits can be made after tuning.", False),
    ],
)
def test_of_somebody_who_is_not_tuned_it_says_whether_there_are_portraits_at_first_sight(
    show: Show, session: Session, person: Profile, family: str, said: str, can: bool
) -> None:
    page = show(change(session, person, tuning=None, family=family))
    assert said in visible_text(page)
    assert page.header.make.isEnabled() is can


def test_make_portraits_chooses_the_person_and_goes_to_the_canvas(
    show: Show, session: Session, person: Profile, qtbot: QtBot
) -> None:
    page = show(person)
    pages: list[object] = []
    session.pageWanted.connect(pages.append)
    qtbot.mouseClick(page.header.make, Qt.MouseButton.LeftButton)
    assert session.selected is not None
    assert session.selected.id == person.id
    assert pages == [ShowCanvas()]


def test_the_portraits_are_counted_and_lead_to_the_gallery(
    show: Show,
    session: Session,
    person: Profile,
    add_portraits: Callable[[str, int], list[Path]],
    qtbot: QtBot,
) -> None:
    page = show(person)
    assert not page.details.portraits.isEnabled()
    add_portraits(person.id, 2)
    session.portraitsChanged.emit()
    assert page.details.portraits.text() == "2 portraits"
    pages: list[object] = []
    session.pageWanted.connect(pages.append)
    qtbot.mouseClick(page.details.portraits, Qt.MouseButton.LeftButton)
    assert pages == [ShowGallery(person.id)]


# Following the library


def test_whoever_is_chosen_in_the_library_is_shown(
    show: Show, session: Session, person: Profile, add_person: Callable[..., Profile]
) -> None:
    ben = add_person("Ben")
    session.people_changed()
    page = show(person)
    session.select(ben.id)
    assert "Ben" in texts(page).splitlines()
    page.hide()
    session.select(person.id)
    page.show()
    assert "Ben" in texts(page).splitlines()  # hidden, it waits to be asked


def test_a_change_in_the_library_does_not_lead_back_to_who_is_chosen_there(
    show: Show, session: Session, person: Profile, add_person: Callable[..., Profile]
) -> None:
    ben = add_person("Ben")
    session.people_changed()
    page = show(person)
    session.select(ben.id)
    page.show_person(person.id)
    session.people_changed()
    assert "Eve" in texts(page).splitlines()


def test_masks_that_are_being_painted_are_not_dropped_for_another_choice(
    show: Show, session: Session, person: Profile, add_person: Callable[..., Profile]
) -> None:
    ben = add_person("Ben")
    session.people_changed()
    page = show(person)
    page.photos.card(0).masksWanted.emit()
    session.select(ben.id)
    (editor,) = page.findChildren(MaskEditor)
    assert editor.isVisible()
    editor.finished.emit()
    assert not editor.isVisible()
    assert "Ben" in texts(page).splitlines()


# Masks


def test_corrected_masks_are_asked_for_and_want_tuning_again(
    show: Show,
    session: Session,
    person: Profile,
    pool: JobPool,
    loop: QEventLoop,
    until: Until,
    workers: ScriptedWorkers,
) -> None:
    page = show(person)
    seen: list[tuple[MaskRequest, int]] = []

    def keep(request: MaskRequest) -> PersonMade:
        seen.append((request, QImage(str(request.file)).pixelColor(300, 300).red()))
        return PersonMade(request.person)

    workers.answers["mask"] = keep

    async def correct() -> None:
        page.photos.card(1).masksWanted.emit()
        (editor,) = page.findChildren(MaskEditor)
        editor.show_part("mouth")
        drawn = QImage(512, 512, QImage.Format.Format_Grayscale8)
        drawn.fill(255)
        editor.canvas.set_mask(drawn)
        editor.canvas.maskChanged.emit()
        editor.accept()
        await until(lambda: page.notice.text)

    loop.run_until_complete(correct())
    ((request, white),) = seen
    assert (request.person, request.index, request.part, white) == (person.id, 1, "mouth", 255)
    assert not request.file.parent.exists()
    assert page.notice.text == "The masks have changed. Tune again to use them in portraits."
    job = session.submit(TuneRequest(person=person.id, recipe=Recipe()), "Tuning Eve")
    workers.finish(job)
    assert page.notice.text == ""


def test_masks_that_are_refused_are_said(
    show: Show, person: Profile, workers: ScriptedWorkers, loop: QEventLoop, until: Until
) -> None:
    page = show(person)
    workers.answers["mask"] = UserError("The mask is empty.")

    async def correct() -> None:
        page.photos.card(0).masksWanted.emit()
        (editor,) = page.findChildren(MaskEditor)
        editor.canvas.maskChanged.emit()
        editor.accept()
        await until(lambda: page.trouble.text)

    loop.run_until_complete(correct())
    assert page.trouble.text == "The mask is empty."
    assert page.notice.text == ""  # nothing was changed


# Checkpoints


def choice(page: PersonPage, which: str) -> QRadioButton:
    return page.details._tuned.findChild(QRadioButton, f"use-{which}-checkpoint")


def test_another_checkpoint_is_offered_only_where_there_is_one(show: Show, session: Session, person: Profile) -> None:
    page = show(person)  # the best step is the last one
    assert page.findChild(QWidget, "use-best-checkpoint") is None
    change_tuning(session, person, best_step=None)
    assert page.findChild(QWidget, "use-best-checkpoint") is None
    change_tuning(session, person, best_step=100)
    assert page.findChild(QWidget, "use-best-checkpoint") is not None


def test_each_checkpoint_says_its_step_and_likeness_and_which_is_in_use(
    show: Show, session: Session, person: Profile
) -> None:
    page = show(change_tuning(session, person, best_step=100, step=150))
    assert [choice(page, which).text() for which in ("best", "last")] == [
        "Best: step 100, fair likeness",
        "Last: step 150, good likeness",
    ]
    assert not choice(page, "best").isChecked()
    assert choice(page, "last").isChecked()


@pytest.mark.parametrize(("step", "which"), [(150, "best"), (100, "last")])
def test_the_other_checkpoint_can_be_taken(
    show: Show,
    session: Session,
    person: Profile,
    workers: ScriptedWorkers,
    loop: QEventLoop,
    until: Until,
    step: int,
    which: str,
) -> None:
    changed = change_tuning(session, person, best_step=100, step=step)
    page = show(changed)

    def use(request: CheckpointRequest) -> PersonMade:
        assert changed.tuning is not None
        now = changed.tuning.model_copy(update={"step": 100 if request.which == "best" else 150})
        session.library.update(changed.model_copy(update={"tuning": now}))
        return PersonMade(request.person)

    workers.answers["checkpoint"] = use

    async def take() -> None:
        choice(page, which).click()
        assert not choice(page, which).isChecked()  # not yet
        await until(lambda: choice(page, which).isChecked())

    loop.run_until_complete(take())
    assert workers.asked == [CheckpointRequest.model_validate({"person": person.id, "which": which})]
    choice(page, which).click()  # is in use already
    assert len(workers.asked) == 1


@pytest.mark.parametrize(("choice", "seed", "weights"), [("confirmTuning", 1, b"new"), ("tuningBefore", 0, b"none")])
def test_the_tuning_before_is_kept_until_the_choice(
    show: Show,
    session: Session,
    person: Profile,
    loop: QEventLoop,
    until: Until,
    choice: str,
    seed: int,
    weights: bytes,
) -> None:
    assert show(person).findChild(QWidget, choice) is None

    def tuned(now: Profile) -> Profile:
        keep_weights(session.library.folder(now.id), now)
        assert now.tuning is not None
        return now.model_copy(update={"tuning": now.tuning.model_copy(update={"seed": 1})})

    session.library.change(person.id, tuned, {"adapter.safetensors": b"new"})
    settle(session.library, person.id)
    session.people_changed()
    page = show(person)
    assert "Better than before?" in texts(page)

    async def choose() -> None:
        page.details._tuned.findChild(QPushButton, choice).click()
        await until(lambda: "Better than before?" not in texts(page))

    loop.run_until_complete(choose())
    profile, files = session.library.read(person.id)
    assert profile.tuning is not None
    assert (profile.tuning.seed, files["adapter.safetensors"]) == (seed, weights)


def test_a_checkpoint_that_cannot_be_taken_is_not_marked_as_in_use(
    show: Show, session: Session, person: Profile, workers: ScriptedWorkers, loop: QEventLoop, until: Until
) -> None:
    page = show(change_tuning(session, person, best_step=100, step=150))
    workers.answers["checkpoint"] = UserError("It is not kept.")

    async def take() -> None:
        choice(page, "best").click()
        await until(lambda: page.trouble.text)

    loop.run_until_complete(take())
    assert choice(page, "last").isChecked()
    assert page.details.isEnabled()


# Consent


def test_a_changed_leave_is_written_down(
    show: Show, session: Session, person: Profile, loop: QEventLoop, until: Until
) -> None:
    page = show(person)

    async def consent() -> None:
        page.details.findChild(QWidget, "consent-self").click()  # type: ignore[union-attr]
        await until(lambda: session.library.get(person.id).consent == Consent(kind="self"))

    loop.run_until_complete(consent())


def test_a_leave_that_was_just_changed_is_not_lost_by_leaving(
    show: Show, session: Session, person: Profile, loop: QEventLoop, until: Until
) -> None:
    page = show(person)

    async def consent() -> None:
        page.details.findChild(QWidget, "consent-self").click()  # type: ignore[union-attr]
        page.hide()
        await until(lambda: session.library.get(person.id).consent == Consent(kind="self"))

    loop.run_until_complete(consent())


def test_a_leave_that_was_just_changed_is_written_down_for_that_person_when_another_is_shown(
    show: Show, session: Session, person: Profile, add_person: Callable[..., Profile], loop: QEventLoop, until: Until
) -> None:
    ben = add_person("Ben")
    session.people_changed()
    page = show(person)

    async def consent() -> None:
        page.details.findChild(QWidget, "consent-self").click()  # type: ignore[union-attr]
        session.select(ben.id)
        await until(lambda: session.library.get(person.id).consent == Consent(kind="self"))

    loop.run_until_complete(consent())
    assert session.library.get(ben.id).consent == ben.consent
    assert page.details.consent.consent == ben.consent


def test_a_leave_that_ended_turns_portraits_off_until_it_is_renewed(
    show: Show, session: Session, person: Profile
) -> None:
    page = show(person)
    change(session, person, consent=Consent(kind="with permission", until=date.today() - timedelta(days=1)))
    assert "No portraits can be made until it is renewed." in page.notice.text
    assert not page.header.make.isEnabled()
    change(session, person, consent=Consent(kind="with permission", until=date.today() + timedelta(days=1)))
    assert page.notice.text == ""
    assert page.header.make.isEnabled()


def test_changes_while_the_page_is_hidden_are_there_when_it_is_shown(
    show: Show, session: Session, person: Profile
) -> None:
    page = show(person)
    page.hide()
    change(session, person, name="Evelyn")
    page.show()
    assert "Evelyn" in texts(page)


def test_photos_are_added_and_the_person_is_tuned_further_with_them(
    show: Show,
    session: Session,
    person: Profile,
    workers: ScriptedWorkers,
    pool: JobPool,
    inspected: Callable[..., Any],
    photos: list[Path],
    loop: QEventLoop,
    until: Until,
) -> None:
    workers.answers["inspect"] = inspected

    def add(request: AddPhotosRequest) -> PersonMade:
        now = session.library.get(person.id)
        more = (*now.references, Reference(index=2, parts=("face",)))
        tuning = now.tuning.model_copy(update={"photos": (0, 1)}) if now.tuning is not None else None
        session.library.update(now.model_copy(update={"references": more, "tuning": tuning}))
        return PersonMade(person.id)

    workers.answers["add photos"] = add
    page = show(person)
    button = page.findChild(QPushButton, "addToPersonButton")
    assert button is not None
    button.click()
    form = page.findChild(AddPhotosForm)
    assert form is not None

    async def fill() -> None:
        form.photos.board.add(photos[2:])
        await until(lambda: form.add_and_tune.isEnabled())
        form.add_and_tune.click()
        await until(lambda: isinstance(page.people_actions.dialog, TuneDialog))

    loop.run_until_complete(fill())
    assert InspectRequest(photos=tuple(photos[2:]), person=person.id) in workers.asked
    assert workers.asked[-1] == AddPhotosRequest(person=person.id, photos=tuple(photos[2:]))
    assert "1 photo was added after the tuning. Tune again to learn from it." in texts(page) + page.notice.text
    dialog = page.people_actions.dialog
    assert isinstance(dialog, TuneDialog)
    assert dialog.further
    dialog.accept()
    (job,) = pool.jobs()
    assert isinstance(job.request, TuneRequest)
    assert job.request.further
    family = session.models.catalogue.family("starter")
    assert job.request.recipe.steps == min(recipe.steps for recipe in family.presets.values())


def test_a_mix_cannot_be_tuned_further(show: Show, session: Session, person: Profile) -> None:
    taken = (Taken(attribute=Attribute.NOSE, person=None, name=None, steps=100),)
    page = show(change(session, person, taken=taken))
    page.people_actions.tune.trigger()
    dialog = page.people_actions.dialog
    assert isinstance(dialog, TuneDialog)
    assert dialog.findChild(QRadioButton, "tuneFurtherRadio") is None
    assert not dialog.further
    dialog.reject()
