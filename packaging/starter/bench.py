"""What measurements share: the people and models they use, and results that are kept and never made twice."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from PIL import Image

from facea_desktop.domain.events import Observer
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.people import Consent, Profile
from facea_desktop.domain.photo_requests import EnrolRequest
from facea_desktop.engine.detect import Detector
from facea_desktop.engine.enrolment import enrol
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.models.catalogue import Family

REFERENCES, HELD_OUT = range(3), range(3, 6)
"""Photos of each person that the models see, and those that they do not."""


@dataclass(frozen=True)
class Bench:
    """What is measured with, and where results go.

    Attributes:
        people: folders of photos.
        subjects: whom to measure, and who is a man and who a woman.
        rows: all results so far.
        results: the file that keeps them.
    """

    manager: ModelManager
    people: Path
    subjects: dict[str, str]
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

    @property
    def family(self) -> Family:
        return self.manager.models.active_family()

    @property
    def detector(self) -> Detector:
        return self.manager.detector(self.family)

    @cached_property
    def everyone(self) -> dict[str, str]:
        """All people of the folder, and who is a man and who a woman."""
        return dict(json.loads((self.people / "people.json").read_text()))

    def others(self, person: str) -> list[str]:
        """Everybody else of the same sex, also those who are not measured now."""
        everyone = self.everyone
        return [name for name, subject in everyone.items() if subject == everyone[person] and name != person]

    def photo(self, person: str, index: int) -> Path:
        return self.people / person / f"{index}.jpg"

    def folder(self, *names: str) -> Path:
        """A folder for pictures; it is there."""
        folder = self.manager.root.joinpath("pictures", *names)
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def embed(self, path: Path) -> np.ndarray | None:
        return self.manager.embedding(Image.open(path).convert("RGB"), self.family)

    def profile(self, person: str, name: str) -> Profile:
        """The person ``name`` of the library, enrolled with the references of ``person`` where there is none."""
        for profile in self.manager.library.people():
            if profile.name == name:
                return profile
        request = EnrolRequest(
            name=name,
            subject=Subject(self.everyone[person]),
            photos=tuple(self.photo(person, i) for i in REFERENCES),
            consent=Consent(kind="invented person"),
        )
        return enrol(self.manager, request, Observer())
