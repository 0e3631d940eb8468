"""Styles that the user saved: a file for each in ``styles/`` of the data folder, and files that are passed on.

A saved style may show a portrait, as a small picture. It remembers whose and which, so that the picture goes with them;
a file that is passed on says neither. A style with a LoRA is passed on as a zip of both.
"""

from __future__ import annotations

import io
import logging
import re
import secrets
import zipfile
from pathlib import Path
from typing import Annotated, Literal, Self

from PIL import Image
from pydantic import BeforeValidator, Field, ValidationError, model_validator

from facea_desktop.domain.atomic_files import disk_trouble, open_file, private_folder, write_atomically
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.people import PersonId, Png, Value
from facea_desktop.domain.plain_text import one_line
from facea_desktop.domain.requests import StyleLora
from facea_desktop.domain.styles import AnyStyle, OwnStyle, Title, styles
from facea_desktop.library.erasure import erase_at_once, replace_erased
from facea_desktop.library.lora_files import FILE_LIMIT, LORA_ENDING, lora_content
from facea_desktop.library.photo_reader import png_bytes, read_photo
from facea_desktop.library.safe_zip import opened_archive
from facea_desktop.library.style_loras import StyleLoras

STYLE_ENDING = ".facea-style"
FOLDER = "styles"
PICTURE_SIDE = 160
"""Pixels of a style's picture."""
LARGEST_FILE = 256 << 10
"""Bytes of a file that may hold a style: its picture has 160 x 160 pixels."""
_STYLE_MEMBER, _LORA_MEMBER = "style.json", f"lora{LORA_ENDING}"
_MEMBERS = re.compile(f"{re.escape(_STYLE_MEMBER)}|{re.escape(_LORA_MEMBER)}")
_ZIP_MARK = b"PK"

log = logging.getLogger(__name__)


class _Shared(Value):
    """What a ``.facea-style`` file says."""

    kind: Literal["facea style"] = "facea style"
    version: Literal[1] = 1
    title: Title
    words: Annotated[
        str,
        BeforeValidator(lambda text: one_line(text).strip() if isinstance(text, str) else text),
        Field(max_length=200),
    ]
    picture: Annotated[Png, Field(max_length=LARGEST_FILE)] | None = None
    lora: StyleLora | None = None

    @model_validator(mode="after")
    def _does_something(self) -> Self:
        if not self.words and self.lora is None:
            raise ValueError("neither words nor a LoRA")
        return self


class _Kept(_Shared):
    """What is kept of a style here.

    Attributes:
        people: who is to be seen on the picture.
        portrait: file name of the portrait that the picture shows.
    """

    people: tuple[PersonId, ...] = Field((), max_length=16)
    portrait: str | None = Field(None, max_length=255)


