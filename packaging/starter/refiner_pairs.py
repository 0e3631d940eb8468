"""What the face refiner learns from: face crops of 256 px, and what the identity model makes of them at 128.

    python packaging/starter/refiner_pairs.py PEOPLE/train DIR

Every crop goes through the VAE at half its size. A part of the latents is left as the VAE gives them, a part gets some
noise, and the rest is noised further and painted again by the inpainting UNet, as what is to be refined is softer, and
has less of an eye, than what the VAE gives back. ``DIR/NNNNN.npz`` holds 64 each; what is there is not made again.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from facea_desktop.domain.faces import Attribute, Box, Face, Subject
from facea_desktop.engine.crops import Crop
from facea_desktop.engine.face_masks import face_mask
from facea_desktop.engine.identity_model import IdentityModel
from facea_desktop.engine.model_manager import ModelManager
from people import as_float, to_bytes

SIDE = 256
AT_ONCE, FILE = 8, 64
PLAIN, NOISY = 0.4, 0.7
"""Up to these shares latents are left alone, and get noise; the others are painted again."""
MOST_NOISE = 0.2
STEPS = 20
LEAST_STRENGTH, MOST_STRENGTH = 0.08, 0.22
"""How much of the old picture the UNet forgets."""


def crop_of(picture: Image.Image, label: dict[str, Any]) -> tuple[Image.Image, Image.Image, list[float]]:
    """The square of a face as portraits see it, 256 px, m_face in it, and the face's box, 0 to 1."""
    boxes = {name: Box(*(value * picture.width for value in box)) for name, box in label["boxes"].items()}
    face = Face(boxes.pop("face"), {Attribute(name): box for name, box in boxes.items()}, 1.0)
    crop = Crop.of_face(face)
    cut = crop.cut(picture, SIDE)
    within = crop.inside(face, SIDE)
    box = within.box
    return cut, face_mask(cut, within), [value / SIDE for value in (box.x0, box.y0, box.x1, box.y1)]


def latents_of(model: IdentityModel, crops: list[Image.Image], random: torch.Generator) -> Tensor:
    """(n, 4, 32, 32) of crops at half their size, noisy in part."""
    half = [crop.resize((SIDE // 2, SIDE // 2), Image.Resampling.BOX) for crop in crops]
    pixels = as_float(torch.from_numpy(np.stack([np.asarray(one) for one in half])).permute(0, 3, 1, 2))
    latents = model.pipe.vae.encode(pixels).latent_dist.mean
    share = torch.rand(len(crops), 1, 1, 1, generator=random)
    strength = torch.rand(len(crops), 1, 1, 1, generator=random) * MOST_NOISE * (share > PLAIN)
    return latents + strength * latents.std() * torch.randn(latents.shape, generator=random)


def painted_again(
    model: IdentityModel, crops: list[Image.Image], masks: list[Image.Image], words: str, random: torch.Generator
) -> Tensor:
    """(n, 4, 32, 32), as the untuned model gives faces that it has half forgotten."""
    strength = float(torch.empty(()).uniform_(LEAST_STRENGTH, MOST_STRENGTH, generator=random))
    side = SIDE // 2
    prompt = model.texts.encode(words).expand(len(crops), -1, -1)
    painted: Tensor = model.pipe(
        prompt_embeds=prompt,
        negative_prompt_embeds=prompt,
        image=[crop.resize((side, side), Image.Resampling.BOX) for crop in crops],
        mask_image=[mask.resize((side, side)) for mask in masks],
        height=side,
        width=side,
        strength=strength,
        num_inference_steps=STEPS,
        guidance_scale=1.0,
        generator=random,
        output_type="latent",
    ).images
    return painted


@torch.inference_mode()
def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("people", type=Path)
    parser.add_argument("target", type=Path)
    args = parser.parse_args()
    args.target.mkdir(parents=True, exist_ok=True)
    manager = ModelManager(args.target)
    model = manager.identity(manager.models.active_family())
    model.pipe.set_progress_bar_config(disable=True)
    labels = [json.loads(line) for line in args.people.with_suffix(".jsonl").read_text().splitlines()]
    for start in range(0, len(labels), FILE):
        file = args.target / f"{start:05d}.npz"
        if file.exists():
            continue
        random = torch.Generator().manual_seed(start)
        large, latents, boxes = [], [], []
        some = sorted(labels[start : start + FILE], key=lambda label: str(label["subject"]))
        for subject in Subject:
            own = [label for label in some if label["subject"] == subject]
            for first in range(0, len(own), AT_ONCE):
                batch = own[first : first + AT_ONCE]
                pictures = [Image.open(args.people / label["file"]).convert("RGB") for label in batch]
                crops, masks, found = zip(*map(crop_of, pictures, batch))
                again = float(torch.rand((), generator=random)) > NOISY
                codes = (
                    painted_again(model, [*crops], [*masks], f"a {subject}", random)
                    if again
                    else latents_of(model, [*crops], random)
                )
                large += [np.asarray(crop).transpose(2, 0, 1) for crop in crops]
                latents.append(codes)
                boxes += found
        codes = torch.cat(latents)
        small = torch.cat([model.pipe.vae.decode(part).sample for part in codes.split(AT_ONCE)])
        made = {"small": to_bytes(small).numpy(), "latents": codes.half().numpy()}
        np.savez(file, large=np.stack(large), boxes=np.array(boxes, np.float32), **made)


if __name__ == "__main__":
    main()
