"""A new tuning replaces another, which stays until the choice is made, whenever the program is killed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import Attribute, Subject
from facea_desktop.domain.generations import generation_of
from facea_desktop.domain.people import Blended, Profile, Recipe, Taken, Tuning
from facea_desktop.library.id_library import Library
from facea_desktop.library.person_files import ADAPTER, FEATURES
from facea_desktop.library.previous_tuning import keep_weights, previous_tuning
from facea_desktop.library.tuning_choice import confirm_tuning, go_back, settle
from tests.faults import bytes_below, dies_at, needs_fork, quiet_fork

ANNA, BEN = "a" * 12, "b" * 12
FIRST, SECOND, THIRD = (f"{word} weights".encode() for word in ("first", "second", "third"))


def tuning(seed: int) -> Tuning:
    return Tuning(recipe=Recipe(steps=10), seed=seed, step=10, best_step=5)


def tune(library: Library, weights: bytes, seed: int, taken: tuple[Taken, ...] = ()) -> None:
    """As the engine stores a tuning; the second has no features."""
    best = library.folder(ANNA) / "checkpoints" / "best.safetensors"

    def tuned(now: Profile) -> Profile:
        keep_weights(library.folder(ANNA), now)
        return now.model_copy(update={"tuning": tuning(seed), "taken": taken})

    files = {ADAPTER: weights} | ({} if weights == SECOND else {FEATURES: weights + b" features"})
    library.change(ANNA, tuned, files, {FEATURES} - files.keys())
    settle(library, ANNA)
    best.parent.mkdir(exist_ok=True)
    best.write_bytes(b"best " + weights)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    made = Library(tmp_path / "data")
    made.create(Profile(id=ANNA, name="Anna", subject=Subject.WOMAN, family="small"), {})
    tune(made, FIRST, 1)
    return made


def seen(library: Library) -> tuple[object, ...]:
    """The weights in use with their seed, those kept, and whether the best ones match."""
    profile, files = library.read(ANNA)
    kept = previous_tuning(library.folder(ANNA), profile)
    best = (library.folder(ANNA) / "checkpoints" / "best.safetensors").read_bytes()
    assert profile.tuning is not None
    return files[ADAPTER], FEATURES in files, profile.tuning.seed, kept and kept.tuning.seed, best


def test_the_one_before_comes_back_with_its_best_weights(library: Library) -> None:
    assert seen(library) == (FIRST, True, 1, None, b"best " + FIRST)
    tune(library, SECOND, 2)
    assert seen(library) == (SECOND, False, 2, 1, b"best " + SECOND)
    go_back(library, ANNA)
    assert seen(library) == (FIRST, True, 1, None, b"best " + FIRST)
    assert bytes_below(library.folder(ANNA), "second") == []
    with pytest.raises(UserError, match="no earlier tuning"):
        go_back(library, ANNA)


def test_confirming_and_tuning_again_each_leave_nothing_of_what_was_kept(library: Library) -> None:
    tune(library, SECOND, 2)
    tune(library, THIRD, 3)
    assert seen(library)[2:4] == (3, 2)
    assert bytes_below(library.folder(ANNA), "first") == []
    confirm_tuning(library, ANNA)
    assert seen(library)[2:4] == (3, None)
    assert bytes_below(library.folder(ANNA), "second") == []


def test_what_is_kept_of_a_mix_forgets_a_giver_who_is_deleted(library: Library) -> None:
    library.create(Profile(id=BEN, name="Benedict", subject=Subject.WOMAN, family="small"), {})
    tune(library, SECOND, 2, (Taken(attribute=Attribute.NOSE, person=BEN, name="Benedict", steps=1),))
    tune(library, THIRD, 3)
    library.delete(BEN)
    assert bytes_below(library.folder(ANNA), "Benedict", BEN) == []
    assert [one.person for one in go_back(library, ANNA).taken] == [None]


def test_a_blend_tuned_anew_and_taken_back_still_says_of_whom_it_is(library: Library) -> None:
    library.create(Profile(id=BEN, name="Benedict", subject=Subject.WOMAN, family="small"), {})
    parents = (Blended(person=BEN, name="Benedict", part=0.5),)
    library.change(ANNA, lambda now: now.model_copy(update={"blended": parents}))
    tune(library, SECOND, 2)
    library.change(ANNA, lambda now: now.model_copy(update={"blended": ()}))
    library.delete(BEN)
    assert bytes_below(library.folder(ANNA), "Benedict", BEN) == []
    assert [(one.person, one.part) for one in go_back(library, ANNA).blended] == [(None, 0.5)]


@needs_fork
@quiet_fork
@pytest.mark.parametrize("act", [go_back, confirm_tuning, lambda library, _: tune(library, THIRD, 3)])
def test_a_kill_at_any_moment_leaves_one_choice_or_the_other(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, act: Callable[[Library, str], object]
) -> None:
    monkeypatch.setattr(os, "fsync", lambda handle: None)
    tune(library, SECOND, 2)
    before = seen(library)
    outcomes, moment, died = [], 0, True
    while died:
        root = shutil.copytree(tmp_path / "data", tmp_path / "copy")
        died = dies_at(moment, lambda root=root: act(Library(root), ANNA))
        Library(root).sweep()
        outcomes.append(seen(Library(root)))
        assert not list(root.rglob("before-new"))
        shutil.rmtree(root)
        moment += 1
    kinds = list(dict.fromkeys(one[:4] for one in outcomes))
    assert kinds[0] == before[:4]
    assert len(kinds) == 2


def test_weights_for_earlier_models_are_neither_kept_nor_come_back(tmp_path: Path) -> None:
    library = Library(tmp_path / "data")
    library.create(Profile(id=ANNA, name="Anna", subject=Subject.WOMAN, family="starter"), {})
    tune(library, FIRST, 1)
    tune(library, SECOND, 2)  # as of the first models, for both
    assert library.get(ANNA).state == "not tuned"
    assert bytes_below(library.folder(ANNA), "first") == []
    today = library.get(ANNA).model_copy(
        update={"tuning": tuning(3).model_copy(update={"generation": generation_of("starter")})}
    )
    keep_weights(library.folder(ANNA), library.get(ANNA))
    library.update(today, {ADAPTER: THIRD})
    settle(library, ANNA)
    assert library.get(ANNA).state == "ready"
    with pytest.raises(UserError, match="no earlier tuning"):
        go_back(library, ANNA)
    assert bytes_below(library.folder(ANNA), "second weights") == ["checkpoints/best.safetensors"]
