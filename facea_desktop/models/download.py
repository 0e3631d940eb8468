"""Fetches a model of the catalogue from its hub: pinned revision, resumed, every file checked against the hub's hash.

The list of files comes from huggingface_hub; the bytes are streamed here, because its own download keeps no partial
file, checks no hash and cannot be stopped on the way.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

import httpx2
from huggingface_hub import HfApi, get_session, hf_hub_url
from huggingface_hub.errors import HfHubHTTPError, OfflineModeIsEnabled

from facea_desktop.domain.atomic_files import disk_trouble, write_atomically
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.events import Observer, ProgressReporter, raise_if_stopped
from facea_desktop.models.catalogue import Model
from facea_desktop.models.model_store import Installed, ModelStore

CHUNK = 1 << 20
TIMEOUT_S = 30.0
TRIES = 3
"""Broken connections in a row, without a byte in between, after which fetching gives up."""


@dataclass(frozen=True)
class RemoteFile:
    """A file of a hub repository; exactly one of its two hashes is known.

    Attributes:
        sha256: of the content, for files in large file storage.
        git_sha1: git's name of the blob, for the others.
    """

    path: str
    size: int
    sha256: str | None
    git_sha1: str | None

    def matches(self, digests: Digests) -> bool:
        """Whether a local file is this one."""
        return digests.sha256 == self.sha256 if self.sha256 is not None else digests.git_sha1 == self.git_sha1


@dataclass(frozen=True)
class Digests:
    """Both names of a local file's content."""

    sha256: str
    git_sha1: str


def fetch(model: Model, store: ModelStore, observer: Observer, endpoint: str | None = None) -> Path:
    """Download ``model`` into the store, resuming where an earlier try stopped; Progress counts bytes.

    Args:
        endpoint: address of the hub; None takes HF_ENDPOINT, or else huggingface.co.

    Raises:
        UserError: no network, no room, or a file whose content is not what the hub promises.
        CancelledError: the job was asked to stop; what was downloaded is kept for the next try.
    """
    if model.repo is None or model.revision is None:
        raise UserError(f"{model.name} is included with the program; there is nothing to download.")
    folder = store.folder(model)
    if store.installed(model.name) and _is_intact(folder, store.receipt(model), observer):
        return folder
    endpoint = endpoint or os.environ.get("HF_ENDPOINT") or None
    files = _list_files(model, endpoint)
    with disk_trouble(f"fetch {model.title}"):
        _make_room(folder, files)
        (folder / "installed.json").unlink(missing_ok=True)
        done = sum(_bytes_there(folder, file) for file in files)
        progress = ProgressReporter(observer, f"Fetching {model.title}", sum(file.size for file in files), done)
        fetched: dict[str, str] = {}
        before = 0
        for file in files:
            url = hf_hub_url(model.repo, file.path, revision=model.revision, endpoint=endpoint)
            fetched[file.path] = _fetch_file(url, file, folder / file.path, progress, before, observer)
            before += file.size
        _remove_strangers(folder, fetched)
        receipt = Installed(source=model.repo, revision=model.revision, files=fetched)
        write_atomically(folder / "installed.json", json.dumps(receipt.model_dump(), indent=2).encode())
    return folder


def _is_intact(folder: Path, receipt: Installed | None, observer: Observer) -> bool:
    """Whether every file still is what was fetched, so that downloading again repairs a damaged model."""
    return receipt is not None and all(
        (folder / name).is_file() and _digests(folder / name, observer).sha256 == sha256
        for name, sha256 in receipt.files.items()
    )


def _list_files(model: Model, endpoint: str | None) -> list[RemoteFile]:
    """The files of the pinned revision that the catalogue asks for, smallest first."""
    assert model.repo is not None
    try:
        info = HfApi(endpoint=endpoint, token=False).model_info(
            model.repo, revision=model.revision, files_metadata=True, timeout=TIMEOUT_S
        )
    except (HfHubHTTPError, httpx2.TransportError, OfflineModeIsEnabled) as error:
        raise _unreachable(model.name, error) from error
    found = []
    for sibling in info.siblings or ():
        if not any(fnmatchcase(sibling.rfilename, pattern) for pattern in model.files):
            continue
        _check_name(sibling.rfilename)
        if sibling.size is None or (sibling.lfs is None and sibling.blob_id is None):
            raise UserError(
                f"The hub at {endpoint or 'huggingface.co'} gives no hash for {sibling.rfilename}; use another hub."
            )
        sha256 = sibling.lfs.sha256 if sibling.lfs is not None else None
        found.append(RemoteFile(sibling.rfilename, sibling.size, sha256, None if sha256 else sibling.blob_id))
    for pattern in model.files:
        if not any(fnmatchcase(file.path, pattern) for file in found):
            raise UserError(f"{model.repo} no longer has {pattern} in revision {model.revision}; update the program.")
    return sorted(found, key=lambda file: file.size)


