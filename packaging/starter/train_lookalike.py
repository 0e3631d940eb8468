"""Fit the table that gives scenes the face of the person they are painted for (``engine/lookalike.py``).

    python packaging/starter/train_lookalike.py --work DIR --people 5000

draws people (``people.py``), one picture each, and keeps what FaceNet says of them in ``DIR/pairs.pt``; what is there
is not drawn again. Half a second to a second and a half a person on one core; the fit takes seconds.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

import faces
from facea_desktop.engine.attribute_network import attribute_reader
from facea_desktop.engine.face_generator import WIDTH, FaceGenerator
from facea_desktop.engine.face_parser import face_parser
from facea_desktop.engine.lookalike import EMBEDDED, IDENTITY, Lookalike, LookalikeConfig
from facea_desktop.engine.scene_prior import ScenePrior
from facenet import FaceNet
from people import Artist, labels_by

TARGET = faces.GENERATOR.with_name("lookalike.safetensors")
HELD_OUT = 200
DRAWN, TRUNCATION = 20_000, 0.78
"""w's of which the axes are made, and how near the mean they are kept."""
FLATTEST = 1e-4
"""Axes along which w's vary less than this, as a part of the largest variance, are taken to vary as much."""
RIDGE, RIDGE_BACK = 0.03, 0.3
"""Of the table, and of the map from w to embeddings that tells which directions are identity; a part of the rows."""
WORDS_WEIGHT, LEAST_SPREAD = 0.5, 0.02
"""What words weigh beside an embedding in the ridge, and the least deviation they are counted with."""
UNSAID, REPEATS = 0.4, 3
"""Part of the groups that are left open in a row, and how often each row comes with others left open."""


def drawn_pairs(work: Path, count: int, prior: ScenePrior, generator: FaceGenerator) -> dict[str, Tensor]:
    """w (n, 512) and embedding (n, 512) of people."""
    file = work / "pairs.pt"
    kept = (
        torch.load(file, weights_only=True)
        if file.exists()
        else {"w": torch.zeros(0, WIDTH), "e": torch.zeros(0, EMBEDDED)}
    )
    labels = labels_by(face_parser().network)
    artist = Artist(generator, prior, labels, attribute_reader(), FaceNet.of_package(), seed=len(kept["w"]))
    while len(kept["w"]) < count:
        w, embeddings = artist.embedded(min(200, count - len(kept["w"])))
        kept = {"w": torch.cat([kept["w"], w]), "e": torch.cat([kept["e"], embeddings])}
        torch.save(kept, file)
        print(f"{len(kept['w'])} people", flush=True)
    return kept


def fit(w: Tensor, embeddings: Tensor, prior: ScenePrior, generator: FaceGenerator) -> Lookalike:
    """The table of least squares, held back; and the directions in which embeddings follow w most.

    Args:
        w: (n, 512).
        embeddings: of pictures of the same people in other poses and light, with other expressions, (n, 512).
    """
    lookalike = Lookalike(LookalikeConfig(groups=prior.config.reads))
    random = torch.Generator().manual_seed(5)
    covariance = torch.cov(generator.draw(DRAWN, TRUNCATION, random).T)
    spread, vectors = torch.linalg.eigh(covariance)
    spread = spread.clamp(min=float(spread.max()) * FLATTEST).sqrt()
    lookalike.mean.copy_(generator.mean_w)
    lookalike.axes.copy_((vectors * spread).T)
    z = (w - generator.mean_w) @ (vectors / spread)
    said = torch.cat(list(prior.read(w).values()), 1)
    lookalike.embedding_mean.copy_(embeddings.mean(0))
    lookalike.words_mean.copy_(said.mean(0))
    faces_, words = embeddings - embeddings.mean(0), said - said.mean(0)
    face_scale, word_scale = 1 / faces_.std(), WORDS_WEIGHT / said.std(0).clamp(min=LEAST_SPREAD)
    lookalike.identity.copy_(
        torch.linalg.svd(_ridge(z, face_scale * faces_, RIDGE_BACK), full_matrices=False)[0][:, :IDENTITY]
    )
    rows = []
    for _ in range(REPEATS):
        told = torch.cat(
            [
                (torch.rand(len(w), 1, generator=random) >= UNSAID).expand(-1, len(values))
                for values in prior.config.reads.values()
            ],
            1,
        )
        rows.append(torch.cat([face_scale * faces_, word_scale * words * told], 1))
    table = _ridge(torch.cat(rows), z.repeat(REPEATS, 1), RIDGE)
    lookalike.table.copy_(torch.cat([face_scale.expand(EMBEDDED), word_scale])[:, None] * table)
    return lookalike


def _ridge(given: Tensor, wanted: Tensor, penalty: float) -> Tensor:
    """The table (a, b) that makes ``wanted`` (n, b) of ``given`` (n, a)."""
    squares = given.T @ given + penalty * len(given) * torch.eye(given.shape[1])
    return torch.linalg.solve(squares, given.T @ wanted)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--people", type=int, default=5000)
    parser.add_argument("--out", type=Path, default=TARGET)
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    generator, prior = (
        FaceGenerator.load(faces.GENERATOR),
        ScenePrior.load(faces.GENERATOR.with_name("prior.safetensors")),
    )
    pairs = drawn_pairs(args.work, args.people, prior, generator)
    w, embeddings = pairs["w"], pairs["e"]
    held = fit(w[HELD_OUT:], embeddings[HELD_OUT:], prior, generator)
    found = torch.stack([held.of_person(each, {}) for each in embeddings[:HELD_OUT]])
    own = held.coordinates(w[:HELD_OUT]) @ held.identity
    print(f"identity of {HELD_OUT} held back, cosine: {F.cosine_similarity(found @ held.identity, own).mean():.3f}")
    fit(w, embeddings, prior, generator).save(args.out)
    print(f"{args.out}: {args.out.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
