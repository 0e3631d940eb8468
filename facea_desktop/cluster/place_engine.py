"""What the window's engine processes run: requests carried out in the process itself, or on workers.

Importing this module loads no engine; it comes with the first request.
"""

from __future__ import annotations

from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING

from facea_desktop.cluster.target_names import Target, check_travel, read_target
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Observer
from facea_desktop.domain.outcomes import Outcome
from facea_desktop.domain.photo_requests import EnrolRequest
from facea_desktop.domain.requests import BatchRequest, PortraitRequest, Request, TuneRequest
from facea_desktop.executor import Executor
from facea_desktop.workers.engine_process import Engine, EngineSettings, Execute, start_engine

if TYPE_CHECKING:
    from facea_desktop.cluster.cluster_executor import ClusterExecutor


def start_place_engine(settings: EngineSettings) -> Execute:
    """The real engine: of this process, or of the workers that ``settings.place`` names."""
    return start_engine(settings) if settings.place is None else PlaceEngine(settings, start_engine).execute


class PlaceEngine:
    """Carries out requests on workers, which start with the first and stay; where all are lost, others start.

    Args:
        settings: with a ``place`` that has workers.
        engine: of each worker.
    """

    def __init__(self, settings: EngineSettings, engine: Engine) -> None:
        self._settings, self._engine = settings, engine
        self._here = Executor(settings.root)
        self._stack = ExitStack()
        self._workers: ClusterExecutor | None = None

    def execute(self, request: Request, observer: Observer) -> Outcome:
        """As ``Executor.execute``, for a batch, a tuning or portraits.

        Raises:
            UserError: an error the user can fix; also that the workers cannot be reached, or lack what it needs.
            CancelledError: stopped.
        """
        assert self._settings.place is not None
        target = read_target(self._settings.place)
        check_travel(target, self._here.manager.models, self._families(request))
        if self._workers is None:
            self._workers = self._started(target)
        try:
            return self._workers.execute(request, observer)
        finally:
            if not self._workers.has_workers:
                self.close()

    def close(self) -> None:
        """End the workers."""
        self._workers = None
        self._stack.close()

    def _started(self, target: Target) -> ClusterExecutor:
        from facea_desktop.cluster.targets import cluster_executor

        place = cluster_executor(target, self._here.manager, self._settings.root, self._engine)
        return self._stack.enter_context(place)

    def _families(self, request: Request) -> set[str]:
        """Names of those whose models it takes."""
        from facea_desktop.engine.batch_turns import people_of

        families = set()
        items = request.items if isinstance(request, BatchRequest) else (request,)
        for item in items:
            assert isinstance(item, EnrolRequest | TuneRequest | PortraitRequest)
            for person in people_of(item):
                with suppress(UserError):  # it is said when it is their turn
                    families.add(self._here.manager.library.get(person).family)
        return families
