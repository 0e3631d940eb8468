"""The gallery: search, rate, restore and export portraits."""
