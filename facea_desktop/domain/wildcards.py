"""Wildcards in prompts: "{red|blue} hair" and "__hair__" draw other words for each picture, by its seed.

Curly brackets without a "|" keep their meaning as weights (``domain.prompt_weights``). A name stands for the lines of a
text file (``library.wildcard_files``). Options may hold wildcards themselves, and a share: "{3::red|blue}". A draw
depends on nothing but the seed, the wildcard as it is written and how often it stood there before, so that other words
of the prompt can be edited, and the same wildcard draws the same in every field.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.field_limits import longest
from facea_desktop.domain.requests import FaceAssignment, PortraitRequest, PromptTemplate

Lines = Callable[[str], Sequence[str] | None]
"""The lines that a name stands for, None where there is no such file."""

_NAME = re.compile(r"__([^\W_]+(?:[-_/][^\W_]+)*)__")
_SHARE = re.compile(r"\s*(\d{1,4}(?:\.\d{1,4})?)::")
_DEEPEST = 20
"""Files that name one another so often go in a circle."""
_MOST_VARIANTS = 100
_FIELDS = tuple(name for name in PromptTemplate.model_fields if name != "others")
"""Fields of a request that hold a text of their own."""


@dataclass(frozen=True)
class Unclosed:
    """A curly bracket with a "|" behind it does not close."""

    text: str


@dataclass(frozen=True)
class UnknownName:
    """There is no file of this name; ``near`` is one that is nearly called so, or empty."""

    name: str
    near: str


@dataclass(frozen=True)
class NoLines:
    """The file holds no words."""

    name: str


@dataclass(frozen=True)
class Circle:
    """The file leads back to itself."""

    name: str


Trouble = Unclosed | UnknownName | NoLines | Circle


@dataclass(frozen=True)
class _Choice:
    """Some options of which one is drawn, each with its share."""

    start: int
    end: int
    options: tuple[tuple[float, str], ...]


@dataclass(frozen=True)
class _Named:
    """A name between double underscores."""

    start: int
    end: int
    name: str


def has_wildcards(text: str) -> bool:
    """Whether something is to be drawn."""
    return bool(_wildcards(text))


def trouble_with(text: str, lines: Lines, known: Sequence[str] = ()) -> Trouble | None:
    """The first reason for which a text cannot be drawn, also if only some draws would meet it.

    Args:
        known: names of the files that there are, to suggest one.
    """
    return _trouble(text, lines, known, ())


def trouble_words(trouble: Trouble) -> str:
    """One line that says what is wrong and what to do."""
    match trouble:
        case Unclosed(text):
            return f"The bracket in “{text}” does not close; add a }} behind the last option."
        case UnknownName(name, near):
            meant = f"; did you mean __{near}__?" if near else f": add {name}.txt to your wildcards, one option a line."
            return f"There is no wildcard file for __{name}__{meant}"
        case NoLines(name):
            return f"The wildcard file {name}.txt is empty; write one option a line into it."
        case Circle(name):
            return f"The wildcard file {name}.txt leads back to itself; take __{name}__ out of the files it names."


def draw(text: str, seed: int, lines: Lines) -> str:
    """The text with words in the place of its wildcards.

    Raises:
        UserError: a wildcard cannot be drawn, see ``trouble_words``.
    """
    if not has_wildcards(text) and _unclosed(text) is None:
        return text
    return _tidy(_drawn(text, seed, lines, Counter(), 0))


def draw_request(request: PortraitRequest, lines: Lines) -> PortraitRequest:
    """The request for its first picture alone, drawn by its seed; what was drawn from goes along as its template.

    Raises:
        UserError: a wildcard cannot be drawn, or the words that were drawn are too many for a prompt.
    """
    one = request.model_copy(update={"count": 1})
    written = _texts(request)
    drawn = {name: text and draw(text, request.seed, lines) for name, text in written.items()}
    said = tuple(other.words for other in request.others)
    drawn_others = tuple(draw(words, request.seed, lines) for words in said)
    if (drawn, drawn_others) == (written, said):
        return one
    most = longest(PortraitRequest, "prompt")
    if any(len(text or "") > most for text in (*drawn.values(), *drawn_others)):
        raise UserError(f"The words drawn for seed {request.seed} make a prompt of more than {most} characters.")
    template = PromptTemplate.model_validate(written | {"others": said})
    return one.model_copy(update=drawn | {"others": _saying(request.others, drawn_others), "template": template})


def draw_requests(request: PortraitRequest, lines: Lines) -> list[PortraitRequest]:
    """The request for each of its pictures alone, as ``draw_request``; a scene that they share has one set of words.

    Raises:
        UserError: as ``draw_request``.
    """
    seeds = [(request.seed + index) % 2**32 for index in range(request.count)]
    if request.scene_seed is not None:
        drawn = draw_request(request.model_copy(update={"seed": request.scene_seed}), lines)
        return [drawn.model_copy(update={"seed": seed}) for seed in seeds]
    return [draw_request(request.model_copy(update={"seed": seed}), lines) for seed in seeds]


def request_has_wildcards(request: PortraitRequest) -> bool:
    """Whether some of the request's words are to be drawn."""
    texts = (*_texts(request).values(), *(other.words for other in request.others))
    return any(has_wildcards(text or "") for text in texts)


