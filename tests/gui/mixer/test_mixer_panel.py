"""The mixer over a scripted pool: what is asked for, and what is said."""

from __future__ import annotations

import asyncio
import io
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import Attribute, Subject
from facea_desktop.domain.mix_requests import AttributeSource, MixPreviewRequest, MixRequest
from facea_desktop.domain.outcomes import MixPreviewed
from facea_desktop.domain.people import Consent
from facea_desktop.ui.destinations import ShowJobs, ShowNewPerson, ShowPerson
from facea_desktop.ui.mixer.mixer_panel import MixerPanel
from facea_desktop.workers.job import JobState
from tests.families import of_family

LEFT, RIGHT, NOSE, MOUTH = Attribute
LEFT_BUTTON = Qt.MouseButton.LeftButton
EMPTY_NOBODY, EMPTY_FEW, EMPTY_UNTUNED, MIXING = range(4)


def png(shade: str) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (32, 32), shade).save(data, "PNG")
    return data.getvalue()


@pytest.fixture
def people(session, add_person) -> SimpleNamespace:
    """Anna, Ben and Cleo are tuned, Dan is not."""
    made = SimpleNamespace(
        anna=add_person("Anna"),
        ben=add_person("Ben", Subject.MAN),
        cleo=add_person("Cleo"),
        dan=add_person("Dan", Subject.MAN, tuned=False),
    )
    session.people_changed()
    return made


@pytest.fixture
def run(loop, session, qtbot, until):
    """Run a coroutine with a panel that is on screen; ``base`` is chosen in the library before."""

    def go(test, base=None) -> None:
        async def shown() -> None:
            if base is not None:
                session.select(base.id)
            panel = MixerPanel(session)
            qtbot.addWidget(panel)
            panel.live_box.setChecked(False)
            panel.resize(340, 900)
            panel.show()
            if base is not None:
                await until(lambda: panel.face.region_center(NOSE) is not None)
            await test(panel)

        loop.run_until_complete(shown())

    return go


@pytest.fixture
def plain(session, monkeypatch) -> None:
    """The models take no detail from photos, so that only tuned people are mixed."""
    families = session.models.catalogue.families
    monkeypatch.setitem(families, "starter", families["starter"].model_copy(update={"photo_detail": False}))


def dragged(person: str) -> QMimeData:
    data = QMimeData()
    data.setData("application/x-facea-person", person.encode())
    return data


def move(widget, to: QPointF, held: Qt.MouseButton = Qt.MouseButton.NoButton) -> None:
    """The mouse goes there. QTest.mouseMove runs Qt's loop, and with it other tasks in the middle of the test's."""
    none, nothing = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(QEvent.Type.MouseMove, to, widget.mapToGlobal(to), none, held, nothing)
    QApplication.sendEvent(widget, event)


def drop(widget, person: str, at: QPointF | None = None) -> bool:
    spot = at or QPointF(20, 20)
    data = dragged(person)
    actions, nothing = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(spot.toPoint(), actions, data, LEFT_BUTTON, nothing)
    widget.dragEnterEvent(enter)
    if not enter.isAccepted():
        return False
    widget.dropEvent(QDropEvent(spot, actions, data, LEFT_BUTTON, nothing))
    return True


def click(panel: MixerPanel, name: str) -> None:
    button = panel.findChild(QPushButton, name)
    assert button.isVisible()
    assert button.isEnabled()
    QTest.mouseClick(button, LEFT_BUTTON)


# Who


def test_too_few_people_lead_to_a_new_one_and_too_few_tuned_ones_to_their_tuning(
    run, session, add_person, qtbot, plain
) -> None:
    anna = add_person("Anna")
    session.people_changed()

    async def test(panel: MixerPanel) -> None:
        assert panel.pages.currentIndex() == EMPTY_FEW
        with qtbot.waitSignal(session.pageWanted) as wanted:
            panel.new_person_button.click()
        assert wanted.args == [ShowNewPerson()]

        add_person("Cleo", tuned=False)
        dan = add_person("Dan", tuned=False)
        session.people_changed()
        assert panel.pages.currentIndex() == EMPTY_UNTUNED
        assert panel.tune_button.text() == "Tune Dan"
        with qtbot.waitSignal(session.pageWanted) as wanted:
            panel.tune_button.click()
        assert wanted.args == [ShowPerson(dan.id)]

        add_person("Ben")
        session.people_changed()
        assert panel.pages.currentIndex() == MIXING

    run(test, anna)


