"""Make the starter's identity model: ``python packaging/starter/train.py --work DIR --out DIR``.

    1. people are drawn by the scenes' generator, each several times (``people.py``)
    2. the VAE (``autoencoder.py``)
    3. UNet and feature encoder (``identity_training.py``)
    4. the VAE's decoder, sharpened

Every stage goes on from its last checkpoint in ``--work`` and stops after its minutes, so that a training can be
cut, taken to another device and gone on with: raise the minutes and run the same command again. The defaults are for
one large GPU, ten minutes in all; the same with ``--identity-minutes 9`` goes on for five more, and does nothing twice.
A CPU takes hours for a part of it.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from transformers import CLIPTextModel, CLIPTokenizer

import autoencoder
from autoencoder import SHRINK
from captions import build_tokenizer
from export import export
from facea_desktop.engine.attribute_network import attribute_reader
from facea_desktop.engine.face_generator import FaceGenerator
from facea_desktop.engine.face_parser import face_parser
from facea_desktop.engine.feature_encoder import FOLDER, EncoderConfig, FeatureEncoder
from facea_desktop.engine.scene_prior import ScenePrior
from facenet import FaceNet
from identity_network import IdentityNetwork
from identity_training import train
from masked_batches import Batches, Captions, Latents, encode_all
from people import READ, SIDE, Artist, People, labels_by
from pretrain_text import pretrain_text

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True, help="checkpoints and what is computed once")
    parser.add_argument("--out", type=Path, default=RESOURCES / "starter")
    parser.add_argument("--people", type=int, default=9000)
    parser.add_argument("--people-minutes", type=float, default=1.0, help="so long at most they are drawn")
    parser.add_argument("--vae-minutes", type=float, default=3.5)
    parser.add_argument("--sharpen-minutes", type=float, default=0.8)
    parser.add_argument("--identity-minutes", type=float, default=3.5)
    parser.add_argument("--vae-batch", type=int, default=64)
    parser.add_argument("--identity-batch", type=int, default=256)
    parser.add_argument("--start", type=Path, help="a model as this writes it, to begin with instead of nothing")
    parser.add_argument("--facenet", type=Path, help="what facenet.py wrote, where its package is not installed")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = True
    torch.manual_seed(0)
    say = _clock()
    facenet = (FaceNet.of_package() if args.facenet is None else FaceNet.load(args.facenet)).to(args.device)
    people = _people(args, facenet)
    say(f"{len(people)} pictures")
    start = args.start / "identity" if args.start is not None else None
    vae = _vae(args, people, facenet, start).to(args.device, memory_format=torch.channels_last)
    say("VAE")
    tokenizer = _tokenizer(args.work, start)
    network = IdentityNetwork(SIDE // SHRINK, tokenizer).to(args.device)
    encoder = FeatureEncoder(EncoderConfig())
    if start is not None:
        network.unet.load_state_dict(UNet2DConditionModel.from_pretrained(start / "unet").state_dict())
        network.text_encoder.load_state_dict(CLIPTextModel.from_pretrained(start / "text_encoder").state_dict())
        encoder = FeatureEncoder.load(start / FOLDER).requires_grad_(True)
    else:
        _teach_text(network, tokenizer, args.work)
    say("text encoder")
    encoder = encoder.to(args.device)
    if args.device != "cpu":
        network.unet.set_default_attn_processor()
    network.unet.to(memory_format=torch.channels_last)
    latents = _latents(args, vae, people)
    batches = Batches(people, latents, Captions(network, tokenizer, people), args.identity_batch)
    say("latents")

    def keep(network: IdentityNetwork, encoder: FeatureEncoder) -> None:
        export(network, encoder, vae, tokenizer, args.out)

    learned = train(network, encoder, vae, facenet, people, batches, args.work, args.identity_minutes, keep)
    say("UNet")
    autoencoder.sharpen(vae, people, facenet, args.work, args.sharpen_minutes, args.vae_batch // 2)
    export(*learned, vae, tokenizer, args.out)
    say("decoder")


def _clock() -> Callable[[str], None]:
    began = time.monotonic()
    return lambda what: print(f"{time.monotonic() - began:.0f} s: {what}", flush=True)


def _people(args: argparse.Namespace, facenet: FaceNet) -> People:
    kept, device = args.work / "people.pt", args.device
    if kept.exists():
        return People(**torch.load(kept, weights_only=True, map_location=device))
    context = RESOURCES / "starter" / "context"
    artist = Artist(
        FaceGenerator.load(context / "generator.safetensors", device),
        ScenePrior.load(context / "prior.safetensors", device),
        labels_by(face_parser().network.to(device)),
        attribute_reader().to(device),
        facenet,
    )
    people = artist.people(args.people, args.people_minutes)
    torch.save(vars(people), kept)
    return people


def _vae(args: argparse.Namespace, people: People, facenet: FaceNet, start: Path | None) -> AutoencoderKL:
    kept = args.work / "vae"
    if not kept.exists():
        begun = start / "vae" if start is not None else None
        trained = autoencoder.train(people, facenet, args.work, args.vae_minutes, args.vae_batch, begun)
        trained.save_pretrained(kept)
    return AutoencoderKL.from_pretrained(kept).requires_grad_(False)


def _latents(args: argparse.Namespace, vae: AutoencoderKL, people: People) -> Latents:
    kept = args.work / "latents.pt"
    if not kept.exists():
        torch.save(vars(encode_all(vae, people)), kept)
    return Latents(**torch.load(kept, weights_only=True, map_location=args.device))


def _tokenizer(work: Path, start: Path | None) -> CLIPTokenizer:
    done = work / "tokenizer"
    if not done.exists() and start is not None:
        CLIPTokenizer.from_pretrained(start / "tokenizer").save_pretrained(done)
    elif not done.exists():
        build_tokenizer(_values(), RESOURCES / "lexicon.toml").save_pretrained(done)
    return CLIPTokenizer.from_pretrained(done)


def _teach_text(network: IdentityNetwork, tokenizer: CLIPTokenizer, work: Path) -> None:
    kept = work / "text.pt"
    if not kept.exists():
        pretrain_text(network, tokenizer, _values())
        torch.save(network.text_encoder.state_dict(), kept)
    network.text_encoder.load_state_dict(torch.load(kept, weights_only=True, map_location="cpu"))


def _values() -> dict[str, tuple[str, ...]]:
    groups = attribute_reader().config.groups
    return {group: groups[group] for group in READ}


if __name__ == "__main__":
    main()
