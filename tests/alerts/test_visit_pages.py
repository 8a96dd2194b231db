"""The day-15 visit on the clinician site: checklist, the page to print, the clinic's own schedule (S-14)."""

from __future__ import annotations

import re
import uuid
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alerts.acknowledging import close
from alerts.attending import record_checklist
from alerts.clinic_schedules import apply_changed_schedules
from alerts.models import Alert, ChecklistTakenBack, Reminder, ScheduledVisit, Visit, VisitChecklist
from alerts.models.alert import Outcome
from alerts.visit_summary import MOST_ALERTS, MOST_DAYS, summarise
from alerts.visits import book_visit, plan_calendar
from symptoms.admin.said import history_words
from symptoms.clinical.actions import NotifyCareTeam, PlanCalendar
from symptoms.clinical.terms import Problem, Respondent, Urgency
from symptoms.courses import move_first_dose, record_dose_event, set_status
from symptoms.flow.report import file_report
from symptoms.models import CtcaeGrade, Patient, Practitioner
from symptoms.models.clinic import Role
from symptoms.models.report import ReportSource
from tests.alerts.making import raised
from tests.cast import course_of, make_practitioner, site_of

pytestmark = pytest.mark.django_db

DONE = {
    "stomatitis": "early",
    "weight_kg": "61.5",
    "adherence": "all_taken",
    "other_side_effects": "tired",
    "dose_decision": "continue",
    "note": "",
}


@pytest.fixture
def visit(ada: Patient) -> Visit:
    """ada's visit, on its day."""
    Visit.objects.filter(patient=ada).update(planned_on=timezone.now().astimezone(ada.clinic.zone).date())
    return Visit.objects.select_related("course__patient__clinic", "patient__clinic").get(patient=ada)


def url(visit: Visit, page: str) -> str:
    return reverse(f"admin:alerts_visit_{page}", args=[visit.pk])


def report(patient: Patient, answers: dict[str, Any], days_ago: int = 0) -> None:
    file_report(
        patient,
        client_id=uuid.uuid4(),
        answers=answers,
        occurred_at=None,
        respondent=Respondent.PATIENT,
        source=ReportSource.OFFLINE,
        now=timezone.now() - timedelta(days=days_ago),
    )


@pytest.mark.source("S-14")
def test_the_checklist_is_recorded_and_the_visit_attended(
    kim_site: Client, nurse_kim: Practitioner, visit: Visit
) -> None:
    assert 'id="checklists-heading"' not in kim_site.get(url(visit, "change")).content.decode()
    page = kim_site.get(url(visit, "checklist")).content.decode()
    for question in (
        "Early stomatitis",
        "Weight (kg)",
        "Tablets taken",
        "Other side effects",
        "Decision about the dose",
    ):
        assert question in page
    assert kim_site.post(url(visit, "checklist"), DONE).status_code == 302
    visit.refresh_from_db()
    done = VisitChecklist.objects.get(visit=visit)
    assert (visit.status, done.stomatitis, float(done.weight_kg or 0), done.recorded_by) == (
        "attended", "early", 61.5, nurse_kim,
    )  # fmt: skip
    assert not Reminder.objects.filter(visit=visit, state="pending").exists()
    page = kim_site.get(url(visit, "change")).content.decode()
    assert 'id="checklists-heading"' in page
    assert "early" in page


def test_who_came_is_recorded_on_the_day_with_who_said_so_and_may_be_taken_back(
    kim_site: Client, nurse_kim: Practitioner, visit: Visit
) -> None:
    kim_site.post(url(visit, "attended"))
    visit.refresh_from_db()
    assert (visit.status, visit.attended_by, visit.attended_at is not None) == ("attended", nurse_kim, True)
    assert kim_site.post(url(visit, "not_attended"), {"reason": ""}).status_code == 200
    kim_site.post(url(visit, "not_attended"), {"reason": "the wrong patient"})
    visit.refresh_from_db()
    assert (visit.status, visit.attended_by, visit.attended_at) == ("planned", None, None)
    said = LogEntry.objects.filter(object_id=str(visit.pk)).order_by("pk")
    assert [(line.user_id, history_words(line)) for line in said] == [
        (nurse_kim.user_id, "The visit is marked as attended."),
        (nurse_kim.user_id, "The visit is no longer marked as attended. Reason: the wrong patient"),
    ]