def test_nobody_chosen_offers_to_choose(run, session, people) -> None:
    async def test(panel: MixerPanel) -> None:
        assert panel.pages.currentIndex() == EMPTY_NOBODY
        session.select(people.anna.id)
        assert panel.pages.currentIndex() == MIXING
        assert panel.mix.base == people.anna

    run(test)


def test_dragging_somebody_from_the_library_does_not_change_who_is_mixed_onto(run, session, people) -> None:
    async def test(panel: MixerPanel) -> None:
        session.select(people.ben.id)  # pressing the mouse on a person chooses them
        assert panel.mix.base == people.anna
        assert panel.instead_button.text() == "Ben instead"
        click(panel, "mixInsteadButton")
        assert panel.mix.base == people.ben
        assert panel.instead_button.isHidden()

    run(test, people.anna)


def test_a_panel_that_is_not_seen_follows_the_library_until_something_is_taken(run, session, people) -> None:
    async def test(panel: MixerPanel) -> None:
        panel.hide()
        session.select(people.ben.id)
        assert panel.mix.base == people.ben
        panel.take(NOSE, people.anna.id)
        session.select(people.cleo.id)
        assert panel.mix.base == people.ben

    run(test, people.anna)


def test_the_window_can_send_somebody_to_the_mixer(run, people) -> None:
    async def test(panel: MixerPanel) -> None:
        panel.take(NOSE, people.ben.id)
        panel.take(MOUTH, people.cleo.id)
        panel.mix_onto(people.ben.id)
        assert panel.mix.base == people.ben
        assert [take.person for take in panel.mix.takes()] == [people.cleo.id]  # Ben has his own nose

    run(test, people.anna)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_who_has_no_leave_any_more_neither_gives_nor_is_mixed_onto(run, session, people) -> None:
    over = Consent(kind="with permission", until=date.today() - timedelta(days=1))
    for one in (people.anna, people.ben):
        session.library.update(one.model_copy(update={"consent": over}))
    session.people_changed()

    async def test(panel: MixerPanel) -> None:
        assert "Consent to portray Anna has ended" in panel.trouble.text
        assert not panel.preview_button.isEnabled()
        pages = []
        session.pageWanted.connect(pages.append)
        click(panel, "mixRemedyButton")
        panel.mix_onto(people.cleo.id)
        assert panel.trouble.text == ""
        panel.choose_for(NOSE)
        model = panel.chooser.model
        names = [model.index(row).data() for row in range(model.rowCount())]
        assert "Ben (consent ended)" in names
        panel.chooser.close()
        panel.take(NOSE, people.ben.id)
        assert panel.mix.takes() == ()
        assert "Consent to portray Ben has ended" in panel.trouble.text
        click(panel, "mixRemedyButton")
        assert pages == [ShowPerson(people.anna.id), ShowPerson(people.ben.id)]

    run(test, people.anna)


def test_a_base_that_is_not_tuned_is_told_in_place_with_the_way_out(run, session, people, plain) -> None:
    async def test(panel: MixerPanel) -> None:
        pages = []
        session.pageWanted.connect(pages.append)
        assert "Dan is not tuned yet" in panel.trouble.text
        assert not panel.table.isEnabled()
        assert not panel.preview_button.isEnabled()
        click(panel, "mixRemedyButton")
        assert pages == [ShowPerson(people.dan.id)]
        panel.mix_onto(people.anna.id)
        assert panel.trouble.text == ""
        assert panel.table.isEnabled()

    run(test, people.dan)


# Taking


