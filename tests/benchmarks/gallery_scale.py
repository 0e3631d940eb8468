"""How a gallery of 20,000 portraits and a library of 2,000 people fare against small ones.

    python tests/benchmarks/gallery_scale.py [--portraits 20000] [--people 2000]

Both are made in a temporary folder and measured in one run. Opening is what a start of the program does; a tick of
scrolling is one step of the wheel over the shown page, thumbnails asked for.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import struct
import sys
import tempfile
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

from PIL import Image
from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from facea_desktop.domain.faces import Subject
from facea_desktop.domain.people import Profile
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.library.portrait_png import REQUEST_KEY, read_request
from facea_desktop.library.search_index import Index
from facea_desktop.library.summaries import PortraitQuery
from facea_desktop.ui.gallery.gallery_page import GalleryPage
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import apply

SMALL = 20
PROMPTS = 2_000
"""Different ones; a large gallery has many pictures of each."""
WORDS = (
    "an oil painting of",
    "a man",
    "with",
    "a full beard",
    "smiling",
    "in the rain",
    "reading",
    "on a bench",
    "at night",
)


class NoJobs(QObject):
    """A queue without jobs."""

    jobAdded = Signal(object)
    jobChanged = Signal(object)
    jobRemoved = Signal(str)
    told = Signal(str, object)


def make(root: Path, people: int, portraits: int) -> None:
    """Write the manifests and the pictures."""
    draw = random.Random(0)
    ids = [f"{number:012x}" for number in range(people)]
    for number, person in enumerate(ids):
        folder = root / "people" / person
        folder.mkdir(parents=True)
        profile = Profile(id=person, name=f"Person {number}", subject=Subject.MAN, family="starter")
        (folder / "profile.json").write_text(profile.model_dump_json())
    (root / "portraits").mkdir()
    pictures = [encoded(draw.randrange(256)) for _ in range(16)]
    prompts = [" ".join(draw.choices(WORDS, k=6)) for _ in range(PROMPTS)]
    for number in range(portraits):
        request = PortraitRequest(person=draw.choice(ids), prompt=draw.choice(prompts), seed=number).model_dump_json()
        body = b"iTXt" + REQUEST_KEY.encode() + bytes(5) + request.encode()
        chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
        picture = pictures[number % 16]
        path = root / "portraits" / f"{number}.png"
        path.write_bytes(picture[:33] + chunk + picture[33:])  # after the header
        assert number or read_request(path) == request
        os.utime(path, (1.7e9 + number, 1.7e9 + number))


def encoded(red: int) -> bytes:
    """A PNG of the size that the starter makes its pictures."""
    data = io.BytesIO()
    Image.linear_gradient("L").resize((512, 512)).convert("RGB").point(lambda value: (value + red) // 2).save(
        data, "PNG"
    )
    return data.getvalue()


def milliseconds(doing: Callable[[], Any], times: int = 1) -> float:
    """The median of several runs."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        doing()
        taken.append((time.perf_counter() - began) * 1000)
    return median(taken)


def wait(ms: int) -> None:
    """Let the window live."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def measure(people: int, portraits: int) -> dict[str, float]:
    """Everything, for one size."""
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        make(root, people, portraits)
        index = Index(root)
        found["index made from the files (once, in a thread)"] = milliseconds(index.refresh_portraits)
        found["looking for changes (in a thread)"] = milliseconds(index.refresh_portraits)
        index.close()

        def reopen() -> None:
            Index(root).close()

        found["opening the index"] = milliseconds(reopen, 5)
        session = Session(root, NoJobs())  # type: ignore[arg-type]
        index = session.index
        found["listing everyone"] = milliseconds(index.people, 5)
        for name, query in (
            ("newest", PortraitQuery()),
            ("two words", PortraitQuery(text="beard rain")),
            ("most alike", PortraitQuery(order="likeness")),
            ("one person", PortraitQuery(person=f"{5:012x}")),
        ):
            found[f"count and first page, {name}"] = milliseconds(
                lambda q=query: (index.count(q), index.page(q, 0, 100)), 9
            )
        found["the last page, newest"] = milliseconds(
            lambda: index.page(PortraitQuery(), max(portraits - 100, 0), 100), 9
        )
        found |= _window(session)
        session.thumbnails.close()
        index.close()
    return found


def _window(session: Session) -> dict[str, float]:
    page = GalleryPage(session)
    page.resize(1280, 800)
    found = {}

    def show() -> None:
        page.show()
        page.grab()

    found["showing the page"] = milliseconds(show)
    wait(500)
    bar, view = page.grid.verticalScrollBar(), page.grid.viewport()
    ticks = []
    for step in range(60):
        bar.setValue(bar.maximum() * step // 60)

        def paint() -> None:
            view.repaint()

        ticks.append(milliseconds(paint))
        wait(5)
    found["a tick of scrolling, median"] = median(ticks)
    found["a tick of scrolling, longest"] = max(ticks)
    found["choosing all"] = milliseconds(page.grid.selectAll)
    page.close()
    page.deleteLater()
    return found


def main() -> None:
    """Print both sizes beside each other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--portraits", type=int, default=20_000)
    parser.add_argument("--people", type=int, default=2_000)
    args = parser.parse_args()
    app = QApplication([])
    apply(app, "dark")
    measure(SMALL, SMALL)  # warms caches and imports
    small, large = measure(SMALL, SMALL), measure(args.people, args.portraits)
    print(f"{'milliseconds':50}{f'{SMALL} / {SMALL}':>12}{f'{args.people} / {args.portraits}':>16}")
    for name, value in large.items():
        print(f"{name:50}{small[name]:12.1f}{value:16.1f}")


if __name__ == "__main__":
    main()
