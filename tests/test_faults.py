"""Every kind of save, killed at every moment and refused at every call: nothing is lost, and nothing false is said."""

from __future__ import annotations

import errno
import io
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from safetensors.numpy import save

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import FACE, Subject
from facea_desktop.domain.generations import generation_of
from facea_desktop.domain.people import Profile, Recipe, Reference, Tuning
from facea_desktop.library.adapter_checks import AdapterLayout
from facea_desktop.library.bin import Bin
from facea_desktop.library.facea_file import export_person, import_person
from facea_desktop.library.id_library import Library
from facea_desktop.library.portrait_export import ExportOptions, export_portraits
from facea_desktop.library.portrait_files import erase_portrait, stages_of
from facea_desktop.library.portrait_notes import Note, add_notes, keep_notes, read_notes
from facea_desktop.library.portrait_png import save_portrait
from facea_desktop.models.model_store import ModelStore
from facea_desktop.ui.settings_file import Settings, load_settings, save_settings
from facea_desktop.workers.job import Job
from facea_desktop.workers.job_store import JobStore
from tests.faults import dies_at, failing_at, needs_fork, quiet_fork

ANNA, BEN, CLEO = "a" * 12, "b" * 12, "c" * 12
LAYOUT = AdapterLayout({"mid_block.attentions.0.proj_in": (4, 4)}, 4)
OLD_WORDS, NEW_WORDS = b"old" * 1000, b"new" * 1000


def png(mode: str = "RGB") -> bytes:
    data = io.BytesIO()
    Image.new(mode, (8, 8)).save(data, "PNG")
    return data.getvalue()


def weights(fill: float) -> bytes:
    module = "unet.mid_block.attentions.0.proj_in"
    down, up = np.full((1, 4), fill, np.float32), np.full((4, 1), fill, np.float32)
    return save({f"{module}.lora_A.weight": down, f"{module}.lora_B.weight": up})


def anna(fill: float = 0) -> tuple[Profile, dict[str, bytes]]:
    profile = Profile(
        id=ANNA,
        name="Anna",
        subject=Subject.WOMAN,
        family="small",
        created=datetime(2026, 1, 1, tzinfo=UTC),
        references=(Reference(index=0, parts=(FACE,)),),
        tuning=Tuning(generation=generation_of("starter"), recipe=Recipe(rank=1, features=0), seed=0, step=1),
    )
    files = {"adapter.safetensors": weights(fill), "references/0.png": png(), "masks/0-face.png": png("L")}
    return profile, files


def portrait(root: Path, name: str = "x") -> Path:
    return root / "portraits" / f"{name}.png"


def job(number: int) -> Job:
    request = {"kind": "portrait", "person": ANNA}
    return Job.model_validate({"id": f"{number:012x}", "request": request, "title": "x", "place": 0.0})


@dataclass(frozen=True)
class Save:
    """A kind of save.

    Attributes:
        act: does it, to a data folder with Anna and two pictures.
        seen: what of it is there; it is called before, after, and after a fault, when everything was tidied.
        several: it is made of steps that count one by one, so what lies between old and new is right too.
    """

    act: Callable[[Path], object]
    seen: Callable[[Path], object]
    several: bool = False


def people(root: Path) -> object:
    library = Library(root)
    return [(one, library.read_files(one)) for one in library.people()]


def update(root: Path) -> None:
    files = {"adapter.safetensors": weights(1), "references/1.png": png()}
    changes = {"name": "Anne", "references": (Reference(index=1, parts=(FACE,)),)}
    Library(root).change(ANNA, lambda now: now.model_copy(update=changes), files, ["references/0.png"])


def pictures(folder: str) -> Callable[[Path], object]:
    def seen(root: Path) -> object:
        found = {path.name: path for path in sorted((root / folder).rglob("*.png")) if path.name[0] != "."}
        return {name: np.asarray(Image.open(path)).sum() for name, path in found.items()}

    return seen


