"""Addresses of servers on this computer: what is sent there leaves it for nobody."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from facea_desktop.domain.errors import UserError


def loopback_address(text: str) -> str:
    """The address of a server on this computer, without a slash at its end.

    Raises:
        UserError: it is none, or that of another computer.
    """
    try:
        parts = urlsplit(text.strip())
        host, _ = parts.hostname or "", parts.port
    except ValueError as error:
        raise UserError(f"{text!r} is not an address; write one like http://127.0.0.1:11434/v1.") from error
    if parts.scheme not in ("http", "https") or not host or parts.username is not None or parts.query or parts.fragment:
        raise UserError(f"{text!r} is not an address of a server; write one like http://127.0.0.1:11434/v1.")
    if not _is_loopback(host):
        raise UserError(f"{host} is not this computer, which prompts do not leave; name a server on 127.0.0.1.")
    return text.strip().rstrip("/")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