@pytest.mark.parametrize(
    ("status", "offered"),
    [
        ("planned", {"summary", "checklist", "book", "attended", "cancel", "another"}),
        ("attended", {"summary", "checklist", "not_attended", "another"}),
        ("cancelled", {"summary", "book", "another"}),
    ],
)
def test_the_page_names_the_patient_and_offers_what_fits(
    kim_site: Client, visit: Visit, status: str, offered: set[str]
) -> None:
    moment = timezone.now() if status == "attended" else None
    Visit.objects.filter(pk=visit.pk).update(
        status=status, attended_at=moment, cancelled_for="clinic" if status == "cancelled" else ""
    )
    page = kim_site.get(url(visit, "change")).content.decode()
    acts = ("summary", "checklist", "book", "attended", "not_attended", "cancel", "another")
    assert {act for act in acts if url(visit, act) in page} == offered
    assert ">Ada Archer</a>" in page


def test_a_checklist_offers_no_answer_without_words(kim_site: Client, visit: Visit) -> None:
    page = kim_site.get(url(visit, "checklist")).content.decode()
    radios = re.findall(r'<input type="radio"[^>]*>', page)
    assert len(radios) == 8
    assert not [radio for radio in radios if re.search(r'value=""| checked[ >]', radio)]


@pytest.mark.parametrize("page", ["attended", "checklist"])
def test_nobody_has_come_before_the_day(kim_site: Client, visit: Visit, page: str) -> None:
    tomorrow = timezone.now().date() + timedelta(days=2)
    Visit.objects.filter(pk=visit.pk).update(planned_on=tomorrow)
    assert "still ahead" in kim_site.post(url(visit, page), DONE).content.decode()
    Visit.objects.filter(pk=visit.pk).update(status="booked", booked_at=timezone.now() + timedelta(days=2))
    assert "still ahead" in kim_site.post(url(visit, page), DONE).content.decode()
    visit.refresh_from_db()
    assert (visit.status, visit.checklists.count()) == ("booked", 0)


def test_a_visit_with_a_checklist_took_place(kim_site: Client, visit: Visit) -> None:
    kim_site.post(url(visit, "checklist"), DONE)
    assert "took place" in kim_site.post(url(visit, "not_attended"), {"reason": "x"}).content.decode()


def take_back(site: Client, visit: Visit, reason: str = "the wrong patient") -> str:
    """Send the page as it was shown, to its end."""
    shown = site.get(url(visit, "checklist_back")).content.decode()
    (of,) = re.findall(r'name="checklist" value="(\d+)"', shown)
    sent = site.post(url(visit, "checklist_back"), {"reason": reason, "checklist": of}, follow=True)
    return sent.content.decode()


