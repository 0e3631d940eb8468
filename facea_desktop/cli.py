"""The command line: parse, call (``commands.py``), print. It works where there is no display and no Qt library."""

from __future__ import annotations

import argparse
import codecs
import io
import json
import logging
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from logging.handlers import RotatingFileHandler
from pathlib import Path

from platformdirs import user_data_path
from pydantic import ValidationError

from facea_desktop import __version__, commands
from facea_desktop.domain.errors import CancelledError, UserError
from facea_desktop.domain.events import Observer
from facea_desktop.domain.faces import Attribute, Subject
from facea_desktop.domain.files import private_folder
from facea_desktop.domain.people import APPEARANCE_VALUES, Appearance
from facea_desktop.domain.plain_text import one_line
from facea_desktop.domain.redaction import LogFormatter
from facea_desktop.domain.requests import Take
from facea_desktop.domain.scene_words import scene_words
from facea_desktop.terminal import EventPrinter, as_text

DONE, FAILED, WRONG_USE, MENDABLE = 0, 1, 2, 3
"""Exit codes: done, our bug or a cancelled job, wrong use, something the user can mend."""

log = logging.getLogger("facea_desktop")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        The exit code; argparse leaves with 2 by itself on wrong use.
    """
    _print_anything()
    args = _parser().parse_args(argv)
    os.umask(0o077)  # photos of people are nobody else's; exports say for themselves who may read them
    root: Path = args.data_dir or Path(os.environ.get("FACEA_DATA_DIR") or user_data_path("facea-desktop", False))
    root = root.expanduser()
    observer = Observer(tell=EventPrinter(sys.stderr.isatty()))
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, lambda *_: observer.stop.set())
    try:
        answer = args.run(args, root, observer)
        if answer:
            print(json.dumps(answer) if args.json else as_text(answer))
    except UserError as error:
        return _complain(str(error), MENDABLE)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        return _complain(f"{'.'.join(map(str, first['loc'])) or 'request'}: {first['msg']}", WRONG_USE)
    except CancelledError:
        return _complain("cancelled", FAILED)
    except Exception as error:  # noqa: BLE001 - the job's edge: whatever is left is a bug of ours
        return _complain(f"internal error; {_recorded(root, error)}", FAILED)
    return DONE


def _print_anything() -> None:
    """Let names pass that the console cannot show: a finished portrait is not lost over its name."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        utf8 = codecs.lookup(sys.stdout.encoding).name == "utf-8"
        # Names that are no UTF-8 go out as the bytes that they are.
        sys.stdout.reconfigure(errors="surrogateescape" if utf8 else "backslashreplace")


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--json", action="store_true", help="print the answer as one JSON object")
    # Suppressed, so that one given before the command is not lost.
    common.add_argument(
        "--data-dir", type=Path, default=argparse.SUPPRESS, help="where people, portraits and models are kept"
    )
    parser = argparse.ArgumentParser(prog="facea-desktop", description="Portraits that look like the person.")
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--data-dir", type=Path, help="where people, portraits and models are kept")
    parser.set_defaults(run=commands.app, json=False)
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", title="without COMMAND the window opens")

    def command(name: str, run: Callable[..., commands.Answer], about: str) -> argparse.ArgumentParser:
        sub = subparsers.add_parser(name, parents=[common], help=about, description=about)
        sub.set_defaults(run=run)
        return sub

    demo = command("demo", commands.demo, "enrol, tune and portray a sample person")
    demo.add_argument("--out", type=Path, default=Path("facea-demo"))

    enrol = command("enrol", commands.enrol_person, "make a person from photos")
    enrol.add_argument("--name", required=True)
    enrol.add_argument("--subject", required=True, choices=[str(s) for s in Subject])
    _add_consent(enrol)
    enrol.add_argument("photos", nargs="+", type=Path, metavar="PHOTO")

    tune = command("tune", commands.tune, "learn a person")
    tune.add_argument("person", metavar="ID")
    tune.add_argument("--preset", help="portrait, expression or quick")
    tune.add_argument("--steps", type=int)
    tune.add_argument("--seed", type=int, default=0)
    tune.add_argument("--resume", action="store_true", help="go on with an interrupted tuning")

    generate = command("generate", commands.generate, "paint portraits of a person")
    generate.add_argument("person", metavar="ID")
    generate.add_argument("--prompt", required=True, metavar="T")
    generate.add_argument("--context-prompt", metavar="T_c", help="the scene, in place of T's part")
    generate.add_argument("--face-prompt", metavar="T_id", help="the face, in place of T's part")
    generate.add_argument("--negative-prompt", default="")
    generate.add_argument("--picture", type=Path, help="your own picture as the scene")
    generate.add_argument("--mask", type=Path, help="what to redraw: white on black, or painted on transparency")
    generate.add_argument("--face", type=int, default=0, help="which face to redraw; 0 is the largest")
    generate.add_argument("--seed", type=int, default=0)
    generate.add_argument("--count", type=int, default=1)
    generate.add_argument("--scheduler", choices=["ddim", "dpmsolver", "euler"])
    generate.add_argument("--steps", type=int)
    generate.add_argument("--guidance", type=float)
    generate.add_argument("--context-steps", type=int)
    generate.add_argument("--context-guidance", type=float)
    generate.add_argument("--strength", type=float, default=1.0)
    generate.add_argument("--no-identity", dest="identity", action="store_false", help="without LoRA and [feat]")
    generate.add_argument(
        "--no-appearance", dest="appearance", action="store_const", const=Appearance(),
        help="add nothing of the person's appearance to the prompts",
    )  # fmt: skip
    generate.add_argument("--out", type=Path)
    generate.add_argument("--stages", action="store_true", help="keep the scene and the mask beside each picture")

    mix = command("mix", commands.mix, "a copy of a person with attributes of others")
    mix.add_argument("person", metavar="ID")
    mix.add_argument("--take", required=True, action="append", metavar="ATTRIBUTE=ID", type=_take)
    mix.add_argument("--steps", type=int, default=100)
    mix.add_argument("--seed", type=int, default=0)
    mix.add_argument("--name", required=True)

    split = command("split-prompt", commands.split, "show how a prompt is split")
    split.add_argument("prompt", metavar="T")
    split.add_argument("--subject", choices=[str(s) for s in Subject])

    words = command("words", commands.words, "the words that the starter models know")
    words.add_argument("group", nargs="?", choices=[group.name for group in scene_words().groups], metavar="GROUP")

    likeness = command("likeness", commands.likeness, "how like a person a picture is")
    likeness.add_argument("picture", type=Path)
    likeness.add_argument("person", metavar="ID")

    looks = command("appearance", commands.appearance, "show or correct how a person looks, for scenes to follow")
    looks.add_argument("person", metavar="ID")
    looks.add_argument("--read", action="store_true", help="read it from the reference photos first")
    for group, values in APPEARANCE_VALUES.items():
        choices = [*values, commands.NOT_SAID]
        looks.add_argument(
            f"--{group.replace('_', '-')}", choices=choices, help=f"{', '.join(choices)}", metavar="WORD"
        )

    command("list", commands.list_people, "the people of the library")
    export = command("export", commands.export, "write a person into one .facea file")
    export.add_argument("person", metavar="ID")
    export.add_argument("file", type=Path)
    read = command("import", commands.import_, "read a .facea file, or a LoRA in .safetensors")
    read.add_argument("file", type=Path)
    read.add_argument("--name", help="name for the person of a LoRA")
    read.add_argument("--subject", choices=[str(s) for s in Subject], help="subject of the person of a LoRA")
    _add_consent(read)
    delete = command("delete", commands.delete, "delete a person for good")
    delete.add_argument("person", metavar="ID")
    delete.add_argument("--portraits", action="store_true", help="the person's portraits in the library too")

    evaluate = command(
        "evaluate", commands.evaluate_methods, "measure methods on a folder of people: the paper's tables"
    )
    evaluate.add_argument("folder", type=Path, metavar="FOLDER", help="a folder of photos for each person, people.json")
    evaluate.add_argument("--prompts", type=Path, required=True, metavar="FILE", help="a prompt a line; {subject}")
    evaluate.add_argument(
        "--methods", nargs="+", required=True, metavar="METHOD",
        help="untuned, neither, no-embeddings, face-only, full, features:N, dreambooth-lora, ip-adapter, "
        "ip-adapter-face, folder:PATH; with --program photomaker, ip-adapter-faceid, instantid, celeb-basis",
    )  # fmt: skip
    evaluate.add_argument("--seeds", nargs="+", type=int, default=[0], metavar="N", help="of the pictures")
    evaluate.add_argument("--out", type=Path, required=True, metavar="DIR", help="goes on with what is there")
    evaluate.add_argument("--people", type=int, metavar="N", help="only the first N")
    evaluate.add_argument(
        "--references", type=int, default=3, metavar="N", help="photos to learn from; the rest is held out"
    )
    evaluate.add_argument("--subject", choices=[str(s) for s in Subject], help="of everybody, without people.json")
    evaluate.add_argument("--preset", help="portrait, expression or quick")
    evaluate.add_argument("--steps", type=int, help="of tuning")
    evaluate.add_argument("--program", action="append", default=[], type=_program, metavar="METHOD=FILE")
    evaluate.add_argument("--accept-licence", action="append", default=[], dest="accepted", metavar="METHOD")

    models = subparsers.add_parser("models", help="the models and families")
    whats = models.add_subparsers(required=True, metavar="WHAT")
    for name, run, about in (
        ("list", commands.models_list, "what there is and what is installed"),
        ("fetch", commands.models_fetch, "download a model and verify it"),
        ("use", commands.models_use, "choose a family, or weights of your own"),
    ):
        sub = whats.add_parser(name, parents=[common], help=about)
        sub.set_defaults(run=run)
        if name != "list":
            sub.add_argument("name", metavar="NAME")
    return parser


