"""Runs the whole product on one machine: embedded servers where none are given, web, workers, beat, dispatcher.

`make serve` serves until it is told to stop; `make demo` plays the main job first. Everything is printed on
stdout, the output of each process goes to a log of its own.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Final

import httpx

from config import env, local_services
from config.demo import play
from config.leases import ServiceError, prepare_folder
from config.mail_sink import running_mail_sink
from config.processes import Child, Crew

READY_TIMEOUT_S: Final = 60.0
HOST: Final = "127.0.0.1"


class Stopped(Exception):
    """Somebody asked the stack to end."""


def say(line: str) -> None:
    print(line, flush=True)


def main() -> int:
    arguments = _parse_arguments()
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # nohup wants it ignored
        signal.signal(signal.SIGHUP, _stop)
    try:
        with running_stack(arguments.port, with_demo_data=arguments.demo_data or arguments.what == "demo") as crew:
            say(f"web        http://{HOST}:{arguments.port}/admin/")
            say(f"API        http://{HOST}:{arguments.port}/api/v1/docs")
            say("ready")
            if arguments.what == "demo":
                status = play(
                    f"http://{HOST}:{arguments.port}",
                    mail_folder=env.local_dir() / "mail",
                    environment=crew.environment,
                    say=say,
                )
                if arguments.once or status:
                    return status
                say("Serving until Ctrl-C.")
            while True:
                crew.look_after()
                _look_after_servers()
                time.sleep(1)
    except Stopped:
        say("stopped")
        return 0
    except ServiceError as error:
        say(str(error))
        return 1


def _parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m config.stack", description=__doc__)
    parser.add_argument("what", choices=["serve", "demo"], help="serve; or play the main job, then serve")
    parser.add_argument("--once", action="store_true", help="demo: end after the scenario")
    parser.add_argument("--port", type=int, default=env.read_int("PORT"), help="port of the web server")
    parser.add_argument("--demo-data", action="store_true", help="serve: load the demonstration clinic")
    return parser.parse_args()


def _stop(number: int, frame: FrameType | None) -> None:
    """End once. A second Ctrl-C must not interrupt the ending and leave processes behind."""
    for one in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(one, signal.SIG_IGN)
    raise Stopped


@contextlib.contextmanager
def running_stack(port: int, *, with_demo_data: bool = False) -> Iterator[Crew]:
    """The whole stack, ready to serve; ends every process it started. Raises ServiceError when it cannot run."""
    _refuse_taken_port(port)
    prepare_folder(env.local_dir())
    with contextlib.ExitStack() as cleanup:
        environment = cleanup.enter_context(_services(port))
        _manage(environment, "migrate", "--verbosity", "0")
        if with_demo_data:
            _manage(environment, "load_demo")
        crew = Crew(say, environment)
        cleanup.callback(crew.stop)
        for child in _children(port):
            crew.add(child)
        _await_ready(port, crew)
        yield crew


@contextlib.contextmanager
def _services(port: int) -> Iterator[dict[str, str]]:
    """The environment of the children, with a local server for each URL that is unset."""
    folder = env.local_dir()
    environment = {
        **os.environ,
        "PYTHONUNBUFFERED": "1",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PORT": str(port),
    }
    environment.setdefault("SITE_URL", f"http://{HOST}:{port}")
    with contextlib.ExitStack() as cleanup:
        if not env.read("DATABASE_URL"):
            environment |= {"DATABASE_URL": local_services.start_postgres(folder), "LOCAL_STACK": "1"}
        if not env.read("REDIS_URL"):
            environment["REDIS_URL"] = local_services.start_redis(folder)
        if not env.read("EMAIL_URL"):
            environment["EMAIL_URL"] = cleanup.enter_context(running_mail_sink(folder / "mail"))
            say(f"mail       {folder / 'mail'}")
        yield environment


def _look_after_servers() -> None:
    """Start a local server anew that has died. One that cannot is only said: the rest goes on, and this tries again."""
    try:
        for name in local_services.revive_servers():
            say(f"{name} had ended; it runs again")
    except ServiceError as error:
        say(str(error))


def _refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as error:  # taken; or no port at all
            raise ServiceError(f"Port {port} cannot be used ({error}): choose another with PORT=...") from error


def _manage(environment: dict[str, str], *command: str) -> None:
    """Run a management command and wait for it; its failure ends the stack with one line."""
    done = subprocess.run(
        [sys.executable, str(env.BASE_DIR / "manage.py"), *command],
        env=environment,
        cwd=env.BASE_DIR,
        start_new_session=True,  # Ctrl-C is for us to answer
        check=False,
    )
    if done.returncode:
        raise ServiceError(f"manage.py {command[0]} failed; see above.")


def web_command(application: str, host: str, port: int) -> list[str]:
    """The web server of production."""
    workers, threads = env.read("WEB_WORKERS"), env.read("WEB_THREADS")
    gunicorn = [sys.executable, "-m", "gunicorn", application, "--bind", f"{host}:{port}", "--no-control-socket"]
    gunicorn += ["--config", "python:config.web_server"]
    return [*gunicorn, "--workers", workers, "--threads", threads]


def _children(port: int) -> list[Child]:
    """The processes of the product, each with a log of its own."""
    celery = [sys.executable, "-m", "celery", "-A", "config"]
    worker = [*celery, "worker", "--pool", "threads", "--without-gossip", "--without-mingle", "--loglevel", "INFO"]
    commands = {
        "web": web_command("config.wsgi", HOST, port),
        "worker-alerts": [*worker, "--queues", "alerts", "--concurrency", "4", "--hostname", "alerts@%h"],
        "worker-care": [*worker, "--queues", "care", "--concurrency", "4", "--hostname", "care@%h"],
        # A morning of the calendar must not hold the threads that judge reports.
        "worker-calendar": [*worker, "--queues", "calendar", "--concurrency", "2", "--hostname", "calendar@%h"],
        "beat": [*celery, "beat", "--loglevel", "INFO", "--pidfile", ""],
        "dispatcher": [sys.executable, str(env.BASE_DIR / "manage.py"), "dispatch"],
    }
    logs: Path = env.local_dir() / "log"
    return [Child(name, command, logs / f"{name}.log") for name, command in commands.items()]


def _await_ready(port: int, crew: Crew) -> None:
    """Wait until the product says that it is ready; raises ServiceError with what is missing when it never does."""
    deadline = time.monotonic() + READY_TIMEOUT_S
    missing = "the web server does not answer"
    while time.monotonic() < deadline:
        crew.look_after()
        try:
            answer = httpx.get(f"http://{HOST}:{port}/health/ready", timeout=5)
        except httpx.HTTPError:
            time.sleep(0.2)
            continue
        if answer.status_code == 200:
            return
        missing = answer.text
        time.sleep(0.2)
    raise ServiceError(f"Not ready after {READY_TIMEOUT_S:.0f} s: {missing} Logs: {env.local_dir() / 'log'}")


if __name__ == "__main__":
    sys.exit(main())