def test_a_checklist_of_the_wrong_patient_is_taken_back_and_stays_to_be_read(
    kim_site: Client, nurse_kim: Practitioner, visit: Visit
) -> None:
    kim_site.post(url(visit, "checklist"), DONE)
    assert "This field is required" in take_back(kim_site, visit, reason="")
    page = take_back(kim_site, visit)
    assert '<b class="taken-back">' in page
    assert "Kim Keller: the wrong patient</b>" in page
    assert "tired" in page
    assert url(visit, "checklist_back") not in page
    assert summarise(visit, timezone.now()).checklist is None
    taken = ChecklistTakenBack.objects.get()
    assert (taken.taken_back_by, taken.reason) == (nurse_kim, "the wrong patient")
    kim_site.post(url(visit, "not_attended"), {"reason": "it was somebody else"})
    visit.refresh_from_db()
    assert visit.status == "planned"
    for change in (ChecklistTakenBack.objects.update, ChecklistTakenBack.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(**({"taken_back_at": timezone.now()} if change.__name__ == "update" else {}))


def test_once_a_correction_is_taken_back_the_one_before_counts_again(kim_site: Client, visit: Visit) -> None:
    for seen in ("early", "none"):
        kim_site.post(url(visit, "checklist"), DONE | {"stomatitis": seen})
    old = {"reason": "the wrong patient", "checklist": VisitChecklist.objects.latest("pk").pk}
    take_back(kim_site, visit)
    counts = summarise(visit, timezone.now()).checklist
    assert counts is not None
    assert counts.stomatitis == "early"
    assert "does not count any more" in kim_site.post(url(visit, "checklist_back"), old).content.decode()
    assert ChecklistTakenBack.objects.count() == 1


def test_another_visit_is_planned_with_its_reminders(kim_site: Client, ada: Patient, visit: Visit) -> None:
    day = timezone.now().date() + timedelta(days=20)
    for wrong in (timezone.now().date() - timedelta(days=2), day + timedelta(days=400)):
        answer = kim_site.post(url(visit, "another"), {"planned_on": wrong.isoformat()})
        assert "within the next year" in answer.content.decode()
    kim_site.post(url(visit, "another"), {"planned_on": day.isoformat()})
    another = Visit.objects.get(patient=ada, kind="follow_up")
    assert (another.planned_on, another.status) == (day, "planned")
    for status, waiting in (("paused", 0), ("active", 3)):
        set_status(ada, status, timezone.now())
        assert another.reminders.filter(state="pending").count() == waiting


def test_a_weight_may_be_written_with_a_comma(kim_site: Client, visit: Visit) -> None:
    assert kim_site.post(url(visit, "checklist"), DONE | {"weight_kg": "60,5"}).status_code == 302
    assert float(VisitChecklist.objects.get(visit=visit).weight_kg or 0) == 60.5


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"weight_kg": "19.9"}, "weight_kg"),
        ({"weight_kg": "400.1"}, "weight_kg"),
        ({"weight_kg": "heavy"}, "weight_kg"),
        ({"stomatitis": ""}, "stomatitis"),
        ({"stomatitis": "perhaps"}, "stomatitis"),
        ({"dose_decision": ""}, "dose_decision"),
    ],
)
def test_a_checklist_that_cannot_be_is_refused_beside_its_field(
    kim_site: Client, visit: Visit, change: dict[str, str], field: str
) -> None:
    answer = kim_site.post(url(visit, "checklist"), DONE | change)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    visit.refresh_from_db()
    assert (visit.status, VisitChecklist.objects.count()) == ("planned", 0)


def test_the_function_names_every_wrong_field(nurse_kim: Practitioner, visit: Visit) -> None:
    with pytest.raises(ValidationError) as refusal:
        record_checklist(visit, nurse_kim, DONE | {"weight_kg": 3, "adherence": "so-so"}, timezone.now())
    assert sorted(refusal.value.message_dict) == ["adherence", "weight_kg"]


def test_a_correction_is_a_new_checklist_and_the_first_one_stays(
    kim_site: Client, visit: Visit, nurse_kim: Practitioner
) -> None:
    kim_site.post(url(visit, "checklist"), DONE)
    kim_site.post(url(visit, "checklist"), DONE | {"stomatitis": "none"})
    assert [one.stomatitis for one in visit.checklists.all()] == ["early", "none"]
    latest = summarise(visit, timezone.now()).checklist
    assert latest is not None
    assert latest.stomatitis == "none"
    rows = VisitChecklist.objects.all()
    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
        rows.update(note="x")
    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
        rows.delete()


@pytest.mark.parametrize(
    ("who", "status"), [("lee_site", 404), ("office", 403), ("ada_site", 302), ("ben_site", 302), ("nobody_site", 302)]
)
@pytest.mark.parametrize("page", ["checklist", "checklist_back", "summary"])
def test_checklist_and_summary_are_for_clinicians_of_the_own_clinic(
    request: pytest.FixtureRequest, ada: Patient, visit: Visit, who: str, status: int, page: str
) -> None:
    if who == "office":
        site = site_of(make_practitioner(ada.clinic, "office", role=Role.ADMINISTRATOR).user)
    else:
        site = request.getfixturevalue(who)
    assert site.get(url(visit, page)).status_code == status
    assert site.post(url(visit, page), DONE).status_code == (401 if status == 302 else status)
    assert VisitChecklist.objects.count() == 0


