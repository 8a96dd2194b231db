"""`GET /api/v1/visits` and `/reminders`: one's own, in one's language, and nothing that came to nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from alerts.models import Reminder, Visit
from alerts.visits import book_visit
from symptoms.models import Patient
from tests.alerts.making import make_course

pytestmark = pytest.mark.django_db

PATHS = ("/api/v1/visits", "/api/v1/reminders")


def results(api: APIClient, path: str) -> list[dict[str, Any]]:
    answer = api.get(path)
    assert answer.status_code == 200
    assert set(answer.json()) == {"next", "previous", "results"}
    found: list[dict[str, Any]] = answer.json()["results"]
    return found


def test_a_patient_sees_the_visit_and_what_they_will_be_reminded_of(ada: Patient, ada_api: APIClient) -> None:
    visit = Visit.objects.get(patient=ada)
    assert results(ada_api, "/api/v1/visits") == [
        {
            "id": str(visit.pk),
            "kind": "day_15",
            "status": "planned",
            "planned_on": visit.planned_on.isoformat(),
            "booked_at": None,
            "time_zone": "Europe/Brussels",
        }
    ]
    reminders = results(ada_api, "/api/v1/reminders")
    assert [reminder["kind"] for reminder in reminders] == ["visit_today", "visit_day_before"]
    assert set(reminders[0]) == {"id", "kind", "state", "text", "due_at", "expires_at", "sent_at", "shown_at", "visit"}
    assert reminders[0]["visit"] == str(visit.pk)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("who", "status", "count"), [("ben_api", 200, 0), ("nobody_api", 401, 0), ("kim_api", 403, 0), ("lee_api", 403, 0)]
)
def test_nobody_else_sees_them(
    request: pytest.FixtureRequest, ada: Patient, path: str, who: str, status: int, count: int
) -> None:
    api: APIClient = request.getfixturevalue(who)
    answer = api.get(path)
    assert answer.status_code == status
    own = set(Visit.objects.filter(patient=ada).values_list("pk", flat=True))
    assert not any(str(pk) in answer.content.decode() for pk in own)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_they_are_only_read(ada_api: APIClient, path: str, method: str) -> None:
    assert getattr(ada_api, method)(path, {}).status_code == 405


def test_what_came_to_nothing_is_not_shown(ada: Patient, ada_api: APIClient) -> None:
    Reminder.objects.all().delete()
    now = timezone.now()
    for state in ("pending", "sent", "superseded", "expired", "cancelled"):
        Reminder.objects.create(
            patient=ada,
            kind="recheck",
            occurrence=state,
            state=state,
            due_at=now,
            expires_at=now + timedelta(days=1),
        )
    assert sorted(one["state"] for one in results(ada_api, "/api/v1/reminders")) == ["pending", "sent"]


@pytest.mark.parametrize("is_booked", [False, True])
def test_every_reminder_says_what_it_is_about(ada: Patient, ada_api: APIClient, is_booked: bool) -> None:
    Reminder.objects.all().delete()
    make_course(ada, date(2026, 3, 1))
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    visit = Visit.objects.get(patient=ada)
    visit.planned_on = date(2026, 3, 15)
    visit.save()
    if is_booked:
        book_visit(visit, datetime(2026, 3, 16, 13, 30, tzinfo=UTC), now)
    for kind in ("visit_week_before", "visit_day_before", "visit_today", "recheck", "still_sore"):
        Reminder.objects.create(
            patient=ada,
            visit=visit if kind.startswith("visit") else None,
            kind=kind,
            occurrence="x",
            due_at=now,
            expires_at=now + timedelta(days=1),
        )
    texts = {one["kind"]: one["text"] for one in results(ada_api, "/api/v1/reminders")}
    assert all(texts.values())
    assert ("Monday 16 March" if is_booked else "Sunday 15 March") in texts["visit_week_before"]
    assert ("14:30" in texts["visit_week_before"]) == is_booked


def test_the_number_of_queries_does_not_grow(
    ada: Patient, ada_api: APIClient, django_assert_max_num_queries: Any
) -> None:
    now = timezone.now()
    Reminder.objects.bulk_create(
        Reminder(patient=ada, kind="recheck", occurrence=str(n), due_at=now, expires_at=now + timedelta(days=1))
        for n in range(60)
    )
    with django_assert_max_num_queries(3):
        assert len(results(ada_api, "/api/v1/reminders")) == 50


@pytest.mark.parametrize("cursor", ["", "cD0lMDA=", "nonsense", "WzAsZmFsc2UsbnVsbF0:1vP6mD:forged", "é"])
@pytest.mark.parametrize("path", ["/api/v1/visits", "/api/v1/reminders", "/api/v1/conversations"])
def test_a_cursor_that_was_not_given_out_is_refused(ada_api: APIClient, path: str, cursor: str) -> None:
    answer = ada_api.get(path, {"cursor": cursor})

    assert answer.status_code == 400
    assert list(answer.json()["error"]["fields"]) == ["cursor"]


def test_a_cursor_is_good_for_its_list_and_its_reader(ada: Patient, ada_api: APIClient, ben_api: APIClient) -> None:
    next_page = ada_api.get("/api/v1/reminders?page_size=1").json()["next"]
    assert ada_api.get(next_page).status_code == 200
    for api, address in ((ada_api, next_page.replace("reminders", "visits")), (ben_api, next_page)):
        assert api.get(address).status_code == 400
