"""The page of an alert: what satisfied each rule, in whose words, beside what was before, and what was done."""

from __future__ import annotations

import html
import re
import uuid
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localtime
from pytest_django import DjangoAssertNumQueries

from alerts.acknowledging import acknowledge, add_note, close
from alerts.admin.forms import CloseForm
from alerts.admin.support import LINES
from alerts.evidence import gather_evidence
from alerts.models import Alert
from alerts.models.alert import Outcome
from alerts.models.notification import AttemptOutcome, Channel
from alerts.notifying import deliver_due
from alerts.reasons import reason_of
from config.privacy.erasing import request_erasure
from symptoms.clinical.decision_support import Support
from symptoms.clinical.terms import Problem, Respondent, Urgency
from symptoms.courses import record_dose_event, set_status
from symptoms.flow.opening import open_conversation
from symptoms.flow.receive import AnswerKind, InboundMessage
from symptoms.flow.report import file_report
from symptoms.flow.turn import take_turn
from symptoms.models import AccessRecord, Clinic, Erasure, Patient, Practitioner
from symptoms.models.report import ReportSource
from tests.alerts.delivering import NullTransport
from tests.alerts.making import emergency, raised, routine, urgent
from tests.cast import course_of, make_practitioner

pytestmark = pytest.mark.django_db

WORDS = "my mouth is full of ulcers and I can hardly eat"


def say(patient: Patient, *messages: tuple[AnswerKind, object], at: datetime) -> None:
    open_conversation(patient, uuid.uuid4(), at)
    for number, (kind, value) in enumerate(messages):
        talk = patient.conversations.latest("started_at")
        take_turn(talk, InboundMessage(uuid.uuid4(), kind, value), at + timedelta(seconds=20 * number))


def file(patient: Patient, answers: dict[str, object], at: datetime) -> None:
    file_report(
        patient, client_id=uuid.uuid4(), answers=answers, occurred_at=None, respondent=Respondent.PATIENT,
        source=ReportSource.FORM, now=at,
    )  # fmt: skip


@pytest.fixture
def told(ada: Patient, nurse_kim: Practitioner) -> Alert:
    """Ada has typed of ulcers and of eating, an hour ago; the alert is urgent."""
    began = timezone.now() - timedelta(hours=1)
    answers = ((AnswerKind.TEXT, WORDS), (AnswerKind.DATE, began.date()), (AnswerKind.CHOICE, "3"))
    say(ada, *answers, at=began)
    return Alert.objects.get(problem=Problem.MOUTH)


def page_of(site: Client, alert: Alert) -> str:
    return site.get(reverse("admin:alerts_alert_change", args=[alert.pk])).content.decode()


def test_an_alert_says_when_contact_details_go_and_why_they_are_gone(
    kim_site: Client, told: Alert, ada: Patient
) -> None:
    assert "contact details" not in page_of(kim_site, told)
    contact = request_erasure(ada, by=ada.user, now=timezone.now())[0]
    assert "The contact details are erased on" in page_of(kim_site, told)
    Patient.objects.filter(pk=ada.pk).update(phone="", email="")
    Erasure.objects.filter(pk=contact.pk).update(done_at=timezone.now())
    assert "The contact details were erased on" in page_of(kim_site, told)


def test_each_rule_stands_with_its_words_answers_and_source(kim_site: Client, told: Alert) -> None:
    found = {finding.reason.rule: finding for finding in gather_evidence(told).findings}
    count = found["MOUTH-COUNT"]
    assert count.answers == (("mouth_sores.count", "more_than_three"),)
    assert count.words == (WORDS,)
    assert count.reason.sources == ("S-11",)
    assert found["MOUTH-SEVERE"].answers[0] == ("mouth_sores.severity", 3)
    page = page_of(kim_site, told)
    for words in (
        "More than three mouth sores: a count of 4 or more",
        WORDS,
        "<dt>sores</dt><dd>More than three",
        "Come back at once with more than three lesions",
        "Severe (3)",
    ):
        assert words in page


def test_a_source_beside_the_review_stands_with_its_passage(kim_site: Client, ada: Patient) -> None:
    say(ada, (AnswerKind.TEXT, "my chest feels tight and I am out of breath"), at=timezone.now())
    page = page_of(kim_site, Alert.objects.get())
    for words in (
        "Chest pain or tightness, together with cough, breathlessness or coughed blood",
        "NHS page on shortness of breath: An ambulance at once when the chest feels tight or heavy.",
        "to be confirmed by a clinician: Fail-safe: what is not known counts as the worse answer.",
    ):
        assert words in page


