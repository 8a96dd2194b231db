"""What came after a time with none: "no sores in months and then yesterday, three", "and today it started again"."""

from __future__ import annotations

from typing import Final

from symptoms.clinical.terms import Symptom
from symptoms.language.reading.mentions import Mention, Status
from symptoms.language.reading.reader import Reader
from symptoms.language.sores.countable import NOUNS
from symptoms.language.text.clauses import Clause
from symptoms.language.text.hits import Hit

LONG: Final = ("units", "vague_long", "since", "had", "unit_other")
DAYS: Final = ("days_ago", "weekdays", "now")
SMALL: Final = (
    *DAYS, "and", "then", "but", "sudden", "self", "have", "had", "mine", "filler", "also", "fronted", "further",
    "article", "there_are", "yes", "trivial", "cannot_wait",
)  # fmt: skip
AT_ONCE: Final = ("few_times", "sudden", "filler", "all_of", "another", "new", "again", "of")
BEGUN: Final = (
    "still", "goes_on", "regained", "impersonal", "someone", "being", "come_to", "going_in", "since", "for", "lasting",
    "ask", "running_out", "night", "another", "place", "unit_other", "units", "every", "last", "worse", "left",
)  # fmt: skip
"""Of what the words consist besides that say that it has begun again."""

UNKNOWN: Final = 2
"""Words beside that the lexicon does not know: "bang", "zas"."""


def there_lately(found: list[Mention], reader: Reader) -> list[Mention]:
    """The number of sores that came on a day after a time without any, or the day since which it is there again."""
    if not found or not reader.passage.has(*DAYS):
        return []
    last = found[-1]
    if last.status is not Status.ABSENT or not last.clause.has(*LONG) or last.hit not in reader.denied:
        return []
    if last.hit.kind not in (*NOUNS, "cough", "breathless"):
        return []
    rest = [one for one in reader.passage.sentence_of(last.clause) if one.at >= last.clause.at]
    if again := _again(last, rest, reader):
        return [Mention(last.symptom, Status.PRESENT, again, last.clause)]
    for one in rest if last.symptom is Symptom.MOUTH_SORES else ():
        for number in one.numerals:
            if (
                number.start >= last.hit.end
                and _ends(number, one, rest, reader)
                and _came_on_a_day(last, number, rest, reader)
            ):
                return [Mention(Symptom.MOUTH_SORES, Status.PRESENT, number, one)]
    return []


def _again(last: Mention, rest: list[Clause], reader: Reader) -> Hit | None:
    """The day since which it is there again, of which nothing else is said: "and then last night it started again"."""
    hits = [hit for one in rest for hit in one.hits if hit.start >= last.hit.end]
    start = next((hit.start for hit in hits if hit.kind in ("and", "then", "but")), None)
    days = [hit for hit in hits if hit.kind in DAYS and start is not None and hit.start >= start]
    if start is None or not days or rest[-1].mark == "?":
        return None
    words = {at for at in range(start, rest[-1].end) if reader.passage.tokens[at].is_word}
    if not any(reader.passage.says(at, "there_anew") for at in words if at >= days[0].start):
        return None
    known = {at for hit in hits for at in range(hit.start, hit.end)}
    small = {at for hit in hits if hit.kind in (*SMALL, *BEGUN) for at in range(hit.start, hit.end)}
    strange = words - known
    is_denied = any(hit.kind in ("no", "not", "no_answer", "gone", "relative") and hit.start >= start for hit in hits)
    return days[0] if not is_denied and len(strange) <= UNKNOWN and words - strange <= small else None


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