def enqueue(root: Path) -> None:
    store = JobStore(root)
    store.save(job(1))
    store.forget(job(0))
    store.close()


def queue(root: Path) -> object:
    store = JobStore(root)
    try:
        return [one.id for one in store.load()]
    finally:
        store.close()


def exported(root: Path) -> object:
    elsewhere = root / "elsewhere"
    shutil.rmtree(elsewhere, ignore_errors=True)
    if (root / "anna.facea").read_bytes() == b"OLD":
        return b"OLD"
    other = Library(elsewhere)
    found = import_person(other, root / "anna.facea", lambda family: LAYOUT)
    seen = found, other.read_files(found)
    shutil.rmtree(elsewhere)
    return seen


def binned(root: Path) -> object:
    """Who and what is where, with what was noted; entries by what they hold, as their ids are drawn."""
    library, folder = Library(root), root / "bin"
    inside = {}
    for entry in Bin(root).entries():
        files = {path.relative_to(folder / entry.id).as_posix() for path in (folder / entry.id).rglob("*.*")}
        inside[entry.name] = files, [note.stars for note in entry.notes]
    return [one.name for one in library.people()], sorted(pictures("portraits")(root)), notes(root), inside


def erase_cleo(root: Path) -> None:
    for entry in Bin(root).entries():
        Bin(root).erase(entry)


def notes(root: Path) -> object:
    return {name: note.stars for name, note in read_notes(root / "portraits").items()}


SAVES = {
    "create": Save(lambda root: Library(root).create(anna()[0].model_copy(update={"id": BEN}), anna()[1]), people),
    "update": Save(update, people),
    "rename": Save(lambda root: Library(root).rename(ANNA, "Zoe"), people),
    "delete": Save(lambda root: Library(root).delete(ANNA), people),
    "bin": Save(lambda root: Bin(root).put_person(ANNA, [root / "evaluations" / "of-anna"]), binned),
    "bin a portrait": Save(lambda root: Bin(root).put_portraits([portrait(root)]), binned),
    "restore": Save(lambda root: Bin(root).restore([one.id for one in Bin(root).entries()]), binned),
    "empty the bin": Save(erase_cleo, binned),
    "import": Save(lambda root: import_person(Library(root), root / "in.facea", lambda family: LAYOUT), lambda root: [
        (one.name, Library(root).read_files(one)) for one in Library(root).people()
    ]),
    "export": Save(lambda root: export_person(Library(root), ANNA, root / "anna.facea"), exported),
    "portrait": Save(
        lambda root: save_portrait(portrait(root, "z"), Image.new("RGB", (8, 8)), "{}"), pictures("portraits")
    ),
    "erase": Save(lambda root: erase_portrait(portrait(root)), pictures("portraits"), several=True),
    "pictures": Save(
        lambda root: export_portraits([(portrait(root), "Anna")] * 2, root / "out", ExportOptions()),
        pictures("out"),
        several=True,
    ),
    "rate": Save(lambda root: add_notes(root / "portraits", Note(picture="x.png", stars=5)), notes),
    "forget ratings": Save(lambda root: keep_notes(root / "portraits", lambda name: name == "y.png"), notes),
    "settings": Save(lambda root: save_settings(root, Settings(theme="light")), load_settings),
    "models": Save(lambda root: ModelStore(root).use("starter"), lambda root: ModelStore(root).active_family().name),
    "queue": Save(enqueue, queue, several=True),
}  # fmt: skip


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("furnished") / "data"
    library = Library(root)
    library.create(*anna())
    export_person(library, ANNA, root / "in.facea")
    (root / "anna.facea").write_bytes(b"OLD")
    for name in ("x", "y"):
        for path in (portrait(root, name), *stages_of(portrait(root, name))):
            save_portrait(path, Image.new("RGB", (8, 8), "white"), "{}")
    add_notes(root / "portraits", Note(picture="x.png", stars=1), Note(picture="y.png", stars=2))
    library.create(anna()[0].model_copy(update={"id": CLEO, "name": "Cleo"}), anna()[1])
    for person in (ANNA, CLEO):
        for path in (portrait(root, person), *stages_of(portrait(root, person))):
            save_portrait(path, Image.new("RGB", (8, 8)), f'{{"person": "{person}"}}')
        add_notes(root / "portraits", Note(picture=f"{person}.png", stars=3))
    (root / "evaluations" / "of-anna").mkdir(parents=True)
    (root / "evaluations" / "of-anna" / "comparison.json").write_text("{}")
    Bin(root).put_person(CLEO)
    save_settings(root, Settings(theme="dark"))
    store = JobStore(root)
    store.save(job(0))
    store.close()
    return root


