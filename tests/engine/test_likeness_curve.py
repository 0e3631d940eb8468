from __future__ import annotations

from facea_desktop.domain.people import LikenessPoint
from facea_desktop.engine.likeness_curve import LikenessCurve


def test_of_equal_points_the_first_is_the_best() -> None:
    curve = LikenessCurve()
    assert (curve.last_step, curve.best_step) == (None, None)
    for step, likeness in ((5, 0.3), (10, 0.7), (15, 0.7), (20, 0.6)):
        curve.add(step, likeness)
    assert (curve.last_step, curve.best_step) == (20, 10)


def test_a_resumed_curve_goes_on_behind_its_points() -> None:
    points = (LikenessPoint(step=5, likeness=0.8),)
    curve = LikenessCurve(points)
    curve.add(10, 0.6)
    assert curve.points == (*points, LikenessPoint(step=10, likeness=0.6))
    assert curve.best_step == 5
