"""Django's SMTP backend within one time budget for the whole conversation, not only for each of its lines."""

from __future__ import annotations

import smtplib
import time
from typing import Any, Final

from django.core.mail.backends.smtp import EmailBackend as DjangoEmailBackend

TOTAL_SECONDS: Final = 20.0


class _Bounded(smtplib.SMTP):
    """Every line has to come before the conversation's end."""

    _ends_at = float("inf")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._ends_at = time.monotonic() + TOTAL_SECONDS
        super().__init__(*args, **kwargs)

    def getreply(self) -> tuple[int, bytes]:
        self._hurry()
        return super().getreply()

    def send(self, s: Any) -> None:
        self._hurry()
        super().send(s)

    def _hurry(self) -> None:
        left = self._ends_at - time.monotonic()
        if left <= 0:
            self.close()
            raise smtplib.SMTPServerDisconnected("out of time")
        if self.sock is not None:
            self.sock.settimeout(min(left, self.timeout or left))


class _BoundedSSL(_Bounded, smtplib.SMTP_SSL):
    """The same, with TLS from the start."""


class EmailBackend(DjangoEmailBackend):
    """Raises SMTPServerDisconnected when the server takes longer than 20 seconds for a mail."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _BoundedSSL if self.use_ssl else _Bounded
