"""Reading safetensors that others wrote: every bound is checked here before a number is looked at.

The format (https://github.com/huggingface/safetensors#format): eight bytes of header length, a JSON header, then data.
Ours is a stricter reading: only floating point, but for single numbers, no gaps, no overlaps, no name twice, finite
numbers.
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from facea_desktop.domain.errors import UserError

Tensors = Mapping[str, NDArray[np.floating[Any]]]

_HEADER_LIMIT = 16 << 20
"""LoRA trainers write statistics of their data set into the header, megabytes at times."""
_TENSOR_LIMIT = 20_000
_DIMENSIONS = 4
_SIZES = {"F16": 2, "BF16": 2, "F32": 4}
_NUMBER_TYPES = {
    "F64": "<f8",
    "I64": "<i8",
    "I32": "<i4",
    "I16": "<i2",
    "I8": "<i1",
    "U64": "<u8",
    "U32": "<u4",
    "U16": "<u2",
    "U8": "<u1",
    "BOOL": "<u1",
}
"""Types that only single numbers may have, as the alpha of a LoRA."""
_ALL_SIZES = _SIZES | {name: int(code[-1]) for name, code in _NUMBER_TYPES.items()} | {"F8_E4M3": 1, "F8_E5M2": 1}


def read_tensors(
    data: bytes, passed_over: Callable[[str], bool] = lambda name: False
) -> dict[str, NDArray[np.floating[Any]]]:
    """The tensors of a safetensors file; BF16 comes as float32, which holds it exactly, single numbers as float64.

    Args:
        passed_over: says which tensors, by name, are not wanted, whatever their type; they come empty.

    Raises:
        UserError: anything about the file is not as the format asks.
    """
    header, body = _split(data)
    header.pop("__metadata__", None)
    if len(header) > _TENSOR_LIMIT:
        raise UserError(f"it holds {len(header)} tensors, more than {_TENSOR_LIMIT}.")
    spans = {name: _span(name, entry, passed_over(name)) for name, entry in header.items()}
    end = 0
    for name, (_, _, begin, stop) in sorted(spans.items(), key=lambda item: item[1][2:]):
        if begin != end:
            raise UserError(f"the data of {shown(name)} does not follow the data before it.")
        end = stop
    if end != len(body):
        raise UserError("the data is cut short or too long.")
    return {
        name: np.empty(0, np.float32) if passed_over(name) else _values(name, body[begin:stop], dtype, shape)
        for name, (dtype, shape, begin, stop) in spans.items()
    }


def shown(name: str) -> str:
    """A name from a foreign file, fit for one line of a message."""
    text = ascii(name)
    return text if len(text) <= 120 else f"{text[:117]}..."


def _split(data: bytes) -> tuple[dict[str, Any], memoryview]:
    if len(data) < 8:
        raise UserError("it is cut short.")
    (length,) = struct.unpack_from("<Q", data)
    if length > min(_HEADER_LIMIT, len(data) - 8):
        raise UserError("its header is cut short or too long.")
    try:
        header = json.loads(data[8 : 8 + length].decode("utf-8"), object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise UserError("its header cannot be read.") from error
    if not isinstance(header, dict):
        raise UserError("its header cannot be read.")
    return header, memoryview(data)[8 + length :]


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A name that comes twice would mean one thing here and maybe another to the next reader."""
    if len({name for name, _ in pairs}) != len(pairs):
        raise ValueError("a name appears twice")
    return dict(pairs)


def _span(name: str, entry: object, any_type: bool) -> tuple[str, tuple[int, ...], int, int]:
    """dtype, shape, begin and end of one tensor."""
    match entry:
        case {"dtype": str(dtype), "shape": list(shape), "data_offsets": [begin, stop], **rest} if not rest:
            pass
        case _:
            raise UserError(f"the header of {shown(name)} cannot be read.")
    number = dtype in _NUMBER_TYPES and all(length == 1 for length in shape)
    if dtype not in (_ALL_SIZES if any_type or number else _SIZES):
        raise UserError(f"{shown(name)} is of type {shown(dtype)}; only {', '.join(_SIZES)} are supported.")
    if len(shape) > _DIMENSIONS or any(type(number) is not int or number < 0 for number in (*shape, begin, stop)):
        raise UserError(f"the shape of {shown(name)} cannot be read.")
    if stop - begin != math.prod(shape) * _ALL_SIZES[dtype]:
        raise UserError(f"the data of {shown(name)} does not fill its shape.")
    return dtype, tuple(shape), begin, stop


def _values(name: str, data: memoryview, dtype: str, shape: tuple[int, ...]) -> NDArray[np.floating[Any]]:
    values: NDArray[np.floating[Any]]
    if dtype == "BF16":  # the upper half of a float32
        values = (np.frombuffer(data, "<u2").astype(np.uint32) << 16).view(np.float32)
    elif dtype in _NUMBER_TYPES:
        values = np.frombuffer(data, _NUMBER_TYPES[dtype]).astype(np.float64)
    else:
        values = np.frombuffer(data, "<f2" if dtype == "F16" else "<f4")
    if not np.isfinite(values).all():
        raise UserError(f"{shown(name)} holds numbers that are not finite.")
    return values.reshape(shape)
