"""When it cannot be found out whom to page, the report and its alert stay and the whole team is paged."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from rest_framework.test import APIClient

from alerts import climbing
from alerts.escalating import escalate_due
from alerts.escalation import DEFAULT_POLICY, Hours, Who, policy_to_json
from alerts.models import Alert, EscalationPolicy, OfficeCalendar
from symptoms.clinical.terms import Urgency
from symptoms.models import Clinic, Patient, Practitioner, SymptomReport
from tests.alerts.making import events_of, make_practitioner, raised, recipients_of, urgent
from tests.alerts.making_time import pass_and_climb

pytestmark = pytest.mark.django_db

DANGER: dict[str, Any] = {"symptoms": ["dyspnea"], "dyspnea.severity": 4, "dyspnea.exertion": "at_rest"}


@pytest.fixture
def unreadable_calendar(clinic: Clinic) -> OfficeCalendar:
    """Of a part of Belgium that there is not: no form lets it in, but a row may hold it."""
    return OfficeCalendar.objects.create(clinic=clinic, country="BE", subdivision="ZZ")


@pytest.fixture
def policy(clinic: Clinic) -> EscalationPolicy:
    """Emergencies go to tier 2 in office hours, to everybody outside them."""
    policy = EscalationPolicy.objects.create(
        clinic=clinic,
        urgency=Urgency.EMERGENCY,
        repeat_every_minutes=5,
        act_within_minutes=15,
        close_within_minutes=60,
        retry_after_minutes=10,
    )
    policy.steps.create(hours=Hours.OFFICE, after_minutes=0, who=Who.TIER_1)
    policy.steps.create(hours=Hours.OUT_OF_HOURS, after_minutes=0, who=Who.EVERYBODY)
    return policy


@pytest.fixture
def sam(clinic: Clinic) -> Practitioner:
    return make_practitioner(clinic, "sam")


def broken(*_: object, **__: object) -> Any:
    raise RuntimeError("cannot be looked up")


@pytest.mark.usefixtures("unreadable_calendar", "policy", "nurse_kim", "sam")
def test_a_calendar_that_cannot_be_read_counts_as_out_of_hours(
    ada_api: APIClient, caplog: pytest.LogCaptureFixture
) -> None:
    answer = ada_api.post("/api/v1/reports", {"client_id": str(uuid.uuid4()), "answers": DANGER}, format="json")
    assert answer.status_code == 201
    assert SymptomReport.objects.count() == 1
    alert = Alert.objects.get()
    assert recipients_of(alert) == ["kim", "sam"]
    assert "calendar_unreadable" in caplog.text


@pytest.mark.usefixtures("nurse_kim", "sam")
@pytest.mark.parametrize("part", ["ladder_of", "team_of"])
def test_an_alert_whose_people_cannot_be_looked_up_pages_everybody_and_stays_due(
    ada: Patient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, part: str
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(climbing, part, broken)
        alert = raised(urgent(), ada)
        assert recipients_of(alert) == ["kim", "sam"]
        assert escalate_due() == 0, "it is tried again, and nobody gets the same page twice"
        assert recipients_of(alert) == ["kim", "sam"]
    assert "climb_not_begun" in caplog.text
    assert ada.full_name not in caplog.text
    alert.notifications.update(state="accepted")
    assert escalate_due() == 1
    alert.refresh_from_db()
    assert alert.steps_taken == 1
    assert pass_and_climb(15) == 1


@pytest.mark.usefixtures("nurse_kim", "sam")
def test_an_alert_whose_climb_fails_after_it_was_stored_is_stored_all_the_same(
    ada: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored: list[Alert] = []
    store = climbing.store

    def fail_once(alert: Alert) -> None:
        store(alert)
        stored.append(alert)
        if len(stored) == 1:
            broken()

    monkeypatch.setattr(climbing, "store", fail_once)
    alert = raised(urgent(), ada)
    assert Alert.objects.get() == alert
    assert events_of(alert) == ["raised"]
    assert recipients_of(alert) == ["kim", "sam"]


def test_with_nobody_to_page_either_the_alert_is_kept_and_says_so(
    ada: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(climbing, "team_of", broken)
    alert = raised(urgent(), ada)
    assert events_of(alert) == ["raised", "nobody_reachable"]
    assert Alert.objects.filter(problem="system", rules=["NOBODY-REACHABLE"]).exists()


@pytest.mark.usefixtures("nurse_kim")
def test_a_policy_that_cannot_be_read_is_the_default_one(
    ada: Patient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(climbing, "policy_of", broken)
    assert raised(urgent(), ada).policy == policy_to_json(DEFAULT_POLICY)
    assert "policy_unreadable" in caplog.text


@pytest.mark.usefixtures("nurse_kim", "sam")
def test_news_whose_readers_cannot_be_looked_up_reach_everybody(ada: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    alert = raised(urgent(), ada)
    monkeypatch.setattr(climbing, "team_of", broken)
    raised(urgent("MOUTH-OTHER"), ada)
    assert recipients_of(alert) == ["kim", "kim", "sam"]
