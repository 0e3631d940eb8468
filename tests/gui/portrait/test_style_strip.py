from __future__ import annotations

from PySide6.QtWidgets import QApplication
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
