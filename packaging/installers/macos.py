"""The disk image for macOS, to be built on one: an application bundle, signed for this machine or by an identity."""

from __future__ import annotations

import os
import plistlib
import shutil
from pathlib import Path
from typing import Any

from installers.description import App, filled, run, tool
from installers.icons import write_icns

MACH_O = (b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")  # for one processor, and for several
ENTITLEMENTS = {  # what Python asks of the hardened runtime: modules signed by nobody known, and ctypes' callbacks
    "com.apple.security.cs.disable-library-validation": True,
    "com.apple.security.cs.allow-unsigned-executable-memory": True,
}
AT_ONCE = 200
"""Paths on one command line."""


def build_image(app: App, tree: Path, out: Path, *, quick: bool = False) -> Path:
    """A ``.dmg`` with the application and a link to Applications.

    Raises:
        Refusal: this is no macOS, whose tools sign and pack it.
    """
    remedy = "it comes with macOS, on which this is built"
    codesign, hdiutil = tool("codesign", remedy), tool("hdiutil", remedy)
    root = out / "dmg"
    shutil.rmtree(root, ignore_errors=True)
    bundle = write_bundle(app, tree, root)
    _sign(codesign, bundle)
    (root / "Applications").symlink_to("/Applications")
    image = out / f"{app.id}-{app.version}-macos-arm64.dmg"
    kind = "UDRO" if quick else "ULFO"
    run([hdiutil, "create", "-ov", "-format", kind, "-volname", app.name, "-srcfolder", root, image])
    shutil.rmtree(root)
    return image


def _sign(codesign: str, bundle: Path) -> None:
    """By CODESIGN_IDENTITY; or for this machine alone, where others have to allow the program at its first start.

    ``--deep`` would pass over code among the resources, where Python and its modules lie; Apple's notary would not.
    """
    identity = os.environ.get("CODESIGN_IDENTITY", "-")
    rights = bundle.parent / "entitlements.plist"
    rights.write_bytes(plistlib.dumps(ENTITLEMENTS))
    command = [codesign, "--force", "--options", "runtime", "--entitlements", rights, "--sign", identity]
    if identity != "-":
        command.append("--timestamp")
    inner = code_of(bundle)
    for first in range(0, len(inner), AT_ONCE):
        run([*command, *inner[first : first + AT_ONCE]])
    run([*command, bundle])
    rights.unlink()


def code_of(bundle: Path) -> list[Path]:
    """Programs and libraries in a bundle, the innermost first."""
    files = [path for path in bundle.rglob("*") if path.is_file() and not path.is_symlink()]
    return sorted((path for path in files if _is_code(path)), key=lambda path: -len(path.parts))


def _is_code(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) in MACH_O


def write_bundle(app: App, tree: Path, folder: Path) -> Path:
    """``FaceA Desktop.app`` in ``folder``."""
    contents = folder / f"{app.name}.app" / "Contents"
    (contents / "MacOS").mkdir(parents=True)
    (contents / "Resources").mkdir()
    shutil.copytree(tree, contents / "Resources" / "python", symlinks=True)
    write_icns(contents / "Resources" / f"{app.id}.icns")
    launcher = contents / "MacOS" / app.id
    launcher.write_text(filled("macos/launcher.sh", app.words), "utf-8")
    launcher.chmod(0o755)
    (contents / "Info.plist").write_bytes(plistlib.dumps(info(app)))
    return contents.parent


def info(app: App) -> dict[str, Any]:
    """What ``Info.plist`` says: names, version, and which files the program opens."""
    own = app.own_types[0]
    person = f"{app.more['reverse-dns']}.person"
    return {
        "CFBundleIdentifier": app.more["reverse-dns"],
        "CFBundleName": app.name,
        "CFBundleDisplayName": app.name,
        "CFBundleExecutable": app.id,
        "CFBundleIconFile": f"{app.id}.icns",
        "CFBundlePackageType": "APPL",
        "CFBundleShortVersionString": app.version,
        "CFBundleVersion": app.version,
        "LSMinimumSystemVersion": app.target["macos"]["least-system"],
        "LSApplicationCategoryType": "public.app-category.photography",
        "NSHighResolutionCapable": True,
        "UTExportedTypeDeclarations": [
            {
                "UTTypeIdentifier": person,
                "UTTypeDescription": own.name,
                "UTTypeConformsTo": ["public.data", "public.zip-archive"],
                "UTTypeTagSpecification": {
                    "public.filename-extension": [own.ending],
                    "public.mime-type": [own.mime],
                },
            }
        ],
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": own.name,
                "CFBundleTypeRole": "Editor",
                "LSHandlerRank": "Owner",
                "LSItemContentTypes": [person],
            },
            *(
                {
                    "CFBundleTypeName": kind.mime,
                    "CFBundleTypeRole": "Viewer",
                    "LSHandlerRank": "Alternate",
                    "LSItemContentTypes": [f"public.{kind.ending}"],
                }
                for kind in app.file_types
                if kind.shared
            ),
        ],
    }
