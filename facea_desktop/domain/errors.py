"""The two expected ways for a job not to succeed: an error the user can fix, and a cancellation.

Anything else that is raised is a bug of ours and is logged with its traceback.
"""

from __future__ import annotations

from facea_desktop.domain.plain_text import one_line

OUR_FAULT = "Something went wrong in the program; the details are in the log (Help, Show log)."
"""All that the window says of a bug of ours."""


class UserError(Exception):
    """An error the user can fix. The message is one line that says what is wrong and what to do.

    It may name a stranger's file, so whatever would steer a terminal or break the line is taken out.
    """

    def __init__(self, message: str) -> None:
        super().__init__(one_line(message))


class WorkerLostError(UserError):
    """The worker that carried out a request is gone; the request may be carried out again elsewhere."""


class OtherSettingsError(UserError):
    """The checkpoint of a tuning belongs to another run."""


class CancelledError(Exception):
    """The user stopped the job; nothing half-done is left behind."""
