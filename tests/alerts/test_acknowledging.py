"""Taking and closing alerts: by whom, with what outcome, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from alerts.acknowledging import (
    AlreadyAcknowledged,
    AlreadyClosed,
    CannotHandle,
    HasRisen,
    NotOfThisClinic,
    ReasonMissing,
    acknowledge,
    add_note,
    close,
)
from alerts.models import Alert
from alerts.models.alert import AlertState, Outcome
from symptoms.clinical.terms import Problem
from symptoms.models import Patient, Practitioner
from tests.alerts.making import NOW, emergency, events_of, make_practitioner, raised, urgent

pytestmark = pytest.mark.django_db

SOON = NOW + timedelta(minutes=4)


@pytest.fixture
def alert(ada: Patient, nurse_kim: Practitioner) -> Alert:
    return raised(urgent("RESP-DYSPNEA", problem=Problem.RESPIRATORY), ada)


def test_acknowledging_names_the_person_and_stops_the_pages(alert: Alert, nurse_kim: Practitioner) -> None:
    acknowledge(alert, nurse_kim, SOON)
    alert.refresh_from_db()
    assert (alert.state, alert.acknowledged_by, alert.acknowledged_at) == (AlertState.ACKNOWLEDGED, nurse_kim, SOON)
    assert [page.state for page in alert.notifications.all()] == ["cancelled"]
    event = alert.events.latest("number")
    assert (event.kind, event.actor, event.happened_at) == ("acknowledged", nurse_kim.user, SOON)


def test_the_second_person_learns_who_was_first(alert: Alert, nurse_kim: Practitioner) -> None:
    acknowledge(alert, nurse_kim, SOON)
    with pytest.raises(AlreadyAcknowledged, match=str(nurse_kim)) as refusal:
        acknowledge(alert, make_practitioner(alert.clinic, "second"), SOON)
    assert (refusal.value.by, refusal.value.at) == (nurse_kim, SOON)


def test_the_same_person_twice_changes_nothing(alert: Alert, nurse_kim: Practitioner) -> None:
    acknowledge(alert, nurse_kim, SOON)
    assert acknowledge(alert, nurse_kim, SOON + timedelta(minutes=1)).acknowledged_at == SOON
    assert events_of(alert).count("acknowledged") == 1


def test_who_has_not_seen_the_rise_must_look_again(alert: Alert, nurse_kim: Practitioner) -> None:
    raised(emergency(), alert.patient)
    acts: list[Callable[[], object]] = [
        lambda: acknowledge(alert, nurse_kim, SOON),
        lambda: close(alert, nurse_kim, Outcome.PHONE_ADVICE, "rang", SOON),
    ]
    for act in acts:
        with pytest.raises(HasRisen):
            act()
    alert.refresh_from_db()
    assert acknowledge(alert, nurse_kim, SOON).state == AlertState.ACKNOWLEDGED


def test_another_clinics_practitioner_is_refused_every_act(alert: Alert, nurse_lee: Practitioner) -> None:
    acts: list[Callable[[], object]] = [
        lambda: acknowledge(alert, nurse_lee, SOON),
        lambda: close(alert, nurse_lee, Outcome.PHONE_ADVICE, "rang", SOON),
        lambda: add_note(alert, nurse_lee, "mine now", SOON),
    ]
    for act in acts:
        with pytest.raises(NotOfThisClinic):
            act()
    alert.refresh_from_db()
    assert (alert.state, events_of(alert)) == (AlertState.OPEN, ["raised"])


@pytest.mark.parametrize("outcome", [one for one in Outcome if one is not Outcome.UNABLE_TO_REACH])
def test_closing_records_what_was_done(alert: Alert, nurse_kim: Practitioner, outcome: Outcome) -> None:
    close(alert, nurse_kim, outcome, "  told to come in  ", SOON)
    alert.refresh_from_db()
    assert (alert.state, alert.outcome, alert.closed_by, alert.closed_at) == ("closed", outcome, nurse_kim, SOON)
    assert alert.events.latest("number").detail == {"outcome": outcome, "note": "told to come in"}
    assert [page.state for page in alert.notifications.all()] == ["cancelled"]


def test_unable_to_reach_keeps_the_alert_open(alert: Alert, nurse_kim: Practitioner) -> None:
    acknowledge(alert, nurse_kim, SOON)
    close(alert, nurse_kim, Outcome.UNABLE_TO_REACH, "no answer twice", SOON)
    alert.refresh_from_db()
    assert (alert.state, alert.outcome, alert.closed_at) == (AlertState.ACKNOWLEDGED, "", None)
    assert events_of(alert)[-1] == "unable_to_reach"
    assert raised(urgent(problem=Problem.RESPIRATORY), alert.patient) == alert


@pytest.mark.parametrize(("outcome", "note"), [("no_action", ""), ("no_action", "  "), ("", "x"), ("fine", "x")])
def test_closing_needs_an_outcome_and_no_action_a_reason(
    alert: Alert, nurse_kim: Practitioner, outcome: str, note: str
) -> None:
    with pytest.raises(ReasonMissing):
        close(alert, nurse_kim, outcome, note, SOON)


def test_a_closed_alert_is_closed_once(alert: Alert, nurse_kim: Practitioner) -> None:
    close(alert, nurse_kim, Outcome.CLINIC_VISIT, "rang", SOON)
    acts: list[Callable[[], object]] = [
        lambda: acknowledge(alert, nurse_kim, SOON),
        lambda: close(alert, nurse_kim, Outcome.PHONE_ADVICE, "rang", SOON),
    ]
    for act in acts:
        with pytest.raises(AlreadyClosed, match=str(nurse_kim)):
            act()


def test_a_note_may_be_added_at_any_time_and_is_never_empty(alert: Alert, nurse_kim: Practitioner) -> None:
    add_note(alert, nurse_kim, "rang, will ring again", SOON)
    close(alert, nurse_kim, Outcome.PHONE_ADVICE, "rang", SOON)
    add_note(alert, nurse_kim, "rang back", SOON)
    assert events_of(alert) == ["raised", "note", "closed", "note"]
    with pytest.raises(CannotHandle):
        add_note(alert, nurse_kim, " ", SOON)
