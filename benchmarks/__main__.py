"""Measures the product, each figure as a ratio to a floor of the same run."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from typing import Final

from benchmarks import assessing, calendar, understanding, worklist
from benchmarks.load import soak, suite
from benchmarks.measuring import HEADING

SUITES: Final[Mapping[str, Callable[[], None]]] = {
    "assessing": assessing.run,
    "understanding": understanding.run,
    "calendar": calendar.run,
    "worklist": worklist.run,
    "load": suite.run,
    "soak": soak.run,
}


OWN_TABLES: Final = ("load", "soak")
LONG: Final = ("soak",)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "suites", nargs="*", metavar="SUITE", help=f"{', '.join(SUITES)}; without any, all but {LONG[0]}"
    )
    chosen = parser.parse_args().suites or [name for name in SUITES if name not in LONG]
    if unknown := sorted(set(chosen) - set(SUITES)):
        parser.error(f"no such suite: {', '.join(unknown)}")
    for name in chosen:
        print(f"\n{name}" if name in OWN_TABLES else f"\n{name}\n{HEADING}", flush=True)
        SUITES[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main())
