"""What a portrait is asked for: the fields of the panel, and the request that they make."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QScrollArea, QVBoxLayout, QWidget

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.people import Appearance, Profile
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.domain.styles import Style
from facea_desktop.library.portraits import is_stage
from facea_desktop.models.catalogue import Family
from facea_desktop.ui.portrait.more import MoreBox
from facea_desktop.ui.portrait.pick_groups import PickGroup
from facea_desktop.ui.portrait.picks import QuickPicks
from facea_desktop.ui.portrait.prompt_box import PromptBox
from facea_desktop.ui.portrait.scene_box import SceneBox, Source
from facea_desktop.ui.portrait.stage import Stage
from facea_desktop.ui.portrait.style_strip import StyleStrip
from facea_desktop.ui.portrait.styles import styled_prompt
from facea_desktop.ui.portrait.who import WhoBox
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import Section, column, label

LONGEST_PROMPT = 2000


class PortraitForm(QScrollArea):
    """Who, prompt, style, quick picks, scene and the rarer settings, below each other."""

    changed = Signal()

    def __init__(self, session: Session, stage: Stage) -> None:
        super().__init__()
        self._session = session
        self.who = WhoBox(session)
        self.prompt = PromptBox()
        self.styles = StyleStrip()
        self.picks = QuickPicks()
        self.scene = SceneBox(session, stage)
        self.more = MoreBox(self._family)
        self._lay_out()
        session.personSelected.connect(self._person_selected)
        session.modelsChanged.connect(self._models_changed)
        for part in (self.who, self.prompt, self.scene, self.more):
            part.changed.connect(self._tell)
        self.more.changed.connect(self._looks_changed)
        self.styles.chosenChanged.connect(self._style_chosen)
        self.picks.picked.connect(self._picked)
        self._person_selected(session.selected)

    def request(self, count: int) -> PortraitRequest:
        """What the fields ask for; a mask that was painted is not in it yet.

        Raises:
            pydantic.ValidationError: ``trouble`` says why.
        """
        person = self._session.selected
        fields: dict[str, Any] = self.more.fields()
        return PortraitRequest(
            person=person.id if person is not None else "",
            prompt=self.prompt.prompt,
            context_prompt=self.prompt.scene.by_hand,
            face_prompt=self.prompt.face.by_hand,
            picture=self.scene.picture,
            face=self.scene.face,
            others=self.scene.others,
            count=count,
            **fields,
        )

    @property
    def trouble(self) -> str:
        """Why no picture can be made, and what to do; empty where one can."""
        if self.who.trouble:
            return self.who.trouble
        texts = (self.prompt.prompt, self.prompt.scene.by_hand or "", self.prompt.face.by_hand or "")
        if not any(text.strip() for text in texts) and self.scene.picture is None:
            return self.tr("Write what the picture shows first.")
        if any(len(text) > LONGEST_PROMPT for text in texts):
            return self.tr("Shorten the prompt to {0} characters first.").format(LONGEST_PROMPT)
        return self.scene.trouble

    @property
    def note(self) -> str:
        """What one should know before making it, where that is not in sight; else empty."""
        person = self._session.selected
        notes = []
        if self.more.without.isChecked() and person is not None:
            notes.append(self.tr("To compare: made without what was learned of {0}.").format(person.name))
        if self.more.lock.isChecked():
            notes.append(self.tr("The seed is kept (under More): the same settings make the same picture again."))
        return "\n".join(notes)

    async def restore(self, request: PortraitRequest, mask: QImage | None) -> bool:
        """Put in everything that a request says; whether its person is still in the library."""
        known = {person.id for person in self._session.people()}
        if request.person in known:
            self._session.select(request.person)
        elif request.appearance != Appearance():  # they were the looks of somebody else than who is chosen now
            request = request.model_copy(update={"appearance": None})
        self.restore_words(request)
        self.more.restore(request)
        self._looks_changed()
        others = tuple(casting for casting in request.others if casting.person in known)
        source: Source = "keep" if request.picture is not None and is_stage(request.picture.stem) else "picture"
        if request.picture is None:
            self.scene.paint()
            return request.person in known
        try:
            await self.scene.take(source, request.picture, request.face, others, mask)
        except UserError as error:
            self.scene.paint()
            self.scene.notice.say(str(error))
        return request.person in known

    def restore_words(self, request: PortraitRequest) -> None:
        """Put in the prompt, its style, and the parts that were written by hand."""
        text, style = styled_prompt(request.prompt)
        self.styles.choose(style)
        self.prompt.restore(text, style, request.context_prompt, request.face_prompt)

    @property
    def _family(self) -> Family:
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
        family = self._family
        self.more.set_family(family)
        self.prompt.set_scene_words_only(family.scene_words)
        self.picks.set_scene_words_only(family.scene_words)

    @Slot()
    def _looks_changed(self) -> None:
        person, looks = self._session.selected, self.more.appearance
        if person is None:
            self.prompt.set_person(None, looks)
        else:
            self.prompt.set_person(person.subject, looks, person.name)

    @Slot(object)
    def _style_chosen(self, style: Style | None) -> None:
        self.prompt.choose_style(style)

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
        titled = (
            (self.tr("Style"), self.styles),
            (self.tr("Quick picks"), self.picks),
            (self.tr("Scene"), self.scene),
        )
        groups = [column(label(title, "heading"), part, space=4) for title, part in titled]
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
