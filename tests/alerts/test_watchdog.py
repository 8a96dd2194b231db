"""The audit finds what is stuck, says it everywhere, and keeps the dead man's switch quiet only while all is clean."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.db.models import F
from django.db.models.functions import Now
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries, Settings
from rest_framework.test import APIClient

from alerts import watchdog
from alerts.acknowledging import acknowledge, close
from alerts.liveness import record_heartbeat
from alerts.models import Alert, Digest, Heartbeat, Notification, RotaGap
from alerts.models.alert import Outcome
from alerts.models.notification import AttemptOutcome, Channel
from alerts.models.rota import GapKind
from alerts.notifying import deliver_due
from alerts.timeline import lock_patient
from alerts.watchdog import MEANINGS, SILENT_AFTER, audit, reasons_for_delay, run_audit
from symptoms.clinical.terms import Problem
from symptoms.clock import database_now
from symptoms.flow.advise import call_team
from symptoms.models import Clinic, Patient, Practitioner
from symptoms.models.clinic import Role
from tests.alerts.delivering import NullTransport
from tests.alerts.making import NOW, emergency, make_report, raised, routine, urgent
from tests.alerts.making_time import let_pass
from tests.cast import make_practitioner, site_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def alive() -> None:
    """Everybody has just shown life, and the last audit was clean."""
    for name in SILENT_AFTER:
        record_heartbeat(name)


@pytest.fixture
def pings(settings: Settings) -> Iterator[list[str]]:
    """A dead man's switch: a real server on loopback that notes who called."""
    calls: list[str] = []

    class Switch(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            calls.append(self.path)
            self.send_response(500 if "broken" in self.path else 200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Keeps the output of the tests clean."""

    server = HTTPServer(("127.0.0.1", 0), Switch)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.HEARTBEAT_URL = f"http://127.0.0.1:{server.server_port}/ping"
    yield calls
    server.shutdown()
    server.server_close()


def send_all(*outcomes: AttemptOutcome) -> None:
    deliver_due(transports={Channel.EMAIL: NullTransport(*outcomes)})


def grow_old(minutes: float) -> None:
    """Alerts and their pages become so much older, and nothing is done meanwhile."""
    let_pass(minutes)
    Notification.objects.update(created_at=F("created_at") - timedelta(minutes=minutes))


@pytest.mark.parametrize(("minutes", "found"), [(1.9, []), (2.1, ["alert_undelivered"])])
def test_an_urgent_alert_that_reached_nobody_is_found_after_two_minutes(
    ada: Patient, nurse_kim: Practitioner, minutes: float, found: list[str]
) -> None:
    raised(urgent(), ada)
    grow_old(minutes)
    assert audit() == found


@pytest.mark.parametrize("how", ["told", "taken", "closed", "routine", "not reached"])
def test_an_alert_that_somebody_knows_of_is_no_finding(ada: Patient, nurse_kim: Practitioner, how: str) -> None:
    alert = raised(routine() if how == "routine" else urgent(), ada)
    acts: dict[str, Callable[[], object]] = {
        "told": send_all,
        "taken": lambda: acknowledge(alert, nurse_kim, NOW),
        "closed": lambda: close(alert, nurse_kim, Outcome.PHONE_ADVICE, "rang", NOW),
        "not reached": lambda: close(alert, nurse_kim, Outcome.UNABLE_TO_REACH, "", NOW),
        "routine": lambda: None,
    }
    acts[how]()
    grow_old(3)
    assert audit() == []


def test_a_page_that_is_tried_without_success_reached_nobody(ada: Patient, nurse_kim: Practitioner) -> None:
    raised(urgent(), ada)
    send_all(AttemptOutcome.TEMPORARY_FAILURE)
    grow_old(3)
    assert audit() == ["alert_undelivered"]


def test_a_climb_begun_anew_has_to_reach_somebody_anew(ada: Patient, nurse_kim: Practitioner) -> None:
    raised(urgent("RESP-DYSPNEA", problem=Problem.RESPIRATORY), ada)
    send_all()
    raised(emergency(), ada)
    grow_old(3)
    assert audit() == ["alert_undelivered"]


@pytest.mark.parametrize(("minutes", "found"), [(15.9, []), (16.1, ["climb_late"])])
def test_a_step_that_nobody_takes_is_found(
    ada: Patient, nurse_kim: Practitioner, minutes: float, found: list[str]
) -> None:
    raised(urgent(), ada)
    send_all()
    grow_old(minutes)
    assert audit() == found


@pytest.mark.parametrize(("minutes", "found"), [(2.9, []), (3.1, ["report_unjudged"])])
def test_a_report_that_nobody_judges_is_found(ada: Patient, minutes: float, found: list[str]) -> None:
    report = make_report(ada)
    type(report).objects.update(assess_due_at=Now() - timedelta(minutes=minutes))
    assert audit() == found


def test_a_digest_that_does_not_go_out_is_found(nurse_kim: Practitioner) -> None:
    now = database_now()
    Digest.objects.create(
        recipient=nurse_kim,
        on=now.date(),
        alert_count=1,
        not_before=now,
        created_at=now - timedelta(hours=2, seconds=5),
    )
    assert audit() == ["digest_late"]


@pytest.mark.usefixtures("alive")
def test_a_clean_audit_is_told_to_the_outside(pings: list[str]) -> None:
    assert run_audit() == []
    assert pings == ["/ping"]


@pytest.mark.usefixtures("alive")
def test_a_finding_is_kept_paged_about_and_silences_the_ping(
    ada: Patient, nurse_kim: Practitioner, pings: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    alert = raised(urgent(), ada)
    colleague = make_practitioner(ada.clinic, "cora", is_on_call=False)
    grow_old(3)
    assert run_audit() == run_audit() == ["alert_undelivered"]
    assert pings == []
    assert [page.recipient for page in alert.notifications.order_by("created_at")] == [nurse_kim, colleague]
    assert Alert.objects.get() == alert, "the stuck alert itself says it, and no second one"
    assert reasons_for_delay() == ["alert_undelivered"]
    assert "alerting_impaired findings=alert_undelivered" in caplog.text
    assert ada.full_name not in caplog.text


@pytest.mark.usefixtures("alive")
@pytest.mark.parametrize(("minutes", "pages"), [(14, 1), (16, 2)])
def test_what_climbs_too_late_is_paged_again_a_quarter_of_an_hour_later(
    ada: Patient, nurse_kim: Practitioner, minutes: int, pages: int
) -> None:
    alert = raised(urgent(), ada)
    send_all()
    Alert.objects.update(climbs_at=Now() - timedelta(minutes=2))
    Notification.objects.update(created_at=Now() - timedelta(minutes=minutes))
    assert run_audit() == run_audit() == ["climb_late"]
    assert alert.notifications.filter(recipient=nurse_kim).count() == pages


@pytest.mark.usefixtures("alive")
def test_what_was_taken_meanwhile_is_not_paged_about(
    ada: Patient, nurse_kim: Practitioner, monkeypatch: pytest.MonkeyPatch
) -> None:
    alert = raised(urgent(), ada)
    make_practitioner(ada.clinic, "cora")
    grow_old(3)
    monkeypatch.setattr(
        watchdog, "lock_patient", lambda pk: (acknowledge(alert, nurse_kim, database_now()), lock_patient(pk))
    )
    run_audit()
    assert alert.notifications.count() == 1


@pytest.mark.usefixtures("alive")
def test_an_alert_that_cannot_be_paged_about_does_not_stop_the_others(
    ada: Patient, ben: Patient, nurse_kim: Practitioner, nurse_lee: Practitioner, monkeypatch: pytest.MonkeyPatch
) -> None:
    stuck = {raised(urgent(), one).pk for one in (ada, ben)}
    grow_old(3)
    tried = []

    def fail(alert: Alert) -> bool:
        tried.append(alert.pk)
        raise ValueError("broken")

    monkeypatch.setattr(watchdog, "page_stuck", fail)
    run_audit()
    assert set(tried) == stuck


@pytest.mark.usefixtures("alive")
@pytest.mark.parametrize("name", SILENT_AFTER)
def test_whoever_falls_silent_is_named_and_silences_the_ping(pings: list[str], name: str) -> None:
    Heartbeat.objects.filter(name=name).update(beat_at=Now() - SILENT_AFTER[name] - timedelta(seconds=1))
    assert reasons_for_delay() == [f"{name}_silent"]
    run_audit()
    assert bool(pings) == (name == "auditor"), "an audit is a sign of life of the auditor itself"


@pytest.mark.usefixtures("alive")
def test_a_switch_that_does_not_answer_is_only_logged(
    settings: Settings, pings: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    settings.HEARTBEAT_URL += "/broken"
    assert not watchdog.ping()
    settings.HEARTBEAT_URL = "http://127.0.0.1:1/secret-token"
    assert not watchdog.ping()
    assert caplog.text.count("heartbeat_ping_failed") == 2
    assert "secret-token" not in caplog.text


def test_every_finding_has_a_meaning() -> None:
    assert {f"{name}_silent" for name in SILENT_AFTER} <= MEANINGS.keys()


# Where it is said


@pytest.mark.usefixtures("alive")
def test_health_is_503_with_the_reason(client: Client) -> None:
    answer = client.get("/health/alerting")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "reasons": {}})
    record_heartbeat("auditor", ["climb_late"])
    answer = client.get("/health/alerting")
    assert answer.status_code == 503
    assert answer.json() == {"status": "delayed", "reasons": {"climb_late": MEANINGS["climb_late"]}}
    assert "no-store" in answer["Cache-Control"]


def test_health_is_503_when_nobody_ever_audited(client: Client) -> None:
    assert "auditor_silent" in client.get("/health/alerting").json()["reasons"]


@pytest.mark.usefixtures("alive")
def test_the_clinician_site_says_it_on_every_page(kim_site: Client) -> None:
    for address in ("/admin/", "/admin/alerts/alert/"):
        assert "Alerts may be delayed" not in kim_site.get(address).content.decode()
    record_heartbeat("auditor", ["canary_late"])
    for address in ("/admin/", "/admin/alerts/alert/"):
        page = kim_site.get(address).content.decode()
        assert "Alerts may be delayed" in page
        assert escape(str(MEANINGS["canary_late"])) in page


@pytest.mark.usefixtures("alive")
def test_a_stuck_alert_says_so_in_its_row_and_only_its_own_clinic_is_told_to_act(
    ada: Patient, nurse_kim: Practitioner, kim_site: Client, lee_site: Client
) -> None:
    raised(urgent(), ada)
    unheard = "Its pages have not arrived. Call whoever is on duty."
    assert unheard not in kim_site.get("/admin/").content.decode()
    grow_old(3)
    run_audit()
    own, other = (site.get("/admin/").content.decode() for site in (kim_site, lee_site))
    assert unheard in own
    assert "Alerts may be delayed: an urgent alert has reached nobody." in own
    assert "Alerts may be delayed" not in other
    assert "At another clinic: an urgent alert has reached nobody." in other
    record_heartbeat("auditor", ["alert_undelivered", "canary_late"])
    assert "Alerts may be delayed" in lee_site.get("/admin/").content.decode(), "what all share is told to all"


def test_every_finding_about_rows_is_looked_for_at_one_clinic(nurse_kim: Practitioner) -> None:
    assert set(watchdog._waiting()) == watchdog.OF_ROWS
    assert watchdog.waiting_at(nurse_kim.clinic) == []


@pytest.mark.usefixtures("alive")
def test_who_is_not_signed_in_reads_nothing_of_it(nobody_site: Client) -> None:
    record_heartbeat("auditor", ["canary_late"])
    assert "delayed" not in nobody_site.get("/sign-in/").content.decode()


@pytest.mark.usefixtures("alive")
def test_a_gap_in_the_rota_is_shown_to_its_own_clinic(
    kim_site: Client, lee_site: Client, nurse_kim: Practitioner
) -> None:
    now = database_now()
    RotaGap.objects.create(clinic=nurse_kim.clinic, tier="lead", starts_at=now, ends_at=now + timedelta(hours=1))
    assert "Nobody is on shift (lead)" in kim_site.get("/admin/").content.decode()
    assert "Nobody is on shift" not in lee_site.get("/admin/").content.decode()


@pytest.fixture
def boss_site(clinic: Clinic) -> Client:
    return site_of(make_practitioner(clinic, "boss", role=Role.ADMINISTRATOR).user)


@pytest.mark.usefixtures("alive")
def test_a_gap_is_told_where_it_matters_with_the_way_to_the_rota(
    kim_site: Client, boss_site: Client, nurse_kim: Practitioner
) -> None:
    now = database_now()
    gap = RotaGap(clinic=nurse_kim.clinic, tier="lead", starts_at=now, ends_at=now + timedelta(hours=1))
    gap.save()
    way = f'<a class="underline" href="{reverse("admin:alerts_shift_fortnight")}">'
    worklist, patients = reverse("admin:index"), reverse("admin:symptoms_patient_changelist")
    assert way in kim_site.get(worklist).content.decode()
    assert way not in kim_site.get(patients).content.decode()
    assert way in boss_site.get(reverse("admin:symptoms_practitioner_changelist")).content.decode()
    RotaGap.objects.update(kind=GapKind.POLICY, tier="", urgency=3)
    assert way in kim_site.get(patients).content.decode(), "nobody at all would be paged"


@pytest.mark.usefixtures("alive")
def test_the_app_is_told_with_the_numbers_to_call(ada: Patient, ada_api: APIClient) -> None:
    assert ada_api.get("/api/v1/me").json()["notice"] is None
    record_heartbeat("auditor", ["alert_undelivered"])
    notice = ada_api.get("/api/v1/me").json()["notice"]
    assert notice["code"] == "alerts_delayed"
    assert call_team(ada, timezone.now())["phone"] in notice["text"]
    assert ada.clinic.emergency_number in notice["text"]


@pytest.mark.usefixtures("alive")
def test_to_look_costs_two_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2):
        reasons_for_delay()
