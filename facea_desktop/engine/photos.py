"""Photos as the engine takes them: read by the one reader that the window uses too, ``library/photos.py``."""

from facea_desktop.library.photos import PIXEL_LIMIT, png_bytes, read_photo

__all__ = ["PIXEL_LIMIT", "png_bytes", "read_photo"]