@pytest.mark.source("S-14")
def test_the_summary_shows_all_that_was_reported_since_the_first_dose(
    kim_site: Client, ada: Patient, visit: Visit
) -> None:
    onset = (timezone.now() - timedelta(days=3)).date().isoformat()
    sores = {
        "symptoms": ["mouth_sores"], "mouth_sores.count": 4, "mouth_sores.onset_on": onset,
        "mouth_sores.intake": "changed", "mouth_sores.severity": 2, "mouth_sores.interference": 1,
        "fever.temperature_c": 37.4,
    }  # fmt: skip
    report(ada, sores, days_ago=2)
    report(ada, {"symptoms": "none", "other_symptoms": {"fatigue": 2}}, days_ago=1)
    report(ada, {"symptoms": ["other"], "other.text": "<b>my nails</b>", "other.can_wait": "yes"})
    record_dose_event(
        course_of(ada), kind="interrupted", happened_on=timezone.now().date(), reason="stomatitis", now=timezone.now()
    )
    answer = kim_site.get(url(visit, "summary"))
    assert "no-store" in answer["Cache-Control"]
    page = answer.content.decode()
    for words in (
        ada.full_name, "day 10", "More than three mouth sores", "37.4", "changed", "fatigue: worst 2 of 4",
        "interrupted",
        "No baseline chest CT", "&lt;b&gt;my nails&lt;/b&gt;", "mouth sores: ", "sores <b>4</b>",
        "pain <b>2/1</b>",
    ):  # fmt: skip
        assert words in page, words
    assert "eating <b>changed</b>" in page
    assert "dose changed" not in page
    told_on = timezone.localdate() - timedelta(days=2)
    assert f"<div>{told_on.day} {told_on:%b %Y}</div></td>" in page, "a sheet of paper is read in another year"


def test_the_summary_has_what_the_dose_is_decided_by(
    kim_site: Client, ada: Patient, nurse_kim: Practitioner, visit: Visit
) -> None:
    now, course = timezone.now(), course_of(ada)
    sores = {"symptoms": ["mouth_sores"], "mouth_sores.count": 4, "mouth_sores.intake": "changed"}
    report(ada, sores | {"mouth_sores.intake": "reduced"}, days_ago=2)
    report(ada, sores, days_ago=1)
    record_dose_event(course, kind="interrupted", happened_on=now.date(), reason="stomatitis", now=now)
    CtcaeGrade.objects.create(
        patient=ada, term="mucositis_oral", grade=3, version="5.0", graded_on=now.date(), graded_by=nurse_kim,
        graded_at=now,
    )  # fmt: skip
    page = kim_site.get(url(visit, "summary")).content.decode()
    for words in ("interrupted since", "started 10 mg", "worst 3, last 2", "mucositis oral grade 3 (CTCAE v5.0)",
                  "Interruptions for stomatitis: <b>1</b>", "leaflets offered", "everolimus + exemestane", "data-print",
                  'name="viewport"'):  # fmt: skip
        assert words in page, words


@pytest.mark.parametrize("language", ["fr", "nl", "de", "es"])
def test_the_summary_has_no_english_in_another_language(
    kim_site: Client, ada: Patient, nurse_kim: Practitioner, visit: Visit, language: str
) -> None:
    report(ada, {"symptoms": ["fever"], "fever.temperature_c": 39.1})
    alert = Alert.objects.get()
    close(alert, nurse_kim, Outcome.TREATMENT_INTERRUPTED, "rang", timezone.now())
    page = kim_site.get(url(visit, "summary"), headers={"Accept-Language": language}).content.decode()
    for words in ("treatment interrupted", "39.1", "respiratory", "everolimus exemestane"):
        assert words not in page, words
    assert "39,1 °C" in page


