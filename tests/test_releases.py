"""News of a newer version: one request, signed or not used, and nothing else."""

from __future__ import annotations

import base64
import http.server
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from nacl.signing import SigningKey

from facea_desktop import __version__, releases
from facea_desktop.domain.errors import UserError
from facea_desktop.releases import Publisher, Release, find_newer_release, newest_changes, read_publisher, read_release

KEY = SigningKey(bytes(range(32)))
PUBLIC = base64.b64encode(bytes(KEY.verify_key)).decode()
PAGE = "https://releases.example/0.9"


def signed(version: str = "99.0", key: SigningKey = KEY, **more: object) -> bytes:
    message = json.dumps(
        {"version": version, "page": PAGE, "news": {"en": "Faster.", "de": "Schneller."}} | more
    ).encode()
    return b"ed25519 " + base64.b64encode(key.sign(message).signature) + b"\n" + message


class Server:
    """A web server on this machine.

    Attributes:
        body, status: what it answers.
        heard: path and headers of each request.
        connections: how many were opened.
    """

    def __init__(self) -> None:
        self.body, self.status = signed(), 200
        self.heard: list[tuple[str, dict[str, str]]] = []
        self.connections = 0
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def setup(self) -> None:
                outer.connections += 1
                super().setup()

            def do_GET(self) -> None:
                outer.heard.append((self.path, dict(self.headers)))
                self.send_response(outer.status)
                if outer.status == 302:
                    self.send_header("Location", outer.address)
                self.send_header("Content-Length", str(len(outer.body)))
                self.end_headers()
                self.wfile.write(outer.body)

            def log_message(self, *args: object) -> None: ...

        self._server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/latest-release.txt"

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    made = Server()
    yield made
    made.close()


def test_a_newer_version_is_found_with_one_request_that_says_nothing_of_this_machine(server: Server) -> None:
    found = find_newer_release(Publisher(address=server.address, key=PUBLIC))
    assert found is not None
    assert (found.version, found.page, found.news_in("de_DE"), found.news_in("fr")) == (
        "99.0", PAGE, "Schneller.", "Faster.",
    )  # fmt: skip
    assert server.connections == 1
    ((path, headers),) = server.heard
    assert path == "/latest-release.txt"
    assert headers["User-Agent"] == "facea-desktop"
    assert set(headers) <= {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}


@pytest.mark.parametrize("version", [__version__, f"{__version__}.0", "0.0.9"])
def test_the_same_or_an_older_version_is_none(server: Server, version: str) -> None:
    server.body = signed(version)
    assert find_newer_release(Publisher(address=server.address, key=PUBLIC)) is None


def test_what_somebody_else_signed_or_changed_is_not_used() -> None:
    other = SigningKey(bytes(32))
    for file in (
        signed(key=other),
        signed().replace(b"99.0", b"99.1"),
        signed().partition(b"\n")[2],
        b"ed25519 !!!\n{}",
        b"",
        b"rsa AAAA\n{}",
    ):
        with pytest.raises(UserError, match="not signed"):
            read_release(file, PUBLIC)


@pytest.mark.parametrize("more", [{"page": "file:///etc/passwd"}, {"version": "soon"}, {"run": "this"}])
def test_what_is_signed_but_is_no_news_is_not_used(more: dict[str, object]) -> None:
    with pytest.raises(UserError, match="later kind"):
        read_release(signed(**more), PUBLIC)


@pytest.mark.parametrize(("status", "said"), [(404, "answered 404"), (302, "answered 302"), (500, "answered 500")])
def test_other_answers_are_said_and_not_followed(server: Server, status: int, said: str) -> None:
    server.status = status
    with pytest.raises(UserError, match=said):
        find_newer_release(Publisher(address=server.address, key=PUBLIC))
    assert server.connections == 1


def test_an_answer_without_an_end_is_not_read_to_it(server: Server) -> None:
    server.body = b"x" * (releases.LONGEST + 1)
    with pytest.raises(UserError, match="too long"):
        find_newer_release(Publisher(address=server.address, key=PUBLIC))


def test_no_network_is_said(server: Server) -> None:
    address = server.address.replace("http://127.0.0.1", "http://127.0.0.2")  # where nobody listens
    with pytest.raises(UserError, match="cannot be reached"):
        find_newer_release(Publisher(address=address, key=PUBLIC))


def test_the_newest_section_of_the_changelog_is_told_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert newest_changes().startswith("• ")
    shipped = tmp_path / "CHANGELOG.md"
    shipped.write_text("# Changelog\n\n## 0.2\n\n* One that\n  is long.\n* Two.\n\n## 0.1\n\n* Old.\n")
    monkeypatch.setattr(releases, "resource", lambda name: tmp_path / name)
    assert newest_changes() == "• One that is long.\n• Two."


def test_only_an_installer_brings_a_publisher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_publisher() is None
    monkeypatch.setattr(releases, "resource", lambda name: tmp_path / name)
    (tmp_path / "publisher.json").write_text(json.dumps({"address": PAGE, "key": PUBLIC}))
    assert read_publisher() == Publisher(address=PAGE, key=PUBLIC)


def test_what_the_packaging_signs_the_program_reads(tmp_path: Path) -> None:
    script = Path(releases.__file__).parents[1] / "packaging" / "sign_release.py"

    def run(*arguments: object) -> bytes:
        return subprocess.run([sys.executable, script, *map(str, arguments)], capture_output=True, check=True).stdout

    public = run("--new-key", tmp_path / "key").decode().strip()
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0
    (tmp_path / "news.json").write_text(json.dumps({"version": "1.2", "page": PAGE, "news": {"en": "Better."}}))
    file = run("--key", tmp_path / "key", tmp_path / "news.json")
    assert read_release(file, public) == Release(version="1.2", page=PAGE, news={"en": "Better."})
