"""Workers as actors of Ray (the extra ``cluster``), on this computer or on others.

Ray itself reports nothing to anybody: its usage statistics are off, the cluster that is started here has no dashboard
and listens on 127.0.0.1 alone, and keeps what travels in memory.
"""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from facea_desktop.cluster.job_worker import JobWorker, Message, silence_log
from facea_desktop.cluster.parcels import Parcel
from facea_desktop.cluster.target_names import NO_RAY
from facea_desktop.domain.errors import UserError, WorkerLostError
from facea_desktop.library.data_folder import default_data_folder
from facea_desktop.models.catalogue import Family, load_catalogue
from facea_desktop.models.memory_fit import needed_mb, together
from facea_desktop.workers.engine_process import Engine

_STARTING_S, _SILENCE_S, _LEAVING_S = 600.0, 120.0, 20.0
"""How long a worker may take to start, to answer, and to erase what it holds."""
_CPUS = 4
"""Of a worker without a graphics card; a calculation gains little from more."""
KEPT_BYTES = 1 << 30
"""Of contents that wait in the object store for the next job that needs them."""


class RayWorker(JobWorker):
    """``JobWorker`` whose contents come out of the object store."""

    def __init__(self, engine: Engine, home: Path | None) -> None:
        os.umask(0o077)
        silence_log()
        super().__init__(engine, home or default_data_folder())

    def begin(self, parcel: Parcel, contents: Mapping[str, Any]) -> None:
        """As ``JobWorker.begin``, for references to the contents."""
        import ray

        super().begin(parcel, dict(zip(contents, ray.get(list(contents.values())), strict=True)))


class ContentStore:
    """Contents in the object store, each put there once; those that were not asked for longest leave.

    Attributes:
        put_bytes: how many went there.
    """

    def __init__(self, put: Callable[[bytes], Any], limit: int = KEPT_BYTES) -> None:
        self._put, self._limit = put, limit
        self._kept: OrderedDict[str, tuple[Any, int]] = OrderedDict()
        self._lock = threading.Lock()
        self.put_bytes = 0

    def references(self, contents: Mapping[str, bytes]) -> dict[str, Any]:
        """A reference to each content, by its SHA-256."""
        with self._lock:
            found = {}
            for digest, data in contents.items():
                if digest not in self._kept:
                    self._kept[digest] = self._put(data), len(data)
                    self.put_bytes += len(data)
                self._kept.move_to_end(digest)
                found[digest] = self._kept[digest][0]
            while sum(size for _, size in self._kept.values()) > self._limit:
                self._kept.popitem(last=False)  # whoever still has a reference keeps the content alive
            return found


class RayLane:
    """An actor, and another one where it is lost."""

    def __init__(self, new_actor: Callable[[], Any], store: ContentStore) -> None:
        self._new_actor, self._store = new_actor, store
        self._actor: Any = None

    def ready(self) -> None:
        """Start the actor where there is none."""
        if self._actor is None:
            try:
                self._actor = self._new_actor()
            except Exception as error:  # Ray raises plain Exceptions where the cluster is gone
                raise WorkerLostError("The cluster was lost.") from error
        self._ask("ready", timeout=_STARTING_S)

    def begin(self, parcel: Parcel, contents: Mapping[str, bytes]) -> None:
        """As ``JobWorker.begin``."""
        self._ask("begin", parcel, self._store.references(contents))

    def follow(self, stop: bool, finish: bool, seconds: float) -> list[Message]:
        """As ``JobWorker.follow``."""
        found: list[Message] = self._ask("follow", stop, finish, seconds)
        return found

    def close(self) -> None:
        """End the actor."""
        import ray

        if self._actor is not None:
            with suppress(WorkerLostError):
                self._ask("close", timeout=_LEAVING_S)
        if self._actor is not None:
            with suppress(Exception):  # it has gone by itself
                ray.kill(self._actor)
        self._actor = None

    def _ask(self, what: str, *values: Any, timeout: float = _SILENCE_S) -> Any:
        import ray

        if self._actor is None:
            raise WorkerLostError("A worker was closed.")
        try:
            return ray.get(getattr(self._actor, what).remote(*values), timeout=timeout)
        except (ray.exceptions.RayError, ConnectionError) as error:
            with suppress(Exception):  # it is gone already
                ray.kill(self._actor)
            self._actor = None
            raise WorkerLostError("A worker was lost.") from error


