"""The two ways things end other than well: what the user can mend, and what the user asked for.

Anything else that is raised is a bug of ours and is logged with its traceback.
"""

from __future__ import annotations

from facea_desktop.domain.plain_text import one_line

OUR_FAULT = "Something went wrong in the program; the details are in the log (Help, Show log)."
"""All that the window says of a bug of ours."""


class UserError(Exception):
    """Something the user can mend. The message is one line that says what is wrong and what to do.

    It may name a stranger's file, so whatever would steer a terminal or break the line is taken out.
    """

    def __init__(self, message: str) -> None:
        super().__init__(one_line(message))


class CancelledError(Exception):
    """The user stopped the job; nothing half-done is left behind."""
