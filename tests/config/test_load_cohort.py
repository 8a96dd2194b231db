"""A cohort for load tests: patients with histories, each with a token that opens the API."""

from __future__ import annotations

import json
import stat
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from rest_framework.test import APIClient

from alerts.models import Alert
from symptoms.clinical.answers import validate_answers
from symptoms.cohort import imagine_patient, reports_of
from symptoms.models import Clinic, Patient, SymptomReport

FIRST_DOSE = date(2026, 1, 5)


def load(path: Path, patients: int, seed: int = 0) -> list[dict[str, Any]]:
    call_command("load_cohort", patients=patients, tokens=path, seed=seed)
    return [json.loads(line) for line in path.read_text().splitlines()]


@pytest.mark.django_db
def test_every_token_opens_the_history_of_its_patient(tmp_path: Path) -> None:
    lines = load(tmp_path / "tokens", 4)
    assert [set(line) for line in lines] == [{"patient", "token"}] * 4
    for line in lines:
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {line['token']}")
        assert client.get("/api/v1/me").json()["id"] == line["patient"]
        own = SymptomReport.objects.filter(patient=line["patient"]).count()
        assert len(client.get("/api/v1/reports", {"page_size": 100}).json()["results"]) == own
    assert SymptomReport.objects.count() > 10
    assert not SymptomReport.objects.exclude(assess_due_at=None).exists()
    assert all(Patient.objects.values_list("is_synthetic", flat=True))
    assert not Alert.objects.filter(problem="system").exists()


@pytest.mark.django_db
def test_each_run_has_a_clinic_of_its_own_and_a_file_for_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "tokens"
    for _ in range(2):
        load(path, 1)
    assert Clinic.objects.count() == 2
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.django_db
def test_what_cannot_be_done_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="at least 1"):
        load(tmp_path / "tokens", 0)
    with pytest.raises(CommandError, match="No such file"):
        load(tmp_path / "no" / "tokens", 1)
    assert not Clinic.objects.exists()


def test_the_same_seed_gives_the_same_histories() -> None:
    def history(seed: int) -> list[Any]:
        random = Random(seed)
        return list(reports_of(imagine_patient(random), FIRST_DOSE, random))

    assert history(7) == history(7) != history(8)


@pytest.mark.parametrize("seed", range(40))
def test_every_answer_is_one_that_the_app_could_send(seed: int) -> None:
    random = Random(seed)
    for day, answers in reports_of(imagine_patient(random), FIRST_DOSE, random):
        validate_answers(answers, FIRST_DOSE + timedelta(days=day - 1))


def test_sores_are_about_as_common_as_the_trials_say() -> None:
    random = Random(1)
    patients = [imagine_patient(random) for _ in range(2000)]
    assert 0.55 < sum(patient.mouth is not None for patient in patients) / 2000 < 0.63
