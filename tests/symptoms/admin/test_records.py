"""What clinicians read and change on the pages of records."""

from __future__ import annotations

import re
from datetime import time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alerts.models import Visit
from config.privacy.erasing import request_erasure
from symptoms.carers import invite_carer
from symptoms.clinical.rulesets import CURRENT
from symptoms.flow.episodes import close_episode
from symptoms.models import DoseEvent, Episode, Erasure, Patient, Practitioner, RulesetApproval, SymptomReport
from symptoms.models.patient import PatientStatus
from tests.cast import course_of, site_of
from tests.filling import seen_on
from tests.symptoms.admin.conftest import Chart
from tests.symptoms.admin.records import one_of_each

pytestmark = pytest.mark.django_db


def page_of(row: Any, page: str = "change") -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=[row.pk])


def form_of(row: Any) -> str:
    """Where a row is edited: a patient behind the page, any other on it."""
    return page_of(row, "edit") if isinstance(row, Patient) else page_of(row)


def filled_in(site: Client, row: Any, **changes: Any) -> dict[str, Any]:
    """The row's page as the browser would send it back, with changes."""
    page = site.get(form_of(row))
    form = page.context["adminform"].form
    body = {name: form.initial.get(name) for name in form.fields} | {"seen": seen_on(page.content.decode())}
    return {name: value for name, value in (body | changes).items() if value is not None}


def dose_log(*lines: dict[str, Any], initial: int = 0) -> dict[str, Any]:
    """New lines below those that the dose log has already."""
    body: dict[str, Any] = {"dose_events-TOTAL_FORMS": initial + len(lines), "dose_events-INITIAL_FORMS": initial}
    for number, line in enumerate(lines, initial):
        body |= {f"dose_events-{number}-{name}": value for name, value in line.items()}
    return body


def test_a_report_says_which_rules_fired_in_words(kim_site: Client, ada_chart: Chart) -> None:
    page = kim_site.get(page_of(ada_chart.report)).content.decode()
    rule = CURRENT.by_id["MOUTH-COUNT"]
    for words in (rule.id, rule.text.split("<")[0][:30], *rule.sources, "mouth_sores.count"):
        assert words in page


def test_a_report_leads_to_the_correction_of_its_answers(kim_site: Client, ada_chart: Chart) -> None:
    report = ada_chart.report
    page = kim_site.get(page_of(report)).content.decode()
    assert page_of(report, "correct") in page
    assert "(&#x27;" not in page, "words, and no tuple"
    assert ada_chart.patient.full_name in kim_site.get(page_of(report, "correct")).content.decode()


def test_a_transcript_stands_in_order_and_runs_nothing_that_a_patient_wrote(kim_site: Client, ada_chart: Chart) -> None:
    page = kim_site.get(page_of(ada_chart.conversation)).content.decode()
    assert page.index("How are you?") < page.index("&lt;b&gt;four&lt;/b&gt; sores")
    assert "<b>four</b>" not in page


def test_a_clock_that_cannot_be_is_pointed_out(kim_site: Client, ada_chart: Chart) -> None:
    def page() -> str:
        return kim_site.get(page_of(ada_chart.report)).content.decode()

    assert "a time that cannot be" not in page()

    SymptomReport.objects.update(phone_time=timezone.now() + timedelta(hours=3))

    assert "a time that cannot be" in page()


def test_reports_and_assessments_cannot_be_changed(kim_site: Client, ada_chart: Chart) -> None:
    for row in (ada_chart.report, ada_chart.report.assessments.get(), ada_chart.conversation, ada_chart.episode):
        assert kim_site.post(page_of(row), {"urgency": "0"}).status_code == 403, row


def test_an_episode_is_closed_once_in_the_practitioners_name(
    kim_site: Client, lee_site: Client, ada_chart: Chart, nurse_kim: Practitioner
) -> None:
    address = page_of(ada_chart.episode, "close")
    assert lee_site.post(address).status_code == 404
    assert kim_site.get(address).status_code == 200
    assert Episode.objects.open().filter(pk=ada_chart.episode.pk).exists()
    for page in (kim_site.get(address), kim_site.post(address)):
        assert f"{ada_chart.patient.full_name}: mouth sores since" in page.content.decode()
    assert Episode.objects.open().filter(pk=ada_chart.episode.pk).exists(), "without the tick"
    said = kim_site.post(address, {"is_over": "on"}, follow=True)
    ada_chart.episode.refresh_from_db()
    assert ada_chart.episode.closed_by == nurse_kim
    assert "The episode is closed." in said.content.decode()
    closed_at = ada_chart.episode.closed_at
    kim_site.post(address, {"is_over": "on"})
    ada_chart.episode.refresh_from_db()
    assert ada_chart.episode.closed_at == closed_at


