from __future__ import annotations

import dataclasses
import errno
import math
import weakref

import pytest
import torch

from facea_desktop.domain.errors import CancelledError, UserError
from facea_desktop.domain.events import DeviceSelected, Losses, Measured, Observer, Progress, Warned
from facea_desktop.domain.faces import PARTS, Attribute, Subject
from facea_desktop.domain.people import Recipe
from facea_desktop.engine import checkpoints
from facea_desktop.engine.checkpoints import Checkpoint, read_checkpoint, write_checkpoint
from facea_desktop.engine.loss import Tasks
from facea_desktop.engine.trainer import Trainer, TuningConfig, make_optimizer
from facea_desktop.library.person_files import BEST, BEST_SO_FAR, LAST

BOTH = Tasks(face=True, attributes=tuple(Attribute))
RECIPE = Recipe(steps=8, batch=2, rank=4, features=3, checkpoint_every=3)


class PowerCutError(Exception):
    """The machine stops in the middle."""


def person(new_model, recipe=RECIPE, prediction="epsilon"):
    made = new_model(prediction)
    made.init_adapter(Subject.MAN, recipe.rank, recipe.features, seed=7)
    return made


def frozen(model) -> dict[str, torch.Tensor]:
    parts = {"unet": model.pipe.unet, "vae": model.pipe.vae, "text": model.pipe.text_encoder}
    state = {f"{name}.{key}": value for name, part in parts.items() for key, value in part.state_dict().items()}
    words = {key: value for key, value in model.prompts.named_buffers() if key.startswith("words")}
    return {key: value.clone() for key, value in (state | words).items() if ".lora_" not in key}


def same(one, other) -> bool:
    return all(
        ours.keys() == theirs.keys() and all(torch.equal(ours[key], theirs[key]) for key in ours)
        for ours, theirs in zip(one, other, strict=True)
    )


def stop_after(step: int) -> Observer:
    observer = Observer()

    def emit(event):
        if isinstance(event, Progress) and event.step == step:
            observer.stop.set()

    observer.emit = emit
    return observer


def recorded() -> tuple[Observer, list]:
    events: list = []
    return Observer(emit=events.append), events


def learning_differs(before, after) -> tuple[bool, set[str]]:
    """Whether LoRA changed, and which [feat] sets did."""
    lora = any(not torch.equal(before[0][key], after[0][key]) for key in before[0])
    return lora, {part for part in PARTS if not torch.equal(before[1][part], after[1][part])}


@pytest.mark.parametrize("prediction", ["epsilon", "v_prediction"])
def test_tuning_changes_lora_and_features_and_nothing_else(new_model, references, prediction):
    model = person(new_model, prediction=prediction)
    before, untrained = frozen(model), model.state()
    Trainer(model, references, TuningConfig(RECIPE, BOTH, seed=0), Observer()).run()
    after = frozen(model)
    assert before.keys() == after.keys()
    assert all(torch.equal(before[key], after[key]) for key in before)
    lora, features = learning_differs(untrained, model.state())
    assert lora
    assert "face" in features


def test_tuning_lowers_the_loss(new_model, references):
    """On photos of noise there is little to learn but the mean; the rates are high to see it soon."""
    recipe = RECIPE.model_copy(update={"steps": 60, "lora_rate": 5e-3, "feature_rate": 1e-2})
    observer, events = recorded()
    Trainer(person(new_model, recipe), references, TuningConfig(recipe, BOTH, seed=0), observer).run()
    losses = [event.face + event.attribute for event in events if isinstance(event, Losses)]
    assert [event.step for event in events if isinstance(event, Losses)] == [10, 20, 30, 40, 50, 60]
    assert losses[-1] < losses[0]


