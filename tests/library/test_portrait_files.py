"""What a file among the portraits says by being gone."""

from __future__ import annotations

from pathlib import Path

from facea_desktop.library.portrait_files import PASTED, is_erased


def test_only_what_was_among_the_portraits_counts_as_erased(tmp_path: Path) -> None:
    portraits = tmp_path / "portraits"
    kept = portraits / "a.png"
    portraits.mkdir()
    kept.touch()
    (tmp_path / "link").symlink_to(portraits)

    assert not is_erased(kept, portraits)
    assert not is_erased(tmp_path / "usb-stick" / "party.jpg", portraits)
    assert is_erased(portraits / "b.png", portraits)
    assert is_erased(portraits / PASTED / "c.png", portraits)
    assert is_erased(tmp_path / "link" / "b.png", portraits)
