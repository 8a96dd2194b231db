"""An alert climbs from person to person until somebody takes it, and again when they let it lie."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import OperationalError, connection
from django.db.models.functions import Now

from alerts import escalating
from alerts.acknowledging import ReasonMissing, acknowledge, add_note, close, record_action
from alerts.escalating import escalate_due, escalate_one
from alerts.escalation import Hours, Who
from alerts.models import Absence, Alert, ClinicHoliday, EscalationPolicy, OfficeCalendar, Shift, TakeOver
from alerts.models.alert import Outcome
from alerts.models.notification import Channel
from alerts.notifying import deliver_due
from alerts.policies import office_hours_of
from alerts.rota import Tier
from symptoms.clinical.actions import NotifyCareTeam
from symptoms.clinical.calendar import local_date
from symptoms.clinical.terms import Problem, Urgency
from symptoms.clock import database_now
from symptoms.models import Clinic, Patient, Practitioner
from tests.alerts.delivering import NullTransport
from tests.alerts.making import NOW, emergency, events_of, make_practitioner, raised, routine, urgent
from tests.alerts.making_time import let_pass, pass_and_climb

pytestmark = pytest.mark.django_db


@pytest.fixture
def sam(clinic: Clinic) -> Practitioner:
    return make_practitioner(clinic, "sam")


@pytest.fixture
def robin(clinic: Clinic) -> Practitioner:
    return make_practitioner(clinic, "robin")


def all_day(person: Practitioner, tier: Tier) -> Shift:
    """A shift that goes on for ever: of a whole day, on every day of the week."""
    today = local_date(database_now(), ZoneInfo(person.clinic.time_zone)) - timedelta(days=1)
    shifts = [
        Shift.objects.create(
            clinic=person.clinic,
            tier=tier,
            practitioner=person,
            on=today - timedelta(days=days),
            starts_at=time(0),
            ends_at=time(0),
            every_weeks=1,
        )
        for days in range(7)
    ]
    return shifts[0]


@pytest.fixture
def rota(nurse_kim: Practitioner, sam: Practitioner, robin: Practitioner) -> None:
    """Kim in tier 1, Sam in tier 2, Robin leads."""
    all_day(nurse_kim, Tier.TIER_1)
    all_day(sam, Tier.TIER_2)
    all_day(robin, Tier.LEAD)


def send_all() -> None:
    """Every page that waits reaches its provider."""
    deliver_due(transports={Channel.EMAIL: NullTransport()})


def rounds_of(alert: Alert) -> list[tuple[int, list[str]]]:
    """Of each round of pages the step and who was paged."""
    rounds: dict[int, tuple[int, list[str]]] = {}
    for page in alert.notifications.order_by("cycle", "recipient__user__username"):
        rounds.setdefault(page.cycle, (page.step, []))[1].append(page.recipient.user.username)
    return list(rounds.values())


@pytest.mark.usefixtures("rota")
def test_an_urgent_alert_climbs_from_tier_to_tier_and_then_everybody_is_paged_for_ever(ada: Patient) -> None:
    alert = raised(urgent(), ada)
    for minutes in (15, 15, 30, 30):
        send_all()
        assert pass_and_climb(minutes) == 1
    team = ["kim", "robin", "sam"]
    assert rounds_of(alert) == [(1, ["kim"]), (2, ["sam"]), (3, ["robin"]), (3, team), (3, team)]
    assert [kind for kind in events_of(alert) if kind != "notified"] == ["raised", *["escalated"] * 4]


@pytest.mark.usefixtures("rota")
@pytest.mark.parametrize(("minutes", "climbed"), [(14.9, 0), (15, 1)])
def test_it_waits_until_its_step_is_due(ada: Patient, minutes: float, climbed: int) -> None:
    raised(urgent(), ada)
    assert pass_and_climb(minutes) == climbed


@pytest.mark.usefixtures("rota")
def test_an_emergency_pages_all_tiers_at_once_and_every_five_minutes(ada: Patient) -> None:
    make_practitioner(ada.clinic, "off_duty")
    alert = raised(emergency(), ada)
    for minutes in (5, 5, 5):
        send_all()
        pass_and_climb(minutes)
    on_call, team = ["kim", "robin", "sam"], ["kim", "off_duty", "robin", "sam"]
    assert rounds_of(alert) == [(1, on_call), (2, on_call), (3, team), (3, team)]


def test_a_clinic_without_a_rota_pages_who_is_on_call_then_the_whole_team(
    ada: Patient, nurse_kim: Practitioner, sam: Practitioner
) -> None:
    alert = raised(urgent(), ada)
    send_all()
    pass_and_climb(15)
    assert rounds_of(alert) == [(1, ["kim"]), (2, ["kim", "sam"])]


def test_who_is_marked_as_on_call_and_away_is_covered(ada: Patient, nurse_kim: Practitioner, sam: Practitioner) -> None:
    now = database_now()
    Absence.objects.create(practitioner=nurse_kim, starts_at=now, ends_at=now + timedelta(days=1), cover=sam)
    assert rounds_of(raised(urgent(), ada)) == [(1, ["sam"])]


def send_away(*people: Practitioner) -> None:
    now = database_now()
    for person in people:
        Absence.objects.create(practitioner=person, starts_at=now, ends_at=now + timedelta(days=1))


def test_a_fallback_that_is_away_is_not_paged_alone(
    ada: Patient, nurse_kim: Practitioner, sam: Practitioner, robin: Practitioner
) -> None:
    policy = make_policy(ada.clinic)
    policy.steps.create(after_minutes=0, who=Who.TIER_2)
    policy.fallback.add(sam)
    assert rounds_of(raised(urgent(), ada)) == [(1, ["sam"])]
    send_away(sam)
    alone = raised(urgent(problem=Problem.OTHER), ada)
    assert rounds_of(alone) == [(1, ["kim", "robin", "sam"])]
    assert "nobody_reachable" in events_of(alone)
    policy.fallback.add(robin)
    assert rounds_of(raised(urgent(problem=Problem.INFECTION), ada)) == [(1, ["robin"])]


def test_a_fallback_that_is_away_is_replaced_by_who_covers(
    ada: Patient, nurse_kim: Practitioner, sam: Practitioner, robin: Practitioner
) -> None:
    policy = make_policy(ada.clinic)
    policy.steps.create(after_minutes=0, who=Who.TIER_2)
    policy.fallback.add(sam)
    now = database_now()
    Absence.objects.create(practitioner=sam, starts_at=now, ends_at=now + timedelta(days=1), cover=robin)
    assert rounds_of(raised(urgent(), ada)) == [(1, ["robin"])]


@pytest.mark.parametrize("action", [urgent(), emergency()])
def test_when_the_whole_team_is_away_all_of_it_is_paged(
    ada: Patient, nurse_kim: Practitioner, sam: Practitioner, action: NotifyCareTeam
) -> None:
    send_away(nurse_kim, sam)
    alert = raised(action, ada)
    assert [names for _, names in rounds_of(alert)] == [["kim", "sam"]]
    assert "nobody_reachable" in events_of(alert)


@pytest.mark.usefixtures("rota")
def test_after_an_outage_late_steps_are_taken_together_and_missed_repeats_once(ada: Patient) -> None:
    alert = raised(urgent(), ada)
    send_all()
    assert pass_and_climb(26 * 60) == 1
    assert rounds_of(alert) == [(1, ["kim"]), (2, ["sam"]), (3, ["robin"])]
    assert escalate_due() == 0


@pytest.mark.usefixtures("rota")
def test_somebody_whose_page_is_still_on_its_way_gets_no_second_one(ada: Patient) -> None:
    alert = raised(emergency(), ada)
    pass_and_climb(5)
    assert alert.notifications.count() == 3
    send_all()
    pass_and_climb(5)
    assert alert.notifications.count() == 6


@pytest.mark.usefixtures("rota")
def test_people_are_looked_up_when_the_step_is_taken(ada: Patient, sam: Practitioner, nurse_kim: Practitioner) -> None:
    alert = raised(urgent(), ada)
    late = make_practitioner(ada.clinic, "late")
    now = database_now()
    Absence.objects.create(practitioner=sam, starts_at=now, ends_at=now + timedelta(days=1), cover=late)
    pass_and_climb(15)
    assert rounds_of(alert)[1] == (2, ["late"])


def test_a_shift_taken_over_pages_the_other(ada: Patient, nurse_kim: Practitioner, sam: Practitioner) -> None:
    all_day(nurse_kim, Tier.TIER_1)
    zone = ZoneInfo(ada.clinic.time_zone)
    for shift in Shift.objects.all():
        for back in range(3):
            on = local_date(database_now(), zone) - timedelta(days=back)
            if (on - shift.on).days % 7 == 0:
                TakeOver.objects.create(shift=shift, on=on, practitioner=sam)
    assert rounds_of(raised(urgent(), ada)) == [(1, ["sam"])]


@pytest.mark.usefixtures("rota")
def test_the_policy_is_kept_as_it_was_when_the_alert_was_raised(ada: Patient) -> None:
    policy = make_policy(ada.clinic)
    policy.steps.create(after_minutes=0, who=Who.LEAD)
    policy.steps.create(after_minutes=7, who=Who.TIER_2)
    alert = raised(urgent(), ada)
    policy.steps.all().delete()
    policy.steps.create(after_minutes=0, who=Who.TIER_1)
    send_all()
    assert pass_and_climb(6) == 0
    assert pass_and_climb(1) == 1
    send_all()
    pass_and_climb(20)
    assert rounds_of(alert) == [(1, ["robin"]), (2, ["sam"]), (2, ["kim", "robin", "sam"])]
    assert rounds_of(raised(urgent(problem=Problem.OTHER), ada)) == [(1, ["kim"])]


def make_policy(clinic: Clinic, urgency: Urgency = Urgency.URGENT) -> EscalationPolicy:
    return EscalationPolicy.objects.create(
        clinic=clinic,
        urgency=urgency,
        repeat_every_minutes=20,
        act_within_minutes=40,
        close_within_minutes=90,
        retry_after_minutes=12,
    )


@pytest.mark.usefixtures("rota")
@pytest.mark.parametrize(("is_holiday", "paged"), [(False, "sam"), (True, "robin")])
def test_office_hours_have_a_ladder_of_their_own(
    ada: Patient, is_holiday: bool, paged: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic = ada.clinic
    clinic.opens_at, clinic.closes_at = time(0), time(23, 59, 59, 999999)
    clinic.save()
    today = local_date(database_now(), ZoneInfo(clinic.time_zone))
    for days in range(3):  # a weekday, whatever day it is now; and midnight may pass
        monkeypatch.setattr("alerts.rota.SATURDAY", 7)
        if is_holiday:
            ClinicHoliday.objects.create(clinic=clinic, on=today + timedelta(days=days), name="closed")
    policy = make_policy(clinic)
    policy.steps.create(hours=Hours.OFFICE, after_minutes=0, who=Who.TIER_2)
    policy.steps.create(hours=Hours.OUT_OF_HOURS, after_minutes=0, who=Who.LEAD)
    assert rounds_of(raised(urgent(), ada)) == [(1, [paged])]


def test_public_holidays_are_those_of_the_country_and_the_clinic_may_differ(clinic: Clinic) -> None:
    zone = ZoneInfo(clinic.time_zone)
    noon = datetime(2026, 7, 21, 12, tzinfo=zone)
    assert office_hours_of(clinic, noon).is_open(noon)
    OfficeCalendar.objects.create(clinic=clinic, country="BE")
    assert not office_hours_of(clinic, noon).is_open(noon)
    ClinicHoliday.objects.create(clinic=clinic, on=date(2026, 7, 21), name="national day", is_open=True)
    assert office_hours_of(clinic, noon).is_open(noon)


# Nobody there


def test_a_step_that_finds_nobody_hands_over_at_once_and_says_so(
    ada: Patient, nurse_kim: Practitioner, sam: Practitioner
) -> None:
    gone = make_practitioner(ada.clinic, "gone", email="")
    policy = make_policy(ada.clinic)
    policy.fallback.add(gone)
    policy.steps.create(after_minutes=0, who=Who.TIER_2)
    policy.steps.create(after_minutes=10, who=Who.EVERYBODY)
    alert = raised(urgent(), ada)
    assert rounds_of(alert) == [(2, ["kim", "sam"])]
    assert events_of(alert) == ["raised", "escalated", "nobody_reachable"]
    system = Alert.objects.get(patient=ada, problem=Problem.SYSTEM)
    assert system.rules == ["NOBODY-REACHABLE"]
    assert rounds_of(system) == [(2, ["kim", "sam"])]


def test_when_the_last_step_finds_nobody_the_whole_team_is_paged(ada: Patient, sam: Practitioner) -> None:
    gone = make_practitioner(ada.clinic, "gone", email="")
    policy = make_policy(ada.clinic)
    policy.fallback.add(gone)
    policy.steps.create(after_minutes=0, who=Who.TIER_2)
    alert = raised(urgent(), ada)
    assert rounds_of(alert) == [(1, ["sam"])]
    assert "nobody_reachable" in events_of(alert)


def test_with_nobody_at_all_it_goes_on_trying(ada: Patient) -> None:
    alert = raised(urgent(), ada)
    assert rounds_of(alert) == []
    make_practitioner(ada.clinic, "new")
    assert pass_and_climb(30) == 2
    assert rounds_of(alert) == [(3, ["new"])]


def test_the_fallback_is_paged_when_nobody_is_on_shift(ada: Patient, sam: Practitioner, robin: Practitioner) -> None:
    policy = make_policy(ada.clinic)
    policy.fallback.add(robin)
    policy.steps.create(after_minutes=0, who=Who.TIER_1)
    alert = raised(urgent(), ada)
    assert rounds_of(alert) == [(1, ["robin"])]
    assert events_of(alert) == ["raised"]


# Taken, and what is awaited then


@pytest.fixture
def alert(ada: Patient, nurse_kim: Practitioner, rota: None) -> Alert:
    return raised(urgent("RESP-DYSPNEA", problem=Problem.RESPIRATORY), ada)


Act = Callable[[Alert, Practitioner], Alert]
ACTS: dict[str, tuple[Act, int, str, str]] = {
    "acknowledged": (lambda alert, kim: acknowledge(alert, kim, NOW), 60, "action", "acknowledged"),
    "acted on": (lambda alert, kim: record_action(alert, kim, "rang her", NOW), 24 * 60, "outcome", "acknowledged"),
    "not reached": (
        lambda alert, kim: close(alert, kim, Outcome.UNABLE_TO_REACH, "", NOW),
        30,
        "another_try",
        "acknowledged",
    ),
}
LET_LIE = ["acknowledged", "acted on"]


@pytest.mark.parametrize("how", ACTS)
def test_an_alert_that_is_taken_is_quiet_until_its_deadline_then_climbs_again(
    alert: Alert, nurse_kim: Practitioner, how: str
) -> None:
    act, minutes, awaited, state = ACTS[how]
    act(alert, nurse_kim)
    alert.refresh_from_db()
    assert (alert.state, alert.awaited) == (state, awaited)
    taken_by = nurse_kim.pk if state == "acknowledged" else None
    assert alert.acknowledged_by_id == taken_by
    assert pass_and_climb(minutes - 0.2) == 0
    assert pass_and_climb(0.2) == 1
    alert.refresh_from_db()
    assert (alert.state, alert.acknowledged_by, alert.awaited) == ("open", None, "")
    assert alert.events.get(kind="lapsed").detail == {"awaited": awaited, "by": taken_by}
    others = [(2, ["sam"])] if how in LET_LIE else []
    assert rounds_of(alert) == [(1, ["kim"]), (1, ["kim"]), *others]
    assert alert.notifications.get(cycle=1).state == "cancelled"
    assert {page.state for page in alert.notifications.exclude(cycle=1)} == {"pending"}


def test_whoever_takes_an_alert_again_and_again_and_lets_it_lie_is_soon_not_the_only_one_who_is_asked(
    alert: Alert, nurse_kim: Practitioner
) -> None:
    asked = []
    for _ in range(4):
        send_all()
        acknowledge(Alert.objects.get(pk=alert.pk), nurse_kim, NOW)
        before = set(alert.notifications.values_list("pk", flat=True))
        assert pass_and_climb(60) == 1
        anew = alert.notifications.exclude(pk__in=before).order_by("step")
        asked.append([page.recipient.user.username for page in anew])
    assert asked == [["kim", "sam"], ["kim", "sam", "robin"], ["kim", "sam", "robin"], ["kim", "sam", "robin"]]


def test_an_emergency_that_was_let_lie_goes_to_the_whole_team(
    ada: Patient, nurse_kim: Practitioner, rota: None
) -> None:
    make_practitioner(ada.clinic, "off_duty")
    alert = raised(emergency(), ada)
    send_all()
    acknowledge(alert, nurse_kim, NOW)
    assert pass_and_climb(15) == 1
    assert "off_duty" in {page.recipient.user.username for page in alert.notifications.all()}


def test_an_action_by_a_colleague_is_enough(alert: Alert, nurse_kim: Practitioner, sam: Practitioner) -> None:
    acknowledge(alert, nurse_kim, NOW)
    record_action(alert, sam, "rang her", NOW)
    alert.refresh_from_db()
    assert (alert.acknowledged_by, alert.awaited) == (nurse_kim, "outcome")
    assert pass_and_climb(60) == 0


def test_an_action_needs_words(alert: Alert, nurse_kim: Practitioner) -> None:
    with pytest.raises(ReasonMissing):
        record_action(alert, nurse_kim, "  ", NOW)
    add_note(alert, nurse_kim, "no action", NOW)
    alert.refresh_from_db()
    assert alert.state == "open", "a note is no action and takes nothing"


def test_not_reached_again_and_again_keeps_it_open(alert: Alert, nurse_kim: Practitioner) -> None:
    for _ in range(3):
        close(alert, nurse_kim, Outcome.UNABLE_TO_REACH, "", NOW)
        assert pass_and_climb(30) == 1
    assert events_of(alert).count("unable_to_reach") == events_of(alert).count("lapsed") == 3
    close(alert, nurse_kim, Outcome.CLINIC_VISIT, "rang", NOW)
    alert.refresh_from_db()
    assert (alert.climbs_at, pass_and_climb(24 * 60)) == (None, 0)


def test_a_rise_ends_what_was_awaited_and_begins_the_climb_anew(alert: Alert, nurse_kim: Practitioner) -> None:
    record_action(alert, nurse_kim, "rang her", NOW)
    raised(emergency(), alert.patient)
    alert.refresh_from_db()
    assert (alert.state, alert.awaited, alert.generation, alert.steps_taken) == ("open", "", 2, 1)
    assert rounds_of(alert) == [(1, ["kim"]), (1, ["kim", "robin", "sam"])]


def test_news_reach_all_who_were_paged_and_the_climb_goes_on(alert: Alert) -> None:
    pass_and_climb(15)
    before = Alert.objects.get(pk=alert.pk)
    raised(urgent("RESP-COUGH", problem=Problem.RESPIRATORY), alert.patient)
    alert.refresh_from_db()
    assert rounds_of(alert)[2:] == [(2, ["kim", "sam"])]
    assert (alert.climbs_at, alert.steps_taken) == (before.climbs_at, before.steps_taken)


def test_news_about_a_taken_alert_reach_who_took_it(alert: Alert, robin: Practitioner) -> None:
    acknowledge(alert, robin, NOW)
    raised(urgent("RESP-COUGH", problem=Problem.RESPIRATORY), alert.patient)
    alert.refresh_from_db()
    assert (alert.state, rounds_of(alert)[-1]) == ("acknowledged", (1, ["kim", "robin"]))


def test_a_routine_alert_pages_nobody_and_goes_back_to_the_worklist_when_it_is_let_lie(
    ada: Patient, nurse_kim: Practitioner
) -> None:
    alert = raised(routine(), ada)
    assert (alert.climbs_at, rounds_of(alert)) == (None, [])
    acknowledge(alert, nurse_kim, NOW)
    assert pass_and_climb(48 * 60) == 1
    alert.refresh_from_db()
    assert (alert.state, alert.climbs_at, rounds_of(alert)) == ("open", None, [])


def test_a_routine_alert_that_becomes_urgent_begins_to_climb(ada: Patient, nurse_kim: Practitioner) -> None:
    raised(routine(), ada)
    alert = raised(urgent(), ada)
    assert rounds_of(alert) == [(1, ["kim"])]
    assert pass_and_climb(15) == 1


# The database's own guard


def test_no_writer_can_leave_an_urgent_alert_silent(alert: Alert) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE alerts_alert SET climbs_at = NULL, climbing_since = NULL WHERE id = %s", [alert.pk])
    send_all()
    assert escalate_due() == 1
    assert rounds_of(alert) == [(1, ["kim"]), (1, ["kim"])]


def test_an_alert_of_a_release_that_knew_no_climbing_climbs(ada: Patient, nurse_kim: Practitioner) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO alerts_alert (id, clinic_id, patient_id, problem, urgency, state, generation, rules,"
            " answers_seen, raised_at, updated_at, outcome)"
            " VALUES (gen_random_uuid(), %s, %s, 'other', 3, 'open', 1, '[]', '{}', now(), now(), '')",
            [ada.clinic_id, ada.pk],
        )
    assert escalate_due() == 1
    assert rounds_of(Alert.objects.get()) == [(1, ["kim"])]


def test_an_alert_that_an_older_release_raised_and_paged_climbs(alert: Alert) -> None:
    send_all()
    Alert.objects.update(climbing_since=None, stepped_at=None, steps_taken=0, policy={}, climbs_at=Now())
    assert escalate_due() == 1
    assert rounds_of(alert) == [(1, ["kim"]), (1, ["kim"])]


def test_one_alert_that_cannot_climb_does_not_stop_the_others(
    ada: Patient, nurse_kim: Practitioner, caplog: pytest.LogCaptureFixture
) -> None:
    broken = raised(urgent(), ada)
    sound = raised(urgent(problem=Problem.OTHER), ada)
    let_pass(15)
    broken.notifications.update(state="accepted", cycle=2**31 - 1)  # one more cannot be written
    assert escalate_due() == 1
    assert len(rounds_of(sound)) == 1, "kim's page is still on its way"
    assert events_of(sound)[-1] == "escalated"
    assert "alert_did_not_climb" in caplog.text
    assert ada.full_name not in caplog.text


@pytest.mark.parametrize("sleeps", [False, True], ids=["another error of the database", "statement time-out"])
def test_a_statement_that_takes_too_long_stops_no_other_alert(
    ada: Patient, nurse_kim: Practitioner, monkeypatch: pytest.MonkeyPatch, sleeps: bool
) -> None:
    slow, other = raised(urgent(), ada), raised(urgent(problem=Problem.OTHER), ada)
    let_pass(15)
    go_on = escalating._climb_on

    def go_on_slowly(alert: Alert) -> bool:
        if alert.pk != slow.pk:
            return go_on(alert)
        if not sleeps:
            raise OperationalError("away")
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 10")
            cursor.execute("SELECT pg_sleep(5)")
        return True

    monkeypatch.setattr(escalating, "_climb_on", go_on_slowly)
    if sleeps:
        assert escalate_due() == 1
        assert events_of(other)[-1] == "escalated"
    else:
        with pytest.raises(OperationalError):
            escalate_due()


def test_an_alert_that_is_not_due_any_more_is_left_alone(alert: Alert) -> None:
    assert not escalate_one(alert.pk, alert.patient_id)
