"""The command line: parse, call, print. It works where there is no display and no Qt library.

``argument_parser.py`` parses, ``commands.py`` and the files beside it have a function for each command.
"""

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
from collections.abc import Sequence
from logging.handlers import RotatingFileHandler
from pathlib import Path

from pydantic import ValidationError

from facea_desktop import portrait_commands
from facea_desktop.argument_parser import build_parser
from facea_desktop.command_tools import Answer
from facea_desktop.domain.atomic_files import private_folder
from facea_desktop.domain.errors import CancelledError, UserError
from facea_desktop.domain.events import Observer
from facea_desktop.domain.plain_text import one_line
from facea_desktop.domain.redaction import LogFormatter
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
    parser = build_parser()
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


def _with_open(argv: Sequence[str], parser: argparse.ArgumentParser) -> list[str]:
    """``facea-desktop FILE`` is short for ``facea-desktop open FILE``: put the command before the first file."""
    actions = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    for place, word in enumerate(argv):
        if any(word in action.choices for action in actions):
            break
        if not word.startswith("-") and Path(word).is_file():
            return [*argv[:place], "open", *argv[place:]]
    return list(argv)


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
