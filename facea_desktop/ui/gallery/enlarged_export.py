"""Exporting larger copies of portraits, which are kept in memory until they are written."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.outcomes import Enlarged
from facea_desktop.domain.requests import EnlargeRequest
from facea_desktop.library.photo_reader import read_picture
from facea_desktop.library.portrait_export import Exported, ExportOptions, Noted, export_portraits
from facea_desktop.ui.session import Session


@dataclass
class EnlargedExport(Exported):
    """What became of it.

    Attributes:
        no_sharper: how many copies show no more than plain enlarging does.
    """

    no_sharper: int = 0


async def export_enlarged(
    session: Session,
    portraits: Sequence[tuple[Path, str]],
    times: int,
    folder: Path,
    options: ExportOptions,
    noted: Mapping[Path, Noted],
    told: Callable[[int], None],
) -> EnlargedExport:
    """Enlarge and export one portrait after the other.

    Args:
        portraits: files and names without ending.
        told: receives how many are done.

    Raises:
        UserError: the disk refuses, or there is too little memory; what was written until then stays.
    """
    exported = EnlargedExport()
    for done, (path, name) in enumerate(portraits, 1):
        try:
            await asyncio.to_thread(read_picture, path)
        except UserError:
            exported.unreadable.append(path)
        else:
            wanted = {"picture": path, "times": times, "save": False}
            larger = await session.ask(EnlargeRequest.model_validate(wanted))
            assert isinstance(larger, Enlarged)
            made = await asyncio.to_thread(
                export_portraits, [(path, name)], folder, options, noted=noted, enlarged={path: larger}
            )
            exported.written += made.written
            exported.no_sharper += not larger.sharper
        told(done)
    return exported
