"""Where the window can lead: a value for each destination, with what is to be shown there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal, TypeAlias

PageName: TypeAlias = Literal[
    "canvas", "person", "new-person", "gallery", "bin", "jobs", "comparison", "models", "settings"
]
"""Pages of the window; "models" and "settings" are two entrances to one page."""
Section: TypeAlias = Literal["models", "device", "privacy", "appearance", "about"]
"""Parts of the settings page."""


@dataclass(frozen=True)
class ShowCanvas:
    """The canvas, with whichever panel was beside it; ``picture`` is the path of one that jobs made, to be shown."""

    page: ClassVar[PageName] = "canvas"
    picture: Path | None = None


@dataclass(frozen=True)
class ShowPortraitPanel:
    """The canvas, with the portrait panel beside it."""

    page: ClassVar[PageName] = "canvas"


@dataclass(frozen=True)
class ShowMixer:
    """The canvas, with the mixer beside it, mixing onto ``person`` (an id) or going on with what was begun."""

    page: ClassVar[PageName] = "canvas"
    person: str | None = None


@dataclass(frozen=True)
class ShowPerson:
    """The page of the person with the id ``person``."""

    page: ClassVar[PageName] = "person"
    person: str


@dataclass(frozen=True)
class ShowNewPerson:
    """The form for a new person as it was left, with ``photos`` added to it."""

    page: ClassVar[PageName] = "new-person"
    photos: tuple[Path, ...] = ()


@dataclass(frozen=True)
class ShowGallery:
    """The gallery, with the portraits of ``person`` (an id) or as it was left."""

    page: ClassVar[PageName] = "gallery"
    person: str | None = None


@dataclass(frozen=True)
class ExportPortrait:
    """The gallery, asking how the portrait at ``path`` is to be exported."""

    page: ClassVar[PageName] = "gallery"
    path: Path


@dataclass(frozen=True)
class ShowBin:
    """What was deleted and can still come back."""

    page: ClassVar[PageName] = "bin"


@dataclass(frozen=True)
class ShowJobs:
    """The queue, with the job of the id ``job`` chosen, or the one that was."""

    page: ClassVar[PageName] = "jobs"
    job: str | None = None


@dataclass(frozen=True)
class ShowComparisons:
    """The comparisons, with the one whose folder is called ``name``, or the one that was shown."""

    page: ClassVar[PageName] = "comparison"
    name: str | None = None


@dataclass(frozen=True)
class ShowSettings:
    """A section of the settings; None is the one that was shown, or the first below the models."""

    section: Section | None = None

    @property
    def page(self) -> PageName:
        """The models have an entrance of their own."""
        return "models" if self.section == "models" else "settings"


@dataclass(frozen=True)
class ShowLog:
    """The log, in a window of its own above the page that is shown."""


@dataclass(frozen=True)
class ShowShortcuts:
    """The list of keyboard shortcuts, above the page that is shown."""


PageDestination: TypeAlias = (
    ShowCanvas
    | ShowPortraitPanel
    | ShowMixer
    | ShowPerson
    | ShowNewPerson
    | ShowGallery
    | ExportPortrait
    | ShowBin
    | ShowJobs
    | ShowComparisons
    | ShowSettings
)
Destination: TypeAlias = PageDestination | ShowLog | ShowShortcuts
