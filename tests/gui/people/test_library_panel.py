from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QModelIndex, QPoint, QPointF, Qt
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Losses, Progress
from facea_desktop.domain.faces import Attribute, Subject
from facea_desktop.domain.mix_requests import AttributeSource, MixRequest
from facea_desktop.domain.outcomes import PersonMade
from facea_desktop.domain.people import Consent, LikenessPoint, Profile, Recipe
from facea_desktop.domain.requests import ImportRequest, TuneRequest
from facea_desktop.library.summaries import PortraitQuery
from facea_desktop.ui.destinations import ShowMixer, ShowNewPerson, ShowPerson
from facea_desktop.ui.people.library_panel import LibraryPanel
from facea_desktop.ui.people.people_model import STATE_ROLE, Order
from facea_desktop.ui.people.person_dialogs import DeleteDialog, LoraDialog, TuneDialog
from facea_desktop.ui.session import Session
from facea_desktop.workers.job_pool import JobPool
from tests.gui.conftest import leave_checkpoint
from tests.gui.scripted_workers import ScriptedWorkers

Until = Callable[[Callable[[], Any]], Awaitable[None]]
Drop = Callable[[QWidget, Iterable[Path]], bool]


@pytest.fixture
def panel(session: Session, qtbot: QtBot) -> LibraryPanel:
    made = LibraryPanel(session)
    qtbot.addWidget(made)
    made.resize(260, 700)
    made.show()
    return made


@pytest.fixture
def people(session: Session, panel: LibraryPanel, add_person: Callable[..., Profile]) -> list[Profile]:
    """Anna and Ben are tuned, Cleo is not."""
    made = [
        add_person("Anna"),
        add_person("Ben", Subject.MAN),
        add_person("Cleo", tuned=False),
    ]
    session.people_changed()
    return made


def names(panel: LibraryPanel) -> list[str]:
    return [panel.model.person(row).name for row in range(panel.model.rowCount())]


def state(panel: LibraryPanel, person: Profile) -> str:
    return str(index(panel, person).data(STATE_ROLE).text)


def index(panel: LibraryPanel, person: Profile) -> QModelIndex:
    row = panel.model.row_of(person.id)
    assert row is not None
    return panel.model.index(row)


def choose(panel: LibraryPanel, *people: Profile) -> None:
    panel.view.setFocus()
    panel.view.clearSelection()
    for person in people:
        panel.view.selectionModel().select(index(panel, person), panel.view.selectionModel().SelectionFlag.Select)
        panel.view.selectionModel().setCurrentIndex(
            index(panel, person), panel.view.selectionModel().SelectionFlag.NoUpdate
        )


def went(session: Session) -> list[object]:
    pages: list[object] = []
    session.pageWanted.connect(pages.append)
    return pages


# The list


def test_everyone_is_listed_with_the_newest_first_and_their_state(panel: LibraryPanel, people: list[Profile]) -> None:
    assert names(panel) == ["Cleo", "Ben", "Anna"]
    assert state(panel, people[0]) == "ready"
    assert state(panel, people[2]) == "not tuned yet"


def test_tuning_and_mixing_show_live_beside_the_name(
    panel: LibraryPanel, people: list[Profile], session: Session, workers: ScriptedWorkers
) -> None:
    anna, ben, cleo = people
    take = AttributeSource(attribute=Attribute.NOSE, person=ben.id)
    mixing = session.submit(MixRequest(person=anna.id, takes=(take,), name="Both"), "Mixing")
    workers.emit(mixing, Progress(50, 100, 9))
    assert state(panel, anna) == "mixing 50 %"
    tuning = session.submit(TuneRequest(person=cleo.id, recipe=Recipe()), "Tuning Cleo")
    assert state(panel, cleo) == "waiting to be tuned"
    workers.stop(mixing)
    workers.emit(tuning, Progress(620, 1000, 90))
    assert state(panel, cleo) == "tuning 62 %"
    workers.stop(tuning)
    assert state(panel, cleo) == "tuning stopped"


def test_a_row_is_painted_anew_when_its_tuning_goes_on(
    panel: LibraryPanel, people: list[Profile], session: Session, workers: ScriptedWorkers, qtbot: QtBot
) -> None:
    job = session.submit(TuneRequest(person=people[2].id, recipe=Recipe()), "Tuning Cleo")
    with qtbot.waitSignal(panel.model.dataChanged, check_params_cb=lambda top, *_: top == index(panel, people[2])):
        workers.emit(job, Progress(1, 1000, 90))


