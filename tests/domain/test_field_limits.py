"""Forms ask the fields of requests what they take."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from facea_desktop.domain.field_limits import bounds, longest
from facea_desktop.domain.mix_requests import MixRequest
from facea_desktop.domain.people import Recipe, Value
from facea_desktop.domain.requests import PortraitRequest


@pytest.mark.parametrize(
    ("kind", "field"),
    [(PortraitRequest, "steps"), (PortraitRequest, "guidance"), (PortraitRequest, "seed"), (Recipe, "steps")],
)
def test_a_field_takes_its_bounds_and_nothing_beyond(kind: type[Value], field: str) -> None:
    others = {"person": "0" * 12} if kind is PortraitRequest else {}
    least, most = bounds(kind, field)
    for number in (least, most):
        assert getattr(kind.model_validate({**others, field: number}), field) == number
    for number in (least - 1, most + 1):
        with pytest.raises(ValidationError):
            kind.model_validate({**others, field: number})


def test_a_text_takes_so_many_characters_and_no_more() -> None:
    most = longest(PortraitRequest, "prompt")
    assert len(PortraitRequest(person="0" * 12, prompt="a" * most).prompt) == most
    with pytest.raises(ValidationError):
        PortraitRequest(person="0" * 12, prompt="a" * (most + 1))
    assert longest(MixRequest, "name") == 80


def test_a_field_without_limits_is_no_field_of_a_form() -> None:
    with pytest.raises(LookupError):
        longest(PortraitRequest, "person")
    with pytest.raises(LookupError):
        bounds(PortraitRequest, "strength")
