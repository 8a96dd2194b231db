"""Where somebody who has told of a complaint begins to speak of something else, without a mark."""

from __future__ import annotations

import re
from typing import Final

from symptoms.language.text.clauses import TOPICS, Clause, places_of
from symptoms.language.text.hits import Hit
from symptoms.language.text.words import Token

COMPLAINTS: Final = (*TOPICS, "spot", "confused", "blue", "pressure", "speak", "broken_speech")
JOINING: Final = ("and", "but", "or", "if", "wh", "as_long", "because", "that", "say", "than", "for", "for_to")
"""Right after one of these nothing begins anew."""

LEADING: Final = (
    *JOINING, "place", "of", "company", "cause", "since", "after", "of_before", "until", "like", "no", "not", "also",
    "excepting", "without", "as_if",
)  # fmt: skip
"""Right after one of these a noun belongs to what stands before."""

BEFORE_SUBJECTS: Final = (*JOINING, "like", "as_if", "since", "after", "of_before", "until", "also")
"""Right after one of these a subject belongs to what stands before."""

INVERTING: Final = frozenset({"de", "nl"})
"""Languages in which the subject may stand after its verb: "nachts huste ich nicht"."""

NO_VERBS: Final = (
    "weekdays", "units", "days_ago", "now", "breathless", "cannot_breathe", "aphtha", "lesion", "spot", "blue", "faint",
    "swollen", "confused", "mouthpart", "chest", "blood", "moderate_effort", "rest", "place",
)  # fmt: skip
"""After which a subject stands before its verb."""
NO_FIRST_PERSON: Final = re.compile(r".*en$|(?:op|uit|af|aan|auf|aus|an|ab|ein)?ge\w{3,}t$")
"""An infinitive or a participle, and no verb of "I"."""
SAID_OF_OTHERS: Final = ("say", "utter", "told", "had")
AFTER_SUBJECTS: Final = (
    "not", "no", "also", "still", "now", "since", "weekdays", "days_ago", "mine", "article", "place", "no_longer",
    "only", "affirmed", "left", "barely", "numbers", "nothing", "me",
)  # fmt: skip
"""What follows right on a subject that stands after its verb."""

WITH_PRONOUNS: Final = frozenset({"de", "en", "fr", "nl"})
"""Languages in which a pronoun is the subject."""
DENIALS: Final = ("not", "no", "nothing", "no_answer", "cannot", "fine", "well", "clean")
OF_COMPLAINTS: Final = (
    *COMPLAINTS,
    "gone",
    "no_longer",
    "still",
    "lungs",
    "the_rest",
    "pieces",
    "numbers",
    "trivial",
    "further",
)
OTHER_MATTERS: Final = ("state", "harmless", "treatment", "scan", "sugar", "limb")
OUTCOMES: Final = ("gone", "fine", "well", "clean", "stop", "no_longer", "running_out", "done_with", "relieves")
ELIDED_THE: Final = "l"
"""The French article before a vowel."""
REACH: Final = 4
"""Words from the name of another matter to what became of it."""


def restarts(tokens: list[Token], whole: Clause, ends: set[int], language: str) -> set[int]:
    """Where something else begins after a complaint; `ends` are the marks that end a clause.

    By words that begin it ("I have a cough I had that in 2015 too"), by a second "I" ("I'm coughing I don't smoke"),
    by another matter that is over or well ("ich huste der Ausschlag ist weg"), or by "nothing else".
    """
    told = min((hit.end for hit in whole.all(*COMPLAINTS)), default=len(tokens))
    if told >= len(tokens):
        return set()
    joined = {hit.end for hit in whole.all(*JOINING)}
    found = {_with_number(hit, whole) for hit in whole.all("restart") if hit.start not in joined}
    if language in WITH_PRONOUNS:
        found |= _second_subjects(tokens, whole, ends, language)
    found |= _other_matters(tokens, whole) | _other_people(whole)
    found |= _nothing_else(whole, ends) | _denied_others(whole, ends)
    return {at for at in found if at >= told}


def _with_number(restart: Hit, whole: Clause) -> int:
    """Where it begins, with the number before a time: "three weeks ago I had nothing"."""
    is_time = any(hit.start == restart.start for hit in whole.all("units"))
    numbers = {hit.end: hit.start for hit in [*whole.all("numbers", "article"), *whole.digits]} if is_time else {}
    return numbers.get(restart.start, restart.start)


