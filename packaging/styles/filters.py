"""Filters for the styles that only large models know; packaging/starter/styles.py has the others."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np

Picture = np.ndarray  # (side, side, 3) uint8, RGB


def cinematic(photo: Picture) -> Picture:
    grey = _grey(photo)[..., None]
    graded = photo * 0.9 + np.array([-26, 4, 30]) * (1 - grey) + np.array([34, 8, -22]) * grey
    framed = _clip(_vignette((graded - 128) * 1.15 + 112, 0.55))
    bar = photo.shape[0] // 9
    framed[:bar], framed[-bar:] = 8, 8
    return framed


def studio(photo: Picture) -> Picture:
    soft = cv2.bilateralFilter(photo, 9, 25, 7).astype(np.float32)
    return _clip(_vignette((soft - 128) * 1.12 + 146, 0.25))


def low_key(photo: Picture) -> Picture:
    side = photo.shape[0]
    lit = np.clip(1.25 - np.linspace(0, 1, side)[None, :, None] * 1.35, 0.05, 1)
    return _clip(_vignette((photo.astype(np.float32) - 60) * 1.05 * lit, 0.9))


def polaroid(photo: Picture) -> Picture:
    faded = photo.astype(np.float32) * [0.86, 0.82, 0.7] + [44, 38, 46]
    framed = np.full_like(photo, 242)
    edge = photo.shape[0] // 14
    inner = photo.shape[0] - 2 * edge, photo.shape[0] - 4 * edge
    framed[edge : edge + inner[1], edge : edge + inner[0]] = cv2.resize(_clip(faded), inner)[: inner[1]]
    return framed


def renaissance(photo: Picture) -> Picture:
    flat = cv2.edgePreservingFilter(photo, flags=1, sigma_s=14, sigma_r=0.25).astype(np.float32)
    varnished = (flat - 128) * [1.1, 1.0, 0.8] + [122, 98, 62]
    cracks = cv2.GaussianBlur(_noise(photo, 1), (0, 0), 1.2)
    return _clip(_vignette(varnished + cracks[..., None] * 14, 0.75))


def impressionist(photo: Picture) -> Picture:
    """Short dabs of colour along the edges of the picture."""
    draw = np.random.default_rng(3)
    side = photo.shape[0]
    grey = cv2.GaussianBlur(_grey(photo), (0, 0), 3)
    angles = np.arctan2(cv2.Sobel(grey, cv2.CV_32F, 0, 1), cv2.Sobel(grey, cv2.CV_32F, 1, 0)) + np.pi / 2
    painted = _saturate(cv2.GaussianBlur(photo, (0, 0), 4), 1.5)
    colours = _saturate(photo, 1.6)
    for x, y in draw.integers(0, side, (side * side // 28, 2)):
        shift = draw.normal(0, 14, 3)
        length = side / 34
        ends = [(round(x + s * length * np.cos(angles[y, x])), round(y + s * length * np.sin(angles[y, x])))
                for s in (-0.5, 0.5)]  # fmt: skip
        cv2.line(painted, *ends, tuple(float(c) for c in np.clip(colours[y, x] + shift, 0, 255)), max(2, side // 90))
    return painted


def charcoal(photo: Picture) -> Picture:
    grey = cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY)
    light = cv2.GaussianBlur(255 - grey, (0, 0), photo.shape[0] / 14)
    drawn = cv2.divide(grey, 256 - light.astype(np.uint16), scale=256, dtype=cv2.CV_8U).astype(np.float32)
    toned = drawn * 0.55 + grey * 0.5 + cv2.GaussianBlur(_noise(photo, 5), (0, 0), 0.8) * 40
    return _clip((toned[..., None] - 140) * 1.5 + 120 + np.array([6, 2, -4]))


def pen_and_ink(photo: Picture) -> Picture:
    """Hatching, one more direction for each darker shade."""
    grey = cv2.createCLAHE(2.0, (4, 4)).apply(cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY))
    grey = cv2.GaussianBlur(grey, (0, 0), 1.5)
    y, x = np.mgrid[: photo.shape[0], : photo.shape[1]]
    step = max(photo.shape[0] // 80, 4)
    drawn = np.full(grey.shape, 255, np.uint8)
    for darkness, lines in ((165, x + y), (120, x - y), (80, y), (48, x)):
        drawn[(grey < darkness) & (lines % step < step * 0.4)] = 20
    edges = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_GAUSSIAN_C, cv2.THRESH_BINARY, 15, 6)
    return np.repeat(np.minimum(drawn, edges)[..., None], 3, 2)


def anime(photo: Picture) -> Picture:
    flat = photo
    for _ in range(4):
        flat = cv2.bilateralFilter(flat, 9, 40, 9)
    shaded = _saturate(_palette(flat, 9), 1.45).astype(np.float32) * 1.08 + 8
    return _clip(np.where(_outline(photo, 11, 8)[..., None], shaded * 0.35, shaded))


def ukiyo_e(photo: Picture) -> Picture:
    flat = cv2.bilateralFilter(cv2.bilateralFilter(photo, 9, 60, 9), 9, 60, 9)
    colours = np.array([[38, 48, 72], [88, 104, 124], [176, 96, 72], [222, 180, 140], [240, 224, 192], [150, 160, 140]])
    distance = ((flat[:, :, None, :].astype(np.float32) - colours) ** 2).sum(-1)
    printed = cv2.medianBlur(colours[distance.argmin(-1)].astype(np.uint8), 5)
    paper = cv2.GaussianBlur(_noise(photo, 2), (0, 0), 1)[..., None] * 12
    return _clip(np.where(_outline(photo, 15, 7)[..., None], [34, 36, 52], printed + paper))


def woodcut(photo: Picture) -> Picture:
    grey = cv2.GaussianBlur(cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY), (0, 0), 2).astype(np.float32)
    y, x = np.mgrid[: photo.shape[0], : photo.shape[1]]
    waves = np.sin((y + 9 * np.sin(x / 34)) * 2 * np.pi / (photo.shape[0] / 40)) * 62
    cut = cv2.medianBlur(((grey + waves) > 118).astype(np.uint8), 3)[..., None]
    return np.where(cut > 0, [238, 228, 206], [40, 30, 26]).astype(np.uint8)


def stained_glass(photo: Picture) -> Picture:
    return _tiles(photo, spread=15, lead=2, saturation=2.1)


def mosaic(photo: Picture) -> Picture:
    step = photo.shape[0] // 29
    small = cv2.resize(photo, (photo.shape[1] // step, photo.shape[0] // step), interpolation=cv2.INTER_AREA)
    shifted = np.clip(small + np.random.default_rng(4).normal(0, 10, (*small.shape[:2], 1)), 0, 255).astype(np.uint8)
    tiles = cv2.resize(_saturate(shifted, 1.5), photo.shape[:2], interpolation=cv2.INTER_NEAREST)
    tiles[::step], tiles[:, ::step] = 70, 70
    return tiles


def low_poly(photo: Picture) -> Picture:
    """Triangles between random points, more of them where there are edges."""
    draw = np.random.default_rng(7)
    side = photo.shape[0]
    edges = cv2.GaussianBlur(np.abs(cv2.Laplacian(_grey(photo), cv2.CV_32F, ksize=5)), (0, 0), 3) + 0.02
    chosen = draw.choice(side * side, 520, replace=False, p=(edges / edges.sum()).ravel())
    web = cv2.Subdiv2D((0, 0, side, side))
    rim = [(a, b) for a in (0, side // 2, side - 1) for b in (0, side // 2, side - 1)]
    for x, y in [*rim, *((int(at % side), int(at // side)) for at in chosen)]:
        web.insert((float(x), float(y)))
    soft = cv2.GaussianBlur(photo, (0, 0), 3)
    made = soft.copy()
    for corners in web.getTriangleList().reshape(-1, 3, 2):
        if ((corners >= 0) & (corners < side)).all():
            at = corners.mean(0).astype(int)
            cv2.fillConvexPoly(made, corners.astype(np.int32), soft[at[1], at[0]].tolist(), cv2.LINE_AA)
    return _saturate(made, 1.25)


def pixel_art(photo: Picture) -> Picture:
    small = cv2.resize(photo, (40, 40), interpolation=cv2.INTER_AREA)
    return cv2.resize(_saturate(_palette(small, 14), 1.4), photo.shape[:2], interpolation=cv2.INTER_NEAREST)


def cyberpunk(photo: Picture) -> Picture:
    grey = np.clip((_grey(photo)[..., None] - 0.1) * 1.25, 0, 1)
    across = np.linspace(0, 1, photo.shape[1])[None, :, None]
    neon = np.array([255, 40, 190]) * (1 - across) + np.array([30, 210, 255]) * across
    return _clip(_vignette(np.array([24, 8, 52]) * (1 - grey) + (neon * 0.75 + photo * 0.35) * grey, 0.5))


def _grey(photo: Picture) -> np.ndarray:
    return cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY).astype(np.float32) / 255


def _clip(values: np.ndarray) -> Picture:
    return np.clip(values, 0, 255).astype(np.uint8)


def _noise(photo: Picture, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, 1, photo.shape[:2]).astype(np.float32)


def _vignette(values: np.ndarray, strength: float) -> np.ndarray:
    y, x = np.mgrid[-1 : 1 : values.shape[0] * 1j, -1 : 1 : values.shape[1] * 1j]
    return values * (1 - strength * np.clip((x**2 + y**2 - 0.35) / 1.65, 0, 1))[..., None]


def _saturate(photo: Picture, factor: float) -> Picture:
    hsv = cv2.cvtColor(photo, cv2.COLOR_RGB2HSV).astype(np.float32)
    hsv[..., 1] = np.clip(hsv[..., 1] * factor, 0, 255)
    return cv2.cvtColor(hsv.astype(np.uint8), cv2.COLOR_HSV2RGB)


def _palette(photo: Picture, count: int) -> Picture:
    cv2.setRNGSeed(1)
    stop = (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 20, 1.0)
    flat = photo.reshape(-1, 3).astype(np.float32)
    _, labels, centres = cv2.kmeans(flat, count, None, stop, 2, cv2.KMEANS_PP_CENTERS)
    return centres[labels.ravel()].reshape(photo.shape).astype(np.uint8)


def _outline(photo: Picture, window: int, least: int) -> np.ndarray:
    grey = cv2.medianBlur(cv2.bilateralFilter(cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY), 9, 40, 7), 5)
    drawn = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, window, least)
    return cv2.medianBlur(drawn, 3) > 0


def _tiles(photo: Picture, spread: int, lead: int, saturation: float) -> Picture:
    """Cells around points on a shaken grid, with lead between them."""
    draw = np.random.default_rng(9)
    side = photo.shape[0]
    at = np.arange(spread // 2, side, spread)
    points = np.stack(np.meshgrid(at, at), -1).reshape(-1, 2) + draw.uniform(-0.42, 0.42, (at.size**2, 2)) * spread
    seeds = np.full((side, side), 255, np.uint8)
    for x, y in np.clip(points, 0, side - 1).astype(int):
        seeds[y, x] = 0
    _, cells = cv2.distanceTransformWithLabels(seeds, cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL)
    sums = np.stack([np.bincount(cells.ravel(), photo[..., c].ravel().astype(float)) for c in range(3)], -1)
    glass = (sums / np.maximum(np.bincount(cells.ravel()), 1)[:, None])[cells].astype(np.uint8)
    seams = cv2.morphologyEx(cells.astype(np.float32), cv2.MORPH_GRADIENT, np.ones((lead + 1, lead + 1))) > 0
    lit = _saturate(glass, saturation).astype(np.float32) * 1.15
    return _clip(np.where(seams[..., None], 24, lit))


FILTERS: dict[str, Callable[[Picture], Picture]] = {
    "studio photograph": studio,
    "cinematic film still": cinematic,
    "low-key photograph": low_key,
    "polaroid photo": polaroid,
    "renaissance portrait": renaissance,
    "impressionist painting": impressionist,
    "charcoal drawing": charcoal,
    "pen and ink": pen_and_ink,
    "anime": anime,
    "ukiyo-e woodblock print": ukiyo_e,
    "woodcut": woodcut,
    "stained glass": stained_glass,
    "mosaic": mosaic,
    "low poly": low_poly,
    "pixel art": pixel_art,
    "cyberpunk": cyberpunk,
}
