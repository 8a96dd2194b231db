"""What time and crashes leave behind is worked off: reports, silent check-ins, episodes, unanswered messages."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection

from alerts.models import Alert, Reminder
from symptoms.clinical.terms import Respondent, Symptom
from symptoms.consent import take_consent_back
from symptoms.courses import set_status
from symptoms.flow import sweeps
from symptoms.flow.assess import assess_report
from symptoms.flow.episodes import close_episode, reset_clocks
from symptoms.flow.opening import open_conversation
from symptoms.flow.receive import AnswerKind, InboundMessage
from symptoms.flow.report import file_report
from symptoms.flow.turn import take_turn
from symptoms.models import Assessment, Episode, Message, Patient, Practitioner, SymptomReport
from symptoms.models.patient import PatientStatus
from symptoms.models.report import ReportSource
from tests.symptoms.clinical.reports import MILD_SORE, NOTHING
from tests.symptoms.flow.filing import file_form

MONDAY_NOON = datetime(2026, 3, 2, 11, tzinfo=UTC)
"""12:00 in Brussels."""
FRIDAY_8 = datetime(2026, 3, 6, 7, tzinfo=UTC)
"""08:00 in Brussels."""


def sore_since(day: date) -> dict[str, Any]:
    return {**MILD_SORE, "mouth_sores.onset_on": day.isoformat()}


@pytest.fixture
def sore_ada(ada: Patient, nurse_kim: Practitioner) -> Patient:
    """ada reported one mild sore on Monday, which began that day."""
    file_form(ada, sore_since(MONDAY_NOON.date()), MONDAY_NOON)
    return ada


# Time alone crosses the threshold of three days


@pytest.mark.source("S-11")
def test_a_sore_of_monday_that_nobody_mentions_again_is_asked_about_on_friday_and_then_raised(
    sore_ada: Patient,
) -> None:
    assert sweeps.reassess_open_episodes(FRIDAY_8 - timedelta(seconds=1)) == 0
    assert sweeps.reassess_open_episodes(FRIDAY_8) == 1
    assert Reminder.objects.get(patient=sore_ada, kind="still_sore").due_at == FRIDAY_8
    assert not Alert.objects.filter(patient=sore_ada).exists()

    assert sweeps.reassess_open_episodes(FRIDAY_8 + timedelta(hours=4, seconds=-1)) == 0
    assert sweeps.reassess_open_episodes(FRIDAY_8 + timedelta(hours=4)) == 1

    alert = Alert.objects.get(patient=sore_ada)
    assert (alert.problem, alert.urgency, alert.rules) == ("mouth", 3, ["MOUTH-DURATION"])
    assessment = Assessment.objects.latest("pk")
    assert (assessment.kind, assessment.urgency) == ("clock", 3)
    assert sweeps.reassess_open_episodes(FRIDAY_8 + timedelta(days=1)) == 0, "it is raised once"


def test_an_answer_that_the_sores_are_gone_closes_the_episode(sore_ada: Patient) -> None:
    sweeps.reassess_open_episodes(FRIDAY_8)

    file_form(
        sore_ada, {"symptoms": ["cough"], "cough.severity": 0, "mouth_sores.gone": "yes"}, FRIDAY_8 + timedelta(hours=1)
    )

    episode = Episode.objects.get(symptom=Symptom.MOUTH_SORES)
    assert episode.closed_on == date(2026, 3, 6)
    assert sweeps.reassess_open_episodes(FRIDAY_8 + timedelta(hours=5)) == 0
    assert not Alert.objects.filter(problem="mouth").exists()


def test_a_report_on_the_crossing_day_raises_at_once_and_nobody_is_asked(sore_ada: Patient) -> None:
    filed = file_form(sore_ada, sore_since(MONDAY_NOON.date()), FRIDAY_8 - timedelta(hours=1))

    assert filed.urgency == 3
    assert Alert.objects.get().rules == ["MOUTH-DURATION"]
    assert sweeps.reassess_open_episodes(FRIDAY_8 + timedelta(days=1)) == 0


def test_the_question_waits_for_the_end_of_quiet_hours(ada: Patient, nurse_kim: Practitioner) -> None:
    ada.quiet_until = time(9, 30)
    ada.save()
    file_form(ada, sore_since(MONDAY_NOON.date()), MONDAY_NOON)

    assert Episode.objects.get().ask_due_at == FRIDAY_8 + timedelta(minutes=90)


@pytest.mark.parametrize(
    ("zone", "asked_at"),
    [
        ("Asia/Tokyo", datetime(2026, 3, 5, 23, tzinfo=UTC)),
        ("America/St_Johns", datetime(2026, 3, 6, 11, 30, tzinfo=UTC)),
    ],
)
def test_the_question_follows_a_patient_who_changes_zone(sore_ada: Patient, zone: str, asked_at: datetime) -> None:
    sore_ada.time_zone = zone
    sore_ada.save()

    reset_clocks(sore_ada)

    assert Episode.objects.get().ask_due_at == asked_at


def test_the_question_comes_at_eight_over_the_change_of_clocks(ada: Patient, nurse_kim: Practitioner) -> None:
    """The clocks of Brussels go forward on 29 March 2026."""
    file_form(ada, sore_since(date(2026, 3, 26)), datetime(2026, 3, 26, 11, tzinfo=UTC))

    assert Episode.objects.get().ask_due_at == datetime(2026, 3, 30, 6, tzinfo=UTC)


@pytest.mark.parametrize("status", [PatientStatus.WITHDRAWN, PatientStatus.DECEASED])
def test_nobody_asks_a_patient_who_has_left(sore_ada: Patient, status: PatientStatus) -> None:
    sore_ada.status = status
    sore_ada.save()

    sweeps.reassess_open_episodes(FRIDAY_8)
    sweeps.reassess_open_episodes(FRIDAY_8 + timedelta(hours=4))

    assert not Reminder.objects.filter(kind="still_sore").exists()
    assert not Alert.objects.exists()


@pytest.mark.parametrize("left_at", [MONDAY_NOON, FRIDAY_8 + timedelta(hours=1)], ids=["before it", "unanswered"])
def test_who_was_away_when_the_day_passed_is_asked_on_coming_back(sore_ada: Patient, left_at: datetime) -> None:
    for at in (MONDAY_NOON, FRIDAY_8, left_at, FRIDAY_8 + timedelta(hours=4)):
        if at == left_at:
            take_consent_back(sore_ada, now=at, by=sore_ada.user)
        sweeps.reassess_open_episodes(at)
    assert not Alert.objects.filter(problem="mouth").exists()
    back = FRIDAY_8 + timedelta(hours=5)
    set_status(sore_ada, PatientStatus.ACTIVE, back)

    assert sweeps.reassess_open_episodes(back) == 1
    assert sweeps.reassess_open_episodes(back + timedelta(hours=4)) == 1
    assert Alert.objects.get(problem="mouth").rules == ["MOUTH-DURATION"]


def test_a_clinician_may_close_an_episode_and_a_new_sore_opens_another(
    sore_ada: Patient, nurse_kim: Practitioner
) -> None:
    close_episode(Episode.objects.get(), nurse_kim, MONDAY_NOON + timedelta(days=1))
    assert sweeps.reassess_open_episodes(FRIDAY_8) == 0

    file_form(sore_ada, sore_since(date(2026, 3, 9)), datetime(2026, 3, 9, 11, tzinfo=UTC))

    assert Episode.objects.count() == 2
    assert Episode.objects.open().get().earliest_on == date(2026, 3, 9)


def test_a_sore_within_two_days_of_the_closing_reopens_the_episode(sore_ada: Patient, nurse_kim: Practitioner) -> None:
    file_form(sore_ada, dict(NOTHING), MONDAY_NOON + timedelta(days=1))
    assert not Episode.objects.open().exists()

    filed = file_form(sore_ada, sore_since(date(2026, 3, 5)), MONDAY_NOON + timedelta(days=3))

    assert Episode.objects.open().get().earliest_on == MONDAY_NOON.date()
    assert filed.urgency == 1, "still within three days"


def test_a_late_report_does_not_close_what_a_newer_one_says_is_there(sore_ada: Patient) -> None:
    wednesday = MONDAY_NOON + timedelta(days=2)
    file_report(
        sore_ada,
        client_id=uuid.uuid4(),
        answers=dict(NOTHING),
        occurred_at=MONDAY_NOON - timedelta(days=1),
        respondent=Respondent.PATIENT,
        source=ReportSource.OFFLINE,
        now=wednesday,
    )

    assert Episode.objects.open().filter(symptom=Symptom.MOUTH_SORES).exists()


@pytest.mark.parametrize(("due", "index"), [("ask_due", "episode_ask_due"), ("raise_due", "episode_raise_due")])
def test_the_sweep_reads_only_episodes_whose_moment_has_come(sore_ada: Patient, due: str, index: str) -> None:
    """By the partial index, however many episodes are open: 5,000 here, one of them due."""
    first = Episode.objects.get()
    Patient.objects.bulk_create(
        Patient(clinic=sore_ada.clinic, user_id=user, full_name="x") for user in make_users(5_000)
    )
    Episode.objects.bulk_create(
        Episode(
            patient=patient,
            symptom=Symptom.MOUTH_SORES,
            earliest_on=first.earliest_on,
            opened_by=first.opened_by,
            opened_at=MONDAY_NOON,
            ask_due_at=FRIDAY_8 + timedelta(days=9),
            raise_due_at=FRIDAY_8 + timedelta(days=9),
        )
        for patient in Patient.objects.filter(full_name="x")
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE symptoms_episode")

    plan = getattr(Episode.objects, due)(FRIDAY_8).explain(analyze=True)

    assert index in plan
    assert "rows=5" not in plan


def make_users(count: int) -> range:
    from symptoms.models import User

    users = User.objects.bulk_create(User(username=f"u{number}") for number in range(count))
    return range(users[0].pk, users[0].pk + count)


# Reports without a final assessment


def test_a_silent_check_in_is_closed_after_thirty_minutes_and_judged_on_what_is_there(
    ada: Patient, nurse_kim: Practitioner
) -> None:
    open_conversation(ada, uuid.uuid4(), MONDAY_NOON)
    take_turn(
        ada.conversations.get(), InboundMessage(uuid.uuid4(), AnswerKind.CHOICES, ["cough", "mouth_sores"]), MONDAY_NOON
    )
    assert not Alert.objects.exists()

    assert sweeps.assess_due_reports(MONDAY_NOON + timedelta(minutes=30, seconds=-1)) == 0
    assert sweeps.assess_due_reports(MONDAY_NOON + timedelta(minutes=30)) == 1

    abandoned = SymptomReport.objects.get()
    assert (abandoned.status, abandoned.urgency, abandoned.assess_due_at) == ("abandoned", 3, None)
    assert set(Alert.objects.values_list("problem", flat=True)) == {"mouth", "respiratory"}


@pytest.mark.parametrize(
    ("words", "problem"),
    [("im short of breath", "respiratory"), ("my mouth is sore", "mouth"), ("feverish", "infection")],
)
def test_who_types_and_falls_silent_is_judged_like_who_taps(
    ada: Patient, nurse_kim: Practitioner, words: str, problem: str
) -> None:
    open_conversation(ada, uuid.uuid4(), MONDAY_NOON)
    take_turn(ada.conversations.get(), InboundMessage(uuid.uuid4(), AnswerKind.TEXT, words), MONDAY_NOON)

    assert sweeps.assess_due_reports(MONDAY_NOON + timedelta(minutes=30)) == 1

    assert SymptomReport.objects.get().status == "abandoned"
    assert problem in set(Alert.objects.values_list("problem", flat=True))


def test_an_abandoned_conversation_can_be_taken_up_days_later_and_begins_a_new_report(
    ada: Patient, nurse_kim: Practitioner
) -> None:
    open_conversation(ada, uuid.uuid4(), MONDAY_NOON)
    conversation = ada.conversations.get()
    take_turn(conversation, InboundMessage(uuid.uuid4(), AnswerKind.CHOICES, ["mouth_sores"]), MONDAY_NOON)
    sweeps.assess_due_reports(MONDAY_NOON + timedelta(hours=1))

    later = MONDAY_NOON + timedelta(days=3)
    opening = open_conversation(ada, uuid.uuid4(), later)

    assert not opening.is_new
    assert opening.turn["conversation"]["id"] == str(conversation.pk)
    assert opening.turn["expects"]["slot"] == "symptoms"
    turn = take_turn(conversation, InboundMessage(uuid.uuid4(), AnswerKind.CHOICES, ["none"]), later)
    assert turn["expects"]["slot"] == "mouth_sores.gone", "an episode is open"
    assert SymptomReport.objects.count() == 2


def test_an_offline_report_with_answers_out_of_range_is_kept_and_judged_as_unknown(
    ada: Patient, nurse_kim: Practitioner
) -> None:
    filed = file_form(ada, {"symptoms": ["cough"], "cough.severity": 9}, MONDAY_NOON, ReportSource.OFFLINE)

    assert filed.urgency == 3


@pytest.mark.parametrize("stage", ["assess", "update_episodes", "advise", "KEEP"])
def test_a_report_that_cannot_be_judged_is_kept_told_and_tried_again(
    ada: Patient, nurse_kim: Practitioner, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("injected")

    with monkeypatch.context() as broken:
        broken.setattr(f"symptoms.flow.assess.{stage}", fail)
        filed = file_form(ada, {"symptoms": ["dyspnea"]}, MONDAY_NOON)
        assert SymptomReport.objects.get() == filed
        assert (filed.urgency, filed.assess_due_at) == (None, MONDAY_NOON)
        assert sweeps.assess_due_reports(MONDAY_NOON) == 0
        assert sweeps.assess_due_reports(MONDAY_NOON) == 0, "a row that failed is put off, not tried in a circle"

    alert = Alert.objects.get()
    assert (alert.problem, alert.urgency, alert.rules) == ("system", 3, ["COULD-NOT-ASSESS"])
    assert sweeps.assess_due_reports(MONDAY_NOON + timedelta(minutes=5)) == 1
    filed.refresh_from_db()
    assert (filed.urgency, filed.assess_due_at) == (3, None)
    assert Alert.objects.filter(problem="respiratory").exists()


def test_a_row_that_cannot_even_be_put_off_stops_no_other(
    ada: Patient, nurse_kim: Practitioner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("injected")

    with monkeypatch.context() as broken:
        broken.setattr("symptoms.flow.assess.assess", fail)
        first, second = (file_form(ada, {"symptoms": ["dyspnea"]}, MONDAY_NOON) for _ in range(2))
    monkeypatch.setattr("symptoms.flow.sweeps.tell_team_of_failure", fail)
    monkeypatch.setattr(
        "symptoms.flow.sweeps.assess_report", lambda one, now: fail() if one.pk == first.pk else assess_report(one, now)
    )

    assert sweeps.assess_due_reports(MONDAY_NOON) == 1
    second.refresh_from_db()
    assert second.urgency == 3


def test_a_report_is_kept_and_answered_though_nobody_can_be_told(
    ada: Patient, nurse_kim: Practitioner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise KeyError("injected")

    with monkeypatch.context() as broken:
        broken.setattr("symptoms.flow.act.handler_for", lambda name: fail)
        kept = file_form(ada, {"symptoms": ["dyspnea"]}, MONDAY_NOON)
        open_conversation(ada, uuid.uuid4(), MONDAY_NOON)
        message = InboundMessage(uuid.uuid4(), AnswerKind.TEXT, "my lips are blue")
        turn = take_turn(ada.conversations.get(), message, MONDAY_NOON)

    assert SymptomReport.objects.get(pk=kept.pk).assess_due_at == MONDAY_NOON
    assert turn["advice"]["urgency"] == "urgent"
    assert sweeps.assess_due_reports(MONDAY_NOON) == 1
    assert Alert.objects.filter(problem="respiratory").exists()


# Messages without a reply


def test_a_crash_at_any_stage_ends_in_the_safe_reply_and_a_person_who_knows(
    ada: Patient, nurse_kim: Practitioner, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_conversation(ada, uuid.uuid4(), MONDAY_NOON)
    conversation = ada.conversations.get()

    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("injected")

    stages = (
        "turn.hear", "draw.converse", "draw.record_check_in", "draw.judge", "turn.follow_up", "turn.say",
        "turn.turn_json",
    )  # fmt: skip
    for stage in stages:
        message = InboundMessage(uuid.uuid4(), AnswerKind.CHOICES, ["dyspnea"])
        with monkeypatch.context() as broken:
            broken.setattr(f"symptoms.flow.{stage}", fail)
            if stage == "turn.turn_json":
                broken.setattr("symptoms.flow.turn.safe_turn", lambda message, now: {"advice": {"urgency": "urgent"}})
            turn = take_turn(conversation, message, MONDAY_NOON)
        assert turn["advice"]["urgency"] == "urgent"
        assert Message.objects.get(client_id=message.client_id).answered_at is None
        assert not SymptomReport.objects.exists(), "nothing half-saved"

    assert Alert.objects.get().rules == ["COULD-NOT-ASSESS"]
    assert sweeps.retry_unanswered_messages(MONDAY_NOON + timedelta(seconds=59)) == 0
    assert sweeps.retry_unanswered_messages(MONDAY_NOON + timedelta(seconds=60)) == 7
    assert Message.objects.unanswered(MONDAY_NOON + timedelta(days=1)).count() == 0
    assert SymptomReport.objects.get().answers["symptoms"] == ["dyspnea"]


def test_the_safe_reply_names_the_numbers_to_call(
    ada: Patient, nurse_kim: Practitioner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("injected")

    open_conversation(ada, uuid.uuid4(), MONDAY_NOON)
    monkeypatch.setattr("symptoms.flow.turn.converse", fail)
    turn = take_turn(
        ada.conversations.get(), InboundMessage(uuid.uuid4(), AnswerKind.CHOICES, ["dyspnea"]), MONDAY_NOON
    )

    words = turn["messages"][0]["text"]
    assert ada.clinic.phone in words
    assert ada.clinic.emergency_number in words
    assert turn["expects"]["slot"] == "symptoms"


def test_a_message_that_fails_twice_gets_the_safe_text_and_is_left_to_a_person(
    ada: Patient, nurse_kim: Practitioner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("injected")

    open_conversation(ada, uuid.uuid4(), MONDAY_NOON)
    monkeypatch.setattr("symptoms.flow.turn.converse", fail)
    inbound = InboundMessage(uuid.uuid4(), AnswerKind.CHOICES, ["dyspnea"])
    take_turn(ada.conversations.get(), inbound, MONDAY_NOON)

    assert sweeps.retry_unanswered_messages(MONDAY_NOON + timedelta(minutes=1)) == 0
    assert sweeps.retry_unanswered_messages(MONDAY_NOON + timedelta(minutes=2)) == 0

    message = Message.objects.get(client_id=inbound.client_id)
    assert message.answered_at is not None
    assert message.reply is not None
    assert message.reply["advice"]["urgency"] == "urgent"
    assert Message.objects.filter(sender="bot").latest("number").text == message.reply["messages"][0]["text"]
