"""People to learn faces from, each drawn several times: in another pose and light, smiling or not, with glasses.

One w is a person. What differs between pictures of a person is added to w where the generator decides about it: the
coarse levels turn the head, the coarse and middle ones smile or put glasses on, the fine ones bring light, colours and
background, half of them from somebody else. Everything is drawn from seeds, on any device.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor, nn

from facea_desktop.domain.faces import FACE_PART, INNER_PARTS, PARTS, RISE, FacePart
from facea_desktop.domain.styles import styles
from facea_desktop.engine.attribute_network import AttributeReader
from facea_desktop.engine.face_generator import LEVELS, FaceGenerator
from facea_desktop.engine.face_parser import ORDER
from facea_desktop.engine.feature_encoder import MARGIN, EncoderConfig
from facea_desktop.engine.scene_prior import ScenePrior
from facea_desktop.engine.style_filters import stylised
from facenet import FaceNet, crop_faces
from framing import boxes_of

SIDE = 256
VIEWS = 4
"""Pictures of each person."""
PLAIN_VIEWS = 0.25
"""Of the pictures of ``Artist.embedded`` show a w as it is."""
BATCH = {"cpu": 64, "cuda": 128}
"""Pictures drawn at a time."""
TRUNCATION = 0.65, 0.9
MOST_CHILD = 0.02
COARSE, MIDDLE = 8, 64
"""Sides up to which levels are coarse, and middle; the others are fine."""
FIT, RIDGE = 20_000, 400.0
"""w's of which directions are learned, and how strongly they are held back."""
LENGTHS = {"turn": 4.5, "smile": 1.5, "open mouth": 1.4, "glasses": 2.6, "sunglasses": 3.2, "light": 2.0}
"""Of the directions in w, at their full strength."""
TURNED, GLASSES, SUNGLASSES, OPEN = 0.45, 0.18, 0.08, 0.15
"""How far heads turn at most; how often eyewear and an open mouth are put on."""
NO_STYLE = 255
STYLED_PART = 0.01
"""Of the pictures are put in a style."""
READ = ("subject", "age", "expression", "eyewear", "beard", "skin")
"""What is read from every picture."""


@dataclass(frozen=True)
class People:
    """Pictures of drawn people, n in all, the views of a person one after another.

    Attributes:
        pixels: face crops as ``Crop.of_face`` frames them, (n, 3, 256, 256) uint8.
        labels: of the face parser, (n, 256, 256) uint8.
        boxes: of the parts, (n, len(PARTS), 4), x0 y0 x1 y1 from 0 to 1.
        embeddings: FaceNet's, (n, 512).
        faces, parts: what the feature encoder sees, (n, 3, s, s) and (n, 4, 3, s, s) uint8.
        values: for each group of READ the index of its value, (n, len(READ)) uint8.
        names: the values of each group.
        styles: index into ``domain.styles.styles()`` of the style that the picture was put in, NO_STYLE for none, (n,).
    """

    pixels: Tensor
    labels: Tensor
    boxes: Tensor
    embeddings: Tensor
    faces: Tensor
    parts: Tensor
    values: Tensor
    names: dict[str, tuple[str, ...]]
    styles: Tensor

    groups = READ

    def __len__(self) -> int:
        return len(self.pixels)

    def said(self, row: int) -> dict[str, str]:
        """What is to be seen in a picture, by group."""
        return {group: self.names[group][int(at)] for group, at in zip(READ, self.values[row])}

    def style(self, row: int) -> str | None:
        """The words of a picture's style, None for a photograph."""
        style = int(self.styles[row])
        return None if style == NO_STYLE else styles()[style].words


def labels_by(network: nn.Module) -> Callable[[Tensor], Tensor]:
    """The face parser's network as ``Artist`` takes it: pictures (n, 3, 256, 256) to labels (n, 256, 256) uint8."""

    def parsed(pictures: Tensor) -> Tensor:
        labels: Tensor = network(pictures.contiguous(memory_format=torch.channels_last)).argmax(1).to(torch.uint8)
        return labels

    return parsed


