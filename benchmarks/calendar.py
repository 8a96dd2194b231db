"""Measures the check-ins of a million enrolled patients, fifty thousand of them due in the same minute.

The floor of planning and of sending is one raw SQL INSERT ... SELECT of the same reminder rows. Of a sweep with
nothing due, the floor is the same sweep with a thousand patients. The patients are made in SQL, in a database of
the benchmark's own on the embedded server, without anything to send them by: what a provider takes is its own affair.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from benchmarks.measuring import show
from config import env, local_services

PATIENTS: Final = int(os.environ.get("BENCH_PATIENTS", "1000000"))
DUE: Final = 50_000
FEW: Final = 1_000
WORKERS: Final = 2
STEP: Final = 50_000
NOON: Final = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)
NINE: Final = NOON.replace(hour=9)

MAKE_PATIENTS: Final = """
WITH numbers AS (SELECT generate_series(%(first)s, %(last)s) AS n),
users AS (
    INSERT INTO symptoms_user (username, password, is_superuser, first_name, last_name, email, is_staff, is_active,
        date_joined)
    SELECT 'bench-' || n, '!', false, '', '', '', false, true, now() FROM numbers RETURNING id, username
),
patients AS (
    INSERT INTO symptoms_patient (id, clinic_id, user_id, full_name, hospital_number, email, phone, language, time_zone,
        quiet_from, quiet_until, preferences, status, emergency_department, is_synthetic, created_at)
    SELECT gen_random_uuid(), %(clinic)s, id, username, '', '', '', 'en', 'UTC', '21:00', '08:00', '{}', 'active', '',
        true, now() FROM users RETURNING id
),
courses AS (
    INSERT INTO symptoms_treatmentcourse (patient_id, regimen, starting_dose_mg, first_dose_on, created_at)
    SELECT id, 'everolimus_exemestane', 10, %(first_dose_on)s::date - (random() * 27)::int, now() FROM patients
    RETURNING patient_id
)
INSERT INTO alerts_checkinplan (patient_id, next_at, settled_on, not_before, silent_count)
SELECT patient_id, %(next_at)s, %(first_dose_on)s::date - 1, %(next_at)s - interval '12 hours', 0 FROM courses
"""

RAW_INSERT: Final = """
INSERT INTO alerts_reminder (id, patient_id, kind, occurrence, due_at, expires_at, state, channel, attempt_count,
    created_at, follows_silence, is_repeat)
SELECT gen_random_uuid(), patient_id, 'recheck', 'floor', next_at, next_at + interval '1 day', 'pending', '', 0,
    now(), false, false
FROM alerts_checkinplan WHERE next_at <= %s
"""


def run() -> None:
    """Start the embedded server, make a database, and measure in it; it is dropped in the end."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if not env.read("DATABASE_URL"):
        folder = env.BASE_DIR / ".local" / "bench"
        os.environ["LOCAL_DIR"] = str(folder)
        os.environ["DATABASE_URL"] = local_services.start_postgres(folder, is_durable=False)
        os.environ["LOCAL_STACK"] = "1"
    os.environ["STATEMENT_TIMEOUT_MS"] = "0"
    import django

    django.setup()
    from django.db import connection

    name = connection.settings_dict["NAME"]
    made = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    url = urlsplit(os.environ["DATABASE_URL"])
    os.environ["DATABASE_URL"] = url._replace(path=f"/{made}").geturl()  # for the competing processes
    try:
        _measure()
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def _measure() -> None:
    from alerts import check_ins, reminding, silence
    from symptoms.models import Clinic

    clinic = Clinic.objects.create(name="Bench", slug="bench", phone="+32 2 555 01 00")
    _enrol(clinic.pk, 0, FEW)
    sweeps: dict[str, Callable[[datetime], object]] = {
        "plan check-ins": check_ins.plan_due,
        "deliver reminders": reminding.deliver_due,
        "judge silence": silence.judge_silence,
        "repeat unread": reminding.repeat_unread,
    }
    idle = {name: _idle(sweep) for name, sweep in sweeps.items()}
    _enrol(clinic.pk, FEW, PATIENTS)
    for name, sweep in sweeps.items():
        show(f"idle: {name}, {FEW:,} patients (floor)", idle[name], idle[name])
        show(f"idle: {name}, {PATIENTS:,} patients", _idle(sweep), idle[name])
    due = min(DUE, PATIENTS)
    _make_due(due)
    floor = _raw_insert(due)
    show("raw INSERT ... SELECT of the due reminders (floor)", floor, floor)
    _time(f"plan {due:,} due in one minute, 1 worker", lambda: check_ins.plan_due(NINE), due, floor)
    _time(f"send {due:,} due in one minute, 1 worker", _send_all, due, floor)
    _make_due(PATIENTS)
    floor = _raw_insert(PATIENTS)
    show("raw INSERT ... SELECT for everybody (floor)", floor, floor)
    _by_workers("plan", floor)
    _by_workers("send", floor)


