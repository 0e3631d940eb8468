"""The portrait panel: from a prompt to pictures."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QFrame, QWidget

from facea_desktop.domain.distinct_pictures import distinct_request
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Warned
from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.library.portrait_files import MASKS, PASTED, is_erased
from facea_desktop.library.portrait_png import read_request
from facea_desktop.ui.canvas.canvas import Canvas
from facea_desktop.ui.destinations import ShowCanvas
from facea_desktop.ui.drag_and_drop import first_picture
from facea_desktop.ui.job_text import failure_words, job_title
from facea_desktop.ui.portrait.canvas_content import CanvasContent
from facea_desktop.ui.portrait.face_assignments import FaceAssignments
from facea_desktop.ui.portrait.make_bar import MakeBar
from facea_desktop.ui.portrait.mask_files import read_mask, save_picture
from facea_desktop.ui.portrait.portrait_form import PortraitForm
from facea_desktop.ui.portrait.restored_settings import Opened, open_portrait_file
from facea_desktop.ui.portrait.result_strip import ResultStrip
from facea_desktop.ui.portrait.result_viewer import ResultViewer
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.time_estimates import PortraitTimes
from facea_desktop.ui.warning_text import warning_words
from facea_desktop.ui.widgets import Notice, column
from facea_desktop.workers.job import Job, JobState

WIDTH = 340


class PortraitPanel(QFrame):
    """The form with Make below it, and what pictures bring into it: settings, or a scene."""

    def __init__(self, session: Session, canvas: Canvas, strip: ResultStrip, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("portraitPanel")
        self.setProperty("panel", True)
        self.setMinimumWidth(WIDTH)
        self.setAcceptDrops(True)
        self._session = session
        self._times = PortraitTimes(session)
        self.stage = CanvasContent(canvas, self)
        self.form = PortraitForm(session, self.stage)
        self.viewer = ResultViewer(session, self.stage, strip, self.form.scene, self)
        self.make = MakeBar(session)
        self.notice = Notice()
        foot = QWidget()
        foot.setLayout(column(self.notice, self.make, margin=SPACE * 3 // 2))
        layout = column(self.form, foot, space=0)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self._connect(canvas, strip)
        self._refresh()

    @property
    def request(self) -> PortraitRequest:
        """What Make would ask for now; a mask that was painted is not in it yet.

        Raises:
            pydantic.ValidationError: it cannot be made, and the panel says why.
        """
        asked = self._asked
        return distinct_request(asked) if self.form.at_first_sight else asked

    @property
    def _asked(self) -> PortraitRequest:
        return self.form.request(self.make.count.value(), one_scene=self.make.one_scene)

    @Slot()
    def make_pictures(self) -> None:
        """Put the request into the queue."""
        if self.form.trouble:
            return
        self.viewer.expect_results()
        self.form.more.next_seed()
        self.notice.set_message("")
        request, mask = self.request, self.form.scene.painted
        if mask is None:
            self._submit(request)
        else:
            self._session.start(self._submit_masked(request, mask))

    @Slot(object)
    def open_portrait(self, path: Path) -> None:
        """Bring back everything that made a picture, and show it."""
        self._session.go(ShowCanvas())
        self._session.start(self._open(path))

    @Slot(object)
    def keep_scene(self, path: Path) -> None:
        """Redraw only the face of a picture from now on."""
        self._session.start(self._keep(path))

    @Slot(object, str)
    def same_scene(self, path: Path, person: str) -> None:
        """Keep the scene of a picture for another person, who is chosen. Nothing is made yet."""
        self._session.start(self._keep(path, person))

    def use_picture(self, path: Path) -> None:
        """A picture was given: one that was made here brings its settings back, any other becomes the scene."""
        self._session.start(self._use(path))

    @Slot()
    def paste_picture(self) -> None:
        """Use the picture on the clipboard as the scene, be it a file or pixels."""
        data = QGuiApplication.clipboard().mimeData()
        file = first_picture(data)
        if file is not None:
            self.use_picture(file)
        elif data.hasImage():
            self._session.start(self._paste(QGuiApplication.clipboard().image()))
        else:
            self.notice.set_message(self.tr("There is no picture on the clipboard."), "warn")

    def take_over(self, before: PortraitPanel) -> None:
        """Go on with what was set up in another panel of the session, and with what lies on its canvas."""
        self._session.start(self._take_over(before))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take pictures."""
        if first_picture(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Use the picture."""
        path = first_picture(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.use_picture(path)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop waiting for typing to pause, and for pictures."""
        self.form.prompt.stop()
        self.viewer.stop()
        super().closeEvent(event)

    def _submit(self, request: PortraitRequest) -> None:
        person = self._session.selected
        job = self._session.submit(request, job_title(request, person.name if person is not None else ""))
        self.viewer.follow(job.id, request.count)

    async def _submit_masked(self, request: PortraitRequest, mask: QImage) -> None:
        file = await asyncio.to_thread(save_picture, mask, self._session.library.portraits / MASKS)
        self._submit(request.model_copy(update={"mask": file}))

    async def _paste(self, picture: QImage) -> None:
        try:
            file = await asyncio.to_thread(save_picture, picture, self._session.library.portraits / PASTED)
        except UserError as error:
            self.notice.set_message(str(error))
            return
        self.notice.set_message("")
        self.form.scene.use(file)

    async def _read(self, path: Path) -> tuple[Opened, QImage | None] | None:
        """A picture's settings and its mask; None where there are none, which is said in place."""
        try:
            opened = await asyncio.to_thread(open_portrait_file, path)
        except UserError as error:
            self.notice.set_message(str(error))
            return None
        self.notice.set_message("")
        mask = opened.request.mask
        return opened, await asyncio.to_thread(read_mask, mask) if mask is not None else None

    async def _open(self, path: Path) -> None:
        read = await self._read(path)
        if read is not None:
            await self._restore(*read)
            await self.viewer.show(read[0])

    async def _restore(self, opened: Opened, mask: QImage | None) -> None:
        known = await self.form.restore(opened.request, mask)
        self.make.count.setValue(opened.request.count)
        said = []
        if not known:
            said.append(self.tr("The person in this picture is no longer in the library; choose someone else."))
        if opened.missing:
            text = self.tr("The scene picture {0} is missing; choose another picture or a new scene.")
            said.append(text.format(opened.missing))
        lora = opened.request.style_lora
        if lora is not None and self.form.style_strength.lora is None:
            text = self.tr("The LoRA {0} of this picture's style is not here; add its file as a style.")
            said.append(text.format(lora.name))
        if opened.request.checkpoint is not None:
            said.append(self.tr("This picture was made with other weights of the person than those in use now."))
        self.notice.set_message("\n".join(said), "warn")

    async def _keep(self, path: Path, person: str | None = None) -> None:
        """Keep the scene of a picture, for a person if one is given; what was typed stays."""
        read = await self._read(path)
        if read is None:
            return
        opened, mask = read
        if opened.context is None:
            self.notice.set_message(
                self.tr("The scene of this picture was not saved; make the picture again to save it."), "warn"
            )
            return
        if person is not None:
            self._session.select(person)
            if not self.form.prompt.prompt:
                self.form.restore_words(opened.request)
        known = {one.id for one in self._session.people()}
        others = tuple(one for one in opened.request.others if one.person in known and one.person != person)
        cast = FaceAssignments.of(opened.request.face, opened.request.face_words, others)
        await self.form.scene.take("keep", opened.context, cast, mask)
        await self.viewer.show(opened)

    async def _take_over(self, before: PortraitPanel) -> None:
        self.make.count.setValue(before.make.count.value())
        self.make.set_one_scene(before.make.one_scene)
        await self.form.take_over(before.form)
        await self.viewer.take_over(before.viewer)

    async def _use(self, path: Path) -> None:
        if await asyncio.to_thread(read_request, path) is not None:
            await self._open(path)
        else:
            self.notice.set_message("")
            self.form.scene.use(path)

    @Slot()
    def _portraits_changed(self) -> None:
        """What was erased is no scene any more, and leaves the canvas."""
        scene = self.form.scene
        if scene.picture is not None and is_erased(scene.picture, self._session.library.portraits):
            scene.paint()
            scene.notice.set_message(
                self.tr("The scene was deleted with its portrait; a new one will be made."), "warn"
            )
        self.viewer.drop_erased()

    @Slot()
    def _keep_shown(self) -> None:
        shown, scene = self.viewer.shown, self.form.scene
        if shown is not None and shown.path is not None and (scene.source, scene.picture) != ("keep", shown.context):
            self.keep_scene(shown.path)

    @Slot(str)
    def _keep_for(self, person: str) -> None:
        if (shown := self.viewer.shown) is not None and shown.path is not None:
            self.same_scene(shown.path, person)

    @Slot()
    def _refresh(self) -> None:
        self._count_changed()
        self.make.show_quality(self.form.more.quality)
        self.make.show_scene_given(self.form.scene.picture is not None)
        shown = self.viewer.shown
        self.form.scene.show_result(shown.person if shown is not None and shown.context is not None else None)

    @Slot()
    def _count_changed(self) -> None:
        trouble = self.form.trouble
        notes = [self.form.note, "" if trouble else self._distinct_note()]
        self.make.show_trouble(trouble, "\n".join(filter(None, notes)))
        self._show_estimate()

    def _distinct_note(self) -> str:
        """That other pictures are made than were asked for, which would all be the same."""
        asked, request = self._asked, self.request
        if request.scene_seed != asked.scene_seed:
            return self.tr("Without tuning, one scene gives one picture: each gets a scene of its own.")
        return ""

    @Slot()
    def _show_estimate(self) -> None:
        possible = not self.form.trouble
        self.make.show_estimate(self._times.seconds(self.form.family, self.request) if possible else None)

    @Slot(object)
    def _job_ended(self, job: Job) -> None:
        self._times.forget()
        self._show_estimate()
        if isinstance(job.request, PortraitRequest) and job.state is JobState.FAILED and job.error is not None:
            self.notice.set_message(failure_words(job))

    @Slot(object, object)
    def _on_event(self, job: Job, event: object) -> None:
        if not isinstance(job.request, PortraitRequest) or not isinstance(event, Warned):
            return
        if event.about != "first sight":  # the form has said that before
            self.notice.set_message(warning_words(event), "warn")

    def _connect(self, canvas: Canvas, strip: ResultStrip) -> None:
        self._session.jobs.jobEnded.connect(self._job_ended)
        self._session.jobs.eventReceived.connect(self._on_event)
        self._session.portraitOpened.connect(self.open_portrait)
        self._session.portraitsChanged.connect(self._portraits_changed)  # after the strip, which was there before
        self.form.changed.connect(self._refresh)
        self.form.prompt.finished.connect(self.make_pictures)
        self.form.scene.keepWanted.connect(self._keep_shown)
        self.form.scene.personWanted.connect(self._keep_for)
        self.make.made.connect(self.make_pictures)
        self.make.changed.connect(self._count_changed)
        self.make.qualityChosen.connect(self.form.more.set_quality)
        canvas.pictureDropped.connect(self.use_picture)
        canvas.pasteWanted.connect(self.paste_picture)
        self.viewer.changed.connect(self._refresh)
        strip.settingsWanted.connect(self.open_portrait)
        strip.keepWanted.connect(self.keep_scene)
        strip.personWanted.connect(self.same_scene)
