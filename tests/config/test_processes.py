"""Child processes are restarted when they die, ended with force when they must be, and end with their parent."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from config import env, processes
from config.processes import Child, Crew

SLEEP = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(60)"]
DEAF = [
    sys.executable, "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)",
]  # fmt: skip
PARENT = """
import os, sys, time
from pathlib import Path
from config.processes import Child
child = Child("child", sys.argv[2:], Path(sys.argv[1]))
child.start(dict(os.environ))
print(child.process.pid, flush=True)
time.sleep(60)
"""


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


def is_gone(pid: int) -> bool:
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def crew(said: list[str]) -> Iterator[Crew]:
    crew = Crew(said.append, dict(os.environ))
    yield crew
    crew.stop()


def add(crew: Crew, command: list[str], log: Path) -> Child:
    child = Child("child", command, log)
    crew.add(child)
    wait_until(lambda: "up" in log.read_text())
    return child


def test_a_child_that_dies_is_restarted_and_that_is_said(crew: Crew, said: list[str], tmp_path: Path) -> None:
    child = add(crew, SLEEP, tmp_path / "log")
    assert child.process is not None
    first = child.process.pid
    child.process.kill()
    child.process.wait()

    def runs_again() -> bool:
        crew.look_after()
        return child.process is not None and child.process.pid != first

    wait_until(runs_again)
    assert len(said) == 1
    assert "child ended with status -9; restarting" in said[0]


def test_a_child_that_does_not_listen_is_killed(
    crew: Crew, said: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "STOP_TIMEOUT_S", 0.2)
    child = add(crew, DEAF, tmp_path / "log")
    assert child.process is not None
    crew.stop()
    assert is_gone(child.process.pid)
    assert said == ["child does not end; killing it"]


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's promise is Linux's")
def test_a_killed_parent_takes_its_children_along(tmp_path: Path) -> None:
    log = tmp_path / "log"
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(log), *SLEEP], cwd=env.BASE_DIR, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    wait_until(lambda: log.exists() and "up" in log.read_text())
    parent.kill()
    parent.communicate()
    wait_until(lambda: is_gone(child))
