"""A report can be passed on: it says what went wrong and nothing of whom."""

from __future__ import annotations

from pathlib import Path

import pytest

from facea_desktop import __version__
from facea_desktop.domain.redaction import redact
from facea_desktop.ui.logs import log_file, report_text
from facea_desktop.ui.logs.log_records import choose, parse, read_tail

ROOT = Path("/home/anna/.local/share/facea-desktop")


@pytest.fixture(autouse=True)
def at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: Path("/home/anna"))


@pytest.mark.parametrize(
    "line",
    [
        "could not read /home/anna/Pictures/Ben at the sea.jpg",
        "could not read /mnt/photos/Ben.jpg: truncated",
        r"could not read C:\Users\Anna\Ben.jpg: truncated",
        r"could not read \\server\Anna\Ben.png",
        "prompt 'Ben as a knight' was refused",
        'prompt "Ben, it\'s Anna" was refused',
        "prompt “Anna and Ben” was refused",
        "1 validation error for PortraitRequest [type=x, input_value='Anna in a red dress', input_type=str]",
        "KeyError: 'Ben'",
        "Anna Berg's file is damaged",
        "tuning anna berg failed",
        "~/Pictures/Ben.jpg is no picture",
        "/home/anna/it's Ben.jpg",
    ],
)
def test_names_prompts_and_paths_are_taken_out(line: str) -> None:
    text = redact(line, ROOT, ["Anna Berg", "Ben"]).casefold()

    assert "anna" not in text
    assert "ben" not in text
    assert "knight" not in text
    assert "dress" not in text


def test_what_helps_to_find_the_fault_stays() -> None:
    text = redact(
        "2026-01-02 03:04:05,678 facea_desktop.workers.job_pool ERROR job 0123456789ab failed\n"
        "Traceback (most recent call last):\n"
        '  File "/home/anna/env/lib/python3.11/site-packages/facea_desktop/ui/session.py", line 12, in go\n'
        '    self.failed.emit("now")\n'
        "    ^^^^^^^^^^^^^^^^^^^^^^^\n"
        '  File "/home/anna/env/lib/python3.11/site-packages/torch/nn/x.py", line 9, in run\n'
        "    return 1 / 0\n"
        "ZeroDivisionError: division by zero\n"
        f"{ROOT}/people/0123456789ab/profile.json is damaged\n",
        ROOT,
    )

    assert text.splitlines() == [
        "2026-01-02 03:04:05,678 facea_desktop.workers.job_pool ERROR job 0123456789ab failed",
        "Traceback (most recent call last):",
        '  File "facea_desktop/ui/session.py", line 12, in go',
        '    self.failed.emit("now")',
        "    ^^^^^^^^^^^^^^^^^^^^^^^",
        '  File "site-packages/torch/nn/x.py", line 9, in run',
        "    return 1 / 0",
        "ZeroDivisionError: division by zero",
        "<data>/people/0123456789ab/profile.json is damaged",
    ]


def test_lines_that_are_indented_outside_a_traceback_are_no_code() -> None:
    assert "Anna" not in redact("    'Anna as a queen'\n", ROOT)


def test_a_name_inside_another_word_is_no_name() -> None:
    assert redact("the image is bad", ROOT, ["Im", "Ad"]) == "the image is bad\n"


def test_a_report_has_versions_and_the_log(tmp_path: Path) -> None:
    assert "The log is empty." in report_text(tmp_path)
    log_file(tmp_path).parent.mkdir()
    log_file(tmp_path).write_text("2026-01-02 03:04:05,678 facea_desktop INFO Anna is tuned\n")

    text = report_text(tmp_path, ["Anna"])

    assert f"FaceA Desktop {__version__}" in text
    assert "Qt 6" in text
    assert "<person> is tuned" in text


def record(level: str, text: str) -> str:
    return f"2026-01-02 03:04:05,678 facea_desktop.x {level} {text}\n"


def test_a_traceback_belongs_to_its_record() -> None:
    records = parse(record("INFO", "one") + record("ERROR", "two") + "Traceback\n  File\nKeyError: 3\n")

    assert [one.text.count("\n") for one in records] == [0, 3]


def test_records_are_chosen_by_level_and_words() -> None:
    records = parse(record("INFO", "engine warm") + record("WARNING", "Disk nearly full") + record("ERROR", "disk"))

    assert len(choose(records, 30, "")) == 2
    assert [one.text[-16:] for one in choose(records, 0, "FULL disk")] == ["Disk nearly full"]


def test_the_tail_of_a_large_log_begins_with_a_whole_record(tmp_path: Path) -> None:
    log = tmp_path / "facea.log"
    log.write_text("".join(record("INFO", f"line {number}") for number in range(1000)))

    tail = read_tail(log, 500)

    assert tail.startswith("2026-")
    assert tail.endswith("line 999\n")
    assert len(tail) <= 500
