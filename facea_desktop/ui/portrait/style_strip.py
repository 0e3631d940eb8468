"""The style presets as pictures, one chosen or none."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPainterPath, QPen, QPixmap, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from facea_desktop.domain.styles import Style, styles
from facea_desktop.ui.portrait.styles import picture_of, said
from facea_desktop.ui.theme import RADIUS, colours

PICTURE_SIDE = 56
TITLE_PX = 11
_TITLE_HEIGHT = 18
_CELL_HEIGHT = PICTURE_SIDE + _TITLE_HEIGHT + 4
_ROWS = 2
_Index = QModelIndex | QPersistentModelIndex


class StylesModel(QAbstractListModel):
    """The presets; the chosen one is checked."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.styles = styles()
        self.chosen: Style | None = None
        self._pictures: dict[str, QPixmap] = {}

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """How many styles there are."""
        return 0 if parent.isValid() else len(self.styles)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Title, picture, what it adds, and whether it is chosen."""
        style = self.styles[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return said(style)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.tr("{0}, chosen").format(said(style)) if style == self.chosen else said(style)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.tr("{0}: puts \u201c{1}\u201d into the scene and the face").format(said(style), style.words)
        if role == Qt.ItemDataRole.DecorationRole:
            return self._picture(style)
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if style == self.chosen else Qt.CheckState.Unchecked
        return None

    def choose(self, style: Style | None) -> None:
        """Make this the chosen one."""
        self.chosen = style
        self.dataChanged.emit(self.index(0), self.index(len(self.styles) - 1))

    def _picture(self, style: Style) -> QPixmap:
        if style.name not in self._pictures:
            self._pictures[style.name] = QPixmap(str(picture_of(style)))
        return self._pictures[style.name]


class StyleStrip(QListView):
    """Two rows of tiles that scroll sideways; arrows move, Space or Enter choose, and choose no more."""

    chosenChanged = Signal(object)
    """The Style that the user chose, or None."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("styleStrip")
        self.setAccessibleName(self.tr("Styles"))
        self._styles = StylesModel(self)
        self.setModel(self._styles)
        self.setItemDelegate(_Tile(self))
        self.setFlow(QListView.Flow.TopToBottom)
        self.setWrapping(True)
        self.setUniformItemSizes(True)
        self.setGridSize(QSize(self._cell_width(), _CELL_HEIGHT))
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.horizontalScrollBar().setSingleStep(self.gridSize().width())
        self.setFixedHeight(_ROWS * _CELL_HEIGHT + 12)
        self.clicked.connect(self._toggle)
        if self._styles.styles:
            self.setCurrentIndex(self._styles.index(0))

    @property
    def chosen(self) -> Style | None:
        """The style that is chosen."""
        return self._styles.chosen

    def choose(self, style: Style | None) -> None:
        """Choose without telling."""
        self._styles.choose(style)
        if style is not None:
            self.setCurrentIndex(self._styles.index(self._styles.styles.index(style)))

    def changeEvent(self, event: QEvent) -> None:
        """Lay the tiles out anew when the scroll bar has another height, which decides how many rows there are."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.setGridSize(QSize(self._cell_width(), _CELL_HEIGHT))
            self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter choose."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._toggle(self.currentIndex())
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel that turns sideways, or with Shift, scrolls the strip; else it is the panel's."""
        turned = event.angleDelta().x()
        if not turned and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            turned = event.angleDelta().y()
        if not turned:
            event.ignore()
            return
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - turned)
        event.accept()

    def _cell_width(self) -> int:
        """Wide enough for every title."""
        metrics = QFontMetrics(_title_font(self.font()))
        return max(PICTURE_SIDE + 8, *(metrics.horizontalAdvance(said(one)) + 6 for one in self._styles.styles))

    def _toggle(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        style = self._styles.styles[index.row()]
        self._styles.choose(None if style == self._styles.chosen else style)
        self.chosenChanged.emit(self._styles.chosen)


class _Tile(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(option.rect.width(), _CELL_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        cell: QRect = option.rect
        state = option.state
        chosen = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        theme = colours()
        frame = QRectF(cell.x() + (cell.width() - PICTURE_SIDE) / 2, cell.y() + 3, PICTURE_SIDE, PICTURE_SIDE)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        path = QPainterPath()
        path.addRoundedRect(frame, RADIUS, RADIUS)
        painter.setClipPath(path)
        picture: QPixmap = index.data(Qt.ItemDataRole.DecorationRole)
        painter.drawPixmap(frame, picture, QRectF(picture.rect()))
        painter.setClipping(False)
        focus = bool(state & QStyle.StateFlag.State_HasFocus)
        if chosen or focus or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QPen(QColor(theme.accent if chosen or focus else theme.muted), 2.5 if chosen else 1.5))
            painter.drawRoundedRect(frame.adjusted(-1.5, -1.5, 1.5, 1.5), RADIUS + 1, RADIUS + 1)
        painter.setFont(_title_font(painter.font()))
        painter.setPen(QColor(theme.accent if chosen else theme.muted))
        title = QRect(cell.x(), round(frame.bottom()) + 2, cell.width(), _TITLE_HEIGHT)
        text = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, title.width() - 2)
        painter.drawText(title, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()

    def editorEvent(self, event: QEvent, model: object, option: QStyleOptionViewItem, index: _Index) -> bool:
        return False  # a click toggles through the view, not through Qt's check box


def _title_font(font: QFont) -> QFont:
    small = QFont(font)
    small.setPixelSize(TITLE_PX)
    return small
