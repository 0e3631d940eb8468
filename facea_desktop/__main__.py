"""``python -m facea_desktop`` is the installed command ``facea-desktop``."""

import sys

from facea_desktop.cli import main

if __name__ == "__main__":
    sys.exit(main())
