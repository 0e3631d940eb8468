"""The About page: version, licences, shortcuts and the log."""

from __future__ import annotations

import asyncio
import platform
import re
from functools import partial
from importlib import metadata

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import qVersion
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QWidget

from facea_desktop import __version__
from facea_desktop.ui.catalogue_text import licence_of, title_of
from facea_desktop.ui.destinations import ShowLog, ShowShortcuts
from facea_desktop.ui.icons import IconLabel
from facea_desktop.ui.session import Session
from facea_desktop.ui.settings.model_overview import shipped
from facea_desktop.ui.settings.setting_widgets import Linked, SettingsSubpage, card, link
from facea_desktop.ui.settings.update_card import UpdateCard
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import Section, button, column, label, row

LICENCE_URL = "https://www.apache.org/licenses/LICENSE-2.0"


class AboutPage(SettingsSubpage):
    """What this program is made of."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setObjectName("aboutPage")
        for one in (self._build_head(), UpdateCard(session), self._build_help(), self._build_licences()):
            self.body.addWidget(one)

    def showEvent(self, event: QShowEvent) -> None:
        """Look up the licences of the libraries, once."""
        super().showEvent(event)
        if not self._libraries.text():
            self._session.start(self._look_up())

    def _build_head(self) -> QWidget:
        picture = IconLabel(72, "app")
        words = column(
            label("FaceA Desktop", "title"),
            label(self.tr("Version {}").format(__version__)),
            label(
                self.tr("Portraits that look like the person, made on your own computer with FaceA-Net."),
                "hint",
                wrap=True,
            ),
            space=2,
        )
        made = QWidget()
        layout = row(picture, words, space=SPACE * 2)
        layout.setStretch(1, 1)
        made.setLayout(layout)
        return made

    def _build_help(self) -> QFrame:
        shortcuts = button(
            self.tr("&Keyboard shortcuts"),
            partial(self._session.go, ShowShortcuts()),
            name="showShortcuts",
            tip=self.tr("All keyboard shortcuts of the window"),
        )
        log = button(
            self.tr("Show the &log"),
            partial(self._session.go, ShowLog()),
            name="showLog",
            tip=self.tr("What the program did, and what went wrong"),
        )
        buttons = row(shortcuts, log)
        buttons.addStretch()
        hint = label(
            self.tr("If something does not work, the log says why. You can save it as a report without names."),
            "hint",
            wrap=True,
        )
        return card(label(self.tr("Help"), "heading"), hint, buttons)

    def _build_licences(self) -> QFrame:
        parts: list[QWidget] = [
            label(self.tr("Licences"), "heading"),
            Linked(f"FaceA Desktop: {link('Apache-2.0', LICENCE_URL)}"),
        ]
        parts += [
            Linked(f"{title_of(model)}: {link(licence_of(model), str(model.licence_url))}")
            for model in shipped(self._session.models)
        ]
        self._libraries = label("", "hint", wrap=True)
        self._libraries.setObjectName("libraries")
        versions = self.tr("Python {python}, Qt {qt}, PySide {pyside} (LGPL-3.0)").format(
            python=platform.python_version(), qt=qVersion(), pyside=pyside_version
        )
        parts += [label(versions, "hint", wrap=True), Section(self.tr("Libraries used"), self._libraries)]
        return card(*parts)

    async def _look_up(self) -> None:
        self._libraries.setText("\n".join(await asyncio.to_thread(_library_lines)))


def _library_lines() -> list[str]:
    """Name, version and licence of each library, as they state it themselves."""
    try:
        required = metadata.requires("facea-desktop") or []
    except metadata.PackageNotFoundError:  # run from the sources, never installed
        return []
    lines = []
    for requirement in required:
        name = re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0]
        if "extra ==" in requirement:
            continue
        try:
            found = metadata.metadata(name)
        except metadata.PackageNotFoundError:  # not needed on this system
            continue
        stated = _field(found, "License-Expression") or _from_classifiers(found) or _field(found, "License")
        licence = stated.splitlines()[0] if stated else ""
        lines.append(f"{found['Name']} {found['Version']}" + (f", {licence}" if licence else ""))
    return sorted(lines, key=str.casefold)


def _field(found: metadata.PackageMetadata, name: str) -> str:
    return found[name] if name in found else ""  # noqa: SIM401 - it has no get


def _from_classifiers(found: metadata.PackageMetadata) -> str:
    kinds = [line.rpartition(" :: ")[2] for line in found.get_all("Classifier") or [] if line.startswith("License ::")]
    return ", ".join(kind for kind in kinds if kind != "OSI Approved")
