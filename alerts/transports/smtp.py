"""Django's SMTP backend within one time budget for the whole conversation, not only for each of its lines."""

from __future__ import annotations

import contextlib
import smtplib
import time
from collections.abc import Iterator
from typing import Any, Final

from django.core.mail.backends.smtp import EmailBackend as DjangoEmailBackend

TOTAL_SECONDS: Final = 20.0


class NothingHandedOver(smtplib.SMTPServerDisconnected):
    """The conversation ended before the mail's turn came: the server cannot have it."""


class _Bounded(smtplib.SMTP):
    """Every line has to come before the conversation's end."""

    _ends_at = float("inf")
    _is_handing_over = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._ends_at = time.monotonic() + TOTAL_SECONDS
        super().__init__(*args, **kwargs)

    def data(self, msg: Any) -> tuple[int, bytes]:
        self._is_handing_over = True
        return super().data(msg)

    def getreply(self) -> tuple[int, bytes]:
        with self._saying_what_went():
            self._hurry()
            return super().getreply()

    def send(self, s: Any) -> None:
        with self._saying_what_went():
            self._hurry()
            super().send(s)

    @contextlib.contextmanager
    def _saying_what_went(self) -> Iterator[None]:
        try:
            yield
        except smtplib.SMTPServerDisconnected as error:
            if self._is_handing_over:
                raise
            raise NothingHandedOver(str(error)) from error

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
    """Raises SMTPServerDisconnected when the server goes away or takes longer than 20 seconds for a mail.

    NothingHandedOver, when the mail cannot have arrived.
    """

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _BoundedSSL if self.use_ssl else _Bounded
