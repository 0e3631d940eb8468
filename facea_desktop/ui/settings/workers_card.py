"""Workers beside this computer's devices: processes of its own, or a Ray cluster, as ``batch --on`` takes them."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QFrame, QLineEdit

from facea_desktop.cluster.target_names import check_reachable, read_target
from facea_desktop.domain.errors import UserError
from facea_desktop.ui.job_text import place_words
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import Notice, button, column, label, row


class WorkersCard(QFrame):
    """Where they are; they are used once something answers there."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setProperty("card", True)
        self.setObjectName("workersCard")
        self.state = label("", wrap=True)
        self.place = QLineEdit()
        self.place.setObjectName("workersPlace")
        self.place.setPlaceholderText(self.tr("local:2, ray or ray://HOST:PORT"))
        self.place.setAccessibleName(self.tr("Where the workers are"))
        self.use_button = button(
            self.tr("Use &workers"),
            self._use,
            name="useWorkers",
            tip=self.tr("Check that they can be reached, and use them from the next job"),
        )
        self.stop_button = button(
            self.tr("Stop using them"),
            self._stop,
            name="stopWorkers",
            tip=self.tr("All jobs run on this computer's devices, from the next job"),
        )
        self.here_too = QCheckBox(self.tr("While they are busy, use this computer's devices as well"))
        self.here_too.setObjectName("workersHereToo")
        self.notice = Notice()
        hint = self.tr(
            "Tunings, portraits and batches can also run in several processes of this computer (local:2), or on a Ray "
            "cluster. Photos and weights travel there and are erased after each job; the results come back here."
        )
        place = row(self.place, self.use_button, self.stop_button)
        place.setStretch(0, 1)
        self.setLayout(
            column(
                label(self.tr("Workers"), "heading"),
                label(hint, "hint", wrap=True),
                self.state,
                place,
                self.here_too,
                self.notice,
                margin=SPACE * 2,
                space=SPACE * 3 // 2,
            )
        )
        self.place.returnPressed.connect(self._use)
        self.here_too.clicked.connect(lambda on: session.change_settings(place_alone=not on))
        session.settingsChanged.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        """What is in use."""
        place = self._session.settings.place
        if place is None:
            self.state.setText(self.tr("Not in use: jobs run on this computer's devices."))
        else:
            self.state.setText(self.tr("In use: {}").format(_named(place)))
            self.place.setText(place)
        self.stop_button.setVisible(place is not None)
        self.here_too.setVisible(place is not None)
        self.here_too.setChecked(not self._session.settings.place_alone)

    @Slot()
    def _use(self) -> None:
        self.notice.set_message("")
        self._session.start(self._check())

    async def _check(self) -> None:
        self.use_button.setEnabled(False)
        self.state.setText(self.tr("Looking for them …"))
        try:
            target = read_target(self.place.text().strip().lower())
            await asyncio.to_thread(check_reachable, target)
        except UserError as error:
            self._show_again(str(error))
        else:
            self._session.change_settings(place=target.name if target.has_workers else None)
        finally:
            self.use_button.setEnabled(True)

    def _show_again(self, trouble: str) -> None:
        written = self.place.text()
        self._show()
        self.place.setText(written)
        self.notice.set_message(trouble)

    @Slot()
    def _stop(self) -> None:
        self.notice.set_message("")
        self.place.clear()
        self._session.change_settings(place=None)


def _named(place: str) -> str:
    words = place_words(place)
    return words if words == place else f"{words} ({place})"
