"""The words of one language by class, and where they stand in a text.

A lexicon is data (`lexicons/<lang>.toml`): classes of words that mean the same to the grammar. An entry is a
word, a stem (`cough*`) or a phrase, in which `..` stands for up to three words. A word that is in no class is
compared with those that carry meaning, so that a slip of the finger does not hide a symptom.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, Final

from rapidfuzz.distance import DamerauLevenshtein

from symptoms.language.text.classes import FUNCTION_WORDS, trait
from symptoms.language.text.hits import SMALL, Hit, Value, without_covered
from symptoms.language.text.words import Token, sound, words_of
from symptoms.wording import LANGUAGES

COUNTED: Final = trait("counted")
FORGIVEN: Final = trait("forgiven")
FORGIVEN_LONG: Final = FORGIVEN | trait("forgiven_long")
PARTS: Final = FORGIVEN | trait("in_compounds")
TRANSPARENT: Final = SMALL | trait("transparent")

TABLES: Final = (
    "numbers", "multiples", "ordinals", "units", "weekdays", "short_weekdays", "months", "days_ago", "days_later",
    "feasts", "easter", "times_as_many",
)  # fmt: skip
"""The classes whose words stand for a number: how many, of which day, which day and month, how long after Easter."""
SCALES: Final = ("severity", "interference")
GAP: Final = ".."
GAP_WORDS: Final = 3
GAP_ENDS: Final = frozenset("?!\n")
"""Marks that no phrase goes over."""
SENTENCE_ENDS: Final = frozenset(".…")
"""Marks right after which no phrase ends by one word more: "je ne tousse pas. Que demander de plus"."""

SHORTEST_FORGIVEN: Final = 5
SHORTEST_SOUNDED: Final = 4
SHORTEST_DOUBLED: Final = 6
SHORTEST_OF_OTHERS: Final = 7
LONG_WORD: Final = 9
CACHE_WORDS: Final = 50_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the lexicon: `rest` are the words after the first; all of `needed` stand where it stands."""

    kind: str
    value: Value
    rest: tuple[str, ...] = ()
    needed: frozenset[str] = frozenset()


