"""A text cut into sentences and clauses, each with the classes of words that stand in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import Final

from symptoms.language.text.classes import group
from symptoms.language.text.elisions import unelided
from symptoms.language.text.hits import Hit
from symptoms.language.text.lexicon import Lexicon
from symptoms.language.text.listed import with_listed
from symptoms.language.text.words import Token, tokenise

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


def read_passage(text: str, lexicon: Lexicon) -> Passage:
    """The clauses of a text, with the words that the lexicon knows."""
    tokens = unelided(tokenise(text, lexicon.language), lexicon)
    hits = with_listed(lexicon.find(tokens), tokens)
    whole = _clause_of(hits, len(tokens))
    if dots := _dots_of_dates(tokens, whole, lexicon.language):
        hits = [replace(hit, end=hit.end + 1) if hit.kind == "numbered" and hit.end in dots else hit for hit in hits]
        whole = _clause_of(hits, len(tokens))
    figures = [at for at, token in enumerate(tokens) if token.is_number]
    clauses = list(_clauses(tokens, whole, dots, lexicon.language))
    sentences: dict[int, list[Clause]] = {}
    for at, clause in enumerate(clauses):
        clause.at = at
        sentences.setdefault(clause.sentence, []).append(clause)
    _fill(clauses, hits, [at for at in figures if tokens[at].text.isdecimal()], tokens)
    return Passage(lexicon, tokens, hits, clauses, sentences, dots, whole.kinds, has_figures=bool(figures))


def _clause_of(hits: Iterable[Hit], end: int) -> Clause:
    """A whole text as one clause."""
    clause = Clause(0, end, 0)
    for hit in hits:
        clause.add(hit)
    return clause


def _fill(clauses: Iterable[Clause], hits: list[Hit], digits: list[int], tokens: list[Token]) -> None:
    """Give each clause its hits, and its numbers in digits."""
    next_hit = next_digit = 0
    for clause in clauses:
        while next_hit < len(hits) and (hit := hits[next_hit]).start < clause.end:
            if hit.start >= clause.start:
                clause.add(hit)
            next_hit += 1
        while next_digit < len(digits) and (at := digits[next_digit]) < clause.end:
            clause.digits.append(Hit("numbers", at, at + 1, float(tokens[at].text)))
            next_digit += 1
        clause.numerals = [*clause.by_kind.get("numbers", ()), *clause.digits]


def _places_of(hits: Iterable[Hit]) -> set[int]:
    """Where the words of hits stand."""
    return {at for hit in hits for at in range(hit.start, hit.end)}


def _clauses(tokens: list[Token], whole: Clause, dots: frozenset[int], language: str) -> Iterator[Clause]:
    """Clauses between marks, and before "but", "because" and an "and" that a new subject follows.

    A topic and what is said of it are one: "Cough? None.", "sores: gone".
    """
    breaks = [at for at, token in enumerate(tokens) if token.is_mark and _is_break(token)]
    nothing = {hit.start for hit in whole.all("nothing")}
    ends = {*breaks, len(tokens)}
    turns = {
        at for at in _turns(tokens, whole, ends) if at + 1 not in ends and not (at + 1 in nothing and at + 2 in ends)
    }
    turns -= _buts_within(whole, ends) if language in BUT_WITHIN else set()
    joined = dots | _topics(tokens, whole, breaks) | _panted(tokens, whole, breaks)
    if commas := [at for at in breaks if tokens[at].text == ","]:
        joined |= _parts_apart(commas, whole, ends) | _ranges_apart(tokens, whole, commas)
        joined |= _taken_up(commas, whole) if language in TAKEN_UP else set()
    start = sentence = begun = 0
    for at, token in enumerate(tokens):
        if at in ends:
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


def _buts_within(whole: Clause, ends: set[int]) -> set[int]:
    """Where a "but" stands after no more than a verb and small words, and so within its clause."""
    found: set[int] = set()
    small = _places_of(whole.all(*WITHIN, *TOPICS)) if whole.has("but") else set()
    for hit in whole.all("but"):
        start = hit.start
        while start > 0 and start - 1 in small and start - 1 not in ends:
            start -= 1
        if 0 < hit.start - start <= LONGEST_WITHIN and (start == 0 or start - 1 in ends):
            found.add(hit.start)
    return found


def _dots_of_dates(tokens: list[Token], whole: Clause, language: str) -> frozenset[int]:
    """The dots after a number that belong to a date, and in some languages to an ordinal: "3. März", "3. Tag"."""
    dots = [at for at, token in enumerate(tokens) if token.text == "." and token.is_glued]
    after_number = {at for at in dots if tokens[at - 1].is_number}
    before_number = {at for at in dots if at + 1 < len(tokens) and tokens[at + 1].is_number}
    if not (after_number or before_number):
        return frozenset()
    kinds = ("months", "units", "weekdays") if language in ORDINAL_DOTS else ("months",)
    dated = {hit.start - 1 for hit in whole.all(*kinds)}
    if language in ORDINAL_DOTS:
        things = {hit.start - 1 for hit in whole.all(*ORDERED)}
        dated |= {at for at in things if at > 1 and tokens[at - 2].text in BEFORE_ORDINALS}
        dated |= {at for at in range(2, len(tokens) - 1) if tokens[at - 2].text in BEFORE_DAYS}
    numbered = {hit.end for hit in whole.all("numbered")}
    numbered |= {at for at in dots if tokens[at - 1].text in ABBREVIATED}
    return frozenset((dated & after_number) | (numbered & before_number))


def _taken_up(commas: list[int], whole: Clause) -> set[int]:
    """The commas around a pronoun that takes up what was named: "le souffle, lui, me lâche"."""
    named = {hit.end for hit in whole.all(*TOPICS)}
    pronouns = {hit.start for hit in whole.all("someone") if hit.end - hit.start == 1}
    starts = [at for at in commas if at in named and at + 1 in pronouns and at + 2 in commas]
    return {comma for at in starts for comma in (at, at + 2)}


def _parts_apart(commas: list[int], whole: Clause, ends: set[int]) -> set[int]:
    """The commas before a bare part of the body, which belongs to what is said before: "it is tight, in my chest"."""
    if not whole.has_any(PARTS):
        return set()
    parts = _places_of(whole.all(*PARTS))
    small = _places_of(whole.all(*BESIDE_PARTS)) - {hit.start for hit in whole.all("each")}
    found: set[int] = set()
    for comma in commas:
        following = min(at for at in ends if at > comma)
        words = set(range(comma + 1, following))
        if words <= parts | small and words & parts and words & small:
            found.add(comma)
    return found


def _ranges_apart(tokens: list[Token], whole: Clause, commas: list[int]) -> set[int]:
    """The commas within a range of times: "ten days, maybe eleven", "ten, maybe eleven days"."""
    numbers = {hit.start: hit.end for hit in whole.all("numbers")}
    numbers |= {at: at + 1 for at, token in enumerate(tokens) if token.is_number}
    if not numbers:
        return set()
    units = whole.all("units")
    sores = [hit.start for hit in whole.all("aphtha", "lesion", "spot")]
    unsure = {hit.start: hit.end for hit in whole.all("unsure", "perhaps")}
    values = {hit.end: hit.value for hit in whole.all("numbers")}
    denied = {hit.end for hit in whole.all("no", "not")}
    ends, unit_ends, unit_starts = set(numbers.values()), {hit.end for hit in units}, {hit.start for hit in units}
    found: set[int] = set()
    for at in commas:
        number = unsure.get(at + 1, at + 1)
        if number not in numbers:
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


def _topics(tokens: list[Token], whole: Clause, breaks: list[int]) -> set[int]:
    """The marks after a bare topic, of which the next words say something: no more than the name of a complaint."""
    if not (whole.has_any(TOPICS) and any(tokens[at].text in TOPIC_ENDS for at in breaks)):
        return set()
    named = _places_of(whole.all(*TOPICS))
    beside = [hit for hit in whole.all(*BESIDE_TOPICS) if not (hit.kind == "days_ago" and not hit.value)]
    known = named | _places_of(beside)
    found: set[int] = set()
    start = 0
    for at in breaks:
        words = range(start, at)
        is_topic = len(words) <= LONGEST_TOPIC and known.issuperset(words) and not named.isdisjoint(words)
        goes_on = at + 1 < len(tokens) and not tokens[at + 1].is_mark
        if tokens[at].text in TOPIC_ENDS and is_topic and goes_on:
            found.add(at)
        start = at + 1
    return found


def _panted(tokens: list[Token], whole: Clause, breaks: list[int]) -> set[int]:
    """The full stops of somebody who types in gasps: "I have to stop. In every. Sentence. To breathe."

    Three pieces and more of a few words each, of which the first or second says nothing by itself.
    """
    stops = {at for at in breaks if tokens[at].text in ".…"} | {len(tokens)}
    if len(stops) < GASPS:
        return set()
    telling = _places_of(whole.all(*TELLING, "numbers"))
    telling |= {at for at, token in enumerate(tokens) if token.is_number}
    sores = _places_of(whole.all("aphtha", "lesion"))
    found: set[int] = set()
    run: list[tuple[int, int]] = []
    start, is_whole = 0, True
    for at in [*breaks, len(tokens)]:
        is_gasp = is_whole and 0 < at - start <= GASP and at in stops and sores.isdisjoint(range(start, at))
        run = [*run, (start, at)] if is_gasp else []
        if len(run) >= GASPS and any(telling.isdisjoint(range(*piece)) for piece in run[:2]):
            found.update(end for _, end in run[:-1])
        start, is_whole = at + 1, at in stops
    return found


def _is_break(token: Token) -> bool:
    if not token.is_mark or token.text in NO_BREAKS:
        return False
    return not (token.text in JOINING and token.is_glued)


def _turns(tokens: list[Token], whole: Clause, ends: set[int]) -> set[int]:
    """Where a word begins a new clause."""
    turns = _turning_words(tokens, whole) | _affirmed_days(whole, ends)
    if not whole.has("and"):
        return turns
    openers = _openers(tokens, whole)
    return turns | {hit.start for hit in whole.all("and") if hit.end in openers} - _paired_parts(whole)


def _numbers(tokens: list[Token], whole: Clause) -> set[int]:
    """Where numbers stand, in words or digits."""
    return {hit.start for hit in whole.all("numbers")} | {at for at, token in enumerate(tokens) if token.is_number}


def _turning_words(tokens: list[Token], whole: Clause) -> set[int]:
    """Where a "but" or "because" stands that is no "only" and no part of a longer phrase."""
    if not whole.has("but", "because"):
        return set()
    numbers = _numbers(tokens, whole)
    denied = [hit.start for hit in whole.all("no", "not")]
    only = {
        hit.start
        for hit in whole.all("only")
        if hit.end in numbers and not any(0 < hit.start - at <= NEAR_DENIAL for at in denied)
    }
    long = [
        (hit.start, hit.end) for hit in whole.hits if hit.kind not in ("but", "because") and hit.end - hit.start > 1
    ]
    return {
        hit.start
        for hit in whole.all("but", "because")
        if hit.start not in only
        and not any(start < hit.start < end or (start == hit.start and hit.end < end) for start, end in long)
    }


def _openers(tokens: list[Token], whole: Clause) -> set[int]:
    """The words that begin a clause of their own after an "and"."""
    times = {hit.start for hit in whole.all("weekdays", "days_ago", "numbers")}
    openers = {hit.start for hit in whole.all(*STARTS_A_CLAUSE)}
    openers |= {hit.start for hit in whole.all("since") if hit.end in times}
    told = openers | {hit.start for hit in whole.all("there_are")}
    openers |= {hit.start for hit in whole.all("now") if not told.isdisjoint(range(hit.start, hit.end + 2))}
    openers |= _opposed_days(whole)
    numbers = _numbers(tokens, whole)
    had = min((hit.start for hit in whole.all("had", "gone")), default=len(tokens))
    return openers | {hit.start for hit in whole.all("left") if had < hit.start and hit.end in numbers}


def _opposed_days(whole: Clause) -> set[int]:
    """Where today is set against a day on which there was nothing: "yesterday there was nothing and today two"."""
    earlier = [hit.start for hit in whole.all("days_ago", "weekdays") if hit.value]
    denials = [hit.start for hit in whole.all("no", "not", "nothing")]
    if not (earlier and denials):
        return set()
    numbers = {hit.end: hit.start for hit in whole.all("numbers")}
    todays = [hit.start for hit in whole.all("now", "days_ago") if hit.kind == "now" or not hit.value]
    opposed = [
        at
        for at in todays
        if any(0 < at - day <= NEAR_DAYS for day in earlier) and any(0 < at - denial <= NEAR_DAYS for denial in denials)
    ]
    return {numbers.get(at, at) for at in opposed} | set(opposed)


def _affirmed_days(whole: Clause, ends: set[int]) -> set[int]:
    """Where it is said of today at the end of a clause that denies: "gisteren geen hoest vandaag wel"."""
    affirmed = {hit.start: hit.end for hit in whole.all("affirmed")}
    denials = [hit.end for hit in whole.all("no", "not")] if affirmed else []
    found: set[int] = set()
    for hit in whole.all("now", "days_ago") if denials else []:
        is_today = hit.kind == "now" or hit.value == 0
        is_last = is_today and affirmed.get(hit.end) in ends
        if is_last and any(0 <= hit.start - at <= NEAR_DAYS for at in denials):
            found.add(hit.start)
    return found


def _paired_parts(whole: Clause) -> set[int]:
    """The "and" between two parts of the body of which one thing is said: "my lips and my eyelids are swelling"."""
    parts = whole.all(*PARTS)
    ends = {hit.end for hit in parts}
    starts = {hit.start for hit in parts}
    determiners = {hit.start: hit.end for hit in whole.all("mine")}
    return {hit.start for hit in whole.all("and") if hit.start in ends and determiners.get(hit.end, hit.end) in starts}