@pytest.mark.parametrize(("autocast", "precision"), [(False, "fp32"), (True, "bf16")])
def test_a_tuning_says_where_and_in_which_precision_it_runs(new_model, references, autocast, precision):
    model = person(new_model)
    model.placement = dataclasses.replace(model.placement, bf16_tuning=autocast)
    observer, events = recorded()
    Trainer(model, references, TuningConfig(RECIPE.model_copy(update={"steps": 1}), BOTH, seed=0), observer).run()
    assert events[0] == DeviceSelected("Processor", precision)


def test_the_two_groups_learn_at_the_rates_of_the_recipe(new_model):
    lora, features = person(new_model).trained()
    optimizer = make_optimizer(lora, features, RECIPE)
    assert {id(p): group["lr"] for group in optimizer.param_groups for p in group["params"]} == {
        **{id(p): RECIPE.lora_rate for p in lora},
        **{id(p): RECIPE.feature_rate for p in features},
    }


def test_the_first_step_moves_each_number_by_its_rate(new_model, references):
    """Adam's first step is the learning rate itself wherever there is a gradient."""
    recipe = RECIPE.model_copy(update={"steps": 1})
    model = person(new_model, recipe)
    adapter, features = model.state()
    Trainer(model, references, TuningConfig(recipe, BOTH, seed=0), Observer()).run()
    adapter_after, features_after = model.state()
    moved = max(float((features_after[part] - features[part]).abs().max()) for part in PARTS)
    assert moved == pytest.approx(recipe.feature_rate, rel=0.02)
    second = [key for key in adapter if ".lora_B." in key]
    moved = max(float((adapter_after[key] - adapter[key]).abs().max()) for key in second)
    assert moved == pytest.approx(recipe.lora_rate, rel=0.02)


@pytest.mark.parametrize("average", [0.0, 0.9])
def test_tuning_without_features_works(new_model, references, tmp_path, average):
    recipe = RECIPE.model_copy(update={"features": 0, "average": average})
    config = TuningConfig(recipe, BOTH, seed=0, folder=tmp_path)
    model = person(new_model, recipe)
    before = model.state()
    Trainer(model, references, config, Observer()).run()
    assert learning_differs(before, model.state()) == (True, set())
    again = person(new_model, recipe)
    Trainer(again, references, TuningConfig(recipe, BOTH, 0, tmp_path, resume=True), Observer()).run()
    assert same(again.state(), model.state())


@pytest.mark.parametrize(
    ("tasks", "sets"),
    [
        (Tasks(face=True, attributes=()), {"face"}),
        (Tasks(face=False, attributes=(Attribute.NOSE,)), {"nose"}),
        (Tasks(face=True, attributes=(Attribute.MOUTH,)), {"face", "mouth"}),
    ],
)
def test_only_the_sets_of_the_tasks_at_hand_change(new_model, references, tasks, sets):
    model = person(new_model)
    before = model.state()
    Trainer(model, references, TuningConfig(RECIPE, tasks, seed=0), Observer()).run()
    assert learning_differs(before, model.state()) == (True, sets)


def test_the_same_seed_tunes_the_same_and_another_seed_does_not(new_model, references):
    ends = []
    for seed in (0, 0, 1):
        model = person(new_model)
        Trainer(model, references, TuningConfig(RECIPE, BOTH, seed), Observer()).run()
        ends.append(model.state())
    assert same(ends[0], ends[1])
    assert not same(ends[0], ends[2])


def likeness_of(model):
    """A measurement that depends on all weights."""

    def measure() -> float:
        adapter, features = model.state()
        return math.tanh(float(sum(value.double().sum() for value in (*adapter.values(), *features.values()))) / 100)

    return measure


