"""What every room's tests share: one thread, nothing left running, Qt's loop, and the tokenizer of the tiny models."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import threading
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from qasync import QEventLoop
    from transformers import CLIPTokenizer

os.environ.setdefault("OMP_NUM_THREADS", "1")  # read when torch is first imported; small models are slower with more
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # the window's tests need no display

TQDM = "tqdm_monitor"  # progress bars start it, shown or not, and it lives as long as the process
LEAVING_S = 2.0
"""How long a thread or a process that was told to end may take."""


@pytest.fixture(autouse=True)
def nothing_left_running() -> Iterator[None]:
    """Fails a test after which a thread or a child process that it started goes on."""
    threads, children = set(threading.enumerate()), set(multiprocessing.active_children())
    yield
    deadline = time.monotonic() + LEAVING_S
    while left := _running(threads, children):
        if time.monotonic() > deadline:
            pytest.fail(f"left running: {', '.join(left)}")
        time.sleep(0.01)


def _running(threads: set[threading.Thread], children: set[multiprocessing.process.BaseProcess]) -> list[str]:
    started = [
        thread.name
        for thread in threading.enumerate()
        # Qt's threads that logged something stay on Python's list as dummies after their end.
        if thread not in threads and thread.name != TQDM and not isinstance(thread, threading._DummyThread)
    ]
    return started + [child.name for child in multiprocessing.active_children() if child not in children]


@pytest.fixture
def loop(qapp: QApplication) -> Iterator[QEventLoop]:
    """asyncio on Qt's loop; ``loop.run_until_complete(coroutine)`` drives both."""
    from qasync import QEventLoop  # Qt is not needed for most tests

    qapp.setQuitOnLastWindowClosed(False)  # as the program has it: a closed window does not end the loop
    made = QEventLoop(qapp)
    asyncio.set_event_loop(made)
    lost: list[str] = []

    def heard(loop: QEventLoop, context: dict[str, Any]) -> None:
        if "Cannot enter into task" in str(context.get("exception")):  # it will never go on
            lost.append(str(context["exception"]))
        loop.default_exception_handler(context)

    made.set_exception_handler(heard)
    yield made
    made.close()
    asyncio.set_event_loop(None)
    assert not lost, "Qt's loop ran inside a task"


@pytest.fixture(scope="session")
def letter_tokenizer() -> CLIPTokenizer:
    """CLIP's tokenizer with a token for every letter, 77 of them in a prompt."""
    from transformers import CLIPTokenizer

    letters = "abcdefghijklmnopqrstuvwxyz,"
    words = ["<|startoftext|>", "<|endoftext|>", *letters, *(f"{letter}</w>" for letter in letters)]
    vocabulary = {word: index for index, word in enumerate(words)}
    return CLIPTokenizer(vocab=vocabulary, merges=[], model_max_length=77)