def _check_name(name: str) -> None:
    """A hub's list is input from outside: no name may lead out of the model's folder."""
    parts = name.split("/")
    if PurePosixPath(name).is_absolute() or any(part in ("", ".", "..") or set(part) & set("\\:\0") for part in parts):
        raise UserError(f"The hub lists a file with the unsafe name {name!r}; nothing was downloaded. Use another hub.")


def _make_room(folder: Path, files: list[RemoteFile]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    needed = sum(file.size - _bytes_there(folder, file) for file in files)
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise UserError(
            f"The download needs {needed / 1e6:.0f} MB but the disk with {folder} has {free / 1e6:.0f} MB left. "
            f"Free {(needed - free) / 1e6:.0f} MB or choose another data folder (--data-dir)."
        )


def _part(path: Path) -> Path:
    return path.with_name(path.name + ".part")


def _bytes_there(folder: Path, file: RemoteFile) -> int:
    """Bytes of the file from an earlier try."""
    path = folder / file.path
    for candidate in (path, _part(path)):
        if candidate.is_file():
            return min(candidate.stat().st_size, file.size)
    return 0


def _fetch_file(
    url: str, file: RemoteFile, path: Path, progress: ProgressReporter, before: int, observer: Observer
) -> str:
    """Bring one file in place and return its SHA-256; ``before`` counts the bytes of the files before it."""
    if path.is_file():
        digests = _digests(path, observer)
        if file.matches(digests):
            progress.update(before + file.size)
            return digests.sha256
        path.unlink()
    path.parent.mkdir(parents=True, exist_ok=True)
    part = _part(path)
    _download(url, file, part, progress, before, observer)
    digests = _digests(part, observer)
    if not file.matches(digests):
        part.unlink()
        raise UserError(f"{file.path} does not match the hash given by the hub; it was deleted. Download it again.")
    part.replace(path)
    return digests.sha256


def _download(
    url: str, file: RemoteFile, part: Path, progress: ProgressReporter, before: int, observer: Observer
) -> None:
    """Append to ``part`` until the hub has sent all of it, over as many connections as it takes."""
    if part.is_file() and part.stat().st_size > file.size:
        part.unlink()
    failures = 0
    while (size := part.stat().st_size if part.is_file() else 0) < file.size or not part.is_file():
        try:
            _download_once(url, file, part, progress, before)
        except (httpx2.HTTPStatusError, OfflineModeIsEnabled) as error:
            raise _unreachable(file.path, error) from error
        except httpx2.TransportError as error:
            failures = 1 if part.is_file() and part.stat().st_size > size else failures + 1
            if failures >= TRIES:
                raise _unreachable(file.path, error) from error
            observer.stop.wait(failures)
            raise_if_stopped(observer)
        else:
            return


def _download_once(url: str, file: RemoteFile, part: Path, progress: ProgressReporter, before: int) -> None:
    """Write what one connection brings; a byte more than promised is enough for the hash to differ."""
    size = part.stat().st_size if part.is_file() else 0
    headers = {"Accept-Encoding": "identity"}  # a compressed answer could not be resumed
    if size:
        headers["Range"] = f"bytes={size}-"
    with get_session().stream("GET", url, headers=headers, timeout=TIMEOUT_S, follow_redirects=True) as response:
        response.raise_for_status()
        resumed = response.status_code == httpx2.codes.PARTIAL_CONTENT
        size = size if resumed else 0
        with part.open("ab" if resumed else "wb") as out:
            for chunk in response.iter_bytes(CHUNK):
                out.write(chunk)
                size += len(chunk)
                progress.update(before + min(size, file.size))
                if size > file.size:
                    break
            out.flush()
            os.fsync(out.fileno())


def _digests(path: Path, observer: Observer) -> Digests:
    sha256 = hashlib.sha256()
    git = hashlib.sha1(b"blob %d\0" % path.stat().st_size, usedforsecurity=False)
    with path.open("rb") as file:
        while block := file.read(CHUNK):
            sha256.update(block)
            git.update(block)
            raise_if_stopped(observer)
    return Digests(sha256.hexdigest(), git.hexdigest())


def _remove_strangers(folder: Path, fetched: dict[str, str]) -> None:
    """Files of an older revision must not be taken for this one's."""
    for path in folder.rglob("*"):
        if path.is_file() and path.relative_to(folder).as_posix() not in fetched:
            path.unlink()


def _unreachable(what: str, error: Exception) -> UserError:
    if isinstance(error, HfHubHTTPError | httpx2.HTTPStatusError):
        reason = f"the hub answered {error.response.status_code}"
    elif isinstance(error, OfflineModeIsEnabled):
        reason = "HF_HUB_OFFLINE is set"
    else:
        reason = "the hub cannot be reached"
    return UserError(
        f"{what} could not be downloaded: {reason}. Check the network and try again; "
        "the download continues where it stopped."
    )
