"""Every page of the window, to be looked at one after the other."""

from __future__ import annotations

from facea_desktop.ui.destinations import (
    Destination,
    ShowBin,
    ShowComparisons,
    ShowGallery,
    ShowJobs,
    ShowMixer,
    ShowNewPerson,
    ShowPerson,
    ShowPortraitPanel,
    ShowSettings,
)


def every_page(person: str = "") -> dict[str, Destination]:
    """Each page and each section of the settings, by a name; ``person`` is the id of whom the person's page shows."""
    return {
        "portrait": ShowPortraitPanel(),
        "mixer": ShowMixer(person or None),
        "gallery": ShowGallery(),
        "bin": ShowBin(),
        "jobs": ShowJobs(),
        "comparison": ShowComparisons(),
        "models": ShowSettings("models"),
        "device": ShowSettings("device"),
        "privacy": ShowSettings("privacy"),
        "appearance": ShowSettings("appearance"),
        "about": ShowSettings("about"),
        "person": ShowPerson(person),
        "new-person": ShowNewPerson(),
    }
