"""The times of a clause that are those of symptoms: none of the treatment, nor of what is planned or prescribed."""

from __future__ import annotations

from typing import Final

from symptoms.language.accounts.time_owners import is_of_kin
from symptoms.language.reading.reader import Reader
from symptoms.language.sores.countable import NOUNS
from symptoms.language.text.classes import group
from symptoms.language.text.clauses import Clause
from symptoms.language.text.hits import Hit
from symptoms.language.times.offsets import is_counted_from_treatment, offsets_in
from symptoms.language.times.since import Since

BESIDE: Final = 3
BRIEF: Final = 6
OF_NONE: Final = (
    "self", "have", "had", "no", "not", "no_longer", "filler", "since", "for", "lasting", "feasts", "easter", "months",
    "weekdays", "days_ago", "units", "vague_few", "vague_long", "last", "season", "further",
)  # fmt: skip
"""What a clause consists of that says no more than since when there were none."""


def own_times(clause: Clause, reader: Reader) -> list[Since]:
    """The times of a clause that are none of the treatment, nor of what is planned: "the scan is on Friday".

    The day of a visit at which there were sores is one of theirs: "my doctor saw two on Tuesday". That on which one
    got company is not that of the first: "it has a twin since last night".
    """
    times = reader.times(clause)
    if not times:
        return []
    if (
        _is_prescribed(clause)
        or _hurts_no_more(clause, reader)
        or _were_none(clause, reader)
        or is_of_kin(clause, reader)
    ):
        return []
    if clause.has("twin"):
        return [one for one in times if one.is_over_three]
    if not clause.has("treatment", "plan"):
        return times
    if not clause.has("treatment") and clause.has(*NOUNS) and clause.has("observe", "had", "sudden"):
        return [one for one in times if one.days]
    begun = {hit.end + skipped for hit in clause.all("since") for skipped in (0, 1, 2)}
    plans = clause.all("plan")
    begun |= {hit.start for hit in plans for one in clause.all("since") if 0 <= hit.start - one.end <= BESIDE}
    since_plan = {hit.end + skipped for hit in plans if hit.start in begun for skipped in range(2 * BESIDE)}
    begun |= since_plan | {one.at for one in offsets_in(clause, reader.passage)}
    treatments = [hit for hit in clause.all("treatment") if not _is_beginning(hit, clause)]
    if treatments and is_counted_from_treatment(clause, reader.passage):
        treatments = []
    return [
        one
        for one in times
        if not any(abs(hit.start - one.at) <= BESIDE or _ends_it(hit, one, clause) for hit in treatments)
        and (one.at in begun or not any(abs(hit.start - one.at) <= 2 * BESIDE for hit in plans))
    ]


def _ends_it(treatment: Hit, since: Since, clause: Clause) -> bool:
    """Whether a time is that of a treatment which "and" parts from what follows: "hace diez días que la terminé y"."""
    joints = [hit.start for hit in clause.all("and")]
    is_last = treatment.end == clause.end and not clause.has("cough", "breathless", "mouthpart", *NOUNS)
    is_parted = is_last or any(treatment.end <= at for at in joints)
    is_next = since.at < treatment.start <= since.at + 2 * BESIDE and is_parted
    return is_next and not any(since.at < at < treatment.start for at in joints)


def _is_beginning(treatment: Hit, clause: Clause) -> bool:
    """Whether it is what something began with: "since the dose went up on Friday"."""
    counted = {hit.start for hit in clause.numerals}
    opening = {hit.start for hit in clause.all("since") if hit.start == clause.start and hit.end not in counted}
    return any(
        0 <= treatment.start - hit.end <= (BRIEF if hit.start in opening else BESIDE) for hit in clause.all("since")
    )


def _is_prescribed(clause: Clause) -> bool:
    """Whether it tells how often and how long something is taken: "3 times a day for 10 days"."""
    return clause.has("every") and clause.has("unit_other") and not clause.has(*group("content"))


def _were_none(clause: Clause, reader: Reader) -> bool:
    """Whether it says no more than since when there were none: "I hadn't had any since Christmas"."""
    begun = clause.first("since")
    if begun is None or not clause.has("had") or any(hit not in reader.denied for hit in clause.all(*NOUNS)):
        return False
    is_denied = any(hit.start < begun.start for hit in clause.all("no", "not", "no_longer"))
    known = {at for hit in clause.all(*OF_NONE, *NOUNS) for at in range(hit.start, hit.end)}
    return is_denied and known.issuperset(range(clause.start, clause.end))


def _hurts_no_more(clause: Clause, reader: Reader) -> bool:
    """Whether a sore is said to hurt no more, so that a time is that since when: "the sore hasn't hurt since"."""
    pains = [hit for hit in clause.all("pain") if hit in reader.denied]
    if not pains:
        return False
    nouns = [hit.start for hit in clause.all(*NOUNS) if hit not in reader.denied]
    denials = [hit.start for hit in clause.all("not")]
    is_of_sore = bool(nouns and denials) and nouns[0] < min(pains[0].start, denials[0])
    return is_of_sore and not clause.has("have") and not any(clause.all("no"))
