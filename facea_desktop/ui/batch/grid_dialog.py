"""Asks for two settings and their values; each pair becomes a portrait, and all of them one job."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.grids import grid_requests, read_axis
from facea_desktop.domain.requests import BatchRequest, GridAxis, GridSheet, PortraitRequest
from facea_desktop.ui.destinations import ShowJobs
from facea_desktop.ui.dialogs import QuestionDialog
from facea_desktop.ui.job_text import job_title
from facea_desktop.ui.session import Session
from facea_desktop.ui.time_estimates import PortraitTimes
from facea_desktop.ui.widgets import ComboBox, button, column, label, row

_SOME_PEOPLE = 4


class GridDialog(QuestionDialog):
    """Two axes over the settings that the portrait panel has now."""

    def __init__(self, session: Session, request: PortraitRequest, parent: QWidget | None = None) -> None:
        super().__init__("gridDialog", parent)
        self._session, self._request, self._times = session, request, PortraitTimes(session)
        self._people = {one.name: one.id for one in session.people() if session.portrait_refusal(one) is None}
        self.ask(self.tr("Grid of two settings"))
        self.rows.addWidget(
            label(
                self.tr(
                    "Each pair of values becomes a portrait; everything else is as in the portrait panel. Put commas "
                    "between the values. When the job is done, save its contact sheet under Jobs."
                ),
                "hint",
                wrap=True,
            )
        )
        self._said = label("", wrap=True)
        self.make_button = button(self.tr("Make pictures"), self.make, name="gridMake", kind="primary")
        self._axes_ready = False
        self.column_setting, self.column_values = self._axis(self.tr("&Columns"), "gridColumns", "expression")
        self.row_setting, self.row_values = self._axis(self.tr("&Rows"), "gridRows", "seed")
        self.rows.addWidget(self._said)
        self.finish_with(self.make_button)
        self._axes_ready = True
        self._refresh()

    @property
    def request(self) -> BatchRequest:
        """What is going to be made.

        Raises:
            UserError: the axes make no grid.
        """
        x, y = self._read(self.column_setting, self.column_values), self._read(self.row_setting, self.row_values)
        sheet = GridSheet(request=self._request.without_folders(), x=x, y=y)
        return BatchRequest(items=grid_requests(self._request, x, y), grid=sheet)

    @Slot()
    def make(self) -> None:
        """Put the job into the queue, and show it there."""
        request, person = self.request, self._session.selected
        job = self._session.submit(request, job_title(request, person.name if person is not None else ""))
        self._session.go(ShowJobs(job.id))
        self.accept()

    def _read(self, setting: ComboBox, values: QLineEdit) -> GridAxis:
        axis = read_axis(f"{setting.currentData()}={values.text()}")
        if axis.setting != "person":
            return axis
        unknown = [name for name in axis.values if name not in self._people]
        if unknown:
            raise UserError(self.tr("No portraits can be made of {0}.").format(", ".join(unknown)))
        return axis.model_copy(update={"values": tuple(self._people[name] for name in axis.values)})

    def _axis(self, title: str, name: str, first: str) -> tuple[ComboBox, QLineEdit]:
        setting, values = ComboBox(), QLineEdit()
        setting.setObjectName(name)
        values.setObjectName(f"{name}Values")
        values.setAccessibleName(self.tr("Values"))
        for key, (text, _) in self._settings().items():
            setting.addItem(text, key)
        setting.currentIndexChanged.connect(lambda: values.setText(self._settings()[setting.currentData()][1]))
        setting.setCurrentIndex(setting.findData(first))
        values.setText(self._settings()[first][1])
        values.setCursorPosition(0)  # the first values are seen where there is no room for all
        values.textChanged.connect(self._refresh)
        heading = label(title, "heading")
        heading.setBuddy(setting)
        line = row(setting, values)
        line.setStretch(1, 1)
        self.rows.addLayout(column(heading, line, space=4))
        return setting, values

    def _settings(self) -> dict[str, tuple[str, str]]:
        """What may be varied: its title, and values to begin with."""
        prompt = self._request.prompt.split(",")[0].strip()
        lora = {"style_strength": (self.tr("Strength, style"), "0, 0.5, 1")}
        return {
            "expression": (self.tr("Expression"), "smiling, laughing, serious"),
            "style": (self.tr("Style"), "none, oil painting, watercolor"),
            "person": (self.tr("Person"), ", ".join(list(self._people)[:_SOME_PEOPLE])),
            "replace": (self.tr("Words of the prompt"), prompt),
            "seed": (self.tr("Seed"), "1, 2, 3"),
            "guidance": (self.tr("Guidance, face"), "2, 4, 6"),
            "context_guidance": (self.tr("Guidance, scene"), "2, 4, 6"),
            "steps": (self.tr("Steps, face"), "10, 20, 30"),
            "context_steps": (self.tr("Steps, scene"), "10, 20, 30"),
            "shape": (self.tr("Shape"), "1:1, 4:5, 2:3"),
            "strength": (self.tr("Strength"), "0.6, 0.8, 1"),
            "checkpoint": (self.tr("Checkpoint"), "best, last"),
            **(lora if self._request.style_lora is not None else {}),
        }

    @Slot()
    def _refresh(self) -> None:
        if not self._axes_ready:
            return
        try:
            request = self.request
            count, grid = len(request.items), request.grid
            assert grid is not None
            said = self.tr("Columns: {columns}, rows: {rows}, pictures: {count}")
            said = said.format(columns=len(grid.x.values), rows=len(grid.y.values), count=count)
            said = ", ".join(part for part in (said, self._times.words(request)) if part)
            self._said.setProperty("state", "")
        except UserError as error:
            count, said = 0, str(error)
            self._said.setProperty("state", "warn")
        self._said.setText(said)
        self._said.style().unpolish(self._said)
        self._said.style().polish(self._said)
        self.make_button.setEnabled(count > 0)
