"""Larger pictures by the command line, with an upscaler of the user's."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from facea_desktop.library.portrait_png import read_enlargement, read_size
from facea_desktop.resources import resource
from tests.engine.test_upscaler import compact, saved
from tests.test_cli import facea


def test_an_upscaler_of_the_users_is_checked_chosen_and_used(tmp_path: Path) -> None:
    picture, own = tmp_path / "adam.jpg", saved(tmp_path, compact(2))
    Image.open(resource("people", "adam", "3.jpg")).convert("RGB").resize((96, 96)).save(picture)
    broken = tmp_path / "broken.pth"
    broken.write_bytes(b"no weights")
    refused = facea(tmp_path / "data", "models", "use", broken)
    assert (refused.code, "damaged" in refused.err) == (3, True)

    assert facea(tmp_path / "data", "models", "use", own).answer["role"] == "upscaler"
    made = facea(tmp_path / "data", "enlarge", picture).answer
    assert (made["size"], made["times"], made["by"]) == ("192x192", 2, "upscaler")
    assert Path(made["path"]) == tmp_path / "adam-2x.png"
    assert read_size(Path(made["path"])) == (192, 192)
    assert read_enlargement(Path(made["path"])) == "2 times by upscaler"
    assert made["sharpness_to_lanczos"] > 0

    four = facea(tmp_path / "data", "enlarge", picture, "--times", 4, "--out", tmp_path / "new").answer
    assert (four["size"], Path(four["path"]).parent) == ("384x384", tmp_path / "new")
    assert facea(tmp_path / "data", "enlarge", picture, "--times", 3).code == 2
    unknown = facea(tmp_path / "data", "enlarge", picture, "--model", "sharpest")
    assert (unknown.code, "neither an upscaler" in unknown.err) == (3, True)
