"""FaceA Desktop: portraits that look like the person, made on the person's own machine."""

__version__ = "0.1.0"
