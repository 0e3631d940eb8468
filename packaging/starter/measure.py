"""Measure the starter models on people that training never saw; prints the table of the model card.

``python packaging/starter/measure.py --people PEOPLE/bench --work DIR [--count 4] [--seeds 2]``

For each person: enrol the first three photos, tune with the quick preset, paint portraits with and without the
person, and compare the faces with the held-out photos by FaceNet. Goes on where it stopped.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np
from PIL import Image

from facea_desktop.domain.events import Observer
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.people import Consent
from facea_desktop.domain.requests import EnrolRequest, PortraitRequest, TuneRequest
from facea_desktop.engine.enrol import enrol
from facea_desktop.engine.learn import tune_person
from facea_desktop.engine.portrait import make_portraits
from facea_desktop.engine.studio import Studio

REFERENCES, HELD_OUT = range(3), range(3, 6)
PROMPTS = ("a {} smiling, blue background, front face", "an oil painting of a {}, front face")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=Path, required=True, help="folders of photos, with people.json")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--count", type=int, default=4, help="people")
    parser.add_argument("--seeds", type=int, default=2)
    args = parser.parse_args()
    studio = Studio(args.work)
    results = args.work / "measured.jsonl"
    done = [json.loads(line) for line in results.read_text().splitlines()] if results.exists() else []
    subjects = json.loads((args.people / "people.json").read_text())
    for name in list(subjects)[:: max(1, len(subjects) // args.count)][: args.count]:
        for seed in range(args.seeds):
            if any(row["person"] == name and row["seed"] == seed for row in done):
                continue
            row = _measure(studio, args.people / name, subjects[name], seed)
            done.append(row)
            with results.open("a") as file:
                file.write(json.dumps(row) + "\n")
            print(json.dumps(row), flush=True)
    _table(done)


def _measure(studio: Studio, folder: Path, subject: str, seed: int) -> dict:
    photos = tuple(folder / f"{i}.jpg" for i in REFERENCES)
    request = EnrolRequest(
        name=folder.name, subject=Subject(subject), photos=photos, consent=Consent(kind="invented person")
    )
    profile = enrol(studio, request, Observer())
    family = studio.family(profile.family)
    began = time.monotonic()
    tune_person(studio, TuneRequest(person=profile.id, recipe=family.recipe("quick"), seed=seed), Observer())
    seconds = time.monotonic() - began
    held = [_embed(studio, folder / f"{i}.jpg", family) for i in HELD_OUT]
    row: dict = {"person": folder.name, "seed": seed, "tuning_s": round(seconds), "faces": 0, "pictures": 0}
    for label, identity in (("untuned", False), ("tuned", True)):
        scores = []
        for prompt in PROMPTS:
            portrait = PortraitRequest(
                person=profile.id, prompt=prompt.format(subject), seed=100 + seed, identity=identity
            )
            began = time.monotonic()
            (saved,) = make_portraits(studio, portrait, Observer(), studio.root / "portraits" / label)
            row["portrait_s"] = round(time.monotonic() - began, 1)
            embedding = _embed(studio, saved.path, family)
            row["pictures"] += 1
            row["faces"] += embedding is not None
            scores.append(0.0 if embedding is None else float(np.mean([h @ embedding for h in held if h is not None])))
        row[label] = round(float(np.mean(scores)), 4)
    return row


def _embed(studio: Studio, path: Path, family: object) -> np.ndarray | None:
    return studio.embedding(Image.open(path).convert("RGB"), family)


def _table(rows: list[dict]) -> None:
    untuned, tuned = (np.array([row[label] for row in rows]) for label in ("untuned", "tuned"))
    people = {row["person"] for row in rows}
    print(f"people {len(people)}, runs {len(rows)}, prompts {len(PROMPTS)}")
    print(f"likeness to held-out photos: untuned {untuned.mean():.3f}, tuned {tuned.mean():.3f}")
    print(f"gain {(tuned - untuned).mean():.3f}, from {(tuned - untuned).min():.3f} to {(tuned - untuned).max():.3f}")
    print(f"portraits with a face found: {sum(r['faces'] for r in rows)} of {sum(r['pictures'] for r in rows)}")
    tuning, portrait = (np.mean([row[key] for row in rows]) for key in ("tuning_s", "portrait_s"))
    print(f"tuning {tuning:.0f} s, portrait {portrait:.1f} s")


if __name__ == "__main__":
    main()
