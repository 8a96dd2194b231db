"""A whole site of real servers and processes, to break: PostgreSQL, Redis, mail, web, workers, dispatchers."""

from __future__ import annotations

import contextlib
import json
import os
import random
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import httpx
import psycopg
import redis

from alerts.transports.standard_webhooks import sign
from config import env
from config.local_postgres.server import PostgresServer
from config.local_redis import RedisServer
from tests.alerts.providers import WEBHOOK_SECRET
from tests.alerts.sink import Sink, running_sink

PYTHON: Final = sys.executable
CELERY: Final = [PYTHON, "-m", "celery", "-A", "config"]
WORKER: Final = [*CELERY, "worker", "--pool", "threads", "--concurrency", "4", "--without-gossip", "--without-mingle"]
MANAGE: Final = [PYTHON, str(env.BASE_DIR / "manage.py")]
DISPATCH: Final = [*MANAGE, "dispatch"]
SHIFTED: Final = (
    "import time_machine, datetime, sys;"
    "time_machine.travel(datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours={hours}), tick=True).start();"
    "from django.core.management import execute_from_command_line as run;"
    "run(['manage.py', 'dispatch', '--threads', '2'])"
)
FOUR_SORES: Final = {
    "symptoms": ["mouth_sores"],
    "mouth_sores.count": 4,
    "mouth_sores.intake": "normal",
    "mouth_sores.severity": 1,
    "mouth_sores.interference": 0,
    "fever.temperature_c": 36.9,
}


BREATHLESS_AT_REST: Final = {
    "symptoms": ["dyspnea"],
    "dyspnea.severity": 4,
    "dyspnea.exertion": "at_rest",
    "fever.temperature_c": 36.9,
}


class MoodySink(Sink):
    """A mail server that can be told to fail now and then, before it keeps the mail; and to be slow."""

    def __init__(self) -> None:
        super().__init__()
        self.failing_share = 0.0
        self.slow_s = 0.0
        self._mood = random.Random(5)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        import asyncio

        await asyncio.sleep(self.slow_s)
        if self._mood.random() < self.failing_share:
            return "451 not now"
        return await super().handle_DATA(server, session, envelope)


@dataclass
class Filed:
    """A report that the web server took: its number there, who filed it, and how long the answer took."""

    report: str
    patient: str
    is_emergency: bool
    took_s: float


Page = tuple[str, int]
"""Pages are told apart by the address they go to and the number of the alert they are about."""


@dataclass(frozen=True, slots=True)
class Tries:
    """What was tried to tell one person of one alert: pages, attempts, and attempts of which nobody knows the end.

    `report` is the report that the alert is about; None for an alert about the system, which tells nobody of it.
    An attempt that is still under way is not counted as unknown: it has not been repeated.
    """

    report: str | None
    pages: int
    attempts: int
    unknown: int


