"""The clauses of a text, with the classes of words that stand in each, and what stands before and after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Final

from symptoms.language.text.classes import group
from symptoms.language.text.hits import Hit
from symptoms.language.text.lexicon import Lexicon
from symptoms.language.text.words import Token

TOPICS: Final = group("topics")
PARTS: Final = group("parts")
JOINTS: Final = ("and", "but", "because", "greeting")


@dataclass(slots=True)
class Clause:
    """Tokens `start` to `end` of a passage. `mark` is what ends it, empty when a word does; `at` is its place.

    `digits` are the numbers in digits, `numerals` those in words as well; `kinds` are the classes of its hits.
    """

    start: int
    end: int
    sentence: int
    mark: str = ""
    at: int = 0
    hits: list[Hit] = field(default_factory=list)
    by_kind: dict[str, list[Hit]] = field(default_factory=dict)
    kinds: set[str] = field(default_factory=set)
    digits: list[Hit] = field(default_factory=list)
    numerals: Sequence[Hit] = ()

    def add(self, hit: Hit) -> None:
        self.hits.append(hit)
        self.by_kind.setdefault(hit.kind, []).append(hit)
        self.kinds.add(hit.kind)

    def all(self, *kinds: str) -> list[Hit]:
        """The hits of these classes, in order."""
        if self.kinds.isdisjoint(kinds):
            return []
        found = self.kinds.intersection(kinds)
        return self.by_kind[found.pop()][:] if len(found) == 1 else [hit for hit in self.hits if hit.kind in found]

    def has(self, *kinds: str) -> bool:
        return not self.kinds.isdisjoint(kinds)

    def has_any(self, kinds: AbstractSet[str]) -> bool:
        """The same as `has`, for a group of classes."""
        return not self.kinds.isdisjoint(kinds)

    def first(self, *kinds: str) -> Hit | None:
        if self.kinds.isdisjoint(kinds):
            return None
        return next(hit for hit in self.hits if hit.kind in kinds)

    def begins_with(self, kind: str) -> bool:
        """Whether a word of the class opens the clause, with no more than "and" or "but" before it."""
        if kind not in self.kinds:
            return False
        joint = max((hit.end for hit in self.all(*JOINTS) if hit.start == self.start), default=self.start)
        return any(hit.start in (self.start, joint) for hit in self.by_kind[kind])


@dataclass(slots=True)
class Passage:
    """One text in the light of one language. `dots`: where a dot belongs to a date or an ordinal.

    `has_figures`: a number stands in it in digits.
    """

    lexicon: Lexicon
    tokens: list[Token]
    hits: list[Hit]
    clauses: list[Clause]
    sentences: dict[int, list[Clause]] = field(default_factory=dict)
    dots: frozenset[int] = frozenset()
    kinds: AbstractSet[str] = frozenset()
    has_figures: bool = False

    def sentence_of(self, clause: Clause) -> list[Clause]:
        return self.sentences[clause.sentence]

    def sentence_after(self, clause: Clause) -> list[Clause]:
        """The clauses after it in its sentence."""
        return [one for one in self.sentences[clause.sentence] if one.at > clause.at]

    def before(self, clause: Clause) -> Clause | None:
        """The clause before, in whatever sentence."""
        return self.clauses[clause.at - 1] if clause.at else None

    def after(self, clause: Clause) -> Clause | None:
        """The clause after, in whatever sentence."""
        return self.clauses[clause.at + 1] if clause.at + 1 < len(self.clauses) else None

    def has(self, *kinds: str) -> bool:
        return not self.kinds.isdisjoint(kinds)

    def has_any(self, kinds: AbstractSet[str]) -> bool:
        """The same as `has`, for a group of classes."""
        return not self.kinds.isdisjoint(kinds)

    def says(self, at: int, *names: str) -> bool:
        """Whether the word at a place is one of the function words of these names."""
        word = self.tokens[at].text
        return any(word in self.lexicon.function_words[name] for name in names)


def places_of(hits: Iterable[Hit]) -> set[int]:
    """Where the words of hits stand: of a hit from 3 to 5 the places 3 and 4."""
    return {at for hit in hits for at in range(hit.start, hit.end)}


def is_well_again(still: Hit, clause: Clause) -> bool:
    """Whether it is the "again" of what is well: "toen weer goed", "nu weer als vanouds"."""
    return any(0 <= one.start - still.end <= 1 for one in clause.all("fine", "clean", "well"))