def test_a_person_can_be_dropped_on_a_place(run, people) -> None:
    async def test(panel: MixerPanel) -> None:
        assert drop(panel.table.slots_of[MOUTH], people.ben.id)
        assert panel.mix.takes() == (AttributeSource(attribute=MOUTH, person=people.ben.id),)
        assert panel.table.slots_of[MOUTH].rows[0].name == "Ben"

    run(test, people.anna)


def test_a_person_can_be_dropped_on_a_region_of_the_face(run, people) -> None:
    async def test(panel: MixerPanel) -> None:
        assert drop(panel.face, people.ben.id, panel.face.region_center(MOUTH))
        (take,) = panel.mix.takes()
        assert take.person == people.ben.id
        assert not drop(panel.face, "somebody else's file", panel.face.region_center(MOUTH))

    run(test, people.anna)


def test_dropping_beside_the_regions_takes_nothing(run, people) -> None:
    async def test(panel: MixerPanel) -> None:
        drop(panel.face, people.ben.id, QPointF(3, 3))
        assert panel.mix.takes() == ()

    run(test, people.anna)


@pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen has no popups
def test_everything_can_be_done_by_keyboard(run, people) -> None:
    async def test(panel: MixerPanel) -> None:
        slot = panel.table.slots_of[NOSE].rows[0]
        slot.choose_button.setFocus()
        QTest.keyClick(slot.choose_button, Qt.Key.Key_Space)
        assert panel.chooser.isVisible()
        QTest.keyClicks(panel.chooser.search, "cl")
        QTest.keyClick(panel.chooser.search, Qt.Key.Key_Return)
        assert not panel.chooser.isVisible()
        assert slot.name == "Cleo"
        for _ in range(4):
            QTest.keyClick(slot.slider, Qt.Key.Key_Left)
        assert panel.mix.takes() == (AttributeSource(attribute=NOSE, person=people.cleo.id, strength=0.8),)
        QTest.keyClick(slot.clear_button, Qt.Key.Key_Space)
        assert panel.mix.takes() == ()

    run(test, people.anna)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_list_to_choose_from_passes_over_who_cannot_give(run, people, plain) -> None:
    async def test(panel: MixerPanel) -> None:
        panel.choose_for(NOSE)
        model = panel.chooser.model
        names = [model.index(row).data() for row in range(model.rowCount())]
        assert names == ["Ben", "Cleo", "Anna (the base person)", "Dan (not tuned yet)"]
        for _ in range(5):
            QTest.keyClick(panel.chooser.search, Qt.Key.Key_Down)
        assert panel.chooser.list.currentIndex().row() == 1
        QTest.keyClicks(panel.chooser.search, "dan")
        QTest.keyClick(panel.chooser.search, Qt.Key.Key_Return)
        assert panel.chooser.isVisible()
        QTest.keyClick(panel.chooser, Qt.Key.Key_Escape)
        assert not panel.chooser.isVisible()
        assert panel.mix.takes() == ()

    run(test, people.anna)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_names_that_begin_with_what_is_typed_are_first(run, session, add_person, people) -> None:
    add_person("A friend of Cleo")
    session.people_changed()

    async def test(panel: MixerPanel) -> None:
        panel.choose_for(NOSE)
        QTest.keyClicks(panel.chooser.search, "cleo")
        QTest.keyClick(panel.chooser.search, Qt.Key.Key_Return)
        assert [take.person for take in panel.mix.takes()] == [people.cleo.id]

    run(test, people.anna)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_person_to_mix_onto_can_be_chosen_in_the_panel(run, people) -> None:
    async def test(panel: MixerPanel) -> None:
        click(panel, "mixChooseBase")
        QTest.keyClicks(panel.chooser.search, "ben")
        QTest.keyClick(panel.chooser.search, Qt.Key.Key_Return)
        assert panel.mix.base == people.ben

    run(test)


def test_who_cannot_give_is_told_in_place_and_nothing_is_lost(run, session, people, plain) -> None:
    async def test(panel: MixerPanel) -> None:
        panel.take(NOSE, people.ben.id)
        panel.take(NOSE, people.dan.id)
        assert "Tune Dan first" in panel.trouble.text
        assert panel.remedy_button.text() == "Open Dan"
        assert panel.table.slots_of[NOSE].rows[0].name == "Ben"
        panel.take(MOUTH, people.ben.id)
        assert panel.trouble.text == ""

    run(test, people.anna)


