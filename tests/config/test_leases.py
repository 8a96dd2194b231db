"""A local server serves several processes: the last to leave stops it, and one that is killed is not waited for."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from config import env, local_services
from config.local_redis import RedisServer

HOLD = """
import sys, time
from pathlib import Path
from config import local_services
local_services.start_redis(Path(sys.argv[1]))
print("holding", flush=True)
sys.stdin.read()
"""
FORK = """
import os, sys
from pathlib import Path
from config import local_services
local_services.start_redis(Path(sys.argv[1]))
if os.fork() == 0:
    sys.exit()  # an ordinary end, which runs what is registered for it
os.wait()
print("answers" if local_services.RedisServer(Path(sys.argv[1])).is_answering() else "stopped")
"""

OUTLIVE = """
import os, sys, time
from pathlib import Path
from config import local_services
folder, parent = Path(sys.argv[1]), os.getpid()
local_services.start_redis(folder)
if os.fork() == 0:
    while os.getppid() == parent:
        time.sleep(0.02)
    print("answers" if local_services.RedisServer(folder).is_answering() else "stopped", flush=True)
    sys.exit()
"""


class Holder:
    """Another process that uses the server until it is told to leave."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(folder)],
            cwd=env.BASE_DIR, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "holding\n"

    def leave(self) -> None:
        self.process.communicate(timeout=60)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path)
    yield server
    server.stop()


def test_the_last_process_to_leave_stops_the_server(tmp_path: Path, server: RedisServer) -> None:
    first, second = Holder(tmp_path), Holder(tmp_path)
    first.leave()
    assert server.is_answering()
    second.leave()
    assert not server.is_answering()


def test_a_killed_process_keeps_nothing_running(tmp_path: Path, server: RedisServer) -> None:
    killed, other = Holder(tmp_path), Holder(tmp_path)
    killed.process.kill()
    killed.leave()
    other.leave()
    assert not server.is_answering()


def test_a_forked_child_that_ends_leaves_the_server_to_its_parent(tmp_path: Path, server: RedisServer) -> None:
    said = subprocess.run(
        [sys.executable, "-c", FORK, str(tmp_path)], cwd=env.BASE_DIR, capture_output=True, text=True, check=True
    )
    assert said.stdout == "answers\n"
    assert not server.is_answering()


def test_a_forked_child_keeps_the_server_when_its_parent_leaves(tmp_path: Path, server: RedisServer) -> None:
    said = subprocess.run(  # it ends when the child, too, has closed its output
        [sys.executable, "-c", OUTLIVE, str(tmp_path)],
        cwd=env.BASE_DIR, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert said.stdout == "answers\n"


def test_a_server_that_was_killed_runs_again(tmp_path: Path, server: RedisServer) -> None:
    with local_services.running_redis(tmp_path):
        assert "redis" not in local_services.revive_servers()
        pid = server._pid()
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        deadline = time.monotonic() + 60
        while psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        assert "redis" in local_services.revive_servers()
        assert server.is_answering()
    assert not server.is_answering()


def test_a_deep_folder_is_no_obstacle(tmp_path: Path) -> None:
    with local_services.running_redis(tmp_path / ("deep" * 30)) as url:
        short = Path(url.removeprefix("unix://")).parent
        assert len(url) < 107
        assert short.is_dir()
    assert not short.exists()