def test_the_summary_leaves_out_what_came_before_the_first_dose(ada: Patient, visit: Visit) -> None:
    report(ada, {"symptoms": ["other"], "other.text": "before", "other.can_wait": "yes"}, days_ago=20)
    report(ada, {"symptoms": ["other"], "other.text": "since", "other.can_wait": "yes"}, days_ago=5)
    summary = summarise(visit, timezone.now())
    assert ([words for _, words in summary.words], len(summary.days)) == (["since"], 1)


def test_nothing_reported_is_not_said_to_be_well(kim_site: Client, visit: Visit) -> None:
    assert (
        "No symptom was reported. That is no proof that there was none."
        in kim_site.get(url(visit, "summary")).content.decode()
    )


def test_a_long_history_stays_on_a_page_and_costs_no_more_queries(
    ada: Patient, visit: Visit, django_assert_num_queries: Any
) -> None:
    first_dose_on = timezone.now().date() - timedelta(days=30)
    visit.course.first_dose_on = first_dose_on
    visit.course.save()
    cough = {"symptoms": ["cough"], "cough.severity": 1, "cough.interference": 0, "fever.temperature_c": 36.8}
    for _ in range(3):
        report(ada, cough | {"red_flags": "none", "cough.blood": "no"})
    with django_assert_num_queries(11):
        summarise(visit, timezone.now())
    for days in range(1, MOST_DAYS + 3):
        report(ada, cough | {"red_flags": "none", "cough.blood": "no"}, days_ago=days)
    with django_assert_num_queries(11):
        summary = summarise(visit, timezone.now())
    assert (len(summary.days), summary.days[0].reports) == (MOST_DAYS, 3)
    assert "3 earlier days with findings" in summary.left_out


def test_the_worst_of_a_day_is_shown_whatever_the_words_it_was_stated_in(ada: Patient, visit: Visit) -> None:
    onset = (timezone.now() - timedelta(days=5)).date()
    report(ada, {"symptoms": ["mouth_sores"], "mouth_sores.count": "more_than_three", "mouth_sores.intake": "reduced"})
    report(ada, {"symptoms": ["mouth_sores"], "mouth_sores.count": 3, "mouth_sores.onset_on": onset.isoformat()})
    report(ada, {"symptoms": ["fever"], "fever.temperature_c": 102.2, "fever.rigors": "yes"})
    report(ada, {"symptoms": ["fever"], "fever.temperature_c": 38.4})
    report(ada, {"symptoms": ["cough"], "cough.severity": 1, "cough.interference": 3, "cough.blood": "yes"})
    report(ada, {"symptoms": ["cough"], "red_flags": ["chest_pain", "blue_or_grey"]})
    summary = summarise(visit, timezone.now())
    worst = dict(summary.worst)
    assert (worst["sores"], worst[""], worst["cough"], worst["eating"], worst["since"]) == (
        ">3", "39.0 °C", "1/3", "reduced", f"{onset.day} {onset:%b %Y}",
    )  # fmt: skip
    assert summary.signs == ("blood in the cough", "blue or grey", "chest pain", "rigors")
    [day] = summary.days
    assert (day.reports, day.urgency, day.signs[-3:]) == (6, "emergency", " +3")


def test_every_alert_that_is_left_out_is_counted(ada: Patient, visit: Visit) -> None:
    for problem in ("mouth", "respiratory", "infection", "other", "no_report", "missed_visit", "system"):
        raised(NotifyCareTeam(Problem(problem), Urgency.ROUTINE, rules=("X",)), ada, now=timezone.now())
    summary = summarise(visit, timezone.now())
    assert (len(summary.alerts), "2 alerts" in summary.left_out) == (MOST_ALERTS, True)


