"""Celery's doors: each works off what is due, under the name by which it is nudged and scheduled."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from celery import current_app
from django.core import mail
from django.utils import timezone
from pytest_django import Settings

from alerts import tasks
from alerts.models import Alert, CheckInPlan, Notification, Reminder, ScheduledVisit, Visit
from alerts.waking import DELIVER_TASK
from config.schedule import SCHEDULE
from symptoms.models import Patient, Practitioner
from tests.alerts.making import emergency, raised, urgent
from tests.alerts.making_time import let_pass

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mailbox(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def test_a_nudge_delivers_all_that_is_due(ada: Patient, nurse_kim: Practitioner) -> None:
    pages = [raised(action, ada).notifications.get() for action in (urgent(), emergency())]
    tasks.deliver_due_notifications()
    assert dict(Notification.objects.values_list("pk", "state")) == {page.pk: "accepted" for page in pages}


def test_due_reminders_are_sent_by_the_clock_of_the_database(ada: Patient) -> None:
    now = timezone.now()
    ada.quiet_from = ada.quiet_until
    ada.save()
    due = Reminder.objects.create(
        patient=ada, kind="recheck", occurrence="x", due_at=now, expires_at=now + timedelta(hours=1)
    )
    tasks.deliver_due_reminders()
    due.refresh_from_db()
    assert due.state == "sent"


def test_alerts_climb_and_a_digest_goes_out_with_celery_alone(
    ada: Patient, nurse_kim: Practitioner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("alerts.rota.OfficeHours.is_open", lambda *_: True)
    alert = raised(urgent(), ada)
    tasks.deliver_due_notifications()
    let_pass(15)
    tasks.escalate_due_alerts()
    assert alert.events.filter(kind="escalated").exists()
    tasks.send_digests()
    assert [mail.subject for mail in mail_outbox()] == [f"URGENT alert {alert.number}", "1 alert is waiting"]
    tasks.find_rota_gaps()


def mail_outbox() -> list[Any]:
    return list(getattr(mail, "outbox", []))


def test_missed_visits_reach_the_worklist(ada: Patient, nurse_kim: Practitioner) -> None:
    Visit.objects.filter(patient=ada).update(planned_on=timezone.now().date() - timedelta(days=10))
    tasks.mark_missed_visits()
    assert Alert.objects.get(patient=ada).rules == ["VISIT-MISSED"]


def test_the_nudge_calls_a_task_that_exists() -> None:
    assert tasks.deliver_due_notifications.name == DELIVER_TASK
    assert DELIVER_TASK in current_app.tasks


def test_a_check_in_goes_from_the_plan_to_the_alert_through_celerys_doors(
    ada: Patient, nurse_kim: Practitioner
) -> None:
    now = timezone.now()
    Patient.objects.filter(pk=ada.pk).update(quiet_from="00:00", quiet_until="00:00")
    day_ago = timedelta(days=1)
    CheckInPlan.objects.filter(patient=ada).update(next_at=now - timedelta(minutes=1), silent_count=1)
    tasks.plan_due_check_ins()
    tasks.deliver_due_reminders()
    check_in = Reminder.objects.get(patient=ada, kind="check_in")
    assert (check_in.state, check_in.answer_due_at is not None) == ("sent", True)
    Reminder.objects.filter(pk=check_in.pk).update(answer_due_at=now - day_ago, unread_due_at=now - day_ago)
    tasks.repeat_unread_reminders()
    tasks.judge_silence()
    tasks.tell_of_silence()
    check_in.refresh_from_db()
    assert check_in.is_repeat
    assert Alert.objects.get(patient=ada).rules == ["NO-REPORT"]


def test_a_changed_schedule_is_applied(ada: Patient) -> None:
    line = ScheduledVisit.objects.create(clinic=ada.clinic, day=29, apply_due_at=timezone.now())
    tasks.apply_changed_schedules()
    assert Visit.objects.filter(patient=ada, scheduled=line).exists()


def test_the_calendar_has_a_queue_of_its_own_and_pages_never_wait_in_it(settings: Settings) -> None:
    def queue_of(task: str) -> str:
        return str(current_app.amqp.router.route({}, task)["queue"].name)

    current_app.loader.import_default_modules()
    calendar = set(settings.CALENDAR_TASKS)
    sends_mail = {
        "alerts.tasks.send_digests",
        "education.tasks.teach_due",
        "symptoms.tasks.tell_clinics_of_emergencies",
    }
    assert sends_mail <= calendar, "a mail server that hangs must keep no report waiting"
    assert calendar <= set(current_app.tasks)
    assert {queue_of(task) for task in calendar} == {"calendar"}
    assert {queue_of(entry["task"]) for entry in SCHEDULE.values() if entry["task"] not in calendar} == {
        "alerts",
        "care",
    }
    assert queue_of(DELIVER_TASK) == "alerts"
