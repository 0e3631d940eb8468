"""The second recogniser: with stand-ins for its packages, and with the real ones where they are installed."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PIL import Image

from facea_desktop.comparison.dlib_recogniser import DlibRecogniser, is_installed, likeness
from facea_desktop.comparison.metrics import Measures
from facea_desktop.comparison.scores import ATTRIBUTE_SIM, FACE_SIM_DLIB
from facea_desktop.domain.faces import Box
from facea_desktop.engine.crops import upright
from facea_desktop.library.photo_reader import read_photo
from facea_desktop.resources import resource
from tests.comparison.conftest import TinyModels


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Stand-ins: the embedding is the mean colour of the landmarks' box, and what was read is kept."""
    seen = SimpleNamespace(files=[], boxes=[])
    (tmp_path / "face_recognition_models").mkdir()
    (tmp_path / "face_recognition_models" / "__init__.py").write_text("raise ImportError('needs pkg_resources')")
    (tmp_path / "dlib.py").touch()
    monkeypatch.syspath_prepend(tmp_path)

    class Network:
        def __init__(self, file: str) -> None:
            seen.files.append(Path(file))

        def compute_face_descriptor(self, pixels: np.ndarray, shape: tuple[int, ...]) -> Any:
            x0, y0, x1, y1 = shape
            return pixels[y0:y1, x0:x1].mean((0, 1)) / 255

    def landmarks(file: str) -> Any:
        seen.files.append(Path(file))
        return lambda pixels, box: seen.boxes.append(box) or box

    dlib: Any = ModuleType("dlib")
    dlib.rectangle = lambda *corners: corners
    dlib.face_recognition_model_v1, dlib.shape_predictor = Network, landmarks
    monkeypatch.setitem(sys.modules, "dlib", dlib)
    dlib.__spec__ = SimpleNamespace(origin=str(tmp_path / "dlib.py"))
    return seen


def test_the_weights_are_found_without_importing_their_package(packages: SimpleNamespace, tmp_path: Path) -> None:
    DlibRecogniser()
    folder = tmp_path / "face_recognition_models" / "models"
    assert packages.files == [
        folder / "dlib_face_recognition_resnet_model_v1.dat",
        folder / "shape_predictor_5_face_landmarks.dat",
    ]


def test_a_face_is_read_where_the_detector_found_it(packages: SimpleNamespace) -> None:
    picture = Image.new("RGB", (20, 20))
    picture.paste((255, 0, 51), (4, 6, 12, 16))
    found = DlibRecogniser().embed(picture, Box(4.2, 5.6, 12.3, 15.9))
    assert packages.boxes == [(4, 6, 12, 16)]
    assert found == pytest.approx([1, 0, 0.2])


def test_likeness_is_one_less_the_mean_distance() -> None:
    own = [np.array([1.0, 0.0]), np.array([0.0, 0.0])]
    assert likeness(np.array([1.0, 0.0]), own) == pytest.approx(0.5)


def test_where_it_is_installed_its_figure_stands_beside_face_sim(
    packages: SimpleNamespace, manager: TinyModels
) -> None:
    measures = Measures(manager, manager.models.active_family())
    held = measures.held_out([resource("people", "adam", f"{index}.jpg") for index in (3, 4)])
    found = measures.scores(read_photo(resource("people", "adam", "5.jpg")), "a man", held)
    assert measures.installed == ("face_sim", ATTRIBUTE_SIM, FACE_SIM_DLIB)
    assert measures.versions[FACE_SIM_DLIB] == "dlib_face_recognition_resnet_model_v1"
    assert held.dlib is not None
    assert len(held.dlib) == 2
    assert found.face_sim_dlib is not None
    assert 0 < found.face_sim_dlib < 1


@pytest.mark.skipif(not is_installed(), reason="dlib-bin and face-recognition-models are not installed")
def test_the_real_network_tells_two_people_apart(manager: TinyModels) -> None:
    finder, recogniser = manager.detector(manager.models.active_family()), DlibRecogniser()

    def embedded(who: str, index: int) -> np.ndarray:
        photo = read_photo(resource("people", who, f"{index}.jpg"))
        return recogniser.embed(*upright(photo, finder.find(photo)[0]))

    own = [embedded("adam", index) for index in (0, 1, 2)]
    assert likeness(embedded("adam", 4), own) > 0.5 > 0.3 > likeness(embedded("eve", 4), own)
