"""The Jobs page: running, waiting and finished jobs."""
