"""Plain values that every room may import: no torch, no Qt, no files."""
