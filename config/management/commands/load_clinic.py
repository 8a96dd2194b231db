"""Makes a clinic to look at: patients with names and histories, a team, and alerts of all kinds that are open."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from alerts.acknowledging import acknowledge, add_note, close, record_action
from alerts.escalating import escalate_due
from alerts.models import Alert
from alerts.models.alert import Outcome
from config.histories import enrol, live_through
from config.imagined_alerts import CAUSES, bring_about
from config.imagined_people import Person, imagine_people
from symptoms.clinical.calendar import local_date
from symptoms.clinical.dosing import DoseEventKind, DoseReason
from symptoms.clinical.terms import Urgency
from symptoms.cohort import imagine_patient
from symptoms.courses import record_dose_event
from symptoms.demo_password import PASSWORD
from symptoms.demo_sign_in import set_up_app
from symptoms.jsonl import Progress
from symptoms.models import Clinic, Patient, Practitioner, TreatmentCourse, User
from symptoms.models.clinic import Role

STAFF: Final = (
    # username, first name, last name, role, on call
    ("marie", "Marie", "Lambert", Role.NURSE, True),
    ("joris", "Joris", "Van Hoof", Role.NURSE, True),
    ("nele", "Nele", "Claes", Role.NURSE, False),
    ("petra", "Petra", "Schneider", Role.ONCOLOGIST, False),
    ("carmen", "Carmen", "Romero", Role.ADMINISTRATOR, False),
)
WAITED_MINUTES: Final = (3, 8, 14, 22, 35, 50, 75, 110, 160, 240, 400, 700, 1100, 1500, 2900, 4400)
HISTORY_ENDS_BEFORE: Final = timedelta(hours=1)


class Command(BaseCommand):
    help = (
        "Make a clinic of N patients with names and histories, a team whose passwords are known, and M open alerts of "
        "all kinds. The same seed gives the same clinic. Refused outside a local machine."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--patients", type=int, default=300, metavar="N")
        parser.add_argument("--open-alerts", type=int, default=40, metavar="M")
        parser.add_argument("--seed", type=int, default=0)
        parser.add_argument("--slug", default="sint-elisabeth")

    def handle(self, *args: Any, patients: int, open_alerts: int, seed: int, slug: str, **options: Any) -> None:
        if not (settings.IS_LOCAL or settings.DEBUG):
            raise CommandError("The staff of this clinic have known passwords: only with the embedded database.")
        if Clinic.objects.filter(slug=slug).exists():
            raise CommandError(f"There is a clinic {slug} already; give another --slug.")
        if not 0 <= open_alerts <= patients:
            raise CommandError("--open-alerts has to be from 0 to the number of patients.")
        random = Random(seed)  # noqa: S311  (histories, not secrets)
        team = _open_clinic(slug)
        _fill(team[0], patients, open_alerts, random, timezone.now())
        _see_to_some(team)
        _let_climb()
        count = Alert.objects.filter(clinic=team[0].clinic).not_closed().count()
        self.stderr.write(f"clinic {slug}: {patients} patients, {count} open alerts; sign in as marie, {PASSWORD}")


def _fill(nurse: Practitioner, patients: int, open_alerts: int, random: Random, now: datetime) -> None:
    """Enrol the patients. To the first ones something happens that raises an alert, to each something else."""
    progress = Progress()
    opened = 0
    for number, person in enumerate(imagine_people(random, patients, now.date()), start=1):
        waited = timedelta(minutes=WAITED_MINUTES[opened % len(WAITED_MINUTES)])
        with transaction.atomic():
            if opened == open_alerts:
                _enrol(person, nurse, random, now, until=now)
            elif patient := _enrol(person, nurse, random, now, until=now - waited - HISTORY_ENDS_BEFORE):
                bring_about(CAUSES[opened % len(CAUSES)], patient, random, now - waited)
                opened += patient.alerts.not_closed().exists()
        progress.show(number)
    progress.finish()


def _open_clinic(slug: str) -> list[Practitioner]:
    """The clinic and its team, nurses first."""
    with transaction.atomic():
        clinic = Clinic.objects.create(
            slug=slug,
            name="Sint-Elisabeth Breast Centre",
            phone="+32 2 555 01 00",
            out_of_hours_phone="+32 2 555 01 99",
            emergency_department="Emergency department, gate 3",
        )
        return [_member(clinic, slug, *member) for member in STAFF]


def _member(
    clinic: Clinic, slug: str, username: str, first_name: str, last_name: str, role: Role, is_on_call: bool
) -> Practitioner:
    name = username if not User.objects.filter(username=username).exists() else f"{username}-{slug}"
    user = User.objects.create_user(
        name, f"{username}@{slug}.example", PASSWORD, is_staff=True, first_name=first_name, last_name=last_name
    )
    set_up_app(user)
    return Practitioner.objects.create(user=user, clinic=clinic, role=role, is_on_call=is_on_call)


def _enrol(person: Person, nurse: Practitioner, random: Random, now: datetime, *, until: datetime) -> Patient | None:
    """A patient with the days since the first dose behind them, and nothing open; None: not yet on the drug then."""
    virtual = imagine_patient(random)
    is_ct_made = random.random() < 0.9
    particulars: dict[str, Any] = {} if is_ct_made else {"baseline_ct_on": None}
    enrolment = enrol(
        virtual, nurse.clinic, now, full_name=person.full_name, hospital_number=person.hospital_number,
        phone=person.phone, language=person.language, baseline_cough=random.choice((0, 0, 0, 0, 1)), **particulars,
    )  # fmt: skip
    Patient.objects.filter(pk=enrolment.patient.pk).update(
        date_of_birth=person.born_on, travel_distance_km=person.distance_km
    )
    live_through(enrolment, virtual, nurse, random, until)
    _log_interruption(enrolment.course, virtual.days, random, now)
    for alert in enrolment.patient.alerts.not_closed():
        close(alert, nurse, random.choice((Outcome.PHONE_ADVICE, Outcome.CLINIC_VISIT)), "rang", until)
    return enrolment.patient if enrolment.course.first_dose_on <= until.date() else None


def _log_interruption(course: TreatmentCourse, days: int, random: Random, now: datetime) -> None:
    """Some have stopped the drug for a week, and gone on with it."""
    if days < 30 or random.random() > 0.4:
        return
    stopped_on = course.first_dose_on + timedelta(days=random.randint(14, days - 12))
    restarted_on = stopped_on + timedelta(days=random.randint(4, 10))
    reason = random.choice((DoseReason.STOMATITIS, DoseReason.STOMATITIS, DoseReason.PNEUMONITIS))
    today = local_date(now, course.patient.zone)
    for kind, on, dose in ((DoseEventKind.INTERRUPTED, stopped_on, None), (DoseEventKind.RESTARTED, restarted_on, 10)):
        if on <= today:
            record_dose_event(course, kind=kind, happened_on=on, dose_mg=dose, reason=reason, now=now)


def _see_to_some(team: list[Practitioner]) -> None:
    """Two of five are in somebody's hands: taken, acted on, noted, or tried in vain."""
    waiting = Alert.objects.filter(clinic=team[0].clinic).not_closed().order_by("raised_at", "number")
    for number, alert in enumerate(waiting):
        person = team[number % 4]
        at = alert.raised_at + timedelta(minutes=2)
        match number % 10:
            case 0 | 4:
                acknowledge(alert, person, at)
            case 2:
                record_action(alert, person, "Rang her; she measures again and calls back at 15:00.", at)
            case 7:
                acknowledge(alert, person, at)
                add_note(alert, person, "Husband answered, she is asleep. Trying again after lunch.", at)
            case 9 if alert.urgency == Urgency.ROUTINE:
                close(alert, person, Outcome.UNABLE_TO_REACH, "No answer on the mobile.", at)


def _let_climb() -> None:
    """What nobody has taken climbs as far as it would have since it was raised."""
    urgent = Alert.objects.not_closed().filter(state="open", urgency__gte=Urgency.URGENT)
    for alert in urgent:
        Alert.objects.filter(pk=alert.pk).update(climbing_since=alert.raised_at, climbs_at=alert.raised_at)
    escalate_due(limit=1000)
