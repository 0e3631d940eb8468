"""Whose turn it is in a batch of which several items are carried out at a time."""

from __future__ import annotations

import heapq
import threading
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from facea_desktop.domain.events import Observer, raise_if_stopped
from facea_desktop.domain.photo_requests import EnrolRequest
from facea_desktop.domain.requests import BatchItem, PortraitRequest

_POLL_S = 0.5
"""How soon a thread that waits for its turn notices that the batch was stopped."""


class Turns:
    """Hands out items in their order, each once what it builds on is over: that its people are made and tuned."""

    def __init__(self, items: Sequence[BatchItem], observer: Observer) -> None:
        self._observer = observer
        self._changed = threading.Condition()
        waits = waiting(items)
        self._waits_for = [len(before) for before in waits]
        self._frees: dict[int, list[int]] = defaultdict(list)
        for index, before in enumerate(waits):
            for one in before:
                self._frees[one].append(index)
        self._ready = [index for index, count in enumerate(self._waits_for) if not count]
        self._left = len(items)
        self._error: BaseException | None = None

    def run(self, do: Callable[[int], None], at_once: int) -> None:
        """Call ``do`` for every item, in this thread and as many others as ``at_once`` asks for.

        Raises:
            CancelledError: stopped.
            Exception: the first that ``do`` raised; no further item was begun after it.
        """

        def work() -> None:
            try:
                while (index := self._take()) is not None:
                    do(index)
                    self._over(index)
            except BaseException as error:  # noqa: BLE001 - raised below, in the thread of the batch
                self._fail(error)

        count = min(at_once, self._left)
        others = [threading.Thread(target=work, name=f"batch {number}") for number in range(1, count)]
        for thread in others:
            thread.start()
        work()
        for thread in others:
            thread.join()
        if self._error is not None:
            raise self._error

    def _take(self) -> int | None:
        """The next item whose turn it is; None where none is left to begin."""
        with self._changed:
            while self._left and self._error is None:
                raise_if_stopped(self._observer)
                if self._ready:
                    self._left -= 1
                    return heapq.heappop(self._ready)
                self._changed.wait(_POLL_S)
            return None

    def _over(self, index: int) -> None:
        with self._changed:
            for freed in self._frees.pop(index, ()):
                self._waits_for[freed] -= 1
                if not self._waits_for[freed]:
                    heapq.heappush(self._ready, freed)
            self._changed.notify_all()

    def _fail(self, error: BaseException) -> None:
        with self._changed:
            self._error = self._error or error
            self._changed.notify_all()


def waiting(items: Sequence[BatchItem]) -> list[set[int]]:
    """The items that each has to wait for: those before it that change its people, or that need them as they were.

    Args:
        items: they call the same person the same, as after ``with_ids``.
    """
    changed_by: dict[str, int] = {}
    needed_by: dict[str, list[int]] = defaultdict(list)
    found = []
    for index, item in enumerate(items):
        people = {key.casefold() for key in people_of(item)}
        before = {changed_by[person] for person in people if person in changed_by}
        for person in people:
            if isinstance(item, PortraitRequest):
                needed_by[person].append(index)
            else:
                before.update(needed_by.pop(person, ()))
                changed_by[person] = index
        found.append(before)
    return found


def with_ids(item: BatchItem, ids: Mapping[str, str]) -> BatchItem:
    """The item with the ids of people whom it calls by name.

    Args:
        ids: by the names in small letters; somebody who is still to be made keeps the name.
    """
    if isinstance(item, EnrolRequest):
        return item
    named = {"person": ids.get(item.person.casefold(), item.person)}
    if isinstance(item, PortraitRequest) and item.others:
        changed = [one.model_copy(update={"person": ids.get(one.person.casefold(), one.person)}) for one in item.others]
        return item.model_copy(update={**named, "others": tuple(changed)})
    return item.model_copy(update=named)


def people_of(item: BatchItem) -> list[str]:
    """Whom an item is about, as it calls them."""
    if isinstance(item, EnrolRequest):
        return [item.name]
    return list(item.people) if isinstance(item, PortraitRequest) else [item.person]
