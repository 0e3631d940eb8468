"""What is new in this version, and looking for a newer one, where somebody publishes it and the user asks."""

from __future__ import annotations

from PySide6.QtCore import QLocale, Slot
from PySide6.QtWidgets import QCheckBox, QFrame

from facea_desktop import __version__
from facea_desktop.domain.errors import UserError
from facea_desktop.releases import Release, newest_changes
from facea_desktop.ui.desktop_services import show_address
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import Section, button, column, label, row


class UpdateCard(QFrame):
    """Looks when the button is clicked, or at each start where the box is ticked; downloading is the user's."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setProperty("card", True)
        self.setObjectName("updateCard")
        self._words = label("", wrap=True)
        self._words.setObjectName("updateWords")
        self._look = button(
            self.tr("Look for a &new version"),
            lambda: session.start(self._look_now()),
            name="lookForUpdate",
            tip=self.tr("Fetches one small signed file; nothing of yours is sent, nothing else is downloaded"),
        )
        self._page = button(
            self.tr("Open its &page"),
            self._open_page,
            name="openReleasePage",
            kind="primary",
            tip=self.tr("Show the new version in the browser"),
        )
        self._always = QCheckBox(self.tr("Look at each start of the program"))
        self._always.setObjectName("lookForUpdates")
        self._always.clicked.connect(lambda on: session.change_settings(look_for_updates=on))
        changes = label(newest_changes(), "hint", wrap=True)
        changes.setObjectName("newestChanges")
        news = Section(self.tr("What is new in version {}").format(__version__), changes, name="whatIsNew")
        if not changes.text():
            news.hide()
        buttons = row(self._look, self._page)
        buttons.addStretch()
        heading = label(self.tr("Versions"), "heading")
        parts = (heading, self._words, buttons, self._always, news)
        self.setLayout(column(*parts, margin=SPACE * 2, space=SPACE * 3 // 2))
        self._show(session.release)
        self._words.setVisible(session.release is not None)
        for part in (self._look, self._always):
            part.setVisible(session.publisher is not None)
        self._show_settings()
        session.releaseFound.connect(self._show)
        session.settingsChanged.connect(self._show_settings)

    async def _look_now(self) -> None:
        self._look.setEnabled(False)
        self._say(self.tr("Looking …"))
        try:
            await self._session.look_for_update()
        except UserError as error:
            self._say(str(error))
        finally:
            self._look.setEnabled(True)

    @Slot(object)
    def _show(self, release: Release | None) -> None:
        self._page.setVisible(release is not None)
        if release is None:
            self._say(self.tr("This is the newest version."))
        else:
            there = self.tr("Version {} is there.").format(release.version)
            self._say(f"{there} {release.news_in(QLocale().name())}".strip())

    @Slot()
    def _show_settings(self) -> None:
        self._always.setChecked(self._session.settings.look_for_updates)

    def _say(self, text: str) -> None:
        self._words.setText(text)
        self._words.show()

    def _open_page(self) -> None:
        release = self._session.release
        if release is not None:
            self._session.attempt(lambda: show_address(release.page))
