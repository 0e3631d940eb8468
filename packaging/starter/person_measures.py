"""Measures of people: the autoencoder, redrawn faces and how they sit in photos, likeness before and after tuning."""

from __future__ import annotations

import time
from collections.abc import Mapping
from itertools import product
from typing import Any

import numpy as np
import torch
from PIL import Image

from bench import HELD_OUT, Bench
from facea_desktop.domain.events import Observer
from facea_desktop.domain.faces import FACE, part_prompt
from facea_desktop.domain.people import Profile, Recipe
from facea_desktop.domain.requests import PortraitRequest, TuneRequest
from facea_desktop.engine.composition_quality import composition_quality
from facea_desktop.engine.crops import Crop
from facea_desktop.engine.face_masks import box_masks
from facea_desktop.engine.likeness import facenet
from facea_desktop.engine.person_reader import read_references
from facea_desktop.engine.pixels import to_picture, to_pixels
from facea_desktop.engine.portrait_service import make_portraits
from facea_desktop.engine.tuning_service import tune_person
from portrait_judge import Judge

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
    """Paint people who are not tuned, in scenes painted for them and in pictures of others."""
    for person, seed, in_pictures in product(bench.subjects, range(seeds), (False, True)):
        measure = "first sight in pictures" if in_pictures else "first sight"

        def seen(
            person: str = person, seed: int = seed, measure: str = measure, in_pictures: bool = in_pictures
        ) -> dict:
            folder = bench.folder(measure.replace(" ", "-"), f"{person}-{seed}")
            profile = bench.profile(person, person)
            return Judge(bench, person).portraits(profile, seed, folder, in_pictures=in_pictures)

        bench.once(measure, person, seed, seen)


def measure_likeness(bench: Bench, variants: list[str], seeds: int) -> None:
    """Tune with the quick preset; paint in scenes, and by the whole recipe in pictures of others and nobody, too."""
    quick = bench.family.recipe("quick")
    recipes = {variant: quick.model_copy(update=VARIANTS[variant]) for variant in variants}
    _measure_recipes(bench, recipes, seeds)


def measure_presets(bench: Bench, seeds: int) -> None:
    """Tune with the other presets; paint in scenes and in pictures of others."""
    others = [preset for preset in bench.family.presets if preset != "quick"]
    _measure_recipes(bench, {preset: bench.family.recipe(preset) for preset in others}, seeds)


def _measure_recipes(bench: Bench, recipes: Mapping[str, Recipe], seeds: int) -> None:
    """Tune everybody by each recipe, once a seed."""
    for person, seed, (name, recipe) in product(bench.subjects, range(seeds), recipes.items()):

        def tuned(person: str = person, seed: int = seed, name: str = name, recipe: Recipe = recipe) -> dict:
            return _tuned(bench, person, seed, name, recipe)

        bench.once(name, person, seed, tuned)


def _tuned(bench: Bench, person: str, seed: int, name: str, recipe: Recipe) -> dict:
    profile = bench.profile(person, f"{person} {name} {seed}")
    began = time.monotonic()
    profile = tune_person(bench.manager, TuneRequest(person=profile.id, recipe=recipe, seed=seed), Observer())
    row: dict = {"tuning_s": round(time.monotonic() - began)}
    ways: dict[str, dict[str, bool]] = {"scenes": {}}
    if name == "full":
        ways["nobody"] = {"identity": False}
    if name not in VARIANTS or name == "full":
        ways["pictures"] = {"in_pictures": True}
    judge = Judge(bench, person)
    for way, options in ways.items():
        folder = bench.folder("tuned", way, name, f"{person}-{seed}")
        row[way] = judge.portraits(profile, seed, folder, **options)
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
