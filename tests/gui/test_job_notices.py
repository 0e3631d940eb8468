"""Long jobs that end while the user does something else; the desktop's bus is scripted."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtDBus import QDBusConnection
from PySide6.QtWidgets import QApplication, QWidget
from qasync import QEventLoop

from facea_desktop.domain.events import Painted, Progress
from facea_desktop.domain.people import Profile, Recipe
from facea_desktop.domain.requests import FetchRequest, PortraitRequest, Request, TuneRequest
from facea_desktop.ui import desktop_bus, job_notices
from facea_desktop.ui.desktop_bus import DesktopBus
from facea_desktop.ui.destinations import Destination, ShowCanvas, ShowJobs, ShowPerson, ShowSettings
from facea_desktop.ui.job_notices import JobNotices
from facea_desktop.ui.session import Session
from facea_desktop.ui.window_host import WindowHost
from facea_desktop.workers.job import Job
from tests.gui.portrait.conftest import leave_portrait
from tests.gui.scripted_workers import ScriptedWorkers

pytestmark = pytest.mark.qt_log_ignore(r"does not support raise\(\)", extend=True)  # the offscreen platform


class ScriptedDesktop(QObject):
    """What a desktop was told."""

    clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.notifications: list[tuple[str, str]] = []
        self.progress: list[float | None] = []

    def notify(self, summary: str, body: str) -> None:
        self.notifications.append((summary, body))

    def show_progress(self, fraction: float | None) -> None:
        self.progress.append(fraction)


class User:
    """Who sits before the screen.

    Attributes:
        looks: whether the window is in front.
        alerts: windows that asked for attention.
    """

    def __init__(self) -> None:
        self.looks = False
        self.alerts: list[QWidget] = []


@pytest.fixture
def desktop() -> ScriptedDesktop:
    return ScriptedDesktop()


@pytest.fixture
def user(monkeypatch: pytest.MonkeyPatch) -> User:
    made = User()
    monkeypatch.setattr(QApplication, "alert", lambda window: made.alerts.append(window))
    return made


@pytest.fixture(autouse=True)
def every_job_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_notices, "LONG_S", 0.0)


@pytest.fixture
def host(
    qapp: QApplication, session: Session, loop: QEventLoop, desktop: ScriptedDesktop, user: User
) -> Iterator[WindowHost]:
    made = WindowHost(qapp, session)
    JobNotices(session, made, desktop, in_front=lambda: user.looks)
    yield made
    made.close_now()
    loop.run_until_complete(session.stop())
    made.delete()


@pytest.fixture
def anna(session: Session, add_person: Callable[..., Profile]) -> Profile:
    profile = add_person("Anna <3")
    session.people_changed()
    return profile


def run(session: Session, request: Request, title: str = "Anna <3: in the snow") -> Job:
    return session.pool.submit(request, title)


def tune(person: Profile) -> TuneRequest:
    return TuneRequest(person=person.id, recipe=Recipe())


def test_a_job_that_ends_behind_another_window_is_told_without_names(
    host: WindowHost, session: Session, workers: ScriptedWorkers, anna: Profile, desktop: ScriptedDesktop, user: User
) -> None:
    workers.finish(run(session, tune(anna)))
    assert desktop.notifications == [("Tuning is done", "Click to see it.")]
    workers.fail(run(session, tune(anna)), "Anna <3 has no photos.")
    assert desktop.notifications[1:] == [("A job has failed", "Click to see it.")]
    assert user.alerts == [host.window, host.window]


def test_names_are_told_where_that_is_wanted(
    host: WindowHost, session: Session, workers: ScriptedWorkers, anna: Profile, desktop: ScriptedDesktop
) -> None:
    session.change_settings(notifications="named")
    workers.finish(run(session, tune(anna)))
    assert desktop.notifications == [("Tuning is done", "Anna &lt;3: in the snow")]


def test_nothing_is_told_where_the_user_looks_or_does_not_want_it(
    host: WindowHost, session: Session, workers: ScriptedWorkers, anna: Profile, desktop: ScriptedDesktop, user: User
) -> None:
    user.looks = True
    workers.finish(run(session, tune(anna)))
    user.looks = False
    session.change_settings(notifications="off")
    workers.finish(run(session, tune(anna)))
    assert (desktop.notifications, user.alerts) == ([], [])


def test_short_and_cancelled_jobs_are_not_told(
    host: WindowHost,
    session: Session,
    workers: ScriptedWorkers,
    anna: Profile,
    desktop: ScriptedDesktop,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    workers.stop(run(session, tune(anna)))
    monkeypatch.setattr(job_notices, "LONG_S", 1000.0)
    workers.finish(run(session, tune(anna)))
    assert desktop.notifications == []


def test_a_click_leads_to_what_came_of_the_job(
    host: WindowHost, session: Session, workers: ScriptedWorkers, anna: Profile, desktop: ScriptedDesktop
) -> None:
    went: list[Destination] = []
    session.pageWanted.connect(went.append)
    workers.finish(run(session, tune(anna)))
    desktop.clicked.emit()
    workers.finish(run(session, FetchRequest(model="sdxl-base")))
    desktop.clicked.emit()
    failed = run(session, tune(anna))
    workers.fail(failed)
    desktop.clicked.emit()
    assert went == [ShowPerson(anna.id), ShowSettings("models"), ShowJobs(failed.id)]
    assert host.window.isVisible()


def test_a_click_shows_the_portrait_on_the_canvas(
    host: WindowHost,
    session: Session,
    loop: QEventLoop,
    workers: ScriptedWorkers,
    anna: Profile,
    desktop: ScriptedDesktop,
    until: Any,
) -> None:
    request = PortraitRequest(person=anna.id, prompt="in the snow")
    job = run(session, request)
    path = leave_portrait(session.library.portraits, request)
    went: list[Destination] = []
    session.pageWanted.connect(went.append)

    async def journey() -> None:
        workers.emit(job, Painted(path, 0, None, None, 0.8, None, None))
        workers.finish(job)
        host.window.go(ShowSettings())
        desktop.clicked.emit()
        await until(lambda: host.window.strip.result is not None)

    loop.run_until_complete(journey())
    assert desktop.notifications == [("Your portrait is ready", "Click to see it.")]
    assert went == [ShowCanvas(path)]
    assert host.window.strip.result.path == path
    assert host.window.stack.currentWidget() is host.window.stack.canvas


def test_a_click_on_a_job_that_was_deleted_meanwhile_only_shows_the_window(
    host: WindowHost, session: Session, workers: ScriptedWorkers, anna: Profile, desktop: ScriptedDesktop
) -> None:
    job = run(session, tune(anna))
    workers.finish(job)
    session.pool.remove(job.id)
    went: list[Destination] = []
    session.pageWanted.connect(went.append)
    desktop.clicked.emit()
    assert went == []
    assert host.window.isVisible()


def test_the_dock_shows_the_running_job_in_steps_that_can_be_seen(
    host: WindowHost,
    session: Session,
    loop: QEventLoop,
    workers: ScriptedWorkers,
    anna: Profile,
    desktop: ScriptedDesktop,
    until: Any,
) -> None:
    job = run(session, tune(anna))

    async def journey() -> None:
        for step in (0, 400, 401):
            workers.emit(job, Progress(step, 1000, 5.0))
            await until(lambda: not session.jobs._timer.isActive())
        workers.finish(job)
        await until(lambda: desktop.progress[-1] is None)

    loop.run_until_complete(journey())
    assert desktop.progress == [0.0, 0.4, None]


class NoBus:
    """QtDBus where no session bus runs."""

    @staticmethod
    def sessionBus() -> QDBusConnection:
        return QDBusConnection("nobody")


@pytest.mark.skipif(sys.platform != "linux", reason="the session bus is Linux desktops'")
def test_a_desktop_without_a_bus_is_told_nothing_and_nothing_breaks(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desktop_bus, "QDBusConnection", NoBus)
    bus = DesktopBus("facea-desktop", "FaceA Desktop")
    bus.notify("Tuning is done", "Click to see it.")
    bus.show_progress(0.5)
    bus.close()


@pytest.mark.skipif(sys.platform != "linux", reason="the session bus is Linux desktops'")
def test_only_a_click_on_the_newest_notification_counts_and_brings_what_wayland_asks_for(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desktop_bus, "QDBusConnection", NoBus)
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "")
    bus = DesktopBus("facea-desktop", "FaceA Desktop")
    clicks: list[bool] = []
    bus.clicked.connect(lambda: clicks.append(True))
    bus._remember(7)
    for notification in (6, 7, 8):
        bus._take_token(notification, f"token {notification}")
        bus._act(notification, "default")
    assert (clicks, os.environ["XDG_ACTIVATION_TOKEN"]) == ([True], "token 7")
    bus.close()
