from __future__ import annotations

import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from facea_desktop.domain.errors import CancelledError, UserError
from facea_desktop.domain.events import Event, Observer, Progress, Started
from facea_desktop.models import download as fetching
from facea_desktop.models.catalogue import Model
from facea_desktop.models.download import fetch
from facea_desktop.models.model_store import ModelStore

if TYPE_CHECKING:
    from tests.models.conftest import FakeHub

WEIGHTS = bytes(range(256)) * 2000
UNET = "unet/model.safetensors"


@pytest.fixture
def model(store: ModelStore) -> Model:
    return store.catalogue.model("sd15-inpainting")


@pytest.fixture(autouse=True)
def small_chunks(hub: FakeHub, monkeypatch: pytest.MonkeyPatch) -> None:
    hub.files = {"config.json": b'{"a": 1}', UNET: WEIGHTS, "unet/model.bin": b"pickle", "README.md": b"#"}
    monkeypatch.setattr(fetching, "CHUNK", 10_000)


def on_disk(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_only_the_files_asked_for_arrive_and_the_receipt_names_their_hashes(
    hub: FakeHub, store: ModelStore, model: Model
) -> None:
    folder = fetch(model, store, Observer(), hub.endpoint)
    assert on_disk(folder) == {"config.json", UNET, "installed.json"}
    assert (folder / UNET).read_bytes() == WEIGHTS
    receipt = json.loads((folder / "installed.json").read_text())
    assert receipt["revision"] == hub.revision
    assert receipt["files"][UNET] == hashlib.sha256(WEIGHTS).hexdigest()
    assert store.installed(model.name)
    assert store.path(model.name) == folder


def test_progress_counts_bytes_up_to_the_total(hub: FakeHub, store: ModelStore, model: Model) -> None:
    told: list[Event] = []
    fetch(model, store, Observer(emit=told.append), hub.endpoint)
    total = len(WEIGHTS) + 8
    assert told[0] == Started(f"Fetching {model.title}", total)
    steps = [event.step for event in told if isinstance(event, Progress)]
    assert steps == sorted(steps)
    assert steps[-1] == total
    assert len(steps) > 20


def test_the_address_of_the_hub_is_taken_from_the_environment(
    hub: FakeHub, store: ModelStore, model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", hub.endpoint)
    fetch(model, store, Observer())
    assert store.installed(model.name)


def test_an_installed_model_is_not_fetched_again_and_a_damaged_one_is(
    hub: FakeHub, store: ModelStore, model: Model
) -> None:
    folder = fetch(model, store, Observer(), hub.endpoint)
    hub.asked.clear()
    fetch(model, store, Observer(), hub.endpoint)
    assert hub.asked == []
    (folder / UNET).write_bytes(WEIGHTS[:-1] + b"x")
    fetch(model, store, Observer(), hub.endpoint)
    assert (folder / UNET).read_bytes() == WEIGHTS


def test_a_broken_connection_is_taken_up_where_it_broke(hub: FakeHub, store: ModelStore, model: Model) -> None:
    hub.break_after = [200_000]
    fetch(model, store, Observer(), hub.endpoint)
    ranges = [asked for path, asked in hub.asked if path.endswith(UNET)]
    assert ranges[0] is None
    assert ranges[1] == "bytes=200000-"
    assert (store.path(model.name) / UNET).read_bytes() == WEIGHTS


def test_a_cancelled_download_goes_on_where_it_stopped(hub: FakeHub, store: ModelStore, model: Model) -> None:
    observer = Observer()

    def stop_halfway(event: Event) -> None:
        if isinstance(event, Progress) and event.step > 250_000:
            observer.stop.set()

    observer.emit = stop_halfway
    with pytest.raises(CancelledError):
        fetch(model, store, observer, hub.endpoint)
    assert not store.installed(model.name)
    kept = (store.folder(model) / (UNET + ".part")).stat().st_size
    assert 240_000 < kept < len(WEIGHTS)
    hub.asked.clear()
    fetch(model, store, Observer(), hub.endpoint)
    assert (f"/owner/tiny/resolve/{hub.revision}/{UNET}", f"bytes={kept}-") in hub.asked
    assert (store.path(model.name) / UNET).read_bytes() == WEIGHTS


def test_a_hub_without_ranges_sends_the_whole_file_again(hub: FakeHub, store: ModelStore, model: Model) -> None:
    hub.ranges_served = False
    hub.break_after = [200_000]
    fetch(model, store, Observer(), hub.endpoint)
    assert (store.path(model.name) / UNET).read_bytes() == WEIGHTS


@pytest.mark.parametrize("name", [UNET, "config.json"])
@pytest.mark.parametrize("change", ["other", "longer", "shorter"])
def test_a_tampered_file_is_deleted_and_the_model_is_not_installed(
    hub: FakeHub, store: ModelStore, model: Model, name: str, change: str
) -> None:
    true = hub.files[name]
    hub.tampered[name] = {"other": b"!" + true[1:], "longer": true + b"!", "shorter": true[:-1]}[change]
    with pytest.raises(UserError, match=name):
        fetch(model, store, Observer(), hub.endpoint)
    assert not store.installed(model.name)
    assert not on_disk(store.folder(model)) & {name, name + ".part", "installed.json"}
    hub.tampered.clear()
    fetch(model, store, Observer(), hub.endpoint)
    assert store.installed(model.name)


def test_files_of_an_older_revision_are_removed(hub: FakeHub, store: ModelStore, model: Model) -> None:
    old = store.folder(model) / "unet" / "old.safetensors"
    old.parent.mkdir(parents=True)
    old.write_bytes(b"old")
    fetch(model, store, Observer(), hub.endpoint)
    assert not old.exists()


def test_no_network_is_one_line_with_a_remedy(store: ModelStore, model: Model) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    with pytest.raises(UserError, match="cannot be reached") as caught:
        fetch(model, store, Observer(), f"http://127.0.0.1:{port}")
    assert "\n" not in str(caught.value)
    assert not store.folder(model).exists()


def test_a_connection_that_keeps_breaking_is_given_up_but_its_bytes_are_kept(
    hub: FakeHub, store: ModelStore, model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "TRIES", 1)
    hub.break_after = [100_000]
    with pytest.raises(UserError, match="try again; the download continues where it stopped"):
        fetch(model, store, Observer(), hub.endpoint)
    assert (store.folder(model) / (UNET + ".part")).stat().st_size == 100_000


def test_a_full_disk_is_said_before_anything_is_fetched(
    hub: FakeHub, store: ModelStore, model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=1000))
    with pytest.raises(UserError, match=r"needs 1 MB .* has 0 MB left"):
        fetch(model, store, Observer(), hub.endpoint)
    assert len(hub.asked) == 1
    assert on_disk(store.folder(model)) == set()


@pytest.mark.parametrize("name", ["unet/../../../evil.safetensors", "unet/a\\b.safetensors", "unet//a.safetensors"])
def test_a_listed_name_that_leaves_the_folder_is_refused(
    hub: FakeHub, store: ModelStore, model: Model, tmp_path: Path, name: str
) -> None:
    hub.files[name] = b"evil"
    with pytest.raises(UserError, match="unsafe name"):
        fetch(model, store, Observer(), hub.endpoint)
    assert on_disk(tmp_path) == set()


def test_a_file_that_the_revision_lacks_is_said(hub: FakeHub, store: ModelStore, model: Model) -> None:
    del hub.files["config.json"]
    with pytest.raises(UserError, match=r"no longer has config\.json"):
        fetch(model, store, Observer(), hub.endpoint)


def test_a_shipped_model_needs_no_fetching(store: ModelStore) -> None:
    with pytest.raises(UserError, match="is included with the program"):
        fetch(store.catalogue.model("starter-identity"), store, Observer())


def test_fetching_makes_the_requests_that_the_readme_names_and_no_others(hub: FakeHub, tmp_path: Path) -> None:
    """In a process of its own, as the hub's client reads its switches once, and with something that it could tell."""
    code = f"""
import socket, sys
from pathlib import Path
called = []
connect = socket.socket.connect
socket.socket.connect = lambda self, address: (called.append(address), connect(self, address))[1]
import facea_desktop
from facea_desktop.domain.events import Observer
from facea_desktop.models.catalogue import load_catalogue
from facea_desktop.models.download import fetch
from facea_desktop.models.model_store import ModelStore
tiny = dict(repo="owner/tiny", revision={hub.revision!r}, files=("config.json", "unet/*.safetensors"))
store = ModelStore(Path(sys.argv[1]))
fetch(store.catalogue.model("sd15-inpainting").model_copy(update=tiny), store, Observer())
print(sorted(set(called)))
"""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("HF_", "DO_NOT", "DISABLE"))
    }
    environment |= {
        "HF_ENDPOINT": hub.endpoint,
        "HF_HOME": str(tmp_path / "hf"),
        "AI_AGENT": "some",
        "HF_TOKEN": "hf_x",
    }
    environment["PYTHONPATH"] = str(Path(fetching.__file__).parents[2])
    command = [sys.executable, "-c", code, str(tmp_path / "data")]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() == str([("127.0.0.1", hub.server_port)])
    base = f"/owner/tiny/resolve/{hub.revision}"
    listed = f"/api/models/owner/tiny/revision/{hub.revision}"
    assert sorted(path for path, _ in hub.asked) == sorted([listed, f"{base}/config.json", f"{base}/{UNET}"])
    assert not any("Authorization" in headers for headers in hub.headers)
    agents = {headers["User-Agent"] for headers in hub.headers if "hf_hub" in headers["User-Agent"]}
    assert not any(word in agent for agent in agents for word in ("torch", "agent/"))