def restored_template(request: PortraitRequest) -> PortraitRequest | None:
    """The request with its wildcards in it again, None where it was drawn from none."""
    if request.template is None:
        return None
    written = {name: getattr(request.template, name) for name in _FIELDS}
    others = _saying(request.others, request.template.others)
    return request.model_copy(update=written | {"others": others, "template": None})


def _texts(request: PortraitRequest) -> dict[str, str | None]:
    return {name: getattr(request, name) for name in _FIELDS}


def _saying(others: Sequence[FaceAssignment], words: Sequence[str]) -> tuple[FaceAssignment, ...]:
    """The others of a portrait with other words; those whom none are given for keep theirs."""
    said = [one.model_copy(update={"words": text}) for one, text in zip(others, words, strict=False)]
    return (*said, *others[len(said) :])


def variants(text: str) -> tuple[str, ...]:
    """Texts in which every option of every choice stands at least once, letter for letter where it is in ``text``.

    Everything else of the wildcards is blank. They tell what a reader of words makes of each option.
    """
    return tuple(dict.fromkeys(_variant(text, index) for index in range(min(_count(text), _MOST_VARIANTS))))


def _count(text: str) -> int:
    choices = [each.options for each in _wildcards(text) if isinstance(each, _Choice)]
    return max((len(options) * max(_count(option) for _, option in options) for options in choices), default=1)


