"""Servers that several processes share: the first starts one, the last to leave stops it.

Who uses a server is known by locks of the kernel on two files, so a process that is killed leaves nothing stale.
"""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final, Protocol

MUTEX_TIMEOUT_S: Final = 90.0


class ServiceError(Exception):
    """A local server cannot run. The message is one line that says what to do."""


class Server(Protocol):
    """What can be shared. All are called by one process at a time."""

    def is_answering(self) -> bool: ...

    def start(self) -> None:
        """Return when it answers; raises ServiceError."""

    def stop(self) -> None:
        """Return when it has ended."""


class Lease:
    """This process's share in a server, until it leaves or ends."""

    def __init__(self, server: Server, name: Path) -> None:
        """`name` is where the lock files are: `<name>.mutex` and `<name>.users`."""
        self._server = server
        self._mutex = name.with_name(f"{name.name}.mutex")
        self._users_path = name.with_name(f"{name.name}.users")
        self._users = -1
        self._pid = os.getpid()
        self._share_of_child = -1
        os.register_at_fork(
            before=self._before_fork,
            after_in_parent=self._after_fork_in_parent,
            after_in_child=self._after_fork_in_child,
        )
        atexit.register(self.leave)

    def join(self) -> bool:
        """Make sure that the server runs and keeps running; whether it had to be started. Raises ServiceError."""
        with self._alone():
            if self._users < 0:
                self._users = self._new_share()
            if self._server.is_answering():
                return False
            self._server.start()
            return True

    def revive(self) -> bool:
        """Start the server anew if it died while this process has a share in it; whether so. Raises ServiceError."""
        return self._users >= 0 and self.join()

    def leave(self) -> None:
        """Stop the server if nobody else uses it."""
        if self._users < 0 or self._pid != os.getpid():
            return
        with contextlib.suppress(OSError, ServiceError), self._alone(), contextlib.suppress(BlockingIOError):
            fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._server.stop()
        os.close(self._users)
        self._users = -1

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Let no other process start or stop the server meanwhile."""
        with _open_mutex(self._mutex) as mutex:
            deadline = time.monotonic() + MUTEX_TIMEOUT_S
            while True:
                try:
                    fcntl.flock(mutex, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() > deadline:
                        raise ServiceError(f"Another process has held {self._mutex} for too long: end it.") from None
                    time.sleep(0.05)
            yield

    def _new_share(self) -> int:
        share = os.open(self._users_path, os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(share, fcntl.LOCK_SH)
        return share

    def _before_fork(self) -> None:
        """Take the child's share before there is a child: the parent may leave before the child runs at all."""
        if self._users >= 0:
            self._share_of_child = self._new_share()

    def _after_fork_in_parent(self) -> None:
        if self._share_of_child >= 0:
            os.close(self._share_of_child)
            self._share_of_child = -1

    def _after_fork_in_child(self) -> None:
        self._pid = os.getpid()
        if self._share_of_child >= 0:
            os.close(self._users)  # the parent's, which a copy here would keep for it
            self._users, self._share_of_child = self._share_of_child, -1


def _open_mutex(path: Path) -> BinaryIO:
    try:
        return path.open("ab")
    except OSError as error:
        raise ServiceError(
            f"{path} cannot be written to ({error.strerror}): make room or set LOCAL_DIR to another folder."
        ) from error


def prepare_folder(folder: Path) -> None:
    """Make a folder that this process can write to; raises ServiceError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".probe-{os.getpid()}"
        probe.write_bytes(b"1")
        probe.unlink()
    except OSError as error:
        raise ServiceError(
            f"{folder} cannot be written to ({error.strerror}): make room, set LOCAL_DIR to another folder, or "
            "DATABASE_URL and REDIS_URL to servers elsewhere."
        ) from error


def last_complaint(log: Path) -> str:
    """The last line of a log that names a failure, else the last line."""
    try:
        lines = log.read_text(errors="replace").splitlines()[-200:]
    except OSError:
        return "it wrote no log"
    said = [line.strip() for line in lines if line.strip()]
    complaints = [line for line in said if any(word in line for word in ("FATAL", "PANIC", "rror:", "# "))]
    return (complaints or said or ["it said nothing"])[-1].rstrip(".")
