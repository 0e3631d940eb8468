"""Attributes of several people on one face."""
