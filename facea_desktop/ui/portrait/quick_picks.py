"""Quick picks: chips that put words into the prompt, and take them out again."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from facea_desktop.ui.portrait.quick_pick_data import PickGroup, load_picks
from facea_desktop.ui.portrait.style_prompts import short_title
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import Flow, button, column, take_tab_order


class QuickPicks(QWidget):
    """The groups of picks that suit the chosen person's models."""

    picked = Signal(object, str, bool)
    """The PickGroup, its words, and whether they go into the prompt or out of it."""

    def __init__(self) -> None:
        super().__init__()
        self._prompt = ""
        self._scene_words_only = False
        self._groups = PickGroups(load_picks())
        self._groups.picked.connect(self.picked)
        self._layout: QVBoxLayout = column(self._groups)
        self.setLayout(self._layout)

    @property
    def chips(self) -> dict[str, QPushButton]:
        """The chips by their words."""
        return self._groups.chips

    def set_scene_words_only(self, only: bool) -> None:
        """Offer what suits models that know the words of ``scene_words.toml`` alone, or those that know any."""
        if only == self._scene_words_only:
            return
        self._scene_words_only = only
        old, self._groups = self._groups, PickGroups(load_picks(only))
        self._groups.picked.connect(self.picked)
        self._layout.replaceWidget(old, self._groups)
        take_tab_order(old, self._groups)
        old.hide()
        old.setParent(None)
        old.deleteLater()
        self.show_prompt(self._prompt)

    def show_prompt(self, prompt: str) -> None:
        """Check the chips of what the prompt says."""
        self._prompt = prompt
        self._groups.show_prompt(prompt)


class PickGroups(QWidget):
    """A row of groups; the chips of one are shown below it, or of none."""

    picked = Signal(object, str, bool)

    def __init__(self, groups: tuple[PickGroup, ...]) -> None:
        super().__init__()
        self.chips: dict[str, QPushButton] = {}
        self._heads: list[tuple[PickGroup, QPushButton]] = []
        self._pages: list[QWidget] = []
        heads = QButtonGroup(self)
        heads.setExclusive(False)
        for group in groups:
            head = button(
                group.heading,
                kind="flat",
                name=f"{group.name}Picks",
                tip=self.tr("Show words for {0}").format(group.heading),
            )
            head.setCheckable(True)
            head.setStyleSheet("padding: 5px 4px;")  # four fit side by side
            heads.addButton(head, len(self._heads))
            page = QWidget()
            page.setLayout(self._chips_of(group))
            page.hide()
            self._heads.append((group, head))
            self._pages.append(page)
        heads.idToggled.connect(self._open)
        head_row = Flow(space=2)
        for _, head in self._heads:
            head_row.addWidget(head)
        self.setLayout(column(head_row, *self._pages, space=SPACE // 2))

    def show_prompt(self, prompt: str) -> None:
        """Check the chips of what the prompt says."""
        for group, head in self._heads:
            chosen = group.chosen(prompt)
            for words in group.words:
                self.chips[words].setChecked(words in chosen)
            said = group.said(prompt)
            head.setText(f"{group.heading}\u2009\u00b7\u2009{said}" if said else group.heading)

    def _chips_of(self, group: PickGroup) -> Flow:
        flow = Flow()
        for words in group.words:
            chip = button(short_title(words), kind="chip", name=f"pick {words}")
            chip.setCheckable(True)
            chip.setToolTip(self.tr("Adds “{0}” to the prompt, or removes it").format(words))
            chip.setAccessibleName(words)
            chip.clicked.connect(lambda there, words=words: self.picked.emit(group, words, there))
            self.chips[words] = chip
            flow.addWidget(chip)
        return flow

    def _open(self, opened: int, on: bool) -> None:
        self._pages[opened].setVisible(on)
        if on:
            for number, (_, head) in enumerate(self._heads):
                if number != opened:
                    head.setChecked(False)
