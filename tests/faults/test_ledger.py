"""The judge of the faults lets nothing pass that is lost or unexplained."""

from __future__ import annotations

from collections import Counter
from typing import Any, cast

import pytest

from tests.faults import ledger
from tests.faults.ledger import judge
from tests.faults.site import Filed, Page, Site, Tries

KIM: Page = ("kim@hospital.example", 1)
ABOUT_THE_SYSTEM: Page = ("kim@hospital.example", 2)


class Outcome(Site):
    """What came of one report, without a site."""

    def __init__(self, pages: dict[Page, Tries], arrived: Counter[Page]) -> None:
        self.filed = [Filed("report-1", "patient-1", is_emergency=False, took_s=0.1)]
        self._pages, self._arrived = pages, arrived

    def pages(self) -> dict[Page, Tries]:
        return self._pages

    def arrivals(self) -> Counter[Page]:
        return self._arrived

    def first_attempts_s(self) -> list[float]:
        return [1.0]

    def sql(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        return [("patient-1", "mouth", True)]


def outcome(arrived: int = 1, *, pages: int = 1, attempts: int = 1, unknown: int = 0) -> Outcome:
    tries = {KIM: Tries("report-1", pages, attempts, unknown), ABOUT_THE_SYSTEM: Tries(None, 1, 1, 0)}
    return Outcome(tries, Counter({KIM: arrived} if arrived else {}))


def test_one_mail_for_one_report_is_right() -> None:
    row = judge(outcome(), "F0 nothing")
    assert (row.lost, row.doubles, row.unknown) == (0, 0, 0)


def test_a_mail_about_the_system_tells_nobody_of_the_report() -> None:
    site = outcome(0)
    site.arrivals()[ABOUT_THE_SYSTEM] = 1
    with pytest.raises(AssertionError, match="lost=1"):
        judge(site, "F0 nothing")


def test_a_double_is_explained_by_an_attempt_left_unknown_alone() -> None:
    assert judge(outcome(2, attempts=2, unknown=1), "F0 nothing").doubles == 1
    with pytest.raises(AssertionError, match="came twice"):
        judge(outcome(2, attempts=2), "F0 nothing")


def test_a_mail_about_an_alert_that_nobody_knows_is_not_expected() -> None:
    site = outcome()
    site.arrivals()["stranger@hospital.example", 1] = 1
    with pytest.raises(AssertionError, match="nobody expected"):
        judge(site, "F0 nothing")


@pytest.mark.parametrize(
    "alerts",
    [
        [],
        [("patient-1", "mouth", False)],
        [("patient-1", "respiratory", True)],
        [("patient-1", "mouth", True), ("patient-1", "mouth", True)],
    ],
    ids=["none", "does not climb", "of another problem", "two"],
)
def test_each_report_has_one_open_alert_that_climbs(monkeypatch: pytest.MonkeyPatch, alerts: list[Any]) -> None:
    site = outcome()
    monkeypatch.setattr(site, "sql", lambda *_: alerts)
    with pytest.raises(AssertionError):
        ledger.check_alerts(cast("Site", site))
