"""Waiting for jobs of the queue."""

from __future__ import annotations

import asyncio
import time

from facea_desktop.workers.job import Job, JobState
from facea_desktop.workers.job_pool import JobPool

LONGEST_S = 300.0
"""What jobs may take on a busy machine, with every process that they start."""


async def ended(pool: JobPool, *jobs: Job) -> list[JobState]:
    """The states in which these jobs ended."""
    deadline = time.monotonic() + LONGEST_S
    while time.monotonic() < deadline:
        states = [found.state for job in jobs if (found := pool.job(job.id)) is not None]
        if all(state.ended for state in states):
            return states
        await asyncio.sleep(0.01)
    raise AssertionError("a job did not end")
