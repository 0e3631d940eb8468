"""Workers in processes of their own, which are killed in every phase of a job."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from scripted_batch import scripted_batch

from facea_desktop.cluster.process_lane import ProcessLane
from facea_desktop.domain.events import Event, ItemEnded, Observer, Warned
from facea_desktop.domain.requests import BatchRequest, PortraitRequest, TuneRequest
from facea_desktop.engine.model_manager import ModelManager
from tests.cluster.conftest import ANNA, BEN, RECIPE, NewExecutor


def test_whoever_dies_in_whatever_phase_everything_is_made_once_and_a_tuning_goes_on(
    new_executor: NewExecutor, manager: ModelManager, said: Path
) -> None:
    """One worker at a time: the first dies as it begins, others amid the steps, at the end, and after a picture."""
    executor = new_executor([ProcessLane(scripted_batch, manager.root, None, 1)])
    seen: list[Event] = []

    def emit(event: Event) -> None:
        seen.append(event)
        ended = sum(isinstance(one, ItemEnded) for one in seen)
        if isinstance(event, ItemEnded) and ended == 1:
            (said / "die-end").touch()
        elif isinstance(event, ItemEnded) and ended == 2:
            (said / "die-painted").touch()

    (said / "die-begin").touch()
    items = (
        TuneRequest(person=ANNA, recipe=RECIPE, seed=1),
        TuneRequest(person=BEN, recipe=RECIPE, seed=2),
        PortraitRequest(person=ANNA, prompt="a"),
    )
    executor.execute(BatchRequest(items=items), Observer(emit))
    assert Counter(one.state for one in seen if isinstance(one, ItemEnded)) == {"done": 3}
    assert sum("begun again" in one.message for one in seen if isinstance(one, Warned)) == 3
    assert len(list(manager.library.portraits.glob("*[0-9].png"))) == 1
    assert {one.name for one in manager.library.people() if one.tuning} == {"Anna", "Ben"}
    assert list((said.parent / "scratch").glob("facea-worker-*/people/*/adapter.safetensors")) == []
