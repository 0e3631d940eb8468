"""Small widgets shared by all panels."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeVar

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import Qt as RichText
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLayoutItem,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from facea_desktop.ui.icons import IconLabel, Tone, icon
from facea_desktop.ui.theme import SPACE

L = TypeVar("L", QVBoxLayout, QHBoxLayout)

_FRAME_PX = 48
"""What a title bar and the frame may take; they are known only once a window is shown."""


class ComboBox(QComboBox):
    """Scrolling the page over it changes nothing."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to the page."""
        event.ignore()


def label(text: str, kind: Literal["title", "heading", "hint", ""] = "", *, wrap: bool = False) -> QLabel:
    """A text of one of the theme's kinds."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)  # names and prompts are no markup
    if kind:
        made.setProperty(kind, True)
    made.setWordWrap(wrap)
    return made


def screen_room(widget: QWidget) -> QSize:
    """What the widget's screen has for a window, its title bar and frame taken off."""
    return widget.screen().availableSize() - QSize(0, _FRAME_PX)


def plain_tip(text: str) -> str:
    """A tooltip that shows ``text`` letter by letter: Qt takes one that looks like HTML for it, and opens its files."""
    return RichText.convertFromPlainText(text) if RichText.mightBeRichText(text) else text


def set_words(pressed: QPushButton, words: str, most: int) -> None:
    """Have a button say this letter by letter, cut to ``most`` pixels."""
    short = pressed.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, most)
    pressed.setText(short.replace("&", "&&"))  # else what follows is a shortcut


def button(
    text: str,
    on_click: Callable[[], object] | None = None,
    *,
    name: str = "",
    icon_name: str = "",
    kind: Literal["primary", "danger", "flat", "chip", ""] = "",
    tip: str = "",
) -> QPushButton:
    """A push button; ``name`` is its objectName, ``tip`` its tooltip and accessible description."""
    made = QPushButton(text)
    if kind:
        made.setProperty(kind, True)
    if name:
        made.setObjectName(name)
    if icon_name:
        tones: dict[str, Tone] = {"primary": "on_accent", "danger": "bad"}
        made.setIcon(icon(icon_name, tones.get(kind, "text")))
    if tip:
        made.setToolTip(plain_tip(tip))
        made.setAccessibleDescription(tip)
    if on_click is not None:
        made.clicked.connect(lambda: on_click())
    return made


def tool(
    icon_name: str, tip: str, on_click: Callable[[], object] | None = None, *, name: str = "", checkable: bool = False
) -> QToolButton:
    """A flat button that is only an icon; ``tip`` is its tooltip and accessible name."""
    made = QToolButton()
    made.setProperty("flat", True)
    made.setIcon(icon(icon_name))
    made.setIconSize(QSize(18, 18))
    made.setToolTip(plain_tip(tip))
    made.setAccessibleName(tip)
    made.setCheckable(checkable)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    if name:
        made.setObjectName(name)
    if on_click is not None:
        made.clicked.connect(lambda: on_click())
    return made


def scrolling(content: QWidget) -> QScrollArea:
    """An area as wide as what it shows, which can be scrolled up and down."""
    made = QScrollArea()
    made.setWidgetResizable(True)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setWidget(content)
    return made


def column(*rows: QWidget | QLayout, margin: int = 0, space: int = SPACE) -> QVBoxLayout:
    """A vertical layout of these."""
    return _filled(QVBoxLayout(), rows, margin, space)


def row(*columns: QWidget | QLayout, margin: int = 0, space: int = SPACE) -> QHBoxLayout:
    """A horizontal layout of these."""
    return _filled(QHBoxLayout(), columns, margin, space)


def _filled(layout: L, parts: tuple[QWidget | QLayout, ...], margin: int, space: int) -> L:
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(space)
    for part in parts:
        if isinstance(part, QWidget):
            layout.addWidget(part)
        else:
            layout.addLayout(part)
    return layout


