"""System libraries that Qt and OpenCV load: missing ones are named before Qt ends the process over them.

Knows no Qt: with a library missing, even importing it may fail.
"""

from __future__ import annotations

import ctypes
import os
import platform
import sys
from collections.abc import Callable, Iterable

from facea_desktop.domain.errors import UserError

COMMON = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon.so.0": "libxkbcommon0",
}
"""What every window and its engine processes need, with the Debian package of each."""
X11 = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
WAYLAND = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}


def require_window_libraries() -> None:
    """See whether a window can be opened on this system.

    Raises:
        UserError: there is no display, or libraries are missing: which, and the command that installs them.
    """
    if not sys.platform.startswith("linux"):
        return
    missing = _missing_for(os.environ.get("QT_QPA_PLATFORM", ""), _is_missing)
    if missing:
        raise UserError(_remedy(missing, _relatives()))


def _missing_for(plugin: str, is_missing: Callable[[str], bool]) -> dict[str, str]:
    """Libraries that are missing, with their packages, for the plugin that Qt will take."""
    missing = {library: package for library, package in COMMON.items() if is_missing(library)}
    shown = [display for display in ("WAYLAND_DISPLAY", "DISPLAY") if os.environ.get(display)]
    if not plugin and not shown:
        raise UserError("There is no display to open the window on; see facea-desktop --help for the commands.")
    # Of two displays, one that works is enough: Qt tries Wayland first, then X11.
    wanted = []
    if plugin.startswith("wayland") or (not plugin and "WAYLAND_DISPLAY" in shown):
        wanted.append(WAYLAND)
    if plugin.startswith("xcb") or (not plugin and "DISPLAY" in shown):
        wanted.append(X11)
    lacking = [{library: package for library, package in kind.items() if is_missing(library)} for kind in wanted]
    return missing | (lacking[-1] if all(lacking) and lacking else {})


def _is_missing(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return True
    return False


def _relatives() -> set[str]:
    """This distribution's id and those of the distributions that it is made from."""
    try:
        known = platform.freedesktop_os_release()
    except OSError:
        return set()
    return {known.get("ID", ""), *known.get("ID_LIKE", "").split()}


def _remedy(missing: dict[str, str], relatives: Iterable[str]) -> str:
    names = ", ".join(sorted(missing))
    said = f"The window cannot be opened, system libraries are missing: {names}."
    relatives = set(relatives)
    capabilities = " ".join(f"'{library}()(64bit)'" for library in sorted(missing))
    if relatives & {"debian", "ubuntu"}:
        return f"{said} Install them with: sudo apt install {' '.join(sorted(set(missing.values())))}"
    if relatives & {"fedora", "rhel", "centos"}:
        return f"{said} Install them with: sudo dnf install {capabilities}"
    if relatives & {"suse", "opensuse"}:
        return f"{said} Install them with: sudo zypper install {capabilities}"
    return f"{said} Install the packages of your distribution that hold them."
