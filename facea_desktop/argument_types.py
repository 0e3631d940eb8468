"""Arguments that say several things in one word; argparse reports the errors that they raise."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from facea_desktop.domain.faces import Attribute
from facea_desktop.domain.mix_requests import AttributeSource


def photo_face(text: str) -> tuple[str, int]:
    """``[PHOTO=]N``: a photo, as far as it is said, and which face of it is meant."""
    photo, _, number = text.rpartition("=")
    if not number.isascii() or not number.isdigit():
        raise argparse.ArgumentTypeError(f"{text!r} must be PHOTO=N, or N with a single photo")
    return photo, int(number)


def picture_face(text: str) -> tuple[int, str, str]:
    """``N[=ID][:WORDS]``: a face, whose it becomes, where not the portrait's own person's, and words for it."""
    found = re.fullmatch(r"(?P<face>[0-9]+)(=(?P<person>[^:]+))?(:(?P<words>.*))?", text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} must be N, N:WORDS, N=ID or N=ID:WORDS")
    return int(found["face"]), found["person"] or "", found["words"] or ""


def attribute_source(text: str) -> AttributeSource:
    """``ATTRIBUTE=ID[:PERCENT]``: what is taken of whom, and how much of it."""
    found = re.fullmatch(r"(?P<attribute>[^=]*)=(?P<person>.+?)(:(?P<percent>[0-9]{1,3}))?", text)
    if found is None or found["attribute"] not in {str(v) for v in Attribute}:
        raise argparse.ArgumentTypeError(f"{text!r} must be ATTRIBUTE=ID[:PERCENT], with one of {', '.join(Attribute)}")
    percent = 100 if found["percent"] is None else int(found["percent"])
    if not 1 <= percent <= 100:
        raise argparse.ArgumentTypeError(f"{text!r}: {percent} must be from 1 to 100 percent")
    return AttributeSource(attribute=Attribute(found["attribute"]), person=found["person"], strength=percent / 100)


def method_program(text: str) -> tuple[str, Path]:
    """``METHOD=FILE``: a method that is compared, and the program that carries it out."""
    method, _, file = text.partition("=")
    if not method or not file:
        raise argparse.ArgumentTypeError(f"{text!r} must be METHOD=FILE")
    return method, Path(file)
