"""The style presets as pictures, one chosen or none."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from facea_desktop.domain.styles import AnyStyle, OwnStyle, styles
from facea_desktop.ui.icons import paint_icon
from facea_desktop.ui.portrait.style_prompts import picture_of, said
from facea_desktop.ui.theme import RADIUS, colours

PICTURE_SIDE = 56
TITLE_PX = 11
_TITLE_HEIGHT = 18
_CELL_HEIGHT = PICTURE_SIDE + _TITLE_HEIGHT + 4
_ROWS = 2
_GREY = 0.4
"""Opacity of a tile that cannot be chosen."""
_Index = QModelIndex | QPersistentModelIndex


class StylesModel(QAbstractListModel):
    """The presets; the chosen one is checked."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.styles: list[AnyStyle] = list(styles())
        self.chosen: AnyStyle | None = None
        self.takes_loras = True
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
            return self.tr("{0}, selected").format(said(style)) if style == self.chosen else said(style)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(style)
        if role == Qt.ItemDataRole.DecorationRole:
            return self._picture(style)
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if style == self.chosen else Qt.CheckState.Unchecked
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """A style with a LoRA can be chosen where scenes are painted with one; what is chosen can be left."""
        flags = super().flags(index)
        style = self.styles[index.row()]
        return flags if self.takes_loras or not _has_lora(style) or style == self.chosen else Qt.ItemFlag.NoItemFlags

    def _tip(self, style: AnyStyle) -> str:
        if _has_lora(style) and not self.takes_loras:
            return self.tr("{0} has a LoRA, for scenes by Stable Diffusion XL (see Models)").format(said(style))
        if not style.words:
            return self.tr("{0}: the scene is painted with its LoRA").format(said(style))
        return self.tr("{0}: adds “{1}” to the scene and the face").format(said(style), style.words)

    def set_takes_loras(self, takes: bool) -> None:
        """Whether the family's scenes are painted with LoRA files."""
        self.takes_loras = takes
        self.dataChanged.emit(self.index(0), self.index(len(self.styles) - 1))

    def set_own(self, own: Sequence[OwnStyle]) -> None:
        """Show these before the presets; one that is chosen and gone is chosen no more."""
        self.beginResetModel()
        self.styles = [*own, *styles()]
        self._pictures.clear()
        if isinstance(self.chosen, OwnStyle):
            self.chosen = next((style for style in own if style.name == self.chosen.name), None)
        self.endResetModel()

    def choose(self, style: AnyStyle | None) -> None:
        """Make this the chosen one."""
        self.chosen = style
        self.dataChanged.emit(self.index(0), self.index(len(self.styles) - 1))

    def _picture(self, style: AnyStyle) -> QPixmap:
        if style.name not in self._pictures:
            self._pictures[style.name] = picture_of(style)
        return self._pictures[style.name]


class StyleStrip(QListView):
    """Two rows of tiles that scroll sideways; arrows move, Space or Enter choose, and choose no more."""

    chosenChanged = Signal(object)
    """The style that the user chose, or None."""
    menuWanted = Signal(object, QPoint)
    """What can be done with an OwnStyle is asked for, at a point of the screen."""

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
    def chosen(self) -> AnyStyle | None:
        """The style that is chosen."""
        return self._styles.chosen

    @property
    def own(self) -> list[OwnStyle]:
        """The user's own ones."""
        return [style for style in self._styles.styles if isinstance(style, OwnStyle)]

    def set_own(self, own: Sequence[OwnStyle]) -> None:
        """Show these before the presets; who was chosen and is gone is told."""
        before = self.chosen
        self._styles.set_own(own)
        self.setGridSize(QSize(self._cell_width(), _CELL_HEIGHT))
        self.setCurrentIndex(self._styles.index(0))
        if before != self.chosen:
            self.chosenChanged.emit(self.chosen)

    def set_takes_loras(self, takes: bool) -> None:
        """Whether styles with a LoRA can be chosen; they are grey where not, and say why."""
        self._styles.set_takes_loras(takes)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with a style of one's own."""
        at = event.reason() != QContextMenuEvent.Reason.Keyboard
        index = self.indexAt(event.pos()) if at else self.currentIndex()
        style = self._styles.styles[index.row()] if index.isValid() else None
        if isinstance(style, OwnStyle):
            below = self.viewport().mapToGlobal(self.visualRect(index).center())
            self.menuWanted.emit(style, event.globalPos() if at else below)

    def choose(self, style: AnyStyle | None) -> None:
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
        return max(PICTURE_SIDE + 8, *(metrics.horizontalAdvance(said(one)) + 6 for one in styles()))

    def _toggle(self, index: QModelIndex) -> None:
        if not index.isValid() or not index.flags() & Qt.ItemFlag.ItemIsEnabled:
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
        if not index.flags() & Qt.ItemFlag.ItemIsEnabled:
            painter.setOpacity(_GREY)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        path = QPainterPath()
        path.addRoundedRect(frame, RADIUS, RADIUS)
        painter.setClipPath(path)
        picture: QPixmap = index.data(Qt.ItemDataRole.DecorationRole)
        if picture.isNull():
            painter.fillRect(frame, QColor(theme.raised))
            paint_icon(painter, frame.adjusted(16, 16, -16, -16), "style", "muted")
        else:
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


def _has_lora(style: AnyStyle) -> bool:
    return isinstance(style, OwnStyle) and style.lora is not None


def _title_font(font: QFont) -> QFont:
    small = QFont(font)
    small.setPixelSize(TITLE_PX)
    return small
