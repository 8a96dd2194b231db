"""What each fault did: judged against the bars, and written as a table into the operations guide."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Final

from config import env
from tests.faults.site import Site

GUIDE: Final = env.BASE_DIR / "docs" / "operations.md"
MARKED: Final = re.compile(r"(<!-- faults -->\n).*?(<!-- /faults -->)", re.DOTALL)
FAULT: Final = re.compile(r"F\d+ ")
HEAD: Final = (
    "| fault | reports | lost | doubles | attempts left unknown | first attempt, p99 | answer, p95 |",
    "|---|---|---|---|---|---|---|",
)
FIRST_ATTEMPT_P99_S: Final = 10.0
PROBLEM: Final = {False: "mouth", True: "respiratory"}
"""Of a report that is no emergency, and of one that is."""


@dataclass(frozen=True, slots=True)
class Row:
    """One fault: reports filed, reports of which nobody was told, mails that came twice, attempts of which nobody knows
    the end, and the slowest times.
    """

    fault: str
    reports: int
    lost: int
    doubles: int
    unknown: int
    first_attempt_p99_s: float
    answer_p95_s: float


def judge(site: Site, fault: str, *, is_databases_own: bool = False) -> Row:
    """What came of the reports that were filed, after all that was awaited. Asserts the bars."""
    pages, arrivals = site.pages(), site.arrivals()
    assert set(arrivals) <= set(pages), "a mail that nobody expected"
    for page, count in arrivals.items():
        assert count <= pages[page].attempts, "more deliveries than attempts"
        assert count - pages[page].pages <= pages[page].unknown, "a mail came twice, and every attempt has a known end"
    doubles = sum(max(0, count - pages[page].pages) for page, count in arrivals.items())
    unknown = sum(one.unknown for one in pages.values())
    lost = len({one.report for one in site.filed} - site.told())
    attempts = site.first_attempts_s()
    row = Row(
        fault,
        len(site.filed),
        lost,
        doubles,
        unknown,
        quantile(attempts, 0.99),
        quantile(sorted(one.took_s for one in site.filed), 0.95),
    )
    assert lost == 0, row
    assert is_databases_own or row.first_attempt_p99_s <= FIRST_ATTEMPT_P99_S, row
    check_alerts(site)
    return row


def check_alerts(site: Site) -> None:
    """Each patient has exactly one open alert of the problem, and it climbs until somebody takes it."""
    rows = site.sql(
        "SELECT patient_id::text, problem, climbs_at IS NOT NULL FROM alerts_alert"
        " WHERE patient_id = ANY(%s::uuid[]) AND problem <> 'system' AND state <> 'closed'",
        [one.patient for one in site.filed],
    )
    assert sorted(rows) == sorted((one.patient, PROBLEM[one.is_emergency], True) for one in site.filed)


def quantile(ordered: list[float], share: float) -> float:
    """The value that so large a share of sorted values does not exceed; 0 for none."""
    return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)] if ordered else 0.0


def write_table(rows: list[Row]) -> None:
    """Put the rows of the run between the marks in the operations guide, each in place of that of an earlier run."""
    guide = GUIDE.read_text()
    marked = MARKED.search(guide)
    assert marked, "the guide has no marks for the table"
    lines = {cells[1].strip(): line for line in marked[0].splitlines() if len(cells := line.split("|")) > 2}
    lines |= {row.fault: _line(row) for row in rows}
    faults = sorted((fault for fault in lines if FAULT.match(fault)), key=lambda fault: int(fault.split()[0][1:]))
    table = [*HEAD, *(lines[fault] for fault in faults)]
    GUIDE.write_text(MARKED.sub(lambda found: f"{found[1]}{chr(10).join(table)}\n{found[2]}", guide))


def _line(row: Row) -> str:
    return (
        f"| {row.fault} | {row.reports} | {row.lost} | {row.doubles} | {row.unknown} "
        f"| {row.first_attempt_p99_s:.2f} s | {row.answer_p95_s:.2f} s |"
    )
