"""SAM 2's real layout with tiny random weights, from files to the mask of a portrait."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import load_file, save_file
from transformers import Sam2Config, Sam2ImageProcessor, Sam2Model, Sam2Processor

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import Box, Face
from facea_desktop.engine import head_outlines
from facea_desktop.engine.face_masks import box_mask, face_mask
from facea_desktop.engine.head_outlines import HeadOutliner
from facea_desktop.engine.model_manager import ModelManager

SIDE = 128
BOX = Box(30, 20, 90, 100)
FACE = Face(BOX, {}, 0.9)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as it was fetched."""
    torch.manual_seed(5)
    backbone = {
        "model_type": "sam2_hiera_det_model", "hidden_size": 8, "image_size": [SIDE, SIDE],
        "blocks_per_stage": [1, 1, 2, 1],
        "embed_dim_per_stage": [8, 16, 32, 64], "num_attention_heads_per_stage": [1, 1, 2, 2],
        "global_attention_blocks": [3],
    }  # fmt: skip
    sizes = [[SIDE // scale] * 2 for scale in (4, 8, 16)]
    config = Sam2Config(
        vision_config={
            "backbone_config": backbone, "backbone_channel_list": [64, 32, 16, 8], "backbone_feature_sizes": sizes,
            "fpn_hidden_size": 32,
        },
        prompt_encoder_config={"hidden_size": 32, "image_size": SIDE},
        mask_decoder_config={
            "hidden_size": 32, "mlp_dim": 32, "num_attention_heads": 2, "iou_head_hidden_dim": 32,
        },
    )  # fmt: skip
    made = tmp_path_factory.mktemp("sam2")
    Sam2Model(config).save_pretrained(made)
    size = {"height": SIDE, "width": SIDE}
    processor = Sam2Processor(Sam2ImageProcessor(size=size, mask_size={"height": SIDE // 4, "width": SIDE // 4}))
    processor.target_size = SIDE
    processor.save_pretrained(made)
    return made


@pytest.fixture
def outliner(folder: Path) -> HeadOutliner:
    return HeadOutliner.load(folder, "cpu")


@pytest.fixture
def crop() -> Image.Image:
    """Nobody, so that the face parser finds no face."""
    return Image.fromarray(np.random.default_rng(4).integers(0, 40, (SIDE, SIDE, 3), dtype=np.uint8))


def sure_of(outliner: HeadOutliner, drawn: np.ndarray, monkeypatch: pytest.MonkeyPatch, iou: float = 0.9) -> None:
    """Lets the real forward run, then answer with an outline, as trained weights would."""
    real = outliner._model

    def answering(**inputs: Any) -> Any:
        found = real(**inputs)
        assert found.pred_masks.shape[:3] == (1, 1, 1)
        masks = torch.from_numpy(np.where(drawn, 5.0, -5.0).astype(np.float32))[None, None, None]
        assert float(found.iou_scores) == pytest.approx(float(found.iou_scores))
        return SimpleNamespace(pred_masks=masks, iou_scores=torch.tensor([[[iou]]]))

    monkeypatch.setattr(outliner, "_model", answering)


def disc() -> np.ndarray:
    y, x = np.mgrid[:SIDE, :SIDE]
    return ((x - 60) / 28) ** 2 + ((y - 60) / 45) ** 2 < 1


def test_an_outline_has_the_pictures_size_and_depends_on_the_box(
    outliner: HeadOutliner, crop: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(head_outlines, "SURE", -1e9)
    monkeypatch.setattr(head_outlines, "LEAST_SHARE", 0)
    wide = crop.resize((200, 150))
    masks = [outliner.outline(wide, box) for box in (BOX, Box(5, 5, 40, 40), BOX)]
    assert [mask.shape for mask in masks if mask is not None] == [(150, 200)] * 3
    assert np.array_equal(masks[0], masks[2])
    assert not np.array_equal(masks[0], masks[1])


def test_a_box_becomes_the_head_in_it_where_the_face_parser_is_not_sure(
    outliner: HeadOutliner, crop: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    sure_of(outliner, disc(), monkeypatch)
    box = np.asarray(box_mask(crop.size, BOX)) > 0
    mask = np.asarray(face_mask(crop, FACE, outliner)) > 0
    assert np.array_equal(mask, box & disc())
    assert mask.sum() < box.sum()
    assert np.array_equal(np.asarray(face_mask(crop, FACE)) > 0, box)


@pytest.mark.parametrize("case", ["unsure", "something small", "beside the box"])
def test_an_outline_that_is_doubtful_leaves_the_box(
    outliner: HeadOutliner, crop: Image.Image, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    drawn = {"unsure": disc(), "something small": disc() & (np.mgrid[:SIDE, :SIDE][0] < 40)}.get(
        case, np.roll(disc(), 60, 1)
    )
    sure_of(outliner, drawn, monkeypatch, iou=0.5 if case == "unsure" else 0.9)
    assert face_mask(crop, FACE, outliner).tobytes() == box_mask(crop.size, BOX).tobytes()


@pytest.mark.parametrize("damage", ["cut", "a tensor less", "no configuration"])
def test_a_damaged_model_is_the_users_to_mend_in_one_line(folder: Path, tmp_path: Path, damage: str) -> None:
    mine = Path(shutil.copytree(folder, tmp_path / "mine"))
    weights = mine / "model.safetensors"
    if damage == "cut":
        weights.write_bytes(weights.read_bytes()[:-100])
    elif damage == "a tensor less":
        save_file(dict(list(load_file(weights).items())[1:]), weights, metadata={"format": "pt"})
    else:
        (mine / "config.json").unlink()
    with pytest.raises(UserError, match=r"SAM 2 in .* is damaged") as caught:
        HeadOutliner.load(mine, "cpu")
    assert "\n" not in str(caught.value)


def test_it_is_used_by_families_of_large_models_once_it_was_downloaded(folder: Path, tmp_path: Path) -> None:
    manager = ModelManager(tmp_path, device="cpu")
    large = manager.family("sdxl-sd15")
    assert manager.outliner(large) is None
    assert large.outlines is not None
    assert large.outlines not in manager.models.missing(large)
    model = manager.models.catalogue.model(large.outlines)
    target = manager.models.folder(model)
    shutil.copytree(folder, target)
    assert {path.name for path in target.iterdir()} <= {*model.files}
    receipt = {"source": model.repo, "revision": model.revision, "files": {}}
    (target / "installed.json").write_text(json.dumps(receipt))
    found = manager.outliner(large)
    assert found is not None
    assert manager.outliner(manager.family("sdxl-sdxl")) is found
    assert manager.outliner(manager.family("starter")) is None
