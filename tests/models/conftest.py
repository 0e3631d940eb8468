"""A catalogue, a hub on 127.0.0.1 and a data folder of the tests' own."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import threading
from collections.abc import Iterator
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from facea_desktop.models.catalogue import Catalogue, load_catalogue
from facea_desktop.models.model_store import ModelStore

TINY, REVISION = "owner/tiny", "0123456789abcdef0123456789abcdef01234567"


class FakeHub(ThreadingHTTPServer):
    """The two addresses of a hub that fetching needs: a revision's list of files, and a file with ranges.

    Attributes:
        repos: content by name, of each repository and revision; weights are listed as large files with a SHA-256.
        tampered: content that is sent in place of what the list promises.
        break_after: bytes of an answer after which the connection is cut, once for each entry.
        asked: path and Range header of every request.
        headers: all headers of every request.
    """

    daemon_threads = True
    revision = REVISION

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.repos: dict[tuple[str, str], dict[str, bytes]] = {(TINY, REVISION): {}}
        self.tampered: dict[str, bytes] = {}
        self.break_after: list[int] = []
        self.ranges_served = True
        self.asked: list[tuple[str, str | None]] = []
        self.headers: list[Message] = []

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def files(self) -> dict[str, bytes]:
        """Content by name, of the repository that most tests ask for."""
        return self.repos[TINY, REVISION]

    @files.setter
    def files(self, files: dict[str, bytes]) -> None:
        self.repos[TINY, REVISION] = files

    def listing(self, repo: str, revision: str) -> dict[str, object]:
        siblings = []
        for name, content in self.repos[repo, revision].items():
            git = hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
            entry: dict[str, object] = {"rfilename": name, "size": len(content), "blobId": git}
            if name.endswith((".safetensors", ".pth")):
                sha256 = hashlib.sha256(content).hexdigest()
                entry["lfs"] = {"sha256": sha256, "size": len(content), "pointerSize": 134}
            siblings.append(entry)
        return {"id": repo, "sha": revision, "private": False, "tags": [], "siblings": siblings}


class _Answer(BaseHTTPRequestHandler):
    server: FakeHub

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        self.server.asked.append((path, self.headers["Range"]))
        self.server.headers.append(self.headers)
        listed = re.fullmatch(r"/api/models/(\S+)/revision/(\w+)", path)
        if listed is not None and (listed[1], listed[2]) in self.server.repos:
            self._send(200, json.dumps(self.server.listing(listed[1], listed[2])).encode())
            return
        asked = re.fullmatch(r"/([^/]+/[^/]+)/resolve/(\w+)/(\S+)", path)
        repo, name = ((asked[1], asked[2]), asked[3]) if asked is not None else (("", ""), "")
        content = self.server.tampered.get(name, self.server.repos.get(repo, {}).get(name))
        if content is None:
            self._send(404, b"")
        elif self.headers["Range"] and self.server.ranges_served:
            start = int(self.headers["Range"].removeprefix("bytes=").removesuffix("-"))
            self._send(206, content[start:])
        else:
            self._send(200, content)

    def _send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.server.break_after and len(body) > self.server.break_after[0]:
            body = body[: self.server.break_after.pop(0)]
            self.close_connection = True
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing on stderr."""


@contextlib.contextmanager
def serving() -> Iterator[FakeHub]:
    """A hub that answers for as long as the block lasts."""
    with FakeHub() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def hub() -> Iterator[FakeHub]:
    with serving() as server:
        yield server


@pytest.fixture
def catalogue() -> Catalogue:
    """The real catalogue, in which every model of the hub is the fake hub's."""
    real = load_catalogue()
    files = ("config.json", "unet/*.safetensors")
    tiny = {"repo": TINY, "revision": REVISION, "files": files}
    models = {name: model.model_copy(update=tiny) if model.repo else model for name, model in real.models.items()}
    return real.model_copy(update={"models": models})


@pytest.fixture
def store(tmp_path: Path, catalogue: Catalogue) -> ModelStore:
    return ModelStore(tmp_path / "data", catalogue)
