"""Between two whole people: the strip is drawn, the slider shows what lies between, and a new person is made."""

from __future__ import annotations

import io
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.mix_requests import BlendPreviewRequest, BlendRequest
from facea_desktop.domain.outcomes import BlendPreviewed, PersonMade
from facea_desktop.domain.people import Profile
from facea_desktop.ui.mixer.blend_panel import STRIP, BlendPanel
from facea_desktop.ui.session import Session
from tests.gui.scripted_workers import ScriptedWorkers

Until = Callable[[Callable[[], Any]], Awaitable[None]]


def drawn(request: BlendPreviewRequest) -> BlendPreviewed:
    """A grey that tells the part."""
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8), (round(200 * request.part),) * 3).save(buffer, "PNG")
    return BlendPreviewed(buffer.getvalue())


@pytest.fixture
def pair(add_person: Callable[..., Profile], session: Session) -> tuple[Profile, Profile]:
    made = add_person("Anna"), add_person("Ben")
    session.people_changed()
    return made


@pytest.fixture
def panel(session: Session, workers: ScriptedWorkers, qtbot: QtBot) -> BlendPanel:
    workers.answers["blend preview"] = drawn
    made = BlendPanel(session)
    qtbot.addWidget(made)
    made.resize(360, 700)
    made.show()
    return made


def blend(panel: BlendPanel, pair: tuple[Profile, Profile], loop: QEventLoop, until: Until) -> None:
    async def choose() -> None:
        panel.blend(pair[0].id, pair[1].id)
        await until(lambda: set(STRIP) <= set(panel._pictures))

    loop.run_until_complete(choose())


def shade(panel: BlendPanel) -> int:
    return panel.picture.grab().toImage().pixelColor(80, 80).red()


def test_the_strip_is_drawn_middle_and_ends_first_and_a_click_goes_there(
    panel: BlendPanel, pair: tuple[Profile, Profile], workers: ScriptedWorkers, loop: QEventLoop, until: Until
) -> None:
    blend(panel, pair, loop, until)
    asked = [request for request in workers.asked if isinstance(request, BlendPreviewRequest)]
    assert [(one.person, one.other) for one in asked] == [(pair[0].id, pair[1].id)] * 5
    assert [one.part for one in asked] == [0.5, 0, 1, 0.25, 0.75]
    panel.strip[-1].click()
    assert panel.percent == 100
    assert shade(panel) == 200
    assert panel.status.text() == "0 % Anna, 100 % Ben"


def test_the_strip_does_not_move_under_the_pointer_as_it_is_drawn(
    panel: BlendPanel, pair: tuple[Profile, Profile], loop: QEventLoop, until: Until
) -> None:
    before = [thumb.geometry() for thumb in panel.strip]
    blend(panel, pair, loop, until)
    assert [thumb.geometry() for thumb in panel.strip] == before


def test_between_two_pictures_one_fades_into_the_other_until_the_place_is_drawn(
    panel: BlendPanel, pair: tuple[Profile, Profile], workers: ScriptedWorkers, loop: QEventLoop, until: Until
) -> None:
    blend(panel, pair, loop, until)
    panel.slider.setValue(2)  # 10 %

    async def rest() -> None:
        assert abs(shade(panel) - 20) <= 1
        await until(lambda: 10 in panel._pictures)

    loop.run_until_complete(rest())
    assert workers.asked[-1] == BlendPreviewRequest(person=pair[0].id, other=pair[1].id, part=0.1)


def test_pictures_far_apart_are_not_faded_into_a_face_with_four_eyes(
    panel: BlendPanel, pair: tuple[Profile, Profile], loop: QEventLoop, until: Until
) -> None:
    blend(panel, pair, loop, until)
    for percent in (25, 50, 75):
        del panel._pictures[percent]
    panel.slider.setValue(8)  # 40 %
    assert shade(panel) <= 1
    panel.slider.setValue(12)
    assert shade(panel) == 200


def test_what_is_between_two_people_becomes_a_person(
    panel: BlendPanel,
    pair: tuple[Profile, Profile],
    workers: ScriptedWorkers,
    session: Session,
    loop: QEventLoop,
    until: Until,
) -> None:
    blend(panel, pair, loop, until)
    workers.answers["blend"] = PersonMade(pair[0].id)
    noticed: list[str] = []
    session.noticed.connect(noticed.append)
    panel.slider.setValue(6)

    async def save() -> None:
        panel.save.click()
        await until(lambda: noticed)

    loop.run_until_complete(save())
    request = next(request for request in workers.asked if isinstance(request, BlendRequest))
    assert (request.person, request.other, request.part) == (pair[0].id, pair[1].id, 0.3)
    assert request.name == "Between Anna and Ben"
    assert noticed == ["Between Anna and Ben was added to your people."]


def test_why_there_is_nobody_between_two_is_said_in_one_line(
    panel: BlendPanel,
    pair: tuple[Profile, Profile],
    add_person: Callable[..., Profile],
    session: Session,
    workers: ScriptedWorkers,
    loop: QEventLoop,
    until: Until,
) -> None:
    raw = add_person("Cleo", tuned=False)
    session.people_changed()
    panel.blend(pair[0].id, raw.id)
    assert panel.trouble.text == "Cleo is not tuned yet. Tune first, then blend."
    panel.blend(pair[0].id, pair[0].id)
    assert panel.trouble.text == "Choose two different people."
    assert not panel.save.isEnabled()
    assert workers.asked == []
    said = "Anna and Ben were tuned in different ways; tune both again with the same settings."
    workers.answers["blend preview"] = UserError(said)

    async def choose() -> None:
        panel.blend(pair[0].id, pair[1].id)
        await until(lambda: panel.trouble.text)

    loop.run_until_complete(choose())
    assert panel.trouble.text == said


def test_who_is_deleted_leaves_and_the_pictures_with_them(
    panel: BlendPanel, pair: tuple[Profile, Profile], session: Session, loop: QEventLoop, until: Until
) -> None:
    blend(panel, pair, loop, until)
    session.library.delete(pair[1].id)
    session.people_changed()
    assert panel._pair == [session.library.get(pair[0].id), None]
    assert panel._pictures == {}
    assert not panel.save.isEnabled()
