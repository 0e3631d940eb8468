"""Tune many people at once on a GPU, and see how alike and how obedient their faces are.

    python packaging/starter/tune_bench.py prepare PEOPLE/bench FILE
    python packaging/starter/tune_bench.py run FILE MODEL OUT --people 28 --workers 12 --seconds 150

``prepare`` needs the detector and FaceNet's package, ``run`` neither: it tunes with the program's own engine from
``MODEL``, a folder as ``export.py`` writes it, redraws the face in crops of scenes that the person is not in, and
writes ``OUT/tuned-N.jsonl`` and the patches. What stands in the model card comes from ``measure.py``, which composes
portraits as users get them; this shows in minutes which of two models or presets is better.
"""

from __future__ import annotations

import argparse
import io
import json
import multiprocessing
import time
from contextlib import nullcontext
from itertools import product
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from facea_desktop.domain.events import Observer
from facea_desktop.domain.faces import Attribute, Subject
from facea_desktop.engine.attribute_network import attribute_reader
from facea_desktop.engine.feature_encoder import EMBEDDED, FOLDER, EncoderConfig, FeatureEncoder, mean_of
from facea_desktop.engine.graphed_step import GraphedStep
from facea_desktop.engine.identity_model import IdentityModel
from facea_desktop.engine.loss import Tasks
from facea_desktop.engine.reference_latents import ReferencePicture, encode_references
from facea_desktop.engine.trainer import Trainer, TuningConfig
from facea_desktop.models.catalogue import Family, load_catalogue
from facea_desktop.models.devices import Placement
from facenet import FaceNet, crop_faces
from people import as_float, to_bytes
from person_measures import VARIANTS

PROMPTS = ("a {} smiling", "a {}, neutral expression", "a {} wearing glasses", "a {} without glasses")
ASKED = (("expression", "smiling"), ("expression", "neutral"), ("eyewear", "glasses"), ("eyewear", "none"))
SCENES = 4
"""A scene for each prompt."""


def prepare(people: Path, file: Path) -> None:
    """Everything of the bench's people that ``run`` needs, as one file of tensors and JPEGs."""
    from facea_desktop.engine.composition import target_of_face
    from facea_desktop.engine.detect.mtcnn import Mtcnn
    from facea_desktop.engine.likeness import facenet
    from facea_desktop.engine.photo_checks import check_photo
    from facea_desktop.engine.scene_painter import SceneRequest, load_generator_painter
    from facea_desktop.library.photo_reader import read_photo

    detector, family = Mtcnn(20, 0.9), load_catalogue().family("starter")
    encoder = FeatureEncoder(EncoderConfig())
    painter = load_generator_painter(Path(__file__).resolve().parents[2] / "resources/starter/context", family, "cpu")
    kept: dict[str, Any] = {"people": {}, "scenes": {}}
    for subject in Subject:
        scenes = []
        for seed in range(40):
            words = f"a {subject}, facing front" if seed % 2 else f"a {subject}"
            picture = painter.paint(SceneRequest(words, words, "", seed, None, None, None), lambda *_: None).photo
            faces = detector.find(picture)
            if len(scenes) == 2 * SCENES or not faces:
                continue
            target = target_of_face(faces[0], picture, 256)
            face = target.crop.inside(faces[0], 256)
            box = [value / 256 for value in (face.box.x0, face.box.y0, face.box.x1, face.box.y1)]
            scenes.append({"crop": _jpeg(target.crop.cut(picture, 256)), "mask": _png(target.mask), "box": box})
        kept["scenes"][str(subject)] = scenes
    for name, subject in json.loads((people / "people.json").read_text()).items():
        person: dict[str, Any] = {"subject": subject, "references": [], "held": []}
        for index in range(6):
            picture = read_photo(people / name / f"{index}.jpg")
            photo = check_photo(name, picture, detector.find(picture))
            if index >= 3:
                person["held"].append(torch.from_numpy(photo.embedding))
                continue
            crop = photo.reference.picture
            face = detector.find(crop)[0]
            masks = {part: _png(mask) for part, mask in photo.reference.masks.items()}
            seen = encoder.seen(crop, face, facenet().embed(crop, face.box))
            small = {part: value if part == EMBEDDED else to_bytes(value) for part, value in seen.items()}
            person["references"].append({"crop": _jpeg(crop.resize((256, 256), 1)), "masks": masks, "seen": small})
        kept["people"][name] = person
    torch.save(kept, file)


