"""The ID library: ``people/<id>/`` with a manifest, weights, references and masks.

Every change is made under one lock and is whole or did not happen. A new person is written into ``.new-<id>`` and
renamed to its place. An update is written into ``.update-<id>``, the manifest last; once that manifest is there the
update counts, and is carried on after a crash. A deleted person is renamed to ``.gone-...`` before it is erased.
The next reader or writer finishes what a dead process left; ``Library.read`` and ``unchanged`` keep what
is read together from being of two updates.
"""

from __future__ import annotations

import hashlib
import logging
import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryFile

from facea_desktop.domain.atomic_files import (
    disk_trouble,
    make_private,
    private_folder,
    sweep_temporary,
    sync_folder,
)
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.people import NAME_CHARACTERS, Blended, Profile, Taken
from facea_desktop.library import bin_files, own_styles
from facea_desktop.library.erasure import erase_left
from facea_desktop.library.file_locks import locked, locked_if_free
from facea_desktop.library.person_files import (
    MANIFEST,
    PERSON_ID,
    hashes,
    read_manifest,
    without_checkpoints,
    write_person,
)
from facea_desktop.library.person_names import checked_name, people_called
from facea_desktop.library.person_updates import (
    erase_person,
    finish_updates,
    has_unfinished,
    settle_update,
    staging_of_new,
    staging_of_update,
)
from facea_desktop.library.portrait_files import erase_portrait, portraits_showing, sweep_stages
from facea_desktop.library.portrait_notes import forget_notes
from facea_desktop.library.previous_tuning import (
    CHECKPOINTS,
    called_otherwise,
    forget_giver_in_previous,
    settle_previous,
)

log = logging.getLogger(__name__)

_DATA_FOLDERS = ("people", "portraits", bin_files.BIN, own_styles.FOLDER, "jobs", "evaluations", "logs", "models")
"""What is in a data folder, all of it private."""
_MAY_BE_ERASING = ("people", "portraits", bin_files.BIN, own_styles.FOLDER)
"""Those in which ``sweep`` goes on with erasing; the others do so themselves."""