class OwnStyles:
    """The saved styles of a data folder.

    Attributes:
        loras: their LoRA files.
    """

    def __init__(self, root: Path) -> None:
        self._folder = root / FOLDER
        self.loras = StyleLoras(self._folder)

    def all(self) -> list[OwnStyle]:
        """Every style, by its title; files that cannot be read are passed over, and logged."""
        found = [_shown(name, kept) for name, kept in self._kept()]
        return sorted(found, key=lambda style: (style.title.casefold(), style.name))

    def get(self, title: str) -> OwnStyle:
        """The style that is called so, whatever the case.

        Raises:
            UserError: there is none.
        """
        for style in self.all():
            if style.title.casefold() == title.strip().casefold():
                return style
        names = ", ".join(style.title for style in self.all()) or "none is saved"
        raise UserError(f"There is no style of your own called {title!r} ({names}).")

    def named(self, name: str) -> AnyStyle:
        """A preset, or a style of the user's own, by what it is called.

        Raises:
            UserError: there is none.
        """
        wanted = name.strip().casefold()
        for preset in styles():
            if wanted in (preset.name, preset.title.casefold(), preset.words.casefold()):
                return preset
        return self.get(name)

    def save(
        self,
        title: str,
        words: str,
        picture: Path | None = None,
        *,
        people: tuple[str, ...] = (),
        portrait: str | None = None,
    ) -> OwnStyle:
        """Save a style.

        Args:
            picture: shown small beside it.
            people: ids of those who are to be seen there.
            portrait: file name of the portrait that it is.

        Raises:
            UserError: the title is taken or cannot be used, there are no words, or the picture or the disk refuse.
        """
        shown = _small(read_photo(picture)) if picture is not None else None
        return self._add(
            _checked({"title": title, "words": words, "picture": shown, "people": people, "portrait": portrait})
        )

    def add_lora(
        self, title: str, file: Path, *, words: str = "", strength: float = 1.0
    ) -> tuple[OwnStyle, tuple[str, ...]]:
        """Make a style of a LoRA file for Stable Diffusion XL, which is copied.

        Args:
            words: that the LoRA was trained to follow, added to the prompt; it may need none.
            strength: that portraits begin with, 0 to 2.

        Returns:
            the style, and what of the file is not used, a line each.

        Raises:
            UserError: the title is taken or cannot be used, the file is no such LoRA, or the disk refuses.
        """
        checked = _checked({"title": title, "words": words.strip() or "none"})  # before a large file is read
        self._refuse_taken(checked.title)
        lora, warnings = self.loras.add(lora_content(file), file.name, strength)
        changes: dict[str, object] = {"lora": lora} if words.strip() else {"lora": lora, "words": ""}
        return self._add(checked.model_copy(update=changes)), warnings

    def rename(self, name: str, title: str) -> OwnStyle:
        """Give the style of this name another title.

        Raises:
            UserError: it is gone, or the title is taken or cannot be used.
        """
        kept = self._read(self._place(name))
        if kept is None:
            raise UserError("The style is no longer there.")
        renamed = _checked(kept.model_dump() | {"title": title})
        self._refuse_taken(renamed.title, name)
        self._write(name, renamed)
        return _shown(name, renamed)

    def delete(self, name: str) -> None:
        """Erase the style of this name; one that is gone is no trouble.

        Raises:
            UserError: the disk refuses.
        """
        kept = self._read(self._place(name))
        with disk_trouble("delete the style"):
            if self._place(name).exists():
                erase_at_once(self._place(name))
            left = {other.lora.sha256 for _, other in self._kept() if other.lora is not None}
            if kept is not None and kept.lora is not None and kept.lora.sha256 not in left:
                self.loras.delete(kept.lora.sha256)

    def export(self, name: str, target: Path) -> None:
        """Write a style into a file that can be passed on, with its picture and its LoRA.

        Raises:
            UserError: it or its LoRA is gone, or the disk refuses.
        """
        kept = self._read(self._place(name))
        if kept is None:
            raise UserError("The style is no longer there.")
        shared = _Shared(title=kept.title, words=kept.words, picture=kept.picture, lora=kept.lora)
        data = _json(shared)
        if shared.lora is not None:
            data = _zipped({_STYLE_MEMBER: data, _LORA_MEMBER: self.loras.content(shared.lora)})
        with disk_trouble(f"save {target.name}"):
            write_atomically(target, data, shared=True)

    def import_file(self, source: Path) -> OwnStyle:
        """Add the style of a file that somebody passed on, under another title where that is taken.

        Raises:
            UserError: it cannot be read, or is not what a style's file may be.
        """
        data, lora_data = _opened(source)
        try:
            shared = _Shared.model_validate_json(data)
        except ValidationError as error:
            raise UserError(f"{source.name} is not a style, is damaged, or comes from a newer version.") from error
        if (shared.lora is None) != (lora_data is None):
            raise UserError(f"{source.name} is damaged: its LoRA is missing. Ask for a new export of this style.")
        picture = _drawn_anew(shared.picture, source.name) if shared.picture is not None else None
        lora = None
        if shared.lora is not None and lora_data is not None:
            lora, _ = self.loras.add(lora_data, shared.lora.name, shared.lora.strength)
        kept = _Kept(title=self._free(shared.title), words=shared.words, picture=picture, lora=lora)
        return self._add(kept)

    def follow(self, portrait: str, now: str) -> None:
        """A portrait has another file name now; the pictures that are of it go with it on.

        Raises:
            UserError: the disk refuses.
        """
        for name, kept in self._kept():
            if kept.portrait == portrait:
                self._write(name, kept.model_copy(update={"portrait": now}))

    def forget(self, *, person: str | None = None, portrait: str | None = None) -> None:
        """Drop the pictures that show a person, or that are of a portrait; the words stay.

        Raises:
            UserError: the disk refuses.
        """
        for name, kept in self._kept():
            if (person is not None and person in kept.people) or (portrait is not None and portrait == kept.portrait):
                bare = kept.model_copy(update={"picture": None, "people": (), "portrait": None})
                with disk_trouble("delete the picture of a style"):
                    replace_erased(self._place(name), _json(bare))

    def _add(self, kept: _Kept) -> OwnStyle:
        self._refuse_taken(kept.title)
        name = f"own-{secrets.token_hex(4)}"
        self._write(name, kept)
        return _shown(name, kept)

    def _write(self, name: str, kept: _Kept) -> None:
        with disk_trouble("save the style"):
            private_folder(self._folder)
            write_atomically(self._place(name), _json(kept))

    def _kept(self) -> list[tuple[str, _Kept]]:
        paths = sorted(self._folder.glob(f"own-*{STYLE_ENDING}"))
        return [(path.stem, kept) for path in paths if (kept := self._read(path)) is not None]

    @staticmethod
    def _read(path: Path) -> _Kept | None:
        try:
            return _Kept.model_validate_json(path.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValidationError) as error:
            log.warning("%s cannot be used: %s", path.name, str(error).splitlines()[0])
            return None

    def _place(self, name: str) -> Path:
        return self._folder / f"{name}{STYLE_ENDING}"

    def _refuse_taken(self, title: str, name: str = "") -> None:
        taken = {kept.title.casefold() for other, kept in self._kept() if other != name}
        if title.casefold() in taken | {style.title.casefold() for style in styles()}:
            raise UserError(f"There is a style called {title} already; choose another name.")

    def _free(self, title: str) -> str:
        taken = {kept.title.casefold() for _, kept in self._kept()} | {style.title.casefold() for style in styles()}
        number, free = 2, title
        while free.casefold() in taken:
            free = f"{title[:24]} {number}"
            number += 1
        return free