def _variant(text: str, index: int) -> str:
    made, at = "", 0
    for each in _wildcards(text):
        made += text[at : each.start]
        blank = " " * (each.end - each.start)
        if isinstance(each, _Choice):
            _, option = each.options[index % len(each.options)]
            place = _place(text, each, index % len(each.options))
            inner = _variant(option, index // len(each.options))
            blank = " " * (place - each.start) + inner + " " * (each.end - place - len(option))
        made, at = made + blank, each.end
    return made + text[at:]


def _place(text: str, choice: _Choice, index: int) -> int:
    """Where an option begins, behind its share."""
    begin = choice.start + 1
    for part in _parts(text[choice.start + 1 : choice.end - 1])[:index]:
        begin += len(part) + 1
    share = _SHARE.match(text, begin, choice.end - 1)
    return share.end() if share else begin


def _drawn(text: str, seed: int, lines: Lines, before: Counter[str], depth: int) -> str:
    open_bracket = _unclosed(text)
    if open_bracket is not None:
        raise UserError(trouble_words(Unclosed(open_bracket)))
    made, at = "", 0
    for each in _wildcards(text):
        source = text[each.start : each.end]
        options = each.options if isinstance(each, _Choice) else _lines_of(each.name, lines, depth)
        number = hashlib.sha256(f"{seed}\0{source}\0{before[source]}".encode()).digest()[:8]
        before[source] += 1
        option = _picked(options, int.from_bytes(number) / 2**64)
        made += text[at : each.start] + _drawn(option, seed, lines, before, depth + 1)
        at = each.end
    return made + text[at:]


def _lines_of(name: str, lines: Lines, depth: int) -> tuple[tuple[float, str], ...]:
    found = lines(name)
    if found is None:
        raise UserError(trouble_words(UnknownName(name, "")))
    if not found:
        raise UserError(trouble_words(NoLines(name)))
    if depth > _DEEPEST:
        raise UserError(trouble_words(Circle(name)))
    return tuple(map(_option, found))


def _picked(options: Sequence[tuple[float, str]], at: float) -> str:
    """The option at this part, 0 to 1, of all shares."""
    total = sum(share for share, _ in options)
    if total == 0:
        options, total = [(1.0, option) for _, option in options], len(options)
    reached = 0.0
    for share, option in options:
        reached += share
        if at * total < reached:
            return option
    return options[-1][1]


def _trouble(text: str, lines: Lines, known: Sequence[str], inside: tuple[str, ...]) -> Trouble | None:
    open_bracket = _unclosed(text)
    if open_bracket is not None:
        return Unclosed(open_bracket)
    for each in _wildcards(text):
        options: Sequence[str] | None
        way = inside
        if isinstance(each, _Named):
            if each.name in inside:
                return Circle(each.name)
            options, way = lines(each.name), (*inside, each.name)
            if options is None:
                near = get_close_matches(each.name, known, 1)
                return UnknownName(each.name, near[0] if near else "")
            if not options:
                return NoLines(each.name)
        else:
            options = [option for _, option in each.options]
        for option in dict.fromkeys(options):
            if (found := _trouble(option, lines, known, way)) is not None:
                return found
    return None


@lru_cache(maxsize=256)
def _wildcards(text: str) -> tuple[_Choice | _Named, ...]:
    """The outermost wildcards, in order."""
    found: list[_Choice | _Named] = [
        _Choice(begin, end + 1, tuple(map(_option, _parts(text[begin + 1 : end])))) for begin, end in _choices(text)
    ]
    for match in _NAME.finditer(text):
        if not any(choice.start < match.start() < choice.end for choice in found):
            found.append(_Named(match.start(), match.end(), match[1]))
    return tuple(sorted(found, key=lambda each: each.start))


def _choices(text: str) -> list[tuple[int, int]]:
    """Where the outermost curly brackets with a "|" of their own begin and end; a weight's may stand around them."""
    return _brackets(text)[0]


def _brackets(text: str) -> tuple[list[tuple[int, int]], int | None]:
    """``_choices``, and where the first curly bracket begins that has a "|" of its own and no end."""
    stack: list[list[int]] = []  # begin, and whether there is a "|" of its own
    closed: list[tuple[int, int]] = []
    for at, sign in _signs(text):
        if sign == "{":
            stack.append([at, 0])
        elif sign == "|" and stack:
            stack[-1][1] = 1
        elif sign == "}" and stack:
            begin, several = stack.pop()
            if several:
                closed = [(first, last) for first, last in closed if first < begin]
                closed.append((begin, at))
    return closed, next((begin for begin, several in stack if several), None)


def _unclosed(text: str) -> str | None:
    """What begins with a curly bracket that has options and no end; None where there is none."""
    begin = _brackets(text)[1]
    return None if begin is None else " ".join(text[begin : begin + 40].split())


def _parts(inner: str) -> list[str]:
    """The options as they are written."""
    depth, parts, begin = 0, [], 0
    for at, sign in _signs(inner):
        depth += {"{": 1, "}": -1, "|": 0}[sign]
        if sign == "|" and depth == 0:
            parts.append(inner[begin:at])
            begin = at + 1
    return [*parts, inner[begin:]]


def _signs(text: str) -> Iterator[tuple[int, str]]:
    """Brackets and bars, without those that a backslash stands before."""
    return ((at, sign) for at, sign in enumerate(text) if sign in "{|}" and text[at - 1 : at] != "\\")


def _option(written: str) -> tuple[float, str]:
    share = _SHARE.match(written)
    return (float(share[1]), written[share.end() :]) if share else (1.0, written)


def _tidy(text: str) -> str:
    """Without the gaps that empty options leave."""
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"\s+([,.;])", r"\1", text)
    return re.sub(r"(?:,\s*)+,", ",", text).strip(" ,")
