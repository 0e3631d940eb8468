"""Measure the starter models on people that training never saw; prints the table of the model card.

    python packaging/starter/faces.py DRAWN --blocks 4 --rare packaging/starter/labels/rare-90001.txt
    python packaging/starter/measure.py --people PEOPLE/bench --faces DRAWN --work DIR

Everything measured goes to ``DIR/measured.jsonl``, a line a run, and is not done again: a measuring that was cut goes
on where it stopped, and a later one with more people, scenes, seeds or measures does what is missing. Delete the file
when the models or the presets have changed. The pictures stay in ``DIR/pictures``; ``pictures/sheets`` has the scenes
with a number above each, for somebody who judges them by eye. What that person says, in a file like
``labels/eye-J.txt``, is counted beside the classifiers with --eyes.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import face_labels
from bench import Bench
from facea_desktop.engine.model_manager import ModelManager
from figures import table
from person_measures import (
    VARIANTS,
    measure_first_sight,
    measure_likeness,
    measure_presets,
    measure_redraws,
    measure_vae,
)
from scene_measures import measure_scenes, measure_strangers, measure_words, write_sheets
from scene_prompts import COUNT
from taken_measures import measure_taken

MEASURES = ("vae", "redraws", "scenes", "words", "strangers", "first sight", "taken", "likeness", "presets", "ablation")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=Path, required=True, help="folders of photos, with people.json")
    parser.add_argument("--faces", type=Path, required=True, help="the drawn faces, which the classifiers learn")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--eyes", type=Path, help="what somebody saw in the numbered scenes")
    parser.add_argument("--count", type=int, default=28, help="people")
    parser.add_argument("--skip", type=int, default=0, help="people, so that several runs can share the work")
    parser.add_argument("--seeds", type=int, default=1, help="tunings of a person")
    parser.add_argument("--scenes", type=int, default=COUNT, help="scenes for the words")
    parser.add_argument(
        "--for-people",
        action="store_true",
        help="the scenes are painted for the people in turn; in a --work of their own",
    )
    parser.add_argument("--only", nargs="+", choices=MEASURES, default=MEASURES)
    args = parser.parse_args()
    if args.for_people and "strangers" in args.only:
        parser.error("--for-people leaves no strangers to compare; name the others with --only.")
    args.work.mkdir(parents=True, exist_ok=True)
    results = args.work / "measured.jsonl"
    rows = [json.loads(line) for line in results.read_text().splitlines()] if results.exists() else []
    subjects = json.loads((args.people / "people.json").read_text())
    step = max(1, len(subjects) // args.count)
    chosen = dict(list(subjects.items())[args.skip :: step][: args.count])
    bench = Bench(ModelManager(args.work), args.people, chosen, rows, results)
    if "scenes" in args.only:
        measure_scenes(bench, args.scenes, for_people=args.for_people)
        print(*write_sheets(bench, args.scenes), sep="\n")
    if "words" in args.only:
        measure_words(bench, args.faces)
    if "strangers" in args.only:
        measure_strangers(bench)
    if "vae" in args.only:
        measure_vae(bench)
    if "redraws" in args.only:
        measure_redraws(bench)
    if "first sight" in args.only:
        measure_first_sight(bench, args.seeds)
    if "taken" in args.only:
        measure_taken(bench)
    if "likeness" in args.only:
        measure_likeness(bench, ["full"], args.seeds)
    if "presets" in args.only:
        measure_presets(bench, args.seeds)
    if "ablation" in args.only:
        measure_likeness(bench, list(VARIANTS), args.seeds)
    eyes = face_labels.by_eye([str(args.eyes.resolve())]) if args.eyes is not None else {}
    print("\n".join(table(bench.rows, eyes)))


if __name__ == "__main__":
    main()