class Bench:
    """One process: a model, and what it is measured with.

    Args:
        kept: what ``prepare`` wrote.
        model: folder of a StableDiffusionInpaintPipeline with a feature encoder.
        facenet: file that ``facenet.py`` wrote.
    """

    def __init__(self, kept: dict[str, Any], model: Path, facenet: Path, out: Path, device: str) -> None:
        from diffusers import StableDiffusionInpaintPipeline

        pipe = StableDiffusionInpaintPipeline.from_pretrained(model, safety_checker=None, dtype=torch.float32)
        pipe.set_progress_bar_config(disable=True)
        self._kept, self._out, self._device = kept, out, device
        self.family: Family = load_catalogue().family("starter")
        placement = Placement(device, "float32", offload=False, bf16_tuning=device != "cpu")
        encoder = FeatureEncoder.load(model / FOLDER)
        self.model = IdentityModel(pipe.to(device), self.family, placement, encoder)
        self._facenet = FaceNet.load(facenet).to(device)

    def seen(self, person: dict[str, Any]) -> dict[str, Tensor]:
        """The encoder's vectors of the references, their mean."""
        assert self.model.encoder is not None
        all_seen = [reference["seen"] for reference in person["references"]]
        floats = [{part: v if part == EMBEDDED else as_float(v) for part, v in seen.items()} for seen in all_seen]
        return mean_of([self.model.encoder.read(seen) for seen in floats])

    def tuned(self, name: str, seed: int, change: dict[str, Any]) -> float:
        """Tune the person; returns seconds."""
        person = self._kept["people"][name]
        subject, began = Subject(person["subject"]), time.monotonic()
        options = {key: value for key, value in change.items() if key not in ("targets", "blank", "eager")}
        recipe = self.family.recipe("quick").model_copy(update={"measure_every": 0} | options)
        if "targets" in change:
            self.model.family = self.family.model_copy(update={"lora_targets": change["targets"]})
        count = subject.feature_count if recipe.features is None else recipe.features
        seen = None if change.get("blank") or recipe.words_alone else self.seen(person)
        self.model.init_adapter(subject, recipe.rank, count, seed, seen, words_alone=recipe.words_alone)
        references = [
            ReferencePicture(_opened(one["crop"]), {part: _opened(mask) for part, mask in one["masks"].items()})
            for one in person["references"]
        ]
        tasks = Tasks(face=True, attributes=tuple(Attribute) if recipe.attribute_task else ())
        eager = patch.object(GraphedStep, "__init__", side_effect=RuntimeError("eager"))
        with eager if "eager" in change else nullcontext():
            latents = encode_references(references, self.model.pipe.vae, 256)
            Trainer(self.model, latents, TuningConfig(recipe, tasks, seed), Observer()).run()
        self.model.family = self.family
        return time.monotonic() - began

    def shown(self, name: str, what: str, seed: int, prompts: bool = True) -> dict[str, Any]:
        """Redraw a scene for each prompt; how alike and how obedient.

        Args:
            prompts: T'_id; T_id alone without.
        """
        person = self._kept["people"][name]
        held = torch.stack(person["held"]).to(self._device)
        alike, obeyed, kept = [], [], self.model.prompts
        if not prompts:
            self.model.prompts = None
        for number, (prompt, (group, value)) in enumerate(zip(PROMPTS, ASKED, strict=True)):
            scenes = self._kept["scenes"][person["subject"]]
            scene = scenes[(number + SCENES * seed) % len(scenes)]
            words = prompt.format(person["subject"])
            patch = self.model.redraw(_opened(scene["crop"]), _opened(scene["mask"]), words, seed=seed * 100 + number)
            pixels = torch.from_numpy(np.array(patch)).permute(2, 0, 1)[None].float().to(self._device) / 127.5 - 1
            with torch.no_grad():
                seen = self._facenet(crop_faces(pixels, torch.tensor([scene["box"]], device=self._device)))[0]
            alike.append(round(float((held @ seen).mean()), 4))
            read = attribute_reader().read(patch)[group]
            best = max(read, key=lambda name: read[name])
            obeyed.append(int(best == value or (value == "smiling" and best == "open mouth")))
            patch.save(self._out / f"{name}-{what.replace(' ', '')}-{seed}-{number}.jpg", quality=92)
        self.model.prompts = kept
        return {"person": name, "what": what, "seed": seed, "alike": alike, "obeyed": obeyed}


