"""Styles made of pieces: stained glass, mosaic, triangles, pixels."""

from __future__ import annotations

import cv2
import numpy as np

from facea_desktop.engine.style_filters.flow_field import Flow
from facea_desktop.engine.style_filters.line_art import outlines
from facea_desktop.engine.style_filters.textures import cells, clouds, noise, relief
from facea_desktop.engine.style_filters.tone import (
    Photo,
    Plane,
    blurred,
    contrasted,
    detail,
    evened,
    flat_areas,
    flattened,
    from_middle,
    grey,
    limited,
    mixed,
    rgb,
    saturated,
    smoothstep,
    split_toned,
    unit,
)

_PIXELS = (  # hues shift from cool shadows to warm lights, as pixel artists draw their ramps
    *((16, 14, 26), (36, 32, 52), (58, 54, 78), (90, 88, 108), (130, 130, 144), (176, 178, 184), (222, 222, 218)),
    *(
        (250, 248, 240),
        (44, 22, 30),
        (74, 38, 40),
        (108, 60, 50),
        (142, 82, 62),
        (176, 108, 80),
        (194, 124, 92),
        (212, 146, 112),
    ),
    *((230, 172, 136), (246, 202, 168), (254, 228, 202), (120, 30, 44), (172, 46, 54), (196, 72, 74), (226, 150, 128)),
    *((66, 46, 34), (102, 78, 50), (150, 122, 74), (200, 170, 104), (238, 214, 140), (24, 44, 62), (34, 74, 100)),
    *((58, 114, 148), (108, 162, 190), (168, 208, 220), (30, 56, 42), (56, 90, 58), (98, 132, 78), (156, 178, 110)),
    *((70, 40, 84), (116, 70, 122), (168, 116, 160)),
    *((134, 98, 92), (172, 132, 126), (206, 168, 160), (234, 208, 200)),  # pale skin, which is hardly coloured
)
_FRACTION_BITS = 4  # cv2 draws to a 16th of a pixel
_KEYS = 4096
_BAYER = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]], np.float32) / 16 - 15 / 32


def stained_glass(photo: Photo) -> Photo:
    """Coloured glass in lead, small pieces where there is much to see, with the painter's dark lines on it."""
    flat = flat_areas(photo, 6, 0.1, 2)
    light = grey(photo)
    points = scattered(detail(light, 1.5, 10), (56, 28, 14), (0.26, 0.74), 151)
    labels = _pieces(blurred(flat, 2), points)
    glass = saturated(limited(contrasted(_means(photo, labels), 0.45, 0.46) * 0.94 + 0.02), 2.1)
    shade = np.random.default_rng(152).normal(0, 0.1, _KEYS).astype(np.float32)[_keys(points, unit(light))]
    painted = glass * (0.58 + 0.56 * contrasted(evened(light, 0.25), 0.5, 0.5))[..., None]
    painted = painted * (1 + shade[labels])[..., None]
    streaks = clouds(photo.shape, 24, 153, 3) * 0.05 + 0.04 * noise(photo.shape, 60, 154, 0.4)
    inner = _inner(labels, 8)
    bulge = relief(blurred(inner, 2), 1.0)
    window = 1.12 + streaks - 0.3 * smoothstep(0.3, 1.5, from_middle(photo.shape))
    lit = painted * (window * bulge)[..., None]
    lines = outlines(light, Flow.of(light, 4), 2.4, 0.04, 0.12, 8)
    drawn = mixed(lit, np.broadcast_to(rgb(40, 22, 16), photo.shape), 0.85 * lines)
    glowing = limited(0.88 * drawn + 0.24 * blurred(drawn, 7))
    thin = 1.0 + 0.9 * smoothstep(0.6, 0.2, detail(light, 1.5, 10))
    lead = 1 - limited((inner * 8 - thin) / np.float32(1.3) + 0.5)
    metal = rgb(34, 32, 34) * relief(blurred(lead, 1.2), 2.5)[..., None]
    return limited(mixed(glowing, metal, lead))