def test_routine_findings_that_add_up_are_named(ada: Patient, nurse_kim: Practitioner, kim_site: Client) -> None:
    sore = {
        "mouth_sores.count": 1, "mouth_sores.severity": 2, "mouth_sores.interference": 0,
        "mouth_sores.intake": "normal", "mouth_sores.onset_on": timezone.localdate().isoformat(),
    }  # fmt: skip
    other = {"other.text": "a rash", "other.can_wait": "yes", "fever.temperature_c": 37.0}
    file(ada, {"symptoms": ["mouth_sores", "other"], **sore, **other}, timezone.now())
    alert = Alert.objects.get(problem=Problem.OTHER)
    found = {finding.reason.rule: finding for finding in gather_evidence(alert).findings}
    assert found["TWO-ROUTINE"].context == (("routine_findings", ["MOUTH-PAIN", "OTHER"]),)
    assert "MOUTH-PAIN, OTHER" in page_of(kim_site, alert)


def test_words_that_come_in_the_answer_to_another_question_stand_at_what_they_tell(
    kim_site: Client, ada: Patient, nurse_kim: Practitioner
) -> None:
    words = "very bad. and now I have a fever of 39.1"
    began = timezone.now() - timedelta(minutes=10)
    say(ada, (AnswerKind.CHOICES, ["mouth_sores"]), (AnswerKind.CHOICE, "1_to_3"), at=began)
    talk = ada.conversations.get()
    take_turn(talk, InboundMessage(uuid.uuid4(), AnswerKind.TEXT, words), began + timedelta(minutes=1))
    alert = Alert.objects.get(problem=Problem.INFECTION)
    (fever,) = (one for one in gather_evidence(alert).findings if one.reason.rule == "FEVER")
    origin = fever.origins["fever.temperature_c"]
    assert (origin.words, origin.is_chosen, origin.is_asked) == ((words,), False, False)
    assert words in fever.words
    page = page_of(kim_site, alert)
    assert "understood from these words" in page
    assert page.count(f'<q lang="en">{words}</q>') >= 1
    assert "What is your temperature now?" not in page.split('id="talk"')[0]


def test_what_was_ticked_is_said_to_be_chosen(kim_site: Client, ada: Patient, nurse_kim: Practitioner) -> None:
    file(ada, {"symptoms": ["dyspnea"], "red_flags": ["blue_or_grey"]}, timezone.now())
    alert = Alert.objects.get(urgency=Urgency.EMERGENCY)
    page = page_of(kim_site, alert)
    assert '<span class="origin">chosen</span>' in page
    assert "understood from these words" not in page


def test_a_sign_of_danger_in_words_is_not_shown_as_ticked(ada: Patient, nurse_kim: Practitioner) -> None:
    say(ada, (AnswerKind.TEXT, "my lips are blue"), at=timezone.now())
    alert = Alert.objects.get(urgency=Urgency.EMERGENCY)
    (colour,) = (one for one in gather_evidence(alert).findings if one.reason.rule == "RED-COLOUR")
    assert not colour.origins["red_flags"].is_chosen
    assert colour.origins["red_flags"].words == ("my lips are blue",)


def test_a_remark_about_suicide_stands_there_in_its_words(ada: Patient, nurse_kim: Practitioner) -> None:
    say(ada, (AnswerKind.TEXT, "I want to kill myself"), at=timezone.now())
    alert = Alert.objects.get(urgency=Urgency.EMERGENCY)
    (remark,) = (one for one in gather_evidence(alert).findings if one.reason.rule == "SELF-HARM")
    assert remark.words == ("I want to kill myself",)
    assert remark.moment is not None


def test_the_head_says_what_is_wrong_and_what_the_patient_was_told(
    kim_site: Client, ada: Patient, nurse_kim: Practitioner
) -> None:
    Patient.objects.filter(pk=ada.pk).update(
        date_of_birth="1961-04-12", phone="+32 2 555 12 34", carer_name="Carl", carer_phone="+32 2 555 98 76"
    )
    at = timezone.now()
    say(ada, (AnswerKind.TEXT, "my lips are blue"), at=at)
    alert = Alert.objects.get(urgency=Urgency.EMERGENCY)
    head = page_of(kim_site, alert).split('<header class="card head')[1].split("</header>")[0]
    assert "Lips or skin turning blue or grey" in head
    assert f"Told at {localtime(at, ada.clinic.zone):%H:%M}: call 112" in head
    assert re.search("born 12 Apr[a-z]* 1961", head)
    assert head.count("data-phone") == 2
    assert "+32 2 555" not in head, "shown when it is asked for"
    carers = f"{reverse('admin:alerts_alert_phone', args=[alert.pk])}?whose=carer"
    assert carers in head
    assert "+32 2 555 98 76" in kim_site.post(carers).content.decode()


