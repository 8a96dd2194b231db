"""What follows a "no", a "yes" or a "don't know" that stands in front without a comma, as it is typed and dictated."""

from __future__ import annotations

from typing import Final

from symptoms.language.text.clauses import Passage

PARTICLES: Final = frozenset({"no_answer", "reply_no", "nothing", "yes", "acknowledge", "dont_know", "rather"})
BESIDE: Final = frozenset({"filler", "of"})
BEGINNINGS: Final = frozenset({"self", "mine", "sudden"})
"""With one of these a sentence of its own begins."""

VERBAL: Final = {"es": "no"}
"""The particle that also denies the verb after it: "no me duele"."""


def said_after_particle(passage: Passage) -> str | None:
    """The words after the particles at the start, when they are a sentence about the speaker; None when not."""
    kinds_at: dict[int, dict[str, int]] = {}
    for hit in passage.hits:
        kinds = kinds_at.setdefault(hit.start, {})
        kinds[hit.kind] = max(hit.end, kinds.get(hit.kind, 0))
    at = 0
    while after := _after_particle(at, kinds_at.get(at, {})):
        at = after
    words = [token.text for token in passage.tokens]
    begun = kinds_at.get(at, {}).keys() & BEGINNINGS
    is_verbal = words[:at] == [VERBAL.get(passage.lexicon.language)] and begun != {"mine"}
    return " ".join(words[at:]) if at and begun and not is_verbal else None


def _after_particle(at: int, ends: dict[str, int]) -> int | None:
    """Where the longest particle ends that stands at a place, by the ends of what begins there; None: there is none."""
    is_beside = at > 0 and BEGINNINGS.isdisjoint(ends)
    found = [end for kind, end in ends.items() if kind in PARTICLES or (is_beside and kind in BESIDE)]
    return max(found, default=None)
