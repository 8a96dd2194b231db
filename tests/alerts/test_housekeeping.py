"""One clinic's bad row stops the housekeeping of no other clinic, and does not stay unseen."""

from __future__ import annotations

from typing import Any

import pytest

from alerts import chores, digests, rostering
from alerts.liveness import findings_of, heartbeat_ages
from alerts.rostering import SomeClinicsFailed
from alerts.watchdog import audit
from symptoms.models import Clinic, Practitioner
from tests.alerts.making import raised, routine
from tests.cast import make_patient

pytestmark = pytest.mark.django_db


@pytest.fixture
def bad_clinic(clinic: Clinic, other_clinic: Clinic) -> Clinic:
    """The first that is looked at; no form lets such a zone in."""
    for one in (clinic, other_clinic):
        raised(routine(), make_patient(one, "Pat Potter"))
    Clinic.objects.filter(pk=clinic.pk).update(time_zone="Nowhere/Land")
    return clinic


@pytest.mark.usefixtures("bad_clinic")
def test_the_rota_of_the_other_clinics_is_looked_at(other_clinic: Clinic, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(SomeClinicsFailed):
        rostering.refresh_all_gaps()
    assert other_clinic.rota_gaps.exists()
    assert "clinic_failed" in caplog.text


@pytest.mark.usefixtures("bad_clinic")
def test_the_digests_of_the_other_clinics_are_planned(
    other_clinic: Clinic, nurse_lee: Practitioner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("alerts.rota.OfficeHours.is_open", lambda *_: True)
    with pytest.raises(SomeClinicsFailed):
        digests.plan_digests()
    assert nurse_lee.digests.count() == 1


@pytest.mark.usefixtures("bad_clinic")
def test_what_failed_is_found_by_the_audit_and_the_rest_of_the_house_is_kept(other_clinic: Clinic) -> None:
    chores.keep_house()
    assert findings_of("housekeeper") == ["housekeeping_failed"]
    assert "housekeeping_failed" in audit()
    assert other_clinic.rota_gaps.exists()
    Clinic.objects.update(time_zone="Europe/Brussels")
    chores.keep_house()
    assert findings_of("housekeeper") == []


def test_one_chore_that_fails_stops_none_of_the_others(monkeypatch: pytest.MonkeyPatch, clinic: Clinic) -> None:
    def fail() -> Any:
        raise RuntimeError("the canary cannot be sent")

    monkeypatch.setattr(chores, "send_canary", fail)
    chores.keep_house()
    assert clinic.rota_gaps.exists()
    assert "housekeeper" in heartbeat_ages()
