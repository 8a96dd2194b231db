"""A smoker's cough as it has been for years: "the smoker's cough I've had for years, nothing new there"."""

from __future__ import annotations

from typing import Final

from symptoms.language.breath.cough_degrees import ALARM, SMALL, TAKEN_BACK, calm_words, takes_back
from symptoms.language.reading.reader import Reader
from symptoms.language.text.clauses import Clause

FOR_YEARS: Final = ("unchanged", "since", "for", "vague_long", "units", "numbers", "smokers")
"""What else stands after a smoker's cough of which nothing is said but for how long it has been there."""

BEGINNINGS: Final = ("weekdays", "months", "days_ago", "tomorrow")


def is_as_for_years(clause: Clause, reader: Reader) -> bool:
    """Whether it is a smoker's cough of which it is said that it is as ever, and nothing that it is not.

    "The smoker's cough I've had for years, nothing new there"; not "as always, but worse since Monday".
    """
    if not clause.has("smokers"):
        return False
    told = [clause, *(one for one in reader.passage.clauses[clause.at + 1 :] if one.at <= clause.at + 2)]
    unchanged = [hit for one in told for hit in one.all("unchanged")]
    if not unchanged or clause.mark == "?":
        return False
    if any(takes_back(one) for one in reader.passage.clauses if one is not clause or not _is_all_there_is(one)):
        return False
    for one in reader.passage.clauses:
        calm = calm_words(one)
        if one is clause:
            calm |= _on_waking(one) | (_left_out(one) if _is_all_there_is(one) else set())
        alarm = [hit for hit in reader.facts(one, *ALARM) if hit.start not in calm and hit.kind != "still"]
        starts = [hit for hit in one.all(*BEGINNINGS) if hit.start not in calm] if one in told else []
        is_told = one in told and not _denies_another(one, reader)
        denials = [hit for hit in one.all("not") if hit.start not in calm] if is_told else []
        if alarm or starts or denials:
            return False
    return True


def _denies_another(clause: Clause, reader: Reader) -> bool:
    """Whether it only says what else there is none of: "not short of breath"."""
    others = clause.all("breathless", "aphtha", "lesion", "fever")
    is_of_cough = clause.has("cough", "smokers", "unchanged", "same")
    return bool(others) and not is_of_cough and all(hit in reader.denied for hit in others)


def _is_all_there_is(clause: Clause) -> bool:
    """Whether the cough is the only thing that is left out: "apart from my usual smoker's cough, all clear"."""
    opening = _left_out(clause)
    cough = clause.first("cough")
    after = {at for hit in clause.all(*SMALL, *FOR_YEARS) for at in range(hit.start, hit.end)}
    if cough is None or not clause.has("unchanged") or not after.issuperset(range(cough.end, clause.end)):
        return False
    turned = [
        hit for hit in clause.all(*TAKEN_BACK) if hit.start not in opening and hit.end - 1 not in calm_words(clause)
    ]
    return bool(opening) and not turned


def _left_out(clause: Clause) -> set[int]:
    """The word that opens a clause with "apart from"."""
    return {one.start for one in clause.all("excepting", "but") if one.start == clause.start}


def _on_waking(clause: Clause) -> set[int]:
    """The words for a time of day at which somebody wakes, and is woken by nothing: "au réveil"."""
    times = clause.all("days_ago")
    return {
        at
        for time in times
        for woke in clause.all("woke")
        if time.start < woke.start and woke.end == time.end
        for at in range(time.start, time.end)
    }
