"""Names of copies and of files."""

from __future__ import annotations

from pathlib import Path

from facea_desktop.ui.people.person_disk_work import copy_name, export_targets, file_stem


def test_a_copy_gets_the_next_free_name() -> None:
    assert copy_name("Anna", {"Anna"}) == "Anna 2"
    assert copy_name("Anna 2", {"Anna", "Anna 2"}) == "Anna 3"
    assert len(copy_name("A" * 80, set())) <= 80


def test_names_become_file_names_of_every_system(tmp_path: Path) -> None:
    assert file_stem('a/b\\c:"d"') == "a_b_c__d_"
    assert file_stem("...") == "person"
    targets = export_targets({"1": "Anna", "2": "Anna"}, tmp_path)
    assert sorted(path.name for path in targets.values()) == ["Anna 2.facea", "Anna.facea"]