def mosaic(photo: Photo) -> Photo:
    """Cut stones laid along the contours, smaller ones for eyes and mouth, grout between them."""
    soft = saturated(limited(contrasted(flattened(photo, 2, 0.05), 0.45, 0.46) * 1.12 + 0.03), 1.5)
    colours = blurred(limited(soft + 0.5 * (soft - blurred(soft, 4))), 1.3)
    light = grey(photo)
    fine = detail(light, 1.5, 8)
    points = scattered(fine, (11.6, 5.8), (0.3,), 161, shake=0.14)
    rows, columns = _pixels(points, photo.shape)
    sides = np.where(fine[rows, columns] >= 0.3, 5.7, 10.9)
    chance = np.random.default_rng(163).standard_normal((_KEYS, 8)).astype(np.float32)[_keys(points, unit(light))]
    grout = rgb(88, 78, 70) * (1 + 0.06 * noise(photo.shape, 2, 162))[..., None]
    shapes = _stones(points, Flow.of(light, 8, calm=0.03), sides, chance[:, :4], unit(light))
    joints = points[:, None] + (shapes - points[:, None]) * (1 + 1.9 / sides)[:, None, None]
    paint = limited(colours[rows, columns] * (1 + 0.05 * chance[:, 4:5]) + 0.02 * chance[:, 5:])
    sheet = (np.dstack([limited(grout), np.full(light.shape, 0.1, np.float32)]) * 255).astype(np.uint8)
    inks = np.column_stack([paint * 255, 200 + 20 * chance[:, 3]]).tolist()
    beds = np.column_stack([limited(grout[rows, columns]) * 255, np.full(len(points), 25.0)]).tolist()
    for joint, bed, stone, ink in zip(_fixed(joints), beds, _fixed(shapes), inks, strict=True):
        cv2.fillConvexPoly(sheet, joint, bed, cv2.LINE_AA, _FRACTION_BITS)
        cv2.fillConvexPoly(sheet, stone, ink, cv2.LINE_AA, _FRACTION_BITS)
    values = sheet.astype(np.float32) / 255
    surface = blurred(np.ascontiguousarray(values[..., 3]), 0.8) + 0.05 * noise(photo.shape, 1.6, 164)
    return limited(values[..., :3] * relief(surface, 0.9)[..., None])


def low_poly(photo: Photo) -> Photo:
    """Flat triangles, more and smaller where there is detail."""
    light = grey(photo)
    soft = flattened(photo, 4, 0.06)
    fine = detail(light, 1.5, 6)
    points = _on_edges(scattered(fine, (60, 30, 15, 7.5), (0.07, 0.3, 0.66), 171, shake=0.42), light)
    height, width = light.shape
    web = cv2.Subdiv2D((0, 0, width, height))
    step = 48 * unit(photo)
    rim = [(x, y) for x in np.linspace(0, width - 1, max(2, round(width / step))) for y in (0, height - 1)]
    rim += [(x, y) for y in np.linspace(0, height - 1, max(2, round(height / step))) for x in (0, width - 1)]
    for x, y in [*rim, *points]:
        web.insert((float(x), float(y)))
    triangles = np.asarray(web.getTriangleList()).reshape(-1, 3, 2)
    triangles = triangles[((triangles >= -1) & (triangles <= [width, height])).all((1, 2))]
    labels = np.zeros(light.shape, np.int32)
    for number, corners in enumerate(triangles):
        cv2.fillConvexPoly(labels, _fixed(corners), number, cv2.LINE_8, _FRACTION_BITS)
    colours = _means(soft, labels, whole=False)
    turned = triangles[:, 1] - triangles[:, 0]
    facet = (0.05 * np.sin(np.arctan2(turned[:, 1], turned[:, 0]) * 2)).astype(np.float32)
    sheet = np.zeros(photo.shape, np.uint8)
    shaded = saturated(contrasted(limited(colours[None] + facet[None, :, None]), 0.4, 0.48), 1.35)[0] * 255
    for corners, colour in zip(_fixed(triangles), shaded.tolist(), strict=True):
        cv2.fillConvexPoly(sheet, corners, colour, cv2.LINE_8, _FRACTION_BITS)
        cv2.polylines(sheet, [corners], True, colour, 1, cv2.LINE_AA, _FRACTION_BITS)
    return split_toned(sheet.astype(np.float32) / 255, (20, 40, 100), (255, 226, 180), 0.12)