class Library:
    """The people below ``root/people``; several processes may use it at once.

    Attributes:
        portraits: where portraits of these people are kept.
    """

    def __init__(self, root: Path) -> None:
        self.portraits = root / "portraits"
        self._people = root / "people"
        with disk_trouble(f"open the library {root}"):
            private_folder(root)
            private_folder(self._people)

    def people(self) -> list[Profile]:
        """Everyone, oldest first; who cannot be read is left out with a warning in the log, and left alone on disk."""
        self.finish_left()
        return self._everyone()

    def _everyone(self) -> list[Profile]:
        found = []
        with disk_trouble(f"read the library {self._people}"):
            folders = [path for path in self._people.iterdir() if PERSON_ID.fullmatch(path.name)]
        for folder in folders:
            try:
                found.append(read_manifest(folder))
            except (OSError, ValueError) as error:
                reason = str(error).splitlines()[0]
                log.warning("%s is left out of the library: its %s cannot be used (%s)", folder.name, MANIFEST, reason)
        return sorted(found, key=lambda profile: (profile.created, profile.id))

    def check_writable(self) -> None:
        """See that people can be changed, before long work is done that would be lost.

        Raises:
            UserError: the disk refuses.
        """
        with disk_trouble(f"write into the data folder {self._people.parent}"), TemporaryFile(dir=self._people):
            pass

    def get(self, key: str) -> Profile:
        """The person with this id, this name (if nobody shares it) or an id that begins so (four digits or more).

        Raises:
            UserError: nobody, or more than one.
        """
        self.finish_left()
        return self._person(key)

    def _person(self, key: str) -> Profile:
        found = self._called(key)
        if len(found) == 1:
            return found[0]
        if not found:
            if PERSON_ID.fullmatch(key) and self.folder(key).exists():
                raise UserError(f"{key} cannot be read: its {MANIFEST} is damaged. Delete it or restore it by hand.")
            raise UserError(f"No one in the library is called {key!r}. List the people to see the names.")
        names = ", ".join(f"{profile.name} ({profile.id})" for profile in found)
        raise UserError(f"{key!r} matches {len(found)} people: {names}. Give the id.")

    def folder(self, person: str) -> Path:
        """Where the files of the person with this id lie, or would lie."""
        if not PERSON_ID.fullmatch(person):
            raise ValueError(f"{person!r} is not an id")
        return self._people / person

    def new_id(self) -> str:
        """An id that nobody has."""
        while self.folder(person := secrets.token_hex(6)).exists():
            pass
        return person

    def create(self, profile: Profile, files: Mapping[str, bytes]) -> Profile:
        """Add a person with these files; the profile that is stored, and returned, carries their hashes.

        Raises:
            UserError: the disk refuses, or the id is there already; the library is as it was.
        """
        with self.changing(f"save {profile.name}"):
            place = self.folder(profile.id)
            if place.exists():
                raise UserError(f"A person with the id {profile.id} already exists. Delete that person first.")
            stored = profile.model_copy(update={"files": hashes(files)})
            staging = staging_of_new(self._people, profile.id)
            write_person(staging, stored, files)
            staging.rename(place)
            sync_folder(self._people)
        return stored

    def update(self, profile: Profile, files: Mapping[str, bytes] | None = None, remove: Iterable[str] = ()) -> Profile:
        """Replace the manifest, write ``files`` and drop those in ``remove``; the other files stay.

        Raises:
            UserError: the person is gone, or the disk refuses: the person is as before. An update whose last moves
                failed, as a file is held open, is no failure: the next reader finishes it.
        """
        with self.changing(f"save {profile.name}"):
            return self._update(profile, files or {}, remove)

    def change(
        self,
        person: str,
        changed: Callable[[Profile], Profile],
        files: Mapping[str, bytes] | None = None,
        remove: Iterable[str] = (),
    ) -> Profile:
        """``update`` with what ``changed`` makes of the profile as it is now; nobody else changes it in between.

        Raises:
            UserError: as ``update``; what ``changed`` raises leaves the person as before.
        """
        with self.changing(f"save {person}"):
            return self._update(changed(self._person(person)), files or {}, remove)

    def rename(self, person: str, name: str) -> Profile:
        """Give the person with this id another name.

        Raises:
            UserError: there is no such person, or the name cannot be used.
        """
        checked = checked_name(name)
        return self.change(person, lambda now: now.model_copy(update={"name": checked}))

    def duplicate(self, person: str, name: str) -> Profile:
        """A new person with the same files under another name; checkpoints are not copied.

        Raises:
            UserError: there is no such person, the name cannot be used, or the disk refuses.
        """
        profile, files = self.read(person)
        changes = {"id": self.new_id(), "name": checked_name(name), "created": datetime.now(UTC)}
        return self.create(without_checkpoints(profile).model_copy(update=changes), files)

    def read(self, key: str) -> tuple[Profile, dict[str, bytes]]:
        """A person, found as by ``get``, and the files that belong to just this profile: nobody changes them meanwhile.

        Raises:
            UserError: as ``get`` and ``read_files``.
        """
        with self.unchanged():
            profile = self._person(key)
            return profile, self._files_of(profile)

    def read_files(self, profile: Profile) -> dict[str, bytes]:
        """The person's files as the manifest names them now, also where it is newer than ``profile``.

        Raises:
            UserError: one is missing or is not what was stored, or the person is gone.
        """
        return self.read(profile.id)[1]

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        """Nobody of this or another process changes anybody, so that several files belong together.

        Nothing may be changed inside. In a folder that may not be written nobody is waited for.
        """
        with ExitStack() as held:
            try:
                held.enter_context(locked(self._people / ".lock"))
            except OSError as error:
                log.warning("the library is read without its lock: %s", error)
            else:
                self._recover()
            yield

    def _files_of(self, profile: Profile) -> dict[str, bytes]:
        files = {}
        for name, digest in profile.files.items():
            with disk_trouble(f"read {name} of {profile.name}"):
                files[name] = (self.folder(profile.id) / name).read_bytes()
            if hashlib.sha256(files[name]).hexdigest() != digest:
                raise UserError(f"{name} of {profile.name} was changed outside the program. Tune or enrol again.")
        return files

    def delete(self, person: str, *, portraits: bool = False) -> None:
        """Delete the person with this id and everything tuned from the photos, checkpoints included.

        The person leaves the library in one rename, then contents are overwritten with zeros and unlinked. On a disk
        that writes in place that is the end of them. SSDs, copy-on-write file systems, snapshots and backups may keep
        old blocks or copies that no program can reach: there, only disk encryption keeps them from being read.

        Mixes and blends with the person stay, and forget whose these were.

        Args:
            person: the whole id; a person whose manifest is damaged can be deleted too.
            portraits: also erase the pictures in ``portraits`` whose embedded request names the person, be it among
                others, with their stages.

        Raises:
            UserError: there is no such person, or a file is held open; erasing continues at the next start.
        """
        with self.changing(f"delete {person}"):
            if not PERSON_ID.fullmatch(person) or not self.folder(person).exists():
                raise UserError(f"No one in the library has the id {person!r}. List the people to see the ids.")
            if portraits:  # first, so that a person whose portraits are left is still there to be deleted again
                for path in self.portraits_of(person):
                    erase_portrait(path)
                forget_notes(self.portraits)
            self._call_giver(person, None, "somebody")
            erase_person(self.folder(person))

    def forget_giver(self, person: str) -> None:
        """Mixes with attributes of the person with this id, who is gone, forget whose these were.

        Raises:
            UserError: the disk refuses; it may be repeated.
        """
        with self.changing(f"forget {person}"):
            self._call_giver(person, None, "somebody")

    def sweep(self) -> None:
        """Finish or undo what a process that died left half-done, and note whose consent has ended; call it at start.

        Raises:
            UserError: the disk refuses.
        """
        with self.changing("tidy the library"):
            for name in _DATA_FOLDERS:
                make_private(self._people.with_name(name))
            for name in _MAY_BE_ERASING:
                erase_left(self._people.with_name(name))
            self._note_ends()
            self._settle_previous()
            root = self._people.parent
            for folder in (root, *(path for name in _DATA_FOLDERS if (path := root / name).is_dir())):
                sweep_temporary(folder.glob(".*.tmp") if folder == root else folder.rglob(".*.tmp"))
            sweep_stages(self.portraits)

    @contextmanager
    def changing(self, doing: str) -> Iterator[None]:
        """Nobody else changes anything meanwhile; what dead processes left half-done is finished before.

        Raises:
            UserError: in place of an OSError: could not do what ``doing`` says ("save Anna").
        """
        with disk_trouble(doing), locked(self._people / ".lock"):
            self._recover()
            yield

    def finish_left(self) -> None:
        """Finish an update that a dead process had begun; one of a living process is not waited for, as until its end
        the old manifest holds."""
        try:
            if has_unfinished(self._people) or bin_files.has_left(self._people.parent):
                with locked_if_free(self._people / ".lock") as held:
                    if held:
                        self._recover()
        except OSError as error:  # readers need no write permission
            log.warning("what a process left half-done stays so: %s", error)

    def _recover(self) -> None:
        finish_updates(self._people)
        bin_files.finish_left(self._people.parent)

    def _note_ends(self) -> None:
        """Whose consent has ended keeps that, so that a clock that goes back does not revive it."""
        for profile in self._everyone():
            if profile.consent.ended and not profile.consent.over:
                over = profile.consent.model_copy(update={"over": True})
                self._update(profile.model_copy(update={"consent": over}), {}, ())

    def _settle_previous(self) -> None:
        for profile in self._everyone():
            if (self.folder(profile.id) / CHECKPOINTS).is_dir():
                try:
                    settle_previous(self.folder(profile.id), profile)
                except OSError as error:
                    log.warning("the tuning before of %s is left for the next start: %s", profile.id, error)

    def _update(self, profile: Profile, files: Mapping[str, bytes], remove: Iterable[str]) -> Profile:
        kept = dict(self._person(profile.id).files)
        for name in remove:
            kept.pop(name, None)
        stored = profile.model_copy(update={"files": kept | hashes(files)})
        staging = staging_of_update(self._people, profile.id)
        write_person(staging, stored, files)
        try:
            settle_update(staging, self.folder(profile.id))
        except OSError as error:  # it counts from the moment on when its manifest was complete
            log.warning("an update will be finished by the next reader: %s", error)
        return stored

    def _call_giver(self, giver: str, known: str | None, name: str) -> None:
        """Mixes call who gave them an attribute by another name, in their own name too, and so do mixes of those.

        Args:
            known: the giver's id from now on; None where nobody is to know.
        """
        for folder in [one for one in self._people.iterdir() if PERSON_ID.fullmatch(one.name) and one.name != giver]:
            if known is None:
                forget_giver_in_previous(folder, giver)
            try:
                if giver.encode() not in (folder / MANIFEST).read_bytes():
                    continue
                mixed = read_manifest(folder)
            except (OSError, ValueError):  # damaged: nothing in it can be changed
                continue
            change = {"person": known, "name": name if known is not None else None}
            own = mixed.name
            givers: list[Taken | Blended] = [*mixed.taken, *mixed.blended]
            for given in {one.name for one in givers if one.person == giver and one.name}:
                own = re.sub(rf"(?<!\w){re.escape(given)}(?!\w)", lambda _: name, own)
            own = own[:NAME_CHARACTERS].rstrip()
            self._update(mixed.model_copy(update=called_otherwise(mixed, giver, change) | {"name": own}), {}, ())
            if own != mixed.name:
                self._call_giver(mixed.id, mixed.id, own)

    def _called(self, key: str) -> list[Profile]:
        if PERSON_ID.fullmatch(key) and self.folder(key).exists():
            try:
                return [read_manifest(self.folder(key))]
            except (OSError, ValueError):
                return []
        return people_called(key, self._everyone())

    def portraits_of(self, person: str) -> list[Path]:
        """The pictures in ``portraits`` whose embedded request names the person with this id, be it among others."""
        names = {person: True}  # what pictures call people, and whether it is this one

        def is_meant(name: str) -> bool:
            if name not in names:
                by_name = [] if PERSON_ID.fullmatch(name) else self._called(name)
                names[name] = [profile.id for profile in by_name] == [person]
            return names[name]

        return portraits_showing(self.portraits, is_meant)