def _work(number: int, options: argparse.Namespace, ends: float) -> None:
    torch.set_num_threads(1)
    kept = torch.load(options.file, weights_only=True)
    bench = Bench(kept, options.model, options.facenet, options.out, options.device)
    names = list(kept["people"])
    names = names[:: max(1, len(names) // options.people)][: options.people]
    tasks = list(product(range(options.seeds), names, options.variants))[number :: options.workers]
    with (options.out / f"tuned-{number}.jsonl").open("w") as file:
        for seed, name, variant in tasks:
            if time.time() > ends:
                break
            rows = []
            change = VARIANTS.get(variant) if variant in VARIANTS else json.loads(variant)
            assert change is not None
            if variant == "full":
                person = kept["people"][name]
                bench.model.init_from_photos(Subject(person["subject"]), bench.seen(person))
                rows.append(bench.shown(name, "untuned", seed))
                rows.append(bench.shown(name, "stranger", seed, prompts=False))
            seconds = bench.tuned(name, seed, change)
            rows.append(bench.shown(name, variant, seed) | {"seconds": round(seconds, 1)})
            if variant == "full":
                rows.append(bench.shown(name, "full, T_id alone", seed, prompts=False))
            file.write("".join(json.dumps(row) + "\n" for row in rows))
            file.flush()


def summary(out: Path) -> list[str]:
    """A line for each thing measured."""
    rows = [json.loads(line) for file in sorted(out.glob("tuned-*.jsonl")) for line in file.read_text().splitlines()]
    lines = []
    for what in dict.fromkeys(row["what"] for row in rows):
        some = [row for row in rows if row["what"] == what]
        alike = np.array([np.mean(row["alike"]) for row in some])
        obeyed = np.array([row["obeyed"] for row in some]).mean(0).round(2)
        seconds = np.mean([row.get("seconds", np.nan) for row in some])
        figures = f"likeness {alike.mean():.3f} (spread {alike.std():.3f}, least {alike.min():.2f})"
        lines.append(f"{what}: {len(some)} runs, {figures}, obeyed {obeyed}, {seconds:.0f} s")
    return lines


def _jpeg(picture: Image.Image) -> bytes:
    data = io.BytesIO()
    picture.save(data, "JPEG", quality=95)
    return data.getvalue()


def _png(picture: Image.Image) -> bytes:
    data = io.BytesIO()
    picture.save(data, "PNG")
    return data.getvalue()


def _opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).copy()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    first = commands.add_parser("prepare")
    first.add_argument("folder", type=Path)
    first.add_argument("file", type=Path)
    run = commands.add_parser("run")
    run.add_argument("file", type=Path)
    run.add_argument("model", type=Path)
    run.add_argument("out", type=Path)
    run.add_argument("--facenet", type=Path, required=True)
    run.add_argument("--people", type=int, default=28)
    run.add_argument("--seeds", type=int, default=1)
    run.add_argument(
        "--variants", nargs="+", default=["full"], help=f"{list(VARIANTS)} or changes of the recipe as JSON"
    )
    run.add_argument("--workers", type=int, default=12)
    run.add_argument("--seconds", type=float, default=150)
    run.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    options = parser.parse_args()
    if options.command == "prepare":
        prepare(options.folder, options.file)
        return
    options.out.mkdir(parents=True, exist_ok=True)
    ends = time.time() + options.seconds
    start = multiprocessing.get_context("spawn")
    workers = [start.Process(target=_work, args=(n, options, ends)) for n in range(options.workers)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    print(*summary(options.out), sep="\n")


if __name__ == "__main__":
    main()