@pytest.mark.parametrize("average", [0.0, 0.9])
@pytest.mark.parametrize("ended_by", ["cancel", "power cut"])
def test_a_resumed_run_ends_as_an_uninterrupted_one(new_model, references, tmp_path, monkeypatch, average, ended_by):
    recipe = RECIPE.model_copy(update={"average": average, "measure_every": 2})
    whole = person(new_model, recipe)
    expected = Trainer(
        whole, references, TuningConfig(recipe, BOTH, 3, tmp_path / "whole"), Observer(), likeness_of(whole)
    ).run()
    folder = tmp_path / "checkpoints"
    stopped = person(new_model, recipe)
    if ended_by == "cancel":
        with pytest.raises(CancelledError):
            Trainer(
                stopped, references, TuningConfig(recipe, BOTH, 3, folder), stop_after(5), likeness_of(stopped)
            ).run()
    else:
        real, done = torch.optim.AdamW.step, []

        def step(self, closure=None):
            done.append(1)
            if len(done) == 5:
                raise PowerCutError
            return real(self, closure)

        with monkeypatch.context() as patched:
            patched.setattr(torch.optim.AdamW, "step", step)
            with pytest.raises(PowerCutError):
                Trainer(
                    stopped, references, TuningConfig(recipe, BOTH, 3, folder), Observer(), likeness_of(stopped)
                ).run()
    kept = 5 if ended_by == "cancel" else 3  # a power cut leaves the last checkpoint, a cancelled run its last step
    assert read_checkpoint(folder / LAST).step == kept
    assert not same(stopped.state(), whole.state())
    resumed = person(new_model, recipe)
    observer, events = recorded()
    tuned = Trainer(
        resumed, references, TuningConfig(recipe, BOTH, 3, folder, resume=True), observer, likeness_of(resumed)
    ).run()
    assert [event.step for event in events if isinstance(event, Progress)] == [*range(kept + 1, 9)]
    assert same(resumed.state(), whole.state())
    assert tuned == expected
    assert [point.step for point in tuned.curve] == [2, 4, 6, 8]


def test_a_resumed_run_reports_the_losses_of_an_uninterrupted_one(new_model, references, tmp_path):
    recipe = RECIPE.model_copy(update={"steps": 12, "checkpoint_every": 7})
    observer, events = recorded()
    Trainer(person(new_model), references, TuningConfig(recipe, BOTH, 0), observer).run()
    expected = [event for event in events if isinstance(event, Losses)]
    with pytest.raises(CancelledError):
        Trainer(person(new_model), references, TuningConfig(recipe, BOTH, 0, tmp_path), stop_after(8)).run()
    observer, events = recorded()
    Trainer(person(new_model), references, TuningConfig(recipe, BOTH, 0, tmp_path, resume=True), observer).run()
    assert [event for event in events if isinstance(event, Losses)] == expected


@pytest.fixture(scope="module")
def checkpoint(new_model, references, tmp_path_factory) -> bytes:
    """The checkpoint of a run with RECIPE, BOTH and seed 0 that was cancelled after step 4."""
    folder = tmp_path_factory.mktemp("interrupted")
    with pytest.raises(CancelledError):
        Trainer(person(new_model), references, TuningConfig(RECIPE, BOTH, 0, folder), stop_after(4)).run()
    return (folder / LAST).read_bytes()


@pytest.fixture
def interrupted(checkpoint, tmp_path):
    """The folder of such a run."""
    (tmp_path / LAST).write_bytes(checkpoint)
    return tmp_path


@pytest.mark.parametrize(
    "other",
    [
        {"recipe": RECIPE.model_copy(update={"lora_rate": 1e-3})},
        {"recipe": RECIPE.model_copy(update={"steps": 9})},
        {"seed": 1},
        {"tasks": Tasks(face=True, attributes=())},
    ],
)
def test_a_run_is_not_resumed_with_other_settings(new_model, references, interrupted, other):
    config = TuningConfig(
        **{"recipe": RECIPE, "tasks": BOTH, "seed": 0, "folder": interrupted, "resume": True, **other}
    )
    with pytest.raises(UserError, match="other settings"):
        Trainer(person(new_model), references, config, Observer()).run()


