"""Measures turns and reports through the production server, beside floors, in rounds that take turns.

(a) is a bare Django view that inserts one row; (b) a minimal REST framework view with a token and one insert, both with
Django's own PostgreSQL backend and persistent connections. (a+) and (b+) are the same views on the product's backend.
The load is the same in every run: whole check-ins in five languages, and reports of which one in seven is urgent.
"""

from __future__ import annotations

import contextlib
import json
import os
import statistics
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING, Any, Final

import psycopg

from benchmarks.load.servers import Postgres, WebServer, running
from benchmarks.load.talks import URGENT, report_body, varied_report
from config import env, local_services

if TYPE_CHECKING:  # needs Django's models, once these are ready
    from benchmarks.load.people import People

SEED: Final = 20260312
ROUNDS: Final = int(os.environ.get("BENCH_ROUNDS", "5"))
CLIENTS: Final = (16, 64)
TALKS: Final = 120
REPORTS: Final = 500
ALERTS: Final = 300
NOTES: Final = 1_500
FLOORS: Final = "benchmarks.load.floors.wsgi"
FOLDER: Final = env.BASE_DIR / ".local" / "bench"
RESULTS: Final = FOLDER / "load.json"

Job = dict[str, Any]


@dataclass
class Figures:
    """What the rounds of one kind of request took, in seconds."""

    cpu: list[float] = field(default_factory=list)
    database_cpu: list[float] = field(default_factory=list)
    elapsed: list[float] = field(default_factory=list)
    took: list[float] = field(default_factory=list)

    def to_json(self) -> dict[str, float]:
        """Per request: CPU of the server and of PostgreSQL in milliseconds, requests a second, latencies in ms."""
        cuts = statistics.quantiles(self.took, n=100)
        return {
            "requests": len(self.took),
            "cpu_ms": 1e3 * statistics.median(self.cpu),
            "database_cpu_ms": 1e3 * statistics.median(self.database_cpu),
            "requests_per_second": 1 / statistics.median(self.elapsed),
            "p50_ms": 1e3 * cuts[49],
            "p99_ms": 1e3 * cuts[98],
        }


class Site:
    """The product and the floors, both served, and the patients who use them."""

    def __init__(
        self, product: WebServer, shipped: WebServer, own: WebServer, postgres: Postgres, people: People, key: str
    ) -> None:
        self.product, self.postgres, self.people = product, postgres, people
        self._floors_as_shipped, self._floors_on_own = shipped, own
        self._note_token = f"Token {key}"
        self._random = Random(SEED + 1)  # drawn as the people were, reports would get the ids of reports that are there

    def notes(self, path: str, count: int = NOTES) -> list[Job]:
        words = "two mouth ulcers since yesterday"
        bodies = ({"client_id": str(uuid_of(self._random)), "text": words} for _ in range(count))
        return [{"path": path, "token": self._note_token, "bodies": [body]} for body in bodies]

    def talks(self, count: int = TALKS) -> list[Job]:
        """Check-ins that have just begun."""
        phones = self.people.take(count)
        begin = [
            {"path": "/api/v1/conversations", "token": token, "bodies": [{"client_id": str(uuid_of(self._random))}]}
            for token, _ in phones
        ]
        turns = play(self.product, begin, 1, keep=True)["answers"]
        return [
            {
                "path": f"/api/v1/conversations/{turn['conversation']['id']}/messages", "token": token,
                "seed": self._random.getrandbits(32), "language": language, "expects": turn["expects"],
            }
            for (token, language), turn in zip(phones, turns, strict=True)
        ]  # fmt: skip

    def reports(self, count: int = REPORTS) -> list[Job]:
        today = datetime.now(UTC).date()
        return [self._filing(token, varied_report(self._random, today)) for token, _ in self.people.take(count)]

    def alerting_reports(self, count: int = ALERTS) -> list[Job]:
        """Reports each of which raises a new alert."""
        today = datetime.now(UTC).date()
        return [self._filing(token, report_body(self._random, URGENT, today)) for token, _ in self.people.take(count)]

    def _filing(self, token: str, body: Job) -> Job:
        return {"path": "/api/v1/reports", "token": token, "bodies": [body]}

    def kinds(self) -> dict[str, tuple[WebServer, Callable[[], list[Job]]]]:
        """What is measured, by name: by which server, and the jobs of one round."""
        return {
            "(a) bare view, one insert": (self._floors_as_shipped, lambda: self.notes("/bare")),
            "(b) REST framework, token, one insert": (self._floors_as_shipped, lambda: self.notes("/token")),
            "(a+) as (a), on the product's backend": (self._floors_on_own, lambda: self.notes("/bare")),
            "(b+) as (b), on the product's backend": (self._floors_on_own, lambda: self.notes("/token")),
            "chat turn": (self.product, self.talks),
            "report, one in seven urgent": (self.product, self.reports),
            "report that raises an alert": (self.product, self.alerting_reports),
        }


