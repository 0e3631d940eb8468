"""What is new in this version, and whether there is a newer one: a signed file is fetched when the user asks for that.

The file has a line with the signature and, behind it, the signed JSON:

    ed25519 <base64 of 64 bytes>
    {"version": "0.2.0", "page": "https://...", "news": {"en": "...", "de": "..."}}

``packaging/sign_release.py`` writes it. Nothing is downloaded but this file; the user is led to the page. Where it is,
and by which key it is signed, stands in ``publisher.json``, which a publisher's installers bring.
"""

from __future__ import annotations

import base64
import binascii
import re
from pathlib import Path

from pydantic import Field, ValidationError

from facea_desktop import __version__
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.people import Value
from facea_desktop.resources import resource

LONGEST = 64 << 10
"""Bytes that the file may have."""
TIMEOUT_S = 15.0


class Publisher(Value):
    """Who publishes newer versions of this program.

    Attributes:
        address: of the signed file.
        key: Ed25519, in base64.
    """

    address: str
    key: str


class Release(Value):
    """A published version.

    Attributes:
        page: where it can be had.
        news: what is new in it, by language; "en" is there in any case.
    """

    version: str = Field(pattern=r"^\d+(\.\d+){1,3}$")
    page: str = Field(pattern=r"^https://[^\s]+$")
    news: dict[str, str]

    def news_in(self, language: str) -> str:
        """What is new, in a language ("de", "pt_BR"), or else in English."""
        return self.news.get(language) or self.news.get(language.partition("_")[0]) or self.news.get("en", "")


def read_publisher() -> Publisher | None:
    """Who made this installation; None where it was installed from the sources."""
    path = resource("publisher.json")
    return Publisher.model_validate_json(path.read_bytes()) if path.exists() else None


def newest_changes() -> str:
    """The newest section of the changelog without its heading; empty where it does not come with the program."""
    shipped = resource("CHANGELOG.md")
    path = shipped if shipped.exists() else Path(__file__).parents[1] / "CHANGELOG.md"
    if not path.exists():
        return ""
    sections = re.split(r"^## .*\n", path.read_text("utf-8"), flags=re.MULTILINE)
    items = re.split(r"^\* ", sections[1], flags=re.MULTILINE)[1:] if len(sections) > 1 else []
    return "\n".join(f"• {' '.join(item.split())}" for item in items)


def find_newer_release(publisher: Publisher) -> Release | None:
    """Fetch the signed file, in one request that says nothing of this machine; None where this version is the newest.

    Raises:
        UserError: it cannot be had, or is not signed with the key.
    """
    release = read_release(_fetch(publisher.address), publisher.key)
    return release if _number(release.version) > _number(__version__) else None


def read_release(signed: bytes, key: str) -> Release:
    """What a signed file says.

    Raises:
        UserError: it is not signed with the key, or is no such file.
    """
    from nacl.exceptions import CryptoError
    from nacl.signing import VerifyKey

    head, _, message = signed.partition(b"\n")
    try:
        signature = base64.b64decode(head.removeprefix(b"ed25519 "), validate=True)
        VerifyKey(base64.b64decode(key)).verify(message, signature)
        return Release.model_validate_json(message)
    except ValidationError as error:
        raise UserError("The news of a release are of a later kind; look at its page in the browser.") from error
    except (CryptoError, ValueError, binascii.Error) as error:
        raise UserError("What came in answer is not signed by the makers of the program, and was not used.") from error


def _fetch(address: str) -> bytes:
    import httpx2

    headers = {"User-Agent": "facea-desktop", "Accept-Encoding": "identity"}
    try:
        with (
            httpx2.Client(follow_redirects=False, timeout=TIMEOUT_S, headers=headers) as client,
            client.stream("GET", address) as response,
        ):
            if response.status_code != httpx2.codes.OK:
                raise UserError(f"The news could not be had: the server answered {response.status_code}.")
            body = b""
            for chunk in response.iter_bytes():
                body += chunk
                if len(body) > LONGEST:
                    raise UserError("What came in answer is too long for news of a release, and was not used.")
            return body
    except httpx2.HTTPError as error:
        raise UserError("The news could not be had: the server cannot be reached. Check the network.") from error


def _number(version: str) -> tuple[int, ...]:
    parts = [int(part) for part in re.findall(r"\d+", version)]
    while parts and parts[-1] == 0:
        parts.pop()
    return tuple(parts)