def test_a_run_is_not_resumed_on_a_model_or_person_of_another_shape(new_model, references, interrupted):
    woman = new_model()
    woman.init_adapter(Subject.WOMAN, RECIPE.rank, 4, seed=7)
    with pytest.raises(UserError, match="other settings"):
        Trainer(woman, references, TuningConfig(RECIPE, BOTH, 0, interrupted, resume=True), Observer()).run()


def test_nothing_to_resume_is_said(new_model, references, tmp_path):
    with pytest.raises(UserError, match="no interrupted tuning"):
        Trainer(person(new_model), references, TuningConfig(RECIPE, BOTH, 0, tmp_path, resume=True), Observer()).run()


@pytest.mark.parametrize("left", [0, 4, 100, -100])
def test_a_truncated_checkpoint_is_said(new_model, references, interrupted, left):
    path = interrupted / LAST
    path.write_bytes(path.read_bytes()[:left])
    with pytest.raises(UserError, match="cannot be read"):
        Trainer(
            person(new_model), references, TuningConfig(RECIPE, BOTH, 0, interrupted, resume=True), Observer()
        ).run()


def test_a_crash_while_a_checkpoint_is_written_leaves_the_one_before(new_model, references, tmp_path, monkeypatch):
    whole = person(new_model)
    Trainer(whole, references, TuningConfig(RECIPE, BOTH, 0), Observer()).run()
    written = []

    def break_off(handle: int) -> None:
        written.append(handle)
        if len(written) == 3:  # the file and its folder of step 3, then the file of step 6
            raise PowerCutError

    with monkeypatch.context() as patched:
        patched.setattr("facea_desktop.domain.atomic_files.os.fsync", break_off)
        with pytest.raises(PowerCutError):
            Trainer(person(new_model), references, TuningConfig(RECIPE, BOTH, 0, tmp_path), Observer()).run()
    assert read_checkpoint(tmp_path / LAST).step == 3
    assert [path.name for path in tmp_path.iterdir()] == [LAST]
    resumed = person(new_model)
    Trainer(resumed, references, TuningConfig(RECIPE, BOTH, 0, tmp_path, resume=True), Observer()).run()
    assert same(resumed.state(), whole.state())


def test_a_restored_checkpoint_does_not_hold_its_file(interrupted):
    tensors = read_checkpoint(interrupted / LAST).tensors
    kept = {name: value.clone() for name, value in tensors.items()}
    size = (interrupted / LAST).stat().st_size
    (interrupted / LAST).write_bytes(b"\xff" * size)
    assert all(torch.equal(tensors[name], kept[name]) for name in kept if name != "first_loss")


@pytest.mark.parametrize("steps", [4, 5, 30])
def test_a_poisoned_weight_stops_the_run_and_keeps_the_last_good_checkpoint(new_model, references, tmp_path, steps):
    recipe = RECIPE.model_copy(update={"steps": steps, "measure_every": 1})
    model = person(new_model)

    def measure() -> float:
        if read.is_file() and read_checkpoint(read).step == 3:
            with torch.no_grad():
                model.trained()[0][0][0, 0] = math.nan
        return 0.5

    read = tmp_path / LAST
    with pytest.raises(UserError, match="diverged at step") as caught:
        Trainer(model, references, TuningConfig(recipe, BOTH, 0, tmp_path), Observer(), measure).run()
    assert "\n" not in str(caught.value)
    for name in (LAST, BEST_SO_FAR):
        kept = read_checkpoint(tmp_path / name)
        assert all(value.isfinite().all() for key, value in kept.tensors.items() if key != "first_loss"), name
    assert read_checkpoint(read).step == 3


def shifted_predictions(monkeypatch, model, shift) -> None:
    """Add ``shift(call)`` to what the UNet predicts; calls are counted from 1."""
    real, calls = model.pipe.unet.forward, []

    def forward(*args, **named):
        calls.append(1)
        found = real(*args, **named)
        found.sample = found.sample + shift(len(calls))
        return found

    monkeypatch.setattr(model.pipe.unet, "forward", forward)


