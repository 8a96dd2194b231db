"""What each call of the mobile API costs in SQL statements, BEGIN and COMMIT included; a long history adds none."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

import pytest
import yaml
from django.db import connection, transaction
from django.db.models import Model
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from alerts.models import Reminder
from config import env
from config.limits import Limit
from symptoms.consent import TEXT_VERSION
from symptoms.enrolment import issue_activation_code
from symptoms.models import Conversation, Message, Patient, Practitioner, SymptomReport

METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE")

SORES: Final = {"symptoms": ["mouth_sores"], "mouth_sores.count": 2, "mouth_sores.intake": "normal"}
URGENT: Final = {**SORES, "mouth_sores.count": 6}


class Phone:
    """The app on ada's phone, and what it knows to ask for."""

    def __init__(self, api: APIClient, patient: Patient) -> None:
        self._api, self._patient = api, patient

    def __getattr__(self, method: str) -> Callable[..., Any]:
        return lambda path, **body: getattr(self._api, method)(f"/api/v1/{path}", body or None)

    def write(self, path: str, **body: Any) -> Any:
        return self._api.post(f"/api/v1/{path}", {"client_id": str(uuid.uuid4()), **body})

    def say(self, **answer: Any) -> Any:
        talk = self._patient.conversations.get(status="open")
        return self.write(f"conversations/{talk.pk}/messages", **answer)

    def ask_for(self, path: str, rows: Any) -> Any:
        return self.get(f"{path}/{rows(self._patient).latest('pk').pk}")

    def activate(self) -> Any:
        return self._api.post("/api/v1/activate", {"code": self.code, "device_name": "phone"})

    def prepare(self) -> None:
        """A report with its alert and leaflet, a carer and an open talk are there, and a code for another phone."""
        self.report = self.write("reports", answers=URGENT).json()["id"]
        self.session = self.get("sessions").json()["results"][0]["id"]
        self.carer = self.post("carers", name="Cleo").json()["id"]
        assert self.write("conversations").status_code == 201
        self.code = issue_activation_code(self._patient, now=timezone.now())


