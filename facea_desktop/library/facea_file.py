"""A person as one ``.facea`` file: a zip with a manifest that names, sizes and hashes every other member."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Callable, Mapping, Set
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from facea_desktop.domain.atomic_files import TEMPORARY, disk_trouble, sweep_temporary, target_file, write_atomically
from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import FACE, PARTS
from facea_desktop.domain.people import MOST_PHOTOS, Consent, Profile, Sha256, Tuning, Value
from facea_desktop.library.adapter_checks import AdapterLayout, check_adapter, check_features
from facea_desktop.library.id_library import Library
from facea_desktop.library.lora_files import normalised
from facea_desktop.library.person_files import ADAPTER, FEATURES, PERSON_FILE, without_checkpoints
from facea_desktop.library.portrait_png import check_png
from facea_desktop.library.safe_tensors import read_tensors, shown
from facea_desktop.library.safe_zip import opened_archive

PACKAGE_ENDING = ".facea"
PACKAGE_MANIFEST = "manifest.json"
PIXEL_LIMIT = 2048 * 2048
PIXELS_IN_ALL = MOST_PHOTOS * 512 * 512
"""Of all references together: all are in memory while a person is tuned."""
PICTURES_LIMIT = 256 << 20
"""Bytes of all pictures: more than so many pixels take, with five masks each, when nothing can be packed."""
_MANIFEST_LIMIT = 1 << 20  # indented on disk it grows, and must stay below what read_manifest takes
_MEMBER = re.compile(rf"{re.escape(PACKAGE_MANIFEST)}|{PERSON_FILE.pattern}")
_EPOCH = (1980, 1, 1, 0, 0, 0)


class Member(Value):
    """What the manifest says of one member; the size is in bytes."""

    sha256: Sha256
    size: int = Field(ge=0)


class Manifest(Value):
    """``manifest.json`` of a ``.facea`` file; the hashes stand in ``members``, not in the profile."""

    format: Literal["facea-person"] = "facea-person"
    version: Literal[1] = 1
    profile: Profile
    members: dict[str, Member]


def export_person(library: Library, person: str, target: Path) -> None:
    """Write the person with this id, checkpoints left out, into one file; the same person gives the same bytes.

    Raises:
        UserError: there is no such person, a file of theirs is damaged, or the disk refuses; ``target`` is as it was.
    """
    profile, read = library.read(person)
    files = dict(sorted(read.items()))
    members = {name: Member(sha256=profile.files[name], size=len(data)) for name, data in files.items()}
    manifest = Manifest(profile=without_checkpoints(profile).model_copy(update={"files": {}}), members=members)
    target = target_file(target)
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w", zipfile.ZIP_STORED) as archive:
        for name, data in ({PACKAGE_MANIFEST: manifest.model_dump_json(indent=1).encode()} | files).items():
            member = zipfile.ZipInfo(name, _EPOCH)
            member.create_system = 3  # the same bytes on every system
            member.external_attr = 0o100600 << 16
            archive.writestr(member, data)
    with disk_trouble(f"save {target}"):
        sweep_temporary(target.parent.glob(f".*{TEMPORARY}"))
        write_atomically(target, package.getvalue(), shared=True)


def import_person(
    library: Library, source: Path, layout: Callable[[str], AdapterLayout], consent: Consent | None = None
) -> Profile:
    """Add the person of a ``.facea`` file, under a new id if theirs is taken; everything is checked before.

    Args:
        library: where the person goes.
        source: a file of unknown origin.
        layout: of a family; raises UserError for a family that this program does not know.
        consent: why the face may be portrayed here. Consent in the file was given to its author ("it is me"), but
            if it says when a consent ends, it ends here too.

    Raises:
        UserError: anything about the file is wrong, or the disk refuses; the library is as it was.
    """
    try:
        profile, files = _opened(source, layout)
    except UserError as error:
        raise UserError(f"{source.name} was not imported: {error} Ask for a new export of this person.") from error
    given = consent or Consent()
    ends = [one.until for one in (given, profile.consent) if one.until is not None]
    here = {"until": min(ends, default=None), "over": profile.consent.over}
    profile = profile.model_copy(update={"consent": given.model_copy(update=here)})
    if library.folder(profile.id).exists():
        profile = profile.model_copy(update={"id": library.new_id()})
    return library.create(profile, files)


def _opened(source: Path, layout: Callable[[str], AdapterLayout]) -> tuple[Profile, dict[str, bytes]]:
    with opened_archive(source, _MEMBER) as archive:
        if PACKAGE_MANIFEST not in archive.sizes:
            raise UserError("it has no manifest.")
        manifest = _manifest(archive.read(PACKAGE_MANIFEST, _MANIFEST_LIMIT))
        profile = manifest.profile
        if manifest.members.keys() | {PACKAGE_MANIFEST} != archive.sizes.keys():
            raise UserError("its manifest names other files than it holds.")
        fits = layout(profile.family)
        _check_presence(profile, manifest.members.keys())
        limits = {
            ADAPTER: fits.adapter_limit(profile.tuning.recipe.rank if profile.tuning is not None else 0),
            FEATURES: fits.features_limit(),
        }
        if sum(size for name, size in archive.sizes.items() if name not in limits) > PICTURES_LIMIT:
            raise UserError(f"its pictures take more than {PICTURES_LIMIT >> 20} MB.")
        files = {}
        for name, said in manifest.members.items():
            files[name] = data = archive.read(name, limits.get(name, PICTURES_LIMIT))
            if said.size != len(data) or said.sha256 != hashlib.sha256(data).hexdigest():
                raise UserError(f"{name} is not what the manifest says.")
    _check_pictures(profile, files)
    if profile.tuning is not None:
        profile, files = _checked_weights(profile, profile.tuning, files, fits)
    return profile, files


def _manifest(data: bytes) -> Manifest:
    try:
        manifest = Manifest.model_validate_json(data)
        # What JSON cannot carry, such as a likeness that is not a number, would be lost on our own disk.
        again = Profile.model_validate_json(manifest.profile.model_dump_json())
    except ValidationError as error:
        fault = error.errors(include_url=False, include_input=False)[0]
        where = shown(".".join(map(str, fault["loc"])))
        raise UserError(f"its manifest cannot be read at {where}; a newer version may have made it.") from error
    if again != manifest.profile or manifest.profile.files:
        raise UserError("its manifest cannot be used.")
    return manifest


def _check_presence(profile: Profile, files: Set[str]) -> None:
    """The files must be those that the profile speaks of, no more and no fewer."""
    needed = set()
    for reference in profile.references:
        if FACE not in reference.parts or len({*reference.parts} & {*PARTS}) != len(reference.parts):
            raise UserError(f"the masks of reference {reference.index} are not those of a face.")
        needed.add(f"references/{reference.index}.png")
        needed.update(f"masks/{reference.index}-{part}.png" for part in reference.parts)
    if len({reference.index for reference in profile.references}) != len(profile.references):
        raise UserError("two references have the same number.")
    optional: set[str] = set()
    if profile.tuning is not None:
        needed.add(ADAPTER)
        (optional if profile.tuning.foreign or profile.tuning.recipe.features == 0 else needed).add(FEATURES)
    for name in sorted(needed ^ files):
        if name not in optional:
            raise UserError(f"{name} is {'missing' if name in needed else 'not mentioned in its profile'}.")


def _check_pictures(profile: Profile, files: Mapping[str, bytes]) -> None:
    left = PIXELS_IN_ALL
    for reference in profile.references:
        size = _picture(files, f"references/{reference.index}.png", ("RGB",), min(PIXEL_LIMIT, left))
        left -= size[0] * size[1]
        for part in reference.parts:
            name = f"masks/{reference.index}-{part}.png"
            if _picture(files, name, ("L", "1"), PIXEL_LIMIT) != size:
                raise UserError(f"{name} has another size than its reference.")


def _picture(files: Mapping[str, bytes], name: str, modes: tuple[str, ...], pixels: int) -> tuple[int, int]:
    try:
        return check_png(files[name], modes, pixels)
    except UserError as error:
        raise UserError(f"{name}: {error}") from error


def _checked_weights(
    profile: Profile, tuning: Tuning, files: dict[str, bytes], layout: AdapterLayout
) -> tuple[Profile, dict[str, bytes]]:
    """The weights fit the family; a foreign adapter is brought into our own layout."""
    part = ADAPTER
    try:
        tensors = read_tensors(files[ADAPTER])
        if tuning.foreign:
            adapter, _, warnings = normalised(tensors, layout)
            files = files | {ADAPTER: adapter}
            profile = profile.model_copy(update={"warnings": profile.warnings + warnings})
        elif tensors or tuning.recipe.rank:  # [feat] vectors may have been tuned alone
            check_adapter(tensors, layout)
        if FEATURES in files:
            part = FEATURES
            check_features(read_tensors(files[FEATURES]), layout)
    except UserError as error:
        raise UserError(f"{part}: {error}") from error
    return profile, files
