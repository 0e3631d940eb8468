"""Every portrait: search, rate, recall, export."""
