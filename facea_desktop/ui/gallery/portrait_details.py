"""Details of the chosen portrait, and actions on it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from facea_desktop.library.portrait_notes import REJECTED
from facea_desktop.library.summaries import PortraitSummary
from facea_desktop.ui.background_thread import BackgroundThread
from facea_desktop.ui.canvas.side_by_side import MOST_COMPARED
from facea_desktop.ui.formatting import number
from facea_desktop.ui.gallery.portrait_view import PortraitView
from facea_desktop.ui.gallery.star_rating import StarRating
from facea_desktop.ui.likeness_scale import LikenessLabel, LikenessScales, first_sight_words
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.times_badge import times_words
from facea_desktop.ui.widgets import button, column, label, row

tr = QCoreApplication.translate

WIDTH = 288


class PortraitDetails(QFrame):
    """A side panel for one portrait, or for many."""

    useWanted = Signal()
    exportWanted = Signal()
    compareWanted = Signal()
    folderWanted = Signal()
    deleteWanted = Signal()
    eraseWanted = Signal()
    rateWanted = Signal(int)
    labelsWanted = Signal()

    def __init__(
        self,
        background: BackgroundThread,
        likeness: LikenessScales,
        parent: QWidget | None = None,
        *,
        with_picture: bool = True,
    ) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self.setFixedWidth(WIDTH)
        self.picture = PortraitView(background) if with_picture else None
        self._who = label("", "title", wrap=True)
        self.likeness = LikenessLabel(likeness)
        self._facts = label("", "hint", wrap=True)
        self._prompt = label("", wrap=True)
        self._prompt.setObjectName("galleryPrompt")
        self._prompt.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._prompt.setAccessibleName(self.tr("Prompt"))
        self.stars = StarRating()
        self.stars.rated.connect(self.rateWanted)
        self.use = button(
            self.tr("&Use settings"),
            self.useWanted.emit,
            name="galleryUse",
            kind="primary",
            tip=self.tr("Restore the prompt, seed and all other settings in the portrait panel (Enter)"),
        )
        self._compare = button(
            self.tr("&Compare"),
            self.compareWanted.emit,
            name="galleryCompare",
            icon_name="compare",
            kind="primary",
            tip=self.tr("Show them side by side, zoomed and moved as one (C)"),
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
            tip=self.tr("Open the folder of this file"),
        )
        self.labels = button(
            self.tr("&Keywords and albums…"),
            self.labelsWanted.emit,
            name="galleryLabels",
            kind="flat",
            tip=self.tr("Words to find it by, and collections that it belongs to (K)"),
        )
        self._delete = button(
            self.tr("&Delete"),
            self.deleteWanted.emit,
            name="galleryDelete",
            icon_name="delete",
            tip=self.tr("Move to the bin, with scene and mask (Del); Shift+Del deletes permanently"),
        )
        self._lay_out()
        self.show_portrait(None)

    def show_portrait(self, portrait: PortraitSummary | None) -> None:
        """Show one portrait; None shows that nothing is chosen."""
        if self.picture is not None:
            self.picture.setVisible(portrait is not None)
            self.picture.show_file(portrait.path if portrait is not None else None)
        for part in (self.stars, self.use, self._folder, self._export, self._delete, self._prompt, self.labels):
            part.setVisible(portrait is not None)
        self._compare.hide()
        if portrait is None:
            self.likeness.show_likeness("", None)
            self._who.setText(self.tr("Nothing selected"))
            self._facts.setText(self.tr("Select a portrait to see its settings. Space shows it large."))
            return
        self.likeness.show_likeness(portrait.person, portrait.likeness, portrait.first_sight)
        self._who.setText(_name(portrait))
        self._facts.setText(_facts(portrait))
        self._prompt.setText(portrait.prompt or self.tr("It contains no prompt."))
        self.stars.show_stars(portrait.rating)
        self.use.setVisible(bool(portrait.person))

    def show_many(self, count: int) -> None:
        """Show that several are chosen."""
        self.show_portrait(None)
        self._who.setText(self.tr("{} portraits selected").format(number(count)))
        self._facts.setText(self.tr("Rate, label, compare, export or delete them together."))
        self._compare.setVisible(count <= MOST_COMPARED)
        self.stars.show_stars(0)
        for part in (self.stars, self.labels, self._export, self._delete):
            part.setVisible(True)

    def _lay_out(self) -> None:
        text = QWidget()
        text_rows = column(self._who, self.stars, self.likeness, self._facts)
        text_rows.addWidget(self.labels, 0, Qt.AlignmentFlag.AlignLeft)
        text_rows.addWidget(self._prompt)
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
        rows.addLayout(column(self.use, self._compare, row(self._export, self._folder), self._delete))
        self.setLayout(rows)


def _name(portrait: PortraitSummary) -> str:
    if portrait.person_name:
        return portrait.person_name
    return tr("PortraitDetails", "Deleted person") if portrait.person else tr("PortraitDetails", "Unknown")


def _facts(portrait: PortraitSummary) -> str:
    """Time, size and seed, one a line."""
    lines = [tr("PortraitDetails", "Rejected")] if portrait.rating == REJECTED else []
    made = QDateTime.fromSecsSinceEpoch(int(portrait.created.timestamp()))
    lines.append(QLocale().toString(made, QLocale.FormatType.ShortFormat))
    size = tr("PortraitDetails", "{0} by {1} pixels").format(portrait.width, portrait.height)
    lines.append(", ".join(part for part in (size, times_words(portrait.times)) if part))
    if seen := first_sight_words(portrait.person, portrait.first_sight):
        lines.append(seen)
    if portrait.seed is not None:
        lines.append(tr("PortraitDetails", "Seed {}").format(portrait.seed))
    if portrait.style:
        lines.append(tr("PortraitDetails", "Style: {}").format(portrait.style))
    for words, names in (
        (tr("PortraitDetails", "Keywords: {}"), portrait.keywords),
        (tr("PortraitDetails", "Albums: {}"), portrait.albums),
    ):
        lines += [words.format(", ".join(names))] if names else []
    return "\n".join(lines)
