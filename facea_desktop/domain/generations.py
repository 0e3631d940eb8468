"""How many identity models a family has had: what was tuned with an earlier one does not fit the present one."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

from facea_desktop.resources import resource


def generation_of(family: str) -> int:
    """The number of the family's present models, from 1 on."""
    return _generations().get(family, 1)


@cache
def _generations() -> Mapping[str, int]:
    families = tomllib.loads(resource("catalogue.toml").read_text("utf-8"))["families"]
    return {name: family["generation"] for name, family in families.items() if "generation" in family}
