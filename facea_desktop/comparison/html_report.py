"""The report: one HTML file that needs nothing beside it, with the paper's tables and the pictures in small."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import Any

from PIL import Image

from facea_desktop.comparison.dataset import DatasetPerson
from facea_desktop.comparison.method import ABLATIONS
from facea_desktop.comparison.score_table import WITH_ZEROS, Row, best_and_worst
from facea_desktop.comparison.scores import ATTRIBUTE_SIM, FACE_SIM_DLIB, METRICS, NOT_INSTALLED
from facea_desktop.domain.atomic_files import write_atomically
from facea_desktop.library.photo_reader import read_photo

THUMBNAIL = 96
"""Pixels a side of a picture on a contact sheet."""
MOST_COLUMNS = 12
"""Pictures of a person and method on a contact sheet; of more, every so many-th is shown."""
BEST = 6
ORDER = ("clip_t", "clip_i", "dino", "face_sim")
"""Columns as in the paper's Table 1."""
_TITLES = {metric.name: metric.title for metric in METRICS} | {WITH_ZEROS: "Face Sim., no face = 0"}
_STYLE = """
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 76rem; padding: 0 1rem; color: #222; }
h1 { font-size: 1.6rem } h2 { font-size: 1.2rem; margin-top: 2.2rem } h3 { font-size: 1rem; margin-bottom: .3rem }
table { border-collapse: collapse } th, td { padding: .25rem .7rem; text-align: right; border-bottom: 1px solid #ddd }
th:first-child, td:first-child { text-align: left } td small { color: #777 } .best { font-weight: 700 }
figure { display: inline-block; margin: 0 .5rem .6rem 0; vertical-align: top; width: 96px; font-size: .75rem }
figure img { width: 96px } figcaption { overflow-wrap: anywhere; color: #555 }
.sheet img { height: 96px; max-width: none }
.sheet td { padding: 1px .6rem; border: 0; white-space: nowrap } .wide { overflow-x: auto } code { background: #f3f3f3 }
@media (prefers-color-scheme: dark) { body { background: #1b1b1d; color: #ddd } th, td { border-color: #444 }
code { background: #2c2c2e } td small, figcaption { color: #999 } }
"""


def write_report(
    path: Path, out: Path, summary: dict[str, Any], rows: Sequence[Row], people: Sequence[DatasetPerson]
) -> None:
    """Write the page.

    Args:
        out: what the paths of ``rows`` are relative to.
        summary: what ``summary.json`` holds.
    """
    methods = list(summary["methods"])
    counted = [("person", "people"), ("prompt", "prompts"), ("seed", "seeds")]
    count = ", ".join(f"{len(summary[many])} {one if len(summary[many]) == 1 else many}" for one, many in counted)
    sections = [
        f"<h1>Likeness, measured</h1><p>{_text(count)}; {summary['references']} reference photos each; "
        f"models {_text(summary['family'])} on {_text(summary['machine'])}; {_text(summary['program'])}; "
        f"tuned for {summary['recipe']['steps']} steps of batch {summary['recipe']['batch']}.</p>",
        "<h2>Methods <small>(the paper's Table 1)</small></h2>",
        _first_table(summary, methods),
        _second_table(summary, methods),
        _feature_table(summary, methods),
        _comparison_table(summary, methods),
        _notes(summary),
        "<h2>Best and worst by Face Sim.</h2>",
        *(_extremes(out, method, [row for row in rows if row.method == method]) for method in methods),
        "<h2>Contact sheets</h2>",
        *(_sheet(out, person, methods, [row for row in rows if row.person == person.name]) for person in people),
    ]
    page = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Likeness, measured</title>'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src data:; '
        "style-src 'unsafe-inline'\">"
        f"<style>{_STYLE}</style></head><body>{''.join(sections)}</body></html>\n"
    )
    write_atomically(path, page.encode("utf-8"))


def _first_table(summary: dict[str, Any], methods: Sequence[str]) -> str:
    columns = (*ORDER, WITH_ZEROS, *(name for name in (FACE_SIM_DLIB, ATTRIBUTE_SIM) if name in summary["metrics"]))
    means = {name: [_mean(summary, method, name) for method in methods] for name in columns}
    best = {name: max((mean for mean in found if mean is not None), default=None) for name, found in means.items()}
    head = [*(f"{_TITLES[name]} (%)" for name in columns), "with a face"]
    lines = []
    for method in methods:
        cells = [_figure(summary, method, name, best[name] if len(methods) > 1 else None) for name in columns]
        pictures = summary["methods"][method]["pictures"]
        lines.append([_text(method), *cells, f"{pictures['with_a_face']} of {pictures['wanted']}"])
    note = (
        "<p>Means over people; below them the 95 % interval, a bootstrap over people. Face Sim. counts pictures that "
        "show a face; in the column beside it, a picture without one counts as 0. All but CLIP-T compare with held-out "
        "photos.</p>"
    )
    return _table(["Method", *head], lines) + note


def _second_table(summary: dict[str, Any], methods: Sequence[str]) -> str:
    shown = [method for method in ABLATIONS if method in methods]
    if len(shown) < 2:
        return ""
    lines = []
    for method in shown:
        attribute, vectors = (ABLATIONS[method].get(key) is None for key in ("attribute_task", "features"))
        figures = [_figure(summary, method, name, None) for name in ("clip_t", "face_sim")]
        lines.append([_text(method), *("✓" if on else "✗" for on in (attribute, vectors)), *figures])
    note = (
        "<p>One tuning for each person and row, with the same steps, seed, photos, scenes and masks. A row with L_A "
        "sees twice as many crops in a step: the face's and an attribute's.</p>"
    )
    head = ["Method", "L_A", "Embeddings", "CLIP-T (%)", "Face Sim. (%)"]
    return "<h2>Ablations <small>(Table 2)</small></h2>" + _table(head, lines) + note


