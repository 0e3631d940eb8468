"""The graphics cards of this machine and their drivers, as the system knows them."""

from __future__ import annotations

import csv
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Vendor = Literal["nvidia", "amd", "intel", "apple"]

_NVIDIA_SMI = ("/usr/bin/nvidia-smi", "/usr/lib/wsl/lib/nvidia-smi", r"C:\Windows\System32\nvidia-smi.exe")
"""Where it lies beside PATH, which may be empty for a program that a menu started."""
_PCI_VENDORS: dict[str, Vendor] = {"0x10de": "nvidia", "0x1002": "amd", "0x8086": "intel"}
_DISPLAY_CLASS = "0x03"
_PATIENCE_S = 20
"""nvidia-smi wakes cards that sleep."""


@dataclass(frozen=True)
class GraphicsCard:
    """One card.

    Attributes:
        title: as people call it.
        architecture: what a build of PyTorch needs code for: NVIDIA's compute capability ("8.6"), AMD's target
            ("gfx1100"), Intel's PCI device id ("56a0"); empty where it is not known.
        driver: its version, or the name of the kernel's own driver; empty where there is none.
        locked: the device file of an AMD card (/dev/kfd) may not be opened by this user.
        memory_mb: MiB of its own; None where that is not known, or where it has none of its own.
    """

    vendor: Vendor
    title: str
    architecture: str = ""
    driver: str = ""
    locked: bool = False
    memory_mb: int | None = None


def find_cards(files: Path = Path("/")) -> list[GraphicsCard]:
    """Every card, NVIDIA's first; takes up to seconds where a driver has to wake a card.

    Args:
        files: what stands for the root of the file system, on Linux.
    """
    if sys.platform == "darwin":
        return [GraphicsCard("apple", "Apple GPU")] if platform.machine() == "arm64" else []
    if sys.platform == "win32":
        return [*_ask_nvidia_smi(), *_windows_cards()]
    nvidia = _ask_nvidia_smi() or _nvidia_by_kernel(files)
    amd = list(_amd_by_kernel(files))
    others = list(_by_bus(files))
    known = {card.vendor for card in (*nvidia, *amd)}
    return [*nvidia, *amd, *(card for card in others if card.vendor not in known)]


def _ask_nvidia_smi() -> list[GraphicsCard]:
    program = shutil.which("nvidia-smi") or next((path for path in _NVIDIA_SMI if os.access(path, os.X_OK)), None)
    if program is None:
        return []
    said = _output_of(program, "--query-gpu=name,driver_version,compute_cap,memory.total", "--format=csv,noheader")
    cards = []
    for line in csv.reader(said.splitlines(), skipinitialspace=True):
        if len(line) == 4:
            name, driver, capability, memory = (field.strip() for field in line)
            architecture = capability if re.fullmatch(r"\d+\.\d+", capability) else ""  # unknown to old drivers
            mib = re.match(r"(\d+) MiB", memory)
            title = _with_maker("NVIDIA", name)
            cards.append(
                GraphicsCard("nvidia", title, architecture, driver, memory_mb=int(mib[1]) if mib is not None else None)
            )
    return cards


