"""Styles of the user's own, among the presets."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton
from safetensors.numpy import save_file

from facea_desktop.domain.requests import PortraitRequest, StyleLora
from facea_desktop.ui.portrait.lora_style import LoraStyleDialog
from facea_desktop.ui.portrait.own_style_actions import StyleDialog

from .conftest import leave_portrait

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def save(panel, title: str, words: str | None = None) -> None:
    actions = panel.form.own_styles
    actions.save()
    assert isinstance(actions.dialog, StyleDialog)
    if words is not None:
        actions.dialog.words.setText(words)
    actions.dialog.title.setText(title)
    actions.dialog.findChild(QPushButton, "acceptStyleButton").click()


def test_what_the_prompt_says_of_style_is_saved_and_used(panel, anna) -> None:
    panel.form.prompt.edit.setPlainText("an oil painting of a woman, sepia")
    panel.form.prompt._split()
    actions = panel.form.own_styles
    actions.save()
    assert "oil painting" in actions.dialog.words.text()
    actions.dialog.reject()
    panel.form.prompt.edit.setPlainText("a woman smiling")
    save(panel, "Amber", "oil painting, golden light")
    assert panel.form.styles.own[0].title == "Amber"
    assert panel.form.styles.chosen == panel.form.styles.own[0]
    assert panel.request.prompt == "a woman smiling, oil painting, golden light"


def test_the_picture_is_the_result_on_the_canvas_and_goes_with_it(panel, anna, session, do) -> None:
    path = leave_portrait(session.library.portraits, PortraitRequest(person=anna.id, prompt="a woman"))
    do(lambda: panel.open_portrait(path), lambda: panel.stage.result == path)
    save(panel, "Amber", "oil painting, golden light")
    assert panel.form.styles.own[0].image is not None
    session.index.refresh_portraits()
    session.index.delete(path)
    session.portraits_erased()
    assert panel.form.styles.own[0].image is None
    assert panel.form.styles.chosen == panel.form.styles.own[0]


def test_a_portrait_in_a_style_of_ones_own_brings_it_back(panel, anna, session, do) -> None:
    save(panel, "Amber", "oil painting, golden light")
    panel.form.styles.choose(None)
    prompt = "a woman smiling, oil painting, golden light"
    path = leave_portrait(session.library.portraits, PortraitRequest(person=anna.id, prompt=prompt))
    do(lambda: panel.open_portrait(path), lambda: panel.form.styles.chosen is not None)
    assert panel.form.styles.chosen.title == "Amber"
    assert panel.form.prompt.text == "a woman smiling"


def test_a_name_that_is_taken_is_said_in_the_dialog_which_stays(panel, anna) -> None:
    save(panel, "Sepia", "sepia, old paper")
    dialog = panel.form.own_styles.dialog
    assert dialog.isVisible()
    assert dialog._notice.text == "There is a style called Sepia already; choose another name."
    dialog.title.setText("Old paper")
    dialog.findChild(QPushButton, "acceptStyleButton").click()
    assert [style.title for style in panel.form.styles.own] == ["Old paper"]


def test_styles_are_renamed_passed_on_and_deleted(panel, anna, session, do, tmp_path: Path) -> None:
    save(panel, "Amber", "oil painting, golden light")
    actions = panel.form.own_styles
    actions.rename(panel.form.styles.own[0])
    actions.dialog.title.setText("Honey")
    actions.dialog.findChild(QPushButton, "acceptStyleButton").click()
    (style,) = panel.form.styles.own
    assert style.title == "Honey"
    assert panel.form.styles.chosen == style
    file = tmp_path / "honey.facea-style"
    actions.store.export(style.name, file)
    actions.delete(style)
    box = panel.window().findChild(QMessageBox)
    do(box.findChild(QPushButton, "deleteStyleYes").click, lambda: not panel.form.styles.own)
    assert panel.form.styles.chosen is None
    assert "golden light" not in panel.form.prompt.prompt
    do(lambda: actions.import_files([file]), lambda: panel.form.styles.own)
    assert panel.form.styles.own[0].title == "Honey"


def test_a_file_that_is_no_style_is_said_in_one_line(panel, anna, session, do, tmp_path: Path) -> None:
    file = tmp_path / "x.facea-style"
    file.write_text("{}")
    said: list[str] = []
    session.failed.connect(said.append)
    do(lambda: panel.form.own_styles.import_files([file]), lambda: said)
    assert said == ["x.facea-style is not a style, is damaged, or comes from a newer version."]


def lora_file(path: Path) -> Path:
    save_file({"unet.mid_block.attentions.0.proj_in.lora_A.weight": np.ones((1, 4), np.float32)}, path)
    return path


def add_lora(panel, do, file: Path, words: str = "", strength: float = 0.8) -> None:
    before = len(panel.form.styles.own)
    panel.form.own_styles.add_lora(file)
    dialog = panel.form.own_styles.dialog
    assert isinstance(dialog, LoraStyleDialog)
    dialog.words.setText(words)
    dialog.strength.setValue(strength)
    go = dialog.findChild(QPushButton, "addLoraButton")
    do(go.click, lambda: len(panel.form.styles.own) > before)


def test_a_lora_becomes_a_style_whose_strength_each_portrait_can_have(panel, sdxl_anna, do, tmp_path: Path) -> None:
    panel.form.prompt.edit.setPlainText("a woman")
    assert panel.form.style_strength.isHidden()
    add_lora(panel, do, lora_file(tmp_path / "ink-v2.safetensors"), words="inked")
    style = panel.form.styles.chosen
    assert (style.title, style.words) == ("ink-v2", "inked")
    assert not panel.form.style_strength.isHidden()
    assert panel.request.prompt == "a woman, inked"
    assert panel.request.style_lora == StyleLora(name="ink-v2", sha256=style.lora.sha256, strength=0.8)
    panel.form.style_strength.field.setValue(0.3)
    assert panel.request.style_lora.strength == 0.3
    panel.form.styles._toggle(panel.form.styles.model().index(0))
    assert panel.request.style_lora is None
    assert panel.request.prompt == "a woman"
    assert panel.form.style_strength.isHidden()


def test_a_file_that_is_no_lora_is_said_in_the_dialog_which_stays(panel, sdxl_anna, do, tmp_path: Path) -> None:
    file = tmp_path / "ink.safetensors"
    file.write_bytes(b"nothing")
    panel.form.own_styles.add_lora(file)
    dialog = panel.form.own_styles.dialog
    do(dialog.findChild(QPushButton, "addLoraButton").click, lambda: dialog._notice.text)
    assert dialog._notice.text.startswith("ink.safetensors was not added: it is cut short.")
    assert dialog.isVisible()
    assert dialog.findChild(QPushButton, "addLoraButton").isEnabled()
    assert panel.form.styles.own == []


def test_a_style_with_a_lora_is_grey_where_scenes_take_none_and_says_why(
    panel, sdxl_anna, session, do, tmp_path: Path
) -> None:
    panel.form.prompt.edit.setPlainText("a woman")
    add_lora(panel, do, lora_file(tmp_path / "ink.safetensors"))
    index = panel.form.styles.model().index(0)
    assert panel.form.trouble == ""
    session.library.update(session.library.get(sdxl_anna.id).model_copy(update={"family": "starter"}))
    do(session.people_changed)
    assert "needs scenes by Stable Diffusion XL" in panel.form.trouble
    panel.form.styles._toggle(index)
    assert panel.form.trouble == ""
    assert not index.flags() & Qt.ItemFlag.ItemIsEnabled
    assert "for scenes by Stable Diffusion XL" in index.data(Qt.ItemDataRole.ToolTipRole)
    panel.form.styles._toggle(index)
    assert panel.form.styles.chosen is None


def test_a_portrait_brings_its_lora_and_strength_back_or_says_that_the_file_is_gone(
    panel, sdxl_anna, session, do, tmp_path: Path
) -> None:
    add_lora(panel, do, lora_file(tmp_path / "ink.safetensors"))
    lora = panel.form.styles.chosen.lora.model_copy(update={"strength": 1.5})
    request = PortraitRequest(person=sdxl_anna.id, prompt="a woman smiling", style_lora=lora)
    path = leave_portrait(session.library.portraits, request)
    panel.form.styles._toggle(panel.form.styles.model().index(0))
    do(lambda: panel.open_portrait(path))
    assert panel.request.style_lora == lora
    assert panel.form.prompt.text == "a woman smiling"
    style = panel.form.styles.own[0]
    do(lambda: panel.form.own_styles.store.delete(style.name))
    do(panel.form.own_styles.changed.emit)
    do(lambda: panel.open_portrait(path))
    assert panel.request.style_lora is None
    assert "The LoRA ink of this picture's style is not here" in panel.notice.text
