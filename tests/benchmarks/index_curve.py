"""What the index takes for libraries from 100 portraits up: made, opened, searched, scrolled, deleted from; and memory.

    python tests/benchmarks/index_curve.py [--portraits 100 1000 10000 100000 1000000]

There is a person for every ten portraits. Each size has a process of its own, so that its memory can be told. Times are
of the processor, since what else the machine does would be in those of the clock.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from facea_desktop.library.id_library import Library
from facea_desktop.library.search_index import Index
from facea_desktop.library.summaries import PortraitQuery
from tests.benchmarks.gallery_scale import make

A_PERSON = 10


def milliseconds(doing: Callable[[], Any], times: int = 1) -> float:
    """Time of the processor, the median of several runs."""
    taken = []
    for _ in range(times):
        began = time.process_time()
        doing()
        taken.append((time.process_time() - began) * 1000)
    return median(taken)


def measure(portraits: int) -> dict[str, float]:
    """Everything, for one size; memory is what came on top of an empty library."""
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        make(root, max(portraits // A_PERSON, 1), portraits)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

        def rebuild() -> None:
            index = Index(root)
            index.refresh_portraits()
            index.close()

        found["rebuild"] = milliseconds(rebuild)
        found["open"] = milliseconds(lambda: Index(root).close(), 3)
        index = Index(root)
        found["look for changes"] = milliseconds(index.refresh_portraits)
        found["list everyone"] = milliseconds(index.people, 3)
        last = max(portraits - 100, 0)
        for name, query, at in (
            ("first page", PortraitQuery(), 0),
            ("last page", PortraitQuery(), last),
            ("search two words", PortraitQuery(text="beard rain"), 0),
            ("search a name", PortraitQuery(text="Person 7"), 0),
            ("one person", PortraitQuery(person=f"{5:012x}"), 0),
        ):
            found[name] = milliseconds(lambda q=query, at=at: (index.count(q), index.page(q, at, 100)), 3)
        page = [one.path for one in index.page(PortraitQuery(), 0, 10)]
        found["delete a portrait"] = milliseconds(lambda: index.delete(page.pop()), 3)
        library = Library(root)
        found["delete a person"] = milliseconds(lambda: (library.delete(f"{6:012x}"), index.refresh_people()))
        index.close()
        found["index, MB"] = (root / "index.sqlite").stat().st_size / 1e6
        found["memory, MB"] = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return found


def main() -> None:
    """Print a row for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--portraits", type=int, nargs="+", default=[100, 1_000, 10_000, 100_000])
    parser.add_argument("--one", type=int, help="measure this size in this process")
    args = parser.parse_args()
    if args.one is not None:
        print(json.dumps(measure(args.one)))
        return
    for size in args.portraits:
        done = subprocess.run(
            [sys.executable, __file__, "--one", str(size)], capture_output=True, text=True, check=True, env=os.environ
        )
        values = json.loads(done.stdout.splitlines()[-1])
        print(
            f"{size} portraits, ms: " + ", ".join(f"{name} {value:.1f}" for name, value in values.items()), flush=True
        )


if __name__ == "__main__":
    main()
