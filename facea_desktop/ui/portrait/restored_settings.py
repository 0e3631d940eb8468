"""The settings of a picture, as it carries them, and where the files that they name lie now."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.people import Appearance
from facea_desktop.domain.requests import GridSheet, PortraitRequest
from facea_desktop.library.portrait_files import MASKS, PASTED, STAGES, stages_of
from facea_desktop.library.portrait_png import read_request


@dataclass(frozen=True)
class Opened:
    """A picture that was made here.

    Attributes:
        request: what made it; its ``picture`` and ``mask`` lie where they say, or are None.
        context: the scene that was kept beside it, None where it is gone.
        missing: the name of the picture that was the scene and is not there any more, empty where nothing is missing.
    """

    path: Path
    request: PortraitRequest
    context: Path | None
    missing: str = ""

    @property
    def person(self) -> str:
        """Id of the main person in it."""
        return self.request.person

    @property
    def picture(self) -> Path | None:
        """The picture that was its scene, None where there was none or it is gone."""
        return self.request.picture


def open_portrait_file(path: Path) -> Opened:
    """Read what made a picture. A stage opens the portrait that it belongs to.

    Raises:
        UserError: it carries no settings of this program, or damaged ones.
    """
    path = _portrait_of(path)
    embedded = read_request(path)
    if embedded is None:
        raise UserError(
            f"{path.name} contains no FaceA Desktop settings. Choose a picture made here, or use this one as a scene."
        )
    try:
        request = PortraitRequest.model_validate_json(embedded)
    except ValidationError as error:
        if _is_sheet(embedded):
            raise UserError(f"{path.name} shows many portraits; choose one of them instead.") from error
        raise UserError(f"The settings in {path.name} are damaged or from a newer version.") from error
    if "appearance" not in request.model_fields_set:  # made before there was one: nothing was added
        request = request.model_copy(update={"appearance": Appearance()})
    context, mask = (stage if stage.exists() else None for stage in stages_of(path))
    picture = _found(request.picture, path.parent / PASTED, None) or _found(request.picture, path.parent, context)
    drawn = _found(request.mask, path.parent / MASKS, mask) if picture is not None else None
    missing = request.picture.name if request.picture is not None and picture is None else ""
    # A picture is only named in what it made: its folder is nobody else's business.
    request = request.model_copy(update={"picture": picture, "mask": drawn})
    return Opened(path, request, context, missing)


def _is_sheet(embedded: str) -> bool:
    try:
        GridSheet.model_validate_json(embedded)
    except ValidationError:
        return False
    return True


def _portrait_of(path: Path) -> Path:
    for stage in STAGES:
        portrait = path.with_name(path.name.removesuffix(f"-{stage}.png") + ".png")
        if path.name.endswith(f"-{stage}.png") and portrait.exists():
            return portrait
    return path


def _found(named: Path | None, folder: Path, stage: Path | None) -> Path | None:
    """Where a file lies that a request names: in ``folder``, or kept as a stage."""
    if named is None:
        return None
    beside = folder / named.name
    return beside if beside.is_file() else stage
