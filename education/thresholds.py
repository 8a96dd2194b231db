"""What a leaflet must say and must never say, in every language.

Pure. Whoever reads only one leaflet learns every threshold of its subject: when to call at once (S-11, S-15).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).with_name("thresholds.toml")


@dataclass(frozen=True, slots=True)
class Threshold:
    """What calls for help at once: the rules that it tells of, and the leaflets that must say it.

    `patterns` find it in each language.
    """

    name: str
    rules: tuple[str, ...]
    leaflets: tuple[str, ...]
    patterns: dict[str, re.Pattern[str]]


@cache
def thresholds() -> tuple[Threshold, ...]:
    """All thresholds of the file, in its order."""
    return tuple(_read(one) for one in tomllib.loads(FILE.read_text(encoding="utf-8"))["thresholds"])


def missing_thresholds(slug: str, language: str, body: str) -> list[str]:
    """The names of the thresholds that a leaflet must tell and its Markdown does not. Each stands on one line."""
    lines = list(_plain_lines(body))
    return [
        threshold.name
        for threshold in thresholds()
        if slug in threshold.leaflets and not any(map(threshold.patterns[language].search, lines))
    ]


def calls_of(body: str) -> str:
    """The parts of a Markdown text that stand out: its quotations, in which a leaflet says when to call."""
    return "\n".join(line for line in body.splitlines() if line.startswith(">"))


def _plain_lines(body: str) -> Iterator[str]:
    """The lines of a Markdown text without its marks."""
    return (" ".join(re.sub(r"[*_>#]", " ", line).split()) for line in body.splitlines())


def _read(one: dict[str, object]) -> Threshold:
    name, rules, leaflets = one.pop("name"), one.pop("rules"), one.pop("leaflets")
    assert isinstance(rules, list) and isinstance(leaflets, list)  # noqa: PT018  (types of the file)
    patterns = {language: re.compile(str(pattern), re.IGNORECASE) for language, pattern in one.items()}
    return Threshold(str(name), tuple(rules), tuple(leaflets), patterns)
