"""What may be said on the command line: its commands, and the arguments of each."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from facea_desktop import __version__, bin_commands, portrait_commands, style_commands
from facea_desktop import commands as general
from facea_desktop.argument_types import attribute_source, method_program, photo_face, picture_face
from facea_desktop.command_tools import Answer
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.grids import SETTINGS
from facea_desktop.domain.people import APPEARANCE_VALUES, Appearance, consent_kind
from facea_desktop.domain.scene_reading import scene_words
from facea_desktop.domain.shapes import SHAPES

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]


class _Commands:
    """Commands of a parser; each of them takes the options of ``common``, too."""

    def __init__(self, parsers: Subparsers, common: argparse.ArgumentParser) -> None:
        self._parsers, self._common = parsers, common

    def add(self, name: str, run: Callable[..., Answer], about: str) -> argparse.ArgumentParser:
        """A command, which calls ``run`` with the arguments, the data folder and an observer."""
        parser = self._parsers.add_parser(name, parents=[self._common], help=about, description=about)
        parser.set_defaults(run=run)
        return parser

    def group(self, name: str, about: str) -> _Commands:
        """Commands below a word, such as ``models list``."""
        parser = self._parsers.add_parser(name, help=about)
        return _Commands(parser.add_subparsers(required=True, metavar="WHAT"), self._common)


def build_parser() -> argparse.ArgumentParser:
    """The parser of the command line; ``args.run`` is the command's function. The manual page is made from it, too."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--json", action="store_true", help="print the result as one JSON object")
    # Suppressed, so that the option is not lost when given before the command.
    common.add_argument(
        "--data-dir", type=Path, default=argparse.SUPPRESS, help="folder for people, portraits and models"
    )
    parser = argparse.ArgumentParser(prog="facea-desktop", description="Portraits that look like the person.")
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--data-dir", type=Path, help="folder for people, portraits and models")
    parser.set_defaults(run=general.app, json=False, files=[])
    subparsers = parser.add_subparsers(
        dest="command", metavar="COMMAND", title="commands (the window opens without one)"
    )
    commands = _Commands(subparsers, common)
    _add_opening(commands)
    _add_tuning(commands)
    _add_portraits(commands)
    _add_batch(commands)
    _add_mixing(commands)
    _add_styles(commands)
    _add_prompts(commands)
    _add_likeness(commands)
    _add_library(commands)
    _add_bin(commands)
    _add_comparison(commands)
    _add_models(commands)
    return parser


def _add_opening(commands: _Commands) -> None:
    opening = commands.add(
        "open", general.app, "open files in the window: people (.facea) and portraits; open is optional"
    )
    opening.add_argument("files", nargs="*", type=Path, metavar="FILE")

    demo = commands.add("demo", general.demo, "enrol and tune a sample person, and make portraits")
    demo.add_argument("--out", type=Path, default=Path("facea-demo"))


def _add_tuning(commands: _Commands) -> None:
    enrol = commands.add("enrol", general.enrol_person, "create a person from photos")
    enrol.add_argument("--name", required=True)
    enrol.add_argument("--subject", required=True, choices=[str(s) for s in Subject])
    _add_consent(enrol)
    _add_photos(enrol)

    more = commands.add("add-photos", general.add_photos, "add photos to a person; tune --further learns from them")
    more.add_argument("person", metavar="ID")
    _add_photos(more)

    tune = commands.add("tune", general.tune, "tune a model on a person's photos")
    tune.add_argument("person", metavar="ID")
    tune.add_argument("--preset", help="portrait (best likeness), expression (flexible) or quick (rough)")
    tune.add_argument("--steps", type=int)
    tune.add_argument("--seed", type=int, default=0)
    tune.add_argument("--resume", action="store_true", help="resume an interrupted tuning")
    instead = tune.add_mutually_exclusive_group()
    instead.add_argument(
        "--back", dest="choice", action="store_const", const="back",
        help="do not tune, but go back to the tuning that the last one replaced",
    )  # fmt: skip
    instead.add_argument(
        "--confirm", dest="choice", action="store_const", const="confirm",
        help="do not tune, but keep the last tuning and erase the one that it replaced",
    )  # fmt: skip
    tune.add_argument(
        "--further", action="store_true", help="start from the present tuning, for example after add-photos"
    )


