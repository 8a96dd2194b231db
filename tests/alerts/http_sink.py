"""Real HTTP servers on loopback in the place of providers: they keep what they are sent and answer as they are told."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl


@dataclass(frozen=True, slots=True)
class Received:
    """One request as it came in."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))


@dataclass(frozen=True, slots=True)
class Reply:
    """`after_s` is waited before the answer, `drip_s` between its bytes; `is_cut` closes without an answer."""

    status: int = 200
    body: bytes = b"{}"
    after_s: float = 0.0
    drip_s: float = 0.0
    is_cut: bool = False


def reply(status: int, body: object = None) -> Reply:
    return Reply(status, json.dumps({} if body is None else body).encode())


@dataclass
class HttpSink:
    """`answer` decides over each request; what it raises fails the test at the end."""

    answer: Callable[[Received], Reply]
    received: list[Received] = field(default_factory=list)
    problems: list[Exception] = field(default_factory=list)
    ending: threading.Event = field(default_factory=threading.Event)
    url: str = ""


@contextlib.contextmanager
def running_http_sink(answer: Callable[[Received], Reply]) -> Iterator[HttpSink]:
    """A sink that listens on `sink.url`. What it could not make sense of is raised in the end."""
    sink = HttpSink(answer)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            request = Received(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
            sink.received.append(request)
            try:
                self._say(sink.answer(request))
            except OSError:
                return  # the caller did not wait for the answer
            except Exception as problem:
                sink.problems.append(problem)
                raise

        def _say(self, said: Reply) -> None:
            sink.ending.wait(said.after_s)
            if said.is_cut:
                self.close_connection = True
                return
            self.send_response(said.status)
            self.send_header("Content-Length", str(len(said.body)))
            self.end_headers()
            for byte in said.body if said.drip_s else ():
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                sink.ending.wait(said.drip_s)
            if not said.drip_s:
                self.wfile.write(said.body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the server's name)
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    sink.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield sink
    finally:
        sink.ending.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
    assert not sink.problems, sink.problems
