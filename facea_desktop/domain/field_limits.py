"""Limits of request fields, for the forms that fill them in; each limit is defined once, at its field."""

from __future__ import annotations

from pydantic import BaseModel


def longest(value: type[BaseModel], field: str) -> int:
    """How many characters a text field takes.

    Raises:
        LookupError: the field has no such limit.
    """
    return _limits(value, field)["max_length"]


def bounds(value: type[BaseModel], field: str) -> tuple[int, int]:
    """The least and the greatest whole number that a field takes.

    Raises:
        LookupError: the field has no such limits.
    """
    limits = _limits(value, field)
    return limits["ge"], limits["lt"] - 1 if "lt" in limits else limits["le"]


def _limits(value: type[BaseModel], field: str) -> dict[str, int]:
    """The constraints of a field by pydantic's names for them."""
    return {
        name: limit
        for constraint in value.model_fields[field].metadata
        for name in ("max_length", "ge", "le", "lt")
        if (limit := getattr(constraint, name, None)) is not None
    }
