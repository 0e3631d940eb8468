"""Asking for larger copies of pictures; they are made in the queue and come into the gallery."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import get_args

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu

from facea_desktop.domain.requests import EnlargeRequest
from facea_desktop.ui.job_text import job_title
from facea_desktop.ui.session import Session

tr = QCoreApplication.translate
FACTORS: tuple[int, ...] = get_args(EnlargeRequest.model_fields["times"].annotation)


def fill_enlarge_menu(menu: QMenu, session: Session, pictures: Sequence[tuple[Path, str]]) -> None:
    """Put in how many times pictures can be enlarged.

    Args:
        pictures: each with the id of its person, empty where it has none.
    """
    for times in FACTORS:
        menu.addAction(tr("Enlarge", "{} times").format(times), partial(_submit, session, pictures, times))


def _submit(session: Session, pictures: Sequence[tuple[Path, str]], times: int) -> None:
    names = {person.id: person.name for person in session.people()}
    for path, person in pictures:
        request = EnlargeRequest.model_validate({"picture": path, "times": times, "person": person or None})
        session.submit(request, job_title(request, names.get(person, path.name)))
