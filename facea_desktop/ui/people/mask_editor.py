"""Correcting the masks of one face on the canvas."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QColor, QIcon, QImage, QKeyEvent, QKeySequence, QPainter, QPixmap
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from facea_desktop.domain.faces import FACE, PARTS
from facea_desktop.ui.canvas.canvas import Canvas
from facea_desktop.ui.people.face_picture import PART_COLOURS, FaceView, grey
from facea_desktop.ui.person_text import part_words
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import Flow, Notice, button, column, label, row

_DOT = 12


class MaskEditor(QWidget):
    """One part at a time, white where it is; nothing is changed before Done."""

    done = Signal(object)
    """The masks that were changed: part to Format_Grayscale8 of the crop's size."""
    finished = Signal()
    """Done or cancelled."""

    def __init__(self, name: str, view: FaceView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._part = FACE
        self._touched = False
        self._changed: dict[str, QImage | None] = {}
        self.setObjectName("maskEditor")
        self.canvas = Canvas()
        self.canvas.set_picture(view.crop)
        self.canvas.set_masking(True)
        self.canvas.choose_tool("brush")
        for command in self.canvas.commands.values():  # Ctrl and a number choose a part here
            command.setShortcuts([keys for keys in command.shortcuts() if keys != QKeySequence("Ctrl+1")])
        self.canvas.maskChanged.connect(self._touch)
        self.notice = Notice()
        self._chips = QButtonGroup(self)
        parts = QWidget()
        flow = Flow()
        parts.setLayout(flow)
        for number, part in enumerate(PARTS):
            chip = QPushButton(_dot(PART_COLOURS[part]), part_words(part))
            chip.setObjectName(f"part-{part}")
            chip.setProperty("chip", True)
            chip.setCheckable(True)
            chip.setChecked(part == FACE)
            chip.setToolTip(self.tr("Paint the mask of this part (Ctrl+{number})").format(number=number + 1))
            chip.setShortcut(QKeySequence(f"Ctrl+{number + 1}"))
            chip.setProperty("part", part)
            self._chips.addButton(chip)
            flow.addWidget(chip)
        self._chips.buttonClicked.connect(self._chosen)
        cancel = button(self.tr("Cancel"), self.finished.emit, name="cancelMasksButton")
        accept = button(self.tr("Done"), self.accept, name="acceptMasksButton", kind="primary")
        self._keep_button = button(
            self.tr("&Keep"), self.accept, name="keepMasksButton", tip=self.tr("Save the masks and close")
        )
        discard = button(
            self.tr("&Discard"),
            self.finished.emit,
            name="discardMasksButton",
            kind="danger",
            tip=self.tr("Close without changing the masks"),
        )
        self._answers = QWidget()  # to what the notice asks
        answers = row(self._keep_button, discard)
        answers.addStretch()
        self._answers.setLayout(answers)
        self._answers.hide()
        self.notice.dismissed.connect(self._answers.hide)
        head = row(label(self.tr("Masks of {photo}").format(photo=name), "title"), space=SPACE)
        head.addStretch()
        head.addWidget(cancel)
        head.addWidget(accept)
        hint = label(self.tr("Paint over everything that belongs to the part; erase the rest."), "hint")
        whole = column(head, hint, parts, self.notice, self._answers, margin=SPACE * 2)
        whole.addWidget(self.canvas, 1)
        self.setLayout(whole)
        self._show(FACE)

    def accept(self) -> None:
        """Hand over what was changed, unless a mask was left empty."""
        self._keep()
        empty = [part_words(part).lower() for part, mask in self._changed.items() if mask is None]
        if empty:
            sentence = self.tr("The mask of {parts} is empty. Paint it, or cancel to keep the previous one.")
            self.notice.set_message(sentence.format(parts=", ".join(empty)))
            self._answers.hide()
            return
        self.done.emit({part: grey(mask) for part, mask in self._changed.items() if mask is not None})
        self.finished.emit()

    def show_part(self, part: str) -> None:
        """Go on with another part; what was painted is kept."""
        self._keep()
        self._show(part)

    def leave(self) -> None:
        """Leave where nothing was changed; else ask whether it is to be kept, or take the question back."""
        if self._answers.isVisible():
            self.notice.set_message("")
            self._answers.hide()
            return
        self._keep()
        if not self._changed:
            self.finished.emit()
            return
        self.notice.set_message(self.tr("The masks have changed. Keep or discard the changes?"), "warn")
        self._answers.show()
        self._keep_button.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves; the canvas has it first while one paints there."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _keep(self) -> None:
        if self._touched:
            self._changed[self._part] = self.canvas.mask()
        self._touched = False

    def _show(self, part: str) -> None:
        self._part = part
        for chip in self._chips.buttons():
            chip.setChecked(chip.property("part") == part)
        mask = self._changed[part] if part in self._changed else self._view.masks.get(part)
        self.canvas.set_mask(mask if mask is not None else self._blank())
        self._touched = False

    def _blank(self) -> QImage:
        blank = QImage(self._view.crop.size(), QImage.Format.Format_Grayscale8)
        blank.fill(0)
        return blank

    @Slot()
    def _touch(self) -> None:
        self._touched = True

    @Slot(QPushButton)
    def _chosen(self, chip: QPushButton) -> None:
        self.show_part(chip.property("part"))


def _dot(colour: str) -> QIcon:
    drawn = QPixmap(_DOT * 2, _DOT * 2)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawEllipse(2, 2, _DOT * 2 - 4, _DOT * 2 - 4)
    painter.end()
    return QIcon(drawn)