@dataclass(slots=True)
class Lexicon:
    """The words of one language.

    `follows_verb`: a negation may stand after what it denies. `short`: what words that are typed short stand for.
    `sounded`: words by what they sound like, where people write by ear.
    `forgiven`: the words for which slips are taken, by their first letter, in which nobody slips.
    `function_words`: lists of words that single rules ask for, which have no class.
    `known`: every word of an entry, which is no slip; `whole`: those that are no compound either.
    """

    language: str
    follows_verb: bool
    compounds: bool
    words: dict[str, list[Entry]] = field(default_factory=dict)
    stems: dict[str, list[Entry]] = field(default_factory=dict)
    short: dict[str, str] = field(default_factory=dict)
    function_words: dict[str, frozenset[str]] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    whole: set[str] = field(default_factory=set)
    forgiven: dict[str, list[str]] = field(default_factory=dict)
    looked_up: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    begun: dict[tuple[str, str], tuple[Entry, ...]] = field(default_factory=dict)
    corrected: dict[str, str] = field(default_factory=dict)
    sounded: dict[str, str] = field(default_factory=dict)

    def entries(self, word: str) -> tuple[Entry, ...]:
        """The entries that begin with a word: whole, by its stem, or by the parts of a compound."""
        if word not in self.looked_up:
            if len(self.looked_up) >= CACHE_WORDS:
                self.looked_up.clear()
            self.looked_up[word] = self._look_up(word)
        return self.looked_up[word]

    def begun_by(self, word: str, following: str) -> tuple[Entry, ...]:
        """The entries that begin with a word and may go on with the next one."""
        pair = (word, following)
        if pair not in self.begun:
            if len(self.begun) >= CACHE_WORDS:
                self.begun.clear()
            self.begun[pair] = tuple(entry for entry in self.entries(word) if _may_go_on(entry.rest, following))
        return self.begun[pair]

    def meant(self, word: str) -> str:
        """A word without its slip; itself when it is known, or nothing like it is."""
        if word not in self.corrected:
            if len(self.corrected) >= CACHE_WORDS:
                self.corrected.clear()
            is_known = self.is_known(word) or (self.compounds and self._by_parts(word))
            self.corrected[word] = word if is_known else self._meant(word) or word
        return self.corrected[word]

    def is_known(self, word: str) -> bool:
        """Whether the language has the word, in any class."""
        return word in self.known or bool(self.entries(word))

    def _in_full(self, tokens: Sequence[Token], at: int) -> str:
        """What a word that is typed short stands for; right after a number it is a unit: "2 d"; not in "2 d las 5"."""
        word = tokens[at].text
        if word not in self.short or (at and tokens[at - 1].is_number and not self._is_share(tokens, at)):
            return word
        return self.short[word]

    def _is_share(self, tokens: Sequence[Token], at: int) -> bool:
        """Whether a number stands before a word, and a greater one after it and "the"."""
        if at + 2 >= len(tokens) or not any(entry.kind == "mine" for entry in self.entries(tokens[at + 1].text)):
            return False
        part, whole = tokens[at - 1].text, tokens[at + 2].text
        return part.isdecimal() and whole.isdecimal() and int(part) < int(whole)

    def _look_up(self, word: str) -> tuple[Entry, ...]:
        whole = self.words.get(word, [])
        if any(entry.kind in COUNTED and not entry.rest for entry in whole):
            return tuple(whole)
        found = [*whole, *self._by_stem(word)]
        if self.compounds and not whole and word not in self.whole:
            found += [entry for entry in self._by_parts(word) if entry not in found]
        return tuple(found)

    def _by_stem(self, word: str) -> Iterator[Entry]:
        for length in range(2, len(word) + 1):
            yield from self.stems.get(word[:length], ())

    def _by_parts(self, word: str) -> list[Entry]:
        """The entries of both parts of a compound whose last part is a word by itself (`brustschmerzen`)."""
        for start in range(3, len(word) - 3):
            if found := self._in_compounds(word[start:]):
                return [*found, *self._in_compounds(word[:start])]
        return []

    def _in_compounds(self, part: str) -> list[Entry]:
        entries = [*self.words.get(part, ()), *self._by_stem(part)]
        return [entry for entry in entries if not entry.rest and entry.kind in PARTS]

    def _meant(self, word: str) -> str | None:
        """The word or stem that was meant: one of the same sound, else with a slip in five letters, two in nine."""
        if len(word) < SHORTEST_SOUNDED:
            return None
        if heard := self.sounded.get(sound(word, self.language)):
            return heard
        if len(word) < SHORTEST_FORGIVEN:
            return None
        if (turned := self._turned(word)) is not None:
            return turned
        best, slips = None, 3
        for candidate in self.forgiven.get(word[0], ()):
            allowed = 2 if min(len(candidate), len(word)) >= LONG_WORD else 1
            lengths = (len(candidate), len(candidate) + 1) if candidate in self.stems else (len(word),)
            distance = min(
                DamerauLevenshtein.distance(word[:length], candidate, score_cutoff=allowed) for length in lengths
            )
            if distance <= allowed and distance < slips:
                best, slips = candidate, distance
        return best

    def _turned(self, word: str) -> str | None:
        """The word that two letters in the wrong order, or one typed twice, were meant to be; of any class."""
        for at in range(1, len(word) - 1):
            if word[at] != word[at + 1]:
                other = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
            elif len(word) >= SHORTEST_DOUBLED:
                other = word[:at] + word[at + 1 :]
            else:
                continue
            if other in self.known:
                return other
        return None

    def find(self, tokens: Sequence[Token]) -> list[Hit]:
        """Every entry that stands in the tokens, in order; what a longer phrase covers is left out."""
        words = [
            self.meant(self._in_full(tokens, at)) if token.is_word else token.text for at, token in enumerate(tokens)
        ]
        said = set(words)
        hits: list[Hit] = []
        hiding: list[tuple[int, int, int]] = []
        for start, token in enumerate(tokens):
            following = words[start + 1] if start + 1 < len(words) else ""
            for entry in self.begun_by(words[start], following) if token.is_word else self.words.get(token.text, ()):
                if not entry.needed <= said:
                    continue
                end = _end_of(entry.rest, words, start + 1) if entry.rest else start + 1
                if end is not None:
                    hits.append(Hit(entry.kind, start, end, entry.value))
                    if entry.rest and entry.kind not in TRANSPARENT:
                        hiding.extend(_parts_of(entry, start, end))
        return without_covered(list(dict.fromkeys(hits)), hiding)


