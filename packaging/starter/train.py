"""Make the starter's identity model: ``python packaging/starter/train.py --data PEOPLE/train --work DIR``.

Every stage goes on from its last checkpoint in ``--work`` and stops after its minutes, so that a training can be
cut, taken to another device and gone on with: raise the minutes and run the same command again.

On a CPU, workers of one thread each learn faster together than one of many threads, above all beside other work:
``OMP_NUM_THREADS=1 torchrun --nproc-per-node CORES packaging/starter/train.py ...``
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import torch
import torch.distributed as dist
from diffusers import AutoencoderKL
from transformers import CLIPTokenizer

import autoencoder
import portraits
from autoencoder import SHRINK
from export import export
from identity_network import IdentityNetwork
from identity_training import train
from masked_batches import encode_all
from running import workers
from words import build_tokenizer

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of pictures with its labels in DATA.jsonl")
    parser.add_argument("--work", type=Path, required=True, help="checkpoints and what is computed once")
    parser.add_argument("--out", type=Path, default=ROOT / "resources" / "starter")
    parser.add_argument("--side", type=int, default=128, help="pixels")
    parser.add_argument("--vae-minutes", type=float, default=40)
    parser.add_argument("--vae-from", type=Path, help="a trained VAE to begin with, in diffusers' format")
    parser.add_argument("--identity-minutes", type=float, default=70)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    args = parser.parse_args()
    if "WORLD_SIZE" in os.environ:
        dist.init_process_group("gloo", timeout=timedelta(days=1))
    args.work.mkdir(parents=True, exist_ok=True)
    device = torch.device(args.device)
    torch.manual_seed(0)  # every worker begins with the same weights
    with _first_alone():
        trained, _ = portraits.load(args.data, args.side, args.work).split()
        tokenizer = _tokenizer(trained, args.work)
    vae = _vae(trained, args.work, args.vae_minutes, device, args.vae_from)
    with _first_alone():
        encode_all(vae, trained, args.work / "latents.pt", device)
    network = IdentityNetwork(args.side // SHRINK, tokenizer).to(device)
    network = train(network, vae, tokenizer, trained, args.work, args.identity_minutes, device)
    if workers()[0] == 0:
        export(network.cpu(), vae.cpu(), tokenizer, args.out)


@contextmanager
def _first_alone() -> Iterator[None]:
    """What is computed once and kept in a file: the first worker does it, the others then read it."""
    worker, count = workers()
    if worker > 0:
        dist.barrier()
    yield
    if worker == 0 and count > 1:
        dist.barrier()


def _vae(
    trained: portraits.Portraits, work: Path, minutes: float, device: torch.device, start: Path | None
) -> AutoencoderKL:
    done = work / "vae"
    if not done.exists():
        model = autoencoder.train(trained, work, minutes, device, start)
        with _first_alone():
            if not done.exists():
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
