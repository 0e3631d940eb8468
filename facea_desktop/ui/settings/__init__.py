"""Models, devices, folders and looks."""