CALLS: Final[dict[str, tuple[int, Callable[[Phone], Any]]]] = {
    "POST /activate": (9, lambda phone: phone.activate()),
    "DELETE /session": (3, lambda phone: phone.delete("session")),
    "GET /sessions": (2, lambda phone: phone.get("sessions")),
    "DELETE /sessions/{id}": (4, lambda phone: phone.delete(f"sessions/{phone.session}")),
    "GET /carers": (2, lambda phone: phone.get("carers")),
    "POST /carers": (13, lambda phone: phone.post("carers", name="Bea")),
    "DELETE /carers/{id}": (7, lambda phone: phone.delete(f"carers/{phone.carer}")),
    "GET /consent": (4, lambda phone: phone.get("consent")),
    "POST /consent": (17, lambda phone: phone.post("consent", text_version=TEXT_VERSION, language="en")),
    "DELETE /consent": (56, lambda phone: phone.delete("consent")),
    "GET /erasure": (3, lambda phone: phone.get("erasure")),
    "POST /erasure": (68, lambda phone: phone.post("erasure")),
    "DELETE /erasure": (6, lambda phone: phone.delete("erasure")),
    "GET /me/export": (32, lambda phone: phone.get("me/export")),
    "GET /me/export.html": (32, lambda phone: phone.get("me/export.html")),
    "GET /me": (5, lambda phone: phone.get("me")),
    "PATCH /me": (49, lambda phone: phone.patch("me", language="nl")),
    "PUT /devices/{device_id}": (
        14,
        lambda phone: phone.put("devices/one", service="fcm", token="a" * 60),
    ),
    "DELETE /devices/{device_id}": (2, lambda phone: phone.delete("devices/one")),
    "POST /conversations": (7, lambda phone: phone.write("conversations")),
    "GET /conversations": (2, lambda phone: phone.get("conversations")),
    "GET /conversations/{id}": (4, lambda phone: phone.ask_for("conversations", lambda one: one.conversations)),
    "POST /conversations/{id}/messages": (7, lambda phone: phone.say(text="two mouth ulcers")),
    "the last message of a talk": (10, lambda phone: phone.say(choices=["none"])),
    "a message that alerts": (32, lambda phone: phone.say(text="I cannot breathe")),
    "POST /reports": (11, lambda phone: phone.write("reports", answers={"symptoms": "none"})),
    "a report that joins an alert": (21, lambda phone: phone.write("reports", answers=URGENT)),
    "a report that raises an alert": (
        26,
        lambda phone: phone.write("reports", answers={"symptoms": ["dyspnea"], "dyspnea.severity": 2}),
    ),
    "GET /reports": (3, lambda phone: phone.get("reports")),
    "GET /reports/{id}": (4, lambda phone: phone.ask_for("reports", lambda one: one.reports)),
    "POST /reports/{id}/amendments": (
        33,
        lambda phone: phone.write(f"reports/{phone.report}/amendments", reason="mistake", answers=URGENT),
    ),
    "POST /reports/batch": (
        11,
        lambda phone: phone.post(
            "reports/batch", reports=[{"client_id": str(uuid.uuid4()), "answers": {"symptoms": "none"}}]
        ),
    ),
    "GET /leaflets": (3, lambda phone: phone.get("leaflets")),
    "GET /leaflets/{slug}": (2, lambda phone: phone.get("leaflets/your-mouth")),
    "POST /leaflets/{slug}/read": (10, lambda phone: phone.write("leaflets/your-mouth/read")),
    "POST /leaflets/{slug}/answers": (
        9,
        lambda phone: phone.write("leaflets/your-mouth/answers", question="how-many", option="a"),
    ),
    "GET /visits": (2, lambda phone: phone.get("visits")),
    "GET /visits.ics": (2, lambda phone: phone.get("visits.ics")),
    "GET /reminders": (2, lambda phone: phone.get("reminders")),
    "POST /reminders/{id}/shown": (
        6,
        lambda phone: phone.post(f"reminders/{Reminder.objects.latest('due_at').pk}/shown"),
    ),
}


@pytest.fixture
def phone(ada_api: APIClient, ada: Patient, nurse_kim: Practitioner, monkeypatch: pytest.MonkeyPatch) -> Phone:
    """A phone whose calls nobody counts: on a busy machine all of them together are too many for a minute."""
    monkeypatch.setattr(Limit, "is_reached", lambda *_: False)
    phone = Phone(ada_api, ada)
    phone.prepare()
    return phone


@pytest.mark.parametrize("length", [10, 10_000])
def test_every_call_costs_so_many_statements_however_long_the_history(phone: Phone, ada: Patient, length: int) -> None:
    lengthen_history(ada, length)
    connection.check_constraints()

    spent = {call: statements_of(send, phone) for call, (_, send) in CALLS.items()}

    assert spent == {call: stated for call, (stated, _) in CALLS.items()}


def statements_of(send: Callable[[Phone], Any], phone: Phone) -> int:
    """How many statements a call takes that goes well. What it wrote is undone: each call begins with the same rows."""
    with transaction.atomic():
        with CaptureQueriesContext(connection) as statements:
            answer = send(phone)
        assert answer.status_code < 300, (answer.request, answer.content)
        connection.check_constraints()
        transaction.set_rollback(True)
    return len(statements)


def test_every_call_of_the_api_is_stated() -> None:
    document = yaml.safe_load((env.BASE_DIR / "docs" / "api" / "openapi.yaml").read_text(encoding="utf-8"))
    calls = {
        f"{method.upper()} {re.sub('{.*?}', '{id}', path.removeprefix('/api/v1'))}"
        for path, methods in document["paths"].items()
        for method in methods
    }

    assert {re.sub("{.*?}", "{id}", call) for call in CALLS if call.startswith(METHODS)} == calls


