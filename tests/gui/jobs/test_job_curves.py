"""The curves of a job."""

from __future__ import annotations

import pytest

from facea_desktop.domain.events import Losses, Measured, Started
from facea_desktop.ui.jobs.job_curves import JobCurves, round_up, smoothed
from facea_desktop.ui.likeness_scale import likeness_colour
from facea_desktop.ui.theme import apply, colours


def shades(curves: JobCurves) -> list[str]:
    lines = (curves.face_line, curves.attribute_line, curves.likeness_line)
    return [line.opts["pen"].color().name() for line in lines]


@pytest.fixture
def curves(qtbot) -> JobCurves:
    made = JobCurves()
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    return made


def test_smoothing_follows_the_trend_and_begins_with_the_first_value() -> None:
    assert smoothed([]) == []
    assert smoothed([4.0]) == [4.0]
    assert smoothed([1.0, 0.0, 0.0], share=0.5) == [1.0, 0.5, 0.25]


@pytest.mark.parametrize(("value", "rounded"), [(0.41, 0.5), (0.5, 0.5), (0.011, 0.02), (7, 10), (20, 20), (0, 1)])
def test_axes_end_at_round_numbers(value: float, rounded: float) -> None:
    assert round_up(value) == pytest.approx(rounded)


def test_the_axis_of_steps_reaches_as_far_as_the_job_will_go(curves: JobCurves) -> None:
    curves.show_events([Started("tune", 1000), Losses(10, 0.4, 0.2)])
    (left, right), (low, high) = curves.loss_plot.viewRange()
    assert left <= 0
    assert right == pytest.approx(1000, rel=0.02)
    assert low <= 0
    assert high == pytest.approx(0.5, rel=0.05)


def test_a_plot_without_points_is_not_there(curves: JobCurves) -> None:
    curves.show_events([Losses(10, 0.4, 0.2)])
    assert curves.loss_plot.isVisible()
    assert curves.likeness_plot.isHidden()
    curves.show_events([Measured(50, 0.7)])
    assert curves.loss_plot.isHidden()
    assert curves.likeness_plot.isVisible()


def test_a_loss_that_is_no_number_does_not_break_the_plot(curves: JobCurves) -> None:
    curves.show_events([Losses(10, float("nan"), 0.2), Losses(20, float("inf"), 0.2)])
    assert curves.loss_plot.viewRange()[1][1] == pytest.approx(0.2, rel=0.05)


def test_axes_are_named_and_the_colours_are_the_themes(curves: JobCurves, qapp) -> None:
    axes = curves.loss_plot.getPlotItem()
    assert [axes.getAxis(side).labelText for side in ("left", "bottom")] == ["loss", "step"]
    dark = shades(curves)
    assert dark[0] == colours().accent
    apply(qapp, "light")
    qapp.processEvents()
    assert shades(curves)[0] == colours().accent
    assert shades(curves) != dark


def test_points_of_the_likeness_have_the_colours_of_its_scale(curves: JobCurves) -> None:
    curves.show_events([Measured(10, 0.3), Measured(20, 0.6)], lambda likeness: 2 * (likeness - 0.3))
    assert [shade.name() for shade in curves.likeness_line.opts["symbolBrush"]] == [
        likeness_colour(place).name() for place in (0.0, 0.6)
    ]
