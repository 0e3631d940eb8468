"""The likeness curve of a tuning: how much like the person a test portrait is, by step."""

from __future__ import annotations

from collections.abc import Sequence

from facea_desktop.domain.people import LikenessPoint


class LikenessCurve:
    """Likeness by step, measured while a person is tuned.

    Args:
        points: of a run that is resumed.
    """

    def __init__(self, points: Sequence[LikenessPoint] = ()) -> None:
        self._points = list(points)

    @property
    def points(self) -> tuple[LikenessPoint, ...]:
        """In the order of their steps."""
        return tuple(self._points)

    @property
    def last_step(self) -> int | None:
        """The step measured last; None before the first."""
        return self._points[-1].step if self._points else None

    @property
    def best_step(self) -> int | None:
        """The first step of the best likeness; None before the first."""
        return max(self._points, key=lambda point: point.likeness).step if self._points else None

    def add(self, step: int, likeness: float) -> None:
        """Add a point behind the others."""
        self._points.append(LikenessPoint(step=step, likeness=likeness))
