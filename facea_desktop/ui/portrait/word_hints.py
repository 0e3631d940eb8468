"""Which words of the prompt the starter models do not know: marked where they stand, and said below."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from facea_desktop.domain.scene_reading import SceneReading, Span, read_prompts
from facea_desktop.ui.portrait.known_words import KnownWords
from facea_desktop.ui.theme import colours
from facea_desktop.ui.throttling import Debounce
from facea_desktop.ui.widgets import button, column, label

HINT_AFTER_MS = 700
"""A word that is still being typed is nobody's mistake."""


class WordHints(QWidget):
    """Marks words in the field of the prompt, with a line for them; hidden where there is nothing to say.

    Attributes:
        opener: the button that lists what is known; it stands elsewhere, and hides with models that know any words.
    """

    picked = Signal(object, str, bool)
    """A PickGroup of the list, its words, and whether they go into the prompt or out of it."""

    def __init__(self, edit: QPlainTextEdit) -> None:
        super().__init__()
        self._edit = edit
        self._on = False
        self._texts: tuple[str | None, str | None, bool] = (None, None, True)
        self._reading = SceneReading()
        self._list: KnownWords | None = None
        self._unknown = label("", "hint", wrap=True)
        self._unknown.setObjectName("unknownWords")
        self._roughly = label("", "hint", wrap=True)
        self._roughly.setObjectName("roughlyKnownWords")
        self.opener = button(
            self.tr("Known words\u2026"),
            self.open_list,
            name="knownWordsButton",
            kind="flat",
            tip=self.tr("Words the starter models know; click to add to the prompt"),
        )
        self.opener.setStyleSheet("padding: 1px 6px;")
        self.opener.hide()
        self.setLayout(column(self._unknown, self._roughly, space=2))
        self.hide()
        self._pause = Debounce(HINT_AFTER_MS, self.show_now, self)

    @property
    def reading(self) -> SceneReading:
        """What was last read."""
        return self._reading

    def set_on(self, on: bool) -> None:
        """Whether the models know the words of ``scene_words.toml`` alone."""
        self._on = on
        self.opener.setVisible(on)
        if not on and self._list is not None:
            self._list.close()
        self.show_now()

    def follow(self, context: str | None, face: str | None, *, scene: bool) -> None:
        """Show the hints after a pause.

        Args:
            context, face: T_c and T_id, where they were written by hand.
            scene: a scene is painted; else the words of the face alone matter.
        """
        self._texts = (context, face, scene)
        self._pause.schedule()

    def show_now(self) -> None:
        """Show the hints for what stands in the field."""
        self._pause.stop()
        context, face, scene = self._texts
        text = self._edit.toPlainText()
        self._reading = read_prompts(text, context, face, scene=scene) if self._on else SceneReading()
        unknown = ", ".join(dict.fromkeys(self._reading.unknown))
        self._unknown.setText(self.tr("Unknown to the starter models: {0}").format(unknown))
        self._unknown.setVisible(bool(unknown))
        roughly = [self.tr("{0} as {1}").format(*taken) for taken in dict.fromkeys(self._reading.roughly)]
        self._roughly.setText(self.tr("Understood roughly: {0}").format(", ".join(roughly)))
        self._roughly.setVisible(bool(roughly))
        self.setVisible(bool(unknown or roughly))
        self._mark()
        if self._list is not None:
            self._list.show_prompt(text)

    def open_list(self) -> None:
        """List what is known."""
        if self._list is None:
            self._list = KnownWords(self.window())
            self._list.picked.connect(self.picked)
        self.show_now()
        self._list.show()
        self._list.activateWindow()

    def stop(self) -> None:
        """Stop waiting."""
        self._pause.stop()

    def changeEvent(self, event: QEvent) -> None:
        """Another theme has other colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._mark()

    def _mark(self) -> None:
        """Underline what is not known, and more quietly what is taken roughly, as far as it stands in the field."""
        theme = colours()
        context, face, _ = self._texts
        text = self._edit.toPlainText() if context is None or face is None else ""
        marks = [
            self._marked(text, span, colour)
            for spans, colour in (
                (self._reading.unknown_spans, theme.warn),
                (self._reading.roughly_spans, theme.muted),
            )
            for span in spans
            if span[1] <= len(text)
        ]
        self._edit.setExtraSelections(marks)

    def _marked(self, text: str, span: Span, colour: str) -> QTextEdit.ExtraSelection:
        mark = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self._edit.document())
        # Qt counts UTF-16 units: an emoji is two
        first, last = (len(text[:at].encode("utf-16-le", "surrogatepass")) // 2 for at in span)
        cursor.setPosition(first)
        cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
        style = QTextCharFormat()
        style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        style.setUnderlineColor(QColor(colour))
        mark.cursor, mark.format = cursor, style
        return mark
