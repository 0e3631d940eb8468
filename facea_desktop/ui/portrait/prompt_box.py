"""The prompt, and below it what becomes of it: the scene, the face and the style."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QMenu, QWidget

from facea_desktop.domain.appearance_prompts import Completed
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.model_prompts import model_prompts
from facea_desktop.domain.people import Appearance
from facea_desktop.domain.prompt_splitter import PromptParts, split_prompt
from facea_desktop.domain.styles import AnyStyle, with_style
from facea_desktop.domain.wildcards import draw, has_wildcards, trouble_with
from facea_desktop.library.wildcard_files import WildcardFiles
from facea_desktop.ui.portrait.prompt_fields import LABEL_WIDTH, GrowingEdit, PartField
from facea_desktop.ui.portrait.prompt_history import fill_with_prompts
from facea_desktop.ui.portrait.quick_pick_data import PickGroup
from facea_desktop.ui.portrait.style_prompts import other_style, styled_prompt, without_words
from facea_desktop.ui.portrait.word_hints import WordHints
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.throttling import Debounce
from facea_desktop.ui.widgets import button, column, label, row, tool

SPLIT_AFTER_MS = 150


class _Words(NamedTuple):
    """What the fields hold; the parts are None where they follow the prompt."""

    text: str
    style: AnyStyle | None
    scene: str | None
    face: str | None


class PromptBox(QWidget):
    """T, T_c, T_id and the style's words.

    Args:
        wildcards: folder of the files that "__NAME__" draws from.
    """

    changed = Signal()
    """Anything of it."""
    finished = Signal()
    """Ctrl+Enter in any of the fields."""
    styleRecalled = Signal(object)
    """The prompt came back with this Style, or None."""

    templateWanted = Signal()
    """The template that was offered is to be used again."""

    def __init__(self, wildcards: Path | None = None, history: Callable[[], list[str]] = list) -> None:
        super().__init__()
        self._wildcards = wildcards
        self._history = history
        self._place = -1  # of what was recalled, in the history
        self._before: _Words | None = None
        self._clicked = False
        self._subject: Subject | None = None
        self._scene_words_only = False
        self._appearance = Appearance()
        self._name = ""
        self._parts = PromptParts("", "", "")
        self._example = ""
        self._style: AnyStyle | None = None
        self._painted = True
        self.edit = GrowingEdit(2, 6)
        self.edit.setObjectName("promptEdit")
        self.edit.setAccessibleName(self.tr("Prompt"))
        self.edit.setToolTip(
            self.tr(
                "Describe the picture. Press Ctrl+Enter to make it.\n"
                "{red|blue} draws one of these for each picture, __hair__ a line of hair.txt in the folder "
                "\u201cwildcards\u201d of the data folder."
            )
        )
        self._draws = label("", "hint", wrap=True)
        self._draws.setObjectName("drawnWords")
        self._template = label("", "hint", wrap=True)
        self._template.setObjectName("promptTemplate")
        use = button(self.tr("Use it"), self.templateWanted.emit, name="useTemplate", kind="flat")
        self._template_row = QWidget()
        template_row = row(self._template, use, space=4)
        template_row.setStretch(0, 1)
        self._template_row.setLayout(template_row)
        self._template_row.hide()
        self.scene = PartField(
            self.tr("Scene"), "scenePromptEdit", self.tr("The prompt for the scene. Edit it to override the split.")
        )
        self.face = PartField(
            self.tr("Face"), "facePromptEdit", self.tr("The prompt for the face. Edit it to override the split.")
        )
        self._added = label("", "hint", wrap=True)
        self._added.setObjectName("addedLooks")
        self._added.setContentsMargins(LABEL_WIDTH + 13, 0, 0, 4)  # where the text of the fields above begins
        self._added.setToolTip(
            self.tr("The person's appearance, where the prompt does not mention it. Correct it on the person's page.")
        )
        self._style_title = label(self.tr("Style"), "hint")
        self._style_title.setFixedWidth(LABEL_WIDTH)
        self._style_words = label("", wrap=True)
        self._style_words.setObjectName("styleWords")
        self._style_words.setContentsMargins(9, 0, 0, 0)  # where the text of the fields above begins
        self._style_words.setToolTip(self.tr("The style of the picture; it applies to the scene and the face."))
        self._style_row = QWidget()
        style_row = row(self._style_title, self._style_words, space=4)
        style_row.setStretch(1, 1)
        self._style_row.setLayout(style_row)
        self.words = WordHints(self.edit)
        title = label(self.tr("&Prompt"), "heading")
        title.setBuddy(self.edit)
        self.undo = tool("undo", self.tr("Undo the last change that a click made to the prompt"), self._undo)
        self.undo.setObjectName("promptUndo")
        self.undo.hide()
        earlier = tool("down", self.tr("Earlier prompts (Up in the empty field)"), name="promptHistory")
        earlier.setPopupMode(earlier.ToolButtonPopupMode.InstantPopup)
        earlier.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        self._earlier = QMenu(earlier)
        self._earlier.aboutToShow.connect(self._offer_history)
        earlier.setMenu(self._earlier)
        head = row(title, self.undo, earlier, self.words.opener, space=4)
        head.setStretch(0, 1)
        parts = column(self.scene, self.face, self._added, self._style_row, space=2)
        self.setLayout(column(head, self.edit, self._template_row, self._draws, self.words, parts, space=SPACE))
        self._pause = Debounce(SPLIT_AFTER_MS, self._split, self)
        self.edit.textChanged.connect(self._typed)
        self.edit.recallWanted.connect(self._recall)
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
        return with_style(self.text, self._style.words if self._style is not None else "")

    @property
    def style_words(self) -> str:
        """How the picture is made, as far as T says it."""
        chosen = self._style.words if self._style is not None else ""
        return chosen if chosen and chosen.endswith(self._parts.style) else self._parts.style

    @property
    def style_label(self) -> QLabel:
        """Where the style's words stand."""
        return self._style_words

    def set_person(self, subject: Subject | None, appearance: Appearance, name: str = "") -> None:
        """Whose portrait it is, what the prompt may call them, and what is added where it leaves that open."""
        if (subject, appearance, name) != (self._subject, self._appearance, self._name):
            self._subject, self._appearance, self._name = subject, appearance, name
            self._show_example()
            self._split()

    def set_scene_words_only(self, only: bool) -> None:
        """Whether the person's models know the words of ``scene_words.toml`` alone, or any."""
        self._scene_words_only = only
        self._show_example()
        self.words.set_on(only)

    def _show_example(self) -> None:
        example = (
            self.tr("a {subject} smiling, wavy hair, lit from the left, blue background")
            if self._scene_words_only
            else self.tr("a {subject} smiling in a café, warm evening light")
        )
        self.edit.setPlaceholderText(example.format(subject=self._subject or Subject.WOMAN))

    def set_painted(self, painted: bool) -> None:
        """Whether a scene is painted, or a picture is there already."""
        if painted != self._painted:
            self._painted = painted
            self._follow_words()

    def choose_style(self, style: AnyStyle | None) -> None:
        """Weave another style into T, and into the parts that were written by hand."""
        old, self._style = self._style, style
        for part in (self.scene, self.face):
            if part.by_hand is not None:
                part.set_by_hand(other_style(part.text, old, style))
        self._split()

    def swap_words(self, style: AnyStyle) -> None:
        """Choose a style, and take its words out of what was typed where they stand there."""
        without = without_words(self.text, style.words)
        if without != self.text:
            self._replace(without)
        self.choose_style(style)

    def put(self, group: PickGroup, words: str, *, there: bool) -> None:
        """Put a group's words into the prompt, or take them out; so too where their part was written by hand."""
        self._remember()
        self._replace(group.edited(self.text, words, there))
        part = self.scene if words in split_prompt(f"a person, {words}").context else self.face
        if part.by_hand is not None:
            part.set_by_hand(group.edited(part.text, words, there))
        self._split()
        self.words.show_now()

    def restore(self, text: str, style: AnyStyle | None, scene: str | None, face: str | None) -> None:
        """Everything as it once was; None follows the prompt."""
        self._remember()
        self._style = style
        self._replace(text)
        self.scene.set_by_hand(scene)
        self.face.set_by_hand(face)
        self._split()

    def offer_template(self, template: str) -> None:
        """Say from what the prompt was drawn, until another one is written; an empty one says nothing."""
        self._template.setText(self.tr("Drawn from: {0}").format(template))
        self._template_row.setVisible(bool(template))

    def _remember(self) -> None:
        """What a click is about to change can be had back until something is typed."""
        now = _Words(self.text, self._style, self.scene.by_hand, self.face.by_hand)
        if now != _Words("", None, None, None):
            self._before = now
        self.undo.setVisible(self._before is not None)

    def _undo(self) -> None:
        before, self._before = self._before, None
        if before is not None:
            self._style = before.style
            self._replace(before.text)
            self.scene.set_by_hand(before.scene)
            self.face.set_by_hand(before.face)
            self._split()
            self.styleRecalled.emit(before.style)
        self.undo.hide()
        self.edit.setFocus()

    def _recall(self, step: int) -> None:
        """Walk through the history, from the empty field back to it."""
        prompts = self._history()
        self._place = min(max((self._place if self.text else -1) + step, -1), len(prompts) - 1)
        self._use(prompts[self._place] if self._place >= 0 else "")
        self.edit.recalled = self.text

    def _use(self, prompt: str) -> None:
        """Put in an earlier prompt; its style is chosen, and the parts follow it."""
        text, self._style = styled_prompt(prompt)
        self._replace(text)
        for part in (self.scene, self.face):
            part.set_by_hand(None)
        self._split()
        self.styleRecalled.emit(self._style)

    def _offer_history(self) -> None:
        def use(prompt: str) -> None:
            self._remember()
            self._use(prompt)

        fill_with_prompts(self._earlier, self._history(), use, self.tr("No prompts yet"))

    def stop(self) -> None:
        """Stop waiting."""
        self._pause.stop()
        self.words.stop()

    def _replace(self, text: str) -> None:
        """Set the whole text as one step that Ctrl+Z takes back."""
        self._clicked = True
        cursor = self.edit.textCursor()
        cursor.beginEditBlock()
        cursor.select(cursor.SelectionType.Document)
        cursor.insertText(text)
        cursor.endEditBlock()
        self._clicked = False

    def _typed(self) -> None:
        self.offer_template("")
        if not self._clicked:
            self._before = None
            self.undo.hide()
        self._pause.schedule()
        self.changed.emit()

    def _split(self) -> None:
        self._pause.stop()
        self._example = self._drawn_example()
        self._parts = (
            split_prompt(self._example, self._subject, self._name) if self._example else PromptParts("", "", "")
        )
        self._complete()
        self._style_words.setText(self._parts.style)
        self._style_row.setVisible(bool(self._parts.style))
        self.changed.emit()

    def _drawn_example(self) -> str:
        """T with words in the place of its wildcards, which is said; as it is where it has none, or cannot be drawn."""
        files = WildcardFiles(*([self._wildcards] if self._wildcards else []))
        drawn = has_wildcards(self.prompt) and trouble_with(self.prompt, files.lines) is None
        example = draw(self.prompt, 0, files.lines) if drawn else self.prompt
        self._draws.setText(self.tr("The words are picked anew for each picture, such as: {0}").format(example))
        self._draws.setVisible(drawn)
        return example

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
                self._parts, self._example, self._subject, self._appearance, self._name, context=scene, face=face
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
