"""What jobs report while they run."""

from __future__ import annotations

from facea_desktop.domain.events import Event, Observer, Progress, ProgressReporter


def test_the_time_left_is_told_once_something_is_done_to_tell_it_from() -> None:
    events: list[Event] = []
    progress = ProgressReporter(Observer(events.append), "painting", 10, done=2)
    for step in (2, 3, 10):
        progress.update(step)
    none, some, over = [event.seconds_left for event in events if isinstance(event, Progress)]
    assert none is None
    assert some is not None
    assert over == 0
