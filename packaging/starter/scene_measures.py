"""Measures of the starter scenes: are they one adult's sharp face, and do they show what the words ask for?"""

from __future__ import annotations

import statistics
import time
from pathlib import Path

import torch
from PIL import Image

import face_labels
import scene_classifiers
from bench import Bench
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.people import Profile
from facea_desktop.domain.prompt_splitter import split_prompt
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.domain.scene_reading import read_scene
from facea_desktop.engine.assigned_faces import prompts_of
from facea_desktop.engine.face_parser import face_parser
from facea_desktop.engine.scene_painter import SceneRequest
from scene_features import divided, features_of_files
from scene_pixels import detail, is_sane, measured_words
from scene_prompts import SUBJECT, ScenePrompt, scene_prompts
from sheet import numbered_sheets

PAIRS = 60
OTHER_SEED = 10_000
"""Added to a scene's seed for the second scene of its prompt."""
PARSES = 40


def measure_scenes(bench: Bench, count: int, *, for_people: bool = False) -> None:
    """Paint scenes of every word; what can be measured in them without a classifier.

    Args:
        for_people: they are painted for the people of the bench in turn, and not for nobody.
    """
    for number, prompt in enumerate(scene_prompts()[:count]):
        person = _person_for(bench, number, prompt) if for_people else None
        bench.once("scene", f"{number:03d}", 0, lambda n=number, p=prompt, who=person: _scene(bench, n, p, who))
        bench.once("pixels", f"{number:03d}", 0, lambda n=number: _pixels(bench, scene_file(bench, n)))
    for person in bench.subjects:
        for file in sorted((bench.people / person).glob("*.jpg")):
            bench.once("photo", f"{person}/{file.stem}", 0, lambda f=file: _pixels(bench, f))
    bench.once("parser", "time", 0, lambda: _parser_time(bench))


def scene_file(bench: Bench, number: int) -> Path:
    return bench.folder("scenes") / f"{number:03d}.png"


