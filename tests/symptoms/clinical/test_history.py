"""What earlier reports change: baseline, four weeks, a cough that lasts, and mouth episodes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.symptoms.clinical.reports import (
    LEFT_OUT,
    MILD_COUGH,
    MILD_DYSPNEA,
    MILD_SORE,
    NOTHING,
    change,
    judge,
)


def past(day: str, answers: Any, at: str = "12:00:00Z") -> dict[str, Any]:
    return {"at": f"2026-{day}T{at}", "answers": answers}


# Baseline


@pytest.mark.parametrize(("severity", "fires"), [(1, False), (2, True)])
def test_breathlessness_at_baseline_is_not_new(severity: int, fires: bool) -> None:
    judged = judge(change(MILD_DYSPNEA, dyspnea__severity=severity), baseline={"dyspnea.severity": 1})

    assert ("RESP-DYSPNEA" in judged["rules"]) is fires


@pytest.mark.parametrize("exertion", ["minimal", "at_rest", "unknown"])
def test_breathlessness_with_little_effort_is_urgent_whatever_the_baseline(exertion: str) -> None:
    judged = judge(change(MILD_DYSPNEA, dyspnea__exertion=exertion), baseline={"dyspnea.severity": 4})

    assert judged["rules"]["RESP-DYSPNEA"] == "urgent"


@pytest.mark.parametrize("baseline", [None, "unknown", 5, -1, "1", True, 0.5])
def test_a_baseline_that_cannot_be_used_is_none_at_all(baseline: object) -> None:
    assert "RESP-DYSPNEA" in judge(MILD_DYSPNEA, baseline={"dyspnea.severity": baseline})["rules"]


def test_an_unknown_severity_is_above_any_baseline() -> None:
    judged = judge(change(MILD_COUGH, cough__severity="unknown"), baseline={"cough.severity": 4})

    assert judged["rules"]["RESP-COUGH"] == "urgent"


def test_a_symptom_at_baseline_that_interferes_is_routine() -> None:
    judged = judge(change(MILD_COUGH, cough__interference=3), baseline={"cough.severity": 1})

    assert judged["rules"] == {"RESP-IMPACT": "routine"}


# A cough that lasts: another day, at most 14 days back


@pytest.mark.parametrize(
    ("day", "rule"),
    [
        ("03-12", "RESP-COUGH-MILD"),
        ("03-11", "RESP-COUGH"),
        ("02-26", "RESP-COUGH"),
        ("02-25", "RESP-COUGH-MILD"),
    ],
)
def test_a_mild_cough_on_another_day_makes_it_significant(day: str, rule: str) -> None:
    judged = judge(MILD_COUGH, history=[past(day, MILD_COUGH, at="00:00:00Z")])

    assert rule in judged["rules"]


def test_another_day_is_a_day_of_the_patients_calendar() -> None:
    line: dict[str, Any] = {"now": "2026-03-12T16:00:00Z", "history": [past("03-12", MILD_COUGH, at="14:00:00Z")]}

    assert "RESP-COUGH-MILD" in judge(MILD_COUGH, **line)["rules"]
    assert "RESP-COUGH" in judge(MILD_COUGH, time_zone="Asia/Tokyo", **line)["rules"]

    same_day_in_tokyo: dict[str, Any] = {
        "now": "2026-03-13T01:00:00Z",
        "history": [past("03-12", MILD_COUGH, at="16:00:00Z")],
    }
    assert "RESP-COUGH" in judge(MILD_COUGH, **same_day_in_tokyo)["rules"]
    assert "RESP-COUGH-MILD" in judge(MILD_COUGH, time_zone="Asia/Tokyo", **same_day_in_tokyo)["rules"]


# A rise of two grades over the lowest of 28 days


@pytest.mark.parametrize(
    ("day", "before", "now", "fires"),
    [
        ("03-11", 0, 2, True),
        ("03-11", 0, 1, False),
        ("03-11", 1, 3, True),
        ("03-11", 2, 3, False),
        ("03-11", 0, 3, True),
        ("03-11", 1, 4, True),
        ("03-12", 0, 2, True),
        ("02-12", 0, 2, True),
        ("02-11", 0, 2, False),
    ],
)
def test_a_rise_of_two_grades_in_28_days(day: str, before: int, now: int, fires: bool) -> None:
    earlier = {"cough.severity": before}
    judged = judge(
        change(MILD_COUGH, cough__severity=now), baseline={"cough.severity": 4}, history=[past(day, earlier)]
    )

    assert ("RESP-RISE" in judged["rules"]) is fires


@pytest.mark.parametrize(
    ("earlier", "fires"),
    [
        (NOTHING, True),
        ({"symptoms": ["mouth_sores"]}, True),
        ({"symptoms": ["mouth_sores", "unknown"]}, False),
        ({}, False),
        ({"symptoms": "none", "dyspnea.severity": 2}, False),
        ({"dyspnea.severity": "unknown"}, False),
    ],
)
def test_a_denied_symptom_was_at_zero_unless_it_was_graded(earlier: dict[str, Any], fires: bool) -> None:
    judged = judge(
        change(MILD_DYSPNEA, dyspnea__severity=2), baseline={"dyspnea.severity": 4}, history=[past("03-10", earlier)]
    )

    assert ("RESP-RISE" in judged["rules"]) is fires


def test_the_lowest_of_several_reports_counts_whatever_their_order() -> None:
    history = [
        past(day, {"cough.severity": grade, "dyspnea.severity": grade}) for day, grade in (("03-08", 1), ("03-10", 2))
    ]
    line: dict[str, Any] = {"baseline": {"cough.severity": 4, "dyspnea.severity": 4}, "history": history}

    for symptom in ("cough", "dyspnea"):
        assert "RESP-RISE" in judge({f"{symptom}.severity": 3}, **line)["rules"]
        assert "RESP-RISE" not in judge({f"{symptom}.severity": 2}, **line)["rules"]


def test_an_unknown_severity_is_no_rise() -> None:
    judged = judge(change(MILD_COUGH, cough__severity="unknown"), history=[past("03-10", NOTHING)])

    assert "RESP-RISE" not in judged["rules"]


# History in time


def test_a_report_at_exactly_now_counts_and_a_later_one_does_not() -> None:
    cough = change(MILD_COUGH, cough__severity=2)

    assert "RESP-RISE" in judge(cough, history=[past("03-12", NOTHING)])["rules"]
    assert "RESP-RISE" not in judge(cough, history=[past("03-12", NOTHING, at="12:00:00.000001Z")])["rules"]


def test_history_may_come_in_any_order() -> None:
    opened, closed = past("03-05", MILD_SORE), past("03-06", NOTHING)

    assert "MOUTH-DURATION" not in judge(NOTHING, history=[opened, closed])["rules"]
    assert "MOUTH-DURATION" not in judge(NOTHING, history=[closed, opened])["rules"]


# Mouth episodes

SORE_SINCE_THE_8TH = change(MILD_SORE, mouth_sores__onset_on="2026-03-08")


@pytest.mark.parametrize(("day", "fires"), [("03-08", True), ("03-09", False)])
def test_a_sore_that_was_never_mentioned_again_is_still_there(day: str, fires: bool) -> None:
    earlier = past(day, change(MILD_SORE, mouth_sores__onset_on=f"2026-{day}"))

    assert ("MOUTH-DURATION" in judge(MILD_COUGH, history=[earlier])["rules"]) is fires


def test_the_earliest_known_day_is_the_earlier_of_onset_and_first_report() -> None:
    stated_later = past("03-08", change(MILD_SORE, mouth_sores__onset_on="unknown"))
    began_today = change(MILD_SORE, mouth_sores__onset_on="2026-03-12")

    assert "MOUTH-DURATION" in judge(began_today, history=[stated_later])["rules"]
    assert "MOUTH-DURATION" not in judge(began_today)["rules"]


@pytest.mark.parametrize(
    ("answers", "is_closed"),
    [
        ({"symptoms": "none"}, True),
        ({"symptoms": ["none"]}, True),
        ({"symptoms": ["cough"], "mouth_sores.gone": "yes"}, True),
        ({"mouth_sores.gone": True}, True),
        ({"mouth_sores.count": 0}, True),
        ({"symptoms": ["cough"]}, False),
        ({"symptoms": ["cough", "none"]}, False),
        ({"symptoms": []}, False),
        ({"symptoms": "none", "mouth_sores.gone": "no"}, False),
        ({"symptoms": "none", "mouth_sores.gone": "unknown"}, False),
        ({"symptoms": "none", "mouth_sores.severity": 1}, False),
        ({"symptoms": ["mouth_sores"], "mouth_sores.gone": "yes"}, False),
        ({}, False),
    ],
)
def test_only_a_stated_recovery_closes_an_episode(answers: dict[str, Any], is_closed: bool) -> None:
    history = [past("03-08", SORE_SINCE_THE_8TH), past("03-11", answers)]

    assert ("MOUTH-DURATION" not in judge({}, history=history)["rules"]) is is_closed
    assert ("MOUTH-DURATION" not in judge(answers, history=history[:1])["rules"]) is is_closed


@pytest.mark.parametrize(
    ("closed", "onset", "fires"),
    [
        ("03-10", "2026-03-12", True),
        ("03-09", "2026-03-12", False),
        ("03-09", "2026-03-11", True),
        ("03-08", "2026-03-11", False),
        ("03-08", "2026-03-10", True),
    ],
)
def test_a_sore_reported_or_begun_within_two_days_reopens_the_episode(closed: str, onset: str, fires: bool) -> None:
    history = [past("03-07", MILD_SORE | {"mouth_sores.onset_on": "2026-03-07"}), past(closed, NOTHING)]
    judged = judge(change(MILD_SORE, mouth_sores__onset_on=onset), history=history)

    assert ("MOUTH-DURATION" in judged["rules"]) is fires


@pytest.mark.parametrize(
    ("earlier_onset", "onset", "fires"),
    [
        ("2026-03-11", LEFT_OUT, False),
        ("2026-03-11", "unknown", True),
        ("unknown", LEFT_OUT, True),
        (LEFT_OUT, LEFT_OUT, True),
        ("2026-03-12", LEFT_OUT, True),
    ],
    ids=["known", "known-but-unknown-now", "never-known", "never-stated", "stated-as-a-day-to-come"],
)
def test_a_known_onset_need_not_be_stated_again(earlier_onset: object, onset: object, fires: bool) -> None:
    history = [past("03-11", change(MILD_SORE, mouth_sores__onset_on=earlier_onset))]
    judged = judge(change(MILD_SORE, mouth_sores__onset_on=onset), history=history)

    assert ("MOUTH-UNKNOWN" in judged["rules"]) is fires


def test_an_onset_once_stated_stays_known_over_later_reports_without_one() -> None:
    without = change(MILD_SORE, mouth_sores__onset_on=LEFT_OUT)
    stated = past("03-10", change(MILD_SORE, mouth_sores__onset_on="2026-03-10"))

    assert "MOUTH-UNKNOWN" not in judge(without, history=[stated, past("03-11", without)])["rules"]
    assert "MOUTH-UNKNOWN" not in judge(without, history=[past("03-09", without), stated])["rules"]
    assert "MOUTH-UNKNOWN" in judge(without, history=[past("03-10", without), past("03-11", without)])["rules"]


def test_the_onset_of_a_closed_episode_is_not_that_of_a_new_one() -> None:
    history = [past("03-05", MILD_SORE | {"mouth_sores.onset_on": "2026-03-05"}), past("03-09", NOTHING)]

    assert "MOUTH-UNKNOWN" in judge(change(MILD_SORE, mouth_sores__onset_on=LEFT_OUT), history=history)["rules"]


@pytest.mark.parametrize("slot", ["mouth_sores.bath_started", "mouth_sores.gone"])
def test_an_unknown_answer_about_bath_or_gone_opens_an_episode_unless_denied(slot: str) -> None:
    assert "MOUTH-DURATION" in judge({}, history=[past("03-08", {slot: "unknown"})])["rules"]
    assert "MOUTH-DURATION" not in judge({}, history=[past("03-08", {slot: "unknown", "symptoms": ["cough"]})])["rules"]


def test_the_days_of_an_episode_are_those_of_the_patients_zone_over_a_change_of_clocks() -> None:
    """Clocks go forward in Brussels on 29 March 2026: four calendar days are 95 hours."""
    history = [{"at": "2026-03-27T22:30:00Z", "answers": change(MILD_SORE, mouth_sores__onset_on=LEFT_OUT)}]
    line: dict[str, Any] = {"history": history, "time_zone": "Europe/Brussels"}

    assert "MOUTH-DURATION" not in judge({}, now="2026-03-30T21:59:00Z", **line)["rules"]
    assert "MOUTH-DURATION" in judge({}, now="2026-03-30T22:00:00Z", **line)["rules"]
