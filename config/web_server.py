"""What gunicorn is told beyond its command line: `--config python:config.web_server`.

A phone whose network stalls halfway through a request, or through an answer, must not hold a thread that another
patient needs.
"""

from __future__ import annotations

import socket
import struct
from typing import Any, Final

STALLED_SECONDS: Final = 10
"""How long a thread waits for the next bytes of a request, or for a phone to take those of an answer."""


def when_ready(server: Any) -> None:
    """Limit the waits of all connections to come: what is accepted inherits it from the socket that listens.

    A hook of gunicorn, which has no such setting for threads.
    """
    timeout = struct.pack("@ll", STALLED_SECONDS, 0)
    for listener in server.LISTENERS:
        listener.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, timeout)
        listener.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, timeout)