def test_the_moment_is_marked_in_the_talk(kim_site: Client, told: Alert) -> None:
    found = {finding.reason.rule: finding for finding in gather_evidence(told).findings}
    opening, _, answer = told.patient.conversations.get().messages.filter(sender="patient").order_by("number")
    assert found["MOUTH-COUNT"].moment == opening.pk
    assert found["MOUTH-SEVERE"].moment == answer.pk
    page = page_of(kim_site, told)
    assert f'id="message-{opening.pk}" class="patient moment"' in page
    assert f'href="#message-{answer.pk}"' in page


def test_a_rule_that_compares_shows_what_with(ada: Patient, nurse_kim: Practitioner) -> None:
    breathless = {"symptoms": ["dyspnea"], "red_flags": "none", "dyspnea.severity": 2, "dyspnea.interference": 1}
    file(ada, breathless | {"dyspnea.exertion": "moderate"}, timezone.now())
    found = {finding.reason.rule: finding for finding in gather_evidence(Alert.objects.get()).findings}
    assert ("baseline_dyspnea", 0) in found["RESP-DYSPNEA"].context


def test_what_no_report_raised_says_why_all_the_same(kim_site: Client, ada: Patient) -> None:
    alert = raised(routine("VISIT-MISSED", problem=Problem.MISSED_VISIT), ada, now=timezone.now())
    page = page_of(kim_site, alert)
    assert "The visit was not marked as attended in time." in page
    assert "No talk is behind this alert." in page
    assert "Nobody was paged" in page


def test_treatment_baseline_and_dose_log_stand_beside_it(kim_site: Client, told: Alert, ada: Patient) -> None:
    course = course_of(ada)
    now = timezone.now()
    for kind, days, dose in (("interrupted", 5, None), ("restarted", 2, 5)):
        on = now.date() - timedelta(days=days)
        record_dose_event(course, kind=kind, happened_on=on, dose_mg=dose, reason="stomatitis", now=now)
    page = page_of(kim_site, told)
    for words in (
        "<b>10</b> (first dose",
        "No baseline chest CT is recorded (S-17)",
        "interrupted",
        "restarted",
        "5 mg",
    ):
        assert words in page
    evidence = gather_evidence(told)
    assert (evidence.stomatitis_interruptions, evidence.stomatitis_grade) == (1, 3)


def test_decision_support_is_cited_and_counts_earlier_interruptions(
    kim_site: Client, ada: Patient, nurse_kim: Practitioner
) -> None:
    now = timezone.now()
    sore = {
        "symptoms": ["mouth_sores"], "mouth_sores.count": 5, "mouth_sores.onset_on": now.date().isoformat(),
        "mouth_sores.intake": "changed", "mouth_sores.severity": 3, "mouth_sores.interference": 1,
        "fever.temperature_c": 36.8,
    }  # fmt: skip
    file(ada, sore, now)
    alert = Alert.objects.get()
    expected = (
        Support.STOMATITIS_GRADE_2, Support.SEVERE_MOUTH_PAIN, Support.MOUTH_BATH_EARLY, Support.STEPWISE_START,
    )  # fmt: skip
    assert gather_evidence(alert).support == expected
    page = page_of(kim_site, alert)
    for words in ("on the dose log so far: 0", "2.4 % against 33 %", "46.1 %"):
        assert words in page
    shown = re.sub(r"<[^>]+>", "", page)
    for sources in ("[S-09]", "[S-08]", "[S-06, SWISH]"):
        assert sources in shown


def test_every_source_leads_to_what_it_says(kim_site: Client, told: Alert) -> None:
    leads_to = set(re.findall(r'href="([^"#]+)#(source-[^"]+)"', page_of(kim_site, told)))
    assert {"source-S-09", "source-SWISH"} <= {anchor for _, anchor in leads_to}
    for page, anchor in leads_to:
        assert f'id="{anchor}"' in kim_site.get(page).content.decode(), anchor
    named = {tag for _, sources in LINES.values() for tag in sources.split(", ")}
    rules = kim_site.get(reverse("admin:symptoms_rulesetapproval_rules")).content.decode()
    assert not [tag for tag in named if f'id="source-{tag}"' not in rules]


