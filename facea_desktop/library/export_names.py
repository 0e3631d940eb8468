"""Names of exported portraits, made from a template such as "{person} {date} {n}"."""

from __future__ import annotations

import re

from facea_desktop.domain.errors import UserError
from facea_desktop.library.portrait_export import safe_name
from facea_desktop.library.summaries import PortraitSummary

FIELDS = ("person", "date", "prompt", "seed", "stars", "n")
TEMPLATE_CHARACTERS = 200
_PROMPT_CHARACTERS = 60
_FIELD = re.compile(r"\{([^{}]*)\}")


def check_template(template: str) -> None:
    """See that a template can be used.

    Raises:
        UserError: it names a field that there is not, or is too long.
    """
    shown = ", ".join(f"{{{field}}}" for field in FIELDS)
    unknown = next((name for name in _FIELD.findall(template) if name not in FIELDS), None)
    if unknown is not None:
        raise UserError(f"{{{unknown}}} is unknown. Use {shown}.")
    if "{" in _FIELD.sub("", template) or "}" in _FIELD.sub("", template):
        raise UserError(f"A bracket is not closed. Use {shown}.")
    if len(template) > TEMPLATE_CHARACTERS:
        raise UserError(f"The file name is too long. Use at most {TEMPLATE_CHARACTERS} characters.")


def export_name(template: str, portrait: PortraitSummary, number: int, count: int, nobody: str) -> str:
    """The name, without ending, of a portrait; every file system takes it.

    Args:
        number: which of the exported ones it is, from 1.
        count: how many are exported, so that numbers sort as text.
        nobody: stands for the person where the portrait says nobody.

    Raises:
        UserError: as ``check_template``.
    """
    check_template(template)
    values = {
        "person": portrait.person_name or nobody,
        "date": f"{portrait.created.astimezone():%Y-%m-%d}",
        "prompt": _first_words(portrait.prompt),
        "seed": "" if portrait.seed is None else str(portrait.seed),
        "stars": str(max(portrait.rating, 0)),
        "n": f"{number:0{len(str(count))}}",
    }
    made = _FIELD.sub(lambda found: values[found[1]], template.strip() or "{person}")
    return " ".join(safe_name(made).split())


def _first_words(prompt: str) -> str:
    """As many words as fit, so that none is cut."""
    kept = ""
    for word in re.sub(r"[^\w\s'-]+", " ", prompt).split():
        if len(kept) + len(word) >= _PROMPT_CHARACTERS:
            break
        kept = f"{kept} {word}".strip()
    return kept
