"""How quickly the window opens, and how fluid it stays while the starter models tune on every core.

``python tests/benchmarks/window.py`` prints, in one run:

* seconds from the start of a process to a window that answers, warm, against ``import torch`` in a process of its own;
* the gaps between the ticks of a 10 ms timer in the window, at rest and while a person is tuned.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from statistics import median, quantiles

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # the second start of an installed program finds compiled modules

ROUNDS = 5
TICK_MS = 10
WATCHED_S = 30.0

WINDOW = """
import sys, asyncio, time
from pathlib import Path
import facea_desktop.cli
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop
from facea_desktop.ui.theme import apply, prepare
from facea_desktop.ui.session import Session
from facea_desktop.ui.main_window import MainWindow
from facea_desktop.workers.job_pool import JobPool
from facea_desktop.workers.engine_process import EngineSettings
app = QApplication([])
prepare(app, "dark")
loop = QEventLoop(app)
asyncio.set_event_loop(loop)
async def live():
    session = Session(Path(sys.argv[1]), JobPool(EngineSettings(Path(sys.argv[1]))))
    window = MainWindow(session)
    apply(app, "dark")
    window.show()
    window.portrait.setFocus()
    app.processEvents()
    print(time.monotonic(), "torch" in sys.modules, "cv2" in sys.modules, flush=True)
    await session.close()
    await session.pool.close()
with loop:
    loop.run_until_complete(live())
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        _start_up(Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        _fluidity(Path(folder))


def _start_up(root: Path) -> None:
    window, torch = [], []
    for _ in range(ROUNDS + 1):
        began = time.monotonic()
        ran = subprocess.run([sys.executable, "-c", WINDOW, root], capture_output=True, text=True, check=True)
        stamp, *heavy = ran.stdout.split()
        assert heavy == ["False", "False"], "the window loaded torch or OpenCV"
        window.append(float(stamp) - began)
        began = time.monotonic()
        subprocess.run([sys.executable, "-c", "import torch"], check=True)
        torch.append(time.monotonic() - began)
    print(
        f"window answers after {median(window[1:]):.2f} s, import torch takes {median(torch[1:]):.2f} s (warm, median)"
    )


def _fluidity(root: Path) -> None:
    from PySide6.QtWidgets import QApplication
    from qasync import QEventLoop

    from facea_desktop.ui.theme import apply

    app = QApplication([])
    apply(app, "dark")
    loop = QEventLoop(app)
    asyncio.set_event_loop(loop)
    with loop:
        loop.run_until_complete(_watch(root))


async def _watch(root: Path) -> None:
    from PySide6.QtCore import Qt, QTimer

    from facea_desktop.domain.events import Progress
    from facea_desktop.domain.faces import Subject
    from facea_desktop.domain.outcomes import PersonMade
    from facea_desktop.domain.people import Consent
    from facea_desktop.domain.photo_requests import EnrolRequest
    from facea_desktop.domain.requests import TuneRequest
    from facea_desktop.resources import resource
    from facea_desktop.ui.main_window import MainWindow
    from facea_desktop.ui.session import Session
    from facea_desktop.workers.engine_process import EngineSettings
    from facea_desktop.workers.job_pool import JobPool

    session = Session(root, JobPool(EngineSettings(root)))
    window = MainWindow(session)
    window.show()
    ticks: list[float] = []
    timer = QTimer(window)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: ticks.append(time.monotonic()))
    timer.start(TICK_MS)
    await asyncio.sleep(2)
    ticks.clear()
    await asyncio.sleep(5)
    _say("at rest", ticks)
    photos = tuple(resource("people", "adam", f"{i}.jpg") for i in range(3))
    made = await session.ask(
        EnrolRequest(name="Adam", subject=Subject.MAN, photos=photos, consent=Consent(kind="invented person"))
    )
    assert isinstance(made, PersonMade)
    session.people_changed()
    session.select(made.person)
    job = session.submit(TuneRequest(person=made.person, recipe=session.family.recipe("quick", 2000)), "Tuning Adam")
    while session.pool.progress(job.id) is None:
        await asyncio.sleep(0.1)
    began = session.pool.progress(job.id)
    assert isinstance(began, Progress)
    ticks.clear()
    await asyncio.sleep(WATCHED_S)
    _say("while tuning", ticks)
    now = session.pool.progress(job.id)
    assert isinstance(now, Progress)
    print(f"{now.step - began.step} steps were tuned meanwhile")
    timer.stop()
    await session.close()
    await session.pool.close()


def _say(when: str, ticks: list[float]) -> None:
    gaps = sorted(1000 * (b - a) for a, b in pairwise(ticks))
    p99 = quantiles(gaps, n=100)[98]
    print(f"{when}: {len(gaps)} ticks, gap p50 {median(gaps):.1f} ms, p99 {p99:.1f} ms, most {gaps[-1]:.1f} ms")


if __name__ == "__main__":
    main()
