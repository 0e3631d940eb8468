"""``python main.py`` is the installed command ``facea-desktop``."""

import multiprocessing
import sys

from facea_desktop.cli import main

if __name__ == "__main__":
    multiprocessing.freeze_support()  # engine processes of a frozen program start here
    sys.exit(main())
