"""The web servers that are loaded, started as in production, and the CPU time that they and PostgreSQL take."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import psutil

from config import env
from config.stack import web_command

START_TIMEOUT_S: Final = 60


class WebServer:
    """One web server with all its processes."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.port = port
        self._process = psutil.Process(process.pid)

    def cpu_seconds(self) -> float:
        """What its processes have taken of the processors so far, user and system time."""
        return _cpu_seconds([self._process, *self._process.children(recursive=True)])

    def memory_mib(self) -> float:
        """The resident memory of its processes together."""
        processes = [self._process, *self._process.children(recursive=True)]
        return sum(process.memory_info().rss for process in processes) / 2**20


@contextlib.contextmanager
def running(application: str, log: Path, environment: dict[str, str]) -> Iterator[WebServer]:
    """A web server on a free port, answering, for as long as the block runs."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    with log.open("wb") as output:
        process = subprocess.Popen(
            web_command(application, "127.0.0.1", port), cwd=env.BASE_DIR, env={**os.environ, **environment},
            stdin=subprocess.DEVNULL, stdout=output, stderr=output,
        )  # fmt: skip
    try:
        _await_port(process, port, log)
        yield WebServer(process, port)
    finally:
        process.terminate()
        process.wait(30)


def _await_port(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while process.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    sys.exit(f"the web server did not start: {log.read_text()}")


class Postgres:
    """The processes of the embedded PostgreSQL."""

    def __init__(self, folder: Path) -> None:
        pid = int((folder / "postgres" / "postmaster.pid").read_text().split()[0])
        self._postmaster = psutil.Process(pid)

    def cpu_seconds(self) -> float:
        return _cpu_seconds([self._postmaster, *self._postmaster.children()])


def _cpu_seconds(processes: list[psutil.Process]) -> float:
    seconds = 0.0
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            seconds += times.user + times.system
    return seconds
