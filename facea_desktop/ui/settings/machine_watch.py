"""The devices and memory of this computer: detected once, and again on request."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.outcomes import Machine
from facea_desktop.domain.requests import MachineRequest
from facea_desktop.ui.session import Session


class MachineWatch(QObject):
    """The machine as the engine sees it.

    Attributes:
        machine: what was found last, None before the first answer.
        problem: why the last question was not answered, empty where it was.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        session.environmentChanged.connect(self._look_again)
        self._asking = False
        self.machine: Machine | None = None
        self.problem = ""

    def look(self, *, again: bool = False) -> None:
        """Ask the engine, unless the answer is known or on its way; the first question starts it and takes seconds."""
        if not self._asking and (again or self.machine is None):
            self._asking = True
            self._session.start(self._ask())

    @Slot()
    def _look_again(self) -> None:
        if self.machine is not None:  # else nobody has asked yet
            self.look(again=True)

    async def _ask(self) -> None:
        try:
            answer = await self._session.ask(MachineRequest())
        except UserError as error:
            self.problem = str(error)
            self.changed.emit()
            return
        finally:
            self._asking = False
        if isinstance(answer, Machine):
            self.machine, self.problem = answer, ""
            self.changed.emit()
