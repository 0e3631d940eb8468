"""Batches: carries out the items of a BatchRequest, and leaves out what is there already."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from facea_desktop.domain.atomic_files import shown_name
from facea_desktop.domain.errors import CancelledError, OtherSettingsError, UserError, WorkerLostError
from facea_desktop.domain.events import (
    DeviceSelected,
    Event,
    ItemEnded,
    ItemStarted,
    Observer,
    Painted,
    Preview,
    Progress,
    Warned,
    recording,
)
from facea_desktop.domain.outcomes import BatchMade, Outcome, PersonMade
from facea_desktop.domain.overall_progress import OverallProgress
from facea_desktop.domain.people import Profile
from facea_desktop.domain.photo_requests import EnrolRequest
from facea_desktop.domain.requests import BatchItem, BatchRequest, PortraitRequest, TuneRequest
from facea_desktop.engine.assigned_faces import assigned_faces, distinct_pictures, single_requests
from facea_desktop.engine.batch_turns import Turns, people_of, with_ids
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.engine.portrait_saving import SavedPortraits
from facea_desktop.library.person_files import LAST
from facea_desktop.models.catalogue import Family

CarryOut = Callable[[BatchItem, Observer], Outcome]

_TITLE = 60
"""Characters of a prompt in a title."""
_TRIES = 3
"""How often an item is begun whose workers are lost: one that brings every worker down is given up."""
_ENROLLING = 30
"""Units of work (see ``OverallProgress``) of making a person of a photo."""


@dataclass(frozen=True)
class ItemState:
    """What there is of an item, and what is left to do.

    Attributes:
        left: requests to carry out; none where everything is there.
        pictures: portraits that are there.
    """

    left: tuple[BatchItem, ...]
    pictures: tuple[Path, ...] = ()


def run_batch(
    manager: ModelManager,
    request: BatchRequest,
    observer: Observer,
    carry_out: CarryOut,
    portraits: Path,
    at_once: int = 1,
) -> BatchMade:
    """Carry out what is left of each item; one that fails is said, and the next one begins.

    ``observer.finish`` leaves out the rest of the item at hand.

    Args:
        carry_out: of one request; called in so many threads, this one among them, and raising WorkerLostError where
            the request is to be carried out once more.
        portraits: where they are saved, and looked for.
        at_once: items under way at a time. A person is never changed while another item is about them.

    Raises:
        CancelledError: stopped; the same request goes on from there.
    """
    observer = _one_at_a_time(observer)
    saved = SavedPortraits(portraits)
    names = {person.id: person.name for person in manager.library.people()}
    ids = unique_names(names)  # by which people are found at once, while a name is compared with everybody's
    items = [with_ids(item, ids) for item in request.items]
    coming = {one.name.casefold() for one in items if isinstance(one, EnrolRequest)} - ids.keys()
    to_tune = {one.person.casefold() for one in items if isinstance(one, TuneRequest)}
    states: list[ItemState | None] = []
    for item in items:
        states.append(None)
        if coming.isdisjoint(key.casefold() for key in people_of(item)) or isinstance(item, EnrolRequest):
            with suppress(UserError):  # it is said when it is their turn
                states[-1] = state_of(manager, item, saved, to_tune)
    units = [
        sum(_units(manager, one) for one in ((item,) if state is None else state.left))
        for item, state in zip(items, states, strict=True)
    ]
    progress = OverallProgress(observer, "working", sum(units), 0)
    counts: Counter[str] = Counter()

    def noting_ids(item: BatchItem, observer: Observer) -> Outcome:
        outcome = carry_out(item, observer)
        if isinstance(item, EnrolRequest) and isinstance(outcome, PersonMade):
            ids[item.name.casefold()], names[outcome.person] = outcome.person, item.name
            to_tune.update([outcome.person] if item.name.casefold() in to_tune else [])
        return outcome

    def do(index: int) -> None:
        item = with_ids(items[index], ids)
        observer.emit(ItemStarted(index))
        part = progress.part(units[index], item_title(item, names), passed_on=(Painted, Preview, DeviceSelected))
        ended = _carried_out(manager, index, item, states[index], saved, to_tune, noting_ids, part)
        observer.finish.clear()  # it was about this item, also where it came too late
        observer.emit(ended)
        counts[ended.state] += 1
        progress.add(units[index])

    Turns(items, observer).run(do, at_once)
    return BatchMade(counts["done"], counts["there"], counts["skipped"], counts["failed"])


def unique_names(names: Mapping[str, str]) -> dict[str, str]:
    """The ids of people by their names in small letters, of those whose name nobody shares.

    Args:
        names: by id.
    """
    shared = Counter(name.casefold() for name in names.values())
    return {name.casefold(): person for person, name in names.items() if shared[name.casefold()] == 1}


def item_title(item: BatchItem, names: Mapping[str, str]) -> str:
    """What an item is called where it has to be told from the others: "Anna: a woman smiling", "Anna: holiday.jpg".

    Args:
        names: of people by id.
    """
    match item:
        case EnrolRequest(name=name):
            return f"{name}: {len(item.photos)} photos"
        case TuneRequest(person=person):
            return f"{names.get(person, person)}: tuning"
        case PortraitRequest(person=person, picture=picture):
            words = " ".join((item.prompt or item.face_prompt or "").split())
            what = shown_name(picture) if picture is not None else words[:_TITLE] or "portrait"
            return f"{names.get(person, person)}: {what}"


def state_of(manager: ModelManager, item: BatchItem, saved: SavedPortraits, to_tune: Collection[str] = ()) -> ItemState:
    """What there is of an item already, by what it asks for.

    Args:
        to_tune: people whom the batch tunes first; if that fails, they are not painted after their photos alone.

    Raises:
        UserError: it cannot be carried out as things are now.
    """
    match item:
        case EnrolRequest():
            there = any(person.name.casefold() == item.name.casefold() for person in manager.library.people())
            return ItemState(() if there else (item,))
        case TuneRequest():
            profile = manager.library.get(item.person)
            return ItemState(() if _is_tuned(profile, item) else (item.model_copy(update={"person": profile.id}),))
        case PortraitRequest():
            assigned = assigned_faces(manager, item, to_tune)
            singles = single_requests(manager, assigned, distinct_pictures(assigned, item))
            found = {index: path for index, one in enumerate(singles) if (path := saved.find(one)) is not None}
            left = tuple(one for index, one in enumerate(singles) if index not in found)
            return ItemState(left, tuple(found.values()))


def _is_tuned(profile: Profile, item: TuneRequest) -> bool:
    tuning = profile.fitting_tuning
    return tuning is not None and (tuning.recipe, tuning.seed) == (item.recipe, item.seed)


def _carried_out(
    manager: ModelManager,
    index: int,
    item: BatchItem,
    state: ItemState | None,
    saved: SavedPortraits,
    to_tune: Collection[str],
    carry_out: CarryOut,
    outer: Observer,
) -> ItemEnded:
    began = time.monotonic()
    inner, painted = recording(_skippable(outer), Painted)
    before: tuple[Path, ...] = ()

    def ended(how: str, error: str | None = None) -> ItemEnded:
        pictures = (*before, *(one.path for one in painted))
        return ItemEnded(index, how, time.monotonic() - began, pictures, error)  # type: ignore[arg-type]

    try:
        state = state or state_of(manager, item, saved, to_tune)
        before = state.pictures
        for number, one in enumerate(state.left):
            carry_out_again(manager, one, carry_out, _share(inner, number, len(state.left)))
    except UserError as error:
        return ended("failed", str(error))
    except CancelledError:
        if outer.stop.is_set():
            raise
        return ended("skipped")
    return ended("done" if state.left else "there")


def carry_out_again(
    manager: ModelManager, one: BatchItem, carry_out: CarryOut, observer: Observer, *, resume: bool = True
) -> Outcome:
    """Carry out an item, once more where the worker is lost; a tuning goes on from the last checkpoint there is.

    Args:
        resume: whether the first attempt does so, too.

    Raises:
        WorkerLostError: again and again.
    """
    for left in reversed(range(_TRIES)):
        try:
            return _carry_out(manager, one, carry_out, observer) if resume else carry_out(one, observer)
        except WorkerLostError as error:
            if not left:
                raise
            observer.emit(Warned(f"{error} It is begun again."))
            resume = True
    raise AssertionError


def _carry_out(manager: ModelManager, one: BatchItem, carry_out: CarryOut, observer: Observer) -> Outcome:
    if isinstance(one, TuneRequest) and (manager.library.folder(one.person) / "checkpoints" / LAST).is_file():
        with suppress(OtherSettingsError):  # then from the start
            return carry_out(one.model_copy(update={"resume": True}), observer)
    return carry_out(one, observer)


def _share(observer: Observer, number: int, count: int) -> Observer:
    """Tells the progress of one of so many equal parts as that of their whole."""

    def emit(event: Event) -> None:
        if isinstance(event, Progress):
            event = Progress(number * event.total + event.step, count * event.total, None)
        observer.emit(event)

    return replace(observer, emit=emit)


def _one_at_a_time(observer: Observer) -> Observer:
    lock, said = threading.RLock(), set[str]()

    def emit(event: Event) -> None:
        with lock:
            if isinstance(event, Warned) and event.about in ("first sight", "tuned for earlier models"):
                message = event.message.removeprefix(f"{event.item}: ")
                if message in said:
                    return
                said.add(message)
            observer.emit(event)

    return replace(observer, emit=emit)


class _StopOrSkip(threading.Event):
    """Set when either of two others is."""

    def __init__(self, stop: threading.Event, skip: threading.Event) -> None:
        super().__init__()
        self._either = (stop, skip)

    def is_set(self) -> bool:
        """Whether the item is to be left."""
        return any(event.is_set() for event in self._either)


def _skippable(observer: Observer) -> Observer:
    return Observer(observer.emit, _StopOrSkip(observer.stop, observer.finish))


def _units(manager: ModelManager, item: BatchItem) -> int:
    """How much work an item is, in passes through a UNet; a guess where its person is not there yet."""
    match item:
        case EnrolRequest():
            return _ENROLLING * len(item.photos)
        case TuneRequest(recipe=recipe):
            measurements = 1 + (recipe.steps // recipe.measure_every if recipe.measure_every else 0)
            return 6 * recipe.batch * recipe.steps + 2 * measurements * _family(manager, item.person).steps
        case PortraitRequest():
            return 2 * _family(manager, item.person).denoising_steps(item)


def _family(manager: ModelManager, person: str) -> Family:
    """The models of a person, who may be still to be made."""
    with suppress(UserError):
        return manager.family(manager.library.get(person).family)
    return manager.models.active_family()
