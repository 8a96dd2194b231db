"""Measures the pages that clinicians open most at a clinic of 10,000 patients and 2,000 open alerts.

The floor is an empty list of the same site, in the same run and signed in as the same person.
Each figure is the time of one whole request within the process: middleware, session, access log and template included.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from benchmarks.measuring import show
from config import env, local_services

PATIENTS: Final = 10_000
OPEN_ALERTS: Final = 2_000
REQUESTS: Final = 120
GOAL_MS: Final = 200


def run() -> None:
    """Start the embedded server, make a database, and measure in it; it is dropped in the end."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if not env.read("DATABASE_URL"):
        folder = env.BASE_DIR / ".local" / "bench"
        os.environ["LOCAL_DIR"] = str(folder)
        os.environ["DATABASE_URL"] = local_services.start_postgres(folder, is_durable=False)
        os.environ["LOCAL_STACK"] = "1"
    from django.db import connection

    import config.wsgi  # noqa: F401  (what is loaded is kept out of the garbage collection, as in the web server)

    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        _measure()
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def _measure() -> None:
    from django.db import connection
    from django.utils import timezone

    from alerts.models import Alert
    from benchmarks.crowd import enrol_crowd, phone_of, raise_crowd, record_crowd
    from tests.cast import make_clinic, make_practitioner, site_of

    clinic = make_clinic("bench")
    nurse = make_practitioner(clinic, "bench-nurse")
    enrol_crowd(clinic, PATIENTS)
    record_crowd(clinic, nurse)
    raise_crowd(clinic, OPEN_ALERTS, nurse, timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    site = site_of(nurse.user)
    site.defaults["HTTP_HOST"] = "localhost"
    alert = Alert.objects.most_urgent_first()[0]
    tag = site.get("/admin/alerts/alert/worklist/").headers["ETag"]
    floor = _show("an empty list of the site (floor)", lambda: site.get("/admin/alerts/clinicholiday/"))
    _show("the worklist, first page", lambda: site.get("/admin/"), floor)
    _show("the worklist, last page", lambda: site.get("/admin/?page=40"), floor)
    _show("the worklist, overdue", lambda: site.get("/admin/?show=overdue"), floor)
    _show("its fragment, changed", lambda: site.get("/admin/alerts/alert/worklist/"), floor)
    unchanged = {"If-None-Match": tag}
    _show(
        "its fragment, not changed", lambda: site.get("/admin/alerts/alert/worklist/", headers=unchanged), floor, {304}
    )
    pages = {
        "the page of an alert": f"alerts/alert/{alert.pk}/change/",
        "the page of a patient": f"symptoms/patient/{alert.patient_id}/change/",
        "the list of patients": "symptoms/patient/",
        "patients by a name": "symptoms/patient/?q=crowd-77",
        "patients by a hospital number": "symptoms/patient/?q=CROWD 7777",
        "patients by a birth date": "symptoms/patient/?q=8 jan 1940",
        "patients by a telephone number": f"symptoms/patient/?q={phone_of(7777)}",
        "the list of alerts": "alerts/alert/",
        "the list of reports": "symptoms/symptomreport/",
        "the list of visits": "alerts/visit/",
        "the statistics": "alerts/alert/statistics/",
    }
    for figure, path in pages.items():
        _show(figure, partial(site.get, f"/admin/{path}"), floor)


def _show(
    figure: str,
    ask: Callable[[], Any],
    floor: float | None = None,
    statuses: frozenset[int] | set[int] = frozenset({200}),
) -> float:
    """Print the median beside its floor, and the 95th percentile in milliseconds; returns the median in seconds."""
    took = []
    for _ in range(REQUESTS):
        began = time.perf_counter()
        answer = ask()
        took.append(time.perf_counter() - began)
        assert answer.status_code in statuses, answer.status_code
    median, p95 = statistics.median(took), statistics.quantiles(took, n=20)[-1]
    show(figure, median, floor or median)
    print(f"  p95 {p95 * 1000:.0f} ms (goal {GOAL_MS})", flush=True)
    return median
