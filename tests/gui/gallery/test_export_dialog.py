"""Exporting from the page: the dialog, its progress, its troubles."""

from __future__ import annotations

import threading
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.outcomes import Enlarged
from facea_desktop.domain.people import Profile
from facea_desktop.domain.requests import EnlargeRequest
from facea_desktop.library import portrait_export as engine
from facea_desktop.library.photo_reader import png_bytes
from facea_desktop.library.portrait_png import read_enlargement, read_request, read_size
from facea_desktop.library.xmp_metadata import AI_SOURCE
from facea_desktop.ui.gallery.export_dialog import ExportDialog
from facea_desktop.ui.gallery.gallery_page import GalleryPage
from facea_desktop.ui.session import Session
from tests.gui.scripted_workers import ScriptedWorkers

Paint = Callable[..., Path]
Until = Callable[[Callable[[], Any]], Awaitable[None]]


@pytest.fixture
def out(session: Session, tmp_path: Path) -> Path:
    folder = tmp_path / "exports"
    session.change_settings(export_folder=folder)
    return folder


@pytest.fixture
def dialog(
    qtbot: QtBot, page: GalleryPage, session: Session, paint: Paint, out: Path, add_person: Any
) -> Iterator[ExportDialog]:
    """Three portraits are chosen and Ctrl+E was pressed."""
    person: Profile = add_person("Anna")
    session.people_changed()
    for name in "abc":
        paint(name, person=person.id)
    page.grid.selectAll()
    qtbot.keyClick(page.grid, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    made = page.actions_.export_dialog
    assert made is not None
    assert made.isVisible()
    yield made
    if page.actions_.export_dialog is not None:
        made.close()


def part(dialog: ExportDialog, name: str) -> Any:
    found = dialog.findChild(QWidget, name)
    assert found is not None, name
    return found


def test_names_follow_the_template_and_the_preview_shows_the_first(
    qtbot: QtBot, dialog: ExportDialog, out: Path, session: Session
) -> None:
    name, preview = part(dialog, "exportName"), part(dialog, "exportNamePreview")
    name.setText("{person}: {seed} {n}")
    assert preview.text() == "Anna 7 1.png"
    run(qtbot, dialog)
    assert {path.name for path in out.iterdir()} == {"Anna 7 1.png", "Anna 7 2.png", "Anna 7 3.png"}
    assert session.settings.export_name == "{person}: {seed} {n}"


def test_a_template_that_cannot_be_used_exports_nothing(dialog: ExportDialog, out: Path) -> None:
    part(dialog, "exportName").setText("{who}")
    told = part(dialog, "exportNamePreview").text()
    assert all(one in told for one in ("{who}", "{person}", "{n}"))  # not cut
    dialog.start()
    assert "{person}" in dialog.notice.text
    assert not out.exists()


def run(qtbot: QtBot, dialog: ExportDialog) -> Any:
    with qtbot.waitSignal(dialog.exported) as signal:
        part(dialog, "exportStart").click()
    return signal.args[0]


def test_everything_chosen_is_exported_and_said(
    qtbot: QtBot, dialog: ExportDialog, out: Path, session: Session
) -> None:
    notices: list[str] = []
    session.noticed.connect(notices.append)
    exported = run(qtbot, dialog)
    assert [path.name for path in exported.written] == ["Anna.png", "Anna (2).png", "Anna (3).png"]
    assert notices == ["3 portraits exported."]
    assert part(dialog, "exportShow").isVisible()


@pytest.mark.parametrize("keep_prompt", [True, False])
@pytest.mark.parametrize("ai_label", [True, False])
def test_the_two_switches_begin_as_the_settings_say_and_decide(
    qtbot: QtBot, page: GalleryPage, paint: Paint, session: Session, out: Path, keep_prompt: bool, ai_label: bool
) -> None:
    session.change_settings(prompts_in_exports=not keep_prompt, ai_label=not ai_label)
    paint("a")
    session.portraitsChanged.emit()
    page.grid.choose(0)
    page.actions_.export()
    dialog = page.actions_.export_dialog
    assert dialog is not None
    assert (dialog.form.prompt_box.isChecked(), dialog.form.label_box.isChecked()) == (not keep_prompt, not ai_label)
    dialog.form.prompt_box.click()
    dialog.form.label_box.click()
    (path,) = run(qtbot, dialog).written
    assert (read_request(path) is not None) == keep_prompt
    assert (AI_SOURCE.encode() in path.read_bytes()) == ai_label
    dialog.reject()


def test_what_is_chosen_is_what_is_written(qtbot: QtBot, dialog: ExportDialog, out: Path) -> None:
    dialog.form.format_box.setCurrentIndex(dialog.form.format_box.findData("jpeg"))
    assert dialog.form.quality.isVisible()
    dialog.form.quality.setValue(50)
    dialog.form.size_box.setCurrentIndex(dialog.form.size_box.findData(0))
    assert dialog.form.custom_size.isVisible()
    dialog.form.custom_size.setValue(16)
    dialog.form.profile_box.setCurrentIndex(dialog.form.profile_box.findData("display-p3"))
    exported = run(qtbot, dialog)
    with Image.open(exported.written[0]) as image:
        assert image.format == "JPEG"
        assert image.size == (16, 11)
        assert image.info["icc_profile"] == engine.icc_profile("display-p3")


def larger(request: EnlargeRequest, detail: float = 1.4) -> Enlarged:
    """As the engine answers for an export."""
    assert not request.save
    size = 30 * request.times, 20 * request.times
    pixels = png_bytes(Image.new("RGB", size, "red"))
    return Enlarged(None, *size, request.times, "a test", detail, None, None, None, pixels)


@pytest.mark.parametrize(("detail", "warned"), [(1.4, False), (1.0, True)])
def test_larger_copies_are_exported_and_lie_nowhere_else(
    dialog: ExportDialog,
    session: Session,
    workers: ScriptedWorkers,
    out: Path,
    loop: QEventLoop,
    until: Until,
    detail: float,
    warned: bool,
) -> None:
    workers.answers["enlarge"] = lambda request: larger(request, detail)
    dialog.form.size_box.setCurrentIndex(dialog.form.size_box.findData(-2))
    assert dialog.form.options().longest is None
    ended: list[engine.Exported] = []
    dialog.exported.connect(ended.append)

    async def export() -> None:
        part(dialog, "exportStart").click()
        assert part(dialog, "exportSaid").text() == "Enlarging 1 of 3"
        await until(lambda: ended)

    before = set(session.root.rglob("*.png"))
    loop.run_until_complete(export())
    written = ended[0].written
    assert set(session.root.rglob("*.png")) == before | set(written)
    assert [path.name for path in written] == ["Anna.png", "Anna (2).png", "Anna (3).png"]
    assert [read_size(path) for path in written] == [(60, 40)] * 3
    assert [read_enlargement(path) for path in written] == ["2 times by a test"] * 3
    asked = [request for request in workers.asked if isinstance(request, EnlargeRequest)]
    assert [request.times for request in asked] == [2] * 3
    assert ("sharper" in dialog.notice.text) == warned


def test_a_damaged_portrait_is_not_enlarged_but_skipped_and_said(
    dialog: ExportDialog, session: Session, workers: ScriptedWorkers, loop: QEventLoop, until: Until
) -> None:
    (session.root / "portraits" / "b.png").write_bytes(b"no picture")
    workers.answers["enlarge"] = larger
    dialog.form.size_box.setCurrentIndex(dialog.form.size_box.findData(-4))
    ended: list[engine.Exported] = []
    dialog.exported.connect(ended.append)

    async def export() -> None:
        part(dialog, "exportStart").click()
        await until(lambda: ended)

    loop.run_until_complete(export())
    assert len(ended[0].written) == 2
    assert "b.png" in dialog.notice.text


def test_what_cannot_be_enlarged_ends_the_export_and_is_said(
    dialog: ExportDialog, workers: ScriptedWorkers, out: Path, loop: QEventLoop, until: Until
) -> None:
    workers.answers["enlarge"] = UserError("The device has too little memory.")
    dialog.form.size_box.setCurrentIndex(dialog.form.size_box.findData(-4))

    async def export() -> None:
        part(dialog, "exportStart").click()
        await until(lambda: dialog.notice.text == "The device has too little memory.")

    loop.run_until_complete(export())
    assert part(dialog, "exportStart").isVisible()
    assert not out.exists()


def test_enlarging_can_be_cancelled_and_leaves_nothing(
    dialog: ExportDialog, workers: ScriptedWorkers, out: Path, session: Session, loop: QEventLoop, until: Until
) -> None:
    def answered_too_late(request: EnlargeRequest) -> Enlarged:
        dialog.reject()
        return larger(request)

    workers.answers["enlarge"] = answered_too_late
    dialog.form.size_box.setCurrentIndex(dialog.form.size_box.findData(-2))
    notices: list[str] = []
    session.noticed.connect(notices.append)

    async def export() -> None:
        part(dialog, "exportStart").click()
        await until(lambda: notices)
        await session.settle()

    loop.run_until_complete(export())
    assert ["cancelled" in notice for notice in notices] == [True]
    assert len([request for request in workers.asked if isinstance(request, EnlargeRequest)]) == 1
    assert not out.exists()


def test_the_quality_shows_only_where_it_matters(dialog: ExportDialog) -> None:
    shown = {}
    for row in range(dialog.form.format_box.count()):
        dialog.form.format_box.setCurrentIndex(row)
        shown[dialog.form.format_box.currentData()] = dialog.form.quality.isVisible()
    assert shown == {"png": False, "jpeg": True, "webp": True, "tiff": False}


def test_the_folder_is_chosen_and_remembered(
    qtbot: QtBot, dialog: ExportDialog, page: GalleryPage, tmp_path: Path, session: Session
) -> None:
    part(dialog, "exportChoose").click()
    chooser = dialog.findChild(QFileDialog)
    assert isinstance(chooser, QFileDialog)
    chooser.fileSelected.emit(str(tmp_path / "other"))
    chooser.reject()
    dialog.form.format_box.setCurrentIndex(2)
    assert run(qtbot, dialog).written[0].parent == tmp_path / "other"
    assert session.settings.export_folder == tmp_path / "other"
    dialog.reject()
    page.actions_.export()
    again = page.actions_.export_dialog
    assert again is not None
    assert again.form.folder == tmp_path / "other"
    assert again.form.options().format == "webp"
    again.reject()


def test_a_folder_that_cannot_be_written_is_said_in_place_and_can_be_mended(
    qtbot: QtBot, dialog: ExportDialog, tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(b"")
    part(dialog, "exportFolder").setText(str(tmp_path / "file" / "inner"))
    part(dialog, "exportStart").click()
    qtbot.waitUntil(lambda: "Could not export" in dialog.notice.text)
    part(dialog, "exportFolder").setText("")
    part(dialog, "exportStart").click()
    assert "Choose a folder" in dialog.notice.text
    part(dialog, "exportFolder").setText(str(tmp_path / "fine"))
    assert len(run(qtbot, dialog).written) == 3
    assert dialog.notice.text == ""


def test_damaged_portraits_are_left_out_and_named(qtbot: QtBot, dialog: ExportDialog, session: Session) -> None:
    (session.root / "portraits" / "b.png").write_bytes(b"text")
    assert len(run(qtbot, dialog).written) == 2
    assert "Skipped 1 that could not be read" in dialog.notice.text
    assert "b.png" in dialog.notice.text


def test_nothing_but_damaged_portraits_is_an_error(qtbot: QtBot, dialog: ExportDialog, session: Session) -> None:
    for path in (session.root / "portraits").glob("*.png"):
        path.unlink()
    part(dialog, "exportStart").click()
    qtbot.waitUntil(lambda: "Nothing was exported" in dialog.notice.text)


def test_cancelling_stops_and_keeps_what_was_written(
    qtbot: QtBot, dialog: ExportDialog, page: GalleryPage, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, go_on, encode = threading.Event(), threading.Event(), engine.encode

    def slow(*values: Any) -> bytes | None:
        if reached.is_set():
            go_on.wait(10)
        reached.set()
        return encode(*values)

    monkeypatch.setattr(engine, "encode", slow)
    part(dialog, "exportStart").click()
    qtbot.waitUntil(lambda: part(dialog, "exportProgress").value() == 1)
    assert part(dialog, "exportSaid").text() == "1 of 3 exported"
    part(dialog, "exportCancel").click()
    go_on.set()
    qtbot.waitUntil(lambda: page.actions_.export_dialog is None)
    assert len(list(out.iterdir())) == 2


def test_closing_the_page_in_the_middle_stops_the_export(
    qtbot: QtBot, dialog: ExportDialog, page: GalleryPage, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, encode = threading.Event(), engine.encode

    def slow(*values: Any) -> bytes | None:
        reached.set()
        threading.Event().wait(0.05)
        return encode(*values)

    monkeypatch.setattr(engine, "encode", slow)
    part(dialog, "exportStart").click()
    assert reached.wait(5)
    page.close()
    assert len(list(out.glob("*.png"))) <= 2


def test_the_folder_opens_when_it_is_asked_for(
    qtbot: QtBot, dialog: ExportDialog, page: GalleryPage, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Path] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(Path(url.toLocalFile())) or True)
    run(qtbot, dialog)
    part(dialog, "exportShow").click()
    assert shown == [out]
    assert page.actions_.export_dialog is None


def test_a_folder_that_cannot_be_shown_is_said_and_the_dialog_stays(
    qtbot: QtBot, dialog: ExportDialog, page: GalleryPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: False)
    run(qtbot, dialog)
    part(dialog, "exportShow").click()
    assert page.actions_.export_dialog is dialog
    assert "No program" in dialog.notice.text


def test_the_result_strip_can_ask_to_export_one(page: GalleryPage, paint: Paint, session: Session) -> None:
    path = paint("a")
    page.export(path)
    dialog = page.actions_.export_dialog
    assert dialog is not None
    assert dialog.windowTitle() == "Export the portrait"
    dialog.reject()
    page.export(path.with_name("gone.png"))
    assert page.actions_.export_dialog is None
    assert "no longer in the gallery" in page.notice.text
