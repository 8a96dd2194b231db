"""Tables to take away as CSV, in which no cell is read as a formula by the program that opens them.

Programs disagree on what separates two cells: where the comma is the decimal sign, many begin a new cell after each
semicolon, and some after a tab or a line's end within a text. A text is safe at each place where any begins one.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from typing import Final

from django.http import StreamingHttpResponse

CELL_BEGINS: Final = r"(?:^|(?<=[;\t\r\n\v\f\x85\u2028\u2029]))"
"""Where a cell begins, by any reader."""

FORMULA_BEGINS: Final = re.compile(rf"""^(?=[\t\r\n])|{CELL_BEGINS}(?=[\s"]*[=+\-@|%\uff1d\uff0b\uff0d\uff20])""")
"""Signs of a formula, of full width too, behind whatever blanks and quotes a reader leaves out."""


class _Line:
    """What the CSV writer writes to: each line is handed on at once."""

    def write(self, line: str) -> str:
        return line


def safe_cell(value: object) -> str:
    """The value as text. Whatever a spreadsheet would take for a formula gets an apostrophe before it."""
    return "" if value is None else FORMULA_BEGINS.sub("'", str(value))


def csv_response(name: str, header: Iterable[object], rows: Iterable[Iterable[object]]) -> StreamingHttpResponse:
    """A download named `name`, in UTF-8 with a mark that spreadsheets know it by; kept by no browser and no proxy."""
    writer = csv.writer(_Line())

    def lines() -> Iterator[str]:
        yield "\ufeff" + writer.writerow([safe_cell(cell) for cell in header])
        for row in rows:
            yield writer.writerow([safe_cell(cell) for cell in row])

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
