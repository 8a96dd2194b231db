"""What no leaflet may say: nothing of the dose, no diagnosis, and never that somebody is fine.

Pure. It guards what clinics write themselves; it finds the usual words, and does not take the place of a reviewer.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).with_name("forbidden.toml")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    words: dict[str, list[str]] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {language: re.compile(rf"\b(?:{'|'.join(some)})\b", re.IGNORECASE) for language, some in words.items()}


def forbidden_words(language: str, text: str) -> list[str]:
    """What a text says that no leaflet may say, in its own words and in their order; each once."""
    return list(dict.fromkeys(found[0] for found in _patterns()[language].finditer(text)))
