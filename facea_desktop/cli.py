"""The command line: parse, call (``commands.py``), print. It works where there is no display and no Qt library."""

from __future__ import annotations

import argparse
import codecs
import io
import json
import logging
import os
import re
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from logging.handlers import RotatingFileHandler
from pathlib import Path

from pydantic import ValidationError

from facea_desktop import __version__, bin_commands, commands, portrait_commands, style_commands
from facea_desktop.command_tools import Answer
from facea_desktop.domain.atomic_files import private_folder
from facea_desktop.domain.errors import CancelledError, UserError
from facea_desktop.domain.events import Observer
from facea_desktop.domain.faces import Attribute, Subject
from facea_desktop.domain.grids import SETTINGS
from facea_desktop.domain.mix_requests import AttributeSource
from facea_desktop.domain.people import APPEARANCE_VALUES, Appearance, consent_kind
from facea_desktop.domain.plain_text import one_line
from facea_desktop.domain.redaction import LogFormatter
from facea_desktop.domain.scene_reading import scene_words
from facea_desktop.domain.shapes import SHAPES
from facea_desktop.library.data_folder import default_data_folder
from facea_desktop.terminal import EventPrinter, as_text

DONE, FAILED, WRONG_USE, FIXABLE = 0, 1, 2, 3
"""Exit codes: success, a bug or a cancelled job, wrong usage, an error the user can fix."""

log = logging.getLogger("facea_desktop")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        The exit code; argparse itself exits with 2 on wrong usage.
    """
    _print_anything()
    parser = command_line()
    args = parser.parse_args(_with_open(sys.argv[1:] if argv is None else argv, parser))
    os.umask(0o077)  # photos of people are private; exports set their own permissions
    root: Path = args.data_dir.expanduser() if args.data_dir else default_data_folder()
    observer = Observer(emit=EventPrinter(sys.stderr.isatty()))
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, lambda *_: observer.stop.set())
    try:
        _print_answer(args.run(args, root, observer), args)
    except portrait_commands.NotAllDoneError as error:
        _print_answer(error.answer, args)
        return _complain(str(error), FIXABLE)
    except UserError as error:
        return _complain(str(error), FIXABLE)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        return _complain(f"{'.'.join(map(str, first['loc'])) or 'request'}: {first['msg']}", WRONG_USE)
    except CancelledError:
        return _complain("cancelled", FAILED)
    except Exception as error:  # noqa: BLE001 - the job's edge: anything else is a bug
        return _complain(f"internal error; {_recorded(root, error)}", FAILED)
    return DONE


def _print_answer(answer: Answer, args: argparse.Namespace) -> None:
    if answer:
        print(json.dumps(answer) if args.json else as_text(answer))


def _print_anything() -> None:
    """Escape names that the console cannot show, so that a finished portrait is not lost over its name."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        utf8 = codecs.lookup(sys.stdout.encoding).name == "utf-8"
        # Names that are not UTF-8 are written as their raw bytes.
        sys.stdout.reconfigure(errors="surrogateescape" if utf8 else "backslashreplace")


