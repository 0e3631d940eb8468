"""People from files: carries out an ImportRequest."""

from __future__ import annotations

from facea_desktop.domain.errors import UserError
from facea_desktop.domain.people import Profile
from facea_desktop.domain.requests import ImportRequest
from facea_desktop.engine.adapter_layout import adapter_layout
from facea_desktop.engine.model_manager import ModelManager
from facea_desktop.library.adapter_checks import AdapterLayout
from facea_desktop.library.facea_file import import_person
from facea_desktop.library.lora_import import import_lora


def import_file(manager: ModelManager, request: ImportRequest) -> Profile:
    """Import a ``.facea`` file, or a LoRA that others made.

    Raises:
        UserError: the file is not what it should be; the library is as it was.
    """

    def layout_of(family: str) -> AdapterLayout:
        return adapter_layout(manager.models, manager.family(family))

    if request.file.suffix.lower() != ".safetensors":
        return import_person(manager.library, request.file, layout_of, request.consent)
    if request.name is None or request.subject is None:
        raise UserError(
            "A LoRA file has no name; give one, and choose man or woman (--name and --subject on the command line)."
        )
    family = manager.models.active_family().name
    fits = layout_of(family)
    return import_lora(manager.library, request.file, request.name, request.subject, family, fits, request.consent)