def test_a_loss_that_is_not_a_number_stops_the_run(new_model, references, tmp_path, monkeypatch):
    model = person(new_model)
    shifted_predictions(monkeypatch, model, lambda call: math.nan if call == 5 else 0.0)
    recipe = RECIPE.model_copy(update={"steps": 40})
    with pytest.raises(UserError, match="diverged"):
        Trainer(model, references, TuningConfig(recipe, BOTH, 0, tmp_path), Observer()).run()
    kept = read_checkpoint(tmp_path / LAST)
    assert kept.step == 3
    resumed = person(new_model)
    Trainer(resumed, references, TuningConfig(recipe, BOTH, 0, tmp_path, resume=True), Observer()).run()
    assert all(value.isfinite().all() for part in resumed.state() for value in part.values())


def test_a_huge_learning_rate_stops_the_run(new_model, references, tmp_path):
    recipe = RECIPE.model_copy(update={"steps": 300, "batch": 1, "rank": 32, "lora_rate": 1.0, "feature_rate": 1.0})
    with pytest.raises(UserError, match="lower learning rate") as caught:
        Trainer(person(new_model, recipe), references, TuningConfig(recipe, BOTH, 0, tmp_path), Observer()).run()
    assert "\n" not in str(caught.value)
    kept = read_checkpoint(tmp_path / LAST)
    assert all(value.isfinite().all() for key, value in kept.tensors.items() if key != "first_loss")


def test_a_run_that_diverged_before_its_first_report_is_noticed(new_model, references, monkeypatch):
    model = person(new_model)
    shifted_predictions(monkeypatch, model, lambda call: 7.0)  # a loss of about 50 a task
    recipe = RECIPE.model_copy(update={"steps": 11, "batch": 1})
    with pytest.raises(UserError, match="diverged at step 10 "):
        Trainer(model, references, TuningConfig(recipe, BOTH, 0), Observer()).run()


def small_memory(monkeypatch, model, rows: int) -> list[int]:
    """The UNet runs out of memory with more than so many rows; returns the batches it was given."""
    real, seen = model.pipe.unet.forward, []

    def forward(x, *args, **named):
        seen.append(len(x))
        if len(x) > rows:
            raise torch.OutOfMemoryError("CUDA out of memory")
        return real(x, *args, **named)

    monkeypatch.setattr(model.pipe.unet, "forward", forward)
    return seen


@pytest.mark.parametrize(("batch", "rows", "pieces"), [(4, 4, 2), (4, 3, 4), (4, 1, 8), (3, 1, 8)])
def test_short_memory_makes_smaller_pieces_and_the_same_weights(
    new_model, references, monkeypatch, batch, rows, pieces
):
    recipe = RECIPE.model_copy(update={"steps": 4, "batch": batch})
    config = TuningConfig(recipe, BOTH, seed=0)
    ample = person(new_model)
    Trainer(ample, references, config, Observer()).run()
    short = person(new_model)
    seen = small_memory(monkeypatch, short, rows)
    observer, events = recorded()
    Trainer(short, references, config, observer).run()
    warned = [event.message for event in events if isinstance(event, Warned)]
    assert len(warned) == math.log2(pieces)
    assert f"{min(pieces, 2 * batch)} smaller pieces" in warned[-1]
    assert sum(size > rows for size in seen) == len(warned)  # once it is cut, it stays cut
    for ours, theirs in zip(short.state(), ample.state(), strict=True):
        for key in ours:
            torch.testing.assert_close(ours[key], theirs[key], rtol=1e-3, atol=2e-5)


def test_memory_too_short_for_one_picture_is_said(model, references, monkeypatch):
    small_memory(monkeypatch, model, 0)
    with pytest.raises(UserError, match="too little memory") as caught:
        Trainer(model, references, TuningConfig(RECIPE, BOTH, seed=0), Observer()).run()
    assert "\n" not in str(caught.value)


