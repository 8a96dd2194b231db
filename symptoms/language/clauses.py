"""A text cut into sentences and clauses, each with the classes of words that stand in it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from symptoms.language.classes import group
from symptoms.language.elisions import unelided
from symptoms.language.hits import Hit
from symptoms.language.lexicon import Lexicon
from symptoms.language.listed import with_listed
from symptoms.language.words import Token, tokenise

SENTENCE_ENDS: Final = frozenset(".!?\n…")
NO_BREAKS: Final = frozenset("'\"%°+&*=#@~^_$€£<>`\\")
"""Marks that stand within a clause; every other mark, a smiley too, ends one."""
JOINING: Final = frozenset("-/|")
"""Marks that join two words when no space stands before them."""

STARTS_A_CLAUSE: Final = ("self", "have", "someone", "relative", "stranger", "no_longer", "if", "drug")
"""After "and", one of these begins a clause of its own."""


TOPIC_ENDS: Final = frozenset("?:-–—")
TOPICS: Final = group("topics")
BESIDE_TOPICS: Final = group("beside_topics")
PARTS: Final = group("parts")
BESIDE_PARTS: Final = frozenset(["mine", "self", "place", "of"])
LONGEST_TOPIC: Final = 5
LONGEST: Final = 40
"""Words of a clause that no mark ends."""

LONGEST_SENTENCE: Final = 150
"""Words and marks after which a comma begins a new sentence: so the longest list of anything is read in good time."""

ORDINAL_DOTS: Final = frozenset({"de"})
"""Languages that write an ordinal with a dot: "am 3. Tag"."""

ABBREVIATED: Final = frozenset({"ca", "env", "approx", "aprox", "ung"})
"""Words for "about" whose dot ends no sentence before a number: "ca. 4 mm"."""

BEFORE_DAYS: Final = frozenset({"am", "vom", "dem", "zum"})
"""Words after which a number with a dot is the day of a month: "am 3. kam die erste"."""

ORDERED: Final = ("unit_other", "treatment", "tablets", "moderate_effort")
BEFORE_ORDINALS: Final = frozenset({"im", "in", "am", "zum", "der", "die", "den", "dem", "das", "meine", "meiner"})
"""Words after which a number with a dot is an ordinal: "im 4. Stock", "die 2. Tablette"."""

TAKEN_UP: Final = frozenset({"fr"})
"""Languages in which a pronoun of its own takes up what was named."""

BUT_WITHIN: Final = frozenset({"de"})
"""Languages in which "but" may stand after the verb: "stört aber nicht", "die mich jedoch nicht stören"."""
WITHIN: Final = group("before_but")

LONGEST_WITHIN: Final = 3

NEAR_DENIAL: Final = 4
"""Words from a denial to the "but" that takes its place: Dutch "niet twee maar drie", where "maar" is "only" too."""

NEAR_DAYS: Final = 8
"""Words from a day on which there was nothing to that on which there is something."""

GASP: Final = 6
GASPS: Final = 3
TELLING: Final = (
    group("content") | group("complaints") | {"moderate_effort", "no", "no_answer", "yes", "greeting", "gone"}
)
"""A piece with one of these says something by itself."""

JOINTS: Final = ("and", "but", "because", "greeting")


@dataclass(slots=True)
class Clause:
    """Tokens `start` to `end` of a passage. `mark` is what ends it, empty when a word does; `at` is its place."""

    start: int
    end: int
    sentence: int
    mark: str = ""
    at: int = 0
    hits: list[Hit] = field(default_factory=list)
    by_kind: dict[str, list[Hit]] = field(default_factory=dict)
    digits: list[Hit] = field(default_factory=list)

    def add(self, hit: Hit) -> None:
        self.hits.append(hit)
        self.by_kind.setdefault(hit.kind, []).append(hit)

    def all(self, *kinds: str) -> list[Hit]:
        """The hits of these classes, in order."""
        if len(kinds) == 1:
            found = self.by_kind.get(kinds[0])
            return found[:] if found else []
        if self.by_kind.keys().isdisjoint(kinds):
            return []
        return [hit for hit in self.hits if hit.kind in kinds]

    @property
    def numerals(self) -> list[Hit]:
        """Numbers, in words and in digits."""
        return [*self.by_kind.get("numbers", ()), *self.digits]

    def has(self, *kinds: str) -> bool:
        return not self.by_kind.keys().isdisjoint(kinds)

    def first(self, *kinds: str) -> Hit | None:
        return next((hit for hit in self.hits if hit.kind in kinds), None)

    def begins_with(self, kind: str) -> bool:
        """Whether a word of the class opens the clause, with no more than "and" or "but" before it."""
        joint = max(
            (hit.end for hit in self.hits if hit.kind in JOINTS and hit.start == self.start), default=self.start
        )
        return any(hit.kind == kind and hit.start in (self.start, joint) for hit in self.hits)


@dataclass(slots=True)
class Passage:
    """One text in the light of one language. `dots`: where a dot belongs to a date or an ordinal."""

    lexicon: Lexicon
    tokens: list[Token]
    hits: list[Hit]
    clauses: list[Clause]
    sentences: dict[int, list[Clause]] = field(default_factory=dict)
    dots: frozenset[int] = frozenset()
    kinds: frozenset[str] = frozenset()

    def sentence_of(self, clause: Clause) -> list[Clause]:
        return self.sentences[clause.sentence]

    def before(self, clause: Clause) -> Clause | None:
        """The clause before, in whatever sentence."""
        return self.clauses[clause.at - 1] if clause.at else None

    def after(self, clause: Clause) -> Clause | None:
        """The clause after, in whatever sentence."""
        return self.clauses[clause.at + 1] if clause.at + 1 < len(self.clauses) else None

    def has(self, *kinds: str) -> bool:
        return not self.kinds.isdisjoint(kinds)

    def says(self, at: int, *names: str) -> bool:
        """Whether the word at a place is one of the function words of these names."""
        word = self.tokens[at].text
        return any(word in self.lexicon.function_words[name] for name in names)


def read_passage(text: str, lexicon: Lexicon) -> Passage:
    """The clauses of a text, with the words that the lexicon knows."""
    tokens = unelided(tokenise(text, lexicon.language), lexicon)
    hits = with_listed(lexicon.find(tokens), tokens)
    dots = _dots_of_dates(tokens, hits, lexicon.language)
    hits = [replace(hit, end=hit.end + 1) if hit.kind == "numbered" and hit.end in dots else hit for hit in hits]
    clauses = list(_clauses(tokens, hits, dots, lexicon.language))
    sentences: dict[int, list[Clause]] = {}
    waiting = deque(hits)
    for at, clause in enumerate(clauses):
        clause.at = at
        sentences.setdefault(clause.sentence, []).append(clause)
        while waiting and waiting[0].start < clause.end:
            hit = waiting.popleft()
            if hit.start >= clause.start:
                clause.add(hit)
        clause.digits = [
            Hit("numbers", place, place + 1, float(tokens[place].text))
            for place in range(clause.start, clause.end)
            if tokens[place].text.isdecimal()
        ]
    return Passage(lexicon, tokens, hits, clauses, sentences, dots, frozenset(hit.kind for hit in hits))


def _clauses(tokens: list[Token], hits: list[Hit], dots: frozenset[int], language: str) -> Iterator[Clause]:
    """Clauses between marks, and before "but", "because" and an "and" that a new subject follows.

    A topic and what is said of it are one: "Cough? None.", "sores: gone".
    """
    nothing = {hit.start for hit in hits if hit.kind == "nothing"}
    ends = {at for at, token in enumerate(tokens) if _is_break(token)} | {len(tokens)}
    turns = {at for at in _turns(tokens, hits) if at + 1 not in ends and not (at + 1 in nothing and at + 2 in ends)}
    turns -= _buts_within(tokens, hits, ends) if language in BUT_WITHIN else set()
    joined = (
        _topics(tokens, hits) | _parts_apart(tokens, hits) | _ranges_apart(tokens, hits) | _panted(tokens, hits) | dots
    )
    joined |= _taken_up(tokens, hits) if language in TAKEN_UP else set()
    start = sentence = begun = 0
    for at, token in enumerate(tokens):
        if _is_break(token):
            if at in joined:
                continue
            if at > start:
                yield Clause(start, at, sentence, token.text)
            start = at + 1
            if token.text in SENTENCE_ENDS or start - begun > LONGEST_SENTENCE:
                sentence, begun = sentence + 1, start
        elif (at in turns and at > start and not (at == start + 1 and start in turns)) or at - start >= LONGEST:
            yield Clause(start, at, sentence)
            start = at
    if len(tokens) > start:
        yield Clause(start, len(tokens), sentence)


def _buts_within(tokens: list[Token], hits: list[Hit], ends: set[int]) -> set[int]:
    """Where a "but" stands after no more than a verb and small words, and so within its clause."""
    small = {at for hit in hits if hit.kind in WITHIN | TOPICS for at in range(hit.start, hit.end)}
    found: set[int] = set()
    for hit in hits:
        start = hit.start
        while start > 0 and start - 1 in small and start - 1 not in ends:
            start -= 1
        if hit.kind == "but" and 0 < hit.start - start <= LONGEST_WITHIN and (start == 0 or start - 1 in ends):
            found.add(hit.start)
    return found


def _dots_of_dates(tokens: list[Token], hits: list[Hit], language: str) -> frozenset[int]:
    """The dots after a number that belong to a date, and in some languages to an ordinal: "3. März", "3. Tag"."""
    kinds = ("months", "units", "weekdays") if language in ORDINAL_DOTS else ("months",)
    dated = {hit.start - 1 for hit in hits if hit.kind in kinds and hit.start > 1}
    if language in ORDINAL_DOTS:
        things = {hit.start - 1 for hit in hits if hit.kind in ORDERED and hit.start > 2}
        dated |= {at for at in things if tokens[at - 2].text in BEFORE_ORDINALS}
    if language in ORDINAL_DOTS:
        dated |= {at for at in range(2, len(tokens) - 1) if tokens[at - 2].text in BEFORE_DAYS}
    numbered = {hit.end for hit in hits if hit.kind == "numbered" and hit.end + 1 < len(tokens)}
    numbered |= {at for at in range(1, len(tokens) - 1) if tokens[at - 1].text in ABBREVIATED}
    numbered = {at for at in numbered if tokens[at].text == "." and tokens[at].is_glued and tokens[at + 1].is_number}
    return frozenset(numbered) | frozenset(
        at for at in dated if tokens[at].text == "." and tokens[at].is_glued and tokens[at - 1].is_number
    )


def _taken_up(tokens: list[Token], hits: list[Hit]) -> set[int]:
    """The commas around a pronoun that takes up what was named: "le souffle, lui, me lâche"."""
    named = {hit.end for hit in hits if hit.kind in TOPICS}
    pronouns = {hit.start for hit in hits if hit.kind == "someone" and hit.end - hit.start == 1}
    starts = [at for at in range(len(tokens) - 2) if tokens[at].text == "," and at in named and at + 1 in pronouns]
    return {comma for at in starts if tokens[at + 2].text == "," for comma in (at, at + 2)}


def _parts_apart(tokens: list[Token], hits: list[Hit]) -> set[int]:
    """The commas before a bare part of the body, which belongs to what is said before: "it is tight, in my chest"."""
    parts = {at for hit in hits if hit.kind in PARTS for at in range(hit.start, hit.end)}
    sides = {hit.start for hit in hits if hit.kind == "each"}
    small = {at for hit in hits if hit.kind in BESIDE_PARTS for at in range(hit.start, hit.end)} - sides
    breaks = [at for at, token in enumerate(tokens) if _is_break(token)]
    found: set[int] = set()
    for at, following in zip(breaks, [*breaks[1:], len(tokens)], strict=False):
        words = range(at + 1, following)
        is_part = any(one in parts for one in words) and any(one in small for one in words)
        if tokens[at].text == "," and is_part and all(one in parts or one in small for one in words):
            found.add(at)
    return found


def _ranges_apart(tokens: list[Token], hits: list[Hit]) -> set[int]:
    """The commas within a range of times: "ten days, maybe eleven", "ten, maybe eleven days"."""
    units = [hit for hit in hits if hit.kind == "units"]
    sores = [hit.start for hit in hits if hit.kind in ("aphtha", "lesion", "spot")]
    unsure = {hit.start: hit.end for hit in hits if hit.kind in ("unsure", "perhaps")}
    numbers = {hit.start: hit.end for hit in hits if hit.kind == "numbers"}
    numbers |= {at: at + 1 for at, token in enumerate(tokens) if token.is_number}
    values = {hit.end: hit.value for hit in hits if hit.kind == "numbers"}
    denied = {hit.end for hit in hits if hit.kind in ("no", "not")}
    ends, unit_ends, unit_starts = set(numbers.values()), {hit.end for hit in units}, {hit.start for hit in units}
    found: set[int] = set()
    for at, token in enumerate(tokens):
        number = unsure.get(at + 1, at + 1)
        if token.text != "," or number not in numbers:
            continue
        after = numbers[number]
        is_of_sores = any(after <= noun <= after + 1 for noun in sores)
        is_repeated = at in unit_ends and number > at + 1 and not is_of_sores
        is_aloud = at > 1 and tokens[at - 2].text == "," and values.get(at - 2) == (values.get(at) or 0) - 1
        is_counted_on = (
            not is_aloud
            and at - 1 not in denied
            and at in ends
            and is_of_sores
            and values.get(after) == (values.get(at) or 0) + 1
        )
        if is_repeated or is_counted_on or (at in ends and after in unit_starts):
            found.add(at)
    return found


def _topics(tokens: list[Token], hits: list[Hit]) -> set[int]:
    """The marks after a bare topic, of which the next words say something: no more than the name of a complaint."""
    named = {at for hit in hits if hit.kind in TOPICS for at in range(hit.start, hit.end)}
    beside = [hit for hit in hits if hit.kind in BESIDE_TOPICS and not (hit.kind == "days_ago" and not hit.value)]
    small = {at for hit in beside for at in range(hit.start, hit.end)}
    found: set[int] = set()
    words: list[int] = []
    for at, token in enumerate(tokens):
        if not _is_break(token):
            words.append(at)
            continue
        is_topic = any(one in named for one in words) and all(one in named or one in small for one in words)
        goes_on = at + 1 < len(tokens) and not tokens[at + 1].is_mark
        if token.text in TOPIC_ENDS and is_topic and len(words) <= LONGEST_TOPIC and goes_on:
            found.add(at)
        words = []
    return found


def _panted(tokens: list[Token], hits: list[Hit]) -> set[int]:
    """The full stops of somebody who types in gasps: "I have to stop. In every. Sentence. To breathe."

    Three pieces and more of a few words each, of which the first or second says nothing by itself.
    """
    telling = {at for hit in hits if hit.kind in TELLING or hit.kind == "numbers" for at in range(hit.start, hit.end)}
    telling |= {at for at, token in enumerate(tokens) if token.is_number}
    sores = {at for hit in hits if hit.kind in ("aphtha", "lesion") for at in range(hit.start, hit.end)}
    found: set[int] = set()
    run: list[tuple[int, int]] = []
    start, is_whole = 0, True
    for at, token in enumerate([*tokens, Token(".")]):
        if not _is_break(token):
            continue
        is_gasp = is_whole and 0 < at - start <= GASP and token.text in ".…" and sores.isdisjoint(range(start, at))
        run = [*run, (start, at)] if is_gasp else []
        if len(run) >= GASPS and any(not telling.intersection(range(*piece)) for piece in run[:2]):
            found.update(end for _, end in run[:-1])
        start, is_whole = at + 1, token.text in ".…"
    return found


def _is_break(token: Token) -> bool:
    if not token.is_mark or token.text in NO_BREAKS:
        return False
    return not (token.text in JOINING and token.is_glued)


def _turns(tokens: list[Token], hits: list[Hit]) -> set[int]:
    """Where a word begins a new clause."""
    times = {hit.start for hit in hits if hit.kind in ("weekdays", "days_ago", "numbers")}
    openers = {hit.start for hit in hits if hit.kind in STARTS_A_CLAUSE}
    openers |= {hit.start for hit in hits if hit.kind == "since" and hit.end in times}
    told = openers | {hit.start for hit in hits if hit.kind == "there_are"}
    nows = [hit for hit in hits if hit.kind == "now"]
    openers |= {hit.start for hit in nows if not told.isdisjoint(range(hit.start, hit.end + 2))}
    numbers = {hit.start for hit in hits if hit.kind == "numbers"}
    numbers |= {at for at, token in enumerate(tokens) if token.is_number}
    denied = [hit.start for hit in hits if hit.kind in ("no", "not")]
    only = {
        hit.start
        for hit in hits
        if hit.kind == "only" and hit.end in numbers and not any(0 < hit.start - at <= NEAR_DENIAL for at in denied)
    }
    long = [(hit.start, hit.end) for hit in hits if hit.kind not in ("but", "because") and hit.end - hit.start > 1]
    turns = {
        hit.start
        for hit in hits
        if hit.kind in ("but", "because")
        and hit.start not in only
        and not any(start < hit.start < end or (start == hit.start and hit.end < end) for start, end in long)
    }
    openers |= _opposed_days(hits)
    had = min((hit.start for hit in hits if hit.kind in ("had", "gone")), default=len(tokens))
    openers |= {hit.start for hit in hits if hit.kind == "left" and had < hit.start and hit.end in numbers}
    turns |= _affirmed_days(tokens, hits)
    return turns | {hit.start for hit in hits if hit.kind == "and" and hit.end in openers} - _paired_parts(hits)


def _opposed_days(hits: list[Hit]) -> set[int]:
    """Where today is set against a day on which there was nothing: "yesterday there was nothing and today two"."""
    earlier = [hit.start for hit in hits if hit.kind in ("days_ago", "weekdays") and hit.value]
    denials = [hit.start for hit in hits if hit.kind in ("no", "not", "nothing")]
    numbers = {hit.end: hit.start for hit in hits if hit.kind == "numbers"}
    todays = [hit.start for hit in hits if hit.kind == "now" or (hit.kind == "days_ago" and not hit.value)]
    opposed = [
        at
        for at in todays
        if any(0 < at - day <= NEAR_DAYS for day in earlier) and any(0 < at - denial <= NEAR_DAYS for denial in denials)
    ]
    return {numbers.get(at, at) for at in opposed} | set(opposed)


def _affirmed_days(tokens: list[Token], hits: list[Hit]) -> set[int]:
    """Where it is said of today at the end of a clause that denies: "gisteren geen hoest vandaag wel"."""
    ends = {hit.start: hit.end for hit in hits if hit.kind == "affirmed"}
    denials = [hit.end for hit in hits if hit.kind in ("no", "not")]
    found: set[int] = set()
    for hit in hits:
        if not _is_today(hit) or hit.end not in ends:
            continue
        last = ends[hit.end]
        is_end = last == len(tokens) or _is_break(tokens[last])
        if is_end and any(0 <= hit.start - at <= NEAR_DAYS for at in denials):
            found.add(hit.start)
    return found


def _is_today(hit: Hit) -> bool:
    return hit.kind == "now" or (hit.kind == "days_ago" and hit.value == 0)


def _paired_parts(hits: list[Hit]) -> set[int]:
    """The "and" between two parts of the body of which one thing is said: "my lips and my eyelids are swelling"."""
    parts = [hit for hit in hits if hit.kind in PARTS]
    ends = {hit.end for hit in parts}
    starts = {hit.start for hit in parts}
    determiners = {hit.start: hit.end for hit in hits if hit.kind == "mine"}
    return {
        hit.start
        for hit in hits
        if hit.kind == "and" and hit.start in ends and determiners.get(hit.end, hit.end) in starts
    }
