"""Batches from a file: people to tune and portraits to paint, read, estimated, shown while they run, reported."""
