"""Measures of people: the autoencoder, redrawn faces and how they sit in their photos, the likeness after tuning."""

from __future__ import annotations

import random
import time
from typing import Any

import numpy as np
import torch
from PIL import Image

from bench import HELD_OUT, Bench
from facea_desktop.comparison import dlib_recogniser
from facea_desktop.domain.events import Observer
from facea_desktop.domain.faces import FACE, Face, part_prompt
from facea_desktop.domain.people import Profile, Recipe
from facea_desktop.domain.requests import PortraitRequest, TuneRequest
from facea_desktop.domain.scene_reading import read_scene
from facea_desktop.engine.attribute_network import attribute_reader
from facea_desktop.engine.composition_quality import composition_quality
from facea_desktop.engine.crops import Crop
from facea_desktop.engine.face_masks import box_masks
from facea_desktop.engine.face_parser import SIDE as PARSED_SIDE
from facea_desktop.engine.likeness import facenet
from facea_desktop.engine.person_reader import read_references
from facea_desktop.engine.pixels import to_picture, to_pixels
from facea_desktop.engine.portrait_service import make_portraits
from facea_desktop.engine.tuning_service import tune_person

LIKENESS_PROMPTS = ("a {} smiling, blue background, front face", "a {} with a neutral expression, grey background")
SHOWN_PROMPTS = (*LIKENESS_PROMPTS, "an oil painting of a {}, front face", "a {} wearing glasses, front face")
FIRST_PROMPTS = (*LIKENESS_PROMPTS, "a {} wearing glasses, front face")
VARIANTS: dict[str, dict[str, object]] = {
    "full": {},
    "no [feat]": {"features": 0},
    "neither": {"features": 0, "attribute_task": False},
}
"""The paper's ablation: what each variant changes in the quick preset."""


def measure_vae(bench: Bench) -> None:
    """FaceNet of a face crop at the models' size, decoded, against the crop."""
    family = bench.family
    vae = bench.manager.identity(family).pipe.vae
    for person in bench.subjects:

        def decoded(person: str = person) -> dict:
            crops = [
                reference.picture for reference in read_references(bench.manager.library, bench.profile(person, person))
            ]
            alike, noise = [], []
            for crop in crops:
                small = crop.resize((family.side, family.side), Image.Resampling.LANCZOS)
                again = _coded(vae, small)[1]
                noise.append(float(np.square((np.asarray(again, np.float32) - np.asarray(small)) / 127.5).mean()))
                faces = bench.detector.find(small)
                if faces:
                    alike.append(float(facenet().embed(small, faces[0].box) @ facenet().embed(again, faces[0].box)))
            return {"facenet": float(np.mean(alike)), "psnr": float(10 * np.log10(4 / np.mean(noise)))}

        bench.once("vae", person, 0, decoded)


def _coded(vae: Any, picture: Image.Image) -> tuple[torch.Tensor, Image.Image]:
    """The latents of a picture (RGB), (1, c, h, w), and what the VAE gives back of it."""
    with torch.no_grad():
        latents = vae.encode(to_pixels(picture)[None].to(vae.dtype)).latent_dist.mean
        seen = vae.decode(latents).sample.float()
    return latents, to_picture(seen[0])


def measure_redraws(bench: Bench) -> None:
    """The face of every held-out photo redrawn by the base model: is it still one face, and does an outline show?"""
    for person, subject in bench.subjects.items():

        def redrawn(person: str = person, subject: str = subject) -> dict:
            profile, counts, qualities = bench.profile(person, person), [], []
            for i in HELD_OUT:
                request = PortraitRequest(
                    person=profile.id, prompt=f"a {subject}", picture=bench.photo(person, i), seed=i, identity=False
                )
                out = bench.folder("redraws", person)
                (made,) = make_portraits(bench.manager, request, Observer(), out, stages=True)
                before, after = (Image.open(path).convert("RGB") for path in (made.context, made.path))
                counts.append(len(bench.detector.find(after)))
                qualities.append(composition_quality(before, after, Image.open(made.mask).convert("L")))
            row: dict = {"faces": counts}
            for key in ("rim_step", "worst_step", "grain"):
                row[key] = [round(getattr(one, key), 3) for one in qualities if one is not None]
            return row

        bench.once("redraws", person, 0, redrawn)


