"""How a log line looks, and what it never contains."""

from __future__ import annotations

import logging
import re
from types import TracebackType
from typing import Final

_ROW_CONTENTS: Final = re.compile(r"^(DETAIL|CONTEXT|PARAMETERS?|QUERY|STATEMENT):.*(\n[ \t]+.*)*", re.MULTILINE)

ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class LineFormatter(logging.Formatter):
    """`time=... level=... logger=... ` and the message.

    PostgreSQL adds the contents of the row to what it says of a violated constraint: names, numbers, what a patient
    wrote. They are cut out of tracebacks and messages.
    """

    def __init__(self) -> None:
        super().__init__(
            "time=%(asctime)s level=%(levelname)s logger=%(name)s %(message)s", datefmt="%Y-%m-%dT%H:%M:%S%z"
        )

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  (logging's name)
        return _without_row_contents(super().formatMessage(record))

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802  (logging's name)
        return _without_row_contents(super().formatException(ei))


def _without_row_contents(text: str) -> str:
    return _ROW_CONTENTS.sub(r"\1: (left out)", text)
