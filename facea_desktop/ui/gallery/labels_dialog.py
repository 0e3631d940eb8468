"""Asking for the keywords and albums of portraits, one or many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from facea_desktop.library.portrait_notes import LABEL_CHARACTERS, MOST_LABELS, labels_of
from facea_desktop.library.summaries import PortraitSummary
from facea_desktop.ui.dialogs import QuestionDialog
from facea_desktop.ui.formatting import counted
from facea_desktop.ui.widgets import button, column, label

Labels = tuple[str, ...]


class LabelsDialog(QuestionDialog):
    """Two fields; for several portraits they hold what all have, and what is changed there changes for all.

    Args:
        keywords, albums: what other portraits have, to be offered while typing.
    """

    def __init__(
        self,
        portraits: Sequence[PortraitSummary],
        keywords: Sequence[str],
        albums: Sequence[str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("labelsDialog", parent)
        self._portraits = list(portraits)
        many = self.tr("Keywords and albums of {} portraits")
        self.ask(counted(len(self._portraits), self.tr("Keywords and albums"), many))
        self._shared = _shared(one.keywords for one in portraits), _shared(one.albums for one in portraits)
        self.keywords = self._field("labelsKeywords", self.tr("sea, dusk, favourite coat"), self._shared[0], keywords)
        self.albums = self._field("labelsAlbums", self.tr("Summer, For Grandma"), self._shared[1], albums)
        for title, field in ((self.tr("Keywords"), self.keywords), (self.tr("Albums"), self.albums)):
            field.setAccessibleName(title)
            self.rows.addLayout(column(label(title), field, space=4))
        hint = self.tr("Separate several with commas.")
        if len(self._portraits) > 1:
            hint += " " + self.tr("Shown is what all of them share; whatever else each one has stays.")
        self.rows.addWidget(label(hint, "hint", wrap=True))
        save = button(self.tr("Save"), self.accept, name="labelsSave", kind="primary")
        save.setDefault(True)
        self.finish_with(save)

    def labels(self) -> dict[Path, tuple[Labels, Labels]]:
        """Keywords and albums of each portrait, as they were answered."""
        said = labels_of(self.keywords.text()), labels_of(self.albums.text())
        return {
            one.path: (
                _changed(one.keywords, self._shared[0], said[0]),
                _changed(one.albums, self._shared[1], said[1]),
            )
            for one in self._portraits
        }

    def _field(self, name: str, example: str, shared: Labels, known: Sequence[str]) -> QLineEdit:
        field = QLineEdit(", ".join(shared))
        field.setObjectName(name)
        field.setPlaceholderText(example)
        field.setMaxLength(LABEL_CHARACTERS * MOST_LABELS)
        _complete_last(field, known)
        return field


def _shared(labels: Iterable[Labels]) -> Labels:
    """What all have, in the order of the first."""
    each = list(labels)
    rest = [{name.casefold() for name in one} for one in each[1:]]
    return tuple(name for name in each[0] if all(name.casefold() in one for one in rest)) if each else ()


def _changed(own: Labels, shared: Labels, said: Labels) -> Labels:
    gone = {name.casefold() for name in shared}
    kept = [name for name in own if name.casefold() not in gone]
    return labels_of(",".join([*kept, *said]))


def _complete_last(field: QLineEdit, known: Sequence[str]) -> None:
    """Offer what is known for the last of the words between commas."""
    completer = _LastWordCompleter(field)
    completer.setModel(QStringListModel(list(known), completer))
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchStartsWith)
    field.setCompleter(completer)


class _LastWordCompleter(QCompleter):
    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field)
        self._field = field

    def splitPath(self, path: str) -> list[str]:
        """What is completed of the text."""
        return [path.rpartition(",")[2].lstrip()]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """The whole text with the word that was chosen."""
        before, comma, _ = self._field.text().rpartition(",")
        word = super().pathFromIndex(index)
        return f"{before}{comma} {word}" if comma else word