def test_only_the_way_back_leaves_the_page_of_an_episode(kim_site: Client, ada_chart: Chart) -> None:
    page = kim_site.get(page_of(ada_chart.episode)).content.decode()
    words = [" ".join(found.split()) for found in re.findall(r"<(?:a|button)\b[^>]*>([^<]+)<", page)]
    assert "End the episode" in words
    assert "Back to the list" in words
    assert "Close" not in words


@pytest.mark.parametrize(("hours", "is_refused"), [(0.1, False), (47.9, False), (48.1, True)])
def test_an_episode_that_was_ended_by_mistake_goes_on_and_its_patient_is_asked(
    kim_site: Client, ada_chart: Chart, nurse_kim: Practitioner, hours: float, is_refused: bool
) -> None:
    episode, now = ada_chart.episode, timezone.now()
    close_episode(episode, nurse_kim, now - timedelta(hours=hours))
    Episode.objects.filter(pk=episode.pk).update(earliest_on=now - timedelta(days=9))
    assert Episode.objects.get(pk=episode.pk).closed_at, "asked first"
    kim_site.get(page_of(episode, "reopen"))
    said = kim_site.post(page_of(episode, "reopen"), follow=True).content.decode()
    episode.refresh_from_db()
    assert (episode.closed_at is not None) is is_refused
    assert ("can be opened again" in said) is is_refused
    assert (episode in Episode.objects.ask_due(timezone.now())) is not is_refused


def test_what_the_patient_said_to_be_gone_is_not_opened_again_here(kim_site: Client, ada_chart: Chart) -> None:
    now = timezone.now()
    Episode.objects.filter(pk=ada_chart.episode.pk).update(closed_at=now, closed_on=now)
    kim_site.post(page_of(ada_chart.episode, "reopen"))
    assert not Episode.objects.open().exists()


def test_a_change_of_zone_and_quiet_hours_moves_what_is_ahead(kim_site: Client, ada_chart: Chart) -> None:
    episode, patient = ada_chart.episode, ada_chart.patient
    episode.ask_due_at = timezone.now() + timedelta(days=9)
    episode.save()
    before = episode.ask_due_at
    body = filled_in(kim_site, patient, time_zone="Europe/Lisbon", quiet_until=time(9, 0))
    assert kim_site.post(form_of(patient), body).status_code == 302
    patient.refresh_from_db()
    episode.refresh_from_db()
    assert (patient.time_zone, patient.quiet_until) == ("Europe/Lisbon", time(9, 0))
    assert episode.ask_due_at != before


def test_an_impossible_zone_is_refused(kim_site: Client, ada: Patient) -> None:
    response = kim_site.post(form_of(ada), filled_in(kim_site, ada, time_zone="Mars/Base"))
    assert "time_zone" in response.context["adminform"].form.errors


def test_a_patient_is_paused(kim_site: Client, ada: Patient) -> None:
    kim_site.post(form_of(ada), filled_in(kim_site, ada, status="paused"))
    ada.refresh_from_db()
    assert ada.status == PatientStatus.ACTIVE, "it is no field among others"
    address = page_of(ada, "status")
    page = kim_site.get(address).content.decode()
    assert "the service asks and reminds of nothing" in page.replace("\n", " ")
    assert kim_site.post(address, {"status": ""}).status_code == 200
    assert kim_site.post(address, {"status": "paused"}).status_code == 302
    ada.refresh_from_db()
    assert ada.status == PatientStatus.PAUSED


def test_a_taken_hospital_number_is_said_and_nothing_breaks(kim_site: Client, ada: Patient) -> None:
    Patient.objects.filter(pk=ada.pk).update(hospital_number="N-1")
    site_page = reverse("admin:symptoms_patient_enrol")
    kim_site.post(
        site_page,
        {
            "full_name": "Cleo Costa", "phone": "+32 2 555 11 22",
            "language": "en", "time_zone": "Europe/Brussels", "regimen": "other",
            "first_dose_on": f"{timezone.now():%Y-%m-%d}", "starting_dose_mg": "10", "is_bath_prescribed": "unknown",
        },
    )  # fmt: skip
    cleo = Patient.objects.get(full_name="Cleo Costa")
    response = kim_site.post(form_of(cleo), filled_in(kim_site, cleo, hospital_number="N-1"))
    assert response.status_code == 200
    assert response.context["adminform"].form.errors


