"""Quick picks: chips that put words of the face into the prompt, and take them out again."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from facea_desktop.ui.portrait.styles import PickGroup, contains, load_picks, short_title
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import Flow, button, column, row


class QuickPicks(QWidget):
    """A row of groups; the chips of one are shown below it, or of none."""

    picked = Signal(str, bool)
    """Words, and whether they go into the prompt or out of it."""

    def __init__(self) -> None:
        super().__init__()
        self.chips: dict[str, QPushButton] = {}
        self._heads: list[tuple[PickGroup, QPushButton]] = []
        self._pages: list[QWidget] = []
        heads = QButtonGroup(self)
        heads.setExclusive(False)
        for group in load_picks():
            head = button(
                group.said,
                kind="flat",
                name=f"{group.name}Picks",
                tip=self.tr("Show words for this: {0}").format(group.said),
            )
            head.setCheckable(True)
            head.setStyleSheet("padding: 5px 6px;")  # four fit side by side
            heads.addButton(head, len(self._heads))
            page = QWidget()
            page.setLayout(self._chips_of(group))
            page.hide()
            self._heads.append((group, head))
            self._pages.append(page)
        heads.idToggled.connect(self._open)
        head_row = row(*(head for _, head in self._heads), space=2)
        head_row.addStretch()
        self.setLayout(column(head_row, *self._pages, space=SPACE // 2))

    def show_prompt(self, prompt: str) -> None:
        """Check the chips whose words stand in the prompt."""
        for words, chip in self.chips.items():
            chip.setChecked(contains(prompt, words))
        for group, head in self._heads:
            chosen = sum(self.chips[words].isChecked() for words in group.words)
            head.setText(f"{group.said} \u00b7 {chosen}" if chosen else group.said)

    def _chips_of(self, group: PickGroup) -> Flow:
        flow = Flow()
        for words in group.words:
            chip = button(short_title(words), kind="chip", name=f"pick {words}")
            chip.setCheckable(True)
            chip.setToolTip(self.tr("Puts \u201c{0}\u201d into the prompt, or takes it out").format(words))
            chip.setAccessibleName(words)
            chip.clicked.connect(lambda there, words=words: self._pick(group, words, there))
            self.chips[words] = chip
            flow.addWidget(chip)
        return flow

    def _pick(self, group: PickGroup, words: str, there: bool) -> None:
        if there and group.one:
            for other in group.words:
                if other != words and self.chips[other].isChecked():
                    self.picked.emit(other, False)
        self.picked.emit(words, there)

    def _open(self, opened: int, on: bool) -> None:
        self._pages[opened].setVisible(on)
        if on:
            for number, (_, head) in enumerate(self._heads):
                if number != opened:
                    head.setChecked(False)
