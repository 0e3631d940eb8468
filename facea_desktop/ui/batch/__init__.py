"""Dialogs for many pictures at a time."""
