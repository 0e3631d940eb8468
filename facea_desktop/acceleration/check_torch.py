"""Computes something with PyTorch on the graphics card; run as a program of its own, which prints one JSON object.

    python -I check_torch.py FOLDER KIND

``FOLDER`` goes first on the module path; ``KIND`` is "cuda" (AMD's builds call it so, too) or "xpu". The object has
"error" (text of what PyTorch raised), or "torch" (its version), "folder" (where it was imported from) and "device".
"""

from __future__ import annotations

import json
import sys
import warnings
from typing import Any

SIDE = 64


def _compute(kind: str) -> dict[str, Any]:
    import torch
    import torchvision  # has to fit this torch

    with warnings.catch_warnings(record=True) as warned:  # an old driver is only warned of
        warnings.simplefilter("always")
        device = torch.device(kind, 0)
        side = torch.arange(SIDE * SIDE, dtype=torch.float32).reshape(SIDE, SIDE) / SIDE**2
        try:
            product = (side.to(device) @ side.to(device)).to("cpu")
        except (RuntimeError, AssertionError) as error:
            return {"error": " ".join([*(str(one.message) for one in warned), str(error)])}
    if not torch.allclose(product, side @ side, rtol=1e-2):  # TF32 has ten bits
        return {"error": f"{kind} multiplies wrongly"}
    name = torch.cuda.get_device_name(0) if kind == "cuda" else torch.xpu.get_device_name(0)
    return {
        "torch": torch.__version__,
        "torchvision": torchvision.__version__,
        "folder": torch.__file__,
        "device": name,
    }


def main() -> None:
    """Print what came of it."""
    folder, kind = sys.argv[1:]
    sys.path.insert(0, folder)
    try:
        answer = _compute(kind)
    except (ImportError, OSError, AttributeError) as error:  # a part is missing, or does not fit the others
        answer = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
