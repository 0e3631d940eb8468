"""Make the starter models: ``python packaging/starter/train.py --data PEOPLE/train --work DIR``.

Every stage goes on from its last checkpoint in ``--work`` and stops after its minutes, so that a training can be
cut, taken to another device and gone on with: raise the minutes and run the same command again.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from diffusers import AutoencoderKL
from transformers import CLIPTokenizer

import autoencoder
import portraits
from autoencoder import SHRINK
from denoiser import Painter, train
from export import export
from words import build_tokenizer

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of pictures with its labels in DATA.jsonl")
    parser.add_argument("--work", type=Path, required=True, help="checkpoints and what is computed once")
    parser.add_argument("--out", type=Path, default=ROOT / "resources" / "starter")
    parser.add_argument("--side", type=int, default=128, help="pixels")
    parser.add_argument("--vae-minutes", type=float, default=40)
    parser.add_argument("--painter-minutes", type=float, default=70)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    device = torch.device(args.device)
    trained, _ = portraits.load(args.data, args.side, args.work).split()
    vae = _vae(trained, args.work, args.vae_minutes, device)
    tokenizer = _tokenizer(trained, args.work)
    painter = Painter(args.side // SHRINK, tokenizer)
    painter = train(painter, vae, tokenizer, trained, args.work, args.painter_minutes, device)
    export(painter.cpu(), vae.cpu(), tokenizer, args.out)


def _vae(trained: portraits.Portraits, work: Path, minutes: float, device: torch.device) -> AutoencoderKL:
    done = work / "vae"
    if not done.exists():
        model = autoencoder.train(trained, work, minutes, device)
        autoencoder.normalise(model, portraits.as_float(trained.pixels[:256]).to(device))
        model.save_pretrained(done)
    return AutoencoderKL.from_pretrained(done).to(device).requires_grad_(False)


def _tokenizer(trained: portraits.Portraits, work: Path) -> CLIPTokenizer:
    done = work / "tokenizer"
    if not done.exists():
        build_tokenizer(trained.labels, ROOT / "resources" / "lexicon.toml").save_pretrained(done)
    return CLIPTokenizer.from_pretrained(done)


if __name__ == "__main__":
    main()
