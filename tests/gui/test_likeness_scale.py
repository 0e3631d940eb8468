"""Likeness as a place between strangers and own photos, in colour, words and numbers."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QLocale, QPointF
from PySide6.QtGui import QColor, QImage, QPainter

from facea_desktop.ui.likeness_scale import draw_badge, likeness_colour, likeness_word, likeness_words, place_on_scale
from facea_desktop.ui.plot_axes import number_axes


@pytest.mark.parametrize(
    ("score", "own", "strangers", "place"),
    [
        (0.5, 0.8, 0.2, 0.5),
        (0.95, 0.8, 0.2, 1.0),
        (-0.1, 0.8, 0.2, 0.0),
        (0.525, None, None, 0.5),  # what people usually score
        (0.525, None, 0.2, 0.5),  # of a person with a single photo
        (0.525, 0.1, 0.2, 0.5),  # photos that show somebody else, too, say nothing
    ],
)
def test_a_score_has_its_place_between_strangers_and_own_photos(score, own, strangers, place: float) -> None:
    assert place_on_scale(score, own, strangers) == pytest.approx(place)


def test_a_likeness_is_told_with_what_gives_it_a_meaning() -> None:
    assert likeness_words(0.712, 0.8, 0.1) == (
        "Excellent likeness: 0.71. The person's own photos score 0.80, strangers 0.10."
    )
    assert likeness_words(0.3) == "Little likeness: 0.30. A person's own photos score about 0.80, strangers about 0.25."
    assert [likeness_word(place) for place in (0, 0.3, 0.6, 0.85)] == [
        f"{word} likeness" for word in ("little", "fair", "good", "excellent")
    ]


def test_scores_and_plots_have_the_decimal_point_of_the_language() -> None:
    before = QLocale()
    QLocale.setDefault(QLocale("de"))
    try:
        assert "0,71" in likeness_words(0.712, 0.8, 0.1)
        assert number_axes()["left"].tickStrings([0.25, 0.5], 1, 0.05) == ["0,25", "0,50"]
    finally:
        QLocale.setDefault(before)


def test_its_colours_grow_lighter_so_that_they_are_told_apart_with_every_kind_of_colour_vision() -> None:
    def lightness(colour: QColor) -> float:
        red, green, blue, _ = colour.getRgbF()
        return 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2

    steps = [lightness(likeness_colour(number / 20)) for number in range(21)]
    assert all(light > before for before, light in itertools.pairwise(steps))
    low, high = likeness_colour(0), likeness_colour(1)
    assert low.blue() - low.red() > 100 > high.blue() - high.red() + 200  # blue and yellow, which nobody confuses


def test_the_bar_is_as_long_as_the_likeness_is_large(qapp: object) -> None:
    def filled(place: float) -> int:
        image = QImage(60, 30, QImage.Format.Format_ARGB32)
        image.fill(QColor("black"))
        painter = QPainter(image)
        badge = draw_badge(painter, QPointF(4, 4), place)
        painter.end()
        line = [image.pixelColor(x, round(badge.center().y())) for x in range(60)]
        return sum(colour == likeness_colour(place) for colour in line)

    assert filled(0.0) < filled(0.3) < filled(0.7) < filled(1.0)