def command_line() -> argparse.ArgumentParser:
    """What may be said on the command line; the manual page is made from it, too."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--json", action="store_true", help="print the result as one JSON object")
    # Suppressed, so that the option is not lost when given before the command.
    common.add_argument(
        "--data-dir", type=Path, default=argparse.SUPPRESS, help="folder for people, portraits and models"
    )
    parser = argparse.ArgumentParser(prog="facea-desktop", description="Portraits that look like the person.")
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--data-dir", type=Path, help="folder for people, portraits and models")
    parser.set_defaults(run=commands.app, json=False, files=[])
    subparsers = parser.add_subparsers(
        dest="command", metavar="COMMAND", title="commands (the window opens without one)"
    )

    def command(name: str, run: Callable[..., Answer], about: str) -> argparse.ArgumentParser:
        sub = subparsers.add_parser(name, parents=[common], help=about, description=about)
        sub.set_defaults(run=run)
        return sub

    opening = command("open", commands.app, "open files in the window: people (.facea) and portraits; open is optional")
    opening.add_argument("files", nargs="*", type=Path, metavar="FILE")

    demo = command("demo", commands.demo, "enrol and tune a sample person, and make portraits")
    demo.add_argument("--out", type=Path, default=Path("facea-demo"))

    enrol = command("enrol", commands.enrol_person, "create a person from photos")
    enrol.add_argument("--name", required=True)
    enrol.add_argument("--subject", required=True, choices=[str(s) for s in Subject])
    _add_consent(enrol)
    _add_photos(enrol)

    more = command("add-photos", commands.add_photos, "add photos to a person; tune --further learns from them")
    more.add_argument("person", metavar="ID")
    _add_photos(more)

    tune = command("tune", commands.tune, "tune a model on a person's photos")
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

    generate = command("generate", portrait_commands.generate, "make portraits of a person")
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

    enlarge = command("enlarge", portrait_commands.enlarge, "make a larger copy of a picture, with all that it carries")
    enlarge.add_argument("picture", type=Path, metavar="FILE")
    enlarge.add_argument("--times", type=int, choices=[2, 4], default=2, help="how much wider and higher")
    enlarge.add_argument("--model", metavar="NAME", help="an upscaler that models lists, or a file of weights")
    enlarge.add_argument("--out", type=Path, metavar="DIR", help="save it here, not beside the picture")

    grid = command(
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

    batch = command(
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

    mix = command("mix", commands.mix, "create a person with attributes of others")
    mix.add_argument("person", metavar="ID")
    mix.add_argument("--take", required=True, action="append", metavar="ATTRIBUTE=ID", type=_take)
    mix.add_argument("--steps", type=int, default=100)
    mix.add_argument("--seed", type=int, default=0)
    mix.add_argument("--name", required=True)

    blend = command("blend", commands.blend, "create a person between two others")
    blend.add_argument("person", metavar="ID")
    blend.add_argument("other", metavar="ID")
    blend.add_argument("--part", type=float, default=50, metavar="PERCENT", help="how much of the second person")
    blend.add_argument("--seed", type=int, default=0)
    blend.add_argument("--name", required=True)

    own = subparsers.add_parser("styles", help="list, add, import, export, rename and delete styles of your own")
    kinds = own.add_subparsers(required=True, metavar="WHAT")
    for name, style_run, about, arguments in (
        ("list", style_commands.styles_list, "list the styles you saved", ()),
        (
            "add",
            style_commands.styles_add,
            "save a style: words for the prompt, a LoRA for SDXL scenes, or both",
            ("name",),
        ),
        ("import", style_commands.styles_import, "add a style from a .facea-style file", ("file",)),
        (
            "export",
            style_commands.styles_export,
            "write a style, with its LoRA, into a .facea-style file",
            ("name", "file"),
        ),
        ("rename", style_commands.styles_rename, "give a style another name", ("name", "title")),
        ("delete", style_commands.styles_delete, "delete a style", ("name",)),
    ):
        sub = kinds.add_parser(name, parents=[common], help=about, description=about)
        sub.set_defaults(run=style_run)
        for argument in arguments:
            sub.add_argument(argument, type=Path if argument == "file" else str, metavar=argument.upper())
        if name == "add":
            sub.add_argument("--words", default="", metavar="WORDS", help="words that are added to the prompt")
            sub.add_argument("--lora", type=Path, metavar="FILE", help="a .safetensors LoRA for Stable Diffusion XL")
            sub.add_argument("--strength", type=float, default=1.0, help="of the LoRA, 0 to 2, where none is asked for")

    split = command("split-prompt", commands.split, "show how a prompt is split")
    split.add_argument("prompt", metavar="T")
    split.add_argument("--subject", choices=[str(s) for s in Subject])

    splitter = command("splitter", commands.splitter, "show or choose what splits prompts into scene and face")
    splitter.add_argument(
        "which", nargs="?", metavar="WHICH",
        help="rules, a language model that is installed (qwen-0-5b), or an OpenAI-compatible server on this computer "
        "(http://127.0.0.1:11434/v1)",
    )  # fmt: skip

    words = command("words", commands.words, "list the words the starter models know, and your wildcards")
    words.add_argument("group", nargs="?", choices=[group.name for group in scene_words().groups], metavar="GROUP")

    likeness = command("likeness", commands.likeness, "measure how much a picture looks like a person")
    likeness.add_argument("picture", type=Path)
    likeness.add_argument("person", metavar="ID")

    looks = command("appearance", commands.appearance, "show or correct a person's appearance, which scenes follow")
    looks.add_argument("person", metavar="ID")
    looks.add_argument("--read", action="store_true", help="detect it in the reference photos first")
    for group, values in APPEARANCE_VALUES.items():
        choices = [*values, commands.NOT_SAID]
        looks.add_argument(
            f"--{group.replace('_', '-')}", choices=choices, help=f"{', '.join(choices)}", metavar="WORD"
        )

    command("list", commands.list_people, "list the people in the library")
    export = command("export", commands.export, "export a person to a .facea file")
    export.add_argument("person", metavar="ID")
    export.add_argument("file", type=Path)
    read = command("import", commands.import_, "import a .facea file, or a LoRA in .safetensors")
    read.add_argument("file", type=Path)
    read.add_argument("--name", help="name of the person, for a LoRA")
    read.add_argument("--subject", choices=[str(s) for s in Subject], help="man or woman, for a LoRA")
    _add_consent(read)
    delete = command("delete", bin_commands.delete, "permanently delete a person, or move them to the bin")
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

    bin_ = subparsers.add_parser("bin", help="list, restore or erase what was moved to the bin")
    acts = bin_.add_subparsers(required=True, metavar="WHAT")
    for name, run, about in (
        ("list", bin_commands.bin_list, "list what is in the bin, and since when"),
        ("restore", bin_commands.bin_restore, "put people or portraits back where they were"),
        ("empty", bin_commands.bin_empty, "erase everything in the bin for good"),
    ):
        sub = acts.add_parser(name, parents=[common], help=about, description=about)
        sub.set_defaults(run=run)
        if name == "restore":
            sub.add_argument("ids", nargs="+", metavar="ID", help="as listed, or the name of a person in the bin")

    evaluate = command(
        "evaluate", commands.evaluate_methods, "compare methods on a folder of people: the paper's tables"
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
    evaluate.add_argument("--program", action="append", default=[], type=_program, metavar="METHOD=FILE")
    evaluate.add_argument("--accept-licence", action="append", default=[], dest="accepted", metavar="METHOD")

    accelerate = command("accelerate", commands.accelerate, "install PyTorch for the graphics card")
    what = accelerate.add_mutually_exclusive_group()
    for name, about in (
        ("status", "show the cards, and what would be downloaded (the default)"),
        ("install", "download and verify PyTorch for the card, and use it"),
        ("back", "return to the PyTorch that came with the program, and remove the other"),
    ):
        what.add_argument(f"--{name}", dest="what", action="store_const", const=name, default="status", help=about)

    models = subparsers.add_parser("models", help="list, download and choose models")
    whats = models.add_subparsers(required=True, metavar="WHAT")
    for name, run, about in (
        ("list", commands.models_list, "list models, which are installed, and what fits this machine's memory"),
        ("fetch", commands.models_fetch, "download a model and verify it"),
        ("use", commands.models_use, "choose a model family or an upscaler, or your own weights"),
    ):
        sub = whats.add_parser(name, parents=[common], help=about)
        sub.set_defaults(run=run)
        if name != "list":
            sub.add_argument("name", metavar="NAME")
    return parser


def _with_open(argv: Sequence[str], parser: argparse.ArgumentParser) -> list[str]:
    """``facea-desktop FILE`` is short for ``facea-desktop open FILE``: put the command before the first file."""
    actions = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    for place, word in enumerate(argv):
        if any(word in action.choices for action in actions):
            break
        if not word.startswith("-") and Path(word).is_file():
            return [*argv[:place], "open", *argv[place:]]
    return list(argv)


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
        "--face", action="append", default=[], type=_face_of, dest="faces", metavar="N[=ID][:WORDS]",
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
        "--face", action="append", default=[], type=_face_in, dest="faces", metavar="[PHOTO=]N",
        help="who is meant in a photo of several people; 0 is the largest face",
    )  # fmt: skip
    command.add_argument("photos", nargs="+", type=Path, metavar="PHOTO")


def _face_in(text: str) -> tuple[str, int]:
    photo, _, number = text.rpartition("=")
    if not number.isascii() or not number.isdigit():
        raise argparse.ArgumentTypeError(f"{text!r} must be PHOTO=N, or N with a single photo")
    return photo, int(number)


def _face_of(text: str) -> tuple[int, str, str]:
    """Which face, whose it becomes (nobody's where it is the portrait's own person), and words for it."""
    found = re.fullmatch(r"(?P<face>[0-9]+)(=(?P<person>[^:]+))?(:(?P<words>.*))?", text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} must be N, N:WORDS, N=ID or N=ID:WORDS")
    return int(found["face"]), found["person"] or "", found["words"] or ""


def _take(text: str) -> AttributeSource:
    attribute, _, person = text.partition("=")
    if attribute not in {str(v) for v in Attribute} or not person:
        raise argparse.ArgumentTypeError(f"{text!r} must be ATTRIBUTE=ID, with one of {', '.join(Attribute)}")
    return AttributeSource(attribute=Attribute(attribute), person=person)


def _program(text: str) -> tuple[str, Path]:
    method, _, file = text.partition("=")
    if not method or not file:
        raise argparse.ArgumentTypeError(f"{text!r} must be METHOD=FILE")
    return method, Path(file)


def _complain(message: str, code: int) -> int:
    print(f"facea-desktop: {one_line(' '.join(message.split()))}", file=sys.stderr)
    return code


def _recorded(root: Path, error: Exception) -> str:
    """Write the traceback to the log; returns where it is, or a short summary if the log cannot be written."""
    path = root / "logs" / "facea.log"
    try:
        private_folder(path.parent)
        handler = RotatingFileHandler(
            path, maxBytes=1_000_000, backupCount=3, encoding="utf-8", errors="backslashreplace"
        )
    except OSError as refused:
        place = traceback.extract_tb(error.__traceback__)[-1]
        known = f"{type(error).__name__} in {Path(place.filename).name}, line {place.lineno}"
        return f"{known}; the details cannot be written to {path} ({refused.strerror})"
    handler.setFormatter(LogFormatter())
    log.addHandler(handler)
    try:
        log.error("job failed", exc_info=error)
    finally:
        log.removeHandler(handler)
        handler.close()
    return f"the details are in {path}"


if __name__ == "__main__":
    sys.exit(main())
