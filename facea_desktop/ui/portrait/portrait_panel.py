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
from facea_desktop.library.portrait_files import MASKS, PASTED
from facea_desktop.library.portrait_png import read_request
from facea_desktop.ui.canvas.canvas import Canvas
from facea_desktop.ui.canvas.mask_editing import POINTER
from facea_desktop.ui.destinations import ShowCanvas
from facea_desktop.ui.drag_and_drop import first_picture
from facea_desktop.ui.job_text import failure_words, job_title
from facea_desktop.ui.portrait.canvas_content import CanvasContent
from facea_desktop.ui.portrait.face_assignments import FaceAssignments
from facea_desktop.ui.portrait.make_bar import MakeBar
from facea_desktop.ui.portrait.mask_files import read_mask, save_picture
from facea_desktop.ui.portrait.picture_choice import PictureChoice
from facea_desktop.ui.portrait.portrait_form import PortraitForm
from facea_desktop.ui.portrait.restored_settings import Opened, open_portrait_file
from facea_desktop.ui.portrait.result_strip import ResultStrip
from facea_desktop.ui.portrait.results_model import Result
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.time_estimates import PortraitTimes
from facea_desktop.ui.warning_text import warning_words
from facea_desktop.ui.widgets import Notice, column
from facea_desktop.workers.job import Job, JobState

WIDTH = 340


class PortraitPanel(QFrame):
    """The form, Make below it, and what happens with pictures that are made, chosen or dropped."""

    def __init__(self, session: Session, canvas: Canvas, strip: ResultStrip, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("portraitPanel")
        self.setProperty("panel", True)
        self.setMinimumWidth(WIDTH)
        self.setAcceptDrops(True)
        self._session = session
        self._times = PortraitTimes(session)
        self._strip = strip
        self._shown: Result | Opened | None = None
        self._to_choose_from: set[str] = set()  # jobs of several pictures that Make asked for here
        self.stage = CanvasContent(canvas, self)
        self.form = PortraitForm(session, self.stage)
        self.make = MakeBar(session)
        self.choice = PictureChoice(canvas, session.likeness)
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
        if self.choice.waits:
            self.choice.leave()  # who goes on without choosing keeps them all
        self.choice.expect_keys()
        self.form.more.next_seed()
        self.notice.set_message("")
        self.stage.canvas.choose_tool(POINTER)  # what is made is to be looked at
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

    @Slot(object)
    def show_result(self, path: Path) -> None:
        """Show a picture of the strip on the canvas; one that was erased meanwhile is not there."""
        result = self._strip.choose(path)
        if result is not None:
            self._result_chosen(result)

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
        self.choice.grid.stop()
        super().closeEvent(event)

    def _submit(self, request: PortraitRequest) -> None:
        person = self._session.selected
        job = self._session.submit(request, job_title(request, person.name if person is not None else ""))
        self.stage.follow(job.id)
        if request.count > 1:
            self._to_choose_from.add(job.id)

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
            await self._choose(read[0])

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
        await self._choose(opened)

    async def _take_over(self, before: PortraitPanel) -> None:
        self.make.count.setValue(before.make.count.value())
        self.make.set_one_scene(before.make.one_scene)
        await self.form.take_over(before.form)
        shown = before._on_canvas
        if shown is not None and shown.path is not None:
            await self._show(self._strip.choose(shown.path) or shown)
        for job in before.stage.followed:
            self.stage.follow(job)

    async def _use(self, path: Path) -> None:
        if await asyncio.to_thread(read_request, path) is not None:
            await self._open(path)
        else:
            self.notice.set_message("")
            self.form.scene.use(path)

    async def _choose(self, opened: Opened) -> None:
        """Show a picture, in the strip where it is there."""
        await self._show(self._strip.choose(opened.path) or opened)

    async def _show(self, shown: Result | Opened, *, by_hand: bool = True) -> None:
        """A result above its scene. The scene of the panel stays below where the result was made from it."""
        if shown.path is None:
            return
        if by_hand:
            self.choice.leave()
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
        if self.choice.waits:
            self._finish_choice()
        if self._is_erased(scene.picture):
            scene.paint()
            scene.notice.set_message(
                self.tr("The scene was deleted with its portrait; a new one will be made."), "warn"
            )
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
        if result.path is not None or result.job != self.choice.job:
            self.choice.leave()
        if result.path is not None:
            self._session.start(self._show(result))
        elif (job := self._session.jobs.job(result.job)) is not None:
            self.stage.follow(job.id)
            if result.preview is not None:
                self._previewed(job, result.preview)

    @Slot(object, object)
    def _painted(self, job: Job, result: Result) -> None:
        if result.path is not None and not self._offered(job) and self._takes(job):
            self.stage.follow(job.id)
            self._strip.choose(result.path)
            self.stage.canvas.show_compare(False)
            self._session.start(self._show(result, by_hand=False))

    @Slot(object, object)
    def _previewed(self, job: Job, picture: QImage) -> None:
        if not self._offered(job) and self._takes(job):
            self.stage.preview(job.id, picture)

    def _offered(self, job: Job) -> bool:
        """Whether the pictures of a job stand side by side, to choose one of them."""
        if self.choice.job is not None:
            return self.choice.job == job.id
        if job.id not in self._to_choose_from or not self._takes(job):
            return False
        self.choice.show_results(job.id, self._strip.model.of_job(job.id))
        return True

    @Slot()
    def _show_progress(self) -> None:
        if self.choice.job is not None and not self.choice.waits:
            self.choice.show_results(self.choice.job, self._strip.model.of_job(self.choice.job))

    def _finish_choice(self) -> None:
        """The job has ended, or a picture was deleted: what there is now is all to choose from."""
        job = self.choice.job
        assert job is not None
        results = [result for result in self._strip.model.of_job(job) if result.path is not None]
        if len(results) > 1:
            self.choice.show_results(job, results, complete=True)
            return
        self.choice.leave()
        for result in results:
            self._look_at(result)

    @Slot(object, object)
    def _picture_chosen(self, chosen: Result, others: list[Path]) -> None:
        self._look_at(chosen)
        self._strip.delete_these(others)

    @Slot(object)
    def _look_at(self, result: Result) -> None:
        assert result.path is not None
        self._strip.choose(result.path)
        self.stage.canvas.show_compare(False)
        self._session.start(self._show(result))

    def _takes(self, job: Job) -> bool:
        if self.choice.job is not None:
            return False  # one is to be chosen first
        return self.stage.takes(job, always=self._session.settings.follow_results)

    @Slot()
    def _stage_changed(self) -> None:
        self.choice.leave()
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
        self._count_changed()
        self.make.show_quality(self.form.more.quality)
        self.make.show_scene_given(self.form.scene.picture is not None)
        shown = self._on_canvas
        person = shown.request.person if isinstance(shown, Opened) else shown.person if shown is not None else None
        self.form.scene.show_result(person if shown is not None and shown.context is not None else None)

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
        self.stage.end_preview(job.id)
        if self.choice.job == job.id:
            self._finish_choice()
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

    def _connect(self, canvas: Canvas) -> None:
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
        strip = self._strip
        strip.chosen.connect(self._result_chosen)
        strip.painted.connect(self._painted)
        strip.previewed.connect(self._previewed)
        strip.model.dataChanged.connect(self._show_progress)
        self.choice.chosen.connect(self._picture_chosen)
        self.choice.kept.connect(self._look_at)
        self.stage.changed.connect(self._stage_changed)
        strip.settingsWanted.connect(self.open_portrait)
        strip.keepWanted.connect(self.keep_scene)
        strip.personWanted.connect(self.same_scene)
