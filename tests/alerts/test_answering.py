"""What a patient writes after a message of the team is seen by whoever sees to the alert, and by nobody in vain."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alerts.acknowledging import acknowledge, add_note, close, record_action
from alerts.messaging import IS_NEWS_FOR, write_to_patient
from alerts.models import Alert, Notification
from alerts.models.alert import Outcome
from symptoms.clinical.terms import Problem
from symptoms.flow import turn
from symptoms.flow.opening import open_conversation
from symptoms.flow.present import Turn
from symptoms.flow.receive import AnswerKind, InboundMessage
from symptoms.flow.turn import take_turn
from symptoms.models import Conversation, Patient, Practitioner
from tests.alerts.making import events_of, raised, urgent

pytestmark = pytest.mark.django_db

ANSWER = "I am not at home at 3, ring my mobile"
NEW = "New: the patient has written in the app since the team's message"


@pytest.fixture
def alert(ada: Patient, nurse_kim: Practitioner) -> Alert:
    """One about which the team has written an hour ago."""
    an_hour_ago = timezone.now() - timedelta(hours=1)
    alert = raised(urgent(), ada, now=an_hour_ago)
    write_to_patient(alert, nurse_kim, "We will call you at 3.", an_hour_ago)
    return alert


def say(patient: Patient, value: Any = ANSWER, kind: AnswerKind = AnswerKind.TEXT, now: datetime | None = None) -> Turn:
    now = now or timezone.now()
    opening = open_conversation(patient, uuid.uuid4(), now)
    conversation = Conversation.objects.select_related("patient__clinic").get(pk=opening.turn["conversation"]["id"])
    return take_turn(conversation, InboundMessage(uuid.uuid4(), kind, value), now)


def page(site: Client, name: str = "admin:index", *of: Alert) -> str:
    return unescape(site.get(reverse(name, args=[one.pk for one in of])).content.decode())


def test_an_answer_is_new_on_the_line_and_in_the_timeline_and_pages_nobody(
    alert: Alert, ada: Patient, kim_site: Client
) -> None:
    assert NEW not in page(kim_site)
    paged = Notification.objects.count()
    say(ada)
    assert NEW in page(kim_site)
    own = page(kim_site, "admin:alerts_alert_change", alert)
    assert NEW in own
    assert "The patient has written in the app</b> · the patient" in own
    assert ANSWER in own
    assert Notification.objects.count() == paged
    assert Alert.objects.get(pk=alert.pk).updated_at > alert.updated_at


def test_it_stays_new_until_somebody_does_something_about_it(
    alert: Alert, ada: Patient, nurse_kim: Practitioner, kim_site: Client
) -> None:
    say(ada)
    say(ada, "are you there")
    assert events_of(alert).count("answered") == 1
    acknowledge(alert, nurse_kim, timezone.now())
    assert NEW in page(kim_site), "who takes an alert has not answered"
    add_note(alert, nurse_kim, "Her daughter rang.", timezone.now())
    assert NEW in page(kim_site), "a note is kept from any page, also one that did not show the answer"
    record_action(alert, nurse_kim, "Rang the mobile.", timezone.now())
    assert NEW not in page(kim_site)
    say(ada, "please do not forget me")
    assert NEW in page(kim_site)
    assert events_of(alert).count("answered") == 2


def test_where_it_cannot_be_said_the_patient_is_answered_and_a_person_is_told(
    alert: Alert, ada: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise LookupError

    monkeypatch.setattr(turn, "carry_out", fail)
    assert say(ada, "I cannot breathe lying down")["advice"]["urgency"] == "emergency"
    assert Alert.objects.filter(problem="system").exists()


def test_what_is_tapped_is_an_answer_to_the_chatbot(alert: Alert, ada: Patient) -> None:
    say(ada, ["none"], AnswerKind.CHOICES)
    assert "answered" not in events_of(alert)


def test_words_days_later_are_no_answer(alert: Alert, ada: Patient) -> None:
    say(ada, now=timezone.now() + IS_NEWS_FOR)
    assert "answered" not in events_of(alert)


def test_words_to_nobody_in_particular_change_no_alert(ada: Patient, ben: Patient, alert: Alert) -> None:
    say(ben)
    assert "answered" not in events_of(alert)


def test_an_answer_about_a_closed_alert_is_a_routine_alert_of_its_own(
    alert: Alert, ada: Patient, nurse_kim: Practitioner, kim_site: Client
) -> None:
    acknowledge(alert, nurse_kim, timezone.now())
    close(alert, nurse_kim, Outcome.PHONE_ADVICE, "rang", timezone.now())
    say(ada, "thank you")
    new = Alert.objects.get(rules=["MESSAGE-ANSWERED"])
    assert (new.urgency, new.problem, new.state) == (2, "other", "open")
    own = page(kim_site, "admin:alerts_alert_change", new)
    assert '<blockquote lang="en">thank you</blockquote>' in own
    assert f"The team had written about alert {alert.number}." in own
    assert "We will call you at 3." in own
    assert Alert.objects.get(pk=alert.pk).state == "closed"
    say(ada, "thank you again")
    assert Alert.objects.filter(rules=["MESSAGE-ANSWERED"]).count() == 1


def test_an_open_alert_gets_the_answer_before_a_closed_one(alert: Alert, ada: Patient, nurse_kim: Practitioner) -> None:
    later = raised(urgent("X", problem=Problem.OTHER), ada, now=timezone.now())
    write_to_patient(later, nurse_kim, "And another thing.", timezone.now())
    acknowledge(later, nurse_kim, timezone.now())
    close(later, nurse_kim, Outcome.PHONE_ADVICE, "rang", timezone.now())
    say(ada)
    assert "answered" in events_of(alert)
    assert not Alert.objects.filter(rules__contains=["MESSAGE-ANSWERED"]).exists()