def _output_of(*command: str) -> str:
    """What a program of the system prints; nothing where it cannot, as no driver is behind it."""
    try:
        return subprocess.run(  # noqa: S603 - NVIDIA's or Windows' own program, without input
            command,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_PATIENCE_S,
            check=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return ""


def _nvidia_by_kernel(files: Path) -> list[GraphicsCard]:
    """Where only the kernel's part of the driver is there, as in some containers."""
    folder = files / "proc/driver/nvidia"
    version = re.search(r"Kernel Module[^\n]*?\s(\d+\.\d+(?:\.\d+)?)\s", _text(folder / "version"))
    if version is None:
        return []
    models = [
        match[1].strip()
        for path in sorted(folder.glob("gpus/*/information"))
        if (match := re.search(r"^Model:(.*)$", _text(path), re.MULTILINE))
    ]
    return [GraphicsCard("nvidia", _with_maker("NVIDIA", model), driver=version[1]) for model in models]


def _amd_by_kernel(files: Path) -> Iterator[GraphicsCard]:
    """Cards that AMD's compute driver (amdgpu with KFD) has taken.

    ROCm takes them for what HSA_OVERRIDE_GFX_VERSION says ("10.3.0"), by which cards run whose target no build has.
    """
    version = _text(files / "sys/module/amdgpu/version").strip() or "amdgpu"
    device = files / "dev/kfd"
    for node in sorted((files / "sys/class/kfd/kfd/topology/nodes").glob("*")):
        properties = dict(re.findall(r"^(\w+) (\d+)$", _text(node / "properties"), re.MULTILINE))
        target = int(properties.get("gfx_target_version", 0))
        if target and properties.get("vendor_id") == "4098":  # processors are nodes without a target
            said = re.fullmatch(r"(\d+)\.(\d+)\.(\d+)", os.environ.get("HSA_OVERRIDE_GFX_VERSION", ""))
            own = (target // 10_000, target // 100 % 100, target % 100)
            major, minor, step = map(int, said.groups()) if said is not None else own
            architecture = f"gfx{major}{minor:x}{step:x}"
            locked = not os.access(device, os.R_OK | os.W_OK)
            banks = [_text(bank) for bank in node.glob("mem_banks/*/properties")]
            sizes = [int(size) for bank in banks for size in re.findall(r"^size_in_bytes (\d+)$", bank, re.MULTILINE)]
            memory_mb = max(sizes) >> 20 if sizes else None
            yield GraphicsCard("amd", f"AMD GPU ({architecture})", architecture, version, locked, memory_mb)


def _by_bus(files: Path) -> Iterator[GraphicsCard]:
    """Whatever draws pictures on the PCI bus, with a driver or without."""
    titles = {"nvidia": "NVIDIA GPU", "amd": "AMD GPU", "intel": "Intel GPU"}
    for device in sorted((files / "sys/bus/pci/devices").glob("*")):
        vendor = _PCI_VENDORS.get(_text(device / "vendor").strip())
        if vendor is None or not _text(device / "class").startswith(_DISPLAY_CLASS):
            continue
        driver = (device / "driver").resolve().name if (device / "driver").exists() else ""
        if vendor == "intel":
            identity = _text(device / "device").strip().removeprefix("0x")
            yield GraphicsCard(vendor, f"Intel GPU ({identity})", identity, driver if driver in ("i915", "xe") else "")
        else:  # with the driver that PyTorch needs it would have been found before
            yield GraphicsCard(vendor, titles[vendor])


def _windows_cards() -> Iterator[GraphicsCard]:
    """AMD's and Intel's cards by Windows' list of devices."""
    shell = shutil.which("powershell") or r"C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe"
    question = (
        "Get-CimInstance Win32_VideoController | ForEach-Object "
        "{ '{0}|{1}|{2}' -f $_.PNPDeviceID, $_.DriverVersion, $_.Name }"
    )
    yield from read_windows_list(_output_of(shell, "-NoProfile", "-NonInteractive", "-Command", question))


def read_windows_list(said: str) -> Iterator[GraphicsCard]:
    """AMD's and Intel's cards out of lines of "PNP id|driver version|name"."""
    for line in said.splitlines():
        match = re.match(r"PCI\\VEN_(1002|8086)&DEV_([0-9A-F]{4})[^|]*\|([^|]*)\|(.*)", line.strip(), re.IGNORECASE)
        if match is not None:
            vendor: Vendor = "amd" if match[1] == "1002" else "intel"
            architecture = match[2].lower() if vendor == "intel" else ""
            yield GraphicsCard(vendor, match[4].strip(), architecture, match[3].strip())


def _with_maker(maker: str, name: str) -> str:
    return name if name.upper().startswith(maker.upper()) else f"{maker} {name}"


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")
    except OSError:
        return ""
