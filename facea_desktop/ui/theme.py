"""Colours, spacing and the style sheet, light and dark."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from facea_desktop.resources import resource

Mode = Literal["system", "light", "dark"]

SPACE = 8
"""Pixels between things that belong together; twice that between groups."""
RADIUS = 6


@dataclass(frozen=True)
class Colours:
    """One theme.

    Attributes:
        window: behind everything.
        panel: side panels.
        raised: buttons, fields, cards.
        line: hairlines between them.
        muted: text of second rank.
        accent: what is chosen, and the one main action.
        on_accent: text upon it.
        stage: behind pictures, neutral so that it does not tint them.
    """

    window: str
    panel: str
    raised: str
    hover: str
    line: str
    text: str
    muted: str
    accent: str
    on_accent: str
    good: str
    warn: str
    bad: str
    stage: str


DARK = Colours(
    window="#1b1c1f",
    panel="#232428",
    raised="#2d2f34",
    hover="#383a41",
    line="#3a3c43",
    text="#e8e8ea",
    muted="#a3a5ad",
    accent="#e58a63",
    on_accent="#231006",
    good="#7fbf8e",
    warn="#e2b458",
    bad="#ea7a75",
    stage="#141416",
)
LIGHT = Colours(
    window="#efedea",
    panel="#f8f7f5",
    raised="#ffffff",
    hover="#efeae6",
    line="#d8d4cf",
    text="#25242a",
    muted="#66646d",
    accent="#b5502a",
    on_accent="#ffffff",
    good="#2f7a45",
    warn="#8f6200",
    bad="#b3322d",
    stage="#dcdad7",
)

_current = DARK


def colours() -> Colours:
    """The theme in use."""
    return _current


def prepare(app: QApplication, mode: Mode) -> None:
    """Palette and colours, all that building a window needs.

    ``apply`` follows when it is built: to dress it as a whole takes a fifth of dressing each widget in the making.
    """
    global _current
    dark = mode == "dark" or (mode == "system" and system_is_dark())
    _current = DARK if dark else LIGHT
    app.setStyle("Fusion")
    app.setPalette(_palette(_current))


def apply(app: QApplication, mode: Mode) -> Colours:
    """Dress the whole application; "system" follows the desktop's wish."""
    with _no_widget_freed():
        prepare(app, mode)
        app.setStyleSheet(_sheet(_current))
    return _current


@contextmanager
def _no_widget_freed() -> Iterator[None]:
    """Collect garbage before, not meanwhile: Qt goes over a list of all widgets, and crashes at one that was in it."""
    gc.collect()
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def system_is_dark() -> bool:
    """What the desktop asks for; light where it does not say."""
    return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def _palette(c: Colours) -> QPalette:
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, colour in (
        (roles.Window, c.window),
        (roles.WindowText, c.text),
        (roles.Base, c.raised),
        (roles.AlternateBase, c.panel),
        (roles.Text, c.text),
        (roles.PlaceholderText, c.muted),
        (roles.Button, c.raised),
        (roles.ButtonText, c.text),
        (roles.BrightText, c.bad),
        (roles.Highlight, c.accent),
        (roles.HighlightedText, c.on_accent),
        (roles.ToolTipBase, c.raised),
        (roles.ToolTipText, c.text),
        (roles.Link, c.accent),
        (roles.Mid, c.line),
    ):
        palette.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(c.muted))
    return palette


def _drawing(name: str) -> str:
    """Qt draws no arrow or tick of its own where a style sheet draws the frame; these suit both themes."""
    return resource("theme", f"{name}.svg").as_posix()


