"""The page of what was deleted and can still come back."""
