"""Carries out a plan, or says what it would do, and reports. The engine is loaded once there is something to do."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from facea_desktop.batch.batch_estimate import estimated_seconds
from facea_desktop.batch.batch_plan import Plan
from facea_desktop.batch.live_table import STATES, LiveTable
from facea_desktop.domain.atomic_files import disk_trouble, target_file, write_atomically
from facea_desktop.domain.errors import CancelledError, UserError
from facea_desktop.domain.events import ItemEnded, Observer, recording
from facea_desktop.domain.photo_requests import EnrolRequest
from facea_desktop.domain.requests import BatchItem, BatchRequest, TuneRequest
from facea_desktop.terminal import duration_words

if TYPE_CHECKING:
    from facea_desktop.cluster.targets import BatchExecutor

Answer = dict[str, Any]


@dataclass(frozen=True)
class BatchReport:
    """What became of a batch.

    Attributes:
        answer: for people and programs.
        trouble: one line where not everything was done, else empty.
    """

    answer: Answer
    trouble: str


def dry_run(
    executor: BatchExecutor, plan: Plan, root: Path, out: Path | None, *, on_workers: bool = False
) -> BatchReport:
    """What the batch would do and how long that would take; nothing is changed.

    Args:
        on_workers: whether it would run on several, of whose speed nothing is known.
    """
    rows, left = _what_is_left(executor, plan, out) if plan.entries else ([], [])
    seconds = estimated_seconds(root, left)
    takes = f"about {duration_words(seconds)}" if seconds is not None else _NOT_KNOWN
    if seconds and on_workers:
        takes += " one after the other on this computer; how much less on the workers is not known"
    answer = {
        "entries": rows,
        "to_do": len([row for row in rows if row["state"] != STATES["there"]]),
        "there": len([row for row in rows if row["state"] == STATES["there"]]),
        "pictures": sum(one.count for one in left if one.kind == "portrait"),
        "estimated_seconds": seconds and round(seconds),
        "takes": takes,
        "problems": _problems(plan),
    }
    return BatchReport(answer, _trouble(plan, len(plan.problems), "would be done"))


def _what_is_left(executor: BatchExecutor, plan: Plan, out: Path | None) -> tuple[list[Answer], list[BatchItem]]:
    from facea_desktop.engine.batch_service import state_of, unique_names
    from facea_desktop.engine.batch_turns import with_ids
    from facea_desktop.engine.portrait_saving import SavedPortraits

    manager = executor.manager
    saved = SavedPortraits(out or manager.library.portraits)
    rows, left = [], list[BatchItem]()
    ids = unique_names({person.id: person.name for person in manager.library.people()})
    for entry, title in zip(plan.entries, _titles(executor, plan), strict=True):
        todo: Sequence[BatchItem] = (entry.request,)
        with suppress(UserError):  # about somebody who is still to be made
            todo = state_of(manager, with_ids(entry.request, ids), saved).left
        left += todo
        rows.append({"line": entry.line, "what": title, "state": _would(entry.request) if todo else STATES["there"]})
    return rows, left


_NOT_KNOWN = "not known: nothing like it was done on this computer yet"


def run_plan(
    executor: BatchExecutor, plan: Plan, observer: Observer, out: Path | None, report: Path | None, *, stages: bool
) -> BatchReport:
    """Carry out a plan; what has failed is in the report, and the rest is done.

    Args:
        out: where portraits are saved; None is the gallery.
        report: a file for the answer as JSON.

    Raises:
        CancelledError: stopped; the report is written all the same, and the same batch goes on from there.
        UserError: there is nothing to do, or the disk refuses.
    """
    if report is not None:
        target_file(report)  # before hours of work
    titles = _titles(executor, plan) if plan.entries else []
    ended: list[ItemEnded] = []
    stopped = None
    if plan.entries:
        table = LiveTable(titles, [entry.line for entry in plan.entries])
        recorder, ended = recording(replace(observer, emit=table), ItemEnded)
        request = BatchRequest(items=tuple(entry.request for entry in plan.entries))
        try:
            executor.execute(request, recorder, portraits=out, stages=stages)
        except CancelledError as error:
            stopped = error
        table.close(stopped=stopped is not None)
    answer = _report(plan, titles, ended)
    if report is not None:
        with disk_trouble(f"save {report}"):
            write_atomically(target_file(report), json.dumps(answer, indent=2).encode(), shared=True)
    if stopped is not None:
        raise stopped
    failed = answer["failed"] + len(plan.problems)
    return BatchReport(answer, _trouble(plan, failed, "was done"))


def _report(plan: Plan, titles: Sequence[str], ended: Sequence[ItemEnded]) -> Answer:
    counts = Counter(one.state for one in ended)
    entries = [
        {
            "line": plan.entries[one.index].line,
            "what": titles[one.index],
            "state": STATES[one.state],
            "seconds": round(one.seconds, 1),
            "pictures": [str(picture) for picture in one.pictures],
            "error": one.error,
        }
        for one in ended
    ]
    waiting = len(plan.entries) - len(ended)
    seconds = sum(one.seconds for one in ended)
    return {
        "done": counts["done"],
        "there": counts["there"],
        "skipped": counts["skipped"],
        "failed": counts["failed"],
        "not_done": waiting,
        "pictures": sum(len(one.pictures) for one in ended),
        "seconds": round(seconds, 1),
        "entries": entries,
        "problems": _problems(plan),
    }


def _problems(plan: Plan) -> list[Answer]:
    return [{"line": problem.line, "problem": problem.message} for problem in plan.problems]


def _trouble(plan: Plan, count: int, done: str) -> str:
    if not count:
        return ""
    if not plan.entries:
        first, *more = plan.problems
        rest = f" (and {len(more)} more, as the list says)" if more else ""
        return f"Nothing {done}: {first.place}{first.message}{rest}"
    return f"{count} {'entry' if count == 1 else 'entries'} could not be used, as the list says; the rest {done}."


def _would(item: BatchItem) -> str:
    if isinstance(item, EnrolRequest):
        return "to be added"
    return "to be tuned" if isinstance(item, TuneRequest) else "to be painted"


def _titles(executor: BatchExecutor, plan: Plan) -> list[str]:
    from facea_desktop.engine.batch_service import item_title

    names = {person.id: person.name for person in executor.manager.library.people()}
    return [item_title(entry.request, names) for entry in plan.entries]


def for_people(answer: Answer) -> Answer:
    """The answer with a line for each entry that matters: all of a dry run, else those that failed."""
    entries = [one for one in answer["entries"] if "error" not in one or one["error"]]
    listed = {}
    for number, one in enumerate(entries, 1):
        place = f"{number}. line {one['line']}" if one["line"] else f"{number}."
        listed[place] = f"{one['what']}: {one.get('error') or one['state']}"
    problems: dict[str, str] = {}
    for one in answer["problems"]:
        key = f"line {one['line']}" if one["line"] else "left out"
        problems[key] = f"{problems[key]} {one['problem']}" if key in problems else one["problem"]
    shown = {name: value for name, value in answer.items() if name not in ("entries", "problems", "estimated_seconds")}
    named = "failed_entries" if "done" in answer else "entries"
    return {named: [listed] if listed else []} | {"problems": [problems] if problems else []} | shown
