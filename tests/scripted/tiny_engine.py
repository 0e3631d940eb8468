"""The real engine with tiny models, for worker processes; it travels by name."""

from __future__ import annotations

from pathlib import Path

from facea_desktop.cluster import job_worker
from facea_desktop.engine import tuning_service
from facea_desktop.engine.likeness import FaceNet
from facea_desktop.executor import Executor
from facea_desktop.workers.engine_process import EngineSettings, Execute
from tests.comparison.conftest import TinyModels, embed_cheaply, letters


def tiny_engine(settings: EngineSettings) -> Execute:
    """Carries out requests with models of a few thousand weights."""
    job_worker.CHECKPOINTS_S = 0  # a tuning takes less than a second
    FaceNet.embed = embed_cheaply  # type: ignore[method-assign]
    return tiny_executor(settings.root).execute


def unmeasured_engine(settings: EngineSettings) -> Execute:
    """``tiny_engine`` that leaves out the portraits by which a tuning's likeness is measured."""
    tuning_service.curve_measurement = lambda *_: None  # type: ignore[assignment]
    return tiny_engine(settings)


def tiny_executor(root: Path) -> Executor:
    """An executor whose family is tiny."""
    executor = Executor(root)
    executor.__dict__["manager"] = TinyModels(root, letters())
    return executor
