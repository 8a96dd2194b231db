"""A cough that came once or twice, of which a text says no more: "coughed twice after breakfast, that was it"."""

from __future__ import annotations

from typing import Final

from symptoms.language.breath.cough_degrees import ALARM, SMALL, TOLD, calm_words, is_belittled, takes_back
from symptoms.language.denial.denying import CONTENT
from symptoms.language.reading.reader import Reader
from symptoms.language.text.clauses import Clause
from symptoms.language.text.hits import Hit
from symptoms.language.text.nearness import distance

FEW: Final = 3
"""So often somebody may cough in a day."""
BRIEF: Final = 6
"""Words of a question that asks no more than whether it matters."""
NEAR: Final = 4
"""Words between a cough and how often it came."""


def came_few_times(cough: Hit, clause: Clause, reader: Reader) -> bool:
    """Whether it is only said that it came once or twice, or so many coughs, and every other clause lets it be.

    "Coughed twice after breakfast, that was it"; not "coughed twice, and both times blood", nor "once I cough".
    """
    if not reader.passage.has("few_times", "numbers") and not clause.digits:
        return False
    following = reader.passage.after(clause)
    is_counted = _is_few(cough, clause) or (following is not None and _only_says_how_often(following, reader))
    if not is_counted or not _says_no_more(clause, reader):
        return False
    others = [one for one in reader.passage.clauses if one is not clause]
    return all(_lets_it_be(one, clause, reader) for one in others)


def _is_few(cough: Hit, clause: Clause) -> bool:
    """Whether "twice" stands near a cough, or a small number right before it: "two coughs"; not "a cough"."""
    if any(distance(hit, cough) <= NEAR for hit in clause.all("few_times")):
        return True
    articles = {hit.start for hit in clause.all("article")}
    return any(
        0 < (hit.value or 0) <= FEW and hit.end == cough.start and hit.start not in articles for hit in clause.numerals
    )


def _only_says_how_often(clause: Clause, reader: Reader) -> bool:
    """Whether a clause says no more than "once", "dos veces en todo el día"."""
    return clause.has("few_times") and _says_no_more(clause, reader)


def _says_no_more(clause: Clause, reader: Reader) -> bool:
    """Whether every word of a clause is small, a time of these days, a meal, or what stands after "in" or "at".

    So is the word before "twice": "genau zweimal", "maybe twice".
    """
    if clause.mark == "?" or any(not is_belittled(hit, clause) for hit in clause.all("worse")):
        return False
    known = {at for hit in clause.all(*SMALL, "worse") for at in range(hit.start, hit.end)}
    known |= {at for hit in clause.all("days_ago") if (hit.value or 0) <= 2 for at in range(hit.start, hit.end)}
    known |= {at for one in clause.all("after", "since", "every") for at in _of_these_days(one, clause)}
    known |= {hit.start for hit in clause.numerals if 0 < (hit.value or 0) <= FEW}
    told = {at for hit in clause.all(*TOLD) for at in range(hit.start, hit.end)}
    known |= {hit.start - 1 for hit in clause.all("few_times")} - told
    known |= _where(clause, known, told) | _opening(clause, told)
    words = {at for at in range(clause.start, clause.end) if not reader.passage.tokens[at].is_mark}
    return known.issuperset(words)


def _of_these_days(joint: Hit, clause: Clause) -> set[int]:
    """The words of "after breakfast", "since this morning", "a day": a meal or a time of these days after the joint."""
    kinds = ("units",) if joint.kind == "every" else ("eat", "drink", "woke", "days_ago", "now")
    told = [hit for hit in clause.all(*kinds) if 0 <= hit.start - joint.end <= 2 or hit.end == joint.end]
    told = [hit for hit in told if (hit.value or 0) <= 1 and (hit.kind != "units" or hit.value == 1)]
    return {at for hit in told for at in range(joint.start, hit.end)}


def _where(clause: Clause, known: set[int], told: set[int]) -> set[int]:
    """The word of a place or occasion, with nothing unknown after it: "in church", "during the talk"."""
    small = {at for hit in clause.all("mine", "article", "filler") for at in range(hit.start, hit.end)}
    found: set[int] = set()
    for hit in clause.all("place"):
        at = hit.end
        while at in small:
            at += 1
        if at < clause.end and at not in told and (at + 1 == clause.end or at + 1 in known):
            found.add(at)
    return found


def _opening(clause: Clause, told: set[int]) -> set[int]:
    """The words before who coughed and how often, which say when or where: "Al despertar toso una vez"."""
    first = min(
        (hit.start for hit in clause.all("self", "have", "cough", "few_times", "numbers")), default=clause.start
    )
    opening = set(range(clause.start, min(first, clause.start + NEAR)))
    return opening if opening.isdisjoint(told) else set()


def _lets_it_be(clause: Clause, told: Clause, reader: Reader) -> bool:
    """Whether another clause makes no more of a cough that came once or twice.

    Right after it a clause says how little it was, what it came from, or what there is none of; further off it says
    nothing that alarms.
    """
    calm = calm_words(clause)
    if any(hit.start not in calm and not is_belittled(hit, clause) for hit in reader.facts(clause, *ALARM)):
        return False
    if clause.at not in (told.at + 1, told.at + 2) and not clause.has("cough"):
        return True
    if clause.has("cough") or takes_back(clause):
        return _says_no_more(clause, reader)
    if _asks_of_it(clause):
        return True
    is_blamed = any(hit.start <= clause.start + 1 for hit in clause.all("blamed", "perhaps"))
    is_told_apart = clause.has("aphtha", "lesion", "eat", "drink", "mouthpart")
    return (
        clause.has("no_more") or is_blamed or is_told_apart or _denies(clause, reader) or _says_no_more(clause, reader)
    )


def _asks_of_it(clause: Clause) -> bool:
    """Whether it only asks what to make of it: "faut-il le signaler ?", "dat telt zeker niet?"."""
    return clause.mark == "?" and clause.end - clause.start <= BRIEF and not clause.has(*CONTENT, *TOLD)


def _denies(clause: Clause, reader: Reader) -> bool:
    """Whether it only says what there is none of: "no fever, no phlegm"."""
    told = clause.all("fever", "phlegm", "blood", "pain", "breathless", "breathe", "air", "trouble", "sleep")
    return bool(told) and all(hit in reader.denied for hit in told)
