"""The queue on disk."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from facea_desktop.domain.events import (
    DeviceSelected,
    Losses,
    Measured,
    Painted,
    Preview,
    Progress,
    Started,
    Warned,
)
from facea_desktop.domain.mix_requests import BlendRequest
from facea_desktop.domain.requests import BatchRequest, PortraitRequest
from facea_desktop.workers import job_store as store_module
from facea_desktop.workers.job import Job
from facea_desktop.workers.job_store import JobStore


def job(number: int) -> Job:
    return Job(id=f"{number:012x}", request=PortraitRequest(person="a" * 12), title="Anna", place=number)


def test_a_full_disk_that_loses_the_queue_is_said_once_and_made_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    store = JobStore(tmp_path, said.append)
    write = store_module.write_atomically

    def full(path: Path, data: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(store_module, "write_atomically", full)
    for number in range(3):
        store.save(job(number))
    store.forget_people(["b" * 12]).result()  # waits until all that was written
    assert len(said) == 1
    assert "the disk is full" in said[0]
    assert "lost when the program ends" in said[0]
    store.forget(job(1))
    monkeypatch.setattr(store_module, "write_atomically", write)
    store.save(job(3))
    store.close()
    again = JobStore(tmp_path)
    assert [one.id for one in again.load()] == [job(number).id for number in (0, 2, 3)]
    again.close()


def test_masks_of_a_batch_go_with_the_last_job_that_names_them(tmp_path: Path) -> None:
    mask = tmp_path / "portraits" / ".masks" / "1.png"
    mask.parent.mkdir(parents=True)
    mask.write_bytes(b"a mask")
    item = PortraitRequest(person="a" * 12, picture=tmp_path / "x.png", mask=mask)
    batch = Job(id="1" * 12, request=BatchRequest(items=(item, item)), title="x", place=1)
    jobs = [batch, Job(id="2" * 12, request=item, title="x", place=2)]
    for gone in jobs:
        assert mask.exists()
        store = JobStore(tmp_path)
        for one in jobs[jobs.index(gone) :]:
            store.save(one)
        store.forget(gone)
        store.close()
    assert not mask.exists()


def test_a_blend_is_about_both_of_its_people() -> None:
    blend = BlendRequest(person="a" * 12, other="b" * 12, part=0.5, name="Both")
    assert Job(id="c" * 12, request=blend, title="x", place=0).people == {"a" * 12, "b" * 12}


def test_what_a_job_told_is_read_back_also_as_the_first_versions_wrote_it(tmp_path: Path) -> None:
    store = JobStore(tmp_path)
    one = job(1)
    picture = tmp_path / "portraits" / "x.png"
    told = [
        Started("painting", 4), DeviceSelected("Processor", "fp32"), Losses(1, 0.5, 0.25), Measured(1, 0.75),
        Warned("It is dark."), Painted(picture, 7, None, None, 0.8, None, 0.1),
    ]  # fmt: skip
    store.save(one)
    for event in [*told, Progress(1, 4, None), Preview(7, b"\x89PNG")]:
        store.add(one.id, event)
    store.close()
    old = [
        '["Started", {"what": "painting", "total": 4}]',
        '["Placed", {"device": "Processor", "precision": "fp32"}]',
        '["Losses", {"step": 1, "face": 0.5, "attribute": 0.25}]',
        '["Measured", {"step": 1, "likeness": 0.75}]',
        '["Warned", {"message": "It is dark."}]',
        '["Painted", {"path": "portraits/x.png", "seed": 7, "context": null, "mask": null, "likeness": 0.8, '
        '"own_photos": null, "strangers": 0.1}]',
        '["Painted", {"path": "cut',
        '["Unheard", {"of": 1}]',
        '{"kind": "unheard"}',
    ]
    (tmp_path / "jobs" / f"{job(2).id}.events").write_text("\n".join(old))
    again = JobStore(tmp_path)
    assert again.history(one.id) == told
    assert again.history(job(2).id) == told
    again.close()
