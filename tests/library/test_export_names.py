"""File names made from templates."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from facea_desktop.domain.errors import UserError
from facea_desktop.library.export_names import export_name
from facea_desktop.library.summaries import PortraitSummary

MOMENT = datetime(2026, 11, 27, 12, tzinfo=UTC)


def portrait(**changes: object) -> PortraitSummary:
    known: dict[str, object] = {
        "path": Path("x.png"), "person": "a" * 12, "person_name": "Anna", "prompt": "a woman, at sea: (dusk:1.3)",
        "style": "", "seed": 7, "created": MOMENT, "likeness": None, "rating": 4, "width": 8, "height": 8,
        "context": None, "mask": None,
    }  # fmt: skip
    return PortraitSummary(**(known | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("{person}", "Anna"),
        ("{person} {date} {n}", "Anna 2026-11-27 003"),
        ("{seed}-{stars}", "7-4"),
        ("{prompt}", "a woman at sea dusk 1 3"),
        ("", "Anna"),
        ("a/b:{person}?", "a b Anna"),
        ("con", "con portrait"),
    ],
)
def test_fields_are_filled_in_and_the_name_is_safe(template: str, name: str) -> None:
    assert export_name(template, portrait(), 3, 120, "Portrait") == name


def test_what_a_portrait_does_not_say_leaves_no_gap() -> None:
    unknown = portrait(person_name="", seed=None, rating=-1)
    assert export_name("{person} {seed} {stars}", unknown, 1, 1, "Portrait") == "Portrait 0"


def test_long_prompts_end_with_a_whole_word() -> None:
    name = export_name("{prompt}", portrait(prompt="lighthouse " * 40), 1, 1, "Portrait")
    assert set(name.split()) == {"lighthouse"}
    assert len(name) < 60


@pytest.mark.parametrize("template", ["{name}", "{person", "person}", "{{person}}", "x" * 201])
def test_a_template_that_cannot_be_used_is_said(template: str) -> None:
    with pytest.raises(UserError):
        export_name(template, portrait(), 1, 1, "Portrait")
