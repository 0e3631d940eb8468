"""What is said about sizes and about fitting."""

from __future__ import annotations

import pytest

from facea_desktop.domain.outcomes import Device, Machine
from facea_desktop.models.catalogue import MemoryNeed
from facea_desktop.ui.formatting import disk_words
from facea_desktop.ui.settings import machine_text
from facea_desktop.ui.settings.machine_text import fit, memory_words

SMALL = MemoryNeed(half=700, full=1100)
LARGE = MemoryNeed(half=16_500, full=31_000, offload=10_500)
WORDY = MemoryNeed(half=18_000, full=35_000, offload=10_000, text=8000)


@pytest.fixture(autouse=True)
def quantiser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine_text, "can_quantise", lambda: True)


def machine(*devices: Device) -> Machine:
    return Machine(devices)


def gpu(memory_mb: int, name: str = "cuda:0") -> Device:
    return Device(name, "RTX", memory_mb, memory_mb)


def cpu(memory_mb: int) -> Device:
    return Device("cpu", "Processor", memory_mb, memory_mb)


@pytest.mark.parametrize(
    ("family", "devices", "state", "words"),
    [
        (SMALL, [cpu(8000)], "good", "Fits"),
        (SMALL, [cpu(900)], "bad", "Too large"),
        (LARGE, [gpu(24_000), cpu(64_000)], "good", "Fits: needs about 16 GB, the RTX has 23 GB"),
        (LARGE, [gpu(12_000), cpu(64_000)], "warn", "loaded in turn"),
        (LARGE, [gpu(8000), cpu(64_000)], "bad", "Too large"),
        (WORDY, [gpu(16_000), cpu(64_000)], "good", "the text encoder is quantised to 8 bits"),
        (WORDY, [gpu(12_000), cpu(64_000)], "warn", "loaded in turn"),
        (LARGE, [cpu(64_000)], "warn", "without a GPU each picture takes minutes"),
        (LARGE, [cpu(16_000)], "bad", "has 16 GB and no GPU"),
    ],
)
def test_the_best_device_decides_whether_a_family_fits(
    family: MemoryNeed, devices: list[Device], state: str, words: str
) -> None:
    found = fit(family, machine(*devices), None, None)

    assert found.state == state
    assert words in found.text


def test_the_device_that_is_set_decides_not_the_best() -> None:
    found = fit(LARGE, machine(gpu(24_000), cpu(64_000)), "cpu", None)

    assert found.state == "warn"
    assert "processor is selected" in found.text


def test_cuda_without_a_number_is_the_first() -> None:
    devices = machine(gpu(24_000), gpu(4000, "cuda:1"), cpu(64_000))

    assert fit(LARGE, devices, "cuda", None).state == "good"
    assert fit(LARGE, devices, "cuda:1", None).state == "bad"


def test_full_precision_needs_more() -> None:
    assert fit(LARGE, machine(gpu(24_000), cpu(64_000)), None, "fp32").state == "warn"


def test_half_precision_on_a_processor_needs_less() -> None:
    assert fit(LARGE, machine(cpu(24_000)), None, None).state == "bad"
    assert fit(LARGE, machine(cpu(24_000)), None, "bf16").state == "warn"


def test_a_device_that_is_set_but_gone_is_said() -> None:
    found = fit(LARGE, machine(cpu(64_000)), "cuda:3", None)

    assert found.state == "bad"
    assert "not available" in found.text


def test_sizes_read_as_people_write_them() -> None:
    assert disk_words(2_140_000_000) == "2.1 GB"
    assert disk_words(694_000_000) == "694 MB"
    assert memory_words(300) == "300 MB"
    assert memory_words(12_282) == "12 GB"
    assert memory_words(1536) == "1.5 GB"
