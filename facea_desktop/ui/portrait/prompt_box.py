"""The prompt, and below it what becomes of it: the scene, the face and the style."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLabel, QWidget

from facea_desktop.domain.appearance import Completed
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.model_words import model_prompts
from facea_desktop.domain.people import Appearance
from facea_desktop.domain.prompts import PromptParts, split_prompt
from facea_desktop.domain.styles import Style
from facea_desktop.ui.portrait.pick_groups import PickGroup
from facea_desktop.ui.portrait.prompt_fields import LABEL_WIDTH, GrowingEdit, PartField
from facea_desktop.ui.portrait.styles import other_style, with_style
from facea_desktop.ui.portrait.word_hints import WordHints
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import column, label, row

SPLIT_AFTER_MS = 150


class PromptBox(QWidget):
    """T, T_c, T_id and the style's words."""

    changed = Signal()
    """Anything of it."""
    finished = Signal()
    """Ctrl+Enter in any of the fields."""

    def __init__(self) -> None:
        super().__init__()
        self._subject: Subject | None = None
        self._appearance = Appearance()
        self._name = ""
        self._parts = PromptParts("", "", "")
        self._style: Style | None = None
        self._painted = True
        self.edit = GrowingEdit(2, 6)
        self.edit.setObjectName("promptEdit")
        self.edit.setAccessibleName(self.tr("Prompt"))
        self.edit.setToolTip(self.tr("Say what the picture shows. Ctrl+Enter makes it."))
        self.scene = PartField(
            self.tr("Scene"), "scenePromptEdit", self.tr("What the scene is painted from. Write here to overrule it.")
        )
        self.face = PartField(
            self.tr("Face"), "facePromptEdit", self.tr("What the face is painted from. Write here to overrule it.")
        )
        self._added = label("", "hint", wrap=True)
        self._added.setObjectName("addedLooks")
        self._added.setContentsMargins(LABEL_WIDTH + 13, 0, 0, 4)  # where the text of the fields above begins
        self._added.setToolTip(
            self.tr("How the person looks, where the prompt says nothing of it. Correct it on the person's page.")
        )
        self._style_title = label(self.tr("Style"), "hint")
        self._style_title.setFixedWidth(LABEL_WIDTH)
        self._style_words = label("", wrap=True)
        self._style_words.setObjectName("styleWords")
        self._style_words.setContentsMargins(9, 0, 0, 0)  # where the text of the fields above begins
        self._style_words.setToolTip(self.tr("How the picture is made; it goes into the scene and the face."))
        self._style_row = QWidget()
        style_row = row(self._style_title, self._style_words, space=4)
        style_row.setStretch(1, 1)
        self._style_row.setLayout(style_row)
        self.words = WordHints(self.edit)
        title = label(self.tr("&Prompt"), "heading")
        title.setBuddy(self.edit)
        head = row(title, self.words.opener)
        head.setStretch(0, 1)
        parts = column(self.scene, self.face, self._added, self._style_row, space=2)
        self.setLayout(column(head, self.edit, self.words, parts, space=SPACE))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SPLIT_AFTER_MS)
        self._timer.timeout.connect(self._split)
        self.edit.textChanged.connect(self._typed)
        for part in (self.scene, self.face):
            part.changed.connect(self._part_changed)
        for field in (self.edit, self.scene.edit, self.face.edit):
            field.finished.connect(self.finished)
        self.words.picked.connect(lambda group, words, there: self.put(group, words, there=there))
        self.set_scene_words_only(False)
        self._split()

    @property
    def text(self) -> str:
        """What the user wrote."""
        return self.edit.toPlainText()

    @property
    def prompt(self) -> str:
        """T, the style in it."""
        return with_style(self.text, self._style)

    @property
    def style_label(self) -> QLabel:
        """Where the style's words stand."""
        return self._style_words

    def set_person(self, subject: Subject | None, appearance: Appearance, name: str = "") -> None:
        """Whose portrait it is, what the prompt may call them, and what is added where it leaves that open."""
        if (subject, appearance, name) != (self._subject, self._appearance, self._name):
            self._subject, self._appearance, self._name = subject, appearance, name
            self._split()

    def set_scene_words_only(self, only: bool) -> None:
        """Whether the person's models know the words of ``scene_words.toml`` alone, or any."""
        self.edit.setPlaceholderText(
            self.tr("a woman smiling, wavy hair, lit from the left, blue background")
            if only
            else self.tr("a woman smiling in a café, warm evening light")
        )
        self.words.set_on(only)

    def set_painted(self, painted: bool) -> None:
        """Whether a scene is painted, or a picture is there already."""
        if painted != self._painted:
            self._painted = painted
            self._follow_words()

    def choose_style(self, style: Style | None) -> None:
        """Weave another style into T, and into the parts that were written by hand."""
        old, self._style = self._style, style
        for part in (self.scene, self.face):
            if part.by_hand is not None:
                part.set_by_hand(other_style(part.text, old, style))
        self._split()

    def put(self, group: PickGroup, words: str, *, there: bool) -> None:
        """Put a group's words into the prompt, or take them out; so too where their part was written by hand."""
        self._replace(group.edited(self.text, words, there))
        part = self.scene if words in split_prompt(f"a person, {words}").context else self.face
        if part.by_hand is not None:
            part.set_by_hand(group.edited(part.text, words, there))
        self._split()
        self.words.show_now()

    def restore(self, text: str, style: Style | None, scene: str | None, face: str | None) -> None:
        """Everything as it once was; None follows the prompt."""
        self._style = style
        self.edit.setPlainText(text)
        self.scene.set_by_hand(scene)
        self.face.set_by_hand(face)
        self._split()

    def stop(self) -> None:
        """Stop waiting."""
        self._timer.stop()
        self.words.stop()

    def _replace(self, text: str) -> None:
        """Set the whole text as one step that Ctrl+Z takes back."""
        cursor = self.edit.textCursor()
        cursor.beginEditBlock()
        cursor.select(cursor.SelectionType.Document)
        cursor.insertText(text)
        cursor.endEditBlock()

    def _typed(self) -> None:
        self._timer.start()
        self.changed.emit()

    def _split(self) -> None:
        self._timer.stop()
        self._parts = split_prompt(self.prompt, self._subject, self._name) if self.prompt else PromptParts("", "", "")
        self._complete()
        self._style_words.setText(self._parts.style)
        self._style_row.setVisible(bool(self._parts.style))
        self.changed.emit()

    def _part_changed(self) -> None:
        """What is written by hand may say something of the person, or stand for the prompt no longer."""
        self._complete()
        self.changed.emit()

    def _complete(self) -> None:
        """Add the person's looks to the parts that follow the prompt."""
        scene, face = self.scene.by_hand, self.face.by_hand
        full = Completed(self._parts.context, self._parts.face)
        if self._subject is not None:
            full = model_prompts(
                self._parts, self.prompt, self._subject, self._appearance, self._name, context=scene, face=face
            )
        if scene is None:
            self.scene.follow(full.context)
        if face is None:
            self.face.follow(full.face)
        self._added.setText(self.tr("Added: {words}").format(words=", ".join(full.added)))
        self._added.setVisible(bool(full.added))
        self._follow_words()

    def _follow_words(self) -> None:
        self.words.follow(self.scene.by_hand, self.face.by_hand, scene=self._painted)
