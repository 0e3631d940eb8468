"""What ``measure.py`` asks of the models, and its results as the table of the model card."""

from __future__ import annotations

import numpy as np

from judge import PHOTO
from words import STYLES

LIKENESS_PROMPTS = ("a {} smiling, blue background, front face", "a {} with a neutral expression, grey background")
VARIANTS: dict[str, dict[str, object]] = {
    "full": {},
    "no [feat]": {"features": 0},
    "neither": {"features": 0, "attribute_task": False},
}
"""The paper's ablation: what each variant changes in the quick preset."""
ASKED = {
    "subject": ["man", "woman"],
    "expression": ["neutral", "smiling"],
    "eyewear": ["none", "glasses", "sunglasses"],
    "background": ["black", "white", "grey", "blue", "green", "red"],
    "style": [PHOTO, *sorted(STYLES)],
}
"""Words that prompts ask for; the judge chooses one of them."""


def table(rows: list[dict]) -> list[str]:
    """The rows as lines of Markdown."""
    lines = ["| measure | figure |", "|---|---|"]

    def of(measure: str) -> list[dict]:
        return [row for row in rows if row["measure"] == measure]

    if vae := of("vae"):
        facenets, psnrs = ([row[key] for row in vae] for key in ("facenet", "psnr"))
        lines.append(f"| VAE: FaceNet of the decoded crop against the crop ({len(vae)} people) | {_mean(facenets)} |")
        lines.append(f"| VAE: PSNR on the same crops | {np.mean(psnrs):.1f} dB |")
    if counts := [count for row in of("redraws") for count in row["faces"]]:
        lines.append(f"| untuned redraw of a face, seen as one face | {_part([c == 1 for c in counts])} |")
    if scenes := of("scenes"):
        lines.append(f"| scenes with exactly one face of sane size | {_part([row['one_face'] for row in scenes])} |")
        for topic, among in ASKED.items():
            right = [row["asked"][topic] == row["read"][topic] for row in scenes if topic in row["asked"]]
            trust = next((f"{row['agrees']:.0%}" for row in of("judge") if row["name"] == topic), "?")
            name = f"words obeyed: {topic} (one of {len(among)}; the judge agrees with {trust} of the labels)"
            lines.append(f"| {name} | {_part(right)} |")
    if alike := of("diversity"):
        lines.append(f"| FaceNet between scenes of one prompt | {_mean([row['alike'] for row in alike])} |")
    if full := of("full"):
        plain = {
            label: [np.mean([score or 0.0 for score in row[label][: len(LIKENESS_PROMPTS)]]) for row in full]
            for label in ("untuned", "tuned")
        }
        gains = np.subtract(plain["tuned"], plain["untuned"])
        people = f"{len({row['name'] for row in full})} people, {len(full)} tunings"
        lines.append(f"| likeness to held-out photos, untuned ({people}) | {_mean(plain['untuned'])} |")
        lines.append(f"| the same after the quick preset | {_mean(plain['tuned'])} |")
        lines.append(f"| gain by tuning | {_mean(gains)}, least {min(gains):.2f} |")
        found = [score is not None for row in full for score in row["tuned"]]
        lines.append(f"| tuned portraits in which a face is found | {_part(found)} |")
        lines.append(f"| quick preset, seconds | {np.mean([row['tuning_s'] for row in full]):.0f} |")
        lines.append(f"| portrait of two stages, seconds | {np.median([row['portrait_s'] for row in full]):.1f} |")
    for variant in VARIANTS:
        both = [row for row in of(variant) if any(r["name"] == row["name"] for r in of("neither"))]
        if both:
            scores = [np.mean([s or 0.0 for s in row["tuned"][: len(LIKENESS_PROMPTS)]]) for row in both]
            lines.append(f"| ablation, {variant} ({len(both)} tunings) | {_mean(scores)} |")
    return lines


def _mean(values: list[float] | np.ndarray) -> str:
    return f"{np.mean(values):.3f} (spread {np.std(values):.3f})"


def _part(right: list[bool]) -> str:
    return f"{np.mean(right):.0%} ({sum(right)} of {len(right)})"
