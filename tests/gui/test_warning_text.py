"""Warnings of the engine, as the window says them."""

from __future__ import annotations

from typing import get_args, get_type_hints

from facea_desktop.domain.events import Event, Observer, Progress, Warned
from facea_desktop.domain.overall_progress import OverallProgress
from facea_desktop.ui.warning_text import warning_words


def test_every_warning_that_says_what_it_is_about_has_words_of_the_window() -> None:
    kinds = get_args(get_args(get_type_hints(Warned)["about"])[0])
    assert kinds
    said = {warning_words(Warned("as the engine says it", kind)) for kind in kinds}
    assert len(said) == len(kinds)
    assert "as the engine says it" not in said


def test_a_warning_of_a_batch_names_its_item_and_others_are_said_as_they_are() -> None:
    heard: list[Event] = []
    part = OverallProgress(Observer(heard.append), "working", 2, 0).part(1, "Anna: a woman")
    part.emit(Progress(1, 2, None))
    part.emit(Warned("No face was found; again.", "no face"))
    part.emit(Warned("The mask is small."))
    known, other = [event for event in heard if isinstance(event, Warned)]
    assert known.message == "Anna: a woman: No face was found; again."
    assert warning_words(known) == "Anna: a woman: No face was found in the scene; it is made again with another seed."
    assert warning_words(other) == "Anna: a woman: The mask is small."
