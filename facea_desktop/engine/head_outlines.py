"""SAM 2 (Ravi et al. 2024, arXiv 2408.00714): the outline of the head whose face a detector has boxed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image
from safetensors import SafetensorError

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import Box

SURE = 0.8
"""The model's own estimate of its overlap (intersection over union) below which a box is better."""
LEAST_SHARE = 0.45
"""An outline that takes less than this of the box is of something else in it."""


class HeadOutliner:
    """Outlines what a box holds.

    Args:
        model: a Sam2Model.
        processor: its Sam2Processor.
        device: where the model is.
    """

    def __init__(self, model: Any, processor: Any, device: str) -> None:
        self._model, self._processor, self._device = model, processor, device

    @classmethod
    def load(cls, folder: Path, device: str) -> HeadOutliner:
        """Read the model from disk, in full precision; nothing is downloaded.

        Raises:
            UserError: a file is missing or damaged.
        """
        from transformers import Sam2Model, Sam2Processor
        from transformers.utils import logging

        logging.set_verbosity_error()  # published for films, too, with parts that pictures do not need
        logging.disable_progress_bar()
        try:
            processor = Sam2Processor.from_pretrained(folder, local_files_only=True)
            model, report = Sam2Model.from_pretrained(
                folder, local_files_only=True, use_safetensors=True, dtype=torch.float32, output_loading_info=True
            )
        except (SafetensorError, OSError, ValueError, RuntimeError, KeyError, TypeError) as error:
            raise _damaged(folder, error) from error
        if report["missing_keys"]:
            raise _damaged(folder, f"{len(report['missing_keys'])} tensors are missing")
        return cls(model.eval().requires_grad_(False).to(device), processor, device)

    @torch.inference_mode()
    def outline(self, picture: Image.Image, box: Box) -> np.ndarray | None:
        """What is in ``box``, and may reach out of it, (height, width) bool; None where the model is not sure.

        Args:
            picture: RGB.
            box: in its pixels.
        """
        corners = [[[box.x0, box.y0, box.x1, box.y1]]]
        inputs = self._processor(images=picture, input_boxes=corners, return_tensors="pt").to(self._device)
        sizes = inputs.pop("original_sizes")
        found = self._model(**inputs, multimask_output=False)
        if float(found.iou_scores) < SURE:
            return None
        outline: np.ndarray = self._processor.post_process_masks(found.pred_masks.cpu(), sizes)[0][0, 0].numpy()
        x0, y0, x1, y1 = (max(0, round(edge)) for edge in (box.x0, box.y0, box.x1, box.y1))
        return outline if outline[y0:y1, x0:x1].sum() >= LEAST_SHARE * box.area else None


def _damaged(folder: Path, reason: object) -> UserError:
    words = " ".join(str(reason).split())[:200]
    return UserError(f"SAM 2 in {folder} is damaged ({words}). Delete that folder, or download SAM 2 again.")