def _add_portraits(commands: _Commands) -> None:
    generate = commands.add("generate", portrait_commands.generate, "make portraits of a person")
    _add_portrait_options(generate)
    generate.add_argument(
        "--count", "--variations", type=int, default=1, help="how many pictures, each with the next seed"
    )
    scene = generate.add_mutually_exclusive_group()
    scene.add_argument(
        "--same-scene", action="store_true", help="paint one scene, and a new face in it for each picture"
    )
    scene.add_argument("--scene-seed", type=int, metavar="SEED", help="the same, with another seed for the scene")
    generate.add_argument("--out", type=Path)
    generate.add_argument("--stages", action="store_true", help="save the scene and the mask beside each picture")

    enlarge = commands.add(
        "enlarge", portrait_commands.enlarge, "make a larger copy of a picture, with all that it carries"
    )
    enlarge.add_argument("picture", type=Path, metavar="FILE")
    enlarge.add_argument("--times", type=int, choices=[2, 4], default=2, help="how much wider and higher")
    enlarge.add_argument("--model", metavar="NAME", help="an upscaler that models lists, or a file of weights")
    enlarge.add_argument("--out", type=Path, metavar="DIR", help="save it here, not beside the picture")

    grid = commands.add(
        "grid", portrait_commands.grid, "make portraits with two settings against each other, and a sheet of them"
    )
    _add_portrait_options(grid)
    for axis, lines in (("x", "columns"), ("y", "rows")):
        grid.add_argument(
            f"--{axis}", required=True, metavar="SETTING=VALUE,VALUE",
            help=f"the {lines}, such as guidance=2,4,6; with ; between values that hold commas. "
            f"One of {', '.join(SETTINGS)}",
        )  # fmt: skip
    grid.add_argument("--sheet", type=Path, required=True, metavar="FILE", help="save the sheet here, as .png or .jpg")
    grid.add_argument("--out", type=Path, metavar="DIR", help="save portraits here, not in the gallery")


def _add_batch(commands: _Commands) -> None:
    batch = commands.add(
        "batch", portrait_commands.batch, "tune people and make portraits from a file; run again to continue it"
    )
    batch.add_argument("file", type=Path, nargs="?", metavar="FILE.toml")
    batch.add_argument("--folder", type=Path, metavar="DIR", help="instead of a file: put --person into these pictures")
    batch.add_argument("--person", metavar="ID", help="who is put into the pictures of --folder, where recognised")
    batch.add_argument("--in-place-of", metavar="ID", help="whose face is redrawn, if not that of --person")
    batch.add_argument("--prompt", default="", metavar="T", help="of the faces in the pictures of --folder")
    batch.add_argument("--steps", type=int, help="of each face, with --folder")
    batch.add_argument("--seed", type=int, default=0, help="of each picture, with --folder")
    batch.add_argument(
        "--on", default="local", metavar="PLACE",
        help="where it runs: local (this process), local:N (N processes), ray (Ray on this computer), or "
        "ray://HOST:PORT",
    )  # fmt: skip
    batch.add_argument("--workers", type=int, metavar="N", help="how many workers, with Ray; else as many as fit")
    batch.add_argument("--dry-run", action="store_true", help="only say what would be done, and how long it takes")
    batch.add_argument("--out", type=Path, metavar="DIR", help="save portraits here, not in the gallery")
    batch.add_argument("--stages", action="store_true", help="save the scene and the mask beside each picture")
    batch.add_argument("--report", type=Path, metavar="FILE.json", help="also write the result of every entry here")


def _add_mixing(commands: _Commands) -> None:
    mix = commands.add("mix", general.mix, "create a person with attributes of others")
    mix.add_argument("person", metavar="ID")
    mix.add_argument(
        "--take",
        required=True,
        action="append",
        metavar="ATTRIBUTE=ID[:PERCENT]",
        type=attribute_source,
        help="whose eye, nose or mouth, and how much of it; several people can share one",
    )
    mix.add_argument("--steps", type=int, default=100)
    mix.add_argument("--seed", type=int, default=0)
    mix.add_argument("--name", required=True)

    blend = commands.add("blend", general.blend, "create a person between two others")
    blend.add_argument("person", metavar="ID")
    blend.add_argument("other", metavar="ID")
    blend.add_argument("--part", type=float, default=50, metavar="PERCENT", help="how much of the second person")
    blend.add_argument("--seed", type=int, default=0)
    blend.add_argument("--name", required=True)


def _add_styles(commands: _Commands) -> None:
    styles = commands.group("styles", "list, add, import, export, rename and delete styles of your own")
    styles.add("list", style_commands.styles_list, "list the styles you saved")
    add = styles.add(
        "add", style_commands.styles_add, "save a style: words for the prompt, a LoRA for SDXL scenes, or both"
    )
    add.add_argument("name", metavar="NAME")
    add.add_argument("--words", default="", metavar="WORDS", help="words that are added to the prompt")
    add.add_argument("--lora", type=Path, metavar="FILE", help="a .safetensors LoRA for Stable Diffusion XL")
    add.add_argument("--strength", type=float, default=1.0, help="of the LoRA, 0 to 2, where none is asked for")
    read = styles.add("import", style_commands.styles_import, "add a style from a .facea-style file")
    read.add_argument("file", type=Path, metavar="FILE")
    export = styles.add(
        "export", style_commands.styles_export, "write a style, with its LoRA, into a .facea-style file"
    )
    export.add_argument("name", metavar="NAME")
    export.add_argument("file", type=Path, metavar="FILE")
    rename = styles.add("rename", style_commands.styles_rename, "give a style another name")
    rename.add_argument("name", metavar="NAME")
    rename.add_argument("title", metavar="TITLE")
    delete = styles.add("delete", style_commands.styles_delete, "delete a style")
    delete.add_argument("name", metavar="NAME")


