"""Whoever looks at a patient on the clinician site is written down, and nothing is shown that could not be."""

from __future__ import annotations

import csv
import uuid
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.contrib import admin
from django.db import DatabaseError, connection, transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from education.models import LeafletText, Misunderstanding, TeachBackAnswer
from education.understanding import mark_read
from symptoms.access_log import NotRecorded, RecordedPages
from symptoms.admin.page_names import BESIDE_MODELS, name_page
from symptoms.admin.recording import path_to_patient
from symptoms.client_address import client_address
from symptoms.models import AccessRecord, Clinic, EmergencyAccess, Patient, Practitioner
from symptoms.models.access import AccessKind
from symptoms.models.clinic import Role
from symptoms.spreadsheets import csv_response, safe_cell
from tests.cast import course_of, make_patient, make_practitioner, site_of
from tests.filling import Page
from tests.symptoms.admin.records import one_of_each
from tests.symptoms.admin.test_enrolling import filled_in

pytestmark = pytest.mark.django_db

PATIENT_PAGES = {model: way for model in admin.site._registry if (way := path_to_patient(model)) is not None}


def last_access() -> AccessRecord:
    return AccessRecord.objects.latest("id")


def list_url(model: type[Model] | Model) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def url(record: Model, page: str = "change") -> str:
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_{page}", args=[record.pk])


@pytest.fixture
def everything(ada: Patient, nurse_kim: Practitioner) -> None:
    """A row about ada in every table that is about patients and has pages."""
    one_of_each(ada, nurse_kim)
    now = timezone.now()
    text = LeafletText.objects.filter(slug="your-mouth", language="en", clinic=None).latest("created_at")
    mark_read(ada, text, uuid.uuid4(), now)
    asked = {"patient": ada, "text": text, "slug": text.slug, "question": "one"}
    TeachBackAnswer.objects.create(**asked, option="a", is_right=False, client_id=uuid.uuid4(), answered_at=now)
    Misunderstanding.objects.create(**asked, opened_at=now)


def test_an_address_that_only_leads_on_answers_a_form_without_an_error(kim_site: Client, ada: Patient) -> None:
    assert kim_site.post(f"/admin/symptoms/patient/{ada.pk}/").status_code == 302


def test_the_way_to_the_patient_is_found_by_foreign_keys() -> None:
    ways = {model._meta.model_name: way for model, way in PATIENT_PAGES.items()}
    assert ways["patient"] == ""
    assert ways["message"] == "conversation__patient"
    assert ways["notification"] == "alert__patient"
    assert {"practitioner", "clinic", "user", "shift", "leaflettext", "contactpoint"}.isdisjoint(ways)


@pytest.mark.usefixtures("everything")
def test_every_list_record_and_history_of_a_patient_is_recorded(
    ada: Patient, kim_site: Client, auditor_site: Client
) -> None:
    assert len(PATIENT_PAGES) >= 19
    for model, way in PATIENT_PAGES.items():
        site, who = (auditor_site, "audrey") if model is EmergencyAccess else (kim_site, "kim")
        row = model._default_manager.filter(**{way or "pk": ada.pk}).first()
        assert row is not None, model
        for kind, page in (("list", list_url(row)), ("search", f"{list_url(row)}?q=a")):
            assert site.get(page).status_code == 200, page
            access = last_access()
            assert (access.kind, access.record, access.person.username) == (kind, "", who), page
        for page in ("change", "history"):
            before = AccessRecord.objects.count()
            assert site.get(url(row, page)).status_code == 200, (model, page)
            access = last_access()
            assert AccessRecord.objects.count() == before + 1, (model, page)
            assert (access.kind, access.patients) == ("view", [ada.pk]), (model, page)
            assert access.record == f"{model._meta.label_lower} {row.pk}"
            assert access.page.endswith(page)


def pages_of_acts() -> Iterator[tuple[type[Model], str]]:
    """Every further page of one record: acknowledge, close, book, print ..."""
    for model in PATIENT_PAGES:
        pages: Any = admin.site.get_model_admin(model)
        for detail in pages._get_base_actions_detail():
            yield model, detail.action_name


