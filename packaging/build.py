"""Build the installers: ``python packaging/build.py WHAT [--out DIR]``.

WHAT is deb, portable, windows, macos, or lock (which dependencies they hold). README.md beside this file says what
each needs. Run it in an environment that has the project installed: icons are drawn and the manual is written by it.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from installers import linux, lock, macos, windows
from installers.description import ROOT, Refusal, placeholders, read_description
from installers.tree import Sources, build_tree

TARGETS = {"deb": "linux", "portable": "linux", "windows": "windows", "macos": "macos"}
BUILDERS = {
    "deb": linux.build_deb,
    "portable": linux.build_portable,
    "windows": windows.build_installer,
    "macos": macos.build_image,
}


def main() -> int:
    """Build what is asked for; the exit code is 1 where something is missing, which is said in one line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="+", choices=[*BUILDERS, "lock"], metavar="WHAT", help="deb, portable, ...")
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    parser.add_argument(
        "--python", type=Path, metavar="ARCHIVE", help="a relocatable CPython in place of the pinned one"
    )
    parser.add_argument(
        "--lock", type=Path, metavar="FILE", help="dependencies with hashes in place of the committed ones"
    )
    parser.add_argument("--wheels", type=Path, metavar="DIR", help="take PyTorch from here in place of its own index")
    parser.add_argument("--quick", action="store_true", help="pack sooner, and larger, for a check")
    parser.add_argument("--release", action="store_true", help="for others: refuse while app.toml has placeholders")
    args = parser.parse_args()
    app = read_description()
    left = placeholders(app)
    if left and args.what != ["lock"]:
        sentence = f"app.toml has placeholders for {', '.join(left)}."
        if args.release:
            print(f"build.py: {sentence} Put your own there (README.md, To publish).", file=sys.stderr)
            return 1
        print(f"WARNING: {sentence} NOT FOR PUBLICATION: nobody is reachable under them.", file=sys.stderr)
    sources = Sources(python=args.python, lock=args.lock, wheels=args.wheels)
    args.out.mkdir(parents=True, exist_ok=True)
    trees: dict[str, Path] = {}
    try:
        for what in args.what:
            if what == "lock":
                lock.write_locks(app)
                continue
            target = TARGETS[what]
            if target not in trees:
                trees[target] = build_tree(app, target, args.out / f"tree-{target}", sources)
            print(BUILDERS[what](app, trees[target], args.out, quick=args.quick))
    except Refusal as refusal:
        print(f"build.py: {refusal}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
