"""Writes the signed file by which the program learns of a newer version (``facea_desktop/releases.py``).

    python packaging/sign_release.py --new-key KEYFILE         makes a key and prints what goes into app.toml
    python packaging/sign_release.py --key KEYFILE NEWS.json > latest-release.txt

``NEWS.json`` has "version", "page" and "news" as ``Release`` says. Keep the key file where nobody else can read it, and
never in the repository.
"""

from __future__ import annotations

import argparse
import base64
import sys
from pathlib import Path

from nacl.signing import SigningKey

from facea_desktop.releases import Release, read_release


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    keys = parser.add_mutually_exclusive_group(required=True)
    keys.add_argument("--new-key", type=Path, metavar="KEYFILE")
    keys.add_argument("--key", type=Path, metavar="KEYFILE")
    parser.add_argument("news", type=Path, nargs="?", metavar="NEWS.json")
    args = parser.parse_args()
    if args.new_key is not None:
        print(new_key(args.new_key))
    elif args.news is None:
        parser.error("which news?")
    else:
        sys.stdout.buffer.write(sign(args.key, args.news.read_bytes()))


def new_key(file: Path) -> str:
    """Write a new key; returns the public one, in base64."""
    file.touch(0o600, exist_ok=False)
    key = SigningKey.generate()
    file.write_text(base64.b64encode(bytes(key)).decode())
    return base64.b64encode(bytes(key.verify_key)).decode()


def sign(key_file: Path, news: bytes) -> bytes:
    """The signed file, read back once as the program will."""
    key = SigningKey(base64.b64decode(key_file.read_text()))
    message = Release.model_validate_json(news).model_dump_json().encode()
    signed = b"ed25519 " + base64.b64encode(key.sign(message).signature) + b"\n" + message
    read_release(signed, base64.b64encode(bytes(key.verify_key)).decode())
    return signed


if __name__ == "__main__":
    main()