def test_days_without_a_report_are_counted(ada: Patient, visit: Visit) -> None:
    now = timezone.now()
    for days in (1, 2, 3):
        Reminder.objects.create(
            patient=ada, kind="check_in", occurrence=f"{days}", state="sent", sent_at=now - timedelta(days=days),
            due_at=now - timedelta(days=days), expires_at=now,
        )  # fmt: skip
    report(ada, {"symptoms": "none"}, days_ago=2)
    summary = summarise(visit, now)
    assert (summary.asked, summary.unanswered, summary.quiet) == (3, 2, 1)


def plan(patient: Patient) -> None:
    plan_calendar(PlanCalendar(), patient=patient, report=None, now=timezone.now())


def follow_ups(patient: Patient) -> list[date]:
    visits = Visit.objects.filter(patient=patient, kind="follow_up").exclude(status="cancelled")
    return list(visits.order_by("planned_on").values_list("planned_on", flat=True))


def test_a_clinics_own_schedule_is_planned_for_everybody_on_treatment(
    kim_site: Client, ada: Patient, ben: Patient
) -> None:
    answer = kim_site.post(reverse("admin:alerts_scheduledvisit_add"), {"day": 29, "is_active": "on"})
    assert answer.status_code == 302
    assert apply_changed_schedules(timezone.now()) == 1
    assert apply_changed_schedules(timezone.now()) == 0
    day_29 = course_of(ada).first_dose_on + timedelta(days=28)
    assert (follow_ups(ada), follow_ups(ben)) == ([day_29], [])
    kinds = Reminder.objects.filter(visit__kind="follow_up", state="pending").order_by("due_at")
    assert [reminder.kind for reminder in kinds] == ["visit_week_before", "visit_day_before", "visit_today"]


@pytest.mark.parametrize("day", [0, 1, 15, 3651])
def test_a_day_that_cannot_be_scheduled_is_refused(kim_site: Client, day: int) -> None:
    answer = kim_site.post(reverse("admin:alerts_scheduledvisit_add"), {"day": day, "is_active": "on"})
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors
    assert not ScheduledVisit.objects.exists()


def test_the_schedule_of_another_clinic_does_not_exist(kim_site: Client, ben: Patient) -> None:
    line = ScheduledVisit.objects.create(clinic=ben.clinic, day=29)
    assert kim_site.get(reverse("admin:alerts_scheduledvisit_change", args=[line.pk])).status_code == 404
    listing = kim_site.get(reverse("admin:alerts_scheduledvisit_changelist")).content.decode()
    assert f"/{line.pk}/change" not in listing


def test_a_scheduled_visit_moves_with_the_first_dose_and_goes_with_its_line(ada: Patient) -> None:
    line = ScheduledVisit.objects.create(clinic=ada.clinic, day=29)
    plan(ada)
    course = course_of(ada)
    moved = move_first_dose(course, course.first_dose_on + timedelta(days=2), timezone.now())
    assert follow_ups(ada) == [moved.first_dose_on + timedelta(days=28)]
    line.is_active, line.apply_due_at = False, timezone.now()
    line.save()
    apply_changed_schedules(timezone.now())
    assert follow_ups(ada) == []


def test_a_booked_one_stays_when_its_line_goes(ada: Patient) -> None:
    line = ScheduledVisit.objects.create(clinic=ada.clinic, day=29)
    plan(ada)
    now = timezone.now()
    book_visit(Visit.objects.get(scheduled=line), now + timedelta(days=20), now)
    line.is_active = False
    line.save()
    plan(ada)
    assert Visit.objects.get(scheduled=line).status == "booked"


def test_a_scheduled_day_that_is_over_is_not_planned(ada: Patient) -> None:
    ScheduledVisit.objects.create(clinic=ada.clinic, day=8)
    plan(ada)
    assert follow_ups(ada) == []
    assert not ada.alerts.exists()


