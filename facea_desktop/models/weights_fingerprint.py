"""Tells weights apart, wherever they lie."""

from __future__ import annotations

import hashlib

from facea_desktop.domain.atomic_files import disk_trouble
from facea_desktop.models.catalogue import Family
from facea_desktop.models.model_store import ModelStore, Role, model_in_role

_HASHED_BYTES = 512 << 20
"""Own weights that are larger are told apart by size and date: to read them would take minutes."""


def weights_fingerprint(models: ModelStore, family: Family, role: Role) -> str:
    """The revision of weights that were fetched, or a hash of what lies here in their place.

    Raises:
        UserError: they are not there, or the disk refuses.
    """
    model = models.catalogue.model(models.weights_name(family, role))
    lora = models.catalogue.model(model_in_role(family, role))
    path = models.weights(family, role)
    added = f" {lora.revision}" if lora.base is not None else ""
    if model.revision is not None and path == models.folder(model):
        return model.revision + added
    digest = hashlib.sha256()
    with disk_trouble(f"read the weights {path}"):
        for file in sorted(path.rglob("*.safetensors")) if path.is_dir() else [path]:
            size = file.stat().st_size
            digest.update(f"{file.name} {size}".encode())
            digest.update(file.read_bytes() if size <= _HASHED_BYTES else str(file.stat().st_mtime_ns).encode())
    return digest.hexdigest() + added