def test_the_last_resort_calculates_layers_twice_for_the_same_weights(new_model, references, monkeypatch):
    config = TuningConfig(RECIPE.model_copy(update={"steps": 3, "batch": 1}), BOTH, seed=0)
    ample = person(new_model)
    Trainer(ample, references, config, Observer()).run()
    short = person(new_model)
    unet = short.pipe.unet
    real, frugal = unet.forward, []

    def forward(*args, **named):
        frugal.append(unet.is_gradient_checkpointing)
        if not frugal[-1]:
            raise torch.OutOfMemoryError("CUDA out of memory")
        return real(*args, **named)

    monkeypatch.setattr(unet, "forward", forward)
    observer, events = recorded()
    Trainer(short, references, config, observer).run()
    assert "twice" in [event.message for event in events if isinstance(event, Warned)][-1]
    assert frugal == [False, False] + [True] * 6
    assert not unet.is_gradient_checkpointing  # painting and the next tuning do without
    for ours, theirs in zip(short.state(), ample.state(), strict=True):
        for key in ours:
            torch.testing.assert_close(ours[key], theirs[key], rtol=1e-3, atol=2e-5)


def test_memory_that_ran_out_is_free_when_the_step_is_cut(new_model, references, monkeypatch):
    model = person(new_model)
    real, held = model.pipe.unet.forward, []

    def forward(x, *args, **named):
        if len(x) > 2:
            held.append(weakref.ref(x))
            raise torch.OutOfMemoryError("CUDA out of memory")
        assert held[-1]() is None  # nothing holds on to the rows of the try before
        return real(x, *args, **named)

    monkeypatch.setattr(model.pipe.unet, "forward", forward)
    observer = Observer()
    observer.emit = lambda event: isinstance(event, Warned) and freed.append(held[-1]() is None)
    freed: list[bool] = []
    Trainer(model, references, TuningConfig(RECIPE.model_copy(update={"steps": 1}), BOTH, seed=0), observer).run()
    assert freed == [True]


def test_the_best_weights_are_kept_beside_the_last(new_model, references, tmp_path):
    model, figures, states = person(new_model), iter([0.3, 0.7, 0.5, 0.6]), []

    def measure() -> float:
        states.append(model.state())
        return next(figures)

    recipe = RECIPE.model_copy(update={"measure_every": 2, "average": 0.5})
    observer, events = recorded()
    tuned = Trainer(model, references, TuningConfig(recipe, BOTH, 0, tmp_path), observer, measure).run()
    assert [(point.step, point.likeness) for point in tuned.curve] == [(2, 0.3), (4, 0.7), (6, 0.5), (8, 0.6)]
    told = [(event.step, event.likeness) for event in events if isinstance(event, Measured)]
    assert told == [(2, 0.3), (4, 0.7), (6, 0.5), (8, 0.6)]
    assert tuned.best_step == 4
    best = read_checkpoint(tmp_path / BEST_SO_FAR)
    adapter, features = states[1]
    assert best.step == 4
    assert same([best.tensors], [{**adapter, **{f"features.{part}": value for part, value in features.items()}}])
    assert same(model.state(), states[3])  # what was measured last is what is left on
    assert not (tmp_path / BEST).exists()  # of another tuning, which counts until this one is stored


def test_without_a_rhythm_likeness_is_measured_at_the_end_alone(new_model, references):
    tuned = Trainer(person(new_model), references, TuningConfig(RECIPE, BOTH, 0), Observer(), lambda: 0.4).run()
    assert [(point.step, point.likeness) for point in tuned.curve] == [(8, 0.4)]


def test_the_average_lies_between_the_weights_it_is_made_of(new_model, references):
    first = person(new_model)
    start = first.state()[1]["face"]
    Trainer(first, references, TuningConfig(RECIPE, BOTH, 0), Observer()).run()
    averaged = person(new_model)
    Trainer(averaged, references, TuningConfig(RECIPE.model_copy(update={"average": 0.99}), BOTH, 0), Observer()).run()
    far = (first.state()[1]["face"] - start).abs().sum()
    near = (averaged.state()[1]["face"] - start).abs().sum()
    assert 0 < near < far