def test_a_respiratory_alert_warns_of_a_missing_baseline_ct(kim_site: Client, ada: Patient) -> None:
    page = page_of(kim_site, raised(emergency(), ada, now=timezone.now()))
    assert "There is no baseline chest CT from before the first dose to compare with." in page
    assert "Exclude infection, Pneumocystis included." in page


def test_the_trend_shows_the_last_reports_oldest_first(kim_site: Client, told: Alert, ada: Patient) -> None:
    quiet: dict[str, object] = {"symptoms": "none"}
    for days in (5, 3):
        file(ada, quiet, timezone.now() - timedelta(days=days))
    evidence = gather_evidence(told)
    assert [report.answers.get("symptoms") for report in evidence.reports][1:] == ["none", "none"]
    page = page_of(kim_site, told)
    assert page.count('<th scope="row">') == 3
    assert '<tr class="own">' in page


def test_what_was_told_on_an_earlier_day_has_its_date(kim_site: Client, ada: Patient, nurse_kim: Practitioner) -> None:
    at = timezone.now() - timedelta(days=2)
    say(ada, (AnswerKind.TEXT, "my lips are blue"), at=at)
    page = page_of(kim_site, Alert.objects.get(urgency=Urgency.EMERGENCY))
    assert f"Told on {localtime(at, ada.clinic.zone):%-d %b, %H:%M}: call 112" in page


def test_pages_stand_with_who_how_and_what_came_of_them(
    kim_site: Client, told: Alert, clinic: Clinic, nurse_kim: Practitioner
) -> None:
    deliver_due(5, {Channel.EMAIL: NullTransport(AttemptOutcome.ACCEPTED)})
    page = page_of(kim_site, told)
    assert "<b>Kim Keller</b>, e-mail: accepted by the provider" in page
    (total,) = re.findall(r"<details><summary>(\d+) pages?: ([^<]+)</summary>", page)
    counts = [int(number) for number in re.findall(r"(\d+) × ", total[1])] or [int(total[0])]
    assert int(total[0]) == sum(counts) == page.count("<b>Kim Keller</b>, ")
    assert "accepted by the provider" in total[1].split("; ")[0]


def test_that_an_urgent_alert_needs_a_note_is_marked_before_it_is_refused(
    kim_site: Client, told: Alert, ada: Patient
) -> None:
    closing = reverse("admin:alerts_alert_close", args=[told.pk])
    assert CloseForm(instance=told).fields["note"].required
    assert "Write who was spoken to" in kim_site.post(closing, {"outcome": "phone_advice"}).content.decode()
    waiting = raised(routine("FEVER-LOW", problem=Problem.INFECTION), ada)
    assert not CloseForm(instance=waiting).fields["note"].required


def test_notes_and_acts_are_on_the_timeline_escaped(kim_site: Client, told: Alert, nurse_kim: Practitioner) -> None:
    acknowledge(told, nurse_kim, timezone.now())
    add_note(told, nurse_kim, "<script>alert(1)</script>", timezone.now())
    page = page_of(kim_site, told)
    assert "&lt;script&gt;alert(1)" in page
    assert "<b>Taken</b> · Kim Keller" in page
    assert "You have it" in page


def test_a_closed_alert_says_by_whom_and_offers_a_note_alone(
    kim_site: Client, told: Alert, nurse_kim: Practitioner
) -> None:
    close(told, nurse_kim, Outcome.CLINIC_VISIT, "seen", timezone.now())
    page = page_of(kim_site, told)
    assert "Kim Keller closed this alert on" in page
    assert "visit to the clinic" in page
    assert reverse("admin:alerts_alert_note", args=[told.pk]) in page
    for act in ("acknowledge", "close", "record_action", "message"):
        assert f'action="{reverse(f"admin:alerts_alert_{act}", args=[told.pk])}"' not in page


def close_as_interrupted(site: Client, alert: Alert) -> str:
    seen = {"generation": alert.generation, "seen_at": alert.updated_at.isoformat()}
    body = {**seen, "outcome": "treatment_interrupted", "note": "rang", "is_seen_to": "on"}
    address = reverse("admin:alerts_alert_close", args=[alert.pk])
    return site.post(address, body, follow=True).content.decode()


