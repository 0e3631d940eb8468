"""Which result is on the canvas: one chosen in the strip, one that a job makes, or several to choose from."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from facea_desktop.domain.errors import UserError
from facea_desktop.library.portrait_files import is_erased
from facea_desktop.ui.canvas.mask_editing import POINTER
from facea_desktop.ui.portrait.canvas_content import CanvasContent
from facea_desktop.ui.portrait.picture_choice import PictureChoice
from facea_desktop.ui.portrait.restored_settings import Opened
from facea_desktop.ui.portrait.result_strip import ResultStrip
from facea_desktop.ui.portrait.results_model import Result
from facea_desktop.ui.portrait.scene_box import SceneBox
from facea_desktop.ui.session import Session
from facea_desktop.workers.job import Job


class ResultViewer(QObject):
    """Shows results on the canvas and marks the one that is there in the strip.

    What a job makes is shown where ``CanvasContent.takes`` allows it. Several pictures that Make asked for stand side
    by side instead, until one is chosen.

    Attributes:
        choice: the pictures to choose from, over the canvas.
    """

    changed = Signal()
    """Another result is on the canvas, or none."""

    def __init__(
        self, session: Session, stage: CanvasContent, strip: ResultStrip, scene: SceneBox, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._stage, self._strip, self._scene = stage, strip, scene
        self._shown: Result | Opened | None = None
        self._to_choose_from: set[str] = set()  # jobs of several pictures that Make asked for here
        self.choice = PictureChoice(stage.canvas, session.likeness)
        session.jobs.jobEnded.connect(self._job_ended)
        strip.chosen.connect(self._result_chosen)
        strip.painted.connect(self._painted)
        strip.previewed.connect(self._previewed)
        strip.model.dataChanged.connect(self._show_progress)
        self.choice.chosen.connect(self._picture_chosen)
        self.choice.kept.connect(self._look_at)
        stage.changed.connect(self._stage_changed)

    @property
    def shown(self) -> Result | Opened | None:
        """The result that is on the canvas now."""
        shown = self._shown
        return shown if shown is not None and shown.path in (self._stage.base, self._stage.result) else None

    def choose(self, path: Path) -> None:
        """Show a picture of the strip, as a click does; one that was erased meanwhile is not there."""
        result = self._strip.choose(path)
        if result is not None:
            self._result_chosen(result)

    async def show(self, picture: Result | Opened) -> None:
        """Show a picture, marked in the strip where it is there.

        Raises:
            UserError: it cannot be read; what was shown stays.
        """
        if picture.path is not None:
            await self._show(self._strip.choose(picture.path) or picture)

    async def take_over(self, before: ResultViewer) -> None:
        """Show what lies on the canvas of another one, and follow the jobs that it follows."""
        if before.shown is not None:
            await self.show(before.shown)
        for job in before._stage.followed:
            self._stage.follow(job)

    def expect_results(self) -> None:
        """Make was pressed: what it makes is to be looked at."""
        if self.choice.waits:
            self.choice.leave()  # who goes on without choosing keeps them all
        self.choice.expect_keys()
        self._stage.canvas.choose_tool(POINTER)

    def follow(self, job: str, count: int) -> None:
        """Show what a job of Make makes; of several pictures one is to be chosen."""
        self._stage.follow(job)
        if count > 1:
            self._to_choose_from.add(job)

    def drop_erased(self) -> None:
        """What was erased leaves the canvas and the choice; another picture takes its place, where there is one."""
        if self.choice.waits:
            self._finish_choice()
        forgotten = self._shown is not None and self._is_erased(self._shown.path)
        if forgotten:
            self._shown = None
            self.changed.emit()
        if any(self._is_erased(path) for path in self._stage.files):
            scene = self._scene.picture
            if scene is not None and scene == self._stage.base:
                self._session.start(self._stage.show(scene))
                return
            left = self.shown or self._strip.result  # made from a scene that is gone; or the neighbour of what went
            self._stage.clear()
            if left is not None:
                self._session.start(self._show(left, by_hand=False))
                if left.path is not None:
                    self._strip.choose(left.path)
        elif forgotten:
            self._strip.choose_none()  # rather than a neighbour that is not on the canvas

    def stop(self) -> None:
        """Wait for no pictures any more."""
        self.choice.grid.stop()

    async def _show(self, shown: Result | Opened, *, by_hand: bool = True) -> None:
        """A result above its scene. The scene of the panel stays below where the result was made from it."""
        if shown.path is None:
            return
        if by_hand:
            self.choice.leave()
        base = shown.picture if shown.picture is not None and shown.picture == self._scene.picture else shown.context
        before, self._shown = self._shown, shown
        files = (shown.path, None) if base is None else (base, shown.path)
        try:
            await self._stage.show(*files, by_hand=by_hand)
        except UserError:
            if self._shown is shown:
                self._shown = before
            raise

    def _is_erased(self, picture: Path | None) -> bool:
        return picture is not None and is_erased(picture, self._session.library.portraits)

    @Slot(object)
    def _result_chosen(self, result: Result) -> None:
        """Show it; of one that is still painted, what comes."""
        if result.path is not None or result.job != self.choice.job:
            self.choice.leave()
        if result.path is not None:
            self._session.start(self._show(result))
        elif (job := self._session.jobs.job(result.job)) is not None:
            self._stage.follow(job.id)
            if result.preview is not None:
                self._previewed(job, result.preview)

    @Slot(object, object)
    def _painted(self, job: Job, result: Result) -> None:
        if result.path is not None and not self._offered(job) and self._takes(job):
            self._stage.follow(job.id)
            self._strip.choose(result.path)
            self._stage.canvas.show_compare(False)
            self._session.start(self._show(result, by_hand=False))

    @Slot(object, object)
    def _previewed(self, job: Job, picture: QImage) -> None:
        if not self._offered(job) and self._takes(job):
            self._stage.preview(job.id, picture)

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

    @Slot(object)
    def _job_ended(self, job: Job) -> None:
        self._stage.end_preview(job.id)
        if self.choice.job == job.id:
            self._finish_choice()

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
        self._stage.canvas.show_compare(False)
        self._session.start(self._show(result))

    def _takes(self, job: Job) -> bool:
        if self.choice.job is not None:
            return False  # one is to be chosen first
        return self._stage.takes(job, always=self._session.settings.follow_results)

    @Slot()
    def _stage_changed(self) -> None:
        self.choice.leave()
        chosen = self._strip.result
        if self.shown is None and chosen is not None and chosen.path is not None:
            self._strip.choose_none()  # what is marked there is what is on the canvas
        self.changed.emit()