def test_a_giver_of_another_family_is_told_in_place(run, session, people) -> None:
    session.library.update(of_family(people.ben, "sdxl-sd15"))

    async def test(panel: MixerPanel) -> None:
        panel.take(NOSE, people.ben.id)
        assert "different models" in panel.trouble.text
        assert panel.mix.takes() == ()

    run(test, people.anna)


def test_both_eyes_can_be_given_by_one_person(run, people) -> None:
    async def test(panel: MixerPanel) -> None:
        panel.table.link_box.click()
        assert panel.table.slots_of[RIGHT].isHidden()
        drop(panel.table.slots_of[LEFT], people.ben.id)
        panel.table.slots_of[LEFT].rows[0].slider.setValue(50)
        assert panel.mix.takes() == tuple(
            AttributeSource(attribute=eye, person=people.ben.id, strength=0.5) for eye in (LEFT, RIGHT)
        )
        panel.table.link_box.click()
        assert panel.table.slots_of[RIGHT].isVisible()
        panel.take(RIGHT, people.cleo.id)
        assert [take.person for take in panel.mix.takes()] == [people.ben.id, people.cleo.id]

    run(test, people.anna)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_several_people_share_an_attribute(run, session, add_person, people) -> None:
    eli = add_person("Eli", Subject.MAN)
    session.people_changed()

    def given(panel: MixerPanel) -> dict[str, float]:
        return {take.person: take.strength for take in panel.mix.takes()}

    async def test(panel: MixerPanel) -> None:
        slot = panel.table.slots_of[NOSE]
        assert not slot.add_button.isVisible()
        panel.take(NOSE, people.ben.id)
        QTest.mouseClick(slot.add_button, LEFT_BUTTON)
        model = panel.chooser.model
        assert "Ben (already chosen)" in [model.index(row).data() for row in range(model.rowCount())]
        QTest.keyClicks(panel.chooser.search, "cleo")
        QTest.keyClick(panel.chooser.search, Qt.Key.Key_Return)
        assert given(panel) == {people.ben.id: 0.5, people.cleo.id: 0.5}
        assert [row.name for row in slot.rows if row.isVisible()] == ["Ben", "Cleo"]

        slot.rows[0].slider.setValue(70)
        assert given(panel) == {people.ben.id: 0.7, people.cleo.id: 0.3}
        slot.rows[1].slider.setValue(20)  # a tenth stays Anna's
        assert given(panel) == {people.ben.id: 0.7, people.cleo.id: 0.2}
        assert slot.rows[0].slider.maximum() == 90

        panel.add(NOSE, eli.id)
        assert not slot.add_button.isVisible()
        assert sum(given(panel).values()) == pytest.approx(1)
        QTest.mouseClick(slot.rows[1].choose_button, LEFT_BUTTON)
        QTest.keyClick(panel.chooser, Qt.Key.Key_Escape)
        QTest.mouseClick(slot.rows[1].clear_button, LEFT_BUTTON)
        assert list(given(panel)) == [people.ben.id, eli.id]
        panel.take(NOSE, people.cleo.id, people.ben.id)
        assert list(given(panel)) == [people.cleo.id, eli.id]
        drop(slot, people.ben.id, QPointF(slot.rows[1].geometry().center()))
        assert list(given(panel)) == [people.cleo.id, people.ben.id]
        drop(slot, people.ben.id, QPointF(slot.rows[0].geometry().center()))
        assert list(given(panel)) == [people.ben.id]
        panel.add(NOSE, people.cleo.id)
        drop(slot, people.ben.id, QPointF(4, 4))  # beside them it is whose it becomes alone
        assert list(given(panel)) == [people.ben.id]
        assert [row.name for row in slot.rows if row.isVisible()] == ["Ben"]

    run(test, people.anna)


