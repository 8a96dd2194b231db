"""Due reminders reach patients once, at a decent hour, and only those we still write to."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time, timedelta
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from pytest_django import Settings

from alerts import reaching, reminding
from alerts.models import Reminder, Visit
from alerts.reminding import deliver_due
from symptoms.models import Patient
from tests.alerts.sink import Sink, running_sink

pytestmark = pytest.mark.django_db

BRUSSELS = ZoneInfo("Europe/Brussels")


def local(day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=BRUSSELS).astimezone(UTC)


NINE = local(10, 9)


@pytest.fixture(autouse=True)
def only_ours(ada: Patient, ben: Patient) -> None:
    """Enrolment has planned reminders of its own; begin without any."""
    Reminder.objects.all().delete()
    ada.time_zone, ada.email = "Europe/Brussels", "ada@example.org"
    ada.save()


@pytest.fixture
def sink(settings: Settings) -> Iterator[Sink]:
    with running_sink() as sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", sink.port, 2
        yield sink


def remind(
    patient: Patient,
    kind: str = "visit_today",
    *,
    occurrence: str = "a",
    due_at: datetime = NINE,
    expires_at: datetime | None = None,
) -> Reminder:
    return Reminder.objects.create(
        patient=patient,
        kind=kind,
        occurrence=occurrence,
        due_at=due_at,
        expires_at=expires_at or due_at + timedelta(days=1),
    )


def test_a_reminder_is_mailed_when_it_is_due_and_not_a_second_before(ada: Patient, sink: Sink) -> None:
    reminder = remind(ada)
    assert deliver_due(NINE - timedelta(seconds=1)) == 0
    assert deliver_due(NINE) == 1
    assert deliver_due(NINE) == 0
    reminder.refresh_from_db()
    assert (reminder.state, reminder.channel, reminder.sent_at, reminder.attempt_count) == ("sent", "email", NINE, 1)
    assert [recipients for recipients, _ in sink.mails] == [["ada@example.org"]]


def test_the_mail_says_no_more_than_that_there_is_a_message(ada: Patient, sink: Sink) -> None:
    remind(ada, "still_sore")
    deliver_due(NINE)
    [(_, mail)] = sink.mails
    text = f"{mail['Subject']} {mail.get_content()}".lower()
    assert "app" in text
    for secret in [*ada.full_name.split(), "sore", "visit", "cough", "day 15", "everolimus", ada.clinic.name]:
        assert secret.lower() not in text, secret


def test_without_an_address_the_app_shows_it(ada: Patient, sink: Sink) -> None:
    ada.email = ""
    ada.save()
    reminder = remind(ada)
    assert deliver_due(NINE) == 1
    reminder.refresh_from_db()
    assert (reminder.state, reminder.channel, sink.mails) == ("sent", "app", [])


@pytest.mark.parametrize("status", ["paused", "withdrawn", "deceased"])
def test_nothing_is_sent_to_somebody_we_no_longer_write_to(ada: Patient, sink: Sink, status: str) -> None:
    reminder = remind(ada)
    Patient.objects.filter(pk=ada.pk).update(status=status)
    assert deliver_due(NINE) == 0
    reminder.refresh_from_db()
    assert (reminder.state, sink.mails) == ("cancelled", [])


@pytest.mark.parametrize(("seconds", "state"), [(-1, "sent"), (0, "expired"), (1, "expired")])
def test_too_late_is_not_sent(ada: Patient, sink: Sink, seconds: int, state: str) -> None:
    reminder = remind(ada, expires_at=local(10, 12))
    deliver_due(local(10, 12) + timedelta(seconds=seconds))
    reminder.refresh_from_db()
    assert reminder.state == state


@pytest.mark.parametrize(
    ("at", "waits_until"), [((20, 59), None), ((21, 0), local(11, 8)), ((23, 0), local(11, 8)), ((7, 59), local(10, 8))]
)
def test_quiet_hours_put_a_reminder_off(
    ada: Patient, sink: Sink, at: tuple[int, int], waits_until: datetime | None
) -> None:
    reminder = remind(ada, due_at=local(10, 1), expires_at=local(12))
    now = local(10, *at)
    assert deliver_due(now) == (waits_until is None)
    reminder.refresh_from_db()
    if waits_until:
        assert (reminder.state, reminder.due_at, reminder.attempt_count) == ("pending", waits_until, 0)
        assert deliver_due(waits_until) == 1


def test_a_reminder_that_would_end_in_the_quiet_hours_expires(ada: Patient, sink: Sink) -> None:
    reminder = remind(ada, due_at=local(10, 20), expires_at=local(11, 8))
    assert deliver_due(local(10, 22)) == 0
    reminder.refresh_from_db()
    assert reminder.state == "expired"


def test_the_question_about_the_sores_is_asked_by_ten_whatever_the_quiet_hours(ada: Patient, sink: Sink) -> None:
    ada.quiet_until = time(11)
    ada.save()
    remind(ada, "still_sore", due_at=local(10, 10))
    assert deliver_due(local(10, 10)) == 1


def test_after_downtime_the_newest_of_a_kind_is_sent_and_the_others_are_superseded(
    ada: Patient, ben: Patient, sink: Sink
) -> None:
    ben.time_zone = "Europe/Brussels"
    ben.save()
    for day in range(1, 10):
        remind(ada, "recheck", occurrence=f"day {day}", due_at=local(day, 9), expires_at=local(20))
    remind(ada, "visit_today")
    remind(ben, "recheck", occurrence="his")
    remind(ada, "recheck", occurrence="ahead", due_at=local(11, 9))
    assert deliver_due(local(10, 9)) == 3
    states = dict(Reminder.objects.filter(patient=ada, kind="recheck").values_list("occurrence", "state"))
    assert states == {**{f"day {day}": "superseded" for day in range(1, 9)}, "day 9": "sent", "ahead": "pending"}
    assert len(sink.mails) == 3


def test_two_visits_of_one_day_are_both_told_of_and_repeated(ada: Patient, sink: Sink) -> None:
    course = ada.courses.get()
    for hour in (9, 10):
        visit = Visit.objects.create(patient=ada, course=course, kind="follow_up", planned_on=local(10).date())
        reminder = remind(ada, occurrence=f"at {hour}", due_at=local(10, hour), expires_at=local(20))
        Reminder.objects.filter(pk=reminder.pk).update(visit=visit)
    assert deliver_due(local(10, 11)) == 2
    assert reminding.repeat_unread(local(10, 18)) == 2


def test_an_expired_newer_one_does_not_supersede(ada: Patient, sink: Sink) -> None:
    older = remind(ada, "recheck", occurrence="older", expires_at=local(12))
    remind(ada, "recheck", occurrence="newer", due_at=local(10, 10), expires_at=local(10, 11))
    deliver_due(local(10, 12))
    older.refresh_from_db()
    assert older.state == "sent"


def test_one_that_comes_after_a_newer_one_was_sent_is_superseded(ada: Patient, sink: Sink) -> None:
    remind(ada, "recheck", occurrence="newer", due_at=local(10, 10))
    deliver_due(local(10, 10))
    older = remind(ada, "recheck", occurrence="older")
    assert deliver_due(local(10, 11)) == 0
    older.refresh_from_db()
    assert older.state == "superseded"


def test_a_batch_after_the_other_until_all_are_done(ada: Patient, ben: Patient, sink: Sink) -> None:
    ada.email = ben.email = ""
    ada.save()
    ben.save()
    for number in range(reminding.BATCH * 2 + 3):
        remind(ada, "recheck", occurrence=f"{number}", due_at=NINE - timedelta(seconds=number))
    assert deliver_due(NINE) == 1
    assert not Reminder.objects.filter(state="pending").exists()


def test_a_failed_mail_is_tried_a_second_time_and_then_left_to_the_app(ada: Patient, sink: Sink) -> None:
    sink.refuse_recipient = "450 busy"
    reminder = remind(ada)
    assert deliver_due(NINE) == 0
    reminder.refresh_from_db()
    assert (reminder.state, reminder.attempt_count) == ("pending", 1)
    assert deliver_due(NINE + timedelta(minutes=10, seconds=-1)) == 0
    assert deliver_due(NINE + timedelta(minutes=10)) == 1
    reminder.refresh_from_db()
    assert (reminder.state, reminder.channel, reminder.attempt_count) == ("sent", "app", 2)


def test_a_second_try_that_works_is_a_mail(ada: Patient, sink: Sink) -> None:
    sink.refuse_data = "451 later"
    remind(ada)
    deliver_due(NINE)
    sink.refuse_data = ""
    assert deliver_due(NINE + timedelta(minutes=10)) == 1
    assert Reminder.objects.get().channel == "email"


def test_an_address_that_is_refused_for_good_is_left_to_the_app_at_once(ada: Patient, sink: Sink) -> None:
    sink.refuse_recipient = "550 unknown"
    remind(ada)
    assert deliver_due(NINE) == 1
    assert Reminder.objects.get().channel == "app"


def test_a_sender_that_died_leaves_at_most_one_more_mail(ada: Patient, sink: Sink) -> None:
    remind(ada)
    for number in (1, 2):
        now = NINE + (number - 1) * reminding.LEASE
        claimed, _ = reminding._claim_batch(now)
        assert [one.attempt_count for one in claimed] == [number]
        assert reminding._claim_batch(now + reminding.LEASE - timedelta(seconds=1)) == ([], 0)
    assert deliver_due(NINE + 2 * reminding.LEASE) == 1
    assert (Reminder.objects.get().channel, sink.mails) == ("app", [])


def test_one_that_cannot_be_judged_does_not_stop_the_others(
    ada: Patient, ben: Patient, sink: Sink, caplog: pytest.LogCaptureFixture
) -> None:
    Patient.objects.filter(pk=ada.pk).update(time_zone="Nowhere/Land")
    Patient.objects.filter(pk=ben.pk).update(time_zone="Europe/Brussels", email="ben@example.org")
    bad = remind(ada, due_at=NINE - timedelta(minutes=1))
    remind(ben)
    assert deliver_due(NINE) == 1
    assert "reminder_not_judged" in caplog.text
    bad.refresh_from_db()
    assert (bad.state, bad.attempt_count, bad.lease_until) == ("pending", 0, NINE + reminding.TRY_AGAIN_AFTER)


def test_one_that_cannot_be_sent_does_not_stop_the_others(
    ada: Patient, ben: Patient, sink: Sink, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for patient, language in ((ada, "en"), (ben, "nl")):
        Patient.objects.filter(pk=patient.pk).update(
            time_zone="Europe/Brussels", email="someone@example.org", language=language
        )
        remind(patient)
    monkeypatch.setattr(reaching, "text", lambda language, table, key: {"nl": key}[language])
    assert deliver_due(NINE) == 1
    assert "reminder_not_sent" in caplog.text


def test_a_sender_that_was_overtaken_changes_nothing(ada: Patient, sink: Sink) -> None:
    remind(ada)
    [slow], _ = reminding._claim_batch(NINE)
    assert deliver_due(NINE + reminding.LEASE) == 1
    assert reminding._settle([reminding._send(slow, (), NINE)], NINE) == 0
    assert Reminder.objects.get().attempt_count == 2


def test_a_sender_that_was_overtaken_leaves_the_reminder_to_the_one_who_holds_it_now(ada: Patient, sink: Sink) -> None:
    remind(ada)
    [slow], _ = reminding._claim_batch(NINE)
    assert len(reminding._claim_batch(NINE + reminding.LEASE)[0]) == 1
    assert reminding._settle([reminding._send(slow, (), NINE)], NINE) == 0
    assert Reminder.objects.get().state == "sending"


def test_more_than_two_thousand_that_are_due_go_in_one_run(ada: Patient) -> None:
    """They have expired, which settles them without sending: what is counted is how far one run gets."""
    early = NINE - timedelta(days=1)
    Reminder.objects.bulk_create(
        Reminder(patient=ada, kind="lesson", occurrence=str(number), due_at=early, expires_at=NINE)
        for number in range(2001)
    )
    deliver_due(NINE)
    assert not Reminder.objects.filter(kind="lesson", state="pending").exists()


def test_a_run_that_is_out_of_time_leaves_the_rest_to_the_next(ada: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reminding, "BATCH", 2)
    for kind in ("visit_week_before", "visit_day_before", "visit_today", "recheck", "still_sore"):
        remind(ada, kind)
    assert [deliver_due(NINE, seconds=0) for _ in range(4)] == [2, 2, 1, 0]


@pytest.mark.django_db(transaction=True)
def test_a_reminder_that_another_transaction_holds_makes_nobody_wait(ada: Patient, ben: Patient, sink: Sink) -> None:
    Patient.objects.update(time_zone="Europe/Brussels")
    held = remind(ada)
    remind(ben)
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SELECT 1 FROM alerts_reminder WHERE id = %s FOR UPDATE", [held.pk])
        assert deliver_due(NINE) == 1
        other.rollback()
    finally:
        other.close()
    assert deliver_due(NINE) == 1


@pytest.mark.django_db(transaction=True)
def test_competing_workers_send_each_reminder_once(ada: Patient, ben: Patient, sink: Sink) -> None:
    for patient in (ada, ben):
        Patient.objects.filter(pk=patient.pk).update(time_zone="Europe/Brussels", email="someone@example.org")
        for kind in ("visit_week_before", "visit_day_before", "visit_today", "recheck", "still_sore"):
            remind(patient, kind)
    barrier = Barrier(5)

    def work(_: int) -> int:
        try:
            barrier.wait(timeout=60)
            return deliver_due(NINE)
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        assert sum(pool.map(work, range(5))) == 10
    assert len({mail["Message-ID"] for _, mail in sink.mails}) == len(sink.mails) == 10