def measure_first_sight(bench: Bench, seeds: int) -> None:
    """Paint people who are not tuned: how like the held-out photos, and are expression and eyewear as asked?"""
    second = dlib_recogniser.DlibRecogniser() if dlib_recogniser.is_installed() else None
    for person, subject in bench.subjects.items():

        def seen(seed: int, person: str = person, subject: str = subject) -> dict:
            profile, photos = bench.profile(person, person), [Image.open(bench.photo(person, i)) for i in HELD_OUT]
            row: dict = {"facenet": [], "dlib": [], "obeyed": []}
            for prompt in (text.format(subject) for text in FIRST_PROMPTS):
                request = PortraitRequest(person=profile.id, prompt=prompt, seed=_scene_seed(person, seed))
                out = bench.folder("first-sight", f"{person}-{seed}")
                (made,) = make_portraits(bench.manager, request, Observer(), out, stages=True)
                faces = [_face(bench, picture) for picture in (Image.open(made.path), *photos)]
                (picture, face), *held = [found for found in faces if found is not None]
                embedded, *own = [facenet().embed(one, its.box) for one, its in ((picture, face), *held)]
                row["facenet"].append(round(float(np.mean(np.stack(own) @ embedded)), 4))
                if second is not None:
                    embedded, *own = [second.embed(one, its.box) for one, its in ((picture, face), *held)]
                    row["dlib"].append(round(dlib_recogniser.likeness(embedded, own), 4))
                read = attribute_reader().read(Crop.of_face(face).cut(picture, PARSED_SIDE))
                asked = read_scene(prompt).asked
                row["obeyed"] += [
                    read[group][asked[group]] > 0.5 for group in ("expression", "eyewear") if group in asked
                ]
            return row

        for seed in range(seeds):
            bench.once("first sight", person, seed, lambda s=seed, run=seen: run(s))


def _face(bench: Bench, picture: Image.Image) -> tuple[Image.Image, Face] | None:
    """A picture in RGB and the largest face in it."""
    picture = picture.convert("RGB")
    return next(((picture, face) for face in bench.detector.find(picture)), None)


def measure_likeness(bench: Bench, variants: list[str], seeds: int) -> None:
    """Tune with the quick preset, paint with and without the person, compare with the held-out photos."""
    quick = bench.family.recipe("quick")
    for person in bench.subjects:
        for seed in range(seeds):
            for variant in variants:
                recipe = quick.model_copy(update=VARIANTS[variant])
                bench.once(
                    variant, person, seed, lambda p=person, s=seed, v=variant, r=recipe: _tuned(bench, p, s, v, r)
                )


def _tuned(bench: Bench, person: str, seed: int, variant: str, recipe: Recipe) -> dict:
    profile = bench.profile(person, f"{person} {variant} {seed}")
    began = time.monotonic()
    profile = tune_person(bench.manager, TuneRequest(person=profile.id, recipe=recipe, seed=seed), Observer())
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
                bench.manager, request, Observer(), bench.folder(label, variant, f"{person}-{seed}"), stages=True
            )
            row["portrait_s"].append(round(time.monotonic() - began, 1))
            embedding = bench.embed(made.path)
            row[label].append(None if embedding is None else round(float(np.mean(np.stack(held) @ embedding)), 4))
    return row | {"attribute_error": _attribute_errors(bench, person, profile)}


def _attribute_errors(bench: Bench, person: str, profile: Profile) -> dict[str, float]:
    """Each attribute of the held-out photos redrawn: mean difference from the photo inside its mask, in grey levels."""
    side, model = bench.family.side, bench.manager.identity(bench.family)
    bench.manager.load_adapter(model, profile)
    errors: dict[str, list[float]] = {}
    for i in HELD_OUT:
        photo = Image.open(bench.photo(person, i)).convert("RGB")
        for face in bench.detector.find(photo)[:1]:
            crop = Crop.of_face(face)
            picture, inside = crop.cut(photo, side), crop.inside(face, side)
            for part, mask in box_masks(picture.size, inside).items():
                if part == FACE:
                    continue
                drawn = model.redraw(picture, mask, part_prompt(profile.subject, part), seed=i).resize(picture.size)
                away = np.abs(np.asarray(drawn, np.float32) - np.asarray(picture, np.float32)).mean(-1)
                errors.setdefault(part, []).append(float(away[np.asarray(mask) > 0].mean()))
    return {part: round(float(np.mean(found)), 2) for part, found in errors.items()}


def _scene_seed(person: str, seed: int) -> int:
    """Everybody stands in scenes of their own; the variants of a tuning, and untuned, in the same ones."""
    return random.Random(f"{person} {seed}").randrange(2**31)
