"""Prompts that were used before, to be used again.

They are those of the portraits and jobs that there are: nothing else keeps them, so that they go with these.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.ui.session import Session

KEPT_PROMPTS = 50
_WIDTH = 420


def last_prompts(session: Session) -> list[str]:
    """The prompts used last, each once, the latest first."""
    jobs = sorted(session.jobs.of_kind(PortraitRequest), key=lambda job: job.created, reverse=True)
    queued = [job.request.prompt for job in jobs if isinstance(job.request, PortraitRequest) and not job.pictures]
    found = [*(prompt for prompt in queued if prompt), *session.index.prompts(KEPT_PROMPTS)]
    return list(dict.fromkeys(found))[:KEPT_PROMPTS]


def fill_with_prompts(menu: QMenu, prompts: list[str], use: Callable[[str], object], nothing: str) -> None:
    """Offer prompts, and no others, in a menu.

    Args:
        nothing: what it says where there are none.
    """
    menu.clear()
    for prompt in prompts:
        text = menu.fontMetrics().elidedText(" ".join(prompt.split()), Qt.TextElideMode.ElideRight, _WIDTH)
        menu.addAction(text.replace("&", "&&"), partial(use, prompt))
    if not prompts:
        menu.addAction(nothing).setEnabled(False)
