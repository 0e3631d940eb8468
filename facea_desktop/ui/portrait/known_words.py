"""What the starter models know, as chips that put the words into the prompt."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Signal
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from facea_desktop.domain.scene_reading import SceneGroup, SceneValue, scene_words
from facea_desktop.ui.portrait.quick_pick_data import ScenePicks
from facea_desktop.ui.portrait.style_prompts import short_title
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import Flow, button, column, label, scrolling

_LEFT_OUT = "subject"
"""Who it is the chosen person says."""
_MOST_SYNONYMS = 12


class KnownWords(QDialog):
    """The groups of ``scene_words.toml``; it stays open beside the window while the prompt is written."""

    picked = Signal(object, str, bool)
    """The PickGroup, its words, and whether they go into the prompt or out of it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("knownWords")
        self.setWindowTitle(self.tr("Words the starter models know"))
        self.chips: dict[str, QPushButton] = {}
        self._picks: list[ScenePicks] = []
        hint = label(
            self.tr(
                "The starter models understand these words, the styles, and many synonyms. Click a word to add "
                "it to the prompt or remove it."
            ),
            "hint",
            wrap=True,
        )
        groups = [
            column(label(title_of(group), "heading"), self._chips_of(group), space=4)
            for group in scene_words().groups
            if group.name != _LEFT_OUT
        ]
        inner = QWidget()
        layout = column(*groups, space=SPACE * 3 // 2)
        layout.addStretch()
        inner.setLayout(layout)
        scroll = scrolling(inner)
        self.setLayout(column(hint, scroll, margin=SPACE * 3 // 2))

    def sizeHint(self) -> QSize:
        """Most of the groups at once."""
        return QSize(420, 560)

    def show_prompt(self, prompt: str) -> None:
        """Check the chips of what the prompt asks for."""
        for group in self._picks:
            chosen = group.chosen(prompt)
            for words in group.words:
                self.chips[words].setChecked(words in chosen)

    def _chips_of(self, group: SceneGroup) -> QWidget:
        picks = ScenePicks(name=group.name.replace("_", "-"), title=group.title, groups=(group.name,))
        self._picks.append(picks)
        flow = Flow()
        for value in group.values:
            chip = button(short_title(value.say), kind="chip", name=f"known {value.say}", tip=self._synonyms(value))
            chip.setCheckable(True)
            chip.setAccessibleName(value.say)
            chip.clicked.connect(lambda there, words=value.say: self.picked.emit(picks, words, there))
            self.chips[value.say] = chip
            flow.addWidget(chip)
        made = QWidget()
        made.setLayout(flow)
        return made

    def _synonyms(self, value: SceneValue) -> str:
        others = [phrase for phrase in (*value.phrases, *value.roughly) if phrase != value.say][:_MOST_SYNONYMS]
        return self.tr("Also: {0}").format(", ".join(others)) if others else ""


def title_of(group: SceneGroup) -> str:
    """The group's title in the language of the window."""
    return QCoreApplication.translate("SceneWords", group.title)