def test_places_and_regions_light_each_other_up(run, people) -> None:
    async def test(panel: MixerPanel) -> None:
        panel.table.slots_of[NOSE].hovered.emit(NOSE, True)
        assert panel.face.lit == {NOSE}
        panel.table.slots_of[NOSE].hovered.emit(NOSE, False)
        assert panel.face.lit == set()
        panel.table.link_box.click()
        panel.table.slots_of[LEFT].hovered.emit(LEFT, True)
        assert panel.face.lit == {LEFT, RIGHT}
        panel.face.light(())
        move(panel.face, panel.face.region_center(MOUTH))
        assert len(panel.face.lit) == 1

    run(test, people.anna)


def test_a_filled_place_shows_the_givers_own_attribute(run, until, people) -> None:
    async def test(panel: MixerPanel) -> None:
        panel.take(NOSE, people.ben.id)
        await until(lambda: panel.table.slots_of[NOSE].rows[0]._crop.image is not None)
        panel.mix.take_away(NOSE, people.ben.id)
        panel.table.show_mix(panel.mix, panel.crops.loaded)
        assert panel.table.slots_of[NOSE].rows[0]._crop.image is None

    run(test, people.anna)


# Previews


def test_a_preview_is_asked_for_exactly_as_composed_and_shown(run, workers, until, people) -> None:
    workers.answers["mix preview"] = MixPreviewed(png("red"), png("blue"))

    async def test(panel: MixerPanel) -> None:
        assert not panel.preview_button.isEnabled()
        panel.take(MOUTH, people.cleo.id)
        panel.take(NOSE, people.ben.id)
        panel.table.slots_of[NOSE].rows[0].slider.setValue(80)
        panel.more.seed.setValue(7)
        click(panel, "mixPreviewButton")
        assert panel.status.text() == "Drawing preview…"
        assert not panel.preview_button.isEnabled()
        await until(lambda: panel.face.compares)
        takes = (
            AttributeSource(attribute=NOSE, person=people.ben.id, strength=0.8),
            AttributeSource(attribute=MOUTH, person=people.cleo.id),
        )
        assert workers.asked == [MixPreviewRequest(person=people.anna.id, takes=takes, seed=7)]
        assert panel.preview_button.isEnabled()
        face = panel.face.grab().toImage()
        ratio = panel.face.devicePixelRatio()
        shades = [face.pixelColor(int(x * ratio), int(120 * ratio)).name() for x in (15, panel.face.width() - 30)]
        assert shades == ["#ff0000", "#0000ff"]
        panel.table.slots_of[NOSE].rows[0].slider.setValue(70)
        assert panel.status.text() == "outdated preview"
        panel.table.slots_of[NOSE].rows[0].slider.setValue(80)
        assert panel.status.text() == ""

    run(test, people.anna)


def test_answers_to_an_older_mix_are_dropped(run, pool, until, people, monkeypatch) -> None:
    waiting: list[tuple[MixPreviewRequest, asyncio.Future]] = []

    async def ask(request):
        answer = asyncio.get_running_loop().create_future()
        waiting.append((request, answer))
        return await answer

    monkeypatch.setattr(pool, "ask", ask)

    async def test(panel: MixerPanel) -> None:
        shown = []
        panel.previews.came.connect(lambda request, before, after: shown.append(request))
        panel.take(NOSE, people.ben.id)
        panel.preview()
        await until(lambda: len(waiting) == 1)
        for strength in (90, 80, 70):
            panel.table.slots_of[NOSE].rows[0].slider.setValue(strength)
            panel.preview()
        waiting[0][1].set_result(MixPreviewed(png("red"), png("red")))
        await until(lambda: len(waiting) == 2)
        assert not panel.face.compares
        assert waiting[1][0].takes[0].strength == 0.7  # those between were never asked for
        waiting[1][1].set_result(MixPreviewed(png("red"), png("blue")))
        await until(lambda: panel.face.compares)
        assert shown == [waiting[1][0]]

    run(test, people.anna)


