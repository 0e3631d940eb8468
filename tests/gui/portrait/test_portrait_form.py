"""Every field of a request from the widgets, and why it cannot be used."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from facea_desktop.domain.faces import Subject
from facea_desktop.domain.people import Appearance, Consent
from facea_desktop.domain.requests import PortraitRequest, PromptSplit, TuneRequest
from facea_desktop.domain.scene_reading import read_scene
from facea_desktop.domain.styles import styles
from facea_desktop.ui.destinations import ShowNewPerson
from facea_desktop.ui.portrait.portrait_panel import PortraitPanel
from tests.families import of_family
from tests.gui.conftest import leave_checkpoint

LEFT = Qt.MouseButton.LeftButton


def child(panel: PortraitPanel, kind: type, name: str):
    found = panel.findChild(kind, name)
    assert found is not None, name
    return found


def test_what_is_left_alone_is_the_familys_default(panel, anna) -> None:
    panel.form.prompt.edit.setPlainText("a woman on a beach")
    seed = int(panel.form.more.seed.text())

    assert panel.request == PortraitRequest(person=anna.id, prompt="a woman on a beach", seed=seed)


def test_every_field_of_the_request_comes_from_a_widget(panel, anna, qtbot: QtBot) -> None:
    form, more = panel.form, panel.form.more
    qtbot.keyClicks(form.prompt.edit, "a woman on a beach")
    form.prompt.scene.edit.setPlainText("a beach")
    form.prompt.face.edit.setPlainText("a queen")
    panel.make.count.setValue(5)
    more.shape.setCurrentIndex(more.shape.findData("4:5"))
    more.seed.clear()
    qtbot.keyClicks(more.seed, "4294967295")
    more.steps.setValue(9)
    more.context_steps.setValue(7)
    more.guidance.setValue(4.5)
    more.context_guidance.setValue(1.0)
    more.strength.setValue(0.75)
    more.negative.setText("a hat")
    more.scheduler.setCurrentText("Euler")
    more.without.setChecked(True)

    assert panel.request == PortraitRequest(
        person=anna.id,
        prompt="a woman on a beach",
        context_prompt="a beach",
        face_prompt="a queen",
        negative_prompt="a hat",
        seed=4294967295,
        shape="4:5",
        count=5,
        scheduler="euler",
        context_steps=7,
        context_guidance=1.0,
        steps=9,
        guidance=4.5,
        strength=0.75,
        identity=False,
    )


def test_the_persons_looks_are_added_unless_they_are_switched_off(panel, anna, session, qtbot: QtBot) -> None:
    session.library.update(anna.model_copy(update={"appearance": Appearance(hair_colour="red")}))
    session.people_changed()
    panel.form.prompt.edit.setPlainText("a woman")
    qtbot.waitUntil(lambda: panel.form.prompt.scene.text == "a woman with red hair")
    assert panel.request.appearance is None  # the person's own when it is painted

    panel.form.more.looks.setChecked(False)
    assert panel.form.prompt.scene.text == "a woman"
    assert panel.request.appearance == Appearance()

    panel.form.more.looks.setChecked(True)
    assert panel.form.prompt.scene.text == "a woman with red hair"


def test_a_correction_on_the_persons_page_is_seen_at_once(panel, anna, session, qtbot: QtBot) -> None:
    panel.form.prompt.restore("a woman", None, None, None)
    session.library.update(anna.model_copy(update={"appearance": Appearance(hair_colour="grey")}))
    session.people_changed()
    assert panel.form.prompt.scene.text == "a woman with grey hair"


def test_looks_of_somebody_who_is_gone_are_not_given_to_whoever_is_chosen(panel, anna, session, loop) -> None:
    session.library.update(anna.model_copy(update={"appearance": Appearance(hair_colour="red")}))
    session.people_changed()
    made = PortraitRequest(person="0" * 12, prompt="a woman", appearance=Appearance(skin="dark", age="old"))
    loop.run_until_complete(panel.form.restore(made, None))
    assert panel.form.prompt.scene.text == "a woman with red hair"
    assert panel.request.appearance is None

    hers = made.model_copy(update={"person": anna.id})
    loop.run_until_complete(panel.form.restore(hers, None))  # of hers it is what the picture was made with
    assert panel.request.appearance == made.appearance


def test_how_a_language_model_split_a_picture_is_kept_with_its_settings(panel, anna, loop) -> None:
    parts = {"context": "a woman", "face": "a woman, monobrow", "style": "", "model": "tiny"}
    split = PromptSplit(prompt="a woman, monobrow", subject=Subject.WOMAN, **parts)
    assert panel.request.split is None
    made = PortraitRequest(person=anna.id, prompt="a woman, monobrow", split=split)
    loop.run_until_complete(panel.form.restore(made, None))
    assert panel.request.split == split
    loop.run_until_complete(panel.form.restore(made.model_copy(update={"split": None}), None))
    assert panel.request.split is None


def test_a_draft_takes_half_the_steps_and_final_all_of_them(panel, anna, qtbot: QtBot) -> None:
    draft, final = (child(panel, QPushButton, f"{name}Quality") for name in ("draft", "final"))
    assert final.isChecked()

    qtbot.mouseClick(draft, LEFT)
    assert (panel.request.steps, panel.request.context_steps) == (8, 13)
    assert (draft.isChecked(), final.isChecked()) == (True, False)

    panel.form.more.steps.setValue(11)
    assert (draft.isChecked(), final.isChecked()) == (False, False)

    qtbot.mouseClick(final, LEFT)
    assert (panel.request.steps, panel.request.context_steps) == (None, None)
    assert final.isChecked()


def test_the_defaults_are_shown(panel, anna, session) -> None:
    family = session.family

    assert str(family.steps) in panel.form.more.steps.text()
    assert str(family.context_guidance) in panel.form.more.context_guidance.text()


def test_the_seed_changes_with_each_make_unless_it_is_kept(panel, anna, pool, qtbot: QtBot) -> None:
    panel.form.prompt.edit.setPlainText("a woman")
    for _ in range(2):
        qtbot.mouseClick(panel.make.button, LEFT)
    first, second = (job.request.seed for job in pool.jobs())
    assert first != second

    panel.form.more.lock.setChecked(True)
    kept = panel.request.seed
    for _ in range(2):
        qtbot.mouseClick(panel.make.button, LEFT)
    assert [job.request.seed for job in pool.jobs()][2:] == [kept, kept]


def test_a_seed_that_is_typed_is_kept_and_the_dice_draw_another(panel, anna, qtbot: QtBot) -> None:
    more = panel.form.more
    more.seed.clear()
    qtbot.keyClicks(more.seed, "77")
    assert more.lock.isChecked()

    more.next_seed()
    assert panel.request.seed == 77

    qtbot.mouseClick(child(panel, QToolButton, "seedDice"), LEFT)
    assert panel.request.seed != 77


def test_a_style_is_chosen_and_given_up_by_keyboard(panel, anna, qtbot: QtBot) -> None:
    panel.form.prompt.edit.setPlainText("a woman on a beach")
    strip = panel.form.styles
    second_row = styles()[1]
    qtbot.keyClick(strip, Qt.Key.Key_Down)
    qtbot.keyClick(strip, Qt.Key.Key_Space)

    assert strip.chosen == second_row
    assert panel.request.prompt == f"a woman on a beach, {second_row.words}"
    assert panel.form.prompt.face.text == f"a woman, {second_row.words}"

    qtbot.keyClick(strip, Qt.Key.Key_Return)
    assert strip.chosen is None
    assert panel.request.prompt == "a woman on a beach"


def test_a_style_is_chosen_by_a_click(panel, anna, qtbot: QtBot) -> None:
    strip = panel.form.styles
    panel.show()
    at = strip.visualRect(strip.model().index(0, 0)).center()

    qtbot.mouseClick(strip.viewport(), LEFT, pos=at)

    assert strip.chosen == styles()[0]


def test_chips_put_words_in_and_out_and_show_what_stands_there(panel, sdxl_anna, qtbot: QtBot) -> None:
    edit, chips = panel.form.prompt.edit, panel.form.picks.chips
    edit.setPlainText("a woman on a beach")

    chips["smiling"].click()
    chips["wearing sunglasses"].click()
    assert edit.toPlainText() == "a woman on a beach, smiling, wearing sunglasses"
    assert panel.form.prompt.face.text == "a woman, smiling, wearing sunglasses"

    chips["smiling"].click()
    assert edit.toPlainText() == "a woman on a beach, wearing sunglasses"

    edit.setPlainText("a laughing woman")
    assert [words for words, chip in chips.items() if chip.isChecked()] == ["laughing"]


def test_one_expression_takes_the_place_of_another(panel, sdxl_anna) -> None:
    panel.form.picks.chips["smiling"].click()
    panel.form.picks.chips["open mouth"].click()
    panel.form.picks.chips["with freckles"].click()

    assert panel.form.prompt.text.startswith("open mouth, with freckles")
    assert not panel.form.picks.chips["smiling"].isChecked()


def test_one_group_of_chips_is_open_at_a_time(panel, sdxl_anna, qtbot: QtBot) -> None:
    panel.show()
    expression, gaze = (child(panel, QPushButton, f"{name}Picks") for name in ("expression", "gaze"))
    smiling = panel.form.picks.chips["smiling"]
    assert not smiling.isVisible()

    qtbot.mouseClick(expression, LEFT)
    assert smiling.isVisible()

    qtbot.mouseClick(gaze, LEFT)
    assert not smiling.isVisible()
    assert panel.form.picks.chips["looking away"].isVisible()


def test_the_small_models_are_offered_what_they_know(panel, anna, session) -> None:
    form = panel.form
    form.prompt.edit.setPlainText("a woman with red hair")
    assert {"smiling", "long hair", "lit from the left"} <= form.picks.chips.keys()
    assert "with freckles" not in form.picks.chips
    assert not read_scene(form.prompt.edit.placeholderText()).unknown
    assert form.picks.chips["red hair"].isChecked()

    form.prompt.scene.edit.setPlainText("a woman")
    form.picks.chips["black hair"].click()
    assert form.prompt.text == "a woman with black hair"
    assert form.prompt.scene.by_hand == "a woman, black hair"

    session.library.update(of_family(anna, "sdxl-sd15"))
    session.people_changed()
    assert "with freckles" in form.picks.chips
    assert "long hair" not in form.picks.chips
    assert read_scene(form.prompt.edit.placeholderText()).roughly


def test_nobody_chosen_is_said_and_leads_to_a_new_person(panel, session, qtbot: QtBot) -> None:
    panel.form.prompt.edit.setPlainText("a woman")
    panel.show()

    assert not panel.make.button.isEnabled()
    assert "Choose a person" in panel.make.why_not
    with qtbot.waitSignal(session.pageWanted) as wanted:
        qtbot.mouseClick(child(panel, QPushButton, "portraitNewPersonButton"), LEFT)
    assert wanted.args == [ShowNewPerson()]


def test_who_is_not_tuned_can_be_tuned_here(panel, session, add_person, pool, qtbot: QtBot, workers) -> None:
    profile = add_person("Ben", Subject.MAN, tuned=False)
    session.people_changed()
    session.select(profile.id)
    panel.form.prompt.edit.setPlainText("a man")
    panel.show()
    tune = child(panel, QPushButton, "tunePersonButton")
    assert panel.make.button.isEnabled()
    assert (
        panel.make.why_not
        == "Ben is not tuned yet: portraits are made after the photos alone. Tuning makes them more alike."
    )

    qtbot.mouseClick(tune, LEFT)

    job = pool.jobs()[0]
    assert job.request == TuneRequest(person=profile.id, recipe=session.family.recipe())
    assert not tune.isVisible()
    assert panel.make.button.isEnabled()
    assert panel.make.why_not == "Portraits start as soon as Ben is tuned."

    workers.stop(job)
    assert tune.isVisible()


@pytest.mark.parametrize("end", ["fail", "stop"])
def test_a_tuning_that_stopped_goes_on_where_it_was(
    panel, session, add_person, pool, workers, qtbot: QtBot, end: str
) -> None:
    profile = add_person("Ben", Subject.MAN, tuned=False)
    leave_checkpoint(session.library, profile.id)
    session.people_changed()
    session.select(profile.id)
    panel.show()
    tune = child(panel, QPushButton, "tunePersonButton")
    qtbot.mouseClick(tune, LEFT)
    job = pool.jobs()[0]

    getattr(workers, end)(job)

    assert tune.text() == "Resume tuning"
    assert panel.make.why_not == "Ben's tuning is unfinished. Resume it to make portraits."
    qtbot.mouseClick(tune, LEFT)
    assert pool.jobs()[0].request == TuneRequest(person=profile.id, recipe=session.family.recipe(), resume=True)
    assert not tune.isVisible()


def test_a_stopped_tuning_that_is_off_the_list_begins_again(
    panel, session, add_person, pool, qtbot: QtBot, workers
) -> None:
    profile = add_person("Ben", Subject.MAN, tuned=False)
    session.people_changed()
    session.select(profile.id)
    panel.show()
    tune = child(panel, QPushButton, "tunePersonButton")
    qtbot.mouseClick(tune, LEFT)
    job = pool.jobs()[0]
    workers.stop(job)

    pool.remove(job.id)

    assert tune.text() == "Tune"
    qtbot.mouseClick(tune, LEFT)
    assert not pool.jobs()[0].request.resume


def test_who_is_not_tuned_and_has_no_photos_has_to_be_tuned_first(panel, session, add_person) -> None:
    profile = add_person("Ben", Subject.MAN, tuned=False)
    session.library.update(profile.model_copy(update={"references": ()}))
    session.people_changed()
    session.select(profile.id)
    panel.form.prompt.edit.setPlainText("a man")
    assert not panel.make.button.isEnabled()
    assert panel.make.why_not == "Tune Ben first."


def test_a_leave_that_ended_is_said(panel, session, anna) -> None:
    ended = date.today() - timedelta(days=1)
    session.library.update(anna.model_copy(update={"consent": Consent(kind="with permission", until=ended)}))
    panel.form.prompt.edit.setPlainText("a woman")
    assert panel.make.button.isEnabled()

    session.people_changed()

    assert not panel.make.button.isEnabled()
    assert "Consent to portray Anna has ended" in panel.make.why_not


@pytest.mark.parametrize(("words", "can"), [("", False), ("  \n", False), ("a woman", True), ("x" * 2001, False)])
def test_without_words_or_with_too_many_nothing_is_made(panel, anna, pool, words: str, can: bool) -> None:
    panel.form.prompt.edit.setPlainText(words)

    assert panel.make.button.isEnabled() is can
    assert bool(panel.make.why_not) is not can
    panel.make_pictures()
    assert bool(pool.jobs()) is can


def test_a_style_or_a_part_by_hand_is_enough(panel, anna) -> None:
    panel.form.prompt.face.edit.setPlainText("a queen")

    assert panel.make.button.isEnabled()
    assert panel.request.face_prompt == "a queen"


def test_comparing_without_the_person_is_said_beside_make(panel, anna) -> None:
    panel.form.prompt.edit.setPlainText("a woman")
    panel.form.more.without.setChecked(True)

    assert panel.make.button.isEnabled()
    assert "without Anna's tuning" in panel.make.why_not


def test_shapes_are_offered_with_their_pixels_as_far_as_the_models_make_them(panel, anna, sdxl_anna, session) -> None:
    form, shape = panel.form, panel.form.more.shape
    form.prompt.edit.setPlainText("a woman")
    wide = shape.findData("16:9")
    session.select(sdxl_anna.id)
    assert shape.itemText(shape.findData("4:5")) == "4:5 · 896 \u00d7 1120"
    assert shape.model().item(wide).isEnabled()
    shape.setCurrentIndex(wide)
    assert (panel.request.shape, form.trouble) == ("16:9", "")

    session.library.update(sdxl_anna.model_copy(update={"family": "starter"}))
    session.people_changed()
    assert shape.itemText(shape.findData("4:5")) == "4:5 · 408 \u00d7 510"
    assert not shape.model().item(wide).isEnabled()
    assert "16:9" in form.trouble
    shape.setCurrentIndex(0)
    assert (panel.request.shape, form.trouble) == (None, "")


def test_the_shape_of_a_scene_that_is_there_stays_and_that_is_said(panel, anna, photo, do) -> None:
    form = panel.form
    form.prompt.edit.setPlainText("a woman")
    form.more.shape.setCurrentIndex(form.more.shape.findData("4:5"))
    assert "shape" not in form.note
    do(lambda: form.scene.use(photo), lambda: form.scene.picture == photo)
    assert "shape of its scene" in form.note
    assert form.request(1).shape is None
    form.scene.paint()
    assert form.request(1).shape == "4:5"