def test_closing_as_interrupted_leads_to_the_dose_log(kim_site: Client, told: Alert, ada: Patient) -> None:
    page = close_as_interrupted(kim_site, told)
    assert "The dose log does not say yet that the drug is interrupted" in page
    assert f'href="{reverse("admin:symptoms_treatmentcourse_change", args=[course_of(ada).pk])}">Write it in' in page


def test_closing_as_interrupted_says_what_the_dose_log_says_already(
    kim_site: Client, told: Alert, ada: Patient
) -> None:
    now = timezone.now()
    record_dose_event(course_of(ada), kind="interrupted", happened_on=now.date(), reason="stomatitis", now=now)
    page = close_as_interrupted(kim_site, told)
    assert "The dose log says: interrupted since" in page
    assert "does not say yet" not in page
    assert re.search(r"interrupted since [^<]* \(stomatitis\)", page_of(kim_site, told))


def test_the_list_of_all_alerts_says_what_the_patient_stated(kim_site: Client, told: Alert) -> None:
    page = kim_site.get(reverse("admin:alerts_alert_changelist")).content.decode()
    assert "sores: More than three" in page
    assert "a count of 4 or more" not in page


def test_a_closed_alert_leads_to_the_one_after_it(kim_site: Client, told: Alert, nurse_kim: Practitioner) -> None:
    close(told, nurse_kim, Outcome.CLINIC_VISIT, "seen", timezone.now())
    later = raised(urgent("MOUTH-UNKNOWN"), told.patient, now=timezone.now())
    assert f"Alert {later.number} was raised about it later." in page_of(kim_site, told)


def test_a_stale_page_closes_nothing_and_says_who_has_it(
    kim_site: Client, told: Alert, clinic: Clinic, nurse_kim: Practitioner
) -> None:
    seen = {"generation": told.generation, "seen_at": told.updated_at.isoformat()}
    sam = make_practitioner(clinic, "sam", name="Sam Sanders")
    acknowledge(told, sam, timezone.now())
    address = reverse("admin:alerts_alert_close", args=[told.pk])
    answer = kim_site.post(address, {**seen, "outcome": "phone_advice", "note": "rang"})
    assert "Sam Sanders has this alert now" in answer.content.decode()
    answer = kim_site.post(reverse("admin:alerts_alert_record_action", args=[told.pk]), {**seen, "note": "rang"})
    assert "Sam Sanders has this alert now" in answer.content.decode()
    told.refresh_from_db()
    assert (told.state, told.acknowledged_by) == ("acknowledged", sam)


def test_what_else_is_open_about_the_patient_stands_in_the_head(kim_site: Client, told: Alert, ada: Patient) -> None:
    other = raised(urgent("FEVER", problem=Problem.INFECTION), ada, now=timezone.now())
    page = page_of(kim_site, told)
    assert "Also open for this patient" in page
    assert f"#{other.number}" in page
    assert "1 more open alert of this patient" in kim_site.get("/admin/").content.decode()


def test_news_that_joined_have_to_be_seen_before_closing(kim_site: Client, told: Alert, ada: Patient) -> None:
    seen = {"generation": told.generation, "seen_at": told.updated_at.isoformat()}
    raised(urgent("MOUTH-DURATION"), ada, told.report, timezone.now())
    address = reverse("admin:alerts_alert_close", args=[told.pk])
    done = {"outcome": "phone_advice", "note": "rang", "is_seen_to": "on"}
    answer = kim_site.post(address, {**seen, **done}).content.decode()
    assert "Something was added to this alert since you opened it" in answer
    told.refresh_from_db()
    fresh = {"generation": told.generation, "seen_at": told.updated_at.isoformat()}
    kim_site.post(address, {**fresh, **done})
    told.refresh_from_db()
    assert told.state == "closed"


def fields_of(page: str) -> dict[str, str]:
    """The hidden fields of a form, as a browser sends them back."""
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {name: value for name, value in hidden if name != "csrfmiddlewaretoken"}


