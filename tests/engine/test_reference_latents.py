from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
import torch
from PIL import Image

from facea_desktop.domain.faces import PARTS
from facea_desktop.engine.reference_latents import ReferenceLatents, drawn_by_share, encode_references

SIDE = 64


def test_latents_masks_and_masked_latents_have_one_entry_a_photo_and_part(references):
    assert references.means.shape == references.deviations.shape == (3, 4, 8, 8)
    assert references.masks.shape == (3, len(PARTS), 1, 8, 8)
    assert references.masked.shape == (3, len(PARTS), 4, 8, 8)
    assert set(references.masks.unique().tolist()) == {0.0, 1.0}


def test_means_and_deviations_are_the_scaled_distribution_of_the_vae(new_model, pictures, references):
    vae = new_model().pipe.vae
    pixels = torch.from_numpy(np.array(pictures[1].picture)).permute(2, 0, 1)[None] / 127.5 - 1
    with torch.no_grad():
        expected = vae.encode(pixels).latent_dist
    torch.testing.assert_close(references.means[1:2], expected.mean * vae.config.scaling_factor)
    torch.testing.assert_close(references.deviations[1:2], expected.std * vae.config.scaling_factor)


@pytest.mark.parametrize("part", PARTS)
def test_masked_latents_are_those_that_the_pipeline_makes_of_photo_and_mask(new_model, pictures, references, part):
    """Tuning and redrawing must show the UNet the same thing."""
    pipe = new_model().pipe
    image = pipe.image_processor.preprocess(pictures[0].picture, height=SIDE, width=SIDE)
    mask = pipe.mask_processor.preprocess(pictures[0].masks[part], height=SIDE, width=SIDE)
    masks, _ = pipe.prepare_mask_latents(mask, image, 1, SIDE, SIDE, torch.float32, "cpu", None, False)
    with torch.no_grad():
        latents = pipe.vae.encode(image * (mask < 0.5)).latent_dist.mean * pipe.vae.config.scaling_factor
    where = PARTS.index(part)
    torch.testing.assert_close(references.masks[0, where], masks[0])
    torch.testing.assert_close(references.masked[0, where], latents[0])


def test_a_part_that_a_photo_hides_has_an_empty_mask_and_is_not_held(references):
    where = PARTS.index("left_eye")
    assert not references.masks[2, where].any()
    assert references.holders == {part: [0, 1] if part == "left_eye" else [0, 1, 2] for part in PARTS}
    torch.testing.assert_close(references.masked[2, where], references.means[2])


def test_photos_of_another_size_are_scaled_to_the_family(new_model, pictures):
    big = [type(ref)(ref.picture.resize((200, 200)), {p: m.resize((200, 200)) for p, m in ref.masks.items()})
           for ref in pictures]  # fmt: skip
    assert encode_references(big, new_model().pipe.vae, SIDE).means.shape == (3, 4, 8, 8)


def test_grey_and_transparent_pictures_are_read_as_rgb(new_model, pictures):
    grey = type(pictures[0])(Image.new("RGBA", (SIDE, SIDE), (9, 9, 9, 255)), pictures[0].masks)
    assert encode_references([grey], new_model().pipe.vae, SIDE).means.isfinite().all()


def test_several_peoples_photos_are_drawn_by_their_shares_however_many_each_has() -> None:
    shown = {"face": [0, 1, 2, 3, 4], "nose": [0, 1, 2, 3, 4], "mouth": [1, 4]}
    references = ReferenceLatents(*[torch.zeros(0)] * 4, shown)
    drawn = drawn_by_share(references, [1, 4], [0.2, 0.4]).holders
    assert Counter(drawn["nose"]) == {0: 2, 1: 1, 2: 1, 3: 1, 4: 1}  # a third, and two thirds
    assert Counter(drawn["mouth"]) == {1: 1, 4: 1}
    assert drawn_by_share(references, [5], [0.3]).holders == shown
    many = Counter(
        drawn_by_share(replace(references, holders={"nose": [*range(103)]}), [100, 3], [0.1, 0.9]).holders["nose"]
    )
    assert sum(many[k] for k in range(100)) / many.total() == pytest.approx(0.1, abs=0.005)