def uuid_of(random: Random) -> uuid.UUID:
    return uuid.UUID(int=random.getrandbits(128), version=4)


def play(server: WebServer, jobs: list[Job], clients: int, *, keep: bool = False) -> dict[str, Any]:
    """Send the jobs from a process of its own."""
    plan = json.dumps({"port": server.port, "clients": clients, "jobs": jobs, "keep": keep})
    command = [sys.executable, "-m", "benchmarks.load.phones"]
    done = subprocess.run(command, input=plan, stdout=subprocess.PIPE, text=True, check=True, cwd=env.BASE_DIR)
    played: dict[str, Any] = json.loads(done.stdout)
    return played


def measure(site: Site, server: WebServer, jobs: list[Job], clients: int, figures: Figures) -> None:
    """One round: play the jobs, and note what they took."""
    cpu, database_cpu = server.cpu_seconds(), site.postgres.cpu_seconds()
    played = play(server, jobs, clients)
    count = len(played["took"])
    figures.cpu.append((server.cpu_seconds() - cpu) / count)
    figures.database_cpu.append((site.postgres.cpu_seconds() - database_cpu) / count)
    figures.elapsed.append(played["seconds"] / count)
    figures.took += played["took"]


@contextlib.contextmanager
def running_site(patients: int) -> Iterator[Site]:
    """PostgreSQL, Redis, both servers and so many patients; the databases are made anew."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ["LOCAL_DIR"] = str(FOLDER)
    url, redis = local_services.start_postgres(FOLDER), local_services.start_redis(FOLDER)
    common = {"LOCAL_STACK": "1", "REDIS_URL": redis, "PYTHONUNBUFFERED": "1", "LOG_LEVEL": "WARNING"}
    product = common | {"DATABASE_URL": _fresh_database(url, "load")}
    floors = common | {"DATABASE_URL": _fresh_database(url, "load_floors")}
    os.environ |= product
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from benchmarks.load.people import People

    people = People(patients, SEED)
    prepare = [sys.executable, "-m", "benchmarks.load.floors.prepare"]
    key = subprocess.run(prepare, env=os.environ | floors, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
    with (
        running("config.wsgi", FOLDER / "product.log", product) as served,
        running(FLOORS, FOLDER / "floors.log", floors | {"FLOORS_ON": "django"}) as as_shipped,
        running(FLOORS, FOLDER / "floors-own.log", floors) as on_own,
    ):
        yield Site(served, as_shipped, on_own, Postgres(FOLDER), people, key)


def _fresh_database(url: str, name: str) -> str:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {name}")
    return url.replace("/symptoms?", f"/{name}?")


def run() -> None:
    """The whole suite: the table on stdout, the figures in `.local/bench/load.json` as well."""
    needed = (TALKS + REPORTS + ALERTS) * (ROUNDS * len(CLIENTS) + 1)
    results: dict[str, dict[str, dict[str, float]]] = {}
    with running_site(needed) as site:
        for server, jobs in site.kinds().values():
            measure(site, server, jobs(), CLIENTS[0], Figures())  # warms up
        for clients in CLIENTS:
            found = {name: Figures() for name in site.kinds()}
            for number in range(ROUNDS):
                for name, (server, jobs) in site.kinds().items():
                    progress(f"{clients} clients, round {number + 1} of {ROUNDS}: {name}")
                    measure(site, server, jobs(), clients, found[name])
            results[f"{clients} clients"] = {name: figures.to_json() for name, figures in found.items()}
    progress("")
    RESULTS.write_text(json.dumps(results, indent=2))
    for name, figures in results.items():
        print(f"\n{table(name, figures)}")


def table(heading: str, figures: dict[str, dict[str, float]]) -> str:
    """The figures of one number of clients as a Markdown table, with ratios to the floors."""
    bare, token, _, token_on_own = list(figures.values())[:4]
    columns = [
        heading, "CPU ms", "x (a)", "x (b)", "x (b+)", "requests/s", "of (b)", "of (b+)",
        "p50 ms", "x (b)", "p99 ms", "x (b)", "database ms",
    ]  # fmt: skip
    lines = [f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}"]
    for name, one in figures.items():
        cpu, rate = one["cpu_ms"], one["requests_per_second"]
        lines.append(
            f"| {name} | {cpu:.2f} | {cpu / bare['cpu_ms']:.2f} | {cpu / token['cpu_ms']:.2f} "
            f"| {cpu / token_on_own['cpu_ms']:.2f} | {rate:.0f} | {rate / token['requests_per_second']:.2f} "
            f"| {rate / token_on_own['requests_per_second']:.2f} "
            f"| {one['p50_ms']:.1f} | {one['p50_ms'] / token['p50_ms']:.2f} "
            f"| {one['p99_ms']:.1f} | {one['p99_ms'] / token['p99_ms']:.2f} | {one['database_cpu_ms']:.2f} |"
        )
    return "\n".join(lines)


def progress(words: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write("\r\033[K" + words)
    elif words:
        sys.stderr.write(words + "\n")
    sys.stderr.flush()