def test_an_answer_that_comes_after_a_change_is_not_shown(run, pool, until, people, monkeypatch) -> None:
    answers: list[asyncio.Future] = []

    async def ask(request):
        answers.append(asyncio.get_running_loop().create_future())
        return await answers[-1]

    monkeypatch.setattr(pool, "ask", ask)

    async def test(panel: MixerPanel) -> None:
        panel.take(NOSE, people.ben.id)
        panel.preview()
        await until(lambda: answers)
        panel.reset()
        answers[0].set_result(MixPreviewed(png("red"), png("blue")))
        await until(lambda: not panel.previews._asking)
        assert not panel.face.compares
        assert panel.status.text() == ""

    run(test, people.anna)


def test_live_previews_wait_until_the_hand_rests(run, workers, until, people) -> None:
    workers.answers["mix preview"] = MixPreviewed(png("red"), png("blue"))

    async def test(panel: MixerPanel) -> None:
        panel._debounce.setInterval(1_000_000)
        panel.live_box.click()
        panel.take(NOSE, people.ben.id)
        for strength in range(95, 50, -5):
            panel.table.slots_of[NOSE].rows[0].slider.setValue(strength)
            await asyncio.sleep(0)
        assert workers.asked == []
        panel._debounce.setInterval(1)
        panel.table.slots_of[NOSE].rows[0].slider.setValue(50)
        await until(lambda: panel.face.compares)
        assert [request.takes[0].strength for request in workers.asked] == [0.5]
        panel.live_box.click()
        panel.table.slots_of[NOSE].rows[0].slider.setValue(100)
        assert not panel._debounce.isActive()

    run(test, people.anna)


def test_a_preview_that_fails_says_what_to_do_and_can_be_tried_again(run, workers, until, people) -> None:
    workers.answers["mix preview"] = UserError("The memory is full. Close other programs.")

    async def test(panel: MixerPanel) -> None:
        panel.take(NOSE, people.ben.id)
        panel.preview()
        await until(lambda: panel.trouble.text)
        assert panel.trouble.text == "The memory is full. Close other programs."
        assert panel.preview_button.isEnabled()
        workers.answers["mix preview"] = MixPreviewed(png("red"), png("blue"))
        panel.preview()
        await until(lambda: panel.face.compares)
        assert panel.trouble.text == ""

    run(test, people.anna)