class EmptyState(QWidget):
    """What stands where nothing is yet: an icon, a sentence, and what to do next."""

    def __init__(
        self, icon_name: str, title: str, text: str, action: QPushButton | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        picture = IconLabel(48, icon_name, "muted")
        parts: list[QWidget] = [picture, label(title, "heading"), label(text, "hint", wrap=True)]
        parts += [action] if action is not None else []
        layout = column(margin=SPACE)
        layout.addStretch()
        for part in parts:
            if isinstance(part, QLabel):
                part.setAlignment(Qt.AlignmentFlag.AlignCenter)
                layout.addWidget(part)
            else:
                layout.addWidget(part, 0, Qt.AlignmentFlag.AlignCenter)
        layout.addStretch()
        self.setLayout(layout)


class Notice(QFrame):
    """A warning or an error in its place, with its remedy; hidden while there is nothing to say."""

    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = label("", wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        close = tool("close", self.tr("Dismiss"), self._dismiss)
        layout = row(self._text, close, margin=SPACE)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.hide()

    @property
    def text(self) -> str:
        """What it says now, empty while hidden."""
        return self._text.text()

    def set_message(self, text: str, kind: Literal["warn", "bad"] = "bad") -> None:
        """Show ``text``, where it can be seen if it is new; an empty one hides the notice."""
        surroundings = self.parentWidget()
        news = bool(text) and text != self.text and surroundings is not None and surroundings.isVisible()
        self._text.setText(text)
        self.setAccessibleName(text)
        self.setProperty("notice", kind)
        self.style().unpolish(self)
        self.style().polish(self)
        self.setVisible(bool(text))
        if news:
            QTimer.singleShot(0, self, self._scroll_here)  # once it has its place

    def _scroll_here(self) -> None:
        around = self.parentWidget()
        while around is not None and self.isVisible():
            if isinstance(around, QScrollArea):
                around.ensureWidgetVisible(self, 0, SPACE)
            around = around.parentWidget()

    def _dismiss(self) -> None:
        self.set_message("")
        self.dismissed.emit()


class Pages(QStackedWidget):
    """Widgets of which one is shown; the others keep no room for themselves."""

    def __init__(self) -> None:
        super().__init__()
        self.currentChanged.connect(self.updateGeometry)

    def minimumSizeHint(self) -> QSize:
        """The least that the shown one can do with."""
        shown = self.currentWidget()
        return shown.minimumSizeHint() if shown is not None else super().minimumSizeHint()


class Section(QWidget):
    """A heading that opens and closes what stands below it."""

    def __init__(self, title: str, content: QWidget, *, opened: bool = False, name: str = "") -> None:
        super().__init__()
        self._content = content
        self._head = QToolButton()
        self._head.setProperty("flat", True)
        self._head.setText(title)
        self._head.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._head.setCheckable(True)
        self._head.setChecked(opened)
        self._head.toggled.connect(self._open)
        if name:
            self._head.setObjectName(name)
        self.setLayout(column(self._head, content, space=4))
        self._open(opened)

    def _open(self, opened: bool) -> None:
        self._head.setArrowType(Qt.ArrowType.DownArrow if opened else Qt.ArrowType.RightArrow)
        self._content.setVisible(opened)


class Flow(QLayout):
    """Children from left to right, wrapped like words; Qt's own layouts do not wrap."""

    def __init__(self, space: int = SPACE // 2) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setSpacing(space)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Take one more child."""
        self._items.append(item)

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The child at ``index``."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give the child at ``index`` away."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        """It has: narrower is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height that the children take in ``width`` pixels."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Put the children in their places."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        """The least that shows everything."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """The widest child."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        x, y, line = rect.x(), rect.y(), 0
        for item in self._items:
            if item.isEmpty():  # hidden
                continue
            size = item.sizeHint()
            if x + size.width() > rect.right() + 1 and line:
                x, y, line = rect.x(), y + line + self.spacing(), 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self.spacing()
            line = max(line, size.height())
        return y + line - rect.y()


def panel(*rows_: QWidget | QLayout) -> QFrame:
    """A side panel with these below each other."""
    made = QFrame()
    made.setProperty("panel", True)
    made.setLayout(column(*rows_, margin=SPACE * 3 // 2))
    return made


def steady(
    index: QModelIndex | QPersistentModelIndex, command: QItemSelectionModel.SelectionFlag
) -> QItemSelectionModel.SelectionFlag:
    """A list's selection command, which changes nothing beside the rows: what is chosen stays shown."""
    return command if index.isValid() else QItemSelectionModel.SelectionFlag.NoUpdate


def take_tab_order(old: QWidget, new: QWidget) -> None:
    """Have Tab reach what is in ``new`` where it reached ``old``, instead of after all that was made before it."""
    first = next(filter(_takes_tab, [old, *old.findChildren(QWidget)]), old)
    before = first.previousInFocusChain()
    while before is not None and before is not first and not _takes_tab(before):
        before = before.previousInFocusChain()
    for widget in [new, *new.findChildren(QWidget)]:
        if _takes_tab(widget) and before is not None and before is not first:
            QWidget.setTabOrder(before, widget)
            before = widget


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