def _second_subjects(tokens: list[Token], whole: Clause, ends: set[int], language: str) -> set[int]:
    """The "I" of what is denied or fine, and no complaint, after a complaint that had a subject of its own."""
    if not whole.has(*DENIALS):
        return set()
    others = {hit.start for hit in whole.all("mine", "me")}
    subjects = whole.all("self")
    pronouns = [hit for hit in subjects if hit.start not in others and hit.end - hit.start == 1]
    pronouns = [one for one in pronouns if all(one.end != other.start for other in subjects)]
    joined = {hit.end for hit in whole.all(*BEFORE_SUBJECTS)}
    complaints = whole.all(*COMPLAINTS)
    if language in INVERTING:
        late = {hit.start for hit in whole.all(*AFTER_SUBJECTS)}
        no_verbs = places_of(whole.all(*NO_VERBS))
        pronouns = [one for one in pronouns if one.end not in late]
        pronouns = [one for one in pronouns if _stands_first(one.start, no_verbs, tokens)]
    found: set[int] = set()
    for pronoun in pronouns:
        before = max((at for at in ends if at < pronoun.start), default=-1)
        told = [hit for hit in complaints if before < hit.start and hit.end <= pronoun.start]
        is_second = any(one.start <= hit.start for one in subjects if one.start > before for hit in told)
        if is_second and pronoun.start not in joined:
            stretch = range(pronoun.end, min(at for at in ends if at > pronoun.start))
            if _is_said_in(stretch, whole, DENIALS) and not _is_said_in(stretch, whole, OF_COMPLAINTS):
                found.add(pronoun.start)
    return found


def _stands_first(at: int, no_verbs: set[int], tokens: list[Token]) -> bool:
    """Whether no verb of its own can stand right before a subject."""
    return at > 0 and (at - 1 in no_verbs or NO_FIRST_PERSON.match(tokens[at - 1].text) is not None)


def _is_said_in(stretch: range, whole: Clause, kinds: tuple[str, ...]) -> bool:
    return any(hit.start in stretch for hit in whole.all(*kinds))


def _other_matters(tokens: list[Token], whole: Clause) -> set[int]:
    """The "the" before another complaint, or the treatment, that is well or over: "der Ausschlag ist weg"."""
    matters = whole.all(*OTHER_MATTERS)
    if not matters:
        return set()
    joined = {hit.end for hit in whole.all(*LEADING)}
    ordinals = {hit.start: hit.end for hit in whole.all("ordinals", "last")}
    outcomes = whole.all(*OUTCOMES)
    determiners = {hit.start: hit.end for hit in whole.all("mine")}
    determiners |= {at: at + 1 for at, token in enumerate(tokens) if token.text == ELIDED_THE}
    return {
        start
        for start, end in determiners.items()
        for hit in matters
        if hit.start == ordinals.get(end, end) and start not in joined
        if any(0 <= outcome.start - hit.end <= REACH for outcome in outcomes)
    }


def _other_people(whole: Clause) -> set[int]:
    """The "my" of somebody who says something, or had it too: "ich huste meine Freundin hatte das auch"."""
    joined = {hit.end for hit in whole.all(*LEADING)}
    starts = {hit.start for hit in whole.all("mine") if hit.start not in joined}
    telling = {hit.start for hit in whole.all(*SAID_OF_OTHERS)}
    people = {hit.start: hit.end for hit in whole.all("relative", "stranger")}
    return {one.start for one in whole.all("mine") if one.start in starts and people.get(one.end) in telling}


def _nothing_else(whole: Clause, ends: set[int]) -> set[int]:
    """The "nothing else" that ends what is told: "ich huste seit Montag sonst nichts", "rien d'autre à signaler"."""
    nothings = {hit.start for hit in whole.all("nothing")}
    aims = {hit.start: hit.end for hit in whole.all("for_to")}
    last = [hit for hit in whole.all("remainder") if hit.end in ends or aims.get(hit.end, hit.end) + 1 in ends]
    return {hit.start for hit in last if not nothings.isdisjoint(range(hit.start, hit.end))}


def _denied_others(whole: Clause, ends: set[int]) -> set[int]:
    """The "no" of another complaint that ends what is told: "I can only drink no pain in my legs"."""
    joined = {hit.end for hit in whole.all(*LEADING)}
    others = {hit.start for hit in whole.all("state", "fever", "harmless")}
    limbs = [hit.start for hit in whole.all("limb")]
    complaints = whole.all(*COMPLAINTS)
    found: set[int] = set()
    for no in whole.all("no", "not", "fine"):
        stretch = range(no.end, min(at for at in ends if at >= no.end))
        before = max((at for at in ends if at < no.start), default=-1)
        is_other = (no.kind != "fine" and no.end in others) or any(at in stretch for at in limbs)
        is_after_told = any(before < hit.start < no.start for hit in complaints)
        goes_on = any(hit.start in stretch and hit.start != no.end for hit in complaints)
        if is_other and is_after_told and no.start not in joined and not goes_on:
            found.add(no.start)
    return found
