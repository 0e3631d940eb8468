"""The portrait panel: from a prompt to pictures."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QFrame, QWidget

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Warned
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.library.pictures import read_request
from facea_desktop.library.portraits import MASKS
from facea_desktop.ui.canvas.canvas import Canvas
from facea_desktop.ui.canvas.editor import POINTER
from facea_desktop.ui.portrait.form import PortraitForm
from facea_desktop.ui.portrait.make_bar import MakeBar
from facea_desktop.ui.portrait.masks import read_mask, save_mask
from facea_desktop.ui.portrait.pictures import dropped_picture
from facea_desktop.ui.portrait.restore import Opened, open_portrait_file
from facea_desktop.ui.portrait.results import ResultStrip
from facea_desktop.ui.portrait.results_model import Result
from facea_desktop.ui.portrait.stage import Stage
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import Notice, column
from facea_desktop.workers.jobs import Job, JobState

WIDTH = 340
_TITLE_LENGTH = 40


class PortraitPanel(QFrame):
    """The form, Make below it, and what happens with pictures that are made, chosen or dropped."""

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
        self.form = PortraitForm(session, self.stage)
        self.make = MakeBar(session)
        self.notice = Notice()
        foot = QWidget()
        foot.setLayout(column(self.notice, self.make, margin=SPACE * 3 // 2))
        layout = column(self.form, foot, space=0)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self._connect(canvas)
        self._refresh()

    @property
    def request(self) -> PortraitRequest:
        """What Make would ask for now; a mask that was painted is not in it yet.

        Raises:
            pydantic.ValidationError: it cannot be made, and the panel says why.
        """
        return self.form.request(self.make.count.value())

    @Slot()
    def make_pictures(self) -> None:
        """Put the request into the queue."""
        if self.form.trouble:
            return
        self.form.more.next_seed()
        self.notice.say("")
        self.stage.canvas.choose_tool(POINTER)  # what is made is to be looked at
        request, mask = self.request, self.form.scene.painted
        if mask is None:
            self._submit(request)
        else:
            self._session.start(self._submit_masked(request, mask))

    @Slot(object)
    def open_portrait(self, path: Path) -> None:
        """Bring back everything that made a picture, and show it."""
        self._session.go("canvas")
        self._session.start(self._open(path))

    @Slot(object)
    def keep_scene(self, path: Path) -> None:
        """Paint only the face of a picture anew from now on."""
        self._session.start(self._keep(path))

    @Slot(object, str)
    def same_scene(self, path: Path, person: str) -> None:
        """Keep the scene of a picture for another person, who is chosen. Nothing is made yet."""
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
        """Use the picture."""
        path = dropped_picture(event)
        if path is not None:
            event.acceptProposedAction()
            self.use_picture(path)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop waiting for typing to pause."""
        self.form.prompt.stop()
        super().closeEvent(event)

    def _submit(self, request: PortraitRequest) -> None:
        person = self._session.selected
        words = " ".join(request.prompt.split()) or self.tr("portrait")
        start = words if len(words) <= _TITLE_LENGTH else words[: _TITLE_LENGTH - 1].rstrip() + "\u2026"
        job = self._session.submit(request, f"{person.name if person is not None else ''}: {start}")
        self.stage.follow(job.id)

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
            await self._restore(*read)
            await self._choose(read[0])

    async def _restore(self, opened: Opened, mask: QImage | None) -> None:
        known = await self.form.restore(opened.request, mask)
        self.make.count.setValue(opened.request.count)
        said = []
        if not known:
            said.append(self.tr("The person of this picture is not in the library any more; choose another."))
        if opened.missing:
            text = self.tr("{0}, which was the scene, is not there any more; choose another picture, or paint a scene.")
            said.append(text.format(opened.missing))
        self.notice.say("\n".join(said), "warn")

    async def _keep(self, path: Path, person: str | None = None) -> None:
        """Keep the scene of a picture, for a person if one is given; what was typed stays."""
        read = await self._read(path)
        if read is None:
            return
        opened, mask = read
        if opened.context is None:
            self.notice.say(self.tr("The scene of this picture was not kept; make it again to keep it."), "warn")
            return
        if person is not None:
            self._session.select(person)
            if not self.form.prompt.prompt:
                self.form.restore_words(opened.request)
        known = {one.id for one in self._session.people()}
        others = tuple(one for one in opened.request.others if one.person in known and one.person != person)
        await self.form.scene.take("keep", opened.context, opened.request.face, others, mask)
        await self._choose(opened)

    async def _use(self, path: Path) -> None:
        if await asyncio.to_thread(read_request, path) is not None:
            await self._open(path)
        else:
            self.notice.say("")
            self.form.scene.use(path)

    async def _choose(self, opened: Opened) -> None:
        """Show a picture, in the strip where it is there."""
        await self._show(self._strip.choose(opened.path) or opened)

    async def _show(self, shown: Result | Opened, *, by_hand: bool = True) -> None:
        """A result above its scene. The scene of the panel stays below where the result was made from it."""
        if shown.path is None:
            return
        scene = self.form.scene
        picture = shown.request.picture if isinstance(shown, Opened) else shown.picture
        base = picture if picture is not None and picture == scene.picture else shown.context
        before, self._shown = self._shown, shown
        files = (shown.path, None) if base is None else (base, shown.path)
        try:
            await self.stage.show(*files, by_hand=by_hand)
        except UserError:
            if self._shown is shown:
                self._shown = before
            raise

    @property
    def _on_canvas(self) -> Result | Opened | None:
        """The result that is on the canvas now."""
        shown = self._shown
        return shown if shown is not None and shown.path in (self.stage.base, self.stage.result) else None

    @Slot()
    def _portraits_changed(self) -> None:
        """What was erased is no scene any more, and leaves the canvas."""
        scene = self.form.scene
        if self._is_erased(scene.picture):
            scene.paint()
            scene.notice.say(self.tr("The scene was deleted with its portrait; a new one will be painted."), "warn")
        forgotten = self._shown is not None and self._is_erased(self._shown.path)
        if forgotten:
            self._shown = None
            self._refresh()
        if any(self._is_erased(path) for path in self.stage.files):
            if scene.picture is not None and scene.picture == self.stage.base:
                self._session.start(self.stage.show(scene.picture))
                return
            left = (
                self._on_canvas or self._strip.result
            )  # made from a scene that is gone; or the neighbour of what went
            self.stage.clear()
            if left is not None:
                self._session.start(self._show(left, by_hand=False))
                if left.path is not None:
                    self._strip.choose(left.path)
        elif forgotten:
            self._strip.choose_none()  # rather than a neighbour that is not on the canvas

    def _is_erased(self, picture: Path | None) -> bool:
        """Whether it was one of the gallery's; the user's own pictures come and go with their disks."""
        if picture is None or picture.exists():
            return False
        return picture.resolve().is_relative_to(self._session.library.portraits.resolve())

    @Slot(object)
    def _result_chosen(self, result: Result) -> None:
        """Show it; of one that is still painted, what comes."""
        if result.path is not None:
            self._session.start(self._show(result))
        elif result.job is not None and (job := self._session.pool.job(result.job)) is not None:
            self.stage.follow(job.id)
            if result.preview is not None:
                self._previewed(job, result.preview)

    @Slot(object, object)
    def _painted(self, job: Job, result: Result) -> None:
        if result.path is not None and self._takes(job):
            self.stage.follow(job.id)
            self._strip.choose(result.path)
            self.stage.canvas.show_compare(False)
            self._session.start(self._show(result, by_hand=False))

    @Slot(object, object)
    def _previewed(self, job: Job, picture: QImage) -> None:
        if self._takes(job):
            self.stage.preview(job.id, picture)

    def _takes(self, job: Job) -> bool:
        return self.stage.takes(job, always=self._session.settings.follow_results)

    @Slot()
    def _stage_changed(self) -> None:
        chosen = self._strip.result
        if self._on_canvas is None and chosen is not None and chosen.path is not None:
            self._strip.choose_none()  # what is marked there is what is on the canvas
        self._refresh()

    @Slot()
    def _keep_shown(self) -> None:
        shown, scene = self._on_canvas, self.form.scene
        if shown is not None and shown.path is not None and (scene.source, scene.picture) != ("keep", shown.context):
            self.keep_scene(shown.path)

    @Slot(str)
    def _keep_for(self, person: str) -> None:
        if (shown := self._on_canvas) is not None and shown.path is not None:
            self.same_scene(shown.path, person)

    @Slot()
    def _refresh(self) -> None:
        self.make.show_trouble(self.form.trouble, self.form.note)
        self.make.show_quality(self.form.more.quality)
        shown = self._on_canvas
        person = shown.request.person if isinstance(shown, Opened) else shown.person if shown is not None else None
        self.form.scene.show_result(person if shown is not None and shown.context is not None else None)

    @Slot(object)
    def _job_changed(self, job: Job) -> None:
        if job.state.ended:
            self.stage.end_preview(job.id)
        if isinstance(job.request, PortraitRequest) and job.state is JobState.FAILED and job.error is not None:
            self.notice.say(f"{job.title}: {job.error}")

    @Slot(str, object)
    def _told(self, job_id: str, event: object) -> None:
        job = self._session.pool.job(job_id)
        if job is not None and isinstance(job.request, PortraitRequest) and isinstance(event, Warned):
            self.notice.say(event.message, "warn")

    def _connect(self, canvas: Canvas) -> None:
        self._session.pool.jobChanged.connect(self._job_changed)
        self._session.pool.jobRemoved.connect(self.stage.end_preview)
        self._session.pool.told.connect(self._told)
        self._session.portraitOpened.connect(self.open_portrait)
        self._session.portraitsChanged.connect(self._portraits_changed)  # after the strip, which was there before
        self.form.changed.connect(self._refresh)
        self.form.prompt.finished.connect(self.make_pictures)
        self.form.scene.keepWanted.connect(self._keep_shown)
        self.form.scene.personWanted.connect(self._keep_for)
        self.make.made.connect(self.make_pictures)
        self.make.qualityChosen.connect(self.form.more.set_quality)
        canvas.pictureDropped.connect(self.use_picture)
        strip = self._strip
        strip.chosen.connect(self._result_chosen)
        strip.painted.connect(self._painted)
        strip.previewed.connect(self._previewed)
        self.stage.changed.connect(self._stage_changed)
        strip.settingsWanted.connect(self.open_portrait)
        strip.keepWanted.connect(self.keep_scene)
        strip.personWanted.connect(self.same_scene)