@pytest.mark.parametrize(
    ("days", "words"), [(-1, "consent ended"), (9, "consent ends"), (300, "ready")], ids=["ended", "soon", "far"]
)
def test_the_end_of_a_leave_is_said_in_time(
    panel: LibraryPanel, people: list[Profile], session: Session, days: int, words: str
) -> None:
    consent = Consent(kind="with permission", until=date.today() + timedelta(days=days))
    session.library.update(people[0].model_copy(update={"consent": consent}))
    session.people_changed()
    assert state(panel, people[0]).startswith(words)


def test_searching_shows_only_names_with_all_the_words(
    panel: LibraryPanel, people: list[Profile], qtbot: QtBot
) -> None:
    qtbot.keyClicks(panel.search, "AN")
    assert names(panel) == ["Anna"]
    qtbot.keyClicks(panel.search, " x")
    assert names(panel) == []
    assert not panel.view.isVisible()
    panel.search.clear()
    assert names(panel) == ["Cleo", "Ben", "Anna"]
    assert panel.view.isVisible()


def test_people_sort_by_name_likeness_and_state(panel: LibraryPanel, people: list[Profile], session: Session) -> None:
    anna, ben, _ = people
    assert ben.tuning is not None
    curve = (LikenessPoint(step=150, likeness=0.9),)
    session.library.update(ben.model_copy(update={"tuning": ben.tuning.model_copy(update={"curve": curve})}))
    session.people_changed()
    panel.model.sort_by(Order.NAME)
    assert names(panel) == ["Anna", "Ben", "Cleo"]
    panel.model.sort_by(Order.LIKENESS)
    assert names(panel) == ["Ben", "Anna", "Cleo"]
    panel.model.sort_by(Order.STATE)
    session.submit(TuneRequest(person=anna.id, recipe=Recipe()), "Tuning Anna")
    assert names(panel) == ["Anna", "Ben", "Cleo"]
    for order, expected in (("newest", ["Cleo", "Ben", "Anna"]), ("likeness", ["Ben", "Anna", "Cleo"])):
        next(action for action in panel.sort.menu().actions() if action.data() == order).trigger()
        assert names(panel) == expected


def test_an_empty_library_says_what_to_do(panel: LibraryPanel, session: Session, qtbot: QtBot) -> None:
    pages = went(session)
    assert not panel.view.isVisible()
    sample = panel.findChild(QWidget, "samplePersonButton")
    assert sample is not None
    assert sample.isVisible()
    qtbot.mouseClick(sample, Qt.MouseButton.LeftButton)
    sample_person = pages.pop()
    assert isinstance(sample_person, ShowNewPerson)
    assert sample_person.photos
    assert all(path.exists() for path in sample_person.photos)
    qtbot.mouseClick(panel.new_person, Qt.MouseButton.LeftButton)
    assert pages == [ShowNewPerson()]


def test_only_rows_in_sight_ask_for_thumbnails(
    panel: LibraryPanel,
    session: Session,
    add_person: Callable[..., Profile],
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    profile = add_person("Anna")
    for number in range(300):
        folder = session.library.folder(f"{number:012x}")
        folder.mkdir()
        copy = profile.model_copy(update={"id": folder.name, "name": f"Person {number}"})
        (folder / "profile.json").write_text(copy.model_dump_json())
    asked: list[Path] = []
    get = session.thumbnails.get

    def spy(path: Path, side: int) -> object:
        asked.append(path)
        return get(path, side)

    monkeypatch.setattr(session.thumbnails, "get", spy)
    session.people_changed()
    panel.view.viewport().repaint()
    assert panel.model.rowCount() == 301
    assert 5 <= len(set(asked)) <= 20


# Choosing


def test_choosing_one_person_tells_the_session(panel: LibraryPanel, people: list[Profile], session: Session) -> None:
    choose(panel, people[1])
    assert session.selected is not None
    assert session.selected.id == people[1].id


def test_a_click_below_the_rows_leaves_the_person_chosen(
    panel: LibraryPanel, people: list[Profile], session: Session, qtbot: QtBot
) -> None:
    choose(panel, people[1])
    viewport = panel.view.viewport()
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=QPoint(20, viewport.height() - 5))
    assert [row.row() for row in panel.view.selectedIndexes()] == [index(panel, people[1]).row()]
    assert session.selected is not None
    assert session.selected.id == people[1].id


