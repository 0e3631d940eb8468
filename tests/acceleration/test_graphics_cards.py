"""Cards and drivers as the system tells of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from facea_desktop.acceleration import graphics_cards
from facea_desktop.acceleration.graphics_cards import GraphicsCard, find_cards, read_windows_list

linux = pytest.mark.skipif("sys.platform != 'linux'", reason="files of Linux")


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The root of a file system without nvidia-smi."""
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(graphics_cards, "_NVIDIA_SMI", ())
    (tmp_path / "bin").mkdir()
    return tmp_path


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def nvidia_smi(files: Path, script: str) -> None:
    put(files / "bin" / "nvidia-smi", f"#!/bin/sh\n{script}\n")
    (files / "bin" / "nvidia-smi").chmod(0o700)


def put_on_bus(files: Path, slot: str, vendor: str, device: str, kind: str = "0x030000", driver: str = "") -> None:
    folder = files / "sys/bus/pci/devices" / slot
    for name, text in (("vendor", vendor), ("device", device), ("class", kind)):
        put(folder / name, text + "\n")
    if driver:
        (files / "drivers" / driver).mkdir(parents=True)
        (folder / "driver").symlink_to(files / "drivers" / driver)


@linux
def test_without_a_card_there_is_none(files: Path) -> None:
    put_on_bus(files, "0000:00:1f.3", "0x8086", "0x7a50", kind="0x040300")  # sound
    assert find_cards(files) == []


@linux
def test_nvidia_cards_come_with_driver_and_capability(files: Path) -> None:
    put_on_bus(files, "0000:01:00.0", "0x10de", "0x2684", driver="nvidia")
    nvidia_smi(
        files, "echo 'NVIDIA GeForce RTX 4090, 580.82.07, 8.9, 24564 MiB'; echo 'Tesla P4, 580.82.07, [N/A], [N/A]'"
    )
    assert find_cards(files) == [
        GraphicsCard("nvidia", "NVIDIA GeForce RTX 4090", "8.9", "580.82.07", memory_mb=24_564),
        GraphicsCard("nvidia", "NVIDIA Tesla P4", "", "580.82.07"),
    ]


@linux
def test_an_nvidia_card_whose_driver_does_not_answer_has_none(files: Path) -> None:
    put_on_bus(files, "0000:01:00.0", "0x10de", "0x2684", driver="nouveau")
    nvidia_smi(files, "echo 'NVIDIA-SMI has failed'; exit 9")
    assert find_cards(files) == [GraphicsCard("nvidia", "NVIDIA GPU")]


@linux
def test_without_nvidia_smi_the_kernel_tells(files: Path) -> None:
    put(
        files / "proc/driver/nvidia/version",
        "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.183.01  Sun May 12\nGCC version: 12\n",
    )
    put(files / "proc/driver/nvidia/gpus/0000:01:00.0/information", "Model: \t\t NVIDIA A100\nIRQ: 1\n")
    assert find_cards(files) == [GraphicsCard("nvidia", "NVIDIA A100", "", "535.183.01")]


@linux
def test_amd_cards_have_their_target_and_tell_whether_they_may_be_opened(files: Path) -> None:
    nodes = files / "sys/class/kfd/kfd/topology/nodes"
    put(nodes / "0/properties", "cpu_cores_count 16\ngfx_target_version 0\nvendor_id 4098\n")
    put(nodes / "1/properties", "simd_count 192\ngfx_target_version 110000\nvendor_id 4098\n")
    put(nodes / "2/properties", "simd_count 440\ngfx_target_version 90010\nvendor_id 4098\n")
    put(nodes / "1/mem_banks/0/properties", "heap_type 1\nsize_in_bytes 25753026560\nflags 0\n")
    put(files / "sys/module/amdgpu/version", "6.12.12\n")
    put_on_bus(files, "0000:03:00.0", "0x1002", "0x744c", driver="amdgpu")
    first, second = find_cards(files)
    assert first == GraphicsCard("amd", "AMD GPU (gfx1100)", "gfx1100", "6.12.12", locked=True, memory_mb=24_560)
    assert (second.architecture, second.memory_mb) == ("gfx90a", None)
    put(files / "dev/kfd", "")
    assert not find_cards(files)[0].locked


@linux
def test_an_amd_card_is_taken_for_what_rocm_takes_it_for(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(files / "sys/class/kfd/kfd/topology/nodes/1/properties", "gfx_target_version 100302\nvendor_id 4098\n")
    assert [card.architecture for card in find_cards(files)] == ["gfx1032"]
    monkeypatch.setenv("HSA_OVERRIDE_GFX_VERSION", "10.3.0")
    assert [card.architecture for card in find_cards(files)] == ["gfx1030"]


@linux
def test_intel_cards_have_their_id_and_the_kernel_s_driver(files: Path) -> None:
    put_on_bus(files, "0000:03:00.0", "0x8086", "0x56a0", driver="i915")
    put_on_bus(files, "0000:04:00.0", "0x8086", "0xe20b", driver="vfio-pci")
    assert find_cards(files) == [
        GraphicsCard("intel", "Intel GPU (56a0)", "56a0", "i915"),
        GraphicsCard("intel", "Intel GPU (e20b)", "e20b", ""),
    ]


def test_on_a_mac_it_is_apple_s(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    monkeypatch.setattr("platform.machine", lambda: "arm64")
    assert [card.vendor for card in find_cards()] == ["apple"]
    monkeypatch.setattr("platform.machine", lambda: "x86_64")
    assert find_cards() == []


def test_windows_lists_amd_s_and_intel_s_cards() -> None:
    said = (
        "PCI\\VEN_8086&DEV_56A0&SUBSYS_1&REV_08\\6&1|32.0.101.6734|Intel(R) Arc(TM) A770 Graphics\r\n"
        "PCI\\VEN_10DE&DEV_2684&SUBSYS_1|32.0.15.8088|NVIDIA GeForce RTX 4090\r\n"
        "ROOT\\BASICDISPLAY|10.0|Microsoft Basic Display\r\n"
        "PCI\\VEN_1002&DEV_744C&SUBSYS_1|32.0.21013.1000|AMD Radeon RX 7900 XTX\r\n"
    )
    assert list(read_windows_list(said)) == [
        GraphicsCard("intel", "Intel(R) Arc(TM) A770 Graphics", "56a0", "32.0.101.6734"),
        GraphicsCard("amd", "AMD Radeon RX 7900 XTX", "", "32.0.21013.1000"),
    ]
