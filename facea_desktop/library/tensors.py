"""Reading safetensors that others wrote: every bound is checked here before a number is looked at.

The format (https://github.com/huggingface/safetensors#format): eight bytes of header length, a JSON header, then data.
Ours is a stricter reading: only floating point, no gaps, no overlaps, no name twice, finite numbers.
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Mapping
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


def read_tensors(data: bytes) -> dict[str, NDArray[np.floating[Any]]]:
    """The tensors of a safetensors file; BF16 comes as float32, which holds it exactly.

    Raises:
        UserError: anything about the file is not as the format asks.
    """
    header, body = _split(data)
    header.pop("__metadata__", None)
    if len(header) > _TENSOR_LIMIT:
        raise UserError(f"it holds {len(header)} tensors, more than {_TENSOR_LIMIT}.")
    spans = {name: _span(name, entry) for name, entry in header.items()}
    end = 0
    for name, (_, _, begin, stop) in sorted(spans.items(), key=lambda item: item[1][2:]):
        if begin != end:
            raise UserError(f"the data of {shown(name)} does not follow the data before it.")
        end = stop
    if end != len(body):
        raise UserError("the data is cut short or too long.")
    return {name: _values(name, body[begin:stop], dtype, shape) for name, (dtype, shape, begin, stop) in spans.items()}


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
        raise ValueError("a name comes twice")
    return dict(pairs)


def _span(name: str, entry: object) -> tuple[str, tuple[int, ...], int, int]:
    """dtype, shape, begin and end of one tensor."""
    match entry:
        case {"dtype": str(dtype), "shape": list(shape), "data_offsets": [begin, stop], **rest} if not rest:
            pass
        case _:
            raise UserError(f"the header of {shown(name)} cannot be read.")
    if dtype not in _SIZES:
        raise UserError(f"{shown(name)} is of type {shown(dtype)}; only {', '.join(_SIZES)} are read.")
    if len(shape) > _DIMENSIONS or any(type(number) is not int or number < 0 for number in (*shape, begin, stop)):
        raise UserError(f"the shape of {shown(name)} cannot be read.")
    if stop - begin != math.prod(shape) * _SIZES[dtype]:
        raise UserError(f"the data of {shown(name)} does not fill its shape.")
    return dtype, tuple(shape), begin, stop


def _values(name: str, data: memoryview, dtype: str, shape: tuple[int, ...]) -> NDArray[np.floating[Any]]:
    values: NDArray[np.floating[Any]]
    if dtype == "BF16":  # the upper half of a float32
        values = (np.frombuffer(data, "<u2").astype(np.uint32) << 16).view(np.float32)
    else:
        values = np.frombuffer(data, "<f2" if dtype == "F16" else "<f4")
    if not np.isfinite(values).all():
        raise UserError(f"{shown(name)} holds numbers that are not finite.")
    return values.reshape(shape)
