"""Measures the understanding of free text and writes the figures into docs/understanding.md.

`--check` only says, by its exit status, whether the published figures are those of today.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from symptoms.wording import LANGUAGES
from tests.symptoms.language.measuring import FILES, pairs, rates, share_right

PAGE: Final = Path(__file__).parents[3] / "docs" / "understanding.md"
BEGIN: Final = "<!-- figures -->\n"
END: Final = "<!-- /figures -->\n"
PRESENCES: Final = ("cough", "dyspnea", "mouth_lesions")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.symptoms.language", description=__doc__)
    parser.add_argument("--check", action="store_true", help="exit with 1 when the page is not current")
    is_check = parser.parse_args().check
    page = PAGE.read_text(encoding="utf-8")
    current = with_figures(page)
    if is_check:
        return int(current != page)
    PAGE.write_text(current, encoding="utf-8")
    print(current.partition(BEGIN)[2].partition(END)[0])
    return 0


def with_figures(page: str) -> str:
    """The page with the figures of today between its marks."""
    before, _, rest = page.partition(BEGIN)
    return before + BEGIN + "\n".join(_tables()) + "\n" + END + rest.partition(END)[2]


def _tables() -> Iterator[str]:
    for name in FILES:
        yield f"\n### `{name}`, {len(pairs(name)):,} sentences\n"
        yield "| | urgent | emergency | cough | breathlessness | mouth sores | count | duration |"
        yield "|---|---|---|---|---|---|---|---|"
        for language in (None, *LANGUAGES):
            yield "| " + " | ".join(_row(name, language)) + " |"


def _row(name: str, language: str | None) -> Iterator[str]:
    yield language or "all"
    for key in ("urgent_by_review", "emergency"):
        reached = rates(name, lambda labels, key=key: bool(labels[key]), language)  # type: ignore[misc]  # bound now
        yield f"{reached.recall:.3f} / {reached.false_alarms:.3f}"
    for symptom in PRESENCES:
        reached = rates(name, lambda labels, key=symptom: labels[key] == "present", language)  # type: ignore[misc]
        yield f"{reached.recall:.2f} / {reached.precision:.2f}"
    for key in ("lesion_count", "duration_days"):
        yield f"{share_right(name, key, language):.2f}"


if __name__ == "__main__":
    sys.exit(main())
