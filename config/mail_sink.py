"""A local SMTP server that keeps every mail as a file: the counterpart of the mail channel without a mail server."""

from __future__ import annotations

import contextlib
import itertools
import socket
import time
from collections.abc import Iterator
from pathlib import Path

from config.leases import ServiceError


@contextlib.contextmanager
def running_mail_sink(folder: Path) -> Iterator[str]:
    """Accept mails on a free loopback port and keep each as `<time>-<n>.eml` in `folder`; gives the EMAIL_URL."""
    try:
        from aiosmtpd.controller import Controller
        from aiosmtpd.smtp import SMTP, Envelope, Session
    except ImportError as error:
        raise ServiceError(
            "There is no EMAIL_URL and no local sink: set it, or install requirements-dev.txt."
        ) from error
    folder.mkdir(parents=True, exist_ok=True)
    numbers = itertools.count(1)

    class Keep:
        async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  (aiosmtpd's name)
            name = f"{time.time_ns()}-{next(numbers)}"
            content = envelope.content
            part = folder / f"{name}.part"
            part.write_bytes(content if isinstance(content, bytes) else str(content).encode())
            part.rename(folder / f"{name}.eml")
            return "250 kept"

    port = _free_port()
    sink = Controller(Keep(), hostname="127.0.0.1", port=port)
    sink.start()
    try:
        yield f"smtp://127.0.0.1:{port}"
    finally:
        sink.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