def test_a_failed_write_of_the_best_weights_does_not_leave_the_average_on(new_model, references, tmp_path, monkeypatch):
    recipe = RECIPE.model_copy(update={"measure_every": 2, "average": 0.9})
    plain = person(new_model)
    with pytest.raises(CancelledError):
        Trainer(
            plain, references, TuningConfig(recipe.model_copy(update={"measure_every": 0}), BOTH, 0), stop_after(2)
        ).run()

    def refuse(*args):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(checkpoints, "write_atomically", refuse)
    model = person(new_model)
    with pytest.raises(UserError, match="disk is full"):
        Trainer(model, references, TuningConfig(recipe, BOTH, 0, tmp_path), Observer(), lambda: 0.1).run()
    assert same(model.state(), plain.state())
    assert not any(tmp_path.iterdir())


def test_checkpoints_hold_no_pickle(interrupted):
    assert LAST.endswith(".safetensors")
    assert (interrupted / LAST).read_bytes()[8:9] == b"{"


def test_a_checkpoint_does_not_bring_back_a_person_who_was_deleted(tmp_path):
    with pytest.raises(UserError, match="deleted"):
        write_checkpoint(tmp_path / "gone" / "checkpoints" / LAST, Checkpoint(1, "key", (), {"a": torch.zeros(1)}))
    assert list(tmp_path.iterdir()) == []


def test_a_measurement_that_was_cancelled_is_made_up_for_by_the_resumed_run(new_model, references, tmp_path):
    recipe = RECIPE.model_copy(update={"measure_every": 2})
    whole = person(new_model, recipe)
    expected = Trainer(
        whole, references, TuningConfig(recipe, BOTH, 3, tmp_path / "whole"), Observer(), likeness_of(whole)
    ).run()
    stopped, calls = person(new_model, recipe), []

    def cancelled() -> float:
        calls.append(1)
        if len(calls) == 2:
            raise CancelledError
        return likeness_of(stopped)()

    folder = tmp_path / "checkpoints"
    with pytest.raises(CancelledError):
        Trainer(stopped, references, TuningConfig(recipe, BOTH, 3, folder), Observer(), cancelled).run()
    assert read_checkpoint(folder / LAST).step == 4
    resumed = person(new_model, recipe)
    observer, events = recorded()
    config = TuningConfig(recipe, BOTH, 3, folder, resume=True)
    assert Trainer(resumed, references, config, observer, likeness_of(resumed)).run() == expected
    assert same(resumed.state(), whole.state())
    told = [event.step for event in events if isinstance(event, Measured)]
    assert told == [2, 4, 6, 8]  # the points of the run before are told again: its curve goes on


def test_a_run_that_is_good_enough_ends_at_its_next_step(new_model, references, tmp_path):
    recipe = RECIPE.model_copy(update={"measure_every": 2})
    short = person(new_model, recipe)
    Trainer(short, references, TuningConfig(recipe.model_copy(update={"steps": 5}), BOTH, 3), Observer()).run()
    model, figures, observer = person(new_model, recipe), iter([0.3, 0.7, 0.5]), Observer()
    observer.emit = lambda event: isinstance(event, Progress) and event.step == 5 and observer.finish.set()
    tuned = Trainer(model, references, TuningConfig(recipe, BOTH, 3, tmp_path), observer, lambda: next(figures)).run()
    assert (tuned.steps, tuned.best_step) == (5, 4)
    assert [point.step for point in tuned.curve] == [2, 4, 5]  # where it ends is measured too
    assert same(model.state(), short.state())
    assert read_checkpoint(tmp_path / BEST_SO_FAR).step == 4