@pytest.mark.usefixtures("everything")
def test_every_page_of_an_act_on_a_patients_record_is_recorded(ada: Patient, kim_site: Client) -> None:
    acts = list(pages_of_acts())
    assert len(acts) >= 10
    for model, name in acts:
        row = model._default_manager.filter(**{PATIENT_PAGES[model] or "pk": ada.pk}).first()
        assert row is not None
        answer = kim_site.get(reverse(f"admin:{name}", args=[row.pk]))
        assert answer.status_code in (200, 302), name
        access = last_access()
        assert (access.page, access.patients) == (f"admin:{name}", [ada.pk]), name


def test_a_list_is_one_row_with_the_patients_that_it_showed(clinic: Clinic, ben: Patient, kim_site: Client) -> None:
    shown = {make_patient(clinic, f"Patient {number}").pk for number in range(3)}
    kim_site.get(reverse("admin:symptoms_patient_changelist"))
    access = AccessRecord.objects.get()
    assert set(access.patients) == shown
    assert (access.kind, access.clinic, access.role, access.address) == ("list", clinic, "nurse", "127.0.0.1")


def test_a_search_is_recorded_by_whom_it_found_and_not_by_its_words(ada: Patient, kim_site: Client) -> None:
    for words, found in (("Archer", [ada.pk]), ("Nobody-of-this-name", [])):
        kim_site.get(reverse("admin:symptoms_patient_changelist"), {"q": words})
        access = last_access()
        assert (access.kind, access.patients) == ("search", found)
        assert words not in str(AccessRecord.objects.filter(pk=access.pk).values())


def test_names_offered_while_typing_are_recorded(ada: Patient, kim_site: Client) -> None:
    query = {"app_label": "symptoms", "model_name": "treatmentcourse", "field_name": "patient", "term": "ad"}
    assert kim_site.get(reverse("admin:autocomplete"), query).json()["results"]
    assert (last_access().kind, last_access().patients) == ("search", [ada.pk])


def test_a_change_is_recorded_with_the_change(ada: Patient, kim_site: Client) -> None:
    assert "are saved" in Page(kim_site, url(ada, "edit")).send(phone="+32 470 00 00 00")
    access = AccessRecord.objects.get(kind=AccessKind.CHANGE)
    assert (access.kind, access.patients, access.page) == ("change", [ada.pk], "admin:symptoms_patient_edit")


def test_a_form_that_names_a_patient_beforehand_is_recorded(ada: Patient, ben: Patient, kim_site: Client) -> None:
    add = reverse("admin:symptoms_treatmentcourse_add")
    for query, count in (
        ({}, 0),
        ({"patient": str(ben.pk)}, 0),
        ({"patient": str(ada.pk)}, 1),
    ):
        page = kim_site.get(add, query)
        assert page.status_code == 200
        assert AccessRecord.objects.count() == count
        assert (ada.full_name in page.content.decode()) is bool(count)
        assert ben.full_name not in page.content.decode()
    kim_site.post(add, {"patient": str(ada.pk)})
    assert AccessRecord.objects.count() == 2


def test_enrolling_is_recorded(clinic: Clinic, nurse_kim: Practitioner, kim_site: Client) -> None:
    kim_site.get(reverse("admin:symptoms_patient_enrol"))
    assert not AccessRecord.objects.exists()
    page = kim_site.post(reverse("admin:symptoms_patient_enrol"), filled_in(full_name="Nora New"))
    assert page.status_code == 200
    assert (last_access().kind, last_access().patients) == ("add", [Patient.objects.get(full_name="Nora New").pk])


def test_what_is_done_with_chosen_rows_is_recorded(
    ada: Patient, nurse_kim: Practitioner, kim_site: Client, lee_site: Client
) -> None:
    token = one_of_each(ada, nurse_kim)["devicetoken"]
    before = AccessRecord.objects.count()
    chosen = {"action": "sign_out", "_selected_action": [str(token.pk)]}
    lee_site.post(list_url(token), chosen)
    assert AccessRecord.objects.count() == before
    kim_site.post(list_url(token), chosen)
    assert {(one.kind, one.patients[0]) for one in AccessRecord.objects.all()[:2]} == {("change", ada.pk)}


