"""A package index on this disk, with a tiny package that calls itself torch."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import pytest

from facea_desktop.acceleration import installation
from facea_desktop.acceleration.environments import Environments
from facea_desktop.acceleration.package_tools import PackageTool
from facea_desktop.acceleration.torch_builds import TorchBuild, torch_build

TORCH = '''
"""As much of torch as the check needs: one number stands for a matrix."""
import warnings
__version__ = "{version}"
WARNING, ERROR = {warning!r}, {error!r}
float32 = None

class Tensor:
    def __init__(self, value, where="cpu"):
        self.value, self.where = value, where
    def reshape(self, *sides):
        return self
    def __truediv__(self, number):
        return Tensor(self.value / number, self.where)
    def to(self, device):
        if WARNING:
            warnings.warn(WARNING)
        if ERROR and device != "cpu":
            raise RuntimeError(ERROR)
        return Tensor(self.value, device)
    def __matmul__(self, other):
        return Tensor(self.value * other.value * (1 if self.where == "cpu" else {factor}), self.where)

def device(kind, index):
    return f"{{kind}}:{{index}}"

def arange(number, dtype):
    return Tensor(float(number))

def allclose(one, other, rtol):
    return abs(one.value - other.value) <= rtol * abs(other.value)

class cuda:
    @staticmethod
    def get_device_name(index):
        return "Imaginary RTX"
'''


class LocalIndex:
    """A folder of PyTorch's index with the packages of one build.

    Attributes:
        address: what FACEA_TORCH_INDEX is set to.
    """

    def __init__(self, folder: Path, build: str) -> None:
        self._folder = folder / build
        self.address = folder.as_uri()

    def add(self, name: str, version: str, files: dict[str, str], requires: tuple[str, ...] = ()) -> None:
        """Put a wheel into it, in place of another of its name."""
        place = self._folder / name
        place.mkdir(parents=True, exist_ok=True)
        for old in place.iterdir():
            old.unlink()
        wheel = f"{name.replace('-', '_')}-{version}-py3-none-any.whl"
        info = f"{name.replace('-', '_')}-{version}.dist-info"
        needs = "".join(f"Requires-Dist: {need}\n" for need in requires)
        files = files | {
            f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{needs}",
            f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        }
        record = "".join(f"{path},,\n" for path in [*files, f"{info}/RECORD"])
        with zipfile.ZipFile(place / wheel, "w") as archive:
            for path, text in (files | {f"{info}/RECORD": record}).items():
                archive.writestr(path, text)
        (place / "index.html").write_text(f'<!DOCTYPE html><html><body><a href="{wheel}">{wheel}</a></body></html>')

    def add_torch(self, version: str = "2.9.7+cu130", *, warning: str = "", error: str = "", factor: int = 1) -> None:
        """Put the tiny torch into it; on the card ``error`` is raised, and products are ``factor`` times too large."""
        code = TORCH.format(version=version, warning=warning, error=error, factor=factor)
        self.add("torch", version, {"torch/__init__.py": code}, ("nvidia-imaginary-cu13==13.0", "numpy"))


@pytest.fixture
def build() -> TorchBuild:
    """The build for CUDA 13, as small as what the index has."""
    found = torch_build("cu130")
    assert found is not None
    return found.model_copy(update={"download_mb": 1, "disk_mb": 1})


@pytest.fixture
def index(tmp_path: Path, build: TorchBuild, monkeypatch: pytest.MonkeyPatch) -> LocalIndex:
    """An index that has all that a build consists of."""
    made = LocalIndex(tmp_path / "index", build.name)
    made.add_torch()
    made.add("torchvision", "0.24.7+cu130", {"torchvision/__init__.py": "__version__ = '0.24.7'"}, ("torch==2.9.7",))
    made.add("nvidia-imaginary-cu13", "13.0", {"nvidia/imaginary.py": ""})
    made.add("numpy", "99.0", {"numpy/__init__.py": "raise ImportError('not the one of the program')"})
    monkeypatch.setenv("FACEA_TORCH_INDEX", made.address)
    return made


@pytest.fixture
def environments(tmp_path: Path) -> Environments:
    return Environments(tmp_path / "data")


UV = '''#!{python} -I
"""Stands in for uv: unpacks what the index has. A file beside it says at which step it hangs or fails."""
import pathlib, sys, time, zipfile
here = pathlib.Path(__file__).parent
trouble = (here / "trouble").read_text() if (here / "trouble").exists() else ""
arguments = sys.argv[1:]
step = arguments[1]
index = pathlib.Path(arguments[arguments.index("--default-index") + 1].removeprefix("file://"))
(here / "calls").open("a").write(" ".join(arguments) + "\\n")
wheels = sorted(index.glob("*/*.whl"))
if step == "compile":
    if trouble == "fail at compile":
        sys.exit("error: Failed to fetch: `https://download.example/torch/`")
    pins = ["==".join(wheel.name.split("-")[:2]).replace("_", "-") for wheel in wheels]
    pathlib.Path(arguments[arguments.index("--output-file") + 1]).write_text("\\n".join(pins))
else:
    target = pathlib.Path(arguments[arguments.index("--target") + 1])
    for wheel in wheels:
        if "==".join(wheel.name.split("-")[:2]).replace("_", "-") in arguments:
            zipfile.ZipFile(wheel).extractall(target)
            if trouble == "fail at install":
                sys.exit("error: failed to write: No space left on device (os error 28)")
if trouble == "hang at " + step:
    (here / "hanging").write_text("")
    time.sleep(600)
'''


class FakeUv:
    """A program in place of uv.

    Attributes:
        path: of the program.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.path = folder / "uv"
        self.path.write_text(UV.format(python=sys.executable))
        self.path.chmod(0o700)

    def trouble(self, what: str) -> None:
        """Let it "fail at compile", "fail at install", "hang at compile" or "hang at install" from now on."""
        (self.path.parent / "trouble").write_text(what)

    @property
    def hangs(self) -> bool:
        """Whether it came to where it hangs."""
        return (self.path.parent / "hanging").exists()

    @property
    def calls(self) -> list[str]:
        """The arguments of each call, in one line."""
        return (self.path.parent / "calls").read_text().splitlines()


@pytest.fixture
def uv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeUv:
    """A fake uv, which is the one that is found."""
    made = FakeUv(tmp_path / "bin")
    monkeypatch.setattr(installation, "find_tool", lambda downloads: PackageTool("uv", (str(made.path),), downloads))
    return made