def lengthen_history(patient: Patient, length: int) -> None:
    """So many messages of a talk long ago, and as many reports, all well."""
    past = timezone.now() - timedelta(days=200)
    talk = Conversation.objects.create(
        patient=patient, client_id=uuid.uuid4(), language="en", dialogue_version="check-in-1", status="closed",
        message_count=length, started_at=past, last_message_at=past, closed_at=past,
    )  # fmt: skip
    message = Message.objects.create(conversation=talk, number=0, sender="bot", text="x", created_at=past)
    report = SymptomReport.objects.create(
        patient=patient, client_id=uuid.uuid4(), source="form", status="complete", answers={"symptoms": "none"},
        occurred_at=past, received_at=past, urgency=0,
    )  # fmt: skip
    _multiply(message, length, "number")
    _multiply(report, length, "client_id")


def _multiply(row: Model, count: int, different: str, number: str = "n") -> None:
    """Copies of a row, each with a key of its own and another value in one column."""
    values = {"number": number, "client_id": "gen_random_uuid()", "id": "gen_random_uuid()"}
    columns = [str(field.column) for field in row._meta.local_concrete_fields]
    chosen = ", ".join(values[name] if name in ("id", different) else f'"{name}"' for name in columns)
    listed = ", ".join(f'"{name}"' for name in columns)
    table = row._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({listed}) SELECT {chosen} FROM {table}, generate_series(1, %s) AS n WHERE id = %s",
            [count, row.pk],
        )


@pytest.mark.parametrize("length", [10, 10_000])
@pytest.mark.parametrize("is_in_this_talk", [True, False], ids=["in this talk", "in hundreds of others"])
def test_a_slow_clock_is_found_at_the_same_cost_however_long_the_history(
    phone: Phone, ada: Patient, length: int, is_in_this_talk: bool
) -> None:
    """A message that seems old is compared with the one before it."""
    talk = ada.conversations.get(status="open")
    assert phone.say(text="two mouth ulcers", sent_at=str(timezone.now())).status_code == 200
    said = Message.objects.filter(sender="patient").get()
    Message.objects.filter(pk=said.pk).update(created_at=timezone.now() - timedelta(minutes=20))
    if is_in_this_talk:  # of the bot, before what the patient said
        bot = Message.objects.create(conversation=talk, number=999, sender="bot", text="x", created_at=timezone.now())
        _multiply(bot, length, "number", "n + 999")
        Message.objects.filter(pk=said.pk).update(number=length + 1001)
        Conversation.objects.filter(pk=talk.pk).update(message_count=length + 1001)
    else:
        closed = {"status": "closed", "closed_at": timezone.now(), "started_at": timezone.now() - timedelta(days=9)}
        other = Conversation.objects.create(
            patient=ada, client_id=uuid.uuid4(), language="en", dialogue_version="check-in-1",
            last_message_at=timezone.now(), **closed,
        )  # fmt: skip
        _multiply(other, length, "client_id")
        Message.objects.filter(pk=said.pk).update(conversation=other, number=1)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE symptoms_message, symptoms_conversation")

    with CaptureQueriesContext(connection) as statements:
        phone.say(choices=["none"], sent_at=str(timezone.now() - timedelta(minutes=20)))

    looks = [one["sql"] for one in statements if re.search("IS NOT NULL.* DESC LIMIT|NOT .* DESC LIMIT", one["sql"])]
    assert len(looks) == (1 if is_in_this_talk else 3)
    # usually under 15; dead rows of other tests may lie in between. The whole history has over 180.
    assert sum(map(_blocks_of, looks)) < 150


def _blocks_of(sql: str) -> int:
    """How many blocks of tables and indexes a query looks at."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}")
        plan = cursor.fetchone()[0][0]["Plan"]
    return int(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"])