@pytest.mark.source("S-17")
def test_a_missing_baseline_ct_is_pointed_out(kim_site: Client, ada: Patient) -> None:
    course = course_of(ada)
    warning = "No baseline chest CT is recorded"
    assert warning in kim_site.get(page_of(course)).content.decode()
    course.baseline_ct_on = course.first_dose_on - timedelta(days=3)
    course.save()
    assert warning not in kim_site.get(page_of(course)).content.decode()


@pytest.mark.source("S-01")
def test_nothing_of_a_new_line_of_the_dose_log_is_chosen_beforehand(kim_site: Client, ada: Patient) -> None:
    course = course_of(ada)
    page = kim_site.get(page_of(course)).content.decode()
    for name in ("kind", "reason"):
        select = page.split(f'name="dose_events-__prefix__-{name}"')[1].split("</select>")[0]
        assert '<option value="" selected' in select, name
    line = {"kind": "interrupted", "happened_on": f"{course.first_dose_on:%Y-%m-%d}", "reason": ""}
    answer = kim_site.post(page_of(course), filled_in(kim_site, course) | dose_log(line))
    assert "This field is required" in answer.content.decode()
    assert not course.dose_events.exists()


def test_a_line_of_the_dose_log_bears_the_name_of_who_wrote_it(
    kim_site: Client, ada: Patient, nurse_kim: Practitioner
) -> None:
    course = course_of(ada)
    line = {"kind": "interrupted", "happened_on": f"{course.first_dose_on:%Y-%m-%d}", "reason": "stomatitis"}
    body = filled_in(kim_site, course, is_bath_prescribed="true") | dose_log(line)
    assert kim_site.post(page_of(course), body).status_code == 302
    event = DoseEvent.objects.get(course=course)
    assert (event.kind, event.recorded_by) == ("interrupted", nurse_kim.user)


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ({"kind": "changed", "reason": "other", "days": 1}, "dose_mg"),
        ({"kind": "interrupted", "reason": "other", "days": -1}, "happened_on"),
        ({"kind": "interrupted", "reason": "other", "days": 400}, "happened_on"),
    ],
)
def test_a_line_that_cannot_be_true_is_refused(
    kim_site: Client, ada: Patient, line: dict[str, Any], field: str
) -> None:
    course = course_of(ada)
    day = course.first_dose_on + timedelta(days=line["days"])
    sent = {"kind": line["kind"], "reason": line["reason"], "happened_on": f"{day:%Y-%m-%d}"}
    response = kim_site.post(page_of(course), filled_in(kim_site, course) | dose_log(sent))
    assert response.status_code == 200
    assert not DoseEvent.objects.exists()
    assert field in response.context["inline_admin_formsets"][0].formset.forms[0].errors


@pytest.mark.parametrize(
    ("second", "is_kept"),
    [("restarted", True), ("stopped", True), ("interrupted", False), ("changed", False)],
)
def test_lines_that_are_written_together_have_to_fit_each_other(
    kim_site: Client, ada: Patient, second: str, is_kept: bool
) -> None:
    course = course_of(ada)
    lines = [
        {"kind": kind, "reason": "other", "happened_on": f"{course.first_dose_on + timedelta(days=days):%Y-%m-%d}"}
        for kind, days in ((second, 1), ("interrupted", 0))
    ]
    lines[0] |= {"is_the_end": "on", "dose_mg": "5"}
    body = filled_in(kim_site, course, is_bath_prescribed="true") | dose_log(*lines)
    response = kim_site.post(page_of(course), body)
    assert (response.status_code, DoseEvent.objects.count()) == ((302, 2) if is_kept else (200, 0))
    if not is_kept:
        assert "has been interrupted since" in response.content.decode()


def test_the_end_of_treatment_is_asked_for_twice(kim_site: Client, ada: Patient) -> None:
    course = course_of(ada)
    stop = dose_log({"kind": "stopped", "happened_on": f"{timezone.now():%Y-%m-%d}", "reason": "other"})
    page = kim_site.post(page_of(course), filled_in(kim_site, course, is_bath_prescribed="true") | stop)
    assert "For a pause choose “interrupted”" in page.content.decode()
    assert course_of(ada) == course, "nothing has been written"


