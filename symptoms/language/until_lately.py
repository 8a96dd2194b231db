"""Sores that came after a time with none, and are only counted: "no sores in months and then yesterday, three"."""

from __future__ import annotations

from typing import Final

from symptoms.clinical.terms import Symptom
from symptoms.language.clauses import Clause
from symptoms.language.countable import NOUNS
from symptoms.language.hits import Hit
from symptoms.language.mentions import Mention, Status
from symptoms.language.reader import Reader

LONG: Final = ("units", "vague_long", "since", "had", "unit_other")
DAYS: Final = ("days_ago", "weekdays", "now")
SMALL: Final = (
    *DAYS, "and", "then", "but", "sudden", "self", "have", "had", "mine", "filler", "also", "fronted", "further",
    "article", "there_are", "yes", "trivial", "cannot_wait",
)  # fmt: skip
AT_ONCE: Final = ("few_times", "sudden", "filler", "all_of", "another", "new", "again", "of")
UNKNOWN: Final = 2
"""Words beside that the lexicon does not know: "bang", "zas"."""


def counted_lately(found: list[Mention], reader: Reader) -> list[Mention]:
    """The number of sores that came on a day named after a time without any, which the sentence ends in."""
    if not found or not reader.passage.has(*DAYS):
        return []
    last = found[-1]
    if last.symptom is not Symptom.MOUTH_SORES or last.status is not Status.ABSENT or last.hit.kind not in NOUNS:
        return []
    if not last.clause.has(*LONG) or last.hit not in reader.denied:
        return []
    rest = [one for one in reader.passage.sentence_of(last.clause) if one.at >= last.clause.at]
    for one in rest:
        for number in one.numerals:
            if (
                number.start >= last.hit.end
                and _ends(number, one, rest, reader)
                and _came_on_a_day(last, number, rest, reader)
            ):
                return [Mention(Symptom.MOUTH_SORES, Status.PRESENT, number, one)]
    return []


def _ends(number: Hit, clause: Clause, rest: list[Clause], reader: Reader) -> bool:
    """Whether nothing but "at once" follows a number, which is more than an article, in the sentence."""
    if not number.value or any(hit.start == number.start for hit in clause.all("article")):
        return False
    small = {at for hit in clause.all(*AT_ONCE) for at in range(hit.start, hit.end)}
    small |= {hit.start - 1 for hit in clause.all("few_times") if hit.end == clause.end}
    small |= {at for at in range(number.end, clause.end) if reader.passage.says(at, "together")}
    return clause is rest[-1] and small.issuperset(range(number.end, clause.end))


def _came_on_a_day(last: Mention, number: Hit, rest: list[Clause], reader: Reader) -> bool:
    """Whether a day stands between the sores and the number, and nothing else that is known."""
    hits = [hit for one in rest for hit in one.hits if last.hit.end <= hit.start and hit.end <= number.start]
    joints = [hit.start for hit in hits if hit.kind in ("and", "then", "but")]
    days = [hit for hit in hits if hit.kind in DAYS and joints and hit.start >= joints[0]]
    if not days:
        return False
    start = joints[0]
    known = {at for hit in hits for at in range(hit.start, hit.end)}
    small = {at for hit in hits if hit.kind in SMALL for at in range(hit.start, hit.end)}
    small |= {day.start - 1 for day in days if any(hit.kind == "place" and hit.end == day.start for hit in hits)}
    words = {at for at in range(start, number.start) if reader.passage.tokens[at].is_word}
    strange = words - known
    return len(strange) <= UNKNOWN and words - strange <= small
