"""Where the scene comes from: painted, kept from a result, or a picture of the user's; who goes into which face."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QMenu, QPushButton, QWidget

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.outcomes import FacesFound
from facea_desktop.domain.requests import FaceAssignment, FacesRequest
from facea_desktop.ui.destinations import ShowCanvas
from facea_desktop.ui.file_dialogs import photos_dialog
from facea_desktop.ui.portrait.canvas_content import CanvasContent
from facea_desktop.ui.portrait.face_assignments import FaceAssignments
from facea_desktop.ui.portrait.face_menu import fill_with_others
from facea_desktop.ui.portrait.person_box import rounded
from facea_desktop.ui.portrait.scene_faces import SceneFaces
from facea_desktop.ui.portrait.scene_parts import SceneParts
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import Flow, Notice, button, column, label, plain_tip, row, tool

Source = Literal["paint", "keep", "picture"]
_PICTURE_SIDE = 48
_NAME_WIDTH = 150


class SceneBox(QWidget):
    """The source of the scene, and what is done with its faces on the canvas."""

    changed = Signal()
    keepWanted = Signal()
    """The scene of the result that is shown is to be kept."""
    personWanted = Signal(str)
    """Id of the person for whom the scene of the result that is shown is to be kept."""

    def __init__(self, session: Session, stage: CanvasContent) -> None:
        super().__init__()
        self._session = session
        self._stage = stage
        self._picture: Path | None = None
        self._mask: QImage | None = None
        self._masked = False  # asking the canvas for its mask copies it
        self._looking = False
        self._turn = 0
        self._opening = False  # a picture is read that becomes the scene if it can be
        self._dialog: QFileDialog | None = None
        self._shown: str | None = None
        self.menu: QMenu | None = None
        self.faces = SceneFaces(session, stage.canvas, self)
        self.parts = SceneParts(session, stage, self)
        self._sources: dict[Source, QPushButton] = {}
        self._group = QButtonGroup(self)
        for source, title, tip in (
            ("paint", self.tr("New scene"), self.tr("Make a scene from the prompt")),
            ("keep", self.tr("Same scene, new face"), self.tr("Redraw only the face in the picture on the canvas")),
            (
                "picture",
                self.tr("From a photo…"),
                self.tr("Use a photo as the scene; you can also drop it on the canvas"),
            ),
        ):
            made = button(title, kind="chip", name=f"{source}Scene", tip=tip)
            made.setCheckable(True)
            self._sources[source] = made  # type: ignore[index]
            self._group.addButton(made)
        self._sources["paint"].setChecked(True)
        self._sources["paint"].clicked.connect(self.paint)
        self._sources["keep"].clicked.connect(self._want_keep)
        self._sources["picture"].clicked.connect(self.choose_picture)
        self._another = button(
            self.tr("Repeat with another person…"),
            self._choose_another,
            name="anotherPersonScene",
            tip=self.tr("Use the scene of the picture on the canvas for someone else"),
        )
        flow = Flow()
        for made in (*self._sources.values(), self._another):
            flow.addWidget(made)
        chips = QWidget()
        chips.setLayout(flow)
        self._row = self._picture_row()
        self.notice = Notice()
        self.setLayout(column(chips, self._row, self.notice, space=SPACE))
        self._source: Source = "paint"
        self.show_result(None)
        stage.canvas.maskChanged.connect(self._mask_changed)
        self.faces.changed.connect(self._faces_changed)
        self.faces.refused.connect(lambda why: self.notice.set_message(why, "warn"))
        stage.leaving.connect(self._leave)
        stage.entered.connect(self._enter)
        stage.changed.connect(self._describe)
        session.thumbnails.ready.connect(self._thumbnail_ready)
        self._describe()

    @property
    def source(self) -> Source:
        """Where the scene comes from."""
        return self._source

    @property
    def picture(self) -> Path | None:
        """The picture that is the scene."""
        return self._picture

    @property
    def face(self) -> int:
        """The face of the chosen person."""
        return self.faces.cast.lead

    @property
    def words(self) -> str:
        """What is said of the chosen person's face alone."""
        return self.faces.cast.words.get(self.face, "") if self._picture is not None else ""

    @property
    def others(self) -> tuple[FaceAssignment, ...]:
        """Further people and their faces."""
        return self.faces.cast.assignments if self._picture is not None else ()

    @property
    def painted(self) -> QImage | None:
        """What was painted on the picture, in place of the face that was found."""
        if self._picture is None:
            return None
        return self._stage.canvas.mask() if self._on_stage else self._mask

    @property
    def trouble(self) -> str:
        """Why the scene cannot be used, and what to do; empty where it can."""
        if self._opening:
            return self.tr("Wait for the picture to open.")
        if self._picture is None:
            return ""
        if self.faces.trouble:
            return self.faces.trouble
        if self._looking or self.faces.cast.shown or self._masked:
            return ""
        return self.tr("Paint over the face in the picture first.")

    @property
    def _on_stage(self) -> bool:
        return self._picture is not None and self._stage.base == self._picture

    def show_result(self, person: str | None) -> None:
        """A result with its scene is shown, of this person; None for no such result."""
        self._shown = person
        self._sources["keep"].setEnabled(person is not None or self._source == "keep")
        self._another.setVisible(person is not None)

    @Slot()
    def paint(self) -> None:
        """Let the scene be painted from the prompt."""
        self._turn += 1
        self._opening = False
        self._leave_picture()
        self._source = "paint"
        self._sources["paint"].setChecked(True)
        self.notice.set_message("")
        self._describe()
        self.changed.emit()

    @Slot(object)
    def use(self, picture: Path) -> None:
        """Use a picture of the user's as the scene; one that cannot be read is named, and what was there stays."""
        self._session.start(self._use(picture))

    async def _use(self, picture: Path) -> None:
        try:
            if (self._source, self._picture) == ("picture", picture):  # what was painted on it stays
                self._turn += 1  # what is still read is wanted no more
                self._opening = False
                self.changed.emit()
                await self._stage.show(picture)
            else:
                await self.take("picture", picture)
        except UserError as error:
            self.notice.set_message(str(error))

    async def take(
        self,
        source: Source,
        picture: Path,
        cast: FaceAssignments | None = None,
        mask: QImage | None = None,
    ) -> bool:
        """Make a picture the scene, once it is read; False where another was asked for since.

        Args:
            cast: who goes into which face; None as it was when the picture was the scene before.

        Raises:
            UserError: it cannot be read; the scene stays what it was.
        """
        self._turn += 1
        turn = self._turn
        self._opening = True
        self.changed.emit()
        try:
            if picture != self._stage.wanted:
                await self._stage.show(picture)
        finally:
            if turn == self._turn:
                self._opening = False
                self.changed.emit()
        if turn != self._turn:
            return False
        self._begin(source, picture, cast, mask)
        return True

    @Slot()
    def choose_picture(self) -> None:
        """Ask for a picture."""
        self._sources[self._source].setChecked(True)  # until one is chosen
        title, kinds = self.tr("Choose a photo for the scene"), self.tr("Pictures ({endings})")
        dialog = photos_dialog(self, title, kinds, self._session.root, several=False)
        dialog.fileSelected.connect(self._chosen)
        dialog.finished.connect(dialog.deleteLater)
        self._dialog = dialog
        dialog.open()

    @Slot(str)
    def _chosen(self, file: str) -> None:
        self.use(Path(file))

    @Slot()
    def _want_keep(self) -> None:
        self._sources[self._source].setChecked(True)  # until it is known that there is a scene to keep
        self.keepWanted.emit()

    def _begin(self, source: Source, picture: Path, cast: FaceAssignments | None, mask: QImage | None) -> None:
        if picture != self._picture:
            self._leave_picture()
        self._source = source
        self._sources[source].setEnabled(True)
        self._sources[source].setChecked(True)
        self.faces.begin(picture, cast)
        self._picture, self._mask, self._masked, self._looking = picture, mask, mask is not None, True
        if self._on_stage:
            self._enter()
        self.notice.set_message("")
        self._describe()
        self.changed.emit()
        self._session.start(self._find_faces(picture))

    def _leave_picture(self) -> None:
        if self._on_stage:
            canvas = self._stage.canvas
            canvas.set_mask(None)
            canvas.set_masking(False)
        self.faces.leave()
        self._picture, self._mask, self._masked, self._looking = None, None, False, False
        self.faces.begin()

    async def _find_faces(self, picture: Path) -> None:
        try:
            found = await self._session.ask(FacesRequest(picture=picture))
        except UserError as error:
            if picture == self._picture:
                self._looking = False
                self.notice.set_message(str(error))
                self._faces_changed()
            return
        if picture == self._picture and isinstance(found, FacesFound):
            self._looking = False
            self.faces.found(found)
            self._faces_changed()

    @Slot()
    def _leave(self) -> None:
        """The canvas turns to something else: keep what was painted."""
        if self._on_stage:
            self._mask = self._stage.canvas.mask()
            self.faces.leave()

    @Slot()
    def _enter(self) -> None:
        """The canvas shows the scene's picture: bring back what belongs to it."""
        if self._on_stage:
            canvas, mask = self._stage.canvas, self._mask
            base = canvas.picture()
            if mask is not None and base is not None and mask.size() != base.size():
                mask = mask.scaled(base.size()).convertToFormat(QImage.Format.Format_Grayscale8)
            canvas.set_masking(True)
            canvas.set_mask(mask)
            self.faces.enter()

    @Slot()
    def _faces_changed(self) -> None:
        self._describe()
        self.changed.emit()

    @Slot()
    def _mask_changed(self) -> None:
        if self._on_stage:
            self._masked = self._stage.canvas.mask() is not None
            self._describe()
            self.changed.emit()

    def _picture_row(self) -> QWidget:
        self._thumbnail = tool("picture", self.tr("Show the picture on the canvas"), self._back, name="scenePicture")
        self._thumbnail.setIconSize(QSize(_PICTURE_SIDE, _PICTURE_SIDE))
        self._name = label("", "heading", wrap=True)  # a wide one would push the panel's edge out of sight
        self._hint = label("", "hint", wrap=True)
        self._drop = tool("close", self.tr("Use a new scene instead"), self.paint, name="dropScenePicture")
        tip = self.tr("Choose a person for each face")
        self._faces_button = tool("face", tip, self._open_faces, name="sceneFaces")
        made = QWidget()
        buttons = row(self._faces_button, self._drop, space=0)
        layout = row(self._thumbnail, column(self._name, self._hint, space=2), buttons)
        layout.setStretch(1, 1)
        layout.setAlignment(buttons, Qt.AlignmentFlag.AlignTop)
        made.setLayout(layout)
        return made

    def _choose_another(self) -> None:
        """Ask for whom the scene that is shown is to be kept."""
        menu = QMenu(self)
        if self._shown is not None:
            fill_with_others(menu, self._session, self._shown, self.personWanted.emit)
        if menu.isEmpty():
            menu.addAction(self.tr("No one else is tuned yet")).setEnabled(False)
        menu.aboutToHide.connect(menu.deleteLater)
        self.menu = menu
        menu.popup(self._another.mapToGlobal(self._another.rect().bottomLeft()))

    def _open_faces(self) -> None:
        self.faces.open_menu(self._faces_button.mapToGlobal(self._faces_button.rect().bottomLeft()))

    def _back(self) -> None:
        if self._picture is not None:
            self._session.go(ShowCanvas())
            self._session.start(self._stage.show(self._picture))

    @Slot()
    def _describe(self) -> None:
        self.faces.show_masked(self._masked)
        self._row.setVisible(self._picture is not None)
        if self._picture is None:
            return
        if self._source == "keep":
            name = said = self.tr("Same scene")
        else:
            name = self._picture.name
            said = self._name.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, _NAME_WIDTH)
        self._name.setText(said)
        self._name.setToolTip(plain_tip(name))
        self._hint.setText(self._sentence())
        self._faces_button.setVisible(bool(self.faces.cast.shown))
        self._draw()

    def _sentence(self) -> str:
        faces = len(self.faces.cast.shown)
        if not self._on_stage:
            return self.tr("The canvas shows another picture. Click this one to show it.")
        if self._masked:
            if self.faces.cast.others:
                return self.tr("The painted area and the other faces you chose are redrawn.")
            return self.tr("Only the painted area is redrawn; faces stay as they are.")
        if self._looking:
            return self.tr("Detecting faces…")
        if not faces:
            return self.tr("No face found. Paint over the area where the face belongs.")
        if faces == 1:
            return self.tr("One face. Click it to choose a person, or paint a mask.")
        return self.tr("{0} faces. Click one to choose a person, or paint a mask.").format(faces)

    @Slot(object)
    def _thumbnail_ready(self, path: Path) -> None:
        if path == self._picture:
            self._draw()

    def _draw(self) -> None:
        if self._picture is None:
            return
        square = self._session.thumbnails.get(self._picture, _PICTURE_SIDE)
        self._thumbnail.setIcon(QIcon(rounded(square)) if square is not None else QIcon(QPixmap()))
