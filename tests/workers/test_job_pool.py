"""The queue under a real Qt loop, real threads and real processes; only what the processes do is scripted."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import QObject, QThread, Slot
from qasync import QEventLoop
from scripted_engine import scripted

from facea_desktop.domain.errors import OUR_FAULT, CancelledError, UserError
from facea_desktop.domain.events import DeviceSelected, Event, Losses, Painted, Progress, Warned
from facea_desktop.domain.faces import Attribute
from facea_desktop.domain.mix_requests import AttributeSource, MixRequest
from facea_desktop.domain.outcomes import ComparisonMade, PersonMade
from facea_desktop.domain.people import Recipe
from facea_desktop.domain.requests import ComparisonRequest, FetchRequest, LikenessRequest, PortraitRequest, TuneRequest
from facea_desktop.workers.engine_process import CancelMessage, EngineSettings
from facea_desktop.workers.job import Job, JobState
from facea_desktop.workers.job_pool import JobPool
from facea_desktop.workers.job_store import JobStore
from tests.jobs import ended


def tune(word: str) -> TuneRequest:
    return TuneRequest(person=word, recipe=Recipe(steps=3))


class Ear(QObject):
    """Keeps what the pool says, and in which thread it was heard."""

    def __init__(self, pool: JobPool) -> None:
        super().__init__()
        self.events: list[Event] = []
        self.states: list[tuple[str, JobState]] = []
        self.threads: set[QThread] = set()
        pool.eventReceived.connect(self.hear)
        pool.jobChanged.connect(self.see)

    @Slot(str, object)
    def hear(self, job: str, event: Event) -> None:
        self.events.append(event)
        self.threads.add(QThread.currentThread())

    @Slot(object)
    def see(self, job: Job) -> None:
        self.states.append((job.title, job.state))


@pytest.fixture
def start(loop: QEventLoop, tmp_path: Path) -> Iterator[Callable[[], JobPool]]:
    """Open a pool on one data folder, as often as a test restarts the program."""
    pools: list[JobPool] = []

    def open_pool() -> JobPool:
        pools.append(JobPool(EngineSettings(tmp_path), scripted))
        return pools[-1]

    yield open_pool
    for pool in pools:
        loop.run_until_complete(pool.close())


@pytest.fixture
def pool(start: Callable[[], JobPool]) -> JobPool:
    return start()


async def running(pool: JobPool, job: Job, said: type[Event] = Progress) -> None:
    """Until the job's process has said something."""
    for _ in range(2000):
        if pool.progress(job.id) if said is Progress else any(isinstance(e, said) for e in pool.history(job.id)):
            return
        await asyncio.sleep(0.01)
    raise AssertionError("the job did not start")


def deeds(root: Path) -> list[list[str]]:
    return [line.split() for line in (root / "done.log").read_text().splitlines()]


def test_a_job_runs_to_its_end_and_its_events_arrive_in_the_main_thread(loop: QEventLoop, pool: JobPool) -> None:
    ear = Ear(pool)
    job = pool.submit(tune("good"), "one")
    assert loop.run_until_complete(ended(pool, job)) == [JobState.DONE]
    assert ear.threads == {QThread.currentThread()}
    assert [event.step for event in ear.events if isinstance(event, Progress)] == [1, 2, 3]
    assert pool.history(job.id)[0] == ear.events[0]
    assert [event for event in pool.history(job.id) if isinstance(event, Losses)][-1] == Losses(2, 0.5, 0.25)
    assert [state for _, state in ear.states] == [JobState.RUNNING, JobState.DONE]
    done = pool.job(job.id)
    assert done is not None
    assert done.person == "good"


def test_jobs_run_in_order_in_one_process_that_stays(loop: QEventLoop, pool: JobPool, tmp_path: Path) -> None:
    jobs = [pool.submit(tune(f"good {i}"), str(i)) for i in range(3)]
    urgent = pool.submit(tune("good urgent"), "urgent", first=True)
    loop.run_until_complete(ended(pool, *jobs, urgent))
    rows = deeds(tmp_path)
    assert [row[1] for row in rows] == ["0", "urgent", "1", "2"]
    assert len({row[2] for row in rows}) == 1