def test_choosing_several_leaves_the_sessions_person(
    panel: LibraryPanel, people: list[Profile], session: Session
) -> None:
    choose(panel, people[0])
    panel.view.selectAll()
    assert len(panel.chosen()) == 3
    assert session.selected is not None
    assert session.selected.id == people[0].id


def test_who_is_chosen_elsewhere_is_chosen_here(panel: LibraryPanel, people: list[Profile], session: Session) -> None:
    session.select(people[2].id)
    assert [person.id for person in panel.chosen()] == [people[2].id]
    session.select(None)
    assert panel.chosen() == []


def test_the_choice_outlives_changes_of_the_library(
    panel: LibraryPanel, people: list[Profile], session: Session, add_person: Callable[..., Profile]
) -> None:
    choose(panel, people[0], people[1])
    add_person("Dora")
    session.people_changed()
    assert {person.id for person in panel.chosen()} == {people[0].id, people[1].id}


def test_arrow_keys_choose_and_enter_opens_the_persons_page(
    panel: LibraryPanel, people: list[Profile], session: Session, qtbot: QtBot
) -> None:
    pages = went(session)
    choose(panel, people[2])
    qtbot.keyClick(panel.view, Qt.Key.Key_Down)
    assert session.selected is not None
    assert session.selected.id == people[1].id
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    assert pages == [ShowPerson(people[1].id)]


