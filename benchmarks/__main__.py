"""Measures the product, each figure as a ratio to a floor of the same run."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from typing import Final

from benchmarks import assessing, calendar, understanding
from benchmarks.measuring import HEADING

SUITES: Final[Mapping[str, Callable[[], None]]] = {
    "assessing": assessing.run,
    "understanding": understanding.run,
    "calendar": calendar.run,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("suites", nargs="*", metavar="SUITE", help=f"{', '.join(SUITES)}; without any, all of them")
    chosen = parser.parse_args().suites or list(SUITES)
    if unknown := sorted(set(chosen) - set(SUITES)):
        parser.error(f"no such suite: {', '.join(unknown)}")
    for name in chosen:
        print(f"\n{name}\n{HEADING}", flush=True)
        SUITES[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main())
