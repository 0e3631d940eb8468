"""Weights: the catalogue, where they lie, download, checks and what fits this machine."""