def test_the_visit_summary_is_recorded_as_printed(ada: Patient, kim_site: Client) -> None:
    visit: Any = course_of(ada).visits.first()
    assert kim_site.get(reverse("admin:alerts_visit_summary", args=[visit.pk])).status_code == 200
    assert (last_access().kind, last_access().patients) == ("print", [ada.pk])


def test_what_somebody_may_not_see_is_not_recorded_as_seen(ada: Patient, lee_site: Client) -> None:
    assert lee_site.get(url(ada)).status_code == 404
    assert lee_site.get(reverse("admin:symptoms_accessrecord_changelist")).status_code == 403
    assert not AccessRecord.objects.exists()


def test_without_a_record_nothing_is_shown_and_nothing_changed(
    ada: Patient, kim_site: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = kim_site.get(url(ada, "edit"))
    fields = {name: value for name, value in page.context["adminform"].form.initial.items() if value is not None}

    def fails(**_: Any) -> None:
        raise DatabaseError("the log cannot be written")

    monkeypatch.setattr(AccessRecord.objects, "create", fails)
    kim_site.raise_request_exception = False
    for answer in (
        kim_site.get(url(ada)),
        kim_site.get(list_url(ada)),
        kim_site.post(url(ada, "edit"), {**fields, "full_name": "Somebody Else"}),
    ):
        assert answer.status_code == 500
        assert ada.full_name not in answer.content.decode()
    assert Patient.objects.get(pk=ada.pk).full_name == ada.full_name


def test_a_page_that_forgets_the_log_does_not_leave(nurse_kim: Practitioner, ada: Patient) -> None:
    def forgetful(request: HttpRequest) -> HttpResponse:
        return HttpResponse("Ada Archer")

    request = RequestFactory().get("/admin/a-new-page/")
    request.user = nurse_kim.user
    with pytest.raises(NotRecorded):
        RecordedPages(forgetful)(request)
    request.user = ada.user  # no session of a patient gets so far, and no page shows anything to it
    assert RecordedPages(forgetful)(request).status_code == 200


@pytest.mark.parametrize(
    "statement",
    ["UPDATE symptoms_accessrecord SET kind = 'list'", "DELETE FROM symptoms_accessrecord"],
)
def test_the_log_is_not_rewritten(statement: str, ada: Patient, kim_site: Client) -> None:
    kim_site.get(url(ada))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def auditor_site(clinic: Clinic) -> Client:
    return site_of(make_practitioner(clinic, "audrey", role=Role.AUDITOR).user)


def test_an_auditor_finds_who_looked_at_a_patient(
    ada: Patient, ben: Patient, kim_site: Client, lee_site: Client, auditor_site: Client, clinic: Clinic
) -> None:
    other = make_patient(clinic, "Olive Other")
    for patient in (ada, other):
        kim_site.get(url(patient))
    lee_site.get(url(ben))
    seen, unseen = (AccessRecord.objects.get(patients__contains=[one.pk]) for one in (ada, other))
    of_lee = AccessRecord.objects.get(person__username="lee")
    log = reverse("admin:symptoms_accessrecord_changelist")
    for query in ({"q": "Archer"}, {"q": str(ada.pk)}):
        page = auditor_site.get(log, query).content.decode()
        assert url(seen) in page
        assert url(unseen) not in page
    everything = auditor_site.get(log).content.decode()
    assert url(seen) in everything
    assert url(unseen) in everything
    assert url(of_lee) not in everything
    assert auditor_site.get(url(of_lee)).status_code == 404
    assert url(seen) not in auditor_site.get(log, {"q": "Baker"}).content.decode()
    for query in ({"days": "1"}, {"kind__exact": "view"}, {"person__id__exact": str(seen.person_id)}):
        assert url(seen) in auditor_site.get(log, query).content.decode(), query
    assert url(seen) not in auditor_site.get(log, {"kind__exact": "print"}).content.decode()
    assert ada.full_name in auditor_site.get(url(seen)).content.decode()


def test_looking_at_the_log_is_in_the_log(ada: Patient, kim_site: Client, auditor_site: Client) -> None:
    kim_site.get(url(ada))
    auditor_site.get(reverse("admin:symptoms_accessrecord_changelist"))
    assert (last_access().person.username, last_access().patients) == ("audrey", [ada.pk])


def test_the_log_is_taken_away_as_csv_with_the_filters_of_the_page(
    ada: Patient, kim_site: Client, auditor_site: Client
) -> None:
    kim_site.get(url(ada))
    kim_site.get(list_url(ada))
    answer = auditor_site.get(reverse("admin:symptoms_accessrecord_export"), {"kind__exact": "view"})
    text = b"".join(answer).decode("utf-8-sig")
    rows = list(csv.reader(text.splitlines()))
    assert len(rows) == 2
    assert rows[1][1:5] == ["kim", "nurse", "looked at", "Patient"]
    assert ada.full_name not in text
    assert last_access().kind == AccessKind.EXPORT
    assert kim_site.get(reverse("admin:symptoms_accessrecord_export")).status_code == 403


def test_the_log_is_taken_away_in_the_words_of_whoever_reads(
    ada: Patient, kim_site: Client, auditor_site: Client
) -> None:
    kim_site.get(url(ada))
    answer = auditor_site.get(reverse("admin:symptoms_accessrecord_export"), headers={"Accept-Language": "de"})
    rows = list(csv.reader(b"".join(answer).decode("utf-8-sig").splitlines()))
    assert rows[0][:4] == ["wann", "wer", "Rolle", "was"]
    assert rows[-1][2:5] == ["Pflegekraft", "angesehen", "Patient"]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "|cmd", "%x"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert safe_cell(cell).startswith("'")


REASONS = [
    "no papers;=1+cmd|' /C calc'!A0",
    "no papers; =1+1",
    "no papers\t=1+1",
    "no papers\n=1+1",
    "no papers\r\n-1",
    'no papers;"=1+1"',
    'no papers;""=1+1',
    'he said "so";+1',
    "no papers;\t=1",
    ";;@SUM(A1)",
]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("reason", REASONS)
def test_no_reader_finds_a_formula_in_a_cell_whatever_it_takes_for_a_separator(reason: str, separator: str) -> None:
    table = b"".join(csv_response("x.csv", ["why", "who"], [[reason, "kim"], ["kim", reason]])).decode("utf-8-sig")
    cells = [cell for row in csv.reader(StringIO(table, newline=""), delimiter=separator) for cell in row]
    assert not [cell for cell in cells if cell.strip(' "\t\r\n').startswith(("=", "+", "-", "@", "|", "%"))]


def test_harmless_cells_stay_as_they_are() -> None:
    harmless = ["a=b", "2026-01-01", "pale; tired", "by car, 20-30 min", "two\n\nlines"]
    assert [safe_cell(one) for one in harmless] == harmless
    assert [safe_cell(one) for one in (5, None)] == ["5", ""]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "10.6.6.6, 203.0.113.9", "203.0.113.9"),
        (2, "10.6.6.6, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "no address", None),
    ],
)
def test_only_what_trusted_proxies_wrote_is_an_address(
    proxies: int, forwarded: str, address: str | None, settings: Settings
) -> None:
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == address


def test_the_log_calls_every_page_by_words() -> None:
    names = {f"admin:{one.name}" for pages in admin.site._registry.values() for one in pages.urls if one.name}
    unseen = {name for name in names if name.endswith("_delete")} | {
        "admin:alerts_alert_state",
        "admin:alerts_alert_watch",
    }
    assert {name for name in (names - unseen) | BESIDE_MODELS.keys() if name_page(name) == name} == set()
    assert name_page("admin:symptoms_patient_new_code") == "Patient: New activation code"
    assert name_page("admin:symptoms_no_such_page") == "admin:symptoms_no_such_page"


@pytest.mark.parametrize("days", ["abc", "9" * 30, "-1", "7.5", ""])
def test_a_period_that_is_none_is_no_error(auditor_site: Client, days: str) -> None:
    address = reverse("admin:symptoms_accessrecord_changelist")
    assert auditor_site.get(address, {"days": days}).status_code == 200
