"""What is known of the chosen portrait, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from facea_desktop.library.summaries import PortraitSummary
from facea_desktop.ui.gallery.background import Background
from facea_desktop.ui.gallery.picture import Picture
from facea_desktop.ui.gallery.stars import Stars
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import button, column, label, likeness_words, row

tr = QCoreApplication.translate

WIDTH = 288


class Details(QFrame):
    """A side panel for one portrait, or for many."""

    useWanted = Signal()
    exportWanted = Signal()
    folderWanted = Signal()
    deleteWanted = Signal()
    rateWanted = Signal(int)

    def __init__(self, background: Background, parent: QWidget | None = None, *, with_picture: bool = True) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self.setFixedWidth(WIDTH)
        self.picture = Picture(background) if with_picture else None
        self._who = label("", "title", wrap=True)
        self._facts = label("", "hint", wrap=True)
        self._prompt = label("", wrap=True)
        self._prompt.setObjectName("galleryPrompt")
        self._prompt.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._prompt.setAccessibleName(self.tr("Prompt"))
        self.stars = Stars()
        self.stars.rated.connect(self.rateWanted)
        self.use = button(
            self.tr("&Use settings"),
            self.useWanted.emit,
            name="galleryUse",
            kind="primary",
            tip=self.tr("Bring the prompt, the seed and everything else back to the portrait panel (Enter)"),
        )
        self._export = button(
            self.tr("E&xport…"),
            self.exportWanted.emit,
            name="galleryExport",
            icon_name="export",
            tip=self.tr("Save as PNG, JPEG, WebP or TIFF (Ctrl+E)"),
        )
        self._folder = button(
            self.tr("&Show in folder"),
            self.folderWanted.emit,
            name="galleryFolder",
            icon_name="folder",
            tip=self.tr("Open the folder that the file lies in"),
        )
        self._delete = button(
            self.tr("&Delete…"),
            self.deleteWanted.emit,
            name="galleryDelete",
            icon_name="delete",
            kind="danger",
            tip=self.tr("Erase for good, with scene and mask (Del)"),
        )
        self._lay_out()
        self.show_portrait(None)

    def show_portrait(self, portrait: PortraitSummary | None) -> None:
        """Show one portrait; None shows that nothing is chosen."""
        if self.picture is not None:
            self.picture.setVisible(portrait is not None)
            self.picture.show_file(portrait.path if portrait is not None else None)
        for part in (self.stars, self.use, self._folder, self._export, self._delete, self._prompt):
            part.setVisible(portrait is not None)
        if portrait is None:
            self._who.setText(self.tr("Nothing chosen"))
            self._facts.setText(self.tr("Choose a portrait to see what made it. Space shows it large."))
            return
        self._who.setText(_name(portrait))
        self._facts.setText(_facts(portrait))
        self._prompt.setText(portrait.prompt or self.tr("It carries no prompt."))
        self.stars.show_stars(portrait.rating)
        self.use.setVisible(bool(portrait.person))

    def show_many(self, count: int) -> None:
        """Show that several are chosen."""
        self.show_portrait(None)
        self._who.setText(self.tr("{} portraits chosen").format(QLocale().toString(count)))
        self._facts.setText(self.tr("Rate, export or delete them together."))
        self.stars.show_stars(0)
        for part in (self.stars, self._export, self._delete):
            part.setVisible(True)

    def _lay_out(self) -> None:
        text = QWidget()
        text_rows = column(self._who, self.stars, self._facts, self._prompt)
        text_rows.addStretch()
        text.setLayout(text_rows)
        scroll = QScrollArea()  # a prompt may be 2000 letters long
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(text)
        rows = column(margin=SPACE * 3 // 2, space=SPACE * 3 // 2)
        if self.picture is not None:
            self.picture.setFixedHeight(WIDTH - 3 * SPACE)
            rows.addWidget(self.picture)
        rows.addWidget(scroll, 1)
        rows.addLayout(column(self.use, row(self._export, self._folder), self._delete))
        self.setLayout(rows)


def _name(portrait: PortraitSummary) -> str:
    if portrait.person_name:
        return portrait.person_name
    return tr("PortraitDetails", "Somebody who was deleted") if portrait.person else tr("PortraitDetails", "Unknown")


def _facts(portrait: PortraitSummary) -> str:
    """Likeness, time, size and seed, one a line."""
    lines = []
    if portrait.likeness is not None:
        words = likeness_words(portrait.likeness, None, None)
        lines.append(words[:1].upper() + words[1:])
    made = QDateTime.fromSecsSinceEpoch(int(portrait.created.timestamp()))
    lines.append(QLocale().toString(made, QLocale.FormatType.ShortFormat))
    lines.append(tr("PortraitDetails", "{0} by {1} pixels").format(portrait.width, portrait.height))
    if portrait.seed is not None:
        lines.append(tr("PortraitDetails", "Seed {}").format(portrait.seed))
    if portrait.style:
        lines.append(tr("PortraitDetails", "Style: {}").format(portrait.style))
    return "\n".join(lines)
