"""The Models page on a real store in a folder of the test's own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QScreen, QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Progress
from facea_desktop.domain.outcomes import Device, Machine
from facea_desktop.domain.requests import FetchRequest
from facea_desktop.ui.session import Session
from facea_desktop.ui.settings import machine_text
from facea_desktop.ui.settings.family_card import FamilyCard
from facea_desktop.ui.settings.model_download import DownloadDialog, DownloadLine
from facea_desktop.ui.settings.models_page import ModelsPage
from facea_desktop.ui.settings.settings_page import SettingsPage
from facea_desktop.workers.job import JobState
from facea_desktop.workers.job_pool import JobPool
from tests.gui.scripted_workers import ScriptedWorkers

BIG = "sdxl-sd15"
MODELS = ("sdxl-base", "sd15-inpainting", "grounding-dino-swint", "bert-base-uncased")
Until = Callable[[Callable[[], Any]], Awaitable[None]]
Shown = Callable[[], Awaitable[ModelsPage]]


@pytest.fixture
def shown(session: Session, qtbot: QtBot, until: Until) -> Shown:
    """Open the page and wait until the cards are there."""

    async def show() -> ModelsPage:
        whole = SettingsPage(session)
        qtbot.addWidget(whole)
        whole.resize(1000, 800)
        whole.show_section("models")
        whole.show()
        page = whole.findChild(ModelsPage)
        page._keeps = whole  # or the page goes with it
        await until(lambda: page.findChild(FamilyCard, f"family-{BIG}") is not None)
        await until(lambda: "Detecting" not in text_of(card_of(page)))
        return page

    return show


def card_of(page: ModelsPage, family: str = BIG) -> FamilyCard:
    return page.findChild(FamilyCard, f"family-{family}")


def text_of(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget))


def seen(widget: QWidget, name: str) -> bool:
    return widget.findChild(QPushButton, name).isVisibleTo(widget)


def click(widget: QWidget, name: str) -> None:
    widget.findChild(QPushButton, name).click()


def test_a_fresh_installation_uses_the_starter_and_offers_to_fetch_the_other(loop: QEventLoop, shown: Shown) -> None:
    async def journey() -> None:
        page = await shown()

        assert "In use" in text_of(card_of(page, "starter"))
        assert not seen(card_of(page, "starter"), "use-starter")
        assert not seen(card_of(page, "starter"), "fetch-starter")
        assert "Not installed" in text_of(card_of(page))
        assert seen(card_of(page), f"fetch-{BIG}")
        assert not seen(card_of(page), f"use-{BIG}")
        assert "loaded in turn" in text_of(card_of(page))  # 16.5 GB are needed, the GPU has 12

    loop.run_until_complete(journey())


def test_a_card_says_what_a_family_paints_and_at_which_sizes(loop: QEventLoop, shown: Shown) -> None:
    async def journey() -> None:
        page = await shown()
        small, large = text_of(card_of(page, "starter")), text_of(card_of(page))

        assert "head-and-shoulders photographs, 512 pixels" in small
        assert "faces redrawn at 256 pixels" in small
        assert "non-commercial use" in small
        assert "any scene, 1024 pixels; faces redrawn at 512 pixels" in large

    loop.run_until_complete(journey())


def test_nothing_is_fetched_before_sizes_licences_and_source_were_shown_and_agreed_to(
    loop: QEventLoop, shown: Shown, session: Session, pool: JobPool
) -> None:
    async def journey() -> None:
        page = await shown()
        click(card_of(page), f"fetch-{BIG}")
        dialog = page.findChild(DownloadDialog)

        assert pool.jobs() == []
        words = text_of(dialog)
        for name in MODELS:
            model = session.models.catalogue.model(name)
            assert model.title in words
            assert model.licence in words
            assert f"huggingface.co/{model.repo}" in words
        assert "9.8 GB" in words
        click(dialog, "agreeToFetch")
        assert [job.request for job in pool.jobs()] == [FetchRequest(model=name) for name in MODELS]
        assert not seen(card_of(page), f"fetch-{BIG}")

    loop.run_until_complete(journey())


def test_the_question_repeats_that_a_family_is_too_large_for_this_machine_and_fits_a_small_screen(
    loop: QEventLoop, shown: Shown, workers: ScriptedWorkers, monkeypatch: pytest.MonkeyPatch
) -> None:
    workers.answers["machine"] = Machine((Device("cpu", "Processor", 8_000, 4_000),))
    monkeypatch.setattr(QScreen, "availableSize", lambda self: QSize(960, 540))

    async def journey() -> None:
        page = await shown()
        click(card_of(page), f"fetch-{BIG}")
        dialog = page.findChild(DownloadDialog)
        assert "Too large" in text_of(card_of(page))
        assert "Too large" in text_of(dialog)
        assert dialog.height() < 540
        dialog.reject()

    loop.run_until_complete(journey())


def test_not_now_fetches_nothing(loop: QEventLoop, shown: Shown, pool: JobPool) -> None:
    async def journey() -> None:
        page = await shown()
        click(card_of(page), f"fetch-{BIG}")
        page.findChild(DownloadDialog).reject()

        assert pool.jobs() == []

    loop.run_until_complete(journey())


def test_another_hub_is_named_as_the_source(loop: QEventLoop, shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "https://hub.example.org")

    async def journey() -> None:
        page = await shown()
        click(card_of(page), f"fetch-{BIG}")

        assert "hub.example.org/stabilityai" in text_of(page.findChild(DownloadDialog))
        page.findChild(DownloadDialog).reject()

    loop.run_until_complete(journey())


def test_too_little_room_on_the_disk_is_said_and_fetching_refused(
    loop: QEventLoop, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    from types import SimpleNamespace

    monkeypatch.setattr(
        "facea_desktop.ui.settings.model_download.shutil.disk_usage", lambda path: SimpleNamespace(free=3_000_000_000)
    )

    async def journey() -> None:
        page = await shown()
        click(card_of(page), f"fetch-{BIG}")
        dialog = page.findChild(DownloadDialog)

        assert "Only 3.0 GB free" in text_of(dialog)
        assert not dialog.findChild(QPushButton, "agreeToFetch").isEnabled()
        dialog.reject()

    loop.run_until_complete(journey())


def test_a_running_download_shows_how_far_it_is_and_can_be_cancelled_and_resumed(
    loop: QEventLoop, shown: Shown, pool: JobPool, workers: ScriptedWorkers, until: Until
) -> None:
    async def journey() -> None:
        page = await shown()
        job = pool.submit(FetchRequest(model="sdxl-base"), "Fetch")
        workers.emit(job, Progress(2_000_000_000, 7_000_000_000, 100))
        line = page.findChild(DownloadLine, "fetching-sdxl-base")

        await until(lambda: "2.0 GB of 7.0 GB, 1:40 left" in text_of(line))
        click(line, "cancelFetch")
        await until(lambda: "kept" in text_of(line))
        assert pool.job(job.id).state is JobState.CANCELLED
        click(line, "resumeFetch")
        (again,) = pool.jobs()
        assert (again.request, again.state) == (FetchRequest(model="sdxl-base"), JobState.RUNNING)
        assert seen(line, "cancelFetch")

    loop.run_until_complete(journey())


def test_why_a_download_failed_stands_at_the_model_until_it_is_put_away(
    loop: QEventLoop, shown: Shown, pool: JobPool, workers: ScriptedWorkers
) -> None:
    async def journey() -> None:
        page = await shown()
        job = pool.submit(FetchRequest(model="sdxl-base"), "Fetch")
        workers.fail(job, "There is no network. Connect and resume.")
        line = page.findChild(DownloadLine, "fetching-sdxl-base")

        assert "There is no network. Connect and resume." in text_of(line)
        line.forgotten.emit(job.id)
        assert not line.isVisibleTo(page)
        assert pool.jobs() == []

    loop.run_until_complete(journey())


def test_fetching_again_goes_on_with_what_failed(
    loop: QEventLoop, shown: Shown, pool: JobPool, workers: ScriptedWorkers
) -> None:
    async def journey() -> None:
        page = await shown()
        job = pool.submit(FetchRequest(model="sdxl-base"), "Fetch the large one")
        workers.fail(job, "no network")
        click(card_of(page), f"fetch-{BIG}")
        click(page.findChild(DownloadDialog), "agreeToFetch")

        again = [one for one in pool.jobs() if not one.state.ended and one.request.model == "sdxl-base"]
        assert [one.title for one in again] == ["Fetch the large one"]

    loop.run_until_complete(journey())


def test_a_family_that_is_there_can_be_used_and_everyone_is_told(
    loop: QEventLoop, shown: Shown, session: Session, install: Callable[..., None], until: Until, qtbot: QtBot
) -> None:
    install(*MODELS)

    async def journey() -> None:
        page = await shown()
        told: list[str] = []
        session.modelsChanged.connect(lambda: told.append(session.family.name))
        click(card_of(page), f"use-{BIG}")
        await until(lambda: "In use" in text_of(card_of(page)))

        assert told[0] == BIG
        assert session.family.name == BIG
        assert seen(card_of(page, "starter"), "use-starter")

    loop.run_until_complete(journey())


def test_what_was_fetched_meanwhile_is_shown_when_models_change(
    loop: QEventLoop,
    shown: Shown,
    session: Session,
    install: Callable[..., None],
    pool: JobPool,
    until: Until,
    workers: ScriptedWorkers,
) -> None:
    async def journey() -> None:
        page = await shown()
        job = pool.submit(FetchRequest(model="sdxl-base"), "Fetch")
        install(*MODELS)
        workers.finish(job)
        await until(lambda: seen(card_of(page), f"use-{BIG}"))

        assert not seen(card_of(page), f"fetch-{BIG}")

    loop.run_until_complete(journey())


def test_weights_of_ones_own_are_used_shown_and_given_back(
    loop: QEventLoop,
    shown: Shown,
    session: Session,
    install: Callable[..., None],
    own_identity: Path,
    until: Until,
) -> None:
    install(*MODELS)

    async def journey() -> None:
        page = await shown()
        page.use_weights(BIG, own_identity)
        await until(lambda: "Your own: mine.safetensors" in text_of(card_of(page)))
        assert session.models.weights(session.family, "identity") == own_identity

        click(card_of(page), "giveBack-sd15-inpainting")
        await until(lambda: "mine.safetensors" not in text_of(card_of(page)))
        assert session.models.weights(session.family, "identity") != own_identity

    loop.run_until_complete(journey())


def test_what_paints_the_scenes_is_chosen_in_the_card_and_its_memory_is_said_before_it_is_fetched(
    loop: QEventLoop, shown: Shown, session: Session, install: Callable[..., None], until: Until, pool: JobPool
) -> None:
    install(*MODELS)

    async def journey() -> None:
        page = await shown()
        assert not card_of(page, "starter").findChild(QComboBox).isVisibleTo(page)
        box = card_of(page).findChild(QComboBox, f"scenes-{BIG}")
        assert box.currentText() == "Stable Diffusion XL 1.0 base"
        box.setCurrentIndex(box.findText("Z-Image-Turbo"))
        box.activated.emit(box.currentIndex())
        await until(lambda: "to use it" in text_of(card_of(page)))
        assert "28 GB" in text_of(card_of(page))  # with faces and detector
        assert session.models.family(BIG).context == "z-image-turbo"
        click(card_of(page), f"fetch-{BIG}")
        click(page.findChild(DownloadDialog), "agreeToFetch")
        assert [job.request for job in pool.jobs()] == [FetchRequest(model="z-image-turbo")]

        box.setCurrentIndex(box.findText("Stable Diffusion XL 1.0 base"))
        box.activated.emit(box.currentIndex())
        await until(lambda: session.family.name == BIG)
        assert session.family.context == "sdxl-base"

    loop.run_until_complete(journey())


def test_of_every_model_and_choice_is_said_what_the_card_holds(
    loop: QEventLoop, shown: Shown, workers: ScriptedWorkers, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = Device("cuda:0", "RTX", 16_000, 15_000)
    workers.answers["machine"] = Machine((card, Device("cpu", "Processor", 64_000, 60_000)))
    monkeypatch.setattr(machine_text, "can_quantise", lambda: False)

    async def journey() -> None:
        page = await shown()
        assert "Fits: needs about 10 GB, the RTX has 16 GB" in text_of(card_of(page))
        assert text_of(card_of(page, "starter")).count("needs about") == 1  # the family as a whole
        box = card_of(page).findChild(QComboBox, f"scenes-{BIG}")
        said = {
            title: box.itemData(box.findText(title), Qt.ItemDataRole.ToolTipRole)
            for title in ("Z-Image-Turbo", "FLUX.2 [klein] 4B", "Qwen-Image")
        }
        assert said == {
            "Z-Image-Turbo": "Slower: needs about 22 GB, the RTX has 16 GB, so models are loaded in turn.",
            "FLUX.2 [klein] 4B": "Slower: needs about 18 GB, the RTX has 16 GB, so models are loaded in turn.",
            "Qwen-Image": "Too large: needs about 58 GB, the RTX has 16 GB.",
        }

    loop.run_until_complete(journey())


def test_outlines_of_heads_are_offered_apart_from_the_families(loop: QEventLoop, shown: Shown, pool: JobPool) -> None:
    async def journey() -> None:
        page = await shown()
        offer = card_of(page, "outlines")
        assert "Outlines of heads" in text_of(offer)
        assert "Optional" in text_of(offer)
        assert "SAM" not in text_of(card_of(page))
        click(offer, "fetch-outlines")
        click(page.findChild(DownloadDialog), "agreeToFetch")
        assert [job.request for job in pool.jobs()] == [FetchRequest(model="sam2-small")]

    loop.run_until_complete(journey())


def test_scrolling_the_page_over_the_choice_of_scenes_chooses_nothing(
    loop: QEventLoop, shown: Shown, session: Session, install: Callable[..., None]
) -> None:
    install(*MODELS)

    async def journey() -> None:
        box = card_of(await shown()).findChild(QComboBox, f"scenes-{BIG}")
        down, none = QPoint(0, -120), Qt.KeyboardModifier.NoModifier
        at, phase = QPointF(5, 5), Qt.ScrollPhase.NoScrollPhase
        QApplication.sendEvent(box, QWheelEvent(at, at, QPoint(), down, Qt.MouseButton.NoButton, none, phase, False))
        assert box.currentText() == "Stable Diffusion XL 1.0 base"
        assert session.models.family(BIG).context == "sdxl-base"

    loop.run_until_complete(journey())


def test_a_model_that_is_refused_is_not_shown_as_chosen(
    loop: QEventLoop,
    shown: Shown,
    session: Session,
    install: Callable[..., None],
    until: Until,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    install(*MODELS)

    def refuse(*_: object) -> None:
        raise UserError("The disk is full.")

    async def journey() -> None:
        page = await shown()
        box = card_of(page).findChild(QComboBox, f"scenes-{BIG}")
        monkeypatch.setattr(session.models, "use", refuse)
        box.setCurrentIndex(box.findText("Z-Image-Turbo"))
        box.activated.emit(box.currentIndex())
        await until(lambda: "The disk is full." in text_of(card_of(page)))
        assert box.currentText() == "Stable Diffusion XL 1.0 base"

    loop.run_until_complete(journey())


def test_own_weights_that_need_something_fetched_say_what_and_offer_it(
    loop: QEventLoop,
    shown: Shown,
    session: Session,
    own_identity: Path,
    until: Until,
    install: Callable[..., None],
) -> None:
    async def journey() -> None:
        page = await shown()
        page.use_weights(BIG, own_identity)
        await until(lambda: card_of(page).notice.text)

        assert "Download the missing models (7.6 GB)" in card_of(page).notice.text
        await until(lambda: "configuration and tokenizer only" in text_of(card_of(page)))  # read beside the window
        assert "Your own: mine.safetensors" in text_of(card_of(page))
        assert session.family.name == "starter"
        assert seen(card_of(page), f"fetch-{BIG}")
        install("sdxl-base", "sd15-config", "grounding-dino-swint", "bert-base-uncased")
        session.modelsChanged.emit()
        await until(lambda: seen(card_of(page), f"use-{BIG}"))
        assert card_of(page).notice.text == ""

    loop.run_until_complete(journey())


def test_own_weights_that_are_gone_are_said_and_can_be_given_back(
    loop: QEventLoop,
    shown: Shown,
    session: Session,
    install: Callable[..., None],
    own_identity: Path,
    until: Until,
) -> None:
    install(*MODELS)
    session.models.use(str(own_identity))
    own_identity.unlink()

    async def journey() -> None:
        page = await shown()
        assert "are missing" in text_of(card_of(page))

        click(card_of(page), "giveBack-sd15-inpainting")
        await until(lambda: "are missing" not in text_of(card_of(page)))

    loop.run_until_complete(journey())


def test_a_file_that_holds_no_weights_is_refused_in_place(
    loop: QEventLoop, shown: Shown, session: Session, tmp_path: Path, until: Until
) -> None:
    wrong = tmp_path / "letter.safetensors"
    wrong.write_bytes(b"Dear Anna")
    troubles: list[str] = []
    session.failed.connect(troubles.append)

    async def journey() -> None:
        page = await shown()
        page.use_weights(BIG, wrong)
        await until(lambda: card_of(page).notice.text)

        assert "cannot be read as safetensors" in card_of(page).notice.text
        assert troubles == []

    loop.run_until_complete(journey())


def test_a_damaged_choice_of_models_is_said_on_the_page(
    loop: QEventLoop, session: Session, qtbot: QtBot, until: Until
) -> None:
    (session.root / "models.json").write_text("{")

    async def journey() -> None:
        page = SettingsPage(session)
        qtbot.addWidget(page)
        page.show()
        await until(lambda: "is damaged" in text_of(page))

    loop.run_until_complete(journey())


def test_a_machine_that_cannot_be_looked_at_is_said_at_the_families(
    loop: QEventLoop, shown: Shown, workers: ScriptedWorkers, session: Session
) -> None:
    workers.answers["machine"] = UserError("The engine did not start. Restart the program.")

    async def journey() -> None:
        page = await shown()
        assert "The engine did not start." in text_of(card_of(page))

    loop.run_until_complete(journey())


def test_a_licence_opens_in_the_browser_only_when_it_is_clicked(
    loop: QEventLoop, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)

    async def journey() -> None:
        page = await shown()
        assert opened == []
        links = [one for one in card_of(page, "starter").findChildren(QLabel) if "opensource.org" in one.text()]
        links[0].linkActivated.emit("https://opensource.org/license/mit")

    loop.run_until_complete(journey())
    assert [url.toString() for url in opened] == ["https://opensource.org/license/mit"]


def test_the_choice_of_file_or_folder_opens_a_dialog_of_that_kind(
    loop: QEventLoop, shown: Shown, session: Session, own_identity: Path, until: Until
) -> None:
    from PySide6.QtWidgets import QFileDialog

    async def journey() -> None:
        page = await shown()
        menu = card_of(page).findChild(QPushButton, f"own-{BIG}").menu()
        menu.actions()[1].trigger()
        assert page.findChildren(QFileDialog)[-1].fileMode() is QFileDialog.FileMode.Directory
        menu.actions()[0].trigger()
        dialog = page.findChildren(QFileDialog)[-1]
        assert dialog.fileMode() is QFileDialog.FileMode.ExistingFile
        dialog.fileSelected.emit(str(own_identity))
        dialog.close()
        await until(lambda: "Your own: mine.safetensors" in text_of(card_of(page)))
        await asyncio.sleep(0)

    loop.run_until_complete(journey())


def test_what_only_measures_can_be_fetched_but_not_used_as_a_family(
    loop: QEventLoop, shown: Shown, session: Session, install: Callable[..., None], until: Until
) -> None:
    async def journey() -> None:
        page = await shown()
        card = card_of(page, "evaluation")
        assert "in comparisons" in text_of(card)
        assert seen(card, "fetch-evaluation")

        install("clip-vit-large-patch14")
        session.modelsChanged.emit()
        await until(lambda: "Incomplete" in text_of(card))
        click(card, "fetch-evaluation")
        assert "CLIP" not in text_of(page.findChild(DownloadDialog))
        page.findChild(DownloadDialog).reject()

        install("dino-vits16", "ip-adapter")
        session.modelsChanged.emit()
        await until(lambda: not seen(card, "fetch-evaluation"))
        assert not seen(card, "use-evaluation")

    loop.run_until_complete(journey())
