"""A clinic to look at: names, histories and alerts of all kinds, the same for the same seed."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from alerts.models import Alert
from alerts.models.alert import AlertState
from config.imagined_alerts import CAUSES
from config.imagined_people import imagine_people
from symptoms.clinical.terms import Problem, Urgency
from symptoms.models import Clinic, Conversation, Patient


@pytest.mark.slow
@pytest.mark.django_db
def test_the_clinic_has_open_alerts_of_every_problem_and_urgency_some_in_hand() -> None:
    call_command("load_clinic", patients=len(CAUSES) + 3, open_alerts=len(CAUSES))
    waiting = Alert.objects.not_closed()
    assert set(waiting.values_list("problem", flat=True)) == {problem.value for problem in Problem}
    assert set(waiting.values_list("urgency", flat=True)) == {Urgency.ROUTINE, Urgency.URGENT, Urgency.EMERGENCY}
    assert set(waiting.values_list("state", flat=True)) == {AlertState.OPEN, AlertState.ACKNOWLEDGED}
    assert waiting.values("patient").distinct().count() >= len(CAUSES)
    assert Conversation.objects.filter(messages__sender="patient").exists()
    assert not Patient.objects.filter(phone="").exists()
    with pytest.raises(CommandError, match="There is a clinic"):
        call_command("load_clinic", patients=1, open_alerts=0)


def test_the_same_seed_gives_the_same_people_each_with_a_number_of_their_own() -> None:
    def people(seed: int) -> list[object]:
        return list(imagine_people(Random(seed), 300, date(2026, 3, 1)))

    assert people(3) == people(3) != people(4)
    numbers = [person.hospital_number for person in imagine_people(Random(3), 300, date(2026, 3, 1))]
    assert len(set(numbers)) == 300


@pytest.mark.django_db
def test_what_cannot_be_done_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CommandError, match="number of patients"):
        call_command("load_clinic", patients=1, open_alerts=2)
    monkeypatch.setattr(settings, "IS_LOCAL", False)
    with pytest.raises(CommandError, match="known passwords"):
        call_command("load_clinic", patients=1, open_alerts=0)
    assert not Clinic.objects.exists()
