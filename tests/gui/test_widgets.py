"""What every panel says can be translated."""

from __future__ import annotations

import ast
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import Qt as RichText
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

import facea_desktop.ui
from facea_desktop.ui.people.name_edit import NameEdit
from facea_desktop.ui.people.people_model import PeopleModel
from facea_desktop.ui.widgets import Notice, column, plain_tip, scrolling
from tests.gui.conftest import WindowWatch

UI = Path(facea_desktop.ui.__file__).parent
TRANSLATES = {"tr", "_translate"}
"""What translating is called; ``translate`` alone is what painters do."""


def test_a_child_that_is_shown_before_it_has_its_parent_is_noticed(qtbot: QtBot, no_stray_windows: WindowWatch) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.show()
    assert no_stray_windows.strays == []
    early = QLabel("early")
    early.setVisible(True)
    assert [stray for stray in no_stray_windows.strays if "QLabel" in stray] == no_stray_windows.strays != []
    early.close()
    no_stray_windows.strays.clear()


def test_every_sentence_is_written_out_where_it_is_translated() -> None:
    """The tools that gather sentences for translators read the code; they do not run it."""
    hidden = [
        f"{path.relative_to(UI)}:{call.lineno}"
        for path in sorted(UI.rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and getattr(call.func, "attr", getattr(call.func, "id", "")) in TRANSLATES
        and not all(isinstance(given, ast.Constant) for given in call.args[:2])
    ]
    assert hidden == []


def test_a_tooltip_shows_markup_letter_by_letter() -> None:
    for text in ('<img src="file:///etc/passwd">', "<b>Anna</b>", "<a href='x'>click</a>\nsecond line"):
        document = QTextDocument()
        document.setHtml(plain_tip(text))  # as a tooltip does with what looks like HTML
        assert RichText.mightBeRichText(plain_tip(text))
        assert document.toPlainText().replace("\u2028", "\n") == text
    assert plain_tip("Anna < Ben & Zoë") == "Anna < Ben & Zoë"


def test_people_called_like_markup_are_shown_and_nothing_is_opened(session, add_person, qtbot) -> None:
    named = add_person(MARKUP)
    session.people_changed()
    model = PeopleModel(session, session)
    model.refresh()
    tips = [model.index(row).data(Qt.ItemDataRole.ToolTipRole) for row in range(model.rowCount())]
    edit = NameEdit()
    qtbot.addWidget(edit)
    edit.show_name(named.name)
    assert sum("&lt;img" in tip for tip in tips) == 1
    assert not any(MARKUP in tip for tip in (*tips, *(one.toolTip() for one in edit.findChildren(QLabel))))


MARKUP = '<img src="file:///etc/hostname">'


def test_what_is_said_below_what_is_in_view_is_brought_into_view(qtbot: QtBot) -> None:
    notice = Notice()
    content = QWidget()
    layout = column(QLabel("first"), notice)
    layout.insertSpacing(1, 900)
    content.setLayout(layout)
    area = scrolling(content)
    qtbot.addWidget(area)
    area.resize(300, 200)
    area.show()

    def in_view() -> bool:
        place = QRect(notice.mapTo(area.viewport(), QPoint(0, 0)), notice.size())
        return notice.isVisible() and area.viewport().rect().contains(place)

    notice.set_message("bad.jpg cannot be shown")
    qtbot.waitUntil(in_view)
    area.verticalScrollBar().setValue(0)
    notice.set_message("bad.jpg cannot be shown")  # said already
    QApplication.processEvents()
    assert area.verticalScrollBar().value() == 0