def _json(style: _Shared) -> bytes:
    without = {"lora"} if style.lora is None else None  # versions that know none read the others
    return style.model_dump_json(indent=1, exclude=without).encode()


def _shown(name: str, kept: _Kept) -> OwnStyle:
    return OwnStyle(name=name, title=kept.title, words=kept.words, image=kept.picture, lora=kept.lora)


def _zipped(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return file.getvalue()


def _opened(source: Path) -> tuple[bytes, bytes | None]:
    """What a file says of a style, and its LoRA if it has one.

    Raises:
        UserError: it cannot be read, is too large, or no archive that may be read.
    """
    with disk_trouble(f"read {source.name}"), open_file(source) as file:
        data = file.read(LARGEST_FILE * 2 + 1)
    if not data.startswith(_ZIP_MARK):
        if len(data) > LARGEST_FILE * 2:
            raise UserError(f"{source.name} is too large for a style.")
        return data, None
    try:
        return _unzipped(source)
    except UserError as error:
        raise UserError(f"{source.name} was not imported: {error} Ask for a new export of this style.") from error


def _unzipped(source: Path) -> tuple[bytes, bytes]:
    with opened_archive(source, _MEMBERS) as archive:
        if archive.sizes.keys() != {_STYLE_MEMBER, _LORA_MEMBER}:
            raise UserError("it does not hold a style and its LoRA.")
        return archive.read(_STYLE_MEMBER, LARGEST_FILE * 2), archive.read(_LORA_MEMBER, FILE_LIMIT)


def _checked(fields: dict[str, object]) -> _Kept:
    try:
        return _Kept.model_validate(fields)
    except ValidationError as error:
        where = {str(one["loc"][0]) if one["loc"] else "words" for one in error.errors()}
        if "title" in where:
            raise UserError("A style needs a name of 1 to 30 characters on one line.") from error
        if "words" in where:
            raise UserError(
                "A style needs 1 to 200 characters of words, such as “oil painting, golden light”."
            ) from error
        raise


def _small(picture: Image.Image) -> bytes:
    """The middle of a picture as PNG, PICTURE_SIDE pixels a side."""
    side = min(picture.size)
    left, top = (picture.width - side) // 2, (picture.height - side) // 2
    square = picture.crop((left, top, left + side, top + side)).convert("RGB")
    return png_bytes(square.resize((PICTURE_SIDE, PICTURE_SIDE), Image.Resampling.LANCZOS))


def _drawn_anew(data: bytes, name: str) -> bytes:
    """A picture that a stranger's file brings, decoded within bounds and written by ourselves.

    Raises:
        UserError: it is no PNG of at most 512 x 512 pixels.
    """
    try:
        with Image.open(io.BytesIO(data), formats=("PNG",)) as picture:
            if max(picture.size) > 512:
                raise UserError(f"The picture in {name} is too large for a style.")
            return _small(picture.convert("RGB"))
    except (OSError, SyntaxError, ValueError) as error:  # Pillow calls a broken PNG a SyntaxError
        raise UserError(f"The picture in {name} is damaged.") from error
