"""What gunicorn is told beyond its command line: `--config python:config.web_server`.

A phone whose network stalls halfway through a request, or through an answer, must not hold a thread that another
patient needs. What is refused before it reaches the product is told in the one error shape, and what was sent, words
and tokens perhaps, stands in no log.
"""

from __future__ import annotations

import contextlib
import json
import socket
import struct
from http import HTTPStatus
from traceback import format_tb
from typing import Any, Final

from gunicorn.http import errors
from gunicorn.workers.gthread import ThreadWorker

from symptoms.api.errors import UNAVAILABLE, error_detail

STALLED_SECONDS: Final = 10
"""How long a thread waits for the next bytes of a request, or for a phone to take those of an answer."""

REFUSALS: Final[dict[type[Exception], HTTPStatus]] = {
    errors.LimitRequestLine: HTTPStatus.REQUEST_URI_TOO_LONG,
    errors.LimitRequestHeaders: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    errors.ExpectationFailed: HTTPStatus.EXPECTATION_FAILED,
    errors.UnsupportedTransferCoding: HTTPStatus.NOT_IMPLEMENTED,
    errors.ForbiddenProxyRequest: HTTPStatus.FORBIDDEN,
}
"""The statuses of what is no request that can be read, where it is not 400."""

OURS: Final = (errors.ConfigurationProblem, errors.InvalidResponseHeader, errors.InvalidResponseHeaderName)
"""What gunicorn counts as a request that cannot be read, and is the fault of the server."""


class Worker(ThreadWorker):
    """A worker with threads that refuses as the product does."""

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: Exception) -> None:
        """Answer what cannot be read, or broke outside the product. Its kind is logged, never what was sent."""
        kind = type(exc)
        if issubclass(kind, errors.ParseException) and not issubclass(kind, OURS):
            status = REFUSALS.get(kind, HTTPStatus.BAD_REQUEST)
            self.log.warning("request_refused status=%d kind=%s", status, kind.__name__)
        else:
            status = HTTPStatus.INTERNAL_SERVER_ERROR
            self.log.error("request_failed kind=%s\n%s", kind.__name__, "".join(format_tb(exc.__traceback__)))
        with contextlib.suppress(OSError):  # the phone may be gone
            client.sendall(_refusal(status))


worker_class = f"{__name__}.{Worker.__name__}"


def when_ready(server: Any) -> None:
    """Limit the waits of all connections to come: what is accepted inherits it from the socket that listens.

    A hook of gunicorn, which has no such setting for threads.
    """
    timeout = struct.pack("@ll", STALLED_SECONDS, 0)
    for listener in server.LISTENERS:
        listener.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, timeout)
        listener.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, timeout)


def _refusal(status: HTTPStatus) -> bytes:
    code = "unavailable" if status is HTTPStatus.INTERNAL_SERVER_ERROR else status.name.lower()
    message = UNAVAILABLE if code == "unavailable" else f"{status.phrase}. {UNAVAILABLE}"
    body = json.dumps({"error": error_detail(code, message)}).encode()
    head = f"HTTP/1.1 {status:d} {status.phrase}\r\nConnection: close\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
