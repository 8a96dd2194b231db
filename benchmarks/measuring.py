"""Times work and prints it as a ratio to a floor that was measured in the same run."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

HEADING = "figure                                             per second   microseconds   ratio to its floor"


def measure(work: Callable[[], Any], count: int) -> float:
    """Seconds for one of `count` things, the best of five runs."""
    best = float("inf")
    for _ in range(5):
        began = time.perf_counter()
        work()
        best = min(best, (time.perf_counter() - began) / count)
    return best


def show(figure: str, seconds: float, floor: float) -> None:
    """One line of the table: seconds for one thing, and how many times its floor that is."""
    print(f"{figure:<50} {1 / seconds:>10,.0f} {seconds * 1e6:>14.1f} {seconds / floor:>20.1f}", flush=True)
