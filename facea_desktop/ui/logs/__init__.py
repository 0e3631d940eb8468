"""The log: written by hooks, read in a viewer, passed on as a report that names nobody."""

from facea_desktop.ui.logs.log_hooks import SENTENCE, last_crash, log_file, setup_logging
from facea_desktop.ui.logs.log_viewer import LogViewer
from facea_desktop.ui.logs.problem_report import report_text

__all__ = ["SENTENCE", "LogViewer", "last_crash", "log_file", "report_text", "setup_logging"]
