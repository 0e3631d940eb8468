"""Which models are in use: ``models.json`` of a data folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from facea_desktop.domain.atomic_files import disk_trouble, write_atomically
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.people import Value
from facea_desktop.models.catalogue import Name

MODELS_FILE = "models.json"
RULES = "rules"
"""What splits prompts where no language model was chosen."""


class ModelChoices(Value):
    """``models.json``: what is in use.

    Attributes:
        family: the active one.
        scenes: the context model of all families whose scenes can be painted by another.
        own: the weights that the user brought, by the model whose place they take.
        upscaler: what enlarges pictures, a model's name or the path of a file of the user's.
        splitter: what splits prompts: RULES, a language model of the catalogue, or the address of a server.
    """

    version: Literal[1] = 1
    family: Name | None = None
    scenes: Name | None = None
    own: dict[Name, Path] = Field(default_factory=dict)
    upscaler: str | None = None
    splitter: str = RULES


def read_choices(file: Path) -> ModelChoices:
    """What is in use; the defaults where there is no file.

    Raises:
        UserError: it is damaged, or the disk refuses.
    """
    try:
        with disk_trouble(f"read {file}"):
            return ModelChoices.model_validate_json(file.read_bytes() if file.exists() else b"{}")
    except ValidationError as error:
        raise UserError(f"{file} is damaged. Delete it to return to the starter models.") from error


def write_choices(file: Path, choices: ModelChoices) -> None:
    """Keep what is in use.

    Raises:
        UserError: the disk refuses.
    """
    text = json.dumps(choices.model_dump(mode="json"), indent=2, ensure_ascii=False)
    with disk_trouble(f"save {file}"):
        file.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(file, text.encode("utf-8"))
