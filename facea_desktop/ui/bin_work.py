"""Moving people and portraits to the bin, and back, or erasing them: in a thread, then everyone is told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from facea_desktop.comparison.comparison_store import ComparisonStore
from facea_desktop.library.bin import Bin
from facea_desktop.library.bin_files import BinEntry
from facea_desktop.ui.formatting import counted
from facea_desktop.ui.session import Session
from facea_desktop.workers.bin_service import move_person_to_bin, restore_from_bin
from facea_desktop.workers.person_deletion import erase_binned

tr = QCoreApplication.translate


async def move_portraits_to_bin(
    session: Session, portraits: Sequence[Path], gone: Callable[[], object] = lambda: None
) -> None:
    """Move portraits with their stages; undoing it is offered.

    Args:
        gone: called before everyone is told.

    Raises:
        UserError: one could not be moved; those before are in the bin.
    """
    index = session.index

    def move() -> list[BinEntry]:
        try:
            return Bin(session.root).put_portraits(portraits)
        finally:
            index.forget(*[path for path in portraits if not path.exists()])

    try:
        moved = await asyncio.to_thread(move)
        gone()
    finally:
        for path in portraits:
            session.thumbnails.forget(path)
        session.portraits_erased()
        session.binChanged.emit()
    one, many = tr("Bin", "Portrait moved to the bin."), tr("Bin", "{} portraits moved to the bin.")
    _offer_undo(session, counted(len(moved), one, many), moved)


async def move_people_to_bin(session: Session, people: Sequence[str]) -> None:
    """Move people with their portraits; jobs about them are stopped before, and forgotten. Undoing it is offered.

    Raises:
        UserError: somebody could not be moved; those before are in the bin.
    """
    moved: list[BinEntry] = []
    try:
        for person in people:
            await stop_jobs_about(session, person)
            moved.append(await asyncio.to_thread(move_person_to_bin, session.root, person))
            await asyncio.to_thread(session.index.refresh_people)
    finally:
        session.people_changed()
        session.portraits_erased()
        session.binChanged.emit()
    many = tr("Bin", "{} people moved to the bin.")
    one = tr("Bin", "{name} moved to the bin.").format(name=moved[0].name or moved[0].person) if moved else ""
    _offer_undo(session, counted(len(moved), one, many), moved)


async def stop_jobs_about(session: Session, person: str) -> None:
    """Stop and forget every job that reads or changes somebody, comparisons of them among these.

    Raises:
        UserError: one does not stop.
    """
    names = [one.name for one in session.people() if one.id == person]
    store = ComparisonStore(session.root)
    folders = {str(one.folder) for name in names for one in await asyncio.to_thread(store.of, name)}
    await session.pool.forget([job.id for job in session.jobs.all() if job.subject in folders])
    await session.pool.forget_people([person], names)


async def restore_entries(session: Session, ids: Sequence[str]) -> None:
    """Bring entries of the bin back to where they were.

    Raises:
        UserError: one cannot come back; those before are back.
    """
    try:
        back = await asyncio.to_thread(restore_from_bin, session.root, ids)
    finally:
        session.people_changed()
        session.portraitsChanged.emit()
        session.restored.emit()
        session.binChanged.emit()
    session.noticed.emit(counted(len(back), tr("Bin", "Restored."), tr("Bin", "{} restored.")))


async def erase_entries(session: Session, entries: Sequence[BinEntry]) -> None:
    """Erase entries of the bin for good.

    Raises:
        UserError: the disk refuses; those before are erased.
    """
    pictures = [picture for entry in entries if (picture := Bin(session.root).picture(entry)) is not None]

    def erase() -> None:
        for entry in entries:
            erase_binned(session.root, entry)

    try:
        await asyncio.to_thread(erase)
    finally:
        for picture in pictures:
            session.thumbnails.forget(picture)
        session.people_changed()  # mixes may have another name
        session.binChanged.emit()
    session.noticed.emit(counted(len(entries), tr("Bin", "Permanently deleted."), tr("Bin", "{} permanently deleted.")))


def _offer_undo(session: Session, sentence: str, moved: Sequence[BinEntry]) -> None:
    ids = [entry.id for entry in moved]
    session.undoable.emit(sentence, lambda: session.start(restore_entries(session, ids)))