def _parts_of(entry: Entry, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Where the words of a phrase stand, without those in its gap, and how long the whole of it is."""
    if GAP not in entry.rest:
        yield start, end, end - start
        return
    before = 1 + entry.rest.index(GAP)
    after = len(entry.rest) - before
    yield start, start + before, end - start
    yield end - after, end, end - start


def _end_of(rest: Sequence[str], words: Sequence[str], at: int) -> int | None:
    """Where a phrase ends whose first word stands before `at`; None when it does not stand there."""
    for position, word in enumerate(rest):
        if word == GAP:
            after = rest[position + 1 :]
            for start in _after_gap(words, at):
                end = _end_of(after, words, start)
                if end is not None and not (len(after) == 1 and end - 1 > at and words[end - 2] in SENTENCE_ENDS):
                    return end
            return None
        if at >= len(words) or not _is_word(words[at], word):
            return None
        at += 1
    return at


def _after_gap(words: Sequence[str], at: int) -> Iterator[int]:
    """Where a phrase may go on after a gap, which ends with the sentence."""
    for start in range(at, min(at + GAP_WORDS, len(words)) + 1):
        yield start
        if start < len(words) and words[start] in GAP_ENDS:
            return


def _may_go_on(rest: Sequence[str], following: str) -> bool:
    return not rest or rest[0] == GAP or _is_word(following, rest[0])


def _is_word(text: str, word: str) -> bool:
    return text == word or (word[-1] == "*" and text.startswith(word[:-1]))


@cache
def load_lexicon(language: str) -> Lexicon:
    """The lexicon of a language that the product speaks. Raises KeyError for another."""
    if language not in LANGUAGES:
        raise KeyError(language)
    source = resources.files("symptoms.language").joinpath("lexicons", f"{language}.toml").read_text(encoding="utf-8")
    data = tomllib.loads(source)
    lexicon = Lexicon(language, data["negation_follows_verb"], data["compounds"], short=data["short"])
    lexicon.function_words = {name: _words_in(data["function_words"][name], language) for name in FUNCTION_WORDS}
    for kind, value, phrase in _entries(data):
        if not phrase:
            raise ValueError(f"lexicons/{language}.toml: an empty entry in {kind}")
        _add(lexicon, kind, value, words_of(phrase, language))
    lexicon.words.setdefault("0", []).append(Entry("no", None))
    forgiven = {
        word
        for table in (lexicon.words, lexicon.stems)
        for word, entries in table.items()
        if any(not one.rest and len(word) >= _shortest(one.kind) for one in entries)
    }
    for word in sorted(forgiven):
        lexicon.forgiven.setdefault(word[0], []).append(word)
    lexicon.sounded = _by_sound(lexicon)
    return lexicon


def _words_in(listed: str, language: str) -> frozenset[str]:
    """The words of a list, folded as the text is."""
    return frozenset(word for phrase in listed.split(",") for word in words_of(phrase, language))


def _by_sound(lexicon: Lexicon) -> dict[str, str]:
    """The words of the lexicon by their sound; of two that sound the same and are of other classes, none."""
    found: dict[str, str] = {}
    for word, entries in lexicon.words.items():
        if len(word) < SHORTEST_SOUNDED or not any(not entry.rest for entry in entries):
            continue
        heard = sound(word, lexicon.language)
        twin = found.setdefault(heard, word)
        if twin and {entry.kind for entry in lexicon.words[twin]}.isdisjoint(entry.kind for entry in entries):
            found[heard] = ""
    return _words_of_phrases(lexicon) | found


def _words_of_phrases(lexicon: Lexicon) -> dict[str, str]:
    """The words that only phrases have, by their sound; of two that sound the same, none."""
    found: dict[str, str] = {}
    own = {word for word, entries in lexicon.words.items() if any(not entry.rest for entry in entries)}
    for word in sorted(lexicon.known - own):
        heard = sound(word, lexicon.language)
        found[heard] = "" if len(word) < SHORTEST_SOUNDED or heard in found else word
    return found


def _shortest(kind: str) -> int | float:
    """The letters that a word of a class must have for its slips to be forgiven."""
    if kind in FORGIVEN:
        return SHORTEST_FORGIVEN
    return SHORTEST_OF_OTHERS if kind in FORGIVEN_LONG else float("inf")


def _entries(data: Mapping[str, Any]) -> Iterator[tuple[str, Value, str]]:
    """Class, value and text of every entry of a lexicon's file."""
    for kind, listed in data["words"].items():
        for phrase in listed.split(","):
            yield kind, None, phrase.strip()
    for phrase in data["other"]["common"].split(","):
        yield "common", None, phrase.strip()
    for table in (*TABLES, *SCALES):
        for phrase, value in data[table].items():
            yield table, value, phrase


def _add(lexicon: Lexicon, kind: str, value: Value, words: list[str]) -> None:
    first, *rest = words
    lexicon.known.update(word for word in words if word != GAP and not word.endswith("*"))
    lexicon.whole.update(words if kind == "common" or not rest else ())
    if kind == "common":
        return
    is_stem = first.endswith("*")
    table = lexicon.stems if is_stem else lexicon.words
    needed = frozenset(word for word in rest if word != GAP and not word.endswith("*"))
    table.setdefault(first.removesuffix("*"), []).append(Entry(kind, value, tuple(rest), needed))