def _sheet(c: Colours) -> str:
    return f"""
    QWidget {{ font-size: 13px; }}
    QMainWindow, QDialog {{ background: {c.window}; }}
    QFrame[panel="true"] {{ background: {c.panel}; border: none; }}
    QFrame[card="true"] {{ background: {c.raised}; border: 1px solid {c.line}; border-radius: {RADIUS}px; }}
    QFrame[notice="warn"] {{ background: {c.raised}; border: 1px solid {c.warn}; border-radius: {RADIUS}px; }}
    QFrame[notice="bad"] {{ background: {c.raised}; border: 1px solid {c.bad}; border-radius: {RADIUS}px; }}
    QLabel[title="true"] {{ font-size: 18px; font-weight: 600; }}
    QLabel[heading="true"] {{ font-weight: 600; }}
    QLabel[hint="true"] {{ color: {c.muted}; }}
    QLabel[state="good"] {{ color: {c.good}; }}
    QLabel[state="warn"] {{ color: {c.warn}; }}
    QLabel[state="bad"] {{ color: {c.bad}; }}
    QFrame[toast="true"] {{ background: {c.text}; border-radius: {RADIUS}px; padding: 8px 16px; }}
    QFrame[toast="true"] QLabel {{ color: {c.window}; background: transparent; }}
    QFrame[toast="true"] QPushButton {{
        color: {c.window}; background: transparent; border: 1px solid {c.window}; padding: 2px 10px;
    }}
    QFrame[toast="true"] QPushButton:hover {{ background: {c.muted}; }}
    QPushButton, QToolButton {{
        background: {c.raised}; border: 1px solid {c.line}; border-radius: {RADIUS}px; padding: 5px 12px;
    }}
    QToolButton {{ padding: 5px; }}
    QPushButton:hover, QToolButton:hover {{ background: {c.hover}; }}
    QPushButton:focus, QToolButton:focus {{ border-color: {c.accent}; }}
    QPushButton:checked, QToolButton:checked {{ border-color: {c.accent}; color: {c.accent}; }}
    QPushButton:disabled, QToolButton:disabled {{ color: {c.muted}; background: transparent; }}
    QPushButton[primary="true"] {{
        background: {c.accent}; color: {c.on_accent}; border-color: {c.accent}; font-weight: 600; padding: 7px 18px;
    }}
    QPushButton[primary="true"]:hover {{ border-color: {c.text}; }}
    QPushButton[primary="true"]:disabled {{ background: {c.raised}; color: {c.muted}; border-color: {c.line}; }}
    QPushButton[danger="true"] {{ color: {c.bad}; }}
    QPushButton[danger="true"]:disabled {{ color: {c.muted}; }}
    QPushButton[flat="true"], QToolButton[flat="true"] {{ background: transparent; border-color: transparent; }}
    QPushButton[flat="true"]:hover, QToolButton[flat="true"]:hover {{ background: {c.hover}; }}
    QToolButton[flat="true"]:checked {{ background: {c.hover}; }}
    QPushButton[chip="true"] {{ border-radius: 12px; padding: 3px 10px; }}
    QPushButton[chip="true"]:checked {{ background: {c.accent}; color: {c.on_accent}; border-color: {c.accent}; }}
    QHeaderView::section {{
        background: {c.panel}; color: {c.muted}; border: none; border-right: 1px solid {c.line}; padding: 3px 7px;
    }}
    QLineEdit, QTextEdit, QPlainTextEdit, QSpinBox, QDoubleSpinBox, QComboBox, QDateEdit {{
        background: {c.raised}; border: 1px solid {c.line}; border-radius: {RADIUS}px; padding: 5px 7px;
        selection-background-color: {c.accent}; selection-color: {c.on_accent};
    }}
    QLineEdit:focus, QTextEdit:focus, QPlainTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus,
    QDateEdit:focus {{ border-color: {c.accent}; }}
    QAbstractSpinBox {{ padding-right: 20px; }}
    QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{
        subcontrol-origin: border; width: 18px; border: none; background: transparent; margin: 1px;
    }}
    QAbstractSpinBox::up-button {{ subcontrol-position: top right; }}
    QAbstractSpinBox::down-button {{ subcontrol-position: bottom right; }}
    QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover {{ background: {c.hover}; }}
    QComboBox::drop-down, QDateEdit::drop-down {{
        subcontrol-origin: border; subcontrol-position: center right; width: 22px; border: none;
    }}
    QAbstractSpinBox::up-arrow {{ width: 10px; height: 10px; image: url("{_drawing("field-up")}"); }}
    QAbstractSpinBox::down-arrow, QComboBox::down-arrow {{
        width: 10px; height: 10px; image: url("{_drawing("field-down")}");
    }}
    QCheckBox::indicator, QRadioButton::indicator {{
        width: 14px; height: 14px; border: 1px solid {c.muted}; background: {c.raised};
    }}
    QCheckBox::indicator {{ border-radius: 3px; }}
    QRadioButton::indicator {{ border-radius: 8px; }}
    QCheckBox::indicator:hover, QRadioButton::indicator:hover,
    QCheckBox::indicator:focus, QRadioButton::indicator:focus {{
        border-color: {c.accent};
    }}
    QCheckBox::indicator:checked {{
        background: {c.accent}; border-color: {c.accent}; image: url("{_drawing("check")}");
    }}
    QRadioButton::indicator:checked {{
        width: 6px; height: 6px; border: 5px solid {c.accent}; background: {c.on_accent};
    }}
    QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {{ border-color: {c.line}; }}
    QAbstractItemView {{ background: transparent; border: none; outline: none; }}
    QListView::item:selected, QTreeView::item:selected {{ background: {c.hover}; color: {c.text}; }}
    #commandPalette {{ background: {c.raised}; border: 1px solid {c.line}; }}
    #commandList::item {{ padding: 5px 8px; }}
    QTabBar::tab {{ padding: 8px 14px; color: {c.muted}; border: none; border-bottom: 2px solid transparent; }}
    QTabBar::tab:selected {{ color: {c.text}; border-bottom-color: {c.accent}; }}
    QTabBar::tab:hover {{ color: {c.text}; }}
    QTabBar::tab:focus {{ color: {c.accent}; }}
    QTabWidget::pane {{ border: none; }}
    QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
    QScrollBar:vertical {{ width: 10px; background: transparent; }}
    QScrollBar:horizontal {{ height: 10px; background: transparent; }}
    QScrollBar::handle {{ background: {c.line}; border-radius: 4px; min-height: 24px; min-width: 24px; margin: 1px; }}
    QScrollBar::handle:hover {{ background: {c.muted}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QProgressBar {{ background: {c.line}; border: none; border-radius: 3px; height: 6px; text-align: center; }}
    QProgressBar::chunk {{ background: {c.accent}; border-radius: 3px; }}
    QSlider::groove:horizontal {{ height: 4px; background: {c.line}; border-radius: 2px; }}
    QSlider::sub-page:horizontal {{ background: {c.accent}; border-radius: 2px; }}
    QSlider::handle:horizontal {{
        background: {c.text}; width: 14px; height: 14px; margin: -5px 0; border-radius: 7px;
    }}
    QSlider::handle:horizontal:focus {{ background: {c.accent}; }}
    QSplitter::handle {{ background: {c.window}; }}
    QStatusBar {{ background: {c.panel}; }}
    QStatusBar::item {{ border: none; }}
    QMenuBar {{ background: {c.panel}; }}
    QMenuBar::item {{ padding: 5px 9px; background: transparent; }}
    QMenuBar::item:selected, QMenu::item:selected {{ background: {c.hover}; color: {c.text}; }}
    QMenu {{ background: {c.raised}; border: 1px solid {c.line}; padding: 4px; }}
    QMenu::item {{ padding: 5px 26px 5px 22px; }}
    QMenu::item:disabled {{ color: {c.muted}; }}
    QMenu::separator {{ height: 1px; background: {c.line}; margin: 4px 8px; }}
    QToolTip {{ background: {c.raised}; color: {c.text}; border: 1px solid {c.line}; padding: 4px; }}
    """
