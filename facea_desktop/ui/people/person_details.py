"""What is known of a person beside the photos: leave, tuning, where it came from."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QVBoxLayout, QWidget

from facea_desktop.domain.people import Appearance, Profile, Tuning
from facea_desktop.library.summaries import PortraitQuery
from facea_desktop.ui.people.consent import ConsentPicker
from facea_desktop.ui.people.looks import LooksPicker
from facea_desktop.ui.people.presets import preset_words
from facea_desktop.ui.people.words import day_words, part_words
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import Section, button, column, label

_INDENT = 22  # of what stands below a radio button's text
_PAUSE_MS = 500
"""Changes of the leave and the looks within this time are written down together."""


class PersonDetails(QWidget):
    """A column of short sections; what the user changes goes out as signals."""

    consentChanged = Signal(object)
    """A Consent."""
    appearanceChanged = Signal(object)
    """An Appearance."""
    appearanceWanted = Signal()
    """It is to be read from the photos."""
    checkpointWanted = Signal(str)
    """"best" or "last"."""
    portraitsWanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._profile: Profile | None = None
        self.consent = ConsentPicker()
        self._unstated = label(self.tr("Nobody has said so yet."), "hint")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._say_changes)
        self.consent.changed.connect(self._timer.start)
        self.looks = LooksPicker(self.tr("Not known yet."))
        self.looks.changed.connect(self._timer.start)
        self.looks.readWanted.connect(self.appearanceWanted)
        self.portraits = button(
            "",
            self.portraitsWanted.emit,
            name="personPortraitsButton",
            icon_name="gallery",
            tip=self.tr("Show the portraits of this person in the gallery"),
        )
        self._tuning = QVBoxLayout()
        self._tuning.setContentsMargins(0, 0, 0, 0)
        self._tuned: QWidget | None = None
        rows = column(
            column(label(self.tr("Portraits"), "heading"), _left(self.portraits)),
            column(label(self.tr("May this face be portrayed?"), "heading"), self._unstated, self.consent),
            column(label(self.tr("Looks"), "heading"), self.looks),
            self._tuning,
            space=SPACE * 3,
        )
        rows.addStretch()
        self.setLayout(rows)

    def show_person(self, profile: Profile) -> None:
        """Show what the manifest says; what is being changed stays as it is, unless it is another's."""
        other = self._profile is None or self._profile.id != profile.id
        before, self._profile = self._profile, profile
        if other or not self._timer.isActive():
            self.consent.show_consent(profile.consent)
            self.looks.show_appearance(profile.appearance, profile.subject)
        self.looks.read.setVisible(profile.appearance == Appearance() and bool(profile.references))
        self._unstated.setVisible(profile.consent.kind == "not stated")
        if (
            other
            or before is None
            or (before.tuning, before.taken, before.warnings)
            != (
                profile.tuning,
                profile.taken,
                profile.warnings,
            )
        ):
            self._renew(profile)
        self.count_portraits()

    def finish(self) -> None:
        """Say a change that was just made, without waiting for more."""
        if self._timer.isActive():
            self._timer.stop()
            self._say_changes()

    def count_portraits(self) -> None:
        """Look how many portraits there are."""
        if self._profile is None:
            return
        count = self._session.index.count(PortraitQuery(person=self._profile.id))
        words = self.tr("1 portrait") if count == 1 else self.tr("{count} portraits").format(count=f"{count:,}")
        self.portraits.setText(words if count else self.tr("None yet"))
        self.portraits.setEnabled(count > 0)

    def hideEvent(self, event: QHideEvent) -> None:
        """A change that was just made is not lost by leaving."""
        super().hideEvent(event)
        self.finish()

    def _renew(self, profile: Profile) -> None:
        """The sections on tuning, sources and warnings, made anew."""
        if self._tuned is not None:
            self._tuning.removeWidget(self._tuned)
            self._tuned.hide()
            self._tuned.deleteLater()
        sections = column(self._tuning_section(profile), space=SPACE * 3)
        if profile.taken:
            sections.addLayout(self._taken_section(profile))
        if profile.warnings:
            lines = [label(text, "hint", wrap=True) for text in profile.warnings]
            sections.addLayout(column(label(self.tr("Good to know"), "heading"), *lines))
        self._tuned = QWidget()
        self._tuned.setLayout(sections)
        self._tuning.addWidget(self._tuned)

    def _tuning_section(self, profile: Profile) -> QVBoxLayout:
        rows = column(label(self.tr("Tuning"), "heading"))
        tuning = profile.tuning
        if tuning is None:
            rows.addWidget(
                label(self.tr("Not tuned yet. Portraits can be made once the face is learned."), "hint", wrap=True)
            )
            return rows
        if tuning.foreign:
            rows.addWidget(label(self.tr("Imported as a LoRA; how it was made is not known."), "hint", wrap=True))
        else:
            rows.addWidget(label(self._recipe_words(profile, tuning), wrap=True))
            self._add_checkpoints(rows, tuning)
        rows.addWidget(Section(self.tr("More"), self._facts(profile, tuning), name="recipeSection"))
        return rows

    def _add_checkpoints(self, rows: QVBoxLayout, tuning: Tuning) -> None:
        """The two sets of weights that a tuning keeps; a click puts the other one in use."""
        best, last = tuning.best_step, tuning.recipe.steps
        if best is None:
            return
        if best == last:
            words = self.tr("The last step is the best: {figures}.").format(figures=self._figures(tuning, last))
            rows.addWidget(label(words, "hint", wrap=True))
            return
        self._choices = QButtonGroup(rows)
        for which, step, words, hint in (
            ("best", best, self.tr("Best: {figures}"), self.tr("Most like the photos while it learned")),
            ("last", last, self.tr("Last: {figures}"), self.tr("Learned to the end")),
        ):
            choice = QRadioButton(words.format(figures=self._figures(tuning, step)))
            choice.setObjectName(f"use-{which}-checkpoint")
            choice.setToolTip(self.tr("Take the weights of this step of the tuning; you can come back"))
            choice.setChecked(step == tuning.step)
            choice.clicked.connect(partial(self._want_checkpoint, which, step))
            self._choices.addButton(choice)
            note = label(hint, "hint", wrap=True)
            note.setIndent(_INDENT)
            rows.addLayout(column(choice, note, space=0))

    def _want_checkpoint(self, which: str, step: int) -> None:
        """The mark stays with what is in use until the other one is."""
        assert self._profile is not None
        tuning = self._profile.tuning
        if tuning is not None and tuning.step != step:
            next(one for one in self._choices.buttons() if not one.isChecked()).setChecked(True)
            self.checkpointWanted.emit(which)

    def _figures(self, tuning: Tuning, step: int) -> str:
        score = next((point.likeness for point in tuning.curve if point.step == step), None)
        if score is None:
            return self.tr("step {step}").format(step=f"{step:,}")
        return self.tr("step {step}, likeness {score}").format(step=f"{step:,}", score=f"{score:.2f}")

    def _taken_section(self, profile: Profile) -> QVBoxLayout:
        rows = column(label(self.tr("Taken from others"), "heading"))
        for taken in profile.taken:
            text = self.tr("{part} from {name}, {steps} steps")
            name = taken.name or self.tr("somebody who was deleted")
            words = text.format(part=part_words(taken.attribute), name=name, steps=taken.steps)
            rows.addWidget(label(words, wrap=True))
        return rows

    def _recipe_words(self, profile: Profile, tuning: Tuning) -> str:
        photos = len(profile.references)
        words = self.tr("{steps} steps on one photo") if photos == 1 else self.tr("{steps} steps on {photos} photos")
        text = words.format(steps=f"{tuning.recipe.steps:,}", photos=photos)
        preset = self._preset(profile, tuning)
        return f"{preset}: {text}." if preset else f"{text}."

    def _preset(self, profile: Profile, tuning: Tuning) -> str:
        family = self._session.models.catalogue.families.get(profile.family)
        if family is None:
            return ""
        named = next((name for name, recipe in family.presets.items() if recipe == tuning.recipe), None)
        return preset_words(named, tuning.recipe.steps)[0] if named is not None else ""

    def _facts(self, profile: Profile, tuning: Tuning) -> QWidget:
        recipe, family = tuning.recipe, self._session.models.catalogue.families.get(profile.family)
        feature_count = profile.subject.feature_count if recipe.features is None else recipe.features
        facts = [(self.tr("Models"), family.title if family is not None else profile.family)]
        if not tuning.foreign:
            facts += [
                (self.tr("Step in use"), self.tr("{step} of {steps}").format(step=tuning.step, steps=recipe.steps)),
                (self.tr("Pictures a step"), str(2 * recipe.batch if recipe.attribute_task else recipe.batch)),
                (self.tr("Learns"), self.tr("face and parts") if recipe.attribute_task else self.tr("face alone")),
            ]
        facts.append((self.tr("Rank of the LoRA"), str(recipe.rank)))
        if not tuning.foreign:
            facts += [
                (self.tr("Its learning rate"), f"{recipe.lora_rate:g}"),
                (self.tr("Feature vectors"), str(feature_count)),
                (self.tr("Their learning rate"), f"{recipe.feature_rate:g}"),
                (self.tr("Seed"), str(tuning.seed)),
            ]
        facts.append((self.tr("Added"), day_words(profile.created.astimezone().date(), date.today())))
        return _grid(facts)

    @Slot()
    def _say_changes(self) -> None:
        profile, consent, looks = self._profile, self.consent.consent, self.looks.appearance
        if profile is not None and consent is not None and consent != profile.consent:
            self.consentChanged.emit(consent)
        if profile is not None and looks != profile.appearance:
            self.appearanceChanged.emit(looks)


def _left(widget: QWidget) -> QVBoxLayout:
    """At the left, not stretched."""
    rows = column(space=0)
    rows.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
    return rows


def _grid(facts: list[tuple[str, str]]) -> QWidget:
    """Names and values in two columns."""
    holder = QWidget()
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(SPACE * 2)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    for line, (name, value) in enumerate(facts):
        grid.addWidget(label(name, "hint"), line, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(value, wrap=True), line, 1)
    holder.setLayout(grid)
    return holder
