"""Makes a clinic with two people on call, and N activated patients: `python -m tests.faults.people N`.

Prints one JSON object with `patient` and `token` per line. `log-in` instead prints the key of a session of one on call;
`webhook URL` gives that one a webhook as the first channel.
"""

from __future__ import annotations

import json
import sys

import django


def main(count: int) -> None:
    from django.utils import timezone

    from symptoms.enrolment import activate_device, issue_activation_code
    from symptoms.models import Clinic
    from tests.cast import make_clinic, make_patient, make_practitioner

    clinic = Clinic.objects.filter(slug="faults").first()
    if clinic is None:
        clinic = make_clinic("faults")
        for name in ("kim", "sam"):
            make_practitioner(clinic, name, is_on_call=True)
    for number in range(count):
        now = timezone.now()
        patient = make_patient(clinic, f"Patient {number}")
        _, token, _ = activate_device(issue_activation_code(patient, now=now), device_name="phone", now=now)
        print(json.dumps({"patient": str(patient.pk), "token": token}))


def log_in() -> None:
    from symptoms.models import User
    from tests.cast import session_of

    print(session_of(User.objects.get(username="kim")))


def give_webhook(address: str) -> None:
    from alerts.models.notification import Channel
    from symptoms.models import Practitioner
    from tests.alerts.providers import give_address

    give_address(Practitioner.objects.get(user__username="kim"), Channel.WEBHOOK, address)


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "webhook":
        give_webhook(sys.argv[2])
    elif sys.argv[1] == "log-in":
        log_in()
    else:
        main(int(sys.argv[1]))
