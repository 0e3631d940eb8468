"""Measure the starter models on people that training never saw; prints the table of the model card.

``python packaging/starter/measure.py --people PEOPLE/bench --data PEOPLE/train --work DIR``

Everything measured goes to ``DIR/measured.jsonl``, a line a run, and is not done again: a measuring that was cut goes
on where it stopped, and a later one with more people, seeds or measures does what is missing. Delete the file when the
models or the presets have changed. The pictures stay in ``DIR/pictures``, for ``sheet.py`` and to be looked at.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image

import judge
import portraits
from facea_desktop.domain.events import Observer
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.people import Consent, Profile, Recipe
from facea_desktop.domain.requests import EnrolRequest, PortraitRequest, TuneRequest
from facea_desktop.engine.enrol import enrol
from facea_desktop.engine.learn import tune_person
from facea_desktop.engine.likeness import facenet
from facea_desktop.engine.portrait import make_portraits, prompts_of
from facea_desktop.engine.schedulers import with_scheduler
from facea_desktop.engine.studio import Studio
from figures import ASKED, LIKENESS_PROMPTS, VARIANTS, table
from words import STYLES

MEASURES = ("vae", "redraws", "scenes", "diversity", "likeness", "ablation")
REFERENCES, HELD_OUT = range(3), range(3, 6)
SHOWN_PROMPTS = (*LIKENESS_PROMPTS, "an oil painting of a {}, front face", "a {} wearing glasses, front face")
SANE_PART = (0.35, 0.95)
"""Longer side of a face as a part of the scene's."""