class Artist:
    """Draws people.

    Args:
        generator, prior, parser, reader, facenet: on one device.
        seed: of all that is drawn; the same people every time.
    """

    def __init__(
        self,
        generator: FaceGenerator,
        prior: ScenePrior,
        parser: Callable[[Tensor], Tensor],
        reader: AttributeReader,
        facenet: FaceNet,
        seed: int = 0,
    ) -> None:
        self._generator, self._prior, self._parser = generator, prior, parser
        self._reader, self._facenet = reader, facenet
        self._random = torch.Generator().manual_seed(seed)
        self._device = generator.mean_w.device
        self._config = EncoderConfig()
        self._directions = self._learned_directions()

    @torch.no_grad()
    def people(self, count: int, minutes: float) -> People:
        """``count`` people, or as many as are drawn in ``minutes``; those whose faces cannot be read are left out."""
        made: list[dict[str, Tensor]] = []
        done, most, began = 0, BATCH[self._device.type] // VIEWS, time.monotonic()
        while done < count and time.monotonic() - began < 60 * minutes:
            made.append(self._drawn(min(most, count - done)))
            done += min(most, count - done)
        names = {group: self._reader.config.groups[group] for group in READ}
        joined = {key: torch.cat([one[key] for one in made]) for key in made[0]}
        return People(**joined, names=names, styles=self._put_in_styles(joined["pixels"]))

    @torch.no_grad()
    def embedded(self, count: int) -> tuple[Tensor, Tensor]:
        """w's of people, and FaceNet's embeddings of a picture of each: (n, 512) both.

        n is ``count``, less those whose faces cannot be read.
        """
        ws, embeddings = [], []
        for start in range(0, count, VIEWS):
            w = self._adults(min(VIEWS, count - start))
            plain = self._uniform(0, 1, len(w), 1) < PLAIN_VIEWS
            whole = self._synthesis(*(torch.where(plain, w, varied) for varied in self._varied(w))).clamp(-1, 1)
            boxes, known = boxes_of(self._parser(F.avg_pool2d(whole, 2)))
            ws.append(w[known])
            embeddings.append(self._facenet(crop_faces(whole, boxes[:, 0]))[known])
        return torch.cat(ws), torch.cat(embeddings)

    def _put_in_styles(self, pixels: Tensor) -> Tensor:
        """Change some of the pictures, in place; returns each picture's style."""
        chosen = torch.full((len(pixels),), NO_STYLE, dtype=torch.uint8)
        rows = torch.nonzero(torch.rand(len(pixels), generator=self._random) < STYLED_PART).flatten().tolist()
        chosen[rows] = torch.arange(len(rows)).remainder(len(styles())).byte()

        def styled(row: int) -> np.ndarray:
            photo = Image.fromarray(pixels[row].permute(1, 2, 0).cpu().numpy())
            return np.asarray(stylised(photo, styles()[int(chosen[row])]))

        with ThreadPoolExecutor() as pool:  # OpenCV and NumPy let others work meanwhile
            for row, picture in zip(rows, pool.map(styled, rows)):
                pixels[row] = torch.from_numpy(picture.copy()).permute(2, 0, 1).to(pixels.device)
        return chosen.to(pixels.device)

    def _drawn(self, count: int) -> dict[str, Tensor]:
        w = self._adults(count).repeat_interleave(VIEWS, 0)
        coarse, middle, fine = self._varied(w)
        with torch.autocast(self._device.type, torch.float16, enabled=self._device.type == "cuda"):
            whole = self._synthesis(coarse, middle, fine).float().clamp(-1, 1)  # (n, 3, 512, 512)
        seen = self._parser(F.avg_pool2d(whole, 2))
        boxes, known = boxes_of(seen)
        pixels, boxes = self._framed(whole, boxes)
        labels = self._parser(pixels)
        known &= boxes_of(labels)[1]
        known = known.unflatten(0, (count, VIEWS)).all(1).repeat_interleave(VIEWS)  # a person with all views, or none
        parts = torch.stack([square(pixels, boxes[:, k], self._config.part_side) for k in range(1, len(PARTS))], 1)
        scores = self._reader(F.avg_pool2d(pixels, pixels.shape[-1] // self._reader.config.side))
        read = dict(zip(self._reader.config.groups, scores))
        made = {
            "pixels": to_bytes(pixels),
            "labels": labels,
            "boxes": boxes,
            "embeddings": self._facenet(crop_faces(pixels, boxes[:, 0])),
            "faces": to_bytes(square(pixels, boxes[:, 0], self._config.face_side)),
            "parts": to_bytes(parts),
            "values": torch.stack([read[group].argmax(1) for group in READ], 1).to(torch.uint8),
        }
        return {key: value[known] for key, value in made.items()}

    def _normal(self, *shape: int) -> Tensor:
        return torch.randn(*shape, generator=self._random).to(self._device)

    def _uniform(self, low: float, high: float, *shape: int) -> Tensor:
        return (low + (high - low) * torch.rand(*shape, generator=self._random)).to(self._device)

    def _w(self, count: int) -> Tensor:
        mapped, mean = self._generator.mapping(self._normal(count, 512)), self._generator.mean_w
        return mean + self._uniform(*TRUNCATION, count, 1) * (mapped - mean)

    def _adults(self, count: int) -> Tensor:
        """(count, 512)."""
        found = torch.zeros(0, 512, device=self._device)
        while len(found) < count:
            w = self._w(2 * count)
            child = self._prior.read(w)["age"][:, self._prior.config.reads["age"].index("child")]
            found = torch.cat([found, w[child < MOST_CHILD]])
        return found[:count]

    def _varied(self, w: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """w for the coarse, the middle and the fine levels, (n, 512) each."""
        n = len(w)
        to = {name: LENGTHS[name] * direction for name, direction in self._directions.items()}
        chance = self._uniform(0, 1, n, 1)
        worn = (chance < GLASSES).float() * to["glasses"]
        worn += ((chance >= GLASSES) & (chance < GLASSES + SUNGLASSES)).float() * to["sunglasses"]
        mouth = self._uniform(-1.1, 1, n, 1) * to["smile"]
        mouth += (self._uniform(0, 1, n, 1) < OPEN).float() * to["open mouth"]
        light = self._uniform(-1, 1, n, 1) * to["light"]
        changed = w + self._uniform(0.8, 1.2, n, 1) * worn + mouth + light
        turned = changed + self._uniform(-TURNED, TURNED, n, 1) * to["turn"]
        others = self._w(n)
        coarse = turned + self._uniform(0, 0.1, n, 1) * (others - w)
        return coarse, changed, w + light + self._uniform(0.1, 0.5, n, 1) * (others - w)

    def _synthesis(self, coarse: Tensor, middle: Tensor, fine: Tensor) -> Tensor:
        """(n, 3, 512, 512), about -1 to 1."""
        generator = self._generator
        x = generator.start(generator.constant.expand(len(coarse), -1, -1, -1), coarse)
        for side, level in zip(LEVELS, generator.levels):
            x = level(x, coarse if side <= COARSE else middle if side <= MIDDLE else fine)
        return generator.colour(x * generator.colour_style(fine)[:, :, None, None])

    def _framed(self, pictures: Tensor, boxes: Tensor) -> tuple[Tensor, Tensor]:
        """The face's square of each picture, (n, 3, 256, 256), a little off as detectors are, and boxes within it."""
        n = len(pictures)
        face = boxes[:, 0]
        side = (face[:, 2:] - face[:, :2]).max(1).values / FACE_PART
        middle = (face[:, :2] + face[:, 2:]) / 2 - torch.stack([0 * side, RISE * side], 1)
        side = side * (0.035 * self._normal(n)).exp()
        middle = middle + 0.012 * side[:, None] * self._normal(n, 2)
        flip = torch.where(self._uniform(0, 1, n) < 0.5, -1.0, 1.0)
        turn = 0.05 * self._normal(n)
        cos, sin = turn.cos(), turn.sin()
        matrix = torch.stack([torch.stack([cos * flip, -sin], 1), torch.stack([sin * flip, cos], 1)], 1)
        theta = torch.cat([side[:, None, None] * matrix, (2 * middle - 1)[..., None]], 2)
        grid = F.affine_grid(theta, [n, 3, 2 * SIDE, 2 * SIDE], align_corners=False)
        cut = F.grid_sample(pictures, grid, padding_mode="border", align_corners=False)
        centers = (boxes[..., :2] + boxes[..., 2:]) / 2 - middle[:, None]  # (n, parts, 2)
        centers = centers @ torch.linalg.inv(matrix).mT / side[:, None, None] + 0.5
        half = (boxes[..., 2:] - boxes[..., :2]) / (2 * side[:, None, None])
        moved = torch.cat([centers - half, centers + half], -1)
        seen_in_mirror = moved[:, [0, 2, 1, 3, 4]]  # the viewer's left eye has become the right one
        moved = torch.where(flip[:, None, None] < 0, seen_in_mirror, moved)
        return F.avg_pool2d(cut, 2), moved

    @torch.no_grad()
    def _learned_directions(self) -> dict[str, Tensor]:
        """What to add to w for a turn to the left, a smile, glasses, light from the left: unit vectors.

        What a value adds when all others stay: a linear map from the reader's log odds to w. Means of those who smile
        and those who do not differ in age and sex, too.
        """
        w = self._w(FIT)
        read, reads = self._prior.read(w), self._prior.config.reads
        groups = [group for group in reads if group not in ("background", "place", "tone", "hair_colour", "hat")]
        odds = torch.cat([read[group].clamp(1e-3, 1 - 1e-3).logit() for group in groups], 1)
        odds = (odds - odds.mean(0)) / odds.std(0)
        penalty = RIDGE * torch.eye(odds.shape[1], device=self._device)
        table = torch.linalg.solve(odds.T @ odds + penalty, odds.T @ (w - w.mean(0)))
        names = [(group, value) for group in groups for value in reads[group]]

        def towards(group: str, value: str, away: str | None = None) -> Tensor:
            way = table[names.index((group, value))]
            return F.normalize(way if away is None else way - table[names.index((group, away))], dim=0)

        return {
            "turn": towards("pose", "facing left", "facing right"),
            "smile": towards("expression", "smiling", "neutral"),
            "open mouth": towards("expression", "open mouth"),
            "glasses": towards("eyewear", "glasses", "none"),
            "sunglasses": towards("eyewear", "sunglasses"),
            "light": towards("light", "from the left", "from the right"),
        }


def square(pictures: Tensor, boxes: Tensor, side: int) -> Tensor:
    """What the feature encoder sees of boxes, as ``engine/feature_encoder.py`` cuts it, (n, 3, side, side).

    Args:
        pictures: (n, 3, h, h) in [-1, 1].
        boxes: (n, 4), x0 y0 x1 y1 from 0 to 1.
    """
    half = (boxes[:, 2:] - boxes[:, :2]).max(1).values * (1 + MARGIN) / 2
    shrink = max(1, round(float(2 * half.mean()) * pictures.shape[-1] / side))
    theta = torch.zeros(len(boxes), 2, 3, device=pictures.device)
    theta[:, 0, 0] = theta[:, 1, 1] = 2 * half
    theta[:, :, 2] = boxes[:, :2] + boxes[:, 2:] - 1
    grid = F.affine_grid(theta, [len(boxes), 3, side, side], align_corners=False)
    return F.grid_sample(F.avg_pool2d(pictures, shrink), grid, align_corners=False)


def rounded_masks(boxes: Tensor, grow: Tensor, roundness: float) -> Tensor:
    """``box_mask`` in a batch: (n, 1, 256, 256), 1 inside.

    Args:
        boxes: (n, 4), x0 y0 x1 y1 from 0 to 1.
        grow: added on each side, as a part of the box's own width and height, (n,).
    """
    size = (boxes[:, 2:] - boxes[:, :2]) * (1 + 2 * grow[:, None])  # (n, 2)
    middle = (boxes[:, :2] + boxes[:, 2:]) / 2
    places = (torch.arange(SIDE, device=boxes.device) + 0.5) / SIDE
    radius = roundness * size.min(1).values[:, None, None]
    across = (places - middle[:, :1]).abs()[:, None, :] - size[:, :1, None] / 2 + radius
    down = (places - middle[:, 1:]).abs()[:, :, None] - size[:, 1:, None] / 2 + radius
    outside = torch.hypot(across.clamp(min=0), down.clamp(min=0)) + torch.maximum(across, down).clamp(max=0)
    return (outside <= radius).float()[:, None]


def head_masks(labels: Tensor, boxes: Tensor) -> Tensor:
    """``face_mask`` in a batch: the face, and what of the head lies in its box; (n, 1, 256, 256), 1 inside."""
    behind = torch.tensor([ORDER.index(part) for part in (FacePart.BACKGROUND, FacePart.CLOTHES)], device=labels.device)
    inner = torch.tensor([ORDER.index(part) for part in INNER_PARTS], device=labels.device)
    return (torch.isin(labels, inner)[:, None] | ((boxes > 0) & ~torch.isin(labels, behind)[:, None])).float()


def to_bytes(pixels: Tensor) -> Tensor:
    """Pictures in [-1, 1] to uint8."""
    return ((pixels + 1) * 127.5).round().clamp(0, 255).byte()


def as_float(pixels: Tensor) -> Tensor:
    """uint8 pictures to float in [-1, 1]."""
    return pixels.float() / 127.5 - 1
