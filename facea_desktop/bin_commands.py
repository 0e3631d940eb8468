"""The commands that delete, and those about the bin; as those of ``commands.py``, each returns what to print."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from facea_desktop.command_tools import Answer, open_library
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Observer

if TYPE_CHECKING:
    from facea_desktop.library.bin_files import BinEntry


def delete(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """Delete a person and all traces, or move them to the bin."""
    from facea_desktop.library.person_files import PERSON_ID
    from facea_desktop.workers.bin_service import find_in_bin, move_person_to_bin
    from facea_desktop.workers.person_deletion import delete_person, erase_binned

    library = open_library(root)
    by_id = PERSON_ID.fullmatch(args.person) and library.folder(args.person).exists()  # maybe a damaged one
    try:
        person = args.person if by_id else library.get(args.person).id
    except UserError:
        binned = [] if args.to_bin else [one for one in find_in_bin(root, args.person) if one.person is not None]
        if len(binned) != 1:
            raise
        erase_binned(root, binned[0])
        return {"deleted": binned[0].person, "how": "erased from the bin"}
    if args.to_bin:
        entry = move_person_to_bin(root, person)
        return {"deleted": person, "how": "moved to the bin; still on this disk until it is emptied", "bin": entry.id}
    left = 0 if args.portraits else len(library.portraits_of(person))
    delete_person(root, person, portraits=args.portraits)
    stays = f"; {left} of their portraits kept (--portraits erases them too)" if left else ""
    return {"deleted": person, "how": f"erased{stays}"}


def bin_list(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """What is in the bin, what was deleted last first."""
    from facea_desktop.library.bin import Bin

    open_library(root)
    return {"bin": [_binned(one) for one in Bin(root).entries()]}


def bin_restore(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """Put things from the bin back where they were."""
    from facea_desktop.workers.bin_service import find_in_bin, restore_from_bin

    open_library(root)
    chosen = []
    for key in args.ids:
        found = find_in_bin(root, key)
        if len(found) != 1:
            what = f"{len(found)} entries of the bin match" if found else "Nothing in the bin matches"
            raise UserError(f"{what} {key!r}. See 'facea-desktop bin list' for the ids.")
        chosen.append(found[0].id)
    return {"restored": [_binned(one) for one in restore_from_bin(root, chosen)]}


def bin_empty(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """Erase what is in the bin."""
    from facea_desktop.workers.bin_service import empty_bin

    open_library(root)
    return {"erased": len(empty_bin(root))}


def _binned(entry: BinEntry) -> Answer:
    return {
        "id": entry.id,
        "kind": "person" if entry.person is not None else "portrait",
        "person": entry.person,
        "name": entry.name,
        "portraits": [Path(place).name for place in entry.portraits],
        "deleted": entry.deleted.isoformat(timespec="seconds"),
    }
