"""Watches the memory of the web server over many requests: talks from their beginning to their end, and reports."""

from __future__ import annotations

import os
from typing import Final

from benchmarks.load.suite import play, progress, running_site

REQUESTS: Final = int(os.environ.get("BENCH_SOAK", "100000"))
STEPS: Final = 10
PATIENTS: Final = 4_000
CLIENTS: Final = 16
TALKS: Final = 300
REPORTS: Final = 700


def run() -> None:
    """The resident memory of all its processes, at the start and after each tenth of the requests."""
    with running_site(PATIENTS) as site:
        served = 0
        print(f"{'requests':>10} {'MiB':>8}")
        for step in range(STEPS + 1):
            while served < REQUESTS * step // STEPS:
                progress(f"{served:,} of {REQUESTS:,} requests")
                jobs = [*site.talks(TALKS), *site.reports(REPORTS)]
                served += TALKS + len(play(site.product, jobs, CLIENTS)["took"])
            progress("")
            print(f"{served:>10,} {site.product.memory_mib():>8.1f}", flush=True)
