"""A cohort that nobody knows, lived through by the real pipeline: what it reports, and that nothing of it stays."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from alerts.models import Alert
from symptoms.models import Clinic, Patient, SymptomReport, User


def simulate(*options: str) -> list[list[str]]:
    """The words of each line that is printed."""
    printed = io.StringIO()
    call_command("simulate", *options, stdout=printed)
    return [line.split() for line in printed.getvalue().splitlines()]


@pytest.mark.django_db
def test_what_was_reported_stands_beside_table_2() -> None:
    first, _, heading, *lines = simulate("--patients", "12", "--days", "28", "--seed", "3")

    assert first[:6] == ["12", "patients,", "28", "days,", "seed", "3:"]
    assert first[-3:] == ["336", "check-ins", "answered"]
    assert heading == ["%", "of", "patients", "seen", "BOLERO-2", "TAMRAD", "neoadjuvant", "BOLERO-3"]
    sores = next(line for line in lines if line[:1] == ["stomatitis"])
    assert sores[2:] == ["59", "56", "36.5", "63"]
    assert 0 < float(sores[1]) <= 100
    assert [line[0] for line in lines if line[1:2] == ["-"]] == ["hyperglycemia", "pneumonitis"]
    assert ["pyrexia"] in [line[:1] for line in lines]
    assert next(line for line in lines if line[:1] == ["mouth"])[2] != "0", "sores have to raise urgent alerts"


@pytest.mark.django_db
def test_the_same_seed_gives_the_same_cohort() -> None:
    cohort = ("--patients", "3", "--days", "15", "--seed")

    assert simulate(*cohort, "5") == simulate(*cohort, "5") != simulate(*cohort, "6")


@pytest.mark.django_db
def test_nothing_of_it_stays() -> None:
    simulate("--patients", "2", "--days", "15")

    assert not any(model.objects.exists() for model in (Clinic, Patient, User, SymptomReport, Alert))


@pytest.mark.parametrize("option", ["--patients", "--days"])
@pytest.mark.parametrize("value", ["0", "-1", "many", "1.5"])
def test_what_cannot_be_done_is_said(option: str, value: str) -> None:
    with pytest.raises(CommandError, match="not a whole number of at least 1"):
        simulate(f"{option}={value}")
