"""Jobs beside the window: a queue on disk, a thread for each device, an engine process behind each thread."""
