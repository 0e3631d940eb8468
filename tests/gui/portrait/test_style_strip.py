from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDoubleSpinBox, QWidget
from pytestqt.qtbot import QtBot

from facea_desktop.ui.portrait.style_strip import StyleStrip
from facea_desktop.ui.theme import apply


def test_styles_stand_in_two_rows_when_the_window_is_dressed_after_it_was_built(qtbot: QtBot) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    worn = app.styleSheet()
    app.setStyleSheet("")
    try:
        strip = StyleStrip()
        qtbot.addWidget(strip)
        strip.resize(320, strip.height())
        strip.show()
        qtbot.waitExposed(strip)
        apply(app, "light")
        QApplication.processEvents()
        first, second = (strip.visualRect(strip.model().index(i, 0)) for i in (0, 1))
        assert second.top() > first.top()
        assert second.left() == first.left()
    finally:
        app.setStyleSheet(worn)


def turn(widget: QWidget, x: int = 0, y: int = 0, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A turn of the wheel over the middle of a widget, as it comes from the system."""
    at = QPointF(widget.mapTo(widget.window(), widget.rect().center()))
    QTest.wheelEvent(widget.window().windowHandle(), at, QPoint(x, y), QPoint(), held)


def test_the_wheel_scrolls_the_form_whatever_lies_under_it(panel, anna, qtbot: QtBot) -> None:
    panel.resize(340, 560)
    with qtbot.waitExposed(panel):
        panel.show()
    bar, strip = panel.form.verticalScrollBar(), panel.form.styles

    turn(strip.viewport(), y=-120)
    assert bar.value() > 0
    assert strip.horizontalScrollBar().value() == 0

    bar.setValue(0)
    turn(strip.viewport(), x=-120)
    turn(strip.viewport(), y=-120, held=Qt.KeyboardModifier.ShiftModifier)
    assert strip.horizontalScrollBar().value() == 240
    assert bar.value() == 0

    panel.findChild(QWidget, "morePortraitSettings").click()
    guidance = panel.findChild(QDoubleSpinBox, "faceGuidance")
    before = guidance.value()
    panel.form.ensureWidgetVisible(guidance)
    at = bar.value()
    turn(guidance, y=120)
    assert (guidance.value(), guidance.hasFocus()) == (before, False)
    assert bar.value() < at
    panel.form.ensureWidgetVisible(guidance)
    guidance.setFocus()
    turn(guidance, y=120)
    assert guidance.value() > before
