"""The queue on disk."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from facea_desktop.domain.requests import PortraitRequest
from facea_desktop.workers import store as store_module
from facea_desktop.workers.jobs import Job
from facea_desktop.workers.store import JobStore


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
