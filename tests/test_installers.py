"""What the installers are made from: one description, the locked dependencies, and what desktops are told."""

from __future__ import annotations

import configparser
import contextlib
import dataclasses
import gzip
import io
import os
import plistlib
import re
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from PIL import Image

import build
import facea_desktop
from facea_desktop.argument_parser import build_parser
from facea_desktop.releases import Publisher
from facea_desktop.ui.system_libraries import COMMON, WAYLAND, X11
from installers import linux, macos, tree
from installers.description import HERE, ROOT, App, filled, placeholders, read_description
from installers.desktop import write_desktop_files, write_manual, write_store_page
from installers.lock import lock_file

MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"


@pytest.fixture(scope="module")
def app() -> App:
    return read_description()


@pytest.fixture(scope="module")
def share(app: App, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder as a desktop looks into it."""
    folder = tmp_path_factory.mktemp("share")
    write_desktop_files(app, folder, "/opt/facea/facea-desktop")
    write_store_page(app, folder)
    write_manual(app, folder)
    return folder


def entry(share: Path) -> configparser.SectionProxy:
    read = configparser.ConfigParser(interpolation=None)
    read.optionxform = str  # type: ignore[method-assign, assignment]
    read.read(share / "applications" / "facea-desktop.desktop", "utf-8")
    return read["Desktop Entry"]


def test_the_installers_bear_the_programs_version(app: App) -> None:
    assert app.version == facea_desktop.__version__


@pytest.mark.parametrize("target", ["linux", "windows", "macos"])
def test_every_dependency_is_locked_with_hashes(app: App, target: str) -> None:
    locked = dict(
        re.findall(r"^([a-z0-9-]+)==(\S+) \\\n    --hash=sha256:[0-9a-f]{64}", lock_file(target).read_text(), re.M)
    )
    assert len(locked) == len(re.findall(r"^[a-z0-9]", lock_file(target).read_text(), re.M))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for wanted in map(Requirement, project["dependencies"]):
        if wanted.marker is None or wanted.marker.evaluate({"python_version": "3.11"}):
            assert wanted.specifier.contains(locked[canonicalize_name(wanted.name)]), wanted
    assert {f"{name}=={locked[name]}" for name in ("torch", "torchvision")} == set(app.target[target]["packages"])
    assert not [name for name in locked if name.startswith("nvidia")]


def test_uv_which_brings_the_graphics_card_into_use_is_the_pinned_one_for_every_system(
    app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = lock_file("uv").read_text()
    assert re.findall(r"^([a-z]\S+)", locked, re.M) == [f"uv=={app.more['python']['uv']}"]
    assert len(re.findall(r"--hash=sha256:[0-9a-f]{64}", locked)) > len(app.target)

    def unpack(command: list[str | Path], **options: object) -> None:
        assert command[-3:] == ["--require-hashes", "-r", lock_file("uv")]
        place = Path(command[command.index("--target") + 1])
        for name in ("uv/__init__.py", "bin/uv", "bin/uv.exe"):
            (place / name).parent.mkdir(exist_ok=True)
            (place / name).write_text(str(command[command.index("--python-platform") + 1]))

    monkeypatch.setattr(tree, "uv", lambda app: "uv")
    monkeypatch.setattr(tree, "run", unpack)
    for target, name in (("linux", "uv"), ("windows", "uv.exe"), ("macos", "uv")):
        tree.install_uv(app, target, tmp_path)
        assert (tmp_path / name).read_text() == app.target[target]["platform"]


def test_the_menu_entry_opens_files_in_the_window_that_qt_names(share: Path) -> None:
    said = entry(share)
    assert said["Exec"] == "/opt/facea/facea-desktop open %F"
    assert said["StartupWMClass"] == "facea-desktop"
    assert set(said["MimeType"].strip(";").split(";")) == {"application/x-facea", "image/png"}
    sources = (ROOT / "facea_desktop" / "ui" / "app.py").read_text("utf-8")
    assert f'setDesktopFileName("{Path(share / "applications" / "facea-desktop.desktop").stem}")' in sources


def test_people_have_a_kind_of_file_of_their_own(share: Path) -> None:
    kind = ElementTree.parse(share / "mime/packages/facea-desktop.xml").getroot().find(f"{MIME}mime-type")
    assert kind is not None
    assert kind.get("type") == "application/x-facea"
    assert [glob.get("pattern") for glob in kind.findall(f"{MIME}glob")] == ["*.facea"]


def test_icons_have_the_sizes_of_their_folders(share: Path) -> None:
    icons = sorted((share / "icons/hicolor").rglob("*.png"))
    assert {icon.name for icon in icons} == {"facea-desktop.png", "application-x-facea.png"}
    for icon in icons:
        with Image.open(icon) as image:
            assert f"{image.width}x{image.height}" == icon.parts[-3]
            assert image.getextrema()[3] == (0, 255)  # round corners


def test_the_store_page_shows_pictures_that_there_are(app: App, share: Path) -> None:
    page = ElementTree.parse(share / "metainfo/facea-desktop.metainfo.xml").getroot()
    pictures = [image.text or "" for image in page.iter("image")]
    assert len(pictures) == 2
    assert all((ROOT / picture.removeprefix(f"{app.more['web']}/")).is_file() for picture in pictures)
    assert [launchable.text for launchable in page.iter("launchable")] == ["facea-desktop.desktop"]


def helped(command: str = "") -> str:
    """What the command line says of itself, or of one of its commands."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), pytest.raises(SystemExit):
        build_parser().parse_args([*command.split(), "--help"])
    return said.getvalue()


def commands_of(text: str) -> list[str]:
    """The names in a help's list of commands."""
    return re.findall(r"^    ([a-z-]+) ", text, re.M)


def test_the_manual_and_the_help_name_the_same_commands_and_options(share: Path) -> None:
    page = gzip.decompress((share / "man/man1/facea-desktop.1.gz").read_bytes()).decode().replace("\\-", "-")
    sections = dict(re.findall(r'^\.SS "(.*?)"\n(.*?)(?=^\.S[SH])', page, re.M | re.S))
    told = [f"{name} {inner}".strip() for name in commands_of(helped()) for inner in commands_of(helped(name)) or [""]]
    assert sorted(sections) == sorted(told)
    assert {"open", "enrol", "models fetch"} <= set(told)
    for name, section in sections.items():
        options = set(re.findall(r"(?<![\w-])--[a-z-]+", section))
        assert options == set(re.findall(r"(?<![\w-])--[a-z-]+", helped(name))) - {"--help"}, name


def test_what_a_publisher_has_to_replace_is_named_and_a_release_refused(
    app: App, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert placeholders(app) == ["maintainer", "web", "reverse-dns", "updates.address", "updates.key"]
    monkeypatch.setattr(sys, "argv", ["build.py", "deb", "--release", "--out", str(tmp_path / "dist")])
    assert build.main() == 1
    assert "placeholders for maintainer, web" in capsys.readouterr().err
    assert not (tmp_path / "dist").exists()


def test_a_publisher_is_named_in_what_is_installed_and_placeholders_are_not(app: App, tmp_path: Path) -> None:
    place = tmp_path / "facea_desktop" / "resources" / "publisher.json"
    place.parent.mkdir(parents=True)
    tree._name_publisher(app, tmp_path)
    assert not place.exists()
    real = {
        "maintainer": "Jo <jo@portraits.example>",
        "web": "https://portraits.example",
        "reverse-dns": "example.portraits.FaceADesktop",
        "updates": {"address": "https://portraits.example/latest-release.txt", "key": "a2V5"},
    }
    published = dataclasses.replace(app, more={**app.more, **real})
    assert placeholders(published) == []
    tree._name_publisher(published, tmp_path)
    assert Publisher.model_validate_json(place.read_bytes()) == Publisher(**real["updates"])


def test_the_bundle_for_macos_opens_people_first_and_pictures_after_others(app: App) -> None:
    said = plistlib.loads(plistlib.dumps(macos.info(app)))
    ranks = {kind["LSItemContentTypes"][0]: kind["LSHandlerRank"] for kind in said["CFBundleDocumentTypes"]}
    assert ranks == {said["UTExportedTypeDeclarations"][0]["UTTypeIdentifier"]: "Owner", "public.png": "Alternate"}


def test_the_debian_package_asks_for_every_library_that_a_window_needs(app: App) -> None:
    asked = {name.strip() for one in app.more["deb"]["depends"] for name in re.sub(r"\(.*?\)", "", one).split("|")}
    assert {*COMMON.values(), *X11.values()} <= asked
    assert {*WAYLAND.values()} <= set(app.more["deb"]["recommends"])


@pytest.mark.parametrize("template", [*sorted((HERE / "linux").iterdir()), *sorted((HERE / "macos").iterdir())])
def test_templates_ask_for_words_that_there_are(app: App, template: Path) -> None:
    more = dict.fromkeys(
        (
            "command",
            "mime_icon",
            "place",
            "year",
            "description",
            "developer",
            "screenshots",
            "date",
            "web",
            "category_tags",
            "revision",
        ),
        "x",
    )
    said = filled(str(template.relative_to(HERE)), app.words | more | {"reverse_dns": "x"})
    assert not re.search(r"@[a-z_]+@", said)


@pytest.mark.skipif(os.name != "posix", reason="a script of POSIX's shell")
def test_a_portable_program_comes_into_the_menu_and_out_of_it(app: App, tmp_path: Path) -> None:
    place, home = tmp_path / 'a $HOME & "b"', tmp_path / "home"
    write_desktop_files(app, place / "share", app.id)
    linux._script(place / "menu.sh", filled("linux/menu.sh", app.words))
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(home), "XDG_DATA_HOME": str(home / "share")}
    subprocess.run([place / "menu.sh", "add"], env=environment, check=True)
    quoted = str(place / app.id).replace("$", "\\\\$").replace('"', '\\\\"')
    assert entry(home / "share")["Exec"] == f'"{quoted}" open %F'
    assert (home / "share/icons/hicolor/48x48/apps/facea-desktop.png").exists()
    subprocess.run([place / "menu.sh", "remove"], env=environment, check=True)
    left = {path.relative_to(home) for path in home.rglob("*") if path.is_file()}
    assert not [path for path in left if "facea" in str(path)]
