"""A new comparison: whose photos, which methods, which prompts."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QFormLayout, QPlainTextEdit, QScrollArea, QSpinBox, QWidget

from facea_desktop.comparison.comparison_store import ComparisonStore
from facea_desktop.comparison.dataset import LONGEST_PROMPT, is_too_long, prompt_of
from facea_desktop.comparison.method import is_tuned
from facea_desktop.domain.errors import UserError
from facea_desktop.resources import resource
from facea_desktop.ui.comparison.compared_people import ComparedPeople
from facea_desktop.ui.comparison.comparison_text import count_words
from facea_desktop.ui.comparison.method_picker import MethodPicker
from facea_desktop.ui.formatting import rough_duration
from facea_desktop.ui.people.preset_picker import preset_after, preset_words
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.time_estimates import tuning_seconds
from facea_desktop.ui.widgets import ComboBox, Notice, button, column, label, panel, row

_SIDE_PX, _ANY_PX = 328, 16_777_215
"""Of the methods beside the rest; and Qt's word for no limit."""
_MOST_SEEDS = 20


class NewComparisonForm(QWidget):
    """Everything that is asked; what is typed stays until the comparison is in the queue."""

    made = Signal(object)
    """The Comparison, stored and not begun yet."""

    def __init__(self, session: Session, store: ComparisonStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._family = session.family
        self._store = store
        self._busy = False
        self._make_parts()
        self._lay_out()
        self.people.changed.connect(self._update_actions)
        self.people.refused.connect(self.notice.set_message)
        self.methods.changed.connect(self._update_actions)
        self.prompts.textChanged.connect(self._update_actions)
        self.seeds.valueChanged.connect(self._update_actions)
        self.preset.currentIndexChanged.connect(self._update_actions)
        session.modelsChanged.connect(self._renew_models)
        self._update_actions()

    def fit_into(self, width: int) -> None:
        """Stand in this many pixels: where they are too few, the methods stand below the rest."""
        narrow = width < self._wide
        self._columns.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self._side.setMinimumWidth(0 if narrow else _SIDE_PX)
        self._side.setMaximumWidth(_ANY_PX if narrow else _SIDE_PX)

    def compare(self) -> None:
        """Copy the photos and hand over the comparison; what is wrong is said in place."""
        if self.go.isEnabled():
            self._session.start(self._compare())

    async def _compare(self) -> None:
        self._busy = True
        self.notice.set_message("")
        self._update_actions()
        try:
            comparison = await asyncio.to_thread(
                self.people.adding(self._store),
                self.prompts.toPlainText(),
                self.methods.methods(),
                self.seeds.value(),
                self.preset.currentData(),
            )
        except UserError as error:
            self.notice.set_message(str(error))
            return
        finally:
            self._busy = False
            self._update_actions()
        self.people.clear()
        self.made.emit(comparison)

    @Slot()
    def _update_actions(self) -> None:
        """Say what will be made, or what is still missing."""
        people = self.people.count()
        count = count_words(people, self.methods.methods(), len(self._prompts()), self.seeds.value())
        missing = self._missing()
        self.count.setText(count if not missing or people else "")
        self._time.setText(self._time_words(people))
        self._time.setVisible(bool(self._time.text()))
        self._wanted.setText(missing)
        self._wanted.setVisible(bool(missing))
        self.go.setEnabled(not missing and not self._busy)
        self.go.setText(self.tr("Copying the photos …") if self._busy else self.tr("&Compare"))

    def _missing(self) -> str:
        """What is still to be answered, in one sentence."""
        models = self._session.models
        if models.missing(models.active_family()):
            return self.tr("The models in use are incomplete; download the rest on the Models page.")
        if missing := self.people.missing():
            return missing
        if not self.methods.methods():
            return self.tr("Choose a method.")
        for number, line in enumerate(self.prompts.toPlainText().splitlines(), 1):
            if prompt_of(line) is not None and is_too_long(line):
                words = self.tr("Shorten prompt line {line} to {most} characters.")
                return words.format(line=number, most=LONGEST_PROMPT)
        return "" if self._prompts() else self.tr("Enter a prompt.")

    def _time_words(self, people: int) -> str:
        """How long the tunings take, where this machine has tuned somebody before."""
        family, tuned = self._session.family, people * sum(map(is_tuned, self.methods.methods()))
        recipe = family.presets.get(self.preset.currentData() or family.preset)
        if recipe is None or not tuned:
            return ""
        seconds = tuning_seconds(self._session, family.name, recipe)
        if seconds is None:
            return self.tr("The time is known after the first tuning on this computer.")
        return self.tr("Tuning alone takes {}.").format(rough_duration(seconds * tuned))

    def _prompts(self) -> list[str]:
        found = map(prompt_of, self.prompts.toPlainText().splitlines())
        return list(dict.fromkeys(prompt for prompt in found if prompt is not None))

    @Slot()
    def _renew_models(self) -> None:
        self.methods.refresh()
        self._fill_presets()
        self._update_actions()

    def _fill_presets(self) -> None:
        """Offer the family's presets."""
        before, was = self._family, self.preset.currentData()
        family = self._family = self._session.family
        self.preset.clear()
        for name in sorted(family.presets, key=lambda one: family.presets[one].steps):
            steps = family.presets[name].steps
            self.preset.addItem(
                self.tr("{name}, {steps} steps").format(name=preset_words(name, steps)[0], steps=steps), name
            )
        self.preset.setCurrentIndex(self.preset.findData(preset_after(was, before, family)))

    # How it is put together

    def _make_parts(self) -> None:
        self.notice = Notice()
        self.people = ComparedPeople(self._session)
        self.methods = MethodPicker(self._session.models)
        self.prompts = QPlainTextEdit()
        self.prompts.setObjectName("comparisonPrompts")
        self.prompts.setAccessibleName(self.tr("Prompts, one per line"))
        self.prompts.setTabChangesFocus(True)
        self.prompts.setPlainText(resource("evaluation", "prompts.txt").read_text(encoding="utf-8").strip())
        self.prompts.setFixedHeight(96)
        self.seeds = QSpinBox()
        self.seeds.setObjectName("comparisonSeeds")
        self.seeds.setRange(1, _MOST_SEEDS)
        self.seeds.setValue(2)
        self.seeds.setToolTip(self.tr("Pictures each method makes per prompt"))
        self.preset = ComboBox()
        self.preset.setObjectName("comparisonPreset")
        self.preset.setToolTip(self.tr("How long each method tunes"))
        self._fill_presets()
        self.count = label("", "heading", wrap=True)
        self.count.setObjectName("comparisonCount")
        self._time, self._wanted = label("", "hint", wrap=True), label("", "hint", wrap=True)
        self.go = button(
            self.tr("&Compare"),
            self.compare,
            name="compareButton",
            kind="primary",
            tip=self.tr("Queue the comparison; you can stop and resume it"),
        )

    def _lay_out(self) -> None:
        head = column(
            label(self.tr("Which method is most like you?"), "title"),
            label(
                self.tr(
                    "Each method gets three reference photos of a person. Its pictures are measured against photos "
                    "it has never seen."
                ),
                "hint",
                wrap=True,
            ),
            space=4,
        )
        prompts = label(self.tr("P&rompts, one per line; {subject} becomes woman or man"), "hint", wrap=True)
        prompts.setBuddy(self.prompts)
        left = column(head, self.notice, self.people, space=SPACE * 3 // 2, margin=SPACE * 2)
        left.setStretch(2, 1)
        left.addLayout(column(label(self.tr("Prompts and pictures"), "heading"), prompts, self.prompts, space=4))
        more = QFormLayout()
        more.setContentsMargins(0, 0, 0, 0)
        more.setHorizontalSpacing(SPACE * 2)
        more.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        more.addRow(self.tr("Pictures per prompt"), self.seeds)
        more.addRow(self.tr("Tuning"), self.preset)
        methods = QWidget()
        inner = column(self.methods, space=SPACE)
        inner.setContentsMargins(0, 0, SPACE + 4, 0)
        methods.setLayout(inner)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(methods)
        kept = self.tr("Copies of the photos and all pictures stay on this computer until you delete the comparison.")
        side = panel(
            label(self.tr("Methods"), "heading"),
            scroll,
            more,
            label(kept, "hint", wrap=True),
            self.count,
            self._time,
            self._wanted,
            self.go,
        )
        layout = side.layout()
        assert layout is not None
        layout.setSpacing(SPACE * 3 // 2)
        side.setFixedWidth(_SIDE_PX)
        self._side = side
        self._columns: QBoxLayout = row(space=0)
        self._columns.addLayout(left, 1)
        self._columns.addWidget(side)
        self.setLayout(self._columns)
        self._wide = self._columns.minimumSize().width()
