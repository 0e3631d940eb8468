"""How this machine and this data folder stand: the cards, the PyTorch in use, and what could be installed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from facea_desktop.acceleration.environments import Environment, Environments, own_torch
from facea_desktop.acceleration.graphics_cards import GraphicsCard, find_cards
from facea_desktop.acceleration.torch_builds import Advice, Obstacle, TorchBuild, advise, this_system, torch_build


@dataclass(frozen=True)
class Situation:
    """What was found.

    Attributes:
        cards: all of them.
        advice: what they need.
        own_version, own_build: the program's own PyTorch, see ``own_torch``.
        chosen: what was installed for the card; out of use where it does not fit this Python or program any more.
    """

    cards: tuple[GraphicsCard, ...]
    advice: Advice
    own_version: str
    own_build: str
    chosen: Environment | None = None

    @property
    def in_use(self) -> Environment | None:
        """The environment that engines start from."""
        return self.chosen if self.chosen is not None and self.chosen.fits else None

    @property
    def own_suffices(self) -> bool:
        """Whether the program's own PyTorch is one for the card."""
        card = self.advice.card
        if card is None:
            return False
        if card.vendor == "apple":
            return True
        kinds = {"nvidia": "cu", "amd": "rocm", "intel": "xpu"}
        if not card.driver or not self.own_build.startswith(kinds[card.vendor]):
            return False
        known = torch_build(self.own_build)
        return known is None or (known.has_code_for(card) and known.runs_with(card, this_system()))

    @property
    def to_install(self) -> TorchBuild | None:
        """The build that would bring the card into use; None where one is in use, or none can be."""
        build = self.advice.build
        if self.own_suffices or (self.in_use is not None and build is not None and self.in_use.build == build.name):
            return None
        return build


def read_situation(root: Path) -> Situation:
    """Look at the machine and the data folder; takes up to seconds."""
    cards = find_cards()
    version, build = own_torch()
    return Situation(tuple(cards), advise(cards), version, build, Environments(root).chosen())


def describe(situation: Situation) -> str:
    """Where it stands and what to do, in a sentence or two."""
    card, build = situation.advice.card, situation.to_install
    if situation.in_use is not None:
        return f"{situation.in_use.device} is in use with PyTorch {situation.in_use.torch}." + (
            f" {build.title} would suit the driver better now." if build is not None else ""
        )
    if situation.own_suffices:
        assert card is not None
        return f"{card.title} is used already; nothing has to be installed."
    if build is not None:
        assert card is not None
        return (
            f"{card.title} can be used after a download of about {build.download_mb / 1000:.1f} GB "
            f"({build.title}, {build.disk_mb / 1000:.0f} GB on the disk) from {build.index}."
        )
    return obstacle_sentence(situation.advice)


def obstacle_sentence(advice: Advice) -> str:
    """What stands in the way of the card, and what to do."""
    title = advice.card.title if advice.card is not None else ""
    match advice.obstacle:
        case Obstacle.NO_DRIVER:
            return f"{title} has no driver that PyTorch can use. Install its maker's driver and look again."
        case Obstacle.OLD_DRIVER:
            assert advice.card is not None
            return (
                f"The driver of {title} is too old: it is {advice.card.driver}, and {advice.least_driver} is needed. "
                "Update it and look again."
            )
        case Obstacle.LOCKED:
            return (
                f"{title} may not be used by this account. Run: sudo usermod -aG render,video $USER; then log in anew."
            )
        case Obstacle.OTHER_CARD:
            return f"{title} is not among the cards that PyTorch supports; the processor is used."
        case Obstacle.OTHER_SYSTEM:
            return f"PyTorch has no build for {title} on this system; the processor is used."
        case _:
            return "There is no graphics card that PyTorch could use; the processor is used."
