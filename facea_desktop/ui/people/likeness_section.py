"""How like the person test portraits were during tuning, as a section of the person's page."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from facea_desktop.domain.people import Profile
from facea_desktop.ui.likeness_scale import LikenessScales
from facea_desktop.ui.widgets import column, label


class LikenessSection(QWidget):
    """A heading, a sentence, and a plot where there is something to plot."""

    def __init__(self, likeness: LikenessScales, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._likeness = likeness
        self._hint = label("", "hint", wrap=True)
        self._rows: QVBoxLayout = column(label(self.tr("Likeness"), "heading"), self._hint)
        self._plot: QWidget | None = None
        self.setLayout(self._rows)

    def show_person(self, profile: Profile) -> None:
        """Show the curve of a person's tuning."""
        tuning = profile.tuning
        curve = tuning.curve if tuning is not None else ()
        if len(curve) > 1 and tuning is not None:
            from facea_desktop.ui.people.likeness_plot import LikenessPlot  # pyqtgraph loads when it is first needed

            if self._plot is None:
                self._plot = LikenessPlot()
                self._rows.addWidget(self._plot)
            assert isinstance(self._plot, LikenessPlot)
            self._plot.show_curve(curve, tuning.best_step, partial(self._likeness.place, profile.id))
            text = self.tr("Similarity of a test portrait to the photos during tuning.")
        elif curve:
            text = self._likeness.words(profile.id, curve[0].likeness)
        else:
            text = self.tr("Measured during tuning.")
        self._hint.setText(text)
        if self._plot is not None:
            self._plot.setVisible(len(curve) > 1)
