"""A batch while it runs: a table on a terminal, a line for each entry elsewhere."""

from __future__ import annotations

import io

from facea_desktop.batch.live_table import LiveTable
from facea_desktop.domain.events import Event, ItemEnded, ItemStarted, Progress, Warned

TITLES = [f"Anna: picture {number}\n" for number in range(20)]
EVENTS: list[Event] = [
    ItemStarted(0),
    Progress(5, 100, 125.0),
    ItemEnded(0, "done", 12.0),
    ItemStarted(1),
    Warned("dark"),
    ItemEnded(1, "failed", 1.0, (), "No face was found."),
    ItemStarted(2),
]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_without_a_terminal_there_is_a_line_for_each_entry_and_no_control_sequence() -> None:
    out = io.StringIO()
    table = LiveTable(TITLES, list(range(3, 23)), out)
    for event in EVENTS:
        table(event)
    table.close()
    assert out.getvalue().splitlines() == [
        "1/20 line 3, Anna: picture 0 : done in 12 s, 2 min left",
        "warning: dark",
        "2/20 line 4, Anna: picture 1 : failed: No face was found., 2 min left",
    ]


def test_the_table_shows_what_is_over_running_and_coming_within_its_width() -> None:
    out = Terminal()
    table = LiveTable(TITLES, list(range(3, 23)), out)
    for event in EVENTS:
        table(event)
    table.close()
    rows = table.rows(60)
    assert all(len(row) <= 60 for row in rows)
    assert "2/20 · 1 failed · 2 min left" in table.rows(200)[0]
    assert [row[0] for row in rows[1:5]] == ["✓", "x", "▸", " "]
    assert "picture 2" in rows[3]
    assert rows[-1] == "  and 14 more"
    assert "\033[" in out.getvalue()


def test_everything_under_way_is_shown_in_a_few_rows() -> None:
    table = LiveTable(TITLES, [0] * 20, Terminal())
    for number in range(12):
        table(ItemStarted(number))
    table(ItemEnded(3, "done", 1.0))
    rows = table.rows(80)
    assert sum(row.startswith("▸") for row in rows) == 9
    assert "▸ and 3 more running" in rows
    assert not any("picture 3 " in row for row in rows if row.startswith("▸"))


def test_what_should_be_known_stays_above_the_table_and_is_said_once() -> None:
    out = Terminal()
    table = LiveTable(TITLES, [0] * 20, out)
    table(ItemStarted(0))
    for _ in range(2):
        table(Warned("Anna: A worker was lost. It is begun again."))
    table.close()
    assert out.getvalue().count("warning: Anna: A worker was lost. It is begun again.\n") == 1


def test_a_batch_that_is_stopped_says_how_far_it_came_and_how_to_go_on() -> None:
    out = Terminal()
    table = LiveTable(TITLES, [0] * 20, out)
    for event in EVENTS:
        table(event)
    table.close(stopped=True)
    assert out.getvalue().splitlines()[-1] == (
        "Stopped when 2 of 20 entries were over. Run the same command again to go on from there."
    )
    assert [row.split()[-1] for row in table.rows(80) if row.startswith("▸")] == ["stopped"]
    assert "left" not in table.rows(80)[0]
