"""What runs, waits and has ended."""
