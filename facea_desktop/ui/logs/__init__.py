"""The log: written by hooks, read in a viewer, passed on as a report that names nobody."""

from facea_desktop.ui.logs.hooks import SENTENCE, last_crash, log_file, setup_logging
from facea_desktop.ui.logs.report import report_text
from facea_desktop.ui.logs.viewer import LogViewer

__all__ = ["SENTENCE", "LogViewer", "last_crash", "log_file", "report_text", "setup_logging"]