@pytest.mark.parametrize("act", ["close", "record_action"])
def test_what_is_new_is_shown_once_and_then_the_same_button_works(
    kim_site: Client, told: Alert, ada: Patient, nurse_kim: Practitioner, act: str
) -> None:
    acknowledge(told, nurse_kim, timezone.now())
    address = reverse(f"admin:alerts_alert_{act}", args=[told.pk])
    opened = fields_of(kim_site.get(address).content.decode())
    raised(urgent("MOUTH-DURATION"), ada, told.report, timezone.now())
    typed = {"outcome": "phone_advice", "note": "Rang her at nine."}
    refused = kim_site.post(address, {**opened, **typed}).content.decode()
    assert "Something was added to your alert since you opened it" in refused
    assert "News joined it" in refused
    assert str(reason_of("MOUTH-DURATION").text) in html.unescape(refused)
    assert "Rang her at nine." in refused
    answer = kim_site.post(address, {**fields_of(refused), **typed})
    assert answer.status_code == 302
    assert told.events.filter(kind__in=["closed", "action"]).get().detail["note"] == "Rang her at nine."


def test_a_page_that_is_refused_for_something_else_has_no_news(kim_site: Client, told: Alert) -> None:
    address = reverse("admin:alerts_alert_close", args=[told.pk])
    opened = fields_of(kim_site.get(address).content.decode())
    refused = kim_site.post(address, {**opened, "outcome": "", "note": ""}).content.decode()
    assert "New since you opened this page" not in refused


def test_what_was_typed_about_an_alert_that_somebody_else_closed_is_kept_as_a_note(
    kim_site: Client, told: Alert, clinic: Clinic
) -> None:
    address = reverse("admin:alerts_alert_close", args=[told.pk])
    typed = {
        **fields_of(kim_site.get(address).content.decode()),
        "outcome": "phone_advice",
        "note": "Rang her at nine.",
    }
    sam = make_practitioner(clinic, "sam", name="Sam Sanders")
    close(told, sam, Outcome.CLINIC_VISIT, "seen", timezone.now())
    refused = kim_site.post(address, typed).content.decode()
    assert "Sam Sanders has already closed this alert" in refused
    note = reverse("admin:alerts_alert_note", args=[told.pk])
    assert f'formaction="{note}"' in refused
    assert kim_site.post(note, {**typed, **fields_of(refused)}).status_code == 302
    assert told.events.get(kind="note").detail["note"] == "Rang her at nine."


def test_a_seen_moment_that_cannot_be_read_is_refused(kim_site: Client, told: Alert) -> None:
    address = reverse("admin:alerts_alert_close", args=[told.pk])
    answer = {"generation": told.generation, "seen_at": "yesterday", "outcome": "phone_advice", "note": ""}
    assert kim_site.post(address, answer).status_code == 200
    told.refresh_from_db()
    assert told.state == "open"


def test_somebody_who_has_withdrawn_is_marked_and_not_written_to(kim_site: Client, told: Alert, ada: Patient) -> None:
    set_status(ada, "withdrawn", timezone.now())
    page = page_of(kim_site, told)
    assert "withdrawn: the service does not write to this patient" in page
    assert "Write to the patient" not in page


def test_the_page_asks_whether_anything_has_happened_and_leaves_no_trace_in_the_log(
    kim_site: Client, told: Alert, nurse_kim: Practitioner
) -> None:
    page = kim_site.get(reverse("admin:alerts_alert_change", args=[told.pk]))
    assert page.context_data is not None
    version = page.context_data["version"]
    looked = AccessRecord.objects.count()
    address = reverse("admin:alerts_alert_state", args=[told.pk])
    first = kim_site.get(address)
    assert f'data-version="{version}"' in first.content.decode()
    tag = first.headers["ETag"]
    assert kim_site.get(address, headers={"If-None-Match": tag}).status_code == 304
    add_note(told, nurse_kim, "rang", timezone.now())
    answer = kim_site.get(address, headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert f'data-version="{version}"' not in answer.content.decode()
    assert str(told.patient) not in answer.content.decode()
    assert AccessRecord.objects.count() == looked


def test_the_number_of_statements_does_not_grow_with_the_history(
    kim_site: Client,
    told: Alert,
    ada: Patient,
    nurse_kim: Practitioner,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    acknowledge(told, nurse_kim, timezone.now())
    with django_assert_num_queries(13):
        gather_evidence(Alert.objects.select_related("patient").get(pk=told.pk))
    now = timezone.now()
    for days in range(30, 1, -1):
        file(ada, {"symptoms": "none"}, now - timedelta(days=days))
    say(ada, *[(AnswerKind.TEXT, "thank you")] * 20, at=now)
    for number in range(20):
        add_note(told, nurse_kim, f"note {number}", now)
    with django_assert_num_queries(13):
        gather_evidence(Alert.objects.select_related("patient").get(pk=told.pk))
