"""Plain values that every package may import: no torch, no Qt, nothing of the library or the engine."""
