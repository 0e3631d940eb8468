"""Portraits, and grids of them, of somebody who is being tuned wait until there are weights to paint with."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from facea_desktop.domain.requests import BatchRequest, PortraitRequest, Request
from facea_desktop.library.person_files import read_manifest
from facea_desktop.workers.job import Job, JobState


def tuning_ahead(job: Job, tunings: Iterable[Job], people: Path) -> Job | str | None:
    """The tuning that a waiting portrait or grid waits for, or a sentence that says why none will come; else None.

    A tuning that was interrupted when the program closed is waited for, as it can be resumed. Nobody's weights are
    waited for who has some already, or in whose name the queue has no tuning: the engine says what is wrong with them.

    Args:
        tunings: of the queue, running, waiting and ended.
        people: the folder of the library's people.
    """
    if job.state is not JobState.WAITING or not _paints_the_tuned(job.request):
        return None
    for person in sorted(job.people):
        about = sorted((one for one in tunings if person in one.people), key=lambda one: one.created)
        coming = next((one for one in about if not one.state.ended), about[-1] if about else None)
        if coming is None or coming.state is JobState.DONE or _is_tuned(people / person):
            continue
        if coming.state is JobState.FAILED:
            return f"Not painted, as “{coming.title}” failed. Tune again, then try again."
        if coming.state is JobState.CANCELLED:
            return f"Not painted, as “{coming.title}” was stopped too early. Resume it, then try again."
        return coming
    return None


def _paints_the_tuned(request: Request) -> bool:
    """Whether it paints people with their weights, and neither makes nor tunes them itself."""
    items = request.items if isinstance(request, BatchRequest) else (request,)
    portraits = [item for item in items if isinstance(item, PortraitRequest)]
    return len(portraits) == len(items) and any(item.identity for item in portraits)


def _is_tuned(folder: Path) -> bool:
    """Whether there are weights; somebody who cannot be read is left to the engine."""
    try:
        return read_manifest(folder).state == "ready"
    except (OSError, ValueError):
        return True
