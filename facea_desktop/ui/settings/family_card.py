"""One family of models as a card: what it is for, what is there, what is missing, and what can be done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QMenu, QPushButton, QVBoxLayout, QWidget

from facea_desktop.domain.events import Progress
from facea_desktop.models.catalogue import Kind, MemoryNeed
from facea_desktop.ui.catalogue_text import title_of
from facea_desktop.ui.formatting import disk_words
from facea_desktop.ui.icons import IconLabel
from facea_desktop.ui.settings.machine_text import Fit
from facea_desktop.ui.settings.model_download import DownloadLine
from facea_desktop.ui.settings.model_overview import FamilyView, ModelView
from facea_desktop.ui.settings.setting_widgets import Linked, empty, link
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import ComboBox, Notice, button, column, label, plain_tip, row
from facea_desktop.workers.job import Job


class FamilyCard(QFrame):
    """A family; it asks for things with signals and shows what it is given."""

    useWanted = Signal(str)
    """Name of the family."""
    fetchWanted = Signal(str)
    """Name of the family whose missing models are to be fetched."""
    fileWanted = Signal(str, bool)
    """Name of the family that is to use a file, or a folder (True), of the user's own."""
    giveBackWanted = Signal(str, str)
    """Names of the family and of the catalogue's model that is to play its role again."""
    scenesWanted = Signal(str, str)
    """Names of the family and of the model that is to paint its scenes."""
    cancelled = Signal(str)
    resumed = Signal(str)
    forgotten = Signal(str)
    """Id of a job that fetches, all three."""

    def __init__(self, view: FamilyView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = view
        self.setProperty("card", True)
        self.setObjectName(f"family-{view.name}")
        self.notice = Notice()
        self.lines: dict[str, DownloadLine] = {}
        self._facts: dict[str, Linked] = {}
        self._fit = label("", "hint", wrap=True)
        self._fit_icon = IconLabel(16)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(SPACE * 3 // 2)
        self._badge = label("")
        head = row(label(self._title(view), "heading", wrap=True), self._badge)
        head.setStretch(0, 1)
        fitting = row(self._fit_icon, self._fit)
        fitting.setStretch(1, 1)
        purpose = label(self._purpose(view), "hint", wrap=True)
        self.setLayout(
            column(
                column(head, purpose, fitting, space=SPACE // 2),
                self._scene_choice(view),
                self._rows,
                self.notice,
                self._actions(view),
                margin=SPACE * 2,
                space=SPACE * 2,
            )
        )
        self._fit.setVisible(view.paints)
        self._fit_icon.setVisible(view.paints)
        self._show_fit(None)
        self.show_view(view, {})

    def show_view(self, view: FamilyView, jobs: Mapping[str, Job]) -> None:
        """Show what is there now; ``jobs`` are those that fetch, by model."""
        if view != self.view or not self.lines:  # rows that stay keep the focus, and what is said in them
            self.view = view
            empty(self._rows)
            self.lines, self._facts = {}, {}
            for model in view.models:
                self._rows.addWidget(self._model(model))
        self._scenes.setCurrentIndex(self._scenes.findData(view.scene))
        self._badge.setText(self._state_words(view))
        self._badge.setProperty("state", "good" if view.active else None)
        self._badge.setProperty("hint", not view.active)
        self._repolish(self._badge)
        whole = not view.missing and not any(model.gone for model in view.models)
        self._use.setVisible(view.paints and whole and not view.active)
        for name in self.lines:
            self.show_job(name, jobs.get(name), None)
        self.show_fetching(jobs)

    def show_fits(self, fits: Callable[[MemoryNeed], Fit | None]) -> None:
        """Say how well the family, and each model and choice of it, fits this machine, as far as that is known."""
        self._show_fit(fits(self.view.need))
        for model in self.view.models:
            found = fits(model.need) if model.hub and model.need.half and model.own is None else None
            words = found.text.rstrip(".") if found is not None else ""
            self._facts[model.name].setText(" · ".join(filter(None, (self._model_facts(model), words))))
        for scene in self.view.scenes:
            found = fits(scene.needs_mb)
            words = found.text if found is not None else ""
            self._scenes.setItemData(self._scenes.findData(scene.name), words, Qt.ItemDataRole.ToolTipRole)

    def _show_fit(self, fit: Fit | None) -> None:
        state = fit.state if fit is not None else None
        self._fit.setText(fit.text if fit is not None else self.tr("Detecting devices …"))
        name = {"good": "check", "warn": "warning", "bad": "error", None: "device"}[state]
        self._fit_icon.show_icon(name, state or "muted")

    def show_job(self, model: str, job: Job | None, progress: Progress | None) -> None:
        """Show how a model's download stands."""
        if model in self.lines:
            self.lines[model].show_job(job, progress)

    def show_fetching(self, jobs: Mapping[str, Job]) -> None:
        """Offer to fetch only what no job is at."""
        wanted = self.to_fetch(jobs)
        if not self.view.missing and self.notice.property("notice") == "warn":  # it asked for this
            self.notice.set_message("")
        size = disk_words(sum(model.size_mb for model in wanted) * 1e6)
        self._fetch.setText(self.tr("&Download missing models ({})…").format(size))
        self._fetch.setVisible(bool(wanted))
        choices = (self._use, self._fetch)
        self._buttons.setVisible(self.view.takes_own_weights or not all(choice.isHidden() for choice in choices))

    def to_fetch(self, jobs: Mapping[str, Job]) -> tuple[ModelView, ...]:
        """The missing models that no job fetches or waits to fetch."""
        at_work = {name for name, job in jobs.items() if not job.state.ended}
        return tuple(model for model in self.view.missing if model.name not in at_work)

    def _actions(self, view: FamilyView) -> QWidget:
        self._use = button(
            self.tr("&Use this family"),
            lambda: self.useWanted.emit(self.view.name),
            name=f"use-{view.name}",
            kind="primary",
            tip=self.tr("New people use this family; existing people keep theirs"),
        )
        self._fetch = button(
            "",
            lambda: self.fetchWanted.emit(self.view.name),
            name=f"fetch-{view.name}",
            tip=self.tr("Shows sizes and licences before downloading"),
        )
        actions = row(self._use, self._fetch)
        if view.takes_own_weights:
            actions.addWidget(self._own_button(view))
        actions.addStretch()
        self._buttons = QWidget()
        self._buttons.setLayout(actions)
        return self._buttons

    def _scene_choice(self, view: FamilyView) -> QWidget:
        self._scenes = ComboBox()
        self._scenes.setObjectName(f"scenes-{view.name}")
        self._scenes.setToolTip(self.tr("The model that makes the scene; people keep their tuning"))
        self._scenes.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for scene in view.scenes:
            self._scenes.addItem(title_of(scene), scene.name)
        self._scenes.activated.connect(
            lambda: self.scenesWanted.emit(self.view.name, cast(str, self._scenes.currentData()))
        )
        caption = label(self.tr("&Scene model"))
        caption.setBuddy(self._scenes)
        choice = row(caption, self._scenes)
        choice.setStretch(1, 1)
        made = QWidget()
        made.setLayout(choice)
        if not view.scenes:
            made.hide()
        return made

    def _own_button(self, view: FamilyView) -> QPushButton:
        made = button(
            self.tr("Use your &own weights"),
            name=f"own-{view.name}",
            tip=self.tr(
                "A model for scenes (Stable Diffusion XL, Z-Image, FLUX.2 [klein], Qwen-Image) or for faces "
                "(Stable Diffusion 1 or XL inpainting) already on this computer"
            ),
        )
        menu = QMenu(made)
        menu.addAction(self.tr("A .safetensors &file…"), lambda: self.fileWanted.emit(self.view.name, False))
        menu.addAction(self.tr("A diffusers f&older…"), lambda: self.fileWanted.emit(self.view.name, True))
        made.setMenu(menu)
        return made

    def _model(self, model: ModelView) -> QWidget:
        there = model.installed or model.own is not None
        if model.gone:
            picture = IconLabel(16, "error", "bad")
        else:
            picture = IconLabel(16, "check", "good") if there else IconLabel(16, "download", "muted")
        facts = self._facts[model.name] = Linked(self._model_facts(model), "hint")
        title = label(model.title, wrap=True)
        head = row(title, label(disk_words(model.size_mb * 1e6) if model.own is None else "", "hint"))
        head.setStretch(0, 1)
        line = self.lines[model.name] = DownloadLine(model.title)
        line.setObjectName(f"fetching-{model.name}")
        for given, passed_on in (
            (line.cancelled, self.cancelled),
            (line.resumed, self.resumed),
            (line.forgotten, self.forgotten),
        ):
            given.connect(passed_on)
        words = column(head, facts, line, space=2)
        if model.own is not None or model.gone:
            words.addLayout(self._own_weights(model))
        made = QWidget()
        layout = row(space=SPACE)
        layout.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)
        made.setLayout(layout)
        return made

    def _model_facts(self, model: ModelView) -> str:
        facts = [words for words in (self._task_words(model.task), self._place_words(model)) if words]
        if model.own is None:
            facts.append(link(model.licence, model.licence_url))
        return " · ".join(facts)

    def _own_weights(self, model: ModelView) -> QVBoxLayout:
        back = button(
            self.tr("Use the original model again"),
            lambda: self.giveBackWanted.emit(self.view.name, model.name),
            name=f"giveBack-{model.name}",
            tip=self.tr("Use {} again; your file is not deleted").format(model.title),
        )
        if model.gone:
            text = label(
                self.tr("Your own weights are missing. Put them back, or use the original model again."), wrap=True
            )
            text.setProperty("state", "bad")
        else:
            own: Path = model.own or Path()
            text = label(self.tr("Your own: {}").format(own.name), wrap=True)
            text.setToolTip(plain_tip(str(own)))
        line = row(text, back)
        line.setStretch(0, 1)
        return column(line)

    def _title(self, view: FamilyView) -> str:
        if view.paints:
            return view.title
        if view.name == "outlines":
            return self.tr("Outlines of heads")
        if view.name == "evaluation":
            return self.tr("For comparisons")
        return self.tr("For splitting prompts") if view.name == "language" else view.title

    def _purpose(self, view: FamilyView) -> str:
        if view.name == "outlines":
            return self.tr(
                "Optional, for the large models: follows the head where the program alone would redraw a whole box."
            )
        if view.name == "evaluation":
            return self.tr("Needed only to measure portraits in comparisons.")
        if view.name == "language":
            return self.tr("A language model that can split prompts in the place of the rules; choose it below.")
        if not view.paints:
            return self.tr("A published method to compare with; it needs Stable Diffusion XL for scenes.")
        if view.only_heads:
            words = self.tr(
                "For any computer: head-and-shoulders photographs, {scene} pixels, from a fixed set of words; "
                "faces redrawn at {face} pixels."
            )
        else:
            words = self.tr("For a GPU: any scene, {scene} pixels; faces redrawn at {face} pixels.")
        return words.format(scene=view.context_side, face=view.side)

    def _state_words(self, view: FamilyView) -> str:
        if view.active:
            return self.tr("In use")
        if all(model.missing for model in view.models):
            return self.tr("Not installed")
        return self.tr("Incomplete") if view.missing else self.tr("Ready to use")

    def _task_words(self, task: Kind) -> str:
        return {
            "context": self.tr("makes the scene"),
            "identity": self.tr("redraws the face"),
            "detector": self.tr("finds faces"),
            "text": self.tr("text encoder of the detector"),
        }.get(task, "")

    def _place_words(self, model: ModelView) -> str:
        if model.own is not None or model.gone:
            return self.tr("your own weights")
        if model.hub is None:
            return self.tr("included")
        return self.tr("installed") if model.installed else self.tr("not installed")

    def _repolish(self, widget: QWidget) -> None:
        widget.style().unpolish(widget)
        widget.style().polish(widget)
