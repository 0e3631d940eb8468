"""What can be done with people: the same menu, keys and questions in the list and on a person's page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from facea_desktop.domain.people import Profile
from facea_desktop.domain.requests import ImportRequest, TuneRequest
from facea_desktop.library.facea_file import PACKAGE_ENDING
from facea_desktop.library.lora_files import LORA_ENDING
from facea_desktop.library.summaries import PersonSummary, PortraitQuery
from facea_desktop.ui.bin_work import move_people_to_bin
from facea_desktop.ui.destinations import ShowMixer
from facea_desktop.ui.dialogs import ask_to_delete
from facea_desktop.ui.file_dialogs import remember
from facea_desktop.ui.icons import icon
from facea_desktop.ui.job_text import job_title
from facea_desktop.ui.people.person_dialogs import DeleteDialog, LoraDialog, TuneDialog
from facea_desktop.ui.people.person_disk_work import (
    copy_name,
    delete_people,
    duplicate_person,
    export_people,
    export_targets,
    file_stem,
    import_file,
)
from facea_desktop.ui.session import Session


class PeopleActions(QObject):
    """Acts on the people that ``chosen`` gives; questions are dialogs over ``host``.

    Attributes:
        dialog: the question that was asked last, None before the first.
    """

    def __init__(
        self,
        session: Session,
        host: QWidget,
        chosen: Callable[[], list[PersonSummary]],
        rename: Callable[[], object],
    ) -> None:
        super().__init__(host)
        self._session = session
        self._host = host
        self._chosen = chosen
        self.dialog: DeleteDialog | LoraDialog | TuneDialog | QFileDialog | None = None
        self._loras: list[Path] = []
        make = self._action
        self.rename = make("rename", self.tr("&Rename"), rename, "rename", "F2")
        self.duplicate = make("duplicate", self.tr("D&uplicate"), self._duplicate, "duplicate", "Ctrl+D")
        self.tune = make("tune", self.tr("&Tune…"), self._tune, "tune")
        self.mix = make("mix", self.tr("&Mix…"), self._mix, "mixer")
        self.export = make("export", self.tr("&Export…"), self._export, "export")
        self.open_import = make("import", self.tr("&Import…"), self.choose_imports, "import")
        self.delete = make("delete", self.tr("&Delete"), self._delete, "delete", "Delete")
        self.erase = make("erase", self.tr("Delete &permanently…"), self._erase, "delete")
        self.refresh()

    def refresh(self) -> None:
        """Offer what suits those who are chosen now."""
        people = self._chosen()
        one = people[0] if len(people) == 1 else None
        for action in (self.rename, self.duplicate, self.tune, self.mix):
            action.setEnabled(one is not None)
        for action in (self.export, self.delete, self.erase):
            action.setEnabled(bool(people))
        self.tune.setText(self.tr("&Tune…") if one is None or one.state == "not tuned" else self.tr("&Tune again…"))
        if one is not None:
            self.mix.setEnabled(one.state == "ready")
            tuning = self._session.people_status.of(one).tuning_queued
            self.tune.setEnabled(one.thumbnail is not None and not tuning)

    def menu(self) -> QMenu:
        """All of them, as they suit now; it belongs to the host."""
        self.refresh()
        menu = QMenu(self._host)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([self.rename, self.duplicate])
        menu.addSeparator()
        menu.addActions([self.tune, self.mix])
        menu.addSeparator()
        menu.addActions([self.export, self.open_import])
        menu.addSeparator()
        menu.addActions([self.delete, self.erase])
        return menu

    def import_files(self, files: Sequence[Path]) -> None:
        """Add the people of ``.facea`` files; LoRAs are asked about one after the other."""
        for file in files:
            if file.suffix.lower() == PACKAGE_ENDING:
                self._session.start(import_file(self._session, ImportRequest(file=file)))
        self._loras += [file for file in files if file.suffix.lower() == LORA_ENDING]
        self._ask_lora()

    def choose_imports(self) -> None:
        """Ask for files to import."""
        dialog = QFileDialog(self._host, self.tr("Import people"))
        remember(dialog, self._session.root, "people")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter(self.tr("People and LoRA files (*.facea *.safetensors)"))
        dialog.filesSelected.connect(lambda names: self.import_files([Path(name) for name in names]))
        self._open(dialog)

    def _action(self, name: str, text: str, act: Callable[[], object], picture: str, key: str = "") -> QAction:
        action = QAction(text, self)
        action.setIcon(icon(picture))
        action.setObjectName(f"{name}PersonAction")
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda: act())
        return action

    def _duplicate(self) -> None:
        (person,) = self._chosen()
        name = copy_name(person.name, {other.name for other in self._session.people()})
        self._session.start(duplicate_person(self._session, person.id, name))

    def _tune(self) -> None:
        (person,) = self._chosen()
        self._session.attempt(lambda: self._ask_tuning(self._session.library.get(person.id)))

    def _ask_tuning(self, profile: Profile) -> None:
        family = self._session.models.catalogue.family(profile.family)
        status = self._session.people_status.of(profile)
        dialog = TuneDialog(self._session, profile, family, status, self._host)

        def start() -> None:
            if dialog.go_on and status.stopped is not None:
                self._session.pool.retry(status.stopped.id)
                return
            request = TuneRequest(person=profile.id, recipe=family.recipe(dialog.picker.preset), further=dialog.further)
            self._session.submit(request, job_title(request, profile.name))

        dialog.accepted.connect(start)
        self._open(dialog)

    def _mix(self) -> None:
        (person,) = self._chosen()
        self._session.go(ShowMixer(person.id))

    def _export(self) -> None:
        people = {person.id: person.name for person in self._chosen()}
        if len(people) == 1:
            ((person, name),) = people.items()
            dialog = QFileDialog(self._host, self.tr("Export {name}").format(name=name))
            remember(dialog, self._session.root, "people")
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setNameFilter(self.tr("A person (*.facea)"))
            dialog.setDefaultSuffix(PACKAGE_ENDING[1:])
            dialog.selectFile(f"{file_stem(name)}{PACKAGE_ENDING}")
            dialog.fileSelected.connect(lambda file: self._write({person: Path(file)}))
        else:
            dialog = QFileDialog(self._host, self.tr("Export {count} people to a folder").format(count=len(people)))
            remember(dialog, self._session.root, "people")
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
            dialog.fileSelected.connect(lambda folder: self._write(export_targets(people, Path(folder))))
        self._open(dialog)

    def _write(self, targets: dict[str, Path]) -> None:
        async def write() -> None:
            await export_people(self._session, targets)
            place = next(iter(targets.values()))
            shown = place if len(targets) == 1 else place.parent
            self._session.noticed.emit(self.tr("Exported to {place}.").format(place=shown))

        self._session.start(write())

    def _delete(self) -> None:
        people = self._chosen()
        ids = [person.id for person in people]

        def move() -> None:
            self._session.start(move_people_to_bin(self._session, ids))

        if any(not job.state.ended and not job.people.isdisjoint(ids) for job in self._session.jobs.all()):
            who = people[0].name if len(people) == 1 else self.tr("{count} people").format(count=len(people))
            question = self.tr("Delete {who} while jobs use them?").format(who=who)
            consequence = self.tr("The jobs stop, and do not come back with Undo.")
            ask_to_delete(self._host, "busyPerson", question, consequence, move)
        elif ids:
            move()

    def _erase(self) -> None:
        people = self._chosen()
        count = sum(self._session.index.count(PortraitQuery(person=person.id)) for person in people)
        dialog = DeleteDialog([person.name for person in people], count, self._host)

        def delete() -> None:
            ids = [person.id for person in people]
            self._session.start(delete_people(self._session, ids, portraits=dialog.portraits))

        dialog.accepted.connect(delete)
        self._open(dialog)

    def _ask_lora(self) -> None:
        if not self._loras:
            return
        dialog = LoraDialog(self._loras.pop(0), self._host)
        dialog.accepted.connect(lambda: self._session.start(import_file(self._session, dialog.request())))
        dialog.finished.connect(lambda: self._ask_lora())
        self._open(dialog)

    def _open(self, dialog: DeleteDialog | LoraDialog | TuneDialog | QFileDialog) -> None:
        self.dialog = dialog
        dialog.open()
