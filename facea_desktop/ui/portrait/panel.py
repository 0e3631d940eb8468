"""The portrait panel: from a prompt to pictures."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Warned
from facea_desktop.domain.people import Profile
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.library.pictures import read_request
from facea_desktop.library.portraits import is_stage
from facea_desktop.models.catalogue import Family
from facea_desktop.ui.canvas.canvas import Canvas
from facea_desktop.ui.portrait.make_bar import MakeBar
from facea_desktop.ui.portrait.masks import MASKS, read_mask, save_mask
from facea_desktop.ui.portrait.more import MoreBox
from facea_desktop.ui.portrait.picks import QuickPicks
from facea_desktop.ui.portrait.pictures import dropped_picture
from facea_desktop.ui.portrait.prompt_box import PromptBox
from facea_desktop.ui.portrait.restore import Opened, open_portrait_file
from facea_desktop.ui.portrait.results import ResultStrip
from facea_desktop.ui.portrait.results_model import Result
from facea_desktop.ui.portrait.scene_box import SceneBox
from facea_desktop.ui.portrait.stage import Stage
from facea_desktop.ui.portrait.style_strip import StyleStrip
from facea_desktop.ui.portrait.styles import Style, styled_prompt
from facea_desktop.ui.portrait.who import WhoBox
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import Notice, Section, column, label
from facea_desktop.workers.jobs import Job, JobState

WIDTH = 340
LONGEST_PROMPT = 2000
_TITLE_LENGTH = 40


class PortraitPanel(QFrame):
    """Who, what, in which style, and Make."""

    def __init__(self, session: Session, canvas: Canvas, strip: ResultStrip, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("portraitPanel")
        self.setProperty("panel", True)
        self.setMinimumWidth(WIDTH)
        self.setAcceptDrops(True)
        self._session = session
        self._strip = strip
        self._shown: Result | Opened | None = None
        self.stage = Stage(canvas, self)
        self.who = WhoBox(session)
        self.prompt = PromptBox()
        self.styles = StyleStrip()
        self.picks = QuickPicks()
        self.scene = SceneBox(session, self.stage)
        self.more = MoreBox(self._family)
        self.make = MakeBar(session)
        self.notice = Notice()
        self._lay_out()
        self._connect(canvas)
        self._person_selected(session.selected)

    @property
    def request(self) -> PortraitRequest:
        """What Make would ask for now; a mask that was painted is not in it yet.

        Raises:
            pydantic.ValidationError: ``trouble`` says why.
        """
        person = self._session.selected
        fields: dict[str, Any] = self.more.fields()
        return PortraitRequest(
            person=person.id if person is not None else "",
            prompt=self.prompt.prompt,
            context_prompt=self.prompt.scene.by_hand,
            face_prompt=self.prompt.face.by_hand,
            picture=self.scene.picture,
            face=self.scene.face,
            others=self.scene.others,
            count=self.make.count.value(),
            **fields,
        )

    @property
    def trouble(self) -> str:
        """Why no picture can be made, and what to do; empty where one can."""
        texts = (self.prompt.prompt, self.prompt.scene.by_hand or "", self.prompt.face.by_hand or "")
        if self.who.trouble:
            return self.who.trouble
        if not any(text.strip() for text in texts) and self.scene.picture is None:
            return self.tr("Write what the picture shows first.")
        if any(len(text) > LONGEST_PROMPT for text in texts):
            return self.tr("Shorten the prompt to {0} characters first.").format(LONGEST_PROMPT)
        return self.scene.trouble

    @Slot()
    def make_pictures(self) -> None:
        """Put the request into the queue."""
        if self.trouble:
            return
        self.more.next_seed()
        self.notice.say("")
        self._strip.follow()
        request, mask = self.request, self.scene.painted
        if mask is None:
            self._submit(request)
        else:
            self._session.start(self._submit_masked(request, mask))

    @Slot(object)
    def open_portrait(self, path: Path) -> None:
        """Bring back everything that made a picture, and show it."""
        self._session.start(self._open(path))

    @Slot(object)
    def keep_scene(self, path: Path) -> None:
        """Paint only the face of a picture anew from now on."""
        self._session.start(self._keep(path))

    @Slot(object, str)
    def same_scene(self, path: Path, person: str) -> None:
        """Bring back what made a picture, and paint another person into its scene."""
        self._session.start(self._keep(path, person))

    @Slot(object)
    def use_picture(self, path: Path) -> None:
        """A picture was given: one that was made here brings its settings back, any other becomes the scene."""
        self._session.start(self._use(path))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take pictures."""
        if dropped_picture(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A picture that was made here brings its settings back, any other becomes the scene."""
        path = dropped_picture(event)
        if path is not None:
            event.acceptProposedAction()
            self.use_picture(path)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop waiting for typing to pause."""
        self.prompt.close_up()
        super().closeEvent(event)

    def _submit(self, request: PortraitRequest) -> None:
        person = self._session.selected
        words = " ".join(self.prompt.text.split()) or self.tr("portrait")
        start = words if len(words) <= _TITLE_LENGTH else words[: _TITLE_LENGTH - 1].rstrip() + "\u2026"
        self._session.submit(request, f"{person.name if person is not None else ''}: {start}")

    async def _submit_masked(self, request: PortraitRequest, mask: QImage) -> None:
        file = await asyncio.to_thread(save_mask, mask, self._session.library.portraits / MASKS)
        self._submit(request.model_copy(update={"mask": file}))

    async def _read(self, path: Path) -> tuple[Opened, QImage | None] | None:
        """A picture's settings and its mask; None where there are none, which is said in place."""
        try:
            opened = await asyncio.to_thread(open_portrait_file, path)
        except UserError as error:
            self.notice.say(str(error))
            return None
        self.notice.say("")
        mask = opened.request.mask
        return opened, await asyncio.to_thread(read_mask, mask) if mask is not None else None

    async def _open(self, path: Path) -> None:
        read = await self._read(path)
        if read is not None:
            self._restore(*read)
            await self._choose(read[0])

    async def _choose(self, opened: Opened) -> None:
        """Show it, in the strip where it is there."""
        if not self._strip.choose(opened.path):
            self._strip.choose_none()
            await self._show(opened)

    def _restore(self, opened: Opened, mask: QImage | None) -> None:
        request = opened.request
        known = {person.id for person in self._session.people()}
        if request.person in known:
            self._session.select(request.person)
        else:
            self.notice.say(
                self.tr("The person of this picture is not in the library any more; choose another."), "warn"
            )
        text, style = styled_prompt(request.prompt)
        self.styles.choose(style)
        self.prompt.restore(text, style, request.context_prompt, request.face_prompt)
        self.more.restore(request)
        self.make.count.setValue(request.count)
        others = tuple(casting for casting in request.others if casting.person in known)
        if request.picture is None:
            self.scene.paint()
        elif is_stage(request.picture.stem):
            self.scene.keep(request.picture, request.face, others, mask)
        else:
            self.scene.use(request.picture, request.face, others, mask)
        if opened.missing:
            text = self.tr("{0}, which was the scene, is not there any more; choose another picture, or paint a scene.")
            self.notice.say(text.format(opened.missing), "warn")

    async def _keep(self, path: Path, person: str | None = None) -> None:
        """Keep the scene of a picture; with a person, everything else of it too, and paint them into it."""
        read = await self._read(path)
        if read is None:
            return
        opened, mask = read
        if opened.context is None:
            self.notice.say(self.tr("The scene of this picture was not kept; make it again to keep it."), "warn")
            return
        if person is not None:
            self._restore(opened, mask)
            self._session.select(person)
        known = {one.id for one in self._session.people()}
        others = tuple(one for one in opened.request.others if one.person in known and one.person != person)
        self.scene.keep(opened.context, opened.request.face, others, mask)
        await self._choose(opened)
        if person is not None:
            self.make_pictures()

    async def _use(self, path: Path) -> None:
        if await asyncio.to_thread(read_request, path) is not None:
            await self._open(path)
        else:
            self.notice.say("")
            self.scene.use(path)

    @Slot(object)
    def _result_chosen(self, result: Result) -> None:
        self._shown = result
        self._session.start(self._show(result))

    async def _show(self, shown: Result | Opened) -> None:
        """A result above its scene. The scene of the panel stays below where the result was made from it."""
        self._shown = shown
        path = shown.path
        if path is None:
            return
        picture = shown.request.picture if isinstance(shown, Opened) else shown.picture
        base = picture if picture is not None and picture == self.scene.picture else shown.context
        if self.scene.source == "keep" and shown.context is not None and base != self.scene.picture:
            self.scene.keep(shown.context)
        self._refresh()
        if base is not None:
            await self.stage.show(base, path)
        else:
            await self.stage.show(path)

    @Slot()
    def _keep_shown(self) -> None:
        if self._shown is not None and self._shown.path is not None:
            self.keep_scene(self._shown.path)

    @Slot(object)
    def _style_chosen(self, style: Style | None) -> None:
        self.prompt.choose_style(style)

    @Slot(str, bool)
    def _picked(self, words: str, there: bool) -> None:
        self.prompt.put(words, there=there)

    @property
    def _family(self) -> Family:
        person = self._session.selected
        families = self._session.models.catalogue.families
        return families[person.family] if person is not None and person.family in families else self._session.family

    @Slot(object)
    def _person_selected(self, person: Profile | None) -> None:
        self.prompt.set_subject(person.subject if person is not None else None)
        self.more.set_family(self._family)
        self._refresh()

    @Slot()
    def _refresh(self) -> None:
        self.make.show_trouble(self.trouble)
        self.make.show_quality(self.more.quality)
        self.scene.set_keepable(self._shown is not None and self._shown.context is not None)
        with QSignalBlocker(self.picks):
            self.picks.show_prompt(self.prompt.text)

    @Slot(object)
    def _job_changed(self, job: Job) -> None:
        if isinstance(job.request, PortraitRequest) and job.state is JobState.FAILED and job.error is not None:
            self.notice.say(f"{job.title}: {job.error}")

    @Slot(str, object)
    def _told(self, job_id: str, event: object) -> None:
        job = self._session.pool.job(job_id)
        if job is not None and isinstance(job.request, PortraitRequest) and isinstance(event, Warned):
            self.notice.say(event.message, "warn")

    def _lay_out(self) -> None:
        more = Section(self.tr("More"), self.more, name="morePortraitSettings")
        style_title = label(self.tr("Style"), "heading")
        picks_title = label(self.tr("Quick picks"), "heading")
        scene_title = label(self.tr("Scene"), "heading")
        inner = QWidget()
        inner.setLayout(
            column(
                self.who,
                self.prompt,
                column(style_title, self.styles, space=4),
                column(picks_title, self.picks, space=4),
                column(scene_title, self.scene, space=4),
                more,
                margin=SPACE * 3 // 2,
                space=SPACE * 3 // 2,
            )
        )
        layout = inner.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        foot = QWidget()
        foot.setLayout(column(self.notice, self.make, margin=SPACE * 3 // 2))
        whole = column(scroll, foot, space=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)

    def _connect(self, canvas: Canvas) -> None:
        session, strip = self._session, self._strip
        session.personSelected.connect(self._person_selected)
        session.modelsChanged.connect(lambda: self._person_selected(session.selected))
        session.pool.jobChanged.connect(self._job_changed)
        session.pool.told.connect(self._told)
        for part in (self.who, self.prompt, self.scene, self.more):
            part.changed.connect(self._refresh)
        self.styles.chosenChanged.connect(self._style_chosen)
        self.picks.picked.connect(self._picked)
        self.prompt.finished.connect(self.make_pictures)
        self.make.made.connect(self.make_pictures)
        self.make.qualityChosen.connect(self.more.set_quality)
        self.scene.keepWanted.connect(self._keep_shown)
        canvas.pictureDropped.connect(self.use_picture)
        strip.chosen.connect(self._result_chosen)
        strip.previewed.connect(self.stage.preview)
        strip.settingsWanted.connect(self.open_portrait)
        strip.keepWanted.connect(self.keep_scene)
        strip.personWanted.connect(self.same_scene)
