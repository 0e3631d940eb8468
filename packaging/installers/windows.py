"""The installer for Windows: per user, without an administrator's rights; ``makensis`` compiles it on any system."""

from __future__ import annotations

from pathlib import Path

from installers.description import ROOT, App, filled, run, tool
from installers.icons import write_ico


def build_installer(app: App, tree: Path, out: Path, *, quick: bool = False) -> Path:
    """An ``.exe`` that installs, updates and removes the program."""
    makensis = tool("makensis", "apt install nsis, or NSIS for Windows")
    icon = out / f"{app.id}.ico"
    write_ico(icon)
    installer = out / f"{app.id}-{app.version}-windows-x86_64.exe"
    size = sum(path.stat().st_size for path in tree.rglob("*") if path.is_file()) // 1024
    words = app.words | {
        "tree": str(tree.resolve()),
        "icon": str(icon.resolve()),
        "licence_file": str(ROOT / "LICENSE"),
        "installer": str(installer.resolve()),
        "size": str(size),
        "publisher": app.more["maintainer"].partition(" <")[0],
        "shared_endings": "\n".join(
            f'  WriteRegStr HKCU "Software\\Classes\\.{kind.ending}\\OpenWithProgids" "{app.id}.person" ""'
            for kind in app.file_types
            if kind.shared
        ),
        "shared_endings_gone": "\n".join(
            f'  DeleteRegValue HKCU "Software\\Classes\\.{kind.ending}\\OpenWithProgids" "{app.id}.person"'
            for kind in app.file_types
            if kind.shared
        ),
    }
    script = out / f"{app.id}.nsi"
    script.write_text(filled("windows/installer.nsi", words), "utf-8")
    # What the script says of compressing is then passed over, of which a warning would tell.
    packed = ["-V1", "-XSetCompressor /FINAL zlib"] if quick else ["-V2"]
    run([makensis, *packed, "-INPUTCHARSET", "UTF8", script])
    script.unlink()
    icon.unlink()
    return installer
