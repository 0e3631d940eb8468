"""The ID library: the list, a new person, the details."""
