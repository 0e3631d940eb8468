"""Screenshots of the window's main states, with real people, tunings and portraits made by the starter models.

``python packaging/screenshots/take.py --data-dir DIR --out DIR [--scale 1 2] [--theme dark light]``

What is missing in the data folder is made first (two sample people are enrolled and tuned, portraits painted, some
minutes on two cores); what is there is used again. Needs no display.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
from pathlib import Path

PROMPTS = (
    ("Adam", "an oil painting of a man smiling, blue background"),
    ("Adam", "a photo of a man with glasses, neutral expression, grey background"),
    ("Eve", "a watercolor portrait of a woman smiling"),
    ("Eve", "a black and white film photograph of a woman, front face"),
    ("Adam", "a pencil sketch of a man, front face"),
    ("Eve", "a pop art poster of a woman laughing"),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--scale", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--theme", nargs="+", default=["dark", "light"])
    parser.add_argument("--take", action="store_true", help=argparse.SUPPRESS)  # the process that has the window
    args = parser.parse_args()
    if args.take:
        _take(args.data_dir, args.out, args.theme, args.scale[0])
        return
    _prepare(args.data_dir)
    args.out.mkdir(parents=True, exist_ok=True)
    for scale in args.scale:
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(scale)}
        command = [sys.executable, __file__, "--take", "--data-dir", args.data_dir, "--out", args.out]
        subprocess.run([*command, "--scale", str(scale), "--theme", *args.theme], env=environment, check=True)


def _prepare(root: Path) -> None:
    """Two people and six portraits."""
    from facea_desktop.domain.events import Observer
    from facea_desktop.domain.faces import Subject
    from facea_desktop.domain.people import Consent
    from facea_desktop.domain.photo_requests import EnrolRequest
    from facea_desktop.domain.requests import PortraitRequest, TuneRequest
    from facea_desktop.executor import Executor
    from facea_desktop.resources import resource

    executor = Executor(root)
    manager = executor.manager
    known = {person.name: person for person in manager.library.people()}
    for name, subject in (("Adam", Subject.MAN), ("Eve", Subject.WOMAN)):
        if name not in known:
            photos = tuple(resource("people", name.lower(), f"{i}.jpg") for i in range(3))
            consent = Consent(kind="invented person")
            executor.execute(EnrolRequest(name=name, subject=subject, photos=photos, consent=consent), Observer())
        person = manager.library.get(name)
        if person.state == "not tuned":
            recipe = manager.family(person.family).recipe()
            executor.execute(TuneRequest(person=person.id, recipe=recipe), Observer())
    if not list(manager.library.portraits.glob("*.png")):
        for seed, (name, prompt) in enumerate(PROMPTS):
            executor.execute(PortraitRequest(person=manager.library.get(name).id, prompt=prompt, seed=seed), Observer())


def _take(root: Path, out: Path, themes: list[str], scale: int) -> None:
    from PySide6.QtWidgets import QApplication
    from qasync import QEventLoop

    app = QApplication([])
    app.setQuitOnLastWindowClosed(False)  # each theme has a window of its own
    loop = QEventLoop(app)
    asyncio.set_event_loop(loop)
    with loop:
        loop.run_until_complete(_all(app, root, out, themes, scale))


async def _all(app: object, root: Path, out: Path, themes: list[str], scale: int) -> None:
    from PySide6.QtWidgets import QApplication, QWidget

    from facea_desktop.resources import resource
    from facea_desktop.ui.destinations import (
        ShowCanvas,
        ShowComparisons,
        ShowGallery,
        ShowJobs,
        ShowMixer,
        ShowNewPerson,
        ShowPerson,
        ShowSettings,
    )
    from facea_desktop.ui.people.first_sight_preview import FirstSightPreview
    from facea_desktop.ui.session import Session
    from facea_desktop.ui.theme import apply, prepare
    from facea_desktop.ui.window_host import WindowHost
    from facea_desktop.workers.engine_process import EngineSettings
    from facea_desktop.workers.job_pool import JobPool

    assert isinstance(app, QApplication)
    for theme in themes:
        prepare(app, theme)  # type: ignore[arg-type]
        session = Session(root, JobPool(EngineSettings(root)))
        host = WindowHost(app, session)
        window = host.window
        apply(app, theme)  # type: ignore[arg-type]
        window.show()
        host.begin()
        window.showNormal()
        window.resize(1280, 800)  # also where there is no screen of that size

        async def shoot(name: str, window: QWidget = window, theme: str = theme) -> None:
            await asyncio.sleep(2.0)
            window.grab().save(str(out / f"{name}-{theme}-{scale}x.png"))

        await asyncio.sleep(6)
        pictures = [p for p in (root / "portraits").glob("*.png") if not p.stem.endswith(("-context", "-mask"))]
        session.portraitOpened.emit(min(pictures, key=lambda path: path.stat().st_mtime))  # of the first prompt
        session.go(ShowCanvas())
        await shoot("studio")
        session.go(ShowMixer(session.people()[0].id))
        await shoot("mixer")
        for page in (ShowGallery(), ShowJobs(), ShowComparisons(), ShowSettings("models"), ShowSettings()):
            session.go(page)
            await shoot(page.page)
        session.go(ShowPerson(session.people()[0].id))
        await shoot("person")
        session.go(ShowNewPerson(tuple(resource("people", "eve", f"{i}.jpg") for i in (3, 4, 5))))
        for _ in range(120):  # until the portrait at first sight is painted, or there is none
            await asyncio.sleep(1)
            if any(not preview.picture.image.isNull() for preview in window.findChildren(FirstSightPreview)):
                break
        await shoot("new-person")
        window.close_now()
        await session.close()
        await session.pool.close()
        host.delete()


if __name__ == "__main__":
    main()
