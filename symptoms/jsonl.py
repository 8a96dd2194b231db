"""Streams a file of JSON lines through a function, in constant memory.

A line that cannot be used becomes `{"line": n, "error": "..."}` in the output and does not stop the rest.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from django.core.management.base import CommandError, CommandParser

PROGRESS_EVERY_S: Final = 0.5
LONGEST_NUMBER: Final = 300
"""Digits. A longer one is infinite to us, so that it is out of range and not an error."""


def add_arguments(parser: CommandParser) -> None:
    """The two files that every such command takes."""
    parser.add_argument("input", type=Path, metavar="IN.jsonl", help="one JSON object per line, UTF-8")
    parser.add_argument("output", type=Path, metavar="OUT.jsonl", help="written anew, one line for each line of IN")


def convert_file(source: Path, target: Path, convert: Callable[[object], dict[str, Any]]) -> None:
    """Convert every line of `source` into a line of `target`; `convert` raises ValueError for a bad line.

    Raises CommandError, so that the exit status says it, when a file cannot be opened, when both are the
    same file, or, at the end, when any line was bad.
    """
    if target.exists() and source.exists() and target.samefile(source):
        raise CommandError("IN and OUT are the same file.")
    bad_lines = 0
    try:
        with source.open("rb") as lines, target.open("w", encoding="utf-8") as out:
            progress = Progress()
            for number, line in enumerate(lines, start=1):
                try:
                    result = convert(_parse(line))
                except (ValueError, RecursionError) as error:
                    bad_lines += 1
                    result = {"line": number, "error": _describe(error)}
                out.write(json.dumps(result))
                out.write("\n")
                progress.show(number)
            progress.finish()
    except OSError as error:
        raise CommandError(f"{error.filename}: {error.strerror}.") from error
    if bad_lines:
        raise CommandError(f"{bad_lines} malformed line(s); each has an error object in {target}.", returncode=1)


def _read_integer(digits: str) -> float:
    return int(digits) if len(digits) <= LONGEST_NUMBER else float("inf")


_DECODER: Final = json.JSONDecoder(parse_int=_read_integer)


def _parse(line: bytes) -> object:
    return _DECODER.decode(line.decode("utf-8-sig").strip())


def _describe(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"broken JSON: {error.msg} at character {error.pos + 1}"
    if isinstance(error, UnicodeDecodeError):
        return "not UTF-8"
    if isinstance(error, RecursionError):
        return "broken JSON: nested too deeply"
    return str(error)


class Progress:
    """Shows on a terminal how many lines are done; silent elsewhere."""

    def __init__(self) -> None:
        self._is_shown = sys.stderr.isatty()
        self._next_at = time.monotonic() + PROGRESS_EVERY_S
        self._count = 0

    def show(self, count: int) -> None:
        """Say the count, not more often than twice a second."""
        self._count = count
        if self._is_shown and time.monotonic() >= self._next_at:
            self._next_at = time.monotonic() + PROGRESS_EVERY_S
            sys.stderr.write(f"\r{count:,} lines")
            sys.stderr.flush()

    def finish(self) -> None:
        """Say the final count and end the line."""
        if self._is_shown:
            sys.stderr.write(f"\r{self._count:,} lines\n")