def test_a_waiting_job_can_be_moved(loop: QEventLoop, pool: JobPool, tmp_path: Path) -> None:
    jobs = [pool.submit(tune(f"good {i}"), str(i)) for i in range(4)]
    pool.move(jobs[3].id, jobs[1].id)
    pool.move(jobs[1].id, None)
    assert [job.title for job in pool.jobs()] == ["0", "3", "2", "1"]
    loop.run_until_complete(ended(pool, *jobs))
    assert [row[1] for row in deeds(tmp_path)] == ["0", "3", "2", "1"]


def test_what_the_user_can_mend_is_said_and_the_queue_goes_on(loop: QEventLoop, pool: JobPool) -> None:
    bad, good = pool.submit(tune("bad"), "bad"), pool.submit(tune("good"), "good")
    assert loop.run_until_complete(ended(pool, bad, good)) == [JobState.FAILED, JobState.DONE]
    failed = pool.job(bad.id)
    assert failed is not None
    assert failed.error == "bad cannot be done; do something else."


def test_a_bug_fails_its_job_with_a_line_and_leaves_its_traceback_in_the_log(
    loop: QEventLoop, pool: JobPool, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        bug, good = pool.submit(tune("bug"), "bug"), pool.submit(tune("good"), "good")
        assert loop.run_until_complete(ended(pool, bug, good)) == [JobState.FAILED, JobState.DONE]
    failed = pool.job(bug.id)
    assert failed is not None
    assert failed.error == OUR_FAULT
    assert "ZeroDivisionError" in caplog.text


def test_cancelling_a_waiting_job_leaves_the_running_one_alone(loop: QEventLoop, pool: JobPool) -> None:
    async def go() -> None:
        first, second, third = (pool.submit(tune(word), word) for word in ("long", "good 2", "good 3"))
        await running(pool, first)
        pool.cancel(second.id)
        assert [job.state for job in (pool.job(first.id), pool.job(second.id)) if job] == [
            JobState.RUNNING,
            JobState.CANCELLED,
        ]
        pool.cancel(first.id)
        assert await ended(pool, first, third) == [JobState.CANCELLED, JobState.DONE]

    loop.run_until_complete(go())


def test_a_tuning_that_is_good_enough_is_done_and_no_other_job_ends_with_it(loop: QEventLoop, pool: JobPool) -> None:
    async def go() -> None:
        first, second = pool.submit(tune("patient"), "one"), pool.submit(tune("patient again"), "two")
        await running(pool, first)
        pool.finish(second.id)  # has learned nothing yet
        pool.finish(first.id)
        assert await ended(pool, first) == [JobState.DONE]
        await running(pool, second)
        assert [job.finished_early for job in pool.jobs()] == [False, True]
        pool.finish(second.id)
        assert await ended(pool, second) == [JobState.DONE]

    loop.run_until_complete(go())


def test_a_job_that_does_not_stop_loses_its_process_and_the_next_gets_a_new_one(
    loop: QEventLoop, pool: JobPool, tmp_path: Path
) -> None:
    async def go() -> None:
        deaf, good = pool.submit(tune("deaf"), "deaf"), pool.submit(tune("good"), "good")
        await running(pool, deaf, Warned)
        pool._lanes.workers["best device"].grace_s = 0.1
        pool.cancel(deaf.id)
        assert await ended(pool, deaf, good) == [JobState.CANCELLED, JobState.DONE]

    loop.run_until_complete(go())
    assert len({row[-2] for row in deeds(tmp_path)}) == 2


def test_a_process_that_hangs_is_replaced_and_its_job_has_failed(loop: QEventLoop, pool: JobPool) -> None:
    async def go() -> None:
        first = pool.submit(tune("good"), "first")
        await ended(pool, first)
        pool._lanes.workers["best device"].silence_s = 5.0
        stuck, good = pool.submit(tune("stuck"), "stuck"), pool.submit(tune("good"), "good")
        assert await ended(pool, stuck, good) == [JobState.FAILED, JobState.DONE]
        failed = pool.job(stuck.id)
        assert failed is not None
        assert failed.error is not None
        assert "try again" in failed.error

    loop.run_until_complete(go())


@pytest.mark.parametrize("way", ["exits", "is killed"])
def test_a_process_that_dies_fails_its_job_with_a_remedy_and_the_queue_goes_on(
    loop: QEventLoop, pool: JobPool, way: str
) -> None:
    async def go() -> None:
        job = pool.submit(tune("dies" if way == "exits" else "long"), way)
        good = pool.submit(tune("good"), "good")
        if way == "is killed":
            await running(pool, job)
            pid = pool._lanes.workers["best device"].pid
            assert pid is not None
            os.kill(pid, signal.SIGKILL)
        assert await ended(pool, job, good) == [JobState.FAILED, JobState.DONE]
        failed = pool.job(job.id)
        assert failed is not None
        assert failed.error is not None
        assert "memory" in failed.error

    loop.run_until_complete(go())


def test_after_a_restart_what_waited_waits_and_what_ran_can_be_resumed(
    loop: QEventLoop, start: Callable[[], JobPool], tmp_path: Path
) -> None:
    async def go() -> None:
        first = start()
        ran, waited = first.submit(tune("long"), "ran"), first.submit(tune("good"), "waited")
        await running(first, ran)
        keep_checkpoint(tmp_path, "long")
        await first.close()
        second = start()
        assert [(job.title, job.state) for job in second.jobs()] == [
            ("waited", JobState.WAITING),
            ("ran", JobState.INTERRUPTED),
        ]
        interrupted = second.job(ran.id)
        assert interrupted is not None
        assert interrupted.can_resume
        again = second.retry(ran.id)
        assert isinstance(again.request, TuneRequest)
        assert again.request.resume
        assert second.job(ran.id) is None
        await running(second, again) if second.job(again.id).state is JobState.RUNNING else None  # type: ignore[union-attr]
        second.cancel_all()
        await ended(second, again, waited)

    loop.run_until_complete(go())


def keep_checkpoint(root: Path, person: str) -> None:
    folder = root / "people" / person / "checkpoints"
    folder.mkdir(parents=True)
    (folder / "last.safetensors").write_bytes(b"weights")


def test_a_tuning_that_stopped_before_its_first_checkpoint_begins_anew(loop: QEventLoop, pool: JobPool) -> None:
    async def go() -> None:
        before, waiting = pool.submit(tune("long"), "before"), pool.submit(tune("good"), "waiting")
        pool.cancel(waiting.id)
        again = pool.retry(waiting.id)
        assert isinstance(again.request, TuneRequest)
        assert not again.request.resume
        pool.cancel_all()
        await ended(pool, before, again)

    loop.run_until_complete(go())


def test_a_device_that_gets_its_name_while_it_works_takes_no_second_job(loop: QEventLoop, pool: JobPool) -> None:
    async def go() -> None:
        job = pool.submit(tune("long"), "first")
        await running(pool, job)
        pool.configure(EngineSettings(pool._root), ("cuda:0", "cuda:1"))
        second, third = pool.submit(tune("long a"), "second"), pool.submit(tune("long b"), "third")
        await running(pool, second)
        states = [found.state for one in (second, third) if (found := pool.job(one.id))]
        assert states == [JobState.RUNNING, JobState.WAITING]
        assert sorted(pool._busy) == ["best device", "cuda:1"]
        pool.cancel(job.id)
        await running(pool, third)
        assert sorted(pool._busy) == ["cuda:0", "cuda:1"]
        assert "best device" not in pool._lanes.workers
        pool.cancel_all()
        await ended(pool, second, third)

    loop.run_until_complete(go())


async def on_disk(pool: JobPool) -> None:
    """Until the writer's thread has written all that the pool gave it."""
    await asyncio.wrap_future(pool._store._writer.submit(lambda: None))


def test_changed_models_are_loaded_by_a_fresh_process(loop: QEventLoop, pool: JobPool, tmp_path: Path) -> None:
    async def go() -> None:
        await ended(pool, pool.submit(tune("good"), "one"))
        await ended(pool, pool.submit(tune("good"), "two"))
        pool.renew_models()
        pool.configure(EngineSettings(tmp_path))  # which knows nothing of the models
        await ended(pool, pool.submit(tune("good"), "three"))

    loop.run_until_complete(go())
    pids = [line.split()[1] for line in (tmp_path / "done.log").read_text().splitlines()]
    assert pids[0] == pids[1] != pids[2]


def test_after_a_crash_of_the_program_a_running_job_is_found_interrupted(
    loop: QEventLoop, start: Callable[[], JobPool], tmp_path: Path
) -> None:
    async def go() -> None:
        pool = start()
        job = pool.submit(tune("long"), "ran")
        await running(pool, job)
        await on_disk(pool)
        after = start()  # nothing of the first one was told to end
        assert [one.state for one in after.jobs()] == [JobState.INTERRUPTED]
        assert after.history(job.id) == pool.history(job.id)

    loop.run_until_complete(go())


def test_a_damaged_job_file_is_left_out_and_the_others_are_there(
    loop: QEventLoop, start: Callable[[], JobPool], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first = start()
    job = first.submit(tune("good"), "one")
    loop.run_until_complete(ended(first, job))
    loop.run_until_complete(first.close())
    (tmp_path / "jobs" / "ffffffffffff.json").write_text("{")
    with caplog.at_level(logging.WARNING):
        assert [one.id for one in start().jobs()] == [job.id]
    assert "ffffffffffff" in caplog.text


ANNA, BEN = "a" * 12, "b" * 12


def portrait(person: str, mask: Path) -> PortraitRequest:
    return PortraitRequest(person=person, prompt="a secret place", mask=mask)


def test_of_somebody_who_is_deleted_no_word_stays_in_the_queue(loop: QEventLoop, pool: JobPool, tmp_path: Path) -> None:
    masks = tmp_path / "portraits" / ".masks"
    masks.mkdir(parents=True)
    hers, shared = masks / "hers.png", masks / "shared.png"
    for file in (hers, shared):
        file.write_bytes(b"mask")

    async def go() -> Job:
        blocking = pool.submit(tune("long"), "blocking")
        await running(pool, blocking)
        pool.submit(portrait(ANNA, hers), "Anna: a secret place")
        pool.submit(portrait(ANNA, shared), "Anna: again")
        kept = pool.submit(portrait(BEN, shared), "Ben")
        takes = (AttributeSource(attribute=Attribute.NOSE, person=ANNA),)
        pool.submit(MixRequest(person=BEN, takes=takes, name="Both"), "Mix with Anna")
        (tmp_path / "jobs" / "ffffffffffff.json").write_text(f'{{"version": 9, "person": "{ANNA}"}}')
        await pool.forget_people([ANNA])
        assert {job.title for job in pool.jobs()} == {"blocking", "Ben"}
        pool.cancel_all()
        await ended(pool, blocking, kept)
        return kept

    kept = loop.run_until_complete(go())
    loop.run_until_complete(pool.close())
    left = b"".join(path.read_bytes() for path in (tmp_path / "jobs").iterdir())
    assert ANNA.encode() not in left
    assert b"Anna" not in left
    assert (tmp_path / "jobs" / f"{kept.id}.json").exists()
    assert not hers.exists()
    assert shared.exists()


def test_a_job_goes_with_the_last_of_its_pictures_also_when_the_program_ended_meanwhile(
    loop: QEventLoop, start: Callable[[], JobPool], tmp_path: Path
) -> None:
    portraits = tmp_path / "portraits"
    portraits.mkdir()
    pictures = [portraits / f"{number}.png" for number in range(3)]
    for picture in pictures:
        picture.write_bytes(b"picture")
    store = JobStore(tmp_path)
    made = {"first": tuple(pictures[:2]), "second": (pictures[2],), "none yet": (), "moved": (tmp_path / "old.png",)}
    for number, (title, painted) in enumerate(made.items()):
        request = PortraitRequest(person=ANNA, prompt="a secret place")
        job = Job(
            id=f"{number:012x}", request=request, title=title, place=0, state=JobState.CANCELLED, pictures=painted
        )
        store.save(job)
        store.add(job.id, Painted(pictures[0], 0, None, None, None, None, None))
    store.close()

    def titles(pool: JobPool) -> set[str]:
        return {job.title for job in pool.jobs()}

    pool = start()
    pictures[0].unlink()
    pool.forget_erased()
    assert titles(pool) == set(made)
    pictures[1].unlink()
    pool.forget_erased()
    assert titles(pool) == {"second", "none yet", "moved"}
    loop.run_until_complete(pool.close())
    assert not list((tmp_path / "jobs").glob("000000000000.*"))
    pictures[2].unlink()
    assert titles(start()) == {"none yet", "moved"}


def test_jobs_about_somebody_who_was_deleted_elsewhere_go_when_they_end(
    loop: QEventLoop, start: Callable[[], JobPool], tmp_path: Path
) -> None:
    (tmp_path / "people" / BEN).mkdir(parents=True)
    (tmp_path / "people" / ANNA).mkdir()
    pool = start()

    async def go() -> None:
        blocking = pool.submit(portrait(BEN, tmp_path / "mask.png"), "Ben")
        waiting = pool.submit(portrait(ANNA, tmp_path / "mask.png"), "Anna")
        (tmp_path / "people" / ANNA).rmdir()
        await ended(pool, blocking, waiting)
        assert [job.title for job in pool.jobs()] == ["Ben"]

    loop.run_until_complete(go())
    loop.run_until_complete(pool.close())
    assert not [path for path in (tmp_path / "jobs").iterdir() if ANNA.encode() in path.read_bytes()]


def test_a_running_job_about_somebody_who_is_deleted_is_stopped_first(loop: QEventLoop, pool: JobPool) -> None:
    async def go() -> None:
        job = pool.submit(tune("long"), "ran")
        await running(pool, job)
        await pool.forget_people(["long"])
        assert pool.jobs() == []

    loop.run_until_complete(go())


def test_what_a_crash_left_of_jobs_is_swept(start: Callable[[], JobPool], tmp_path: Path) -> None:
    jobs = tmp_path / "jobs"
    jobs.mkdir()
    for name in (".aaaaaaaaaaaa.json.x.tmp", "bbbbbbbbbbbb.events"):
        (jobs / name).write_text("Anna")
    start()
    assert list(jobs.iterdir()) == []


def test_where_a_job_ran_is_known_after_a_restart(tmp_path: Path) -> None:
    told = [DeviceSelected("Processor", "fp32"), Losses(2, 0.5, 0.25)]
    store = JobStore(tmp_path)
    for event in told:
        store.add("a" * 12, event)
    store.close()
    assert JobStore(tmp_path).history("a" * 12) == told


def test_a_history_that_is_no_text_is_read(loop: QEventLoop, start: Callable[[], JobPool], tmp_path: Path) -> None:
    first = start()
    job = first.submit(tune("good"), "one")
    loop.run_until_complete(ended(first, job))
    told = first.history(job.id)
    loop.run_until_complete(first.close())
    with (tmp_path / "jobs" / f"{job.id}.events").open("ab") as file:
        file.write(b"\xff\xfe\n[1, 2]\nnull\n")
    assert start().history(job.id) == told


def test_a_lane_outlives_what_cannot_be_sent(loop: QEventLoop, pool: JobPool, caplog: pytest.LogCaptureFixture) -> None:
    async def go() -> None:
        good = pool.submit(tune("good"), "good")
        await ended(pool, good)
        worker = pool._lanes.workers["best device"]
        worker._connected = lambda: 1 / 0  # type: ignore[method-assign, assignment, return-value]
        bad = pool.submit(tune("good 2"), "bad")
        assert await ended(pool, bad) == [JobState.FAILED]
        del worker._connected
        assert await ended(pool, pool.submit(tune("good 3"), "good")) == [JobState.DONE]

    with caplog.at_level(logging.ERROR):
        loop.run_until_complete(go())
    assert "ZeroDivisionError" in caplog.text


def test_an_idle_process_gives_its_memory_back_and_the_next_request_starts_another(
    loop: QEventLoop, pool: JobPool
) -> None:
    async def go() -> None:
        await ended(pool, pool.submit(tune("good"), "good"))
        worker = pool._lanes.workers["best device"]
        worker.idle_s = 0.05
        await ended(pool, pool.submit(tune("good 2"), "good"))
        while worker.pid is not None:
            await asyncio.sleep(0.01)
        assert await ended(pool, pool.submit(tune("good 3"), "good")) == [JobState.DONE]

    loop.run_until_complete(go())


def test_a_job_that_runs_is_not_begun_twice_by_a_retry(loop: QEventLoop, pool: JobPool) -> None:
    async def go() -> None:
        job = pool.submit(tune("long"), "long")
        assert pool.retry(job.id).id == job.id
        assert len(pool.jobs()) == 1
        pool.cancel(job.id)
        await ended(pool, job)

    loop.run_until_complete(go())


def test_a_cancel_for_what_is_over_does_not_deafen_the_process(loop: QEventLoop, pool: JobPool) -> None:
    async def go() -> None:
        await ended(pool, pool.submit(tune("good"), "good"))
        connection = pool._lanes.workers["best device"]._connection
        assert connection is not None
        connection.send(CancelMessage("over"))
        long = pool.submit(tune("long"), "long")
        await running(pool, long)
        pool.cancel(long.id)
        assert await ended(pool, long) == [JobState.CANCELLED]

    loop.run_until_complete(go())


def test_closing_ends_every_process_within_moments(loop: QEventLoop, pool: JobPool) -> None:
    async def go() -> list[psutil.Process]:
        job = pool.submit(tune("long"), "long")
        await running(pool, job)
        pids = [worker.pid for worker in pool._lanes.workers.values()]
        processes = [psutil.Process(pid) for pid in pids if pid is not None]
        assert processes
        await pool.close()
        closed = pool.job(job.id)
        assert closed is not None
        assert closed.state is JobState.INTERRUPTED
        return processes

    for process in loop.run_until_complete(go()):
        assert not process.is_running()


def test_a_question_is_answered_beside_a_running_job(loop: QEventLoop, pool: JobPool) -> None:
    async def go() -> None:
        job = pool.submit(tune("long"), "long")
        await running(pool, job)
        assert await pool.ask(LikenessRequest(picture=Path("x.png"), person="good")) == PersonMade("good")
        with pytest.raises(UserError, match="something else"):
            await pool.ask(LikenessRequest(picture=Path("x.png"), person="bad"))
        pool.cancel(job.id)
        await ended(pool, job)

    loop.run_until_complete(go())


def test_a_question_is_given_up_when_the_window_closes(loop: QEventLoop, pool: JobPool) -> None:
    async def go() -> None:
        question = asyncio.ensure_future(pool.ask(LikenessRequest(picture=Path("x.png"), person="deaf")))
        await asyncio.sleep(0.3)
        await pool.close()
        with pytest.raises(CancelledError):
            await question

    loop.run_until_complete(go())


def test_a_download_does_not_wait_for_a_tuning(loop: QEventLoop, pool: JobPool) -> None:
    async def go() -> None:
        long = pool.submit(tune("long"), "long")
        fetched = pool.submit(FetchRequest(model="good"), "fetch")
        assert await ended(pool, fetched) == [JobState.DONE]
        pool.cancel(long.id)
        await ended(pool, long)

    loop.run_until_complete(go())


def test_two_devices_work_side_by_side_but_never_on_one_person(loop: QEventLoop, pool: JobPool, tmp_path: Path) -> None:
    async def go() -> None:
        pool.configure(EngineSettings(tmp_path), ("cuda:0", "cuda:1"))
        one, same, other = (pool.submit(tune(word), word) for word in ("long", "long", "long other"))
        await running(pool, one)
        await running(pool, other)
        waiting = pool.job(same.id)
        assert waiting is not None
        assert waiting.state is JobState.WAITING
        pool.cancel_all()
        await ended(pool, one, same, other)

    loop.run_until_complete(go())
    assert {row[-1] for row in deeds(tmp_path)} == {"cuda:0", "cuda:1"}


def test_other_settings_hold_from_the_next_job_on(loop: QEventLoop, pool: JobPool, tmp_path: Path) -> None:
    async def go() -> None:
        await ended(pool, pool.submit(tune("good 1"), "1"))
        pool.configure(EngineSettings(tmp_path, device="cpu"))
        await ended(pool, pool.submit(tune("good 2"), "2"))

    loop.run_until_complete(go())
    assert [row[-1] for row in deeds(tmp_path)] == ["None", "cpu"]


def test_five_thousand_events_of_one_job_arrive_and_break_nothing(loop: QEventLoop, pool: JobPool) -> None:
    """PySide6 6.12.0 drops a reference with every emit and crashes after some 570 on Python 3.11."""
    ear = Ear(pool)
    job = pool.submit(FetchRequest(model="many"), "many")
    loop.run_until_complete(ended(pool, job))
    assert sum(isinstance(event, Progress) for event in ear.events) == 5000


def evaluation(word: str, out: Path) -> ComparisonRequest:
    return ComparisonRequest(folder=out / "photos", prompts=out / "prompts.txt", methods=(word,), out=out)


def test_an_evaluation_is_a_job_like_any_other_and_its_outcome_arrives(
    loop: QEventLoop, pool: JobPool, tmp_path: Path
) -> None:
    job = pool.submit(evaluation("compares", tmp_path / "a"), "one")
    assert loop.run_until_complete(ended(pool, job)) == [JobState.DONE]
    outcome = loop.run_until_complete(pool.ask(evaluation("compares", tmp_path / "a")))
    assert isinstance(outcome, ComparisonMade)
    assert (outcome.rows, outcome.pictures, outcome.notes) == (4, 3, ("one was not made",))


def test_an_evaluation_that_was_stopped_is_resumed_by_the_same_request_also_after_a_restart(
    loop: QEventLoop, start: Callable[[], JobPool], tmp_path: Path
) -> None:
    pool = start()
    job = pool.submit(evaluation("long", tmp_path / "a"), "one")
    loop.run_until_complete(running(pool, job))
    pool.cancel(job.id)
    assert loop.run_until_complete(ended(pool, job)) == [JobState.CANCELLED]
    loop.run_until_complete(pool.close())
    again = start()
    kept = again.job(job.id)
    assert kept is not None
    assert kept.can_resume
    assert again.retry(job.id).request == job.request


def test_no_two_jobs_write_into_the_folder_of_one_evaluation(loop: QEventLoop, pool: JobPool, tmp_path: Path) -> None:
    pool.configure(EngineSettings(tmp_path), ("cuda:0", "cuda:1"))
    first = pool.submit(evaluation("long", tmp_path / "a"), "first")
    second = pool.submit(evaluation("long", tmp_path / "a"), "second")
    other = pool.submit(evaluation("long", tmp_path / "b"), "other")
    assert [job.id for job in pool.running] == [first.id, other.id]
    pool.cancel_all()
    loop.run_until_complete(ended(pool, first, second, other))


def test_a_job_that_is_forgotten_is_stopped_first_and_leaves_nothing(
    loop: QEventLoop, pool: JobPool, tmp_path: Path
) -> None:
    job = pool.submit(evaluation("long", tmp_path / "a"), "one")
    loop.run_until_complete(running(pool, job))
    loop.run_until_complete(pool.forget([job.id]))
    assert pool.jobs() == []
    loop.run_until_complete(pool.close())
    assert list((tmp_path / "jobs").iterdir()) == []


def test_a_queue_whose_data_folder_moved_finds_its_files(tmp_path: Path) -> None:
    old, outside = tmp_path / "old", tmp_path / "photo.png"
    masks = old / "portraits" / ".masks"
    masks.mkdir(parents=True)
    for path in (old / "portraits" / "p.png", old / "portraits" / "p-context.png", masks / "m.png", outside):
        path.write_bytes(b"picture")
    store = JobStore(old)
    request = PortraitRequest(
        person="0123456789ab", count=2, picture=old / "portraits" / "p-context.png", mask=masks / "m.png"
    )
    kept = Job(id="0123456789ab", title="t", place=1, request=request, pictures=(old / "portraits" / "p.png",))
    own = Job(
        id="0123456789cd", title="t", place=2, request=request.model_copy(update={"picture": outside, "mask": None})
    )
    for job in (kept, own):
        store.save(job)
    context = old / "portraits" / "p-context.png"
    store.add(kept.id, Painted(old / "portraits" / "p.png", 1, context, None, None, None, None))
    store.close()
    new = old.rename(tmp_path / "new")
    store = JobStore(new)
    first, second = store.load()
    (painted,) = store.history(kept.id)
    store.close()
    again = first.again()
    assert isinstance(again, PortraitRequest)
    assert isinstance(second.request, PortraitRequest)
    assert isinstance(painted, Painted)
    named = [*first.pictures, again.picture, again.mask, painted.path, painted.context]
    assert [path and path.relative_to(new / "portraits").as_posix() for path in named] == [
        *("p.png", "p-context.png", ".masks/m.png", "p.png", "p-context.png"),
    ]
    assert second.request.picture == outside
    assert str(old).encode() not in b"".join(path.read_bytes() for path in (new / "jobs").iterdir())


def test_a_file_whose_name_is_no_unicode_stays_in_the_queue(tmp_path: Path) -> None:
    store = JobStore(tmp_path)
    odd = Path(os.fsdecode(b"/photos/caf\xe9.png"))
    request = PortraitRequest(person="0123456789ab", picture=odd)
    store.save(Job(id="0123456789ab", title="t", place=1, request=request, pictures=(odd,)))
    store.close()
    store = JobStore(tmp_path)
    (job,) = store.load()
    store.close()
    assert isinstance(job.request, PortraitRequest)
    assert (job.request.picture, job.pictures) == (odd, (odd,))
