"""Train the face parser on targets of parser_targets.py, and write it as the program reads it.

    train_parser.py --draws DIR --work DIR --minutes 40 --out resources/face-parser

Goes on from ``parser.pt`` in --work. Targets may still be made meanwhile: new ones are taken in as they come. For the
first half of the time pictures have 160 pixels a side, then 224: it looks at 256, but that takes longer to learn.
"""

from __future__ import annotations

import argparse
import copy
import json
import time
from pathlib import Path

import cv2
import numpy as np
import safetensors.torch
import torch
import torch.nn.functional as F

from facea_desktop.engine.parser_network import ParserNetwork
from parser_batches import batch, read_targets
from parser_targets import PARTS, UNKNOWN, read_draw
from running import follow, rate, resume, save

WIDTHS, DEPTHS = (16, 32, 96, 192, 256), (0, 1, 3, 4, 2)
HELD_BACK = range(1300, 1600)
"""Pictures that are measured with: neither the classifier behind the targets nor the parser has seen them."""
WEIGHTS = (1.0, 1.0, 1.2, 2.0, 2.5, 2.5, 1.8, 2.0, 1.0, 1.2, 1.0)
"""What a pixel of each part counts: eyes and brows have few."""
SMALL, LARGE, SMALL_PART = 160, 224, 0.5
BATCH = {SMALL: 16, LARGE: 8}
RATE, STEADY = 3e-3, 0.995


def tensor(pictures: np.ndarray) -> torch.Tensor:
    """(B, h, w, 3) uint8 as the network takes it."""
    pixels = torch.from_numpy(pictures).permute(0, 3, 1, 2).float() / 127.5 - 1
    return pixels.contiguous(memory_format=torch.channels_last)


def train(args: argparse.Namespace) -> ParserNetwork:
    torch.manual_seed(0)
    network = ParserNetwork(len(PARTS), WIDTHS, DEPTHS).to(memory_format=torch.channels_last)
    average = copy.deepcopy(network).requires_grad_(False)
    decay = [p for p in network.parameters() if p.ndim > 1]
    rest = [p for p in network.parameters() if p.ndim == 1]
    optimizer = torch.optim.AdamW([{"params": decay, "weight_decay": 0.02}, {"params": rest, "weight_decay": 0.0}])
    kept = args.work / "parser.pt"
    state = resume(kept, network, average, optimizer) or {"step": 0, "seconds": 0.0, "samples": 0}
    targets: dict[int, np.ndarray] = {}
    weights, running, looked, began = torch.tensor(WEIGHTS), None, -1e9, time.monotonic() - state["seconds"]
    while (spent := time.monotonic() - began) < args.minutes * 60:
        if spent - looked > 240:
            looked = spent
            read_targets(args.work, targets)
            numbers = np.array([number for number in targets if number not in HELD_BACK])
            save(kept, network, average, optimizer, {**state, "seconds": spent})
            print(f"{spent / 60:.1f} min, step {state['step']}, {state['samples']} samples, {len(numbers)} pictures,",
                  f"loss {running}", flush=True)  # fmt: skip
        done = spent / (args.minutes * 60)
        side = SMALL if done < SMALL_PART else LARGE
        r = np.random.default_rng((7, state["step"]))
        pictures, labels = batch(args.draws, numbers, targets, r, BATCH[side], side)
        for group in optimizer.param_groups:
            group["lr"] = rate(RATE, state["step"], done, warm_steps=100, decay_part=0.6)
        network.train()
        scores = network(tensor(pictures))
        loss = loss_of(scores, torch.from_numpy(labels).long(), weights)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 2.0)
        optimizer.step()
        keep = min(STEADY, (state["step"] + 1) / (state["step"] + 20))
        follow(average, network, keep)
        for a, m in zip(average.buffers(), network.buffers(), strict=True):
            a.copy_(a.lerp(m, 1 - keep) if a.is_floating_point() else m)  # the norms' means belong to the weights
        state["step"] += 1
        state["samples"] += len(labels)
        running = loss.item() if running is None else 0.98 * running + 0.02 * loss.item()
    save(kept, network, average, optimizer, {**state, "seconds": args.minutes * 60.0})
    print(f"{state['step']} steps, {state['samples']} samples, {len(numbers)} pictures, loss {running:.4f}")
    return average.eval()


def loss_of(scores: torch.Tensor, labels: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    """Cross entropy, and a soft Dice loss, which sees small parts as well as large ones."""
    entropy = F.cross_entropy(scores, labels, weights, ignore_index=UNKNOWN)
    known = (labels != UNKNOWN)[:, None]
    found = scores.softmax(1) * known
    true = F.one_hot(labels.clamp(max=scores.shape[1] - 1), scores.shape[1]).permute(0, 3, 1, 2) * known
    shared, whole = (found * true).sum((0, 2, 3)), (found + true).sum((0, 2, 3))
    return entropy + 0.3 * (1 - (2 * shared + 1) / (whole + 1)).mean()


@torch.inference_mode()
def measure(network: ParserNetwork, args: argparse.Namespace) -> dict[str, float]:
    """Intersection over union of each part, over all pixels of the pictures held back."""
    targets: dict[int, np.ndarray] = {}
    read_targets(args.work, targets)
    shared, whole = np.zeros(len(PARTS)), np.zeros(len(PARTS))
    for number in HELD_BACK:
        picture = np.ascontiguousarray(read_draw(args.draws, number)[None, ..., ::-1])
        found, true = network(tensor(picture))[0].argmax(0).numpy(), targets[number]
        found = np.where(true == UNKNOWN, UNKNOWN, found)
        for k in range(len(PARTS)):
            shared[k] += ((found == k) & (true == k)).sum()
            whole[k] += ((found == k) | (true == k)).sum()
    return {name: float(a / max(b, 1)) for name, a, b in zip(PARTS, shared, whole)}


def export(network: ParserNetwork, folder: Path) -> None:
    """``parser.safetensors`` in half precision and ``config.json``."""
    folder.mkdir(parents=True, exist_ok=True)
    tensors = {
        k: v.half().contiguous() for k, v in network.state_dict().items() if not k.endswith("num_batches_tracked")
    }
    (folder / "parser.safetensors").write_bytes(safetensors.torch.save(tensors))
    config = {"labels": list(PARTS), "widths": list(WIDTHS), "depths": list(DEPTHS), "side": 256}
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draws", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=40)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    network = train(args)
    export(network, args.out)
    parts = measure(network, args)
    print("mean IoU", round(float(np.mean(list(parts.values()))), 4), {k: round(v, 3) for k, v in parts.items()})


if __name__ == "__main__":
    main()