def pixel_art(photo: Photo) -> Photo:
    """Large pixels of some forty colours, dithered."""
    height, width = photo.shape[:2]
    side = max(1, round(5 * unit(photo)))
    rows, columns = -(-height // side), -(-width // side)
    padded = np.pad(photo, ((0, rows * side - height), (0, columns * side - width), (0, 0)), mode="edge")
    small = cv2.resize(padded, (columns, rows), interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(small, (0, 0), 0.9)
    crisp = limited(small + 0.7 * (small - soft))
    bold = saturated(contrasted(crisp, 0.5, 0.48), 1.08)
    pattern = np.tile(_BAYER, (rows // 4 + 1, columns // 4 + 1))[:rows, :columns, None]
    palette = np.array(_PIXELS, np.float32)[None] / 255
    lab, inks = (cv2.cvtColor(some, cv2.COLOR_RGB2LAB) for some in (limited(bold + pattern * 0.09), palette))
    weights = np.array([1.15, 1, 1], np.float32)
    nearest = (((lab[:, :, None] - inks[0]) * weights) ** 2).sum(-1).argmin(-1)
    return np.repeat(np.repeat(palette[0][nearest], side, 0), side, 1)[:height, :width]


def scattered(
    detail: Plane, pitches: tuple[float, ...], thresholds: tuple[float, ...], seed: int, shake: float = 0.36
) -> np.ndarray:
    """Points spread evenly, closer where there is more detail: the leaves of a quadtree, each point shaken a little.

    Args:
        detail: 0 to 1.
        pitches: units between points, each half of the one before.
        thresholds: detail from which on a cell is divided, one less than pitches.
        seed: of the shaking.
        shake: part of the pitch.

    Returns:
        (n, 2) float32 x, y in pixels.
    """
    height, width = detail.shape
    finest = pitches[-1] * unit(detail)
    columns, rows = max(1, round(width / finest)), max(1, round(height / finest))
    amount = cv2.resize(detail, (columns, rows), interpolation=cv2.INTER_AREA)
    found = []
    taken = np.zeros((rows, columns), bool)
    for level, pitch in enumerate(pitches):
        size = round(pitch / pitches[-1])
        draw = np.random.default_rng(seed + level)
        for row in range(0, rows, size):
            jitter = draw.uniform(-shake, shake, (columns // size + 1, 2))
            for number, column in enumerate(range(0, columns, size)):
                block = np.s_[row : row + size, column : column + size]
                if taken[block].any():
                    continue
                if level < len(thresholds) and amount[block].max() >= thresholds[level]:
                    continue
                taken[block] = True
                x = (column + size * (0.5 + jitter[number, 0])) * width / columns
                y = (row + size * (0.5 + jitter[number, 1])) * height / rows
                found.append((min(x, width - 1), min(y, height - 1)))
    return np.array(found, np.float32)


def _on_edges(points: np.ndarray, light: Plane) -> np.ndarray:
    """Each point moved to the steepest place near it, so that triangles end where shapes do."""
    px = unit(light)
    soft = blurred(light, 1.5)
    slope = np.hypot(cv2.Sobel(soft, cv2.CV_32F, 1, 0), cv2.Sobel(soft, cv2.CV_32F, 0, 1)) * px
    reach = max(1, round(3 * px))
    moved = points.copy()
    for at, (x, y) in enumerate(points.astype(int)):
        top, left = max(0, y - reach), max(0, x - reach)
        about = slope[top : y + reach + 1, left : x + reach + 1]
        row, column = np.unravel_index(about.argmax(), about.shape)
        if about[row, column] > 0.06:
            moved[at] = left + column, top + row
    return moved


def _pieces(photo: Photo, points: np.ndarray) -> np.ndarray:
    """The number of the point whose piece each pixel belongs to: near it and of its colour (after SLIC, Achanta 2012).

    Pieces begin as Voronoi cells; then each pixel may change to a piece of a pixel near it that suits it better.
    """
    height, width = photo.shape[:2]
    px = unit(photo)
    rows, columns = _pixels(points, photo.shape)
    cell, _ = cells((height, width), points)
    first = np.zeros(int(cell.max()) + 1, np.int32)
    first[cell[rows, columns]] = np.arange(len(points))
    labels = first[cell]
    at = (points / px).astype(np.float32)
    colours = cv2.cvtColor(photo, cv2.COLOR_RGB2LAB)
    mean = colours[rows, columns]
    y, x = (np.mgrid[:height, :width] / px).astype(np.float32)

    def cost(candidates: np.ndarray) -> Plane:
        far = (x - at[candidates, 0]) ** 2 + (y - at[candidates, 1]) ** 2
        return far + 1.6 * ((colours - mean[candidates]) ** 2).sum(-1)

    least = cost(labels)
    for reach in (12, 6, 3, 1, 1):
        step = max(1, round(reach * px))
        for down, right in ((0, step), (0, -step), (step, 0), (-step, 0)):
            near = cv2.warpAffine(
                labels.astype(np.float32),
                np.array([[1, 0, right], [0, 1, down]], np.float32),
                (width, height),
                flags=cv2.INTER_NEAREST,
                borderMode=cv2.BORDER_REPLICATE,
            ).astype(np.int32)
            other = cost(near)
            better = other < least
            labels[better], least[better] = near[better], other[better]
    return cv2.medianBlur(labels.astype(np.float32), 5).astype(np.int32)


def _means(photo: Photo, labels: np.ndarray, whole: bool = True) -> Photo:
    """The mean colour of each piece: of every pixel, or (n, 3) where not ``whole``."""
    flat = labels.ravel()
    count = np.maximum(np.bincount(flat), 1)
    means = np.stack([np.bincount(flat, photo[..., c].ravel()) / count for c in range(3)], -1).astype(np.float32)
    return means[labels] if whole else means


def _inner(labels: np.ndarray, reach: float) -> Plane:
    """How far inside its piece each pixel lies: 0 at the border, 1 from ``reach`` units on."""
    px = min(labels.shape) / 512
    border = cv2.morphologyEx(labels.astype(np.float32), cv2.MORPH_GRADIENT, np.ones((2, 2), np.uint8)) > 0
    return limited(cv2.distanceTransform((~border).astype(np.uint8), cv2.DIST_L2, 5) / np.float32(reach * px))


def _pixels(points: np.ndarray, shape: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Rows and columns of points."""
    return (np.clip(points[:, 1].astype(int), 0, shape[0] - 1), np.clip(points[:, 0].astype(int), 0, shape[1] - 1))


def _stones(points: np.ndarray, flow: Flow, sides: np.ndarray, chance: np.ndarray, px: float) -> np.ndarray:
    """(n, 4, 2) corners of roughly square stones of ``sides`` units, laid along the flow."""
    rows, columns = _pixels(points, flow.dx.shape)
    along = np.stack([flow.dx[rows, columns], flow.dy[rows, columns]], -1) * (sides * px / 2)[:, None]
    beside = np.stack([-along[:, 1], along[:, 0]], -1)
    rough = (1 + 0.07 * chance)[..., None]
    square = np.array([[1, 1], [1, -1], [-1, -1], [-1, 1]], np.float32)
    return points[:, None] + rough * (square[:, :1] * along[:, None] + square[:, 1:] * beside[:, None])


def _fixed(points: np.ndarray) -> np.ndarray:
    """Pixels as cv2 draws fractions of them."""
    return np.round(points * 2**_FRACTION_BITS).astype(np.int32)


def _keys(points: np.ndarray, px: float) -> np.ndarray:
    """A number below ``_KEYS`` for each point that goes by its place alone, to look up its chance values."""
    x, y = (points / px * 3).astype(int).T
    return (x * 73 + y * 151) % _KEYS
