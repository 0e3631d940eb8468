"""The portrait page in the least room that it gets, with a wide font, in every language: nothing is cut."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QStyle,
    QStyleOptionFrame,
    QToolButton,
)
from pytestqt.qtbot import QtBot

from facea_desktop.domain.events import Progress
from facea_desktop.domain.people import Appearance, Profile
from facea_desktop.domain.requests import PortraitRequest, TuneRequest
from facea_desktop.domain.styles import styles
from facea_desktop.ui.portrait.portrait_panel import WIDTH, PortraitPanel
from facea_desktop.ui.portrait.result_strip import ResultStrip
from facea_desktop.ui.portrait.style_prompts import said
from facea_desktop.ui.portrait.style_strip import TITLE_PX
from facea_desktop.ui.session import Session
from tests.gui.clipping import cut
from tests.gui.scripted_workers import ScriptedWorkers

from .conftest import faces_found

pytestmark = pytest.mark.usefixtures("wide_words")

LONG = "Anna Magdalena von der Wartburg"
NARROW_CANVAS = 300


@pytest.fixture
def page(panel: PortraitPanel, strip: ResultStrip, qtbot: QtBot) -> PortraitPanel:
    """The panel at its least width; canvas and strip beside it."""
    for part, width, height in (
        (panel, WIDTH, 540),
        (panel.stage.canvas, NARROW_CANVAS, 400),
        (strip, NARROW_CANVAS, strip.height()),
    ):
        part.resize(width, height)
        part.show()
    return panel


def cut_on(page: PortraitPanel, strip: ResultStrip) -> str:
    """What is cut of the whole page, values of spin boxes included; a line each."""
    for _ in range(5):  # a layout tells the one that holds it by an event
        QApplication.processEvents()
    found = cut(page) + cut(page.stage.canvas) + cut(strip)
    inner, scroll = page.form.widget(), page.form
    assert isinstance(scroll, QScrollArea)
    if inner.width() > scroll.viewport().width():
        found.append(f"the form is {inner.width()} px wide in {scroll.viewport().width()}")
    for field in page.findChildren(QAbstractSpinBox):
        if field.isVisible() and field.fontMetrics().horizontalAdvance(field.text()) > field.lineEdit().width():
            found.append(f"{field.objectName()} “{field.text()}”")
    return "\n".join(found)


def opened(page: PortraitPanel, name: str) -> None:
    button = page.findChild(QToolButton, name) or page.findChild(QPushButton, name)
    button.click()


def test_nobody_chosen(page: PortraitPanel, strip: ResultStrip) -> None:
    assert cut_on(page, strip) == ""


@pytest.mark.parametrize("state", ["not tuned", "tuning", "stopped", "ready"])
def test_whoever_is_chosen(
    page: PortraitPanel,
    strip: ResultStrip,
    session: Session,
    workers: ScriptedWorkers,
    add_person: Callable[..., Profile],
    state: str,
) -> None:
    person = add_person(LONG, tuned=state == "ready")
    session.people_changed()
    session.select(person.id)
    if state in ("tuning", "stopped"):
        job = session.submit(TuneRequest(person=person.id, recipe=session.family.recipe()), "Tune")
        if state == "stopped":
            workers.stop(job)
    assert cut_on(page, strip) == ""


@pytest.mark.parametrize("family", ["starter", "sdxl-sd15"])
def test_quick_picks_open_and_lit(
    page: PortraitPanel, strip: ResultStrip, session: Session, anna: Profile, family: str
) -> None:
    looks = Appearance(age="middle-aged", hair_length="medium", hair_colour="brown", eyewear="sunglasses")
    session.library.update(anna.model_copy(update={"family": family, "appearance": looks}))
    session.people_changed()
    page.form.prompt.edit.setPlainText(
        "a laughing woman with sunglasses and freckles, looking up, in a spacesuit on horseback, wavy blond hair, "
        "lit from the left, blue background"
    )
    page.form.styles.choose(styles()[0])
    page.form.prompt.choose_style(styles()[0])
    page.form.prompt.scene.edit.setPlainText("a woman on horseback")
    for _, head in page.form.picks._groups._heads:
        head.click()
        assert cut_on(page, strip) == ""


def test_a_picture_with_faces_and_a_mask(
    page: PortraitPanel,
    strip: ResultStrip,
    anna: Profile,
    workers: ScriptedWorkers,
    tmp_path: Path,
    photo: Path,
    do: Callable[..., Any],
) -> None:
    workers.answers["faces"] = faces_found(3)
    long = tmp_path / "a_photograph_with_a_very_long_name_without_any_space_2026-11-27.jpg"
    photo.rename(long)
    do(lambda: page.use_picture(long), lambda: page.form.scene.faces.cast.faces)
    assert cut_on(page, strip) == ""
    page.stage.canvas.choose_tool("brush")
    page.stage.canvas.commands["invert"].trigger()
    assert cut_on(page, strip) == ""


def test_a_result_while_others_are_painted(
    page: PortraitPanel,
    strip: ResultStrip,
    anna: Profile,
    session: Session,
    workers: ScriptedWorkers,
    finish: Any,
    do: Callable[..., Any],
) -> None:
    page.form.prompt.edit.setPlainText("a woman")
    request = PortraitRequest(person=anna.id, prompt="a woman", count=8)
    jobs = [session.submit(request, "Anna: a woman") for _ in range(12)]
    do(lambda: finish(jobs[0]), lambda: page.stage.result is not None)
    workers.emit(jobs[0], Progress(100, 800, 54_000.0))
    page.stage.canvas.show_compare(True)
    page.form.more.lock.setChecked(True)
    page.form.more.without.setChecked(True)
    page.make.count.setValue(8)
    assert cut_on(page, strip) == ""
    workers.fail(jobs[0], "The disk is full. Free some space and try again.")
    assert cut_on(page, strip) == ""


def test_all_settings(page: PortraitPanel, strip: ResultStrip, sdxl_anna: Profile) -> None:
    opened(page, "morePortraitSettings")
    for field in page.form.more.findChildren(QSpinBox):
        assert field.isVisible()
    assert cut_on(page, strip) == ""
    seed, option = page.form.more.seed, QStyleOptionFrame()
    option.initFrom(seed)
    room = seed.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, seed)
    assert seed.fontMetrics().horizontalAdvance(str(2**32 - 1)) <= room.width()


def test_titles_of_styles(page: PortraitPanel, anna: Profile) -> None:
    font = QFont(page.form.styles.font())
    font.setPixelSize(TITLE_PX)
    width = page.form.styles.gridSize().width()
    assert [said(one) for one in styles() if QFontMetrics(font).horizontalAdvance(said(one)) > width - 2] == []
