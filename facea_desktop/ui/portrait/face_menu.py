"""The menu of a face on the canvas: who goes into it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu, QWidget

from facea_desktop.domain.permissions import ConsentEnded, NotTuned, OtherFamily
from facea_desktop.ui.portrait.face_assignments import FaceAssignments
from facea_desktop.ui.session import Session

tr = QCoreApplication.translate

LONGEST = 15
"""People in the menu; others are chosen in the library first."""


def face_menu(
    parent: QWidget,
    session: Session,
    cast: FaceAssignments,
    face: int,
    put: Callable[[str, int], None],
    empty: Callable[[int], None],
    say: Callable[[int], None],
) -> QMenu:
    """The people for a face, the chosen one first; those who cannot go into it say why.

    Args:
        put: called with the person and the face that were chosen.
        empty: called with the face, where it is to stay as it is.
        say: called with the face, where words of its own are wanted.
    """
    menu = QMenu(parent)
    menu.addAction(tr("FaceMenu", "Whose face goes here?")).setEnabled(False)
    menu.addSeparator()
    lead = session.selected
    lead_id = lead.id if lead is not None else None
    leader = lead if face != cast.lead else None
    people = sorted(session.people(), key=lambda one: (one.id == lead_id, one.created), reverse=True)
    for person in people[:LONGEST]:
        refusal = session.portrait_refusal(person, leader)
        note = tr("FaceMenu", " (at first sight)") if session.at_first_sight(person) else ""
        text = person.name.replace("&", "&&") + (_because(refusal) or note)
        menu.addAction(text, partial(put, person.id, face)).setEnabled(refusal is None)
    if lead_id is not None and face in (cast.lead, *cast.others):
        menu.addSeparator()
        menu.addAction(tr("FaceMenu", "Words for this face…"), partial(say, face))
    if cast.others and face in (cast.lead, *cast.others):
        menu.addAction(tr("FaceMenu", "Leave this face unchanged"), partial(empty, face))
    return menu


def fill_with_others(menu: QMenu, session: Session, person: str, choose: Callable[[str], None]) -> None:
    """Everybody of whom portraits can be made, the newest first, but for one person.

    Args:
        choose: called with the chosen person.
    """
    ready = [one for one in session.people() if session.portrait_refusal(one) is None and one.id != person]
    for other in sorted(ready, key=lambda one: one.created, reverse=True)[:LONGEST]:
        menu.addAction(other.name.replace("&", "&&"), partial(choose, other.id))


def _because(refusal: ConsentEnded | NotTuned | OtherFamily | None) -> str:
    match refusal:
        case NotTuned():
            return tr("FaceMenu", " (not tuned)")
        case ConsentEnded():
            return tr("FaceMenu", " (consent ended)")
        case OtherFamily():
            return tr("FaceMenu", " (tuned with other models)")
        case None:
            return ""
