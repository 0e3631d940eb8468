"""The results of ``measure.py`` as the table of the model card."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from face_labels import CHILD, Label
from facea_desktop.domain.faces import Attribute
from facea_desktop.domain.scene_reading import scene_words
from person_measures import VARIANTS
from portrait_judge import JUDGED_PROMPTS, LIKENESS_PROMPTS
from taken_measures import CROPS

MEASURED = ("pose", "light", "tone", "background")
"""Groups that are measured in the picture; the others are judged."""
WAYS = {"nobody": "faces of nobody", "scenes": "in scenes", "pictures": "in pictures of others"}
"""How tuned people are painted, and what it is called."""
RECIPES = {"full": "quick preset", "expression": "preset Expression", "portrait": "preset Portrait"}
"""How people are tuned, by the measure."""
Counts = dict[str, list[bool]]
"""Value to what was obeyed and what was not."""


def table(rows: list[dict], eyes: dict[int, Label]) -> list[str]:
    """The rows as lines of Markdown.

    Args:
        eyes: what somebody saw in the scenes, by their number.
    """
    names = {row["measure"] for row in rows}
    figures = _figures({measure: [row for row in rows if row["measure"] == measure] for measure in names}, eyes)
    lines = [*map(_line, (("measure", "figure"), ("---", "---"), *figures))]
    return [*lines, "", *words_table(rows, eyes)]


def words_table(rows: list[dict], eyes: dict[int, Label]) -> list[str]:
    """How often each kind of word is obeyed, the worst first."""
    read = {row["name"]: row["seen"] for row in rows if row["measure"] == "word"}
    measured = {row["name"]: row.get("measured", {}) for row in rows if row["measure"] == "pixels"}
    trust = {row["name"]: row["agrees"] for row in rows if row["measure"] == "judge"}
    trust |= next((row["agrees"] for row in rows if row["measure"] == "ruler"), {})
    if not read:
        return []
    judged: dict[str, Counts] = {}
    eyed: dict[str, Counts] = {}
    for row in (row for row in rows if row["measure"] == "scene"):
        name = row["name"]
        for said, counts in ((read.get(name, {}) | measured.get(name, {}), judged), (eyes.get(int(name), {}), eyed)):
            for group, value in row["asked"].items():
                if group in said:
                    counts.setdefault(group, {}).setdefault(value, []).append(said[group] == value)
    classified = "obeyed, says the classifier"
    heads = ("words", classified, "what it would say if all were", "obeyed, says the eye", "each value")
    lines = [_line(heads), _line(["---"] * len(heads))]
    for group in sorted(judged, key=lambda group: float(np.mean(_all(judged[group])))):
        name = scene_words().group(group).title.lower() + (", measured" if group in MEASURED else "")
        ceiling = _if_all_were(judged[group], trust.get(group))
        eye = _part(_all(eyed[group])) if group in eyed else ""
        values = _each_value(judged[group], eyed.get(group, {}))
        lines.append(_line((name, _part(_all(judged[group])), ceiling, eye, values)))
    return lines


def _each_value(judged: Counts, eyed: Counts) -> str:
    """The worst first: "red 3/9 (4/9)", in brackets what the eye says."""
    said = []
    for value, right in sorted(judged.items(), key=lambda item: float(np.mean(item[1]))):
        by_eye = f" ({sum(eyed[value])}/{len(eyed[value])})" if value in eyed else ""
        said.append(f"{value} {sum(right)}/{len(right)}{by_eye}")
    return ", ".join(said)


def _figures(of: dict[str, list[dict]], eyes: dict[int, Label]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if pixels := of.get("pixels"):
        found.append(("scenes with one sane face", _part([row["sane"] for row in pixels])))
        for key in ("sharpness", "noise") if "photo" in of else ():
            here, there = (np.array([row[key] for row in some if key in row]) for some in (pixels, of["photo"]))
            name = f"{key} of a scene, as a multiple of a photo's, of means (medians)"
            ratios = here.mean() / there.mean(), np.median(here) / np.median(there)
            found.append((name, f"{ratios[0]:.2f} ({ratios[1]:.2f})"))
    if scenes := of.get("scene"):
        found.append(("prompts read as they are meant", _part([row["asked"] == row["understood"] for row in scenes])))
        seconds, threads = [row["seconds"] for row in scenes], {row["threads"] for row in scenes}
        name = f"a scene of {scenes[0]['side']} px, seconds (threads: {_list(threads)})"
        found.append((name, f"{np.median(seconds):.2f}, fastest {min(seconds):.2f}"))
    if words := of.get("word"):
        young = [row["seen"]["age"] == CHILD for row in words]
        found.append(("scenes of somebody under age, says the classifier", f"{sum(young)} of {len(young)}"))
    if eyes:
        young = [label.get("age") == CHILD for label in eyes.values()]
        found.append(("scenes of somebody under age, says the eye", f"{sum(young)} of {len(young)}"))
    if parser := of.get("parser"):
        found.append((f"face parser, 256 px, ms (threads: {parser[0]['threads']})", f"{parser[0]['ms']}"))
    if strangers := [row["cosine"] for row in of.get("strangers", []) if row["cosine"] is not None]:
        found.append((f"FaceNet between two scenes of one prompt ({len(strangers)} pairs)", _mean(strangers)))
    if vae := of.get("vae"):
        facenets, psnrs = ([row[key] for row in vae] for key in ("facenet", "psnr"))
        found.append((f"VAE: FaceNet of the decoded crop against the crop ({len(vae)} people)", _mean(facenets)))
        found.append(("VAE: PSNR on the same crops", f"{np.mean(psnrs):.1f} dB"))
    if redraws := of.get("redraws"):
        found.append(("untuned redraw of a face, seen as one face",
                      _part([count == 1 for row in redraws for count in row["faces"]])))  # fmt: skip
        for key, name in (("rim_step", "colour step across the mask's rim"), ("worst_step", "the largest within"),
                          ("grain", "grain of the redrawn face")):  # fmt: skip
            steps = [step for row in redraws for step in row[key]]
            found.append((f"{name}, as a multiple of the photo's own", f"{_mean(steps)}, most {max(steps):.2f}"))
    return [*found, *_likeness(of)]


def _likeness(of: dict[str, list[dict]]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for measure, where in (("first sight", "scenes of their own"), ("first sight in pictures", "pictures of others")):
        if first := of.get(measure):
            people = f"{len({row['name'] for row in first})} people, {len(first)} times each prompt"
            found += _scored(first, f"untuned, in {where} ({people})")
    for recipe, called in RECIPES.items():
        tuned = of.get(recipe, [])
        people = f"{len({row['name'] for row in tuned})} people, {len(tuned)} tunings"
        for way, name in WAYS.items():
            if scored := [row[way] for row in tuned if way in row]:
                found += _scored(scored, f"{called}, {name} ({people})")
    if full := of.get("full"):
        found.append(("least of a tuning, in scenes", f"{min(_score(row['scenes']) for row in full):.2f}"))
        found.append(("quick preset, seconds", f"{np.mean([row['tuning_s'] for row in full]):.0f}"))
        seconds = [second for row in full for second in row["scenes"]["seconds"]]
        found.append(("portrait of two stages, seconds", f"{np.median(seconds):.1f}"))
    for crop in CROPS if "taken" in of else ():
        nearer = [row[part][crop] for row in of["taken"] for part in Attribute if row[part] is not None]
        found.append((f"taken attribute nearer to the giver, {crop} crop", _part(nearer)))
    compared = {row["name"] for row in of.get("neither", [])}
    for variant in VARIANTS:
        both = [row for row in of.get(variant, []) if row["name"] in compared]
        if both:
            scores = [_score(row["scenes"]) for row in both]
            found.append((f"ablation, {variant} ({len(both)} tunings)", _mean(scores)))
            errors = [error for row in both for error in row.get("attribute_error", {}).values()]
            if errors:
                found.append(
                    ("the same, error inside attributes' masks on held-out photos, grey levels", _mean(errors))
                )
    return found


def _scored(rows: list[dict], what: str) -> list[tuple[str, str]]:
    """Likeness, prompt by prompt, as far as faces are found, and how often words were obeyed."""
    found = [(f"a face is found, {what}", _part([score is not None for row in rows for score in row["facenet"]]))]
    for key, name in (("facenet", "FaceNet"), ("dlib", "1 less dlib's distance")):
        for prompt, scores in zip(JUDGED_PROMPTS, zip(*(row[key] for row in rows))):
            words = prompt.removeprefix("a {} ").partition(",")[0]
            if known := [score for score in scores if score is not None]:
                found.append((f"likeness to held-out photos, {what}, {words}, {name}", _mean(known)))
    obeyed = [one for row in rows for one in row["obeyed"]]
    return [*found, (f"expression and eyewear as asked for, {what}", _part(obeyed))]


def _score(scores: dict[str, list]) -> float:
    """Mean over the prompts that ask for nothing that hides a face; 0 where none is found."""
    return float(np.mean([score or 0.0 for score in scores["facenet"][: len(LIKENESS_PROMPTS)]]))


def _if_all_were(asked: Counts, agrees: dict[str, list[int]] | None) -> str:
    """What it would say of pictures that all show what is asked: its agreement, each value as often as asked."""
    if agrees is None:
        return ""
    known = {value: right for value, right in asked.items() if agrees.get(value, [0, 0])[1]}
    total = sum(len(right) for right in known.values())
    share = sum(len(right) * agrees[value][0] / agrees[value][1] for value, right in known.items()) / max(total, 1)
    few = [f"{value} {agrees[value][1]}" for value in known if agrees[value][1] < 15]
    return f"{share:.0%}" + (f" (few to tell by: {', '.join(few)})" if few else "")


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _all(counts: Counts) -> list[bool]:
    return [one for right in counts.values() for one in right]


def _list(values: set[int]) -> str:
    return ", ".join(map(str, sorted(values)))


def _mean(values: Sequence[float]) -> str:
    return f"{np.mean(values):.3f} (spread {np.std(values):.3f})"


def _part(right: list[bool]) -> str:
    return f"{np.mean(right):.1%} ({sum(right)} of {len(right)})"
