"""The clinician site: the worklist, what is done about an alert, and nobody else's patients."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alerts.acknowledging import close
from alerts.models import Alert, AlertEvent, Reminder, Visit
from alerts.models.alert import Outcome
from alerts.visits import plan_calendar
from symptoms.clinical.actions import PlanCalendar
from symptoms.clinical.terms import Problem
from symptoms.models import AccessRecord, Patient, Practitioner, User
from symptoms.models.access import AccessKind
from symptoms.models.clinic import Role
from tests.alerts.making import emergency, events_of, make_course, make_report, raised, routine, urgent
from tests.cast import make_practitioner, site_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def alert(ada: Patient, nurse_kim: Practitioner) -> Alert:
    return raised(urgent("MOUTH-COUNT", "MOUTH-INTAKE"), ada, make_report(ada), timezone.now())


def url(record: Alert | Visit | Reminder, page: str = "change") -> str:
    name = record._meta.model_name
    return reverse(f"admin:alerts_{name}_{page}", args=[record.pk])


def test_the_worklist_shows_what_waits_by_urgency_and_waiting_time_and_why(
    kim_site: Client, ada: Patient, nurse_kim: Practitioner
) -> None:
    now = timezone.now()
    raised(routine("VISIT-MISSED", problem=Problem.MISSED_VISIT), ada, now=now - timedelta(days=3))
    raised(urgent("FEVER", problem=Problem.INFECTION), ada, now=now)
    raised(urgent("MOUTH-COUNT"), ada, now=now - timedelta(hours=1))
    raised(emergency("RED-REST"), ada, now=now)
    done = raised(urgent("OTHER-NOW", problem=Problem.OTHER), ada, now=now)
    close(done, nurse_kim, Outcome.PHONE_ADVICE, "rang", now)
    page = kim_site.get(reverse("admin:alerts_alert_changelist")).content.decode()
    why = (
        "Breathlessness of severity 4",
        "More than three mouth sores",
        "Temperature of 38.0",
        "The visit was not marked",
    )
    places = [page.index(words) for words in why]
    assert places == sorted(places)
    assert "cannot wait" not in page
    closed = kim_site.get(reverse("admin:alerts_alert_changelist"), {"show": "closed"}).content.decode()
    assert "cannot wait" in closed
    assert "column-why" in closed
    assert "RED-REST" not in closed


def test_the_page_of_an_alert_says_why_it_fired_and_who_was_told(kim_site: Client, alert: Alert) -> None:
    page = kim_site.get(url(alert)).content.decode()
    for words in ("MOUTH-COUNT, MOUTH-INTAKE", alert.patient.full_name, "Raised", "Kim Keller", "waits to be sent"):
        assert words in page


def test_acknowledging_is_a_post_with_the_urgency_that_was_seen(kim_site: Client, alert: Alert) -> None:
    address = url(alert, "acknowledge")
    assert kim_site.get(address).status_code == 200
    assert Alert.objects.get().state == "open"
    answer = kim_site.post(address, {"generation": alert.generation}, follow=True)
    assert f"You have taken alert {alert.number}" in answer.content.decode()
    assert Alert.objects.get().state == "acknowledged"


def test_an_alert_that_rose_meanwhile_has_to_be_looked_at_again(kim_site: Client, ada: Patient) -> None:
    alert = raised(urgent("RESP-DYSPNEA", problem=Problem.RESPIRATORY), ada)
    raised(emergency(), ada)
    for page, answers in (
        ("acknowledge", {}),
        ("close", {"outcome": "phone_advice", "note": "rang", "is_seen_to": "on"}),
    ):
        answer = kim_site.post(url(alert, page), {"generation": 1, **answers})
        assert "has become more urgent" in answer.content.decode()
    assert Alert.objects.get().state == "open"


def test_closing_asks_for_an_outcome_and_no_action_for_a_reason(kim_site: Client, alert: Alert) -> None:
    address = url(alert, "close")
    for answers in ({"outcome": ""}, {"outcome": "no_action", "note": " "}, {"outcome": "nonsense"}):
        answer = kim_site.post(address, {"generation": 1, "note": "", "is_seen_to": "on", **answers})
        assert answer.status_code == 200
    assert Alert.objects.get().state == "open"
    kim_site.post(address, {"generation": 1, "outcome": "no_action", "note": "a duplicate", "is_seen_to": "on"})
    closed = Alert.objects.get()
    assert (closed.state, closed.outcome) == ("closed", "no_action")


@pytest.mark.parametrize("act", ["close", "note", "record_action", "message", "take_over", "give_back", "reopen"])
def test_the_page_of_every_act_says_whose_alert_it_is_why_and_who_has_it(
    kim_site: Client, alert: Alert, ada: Patient, act: str
) -> None:
    Patient.objects.filter(pk=ada.pk).update(hospital_number="12-345678", date_of_birth=date(1961, 2, 3))
    raised(urgent("FEVER", problem=Problem.INFECTION), ada)
    page = kim_site.get(url(alert, act)).content.decode()
    for words in (
        "Ada Archer", "12-345678", "3 Feb 1961", "More than three mouth sores", "Nobody has taken it",
        "1 more open alert of this patient",
    ):  # fmt: skip
        assert words in page


@pytest.mark.parametrize(
    ("answers", "refusal"),
    [
        ({"outcome": "phone_advice", "note": " ", "is_seen_to": "on"}, "Write who was spoken to"),
        ({"outcome": "phone_advice", "note": "rang"}, "Tick this, or take the alert first."),
        ({"outcome": "self_care_advice", "note": "rang", "is_seen_to": "on"}, "not enough for an emergency"),
    ],
)
def test_an_emergency_that_nobody_has_taken_is_not_closed_in_passing(
    kim_site: Client, ada: Patient, answers: dict[str, str], refusal: str
) -> None:
    alert = raised(emergency(), ada)
    answer = kim_site.post(url(alert, "close"), {"generation": 1, **answers})
    assert refusal in answer.content.decode()
    alert.refresh_from_db()
    assert alert.state == "open"


def test_nobody_reached_keeps_it_open_with_who_tried(kim_site: Client, alert: Alert, nurse_kim: Practitioner) -> None:
    answer = kim_site.post(
        url(alert, "close"), {"generation": 1, "outcome": "unable_to_reach", "note": ""}, follow=True
    )
    assert "still open" in answer.content.decode()
    kept = Alert.objects.get()
    assert (kept.state, kept.acknowledged_by, kept.awaited) == ("acknowledged", nurse_kim, "another_try")


def test_an_action_is_recorded_and_the_outcome_awaited(kim_site: Client, alert: Alert, nurse_kim: Practitioner) -> None:
    kim_site.post(url(alert, "record_action"), {"generation": 1, "note": "rang her"})
    acted_on = Alert.objects.get()
    assert (acted_on.state, acted_on.acknowledged_by, acted_on.awaited) == ("acknowledged", nurse_kim, "outcome")
    assert "outcome" in kim_site.get(url(alert)).content.decode()


def test_a_note_is_added_to_the_timeline(kim_site: Client, alert: Alert, nurse_kim: Practitioner) -> None:
    kim_site.post(url(alert, "note"), {"generation": 1, "note": "rang her"})
    event = AlertEvent.objects.get(alert=alert, kind="note")
    assert (event.detail, event.actor) == ({"note": "rang her"}, nurse_kim.user)


def test_several_routine_ones_are_taken_at_once_and_the_refused_ones_are_named(
    kim_site: Client, alert: Alert, ada: Patient, nurse_kim: Practitioner
) -> None:
    waiting = raised(routine("FEVER-LOW", problem=Problem.INFECTION), ada)
    closed = raised(routine("OTHER", problem=Problem.OTHER), ada)
    close(closed, nurse_kim, Outcome.PHONE_ADVICE, "rang", timezone.now())
    answer = kim_site.post(
        f"{reverse('admin:alerts_alert_changelist')}?{urlencode({'show': 'all'})}",
        {"action": "acknowledge_selected", "_selected_action": [str(one.pk) for one in (waiting, closed, alert)]},
        follow=True,
    ).content.decode()
    assert f"You have taken alert {waiting.number}" in answer
    assert "has already closed this alert" in answer
    assert f"Alert {alert.number} is not taken together with others (urgent)" in answer
    changes = AccessRecord.objects.filter(kind=AccessKind.CHANGE)
    assert [one.record for one in changes] == [f"alerts.alert {waiting.pk}"], "only what was taken has changed"
    alert.refresh_from_db()
    assert alert.state == "open"


def test_nothing_is_added_changed_or_deleted_in_place(kim_site: Client, alert: Alert) -> None:
    assert kim_site.get(reverse("admin:alerts_alert_add")).status_code in {403, 404}
    assert kim_site.post(url(alert), {"state": "closed", "urgency": 2}).status_code == 403
    assert kim_site.post(url(alert, "delete"), {"post": "yes"}).status_code in {403, 404}
    assert Alert.objects.get().state == "open"


def test_another_clinics_alert_does_not_exist(alert: Alert, lee_site: Client) -> None:
    for page in ("change", "history", "delete", "acknowledge", "close", "note"):
        assert lee_site.get(url(alert, page)).status_code == 404, page
        assert lee_site.post(url(alert, page), {"generation": 1, "outcome": "phone_advice"}).status_code == 404, page
    listing = reverse("admin:alerts_alert_changelist")
    for query in ({}, {"show": "all"}, {"q": alert.patient.full_name}, {"q": alert.number}):
        page = lee_site.get(listing, query).content.decode()
        assert "MOUTH-COUNT" not in page
        assert str(alert.pk) not in page
    lee_site.post(listing, {"action": "acknowledge_selected", "_selected_action": [str(alert.pk)]})
    alert.refresh_from_db()
    assert (alert.state, events_of(alert)) == ("open", ["raised"])


def test_the_acts_of_a_visit(kim_site: Client, ada: Patient) -> None:
    today = timezone.now().date()
    ada.time_zone = "Europe/Brussels"
    ada.save()
    make_course(ada, today)
    visit = plan_calendar(PlanCalendar(), patient=ada, report=None, now=timezone.now())
    assert visit is not None
    booked_on = today + timedelta(days=16)
    booking = {"booked_at_0": booked_on.isoformat(), "booked_at_1": "14:30"}
    kim_site.post(url(visit, "book"), booking)
    visit.refresh_from_db()
    assert visit.booked_at is not None
    assert visit.booked_at.astimezone(ada.zone).strftime("%Y-%m-%d %H:%M") == f"{booked_on} 14:30"
    answer = kim_site.post(url(visit, "book"), {"booked_at_0": "2020-01-01", "booked_at_1": "14:30"})
    assert "This time has passed" in answer.content.decode()
    for page, status in (("cancel", "cancelled"), ("book", "booked"), ("attended", "attended")):
        if page == "attended":
            Visit.objects.filter(pk=visit.pk).update(booked_at=timezone.now())
        kim_site.post(url(visit, page), booking)
        visit.refresh_from_db()
        assert visit.status == status


def test_another_clinics_visits_reminders_and_pages_do_not_exist(alert: Alert, ada: Patient, lee_site: Client) -> None:
    make_course(ada, datetime.now(UTC).date())
    visit = plan_calendar(PlanCalendar(), patient=ada, report=None, now=timezone.now())
    assert visit is not None
    for page in ("change", "history", "book", "attended", "not_attended", "cancel", "another"):
        assert lee_site.get(url(visit, page)).status_code == 404, page
        assert lee_site.post(url(visit, page)).status_code == 404, page
    reminder = visit.reminders.first()
    assert reminder is not None
    assert lee_site.get(url(reminder)).status_code == 404
    notification = alert.notifications.get()
    assert lee_site.get(reverse("admin:alerts_notification_change", args=[notification.pk])).status_code == 404
    for model in ("visit", "reminder", "notification"):
        listing = lee_site.get(reverse(f"admin:alerts_{model}_changelist"), {"q": ada.full_name}).content.decode()
        assert str(visit.pk) not in listing
        assert str(notification.pk) not in listing


@pytest.mark.parametrize("model", ["alert", "notification", "visit", "reminder"])
def test_the_pages_of_ones_own_clinic_open(kim_site: Client, alert: Alert, ada: Patient, model: str) -> None:
    make_course(ada, timezone.now().date())
    visit = plan_calendar(PlanCalendar(), patient=ada, report=None, now=timezone.now())
    assert visit is not None
    records = {
        "alert": alert.pk,
        "notification": alert.notifications.get().pk,
        "visit": visit.pk,
        "reminder": visit.reminders.all()[0].pk,
    }
    assert kim_site.get(reverse(f"admin:alerts_{model}_changelist")).status_code == 200
    assert kim_site.get(reverse(f"admin:alerts_{model}_change", args=[records[model]])).status_code == 200


def test_a_superuser_who_is_no_practitioner_sees_no_alert(alert: Alert) -> None:
    root = site_of(User.objects.create_superuser("root", "root@example.org"))
    assert root.get(url(alert)).status_code in {403, 404}
    answer = root.get(reverse("admin:alerts_alert_changelist"))
    assert answer.status_code == 403 or "MOUTH-COUNT" not in answer.content.decode()


def test_an_administrator_may_look_and_not_act(alert: Alert) -> None:
    site = site_of(make_practitioner(alert.clinic, "admin", role=Role.ADMINISTRATOR).user)
    page = site.get(url(alert))
    assert page.status_code == 200
    assert url(alert, "acknowledge") not in page.content.decode()
    for name in ("acknowledge", "close", "note"):
        assert site.post(url(alert, name), {"generation": 1, "outcome": "phone_advice"}).status_code == 403
    site.post(
        reverse("admin:alerts_alert_changelist"),
        {"action": "acknowledge_selected", "_selected_action": [str(alert.pk)]},
    )
    alert.refresh_from_db()
    assert (alert.state, events_of(alert)) == ("open", ["raised"])


def test_a_clinician_finds_the_acts_on_the_page(kim_site: Client, alert: Alert) -> None:
    page = kim_site.get(url(alert)).content.decode()
    for name in ("acknowledge", "close", "note"):
        assert url(alert, name) in page


@pytest.mark.parametrize("name", ["nobody_site", "ada_site"])
def test_who_is_not_staff_is_sent_to_the_log_in(request: pytest.FixtureRequest, name: str, alert: Alert) -> None:
    site: Client = request.getfixturevalue(name)
    for page in ("change", "acknowledge", "close", "note"):
        answer = site.post(url(alert, page), {"generation": 1, "outcome": "phone_advice"})
        assert answer.status_code == 401
        assert "/login/" in site.get(url(alert, page)).headers["Location"]


def test_the_office_books_visits_and_does_not_read_what_patients_are_asked(ada: Patient) -> None:
    make_course(ada, timezone.now().date())
    visit = plan_calendar(PlanCalendar(), patient=ada, report=None, now=timezone.now())
    assert visit is not None
    office = site_of(make_practitioner(ada.clinic, "office", role=Role.ADMINISTRATOR).user)
    day = timezone.now().date() + timedelta(days=10)
    office.post(url(visit, "book"), {"booked_at_0": day.isoformat(), "booked_at_1": "10:00"})
    visit.refresh_from_db()
    assert visit.status == "booked"
    assert office.get(reverse("admin:alerts_reminder_changelist")).status_code == 403
