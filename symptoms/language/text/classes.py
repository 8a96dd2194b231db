"""What the classes of words mean to the lexicon and the grammar: their traits and groups (`lexicons/classes.toml`)."""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any, Final


def _read() -> dict[str, Any]:
    source = resources.files("symptoms.language").joinpath("lexicons", "classes.toml").read_text(encoding="utf-8")
    return tomllib.loads(source)


_DATA: Final = _read()

MEANINGS: Final[dict[str, str]] = _DATA["meaning"]
"""Every class that a lexicon fills, and what it means."""

FUNCTION_WORDS: Final[dict[str, str]] = _DATA["function_words"]
"""Every list of words that one rule asks for by themselves, and what they are."""


def _set(table: str, name: str) -> frozenset[str]:
    return frozenset(kind.strip() for kind in _DATA[table][name].split(","))


def trait(name: str) -> frozenset[str]:
    """The classes that the lexicon treats in a way. Raises KeyError for a trait that is not described."""
    return _set("traits", name)


def group(name: str) -> frozenset[str]:
    """The classes that the grammar asks for together. Raises KeyError for a group that is not described."""
    return _set("groups", name)
