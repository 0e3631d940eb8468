"""The page with real widgets: finding, looking, rating, using again, deleting."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QDate, QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Painted, Warned
from facea_desktop.domain.outcomes import Enlarged
from facea_desktop.domain.people import Profile
from facea_desktop.domain.requests import EnlargeRequest
from facea_desktop.library.portrait_export import ExportOptions, export_portraits
from facea_desktop.library.portrait_png import read_request, save_portrait
from facea_desktop.library.summaries import PortraitQuery
from facea_desktop.ui.canvas.side_by_side import SideBySide
from facea_desktop.ui.destinations import ShowCanvas
from facea_desktop.ui.gallery.gallery_page import GalleryPage
from facea_desktop.ui.gallery.portrait_actions import PortraitActions
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import colours
from facea_desktop.workers.job_pool import JobPool
from tests.gui.conftest import visible_text
from tests.gui.gallery.conftest import ANNA
from tests.gui.scripted_workers import ScriptedWorkers

Paint = Callable[..., Path]
Until = Callable[[Callable[[], Any]], Awaitable[None]]


def names(page: GalleryPage) -> list[str]:
    found = (page.model.portrait(row) for row in range(page.model.rowCount()))
    return [portrait.path.stem for portrait in found if portrait is not None]


def child(page: QWidget, name: str) -> Any:
    found = page.findChild(QWidget, name)
    assert found is not None, name
    return found


def said(page: GalleryPage) -> str:
    label = page.findChild(QLabel, "galleryCount")
    assert isinstance(label, QLabel)
    return label.text()


def press(qtbot: QtBot, page: GalleryPage, key: Qt.Key, control: bool = False) -> None:
    modifier = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(page.grid, key, modifier)


def answer(page: GalleryPage, text: str) -> None:
    box = page.findChild(QMessageBox, "galleryDeleteQuestion")
    assert isinstance(box, QMessageBox)
    next(button for button in box.buttons() if text in button.text()).click()


@pytest.fixture
def went(session: Session) -> list[object]:
    """Where the page led to."""
    places: list[object] = []
    session.pageWanted.connect(places.append)
    session.portraitOpened.connect(lambda path: places.append(("opened", path)))
    return places


def test_the_first_portrait_is_one_click_away(qtbot: QtBot, page: GalleryPage, went: list[Any], paint: Paint) -> None:
    first = child(page, "galleryFirst")
    assert first.isVisible()
    first.click()
    assert went == [ShowCanvas()]
    paint("a")
    assert page.grid.isVisible()
    assert not first.isVisible()
    assert said(page) == "1 portrait"


def test_portraits_are_shown_newest_first_with_pictures(qtbot: QtBot, paint: Paint, page: GalleryPage) -> None:
    for name in "abc":
        paint(name)
    assert names(page) == ["c", "b", "a"]
    assert said(page) == "3 portraits"

    def red() -> bool:
        point = page.grid.visualRect(page.model.index(1)).center()
        return page.grid.viewport().grab().toImage().pixelColor(point).red() > 200

    qtbot.waitUntil(red)


def test_a_hidden_page_looks_again_when_it_is_shown(page: GalleryPage, paint: Paint) -> None:
    page.hide()
    paint("a")
    assert page.model.rowCount() == 0
    page.show()
    assert page.model.rowCount() == 1


def test_typing_finds_and_clearing_brings_all_back(qtbot: QtBot, page: GalleryPage, paint: Paint) -> None:
    paint("a", "a man with a beard")
    paint("b", "a woman reading")
    qtbot.keyClicks(page.filters.search, "bear")
    qtbot.waitUntil(lambda: names(page) == ["a"])
    qtbot.keyClicks(page.filters.search, "zzz")
    clear = child(page, "galleryClear")
    qtbot.waitUntil(clear.isVisible)
    assert not page.details.isVisible()
    clear.click()
    assert names(page) == ["b", "a"]
    assert page.filters.search.text() == ""


def test_the_portraits_of_one_person_are_not_those_of_a_namesake(
    page: GalleryPage, paint: Paint, session: Session, add_person: Callable[..., Profile]
) -> None:
    anna, other = add_person("Anna"), add_person("Anna 2")
    session.people_changed()
    page.hide()  # whoever is new is known nevertheless
    third = add_person("Anna")
    session.people_changed()
    for name, person in (("a", anna), ("b", other), ("c", third)):
        paint(name, person=person.id)
    page.filters.search.setText("Anna")
    page.show_person(anna.id)
    page.show()
    assert names(page) == ["a"]
    assert (page.filters.search.text(), page.filters.person.currentText()) == ("", "Anna")
    page.show_person(third.id)
    assert names(page) == ["c"]


def test_each_filter_narrows_what_is_shown(
    qtbot: QtBot, page: GalleryPage, paint: Paint, session: Session, add_person: Callable[..., Profile]
) -> None:
    person = add_person("Ben")
    session.people_changed()
    paint("a", "an oil painting of a man")
    b = paint("b", "a man", person=person.id, likeness=0.9)
    paint("c", "a man", likeness=0.5)
    session.index.rate(b, 4)
    session.portraitsChanged.emit()
    filters = page.filters

    def choose(box: Any, text: str) -> list[str]:
        box.setCurrentIndex(box.findText(text, Qt.MatchFlag.MatchStartsWith))
        box.activated.emit(box.currentIndex())
        found = names(page)
        box.setCurrentIndex(0)
        box.activated.emit(0)
        return found

    assert choose(filters.person, "Ben") == ["b"]
    assert choose(filters.style_, "oil painting") == ["a"]
    assert choose(filters.stars, "★★★★") == ["b"]
    assert choose(filters.stars, "★★★★★") == []
    assert choose(filters.order, "Oldest") == ["a", "b", "c"]
    assert choose(filters.order, "Highest likeness") == ["b", "c", "a"]
    assert choose(filters.time, "Today") == []
    assert names(page) == ["c", "b", "a"]


def test_rare_filters_stand_behind_more_and_go_with_it(qtbot: QtBot, page: GalleryPage, paint: Paint) -> None:
    paint("a")
    filters = page.filters
    assert not filters.seed.isVisible()
    qtbot.mouseClick(filters.more, Qt.MouseButton.LeftButton)
    assert filters.seed.isVisible()
    qtbot.keyClicks(filters.seed, "8")
    qtbot.waitUntil(lambda: names(page) == [])
    filters.seed.clear()
    qtbot.waitUntil(lambda: names(page) == ["a"])
    filters.time.setCurrentIndex(filters.time.findText("Between…"))
    filters.time.activated.emit(filters.time.currentIndex())
    assert filters.since.isVisible()
    filters.until.setDate(QDate(2026, 1, 1))
    filters.since.setDate(QDate(2025, 1, 1))
    qtbot.waitUntil(lambda: names(page) == [])
    filters.until.setDate(QDate(2026, 12, 31))
    qtbot.waitUntil(lambda: names(page) == ["a"])
    filters.until.setDate(QDate(2026, 1, 1))
    qtbot.waitUntil(lambda: names(page) == [])
    qtbot.mouseClick(filters.more, Qt.MouseButton.LeftButton)
    assert names(page) == ["a"]


@pytest.mark.parametrize("way", ["enter", "double click", "button", "menu"])
def test_settings_come_back_in_every_way(
    qtbot: QtBot, page: GalleryPage, paint: Paint, went: list[Any], way: str
) -> None:
    path = paint("a")
    page.grid.choose(0)
    if way == "enter":
        press(qtbot, page, Qt.Key.Key_Return)
    elif way == "double click":
        at = page.grid.visualRect(page.model.index(0)).center()
        qtbot.mouseClick(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=at)
        qtbot.mouseDClick(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=at)
    elif way == "button":
        page.details.use.click()
    else:
        menu = page.actions_.menu()
        next(action for action in menu.actions() if "settings" in action.text()).trigger()
        menu.deleteLater()
    assert went == [("opened", path), ShowCanvas()]


def test_a_picture_without_settings_says_so(qtbot: QtBot, page: GalleryPage, paint: Paint, went: list[Any]) -> None:
    paint("a", person=None)
    page.grid.choose(0)
    assert not page.details.use.isVisible()
    press(qtbot, page, Qt.Key.Key_Return)
    assert went == []
    assert "a.png contains no settings" in page.notice.text


def test_digits_rate_everything_chosen_and_it_lasts(
    qtbot: QtBot, page: GalleryPage, session: Session, paint: Paint
) -> None:
    paths = [paint(name) for name in "abc"]
    index = session.index
    press(qtbot, page, Qt.Key.Key_A, control=True)
    assert page.grid.chosen_count() == 3
    press(qtbot, page, Qt.Key.Key_4)
    page.grid.choose(2)
    press(qtbot, page, Qt.Key.Key_0)
    ratings = [index.portrait(path).rating for path in paths]  # type: ignore[union-attr]
    assert ratings == [0, 4, 4]
    assert page.model.portrait(0).rating == 4  # type: ignore[union-attr]
    star = page.details.stars
    qtbot.mouseClick(star, Qt.MouseButton.LeftButton, pos=QPoint(24 * 2 + 12, 12))
    assert index.portrait(paths[0]).rating == 3  # type: ignore[union-attr]
    qtbot.mouseClick(star, Qt.MouseButton.LeftButton, pos=QPoint(24 * 2 + 12, 12))
    assert index.portrait(paths[0]).rating == 0  # type: ignore[union-attr]
    qtbot.keyClick(star, Qt.Key.Key_Right)
    assert index.portrait(paths[0]).rating == 1  # type: ignore[union-attr]


def test_many_are_rated_beside_the_window(
    qtbot: QtBot, page: GalleryPage, paint: Paint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("facea_desktop.ui.gallery.portrait_actions._AT_ONCE", 1)
    for name in "ab":
        paint(name)
    page.grid.selectAll()
    press(qtbot, page, Qt.Key.Key_5)
    qtbot.waitUntil(lambda: [page.model.portrait(row).rating for row in (0, 1)] == [5, 5])  # type: ignore[union-attr]
    assert page.grid.chosen_count() == 2


def test_a_rating_that_cannot_be_kept_says_so_and_shows_the_old_one(
    qtbot: QtBot, page: GalleryPage, session: Session, paint: Paint, monkeypatch: pytest.MonkeyPatch
) -> None:
    paint("a")
    page.grid.choose(0)

    def full(*values: object) -> None:
        raise UserError("The disk is full.")

    monkeypatch.setattr(session.index, "rate_all", full)
    page.details.stars.rated.emit(3)
    assert page.notice.text == "The disk is full."
    assert page.model.portrait(0).rating == 0  # type: ignore[union-attr]


def test_typing_digits_into_the_search_rates_nothing(
    qtbot: QtBot, page: GalleryPage, session: Session, paint: Paint
) -> None:
    path = paint("a")
    page.grid.choose(0)
    qtbot.keyClick(page.grid, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(page.filters.search, "5")
    assert session.index.portrait(path).rating == 0  # type: ignore[union-attr]


@pytest.mark.parametrize("sure", [True, False])
def test_deleting_asks_then_erases_the_picture_and_its_stages(
    qtbot: QtBot, page: GalleryPage, session: Session, paint: Paint, sure: bool
) -> None:
    for name in "abc":
        paint(name)
    folder = session.root / "portraits"
    for stage in ("b-context", "b-mask"):
        Image.new("L", (3, 2)).save(folder / f"{stage}.png")
    session.index.refresh_portraits()
    page.grid.choose(1)
    qtbot.keyClick(page.grid, Qt.Key.Key_Delete, Qt.KeyboardModifier.ShiftModifier)
    if not sure:
        answer(page, "Keep")
        assert names(page) == ["c", "b", "a"]
        assert len(list(folder.glob("*.png"))) == 5
        return
    with qtbot.waitSignal(session.portraitsChanged):
        answer(page, "Delete")
    assert names(page) == ["c", "a"]
    assert sorted(path.name for path in folder.glob("*.png")) == ["a.png", "c.png"]
    assert page.grid.rows() == [1]


def test_keywords_of_several_change_together_and_keep_what_each_has_alone(
    qtbot: QtBot, page: GalleryPage, session: Session, paint: Paint
) -> None:
    a, b = paint("a"), paint("b")
    session.index.label_all({a: (("sea", "dusk"), ()), b: (("sea",), ("Summer",))})
    session.portraitsChanged.emit()
    page.grid.selectAll()
    press(qtbot, page, Qt.Key.Key_K)
    dialog = child(page, "labelsDialog")
    assert (dialog.keywords.text(), dialog.albums.text()) == ("sea", "")
    dialog.keywords.setText("ocean, Ocean")
    dialog.albums.setText("For Grandma")
    child(page, "labelsSave").click()
    qtbot.waitUntil(lambda: session.index.labels("keyword")[0] == "ocean")
    known = {one.path: (one.keywords, one.albums) for one in session.index.page(PortraitQuery(), 0, 9)}
    assert known == {a: (("dusk", "ocean"), ("For Grandma",)), b: (("ocean",), ("For Grandma", "Summer"))}
    qtbot.waitUntil(lambda: page.filters.album.count() == 3)
    page.filters.album.setCurrentIndex(page.filters.album.findData("Summer"))
    page.filters.album.activated.emit(1)
    assert names(page) == ["b"]


def test_a_rubber_band_chooses_what_it_touches(qtbot: QtBot, page: GalleryPage, paint: Paint) -> None:
    for name in "abc":
        paint(name)
    view, grid = page.grid.viewport(), page.grid
    below = QPoint(grid.visualRect(page.model.index(1, 0)).center().x(), view.height() - 10)
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=below)
    for point in (below - QPoint(20, 20), grid.visualRect(page.model.index(0, 0)).center()):
        qtbot.mouseMove(view, point)
        QApplication.sendEvent(
            view,
            QMouseEvent(
                QEvent.Type.MouseMove, QPointF(point), view.mapToGlobal(QPointF(point)),
                Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
            ),
        )  # fmt: skip
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=point)
    assert page.grid.rows() == [0, 1]


def test_x_rejects_and_the_filter_leaves_it_out(
    qtbot: QtBot, page: GalleryPage, session: Session, paint: Paint
) -> None:
    paint("a")
    paint("b")
    page.grid.choose(0)
    press(qtbot, page, Qt.Key.Key_X)
    assert page.model.portrait(0).rating == -1
    page.filters.stars.setCurrentIndex(1)
    page.filters.stars.activated.emit(1)
    assert names(page) == ["a"]


def test_delete_moves_to_the_bin_and_undo_brings_back_the_stars_too(
    page: GalleryPage, session: Session, paint: Paint, loop: QEventLoop, until: Until, qtbot: QtBot
) -> None:
    for name in "abc":
        paint(name)
    session.index.rate(session.root / "portraits" / "b.png", 4)
    undo: list[Callable[[], object]] = []
    session.undoable.connect(lambda _said, act: undo.append(act))

    async def there_and_back() -> None:
        page.grid.choose(1)
        press(qtbot, page, Qt.Key.Key_Delete)
        await until(lambda: undo)
        assert names(page) == ["c", "a"]
        assert page.grid.rows() == [1]
        assert not (session.root / "portraits" / "b.png").exists()
        undo[0]()
        await until(lambda: names(page) == ["c", "b", "a"])

    loop.run_until_complete(there_and_back())
    restored = session.index.portrait(session.root / "portraits" / "b.png")
    assert restored is not None
    assert restored.rating == 4


def test_what_was_asked_about_is_deleted_wherever_it_moved(
    qtbot: QtBot, page: GalleryPage, session: Session, paint: Paint
) -> None:
    paint("a")
    page.grid.choose(0)
    page.actions_.ask_to_delete()
    paint("b")
    page.grid.choose(0)
    with qtbot.waitSignal(session.portraitsChanged):
        answer(page, "Delete")
    assert names(page) == ["b"]


def test_a_file_that_cannot_be_deleted_stays_and_says_why(
    qtbot: QtBot, page: GalleryPage, session: Session, paint: Paint, monkeypatch: pytest.MonkeyPatch
) -> None:
    paint("a")
    page.grid.choose(0)

    def held(*paths: Path) -> None:
        raise UserError("Could not delete a.png: it is open elsewhere.")

    monkeypatch.setattr(session.index, "delete", held)
    page.actions_.ask_to_delete()
    answer(page, "Delete")
    qtbot.waitUntil(lambda: "open elsewhere" in page.notice.text)
    assert names(page) == ["a"]


def test_space_shows_one_large_and_its_keys_move_rate_and_leave(
    qtbot: QtBot, page: GalleryPage, session: Session, paint: Paint, went: list[Any]
) -> None:
    paths = {name: paint(name, f"prompt of {name}") for name in "abc"}
    page.grid.selectAll()
    page.grid.setCurrentIndex(page.model.index(0))
    press(qtbot, page, Qt.Key.Key_Space)
    look = page.quick_look
    assert look.isVisible()
    assert not page.grid.isVisible()
    qtbot.waitUntil(lambda: look.picture.shown is not None and look.picture.shown.width() == 30)
    qtbot.keyClick(look, Qt.Key.Key_Right)
    qtbot.keyClick(look, Qt.Key.Key_Right)
    qtbot.keyClick(look, Qt.Key.Key_Right)  # the last one stays
    assert child(look, "galleryPrompt").text() == "prompt of a"
    qtbot.keyClick(look, Qt.Key.Key_Left)
    qtbot.keyClick(look, Qt.Key.Key_2)
    assert [session.index.portrait(paths[name]).rating for name in "abc"] == [0, 2, 0]  # type: ignore[union-attr]
    qtbot.keyClick(look, Qt.Key.Key_Escape)
    assert page.grid.isVisible()
    assert page.grid.rows() == [1]
    press(qtbot, page, Qt.Key.Key_Space)
    qtbot.keyClick(look, Qt.Key.Key_Return)
    assert went == [("opened", paths["b"]), ShowCanvas()]


def test_deleting_the_last_one_in_the_quick_look_leads_back(
    qtbot: QtBot, page: GalleryPage, session: Session, paint: Paint
) -> None:
    paint("a")
    page.grid.choose(0)
    page.look()
    qtbot.keyClick(page.quick_look, Qt.Key.Key_Delete, Qt.KeyboardModifier.ShiftModifier)
    with qtbot.waitSignal(session.portraitsChanged):
        answer(page, "Delete")
    assert child(page, "galleryFirst").isVisible()


def test_the_choice_stays_with_its_portrait_in_every_order(qtbot: QtBot, page: GalleryPage, paint: Paint) -> None:
    paint("a", likeness=0.9)
    paint("b", likeness=0.5)
    order = page.filters.order
    order.setCurrentIndex(order.findData("likeness"))
    order.activated.emit(order.currentIndex())
    page.grid.choose(1)
    paint("c", likeness=0.7)
    assert names(page) == ["a", "c", "b"]
    assert page.grid.rows() == [2]


def test_the_side_panel_tells_what_made_a_portrait(
    qtbot: QtBot, page: GalleryPage, paint: Paint, session: Session, add_person: Callable[..., Profile]
) -> None:
    person = add_person("Ben")
    session.people_changed()
    paint("a", "an oil painting of a man", person=person.id, likeness=0.81)
    paint("b", person="f" * 12)
    session.portraitsChanged.emit()
    page.grid.choose(1)
    texts = " ".join(label.text() for label in page.details.findChildren(QLabel))
    for words in ("Ben", "an oil painting of a man", "Seed 7", "30 by 20", "oil painting"):
        assert words in texts
    assert page.details.likeness.word == "Excellent likeness"
    assert "0.81" in page.details.likeness.toolTip()
    page.grid.choose(0)
    assert not page.details.likeness.isVisible()
    assert "Deleted person" in " ".join(label.text() for label in page.details.findChildren(QLabel))
    page.grid.selectAll()
    assert "2 portraits selected" in " ".join(label.text() for label in page.details.findChildren(QLabel))
    assert not page.details.use.isVisible()


def test_a_damaged_picture_is_said_and_not_raised(qtbot: QtBot, page: GalleryPage, paint: Paint) -> None:
    path = paint("a")
    path.write_bytes(path.read_bytes()[:200])
    page.grid.choose(0)
    qtbot.waitUntil(lambda: page.details.picture is not None and page.details.picture._broken)


def drop(page: GalleryPage, path: Path) -> bool:
    """Drag a file onto the page and let it go there; whether it was taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    enter = QDragEnterEvent(
        QPoint(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    page.dragEnterEvent(enter)
    if not enter.isAccepted():
        return False
    event = QDropEvent(
        QPointF(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    page.dropEvent(event)
    return True


@pytest.mark.parametrize("kind", ["png", "jpeg", "webp", "tiff"])
def test_any_portrait_that_is_dropped_brings_its_settings_back(
    qtbot: QtBot, page: GalleryPage, paint: Paint, went: list[Any], tmp_path: Path, kind: Any
) -> None:
    options = ExportOptions(format=kind, keep_prompt=True)
    (path,) = export_portraits([(paint("a"), "x")], tmp_path / "elsewhere", options).written
    assert drop(page, path)
    qtbot.waitUntil(lambda: went == [("opened", path), ShowCanvas()])


@pytest.mark.parametrize("content", [b"", b"text", b"\xff\xd8\xff\xe1", None])
def test_any_other_file_gets_a_friendly_sentence(
    qtbot: QtBot, page: GalleryPage, went: list[Any], tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "holiday.jpg"
    if content is None:
        Image.new("RGB", (3, 2)).save(path)
    else:
        path.write_bytes(content)
    assert drop(page, path)
    qtbot.waitUntil(lambda: "holiday.jpg contains no settings" in page.notice.text)
    assert went == []


@pytest.mark.parametrize("name", ["Ben.facea", "ben.SAFETENSORS"])
def test_files_of_people_are_left_to_the_window(page: GalleryPage, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"")
    assert not drop(page, path)


def test_the_menu_offers_what_fits_the_choice(qtbot: QtBot, page: GalleryPage, paint: Paint) -> None:
    paint("a", "a man smiling")
    paint("b", person=None)

    def enabled(actions: PortraitActions) -> set[str]:
        menu = actions.menu()
        found = {action.text().replace("&", "").split("\t")[0] for action in menu.actions() if action.isEnabled()}
        menu.deleteLater()
        return found - {""}

    labels = "Keywords and albums…"
    everything = {
        "Use settings",
        "View large",
        "Copy the prompt",
        "Compare",
        "Rate",
        labels,
        "Export…",
        "Show in folder",
    }
    everything |= {"Delete", "Enlarge"}
    page.grid.choose(1)
    assert enabled(page.actions_) == everything
    page.actions_.copy_prompt()
    assert QGuiApplication.clipboard().text() == "a man smiling"
    page.grid.choose(0)
    assert enabled(page.actions_) == everything - {"Use settings", "Copy the prompt"}
    page.grid.selectAll()
    assert enabled(page.actions_) == {"Compare", "Rate", labels, "Enlarge", "Export…", "Delete"}


def test_larger_copies_are_asked_for_in_the_queue_and_come_into_the_gallery(
    page: GalleryPage, paint: Paint, session: Session, pool: JobPool, workers: ScriptedWorkers, tmp_path: Path
) -> None:
    path = paint("a")
    page.grid.choose(0)
    menu = page.actions_.menu()
    (enlarge,) = (action.menu() for action in menu.actions() if action.text() == "En&large")
    assert [action.text() for action in enlarge.actions()] == ["2 times", "4 times"]
    enlarge.actions()[1].trigger()
    menu.deleteLater()
    (job,) = pool.jobs()
    assert job.request == EnlargeRequest(picture=path, times=4, person=ANNA)
    assert ANNA in job.people  # so that it goes with the person
    said: list[str] = []
    session.noticed.connect(said.append)
    large = path.with_name("a-4x.png")
    save_portrait(large, Image.new("RGB", (120, 80)), read_request(path), enlarged="4 times by x")
    workers.emit(job, Warned("The picture is larger, but no sharper than Lanczos makes it.", "no sharper"))
    workers.emit(job, Painted(large, 7, None, None, 0.6, None, None))
    workers.finish(job, Enlarged(large, 120, 80, 4, "x", 1.0, None, None, None))
    assert said == ["The picture is larger, but no sharper than plain enlarging makes it."]
    page.grid.choose(0)
    current = page.actions_.current()
    assert current is not None
    assert (current.path, current.width, current.times) == (large, 120, 4)
    assert "120 by 80 pixels, enlarged 4 times" in visible_text(page)
    said_of = [str(page.model.index(row).data(Qt.ItemDataRole.AccessibleTextRole)) for row in (0, 1)]
    assert ["enlarged 4 times" in one for one in said_of] == [True, False]


def test_details_badge_and_tile_say_what_a_portrait_at_first_sight_is(
    page: GalleryPage, paint: Paint, session: Session
) -> None:
    words = "Made at first sight, from the photos alone; tuning makes it more alike."
    path = paint("a", likeness=0.5)
    page.grid.choose(0)
    assert words not in visible_text(page)
    seen = path.with_name("seen.png")
    save_portrait(seen, Image.new("RGB", (30, 20)), read_request(path), first_sight=(ANNA,))
    session.index.add_portrait(seen, 0.5)
    page.model.refresh()
    page.grid.choose(0)
    assert words in visible_text(page)
    assert words in page.details.likeness.toolTip()
    assert words in str(page.model.index(0).data(Qt.ItemDataRole.ToolTipRole))


def test_a_larger_copy_bears_a_badge(page: GalleryPage, paint: Paint, session: Session) -> None:
    plain = paint("a")

    def corner() -> QImage:
        place = page.grid.visualRect(page.model.index(0))
        return page.grid.viewport().grab(place.adjusted(0, 0, -place.width() // 2, -place.height() // 2)).toImage()

    before = corner()
    save_portrait(plain, Image.new("RGB", (30, 20), "red"), read_request(plain), enlarged="2 times by x")
    session.index.add_portrait(plain, None)
    page.model.refresh()
    assert corner() != before


def test_chosen_portraits_are_compared_with_a_key_or_in_the_side_panel(
    qtbot: QtBot, page: GalleryPage, paint: Paint
) -> None:
    paths = [paint(name, likeness=0.5) for name in "abc"]
    page.grid.selectAll()
    assert page.details.findChild(QPushButton, "galleryCompare").isVisibleTo(page.details)
    qtbot.keyClick(page.grid, Qt.Key.Key_C)
    dialog = page.window().findChild(SideBySide)
    assert dialog is not None
    assert len(dialog.pictures.cells) == len(paths)
    assert "Fair likeness: 0.50" in dialog.pictures.cells[0].accessibleName()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    page.grid.choose(0)
    assert not page.details.findChild(QPushButton, "galleryCompare").isVisibleTo(page.details)


def test_tiles_fill_the_width_and_can_be_larger_or_smaller(qtbot: QtBot, page: GalleryPage, paint: Paint) -> None:
    for number in range(12):
        paint(str(number))
    for width in (700, 1100, 1600):
        page.resize(width, 700)
        side = page.grid.gridSize().width()
        room = page.grid.viewport().width()
        assert room - (room // side) * side <= room // side
    before = page.grid.gridSize().width()
    press(qtbot, page, Qt.Key.Key_Plus)
    assert page.grid.gridSize().width() > before
    for _ in range(9):
        press(qtbot, page, Qt.Key.Key_Minus)
    assert page.grid.gridSize().width() < before


def test_a_chosen_tile_is_framed(qtbot: QtBot, page: GalleryPage, paint: Paint) -> None:
    paint("a")
    page.grid.choose(0)
    place = page.grid.visualRect(page.model.index(0))
    picture = page.grid.viewport().grab().toImage()
    assert picture.pixelColor(place.left() + 1, place.center().y()).name() == colours().accent


def test_every_button_can_be_read_aloud(page: GalleryPage) -> None:
    for button in page.findChildren(QPushButton):
        assert button.text() or button.accessibleName()


def test_closing_waits_for_what_runs(qtbot: QtBot, page: GalleryPage, paint: Paint) -> None:
    paint("a")
    page.grid.choose(0)
    page.close()
    page.actions_.open_file(Path("/nowhere"))
    assert page.notice.text == ""
