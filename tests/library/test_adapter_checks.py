from __future__ import annotations

import json
import struct
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import load, save

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import PARTS
from facea_desktop.library.adapter_checks import AdapterLayout, check_adapter, check_features
from facea_desktop.library.safe_tensors import read_tensors

Tensors = dict[str, np.ndarray]
DOWN = "unet.down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_q.lora_A.weight"
UP = DOWN.replace("lora_A", "lora_B")
CONV_DOWN = "unet.down_blocks.0.resnets.1.conv1.lora_A.weight"
CONV_UP = CONV_DOWN.replace("lora_A", "lora_B")


def raw(header: object, body: bytes = b"") -> bytes:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + body


def entry(begin: int = 0, end: int = 4, **changes: object) -> dict[str, Any]:
    return {"dtype": "F32", "shape": [1], "data_offsets": [begin, end]} | changes


def test_tensors_read_as_the_reference_library_reads_them(adapter: Tensors) -> None:
    tensors = adapter | {
        "half": np.ones((2, 3), np.float16),
        "scalar": np.array(3, np.float32),
        "none": np.ones((0, 2), "f4"),
    }
    data = save(tensors, metadata={"about": "it"})
    ours, theirs = read_tensors(data), load(data)
    assert ours.keys() == theirs.keys()
    for name, tensor in theirs.items():
        assert ours[name].dtype == tensor.dtype
        np.testing.assert_array_equal(ours[name], tensor, strict=True)


def test_brain_floats_come_as_the_float32_they_are_half_of() -> None:
    numbers = np.array([1.0, -2.5, 0.0, 3.0e38], np.float32)
    halves = (numbers.view(np.uint32) >> 16).astype(np.uint16)
    read = read_tensors(raw({"x": entry(0, 8, dtype="BF16", shape=[2, 2])}, halves.tobytes()))
    np.testing.assert_allclose(read["x"], numbers.reshape(2, 2), rtol=0.01)
    with pytest.raises(UserError, match="not finite"):
        read_tensors(raw({"x": entry(0, 2, dtype="BF16")}, b"\x80\x7f"))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"1234567",
        struct.pack("<Q", 1 << 63) + b"{}",
        struct.pack("<Q", 3) + b"{}",
        raw(b"[" * 100_000),
        raw(b'{"x": ' * 50_000),
        raw(b"\xff\xfe"),
        raw([]),
        raw({"x": 1}),
        raw({"x": entry(more=1)}, b"1234"),
        raw({"x": entry(dtype="I64", shape=[1])}, b"1234"),
        raw({"x": entry(dtype=["F32"])}, b"1234"),
        raw({"x": entry(shape="1")}, b"1234"),
        raw({"x": entry(shape=[True])}, b"1234"),
        raw({"x": entry(shape=[1.0])}, b"1234"),
        raw({"x": entry(shape=[-1, -1])}, b"1234"),
        raw({"x": entry(shape=[1] * 5)}, b"1234"),
        raw({"x": entry(shape=[1 << 62, 4])}, b"1234"),
        raw({"x": entry(0, 8)}, b"1234"),
        raw({"x": entry(4, 8)}, b"12345678"),
        raw({"x": entry(), "y": entry()}, b"1234"),
        raw({"x": entry()}, b"12345"),
        raw({"x": entry(-4, 0)}, b"1234"),
        raw(b'{"x": %b, "x": %b}' % ((json.dumps(entry()).encode(),) * 2), b"1234"),
        raw({"x": entry()}, np.float32("nan").tobytes()),
        raw({"x": entry()}, np.float32("inf").tobytes()),
        raw(b'{"x": ' + b"9" * 6000 + b"}"),
        raw({"x": entry(0, int("9" * 4000))}, b"1234"),
    ],
    ids=range(28),
)
def test_a_file_that_breaks_the_format_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(UserError) as refused:
        read_tensors(data)
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 300


@given(st.data())
def test_a_damaged_file_is_refused_or_holds_finite_numbers(data: st.DataObject) -> None:
    content = bytearray(save({"a": np.ones((2, 3), np.float32), "b": np.ones(5, np.float16)}))
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        tensors = read_tensors(bytes(content[: data.draw(st.integers(0, len(content)))]))
    except UserError:
        return
    assert all(np.isfinite(tensor).all() for tensor in tensors.values())


def test_an_adapter_of_the_family_passes_whole_or_in_part(adapter: Tensors, layout: AdapterLayout) -> None:
    check_adapter(adapter, layout)
    check_adapter({DOWN: adapter[DOWN], UP: adapter[UP]}, layout)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({DOWN: None}, "missing"),
        ({UP: None}, "missing"),
        ({DOWN: (2, 9)}, "to_q.lora_A"),
        ({UP: (9, 2)}, "to_q.lora_B"),
        ({DOWN: (3, 8)}, "rank"),
        ({DOWN: (0, 8), UP: (8, 0)}, "rank"),
        ({DOWN: (513, 8), UP: (8, 513)}, "rank"),
        ({DOWN: (16,)}, "to_q.lora_A"),
        ({DOWN: (2, 2, 2, 2)}, "to_q.lora_A"),
        ({UP: (8, 2, 1)}, "to_q.lora_B"),
        ({UP: (8, 2, 1, 2)}, "to_q.lora_B"),
        ({UP: (8, 2, 1, 1)}, "to_q.lora_B"),
        ({DOWN: (2, 8, 1, 1)}, "to_q.lora_A"),
        ({CONV_DOWN: (2, 36)}, "conv1.lora_A"),  # peft would load none of these
        ({CONV_DOWN: (2, 36, 1, 1)}, "conv1.lora_A"),
        ({CONV_UP: (8, 2)}, "conv1.lora_B"),
        ({"unet.mid_block.attentions.9.to_q.lora_A.weight": (2, 8)}, "mid_block.attentions.9"),
        ({"text_encoder.x.lora_A.weight": (2, 8)}, "text_encoder"),
        ({DOWN + "\nx": (2, 8)}, r"\\nx"),
    ],
)
def test_an_adapter_that_does_not_fit_is_refused_by_name(
    adapter: Tensors, layout: AdapterLayout, changes: dict[str, tuple[int, ...] | None], named: str
) -> None:
    tensors = dict(adapter)
    for key, shape in changes.items():
        if shape is None:
            del tensors[key]
        else:
            tensors[key] = np.zeros(shape, np.float32)
    with pytest.raises(UserError, match=named):
        check_adapter(tensors, layout)


def test_no_adapter_is_none(layout: AdapterLayout) -> None:
    with pytest.raises(UserError, match="no adapter"):
        check_adapter({}, layout)


def test_features_need_every_part_in_the_family_s_width(layout: AdapterLayout) -> None:
    good = {part: np.zeros((3, layout.width), np.float32) for part in PARTS}
    check_features(good, layout)
    check_features(good | {"nose": np.zeros((0, layout.width), np.float32)}, layout)
    for wrong in (
        {part: good[part] for part in PARTS if part != "nose"},
        good | {"ear": good["nose"]},
        good | {"nose": np.zeros((3, layout.width + 1), np.float32)},
        good | {"nose": np.zeros((33, layout.width), np.float32)},
        good | {"nose": np.zeros(layout.width, np.float32)},
    ):
        with pytest.raises(UserError):
            check_features(wrong, layout)
