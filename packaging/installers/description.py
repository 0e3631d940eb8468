"""The one description that every installer is made from: pyproject.toml and app.toml."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


class Refusal(Exception):  # noqa: N818 - it is no error of the program's
    """An installer cannot be built here; the sentence says why, and what to do."""


@dataclass(frozen=True)
class FileType:
    """A kind of file that the program opens; one that is ``shared`` belongs to other programs first."""

    mime: str
    ending: str
    name: str = ""
    name_de: str = ""
    shared: bool = False


@dataclass(frozen=True)
class App:
    """What the installers say of the program.

    Attributes:
        package: name on PyPI and of the command.
        summary: one sentence, without its full stop.
        target: by "linux", "windows" and "macos", what is particular there (app.toml).
        more: the other tables and keys of app.toml.
    """

    id: str
    package: str
    name: str
    version: str
    summary: str
    licence: str
    file_types: tuple[FileType, ...]
    target: Mapping[str, Mapping[str, Any]]
    more: Mapping[str, Any]

    @property
    def own_types(self) -> tuple[FileType, ...]:
        """The kinds of file that are the program's alone."""
        return tuple(kind for kind in self.file_types if not kind.shared)

    @property
    def words(self) -> dict[str, str]:
        """What the templates are filled with."""
        own = self.own_types[0]
        return {
            "id": self.id,
            "name": self.name,
            "version": self.version,
            "summary": self.summary,
            "summary_de": self.more["summary-de"].rstrip("."),
            "generic_name": self.more["generic-name"],
            "generic_name_de": self.more["generic-name-de"],
            "licence": self.licence,
            "maintainer": self.more["maintainer"],
            "categories": ";".join(self.more["categories"]),
            "keywords": ";".join(self.more["keywords"]),
            "keywords_de": ";".join(self.more["keywords-de"]),
            "mime_types": ";".join(kind.mime for kind in self.file_types),
            "own_mime": own.mime,
            "own_ending": own.ending,
            "own_name": own.name,
            "own_name_de": own.name_de,
        } | {f"data_{system}": folder for system, folder in self.more["data-folder"].items()}


def read_description() -> App:
    """The program as pyproject.toml and app.toml describe it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    said = tomllib.loads((HERE.parent / "app.toml").read_text("utf-8"))
    kinds = tuple(
        FileType(**{key.replace("-", "_"): value for key, value in kind.items()}) for kind in said.pop("file-type")
    )
    return App(
        id=said.pop("id"),
        package=project["name"],
        name=said.pop("name"),
        version=project["version"],
        summary=project["description"].rstrip("."),
        licence=project["license"],
        file_types=kinds,
        target=said.pop("target"),
        more=said,
    )


def placeholders(app: App) -> list[str]:
    """Keys of app.toml whose values a publisher has to replace: names below ".invalid" are nobody's (RFC 2606)."""
    said = {key: app.more[key] for key in ("maintainer", "web", "reverse-dns")}
    said |= {f"updates.{key}": value for key, value in app.more["updates"].items()}
    return [key for key, value in said.items() if not value or re.search(r"\binvalid\b", value)]


def filled(template: str, words: Mapping[str, str]) -> str:
    """A template of this folder with its ``@words@`` in place."""
    return re.sub(r"@([a-z_]+)@", lambda found: words[found[1]], (HERE / template).read_text("utf-8"))


def tool(name: str, remedy: str) -> str:
    """Path of a program that building needs.

    Raises:
        Refusal: it is not installed.
    """
    found = shutil.which(name)
    if found is None:
        raise Refusal(f"{name} is missing: {remedy}.")
    return found


def run(command: Sequence[str | Path], **options: Any) -> None:
    """Run a program, with what it prints.

    Raises:
        Refusal: it failed.
    """
    if subprocess.run(command, check=False, **options).returncode:
        raise Refusal(f"{Path(command[0]).name} failed; what it said stands above.")
