"""Every write of the API is sent twice, as after a lost answer: it is done once, as docs/api/retries.md says."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from typing import Any, Final

import pytest
import yaml
from django.apps import apps
from django.db import connection
from django.utils import timezone
from rest_framework.test import APIClient

from alerts.models import Reminder
from config import env
from symptoms.consent import TEXT_VERSION
from symptoms.enrolment import issue_activation_code
from symptoms.models import Patient, Practitioner
from tests.symptoms.api.test_reports import BREATHLESS

API: Final = env.BASE_DIR / "docs" / "api"
ROW: Final = re.compile(r"^\| `(\w+ /\S+)` \| .+ \| (\d{3}) \| (\d{3})(.*) \|$", re.MULTILINE)

TABLE: Final = {
    call: (int(first), int(again), "the same" in rest)
    for call, first, again, rest in ROW.findall((API / "retries.md").read_text())
}
"""Each call with its status at first, its status when it is sent again, and whether the answer is the same."""

RENEWED: Final = {"PUT /devices/{device_id}": "alerts_patientdevice"}
"""What a repeat writes all the same: until when a registration is the latest."""


class Phone:
    """A phone of ada's that sends each write with the same `client_id`, and finds something to write about."""

    def __init__(self, api: APIClient, patient: Patient) -> None:
        self._api, self._patient, self._client_id = api, patient, str(uuid.uuid4())

    def send(self, method: str, path: str, **body: Any) -> Any:
        return getattr(self._api, method)(f"/api/v1/{path}", body, format="json")

    def write(self, path: str, **body: Any) -> Any:
        return self.send("post", path, client_id=self._client_id, **body)

    def code(self) -> str:
        return issue_activation_code(self._patient, now=timezone.now())

    def tablet(self) -> str:
        """The session of another device."""
        self.send("post", "activate", code=self.code(), device_name="tablet")
        devices = self.send("get", "sessions").json()["results"]
        return str(next(one["id"] for one in devices if not one["is_this_device"]))

    def carer(self) -> str:
        return str(self.send("post", "carers", name="Carl").json()["id"])

    def talk(self) -> str:
        return str(self.write("conversations").json()["conversation"]["id"])

    def report(self) -> str:
        return str(self.write("reports", answers={"symptoms": "none"}).json()["id"])

    def reminder(self) -> str:
        return str(Reminder.objects.filter(patient=self._patient).latest("due_at").pk)

    def agree(self) -> Any:
        return self.send("post", "consent", text_version=TEXT_VERSION, language="en")

    def want_to_be_erased(self) -> Any:
        return self.send("post", "erasure")

    def register(self) -> Any:
        return self.send("put", "devices/one", service="fcm", token="a" * 60)


def nothing(phone: Phone) -> None:
    """What most writes need beforehand."""


HOURS: Final = {"from": "22:00", "until": "06:00"}
BATCH: Final = [{"client_id": "11111111-1111-4111-8111-111111111111", "answers": BREATHLESS}]

WRITES: Final[dict[str, tuple[Callable[[Phone], Any], Callable[[Phone, Any], Any]]]] = {
    "POST /activate": (Phone.code, lambda phone, code: phone.write("activate", code=code, device_name="phone")),
    "DELETE /session": (nothing, lambda phone, _: phone.send("delete", "session")),
    "DELETE /sessions/{session_id}": (Phone.tablet, lambda phone, key: phone.send("delete", f"sessions/{key}")),
    "POST /carers": (nothing, lambda phone, _: phone.write("carers", name="Carl")),
    "DELETE /carers/{carer_id}": (Phone.carer, lambda phone, key: phone.send("delete", f"carers/{key}")),
    "POST /consent": (nothing, lambda phone, _: phone.agree()),
    "DELETE /consent": (Phone.agree, lambda phone, _: phone.send("delete", "consent")),
    "POST /erasure": (nothing, lambda phone, _: phone.want_to_be_erased()),
    "DELETE /erasure": (Phone.want_to_be_erased, lambda phone, _: phone.send("delete", "erasure")),
    "PATCH /me": (nothing, lambda phone, _: phone.send("patch", "me", language="fr", quiet_hours=HOURS)),
    "PUT /devices/{device_id}": (nothing, lambda phone, _: phone.register()),
    "DELETE /devices/{device_id}": (Phone.register, lambda phone, _: phone.send("delete", "devices/one")),
    "POST /conversations": (nothing, lambda phone, _: phone.write("conversations")),
    "POST /conversations/{conversation_id}/messages": (
        Phone.talk,
        lambda phone, key: phone.write(f"conversations/{key}/messages", text="I cannot breathe"),
    ),
    "POST /reports": (nothing, lambda phone, _: phone.write("reports", answers=BREATHLESS)),
    "POST /reports/batch": (nothing, lambda phone, _: phone.send("post", "reports/batch", reports=BATCH)),
    "POST /reports/{report_id}/amendments": (
        Phone.report,
        lambda phone, key: phone.write(f"reports/{key}/amendments", reason="mistake", answers=BREATHLESS),
    ),
    "POST /leaflets/{slug}/read": (nothing, lambda phone, _: phone.write("leaflets/your-mouth/read")),
    "POST /leaflets/{slug}/answers": (
        nothing,
        lambda phone, _: phone.write("leaflets/your-mouth/answers", question="how-many", option="a"),
    ),
    "POST /reminders/{reminder_id}/shown": (
        Phone.reminder,
        lambda phone, key: phone.send("post", f"reminders/{key}/shown"),
    ),
}
"""What has to be there before each call, and the call."""


def database() -> dict[str, str]:
    """Each table of ours with a digest of all its rows."""
    tables = [
        model._meta.db_table
        for app in ("symptoms", "alerts", "education")
        for model in apps.get_app_config(app).get_models()
    ]
    digests = " UNION ALL ".join(
        f"SELECT '{table}', md5(coalesce(string_agg(one::text, '|' ORDER BY one::text), '')) FROM {table} AS one"
        for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(digests)
        return dict(cursor.fetchall())


@pytest.mark.parametrize("call", WRITES)
def test_a_write_whose_answer_got_lost_is_sent_again_and_done_once(
    call: str, ada: Patient, ada_api: APIClient, nurse_kim: Practitioner
) -> None:
    prepare, send = WRITES[call]
    phone = Phone(ada_api, ada)
    about = prepare(phone)
    before = database()

    first = send(phone, about)
    after = database()
    again = send(phone, about)

    assert (first.status_code, again.status_code, is_same(first, again)) == TABLE[call]
    assert after != before, "the first one writes something"
    assert {name for name, digest in database().items() if digest != after[name]} <= {RENEWED.get(call)}


def is_same(first: Any, again: Any) -> bool:
    return bool(first.content) and first.json() == again.json()


def test_every_write_of_the_api_stands_in_the_table_and_is_sent_twice_here() -> None:
    document = yaml.load((API / "openapi.yaml").read_text(), Loader=yaml.CSafeLoader)
    writes = {
        f"{method.upper()} {path.removeprefix('/api/v1')}"
        for path, operations in document["paths"].items()
        for method in operations
        if method != "get"
    }

    assert writes == set(TABLE) == set(WRITES)
