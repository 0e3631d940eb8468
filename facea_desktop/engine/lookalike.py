"""A scene's w with the face of the person that it is painted for.

FaceNet's embedding of a person and the words that are asked for are mapped to a w by one table, which was fitted on
drawn faces: the mean of all w's with such a face that show such a thing. What the prior made of the words and a seed
is laid over it but for its own face, and words that are still not plain to see lead the w as far as it takes.

Source: our own; the mean of w given an embedding is a ridge regression (Hoerl and Kennard 1970).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from facea_desktop.domain.people import Profile, Value
from facea_desktop.engine.configured_weights import load_network, save_with_config
from facea_desktop.engine.face_generator import WIDTH
from facea_desktop.engine.scene_prior import AGE, CHILD, MOST_CHILD, ScenePrior

EMBEDDED = 512
"""Numbers of an embedding."""
IDENTITY = 64
"""Directions of w in which faces differ most for FaceNet."""
SEED_SHARE = 0.45
"""How much of what the prior drew from a seed is laid over a person's w."""
SHOWN_BY_FACES = ("skin",)
"""Groups of which an embedding tells more than the person's own words."""
CERTAIN = 0.97
"""What a word that is asked for is taken for; the other values of its group have the rest."""
STEPS, RATE, PLAIN = 40, 0.01, 0.8
"""Of leading a w to words, and the probability that is enough."""
BLUR, BLURRED = 0.3, 4
"""A reader is asked about so many w's nearby, so that it is not led to what it alone sees."""
KEPT, STAYING, CHILD_WEIGHT = 0.4, 4.0, 3.0
"""How much of the steps may change identity; how strongly w's stay where they are; what looking like a child costs."""


@dataclass(frozen=True)
class ScenePerson:
    """Whom a scene is painted for.

    Attributes:
        embedding: FaceNet's of the person's photos, their mean, of unit length.
        looks: what the person usually looks like, group and value; the face shows it by itself.
    """

    embedding: tuple[float, ...]
    looks: tuple[tuple[str, str], ...] = ()


def scene_person(profile: Profile, embeddings: Sequence[np.ndarray]) -> ScenePerson | None:
    """Whom scenes of a person are painted for.

    Args:
        embeddings: of the photos, (512,) each; without any the answer is None.
    """
    if not embeddings:
        return None
    mean = np.mean(embeddings, 0)
    return ScenePerson(tuple((mean / np.linalg.norm(mean)).tolist()), tuple(profile.appearance.known.items()))


class LookalikeConfig(Value):
    """What a table was fitted for.

    Attributes:
        groups: values of each group of words, in the order of the table's rows.
    """

    groups: dict[str, tuple[str, ...]]


class Lookalike(nn.Module):
    """A table from embeddings and words to w, in coordinates in which drawn w's are normal.

    Attributes:
        mean: of w, (512,).
        axes: coordinates to w, (512, 512); the rows are orthogonal.
        embedding_mean: (512,).
        words_mean: of the values' probabilities, (values,).
        table: (512 + values, 512).
        identity: orthonormal columns, the coordinates in which FaceNet tells faces apart, (512, 64).
    """

    def __init__(self, config: LookalikeConfig) -> None:
        super().__init__()
        self.config = config
        values = sum(map(len, config.groups.values()))
        self.mean = nn.Buffer(torch.zeros(WIDTH))
        self.axes = nn.Buffer(torch.eye(WIDTH))
        self.embedding_mean = nn.Buffer(torch.zeros(EMBEDDED))
        self.words_mean = nn.Buffer(torch.zeros(values))
        self.table = nn.Buffer(torch.zeros(EMBEDDED + values, WIDTH))
        self.identity = nn.Buffer(torch.eye(WIDTH)[:, :IDENTITY])

    @classmethod
    def load(cls, file: Path, device: str = "cpu") -> Lookalike:
        """Read what ``packaging/starter/train_lookalike.py`` wrote.

        Raises:
            OSError, ValueError, safetensors.SafetensorError, RuntimeError: missing, damaged or of another shape.
        """
        return load_network(file, cls, LookalikeConfig).to(device)

    def save(self, file: Path) -> None:
        """Write the tables in 8 bits, the configuration with them."""
        save_with_config(file, self, self.config, bits=8)

    def led(self, drawn: Tensor, person: ScenePerson, asked: Mapping[str, str], prior: ScenePrior) -> Tensor:
        """A w that shows what is asked, with the person's face.

        Args:
            drawn: w's that the prior made of the words, (n, 512).
            asked: group to value.
            prior: whose reader says what is to be seen in a w.

        Returns:
            (1, 512).
        """
        looks = dict(person.looks)
        demanded = {group: value for group, value in asked.items() if looks.get(group) != value}
        told = {group: value for group, value in asked.items() if group in demanded or group not in SHOWN_BY_FACES}
        z = self.of_person(torch.tensor(person.embedding).to(self.mean), told)
        scene = self.coordinates(drawn)
        z = z + SEED_SHARE * (scene - scene @ self.identity @ self.identity.T)
        w = self.mean + self._towards(z, demanded, prior) @ self.axes
        return w[prior.choose(w, demanded)][None]

    def coordinates(self, w: Tensor) -> Tensor:
        """Of w's, (n, 512) both."""
        return (w - self.mean) @ (self.axes / self.axes.square().sum(1, keepdim=True)).T

    def of_person(self, embedding: Tensor, words: Mapping[str, str]) -> Tensor:
        """Coordinates (512,) of the mean w with an embedding (512,) and words; groups that are not named stay open."""
        groups = self.config.groups
        rows = [embedding - self.embedding_mean]
        for (group, values), mean in zip(groups.items(), self.words_mean.split([*map(len, groups.values())])):
            said = mean.clone()
            if (asked := words.get(group)) in values:
                said[:] = (1 - CERTAIN) / (len(values) - 1)
                said[values.index(asked)] = CERTAIN
            rows.append(said - mean)
        return torch.cat(rows) @ self.table

    @torch.inference_mode(mode=False)
    @torch.enable_grad()
    def _towards(self, z: Tensor, words: Mapping[str, str], prior: ScenePrior) -> Tensor:
        """Coordinates (n, 512) in which words are plain for the reader, and nobody looks like a child."""
        reads = prior.config.reads
        start, moved = z.clone(), torch.zeros_like(z).requires_grad_()
        optimiser = torch.optim.Adam([moved], RATE)
        random = torch.Generator().manual_seed(0)
        mean, axes, identity = self.mean.clone(), self.axes.clone(), self.identity.clone()

        def place() -> Tensor:
            return start + moved - (1 - KEPT) * (moved @ identity) @ identity.T

        for _ in range(STEPS):
            blur = BLUR * torch.randn(BLURRED, *start.shape, generator=random).to(start)
            read = prior.read(mean + (place() + blur).flatten(0, 1) @ axes)
            child = (read[AGE][:, reads[AGE].index(CHILD)] - MOST_CHILD).clamp(min=0)
            lacking = CHILD_WEIGHT * child
            for group, value in words.items():
                if value in reads.get(group, ()):
                    seen = read[group][:, reads[group].index(value)].clamp(min=1e-6)
                    lacking = lacking + (torch.tensor(PLAIN).log() - seen.log()).clamp(min=0)
            each = lacking.unflatten(0, (BLURRED, len(start))).mean(0) + STAYING * (place() - start).square().mean(1)
            optimiser.zero_grad()
            each.sum().backward()
            optimiser.step()
        return place().detach()
