"""The rarer settings of a portrait; what is left alone takes the family's default."""

from __future__ import annotations

import random
from typing import Literal, TypeVar, cast

from PySide6.QtCore import QRegularExpression, Signal
from PySide6.QtGui import QRegularExpressionValidator, QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from facea_desktop.domain.field_limits import bounds, longest
from facea_desktop.domain.people import Appearance, Profile
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.domain.shapes import SHAPES, Shape
from facea_desktop.models.catalogue import Family
from facea_desktop.ui.icons import icon
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import row, tool

Scheduler = Literal["ddim", "dpmsolver", "euler"]
Quality = Literal["draft", "final", "own"]
Field = TypeVar("Field", QSpinBox, QDoubleSpinBox)

_SEEDS = bounds(PortraitRequest, "seed")[1] + 1
_SCHEDULERS: tuple[tuple[str, Scheduler], ...] = (("DDIM", "ddim"), ("DPM-Solver++", "dpmsolver"), ("Euler", "euler"))


class AdvancedSettings(QWidget):
    """Shape, seed, steps, guidance, strength, negative prompt, scheduler, looks, and the comparison without."""

    changed = Signal()

    def __init__(self, family: Family) -> None:
        super().__init__()
        self._family = family
        self._own = Appearance()  # of the chosen person
        self._person: str | None = None
        self._used: Appearance | None = None  # of a picture that was opened, where it is not the person's of now
        self.shape = QComboBox()
        self.shape.setObjectName("shape")
        self.shape.setAccessibleName(self.tr("Shape"))
        self.shape.setToolTip(self.tr("Width to height of a new scene, and its size in pixels"))
        for shape in SHAPES:
            self.shape.addItem("", None if shape == "1:1" else shape)
        self.seed = QLineEdit(str(random.randrange(_SEEDS)))
        self.seed.setObjectName("seedEdit")
        self.seed.setAccessibleName(self.tr("Seed"))
        self.seed.setToolTip(self.tr("The same seed and settings give the same picture."))
        self.seed.setValidator(QRegularExpressionValidator(QRegularExpression(r"\d{0,10}"), self))
        self.seed.textEdited.connect(self._typed_seed)
        self.seed.editingFinished.connect(lambda: self.seed.setText(str(self._seed())))
        self.scene_seed = QLineEdit()
        self.scene_seed.setObjectName("sceneSeedEdit")
        self.scene_seed.setAccessibleName(self.tr("Scene seed"))
        self.scene_seed.setPlaceholderText(self.tr("Same as the seed"))
        self.scene_seed.setToolTip(
            self.tr("A fixed seed for the scene: pictures with other seeds differ in the face alone.")
        )
        self.scene_seed.setValidator(QRegularExpressionValidator(QRegularExpression(r"\d{0,10}"), self))
        self.dice = tool("dice", self.tr("New random seed"), self._draw, name="seedDice")
        self.lock = tool("unlock", self.tr("Use this seed for the next pictures too"), name="seedLock", checkable=True)
        self.steps = self._count("steps", "faceSteps", self.tr("Denoising steps for the face"))
        self.context_steps = self._count("context_steps", "sceneSteps", self.tr("Denoising steps for the scene"))
        self.guidance = self._factor("guidance", "faceGuidance", self.tr("How closely the face follows its prompt"))
        self.context_guidance = self._factor(
            "context_guidance", "sceneGuidance", self.tr("How closely the scene follows its prompt")
        )
        tip = self.tr("How much of the original face is replaced; 1 redraws it completely")
        self.strength = _named(QDoubleSpinBox(), "strength", tip)
        self.strength.setRange(0.01, 1.0)
        self.strength.setSingleStep(0.05)
        self.strength.setValue(1.0)
        self.negative = QLineEdit()
        self.negative.setObjectName("negativePromptEdit")
        self.negative.setMaxLength(longest(PortraitRequest, "negative_prompt"))
        self.negative.setPlaceholderText(self.tr("What the picture should not show"))
        self.negative.setToolTip(self.tr("What the picture should not show"))
        self.scheduler = QComboBox()
        self.scheduler.setObjectName("scheduler")
        self.scheduler.setToolTip(self.tr("How noise is removed at each step"))
        self.scheduler.addItem("", None)
        for title, name in _SCHEDULERS:
            self.scheduler.addItem(title, name)
        self.looks = QCheckBox(self.tr("Match the person's appearance"))
        self.looks.setObjectName("asThePersonLooks")
        self.looks.setChecked(True)
        self.looks.setToolTip(
            self.tr("Adds the person's hair, age, beard, skin and glasses to the prompt unless it mentions them.")
        )
        self.without = QCheckBox(self.tr("Untuned, for comparison"))
        self.without.setObjectName("withoutPerson")
        self.without.setToolTip(self.tr("Shows what the model makes without the person's tuning."))
        self.setLayout(self._form())
        self._listen()
        self.set_family(family)

    @property
    def quality(self) -> Quality:
        """What the steps amount to."""
        steps = self.steps.value(), self.context_steps.value()
        if steps == (0, 0):
            return "final"
        return "draft" if steps == draft_steps(self._family) else "own"

    def set_quality(self, quality: Literal["draft", "final"]) -> None:
        """Take the family's steps, or half of them."""
        steps, context_steps = draft_steps(self._family) if quality == "draft" else (0, 0)
        self.steps.setValue(steps)
        self.context_steps.setValue(context_steps)

    def set_family(self, family: Family) -> None:
        """Show these defaults; a draft stays one."""
        draft = self.quality == "draft"
        self._family = family
        default = self.tr("Default ({0})")
        self.steps.setSpecialValueText(default.format(family.steps))
        self.context_steps.setSpecialValueText(default.format(family.context_steps))
        for field, value in (
            (self.guidance, family.guidance),
            (self.context_guidance, family.context_guidance),
        ):
            field.setSpecialValueText(default.format(field.locale().toString(value, "f", 1)))
        for index, shape in enumerate(SHAPES):
            self._show_shape(index, shape)
        titles = {name: title for title, name in _SCHEDULERS}
        self.scheduler.setItemText(0, default.format(titles[family.scheduler]))
        if draft:
            self.set_quality("draft")

    def fields(self) -> dict[str, object]:
        """The fields of a PortraitRequest that stand here."""
        return {
            "shape": cast(Shape | None, self.shape.currentData()),
            "seed": self._seed(),
            "scene_seed": int(self.scene_seed.text()) % _SEEDS if self.scene_seed.text() else None,
            "steps": self.steps.value() or None,
            "context_steps": self.context_steps.value() or None,
            "guidance": _or_none(self.guidance),
            "context_guidance": _or_none(self.context_guidance),
            "strength": round(self.strength.value(), 3),
            "negative_prompt": self.negative.text(),
            "scheduler": cast(Scheduler | None, self.scheduler.currentData()),
            "identity": not self.without.isChecked(),
            "appearance": self._used if self.looks.isChecked() else Appearance(),
        }

    @property
    def appearance(self) -> Appearance:
        """What is added to the prompts of the chosen person."""
        if not self.looks.isChecked():
            return Appearance()
        return self._own if self._used is None else self._used

    def set_person(self, person: Profile | None) -> None:
        """Whose looks are added; those of a picture that was opened are over with another person, or a correction."""
        own = person.appearance if person is not None else Appearance()
        name = person.id if person is not None else None
        if (name, own) != (self._person, self._own):
            self._person, self._own, self._used = name, own, None

    def restore(self, request: PortraitRequest) -> None:
        """Put in what a request says, and keep its seed."""
        self.shape.setCurrentIndex(max(self.shape.findData(request.shape), 0))
        self.seed.setText(str(request.seed))
        self.scene_seed.setText("" if request.scene_seed is None else str(request.scene_seed))
        self.lock.setChecked(True)
        self.steps.setValue(request.steps or 0)
        self.context_steps.setValue(request.context_steps or 0)
        for field, value in ((self.guidance, request.guidance), (self.context_guidance, request.context_guidance)):
            field.setValue(field.minimum() if value is None else value)
        self.strength.setValue(request.strength)
        self.negative.setText(request.negative_prompt)
        self.scheduler.setCurrentIndex(max(self.scheduler.findData(request.scheduler), 0))
        self.without.setChecked(not request.identity)
        used = None if request.appearance == self._own else request.appearance
        self.looks.setChecked(used != Appearance())
        self._used = used if self.looks.isChecked() else None

    def next_seed(self) -> None:
        """Another seed for the next pictures, unless it is kept."""
        if not self.lock.isChecked() or not self.seed.text():
            self.seed.setText(str(random.randrange(_SEEDS)))

    def _show_shape(self, index: int, shape: Shape) -> None:
        """What a shape comes to with the family; one that it cannot do cannot be chosen."""
        possible = shape in self._family.shapes
        width, height = self._family.scene_size(None if shape == "1:1" else shape)
        self.shape.setItemText(index, f"{shape} · {width} \u00d7 {height}" if possible else shape)
        model = self.shape.model()
        assert isinstance(model, QStandardItemModel)
        model.item(index).setEnabled(possible)

    def _seed(self) -> int:
        return int(self.seed.text() or 0) % _SEEDS

    def _draw(self) -> None:
        self.seed.setText(str(random.randrange(_SEEDS)))
        self.changed.emit()

    def _typed_seed(self, text: str) -> None:
        self.lock.setChecked(bool(text))  # who types a seed wants that one

    def _looks_toggled(self) -> None:
        self._used = None
        self.changed.emit()

    def _locked(self, on: bool) -> None:
        self.lock.setIcon(icon("lock" if on else "unlock"))
        tip = self.tr("The seed is fixed; click for a new one each time") if on else self.tr("Keep this seed")
        self.lock.setToolTip(tip)
        self.lock.setAccessibleName(tip)

    def _count(self, of: str, name: str, tip: str) -> QSpinBox:
        least, most = bounds(PortraitRequest, of)
        field = QSpinBox()
        field.setRange(least - 1, most)  # one below what a request takes stands for the default
        return _named(field, name, tip)

    def _factor(self, of: str, name: str, tip: str) -> QDoubleSpinBox:
        least, most = bounds(PortraitRequest, of)
        field = QDoubleSpinBox()
        field.setSingleStep(0.5)
        field.setRange(least - field.singleStep(), most)  # a step below what a request takes stands for the default
        return _named(field, name, tip)

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(SPACE)
        form.setHorizontalSpacing(SPACE // 2)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)  # where words are long
        seed = row(self.seed, self.dice, self.lock, space=2)
        seed.setStretch(0, 1)
        form.addRow(self._hint(self.tr("Shape")), self.shape)
        form.addRow(self._hint(self.tr("Seed")), seed)
        for title, field in (
            (self.tr("Scene seed"), self.scene_seed),
            (self.tr("Face steps"), self.steps),
            (self.tr("Scene steps"), self.context_steps),
            (self.tr("Face guidance"), self.guidance),
            (self.tr("Scene guidance"), self.context_guidance),
            (self.tr("Strength"), self.strength),
            (self.tr("Scheduler"), self.scheduler),
        ):
            form.addRow(self._hint(title), field)
        form.addRow(self._hint(self.tr("Avoid (negative prompt)")))  # beside it, fields would be too narrow for a seed
        form.addRow(self.negative)
        form.addRow(self.looks)
        form.addRow(self.without)
        return form

    @staticmethod
    def _hint(text: str) -> QLabel:
        made = QLabel(text)
        made.setProperty("hint", True)
        return made

    def _listen(self) -> None:
        self.lock.toggled.connect(self._locked)
        self.lock.toggled.connect(self.changed)
        self.without.toggled.connect(self.changed)
        self.shape.currentIndexChanged.connect(self.changed)
        self.scene_seed.textChanged.connect(self.changed)
        self.looks.toggled.connect(self._looks_toggled)
        for field in (self.steps, self.context_steps, self.guidance, self.context_guidance, self.strength):
            field.valueChanged.connect(self.changed)


def _named(field: Field, name: str, tip: str) -> Field:
    field.setObjectName(name)
    field.setToolTip(tip)
    field.setAccessibleName(tip)
    field.lineEdit().setTextMargins(4, 0, 0, 0)  # the theme's padding does not reach the text of a spin box
    return field


def draft_steps(family: Family) -> tuple[int, int]:
    """Steps of a quick look, for the face and the scene: half the family's."""
    return (family.steps + 1) // 2, (family.context_steps + 1) // 2


def _or_none(field: QDoubleSpinBox) -> float | None:
    return None if field.value() < field.minimum() + field.singleStep() else round(field.value(), 3)
