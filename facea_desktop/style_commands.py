"""The commands about styles of the user's own; as those of ``commands.py``, each returns what to print."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from facea_desktop.command_tools import Answer
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Observer
from facea_desktop.domain.requests import StyleLora
from facea_desktop.domain.styles import OwnStyle, with_style

if TYPE_CHECKING:
    from facea_desktop.library.own_styles import OwnStyles


def _own_styles(root: Path) -> OwnStyles:
    from facea_desktop.library.own_styles import OwnStyles

    return OwnStyles(root)


def style_fields(root: Path, prompt: str, name: str, strength: float | None) -> dict[str, Any]:
    """Fields of a PortraitRequest in a style of the user's own, or a preset, by name.

    Args:
        strength: of the style's LoRA; None takes the style's own.

    Raises:
        UserError: there is no such style, or it has no LoRA to be given a strength.
    """
    style = _own_styles(root).named(name)
    lora = style.lora if isinstance(style, OwnStyle) else None
    if lora is None and strength is not None:
        raise UserError(f"{style.title} has no LoRA that could have a strength; leave --style-strength out.")
    if lora is not None and strength is not None:
        lora = StyleLora.model_validate(lora.model_dump() | {"strength": strength})
    return {"prompt": with_style(prompt, style.words), "style_lora": lora}


def _answer_of(style: OwnStyle) -> Answer:
    lora = {} if style.lora is None else {"lora": style.lora.name, "strength": style.lora.strength}
    return {"name": style.title, "words": style.words} | lora


def styles_list(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """The user's own styles."""
    return {"styles": [_answer_of(style) for style in _own_styles(root).all()]}


def styles_add(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """A style of words, or of a LoRA."""
    store = _own_styles(root)
    if args.lora is None:
        return _answer_of(store.save(args.name, args.words))
    style, warnings = store.add_lora(args.name, args.lora, words=args.words, strength=args.strength)
    return _answer_of(style) | {"warnings": list(warnings)}


def styles_import(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """A style out of a file."""
    return _answer_of(_own_styles(root).import_file(args.file))


def styles_export(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """A style as a file."""
    store = _own_styles(root)
    style = store.get(args.name)
    store.export(style.name, args.file)
    return {"name": style.title, "file": str(args.file)}


def styles_rename(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """Another name for a style."""
    store = _own_styles(root)
    return _answer_of(store.rename(store.get(args.name).name, args.title))


def styles_delete(args: argparse.Namespace, root: Path, observer: Observer) -> Answer:
    """A style less."""
    store = _own_styles(root)
    style = store.get(args.name)
    store.delete(style.name)
    return {"deleted": style.title}
