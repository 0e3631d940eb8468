"""Bring the translations up to date: ``python packaging/translations/update.py``, after a string of the window changed.

Strings come out of the sources into ``resources/translations/facea_<locale>.ts``, where what is there stays and what
nobody needs any more goes; Qt Linguist (pyside6-linguist) edits these. Then each is compiled to the ``.qm`` beside it.
A new language begins with ``python packaging/translations/update.py fr``.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "facea_desktop" / "ui"
TRANSLATIONS = ROOT / "resources" / "translations"

Texts = dict[tuple[str, str], bool]
"""(context, source text) of all that can be translated, and whether it counts something (%n)."""
Translations = dict[tuple[str, str], list[str]]
"""What each text is called; two forms, one and many, where it counts."""


TITLES = (
    ("Styles", "styles/styles.toml", "styles"),
    ("Styles", "styles/picks.toml", "groups"),
    ("Styles", "styles/picks.toml", "scene_groups"),
    ("SceneWords", "scene_words.toml", "groups"),
    ("Models", "catalogue.toml", "models"),
    ("Models", "catalogue.toml", "families"),
)
"""The context, the file and the list or table of things whose titles, and licences, are data."""

TRANSLATE = ("tr", "translate", "_translate", "QCoreApplication.translate")
"""What modules call it that belong to no widget; the context is its first argument."""


def texts(folder: Path = SOURCES) -> Texts:
    """Every text in ``self.tr("...")``, in ``QCoreApplication.translate("context", "...")`` by whatever name, and the
    titles of styles, quick picks and scene words; what goes into a prompt stays English, as the models learned it."""
    found: Texts = {}
    for context, file, things in TITLES:
        entries = tomllib.loads((ROOT / "resources" / file).read_text(encoding="utf-8"))[things]
        for thing in entries.values() if isinstance(entries, dict) else entries:
            found |= {(context, thing[key]): False for key in ("title", "licence") if key in thing}
    for path in sorted(folder.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for context, call in _calls(tree, ""):
            words = [argument.value for argument in call.args if isinstance(argument, ast.Constant)]
            if ast.unparse(call.func) != "self.tr":
                context, *words = words
            if words:
                found[context, words[0]] = "%n" in words[0]
    return found


def read(path: Path) -> Translations:
    """The translations of a .ts file; what is not finished is left out."""
    made: Translations = {}
    for context in ET.parse(path).getroot().iter("context"):  # noqa: S314 our own file
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is not None and translation.get("type") is None:
                forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
                made[context.findtext("name", ""), message.findtext("source", "")] = forms
    return made


def write(path: Path, wanted: Texts, made: Translations) -> None:
    """The .ts file with everything that is wanted, in the order of the alphabet."""
    root = ET.Element("TS", version="2.1", language=path.stem.removeprefix("facea_"), sourcelanguage="en")
    contexts: dict[str, ET.Element] = {}
    for (context, source), counts in sorted(wanted.items()):
        if context not in contexts:
            contexts[context] = ET.SubElement(root, "context")
            ET.SubElement(contexts[context], "name").text = context
        message = ET.SubElement(contexts[context], "message", {"numerus": "yes"} if counts else {})
        ET.SubElement(message, "source").text = source
        forms = made.get((context, source))
        translation = ET.SubElement(message, "translation", {} if forms else {"type": "unfinished"})
        if counts:
            for form in forms or ["", ""]:
                ET.SubElement(translation, "numerusform").text = form
        elif forms:
            translation.text = forms[0]
    ET.indent(root, " ")
    text = ET.tostring(root, encoding="unicode")
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{text}\n', encoding="utf-8")


def compile_(path: Path, folder: Path = TRANSLATIONS) -> Path:
    """The .qm of a .ts file, which is what the program reads."""
    made = folder / path.with_suffix(".qm").name
    release = Path(sys.executable).with_name("pyside6-lrelease")
    subprocess.run([release, "-silent", path, "-qm", made], check=True)
    return made


def main() -> None:
    """Update and compile all languages, and those named."""
    wanted = texts()
    for path in {*TRANSLATIONS.glob("*.ts"), *(TRANSLATIONS / f"facea_{locale}.ts" for locale in sys.argv[1:])}:
        made = read(path) if path.exists() else {}
        write(path, wanted, made)
        compile_(path)
        print(f"{path.name}: {sum(text not in made for text in wanted)} of {len(wanted)} still to be translated")


def _calls(node: ast.AST, context: str) -> Iterator[tuple[str, ast.Call]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call) and ast.unparse(child.func) in (*TRANSLATE, "self.tr"):
            yield context, child
        yield from _calls(child, child.name if isinstance(child, ast.ClassDef) else context)


if __name__ == "__main__":
    main()