def _feature_table(summary: dict[str, Any], methods: Sequence[str]) -> str:
    counted = sorted(method for method in methods if method.startswith("features:"))
    if not counted:
        return ""
    lines = [
        [_text(method.partition(":")[2]), *(_figure(summary, method, name, None) for name in ("clip_t", "face_sim"))]
        for method in counted
    ]
    return "<h2>[feat] vectors a prompt</h2>" + _table(["Vectors", "CLIP-T (%)", "Face Sim. (%)"], lines)


def _comparison_table(summary: dict[str, Any], methods: Sequence[str]) -> str:
    anchor = "full" if "full" in methods else methods[0]
    lines = []
    for one in summary["comparisons"]:
        if anchor not in (one["first"], one["second"]):
            continue
        sign = 1 if one["first"] == anchor else -1
        other = one["second"] if sign == 1 else one["first"]
        low, high = sorted(sign * 100 * end for end in one["ci95"]) if one["ci95"][0] is not None else (None, None)
        between = "" if low is None else f"{low:+.1f} to {high:+.1f}"
        p_values = ["" if p is None else f"{p:.4f}" for p in (one["p"], one["p_holm"])]
        figures = [f"{sign * 100 * one['difference']:+.1f}", between, *p_values, str(one["people"])]
        lines.append([_text(f"{anchor} less {other}"), _TITLES[one["metric"]], *figures])
    if not lines:
        return ""
    head = ["Methods", "Figure", "Difference (points)", "95 % interval", "p", "p, corrected", "People"]
    return f"<h2>Differences</h2>{_table(head, lines)}<p>p: {_text(summary['test'])}.</p>"


def _notes(summary: dict[str, Any]) -> str:
    missing = [one for one in summary["metrics"].values() if not one["installed"]]
    lines = [f"{_text(one['title'])} is not installed: <code>{_text(one['get'])}</code>" for one in missing]
    lines += [_text(note) for note in summary["notes"]]
    return "<h2>To know</h2><ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>" if lines else ""


def _extremes(out: Path, method: str, rows: Sequence[Row]) -> str:
    best, worst = best_and_worst(rows, BEST)
    if not best:
        return ""
    figures = ["".join(_captioned(out, row) for row in some) for some in (best, worst)]
    return f"<h3>{_text(method)}</h3><div>best<br>{figures[0]}</div><div>worst<br>{figures[1]}</div>"


def _captioned(out: Path, row: Row) -> str:
    caption = f"{row.scores.face_sim:.2f} {row.person}, {row.prompt}, seed {row.seed}"
    return f"<figure>{_image([read_photo(out / row.path)])}<figcaption>{_text(caption)}</figcaption></figure>"


def _sheet(out: Path, person: DatasetPerson, methods: Sequence[str], rows: Sequence[Row]) -> str:
    lines = [
        ("references", _image(map(read_photo, person.references[:MOST_COLUMNS]))),
        ("held out", _image(map(read_photo, person.held_out[:MOST_COLUMNS]))),
    ]
    for method in methods:
        made = [row for row in rows if row.method == method]
        step = -(-len(made) // MOST_COLUMNS) or 1
        pictures = [read_photo(out / row.path) if row.path else _nothing() for row in made[::step]]
        if pictures:
            lines.append((method, _image(pictures)))
    body = "".join(f"<tr><td>{_text(name)}</td><td>{image}</td></tr>" for name, image in lines)
    return f'<h3>{_text(person.name)}</h3><div class="wide"><table class="sheet">{body}</table></div>'


def _figure(summary: dict[str, Any], method: str, name: str, best: float | None) -> str:
    if name in summary["metrics"] and not summary["metrics"][name]["installed"]:
        return f"<small>{NOT_INSTALLED}</small>"
    mean = _mean(summary, method, name)
    if mean is None:
        return "<small>none</small>"
    shown = f"{100 * mean:.1f}"
    low, high = summary["methods"][method][name]["ci95"]
    between = "" if low is None else f"<br><small>{100 * low:.1f} to {100 * high:.1f}</small>"
    return (f'<span class="best">{shown}</span>' if mean == best else shown) + between


def _mean(summary: dict[str, Any], method: str, name: str) -> float | None:
    found = summary["methods"][method].get(name)
    return None if found is None else float(found["mean"])


def _table(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """A table whose cells are HTML already."""
    top = "".join(f"<th>{cell}</th>" for cell in head)
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in line) + "</tr>" for line in lines)
    return f'<div class="wide"><table><tr>{top}</tr>{body}</table></div>'


def _image(pictures: Iterable[Image.Image]) -> str:
    """Pictures in a row as one small JPEG inside the page."""
    small = []
    for picture in pictures:
        picture.thumbnail((4 * THUMBNAIL, THUMBNAIL), Image.Resampling.LANCZOS)
        small.append(picture)
    strip = Image.new("RGB", (sum(one.width for one in small) + 2 * (len(small) - 1), THUMBNAIL), "white")
    x = 0
    for one in small:
        strip.paste(one, (x, 0))
        x += one.width + 2
    data = io.BytesIO()
    strip.save(data, "JPEG", quality=82)
    return f'<img alt="" src="data:image/jpeg;base64,{base64.b64encode(data.getvalue()).decode()}">'


def _nothing() -> Image.Image:
    """In the place of a picture that was not made."""
    return Image.new("RGB", (THUMBNAIL, THUMBNAIL), (200, 200, 200))


def _text(value: object) -> str:
    return escape(str(value))
