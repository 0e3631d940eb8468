"""What can be done to a job: the buttons above its details, and the same as actions of the list."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from facea_desktop.domain.requests import BatchRequest
from facea_desktop.ui.early_stop import EarlyStop
from facea_desktop.ui.icons import icon
from facea_desktop.ui.job_text import again_words
from facea_desktop.ui.jobs.sheet_export import save_sheet_of
from facea_desktop.ui.session import Session
from facea_desktop.ui.widgets import button, column, row, tool
from facea_desktop.workers.job import Job, JobState

_MENU_ICONS = ("stop", "retry", "up", "up", "down", "delete")


class JobActions(QWidget):
    """Acts on the chosen job; ``show_job`` says which.

    Attributes:
        menu: what the list offers on a right click.
        keys: what the list answers to, Delete included.
    """

    chose = Signal(str)
    """Id of the job that is to be chosen now."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._pool, self._jobs = session.pool, session.jobs
        self._job: Job | None = None
        self._make_actions()
        self._make_buttons()

    def show_job(self, job: Job | None) -> None:
        """Offer what can be done to this job now."""
        self._job = job
        self.early_stop.show_job(job)
        if job is None:
            return
        waits, active, stopping = job.state is JobState.WAITING, not job.state.ended, self._jobs.is_stopping(job.id)
        line = self._line()
        place = line.index(job.id) if job.id in line else 0
        for action, use in (
            (self.cancel_action, active and not stopping),
            (self.again_action, not active),
            (self.first_action, waits and place > 0),
            (self.up_action, waits and place > 0),
            (self.down_action, waits and place < len(line) - 1),
            (self.remove_action, job.state is not JobState.RUNNING),
        ):
            action.setEnabled(use)
        self.again_action.setText(again_words(job))
        self.again_button.setText(again_words(job))
        batch = job.state is JobState.RUNNING and isinstance(job.request, BatchRequest)
        self.skip_button.setVisible(batch)
        grid = job.request.grid if isinstance(job.request, BatchRequest) else None
        self.sheet_button.setVisible(grid is not None and job.state.ended and bool(job.pictures))
        self.skip_button.setEnabled(batch and not stopping)
        self.cancel_button.setText(self.tr("Cancelling…") if stopping else self.tr("&Cancel"))
        self.cancel_button.setEnabled(active and not stopping)
        self.cancel_button.setVisible(active)
        self.again_button.setVisible(not active)
        self.remove_button.setVisible(not active)
        for made, action in (
            (self.first_button, self.first_action),
            (self.up_button, self.up_action),
            (self.down_button, self.down_action),
        ):
            made.setVisible(waits)
            made.setEnabled(action.isEnabled())

    def cancel(self) -> None:
        """Cancel the job, waiting or running; an ended one stays as it is."""
        if self._job is not None:
            self._jobs.cancel(self._job.id)
            self.show_job(self._jobs.job(self._job.id))

    def skip(self) -> None:
        """Leave out the picture that a running batch is at, and go on with the next one."""
        if self._job is not None:
            self._pool.skip(self._job.id)

    def save_sheet(self) -> None:
        """Ask where the contact sheet of a grid goes."""
        if self._job is not None:
            save_sheet_of(self._session, self._job, self)

    def again(self) -> None:
        """Resume the job where it can be, else start it once more; the new one is chosen."""
        if self._job is not None and self._job.state.ended:
            self.chose.emit(self._pool.retry(self._job.id).id)

    def remove(self) -> None:
        """Take the job off the list; a waiting one is cancelled with it. The next one is chosen."""
        if self._job is None or self._job.state is JobState.RUNNING:
            return
        job, jobs = self._job, [one.id for one in self._jobs.all()]
        at = jobs.index(job.id)
        after = jobs[at + 1 :] or jobs[:at][-1:]
        self._jobs.cancel(job.id)
        self._pool.remove(job.id)
        self.chose.emit(after[0] if after else "")

    def cancel_or_remove(self) -> None:
        """Cancel the job if it runs or waits, take it off the list if it has ended."""
        if self._job is not None and self._job.state.ended:
            self.remove()
        else:
            self.cancel()

    def move_by(self, by: int) -> None:
        """Move the waiting job up (-1) or down (1) among those that wait."""
        line = self._line()
        if self._job is None or self._job.id not in line:
            return
        at = line.index(self._job.id)
        others = line[:at] + line[at + 1 :]
        if 0 <= at + by < len(line):
            self.place(self._job.id, others[at + by] if at + by < len(others) else None)

    def move_first(self) -> None:
        """Put the waiting job before all others that wait."""
        line = self._line()
        if self._job is not None and self._job.id in line[1:]:
            self.place(self._job.id, line[0])

    def place(self, job: str, before: str | None) -> None:
        """Put a waiting job before another one, None for the end."""
        if job != before:
            self._pool.move(job, before)
            self.chose.emit(job)

    def _line(self) -> list[str]:
        return [job.id for job in self._jobs.waiting()]

    def _make_actions(self) -> None:
        def action(words: str, do: Callable[[], object], keys: str = "") -> QAction:
            made = QAction(words, self)
            made.setShortcut(QKeySequence(keys))
            made.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            made.triggered.connect(lambda: do())
            return made

        self.cancel_action = action(self.tr("Cancel"), self.cancel)
        self.again_action = action(self.tr("Resume"), self.again)
        self.first_action = action(self.tr("Move to front"), self.move_first, "Ctrl+Home")
        self.up_action = action(self.tr("Move up"), partial(self.move_by, -1), "Ctrl+Up")
        self.down_action = action(self.tr("Move down"), partial(self.move_by, 1), "Ctrl+Down")
        self.remove_action = action(self.tr("Remove from the list"), self.remove)
        self.menu = [
            self.cancel_action,
            self.again_action,
            self.first_action,
            self.up_action,
            self.down_action,
            self.remove_action,
        ]
        for made, name in zip(self.menu, _MENU_ICONS):
            made.setIcon(icon(name))
        self.keys = [*self.menu, action(self.tr("Cancel or remove"), self.cancel_or_remove, "Del")]

    def _make_buttons(self) -> None:
        self.cancel_button = button(
            self.tr("&Cancel"),
            self.cancel,
            name="cancelJobButton",
            kind="danger",
            tip=self.tr("Stop this job at its next step, or remove it from the queue (Delete)"),
        )
        self.again_button = button(
            self.tr("Resume"),
            self.again,
            name="againJobButton",
            icon_name="retry",
            tip=self.tr("Queue the job again; tuning resumes from its last checkpoint, a batch where it stopped"),
        )
        self.skip_button = button(
            self.tr("&Skip picture"),
            self.skip,
            name="skipItemButton",
            tip=self.tr("Leave out the picture that is being made, and go on with the next one"),
        )
        self.sheet_button = button(
            self.tr("Save &sheet…"),
            self.save_sheet,
            name="saveSheetButton",
            icon_name="export",
            tip=self.tr("Save the pictures of this grid as one labelled picture"),
        )
        self.remove_button = button(
            self.tr("&Remove"),
            self.remove,
            name="removeJobButton",
            kind="flat",
            tip=self.tr("Remove the job from the list; its results are kept (Delete)"),
        )
        self.first_button = button(
            self.tr("Move to &front"),
            self.move_first,
            name="firstJobButton",
            tip=self.tr("Run before all other waiting jobs (Ctrl+Home)"),
        )
        self.up_button = tool("up", self.tr("Move up (Ctrl+Up)"), partial(self.move_by, -1), name="upJobButton")
        self.down_button = tool(
            "down", self.tr("Move down (Ctrl+Down)"), partial(self.move_by, 1), name="downJobButton"
        )
        self.early_stop = EarlyStop(self._session)
        buttons = row(
            self.cancel_button,
            self.skip_button,
            self.again_button,
            self.sheet_button,
            self.first_button,
            self.up_button,
            self.down_button,
            self.remove_button,
        )
        buttons.addStretch()
        self.setLayout(column(buttons, self.early_stop))
