"""A new comparison: what is asked, what is refused in place, and what goes into the queue."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLabel, QRadioButton
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from facea_desktop.comparison.dataset import read_dataset, read_prompts
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.people import Consent, Profile
from facea_desktop.domain.requests import ComparisonRequest
from facea_desktop.ui.comparison.comparison_page import ComparisonPage
from facea_desktop.ui.comparison.new_comparison_form import NewComparisonForm
from facea_desktop.ui.session import Session
from tests.gui.comparison.conftest import PHOTOS
from tests.gui.conftest import visible_text


@pytest.fixture
def form(page: ComparisonPage) -> NewComparisonForm:
    page.show()
    return page.form


def fill(form: NewComparisonForm, photos: list[Path] = PHOTOS) -> None:
    form.people.photos.add(photos)
    form.people.name.setText("Eve")
    form.people.subject.choose(Subject.WOMAN)
    allow(form)


def allow(form: NewComparisonForm) -> None:
    form.findChild(QRadioButton, "consent-invented-person").setChecked(True)


def drop(page: ComparisonPage, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    how = Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(5, 5), *how)
    page.dragEnterEvent(enter)
    assert enter.isAccepted()
    page.dropEvent(QDropEvent(QPointF(5, 5), *how))


def test_the_count_before_starting_is_honest(form: NewComparisonForm) -> None:
    fill(form)
    assert form.count.text() == "24 pictures and 2 tunings"  # 3 methods, 4 prompts, 2 of each
    form.methods.boxes["neither"].setChecked(True)
    form.prompts.setPlainText(f"a {{subject}}\n\n# {'a comment ' * 300}\na  {{subject}}\na {{subject}}, front face\n")
    assert form.count.text() == "8 pictures and 3 tunings"
    for method in ("full", "neither", "dreambooth-lora"):
        form.methods.boxes[method].setChecked(False)
    form.seeds.setValue(1)
    assert form.count.text() == "1 picture, no tuning"


def test_too_few_photos_are_one_clear_line_in_place(form: NewComparisonForm) -> None:
    fill(form, PHOTOS[:2])
    line = "Eve has 2 photos; add 2 or more: 3 are reference photos, the others are held out for measuring."
    assert line in visible_text(form).splitlines()
    assert not form.go.isEnabled()
    form.people.photos.add(PHOTOS)
    assert form.go.isEnabled()
    assert [tile.use for tile in form.people.photos.tiles()] == ["reference"] * 3 + ["held out"] * 2


def test_a_click_or_a_key_chooses_which_photos_are_learned_from(form: NewComparisonForm, qtbot: QtBot) -> None:
    form.people.photos.add(PHOTOS)
    qtbot.mouseClick(form.people.photos.tiles()[4], Qt.MouseButton.LeftButton)
    assert form.people.photos.paths() == [PHOTOS[4], *PHOTOS[:4]]
    qtbot.keyClick(form.people.photos.tiles()[3], Qt.Key.Key_Space)
    assert form.people.photos.paths() == [PHOTOS[2], PHOTOS[4], PHOTOS[0], PHOTOS[1], PHOTOS[3]]
    assert [tile.use for tile in form.people.photos.tiles()] == ["reference"] * 3 + ["held out"] * 2
    qtbot.keyClick(form.people.photos.tiles()[0], Qt.Key.Key_Delete)
    assert form.people.photos.paths() == [PHOTOS[4], PHOTOS[0], PHOTOS[1], PHOTOS[3]]


def test_tab_goes_through_the_photos_before_it_leaves_them(form: NewComparisonForm) -> None:
    form.people.photos.add(PHOTOS)
    form.people.photos.put_first(PHOTOS[2])
    at, passed = form.people.photos.tiles()[0], []
    for _ in range(2 * len(PHOTOS)):
        passed.append(at)
        at = at.nextInFocusChain()
        while not at.focusPolicy() & Qt.FocusPolicy.TabFocus:
            at = at.nextInFocusChain()
    assert passed[::2] == form.people.photos.tiles()
    assert passed[1::2] == [tile.remove_button for tile in form.people.photos.tiles()]


@pytest.mark.parametrize(
    ("undo", "line"),
    [
        (lambda form: form.people.photos.clear(), "Add photos of one person."),
        (lambda form: form.people.name.clear(), "Enter a name."),
        (lambda form: form.people.subject.choose(None), "Choose woman or man."),
        (lambda form: form.people.use_consent(Consent()), "Choose why this face may be portrayed."),
        (
            lambda form: form.people.use_consent(Consent(kind="with permission", until=date(2020, 1, 1))),
            "The consent has ended; renew it on the person's page.",
        ),
        (lambda form: [box.setChecked(False) for box in form.methods.boxes.values()], "Choose a method."),
        (lambda form: form.prompts.setPlainText("# nothing\n"), "Enter a prompt."),
        (
            lambda form: form.prompts.setPlainText(f"a {{subject}}\na {'very ' * 400}long prompt\n"),
            "Shorten prompt line 2 to 1900 characters.",
        ),
    ],
)
def test_what_is_missing_is_said_and_nothing_starts(form: NewComparisonForm, undo: Any, line: str) -> None:
    fill(form)
    assert form.go.isEnabled()
    undo(form)
    assert line in visible_text(form).splitlines()
    assert not form.go.isEnabled()


def test_dropped_photos_are_copied_and_the_comparison_goes_into_the_queue(
    form: NewComparisonForm, page: ComparisonPage, session: Session, loop: QEventLoop, until: Any, qtbot: QtBot
) -> None:
    drop(page, *PHOTOS)
    form.people.name.setText("Eve")
    form.people.subject.choose(Subject.WOMAN)
    allow(form)
    form.prompts.setPlainText("a {subject} smiling")
    qtbot.mouseClick(form.go, Qt.MouseButton.LeftButton)
    loop.run_until_complete(until(lambda: session.pool.jobs() and page.chosen is not None))
    (job,) = session.pool.jobs()
    request = job.request
    assert isinstance(request, ComparisonRequest)
    assert request.out.parent == session.root / "evaluations"
    assert request.methods == ("untuned", "full", "dreambooth-lora")
    (person,), _ = read_dataset(request.folder, request.references, None, None)
    kept = [path.read_bytes() for path in (*person.references, *person.held_out)]
    assert kept == [photo.read_bytes() for photo in PHOTOS]
    assert request.folder.is_relative_to(request.out)
    assert read_prompts(request.prompts)[0] == ["a {subject} smiling, front face"]
    assert form.people.photos.paths() == []


def test_what_cannot_be_copied_is_said_in_place_and_nothing_typed_is_lost(
    form: NewComparisonForm, session: Session, loop: QEventLoop, until: Any, tmp_path: Path
) -> None:
    twin = Path(shutil.copy(PHOTOS[0], tmp_path / "twin.jpg"))
    fill(form, [*PHOTOS, twin])
    form.compare()
    loop.run_until_complete(until(lambda: form.notice.text))
    assert "are the same photo" in form.notice.text
    assert session.pool.jobs() == []
    assert (form.people.name.text(), len(form.people.photos.paths())) == ("Eve", 6)
    assert form.go.isEnabled()


def test_a_folder_of_one_persons_photos_is_that_person(form: NewComparisonForm, page: ComparisonPage) -> None:
    drop(page, PHOTOS[0].parent)
    assert not form.people.of_folder
    photos = [path.name for path in form.people.photos.paths()]
    assert photos == sorted(path.name for path in PHOTOS[0].parent.glob("*.jpg"))


def people(folder: Path, subjects: dict[str, str] | None) -> Path:
    for name in ("anna", "eve"):
        (folder / name).mkdir(parents=True)
        for photo in PHOTOS:
            shutil.copy(photo, folder / name)
    (folder / "few").mkdir()
    if subjects is not None:
        (folder / "people.json").write_text(json.dumps(subjects))
    return folder


def test_a_folder_of_people_is_looked_into_and_compared(
    form: NewComparisonForm, page: ComparisonPage, session: Session, loop: QEventLoop, until: Any, tmp_path: Path
) -> None:
    folder = people(tmp_path / "bench", {"anna": "woman", "eve": "woman", "few": "man"})
    drop(page, folder)
    allow(form)
    loop.run_until_complete(until(form.go.isEnabled))
    assert "2 people: three reference photos each, 4 held out." in visible_text(form)
    assert "few: no photo" in visible_text(form)
    assert form.count.text() == "48 pictures and 4 tunings"
    form.compare()
    loop.run_until_complete(until(session.pool.jobs))
    request = session.pool.jobs()[0].request
    assert isinstance(request, ComparisonRequest)
    assert [person.name for person in read_dataset(request.folder, 3, None, None)[0]] == ["anna", "eve"]


def test_a_folder_without_people_json_asks_who_they_are(
    form: NewComparisonForm, loop: QEventLoop, until: Any, tmp_path: Path
) -> None:
    form.people.use_folder(people(tmp_path / "bench", None))
    loop.run_until_complete(until(lambda: "choose woman or man for everyone" in visible_text(form)))
    assert form.people.subject.isVisible()
    assert form.notice.text == ""
    form.people.subject.choose(Subject.WOMAN)
    allow(form)
    loop.run_until_complete(until(form.go.isEnabled))
    assert "2 people" in visible_text(form)


def test_of_a_folder_that_was_compared_it_is_asked_anew_why_the_faces_may_be_portrayed(
    form: NewComparisonForm, page: ComparisonPage, loop: QEventLoop, until: Any, tmp_path: Path
) -> None:
    form.people.use_folder(people(tmp_path / "bench", {"anna": "woman", "eve": "woman"}))
    allow(form)
    loop.run_until_complete(until(form.go.isEnabled))
    form.compare()
    loop.run_until_complete(until(lambda: page.chosen is not None))
    page.begin()
    assert form.people.consent.consent is None
    assert "Choose why this face may be portrayed." in visible_text(form).splitlines()
    assert not form.go.isEnabled()


def test_people_of_a_folder_are_what_was_chosen_last_also_while_one_person_was_shown(
    form: NewComparisonForm, session: Session, loop: QEventLoop, until: Any, tmp_path: Path
) -> None:
    form.people.subject.choose(Subject.WOMAN)
    form.people.use_folder(people(tmp_path / "bench", None))
    allow(form)
    loop.run_until_complete(until(form.go.isEnabled))
    form.people.one_person.setChecked(True)
    form.people.subject.choose(Subject.MAN)
    form.people.one_folder.setChecked(True)
    loop.run_until_complete(until(form.go.isEnabled))
    form.compare()
    loop.run_until_complete(until(session.pool.jobs))
    request = session.pool.jobs()[0].request
    assert isinstance(request, ComparisonRequest)
    assert {person.subject for person in read_dataset(request.folder, 3, None, None)[0]} == {Subject.MAN}


def test_a_folder_that_says_who_its_people_are_is_read_to_the_end_whatever_is_chosen_meanwhile(
    form: NewComparisonForm, loop: QEventLoop, until: Any, tmp_path: Path
) -> None:
    form.people.use_folder(people(tmp_path / "bench", {"anna": "woman", "eve": "woman"}))
    loop.run_until_complete(until(lambda: "Checking the photos …" in visible_text(form)))
    form.people.one_person.setChecked(True)
    form.people.subject.choose(Subject.WOMAN)
    form.people.one_folder.setChecked(True)
    loop.run_until_complete(until(lambda: "2 people" in visible_text(form)))


def test_a_folder_that_is_none_says_so_in_place(
    form: NewComparisonForm, loop: QEventLoop, until: Any, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "people.json").write_text("{}")
    form.people.use_folder(tmp_path / "empty")
    loop.run_until_complete(until(lambda: form.notice.text))
    assert form.notice.text.startswith("No one in")
    assert not form.go.isEnabled()
    form.people.use_folder(tmp_path / "empty")
    form.people.use_folder(people(tmp_path / "bench", {"anna": "woman", "eve": "woman"}))
    loop.run_until_complete(until(lambda: "2 people" in visible_text(form)))
    assert form.notice.text == ""


def test_methods_whose_models_are_not_there_are_grey_and_say_why(form: NewComparisonForm) -> None:
    box = form.methods.boxes["ip-adapter"]
    assert not box.isEnabled()
    said = [line.text() for line in form.methods.findChildren(QLabel)]
    assert "Not installed; download it on the Models page" in said
    box.setChecked(True)
    assert "ip-adapter" not in form.methods.methods()
    assert any("facea-desktop evaluate" in line for line in said)


@pytest.mark.parametrize(("chosen", "after"), [("expression", "expression"), ("quick", "portrait")])
def test_a_preset_that_was_chosen_outlives_new_models_and_a_default_does_not(
    form: NewComparisonForm, session: Session, monkeypatch: pytest.MonkeyPatch, chosen: str, after: str
) -> None:
    assert session.family.preset == "quick"
    form.preset.setCurrentIndex(form.preset.findData(chosen))
    session.modelsChanged.emit()
    assert form.preset.currentData() == chosen
    monkeypatch.setattr(session.models, "active_family", lambda: session.models.catalogue.family("sdxl-sd15"))
    session.modelsChanged.emit()
    assert form.preset.currentData() == after


def test_a_preset_that_the_family_in_use_lacks_gives_way_to_its_default(
    form: NewComparisonForm, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    form.preset.setCurrentIndex(form.preset.findData("expression"))
    fewer = session.family.model_copy(update={"presets": {"quick": session.family.presets["quick"]}})
    monkeypatch.setattr(session.models, "active_family", lambda: fewer)
    session.modelsChanged.emit()
    assert form.preset.currentData() == "quick"


def test_somebody_of_the_library_can_be_compared_with_all_that_is_known_of_them(
    form: NewComparisonForm,
    page: ComparisonPage,
    session: Session,
    add_person: Callable[..., Profile],
    loop: QEventLoop,
    until: Any,
) -> None:
    ben, anna = add_person("Ben", Subject.MAN, photos=2), add_person("Anna & Co", photos=5)
    session.people_changed()
    menu = form.people.from_library.menu()
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == ["Ben", "Anna && Co"]
    menu.actions()[0].trigger()
    assert len(form.people.photos.paths()) == 2
    assert "add 2 or more" in visible_text(form)
    menu.actions()[1].trigger()
    assert form.people.photos.paths() == [
        session.library.folder(anna.id) / "references" / f"{number}.png" for number in range(5)
    ]
    assert (form.people.name.text(), form.people.subject.subject) == ("Anna & Co", Subject.WOMAN)
    assert form.people.consent.consent == anna.consent == ben.consent
    form.compare()
    loop.run_until_complete(until(lambda: session.pool.jobs() and page.chosen is not None))
    assert page.chosen is not None
    assert page.chosen.plan.consent == anna.consent
    assert page.chosen.people() == ["Anna & Co"]
    assert form.people.consent.consent is None  # of the next person it is asked anew


def test_without_people_the_library_says_so(form: NewComparisonForm) -> None:
    menu = form.people.from_library.menu()
    menu.aboutToShow.emit()
    assert [action.isEnabled() for action in menu.actions()] == [False]


def test_a_comparison_whose_permission_has_ended_does_not_go_on(
    form: NewComparisonForm, page: ComparisonPage, session: Session, loop: QEventLoop, until: Any
) -> None:
    said: list[str] = []
    session.failed.connect(said.append)
    ended = Consent(kind="with permission", until=date(2020, 1, 1))
    form.made.emit(page.store.add_person("Eve", Subject.WOMAN, PHOTOS, "a {subject}", ["untuned"], 1, None, ended))
    loop.run_until_complete(until(lambda: page.chosen is not None))
    assert session.pool.jobs() == []
    assert "2020" in said[0]