@contextmanager
def ray_lanes(
    address: str | None, engine: Engine, root: Path, family: Family, count: int | None = None
) -> Iterator[list[RayLane]]:
    """Lanes on a cluster; Ray is left at the end.

    Args:
        address: "ray://HOST:PORT"; None starts Ray on this computer, for this computer alone.
        root: data folder, whose models are used on this computer; others use the models of their own data folder.
        family: decides how much memory a worker needs.
        count: of workers; None takes one a graphics card, or else as many as processors and memory suffice for.

    Raises:
        UserError: Ray is not installed, the cluster is not reached or has no room.
    """
    ray = _connected(address)
    try:
        models = load_catalogue().models
        need = needed_mb(together(models[name].needs_mb for name in family.models), full=True) << 20
        room = [_room(node["Resources"], need) for node in ray.nodes() if node["Alive"]]
        cards = sum(int(node["Resources"].get("GPU", 0)) for node in ray.nodes() if node["Alive"])
        lanes = count or sum(room)
        if not lanes:
            raise UserError(f"No machine of the cluster has the {need >> 20} MB of memory that {family.title} needs.")
        cpus = ray.cluster_resources().get("CPU", 1.0)
        share = min(_CPUS, cpus / lanes)
        wanted = {
            "num_gpus": min(1.0, cards / lanes),
            "num_cpus": float(int(share)) if share >= 1 else share,
            "memory": need if count is None else 0,
        }
        home = root.resolve() if address is None else None
        actors, store = ray.remote(RayWorker).options(**wanted), ContentStore(ray.put)
        yield [RayLane(lambda: actors.remote(engine, home), store) for _ in range(lanes)]
    finally:
        ray.shutdown()


def _connected(address: str | None) -> Any:
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    if address is None:  # Ray's switch for computers that belong to no cluster: everything listens on 127.0.0.1
        os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"
    elif _has_token():  # through ray:// it is sent only if this says so; a cluster that asks for none ignores it
        os.environ.setdefault("RAY_AUTH_MODE", "token")
    try:
        import ray
    except ImportError as error:
        raise UserError(NO_RAY) from error
    alone = {
        "address": "local",
        "include_dashboard": False,
        "_system_config": {"automatic_object_spilling_enabled": False},  # no face is written to a disk
    }
    try:
        ray.init(**(alone if address is None else {"address": address}), log_to_driver=False, logging_level="error")
    except Exception as error:  # Ray raises plain Exceptions, too, as where nothing has started in time
        where = "on this computer" if address is None else f"at {address}"
        what = next(iter(str(error).splitlines()), type(error).__name__)
        hint = "" if address is None or _has_token() else " If it asks for a token, set RAY_AUTH_TOKEN to that."
        raise UserError(f"Ray {where} cannot be reached: {what.rstrip('.')}.{hint}") from error
    return ray


def _has_token() -> bool:
    """Whether there is a token that Ray would send to a cluster, in one of the places where it looks."""
    named = any(os.environ.get(name) for name in ("RAY_AUTH_TOKEN", "RAY_AUTH_TOKEN_PATH"))
    return named or (Path.home() / ".ray" / "auth_token").is_file()


def _room(resources: Mapping[str, float], need: int) -> int:
    """How many workers fit a machine."""
    by_memory = int(resources.get("memory", 0) // need)
    cards = int(resources.get("GPU", 0))
    return min(by_memory, cards or max(1, int(resources.get("CPU", 0) // _CPUS)))
