"""Judges portraits: how like photos that no model saw, and whether they show what was asked for."""

from __future__ import annotations

import random
import time
from pathlib import Path

import numpy as np
from PIL import Image

from bench import HELD_OUT, Bench
from facea_desktop.comparison import dlib_recogniser
from facea_desktop.domain.events import Observer
from facea_desktop.domain.faces import Face
from facea_desktop.domain.people import Profile
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.domain.scene_reading import read_scene
from facea_desktop.engine.attribute_network import attribute_reader
from facea_desktop.engine.crops import Crop
from facea_desktop.engine.face_parser import SIDE as PARSED_SIDE
from facea_desktop.engine.likeness import facenet
from facea_desktop.engine.photo_detail import OBEYED
from facea_desktop.engine.portrait_service import make_portraits

LIKENESS_PROMPTS = ("a {} smiling, blue background, front face", "a {} with a neutral expression, grey background")
JUDGED_PROMPTS = (*LIKENESS_PROMPTS, "a {} wearing glasses, front face")

Scores = dict[str, list]
"""``facenet`` and ``dlib``, likeness by two recognisers, and ``seconds``: a number a portrait, None where no face is
found (or no dlib installed); ``obeyed``: a bool for each expression or eyewear that was asked for."""
Found = tuple[Image.Image, Face]
"""A picture in RGB and the largest face in it."""


class Judge:
    """Compares portraits of one person with the held-out photos.

    Args:
        person: a folder of photos.
    """

    def __init__(self, bench: Bench, person: str) -> None:
        self._bench, self._person = bench, person
        self._second = dlib_recogniser.DlibRecogniser() if dlib_recogniser.is_installed() else None
        held = held_out(bench, person)
        self._own = np.stack([facenet().embed(picture, face.box) for picture, face in held])
        self._own_by_second = [self._second.embed(picture, face.box) for picture, face in held] if self._second else []

    def scores(self, portrait: Path, prompt: str) -> Scores:
        """Of one portrait."""
        seen, asked = found_face(self._bench, portrait), read_scene(prompt).asked
        if seen is None:
            return {"facenet": [None], "dlib": [None], "obeyed": [False for group in OBEYED if group in asked]}
        picture, face = seen
        alike = float(np.mean(self._own @ facenet().embed(picture, face.box)))
        scores: Scores = {"facenet": [round(alike, 4)], "dlib": [None]}
        if self._second is not None:
            embedded = self._second.embed(picture, face.box)
            scores["dlib"] = [round(dlib_recogniser.likeness(embedded, self._own_by_second), 4)]
        read = attribute_reader().read(Crop.of_face(face).cut(picture, PARSED_SIDE))
        scores["obeyed"] = [read[group][asked[group]] > 0.5 for group in OBEYED if group in asked]
        return scores

    def portraits(
        self, profile: Profile, seed: int, folder: Path, *, in_pictures: bool = False, identity: bool = True
    ) -> Scores:
        """Paint JUDGED_PROMPTS; the scores of all.

        Args:
            in_pictures: the scenes are photos of others, instead of painted for the person.
            identity: off leaves the person out: faces of nobody.
        """
        bench, person, start = self._bench, self._person, scene_seed(self._person, seed)
        others = bench.others(person)
        found: Scores = {"facenet": [], "dlib": [], "obeyed": [], "seconds": []}
        for number, prompt in enumerate(text.format(bench.subjects[person]) for text in JUDGED_PROMPTS):
            scene = bench.photo(others[(start + number) % len(others)], HELD_OUT[0]) if in_pictures else None
            request = PortraitRequest(person=profile.id, prompt=prompt, seed=start, picture=scene, identity=identity)
            began = time.monotonic()
            (made,) = make_portraits(bench.manager, request, Observer(), folder, stages=True)
            found["seconds"].append(round(time.monotonic() - began, 1))
            for name, values in self.scores(made.path, prompt).items():
                found[name] += values
        return found


def scene_seed(person: str, seed: int) -> int:
    """Everybody stands in scenes of their own; the variants of a tuning, and untuned, in the same ones."""
    return random.Random(f"{person} {seed}").randrange(2**31)


def found_face(bench: Bench, path: Path) -> Found | None:
    """None where no face is seen."""
    picture = Image.open(path).convert("RGB")
    return next(((picture, face) for face in bench.detector.find(picture)), None)


def held_out(bench: Bench, person: str) -> list[Found]:
    """The photos that the models do not see."""
    photos = [found_face(bench, bench.photo(person, i)) for i in HELD_OUT]
    return [found for found in photos if found is not None]
