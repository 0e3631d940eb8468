"""What is asked before PyTorch for the graphics card is downloaded."""

from __future__ import annotations

import shutil
from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtWidgets import QDialog, QWidget

from facea_desktop.acceleration.environments import Environments
from facea_desktop.acceleration.situation import Situation
from facea_desktop.acceleration.torch_builds import TorchBuild
from facea_desktop.ui.formatting import disk_words
from facea_desktop.ui.settings.setting_widgets import path_label
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import button, column, label, row

WIDTH = 560
MEGABYTE = 1_000_000


class AccelerationDialog(QDialog):
    """Says what would be downloaded, about how much, from where and to where."""

    def __init__(self, situation: Situation, build: TorchBuild, root: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("accelerationDialog")
        self.setWindowTitle(self.tr("Use my graphics card"))
        size, room = disk_words(build.download_mb * MEGABYTE), disk_words(build.disk_mb * MEGABYTE)
        free = shutil.disk_usage(root).free
        title = situation.advice.card.title if situation.advice.card is not None else ""
        what = self.tr(
            "PyTorch for {build} is downloaded from {host}, about {size}. It is kept apart from the program and used "
            "only after it has computed something on the card. Until then, and if that fails, everything stays as it "
            "is."
        ).format(build=build.title, host=urlsplit(build.index).netloc or build.index, size=size)
        enough = free > build.disk_mb * MEGABYTE
        space = label(
            self.tr("It takes about {room} of the disk; {free} are free.").format(room=room, free=disk_words(free)),
            "hint" if enough else "",
            wrap=True,
        )
        if not enough:
            space.setProperty("state", "bad")
        go = button(
            self.tr("&Download {}").format(size),
            self.accept,
            name="agreeToAccelerate",
            kind="primary",
            tip=self.tr("Begin to download"),
        )
        go.setEnabled(enough)
        go.setDefault(True)
        no = button(self.tr("&Not now"), self.reject, tip=self.tr("Close without downloading anything"))
        no.setAutoDefault(False)
        ends = row()
        ends.addStretch()
        ends.addWidget(no)
        ends.addWidget(go)
        layout = column(
            label(title, "title", wrap=True),
            label(what, wrap=True),
            path_label(Environments(root).folder),
            space,
            ends,
            margin=SPACE * 3,
            space=SPACE * 3 // 2,
        )
        self.setLayout(layout)
        self.resize(WIDTH, layout.totalHeightForWidth(WIDTH))