def test_double_click_opens_the_persons_page(
    panel: LibraryPanel, people: list[Profile], session: Session, qtbot: QtBot
) -> None:
    pages = went(session)
    where = panel.view.visualRect(index(panel, people[0])).center()
    qtbot.mouseClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    qtbot.mouseDClick(panel.view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert pages == [ShowPerson(people[0].id)]


def test_a_dragged_person_carries_the_id(panel: LibraryPanel, people: list[Profile]) -> None:
    data = panel.model.mimeData([index(panel, people[0]), index(panel, people[1])])
    assert bytes(data.data("application/x-facea-person").data()).decode().split() == [people[0].id, people[1].id]


def test_who_is_dragged_is_not_chosen(
    panel: LibraryPanel,
    people: list[Profile],
    session: Session,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session.select(people[0].id)
    chosen, carried = [], []

    def carry(drag: QDrag, _actions: Qt.DropAction) -> Qt.DropAction:
        carried.append(bytes(drag.mimeData().data("application/x-facea-person").data()).decode())
        chosen.append(session.selected)
        return Qt.DropAction.IgnoreAction

    monkeypatch.setattr(QDrag, "exec", carry)
    stage, where = panel.view.viewport(), panel.view.visualRect(index(panel, people[1])).center()
    qtbot.mousePress(stage, Qt.MouseButton.LeftButton, pos=where)
    for moved in (20, 40):
        at = QPointF(where + QPoint(0, moved))
        left, held = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        kind, none = QEvent.Type.MouseMove, Qt.MouseButton.NoButton
        QApplication.sendEvent(stage, QMouseEvent(kind, at, stage.mapToGlobal(at), none, left, held))

    assert carried == [people[1].id]
    assert chosen == [people[0]]


# Renaming


def editor_of(panel: LibraryPanel) -> QLineEdit:
    panel.people_actions.rename.trigger()
    (editor,) = [made for made in panel.view.findChildren(QLineEdit) if made.isVisible()]
    return editor


def test_f2_renames_in_place(
    panel: LibraryPanel, people: list[Profile], session: Session, loop: QEventLoop, until: Until, qtbot: QtBot
) -> None:
    async def rename() -> None:
        choose(panel, people[0])
        editor = editor_of(panel)
        assert editor.text() == "Anna"
        qtbot.keyClicks(editor, "Annabel")
        qtbot.keyClick(editor, Qt.Key.Key_Return)
        await until(lambda: index(panel, people[0]).data() == "Annabel")
        await until(lambda: session.library.get(people[0].id).name == "Annabel" and "Annabel" in names(panel))

    loop.run_until_complete(rename())
    assert panel.people_actions.rename.shortcut().toString() == "F2"


def test_a_name_that_cannot_be_is_refused_with_a_sentence(
    panel: LibraryPanel, people: list[Profile], session: Session, qtbot: QtBot
) -> None:
    choose(panel, people[0])
    editor = editor_of(panel)
    editor.clear()
    with qtbot.waitSignal(session.failed):
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert names(panel)[-1] == "Anna"


def test_a_name_that_is_typed_outlives_changes_of_the_library(
    panel: LibraryPanel, people: list[Profile], session: Session, add_person: Callable[..., Profile], qtbot: QtBot
) -> None:
    choose(panel, people[0])
    editor = editor_of(panel)
    qtbot.keyClicks(editor, "Half a na")
    add_person("Dora")
    session.people_changed()
    assert editor.isVisible()
    assert editor.text() == "Half a na"
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert "Dora" in names(panel)


def test_a_rename_that_the_disk_refuses_is_taken_back(
    panel: LibraryPanel, people: list[Profile], session: Session, loop: QEventLoop, until: Until, monkeypatch: Any
) -> None:
    def refuse(person: str, name: str) -> Profile:
        raise UserError("The disk is full.")

    monkeypatch.setattr(session.library, "rename", refuse)
    said: list[str] = []
    session.failed.connect(said.append)

    async def rename() -> None:
        assert panel.model.setData(index(panel, people[0]), "Annabel")
        await until(lambda: said)

    loop.run_until_complete(rename())
    assert said == ["The disk is full."]
    assert index(panel, people[0]).data() == "Anna"


# What the menu does


def test_the_menu_offers_what_suits_the_choice(panel: LibraryPanel, people: list[Profile]) -> None:
    actions = panel.people_actions
    choose(panel)
    actions.menu()
    assert not actions.delete.isEnabled()
    assert actions.open_import.isEnabled()
    choose(panel, people[2])
    actions.menu()
    assert actions.tune.isEnabled()
    assert not actions.mix.isEnabled()  # not tuned
    choose(panel, people[0], people[1])
    actions.menu()
    assert actions.delete.isEnabled()
    assert actions.export.isEnabled()
    assert not actions.rename.isEnabled()


def test_duplicating_makes_and_chooses_a_copy_with_a_name_of_its_own(
    panel: LibraryPanel, people: list[Profile], session: Session, loop: QEventLoop, until: Until
) -> None:
    async def duplicate() -> None:
        choose(panel, people[0])
        panel.people_actions.duplicate.trigger()
        await until(lambda: "Anna 2" in names(panel))
        panel.people_actions.duplicate.trigger()
        await until(lambda: "Anna 3" in names(panel))

    loop.run_until_complete(duplicate())
    assert session.selected is not None
    assert session.selected.name == "Anna 3"


def test_tuning_asks_how_and_queues_it(
    panel: LibraryPanel, people: list[Profile], session: Session, pool: JobPool, qtbot: QtBot
) -> None:
    choose(panel, people[2])
    panel.people_actions.tune.trigger()
    dialog = panel.people_actions.dialog
    assert isinstance(dialog, TuneDialog)
    dialog.picker.choose("portrait")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    (job,) = pool.jobs()
    assert job.request == TuneRequest(person=people[2].id, recipe=session.family.recipe("portrait"))
    assert job.title == "Tuning Cleo"
    panel.people_actions.menu()
    assert not panel.people_actions.tune.isEnabled()  # one is under way


def test_a_tuning_that_stopped_can_go_on(
    panel: LibraryPanel, people: list[Profile], session: Session, pool: JobPool, qtbot: QtBot, workers: ScriptedWorkers
) -> None:
    job = session.submit(TuneRequest(person=people[2].id, recipe=Recipe()), "Tuning Cleo")
    workers.emit(job, Losses(40, 0.2, 0.1))
    leave_checkpoint(session.library, people[2].id)
    workers.stop(job)
    choose(panel, people[2])
    panel.people_actions.tune.trigger()
    dialog = panel.people_actions.dialog
    assert isinstance(dialog, TuneDialog)
    go_on = dialog.findChild(QWidget, "resumeTuningButton")
    assert go_on is not None
    qtbot.mouseClick(go_on, Qt.MouseButton.LeftButton)
    assert pool.jobs()[0].request == TuneRequest(person=people[2].id, recipe=Recipe(), resume=True)


def test_mixing_goes_to_the_mixer(panel: LibraryPanel, people: list[Profile], session: Session) -> None:
    pages = went(session)
    choose(panel, people[0])
    panel.people_actions.mix.trigger()
    assert pages == [ShowMixer(people[0].id)]


def test_one_person_is_exported_into_a_file(
    panel: LibraryPanel, people: list[Profile], session: Session, loop: QEventLoop, until: Until, tmp_path: Path
) -> None:
    told: list[str] = []
    session.noticed.connect(told.append)

    async def export() -> None:
        choose(panel, people[0])
        panel.people_actions.export.trigger()
        dialog: Any = panel.people_actions.dialog
        assert dialog.selectedFiles()[0].endswith("Anna.facea")
        dialog.fileSelected.emit(str(tmp_path / "out.facea"))
        dialog.close()
        await until(lambda: told)

    loop.run_until_complete(export())
    assert (tmp_path / "out.facea").read_bytes()[:2] == b"PK"
    assert "out.facea" in told[0]


def test_several_people_are_exported_into_a_folder_over_nothing(
    panel: LibraryPanel, people: list[Profile], session: Session, loop: QEventLoop, until: Until, tmp_path: Path
) -> None:
    (tmp_path / "Anna.facea").write_text("mine")

    async def export() -> None:
        choose(panel, people[0], people[1])
        panel.people_actions.export.trigger()
        dialog: Any = panel.people_actions.dialog
        dialog.fileSelected.emit(str(tmp_path))
        dialog.close()
        await until(lambda: (tmp_path / "Anna 2.facea").exists() and (tmp_path / "Ben.facea").exists())

    loop.run_until_complete(export())
    assert (tmp_path / "Anna.facea").read_text() == "mine"


def test_an_export_that_fails_is_said(
    panel: LibraryPanel, people: list[Profile], session: Session, loop: QEventLoop, until: Until, tmp_path: Path
) -> None:
    said: list[str] = []
    session.failed.connect(said.append)

    async def export() -> None:
        choose(panel, people[0])
        panel.people_actions.export.trigger()
        dialog: Any = panel.people_actions.dialog
        dialog.fileSelected.emit(str(tmp_path / "nowhere" / "out.facea"))
        dialog.close()
        await until(lambda: said)

    loop.run_until_complete(export())
    assert "out.facea" in said[0]


# Drops


def test_a_dropped_person_is_imported_and_chosen(
    panel: LibraryPanel,
    people: list[Profile],
    session: Session,
    workers: ScriptedWorkers,
    loop: QEventLoop,
    until: Until,
    drop: Drop,
) -> None:
    workers.answers["import"] = PersonMade(people[1].id)

    async def import_() -> None:
        assert drop(panel, [Path("/somewhere/Dora.facea")])
        await until(lambda: session.selected is not None)

    loop.run_until_complete(import_())
    assert workers.asked == [ImportRequest(file=Path("/somewhere/Dora.facea"))]
    assert session.selected is not None
    assert session.selected.id == people[1].id


def test_a_file_that_cannot_be_imported_is_said(
    panel: LibraryPanel, session: Session, workers: ScriptedWorkers, loop: QEventLoop, until: Until, drop: Drop
) -> None:
    workers.answers["import"] = UserError("Dora.facea was not imported: it is damaged.")
    said: list[str] = []
    session.failed.connect(said.append)

    async def import_() -> None:
        drop(panel, [Path("/somewhere/Dora.facea")])
        await until(lambda: said)

    loop.run_until_complete(import_())
    assert said == ["Dora.facea was not imported: it is damaged."]


def test_a_dropped_lora_is_asked_for_name_and_subject_first(
    panel: LibraryPanel,
    people: list[Profile],
    workers: ScriptedWorkers,
    loop: QEventLoop,
    until: Until,
    drop: Drop,
    qtbot: QtBot,
) -> None:
    workers.answers["import"] = PersonMade(people[1].id)

    async def import_() -> None:
        assert drop(panel, [Path("/somewhere/my_face.safetensors")])
        dialog = panel.people_actions.dialog
        assert isinstance(dialog, LoraDialog)
        go = dialog.findChild(QWidget, "loraImportButton")
        assert go is not None
        assert not go.isEnabled()
        dialog.name.setText("Dora")
        dialog.subject.choose(Subject.WOMAN)
        qtbot.mouseClick(go, Qt.MouseButton.LeftButton)
        await until(lambda: workers.asked)

    loop.run_until_complete(import_())
    assert workers.asked == [
        ImportRequest(file=Path("/somewhere/my_face.safetensors"), name="Dora", subject=Subject.WOMAN)
    ]


def test_dropped_photos_begin_a_new_person(
    panel: LibraryPanel, session: Session, drop: Drop, photos: list[Path]
) -> None:
    pages = went(session)
    assert drop(panel, photos)
    assert pages == [ShowNewPerson(tuple(photos))]
    assert not drop(panel, [Path("/somewhere/notes.txt")])


# Deleting


def test_deleting_takes_the_folder_and_the_portraits(
    panel: LibraryPanel,
    people: list[Profile],
    session: Session,
    add_portraits: Callable[[str, int], list[Path]],
    loop: QEventLoop,
    until: Until,
    qtbot: QtBot,
) -> None:
    mine, others = add_portraits(people[0].id, 3), add_portraits(people[1].id, 1)
    session.select(people[0].id)

    async def delete() -> None:
        choose(panel, people[0])
        qtbot.keyClick(panel.view, Qt.Key.Key_Delete, Qt.KeyboardModifier.ShiftModifier)
        dialog = panel.people_actions.dialog
        assert isinstance(dialog, DeleteDialog)
        assert dialog.portraits
        qtbot.keyClick(dialog, Qt.Key.Key_Return)  # Enter alone deletes nobody
        assert dialog.isVisible()
        go = dialog.findChild(QWidget, "deleteForGoodButton")
        assert go is not None
        qtbot.mouseClick(go, Qt.MouseButton.LeftButton)
        await until(lambda: "Anna" not in names(panel))

    loop.run_until_complete(delete())
    assert not session.library.folder(people[0].id).exists()
    assert not any(path.exists() for path in mine)
    assert all(path.exists() for path in others)
    assert [session.index.portrait(path) for path in mine] == [None] * 3
    assert session.selected is None


def test_delete_moves_people_with_their_portraits_to_the_bin_and_undo_brings_them_back(
    panel: LibraryPanel,
    people: list[Profile],
    session: Session,
    add_portraits: Callable[[str, int], list[Path]],
    loop: QEventLoop,
    until: Until,
    qtbot: QtBot,
) -> None:
    mine = add_portraits(people[0].id, 3)
    session.select(people[0].id)
    undo: list[Callable[[], object]] = []
    session.undoable.connect(lambda _said, act: undo.append(act))

    async def there_and_back() -> None:
        choose(panel, people[0], people[1])
        qtbot.keyClick(panel.view, Qt.Key.Key_Delete)
        await until(lambda: undo)
        assert names(panel) == ["Cleo"]
        assert session.selected is None
        assert not any(path.exists() for path in mine)
        assert session.index.count(PortraitQuery()) == 0
        undo[0]()
        await until(lambda: len(names(panel)) == 3)

    loop.run_until_complete(there_and_back())
    assert all(path.exists() for path in mine)
    assert session.index.count(PortraitQuery(person=people[0].id)) == 3


def test_delete_asks_while_a_job_uses_the_person(
    panel: LibraryPanel,
    people: list[Profile],
    session: Session,
    pool: JobPool,
    loop: QEventLoop,
    until: Until,
    qtbot: QtBot,
) -> None:
    job = session.submit(TuneRequest(person=people[2].id, recipe=Recipe()), "Tuning Cleo")
    choose(panel, people[2])
    qtbot.keyClick(panel.view, Qt.Key.Key_Delete)
    yes = panel.findChild(QPushButton, "busyPersonYes")
    assert names(panel) == ["Cleo", "Ben", "Anna"]
    assert pool.job(job.id) is not None

    async def delete() -> None:
        yes.click()
        await until(lambda: names(panel) == ["Ben", "Anna"])

    loop.run_until_complete(delete())
    assert pool.job(job.id) is None


def test_portraits_may_stay_when_a_person_goes(
    panel: LibraryPanel,
    people: list[Profile],
    session: Session,
    add_portraits: Callable[[str, int], list[Path]],
    loop: QEventLoop,
    until: Until,
) -> None:
    mine = add_portraits(people[0].id, 1)

    async def delete() -> None:
        choose(panel, people[0])
        panel.people_actions.erase.trigger()
        dialog: Any = panel.people_actions.dialog
        dialog.findChild(QWidget, "deletePortraitsCheck").setChecked(False)
        dialog.accept()
        await until(lambda: "Anna" not in names(panel))

    loop.run_until_complete(delete())
    assert mine[0].exists()


def test_several_people_go_together_and_their_tuning_stops_before(
    panel: LibraryPanel, people: list[Profile], session: Session, pool: JobPool, loop: QEventLoop, until: Until
) -> None:
    job = session.submit(TuneRequest(person=people[2].id, recipe=Recipe()), "Tuning Cleo")

    async def delete() -> None:
        choose(panel, people[0], people[2])
        panel.people_actions.erase.trigger()
        dialog: Any = panel.people_actions.dialog
        dialog.accept()
        await until(lambda: names(panel) == ["Ben"])

    loop.run_until_complete(delete())
    assert pool.job(job.id) is None
