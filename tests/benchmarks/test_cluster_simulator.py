"""The simulator against cases that can be reckoned by hand."""

from __future__ import annotations

import pytest

from tests.benchmarks.cluster_simulator import Job, Machinery, simulate, studio

FREE = Machinery(load=0, fixed=0, rate=1e12)


def test_without_anything_around_it_the_work_is_shared_evenly() -> None:
    made = simulate([Job(10, 0, 0)] * 12, 4, FREE)
    assert made.seconds == pytest.approx(30)
    assert made.busy == pytest.approx(1)


def test_more_workers_than_jobs_do_not_help() -> None:
    made = simulate([Job(10, 0, 0)] * 3, 512, FREE)
    assert made.seconds == pytest.approx(10)
    assert made.busy == pytest.approx(3 / 512)


def test_models_are_loaded_once_by_each_worker() -> None:
    assert simulate([Job(10, 0, 0)] * 4, 2, Machinery(5, 0, 1e12)).seconds == pytest.approx(5 + 10 + 10)


def test_a_portrait_waits_for_its_tuning() -> None:
    jobs = studio(1, 3, Job(10, 0, 0), Job(1, 0, 0))
    assert simulate(jobs, 3, FREE).seconds == pytest.approx(11)
    assert simulate(jobs, 1, FREE).seconds == pytest.approx(13)


def test_all_go_through_the_senders_line_one_after_another() -> None:
    """Four jobs of 1 s, 8 MB each way at 8 MB/s: sent at 1, 2, 3, 4 s, done at 2 ... 5 s, stored at 5, 6, 7, 8 s."""
    made = simulate([Job(1, 8, 8)] * 4, 4, Machinery(0, 0, 8))
    assert made.seconds == pytest.approx(8)
    assert made.line == pytest.approx(1)


def test_a_saturated_line_sets_the_pace_however_many_workers_there_are() -> None:
    jobs = [Job(1, 1, 1)] * 100
    few, many = (simulate(jobs, workers, Machinery(0, 0, 10)).seconds for workers in (16, 64))
    assert few == pytest.approx(many, rel=0.1)
    assert many >= 100 * 0.2