def _person_for(bench: Bench, number: int, prompt: ScenePrompt) -> Profile:
    """Somebody of the bench of the sex that is asked for."""
    people = [name for name, subject in bench.subjects.items() if subject == prompt.asked[SUBJECT]]
    if not people:
        raise SystemExit(f"Nobody of the people is a {prompt.asked[SUBJECT]}: take more of them.")
    name = people[number // 2 % len(people)]  # women and men take turns
    return bench.profile(name, name)


def painted(
    bench: Bench, prompt: ScenePrompt, seed: int, file: Path, person: Profile | None = None
) -> tuple[Image.Image, float]:
    """The scene as the program paints it for somebody, or for nobody, kept in a file, and the seconds that took."""
    if person is None:
        words = split_prompt(prompt.text, Subject(prompt.asked[SUBJECT]))
        request = SceneRequest(words.context, words.face, "", seed)
    else:
        portrait = PortraitRequest(person=person.id, prompt=prompt.text, seed=seed)
        request = SceneRequest(*prompts_of(person, portrait), "", seed, person=bench.manager.scene_person(person))
    painter = bench.manager.scene_painter(bench.family)
    began = time.perf_counter()
    scene = painter.paint(request, lambda step, look: None)
    seconds = time.perf_counter() - began
    scene.picture.save(file)
    return scene.picture, seconds


def _scene(bench: Bench, number: int, prompt: ScenePrompt, person: Profile | None) -> dict:
    picture, seconds = painted(bench, prompt, number, scene_file(bench, number), person)
    return {
        "prompt": prompt.text,
        "asked": prompt.asked,
        "understood": read_scene(prompt.text).asked,
        "seconds": round(seconds, 2),
        "threads": torch.get_num_threads(),
        "side": picture.width,
    }


def _pixels(bench: Bench, file: Path) -> dict:
    """Of a scene, or of a photo that it is compared with."""
    picture = Image.open(file).convert("RGB")
    faces = bench.detector.find(picture)
    row: dict = {"faces": len(faces), "sane": is_sane(faces, picture.width)}
    if faces:
        portrait = divided(picture)
        row |= detail(picture, faces[0], portrait)
        row["measured"] = measured_words(faces[0], picture.width, portrait)
    return row


def _parser_time(bench: Bench) -> dict:
    person = next(iter(bench.subjects))
    picture = Image.open(bench.photo(person, 0)).convert("RGB").resize((256, 256), Image.Resampling.BOX)
    seconds = []
    for _ in range(PARSES):
        began = time.perf_counter()
        face_parser().parse(picture)
        seconds.append(time.perf_counter() - began)
    return {"ms": round(1000 * statistics.median(seconds), 1), "threads": torch.get_num_threads()}


def measure_strangers(bench: Bench, count: int = PAIRS) -> None:
    """FaceNet between two scenes of one prompt: how alike are the strangers whom the words alone give?"""
    for number, prompt in enumerate(scene_prompts()[:count]):

        def alike(number: int = number, prompt: ScenePrompt = prompt) -> dict:
            files = scene_file(bench, number), bench.folder("strangers") / f"{number:03d}.png"
            for seed, file in zip((number, number + OTHER_SEED), files):
                if not file.exists():
                    painted(bench, prompt, seed, file)
            one, other = map(bench.embed, files)
            return {"cosine": None if one is None or other is None else round(float(one @ other), 4)}

        bench.once("strangers", f"{number:03d}", 0, alike)


def measure_words(bench: Bench, faces: Path) -> None:
    """What the classifiers see in the scenes, and how far they can be trusted.

    Args:
        faces: what ``faces.py`` drew, with ``facts.jsonl`` of ``pixel_facts.py`` where the measured words are to be
            compared with other landmarks.
    """
    scenes = [row for row in bench.rows if row["measure"] == "scene"]
    wanted = [("word", row["name"]) for row in scenes] + [("judge", group) for group in scene_classifiers.GROUPS]
    done = {(row["measure"], row["name"]) for row in bench.rows}
    if not set(wanted) <= done:
        seen = scene_classifiers.seen_pictures(faces, bench.manager.root)
        for group in scene_classifiers.GROUPS:
            bench.once("judge", group, 0, lambda g=group: {"agrees": scene_classifiers.agreement(g, seen)})
        files = [scene_file(bench, int(row["name"])) for row in scenes]
        rows = seen.reduced(features_of_files(files, bench.manager.root / "scenes.npz"))
        said = {group: scene_classifiers.classifier_of(group, seen).says(rows) for group in scene_classifiers.GROUPS}
        for at, row in enumerate(scenes):
            bench.once("word", row["name"], 0, lambda a=at: {"seen": {group: said[group][a] for group in said}})
    if (faces / "facts.jsonl").exists():
        bench.once("ruler", "facts", 0, lambda: {"agrees": _ruler(bench, faces)})


def _ruler(bench: Bench, faces: Path) -> dict[str, dict[str, list[int]]]:
    """How often the measured words agree with other landmarks on the people held out: by value, right and all."""
    facts, counted = face_labels.measured(faces / "facts.jsonl"), {}
    for number in face_labels.by_eye(face_labels.HELD_OUT):
        picture = Image.open(faces / f"{number:06d}.webp").convert("RGB")
        found = bench.detector.find(picture)
        if not found:
            continue
        told = measured_words(found[0], picture.width, divided(picture))
        for group, value in facts.get(number, {}).items():
            if group in told and value != face_labels.TONE_BETWEEN:
                right = counted.setdefault(group, {}).setdefault(value, [0, 0])
                right[0] += told[group] == value
                right[1] += 1
    return counted


def write_sheets(bench: Bench, count: int) -> list[Path]:
    """Numbered contact sheets of the scenes for somebody who judges by eye, and the prompts in a file beside them."""
    prompts = scene_prompts()[:count]
    folder = bench.folder("sheets")
    lines = [f"{number} {prompt.text}" for number, prompt in enumerate(prompts)]
    (folder / "prompts.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return numbered_sheets([scene_file(bench, number) for number in range(len(prompts))], folder)
