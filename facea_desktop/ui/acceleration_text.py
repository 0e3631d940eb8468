"""How the graphics card stands, in words: for the settings and the welcome."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from facea_desktop.acceleration.situation import Situation
from facea_desktop.acceleration.torch_builds import Obstacle
from facea_desktop.ui.formatting import disk_words

MEGABYTE = 1_000_000


def situation_words(situation: Situation) -> str:
    """How the graphics card stands, and what can be done."""
    tr = QCoreApplication.translate
    advice, build, used = situation.advice, situation.to_install, situation.in_use
    title = advice.card.title if advice.card is not None else ""
    if used is not None:
        text = tr("Settings", "{device} is in use, with PyTorch {torch}.").format(device=used.device, torch=used.torch)
        if build is not None:
            text += " " + tr("Settings", "{} would suit its driver better now.").format(build.title)
        return text
    if situation.own_suffices:
        return tr("Settings", "{} is used already; nothing has to be installed.").format(title)
    if build is not None:
        return tr("Settings", "{card} is there, but not in use: {build} takes a download of about {size}.").format(
            card=title, build=f"PyTorch ({build.title})", size=disk_words(build.download_mb * MEGABYTE)
        )
    return _obstacle_words(situation)


def _obstacle_words(situation: Situation) -> str:
    tr = QCoreApplication.translate
    advice = situation.advice
    title = advice.card.title if advice.card is not None else ""
    match advice.obstacle:
        case Obstacle.NO_DRIVER:
            return tr("Settings", "{} has no driver. Install its maker's driver and look again.").format(title)
        case Obstacle.OLD_DRIVER:
            assert advice.card is not None
            return tr(
                "Settings", "The driver of {card} is too old: {driver}. Update it to {least} or later, and look again."
            ).format(card=title, driver=advice.card.driver, least=advice.least_driver)
        case Obstacle.LOCKED:
            return tr(
                "Settings", "{card} may not be used by this account. Run {command}, log in anew and look again."
            ).format(card=title, command="sudo usermod -aG render,video $USER")
        case Obstacle.OTHER_CARD:
            return tr("Settings", "{} is not among the cards that PyTorch supports; the processor is used.").format(
                title
            )
        case Obstacle.OTHER_SYSTEM:
            return tr("Settings", "PyTorch has no build for {} on this system; the processor is used.").format(title)
        case _:
            return tr("Settings", "No graphics card was found that PyTorch could use; the processor is used.")
