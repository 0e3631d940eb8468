"""What of a window cannot be read: words that have less room than they need, or are cut by what holds them."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QComboBox, QLabel, QToolButton, QWidget


def cut(window: QWidget) -> list[str]:
    """Names every visible label, button and box whose words are cut. What can be scrolled to counts as seen."""
    found = []
    for widget in window.findChildren(QWidget):
        if isinstance(widget, QLabel | QAbstractButton | QComboBox) and widget.isVisible() and _said(widget):
            short = _lacks(widget)
            if short:
                found.append(f"{type(widget).__name__} {widget.objectName()} “{_said(widget)[:40]}”: {short}")
    return found


def _said(widget: QLabel | QAbstractButton | QComboBox) -> str:
    return widget.currentText() if isinstance(widget, QComboBox) else widget.text()


def _lacks(widget: QLabel | QAbstractButton | QComboBox) -> str:
    needed = widget.minimumSizeHint()
    if isinstance(widget, QLabel) and widget.wordWrap():
        needed = QSize(0, widget.heightForWidth(widget.width()))
    elif isinstance(widget, QLabel) and widget.toolTip():
        needed.setWidth(0)  # cut on purpose: the tooltip says all of it
    elif isinstance(widget, QToolButton):  # its hint asks for more than it draws
        needed = _drawn(widget)
    if widget.width() < needed.width():
        return f"{widget.width()} px wide, needs {needed.width()}"
    if widget.height() < needed.height():
        return f"{widget.height()} px high, needs {needed.height()}"
    return _hidden_by_what_holds_it(widget)


def _drawn(tool: QToolButton) -> QSize:
    if tool.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly and not tool.icon().isNull():
        return tool.iconSize()
    words = tool.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, tool.text())
    if tool.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonTextUnderIcon:
        return words + QSize(0, tool.iconSize().height())
    return words


def _hidden_by_what_holds_it(widget: QWidget) -> str:
    """How far it sticks out of one of its holders; what is reached by scrolling counts as seen."""
    rect = QRect(QPoint(0, 0), widget.size())
    below, holder = widget, widget.parentWidget()
    while holder is not None and not below.isWindow():
        rect.translate(below.pos())
        area = holder.parentWidget()
        aside, upright = max(-rect.left(), rect.right() - holder.width() + 1), True
        if isinstance(area, QAbstractScrollArea) and area.viewport() is holder:
            upright = False
            if area.horizontalScrollBarPolicy() is not Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
                aside = 0
        if aside > 1:
            return f"{aside} px stick out of {type(holder).__name__} {holder.objectName()}"
        out = max(-rect.top(), rect.bottom() - holder.height() + 1)
        if upright and out > 1:
            return f"{out} px stick out of {type(holder).__name__} {holder.objectName()} below or above"
        rect &= holder.rect()
        if rect.isEmpty():
            return ""
        below, holder = holder, holder.parentWidget()
    return ""