def test_before_and_after_are_compared_with_mouse_and_keys(run, workers, until, people) -> None:
    workers.answers["mix preview"] = MixPreviewed(png("red"), png("blue"))

    async def test(panel: MixerPanel) -> None:
        panel.take(NOSE, people.ben.id)
        panel.preview()
        await until(lambda: panel.face.compares)
        face = panel.face
        middle, grip = QPoint(face.width() // 2, face.height() // 2), QPoint(face.width() // 10, face.height() // 2)
        nose = face.region_center(NOSE)
        assert nose is not None
        assert face.divider < 0.5 * nose.x() / face.width()  # all of a new preview is seen
        panel.face.light([NOSE])
        shown = face.grab().toImage()
        assert shown.pixelColor((nose * face.devicePixelRatio()).toPoint()).name() == "#0000ff"
        QTest.mousePress(face, LEFT_BUTTON, pos=grip)
        move(face, QPointF(face.width() / 4, middle.y()), LEFT_BUTTON)
        QTest.mouseRelease(face, LEFT_BUTTON, pos=QPoint(face.width() // 4, middle.y()))
        assert face.divider == pytest.approx(0.25, abs=0.02)
        QTest.keyClick(face, Qt.Key.Key_Right)
        assert face.divider == pytest.approx(0.30, abs=0.02)
        move(face, QPointF(face.width() - 5, middle.y()))
        assert face.divider == pytest.approx(0.30, abs=0.02)

    run(test, people.anna)


def test_people_who_are_not_tuned_are_mixed_from_photos_and_saved_once_the_base_is(
    run, session, workers, pool, until, people
) -> None:
    workers.answers["mix preview"] = MixPreviewed(png("red"), png("blue"))

    async def test(panel: MixerPanel) -> None:
        assert panel.trouble.text == ""
        panel.take(NOSE, people.anna.id)
        panel.preview()
        await until(lambda: panel.face.compares)
        takes = (AttributeSource(attribute=NOSE, person=people.anna.id),)
        assert workers.asked == [MixPreviewRequest(person=people.dan.id, takes=takes)]
        assert panel.stay.provenance.text() == "Tune Dan to save this as a new person."
        assert not panel.stay.stay_button.isEnabled()
        panel.save_mix("Dan, mixed")
        assert pool.jobs() == []
        panel.mix_onto(people.anna.id)
        panel.take(NOSE, people.dan.id)
        assert panel.stay.stay_button.isEnabled()
        assert panel.stay.provenance.text() == "Anna's face with Dan's nose; 100 tuning steps per attribute."

    run(test, people.dan)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_two_people_with_photos_are_enough_and_what_is_taken_is_shown_at_once(loop, session, add_person, qtbot) -> None:
    people = [add_person(name, tuned=False) for name in ("Dan", "Eve")]
    session.people_changed()

    async def test() -> None:
        session.select(people[0].id)
        panel = MixerPanel(session)
        qtbot.addWidget(panel)
        assert panel.pages.currentIndex() == MIXING
        assert panel.live_box.isChecked()
        panel.choose_for(NOSE)
        model = panel.chooser.model
        assert [model.index(row).data() for row in range(model.rowCount())] == ["Eve", "Dan (the base person)"]
        panel.chooser.close()

    loop.run_until_complete(test())


# Making it stay


def test_a_mix_is_made_to_stay_exactly_as_composed(run, pool, session, people) -> None:
    async def test(panel: MixerPanel) -> None:
        pages = []
        session.pageWanted.connect(pages.append)
        assert not panel.stay.stay_button.isEnabled()
        panel.take(NOSE, people.ben.id)
        assert panel.stay.name.text() == "Anna with Ben's nose"
        assert "Ben's nose; 100 tuning steps" in panel.stay.provenance.text()
        click(panel, "makeItStayButton")
        (job,) = pool.jobs()
        takes = (AttributeSource(attribute=NOSE, person=people.ben.id),)
        assert job.request == MixRequest(person=people.anna.id, takes=takes, name="Anna with Ben's nose", steps=100)
        assert job.title == "Mixing Anna with Ben's nose"
        assert job.state is JobState.RUNNING
        click(panel, "showMixJobButton")
        assert pages == [ShowJobs(job.id)]

    run(test, people.anna)


def test_a_name_that_was_written_is_kept_whatever_is_changed(run, pool, people) -> None:
    async def test(panel: MixerPanel) -> None:
        panel.take(NOSE, people.ben.id)
        panel.stay.name.selectAll()
        QTest.keyClicks(panel.stay.name, "Nova")
        panel.take(MOUTH, people.cleo.id)
        panel.more.steps.setValue(250)
        assert panel.stay.name.text() == "Nova"
        QTest.keyClick(panel.stay.name, Qt.Key.Key_Return)
        (job,) = pool.jobs()
        assert (job.request.name, job.request.steps) == ("Nova", 250)

    run(test, people.anna)


def test_an_emptied_name_falls_back_to_the_suggested_one(run, pool, people) -> None:
    async def test(panel: MixerPanel) -> None:
        panel.take(NOSE, people.ben.id)
        panel.stay.name.selectAll()
        QTest.keyClick(panel.stay.name, Qt.Key.Key_Delete)
        click(panel, "makeItStayButton")
        assert pool.jobs()[0].request.name == "Anna with Ben's nose"

    run(test, people.anna)


def test_reset_takes_nothing_from_anybody(run, people) -> None:
    async def test(panel: MixerPanel) -> None:
        panel.table.link_box.click()
        panel.take(LEFT, people.ben.id)
        panel.more.steps.setValue(300)
        QTest.mouseClick(panel.reset_button, LEFT_BUTTON)
        assert panel.mix.takes() == ()
        assert panel.mix.base == people.anna
        assert not panel.mix.linked
        assert panel.more.steps.value() == 100
        assert panel.stay.name.text() == ""
        assert not panel.stay.stay_button.isEnabled()

    run(test, people.anna)


# What happens to people meanwhile


def test_a_giver_who_is_deleted_gives_nothing_more(run, session, people) -> None:
    async def test(panel: MixerPanel) -> None:
        panel.take(NOSE, people.ben.id)
        panel.take(MOUTH, people.cleo.id)
        session.library.delete(people.ben.id)
        session.people_changed()
        assert [take.person for take in panel.mix.takes()] == [people.cleo.id]
        assert panel.table.slots_of[NOSE].rows[0].name == ""

    run(test, people.anna)


def test_a_base_who_is_deleted_leaves_nobody_chosen(run, session, people) -> None:
    async def test(panel: MixerPanel) -> None:
        panel.take(NOSE, people.ben.id)
        session.library.delete(people.anna.id)
        session.people_changed()
        assert panel.pages.currentIndex() == EMPTY_NOBODY
        assert panel.mix.takes() == ()

    run(test, people.anna)


def test_a_base_who_was_renamed_is_called_so(run, session, people) -> None:
    async def test(panel: MixerPanel) -> None:
        panel.take(NOSE, people.ben.id)
        session.library.rename(people.anna.id, "Anne")
        session.people_changed()
        assert panel.base_button.text() == "Anne"
        assert panel.stay.name.text() == "Anne with Ben's nose"

    run(test, people.anna)


def test_a_giver_who_was_renamed_is_called_so_and_gives_as_much(run, session, people) -> None:
    async def test(panel: MixerPanel) -> None:
        panel.take(NOSE, people.ben.id)
        panel.table.slots_of[NOSE].rows[0].slider.setValue(80)
        session.library.rename(people.ben.id, "Bob")
        session.people_changed()
        assert panel.table.slots_of[NOSE].rows[0].name == "Bob"
        assert panel.stay.name.text() == "Anna with Bob's nose"
        assert "Bob's nose (80 %)" in panel.stay.provenance.text()

    run(test, people.anna)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"consent": Consent(kind="with permission", until=date(2020, 1, 1))}, "Consent to portray Ben has ended"),
        ({"tuning": None}, "Tune Ben first"),
    ],
)
@pytest.mark.parametrize("seen", [True, False])
def test_a_giver_who_cannot_give_any_more_is_named_and_gives_nothing(
    run, session, people, plain, change, reason, seen
) -> None:
    async def test(panel: MixerPanel) -> None:
        panel.take(LEFT, people.ben.id)
        panel.take(NOSE, people.ben.id)
        panel.setVisible(seen)
        session.library.update(people.ben.model_copy(update=change))
        session.people_changed()
        panel.show()
        assert panel.mix.takes() == ()
        assert panel.table.slots_of[NOSE].rows[0].name == ""
        assert panel.trouble.text.count(reason) == 1
        assert panel.remedy_button.text() == "Open Ben"
        assert not panel.stay.stay_button.isEnabled()

    run(test, people.anna)


def test_two_givers_who_cannot_give_any_more_are_both_named(run, session, people, plain) -> None:
    async def test(panel: MixerPanel) -> None:
        panel.take(NOSE, people.ben.id)
        panel.take(MOUTH, people.cleo.id)
        for one in (people.ben, people.cleo):
            session.library.update(one.model_copy(update={"tuning": None}))
        session.people_changed()
        assert "Tune Ben first" in panel.trouble.text
        assert "Tune Cleo first" in panel.trouble.text

    run(test, people.anna)


def test_a_wide_panel_puts_the_places_beside_the_face(run, people) -> None:
    async def test(panel: MixerPanel) -> None:
        def beside() -> bool:
            slot = panel.table.slots_of[NOSE]
            return slot.mapTo(panel, QPoint()).x() >= panel.face.mapTo(panel, QPoint()).x() + panel.face.width()

        assert not beside()
        panel.resize(700, 900)
        await asyncio.sleep(0)
        assert beside()

    run(test, people.anna)