@dataclass
class Site:
    """The site. `processes` by name; `filed` is what patients have reported since `begin`."""

    folder: Path
    postgres: PostgresServer
    redis_server: RedisServer
    sink: MoodySink
    port: int
    environment: dict[str, str]
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    phones: list[dict[str, str]] = field(default_factory=list)
    filed: list[Filed] = field(default_factory=list)

    # Processes

    def start(self, name: str, command: Sequence[str], **environment: str) -> None:
        """Start a process, its output going to a log of its own; wait for nothing."""
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                command, cwd=env.BASE_DIR, env={**self.environment, **environment}, stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def start_web(self, **environment: str) -> None:
        """The web server, answering."""
        bind = ["--bind", f"127.0.0.1:{self.port}", "--no-control-socket"]
        threads = ["--workers", "1", "--threads", "8", "--config", "python:config.web_server"]
        self.start("web", [PYTHON, "-m", "gunicorn", "config.wsgi", *bind, *threads], **environment)
        await_that(lambda: self.get("/health/live") == 200, "the web server answers", 40)

    def start_dispatcher(self, name: str = "dispatcher") -> None:
        self.start(name, DISPATCH)

    def start_celery(self) -> None:
        """A worker for every queue, and beat."""
        self.start("worker", [*WORKER, "--queues", "alerts,care"])
        self.start("beat", [*CELERY, "beat", "--pidfile", ""])

    def await_life(self, *names: str) -> None:
        """Wait until processes that were started since `begin` have shown life."""
        living = "SELECT count(*) FROM alerts_heartbeat WHERE name = ANY(%s)"
        await_that(lambda: self.sql(living, [*names]) == [(len(names),)], f"{names} show life")

    def signal(self, name: str, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.processes[name].pid, number)

    def kill(self, name: str) -> None:
        """`kill -9`, the whole process group."""
        self.signal(name, signal.SIGKILL)
        self.processes.pop(name).wait()

    def kill_all(self, *but: str) -> None:
        for name in [name for name in self.processes if name not in but]:
            self.signal(name, signal.SIGCONT)
            self.kill(name)

    # Servers

    def sql(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Rows of the site's database, through its own door."""
        with psycopg.connect(self.postgres.url, autocommit=True, connect_timeout=3) as connection:
            cursor = connection.execute(statement, values)
            return cursor.fetchall() if cursor.description else []

    def crash_postgres(self) -> None:
        """An immediate shutdown, as after a crash: nothing is saved; recovery follows at the start."""
        pid = int((self.postgres.data / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGQUIT)
        await_that(lambda: not Path(f"/proc/{pid}").exists() or is_zombie(pid), "PostgreSQL is gone", 20)
        self.postgres.start()

    def broker(self) -> redis.Redis:
        return redis.Redis(unix_socket_path=self.redis_server.url.removeprefix("unix://"))

    # Patients

    def get(self, path: str) -> int:
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}{path}", timeout=10).status_code
        except httpx.HTTPError:
            return 0

    def call_at_once(self, count: int, token: str) -> Counter[int]:
        """So many calls of a phone at the same moment, and how often each status was the answer."""
        headers = {"Authorization": f"Bearer {token}"}

        def call(_: int) -> int:
            return httpx.get(f"http://127.0.0.1:{self.port}/api/v1/me", headers=headers, timeout=60).status_code

        with ThreadPoolExecutor(count) as callers:
            return Counter(callers.map(call, range(count)))

    def seconds_of_calls(self, count: int, token: str) -> list[float]:
        """How long each of so many calls of a phone took, one after the other; sorted."""
        with httpx.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=60) as phone:
            phone.headers["Authorization"] = f"Bearer {token}"
            return sorted(phone.get("/api/v1/me").elapsed.total_seconds() for _ in range(count))

    def try_to_report(self, token: str) -> httpx.Response:
        """One try of a phone, which is told what to do if it fails."""
        body = {"client_id": str(uuid.uuid4()), "answers": FOUR_SORES}
        headers = {"Authorization": f"Bearer {token}"}
        return httpx.post(f"http://127.0.0.1:{self.port}/api/v1/reports", json=body, headers=headers, timeout=60)

    def guess_password(self, stranger: httpx.Client) -> bool:
        """Somebody tries a name that nobody has. Whether it was judged."""
        address = f"http://127.0.0.1:{self.port}/sign-in/"
        given = {"login": secrets.token_hex(6), "password": "not the password", "csrfmiddlewaretoken": "c" * 32}
        answer = stranger.post(address, data=given, headers={"Cookie": f"csrftoken={'c' * 32}"}, timeout=60)
        return "is not right" in answer.text

    def report(self, *, is_emergency: bool = False) -> Filed:
        """The next patient reports four sores, or breathlessness at rest.

        The app tries again with the same id until it has an answer.
        """
        phone = self.phones.pop()
        body = {"client_id": str(uuid.uuid4()), "answers": BREATHLESS_AT_REST if is_emergency else FOUR_SORES}
        began = time.monotonic()
        status, made = 0, {}
        while status != 201:
            try:
                answer = httpx.post(
                    f"http://127.0.0.1:{self.port}/api/v1/reports",
                    json=body,
                    headers={"Authorization": f"Bearer {phone['token']}"},
                    timeout=30,
                )
                status, made = answer.status_code, answer.json()
            except (httpx.HTTPError, ValueError):
                status = 0
            if status != 201:
                assert time.monotonic() - began < 60, f"the report is not taken: {status}"
                time.sleep(0.2)
        assert made["urgency"] == ("emergency" if is_emergency else "urgent"), made["urgency"]
        self.filed.append(Filed(made["id"], phone["patient"], is_emergency, time.monotonic() - began))
        return self.filed[-1]

    def see(self, path: str, *, session: str = "", token: str = "") -> str:
        """A page as a member of the staff sees it, or what the app of a patient reads."""
        return httpx.get(
            f"http://127.0.0.1:{self.port}{path}",
            cookies={"sessionid": session} if session else {},
            headers={"Authorization": f"Bearer {token}"} if token else {},
            timeout=10,
        ).text

    def receipt(self, identity: str, status: str, *, secret: str = WEBHOOK_SECRET) -> int:
        """Whoever got our webhook says what became of it. The status of our answer."""
        body = json.dumps({"id": identity, "status": status}).encode()
        headers = sign(secret, identity=str(uuid.uuid4()), at=int(time.time()), body=body)
        url = f"http://127.0.0.1:{self.port}/receipts/webhook"
        return httpx.post(url, content=body, headers=headers | {"Content-Type": "application/json"}).status_code

    def take(self, link: str, *, session: str) -> str:
        """Follow the link of a page in a browser and press its button. What the page then says."""
        with httpx.Client(cookies={"sessionid": session}, timeout=10, follow_redirects=True) as browser:
            browser.get(link).raise_for_status()
            answer = browser.post(link, data={"csrfmiddlewaretoken": browser.cookies["csrftoken"]})
        return answer.raise_for_status().text

    def links(self, name: str) -> dict[int, str]:
        """By number of the alert, the links to acknowledge it that somebody's mails have brought so far."""
        found = {}
        for to, mail in list(self.sink.mails):
            text = str(mail.get_content())
            link = re.search(r"http\S+/acknowledge/\S+", text)
            if link and to[0].startswith(f"{name}@"):
                found[int(re.findall(r"alert (\d+)", text)[0])] = link[0]
        return found

    def log_in(self) -> str:
        """The key of a session of somebody on call."""
        return self.people("log-in")

    def people(self, *what: str) -> str:
        """What `tests.faults.people` does with the people of the site, and prints."""
        command = [PYTHON, "-m", "tests.faults.people", *what]
        done = subprocess.run(
            command, cwd=env.BASE_DIR, env=self.environment, check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    def enrol(self, count: int) -> None:
        """Make sure that so many patients have not reported yet."""
        if len(self.phones) < count:
            self.phones += [json.loads(line) for line in self.people(str(count)).splitlines()]

    def begin(self, patients: int) -> None:
        """A clean start for one fault: everything runs, nothing is due, the sink is empty and in a good mood."""
        self.sink.failing_share = self.sink.slow_s = self.sink.silent_s = 0
        self.kill_all("web")
        if not self.redis_server.is_answering():
            self.redis_server.start()
        if "web" not in self.processes:
            self.start_web()
        self.enrol(patients)
        self.sql("UPDATE alerts_notification SET state = 'cancelled' WHERE state IN ('pending', 'sending')")
        self.sql(
            "UPDATE alerts_alert SET state = 'closed', outcome = 'no_action', closed_at = now(), awaited = '',"
            " closed_by_id = (SELECT min(id) FROM symptoms_practitioner) WHERE state <> 'closed'"
        )
        self.sql("UPDATE alerts_notification SET last_attempt_at = last_attempt_at - interval '1 minute'")  # no flood
        self.sql("DELETE FROM alerts_heartbeat")
        self.sink.mails.clear()
        self.filed.clear()

    # What came of it

    def pages(self) -> dict[Page, Tries]:
        """By recipient and alert, what the rows say of the pages about the filed reports."""
        rows = self.sql(
            "SELECT account.email, alert.number, alert.report_id, alert.problem = 'system',"
            " count(DISTINCT page.id), count(attempt.id),"
            " count(attempt.id) FILTER (WHERE attempt.outcome = 'unknown'"
            " AND NOT (page.state = 'sending' AND attempt.number = page.attempt_count))"
            " FROM alerts_notification page JOIN alerts_alert alert ON alert.id = page.alert_id"
            " JOIN symptoms_practitioner recipient ON recipient.id = page.recipient_id"
            " JOIN symptoms_user account ON account.id = recipient.user_id"
            " LEFT JOIN alerts_deliveryattempt attempt ON attempt.notification_id = page.id"
            " WHERE alert.patient_id = ANY(%s::uuid[]) GROUP BY 1, 2, 3, 4",
            [one.patient for one in self.filed],
        )
        return {
            (address, number): Tries(None if is_system else str(report), pages, attempts, unknown)
            for address, number, report, is_system, pages, attempts, unknown in rows
        }

    def arrivals(self) -> Counter[Page]:
        """By recipient and alert, how many mails that name it arrived; one mail may name several alerts."""
        return Counter(
            (address, number)
            for to, mail in list(self.sink.mails)
            for address in to
            for number in {int(one) for one in re.findall(r"alert (\d+)", str(mail.get_content()))}
        )

    def told(self) -> set[str | None]:
        """The reports of which somebody was told: a mail with the number of the alert that the report raised."""
        pages = self.pages()
        return {pages[page].report for page in self.arrivals() if page in pages}

    def all_told(self) -> bool:
        return self.told() >= {one.report for one in self.filed}

    def first_attempts_s(self) -> list[float]:
        """Of each alert about the filed reports: seconds from queueing its first page to the first try, sorted."""
        rows = self.sql(
            "SELECT extract(epoch FROM min(attempt.started_at) - min(page.created_at))"
            " FROM alerts_alert alert JOIN alerts_notification page ON page.alert_id = alert.id"
            " JOIN alerts_deliveryattempt attempt ON attempt.notification_id = page.id"
            " WHERE alert.report_id = ANY(%s::uuid[]) AND alert.problem <> 'system' GROUP BY alert.id",
            [one.report for one in self.filed],
        )
        return sorted(float(seconds) for (seconds,) in rows)


def await_that(is_so: Callable[[], object], what: str, within_s: float = 60) -> None:
    """Wait until something is so; fails with what did not happen."""
    deadline = time.monotonic() + within_s
    while not is_so():
        assert time.monotonic() < deadline, f"it did not happen that {what}, within {within_s:.0f} s"
        time.sleep(0.1)


def is_zombie(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z"
    except OSError:
        return True


@contextlib.contextmanager
def running_site(folder: Path) -> Iterator[Site]:
    """A migrated site with its servers and its web server; ends everything that it started."""
    postgres, redis_server = PostgresServer(folder), RedisServer(folder)
    with contextlib.ExitStack() as cleanup:
        postgres.start()
        cleanup.callback(postgres.stop)
        redis_server.start()
        cleanup.callback(redis_server.stop)
        sink = cleanup.enter_context(running_sink(MoodySink()))
        assert isinstance(sink, MoodySink)
        port = free_port()
        environment = {
            **os.environ,
            "DATABASE_URL": postgres.url,
            "REDIS_URL": redis_server.url,
            "EMAIL_URL": f"smtp://127.0.0.1:{sink.port}",
            "SITE_URL": f"http://127.0.0.1:{port}",
            "SECRET_KEY": secrets.token_urlsafe(64),
            "WEBHOOK_SECRET": WEBHOOK_SECRET,
            "WEBHOOK_HOSTS": "127.0.0.1",
            "LOCAL_STACK": "1",
            "LOCAL_DIR": str(folder),
            "PYTHONUNBUFFERED": "1",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        site = Site(folder, postgres, redis_server, sink, port, environment)
        cleanup.callback(site.kill_all)
        subprocess.run([*MANAGE, "migrate", "--verbosity", "0"], env=environment, cwd=env.BASE_DIR, check=True)
        yield site


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
