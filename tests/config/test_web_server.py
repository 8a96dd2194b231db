"""A phone that stalls takes no thread from another, and what cannot be read is refused in the one error shape."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import pytest

from config import env, web_server
from config.stack import web_command

STALLED: Final = 1
CONFIG: Final = f"""
from config import web_server
web_server.STALLED_SECONDS = {STALLED}
from config.web_server import when_ready, worker_class
"""
LOG: Final = "server.log"
APPLICATION: Final = """
def application(environ, start_response):
    if environ["PATH_INFO"] == "/broken":
        raise ValueError(environ["QUERY_STRING"])
    environ["wsgi.input"].read()
    start_response("200 OK", [])
    return [b"x" * (10_000_000 if environ["PATH_INFO"] == "/much" else 1)]
"""


@pytest.fixture
def port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The web server of production, one process of it, with an application that reads what it is sent and answers."""
    monkeypatch.setenv("WEB_WORKERS", "1")
    (tmp_path / "reading.py").write_text(APPLICATION)
    (tmp_path / "server.py").write_text(CONFIG)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
    command = web_command("reading", "127.0.0.1", port)
    command[command.index("python:config.web_server")] = f"file:{tmp_path}/server.py"
    paths = {"PYTHONPATH": os.pathsep.join([str(tmp_path), str(env.BASE_DIR)])}
    with (tmp_path / LOG).open("wb") as log:
        server = subprocess.Popen(command, cwd=tmp_path, env={**os.environ, **paths}, stderr=log)
    deadline = time.monotonic() + 30
    try:
        while not is_answered(port):
            assert server.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait(30)


def is_answered(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=20 * STALLED) as phone:
            phone.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            return phone.recv(12) == b"HTTP/1.1 200"
    except OSError:
        return False


@pytest.mark.slow
@pytest.mark.parametrize(
    "sent",
    [
        b"POST / HTTP/1.1\r\nHost:",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{",
        b"GET /much HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
    ids=["within the head", "within the body", "within the answer"],
)
def test_phones_that_stall_hold_no_thread_for_long(port: int, sent: bytes) -> None:
    with ExitStack() as stalled:
        for _ in range(3 * int(env.read("WEB_THREADS"))):
            phone = stalled.enter_context(socket.create_connection(("127.0.0.1", port)))
            phone.sendall(sent)
        time.sleep(STALLED / 2)

        assert is_answered(port)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        (b"canary\r\n\r\n", 400, "bad_request"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nAuthorization Bearer canary\r\n\r\n", 400, "bad_request"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\ncanary\r\n", 400, "bad_request"),
        (b"GET /canary" + b"x" * 9000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414, "request_uri_too_long"),
        (
            b"GET / HTTP/1.1\r\nHost: x\r\nX: canary" + b"x" * 9000 + b"\r\n\r\n",
            431,
            "request_header_fields_too_large",
        ),
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: canary\r\n\r\n", 501, "not_implemented"),
        (b"GET /broken?canary HTTP/1.1\r\nHost: x\r\n\r\n", 500, "unavailable"),
    ],
    ids=["no request", "a header", "a piece of a body", "a path", "a long header", "a coding", "ours"],
)
def test_what_cannot_be_read_is_refused_in_the_one_error_shape_and_stands_in_no_log(
    port: int, tmp_path: Path, sent: bytes, status: int, code: str
) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=20 * STALLED) as phone:
        phone.sendall(sent)
        head, _, body = b"".join(iter(lambda: phone.recv(65_536), b"")).partition(b"\r\n\r\n")

    assert head.startswith(f"HTTP/1.1 {status} ".encode())
    assert b"Content-Type: application/json" in head
    error = json.loads(body)["error"]
    assert (error["code"], error["fields"]) == (code, {})
    assert "canary" not in error["message"]
    assert "call your clinic" in error["message"]
    log = (tmp_path / LOG).read_text()
    assert ("request_failed kind=ValueError" if status == 500 else f"request_refused status={status}") in log
    assert "canary" not in log


def test_a_network_that_is_slow_but_there_is_waited_for() -> None:
    assert 10 <= web_server.STALLED_SECONDS <= 20, "less than the time in which a thread is missed"
    assert "python:config.web_server" in (env.BASE_DIR / "Dockerfile").read_text()
    assert "python:config.web_server" in web_command("config.wsgi", "127.0.0.1", 1)