def _enrol(clinic: int, first: int, last: int) -> None:
    """Patients on treatment whose next check-in is still ahead, with progress."""
    from django.db import connection

    with connection.cursor() as cursor:
        for begin in range(first, last, STEP):
            end = min(begin + STEP, last)
            values: dict[str, Any] = {"first": begin, "last": end - 1, "clinic": clinic}
            dates: dict[str, Any] = {"first_dose_on": NOON.date(), "next_at": NOON + timedelta(days=1)}
            cursor.execute(MAKE_PATIENTS, values | dates)
            _progress(f"{end:,} of {last:,} patients enrolled")
        cursor.execute("VACUUM ANALYZE")
    _progress("", is_over=True)


def _make_due(count: int) -> None:
    """Set the next check-in of so many patients to nine o'clock, as the sweep of the day before would have."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM alerts_reminder")
        cursor.execute(
            "UPDATE alerts_checkinplan SET next_at = %s, settled_on = %s, not_before = %s"
            " WHERE patient_id IN (SELECT patient_id FROM alerts_checkinplan LIMIT %s)",
            [NINE, NINE.date() - timedelta(days=1), NINE - timedelta(hours=12), count],
        )
        cursor.execute("VACUUM ANALYZE")


def _raw_insert(count: int) -> float:
    """Seconds for one row of the floor; the rows are taken out again."""
    from django.db import connection

    with connection.cursor() as cursor:
        began = time.perf_counter()
        cursor.execute(RAW_INSERT, [NINE])
        seconds = (time.perf_counter() - began) / count
        assert cursor.rowcount == count, "the floor writes as many rows as are due"
        cursor.execute("DELETE FROM alerts_reminder")
        cursor.execute("VACUUM ANALYZE alerts_reminder")
    return seconds


def _idle(sweep: Callable[[datetime], object]) -> float:
    """Seconds of a sweep that finds nothing, the median of fifty."""
    took = []
    for _ in range(50):
        began = time.perf_counter()
        assert not sweep(NINE - timedelta(days=2)), "nothing is due"
        took.append(time.perf_counter() - began)
    return statistics.median(took)


def _send_all() -> int:
    from alerts import reminding

    return reminding.deliver_due(NINE, limit=PATIENTS, seconds=float("inf"))


def _time(figure: str, work: Callable[[], int], count: int, floor: float) -> None:
    began = time.perf_counter()
    done = work()
    seconds = time.perf_counter() - began
    assert done == count, f"{done} of {count}"
    show(figure, seconds / count, floor)


def _by_workers(act: str, floor: float) -> None:
    """Everybody at once, by several processes that compete for the same rows, each with its peak of memory."""
    command = [sys.executable, "-m", "benchmarks.calendar", act]
    began = time.perf_counter()
    workers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(WORKERS)]
    answers = [worker.communicate()[0].split() for worker in workers]
    seconds = time.perf_counter() - began
    done = sum(int(count) for count, _, _ in answers)
    assert done == PATIENTS, f"{done} of {PATIENTS}"
    show(f"{act} {PATIENTS:,}, {WORKERS} workers, start-up included", seconds / PATIENTS, floor)
    for count, early, peak in answers:
        print(f"  one worker: {int(count):,} rows; memory {early} MiB after the first 1 %, {peak} MiB at its peak")
    print(f"  {seconds:.0f} seconds in all", flush=True)


def work(act: str) -> None:
    """One competing process: works until nothing is due, and says how much, and what memory it took, in MiB."""
    import django

    django.setup()
    from alerts import check_ins, reminding

    sweep = check_ins.plan_due if act == "plan" else reminding.deliver_due
    done = sweep(NINE, limit=max(PATIENTS // 100 // WORKERS, 1000))
    early = _peak_mib()
    while some := sweep(NINE, limit=20_000):
        done += some
        _progress(f"{act}: {done:,} by one worker")
    _progress("", is_over=True)
    print(done, early, _peak_mib())


def _peak_mib() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _progress(words: str, *, is_over: bool = False) -> None:
    """Where the benchmark is, on a terminal's one line."""
    if sys.stderr.isatty():
        sys.stderr.write("\r\033[K" + words)
        sys.stderr.flush()
    elif not is_over and PATIENTS >= STEP:
        sys.stderr.write(words + "\n")


if __name__ == "__main__":
    work(sys.argv[1])
