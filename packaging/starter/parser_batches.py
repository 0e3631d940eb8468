"""What the face parser learns from: pictures and their targets, changed in every way that a photo may differ by."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

from parser_targets import (
    BACKGROUND,
    BROWS,
    CLOTHES,
    EARS,
    FILE,
    LEFT_EYE,
    LIPS,
    NECK,
    NOSE,
    RIGHT_EYE,
    UNKNOWN,
    read_draw,
)  # fmt: skip

SURE = 0.5
"""A target less certain than this has no say."""
SIDES = np.arange(256, dtype=np.uint8)
SIDES[[LEFT_EYE, RIGHT_EYE]] = RIGHT_EYE, LEFT_EYE
"""Labels in a mirror."""


def read_targets(work: Path, known: dict[int, np.ndarray]) -> None:
    """Add the targets that were made meanwhile to ``known``: number of the picture to labels (256, 256)."""
    for file in sorted((work / "maps").glob("*.npz")):
        first = int(file.stem)
        if first not in known:
            made = np.load(file)
            for k, (labels, sure) in enumerate(zip(made["labels"], made["sure"])):
                known[first + k] = cleaned(np.where(sure < SURE * 255, UNKNOWN, labels).astype(np.uint8))
            assert first + FILE - 1 in known


def cleaned(labels: np.ndarray) -> np.ndarray:
    """Without what belongs to other people at the picture's edge, or lies where it cannot be.

    Args:
        labels: (256, 256) uint8, changed in place.
    """
    for label, most in ((NOSE, 1), (BROWS, 2), (LEFT_EYE, 1), (RIGHT_EYE, 1), (LIPS, 1), (EARS, 2)):
        count, spots, stats, middles = cv2.connectedComponentsWithStats((labels == label).astype(np.uint8))
        if count > most + 1:
            # The largest near the middle; the generator frames all faces alike.
            near = np.hypot(middles[1:, 0] - 128, middles[1:, 1] - 135) < 95
            order = np.argsort(-stats[1:, cv2.CC_STAT_AREA] * near) + 1
            labels[np.isin(spots, order[most:])] = UNKNOWN
    lips = np.flatnonzero((labels == LIPS).any(1))
    if len(lips):
        upper = labels[: lips[0]]
        upper[upper == NECK] = UNKNOWN  # a hat's brim
        upper = labels[: lips[-1]]
        _, spots, _, middles = cv2.connectedComponentsWithStats((upper == CLOTHES).astype(np.uint8))
        beside = np.flatnonzero(np.abs(middles[:, 0] - 128) > 50)  # what is above the middle is a hat
        upper[np.isin(spots, beside) & (upper == CLOTHES)] = UNKNOWN  # dark things behind people are taken for clothes
    return labels


def example(draws: Path, number: int, targets: dict[int, np.ndarray], r: np.random.Generator, side: int):
    """A changed picture (side, side, 3) uint8 RGB and its labels (side, side)."""
    picture, labels = read_draw(draws, number)[..., ::-1], targets[number]
    if r.random() < 0.25:
        other = int(r.choice(list(targets)[:2000]))
        picture = _before_another(picture, labels, read_draw(draws, other)[..., ::-1], r)
    if r.random() < 0.2:
        picture = _with_glasses(picture, labels, r)
    if r.random() < 0.2:
        picture, labels = _covered(picture, labels, r)
    picture, labels = _framed(picture, labels, r, side)
    return _developed(picture, r), labels


def _framed(picture, labels, r, side):
    """Scaled, moved, turned and mirrored."""
    scale, turn = side / 256 * np.exp(r.uniform(np.log(0.7), np.log(1.4))), r.normal(0, 10)
    if r.random() < 0.25:
        turn = r.uniform(-32, 32)
    matrix = cv2.getRotationMatrix2D((128, 132), turn, scale)
    matrix[:, 2] += np.array([side / 2 - 128, side / 2 - 128]) + r.normal(0, 0.05, 2) * side
    if r.random() < 0.5:
        matrix = matrix @ np.array([[-1, 0, 255], [0, 1, 0], [0, 0, 1]])
        labels = SIDES[labels]
    edge = cv2.BORDER_REPLICATE  # as engine.crops does it
    picture = cv2.warpAffine(
        np.ascontiguousarray(picture), matrix, (side, side), flags=cv2.INTER_LINEAR, borderMode=edge
    )
    return picture, cv2.warpAffine(labels, matrix, (side, side), flags=cv2.INTER_NEAREST, borderMode=edge)


def _before_another(picture, labels, other, r):
    """The person before a new background."""
    kind = r.integers(4)
    if kind == 0:
        behind = np.full_like(picture, r.integers(0, 256, 3))
    elif kind == 1:
        corners = r.integers(0, 256, (2, 2, 3)).astype(np.float32)
        behind = cv2.resize(corners, (256, 256))
    elif kind == 2:
        cells = r.integers(0, 256, (int(r.integers(4, 40)),) * 2 + (3,)).astype(np.float32)
        behind = cv2.resize(cells, (256, 256), interpolation=int(r.choice([cv2.INTER_NEAREST, cv2.INTER_CUBIC])))
    else:  # upside down, so that no second face stands there
        behind = cv2.GaussianBlur(np.ascontiguousarray(other[::-1]), (0, 0), r.uniform(0.5, 12))
    apart = cv2.GaussianBlur((labels == BACKGROUND).astype(np.float32), (0, 0), r.uniform(0.6, 1.5))[..., None]
    return np.clip(picture * (1 - apart) + np.clip(behind, 0, 255) * apart, 0, 255).astype(np.uint8)


def _with_glasses(picture, labels, r):
    """Frames, sometimes with dark glass; what lies under them keeps its name."""
    middles = [np.argwhere(labels == eye)[:, ::-1].mean(0) for eye in (LEFT_EYE, RIGHT_EYE) if (labels == eye).any()]
    if len(middles) < 2:
        return picture
    drawn, gap = picture.copy(), np.linalg.norm(middles[1] - middles[0])
    colour = tuple(int(v) for v in (r.integers(0, 70, 3) if r.random() < 0.6 else r.integers(0, 256, 3)))
    wide, high, thick = gap * r.uniform(0.32, 0.44), gap * r.uniform(0.22, 0.4), int(r.integers(1, 5))
    turn = float(np.degrees(np.arctan2(*(middles[1] - middles[0])[::-1])))
    round_, dark = r.random() < 0.5, r.random() < 0.35
    glass = picture.copy()
    for middle in middles:
        center, size = tuple(float(v) for v in middle + np.array([0, 0.05 * gap])), (float(2 * wide), float(2 * high))
        for target, width in ((glass, -1), (drawn, thick)):
            if round_:
                cv2.ellipse(target, (center, size, turn), colour, width, cv2.LINE_AA)
            elif width < 0:
                cv2.fillPoly(target, [np.rint(cv2.boxPoints((center, size, turn))).astype(np.int32)], colour)
            else:
                cv2.polylines(
                    target, [np.rint(cv2.boxPoints((center, size, turn))).astype(np.int32)], True, colour, width, 16
                )
    along = (middles[1] - middles[0]) / gap
    ends = [(middles[0] + along * wide, middles[1] - along * wide)]
    ends += [
        (middles[0] - along * wide, middles[0] - along * gap),
        (middles[1] + along * wide, middles[1] + along * gap),
    ]
    for a, b in ends:
        cv2.line(
            drawn, tuple(np.rint(a).astype(int).tolist()), tuple(np.rint(b).astype(int).tolist()), colour, thick, 16
        )
    strength = r.uniform(0.4, 1.0) if dark else r.uniform(0, 0.15)
    frame = (drawn != picture).any(2, keepdims=True)
    return np.where(frame, drawn, (picture * (1 - strength) + glass * strength).astype(np.uint8))


def _covered(picture, labels, r):
    """Something before the face, which is background as far as the face goes."""
    count = int(r.integers(3, 9))
    middle, reach = r.normal((128, 150), 45), r.uniform(15, 60)
    angles = np.sort(r.uniform(0, 2 * np.pi, count))
    outline = middle + np.stack([np.cos(angles), np.sin(angles)], 1) * reach * r.uniform(0.5, 1.3, (count, 1))
    shape = np.zeros((256, 256), np.uint8)
    cv2.fillPoly(shape, [np.rint(outline).astype(np.int32)], 255)
    shape = cv2.GaussianBlur(shape, (0, 0), float(r.uniform(1, 6)))
    inside = shape > 127
    cells = r.integers(0, 256, (int(r.integers(1, 12)),) * 2 + (3,)).astype(np.float32)
    even = r.integers(0, 256, 3)
    thing = np.clip(cv2.resize(cells, (256, 256)) * r.uniform(0, 0.6) + even * 0.6, 0, 255).astype(np.uint8)
    return np.where(inside[..., None], thing, picture), np.where(inside, BACKGROUND, labels).astype(np.uint8)


def _developed(picture, r):
    """Light, colour, sharpness, noise and JPEG of another camera."""
    pixels = picture.astype(np.float32) / 255
    side = len(pixels)
    if r.random() < 0.5:
        pixels = pixels ** np.exp(r.normal(0, 0.35))
    if r.random() < 0.3:  # light from one side
        ramp = cv2.resize(np.exp(r.normal(0, 0.45, (2, 2))).astype(np.float32), (side, side))
        pixels = pixels * ramp[..., None]
    if r.random() < 0.6:
        pixels = (pixels - 0.5) * np.exp(r.normal(0, 0.2)) + 0.5 + r.normal(0, 0.06)
        pixels = pixels * np.exp(r.normal(0, 0.08, 3)).astype(np.float32)
    grey = pixels.mean(2, keepdims=True)
    kind = r.random()
    if kind < 0.12:  # black and white, or a tone
        pixels = grey * (r.uniform(0.7, 1.1, 3) if r.random() < 0.4 else np.ones(3)).astype(np.float32)
    elif kind < 0.5:
        pixels = grey + (pixels - grey) * r.uniform(0.3, 1.7)
    pixels = np.ascontiguousarray(pixels, np.float32)
    soft = r.random()
    if soft < 0.15:
        pixels = cv2.GaussianBlur(pixels, (0, 0), r.uniform(0.5, 2.2))
    elif soft < 0.35:
        small = int(side * r.uniform(0.2, 0.7))
        pixels = cv2.resize(cv2.resize(pixels, (small, small), interpolation=cv2.INTER_AREA), (side, side))
    if r.random() < 0.3:
        pixels = pixels + r.normal(0, r.uniform(0.005, 0.07), pixels.shape).astype(np.float32)
    whole = (np.clip(pixels, 0, 1) * 255).astype(np.uint8)
    if r.random() < 0.3:
        whole = cv2.imdecode(cv2.imencode(".jpg", whole, [cv2.IMWRITE_JPEG_QUALITY, int(r.integers(15, 85))])[1], 1)
    return whole


def batch(
    draws: Path, numbers: Sequence[int], targets: dict[int, np.ndarray], r: np.random.Generator, count: int, side: int
) -> tuple[np.ndarray, np.ndarray]:
    """(count, side, side, 3) uint8 and labels (count, side, side)."""
    rows = [example(draws, int(number), targets, r, side) for number in r.choice(numbers, count)]
    return np.stack([row[0] for row in rows]), np.stack([row[1] for row in rows])
