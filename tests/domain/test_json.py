"""Requests, events and outcomes survive JSON: what was queued, told and made can be read back as it was."""

from __future__ import annotations

import dataclasses
import types
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from annotated_types import Ge
from pydantic import BaseModel, TypeAdapter
from pydantic.fields import FieldInfo

from facea_desktop.domain.events import Event
from facea_desktop.domain.outcomes import Outcome
from facea_desktop.domain.people import Consent
from facea_desktop.domain.requests import ComparisonRequest, Request

UNIONS = {"request": Request, "event": Event, "outcome": Outcome}


def kinds(union: Any) -> tuple[type, ...]:
    return get_args(get_args(union)[0])


def sample(wanted: Any) -> Any:
    """A value of the type with every field filled in."""
    origin, arguments = get_origin(wanted), get_args(wanted)
    if origin is Annotated:
        return sample(arguments[0])
    if origin in (Union, types.UnionType):
        return sample(next(one for one in arguments if one is not types.NoneType))
    if origin is Literal:
        return arguments[-1]
    if origin is tuple:
        return (sample(arguments[0]),)
    if origin is dict:
        return {sample(arguments[0]): sample(arguments[1])}
    if dataclasses.is_dataclass(wanted):
        return wanted(**{name: sample(field) for name, field in get_type_hints(wanted).items()})
    if issubclass(wanted, BaseModel):
        return wanted(**{name: fitting(field, sample(field.annotation)) for name, field in wanted.model_fields.items()})
    if issubclass(wanted, Enum):
        return list(wanted)[-1]
    return {str: "0123456789ab", bytes: b"\x89PNG\xff", bool: True, int: 2, float: 0.5}.get(wanted) or {
        Path: Path("folder", "picture.png"),
        date: date(2030, 5, 1),
    }[wanted]


def fitting(field: FieldInfo, value: Any) -> Any:
    """The value, or the least that the field allows; a hash where it asks for one."""
    if any("{64}" in (getattr(limit, "pattern", None) or "") for limit in field.metadata):
        return "0123456789abcdef" * 4
    return max([value, *(limit.ge for limit in field.metadata if isinstance(limit, Ge))])


@pytest.mark.parametrize(
    ("union", "kind"), [(name, kind) for name, union in UNIONS.items() for kind in kinds(union)], ids=str
)
def test_each_survives_json(union: str, kind: type) -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(UNIONS[union])
    value = sample(kind)
    back = adapter.validate_json(adapter.dump_json(value))
    assert (type(back), back) == (kind, value)


def test_no_two_have_the_same_kind() -> None:
    for union in UNIONS.values():
        named = [sample(kind).kind for kind in kinds(union)]
        assert len(set(named)) == len(named) > 1


def test_a_consent_that_the_first_versions_wrote_is_read() -> None:
    assert Consent.model_validate({"kind": "with leave"}) == Consent(kind="with permission")


def test_a_comparison_that_the_first_versions_queued_is_read() -> None:
    request = sample(ComparisonRequest)
    written = request.model_dump(mode="json") | {"kind": "evaluate"}
    assert TypeAdapter(Request).validate_python(written) == request
