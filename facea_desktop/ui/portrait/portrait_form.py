"""What a portrait is asked for: the fields of the panel, and the request that they make."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QScrollArea, QVBoxLayout, QWidget

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.field_limits import longest
from facea_desktop.domain.people import Appearance, Profile
from facea_desktop.domain.permissions import Person
from facea_desktop.domain.requests import PortraitRequest, PromptSplit
from facea_desktop.domain.styles import AnyStyle, OwnStyle
from facea_desktop.domain.wildcards import Trouble, restored_template, trouble_with
from facea_desktop.library.portrait_files import is_stage
from facea_desktop.library.wildcard_files import FOLDER as WILDCARDS
from facea_desktop.library.wildcard_files import WildcardFiles
from facea_desktop.models.catalogue import Family
from facea_desktop.ui.person_text import first_sight_note
from facea_desktop.ui.portrait.advanced_settings import AdvancedSettings
from facea_desktop.ui.portrait.canvas_content import CanvasContent
from facea_desktop.ui.portrait.face_assignments import FaceAssignments
from facea_desktop.ui.portrait.lora_style import LoraStrength
from facea_desktop.ui.portrait.own_style_actions import OwnStyleActions
from facea_desktop.ui.portrait.person_box import PersonBox
from facea_desktop.ui.portrait.prompt_box import PromptBox
from facea_desktop.ui.portrait.prompt_history import last_prompts
from facea_desktop.ui.portrait.quick_pick_data import PickGroup
from facea_desktop.ui.portrait.quick_picks import QuickPicks
from facea_desktop.ui.portrait.scene_box import SceneBox, Source
from facea_desktop.ui.portrait.style_prompts import styled_prompt
from facea_desktop.ui.portrait.style_strip import StyleStrip
from facea_desktop.ui.portrait.wildcard_text import trouble_text
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import Section, column, label, row

LONGEST_PROMPT = longest(PortraitRequest, "prompt")


class PortraitForm(QScrollArea):
    """Who, prompt, style, quick picks, scene and the rarer settings, below each other."""

    changed = Signal()

    def __init__(self, session: Session, stage: CanvasContent) -> None:
        super().__init__()
        self._session = session
        self.who = PersonBox(session)
        self.prompt = PromptBox(session.root / WILDCARDS, partial(last_prompts, session))
        self._opened: PortraitRequest | None = None
        self.styles = StyleStrip()
        self.style_strength = LoraStrength()
        self.own_styles = OwnStyleActions(
            session, lambda: self.prompt.style_words, lambda: stage.result or stage.base, self
        )
        self.picks = QuickPicks()
        self.scene = SceneBox(session, stage)
        self.more = AdvancedSettings(self.family)
        self._split: PromptSplit | None = None  # of the picture whose settings were restored
        self._lay_out()
        session.personSelected.connect(self._person_selected)
        session.modelsChanged.connect(self._models_changed)
        for part in (self.who, self.prompt, self.style_strength, self.scene, self.more):
            part.changed.connect(self._tell)
        self.more.changed.connect(self._looks_changed)
        self.prompt.styleRecalled.connect(self._choose_style)
        self.styles.chosenChanged.connect(self._style_chosen)
        self.styles.menuWanted.connect(self.own_styles.show_menu_of)
        self.own_styles.changed.connect(self._show_own_styles)
        self.own_styles.saved.connect(self._use_saved)
        session.portraitsChanged.connect(self._show_own_styles)  # their pictures go with portraits and people
        session.peopleChanged.connect(self._show_own_styles)
        self._show_own_styles()
        self.picks.picked.connect(self._picked)
        self.prompt.templateWanted.connect(self._use_template)
        self._person_selected(session.selected)

    def request(self, count: int, *, one_scene: bool = False) -> PortraitRequest:
        """What the fields ask for; a mask that was painted is not in it yet.

        Args:
            one_scene: one scene is painted for all pictures.

        Raises:
            pydantic.ValidationError: ``trouble`` says why.
        """
        fields = self._fields()
        if fields["picture"] is not None:
            fields |= {"scene_seed": None, "shape": None}
        elif one_scene and count > 1 and fields["scene_seed"] is None:
            fields["scene_seed"] = fields["seed"]
        return PortraitRequest(count=count, **fields)

    def _fields(self) -> dict[str, Any]:
        person = self._session.selected
        return self.more.fields() | {
            "person": person.id if person is not None else "",
            "prompt": self.prompt.prompt,
            "split": self._split,
            "context_prompt": self.prompt.scene.by_hand,
            "face_prompt": self.prompt.face.by_hand,
            "picture": self.scene.picture,
            "face": self.scene.face,
            "face_words": self.scene.words,
            "others": self.scene.others,
            "style_lora": self.style_strength.lora,
        }

    @property
    def trouble(self) -> str:
        """Why no picture can be made, and what to do; empty where one can."""
        if self.who.trouble:
            return self.who.trouble
        texts = (self.prompt.prompt, self.prompt.scene.by_hand or "", self.prompt.face.by_hand or "")
        if not any(text.strip() for text in texts) and self.scene.picture is None:
            return self.tr("Describe the picture first.")
        if (trouble := self._wildcard_trouble(texts)) is not None:
            return trouble_text(trouble)
        if any(len(text) > LONGEST_PROMPT for text in texts):
            return self.tr("Shorten the prompt to {0} characters first.").format(LONGEST_PROMPT)
        lora = self.style_strength.lora
        if lora is not None and lora.strength > 0 and self.scene.picture is None and not self._takes_loras:
            text = self.tr("The style {0} needs scenes by Stable Diffusion XL; choose another style or scene model.")
            return text.format(lora.name)
        shape = self.more.shape.currentData()
        if self.scene.picture is None and shape is not None and shape not in self.family.shapes:
            return self.tr("The models in use cannot make {0} pictures. Choose another shape under More.").format(shape)
        return self.scene.trouble

    @property
    def _takes_loras(self) -> bool:
        """Whether the scenes of the chosen person's models are painted with LoRA files."""
        return self._session.models.takes_style_lora(self.family)

    def _wildcard_trouble(self, texts: Sequence[str]) -> Trouble | None:
        """Why one of these texts, or what is to be avoided, cannot be drawn."""
        written = [text for text in (*texts, self.more.negative.text()) if "{" in text or "__" in text]
        files = WildcardFiles(self._session.root / WILDCARDS)
        names = files.names() if any("__" in text for text in written) else []
        troubles = (trouble_with(text, files.lines, names) for text in written)
        return next((trouble for trouble in troubles if trouble is not None), None)

    @property
    def at_first_sight(self) -> bool:
        """Whether the faces of all who are going to be in the picture are made after photos alone."""
        untuned = [] if self.more.without.isChecked() else self._untuned
        return len(untuned) == 1 + len(self.scene.others) and all(map(self._session.at_first_sight, untuned))

    @property
    def _untuned(self) -> list[Person]:
        """Everybody who is not tuned, of those whom the picture is going to show."""
        lead, others = self._session.selected, {assignment.person for assignment in self.scene.others}
        people: list[Person] = [one for one in self._session.people() if one.id in others] if others else []
        return [one for one in ([lead] if lead is not None else []) + people if one.state == "not tuned"]

    @property
    def note(self) -> str:
        """What one should know before making it, where that is not in sight; else empty."""
        person = self._session.selected
        notes = []
        if self.more.without.isChecked() and person is not None:
            notes.append(self.tr("Untuned, for comparison: made without {0}'s tuning.").format(person.name))
        for one in [] if self.more.without.isChecked() else self._untuned:
            if self._session.people_status.of(one).tuning_queued:
                notes.append(self.tr("Portraits start as soon as {0} is tuned.").format(one.name))
            else:
                notes.append(first_sight_note(one.name))
        if self.more.lock.isChecked():
            notes.append(self.tr("The seed is fixed (under More): the same settings give the same picture."))
        if self.more.scene_seed.text() and self.scene.picture is None:
            notes.append(self.tr("The scene's seed is fixed (under More): every picture gets the same scene."))
        if self.more.shape.currentIndex() > 0 and self.scene.picture is not None:
            notes.append(self.tr("The picture keeps the shape of its scene; the shape under More is for new scenes."))
        return "\n".join(notes)

    async def restore(self, request: PortraitRequest, mask: QImage | None) -> bool:
        """Put in everything that a request says; whether its person is still in the library."""
        known = {person.id for person in self._session.people()}
        if request.person in known:
            self._session.select(request.person)
        elif request.appearance != Appearance():  # they describe someone other than the person chosen now
            request = request.model_copy(update={"appearance": None})
        self.restore_words(request)
        self._split = request.split
        self.more.restore(request)
        self._offer_template(request)
        self._looks_changed()
        others = tuple(assignment for assignment in request.others if assignment.person in known)
        source: Source = "keep" if request.picture is not None and is_stage(request.picture.stem) else "picture"
        if request.picture is None:
            self.scene.paint()
            return request.person in known
        try:
            cast = FaceAssignments.of(request.face, request.face_words, others)
            await self.scene.take(source, request.picture, cast, mask)
        except UserError as error:
            self.scene.paint()
            self.scene.notice.set_message(str(error))
        return request.person in known

    async def take_over(self, before: PortraitForm) -> None:
        """Put in everything that stands in another form of the session, whether it can be made already or not."""
        kept = before.more.lock.isChecked()
        await self.restore(PortraitRequest.model_construct(**before._fields()), before.scene.painted)
        self.more.lock.setChecked(kept)

    def restore_words(self, request: PortraitRequest) -> None:
        """Put in the prompt, its style, and the parts that were written by hand."""
        text, style = styled_prompt(request.prompt, self.styles.own, request.style_lora)
        self._choose_style(style)
        if request.style_lora is not None:
            self.style_strength.field.setValue(request.style_lora.strength)
        self.prompt.restore(text, style, request.context_prompt, request.face_prompt)

    def _offer_template(self, request: PortraitRequest) -> None:
        """A picture whose words were drawn brings these words back, and what they were drawn from within reach."""
        self._opened = request
        template = request.template
        if template is not None:
            self.prompt.offer_template(template.prompt or template.face_prompt or template.context_prompt or "")

    @Slot()
    def _use_template(self) -> None:
        restored = restored_template(self._opened) if self._opened is not None else None
        if restored is not None:
            self.restore_words(restored)
            self.more.negative.setText(restored.negative_prompt)
            if self.scene.picture is not None:
                said = {other.face: other.words for other in restored.others}
                self.scene.faces.say({restored.face: restored.face_words} | said)

    @property
    def family(self) -> Family:
        """The chosen person's models: theirs are the defaults that count."""
        person = self._session.selected
        models = self._session.models
        known = person is not None and person.family in models.catalogue.families
        return models.family(person.family) if person is not None and known else self._session.family

    @Slot(object)
    def _person_selected(self, person: Profile | None) -> None:
        self._models_changed()
        self.more.set_person(person)
        self._looks_changed()

    @Slot()
    def _models_changed(self) -> None:
        family = self.family
        self.more.set_family(family)
        self.prompt.set_scene_words_only(family.scene_words)
        self.picks.set_scene_words_only(family.scene_words)
        self.styles.set_takes_loras(self._takes_loras)
        self._tell()

    @Slot()
    def _looks_changed(self) -> None:
        person, looks = self._session.selected, self.more.appearance
        if person is None:
            self.prompt.set_person(None, looks)
        else:
            self.prompt.set_person(person.subject, looks, person.name)

    @Slot(object)
    def _style_chosen(self, style: AnyStyle | None) -> None:
        """The user, or what became of the styles, chose one in the strip."""
        self.style_strength.follow(style)
        self.prompt.choose_style(style)

    @Slot(object)
    def _choose_style(self, style: AnyStyle | None) -> None:
        """Choose the style that stands in the prompt."""
        self.styles.choose(style)
        self.style_strength.follow(style)

    @Slot()
    def _show_own_styles(self) -> None:
        own = self.own_styles.store.all()
        if own != self.styles.own:
            self.styles.set_own(own)

    @Slot(object)
    def _use_saved(self, style: OwnStyle) -> None:
        """Choose a style that was saved just now, where it can be; its words in the prompt give way to it."""
        if style.lora is not None and not self._takes_loras:
            return
        self.prompt.swap_words(style)
        self._choose_style(style)

    @Slot(object, str, bool)
    def _picked(self, group: PickGroup, words: str, there: bool) -> None:
        self.prompt.put(group, words, there=there)

    @Slot()
    def _tell(self) -> None:
        self.picks.show_prompt(self.prompt.text)
        self.prompt.set_painted(self.scene.picture is None)
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The wheel scrolls the form; it turns a field's value only where the user has clicked into it."""
        field = isinstance(watched, QAbstractSpinBox | QComboBox)  # Qt filters its scroll bars here, too
        if field and event.type() == QEvent.Type.Wheel and not watched.hasFocus():  # type: ignore[attr-defined]
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        more = Section(self.tr("More"), self.more, name="morePortraitSettings")
        style = row(label(self.tr("Style"), "heading"))
        style.addStretch()
        style.addWidget(self.own_styles.more)
        groups = [
            column(style, self.styles, self.style_strength, space=4),
            column(label(self.tr("Quick picks"), "heading"), self.picks, space=4),
            column(label(self.tr("Scene"), "heading"), self.scene, space=4),
        ]
        layout: QVBoxLayout = column(self.who, self.prompt, *groups, more, margin=SPACE * 3 // 2, space=SPACE * 3 // 2)
        layout.addStretch()
        inner = QWidget()
        inner.setLayout(layout)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inner)
        for field in (*inner.findChildren(QAbstractSpinBox), *inner.findChildren(QComboBox)):
            field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # or the wheel alone would give them the focus
            field.installEventFilter(self)
