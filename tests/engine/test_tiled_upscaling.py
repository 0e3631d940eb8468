"""Pictures of any size, tile by tile."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from torch import Tensor

from facea_desktop.domain.errors import CancelledError
from facea_desktop.domain.events import Event, Observer, Progress, Warned
from facea_desktop.engine import tiled_upscaling
from facea_desktop.engine.tiled_upscaling import enlarged
from facea_desktop.engine.upscaler import Upscaler
from tests.engine.test_upscaler import compact, saved


@pytest.fixture
def upscaler(tmp_path: Path) -> Upscaler:
    return Upscaler(saved(tmp_path, compact(2)))


def noise(width: int, height: int) -> Image.Image:
    return Image.fromarray(np.random.default_rng(0).integers(0, 256, (height, width, 3), dtype=np.uint8))


def whole(picture: Image.Image, upscaler: Upscaler) -> np.ndarray:
    pixels = torch.from_numpy(np.array(picture)).permute(2, 0, 1)[None].float() / 255
    return (upscaler(pixels)[0].permute(1, 2, 0) * 255).round().numpy()


def test_tiles_meet_as_if_there_were_none(upscaler: Upscaler, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = noise(150, 101)
    monkeypatch.setattr(tiled_upscaling, "TILE", 40)
    made = enlarged(picture, 2, upscaler, Observer())
    assert made.size == (300, 202)
    assert np.abs(np.asarray(made, np.float32) - whole(picture, upscaler)).max() <= 1


def test_without_a_margin_the_seams_would_be_seen(upscaler: Upscaler, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = noise(80, 80)
    monkeypatch.setattr(tiled_upscaling, "TILE", 40)
    monkeypatch.setattr(tiled_upscaling, "MARGIN", 0)
    made = enlarged(picture, 2, upscaler, Observer())
    assert np.abs(np.asarray(made, np.float32) - whole(picture, upscaler)).max() > 2


def test_a_smaller_factor_runs_twice_and_a_larger_one_is_scaled_down(upscaler: Upscaler, tmp_path: Path) -> None:
    picture = noise(20, 30)
    twice = enlarged(enlarged(picture, 2, upscaler, Observer()), 2, upscaler, Observer())
    assert enlarged(picture, 4, upscaler, Observer()).tobytes() == twice.tobytes()
    (tmp_path / "x4").mkdir()
    four = Upscaler(saved(tmp_path / "x4", compact(4)))
    assert enlarged(picture, 2, four, Observer()).size == (40, 60)


def test_progress_is_told_tile_by_tile_and_a_stop_is_heard(upscaler: Upscaler, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tiled_upscaling, "TILE", 32)
    events: list[Event] = []
    enlarged(noise(64, 64), 4, upscaler, Observer(events.append))
    progress = [event for event in events if isinstance(event, Progress)]
    assert [event.step for event in progress] == [1024 * n for n in range(1, 21)]
    assert {event.total for event in progress} == {64 * 64 + 128 * 128}

    stopping = Observer()
    stopping.emit = lambda event: stopping.stop.set() if isinstance(event, Progress) else None
    with pytest.raises(CancelledError):
        enlarged(noise(64, 64), 2, upscaler, stopping)


class SmallMemory:
    """An upscaler on a device that holds so many pixels."""

    times = 2

    def __init__(self, upscaler: Upscaler, most: int) -> None:
        self._upscaler, self._most = upscaler, most

    def __call__(self, pixels: Tensor) -> Tensor:
        if pixels[0, 0].numel() > self._most:
            raise torch.OutOfMemoryError("out of memory")
        return self._upscaler(pixels)


def test_where_memory_is_short_the_tiles_become_smaller_and_the_picture_stays_the_same(upscaler: Upscaler) -> None:
    events: list[Event] = []
    picture = noise(300, 200)
    made = enlarged(picture, 2, SmallMemory(upscaler, 150**2), Observer(events.append))  # type: ignore[arg-type]
    assert made.tobytes() == enlarged(picture, 2, upscaler, Observer()).tobytes()
    assert ["smaller tiles" in event.message for event in events if isinstance(event, Warned)] == [True]
    with pytest.raises(torch.OutOfMemoryError):
        enlarged(picture, 2, SmallMemory(upscaler, 10), Observer())  # type: ignore[arg-type]