def test_stopping_ends_the_course_and_a_new_one_can_begin(kim_site: Client, ada: Patient) -> None:
    course = course_of(ada)
    new = {
        "patient": str(ada.pk), "regimen": "other", "starting_dose_mg": "5",
        "first_dose_on": f"{timezone.now():%Y-%m-%d}", "is_bath_prescribed": "unknown",
    }  # fmt: skip
    address = reverse("admin:symptoms_treatmentcourse_add")
    assert "patient" in kim_site.post(address, new).context["adminform"].form.errors
    day = f"{timezone.now() - timedelta(days=1):%Y-%m-%d}"
    body = filled_in(kim_site, course, is_bath_prescribed="true")
    body |= dose_log({"kind": "stopped", "happened_on": day, "reason": "other", "is_the_end": "on"})
    assert kim_site.post(page_of(course), body).status_code == 302
    course.refresh_from_db()
    assert f"{course.ended_on}" == day
    assert kim_site.post(address, new).status_code == 302
    assert Visit.objects.filter(patient=ada, course=course_of(ada)).exists()


def test_a_moved_first_dose_moves_the_visit(kim_site: Client, ada: Patient) -> None:
    course = course_of(ada)
    moved = course.first_dose_on + timedelta(days=2)
    body = filled_in(kim_site, course, first_dose_on=f"{moved:%Y-%m-%d}", is_bath_prescribed="true") | dose_log()
    assert kim_site.post(page_of(course), body).status_code == 302
    assert course_of(ada).first_dose_on == moved
    assert Visit.objects.get(patient=ada).planned_on == course_of(ada).day_15_on


def test_an_oncologist_approves_the_rules_in_force_once(oncologist: Practitioner, kim_site: Client) -> None:
    address = reverse("admin:symptoms_rulesetapproval_rules")
    seen = {"seen_hash": CURRENT.content_hash}
    assert kim_site.post(address, seen).status_code == 403
    site = site_of(oncologist.user)
    page = site.get(address).content.decode()
    assert CURRENT.content_hash in page
    assert "NHS: An ambulance at once when the chest feels tight or heavy." in page
    assert f"As an oncologist I approve for {oncologist.clinic}" in page
    assert "have changed since" in site.post(address, {"seen_hash": "0" * 64}, follow=True).content.decode()
    assert not RulesetApproval.objects.exists()
    for _again in range(2):
        assert f"Approved by {oncologist}" in site.post(address, seen, follow=True).content.decode()
    approval = RulesetApproval.objects.get()
    assert (approval.ruleset, approval.ruleset_hash) == (CURRENT.version, CURRENT.content_hash)
    assert (approval.approved_by, approval.clinic) == (oncologist, oncologist.clinic)
    assert site.post(page_of(approval), {}).status_code == 403


def test_carers_are_named_before_all_of_them_are_ended(kim_site: Client, ada: Patient, ben: Patient) -> None:
    for patient, name in ((ada, "Max"), (ada, "Ina"), (ben, "Zoe")):
        invite_carer(patient, name=name, now=timezone.now(), by=patient.user)
    carers = reverse("admin:symptoms_carer_changelist")
    chosen = {"action": "end", "_selected_action": [f"{one.pk}" for one in ada.carers.all()[:1]]}
    asked = kim_site.post(carers, {**chosen, "select_across": "1", "index": "0"})
    page = asked.content.decode()
    assert asked.status_code == 200
    assert "Max (Ada Archer)" in page
    assert "Ina (Ada Archer)" in page
    assert ada.carers.in_force().count() == 2
    sent: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page):
        sent.setdefault(name, []).append(value)
    assert kim_site.post(carers, sent).status_code == 302
    assert not ada.carers.in_force().exists()
    assert ben.carers.in_force().count() == 1


def test_the_page_says_when_contact_details_go_and_why_they_are_gone(kim_site: Client, ada: Patient) -> None:
    page = reverse("admin:symptoms_patient_change", args=[ada.pk])
    contact = request_erasure(ada, by=ada.user, now=timezone.now())[0]
    assert "The contact details are erased on" in kim_site.get(page).content.decode()
    Patient.objects.filter(pk=ada.pk).update(phone="", email="")
    Erasure.objects.filter(pk=contact.pk).update(done_at=timezone.now())
    assert "The contact details were erased on" in kim_site.get(page).content.decode()


def test_lists_say_regimens_doses_and_symptoms_as_the_pages_do(
    kim_site: Client, ada: Patient, nurse_kim: Practitioner
) -> None:
    one_of_each(ada, nurse_kim)
    Episode.objects.filter(patient=ada).update(symptom="dyspnea")

    def shown(model: str) -> str:
        return kim_site.get(reverse(f"admin:symptoms_{model}_changelist")).content.decode()

    assert "everolimus + exemestane" in shown("treatmentcourse")
    assert "10 mg" in shown("treatmentcourse")
    assert "breathlessness" in shown("episode")
    assert "interrupted" in shown("doseevent")
    assert "unknown" not in shown("message"), "what the chatbot says awaits no answer"
