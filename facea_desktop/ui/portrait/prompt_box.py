"""The prompt, and below it what becomes of it: the scene, the face and the style."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QSizePolicy, QWidget

from facea_desktop.domain.faces import Subject
from facea_desktop.domain.prompts import PromptParts, split_prompt
from facea_desktop.ui.portrait.styles import Style, other_style, with_style, with_words, without_words
from facea_desktop.ui.portrait.themed import redraw_icons
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import column, label, row, tool

SPLIT_AFTER_MS = 150
_QUIET = """
QPlainTextEdit { background: transparent; border-color: transparent; padding: 2px 4px; }
QPlainTextEdit:hover { border-color: palette(mid); }
QPlainTextEdit:focus { background: palette(base); border-color: palette(highlight); }
"""
_LABEL_WIDTH = 52


class GrowingEdit(QPlainTextEdit):
    """A text field as high as its text, within bounds."""

    finished = Signal()
    """Ctrl+Enter."""

    def __init__(self, least: int, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least, self._most = least, most
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)

    def sizeHint(self) -> QSize:
        """As high as the text."""
        return QSize(120, self._height())

    def minimumSizeHint(self) -> QSize:
        """The same: the panel scrolls, the field does not."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter ends the typing."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finished.emit()
            return
        super().keyPressEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Text; a file that is dropped here is for the panel."""
        return source.hasText() and not source.hasUrls()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps the text differently."""
        super().resizeEvent(event)
        self._grow()

    def changeEvent(self, event: QEvent) -> None:
        """Another theme may bring another frame."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()

    def _grow(self) -> None:
        self.updateGeometry()
        lines = self.document().documentLayout().documentSize().height()
        too_long = lines > self._most
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if too_long else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        if not too_long:  # while the field was lower, the text may have been scrolled to the cursor
            self.verticalScrollBar().setValue(0)

    def _height(self) -> int:
        lines = round(self.document().documentLayout().documentSize().height())  # a plain text layout counts lines
        lines = min(max(lines, self._least), self._most)
        frame = self.height() - self.viewport().height() if self.isVisible() else 14
        return self.fontMetrics().lineSpacing() * lines + round(2 * self.document().documentMargin()) + frame


class PartField(QWidget):
    """T_c or T_id: follows the prompt until the user writes in it."""

    changed = Signal()
    """By the user's hand, or given back to the prompt."""

    def __init__(self, title: str, name: str, tip: str) -> None:
        super().__init__()
        self._followed = ""
        self._by_hand = False
        self._setting = False
        self._title = label(title, "hint")
        self._title.setFixedWidth(_LABEL_WIDTH)
        self._title.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._title.setContentsMargins(0, 7, 0, 0)
        self.edit = GrowingEdit(1, 4)
        self.edit.setObjectName(name)
        self.edit.setAccessibleName(title)
        self.edit.setToolTip(tip)
        self.edit.setPlaceholderText(self.tr("from the prompt"))
        self.edit.setStyleSheet(_QUIET)
        self.edit.textChanged.connect(self._typed)
        self._title.setBuddy(self.edit)
        self._mark = label(self.tr("by hand"), "hint")
        self._mark.setProperty("state", "warn")
        self._reset = tool("reset", self.tr("Follow the prompt again"), self._give_back, name=f"{name}Reset")
        self._mark.setContentsMargins(0, 4, 0, 0)
        layout = row(self._title, self.edit, self._mark, self._reset, space=4)
        layout.setStretch(1, 1)
        for small in (self._mark, self._reset):
            layout.setAlignment(small, Qt.AlignmentFlag.AlignTop)
        self.setLayout(layout)
        self._show_mark()

    @property
    def by_hand(self) -> str | None:
        """What the user wrote, None while it follows the prompt."""
        return self.edit.toPlainText().strip() if self._by_hand else None

    @property
    def text(self) -> str:
        """What it says now."""
        return self.edit.toPlainText()

    def follow(self, text: str) -> None:
        """What the prompt says; it is shown unless the user wrote something else."""
        self._followed = text
        if not self._by_hand:
            self._set(text)

    def set_by_hand(self, text: str | None) -> None:
        """Put in what the user once wrote; None follows the prompt again."""
        self._by_hand = text is not None
        self._set(self._followed if text is None else text)
        self._show_mark()

    def changeEvent(self, event: QEvent) -> None:
        """Another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            redraw_icons({self._reset: "reset"})

    def _typed(self) -> None:
        if self._setting:
            return
        self._by_hand = True
        self._show_mark()
        self.changed.emit()

    def _give_back(self) -> None:
        self.set_by_hand(None)
        self.edit.setFocus()
        self.changed.emit()

    def _set(self, text: str) -> None:
        if self.edit.toPlainText() == text:
            return
        self._setting = True
        self.edit.setPlainText(text)
        self._setting = False

    def _show_mark(self) -> None:
        self._mark.setVisible(self._by_hand)
        self._reset.setVisible(self._by_hand)


class PromptBox(QWidget):
    """T, T_c, T_id and the style's words."""

    changed = Signal()
    """Anything of it."""
    finished = Signal()
    """Ctrl+Enter in any of the fields."""

    def __init__(self) -> None:
        super().__init__()
        self._subject: Subject | None = None
        self._style: Style | None = None
        self.edit = GrowingEdit(2, 6)
        self.edit.setObjectName("promptEdit")
        self.edit.setPlaceholderText(self.tr("a woman smiling in a café, warm evening light"))
        self.edit.setAccessibleName(self.tr("Prompt"))
        self.edit.setToolTip(self.tr("Say what the picture shows. Ctrl+Enter makes it."))
        self.scene = PartField(
            self.tr("Scene"), "scenePromptEdit", self.tr("What the scene is painted from. Write here to overrule it.")
        )
        self.face = PartField(
            self.tr("Face"), "facePromptEdit", self.tr("What the face is painted from. Write here to overrule it.")
        )
        self._style_title = label(self.tr("Style"), "hint")
        self._style_title.setFixedWidth(_LABEL_WIDTH)
        self._style_words = label("", wrap=True)
        self._style_words.setObjectName("styleWords")
        self._style_words.setContentsMargins(9, 0, 0, 0)  # where the text of the fields above begins
        self._style_words.setToolTip(self.tr("How the picture is made; it goes into the scene and the face."))
        self._style_row = QWidget()
        style_row = row(self._style_title, self._style_words, space=4)
        style_row.setStretch(1, 1)
        self._style_row.setLayout(style_row)
        title = label(self.tr("&Prompt"), "heading")
        title.setBuddy(self.edit)
        self.setLayout(column(title, self.edit, column(self.scene, self.face, self._style_row, space=2), space=SPACE))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SPLIT_AFTER_MS)
        self._timer.timeout.connect(self._split)
        self.edit.textChanged.connect(self._typed)
        for part in (self.scene, self.face):
            part.changed.connect(self.changed)
        for field in (self.edit, self.scene.edit, self.face.edit):
            field.finished.connect(self.finished)
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

    def set_subject(self, subject: Subject | None) -> None:
        """Whose portrait it is."""
        self._subject = subject
        self._split()

    def choose_style(self, style: Style | None) -> None:
        """Weave another style into T, and into the parts that were written by hand."""
        old, self._style = self._style, style
        for part in (self.scene, self.face):
            if part.by_hand is not None:
                part.set_by_hand(other_style(part.text, old, style))
        self._split()

    def put(self, words: str, *, there: bool) -> None:
        """Put words of the face into the prompt, or take them out; so too where the face was written by hand."""
        change = with_words if there else without_words
        self._replace(change(self.text, words))
        if self.face.by_hand is not None:
            self.face.set_by_hand(change(self.face.text, words))
        self._split()

    def restore(self, text: str, style: Style | None, scene: str | None, face: str | None) -> None:
        """Everything as it once was; None follows the prompt."""
        self._style = style
        self.edit.setPlainText(text)
        self._split()
        self.scene.set_by_hand(scene)
        self.face.set_by_hand(face)
        self.changed.emit()

    def stop(self) -> None:
        """Stop waiting."""
        self._timer.stop()

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
        parts = split_prompt(self.prompt, self._subject) if self.prompt else PromptParts("", "", "")
        self.scene.follow(parts.context)
        self.face.follow(parts.face)
        self._style_words.setText(parts.style)
        self._style_row.setVisible(bool(parts.style))
        self.changed.emit()
