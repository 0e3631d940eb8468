from __future__ import annotations

from collections.abc import Callable

import pytest
import torch

from facea_desktop.domain.errors import UserError
from facea_desktop.models import devices
from facea_desktop.models.catalogue import Family, MemoryNeed, load_catalogue
from facea_desktop.models.devices import Placement, choose_placement
from facea_desktop.models.memory_fit import needed_mb, together

FAMILY = load_catalogue().families["sdxl-sd15"]
Machine = Callable[..., None]


def need_of(family: Family) -> MemoryNeed:
    return together(load_catalogue().model(name).needs_mb for name in family.models)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    """Pretends devices: what torch says of them is all that is asked."""

    def pretend(
        gpus: int = 0, bf16: bool = True, free_mb: int = 80_000, mps: bool = False, cpu: tuple[str, ...] = (),
        xpu: bool = False,
    ) -> None:  # fmt: skip
        monkeypatch.delenv("FACEA_DEVICE", raising=False)
        monkeypatch.delenv("FACEA_PRECISION", raising=False)
        monkeypatch.setattr(torch.cuda, "is_available", lambda: gpus > 0)
        monkeypatch.setattr(torch.cuda, "device_count", lambda: gpus)
        monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda: bf16)
        monkeypatch.setattr(torch.cuda, "mem_get_info", lambda device: (free_mb << 20, 80_000 << 20))
        monkeypatch.setattr(torch.xpu, "is_available", lambda: xpu)
        monkeypatch.setattr(torch.xpu, "mem_get_info", lambda device: (free_mb << 20, 80_000 << 20))
        monkeypatch.setattr(torch.backends.mps, "is_available", lambda: mps)
        monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: dict.fromkeys(cpu, True), raising=False)

    return pretend


@pytest.mark.parametrize(
    ("there", "expected"),
    [
        ({}, Placement("cpu", "float32", offload=False)),
        ({"cpu": ("avx512_f", "avx512_bf16")}, Placement("cpu", "float32", offload=False)),
        ({"cpu": ("avx512_bf16", "amx_bf16")}, Placement("cpu", "float32", offload=False, bf16_tuning=True)),
        ({"mps": True}, Placement("mps", "float16", offload=False)),
        ({"gpus": 1}, Placement("cuda", "bfloat16", offload=False, bf16_tuning=True)),
        ({"gpus": 1, "bf16": False, "mps": True}, Placement("cuda", "float16", offload=False)),
        ({"xpu": True}, Placement("xpu", "bfloat16", offload=False, bf16_tuning=True)),
        ({"xpu": True, "free_mb": 8000}, Placement("xpu", "bfloat16", offload=True, bf16_tuning=True)),
        ({"mps": True, "free_mb": 8000}, Placement("mps", "float16", offload=False)),
        ({"gpus": 1, "free_mb": 8000}, Placement("cuda", "bfloat16", offload=True, bf16_tuning=True)),
    ],
)
def test_the_fastest_device_there_is_chosen(machine: Machine, there: dict[str, int], expected: Placement) -> None:
    machine(**there)
    assert choose_placement(FAMILY) == expected


def test_full_precision_needs_more_memory(machine: Machine) -> None:
    half, full = needed_mb(need_of(FAMILY)), needed_mb(need_of(FAMILY), full=True)
    machine(gpus=1, free_mb=(half + full) // 2)
    assert not choose_placement(FAMILY).offload
    assert choose_placement(FAMILY, precision="fp32").offload


@pytest.mark.parametrize("installed", [True, False])
def test_a_text_encoder_is_quantised_where_that_makes_models_move_no_more(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, installed: bool
) -> None:
    monkeypatch.setattr(devices, "can_quantise", lambda: installed)
    family = FAMILY.with_scenes(load_catalogue().model("flux2-klein-4b"))
    need = need_of(family)
    machine(gpus=1, free_mb=needed_mb(need, quantised=True))
    found = choose_placement(family)
    assert (found.quantised_text, found.offload) == (installed, not installed)
    machine(gpus=1, free_mb=needed_mb(need, quantised=True) - 1)
    assert choose_placement(family) == Placement("cuda", "bfloat16", offload=True, bf16_tuning=True)
    machine(gpus=1, free_mb=needed_mb(need))
    assert choose_placement(family) == Placement("cuda", "bfloat16", offload=False, bf16_tuning=True)


def test_who_asks_for_full_precision_gets_it_in_tuning_too(machine: Machine) -> None:
    machine(cpu=("amx_bf16",))
    assert choose_placement(FAMILY).bf16_tuning
    assert not choose_placement(FAMILY, precision="fp32").bf16_tuning
    assert choose_placement(FAMILY, precision="bf16").bf16_tuning


def test_the_environment_decides_unless_the_request_does(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    machine(gpus=2)
    monkeypatch.setenv("FACEA_DEVICE", "cuda:1")
    monkeypatch.setenv("FACEA_PRECISION", "fp16")
    assert choose_placement(FAMILY) == Placement("cuda:1", "float16", offload=False)
    assert choose_placement(FAMILY, "cpu", "fp32") == Placement("cpu", "float32", offload=False)


@pytest.mark.parametrize(
    ("device", "precision", "complaint"),
    [
        ("gpu", None, "no device 'gpu'"),
        ("cuda:1", None, "torch sees 1"),
        ("mps", None, "no MPS"),
        ("cpu", "fp16", "CPU cannot run fp16"),
        ("cuda", "bf16", "cannot run bf16"),
        ("cpu", "int8", "no precision 'int8'"),
    ],
)
def test_what_the_machine_cannot_do_is_said(
    machine: Machine, device: str, precision: str | None, complaint: str
) -> None:
    machine(gpus=1, bf16=False)
    with pytest.raises(UserError, match=complaint):
        choose_placement(FAMILY, device, precision)
