"""What a batch is to do: the entries of its file as requests, checked against the library, with their words drawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from facea_desktop.batch.batch_file import BatchFile, Entry, PersonEntry, Problem, expanded
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.field_limits import longest
from facea_desktop.domain.people import Consent, Profile
from facea_desktop.domain.permissions import portrait_refusal, tuning_refusal
from facea_desktop.domain.photo_requests import EnrolRequest
from facea_desktop.domain.requests import PortraitRequest, TuneRequest
from facea_desktop.domain.styles import OwnStyle, with_style
from facea_desktop.domain.wildcards import draw_requests, request_has_wildcards
from facea_desktop.engine.refusal_errors import require
from facea_desktop.library.id_library import Library
from facea_desktop.library.own_styles import OwnStyles
from facea_desktop.library.wildcard_files import FOLDER, WildcardFiles
from facea_desktop.models.catalogue import Family
from facea_desktop.models.model_store import ModelStore


@dataclass(frozen=True)
class Plan:
    """What can be done, in order, and what cannot.

    Attributes:
        families: names of those whose models it takes.
    """

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    families: frozenset[str] = frozenset()


def plan_batch(file: BatchFile, path: Path, root: Path) -> Plan:
    """The requests of a file: people first, then portraits.

    Args:
        path: of the file; paths and wildcards are looked for beside it.
        root: the data folder.
    """
    library, models, own_styles = Library(root), ModelStore(root), OwnStyles(root)
    entries: list[Entry] = []
    problems = list(file.problems)
    families: set[str] = set()
    coming: set[str] = set()
    called: dict[str, list[Profile]] = defaultdict(list)
    for profile in library.people():
        called[profile.name.casefold()].append(profile)
    for line, person in file.people:
        try:
            there = _only(person.name, called)
            requests = _person_requests(person, path.parent, there, models)
        except UserError as error:
            problems.append(Problem(line, str(error)))
        else:
            entries += [Entry(line, request) for request in requests]
            families |= {there.family if there is not None else models.active_family().name} if requests else set()
            coming |= {person.name.casefold()} if person.tune else set()
    drawing = WildcardFiles(path.parent, path.parent / FOLDER, root / FOLDER, own=dict(file.wildcards))
    said: set[tuple[int, str]] = set()

    @cache
    def person_of(key: str) -> Profile:
        return _only(key, called) or library.get(key)

    for entry in file.portraits:
        assert isinstance(entry.request, PortraitRequest)
        try:
            _check_people(entry.request, person_of, coming, models)
            asked = _styled(entry.request, entry.style, own_styles) if entry.style else entry.request
            family = _family_of(asked.person, person_of, coming, models)
            models.check_scene(family, asked)
            entries += [Entry(entry.line, request) for request in _drawn(asked, drawing)]
            families.add(family.name)
        except UserError as error:
            if (entry.line, str(error)) not in said:
                problems.append(Problem(entry.line, str(error)))
            said.add((entry.line, str(error)))
    return Plan(tuple(entries), tuple(sorted(problems, key=lambda problem: problem.line)), frozenset(families))


def _person_requests(
    person: PersonEntry, folder: Path, there: Profile | None, models: ModelStore
) -> list[EnrolRequest | TuneRequest]:
    """Enrol who is not there, tune who is not tuned so.

    Args:
        there: the person, where the library has them.

    Raises:
        UserError: photos or facts are missing, there is no such preset, or the person may not be tuned.
    """
    requests: list[EnrolRequest | TuneRequest] = []
    if there is None:
        if not person.photos:
            raise UserError(f"{person.name} is not in the library; name photos of the person.")
        if person.subject is None:
            raise UserError(f'say of {person.name} whether subject = "man" or "woman".')
        photos = tuple(path for written in person.photos for path in expanded(written, folder))
        consent = Consent(kind=person.consent, until=person.until)
        requests.append(EnrolRequest(name=person.name, subject=person.subject, photos=photos, consent=consent))
    if not person.tune:
        return requests
    given = person.preset is not None or person.steps is not None
    if there is not None:
        require(tuning_refusal(there))
        if there.state == "ready" and not given:
            return requests
    family = models.active_family() if there is None else models.family(there.family)
    recipe = family.recipe(person.preset, person.steps)
    requests.append(TuneRequest(person=person.name if there is None else there.id, recipe=recipe, seed=person.seed))
    return requests


def _only(name: str, called: Mapping[str, Sequence[Profile]]) -> Profile | None:
    """The person who is called so, None where nobody is.

    Args:
        called: people by their names in small letters.

    Raises:
        UserError: more than one is.
    """
    found = called.get(name.casefold(), ())
    if len(found) > 1:
        raise UserError(f"{name!r} matches {len(found)} people: {', '.join(one.id for one in found)}. Give the id.")
    return found[0] if found else None


def _check_people(
    request: PortraitRequest, person_of: Callable[[str], Profile], coming: set[str], models: ModelStore
) -> None:
    """See that everybody of a portrait can be painted, or will be tuned by then.

    Raises:
        UserError: somebody cannot.
    """
    for key in request.people:
        if key.casefold() not in coming:
            person = person_of(key)
            first_sight = request.checkpoint is None and models.at_first_sight(person)
            require(portrait_refusal(person, identity=request.identity, at_first_sight=first_sight))


def _styled(request: PortraitRequest, name: str, own_styles: OwnStyles) -> PortraitRequest:
    """The request in a style.

    Raises:
        UserError: there is no such style, or no room for its words.
    """
    style = own_styles.named(name)
    prompt = with_style(request.prompt, style.words)
    if len(prompt) > (most := longest(PortraitRequest, "prompt")):
        raise UserError(f"With the style {style.title} the prompt has more than {most} characters; shorten it.")
    return request.model_copy(
        update={"prompt": prompt, "style_lora": style.lora if isinstance(style, OwnStyle) else None}
    )


def _family_of(key: str, person_of: Callable[[str], Profile], coming: set[str], models: ModelStore) -> Family:
    return models.active_family() if key.casefold() in coming else models.family(person_of(key).family)


def _drawn(request: PortraitRequest, files: WildcardFiles) -> list[PortraitRequest]:
    drawn = draw_requests(request, files.lines)  # a bracket that does not close is said
    return drawn if request_has_wildcards(request) else [request]
