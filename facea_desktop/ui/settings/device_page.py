"""The Device page: what the engine runs on, how exactly, and with how much memory."""

from __future__ import annotations

import os

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QFrame, QVBoxLayout, QWidget

from facea_desktop.domain.outcomes import Device
from facea_desktop.ui.icons import IconLabel
from facea_desktop.ui.session import Session
from facea_desktop.ui.settings.acceleration_card import AccelerationCard
from facea_desktop.ui.settings.machine_text import device_title, device_words, is_meant, memory_words
from facea_desktop.ui.settings.machine_watch import MachineWatch
from facea_desktop.ui.settings.setting_widgets import SettingsSubpage, SlimBar, card, empty, setting
from facea_desktop.ui.settings.workers_card import WorkersCard
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import ComboBox, Notice, button, column, label, row


class DevicePage(SettingsSubpage):
    """Device, precision and memory; all of them count from the next job on."""

    def __init__(self, session: Session, machine: MachineWatch) -> None:
        super().__init__()
        self._session = session
        self._machine = machine
        self.setObjectName("devicePage")
        self.set_heading(
            self.tr("Device"),
            self.tr("The hardware that tunes and makes pictures. Changes apply from the next job."),
        )
        self._notice = Notice()
        self.body.addWidget(self._notice)
        self.body.addWidget(self._build_machine())
        self._acceleration = AccelerationCard(session)
        self.body.addWidget(self._acceleration)
        self.body.addWidget(self._build_choices())
        self.body.addWidget(WorkersCard(session))
        self._fill()
        machine.changed.connect(self._show_machine)
        session.settingsChanged.connect(self._fill)

    def showEvent(self, event: QShowEvent) -> None:
        """Look at the machine."""
        super().showEvent(event)
        self._machine.look()
        self._acceleration.look()

    def _build_machine(self) -> QFrame:
        self._devices = QVBoxLayout()
        self._devices.setSpacing(SPACE * 3 // 2)
        self._looking = label(self.tr("Detecting devices …"), "hint")
        self._again = button(
            self.tr("&Refresh"),
            self._look_again,
            kind="flat",
            tip=self.tr("Detect devices and free memory again"),
        )
        head = row(label(self.tr("This computer"), "heading"), self._again)
        head.setStretch(0, 1)
        return card(head, self._looking, self._devices)

    def _build_choices(self) -> QFrame:
        self._device, self._precision, self._memory = ComboBox(), ComboBox(), ComboBox()
        for box in (self._device, self._precision, self._memory):
            box.setMinimumWidth(260)
            box.setMaximumWidth(340)
        self._device.activated.connect(lambda: self._change(device=self._device.currentData()))
        self._precision.activated.connect(lambda: self._change(precision=self._precision.currentData()))
        self._memory.activated.connect(lambda: self._change(memory=self._memory.currentData()))
        forced = os.environ.get("FACEA_DEVICE")
        hint = self.tr("Automatic chooses the fastest.")
        if forced:
            hint = self.tr("FACEA_DEVICE is set: Automatic uses {}.").format(forced)
        return card(
            setting(self.tr("Compute device"), hint, self._device, "deviceBox"),
            setting(
                self.tr("Precision"),
                self.tr("Half precision is faster and uses half the memory; full precision is for comparison."),
                self._precision,
                "precisionBox",
            ),
            setting(
                self.tr("Memory"),
                self.tr(
                    "Economical loads models onto the device one after the other: slower, but needs much less memory."
                ),
                self._memory,
                "memoryBox",
            ),
        )

    def _look_again(self) -> None:
        self._machine.look(again=True)
        self._acceleration.look()

    @Slot()
    def _show_machine(self) -> None:
        self._show_devices()
        self._fill()

    def _show_devices(self) -> None:
        machine = self._machine.machine
        empty(self._devices)
        self._looking.setText(self._machine.problem or self.tr("Detecting devices …"))
        self._looking.setVisible(machine is None or bool(self._machine.problem))
        for device in machine.devices if machine is not None else ():
            self._devices.addWidget(self._device_line(device))

    def _device_line(self, device: Device) -> QWidget:
        picture = IconLabel(24, "device")
        used = device.memory_mb - device.free_mb
        bar = SlimBar()
        bar.setRange(0, max(device.memory_mb, 1))
        bar.setValue(used)
        words = self.tr("{free} of {all} free").format(
            free=memory_words(device.free_mb), all=memory_words(device.memory_mb)
        )
        bar.setAccessibleName(words)
        head = row(label(device_title(device)), label(words, "hint"))
        head.setStretch(0, 1)
        made = QWidget()
        layout = row(picture, column(head, bar, space=4), space=SPACE * 3 // 2)
        layout.setStretch(1, 1)
        made.setLayout(layout)
        return made

    @Slot()
    def _fill(self) -> None:
        settings = self._session.settings
        machine = self._machine.machine
        devices = machine.devices if machine is not None else ()
        choices: list[tuple[str, str | None]] = [(self.tr("Automatic"), None)]
        choices += [(device_words(device), device.name) for device in devices]
        set_one = next((one.name for one in devices if is_meant(one, settings.device)), settings.device)
        if settings.device is not None and not any(is_meant(one, settings.device) for one in devices):
            words = self.tr("{} (not found here)") if machine is not None else "{}"
            choices.append((words.format(settings.device), settings.device))
        _choose(self._device, choices, None if settings.device is None else set_one)
        _choose(
            self._precision,
            [
                (self.tr("Automatic"), None),
                (self.tr("Half (bf16)"), "bf16"),
                (self.tr("Half (fp16)"), "fp16"),
                (self.tr("Full (fp32)"), "fp32"),
            ],
            settings.precision,
        )
        on_cpu = settings.device == "cpu" or (settings.device is None and bool(devices) and devices[0].name == "cpu")
        self._forbid_fp16(on_cpu)
        _choose(
            self._memory,
            [(self.tr("Automatic"), "automatic"), (self.tr("Economical"), "saving")],
            settings.memory,
        )

    def _forbid_fp16(self, on_cpu: bool) -> None:
        model = self._precision.model()
        if isinstance(model, QStandardItemModel):
            item = model.item(self._precision.findData("fp16"))
            item.setEnabled(not on_cpu)
            item.setToolTip(self.tr("Not supported on processors; choose bf16.") if on_cpu else "")
        if on_cpu and self._session.settings.precision == "fp16":
            self._notice.set_message(self.tr("Processors do not support fp16. Choose bf16 or Automatic."), "warn")

    def _change(self, **changes: object) -> None:
        self._notice.set_message("")
        self._session.change_settings(**changes)


def _choose(box: QComboBox, choices: list[tuple[str, str | None]], chosen: str | None) -> None:
    box.clear()
    for text, data in choices:
        box.addItem(text, data)
    box.setCurrentIndex(max(next((i for i, (_, data) in enumerate(choices) if data == chosen), 0), 0))
