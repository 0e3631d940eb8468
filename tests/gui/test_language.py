"""The window in other languages: whole, current, and only where it is wanted."""

from __future__ import annotations

import importlib.util
import string
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication, QComboBox, QDialogButtonBox, QPushButton
from pytestqt.qtbot import QtBot

from facea_desktop.resources import resource
from facea_desktop.ui.catalogue_text import licence_of, title_of
from facea_desktop.ui.language import languages, use_language
from facea_desktop.ui.main_window import MainWindow
from facea_desktop.ui.session import Session
from facea_desktop.ui.settings.model_overview import look
from facea_desktop.ui.settings.settings_page import SettingsPage
from facea_desktop.ui.settings_file import load_settings

FILES = sorted(resource("translations").glob("*.ts"))


@pytest.fixture(scope="module")
def update() -> ModuleType:
    """The script that keeps the translations."""
    path = Path(__file__).parents[2] / "packaging" / "translations" / "update.py"
    spec = importlib.util.spec_from_file_location("update_translations", path)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@pytest.fixture(autouse=True)
def english_again(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    yield
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.setParent(None)
    QLocale.setDefault(before)


def placeholders(text: str) -> list[tuple[str, str]]:
    """Names and formats of what is filled in; an unnamed one counts as often as it occurs, a named one once."""
    if '{"' in text:  # an example of JSON, nothing to be filled in
        return []
    found = [(name, form or "") for _, name, form, _ in string.Formatter().parse(text) if name is not None]
    return sorted({one for one in found if one[0]}) + [one for one in found if not one[0]]


def test_nothing_in_the_sources_is_said_in_a_way_the_translations_miss(update: ModuleType) -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in sorted(update.SOURCES.rglob("*.py")))
    seen = {call for call in ("menu.tr(", "widget.tr(", "window.tr(", "of.tr(") if call in sources}
    assert not seen  # their context is known at run time alone
    assert ("MainWindow", "FaceA Desktop") in update.texts()
    assert all(context for context, _ in update.texts())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_text_is_translated_with_all_that_is_filled_in(update: ModuleType, path: Path) -> None:
    made = update.read(path)
    wanted = update.texts()
    missing = sorted(text for text in wanted if not all(made.get(text, [""])))
    assert missing == [], "python packaging/translations/update.py lists them for translating"
    assert made.keys() <= wanted.keys(), "python packaging/translations/update.py takes out what is not needed any more"
    for (_, source), forms in made.items():
        for text in forms:
            assert placeholders(text) == placeholders(source)
            assert text.count("&") == source.count("&")
            assert ("%n" in text) == ("%n" in source)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_the_program_reads_is_what_was_translated(update: ModuleType, path: Path) -> None:
    compiled = QTranslator()
    assert compiled.load(str(path.with_suffix(".qm")))
    for (context, source), forms in update.read(path).items():
        count = -1 if len(forms) == 1 else 2
        assert compiled.translate(context, source, None, count) == forms[-1], "run packaging/translations/update.py"


def test_the_window_speaks_german_its_standard_buttons_included(
    qapp: QApplication, session: Session, qtbot: QtBot
) -> None:
    use_language(qapp, "de")
    window = MainWindow(session)
    qtbot.addWidget(window)
    buttons = {name: window.findChild(QPushButton, name).text() for name in ("generateButton", "newPersonButton")}
    menus = [action.text() for action in window.menuBar().actions()]
    standard = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(standard)
    assert buttons == {"generateButton": "Malen", "newPersonButton": "Neue Person"}
    assert menus == ["&Datei", "&Bearbeiten", "Pe&rson", "&Porträt", "&Ansicht", "Auf&träge", "&Hilfe"]
    assert standard.buttons()[0].text().replace("&", "") == "Abbrechen"
    assert QLocale().toString(0.5) == "0,5"
    window.close()


def test_examples_of_words_for_a_prompt_stay_english_as_the_models_learned_them(qapp: QApplication) -> None:
    use_language(qapp, "de")
    for context, example, words in (
        ("PromptBox", "a {subject} smiling, wavy hair, lit from the left, blue background", "a {subject} smiling"),
        ("FaceWordsDialog", "smiling, wearing sunglasses", "smiling, wearing sunglasses"),
        ("FolderDialog", "How the face should look, such as: smiling (optional)", ": smiling"),
    ):
        assert words in qapp.translate(context, example)


def test_titles_of_the_catalogue_are_german_where_they_are_prose_and_names_stay(
    qapp: QApplication, session: Session
) -> None:
    use_language(qapp, "de")
    catalogue = session.models.catalogue
    said = {name: title_of(catalogue.models[name]) for name in ("starter-upscaler", "sdxl-lightning", "qwen-image")}
    assert said == {
        "starter-upscaler": "Startmodell zum Vergrößern (2-fach)",
        "sdxl-lightning": "SDXL-Lightning, 4 Schritte",
        "qwen-image": "Qwen-Image",
    }
    shown = {view.name: view for view in look(session.models)}
    assert shown["starter"].title == "Startmodelle (im Programm enthalten, laufen auf jeder CPU)"
    assert {model.licence for model in shown["starter"].models} >= {
        "MIT",
        licence_of(catalogue.models["starter-context"]),
    }
    assert "nicht kommerzielle Nutzung" in licence_of(catalogue.models["starter-context"])


@pytest.mark.parametrize(
    ("system", "german"),
    [(["de-AT", "de"], True), (["fr", "de"], True), (["en-GB", "en", "de"], False), (["fr"], False)],
)
def test_the_system_is_followed_in_the_order_of_its_languages(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, system: list[str], german: bool
) -> None:
    monkeypatch.setattr(QLocale, "uiLanguages", lambda self: system)
    use_language(qapp, None)
    assert bool(qapp.findChildren(QTranslator)) is german


def test_english_costs_nothing(qapp: QApplication) -> None:
    use_language(qapp, "en")
    assert qapp.findChildren(QTranslator) == []


def test_a_language_that_is_gone_leaves_the_window_english(qapp: QApplication) -> None:
    use_language(qapp, "xx")
    assert qapp.translate("MainWindow", "Settings") == "Settings"


def test_the_language_is_chosen_in_the_settings_and_kept(session: Session, qtbot: QtBot) -> None:
    page = SettingsPage(session)
    qtbot.addWidget(page)
    page.show_section("appearance")
    box = page.findChild(QComboBox, "languageBox")
    assert languages() == {"en": "English", "de": "Deutsch"}
    assert [box.itemText(index) for index in range(box.count())] == ["Follow the system", "English", "Deutsch"]
    assert "immediately" in box.toolTip()
    box.setCurrentIndex(2)
    box.activated.emit(2)
    qtbot.waitUntil(lambda: load_settings(session.root).language == "de")
    session.change_settings(language=None)
    assert box.currentIndex() == 0