def _add_prompts(commands: _Commands) -> None:
    split = commands.add("split-prompt", general.split, "show how a prompt is split")
    split.add_argument("prompt", metavar="T")
    split.add_argument("--subject", choices=[str(s) for s in Subject])

    splitter = commands.add("splitter", general.splitter, "show or choose what splits prompts into scene and face")
    splitter.add_argument(
        "which", nargs="?", metavar="WHICH",
        help="rules, a language model that is installed (qwen-0-5b), or an OpenAI-compatible server on this computer "
        "(http://127.0.0.1:11434/v1)",
    )  # fmt: skip

    words = commands.add("words", general.words, "list the words the starter models know, and your wildcards")
    words.add_argument("group", nargs="?", choices=[group.name for group in scene_words().groups], metavar="GROUP")


def _add_likeness(commands: _Commands) -> None:
    likeness = commands.add("likeness", general.likeness, "measure how much a picture looks like a person")
    likeness.add_argument("picture", type=Path)
    likeness.add_argument("person", metavar="ID")

    looks = commands.add("appearance", general.appearance, "show or correct a person's appearance, which scenes follow")
    looks.add_argument("person", metavar="ID")
    looks.add_argument("--read", action="store_true", help="detect it in the reference photos first")
    for group, values in APPEARANCE_VALUES.items():
        choices = [*values, general.NOT_SAID]
        looks.add_argument(
            f"--{group.replace('_', '-')}", choices=choices, help=f"{', '.join(choices)}", metavar="WORD"
        )


def _add_library(commands: _Commands) -> None:
    commands.add("list", general.list_people, "list the people in the library")
    export = commands.add("export", general.export, "export a person to a .facea file")
    export.add_argument("person", metavar="ID")
    export.add_argument("file", type=Path)
    read = commands.add("import", general.import_, "import a .facea file, or a LoRA in .safetensors")
    read.add_argument("file", type=Path)
    read.add_argument("--name", help="name of the person, for a LoRA")
    read.add_argument("--subject", choices=[str(s) for s in Subject], help="man or woman, for a LoRA")
    _add_consent(read)
    delete = commands.add("delete", bin_commands.delete, "permanently delete a person, or move them to the bin")
    delete.add_argument("person", metavar="ID")
    delete.add_argument("--portraits", action="store_true", help="also delete the person's portraits")
    where = delete.add_mutually_exclusive_group()
    where.add_argument(
        "--now", dest="to_bin", action="store_false", help="erase at once (the default), also somebody in the bin"
    )
    where.add_argument(
        "--bin", dest="to_bin", action="store_true",
        help="move the person and all their portraits to the bin, where they stay on this disk until it is emptied",
    )  # fmt: skip
    delete.set_defaults(to_bin=False)


def _add_bin(commands: _Commands) -> None:
    bin_ = commands.group("bin", "list, restore or erase what was moved to the bin")
    bin_.add("list", bin_commands.bin_list, "list what is in the bin, and since when")
    restore = bin_.add("restore", bin_commands.bin_restore, "put people or portraits back where they were")
    restore.add_argument("ids", nargs="+", metavar="ID", help="as listed, or the name of a person in the bin")
    bin_.add("empty", bin_commands.bin_empty, "erase everything in the bin for good")


def _add_comparison(commands: _Commands) -> None:
    evaluate = commands.add(
        "evaluate", general.evaluate_methods, "compare methods on a folder of people: the paper's tables"
    )
    evaluate.add_argument(
        "folder", type=Path, metavar="FOLDER", help="one folder of photos per person, and people.json"
    )
    evaluate.add_argument(
        "--prompts",
        type=Path,
        required=True,
        metavar="FILE",
        help="one prompt per line; {subject} becomes man or woman",
    )
    evaluate.add_argument(
        "--methods", nargs="+", required=True, metavar="METHOD",
        help="untuned, neither, no-embeddings, face-only, full, features:N, dreambooth-lora, custom-diffusion, "
        "textual-inversion, ip-adapter, ip-adapter-face, ip-adapter-faceid, instantid, photomaker, folder:PATH; "
        "with --program celeb-basis, or another's own program",
    )  # fmt: skip
    evaluate.add_argument("--seeds", nargs="+", type=int, default=[0], metavar="N", help="seeds of the pictures")
    evaluate.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="output folder; an existing comparison is continued"
    )
    evaluate.add_argument("--people", type=int, metavar="N", help="use only the first N people")
    evaluate.add_argument(
        "--references", type=int, default=3, metavar="N", help="reference photos per person; the rest are held out"
    )
    evaluate.add_argument(
        "--subject", choices=[str(s) for s in Subject], help="for everyone, if there is no people.json"
    )
    evaluate.add_argument("--preset", help="tuning preset: portrait, expression or quick")
    evaluate.add_argument("--steps", type=int, help="tuning steps")
    evaluate.add_argument("--program", action="append", default=[], type=method_program, metavar="METHOD=FILE")
    evaluate.add_argument("--accept-licence", action="append", default=[], dest="accepted", metavar="METHOD")


