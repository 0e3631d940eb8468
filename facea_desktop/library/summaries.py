"""People and portraits as lists show them, and what lists ask for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from facea_desktop.domain.faces import Subject
from facea_desktop.domain.people import Consent


@dataclass(frozen=True, slots=True)
class PersonSummary:
    """A person as lists show them.

    Attributes:
        likeness: the best of the curve.
        thumbnail: the crop of the first reference.
        mixed: an attribute came from somebody else.
        consent_until: the last day of the consent to portray.
        consent_over: it was seen to have ended, whatever the clock says now.
    """

    id: str
    name: str
    subject: Subject
    family: str
    state: Literal["ready", "not tuned"]
    created: datetime
    likeness: float | None
    thumbnail: Path | None
    mixed: bool
    consent_until: date | None
    tuned_step: int | None
    consent_over: bool = False

    @property
    def has_photos(self) -> bool:
        """Whether there are reference photos."""
        return self.thumbnail is not None

    @property
    def consent_ended(self) -> bool:
        """Whether there was a consent that is over."""
        return Consent(until=self.consent_until, over=self.consent_over).ended


@dataclass(frozen=True)
class PortraitSummary:
    """A portrait as the gallery shows it.

    Attributes:
        person: id, empty where the picture carries no request.
        person_name: empty where nobody with that id is in the library.
        rating: stars, 0 being none given, -1 that it was rejected.
        context, mask: the stages beside it.
        times: how many times it was enlarged, 1 where it was not.
        first_sight: ids of those in it who were painted without tuning.
    """

    path: Path
    person: str
    person_name: str
    prompt: str
    style: str
    seed: int | None
    created: datetime
    likeness: float | None
    rating: int
    width: int
    height: int
    context: Path | None
    mask: Path | None
    keywords: tuple[str, ...] = ()
    albums: tuple[str, ...] = ()
    times: int = 1
    first_sight: tuple[str, ...] = ()


@dataclass(frozen=True)
class PortraitQuery:
    """Which portraits, and in which order.

    Attributes:
        text: every word has to begin a word of the prompt, of a name, of the style, of a keyword or of an album.
        person: id of somebody in the picture.
        since, until: days of the local time zone, both included.
        least_rating: -1 finds what was rejected, 0 everything else; None finds both.
    """

    text: str = ""
    person: str | None = None
    style: str | None = None
    seed: int | None = None
    since: date | None = None
    until: date | None = None
    least_rating: int | None = None
    keyword: str | None = None
    album: str | None = None
    order: Literal["newest", "oldest", "likeness", "rating"] = "newest"
