"""Targets for the face parser, labelled by nobody: the face generator's own features know the parts of a face.

    parser_targets.py seeds  --draws DIR --generator FOLDER --landmarks FILE --work DIR
    parser_targets.py fit    --work DIR
    parser_targets.py maps   --draws DIR --generator FOLDER --work DIR --from 0 --to 8000

DIR of --draws holds what the face generator drew: ``NNNNNN.webp`` (256 px) and ``wBBB.npy``, the w of 500 pictures.

1. ``seeds``: k-means over the features of two layers of 64 x 64. A cluster means the same thing in every picture, so
   its name is given once, below, from looking at them. Small parts get their name from landmarks (dlib's 68 points)
   where the cluster does not contradict. Whatever is doubtful has no label.
2. ``fit``: a small pixelwise classifier from the features (those two layers and one of 128 x 128) to the seeds. It
   averages over the landmarks' errors and names what had no label.
3. ``maps``: its answer for each picture, fitted to the picture's edges by a guided filter (He et al. 2010), as
   uint8 (256, 256) in files of a hundred, and how sure it is, as uint8 of 255.

Needs openvino, opencv, scikit-learn and dlib beside torch; the program needs none of them for this.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np

PARTS = (
    *("background", "skin", "nose", "brows", "left_eye", "right_eye", "lips"),
    *("ears", "hair", "neck", "clothes"),
)
"""FacePart of facea_desktop.domain.faces, in its order."""
BACKGROUND, SKIN, NOSE, BROWS, LEFT_EYE, RIGHT_EYE, LIPS, EARS, HAIR, NECK, CLOTHES = range(len(PARTS))
UNKNOWN = 255

COARSE = ("Conv_388", "Conv_421")
"""Layers of 512 channels at 64 x 64."""
FINE = "Conv_521"
"""A layer of 256 channels at 128 x 128."""
CLUSTERS = 28
NAMES = {
    **dict.fromkeys((1, 3, 10, 11, 16, 20, 23), BACKGROUND),
    **dict.fromkeys((4, 8, 14, 18, 24), SKIN),
    **dict.fromkeys((2, 9, 12, 13, 17, 22), HAIR),
    **dict.fromkeys((7, 27), CLOTHES),
    15: NECK,
}
"""What a cluster shows in every picture. Not named: outlines (5, 21, 26), lips and the nose's underside (0, 19), eyes
and lips (25), and what lies about the eyes or is an ear (6)."""
ABOUT_EYES_OR_EARS = 6
FIRST_PICTURES, PIXELS_A_PICTURE = 400, 160
"""What k-means sees."""
SEEDED, SEEDS_A_PART = 900, 40
"""Pictures whose seeds are used, and how many pixels of each part are taken from each."""
PRIORS = np.log([1, 1, 0.7, 0.2, 0.6, 0.6, 0.8, 0.6, 1, 0.4, 1]).astype(np.float32)
"""In the seeds every part is as frequent as the others, in a picture it is not: found by looking at borders."""
BLOCK, FILE = 500, 100
"""Pictures whose w are in one file, and whose targets are."""


class Features:
    """The generator's middle layers for a w, through openvino."""

    def __init__(self, folder: Path) -> None:
        import openvino as ov

        core = ov.Core()
        model = core.read_model(folder / "SynthesisNetwork.xml")
        layers = {layer.get_friendly_name(): layer for layer in model.get_ops()}
        outputs = [layers[name].output(0) for name in (*COARSE, FINE)]
        part = ov.Model(outputs, model.get_parameters(), "features")
        self._run = core.compile_model(part, "CPU", {"INFERENCE_NUM_THREADS": 1})

    def __call__(self, w: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Unit vectors, (64 * 64, 1024) and (128 * 128, 256)."""
        out = self._run(w[None].astype(np.float32))
        coarse = np.concatenate([out[0][0], out[1][0]]).reshape(1024, -1).T
        return _unit(coarse), _unit(out[2][0].reshape(256, -1).T)


def _unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-6)


def read_draw(draws: Path, number: int) -> np.ndarray:
    """Picture ``number``, (256, 256, 3) BGR."""
    return cv2.imread(str(draws / f"{number:06d}.webp"))


def read_w(draws: Path, number: int) -> np.ndarray:
    """Its w, (512,)."""
    return np.load(draws / f"w{number // BLOCK:03d}.npy", mmap_mode="r")[number % BLOCK].astype(np.float32)


def find_clusters(features: Features, draws: Path) -> np.ndarray:
    """Centres of the clusters, (CLUSTERS, 1024)."""
    from sklearn.cluster import MiniBatchKMeans

    r = np.random.default_rng(0)
    rows = [features(read_w(draws, i))[0][r.choice(64 * 64, PIXELS_A_PICTURE, False)] for i in range(FIRST_PICTURES)]
    clusters = MiniBatchKMeans(CLUSTERS, random_state=0, n_init=3, batch_size=4096).fit(np.concatenate(rows))
    return clusters.cluster_centers_.astype(np.float32)


def clusters_of(coarse: np.ndarray, centres: np.ndarray) -> np.ndarray:
    """The cluster of each place, (64, 64)."""
    return (2 * coarse @ centres.T - (centres**2).sum(1)).argmax(1).reshape(64, 64)


def seeds_of(clusters: np.ndarray, points: np.ndarray, grey: np.ndarray) -> np.ndarray:
    """Labels at 128 x 128 where they are certain, UNKNOWN elsewhere.

    Args:
        clusters: (64, 64).
        points: dlib's 68 landmarks in pixels of 128, (68, 2).
        grey: the picture at that size, (128, 128).
    """
    cluster = np.kron(clusters, np.ones((2, 2), int))  # (128, 128)
    names = np.full(CLUSTERS, UNKNOWN, np.uint8)
    names[list(NAMES)] = list(NAMES.values())
    seeds = names[cluster]
    eyes = np.linalg.norm(points[36:42].mean(0) - points[42:48].mean(0))  # distance between the eyes
    y, x = np.mgrid[:128, :128]
    jaw = _filled([*points[:17], *(points[26:16:-1] - (0, 0.5 * eyes))])
    inner = cv2.erode(jaw, _disc(3)) > 0
    outer = cv2.dilate(jaw, _disc(5)) > 0
    skin = seeds == SKIN
    seeds[skin & ~outer & (y > points[17:27, 1].min())] = UNKNOWN  # an ear or the neck
    below = np.interp(x[0], points[3:14, 0], points[3:14, 1])[None] + 3  # the jaw's line, a little lower
    seeds[(skin | (cluster == 21)) & (y > below) & ~outer & (y > points[4, 1])] = NECK
    seeds[(seeds == NECK) & inner] = UNKNOWN
    beside = (x < np.interp(y, points[:8, 1], points[:8, 0]) - 2) | (
        x > np.interp(y, points[16:8:-1, 1], points[16:8:-1, 0]) + 2
    )
    high = (y > points[[19, 24], 1].min()) & (y < points[[48, 54], 1].mean())
    seeds[((cluster == ABOUT_EYES_OR_EARS) | (skin & ~outer)) & beside & high] = EARS
    seeds[np.isin(cluster, (ABOUT_EYES_OR_EARS, 0, 19)) & inner] = SKIN
    free = ~np.isin(seeds, (HAIR, BACKGROUND, CLOTHES))
    for label, shape, near in _small_parts(points, eyes):
        ring = cv2.dilate(shape, _disc(near)) > 0
        seeds[ring & free & (seeds != LIPS)] = UNKNOWN
        shape = (shape > 0) & free
        if label == BROWS:  # the landmarks' line is only near them; they are what is dark there
            shape &= grey <= np.median(grey[ring])
        seeds[shape] = label
    return seeds


def _small_parts(points: np.ndarray, eyes: float) -> list[tuple[int, np.ndarray, int]]:
    """Label, shape and width of the doubtful ring, later ones over earlier ones."""
    middle, tip = points[27], points[33]
    across = points[45] - points[36]
    across = across / (np.linalg.norm(across) + 1e-6)
    width = 0.1 * eyes
    nose = [
        *(middle - across * width, points[31] - across * 1.2 * width, tip + (tip - middle) * 0.04),
        *(points[35] + across * 1.2 * width, middle + across * width),
    ]
    brows = np.zeros((128, 128), np.uint8)
    for arc in (points[17:22], points[22:27]):
        line = np.rint((arc + np.array([0, 0.03 * eyes])) * 16).astype(np.int32)
        cv2.polylines(brows, [line], False, 255, 3, cv2.LINE_8, 4)
    open_eyes = [(LEFT_EYE, points[36:42]), (RIGHT_EYE, points[42:48])]
    return [
        (NOSE, _filled(nose), 5),
        (BROWS, brows, 5),
        *((label, cv2.dilate(_filled(outline), _disc(3)), 3) for label, outline in open_eyes),
        (LIPS, _filled(points[48:60]), 3),
    ]


def _filled(outline: list[np.ndarray] | np.ndarray) -> np.ndarray:
    shape = np.zeros((128, 128), np.uint8)
    cv2.fillPoly(shape, [np.rint(np.asarray(outline) * 16).astype(np.int32)], 255, cv2.LINE_8, 4)
    return shape


def _disc(side: int) -> np.ndarray:
    return cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))


def landmarks(picture: np.ndarray, detector: object, predictor: object) -> np.ndarray | None:
    """dlib's 68 points in pixels of 128, (68, 2); None where it sees no single face."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    found = detector(grey, 0)
    if len(found) != 1:
        return None
    shape = predictor(grey, found[0])
    return np.array([(point.x, point.y) for point in shape.parts()], np.float32) / 2


def make_seeds(args: argparse.Namespace) -> None:
    import dlib

    features, r = Features(args.generator), np.random.default_rng(1)
    kept = args.work / "clusters.npy"
    centres = np.load(kept) if kept.exists() else find_clusters(features, args.draws)
    np.save(kept, centres)
    detector, predictor = dlib.get_frontal_face_detector(), dlib.shape_predictor(str(args.landmarks))
    coarse_rows, fine_rows, labels = [], [], []
    for number in range(FIRST_PICTURES, FIRST_PICTURES + SEEDED):
        picture = read_draw(args.draws, number)
        points = landmarks(picture, detector, predictor)
        if points is None:
            continue
        coarse, fine = features(read_w(args.draws, number))
        grey = cv2.cvtColor(cv2.resize(picture, (128, 128), interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2GRAY)
        seeds = seeds_of(clusters_of(coarse, centres), points, grey).ravel()
        for label in range(len(PARTS)):
            places = np.flatnonzero(seeds == label)
            places = r.choice(places, min(SEEDS_A_PART, len(places)), False)
            coarse_rows.append(_sampled(coarse, places).astype(np.float16))
            fine_rows.append(fine[places].astype(np.float16))
            labels.append(np.full(len(places), label, np.uint8))
    np.savez(
        args.work / "seeds.npz",
        coarse=np.concatenate(coarse_rows),
        fine=np.concatenate(fine_rows),
        labels=np.concatenate(labels),
    )


def _sampled(coarse: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Features of 64 x 64 at places of 128 x 128, bilinear."""
    y, x = (np.clip((place + 0.5) / 2 - 0.5, 0, 63) for place in np.divmod(places, 128))
    y0, x0 = np.minimum(y.astype(int), 62), np.minimum(x.astype(int), 62)
    v, u = (y - y0)[:, None], (x - x0)[:, None]
    grid = coarse.reshape(64, 64, -1)
    upper = grid[y0, x0] * (1 - u) + grid[y0, x0 + 1] * u
    return upper * (1 - v) + (grid[y0 + 1, x0] * (1 - u) + grid[y0 + 1, x0 + 1] * u) * v


def fit(args: argparse.Namespace) -> None:
    """The classifier: 64 hidden units over the features; saved as labeller.npz."""
    import torch
    import torch.nn.functional as F

    torch.manual_seed(0)
    seeds = np.load(args.work / "seeds.npz")
    inputs = torch.from_numpy(np.concatenate([seeds["coarse"], seeds["fine"]], 1))
    labels = torch.from_numpy(seeds["labels"].astype(np.int64))
    held = len(labels) * 9 // 10  # the last pictures
    first, second = torch.nn.Linear(inputs.shape[1], 64), torch.nn.Linear(64, len(PARTS))
    with torch.no_grad():
        first.weight.mul_(4)  # the inputs are unit vectors of many channels
    parameters = [*first.parameters(), *second.parameters()]
    steps, rows = 2500, 1024
    optimizer = torch.optim.AdamW(parameters, 3e-3, weight_decay=1e-2)
    rate = torch.optim.lr_scheduler.OneCycleLR(optimizer, 3e-3, steps)
    for _ in range(steps):
        batch = torch.randint(held, (rows,))
        hidden = F.dropout(first(inputs[batch].float()).relu(), 0.1)
        loss = F.cross_entropy(second(hidden), labels[batch], label_smoothing=0.02)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        rate.step()
    with torch.no_grad():
        answers = second(first(inputs[held:].float()).relu()).argmax(1)
    for label, name in enumerate(PARTS):
        mine = labels[held:] == label
        print(f"{name}: {(answers[mine] == label).float().mean():.3f} of {int(mine.sum())}")
    values = {"w1": first.weight, "b1": first.bias, "w2": second.weight, "b2": second.bias}
    np.savez(args.work / "labeller.npz", **{name: value.detach().numpy() for name, value in values.items()})


def probabilities(coarse: np.ndarray, fine: np.ndarray, labeller: dict[str, np.ndarray]) -> np.ndarray:
    """(128, 128, parts) float32, from features alone."""
    w1 = labeller["w1"]
    far = (coarse @ w1[:, : coarse.shape[1]].T).reshape(64, 64, -1)
    near = (fine @ w1[:, coarse.shape[1] :].T).reshape(128, 128, -1)
    hidden = np.dstack([cv2.resize(far[..., k], (128, 128)) for k in range(far.shape[2])]) + near + labeller["b1"]
    logits = np.maximum(hidden, 0) @ labeller["w2"].T + labeller["b2"] + PRIORS
    powers = np.exp(logits - logits.max(2, keepdims=True))
    return powers / powers.sum(2, keepdims=True)


def guided(picture: np.ndarray, values: np.ndarray, radius: int = 2, even: float = 4e-4) -> np.ndarray:
    """The colour guided filter (He et al. 2010), which also enlarges (He and Sun 2015).

    Args:
        picture: (2h, 2w, 3) float32, 0 to 1.
        values: (h, w, n) float32.
        even: variance of the picture below which it counts as flat.

    Returns:
        (2h, 2w, n): a linear function of the picture's colour about each place.
    """

    def mean(a: np.ndarray) -> np.ndarray:
        return _by_four(lambda group: cv2.boxFilter(group, -1, (2 * radius + 1,) * 2), a)

    def enlarged(a: np.ndarray) -> np.ndarray:
        return _by_four(lambda group: cv2.resize(group, picture.shape[1::-1]), a)

    guide = cv2.resize(picture, values.shape[1::-1], interpolation=cv2.INTER_AREA)
    middle, level = mean(guide), mean(values)
    products = mean((guide[..., :, None] * guide[..., None, :]).reshape(*guide.shape[:2], 9))
    cov = products.reshape(*guide.shape[:2], 3, 3) - middle[..., :, None] * middle[..., None, :]
    cov += even * np.eye(3, dtype=np.float32)
    cross = np.stack([mean(guide[..., i, None] * values) - middle[..., i, None] * level for i in range(3)], 2)
    slope = np.linalg.inv(cov) @ cross  # (h, w, 3, n)
    rise = enlarged(mean(level - (slope * middle[..., None]).sum(2)))
    return sum((picture[..., i, None] * enlarged(mean(slope[..., i, :])) for i in range(3)), start=rise)


def _by_four(change: Callable[[np.ndarray], np.ndarray], values: np.ndarray) -> np.ndarray:
    """OpenCV takes four channels at a time."""
    groups = [np.ascontiguousarray(values[..., k : k + 4], np.float32) for k in range(0, values.shape[2], 4)]
    return np.dstack([change(group) for group in groups])


def make_maps(args: argparse.Namespace) -> None:
    features, labeller = Features(args.generator), dict(np.load(args.work / "labeller.npz"))
    (args.work / "maps").mkdir(exist_ok=True)
    for start in range(args.first, args.last, FILE):
        kept = args.work / "maps" / f"{start:06d}.npz"
        if kept.exists() or not (args.draws / f"w{start // BLOCK:03d}.npy").exists():
            continue
        labels = np.empty((FILE, 256, 256), np.uint8)
        sure = np.empty_like(labels)
        for k in range(FILE):
            answer = probabilities(*features(read_w(args.draws, start + k)), labeller)
            answer = guided(read_draw(args.draws, start + k).astype(np.float32) / 255, answer)
            labels[k] = answer.argmax(2)
            sure[k] = np.clip(answer.max(2) * 255, 0, 255)
        half = kept.with_suffix(".half")  # whoever reads finds whole files
        with half.open("wb") as file:
            np.savez_compressed(file, labels=labels, sure=sure)
        half.rename(kept)
        print(kept.name, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=("seeds", "fit", "maps"))
    parser.add_argument("--draws", type=Path)
    parser.add_argument("--generator", type=Path)
    parser.add_argument("--landmarks", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--from", dest="first", type=int, default=0)
    parser.add_argument("--to", dest="last", type=int, default=8000)
    args = parser.parse_args()
    {"seeds": make_seeds, "fit": fit, "maps": make_maps}[args.step](args)


if __name__ == "__main__":
    main()
