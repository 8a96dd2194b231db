"""Lets a cohort of patients who do not exist live through the real pipeline, and shows what came of it."""

from __future__ import annotations

import csv
from argparse import ArgumentTypeError
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from random import Random
from typing import Any, Final
from uuid import uuid4

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils import timezone

from alerts.models import Alert
from config import env
from config.histories import enrol, live_through
from symptoms.clinical.check_ins import is_check_in_day
from symptoms.clinical.terms import NONE, OtherSymptom, Slot, Symptom, Urgency
from symptoms.cohort import imagine_patient
from symptoms.jsonl import Progress
from symptoms.models import Clinic, Patient, Practitioner, SymptomReport, User

TABLE_2: Final = env.BASE_DIR / "docs" / "clinical" / "table2_side_effects.csv"
TRIALS: Final[Mapping[str, str]] = {
    "bolero2": "BOLERO-2", "tamrad": "TAMRAD", "neoadjuvant": "neoadjuvant", "bolero3": "BOLERO-3",
}  # fmt: skip
NAMED_APART: Final[Mapping[str, str]] = {Symptom.MOUTH_SORES: "stomatitis", Symptom.FEVER: "pyrexia"}
"""What Table 2 calls the symptoms that are asked for by another name."""

REPORTABLE: Final = frozenset(NAMED_APART.get(one, one) for one in Symptom) | frozenset(OtherSymptom)

SHOWN: Final = (Urgency.ROUTINE, Urgency.URGENT, Urgency.EMERGENCY)


class Command(BaseCommand):
    help = (
        "Let N patients who do not exist live through D days of treatment: enrolment, reports, rules, alerts, pages "
        "and leaflets by the code that serves patients. Prints how many of them reported each side effect, beside "
        "Table 2 of the review, and what was alerted. Reminders and sweeps do not run. Nothing is kept or sent: every "
        "patient is rolled back. The same seed gives the same cohort."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--patients", type=positive, default=100, metavar="N", help="how many; 100 unless said")
        parser.add_argument("--days", type=positive, default=60, metavar="D", help="of treatment; 60 unless said")
        parser.add_argument("--seed", type=int, default=0, metavar="S")

    def handle(self, *args: Any, patients: int, days: int, seed: int, **options: Any) -> None:
        random, now = Random(seed), timezone.now()  # noqa: S311  (histories, not secrets)
        progress, reports = Progress(), 0
        effects: Counter[str] = Counter()
        alerts: Counter[tuple[str, int]] = Counter()
        for number in range(1, patients + 1):
            with transaction.atomic():
                patient = _live_through(days, random, now)
                answers = list(SymptomReport.objects.filter(patient=patient).values_list("answers", flat=True))
                effects.update({effect for one in answers for effect in reported(one)})
                alerts.update(Alert.objects.filter(patient=patient).values_list("problem", "urgency"))
                transaction.set_rollback(True)
            reports += len(answers)
            progress.show(number)
        progress.finish()
        asked = patients * sum(is_check_in_day(day) for day in range(1, days + 1))
        self.stdout.write(f"{patients} patients, {days} days, seed {seed}: {reports} of {asked} check-ins answered")
        self.stdout.write("\n".join(["", *beside_table_2(effects, patients), "", *alerted(alerts)]))


def positive(given: str) -> int:
    """A whole number of at least 1."""
    if not (given.isascii() and given.isdecimal() and int(given)):
        raise ArgumentTypeError(f"{given!r} is not a whole number of at least 1")
    return int(given)


def reported(answers: Mapping[str, Any]) -> Iterator[str]:
    """The side effects of a report, by their names in Table 2."""
    told = answers.get(Slot.SYMPTOMS, NONE)
    yield from (NAMED_APART.get(one, one) for one in ([] if told == NONE else told))
    yield from answers.get(Slot.OTHER_SYMPTOMS, {})


def beside_table_2(effects: Mapping[str, int], patients: int) -> Iterator[str]:
    """Percent of patients with each side effect: seen ("-": no patient can report it), and in the everolimus arms."""
    yield f"{'% of patients':<20}{'seen':>8}" + "".join(f"{trial:>13}" for trial in TRIALS.values())
    with TABLE_2.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            effect = row["symptom"]
            seen = f"{100 * effects.get(effect, 0) / patients:.1f}" if effect in REPORTABLE else "-"
            of_trials = "".join(f"{row[f'{trial}_everolimus_all']:>13}" for trial in TRIALS)
            yield f"{effect:<20}{seen:>8}{of_trials}"


def alerted(alerts: Mapping[tuple[str, int], int]) -> Iterator[str]:
    """How many alerts were raised, by problem and by the urgency that they reached."""
    yield f"{'alerts':<20}" + "".join(f"{urgency.code:>13}" for urgency in SHOWN)
    for problem in sorted({problem for problem, _ in alerts}):
        yield f"{problem:<20}" + "".join(f"{alerts.get((problem, urgency), 0):>13}" for urgency in SHOWN)


def _live_through(days: int, random: Random, now: datetime) -> Patient:
    """A patient of a clinic of its own, for whom the days up to `now` have passed. Alerts are seen to by its nurse."""
    name = f"simulated-{uuid4()}"
    clinic = Clinic.objects.create(slug=name, name="Simulated", phone="+32 2 555 01 00")
    user = User.objects.create_user(name, "nurse@simulated.invalid", is_staff=True)
    nurse = Practitioner.objects.create(user=user, clinic=clinic, is_on_call=True)
    virtual = imagine_patient(random, days)
    enrolment = enrol(virtual, clinic, now, full_name="Simulated")
    live_through(enrolment, virtual, nurse, random, now)
    return enrolment.patient
