"""The two ways things end other than well: what the user can mend, and what the user asked for.

Anything else that is raised is a bug of ours and is logged with its traceback.
"""

from __future__ import annotations


class UserError(Exception):
    """Something the user can mend. The message is one line that says what is wrong and what to do."""


class CancelledError(Exception):
    """The user stopped the job; nothing half-done is left behind."""
