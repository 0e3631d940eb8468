"""Where the scene comes from: painted, kept from a result, or a picture of the user's; who goes into which face."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QCursor, QIcon, QImage, QPixmap
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QMenu, QPushButton, QWidget

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.outcomes import FacesFound
from facea_desktop.domain.people import Profile
from facea_desktop.domain.requests import Casting, FacesRequest
from facea_desktop.ui.portrait.casting import Cast
from facea_desktop.ui.portrait.face_menu import face_menu
from facea_desktop.ui.portrait.pictures import PICTURE_ENDINGS
from facea_desktop.ui.portrait.stage import Stage
from facea_desktop.ui.portrait.themed import redraw_icons
from facea_desktop.ui.portrait.who import rounded
from facea_desktop.ui.session import Session
from facea_desktop.ui.theme import SPACE
from facea_desktop.ui.widgets import Flow, Notice, button, column, label, row, tool

Source = Literal["paint", "keep", "picture"]
_PICTURE_SIDE = 48


class SceneBox(QWidget):
    """The source of the scene, and what is done with its faces on the canvas."""

    changed = Signal()
    keepWanted = Signal()
    """The scene of the result that is shown is to be kept."""

    def __init__(self, session: Session, stage: Stage) -> None:
        super().__init__()
        self._session = session
        self._stage = stage
        self._picture: Path | None = None
        self._mask: QImage | None = None
        self._cast = Cast()
        self._looking = False
        self._dialog: QFileDialog | None = None
        self.menu: QMenu | None = None
        """The people for the face that was clicked last."""
        self._sources: dict[Source, QPushButton] = {}
        self._group = QButtonGroup(self)
        for source, title, tip in (
            ("paint", self.tr("Paint one"), self.tr("The scene is painted from the prompt")),
            ("keep", self.tr("Keep this one"), self.tr("Only the face of the picture on the canvas is painted anew")),
            (
                "picture",
                self.tr("My picture\u2026"),
                self.tr("A picture of yours is the scene; drop one on the canvas"),
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
        flow = Flow()
        for made in self._sources.values():
            flow.addWidget(made)
        chips = QWidget()
        chips.setLayout(flow)
        self._row = self._picture_row()
        self.notice = Notice()
        self.setLayout(column(chips, self._row, self.notice, space=SPACE))
        self._source: Source = "paint"
        self.set_keepable(False)
        canvas = stage.canvas
        canvas.maskChanged.connect(self._mask_changed)
        canvas.faceClicked.connect(self._face_clicked)
        canvas.faceDismissed.connect(self._face_dismissed)
        stage.leaving.connect(self._leave)
        stage.entered.connect(self._enter)
        session.personSelected.connect(self._person_selected)
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
        return self._cast.lead

    @property
    def others(self) -> tuple[Casting, ...]:
        """Further people and their faces."""
        return self._cast.castings if self._picture is not None else ()

    @property
    def painted(self) -> QImage | None:
        """What was painted on the picture, in place of the face that was found."""
        if self._picture is None:
            return None
        return self._stage.canvas.mask() if self._on_stage else self._mask

    @property
    def trouble(self) -> str:
        """Why the scene cannot be used, and what to do; empty where it can."""
        if self._picture is None or self._looking or self._cast.shown or self.painted is not None:
            return ""
        return self.tr("Paint over the face in the picture first.")

    @property
    def _on_stage(self) -> bool:
        return self._picture is not None and self._stage.base == self._picture

    def set_keepable(self, on: bool) -> None:
        """Whether a result with its scene is shown."""
        self._sources["keep"].setEnabled(on or self._source == "keep")

    @Slot()
    def paint(self) -> None:
        """Let the scene be painted from the prompt."""
        self._leave_picture()
        self._source = "paint"
        self._sources["paint"].setChecked(True)
        self.notice.say("")
        self._describe()
        self.changed.emit()

    def keep(self, context: Path, face: int = 0, others: tuple[Casting, ...] = (), mask: QImage | None = None) -> None:
        """Keep this scene."""
        self._take("keep", context, face, others, mask)

    def use(self, picture: Path, face: int = 0, others: tuple[Casting, ...] = (), mask: QImage | None = None) -> None:
        """Use a picture as the scene."""
        self._take("picture", picture, face, others, mask)

    @Slot()
    def choose_picture(self) -> None:
        """Ask for a picture."""
        self._sources[self._source].setChecked(True)  # until one is chosen
        dialog = QFileDialog(self, self.tr("Choose a picture for the scene"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        endings = " ".join(f"*.{ending}" for ending in PICTURE_ENDINGS)
        dialog.setNameFilter(self.tr("Pictures ({0})").format(endings))
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

    def _take(self, source: Source, picture: Path, face: int, others: tuple[Casting, ...], mask: QImage | None) -> None:
        if picture != self._picture:
            self._leave_picture()
        self._source = source
        self._sources[source].setEnabled(True)
        self._sources[source].setChecked(True)
        self._cast = Cast(lead=face, others={casting.face: casting.person for casting in others})
        self._picture, self._mask, self._looking = picture, mask, True
        if self._on_stage:
            self._enter()
        self.notice.say("")
        self._describe()
        self.changed.emit()
        self._session.start(self._look(picture))

    def _leave_picture(self) -> None:
        if self._on_stage:
            canvas = self._stage.canvas
            canvas.set_mask(None)
            canvas.set_faces([])
            canvas.set_masking(False)
        self._picture, self._mask, self._cast, self._looking = None, None, Cast(), False

    async def _look(self, picture: Path) -> None:
        """Show the picture, unless it is, and find its faces."""
        try:
            if not self._on_stage:
                await self._stage.show(picture)
            found = await self._session.ask(FacesRequest(picture=picture))
        except UserError as error:
            if picture == self._picture:
                self._looking = False
                self.notice.say(str(error))
                self._describe()
                self.changed.emit()
            return
        if picture != self._picture or not isinstance(found, FacesFound):
            return
        self._looking = False
        base = self._stage.canvas.picture() if self._on_stage else None
        factor = base.width() / found.width if base is not None and found.width else 1.0
        self._cast.faces = tuple(face.scaled(factor) for face in found.faces)
        count = len(found.faces)
        if count:
            self._cast.lead = min(self._cast.lead, count - 1)
            self._cast.others = {face: who for face, who in self._cast.others.items() if face < count}
        self._show_faces()
        self._describe()
        self.changed.emit()

    @Slot()
    def _leave(self) -> None:
        """The canvas turns to something else: keep what was painted."""
        if self._on_stage:
            self._mask = self._stage.canvas.mask()

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
            self._show_faces()

    def _show_faces(self) -> None:
        if not self._on_stage:
            return
        shown = self._cast.shown
        names = {person.id: person.name for person in self._session.people()}
        labels = {shown.index(face): names.get(who, "?") for face, who in self._cast.others.items() if face in shown}
        chosen = shown.index(self._cast.lead) if self._cast.lead in shown else None
        if chosen is not None and self._session.selected is not None:
            labels[chosen] = self._session.selected.name
        self._stage.canvas.set_faces([self._cast.faces[face] for face in shown], labels, chosen)

    @Slot(int)
    def _face_clicked(self, at: int) -> None:
        if not self._on_stage or at >= len(self._cast.shown):
            return
        self.menu = face_menu(self, self._session, self._cast, self._cast.shown[at], self._put, self._empty)
        self.menu.popup(QCursor.pos() + QPoint(2, 2))

    @Slot(int)
    def _face_dismissed(self, at: int) -> None:
        if self._on_stage and at < len(self._cast.shown):
            self._lead(self._cast.dismiss(self._cast.shown[at], self._selected_id))

    @property
    def _selected_id(self) -> str | None:
        return self._session.selected.id if self._session.selected is not None else None

    def _put(self, person: str, face: int) -> None:
        self._lead(self._cast.put(person, face, self._selected_id))

    def _empty(self, face: int) -> None:
        self._lead(self._cast.empty(face, self._selected_id))

    def _lead(self, person: str | None) -> None:
        if person != self._selected_id:
            self._session.select(person)
        self._show_faces()
        self._describe()
        self.changed.emit()

    @Slot(object)
    def _person_selected(self, person: Profile | None) -> None:
        self._cast.follow(person.id if person is not None else None)
        self._show_faces()

    @Slot()
    def _mask_changed(self) -> None:
        if self._on_stage:
            self._describe()
            self.changed.emit()

    def _picture_row(self) -> QWidget:
        self._thumbnail = tool("picture", self.tr("Show the picture on the canvas"), self._back, name="scenePicture")
        self._thumbnail.setIconSize(QSize(_PICTURE_SIDE, _PICTURE_SIDE))
        self._name = label("", "heading")
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._hint = label("", "hint", wrap=True)
        self._drop = tool("close", self.tr("Paint a scene instead"), self.paint, name="dropScenePicture")
        made = QWidget()
        layout = row(self._thumbnail, column(self._name, self._hint, space=2), self._drop)
        layout.setStretch(1, 1)
        layout.setAlignment(self._drop, Qt.AlignmentFlag.AlignTop)
        made.setLayout(layout)
        return made

    def _back(self) -> None:
        if self._picture is not None:
            self._session.go("canvas")
            self._session.start(self._stage.show(self._picture))

    def _describe(self) -> None:
        self._row.setVisible(self._picture is not None)
        if self._picture is None:
            return
        name = self.tr("The scene that is shown") if self._source == "keep" else self._picture.name
        self._name.setText(self._name.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, 200))
        self._name.setToolTip(name)
        self._hint.setText(self._sentence())
        self._draw()

    def _sentence(self) -> str:
        faces = len(self._cast.shown)
        if self.painted is not None:
            return self.tr("What you painted is made anew, in place of the face.")
        if self._looking:
            return self.tr("Looking for faces\u2026")
        if not faces:
            return self.tr("No face was found. Paint over the place where the face belongs.")
        if faces == 1:
            return self.tr("One face. Click it to choose who goes into it, or paint a mask.")
        return self.tr("{0} faces. Click one to choose who goes into it, or paint a mask.").format(faces)

    @Slot(object)
    def _thumbnail_ready(self, path: Path) -> None:
        if path == self._picture:
            self._draw()

    def _draw(self) -> None:
        if self._picture is None:
            return
        square = self._session.thumbnails.get(self._picture, _PICTURE_SIDE)
        self._thumbnail.setIcon(QIcon(rounded(square)) if square is not None else QIcon(QPixmap()))

    def changeEvent(self, event: QEvent) -> None:
        """Another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            redraw_icons({self._drop: "close"})
            self._draw()