def _add_models(commands: _Commands) -> None:
    accelerate = commands.add("accelerate", general.accelerate, "install PyTorch for the graphics card")
    what = accelerate.add_mutually_exclusive_group()
    for name, about in (
        ("status", "show the cards, and what would be downloaded (the default)"),
        ("install", "download and verify PyTorch for the card, and use it"),
        ("back", "return to the PyTorch that came with the program, and remove the other"),
    ):
        what.add_argument(f"--{name}", dest="what", action="store_const", const=name, default="status", help=about)

    models = commands.group("models", "list, download and choose models")
    models.add("list", general.models_list, "list models, which are installed, and what fits this machine's memory")
    fetch = models.add("fetch", general.models_fetch, "download a model and verify it")
    fetch.add_argument("name", metavar="NAME")
    use = models.add("use", general.models_use, "choose a model family or an upscaler, or your own weights")
    use.add_argument("name", metavar="NAME")


def _add_portrait_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("person", metavar="ID")
    command.add_argument(
        "--prompt", required=True, metavar="T",
        help="{red|blue} draws one of these for each picture, __hair__ a line of wildcards/hair.txt in the data folder",
    )  # fmt: skip
    command.add_argument("--context-prompt", metavar="T_c", help="scene prompt, instead of the one split from T")
    command.add_argument("--face-prompt", metavar="T_id", help="face prompt, instead of the one split from T")
    command.add_argument("--style", metavar="NAME", help="add a style: one of your own, or one that words lists")
    command.add_argument("--style-strength", type=float, metavar="X", help="of the style's LoRA, 0 to 2")
    command.add_argument("--negative-prompt", default="")
    command.add_argument("--picture", type=Path, help="use this picture as the scene")
    command.add_argument("--mask", type=Path, help="area to redraw: white on black, or painted on transparency")
    command.add_argument(
        "--face", action="append", default=[], type=picture_face, dest="faces", metavar="N[=ID][:WORDS]",
        help="which face to redraw, 0 being the largest; with =ID it becomes another person; WORDS are for it alone, "
        "such as 2=Eve:smiling",
    )  # fmt: skip
    command.add_argument(
        "--shape", choices=SHAPES, metavar="W:H",
        help=f"shape of a new scene: {', '.join(SHAPES)}; the starter models cut theirs out of a square",
    )  # fmt: skip
    command.add_argument("--seed", type=int, default=0)
    command.add_argument("--scheduler", choices=["ddim", "dpmsolver", "euler"])
    command.add_argument("--steps", type=int)
    command.add_argument("--guidance", type=float)
    command.add_argument("--context-steps", type=int)
    command.add_argument("--context-guidance", type=float)
    command.add_argument("--strength", type=float, default=1.0)
    command.add_argument(
        "--checkpoint", choices=["best", "last", "before"],
        help="use other weights of the person: the best measured, the last, or those of the tuning before",
    )  # fmt: skip
    command.add_argument(
        "--no-identity",
        dest="identity",
        action="store_false",
        help="untuned, for comparison: without LoRA and [feat] vectors",
    )
    command.add_argument(
        "--no-appearance", dest="appearance", action="store_const", const=Appearance(),
        help="do not add the person's appearance to the prompts",
    )  # fmt: skip


def _add_consent(command: argparse.ArgumentParser) -> None:
    grounds = ["self", "with permission", "invented person", "not stated"]
    command.add_argument(
        "--consent", type=consent_kind, choices=grounds, default="not stated", help="why this face may be portrayed"
    )
    command.add_argument("--until", help="last day of the consent, as YYYY-MM-DD")


def _add_photos(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--face", action="append", default=[], type=photo_face, dest="faces", metavar="[PHOTO=]N",
        help="who is meant in a photo of several people; 0 is the largest face",
    )  # fmt: skip
    command.add_argument("photos", nargs="+", type=Path, metavar="PHOTO")
