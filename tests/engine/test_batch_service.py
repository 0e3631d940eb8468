"""A batch: each item is carried out once, one that fails costs no other, and it goes on where it was stopped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from facea_desktop.domain.errors import CancelledError, OtherSettingsError, UserError
from facea_desktop.domain.events import Event, ItemEnded, Observer, Painted, Progress, ProgressReporter, Warned
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.generations import generation_of
from facea_desktop.domain.outcomes import Outcome, PersonMade, PortraitsMade
from facea_desktop.domain.people import Profile, Recipe, Reference, Tuning
from facea_desktop.domain.photo_requests import EnrolRequest
from facea_desktop.domain.requests import BatchItem, BatchRequest, FaceAssignment, PortraitRequest, TuneRequest
from facea_desktop.engine.batch_service import run_batch
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.engine.portrait_saving import Portrait, save

GENERATION = generation_of("starter")
TUNING = Tuning(recipe=Recipe(steps=3), seed=0, step=3, generation=GENERATION)
PHOTOS = (Reference(index=0, parts=("face",)),)


class Engine:
    """Saves portraits as the real one does, without painting any."""

    def __init__(self, root: Path) -> None:
        self.manager = ModelManager(root)
        self.out = self.manager.library.portraits
        self.done: list[BatchItem] = []
        self.before: Callable[[BatchItem, Observer], None] = lambda item, observer: None
        self.events: list[Event] = []

    def run(self, *items: BatchItem, observer: Observer | None = None) -> list[str]:
        """The state of each item."""
        self.events.clear()
        observer = replace(observer or Observer(), emit=self.events.append)
        run_batch(self.manager, BatchRequest(items=items), observer, self.carry_out, self.out)
        return [event.state for event in self.events if isinstance(event, ItemEnded)]

    def carry_out(self, item: BatchItem, observer: Observer) -> Outcome:
        self.before(item, observer)
        self.done.append(item)
        ProgressReporter(observer, "working", 1).update(1)
        if isinstance(item, PortraitRequest):
            picture = Image.new("RGB", (8, 8))
            made = Portrait(picture, picture, Image.new("L", (8, 8)), item.seed, None)
            observer.emit(save(made, item, self.out, stages=True))
            return PortraitsMade()
        if isinstance(item, EnrolRequest):
            person = self.manager.library.new_id()
            profile = Profile(id=person, name=item.name, subject=item.subject, family="starter", references=PHOTOS)
            self.manager.library.create(profile, {})
            return PersonMade(person)
        tuned = Tuning(recipe=item.recipe, seed=item.seed, step=item.recipe.steps, generation=GENERATION)
        self.manager.library.change(item.person, lambda now: now.model_copy(update={"tuning": tuned}))
        return PersonMade(item.person)


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    made = Engine(tmp_path / "data")
    for person, name in (("a" * 12, "Anna"), ("b" * 12, "Ben")):
        profile = Profile(id=person, name=name, subject=Subject.WOMAN, family="starter", tuning=TUNING)
        made.manager.library.create(profile, {})
    return made


def portrait(**fields: object) -> PortraitRequest:
    return PortraitRequest.model_validate({"person": "Anna", "prompt": "a woman"} | fields)


def test_what_is_there_is_told_by_its_request_and_not_made_again(engine: Engine, tmp_path: Path) -> None:
    picture = tmp_path / "scene.png"
    Image.new("RGB", (8, 8)).save(picture)
    items = (portrait(seed=1), portrait(seed=1, prompt="a hat"), portrait(picture=picture), portrait(person="Ben"))
    assert engine.run(*items) == ["done"] * 4
    assert engine.run(*items) == ["there"] * 4
    assert len(engine.done) == 4
    ended = [event for event in engine.events if isinstance(event, ItemEnded)]
    assert len({event.pictures for event in ended}) == 4
    Image.new("RGB", (8, 8), "red").save(picture)  # another picture under the same name
    assert engine.run(*items) == ["there", "there", "done", "there"]
    ended[0].pictures[0].unlink()
    assert engine.run(*items) == ["done", "there", "there", "there"]


def test_pictures_of_a_series_that_are_missing_are_made_alone(engine: Engine) -> None:
    engine.run(portrait(seed=5))
    assert engine.run(portrait(seed=4, count=3)) == ["done"]
    assert [one.seed for one in engine.done if isinstance(one, PortraitRequest)] == [5, 4, 6]


def test_words_are_drawn_for_each_picture_and_a_template_finds_its_pictures_again(engine: Engine) -> None:
    item = portrait(prompt="a {red|blue|green} hat", count=6)
    assert engine.run(item) == ["done"]
    assert len({one.prompt for one in engine.done if isinstance(one, PortraitRequest)}) > 1
    assert engine.run(item) == ["there"]


def test_one_that_fails_costs_no_other(engine: Engine) -> None:
    def fail(item: BatchItem, observer: Observer) -> None:
        if isinstance(item, PortraitRequest) and item.seed == 2:
            raise UserError("No face was found.")

    engine.before = fail
    states = engine.run(portrait(seed=1), portrait(seed=2), portrait(person="Zoe"), portrait(seed=3))
    assert states == ["done", "failed", "failed", "done"]
    errors = [event.error for event in engine.events if isinstance(event, ItemEnded) and event.error]
    assert errors[0] == "No face was found."
    assert "Zoe" in errors[1]


def test_it_can_be_stopped_and_goes_on_and_one_item_can_be_skipped(engine: Engine) -> None:
    observer = Observer()

    def stop(item: BatchItem, inner: Observer) -> None:
        if isinstance(item, PortraitRequest) and item.seed == 2:
            observer.stop.set()

    engine.before = stop
    items = tuple(portrait(seed=seed) for seed in (1, 2, 3))
    with pytest.raises(CancelledError):
        engine.run(*items, observer=observer)
    observer.stop.clear()

    def skip(item: BatchItem, inner: Observer) -> None:
        if isinstance(item, PortraitRequest) and item.seed == 2:
            observer.finish.set()

    engine.before = skip
    assert engine.run(*items, observer=observer) == ["there", "skipped", "done"]
    assert not observer.finish.is_set()


def test_only_those_whom_the_batch_tunes_are_not_painted_at_first_sight_and_each_is_told_once(engine: Engine) -> None:
    for person, name in (("c" * 12, "Cleo"), ("d" * 12, "Dora")):
        profile = Profile(id=person, name=name, subject=Subject.WOMAN, family="starter", references=PHOTOS)
        engine.manager.library.create(profile, {})

    def before(item: BatchItem, observer: Observer) -> None:
        if isinstance(item, TuneRequest):
            raise UserError("The disk is full.")
        observer.emit(Warned("Dora is not tuned yet.", "first sight"))

    engine.before = before
    tune = TuneRequest(person="Cleo", recipe=Recipe(steps=2))
    both = FaceAssignment(face=1, person="Cleo")
    items = (tune, portrait(person="Dora"), portrait(person="Dora", seed=1), portrait(person="Dora", others=(both,)))
    assert engine.run(*items) == ["failed", "done", "done", "failed"]
    assert len([event for event in engine.events if isinstance(event, Warned)]) == 1


def test_skipping_an_item_that_is_as_good_as_done_leaves_out_no_other(engine: Engine) -> None:
    observer = Observer()
    carried_out = engine.carry_out

    def carry_out(item: BatchItem, inner: Observer) -> Outcome:
        outcome = carried_out(item, inner)
        if len(engine.done) == 1:
            observer.finish.set()
        return outcome

    engine.carry_out = carry_out  # type: ignore[method-assign]
    assert engine.run(portrait(seed=1), portrait(seed=2), observer=observer) == ["done", "done"]


def test_a_person_is_made_tuned_and_painted_and_an_interrupted_tuning_is_resumed(
    engine: Engine, tmp_path: Path
) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "0.png")
    items: tuple[BatchItem, ...] = (
        EnrolRequest(name="Cleo", subject=Subject.WOMAN, photos=(tmp_path / "0.png",)),
        TuneRequest(person="Cleo", recipe=Recipe(steps=2)),
        portrait(person="Cleo"),
        TuneRequest(person="Ben", recipe=Recipe(steps=9)),
    )
    folder = engine.manager.library.folder("b" * 12) / "checkpoints"
    folder.mkdir()
    (folder / "last.safetensors").touch()
    assert engine.run(*items) == ["done"] * 4
    assert [one.resume for one in engine.done if isinstance(one, TuneRequest)] == [False, True]
    assert engine.run(*items) == ["there"] * 4


def test_after_a_tuning_that_failed_nobody_is_painted_after_the_photos_alone(engine: Engine) -> None:
    def fail(item: BatchItem, observer: Observer) -> None:
        if isinstance(item, TuneRequest):
            raise UserError("The disk is full.")

    engine.before = fail
    made = EnrolRequest(name="Zoe", subject=Subject.WOMAN, photos=(Path("zoe.png"),))
    items = (TuneRequest(person="Zoe", recipe=Recipe(steps=5)), portrait(person="zoe"))
    assert engine.run(made, *items) == ["done", "failed", "failed"]
    assert engine.run(*items) == ["failed", "failed"]
    assert engine.run(portrait(person="Zoe", prompt="a hat")) == ["done"]  # nobody was to tune her
    engine.before = lambda item, observer: None
    assert engine.run(*items) == ["done", "done"]


def test_a_checkpoint_of_other_settings_is_no_obstacle(engine: Engine) -> None:
    folder = engine.manager.library.folder("b" * 12) / "checkpoints"
    folder.mkdir()
    (folder / "last.safetensors").touch()

    def refuse(item: BatchItem, observer: Observer) -> None:
        if isinstance(item, TuneRequest) and item.resume:
            raise OtherSettingsError("The interrupted tuning had other settings.")

    engine.before = refuse
    assert engine.run(TuneRequest(person="Ben", recipe=Recipe(steps=9))) == ["done"]


def test_progress_is_of_the_whole_and_warnings_say_whose_they_are(engine: Engine) -> None:
    engine.before = lambda item, observer: observer.emit(Warned("dark"))
    engine.run(portrait(seed=1, count=2), portrait(seed=9))
    steps = [event.fraction for event in engine.events if isinstance(event, Progress)]
    assert steps == sorted(steps)
    assert steps[-1] == 1
    assert [event.message for event in engine.events if isinstance(event, Warned)] == ["Anna: a woman: dark"] * 3
    assert len([event for event in engine.events if isinstance(event, Painted)]) == 3
