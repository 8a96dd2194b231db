"""Which marks end a clause, and which join what stands on both sides: "Cough? None.", "ten days, maybe eleven"."""

from __future__ import annotations

from typing import Final

from symptoms.language.text.classes import group
from symptoms.language.text.clauses import PARTS, TOPICS, Clause, places_of
from symptoms.language.text.words import Token

NO_BREAKS: Final = frozenset("'\"%°+&*=#@~^_$€£<>`\\")
"""Marks that stand within a clause; every other mark, a smiley too, ends one."""

JOINING: Final = frozenset("-/|")
"""Marks that join two words when no space stands before them."""

TOPIC_ENDS: Final = frozenset("?:-–—")
BESIDE_TOPICS: Final = group("beside_topics")
LONGEST_TOPIC: Final = 5
BESIDE_PARTS: Final = frozenset(["mine", "self", "place", "of"])
LEADING_ON: Final = ("self", "have", "roughly", "so_much", "there_are", "perhaps", "observe", "filler")
NOT_LEADING: Final = ("place", "mouthpart", "right_side", "numbered", "mine", "of", "since", "units")
"""Words before the first number of a range, and those of them before which a number may be one of a list."""
TAKEN_UP: Final = frozenset({"fr"})
"""Languages in which a pronoun of its own takes up what was named."""

GASP: Final = 6
GASPS: Final = 3
TELLING: Final = (
    group("content") | group("complaints") | {"moderate_effort", "no", "no_answer", "yes", "greeting", "gone"}
)
"""A piece with one of these says something by itself."""


def is_break(token: Token) -> bool:
    """Whether a token is a mark that ends a clause; the stroke of "3-4" and the sign of "50 %" end none."""
    if not token.is_mark or token.text in NO_BREAKS:
        return False
    return not (token.text in JOINING and token.is_glued)


def joining_marks(tokens: list[Token], whole: Clause, breaks: list[int], language: str) -> set[int]:
    """Those of the breaks over which a clause goes on: "Cough? None.", "ten days, maybe eleven", "le souffle, lui,"."""
    joined = _ends_of_topics(tokens, whole, breaks) | _stops_of_gasps(tokens, whole, breaks)
    if commas := [at for at in breaks if tokens[at].text == ","]:
        joined |= _commas_before_parts(commas, whole, {*breaks, len(tokens)}) | _commas_of_ranges(tokens, whole, commas)
        joined |= _commas_around_pronouns(commas, whole) if language in TAKEN_UP else set()
    return joined


def _ends_of_topics(tokens: list[Token], whole: Clause, breaks: list[int]) -> set[int]:
    """The marks after a bare topic, of which the next words say something: no more than the name of a complaint."""
    if not (whole.has_any(TOPICS) and any(tokens[at].text in TOPIC_ENDS for at in breaks)):
        return set()
    named = places_of(whole.all(*TOPICS))
    beside = [hit for hit in whole.all(*BESIDE_TOPICS) if not (hit.kind == "days_ago" and not hit.value)]
    known = named | places_of(beside)
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


def _stops_of_gasps(tokens: list[Token], whole: Clause, breaks: list[int]) -> set[int]:
    """The full stops of somebody who types in gasps: "I have to stop. In every. Sentence. To breathe."

    Three pieces and more of a few words each, of which the first or second says nothing by itself.
    """
    stops = {at for at in breaks if tokens[at].text in ".…"} | {len(tokens)}
    if len(stops) < GASPS:
        return set()
    telling = places_of(whole.all(*TELLING, "numbers"))
    telling |= {at for at, token in enumerate(tokens) if token.is_number}
    sores = places_of(whole.all("aphtha", "lesion"))
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


def _commas_around_pronouns(commas: list[int], whole: Clause) -> set[int]:
    """The commas around a pronoun that takes up what was named: "le souffle, lui, me lâche"."""
    named = {hit.end for hit in whole.all(*TOPICS)}
    pronouns = {hit.start for hit in whole.all("someone") if hit.end - hit.start == 1}
    starts = [at for at in commas if at in named and at + 1 in pronouns and at + 2 in commas]
    return {comma for at in starts for comma in (at, at + 2)}


def _commas_before_parts(commas: list[int], whole: Clause, ends: set[int]) -> set[int]:
    """The commas before a bare part of the body, which belongs to what is said before: "it is tight, in my chest"."""
    if not whole.has_any(PARTS):
        return set()
    parts = places_of(whole.all(*PARTS))
    small = places_of(whole.all(*BESIDE_PARTS)) - {hit.start for hit in whole.all("each")}
    found: set[int] = set()
    for comma in commas:
        following = min(at for at in ends if at > comma)
        words = set(range(comma + 1, following))
        if words <= parts | small and words & parts and words & small:
            found.add(comma)
    return found


def _digits_led_on(tokens: list[Token], whole: Clause) -> dict[int, float | None]:
    """The numbers in digits that may be those of a range, by where they end: "so 6, 7 Bläschen", "j'ai 5, 6 aphtes".

    The first opens the text or follows on "I have", "about" or the like: not "on the left 2, 3 on the right".
    """
    leads = {hit.end for hit in whole.all(*LEADING_ON)} - {hit.end for hit in whole.all(*NOT_LEADING)} | {0}
    starts = {at for at in leads if at + 2 < len(tokens) and tokens[at + 1].text == ","}
    starts |= {at + 2 for at in starts}
    return {at + 1: float(tokens[at].text) for at in starts if tokens[at].is_number and tokens[at].text.isdecimal()}


def _commas_of_ranges(tokens: list[Token], whole: Clause, commas: list[int]) -> set[int]:
    """The commas within a range of times: "ten days, maybe eleven", "ten, maybe eleven days"."""
    numbers = {hit.start: hit.end for hit in whole.all("numbers")}
    numbers |= {at: at + 1 for at, token in enumerate(tokens) if token.is_number}
    if not numbers:
        return set()
    units = whole.all("units")
    sores = [hit.start for hit in whole.all("aphtha", "lesion", "spot")]
    unsure = {hit.start: hit.end for hit in whole.all("unsure", "perhaps")}
    values = {hit.end: hit.value for hit in whole.all("numbers")} | _digits_led_on(tokens, whole)
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
