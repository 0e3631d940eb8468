"""Details of a person beside the photos: consent, tuning, origin."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QVBoxLayout, QWidget

from facea_desktop.domain.people import Appearance, Profile, Tuning, taken_parts
from facea_desktop.library.previous_tuning import PreviousTuning, previous_tuning
from facea_desktop.library.summaries import PortraitQuery
from facea_desktop.ui.catalogue_text import title_of
from facea_desktop.ui.formatting import counted, day_words, decimal, number
from facea_desktop.ui.likeness_scale import likeness_word
from facea_desktop.ui.people.appearance_picker import AppearancePicker
from facea_desktop.ui.people.consent_picker import ConsentPicker
from facea_desktop.ui.people.preset_picker import preset_words
from facea_desktop.ui.person_text import part_words
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.throttling import Debounce
from facea_desktop.ui.widgets import Flow, Section, button, column, label

_INDENT = 22  # of what stands below a radio button's text
_PAUSE_MS = 500
"""Changes of the consent and the looks within this time are written down together."""


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
    tuningConfirmed = Signal()
    """The new tuning is better than the one before."""
    goBackWanted = Signal()
    """The tuning before is wanted back."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._profile: Profile | None = None
        self.consent = ConsentPicker()
        self._unstated = label(self.tr("Not stated yet."), "hint")
        self._pause = Debounce(_PAUSE_MS, self._say_changes, self)
        self.consent.changed.connect(self._pause.schedule)
        self.looks = AppearancePicker(self.tr("Not known yet."))
        self.looks.changed.connect(self._pause.schedule)
        self.looks.readWanted.connect(self.appearanceWanted)
        self.portraits = button(
            "",
            self.portraitsWanted.emit,
            name="personPortraitsButton",
            icon_name="gallery",
            tip=self.tr("Show this person's portraits in the gallery"),
        )
        self._tuning = QVBoxLayout()
        self._tuning.setContentsMargins(0, 0, 0, 0)
        self._tuned: QWidget | None = None
        self._previous: PreviousTuning | None = None
        rows = column(
            column(label(self.tr("Portraits"), "heading"), _left(self.portraits)),
            column(label(self.tr("May this face be portrayed?"), "heading"), self._unstated, self.consent),
            column(label(self.tr("Appearance"), "heading"), self.looks),
            self._tuning,
            space=SPACE * 3,
        )
        rows.addStretch()
        self.setLayout(rows)

    def show_person(self, profile: Profile) -> None:
        """Show what the manifest says; what is being changed stays as it is, unless it is another's."""
        other = self._profile is None or self._profile.id != profile.id
        before, self._profile = self._profile, profile
        if other or not self._pause.isActive():
            self.consent.show_consent(profile.consent)
            self.looks.show_appearance(profile.appearance, profile.subject)
        self.looks.read.setVisible(profile.appearance == Appearance() and bool(profile.references))
        self._unstated.setVisible(profile.consent.kind == "not stated")
        kept, self._previous = self._previous, previous_tuning(self._session.library.folder(profile.id), profile)
        if (
            other
            or before is None
            or kept != self._previous
            or (before.tuning, before.taken, before.blended, before.warnings)
            != (
                profile.tuning,
                profile.taken,
                profile.blended,
                profile.warnings,
            )
        ):
            self._renew(profile)
        self.count_portraits()

    def finish(self) -> None:
        """Say a change that was just made, without waiting for more."""
        self._pause.flush()

    def count_portraits(self) -> None:
        """Look how many portraits there are."""
        if self._profile is None:
            return
        count = self._session.index.count(PortraitQuery(person=self._profile.id))
        words = counted(count, self.tr("1 portrait"), self.tr("{} portraits"))
        self.portraits.setText(words if count else self.tr("None yet"))
        self.portraits.setEnabled(count > 0)

    def hideEvent(self, event: QHideEvent) -> None:
        """A change that was just made is not lost by leaving."""
        super().hideEvent(event)
        self.finish()

    def _renew(self, profile: Profile) -> None:
        """Rebuild the sections on tuning, sources and warnings."""
        if self._tuned is not None:
            self._tuning.removeWidget(self._tuned)
            self._tuned.hide()
            self._tuned.deleteLater()
        sections = column(self._tuning_section(profile), space=SPACE * 3)
        if profile.taken:
            sections.addLayout(self._taken_section(profile))
        if profile.blended:
            sections.addLayout(self._blended_section(profile))
        if profile.warnings:
            lines = [label(text, "hint", wrap=True) for text in profile.warnings]
            sections.addLayout(column(label(self.tr("Notes"), "heading"), *lines))
        self._tuned = QWidget()
        self._tuned.setLayout(sections)
        self._tuning.addWidget(self._tuned)

    def _tuning_section(self, profile: Profile) -> QVBoxLayout:
        rows = column(label(self.tr("Tuning"), "heading"))
        tuning = profile.fitting_tuning
        if tuning is None:
            words = self.tr("Not tuned yet. Portraits can be made after tuning.")
            if profile.tuning is not None:
                words = self.tr("Tuned for earlier models, to which the tuning does not fit any more. Tune again.")
            elif self._session.models.at_first_sight(profile):
                words = self.tr(
                    "Not tuned yet. Portraits are made after the photos alone; tuning makes them more alike."
                )
            rows.addWidget(label(words, "hint", wrap=True))
            return rows
        if tuning.foreign:
            rows.addWidget(label(self.tr("Imported as a LoRA; its training settings are unknown."), "hint", wrap=True))
        else:
            rows.addWidget(label(self._recipe_words(profile, tuning), wrap=True))
            self._add_checkpoints(rows, tuning)
        if self._previous is not None:
            rows.addLayout(self._choice(self._previous.tuning))
        rows.addWidget(Section(self.tr("More"), self._facts(profile, tuning), name="recipeSection"))
        return rows

    def _choice(self, before: Tuning) -> QVBoxLayout:
        """The new tuning, or the one that it replaced."""
        text = self.tr("Better than before? The earlier tuning ({figures}) is kept until you decide.")
        words = label(text.format(figures=self._figures(before, before.step)), wrap=True)
        better = button(
            self.tr("Better"),
            self.tuningConfirmed.emit,
            name="confirmTuning",
            tip=self.tr("Keep the new tuning and delete the earlier one"),
        )
        back = button(
            self.tr("Go back to the one before"),
            self.goBackWanted.emit,
            name="tuningBefore",
            tip=self.tr("Use the earlier tuning again and give up the new one"),
        )
        choices = Flow()
        for one in (better, back):
            choices.addWidget(one)
        rows = column(words, space=SPACE)
        rows.addLayout(choices)
        return rows

    def _add_checkpoints(self, rows: QVBoxLayout, tuning: Tuning) -> None:
        """The two sets of weights that a tuning keeps; a click puts the other one in use."""
        best, last = tuning.best_step, tuning.recipe.steps
        if best is None:
            return
        if best == last:
            words = self.tr("The last step is the best: {figures}.").format(figures=self._figures(tuning, last))
            said = label(words, "hint", wrap=True)
            said.setToolTip(self._meaning(tuning, last))
            rows.addWidget(said)
            return
        self._choices = QButtonGroup(rows)
        for which, step, words, hint in (
            ("best", best, self.tr("Best: {figures}"), self.tr("Highest likeness during tuning")),
            ("last", last, self.tr("Last: {figures}"), self.tr("Completed")),
        ):
            choice = QRadioButton(words.format(figures=self._figures(tuning, step)))
            choice.setObjectName(f"use-{which}-checkpoint")
            tip = self.tr("Use the weights of this step; you can switch back")
            choice.setToolTip("\n".join(filter(None, (tip, self._meaning(tuning, step)))))
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
        score = _score(tuning, step)
        if score is None or self._profile is None:
            return self.tr("step {step}").format(step=number(step))
        word = likeness_word(self._session.likeness.place(self._profile.id, score))
        return self.tr("step {step}, {likeness}").format(step=number(step), likeness=word)

    def _meaning(self, tuning: Tuning, step: int) -> str:
        """The number behind the word of ``_figures``, and what it means."""
        score = _score(tuning, step)
        return "" if score is None or self._profile is None else self._session.likeness.words(self._profile.id, score)

    def _taken_section(self, profile: Profile) -> QVBoxLayout:
        rows = column(label(self.tr("Attributes from others"), "heading"))
        for taken, part in taken_parts(profile.taken):
            percent = round(100 * part)
            if percent == 0:  # somebody else's took its place
                continue
            name = taken.name or self.tr("a deleted person")
            text = self.tr("{part} from {name}, {steps} steps")
            if percent < 100:
                text = self.tr("{part} from {name} ({percent} %), {steps} steps")
            words = text.format(part=part_words(taken.attribute), name=name, percent=percent, steps=taken.steps)
            rows.addWidget(label(words, wrap=True))
        return rows

    def _blended_section(self, profile: Profile) -> QVBoxLayout:
        rows = column(label(self.tr("Between"), "heading"))
        for one in profile.blended:
            name = one.name or self.tr("a deleted person")
            words = self.tr("{percent} % {name}").format(percent=round(100 * one.part), name=name)
            rows.addWidget(label(words, wrap=True))
        return rows

    def _recipe_words(self, profile: Profile, tuning: Tuning) -> str:
        photos = len(profile.references) if tuning.photos is None else len(tuning.photos)
        words = self.tr("{steps} steps on one photo") if photos == 1 else self.tr("{steps} steps on {photos} photos")
        text = words.format(steps=number(tuning.recipe.steps), photos=photos)
        if tuning.earlier_steps:
            more = self.tr("{text}, after {steps} steps before that")
            text = more.format(text=text, steps=number(tuning.earlier_steps))
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
        facts = [(self.tr("Models"), title_of(family) if family is not None else profile.family)]
        if not tuning.foreign:
            facts += [
                (self.tr("Step in use"), self.tr("{step} of {steps}").format(step=tuning.step, steps=recipe.steps)),
                (self.tr("Pictures per step"), str(2 * recipe.batch if recipe.attribute_task else recipe.batch)),
                (self.tr("Trains"), self.tr("face and parts") if recipe.attribute_task else self.tr("face only")),
            ]
        facts.append((self.tr("Rank of the LoRA"), str(recipe.rank)))
        if not tuning.foreign:
            facts += [
                (self.tr("LoRA learning rate"), decimal(recipe.lora_rate, None)),
                (self.tr("Feature vectors"), str(feature_count)),
                (self.tr("Feature learning rate"), decimal(recipe.feature_rate, None)),
                (self.tr("Seed"), str(tuning.seed)),
            ]
        facts.append((self.tr("Added"), day_words(profile.created.astimezone().date())))
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


def _score(tuning: Tuning, step: int) -> float | None:
    return next((point.likeness for point in tuning.curve if point.step == step), None)