def test_a_time_is_booked_and_shown_by_the_clock_of_the_clinic(kim_site: Client, ada: Patient, visit: Visit) -> None:
    Patient.objects.filter(pk=ada.pk).update(time_zone="Europe/Lisbon")
    day = timezone.now().date() + timedelta(days=6)
    assert "Europe/Brussels" in kim_site.get(url(visit, "book")).content.decode()
    kim_site.post(url(visit, "book"), {"booked_at_0": day.isoformat(), "booked_at_1": "14:30"})
    visit.refresh_from_db()
    assert visit.booked_at is not None
    assert f"{visit.booked_at.astimezone(ZoneInfo('Europe/Brussels')):%F %H:%M}" == f"{day} 14:30"
    for page in ("summary", "book"):
        assert "14:30" in kim_site.get(url(visit, page)).content.decode()


def test_a_visit_cannot_be_booked_before_the_first_dose_nor_years_ahead(
    kim_site: Client, ada: Patient, visit: Visit
) -> None:
    today = timezone.now().date()
    move_first_dose(course_of(ada), today + timedelta(days=10), timezone.now())
    for days, words in ((9, "before the first dose"), (400, "within the next year")):
        day = today + timedelta(days=days)
        answer = kim_site.post(url(visit, "book"), {"booked_at_0": day.isoformat(), "booked_at_1": "12:00"})
        assert words in str(answer.context["form"].errors["booked_at"])
    kim_site.post(url(visit, "book"), {"booked_at_0": "2026-02-30", "booked_at_1": "12:00"})
    visit.refresh_from_db()
    assert visit.status == "planned"


def test_the_list_begins_with_the_nearest_visit_and_ends_with_the_one_longest_ago(
    kim_site: Client, visit: Visit
) -> None:
    today = visit.planned_on
    for days in (-30, -2, 3, 12):
        Visit.objects.create(
            patient=visit.patient, course=visit.course, kind="follow_up", planned_on=today + timedelta(days=days)
        )
    moved = Visit.objects.get(planned_on=today + timedelta(days=12))
    Visit.objects.filter(pk=moved.pk).update(booked_at=timezone.now() + timedelta(days=1), status="booked")
    shown = kim_site.get(reverse("admin:alerts_visit_changelist")).context["cl"].result_list
    assert [(one.planned_on - today).days for one in shown] == [0, 12, 3, -2, -30]


@pytest.mark.parametrize(("decision", "leads_to_the_log"), [("stop", True), ("reduce", True), ("continue", False)])
def test_a_decision_that_changes_the_dose_leads_to_the_dose_log(
    kim_site: Client, visit: Visit, decision: str, leads_to_the_log: bool
) -> None:
    answer = kim_site.post(url(visit, "checklist"), {**DONE, "dose_decision": decision}, follow=True)
    course = reverse("admin:symptoms_treatmentcourse_change", args=[visit.course_id])
    assert (answer.redirect_chain[-1][0] == course) is leads_to_the_log
    assert ("write it into the dose log below" in answer.content.decode()) is leads_to_the_log


def test_an_hour_of_the_night_is_asked_about(kim_site: Client, visit: Visit) -> None:
    day = (timezone.now() + timedelta(days=3)).date()
    asked = kim_site.post(url(visit, "book"), {"booked_at_0": f"{day}", "booked_at_1": "03:00"})
    assert asked.status_code == 200
    assert "early or late in the day" in asked.content.decode()
    assert 'type="checkbox" name="is_meant"' in asked.content.decode()
    meant = {"booked_at_0": f"{day}", "booked_at_1": "03:00", "is_meant": "on"}
    assert kim_site.post(url(visit, "book"), meant).status_code == 302
    visit.refresh_from_db()
    assert visit.status == "booked"


def test_booking_for_somebody_who_is_not_written_to_says_so(kim_site: Client, visit: Visit) -> None:
    set_status(visit.patient, "withdrawn", timezone.now())
    day = (timezone.now() + timedelta(days=3)).date()
    booked = kim_site.post(url(visit, "book"), {"booked_at_0": f"{day}", "booked_at_1": "10:00"}, follow=True)
    assert "nothing is sent to them" in booked.content.decode()
    planned = kim_site.post(url(visit, "another"), {"planned_on": f"{day}"}, follow=True)
    assert "nothing is sent to them" in planned.content.decode()