def tidy(root: Path) -> None:
    """What a start does."""
    Library(root).sweep()
    with suppress(FileNotFoundError):
        export_portraits([], root / "out", ExportOptions())


def left_over(root: Path) -> list[str]:
    names = [path.relative_to(root).as_posix() for path in root.rglob(".*")]
    return [name for name in names if not name.endswith((".lock", ".notes.lock"))]


@pytest.fixture
def fresh(furnished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Path]:
    monkeypatch.setattr(os, "fsync", lambda handle: None)  # it is counted; nobody pulls a plug here

    def make() -> Path:
        shutil.rmtree(tmp_path / "data", ignore_errors=True)
        return shutil.copytree(furnished, tmp_path / "data")

    return make


def ends(kind: Save, fresh: Callable[[], Path]) -> tuple[object, object]:
    root = fresh()
    before = kind.seen(root)
    kind.act(root)
    return before, kind.seen(root)


@needs_fork
@quiet_fork
@pytest.mark.parametrize("name", SAVES)
def test_a_kill_at_any_moment_leaves_the_old_or_the_new(name: str, fresh: Callable[[], Path]) -> None:
    kind = SAVES[name]
    before, after = ends(kind, fresh)
    moment, died = 0, True
    while died:
        root = fresh()
        died = dies_at(moment, lambda root=root: kind.act(root))
        tidy(root)
        seen = kind.seen(root)
        assert kind.several or seen in (before, after), f"killed at {moment}"
        assert left_over(root) == [], f"killed at {moment}"
        moment += 1
    assert seen == after or name == "import"  # which gives a new id
    assert moment > 1


@pytest.mark.parametrize(
    ("error", "sticky"), [(errno.ENOSPC, True), (errno.ENOSPC, False), (errno.EIO, False), (errno.EACCES, False)]
)
@pytest.mark.parametrize("name", SAVES)
def test_whatever_the_disk_refuses_is_one_true_line(
    name: str, error: int, sticky: bool, fresh: Callable[[], Path]
) -> None:
    kind = SAVES[name]
    before, after = ends(kind, fresh)
    moment = 0
    while True:
        root = fresh()
        said = ""
        with failing_at(moment, error, sticky=sticky) as failed:
            try:
                kind.act(root)
            except UserError as told:
                said = str(told)
        if not failed:
            break
        tidy(root)
        seen, where = kind.seen(root), f"{moment} {failed[0]}: {said!r}"
        assert "\n" not in said
        if not kind.several:
            assert seen == (after if not said or "is deleted, but" in said else before), where
        assert left_over(root) == [], where
        moment += 1
    assert moment > 1


@pytest.mark.parametrize("code", [errno.EIO, errno.EACCES, errno.ENOSPC])
def test_what_the_disk_refuses_while_tuning_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    import torch

    from facea_desktop.engine.checkpoints import Checkpoint, write_checkpoint

    def refuse(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(UserError) as refused:
        write_checkpoint(tmp_path / "checkpoints" / "last.safetensors", Checkpoint(1, "", (), {"a": torch.zeros(1)}))
    assert "\n" not in str(refused.value)
    assert list((tmp_path / "checkpoints").iterdir()) == []
