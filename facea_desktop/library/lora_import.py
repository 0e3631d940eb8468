"""People made of LoRA files that others trained."""

from __future__ import annotations

from pathlib import Path

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.faces import Subject
from facea_desktop.domain.generations import generation_of
from facea_desktop.domain.people import Consent, Profile, Recipe, Tuning
from facea_desktop.library.adapter_checks import AdapterLayout
from facea_desktop.library.id_library import Library
from facea_desktop.library.lora_files import lora_content, normalised, read_lora
from facea_desktop.library.person_files import ADAPTER
from facea_desktop.library.person_names import checked_name


def import_lora(
    library: Library,
    source: Path,
    name: str,
    subject: Subject,
    family: str,
    layout: AdapterLayout,
    consent: Consent | None = None,
) -> Profile:
    """Make a person without [feat] sets of a ``.safetensors`` LoRA.

    Raises:
        UserError: it does not fit the family; the library is as it was.
    """
    try:
        adapter, rank, warnings = normalised(read_lora(lora_content(source)), layout)
    except UserError as error:
        raise UserError(f"{source.name} was not imported: {error} Choose a LoRA that was made for {family}.") from error
    profile = Profile(
        id=library.new_id(),
        name=checked_name(name),
        subject=subject,
        family=family,
        tuning=Tuning(
            recipe=Recipe(rank=rank, features=0), seed=0, step=0, foreign=True, generation=generation_of(family)
        ),
        consent=consent or Consent(),
        warnings=warnings,
    )
    return library.create(profile, {ADAPTER: adapter})
