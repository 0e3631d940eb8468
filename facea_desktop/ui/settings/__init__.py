"""Settings: models, devices, folders, appearance and language."""
