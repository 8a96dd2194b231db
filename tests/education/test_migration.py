"""What was offered before texts were kept stays, and courses that run get their lessons."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = [("education", "0001_first_schema")]
AFTER = [("education", "0002_texts_lessons_and_understanding")]


def migrate(targets: list[tuple[str, str]]) -> Any:
    """The models as they are after going to the targets."""
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return MigrationExecutor(connection).loader.project_state(targets).apps


@pytest.fixture
def before() -> Iterator[Any]:
    yield migrate(BEFORE)
    migrate(MigrationExecutor(connection).loader.graph.leaf_nodes())


def test_offers_get_an_occasion_and_running_courses_a_plan(before: Any) -> None:
    user = before.get_model("symptoms", "User").objects.create(username="x")
    clinic = before.get_model("symptoms", "Clinic").objects.create(slug="c", name="C", phone="+32 2")
    patient = before.get_model("symptoms", "Patient").objects.create(clinic=clinic, user=user, full_name="x")
    courses = before.get_model("symptoms", "TreatmentCourse").objects
    ended = courses.create(patient=patient, first_dose_on=date(2026, 1, 1), ended_on=date(2026, 2, 1))
    running = courses.create(patient=patient, first_dose_on=date(2026, 3, 2))
    now = timezone.now()
    before.get_model("education", "LeafletOffer").objects.create(
        patient=patient, slug="your-mouth", version="2", language="en", offered_at=now, read_at=now
    )

    after = migrate(AFTER)

    offer = after.get_model("education", "LeafletOffer").objects.get()
    assert (offer.occasion, offer.text, offer.read_at) == ("start", None, now)
    plans = after.get_model("education", "TeachingPlan").objects.values_list("course_id", "taught_until")
    assert list(plans) == [(running.pk, 1)]
    assert ended.pk != running.pk