@dataclass(frozen=True)
class Bench:
    """What is measured with, and where results go."""

    studio: Studio
    people: Path
    subjects: dict[str, str]
    seeds: int
    rows: list[dict]
    results: Path

    def once(self, measure: str, name: str, seed: int, run: Callable[[], dict]) -> None:
        """Do ``run`` and keep what it returns, unless that was done before."""
        key = {"measure": measure, "name": name, "seed": seed}
        if any(row.items() >= key.items() for row in self.rows):
            return
        row = key | run()
        self.rows.append(row)
        with self.results.open("a") as file:
            file.write(json.dumps(row) + "\n")
        print(json.dumps(row), flush=True)

    def photo(self, person: str, index: int) -> Path:
        return self.people / person / f"{index}.jpg"

    def folder(self, *names: str) -> Path:
        return self.studio.root.joinpath("pictures", *names)

    def embed(self, path: Path) -> np.ndarray | None:
        family = self.studio.models.active_family()
        return self.studio.embedding(Image.open(path).convert("RGB"), family)

    def profile(self, person: str, name: str) -> Profile:
        """The person ``name`` of the library, enrolled with the references of ``person`` where there is none."""
        for profile in self.studio.library.people():
            if profile.name == name:
                return profile
        request = EnrolRequest(
            name=name,
            subject=Subject(self.subjects[person]),
            photos=tuple(self.photo(person, i) for i in REFERENCES),
            consent=Consent(kind="invented person"),
        )
        return enrol(self.studio, request, Observer())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=Path, required=True, help="folders of photos, with people.json")
    parser.add_argument("--data", type=Path, required=True, help="the training set, which the judge of words learns")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--count", type=int, default=28, help="people")
    parser.add_argument("--skip", type=int, default=0, help="people, so that several runs can share the work")
    parser.add_argument("--seeds", type=int, default=1, help="tunings of a person")
    parser.add_argument("--prompts", type=int, default=60, help="scenes for the words")
    parser.add_argument("--only", nargs="+", choices=MEASURES, default=MEASURES)
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    results = args.work / "measured.jsonl"
    rows = [json.loads(line) for line in results.read_text().splitlines()] if results.exists() else []
    subjects = json.loads((args.people / "people.json").read_text())
    step = max(1, len(subjects) // args.count)
    chosen = dict(list(subjects.items())[args.skip :: step][: args.count])
    bench = Bench(Studio(args.work), args.people, chosen, args.seeds, rows, results)
    if "vae" in args.only:
        measure_vae(bench)
    if "redraws" in args.only:
        measure_redraws(bench)
    if "scenes" in args.only:
        measure_scenes(bench, args.data, args.prompts)
    if "diversity" in args.only:
        measure_diversity(bench)
    if "likeness" in args.only:
        measure_likeness(bench, ["full"])
    if "ablation" in args.only:
        measure_likeness(bench, list(VARIANTS))
    print("\n".join(table(bench.rows)))


def measure_vae(bench: Bench) -> None:
    """FaceNet of a face crop at the models' size, decoded, against the crop."""
    family = bench.studio.models.active_family()
    vae = bench.studio.identity(family).pipe.vae
    for person in bench.subjects:

        def decoded(person: str = person) -> dict:
            crops = [reference.picture for reference in bench.studio.references(bench.profile(person, person))]
            alike, noise = [], []
            for crop in crops:
                small = crop.resize((family.side, family.side), Image.Resampling.LANCZOS)
                pixels = torch.from_numpy(np.array(small)).permute(2, 0, 1)[None].float() / 127.5 - 1
                with torch.no_grad():
                    seen = vae.decode(vae.encode(pixels.to(vae.dtype)).latent_dist.mean).sample.float().clamp(-1, 1)
                noise.append(float((seen - pixels).square().mean()))
                again = Image.fromarray(((seen[0].permute(1, 2, 0) + 1) * 127.5).round().byte().numpy())
                faces = bench.studio.detector(family).find(small)
                if faces:
                    alike.append(float(facenet().embed(small, faces[0].box) @ facenet().embed(again, faces[0].box)))
            return {"facenet": float(np.mean(alike)), "psnr": float(10 * np.log10(4 / np.mean(noise)))}

        bench.once("vae", person, 0, decoded)


def measure_redraws(bench: Bench) -> None:
    """The face of every held-out photo redrawn by the base model: is it still one face?"""
    detector = bench.studio.detector(bench.studio.models.active_family())
    for person, subject in bench.subjects.items():

        def redrawn(person: str = person, subject: str = subject) -> dict:
            profile, counts = bench.profile(person, person), []
            for i in HELD_OUT:
                request = PortraitRequest(
                    person=profile.id, prompt=f"a {subject}", picture=bench.photo(person, i), seed=i, identity=False
                )
                (made,) = make_portraits(bench.studio, request, Observer(), bench.folder("redraws", person))
                counts.append(len(detector.find(Image.open(made.path).convert("RGB"))))
            return {"faces": counts}

        bench.once("redraws", person, 0, redrawn)


def measure_scenes(bench: Bench, data: Path, count: int) -> None:
    """Portraits of nobody, in two stages: one face in the scene, and the words obeyed in the result."""
    trained, held = portraits.load(data, 128, bench.studio.root).split()
    reader = judge.train(trained, bench.studio.root / "judge.pt")
    for topic, among in ASKED.items():
        bench.once("judge", topic, 0, lambda t=topic, a=among: {"agrees": judge.agreement(reader, held, t, a)})
    detector = bench.studio.detector(bench.studio.models.active_family())
    for number, asked in enumerate(_asked(count)):

        def painted(number: int = number, asked: dict[str, str] = asked) -> dict:
            person = next(name for name, subject in bench.subjects.items() if subject == asked["subject"])
            request = PortraitRequest(person=bench.profile(person, person).id, prompt=_prompt(asked), seed=number)
            scene, picture = _paint(bench, request, bench.folder("scenes", f"{number:03d}"))
            pixels = torch.from_numpy(np.array(picture.resize((128, 128)))).permute(2, 0, 1)
            read = {topic: reader.choose(pixels, topic, ASKED[topic]) for topic in asked}
            faces = detector.find(scene)
            sane = len(faces) == 1 and SANE_PART[0] <= faces[0].box.side / scene.width <= SANE_PART[1]
            return {"asked": asked, "read": read, "one_face": sane, "prompt": request.prompt}

        bench.once("scenes", f"{number:03d}", 0, painted)


def _asked(count: int) -> Iterator[dict[str, str]]:
    """Every second prompt asks for a style, the others for a background: a style changes the colours."""
    for i in range(count):
        asked = {"subject": ASKED["subject"][i // 2 % 2]}
        asked["expression"] = ASKED["expression"][i // 4 % 2]
        asked["eyewear"] = ASKED["eyewear"][i // 2 % 3]
        topic = "style" if i % 2 else "background"
        asked[topic] = ASKED[topic][i // 2 % len(ASKED[topic])]
        if i % 2:
            # What the eyes of a drawing wear is hard to judge.
            del asked["eyewear"]
        yield asked


def _prompt(asked: dict[str, str]) -> str:
    who = f"a {asked['subject']}"
    style = asked.get("style", judge.PHOTO)
    said = [who if style == judge.PHOTO else STYLES[style].format(who)]
    said += ["smiling" if asked["expression"] == "smiling" else "neutral expression"]
    said += [f"wearing {asked['eyewear']}"] if asked.get("eyewear", "none") != "none" else []
    said += ["front face"]
    said += [f"{asked['background']} background"] if "background" in asked else []
    return ", ".join(said)


def _paint(bench: Bench, request: PortraitRequest, out: Path) -> tuple[Image.Image, Image.Image]:
    """The scene of the request's first seed, face or not, and the portrait by the base model (the scene without)."""
    family = bench.studio.models.active_family()
    pipe = bench.studio.context(family)
    with_scheduler(pipe, family.scheduler)
    words, face_words = prompts_of(bench.studio.library.get(request.person), request)
    scene = pipe(
        prompt=words,
        height=family.context_side,
        width=family.context_side,
        num_inference_steps=family.context_steps,
        guidance_scale=family.context_guidance,
        generator=torch.Generator().manual_seed(request.seed),
    ).images[0]
    out.mkdir(parents=True, exist_ok=True)
    path = out / "scene.png"
    scene.save(path)
    if not bench.studio.detector(family).find(scene):
        return scene, scene
    second = request.model_copy(update={"picture": path, "face_prompt": face_words, "identity": False})
    (made,) = make_portraits(bench.studio, second, Observer(), out)
    return scene, Image.open(made.path).convert("RGB")


def measure_diversity(bench: Bench) -> None:
    """FaceNet between scenes of one prompt: how alike are the strangers whom the context model paints?"""
    for subject in ASKED["subject"]:

        def alike(subject: str = subject) -> dict:
            person = next(iter(bench.subjects))
            found = []
            for seed in range(8):
                request = PortraitRequest(
                    person=bench.profile(person, person).id, context_prompt=f"a {subject}, front face", seed=1000 + seed
                )
                scene, _ = _paint(bench, request, bench.folder("diversity", f"{subject}-{seed}"))
                family = bench.studio.models.active_family()
                embedding = bench.studio.embedding(scene, family)
                found += [] if embedding is None else [embedding]
            cosines = np.stack(found) @ np.stack(found).T
            return {"alike": float(cosines[np.triu_indices(len(found), 1)].mean()), "faces": len(found)}

        bench.once("diversity", subject, 0, alike)


def measure_likeness(bench: Bench, variants: list[str]) -> None:
    """Tune with the quick preset, paint with and without the person, compare with the held-out photos."""
    quick = bench.studio.models.active_family().recipe("quick")
    for person in bench.subjects:
        for seed in range(bench.seeds):
            for variant in variants:
                recipe = quick.model_copy(update=VARIANTS[variant])
                bench.once(
                    variant, person, seed, lambda p=person, s=seed, v=variant, r=recipe: _tuned(bench, p, s, v, r)
                )


def _tuned(bench: Bench, person: str, seed: int, variant: str, recipe: Recipe) -> dict:
    profile = bench.profile(person, f"{person} {variant} {seed}")
    began = time.monotonic()
    profile = tune_person(bench.studio, TuneRequest(person=profile.id, recipe=recipe, seed=seed), Observer())
    row: dict = {"tuning_s": round(time.monotonic() - began), "portrait_s": []}
    held = [e for i in HELD_OUT if (e := bench.embed(bench.photo(person, i))) is not None]
    for label, identity in (("untuned", False), ("tuned", True)):
        row[label] = []
        for prompt in SHOWN_PROMPTS if variant == "full" else LIKENESS_PROMPTS:
            request = PortraitRequest(
                person=profile.id,
                prompt=prompt.format(bench.subjects[person]),
                seed=_scene_seed(person, seed),
                identity=identity,
            )
            began = time.monotonic()
            (made,) = make_portraits(
                bench.studio, request, Observer(), bench.folder(label, variant, f"{person}-{seed}"), stages=True
            )
            row["portrait_s"].append(round(time.monotonic() - began, 1))
            embedding = bench.embed(made.path)
            row[label].append(None if embedding is None else round(float(np.mean(np.stack(held) @ embedding)), 4))
    return row


def _scene_seed(person: str, seed: int) -> int:
    """Everybody stands in scenes of their own; the variants of a tuning, and untuned, in the same ones."""
    return random.Random(f"{person} {seed}").randrange(2**31)


if __name__ == "__main__":
    main()
