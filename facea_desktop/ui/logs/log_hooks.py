"""The log file, and hooks that write every surprise into it.

Unexpected errors never reach the user as a traceback: they are logged, and one sentence is handed to the window.
"""

from __future__ import annotations

import faulthandler
import logging
import re
import sys
import threading
import time
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from facea_desktop.domain.atomic_files import private_folder
from facea_desktop.domain.errors import OUR_FAULT
from facea_desktop.domain.redaction import LogFormatter

LOG_BYTES = 1_000_000
CRASH_CHARS = 20_000
QUIET_S = 5.0
"""An error that comes again from the same place within this time is neither logged nor reported once more; one in a
paint event would come with every frame."""
SENTENCE = OUR_FAULT
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
# faulthandler also writes Windows' "code 0x..." exceptions, which Windows itself handles: they end nothing.
_DIED = re.compile(rb"^(Fatal Python error|Windows fatal exception: (?!code ))", re.MULTILINE)

unexpected = logging.getLogger("facea_desktop.unexpected")
qt = logging.getLogger("facea_desktop.qt")


def log_file(root: Path) -> Path:
    """The log of a data folder."""
    return root / "logs" / "facea.log"


def setup_logging(root: Path, report: Callable[[str], None] = lambda sentence: None) -> Callable[[], None]:
    """Write what the program and Qt say into the log, and what nobody caught; a crash goes to ``logs/crash.log``.

    Args:
        report: is told one sentence when something unexpected happened; called in the thread where it did.

    Returns:
        A function that takes every hook off again.
    """
    folder = log_file(root).parent
    private_folder(folder)
    handler = RotatingFileHandler(log_file(root), maxBytes=LOG_BYTES, backupCount=3, encoding="utf-8", delay=True)
    handler.setFormatter(LogFormatter())
    handler.addFilter(_is_wanted)
    reporter = _Reporter(report)
    top = logging.getLogger()
    top.addHandler(handler)
    top.addHandler(reporter)
    own = logging.getLogger("facea_desktop")
    level = own.level
    own.setLevel(logging.INFO)
    before = sys.excepthook, threading.excepthook, qInstallMessageHandler(_log_qt)
    surprise = _Surprise()
    sys.excepthook = surprise.in_main
    threading.excepthook = surprise.in_thread
    stop_watching = _watch_for_crashes(folder)
    if (crash := last_crash(root)) is not None:
        unexpected.error("the program crashed the last time:\n%s", crash.read_text("utf-8", "replace")[:CRASH_CHARS])

    def undo() -> None:
        stop_watching()
        sys.excepthook, threading.excepthook = before[:2]
        qInstallMessageHandler(before[2])
        own.setLevel(level)
        for one in (handler, reporter):
            top.removeHandler(one)
            one.close()

    return undo


def last_crash(root: Path) -> Path | None:
    """What is known of the crash that ended the program the last time; None where it ended well.

    Call it after ``setup_logging``, which puts the notes of the last run aside.
    """
    notes = root / "logs" / "last-crash.log"
    return notes if notes.exists() else None


class _Surprise:
    """The hooks for what nobody caught."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str, int], float] = {}

    def in_main(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not issubclass(kind, Exception):  # Ctrl+C and leaving are wishes, not faults
            sys.__excepthook__(kind, error, trace)
            return
        self._log(kind, error, trace, "main thread")

    def in_thread(self, args: threading.ExceptHookArgs) -> None:
        if issubclass(args.exc_type, SystemExit) or args.exc_value is None:
            return
        self._log(args.exc_type, args.exc_value, args.exc_traceback, args.thread.name if args.thread else "a thread")

    def _log(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None, thread: str) -> None:
        last = trace
        while last is not None and last.tb_next is not None:
            last = last.tb_next
        place = (kind.__name__, last.tb_frame.f_code.co_filename, last.tb_lineno) if last else (kind.__name__, "", 0)
        now = time.monotonic()
        if now - self._seen.get(place, -QUIET_S) >= QUIET_S:
            self._seen[place] = now
            unexpected.critical("not caught in %s", thread, exc_info=(kind, error, trace))


class _Reporter(logging.Handler):
    """Tells the window about errors that nobody caught, also those that asyncio collects."""

    def __init__(self, report: Callable[[str], None]) -> None:
        super().__init__(logging.ERROR)
        self._report = report

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and record.name.startswith((unexpected.name, "asyncio", "qasync")):
            self._report(SENTENCE)


def _is_wanted(record: logging.LogRecord) -> bool:
    return record.name.startswith("facea_desktop") or record.levelno >= logging.WARNING


def _log_qt(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    qt.log(_LEVELS.get(kind, logging.WARNING), "%s", message)


def _watch_for_crashes(folder: Path) -> Callable[[], None]:
    """Have Python write its stacks into ``crash.log`` when it dies; returns what ends that."""
    notes, aside = folder / "crash.log", folder / "last-crash.log"
    if notes.exists() and _DIED.search(notes.read_bytes()):
        notes.replace(aside)
    else:
        aside.unlink(missing_ok=True)
    was_on = faulthandler.is_enabled()
    file = notes.open("wb")
    faulthandler.enable(file)

    def stop() -> None:
        faulthandler.disable()
        if was_on and sys.__stderr__ is not None:
            faulthandler.enable(sys.__stderr__)
        file.close()
        notes.unlink(missing_ok=True)

    return stop
