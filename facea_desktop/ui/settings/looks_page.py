"""The Appearance and language page: light, dark, or as the desktop; the language; and notifications."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QWidget

from facea_desktop.ui.language import languages
from facea_desktop.ui.session import Session
from facea_desktop.ui.settings.setting_widgets import SettingsSubpage, card, setting
from facea_desktop.ui.theme import DARK, LIGHT, RADIUS, SPACE, Colours, Mode, colours
from facea_desktop.ui.widgets import ComboBox, label, row


class LooksPage(SettingsSubpage):
    """Three tiles, of which a click chooses one, the language, and whether the desktop tells of long jobs."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setObjectName("looksPage")
        self.set_heading(
            self.tr("Appearance and language"), self.tr("Pictures are easiest to judge on a dark, neutral background.")
        )
        self._group = QButtonGroup(self)
        tiles: list[ThemeTile] = [
            ThemeTile("system", self.tr("Follow the &system"), (LIGHT, DARK)),
            ThemeTile("light", self.tr("&Light"), (LIGHT,)),
            ThemeTile("dark", self.tr("&Dark"), (DARK,)),
        ]
        line = row(*tiles, space=SPACE * 2)
        line.addStretch()
        for tile in tiles:
            self._group.addButton(tile)
            tile.clicked.connect(self._choose)
        self.body.addWidget(card(label(self.tr("Theme"), "heading"), line))
        self.body.addWidget(card(self._build_language(), self._build_notifications()))
        self._show_settings()
        session.settingsChanged.connect(self._show_settings)

    def _build_language(self) -> QWidget:
        self._language = ComboBox()
        self._language.setMinimumWidth(240)
        self._language.addItem(self.tr("Follow the system"), None)
        for locale, name in languages().items():
            self._language.addItem(name, locale)
        self._language.activated.connect(self._choose_language)
        hint = self.tr("Applies immediately.")
        return setting(self.tr("Language"), hint, self._language, "languageBox")

    def _build_notifications(self) -> QWidget:
        self._notifications = ComboBox()
        self._notifications.setMinimumWidth(240)
        self._notifications.addItem(self.tr("Off"), "off")
        self._notifications.addItem(self.tr("On, without names"), "general")
        self._notifications.addItem(self.tr("On, with names and prompts"), "named")
        self._notifications.activated.connect(
            lambda: self._session.change_settings(notifications=self._notifications.currentData())
        )
        hint = self.tr(
            "When a long job ends while you use another program. Notifications can appear on the locked screen."
        )
        return setting(self.tr("Notifications"), hint, self._notifications, "notificationsBox")

    @Slot()
    def _show_settings(self) -> None:
        self._notifications.setCurrentIndex(self._notifications.findData(self._session.settings.notifications))
        self._language.setCurrentIndex(max(self._language.findData(self._session.settings.language), 0))
        for tile in self._group.buttons():
            tile.setChecked(cast(ThemeTile, tile).mode == self._session.settings.theme)

    @Slot()
    def _choose(self) -> None:
        self._session.change_settings(theme=cast(ThemeTile, self._group.checkedButton()).mode)

    @Slot()
    def _choose_language(self) -> None:
        self._session.change_settings(language=self._language.currentData())


class ThemeTile(QAbstractButton):
    """A small picture of the window in one theme, or half and half."""

    def __init__(self, mode: Mode, text: str, themes: tuple[Colours, ...]) -> None:
        super().__init__()
        self.mode: Mode = mode
        self._themes = themes
        self.setText(text)
        self.setCheckable(True)
        self.setObjectName(f"theme-{mode}")
        self.setAccessibleName(text.replace("&", ""))
        self.setToolTip(self.tr("Use this theme"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """A picture of 160 by 104 pixels with a line of text below."""
        return QSize(168, 112 + self.fontMetrics().height() + SPACE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The window in small, framed when it is chosen."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(4, 4, self.width() - 8, 104)
        for index, theme in enumerate(self._themes):
            part = area.width() / len(self._themes)
            painter.setClipRect(QRectF(area.x() + index * part, area.y(), part, area.height()))
            self._paint_window(painter, area, theme)
        painter.setClipping(False)
        chosen = self.isChecked() or self.hasFocus()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colours().accent if chosen else colours().line), 2 if self.isChecked() else 1))
        painter.drawRoundedRect(area, RADIUS, RADIUS)
        painter.setPen(QColor(colours().text))
        text = QRectF(0, area.bottom() + SPACE, self.width(), self.fontMetrics().height())
        painter.drawText(text, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextShowMnemonic, self.text())

    def _paint_window(self, painter: QPainter, area: QRectF, theme: Colours) -> None:
        painter.setPen(Qt.PenStyle.NoPen)

        def box(x: float, y: float, width: float, height: float, colour: str, radius: float = 2) -> None:
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(
                QRectF(
                    area.x() + x * area.width(),
                    area.y() + y * area.height(),
                    width * area.width(),
                    height * area.height(),
                ),
                radius,
                radius,
            )

        box(0, 0, 1, 1, theme.window, RADIUS)
        box(0, 0, 0.24, 1, theme.panel, RADIUS)
        box(0.76, 0, 0.24, 1, theme.panel, RADIUS)
        for line in range(4):
            box(0.04, 0.1 + line * 0.16, 0.16, 0.09, theme.raised if line else theme.accent)
        box(0.29, 0.1, 0.42, 0.62, theme.stage)
        box(0.41, 0.24, 0.18, 0.34, theme.hover, 8)
        for line in range(3):
            box(0.3 + line * 0.14, 0.79, 0.11, 0.13, theme.raised)
        box(0.8, 0.1, 0.16, 0.3, theme.raised)
        box(0.8, 0.46, 0.12, 0.04, theme.muted)
        box(0.8, 0.78, 0.16, 0.12, theme.accent)
