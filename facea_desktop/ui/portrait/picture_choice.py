"""The pictures of one job side by side over the canvas, while they are painted and until one is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QFrame, QLineEdit, QPlainTextEdit, QWidget

from facea_desktop.ui.canvas.picture_grid import GridPicture, PictureGrid
from facea_desktop.ui.likeness_scale import LikenessScales
from facea_desktop.ui.portrait.results_model import Result
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import Flow, button, column, label


class PictureChoice(QFrame):
    """Covers ``stage`` while there is something to choose from.

    Attributes:
        job: id of the job whose pictures are shown; None while hidden.
        grid: the pictures, in the order in which keys count them.
    """

    chosen = Signal(object, object)
    """The Result that was chosen, and a list of the paths of the others."""
    kept = Signal(object)
    """All are kept: the Result to look at."""

    def __init__(self, stage: QWidget, likeness: LikenessScales) -> None:
        super().__init__(stage)
        self._stage, self._likeness = stage, likeness
        self.setObjectName("pictureChoice")
        self.setProperty("panel", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.job: str | None = None
        self._results: list[Result] = []
        self._complete = False
        self._says = label("", "heading")
        self._sort = button(
            self.tr("Best likeness first"),
            self._show,
            name="sortVariations",
            kind="chip",
            tip=self.tr("Sort by how much the face looks like the person"),
        )
        self._sort.setCheckable(True)
        self._keep = button(
            self.tr("Keep all"),
            self.keep_all,
            name="keepAllButton",
            kind="chip",
            tip=self.tr("Keep every picture (Esc)"),
        )
        self.grid = PictureGrid(self)
        self.grid.clicked.connect(self._choose)
        head = Flow()  # beside each other, or below each other on a narrow canvas
        for one in (self._says, self._sort, self._keep):
            head.addWidget(one)
        self._says.setMinimumHeight(self._keep.sizeHint().height())
        layout = column(head, self.grid, margin=SPACE)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        stage.installEventFilter(self)
        self.hide()

    @property
    def waits(self) -> bool:
        """Whether all pictures are there and none has been chosen yet."""
        return self.job is not None and self._complete

    def show_results(self, job: str, results: Sequence[Result], *, complete: bool = False) -> None:
        """Show what a job has painted so far.

        Args:
            results: all of its pictures, and the places of those to come.
            complete: nothing more will come: one can be chosen.
        """
        first = self.job != job
        self.job, self._results, self._complete = job, list(results), complete
        done = sum(result.path is not None for result in results)
        if complete:
            self._says.setText(self.tr("Choose one: keys 1 to {0}").format(len(results)))
        else:
            self._says.setText(self.tr("Making {0} of {1}").format(min(done + 1, len(results)), len(results)))
        self._keep.setVisible(complete)
        self._sort.setVisible(complete and any(result.likeness is not None for result in results))
        self._show()
        if first:
            self._cover()
            self.show()
            self.raise_()
            self.grid.fit()
        if complete and not _is_typing():
            self.setFocus()

    def expect_keys(self) -> None:
        """Pictures were asked for: what was typed until now does not keep the keys from them."""
        field = QApplication.focusWidget()
        if isinstance(field, QPlainTextEdit):
            field.document().setModified(False)

    def leave(self) -> None:
        """Hide; every picture stays."""
        if self.job is not None:
            self.job, self._results = None, []
            self._sort.setChecked(False)
            self.hide()
            self.grid.show_pictures([])

    @Slot()
    def keep_all(self) -> None:
        """Keep every picture and look at the first."""
        if self.waits:
            self.kept.emit(self._sorted()[0])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the stage, whatever size it takes."""
        if event.type() == QEvent.Type.Resize and self.job is not None:
            self._cover()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Keys belong to the pictures here, rather than to the tools of the canvas below."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.KeypadModifier,
                Qt.KeyboardModifier.ShiftModifier,
            )
            if event.modifiers() in plain:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A number chooses, Escape keeps all."""
        number = event.key() - Qt.Key.Key_1
        if 0 <= number < len(self._results):
            self._choose(number)
        elif event.key() == Qt.Key.Key_Escape:
            self.keep_all()

    @Slot(int)
    def _choose(self, number: int) -> None:
        if not self.waits:
            return
        results = self._sorted()
        chosen = results[number]
        self.chosen.emit(chosen, [result.path for result in results if result is not chosen])

    def _sorted(self) -> list[Result]:
        if not self._sort.isChecked():
            return self._results
        return sorted(self._results, key=lambda one: -2.0 if one.likeness is None else one.likeness, reverse=True)

    def _show(self) -> None:
        self.grid.show_pictures([self._shown(number, result) for number, result in enumerate(self._sorted(), 1)])

    def _shown(self, number: int, result: Result) -> GridPicture:
        words, place = self._likeness.words(result.person, result.likeness, result.first_sight), None
        about = f"{number}. {words}" if words else str(number)
        if result.likeness is not None:
            place = self._likeness.place(result.person, result.likeness)
        return GridPicture(result.path, str(number), about, place, result.preview, result.done)

    def _cover(self) -> None:
        self.setGeometry(self._stage.rect())


def _is_typing() -> bool:
    """Whether the keyboard is at a field, and at a prompt, has changed it since pictures were asked for."""
    field = QApplication.focusWidget()
    if isinstance(field, QPlainTextEdit):
        return field.document().isModified()
    return isinstance(field, QLineEdit | QAbstractSpinBox)
