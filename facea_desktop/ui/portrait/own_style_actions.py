"""What can be done with styles of the user's own: save, rename, pass on, delete."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QMenu, QWidget

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.styles import OwnStyle
from facea_desktop.library.own_styles import STYLE_ENDING, OwnStyles
from facea_desktop.library.portrait_files import read_facts
from facea_desktop.ui.dialogs import QuestionDialog, ask_to_delete
from facea_desktop.ui.file_dialogs import remember
from facea_desktop.ui.icons import icon
from facea_desktop.ui.portrait.lora_style import TITLE_CHARACTERS, WORD_CHARACTERS, LoraStyleDialog
from facea_desktop.ui.session import Session
from facea_desktop.ui.widgets import Notice, button, label, tool


class StyleDialog(QuestionDialog):
    """Asks what a style is to be called, and for its words where it is new.

    Args:
        act: does it; a UserError it raises is shown, and the dialog stays.
    """

    def __init__(
        self, question: str, go: str, title: str, words: str | None, act: Callable[[], object], parent: QWidget
    ):
        super().__init__("styleDialog", parent)
        self.ask(question)
        self._act = act
        self.title = QLineEdit(title)
        self.title.setObjectName("styleTitleEdit")
        self.title.setMaxLength(TITLE_CHARACTERS)
        self.title.setPlaceholderText(self.tr("Name"))
        self.title.setAccessibleName(self.tr("Name"))
        self.words = QLineEdit(words or "")
        self.words.setObjectName("styleWordsEdit")
        self.words.setMaxLength(WORD_CHARACTERS)
        self.words.setPlaceholderText(self.tr("oil painting, golden light"))
        self.words.setAccessibleName(self.tr("Words"))
        self._notice = Notice()
        self.rows.addWidget(self.title)
        self.rows.addWidget(self.words)
        hint = self.tr(
            "These words are added to the prompt. The picture on the canvas shows what the style looks like."
        )
        self._hint = label(hint, "hint", wrap=True)
        self.rows.addWidget(self._hint)
        self.rows.addWidget(self._notice)
        for one in (self.words, self._hint):
            one.setVisible(words is not None)
        self._go = button(go, self._try, name="acceptStyleButton", kind="primary")
        self._go.setDefault(True)
        self.finish_with(self._go)
        for field in (self.title, self.words):
            field.textChanged.connect(self._update)
        self.title.selectAll()
        self.title.setFocus()
        self._update()

    @Slot()
    def _update(self) -> None:
        wanted = [self.title] if self.words.isHidden() else [self.title, self.words]
        self._go.setEnabled(all(field.text().strip() for field in wanted))

    def _try(self) -> None:
        try:
            self._act()
        except UserError as error:
            self._notice.set_message(str(error))
        else:
            self.accept()


class OwnStyleActions(QObject):
    """Offers a menu for all styles and one for each; whatever changes is told.

    Args:
        words: how the picture is made now, as the prompt says it.
        picture: what lies on the canvas, None where nothing does.
        host: dialogs open over it.

    Attributes:
        dialog: the one that was opened last.
    """

    changed = Signal()
    """There are other styles than before."""
    saved = Signal(object)
    """An OwnStyle that is to be chosen."""

    def __init__(
        self, session: Session, words: Callable[[], str], picture: Callable[[], Path | None], host: QWidget
    ) -> None:
        super().__init__(host)
        self._session, self._words, self._picture, self._host = session, words, picture, host
        self.store = OwnStyles(session.root)
        self.dialog: QDialog | None = None
        self.more = tool("more", self.tr("More about styles"), self._show_more, name="moreStyles")

    def menu(self) -> QMenu:
        """What can be done without a style of one's own."""
        menu = QMenu(self._host.window())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        save = menu.addAction(icon("add"), self.tr("Save as a style…"), self.save)
        save.setToolTip(self.tr("Keep the style words of this prompt under a name"))
        menu.addAction(icon("add"), self.tr("Add a LoRA as a style…"), self.choose_lora)
        menu.addAction(icon("import"), self.tr("Import style…"), self.choose_import)
        return menu

    def menu_of(self, style: OwnStyle) -> QMenu:
        """What can be done with one of them."""
        menu = QMenu(self._host.window())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(icon("rename"), self.tr("Rename…"), partial(self.rename, style))
        export = self.tr("Export…") if style.lora is None else self.tr("Export with its LoRA…")
        menu.addAction(icon("export"), export, partial(self.export, style)).setToolTip(
            "" if style.lora is None else self.tr("Check that the licence of the LoRA allows passing it on")
        )
        menu.setToolTipsVisible(True)
        menu.addSeparator()
        menu.addAction(icon("delete"), self.tr("Delete…"), partial(self.delete, style))
        return menu

    def show_menu_of(self, style: OwnStyle, at: QPoint) -> None:
        """Open that menu at a point of the screen."""
        self.menu_of(style).popup(at)

    def save(self) -> None:
        """Ask for a name, and keep the words of the prompt's style."""

        def keep() -> None:
            picture = self._picture()
            facts = read_facts(picture) if picture is not None else None
            style = self.store.save(
                dialog.title.text(),
                dialog.words.text(),
                picture,
                people=facts.people if facts is not None else (),
                portrait=picture.name if picture is not None and facts is not None and facts.people else None,
            )
            self.changed.emit()
            self.saved.emit(style)

        question = self.tr("Save this style")
        dialog = StyleDialog(question, self.tr("Save"), "", self._words(), keep, self._host.window())
        self._open(dialog)

    def rename(self, style: OwnStyle) -> None:
        """Ask for another name."""

        def change() -> None:
            self.store.rename(style.name, dialog.title.text())
            self.changed.emit()

        question = self.tr("Rename {style}").format(style=style.title)
        dialog = StyleDialog(question, self.tr("Rename"), style.title, None, change, self._host.window())
        self._open(dialog)

    def delete(self, style: OwnStyle) -> None:
        """Ask, then erase it."""

        def erase() -> None:
            self._session.start(self._deleted(style))

        question = self.tr("Delete the style {style}?").format(style=style.title)
        text = self.tr("Portraits made with it stay as they are.")
        ask_to_delete(self._host.window(), "deleteStyle", question, text, erase)

    async def _deleted(self, style: OwnStyle) -> None:
        try:
            await asyncio.to_thread(self.store.delete, style.name)  # a LoRA is large, and overwritten
        finally:
            self.changed.emit()

    def export(self, style: OwnStyle) -> None:
        """Ask where to, and write it into a file."""
        dialog = QFileDialog(self._host.window(), self.tr("Export {style} with its picture").format(style=style.title))
        remember(dialog, self._session.root, "styles")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("A style (*.facea-style)"))
        dialog.setDefaultSuffix(STYLE_ENDING[1:])
        dialog.selectFile(f"{style.title}{STYLE_ENDING}".replace("/", "_"))
        dialog.fileSelected.connect(
            lambda file: self._session.start(asyncio.to_thread(self.store.export, style.name, Path(file)))
        )
        self._open(dialog)

    def choose_lora(self) -> None:
        """Ask for a LoRA file, and what it is to be called."""
        dialog = QFileDialog(self._host.window(), self.tr("Add a LoRA as a style"))
        remember(dialog, self._session.root, "styles")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("A LoRA for Stable Diffusion XL (*.safetensors)"))
        dialog.fileSelected.connect(lambda name: self.add_lora(Path(name)))
        self._open(dialog)

    def add_lora(self, file: Path) -> None:
        """Ask what a LoRA file is to be called as a style, and add it."""
        dialog = LoraStyleDialog(self._session, self.store, file, self._host.window())
        dialog.added.connect(self._lora_added)
        self._open(dialog)

    @Slot(object, tuple)
    def _lora_added(self, style: OwnStyle, warnings: tuple[str, ...]) -> None:
        self.changed.emit()
        self.saved.emit(style)
        if warnings:
            self._session.noticed.emit(self.tr("Only the part of the LoRA that is for the picture itself is used."))

    def choose_import(self) -> None:
        """Ask for files with styles."""
        dialog = QFileDialog(self._host.window(), self.tr("Import styles"))
        remember(dialog, self._session.root, "styles")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter(self.tr("Styles (*.facea-style)"))
        dialog.filesSelected.connect(lambda names: self.import_files([Path(name) for name in names]))
        self._open(dialog)

    def import_files(self, files: list[Path]) -> None:
        """Add the styles of these files."""

        async def read() -> None:
            try:
                for file in files:
                    await asyncio.to_thread(self.store.import_file, file)
            finally:
                self.changed.emit()

        self._session.start(read())

    def _show_more(self) -> None:
        self.menu().popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _open(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.open()
