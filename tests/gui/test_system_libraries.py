"""Missing system libraries are named, with the command that installs them, before Qt ends the process over them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import PySide6
import pytest

from facea_desktop.domain.errors import UserError
from facea_desktop.ui import system_libraries
from facea_desktop.ui.system_libraries import COMMON, WAYLAND, X11, require_window_libraries

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere Qt brings all that it needs")


@pytest.fixture
def lacking(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Libraries that this system seems not to have; no display, and no choice of Qt's plugin."""
    missing: set[str] = set()
    monkeypatch.setattr(system_libraries, "_is_missing", missing.__contains__)
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    return missing


def refused() -> str:
    with pytest.raises(UserError) as error:
        require_window_libraries()
    return str(error.value)


@linux
@pytest.mark.parametrize(
    ("system", "command"),
    [
        ({"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, "sudo apt install libegl1 libxcb-cursor0"),
        ({"ID": "fedora"}, "sudo dnf install 'libEGL.so.1()(64bit)' 'libxcb-cursor.so.0()(64bit)'"),
        ({"ID": "opensuse-leap", "ID_LIKE": "suse opensuse"}, "sudo zypper install 'libEGL.so.1()(64bit)'"),
        ({"ID": "arch"}, "Install the packages of your distribution that hold them."),
    ],
)
def test_what_is_missing_is_named_with_the_command_of_the_distribution(
    lacking: set[str], monkeypatch: pytest.MonkeyPatch, system: dict[str, str], command: str
) -> None:
    lacking |= {"libEGL.so.1", "libxcb-cursor.so.0"}
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(system_libraries.platform, "freedesktop_os_release", lambda: system)
    said = refused()
    assert "libEGL.so.1, libxcb-cursor.so.0" in said
    assert command in said


@linux
def test_wayland_needs_nothing_of_x11_and_x11_will_do_where_wayland_does_not(
    lacking: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lacking.update(X11)
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    monkeypatch.setenv("DISPLAY", ":0")
    require_window_libraries()
    lacking.difference_update(X11)
    lacking.update(WAYLAND)
    require_window_libraries()
    lacking.add("libxcb-cursor.so.0")
    assert "libxcb-cursor.so.0" in refused()
    monkeypatch.delenv("DISPLAY")
    assert "libwayland-client.so.0" in refused()


@linux
def test_a_plugin_that_was_chosen_is_not_held_up_by_those_that_were_not(
    lacking: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lacking.update(X11, WAYLAND)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    require_window_libraries()
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    assert "libxcb-shape.so.0" in refused()


@linux
def test_what_is_there_is_found_and_what_is_not_is_missed() -> None:
    assert not system_libraries._is_missing("libc.so.6")
    assert system_libraries._is_missing("libfacea-has-no-such.so.7")


@linux
def test_the_tables_name_all_that_the_installed_qt_links_to() -> None:
    qt = Path(PySide6.__file__).parent / "Qt"
    for known, files in (
        (COMMON, [*(qt / "lib").glob("libQt6[GW]*i*s.so.6"), qt / "lib/libQt6Gui.so.6", qt / "lib/libQt6DBus.so.6"]),
        (COMMON | X11, [qt / "plugins/platforms/libqxcb.so", qt / "lib/libQt6XcbQpa.so.6"]),
        (COMMON | WAYLAND, [qt / "lib/libQt6WaylandClient.so.6"]),
    ):
        for file in files:
            linked = {name for name in linked_to(file) if name.startswith(("libX", "libxcb", "libxkb", "libwayland"))}
            linked |= {name for name in linked_to(file) if name in {"libEGL.so.1", "libGL.so.1", "libdbus-1.so.3"}}
            assert linked <= known.keys(), file.name


def linked_to(file: Path) -> set[str]:
    """The libraries that an ELF file names, by the string table of its dynamic section."""
    ran = subprocess.run(["ldd", file], capture_output=True, text=True, check=True)
    named = {line.split()[0] for line in ran.stdout.splitlines()}
    contents = file.read_bytes()
    return {name for name in named if b"\0" + name.encode() + b"\0" in contents}  # not those of its libraries
