"""From a prompt to portraits."""
