from __future__ import annotations

import pytest

from facea_desktop.models.catalogue import MemoryNeed, load_catalogue
from facea_desktop.models.memory_fit import MemoryFit, memory_fit, moving_mb, needed_mb, together

PAINTER = MemoryNeed(half=18_000, full=35_000, offload=10_000, text=8000)
FACES = MemoryNeed(half=4000, full=7500)


@pytest.mark.parametrize(
    ("memory_mb", "quantises", "full", "expected"),
    [
        (18_000, True, False, MemoryFit.WHOLE),
        (17_999, True, False, MemoryFit.QUANTISED),
        (17_999, False, False, MemoryFit.OFFLOAD),
        (14_400, True, False, MemoryFit.QUANTISED),
        (14_399, True, False, MemoryFit.OFFLOAD),
        (10_000, True, False, MemoryFit.OFFLOAD),
        (9999, True, False, MemoryFit.NONE),
        (34_999, True, True, MemoryFit.OFFLOAD),
        (19_999, True, True, MemoryFit.NONE),
    ],
)
def test_the_fastest_way_that_memory_holds_is_taken(
    memory_mb: int, quantises: bool, full: bool, expected: MemoryFit
) -> None:
    assert memory_fit(PAINTER, memory_mb, full=full, quantises=quantises) is expected


def test_what_has_no_parts_to_move_fits_or_does_not() -> None:
    assert memory_fit(FACES, 4000) is MemoryFit.WHOLE
    assert memory_fit(FACES, 3999, quantises=True) is MemoryFit.NONE


def test_side_by_side_models_add_up_and_with_offload_the_largest_counts() -> None:
    both = together([PAINTER, FACES])
    assert (needed_mb(both), needed_mb(both, full=True), moving_mb(both)) == (22_000, 42_500, 10_000)
    assert needed_mb(both, quantised=True) == 22_000 - 3600


@pytest.mark.parametrize("model", load_catalogue().models.values(), ids=lambda model: model.name)
def test_in_the_catalogue_offload_saves_memory_and_holds_the_text_encoder(model: object) -> None:
    need = model.needs_mb  # type: ignore[attr-defined]
    assert need.half <= need.full
    assert need.moving <= need.half
    assert need.text <= need.moving  # it visits the device, too
