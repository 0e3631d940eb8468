"""Saves the pictures of a grid as one labelled sheet."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from facea_desktop.domain.events import ItemEnded
from facea_desktop.domain.requests import BatchRequest
from facea_desktop.library.contact_sheet import FORMATS, save_sheet
from facea_desktop.library.portrait_export import safe_name
from facea_desktop.ui.file_dialogs import remember
from facea_desktop.ui.session import Session
from facea_desktop.workers.job import Job

tr = QCoreApplication.translate


def save_sheet_of(session: Session, job: Job, parent: QWidget) -> None:
    """Ask where the sheet of a grid goes, and save it there."""
    dialog = QFileDialog(parent, tr("Sheets", "Save contact sheet"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters([tr("Sheets", "Pictures ({0})").format("*.png *.jpg *.jpeg")])
    remember(dialog, session.root, "exports")
    dialog.selectFile(f"{safe_name(job.title)}.png")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda file: session.start(write_sheet(session, job, Path(file))))
    dialog.open()


async def write_sheet(session: Session, job: Job, path: Path) -> None:
    """Write the sheet of a grid; a name without an ending gets one.

    Raises:
        UserError: the ending is of no format, or the disk refuses.
    """
    assert isinstance(job.request, BatchRequest)
    assert job.request.grid is not None
    path = path if path.suffix else path.with_suffix(next(iter(FORMATS)))
    made = {event.index: event.pictures for event in session.jobs.history(job.id) if isinstance(event, ItemEnded)}
    pictures = [next(iter(made.get(index, ())), None) for index in range(len(job.request.items))]
    names = {person.id: person.name for person in session.people()}
    await asyncio.to_thread(save_sheet, path, job.request.grid, pictures, names)
    session.noticed.emit(tr("Sheets", "Saved as {0}.").format(path.name))