def _add_consent(command: argparse.ArgumentParser) -> None:
    grounds = ["self", "with leave", "invented person", "not stated"]
    command.add_argument("--consent", choices=grounds, default="not stated", help="why this face may be portrayed")
    command.add_argument("--until", help="the day the leave ends, as YYYY-MM-DD")


def _take(text: str) -> Take:
    attribute, _, person = text.partition("=")
    if attribute not in {str(v) for v in Attribute} or not person:
        raise argparse.ArgumentTypeError(f"{text!r} is not one of {', '.join(Attribute)} with =ID behind it")
    return Take(attribute=Attribute(attribute), person=person)


def _program(text: str) -> tuple[str, Path]:
    method, _, file = text.partition("=")
    if not method or not file:
        raise argparse.ArgumentTypeError(f"{text!r} is not METHOD=FILE")
    return method, Path(file)


def _complain(message: str, code: int) -> int:
    print(f"facea-desktop: {one_line(' '.join(message.split()))}", file=sys.stderr)
    return code


def _recorded(root: Path, error: Exception) -> str:
    """Write the traceback into the log; says where that is, or what is known where it cannot be written."""
    path = root / "logs" / "facea.log"
    try:
        private_folder(path.parent)
        handler = RotatingFileHandler(
            path, maxBytes=1_000_000, backupCount=3, encoding="utf-8", errors="backslashreplace"
        )
    except OSError as refused:
        place = traceback.extract_tb(error.__traceback__)[-1]
        known = f"{type(error).__name__} in {Path(place.filename).name}, line {place.lineno}"
        return f"{known}; the details cannot be kept in {path} ({refused.strerror})"
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
