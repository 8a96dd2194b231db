"""Coughs that call for nobody: a slight one, one or two in a day, or a smoker's own as it has been for years."""

from __future__ import annotations

from typing import Final

from symptoms.language.denial.denying import CONTENT
from symptoms.language.denial.never_without import is_never_without
from symptoms.language.reading.reader import Reader
from symptoms.language.scope.noticed import is_answered, is_likened_to_mine
from symptoms.language.text.clauses import Clause
from symptoms.language.text.hits import Hit

FEW: Final = 3
"""So often somebody may cough in a day."""
NEAR: Final = 4
"""Words between a cough and how often it came."""

OTHER_COMPLAINTS: Final = ("state", "unwell", "fever", "shiver", "eat", "drink", "swallow", "swollen", "limb", "faint")
"""What a degree that stands right before it belongs to, and to no cough."""

SMALL: Final = (
    "cough", "tickle", "trivial", "few_times", "no_more", "now", "place", "of", "mine", "article", "self", "me", "have",
    "had", "only", "perhaps", "roughly", "unsure", "filler", "at_most", "being", "there_are", "and", "throat",
    "otherwise", "reply_no", "fine", "well", "harmless", "vague_few", "hardly_any", "used_to", "formerly",
)  # fmt: skip
"""Of what a clause consists that says no more than that somebody coughed, and how little."""

ALARM: Final = (
    "worse", "blood", "red", "breathless", "cannot_breathe", "stop", "cannot", "barely", "trouble", "chest", "lungs",
    "faint", "ground", "fever", "shiver", "phlegm", "bring_up", "night", "sleep", "woke", "pain", "limb", "state",
    "unwell", "weep", "still", "different", "no_longer", "alarm", "sudden", "lack", "excepting", "running_out", "many",
    "laboured", "each", "dread", "if", "amiss",
)  # fmt: skip
"""What makes more of a cough, wherever a text says it."""

TAKEN_BACK: Final = ("but", "excepting", "no_longer", "if", "not_that", "new", "another", "every")
"""With which a clause takes some of it back."""
CALM: Final = ("unchanged", "no_more", "few_times", "otherwise", "only", "trivial", "well")
"""Within which a word takes nothing back, and none alarms: "sonst nichts", "nothing new"."""
TOLD: Final = CONTENT | set(ALARM)

FOR_YEARS: Final = ("unchanged", "since", "for", "vague_long", "units", "numbers", "smokers")
"""What else stands after a smoker's cough of which nothing is said but for how long it has been there."""

BEGINNINGS: Final = ("weekdays", "months", "days_ago", "tomorrow")


def is_slight(cough: Hit, clause: Clause, reader: Reader) -> bool:
    """Whether a cough is slight: it is called so, came once or twice, or is a smoker's as it has been for years."""
    is_told = is_likened_to_mine(clause, reader.passage) or is_answered(clause, reader.passage) == "yes"
    if is_told or is_never_without(cough, clause):
        return False
    return _is_called_slight(cough, clause, reader) or is_of_no_note(cough, clause, reader)


def is_of_no_note(cough: Hit, clause: Clause, reader: Reader) -> bool:
    """Whether the whole text leaves it at a cough that came once or twice, or a smoker's as it has been for years."""
    return _came_few_times(cough, clause, reader) or _is_as_for_years(clause, reader)


def is_other_than_ever(cough: Hit, clause: Clause) -> bool:
    """Whether a cough is there that is only not the usual one: "it is not my usual smoker's cough"."""
    usual = clause.all("unchanged", "same")
    denials = clause.all("not", "no_longer")
    return (
        any(
            max(one.start - cough.end, cough.start - one.end) <= NEAR
            and any(not_.end <= one.start or not_.end == clause.end for not_ in denials)
            for one in usual
        )
        and clause.has("unchanged", "smokers")
        and not clause.has("have")
    )


def _is_of_time(little: Hit, clause: Clause) -> bool:
    """Whether it is time of which there is hardly any without a cough: "hardly a night goes by without"."""
    if not clause.has("barely") or not clause.has("without", "not"):
        return False
    return any(0 <= unit.start - little.end <= 2 for unit in clause.all("units"))


def _is_called_slight(cough: Hit, clause: Clause, reader: Reader) -> bool:
    """Whether the clause, or the next one that goes on about it, makes little of a cough and nothing makes more.

    What makes more may stand one clause further: "a smoker's cough, as always, but more of it".
    """
    at = clause.at
    told = [clause, *(one for one in reader.passage.clauses[at + 1 : at + 3] if _goes_on(clause, one))]
    near = [one for one in told if one.at <= at + 1]
    little = any(
        _is_of_cough(hit, cough, clause)
        and hit not in reader.denied
        and not (_is_of_next(hit, one) or _is_of_its_cause(hit, cough, clause) or _is_of_time(hit, one))
        for one in near
        for hit in one.all("trivial", "unsure", "hardly_any")
    )
    much = [hit for one in told for hit in reader.facts(one, "worse", "blood") if not _is_belittled(hit, one)]
    much += [hit for one in told if one.begins_with("but") for hit in reader.facts(one, "phlegm", "fever")]
    return little and not any(_is_of_cough(hit, cough, clause) for hit in much)


def _is_belittled(hit: Hit, clause: Clause) -> bool:
    """Whether it is part of what makes little of it: "nothing bad", "mucho mejor", "twice all day"."""
    covers = clause.all("trivial", "well", "no_more", "unchanged")
    return any(one.start <= hit.start and hit.end <= one.end for one in covers) or _is_span_of_few(hit, clause)


def _is_span_of_few(hit: Hit, clause: Clause) -> bool:
    """Whether it is in how long it came only so often: "two or three times all day", "dos veces en todo el día"."""
    small = {at for one in clause.all("place", "of", "filler") for at in range(one.start, one.end)}
    is_day = any(hit.start <= one.start < hit.end and (one.value or 0) >= 1 for one in clause.all("units"))
    return is_day and any(
        one.end <= hit.start and small.issuperset(range(one.end, hit.start)) for one in clause.all("few_times")
    )


def _is_of_cough(hit: Hit, cough: Hit, clause: Clause) -> bool:
    """Whether a degree is that of the cough rather than of something that stands closer to it."""

    def distance(other: Hit) -> int:
        return max(hit.start - other.end, other.start - hit.end, 0)

    others = clause.all("breathless", "aphtha", "lesion", "pain", "fever", "mouthpart")
    return all(distance(cough) <= distance(other) for other in others)


def _is_of_its_cause(unsure: Hit, cough: Hit, clause: Clause) -> bool:
    """Whether only something about "the" cough is not known: "not sure if my cough is from the tablets"."""
    parts = {one.end for one in clause.all("of")}
    named = [one.start for one in clause.all("mine") if one.end == cough.start]
    return unsure.kind == "unsure" and any(unsure.start < at and at not in parts for at in named)


def _is_of_next(hit: Hit, clause: Clause) -> bool:
    """Whether a degree is that of what stands right after it: "a cough, and a bit tired", "a little bit better"."""
    joints = {one.start: one.end for one in clause.all("of")}
    after = joints.get(hit.end, hit.end)
    is_how_much = any(0 <= one.start - hit.end <= 1 for one in clause.all("betterment"))
    return is_how_much or any(one.start == after for one in clause.all(*OTHER_COMPLAINTS))


def _goes_on(clause: Clause, later: Clause) -> bool:
    """Whether a clause goes on about the cough of the clause before."""
    is_other = later.has("breathless", "aphtha", "lesion", "eat", "pain")
    return later.sentence == clause.sentence and not is_other


def _came_few_times(cough: Hit, clause: Clause, reader: Reader) -> bool:
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
    if any(_distance(hit, cough) <= NEAR for hit in clause.all("few_times")):
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
    if clause.mark == "?" or any(not _is_belittled(hit, clause) for hit in clause.all("worse")):
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
    calm = _calm(clause)
    if any(hit.start not in calm and not _is_belittled(hit, clause) for hit in reader.facts(clause, *ALARM)):
        return False
    if clause.at not in (told.at + 1, told.at + 2) and not clause.has("cough"):
        return True
    if clause.has("cough") or _takes_back(clause):
        return _says_no_more(clause, reader)
    is_blamed = any(hit.start <= clause.start + 1 for hit in clause.all("blamed", "perhaps"))
    is_told_apart = clause.has("aphtha", "lesion", "eat", "drink", "mouthpart")
    return (
        clause.has("no_more") or is_blamed or is_told_apart or _denies(clause, reader) or _says_no_more(clause, reader)
    )


def _denies(clause: Clause, reader: Reader) -> bool:
    """Whether it only says what there is none of: "no fever, no phlegm"."""
    told = clause.all("fever", "phlegm", "blood", "pain", "breathless", "breathe", "air", "trouble", "sleep")
    return bool(told) and all(hit in reader.denied for hit in told)


def _is_as_for_years(clause: Clause, reader: Reader) -> bool:
    """Whether it is a smoker's cough of which it is said that it is as ever, and nothing that it is not.

    "The smoker's cough I've had for years, nothing new there"; not "as always, but worse since Monday".
    """
    if not clause.has("smokers"):
        return False
    told = [clause, *(one for one in reader.passage.clauses[clause.at + 1 :] if one.at <= clause.at + 2)]
    unchanged = [hit for one in told for hit in one.all("unchanged")]
    if not unchanged or clause.mark == "?":
        return False
    if any(_takes_back(one) for one in reader.passage.clauses if one is not clause or not _is_all_there_is(one)):
        return False
    for one in reader.passage.clauses:
        calm = _calm(one)
        if one is clause:
            calm |= _on_waking(one) | (_left_out(one) if _is_all_there_is(one) else set())
        alarm = [hit for hit in reader.facts(one, *ALARM) if hit.start not in calm and hit.kind != "still"]
        starts = [hit for hit in one.all(*BEGINNINGS) if hit.start not in calm] if one in told else []
        denials = [hit for hit in one.all("not") if hit.start not in calm] if one in told else []
        if alarm or starts or denials:
            return False
    return True


def _is_all_there_is(clause: Clause) -> bool:
    """Whether the cough is the only thing that is left out: "apart from my usual smoker's cough, all clear"."""
    opening = _left_out(clause)
    cough = clause.first("cough")
    after = {at for hit in clause.all(*SMALL, *FOR_YEARS) for at in range(hit.start, hit.end)}
    if cough is None or not clause.has("unchanged") or not after.issuperset(range(cough.end, clause.end)):
        return False
    turned = [hit for hit in clause.all(*TAKEN_BACK) if hit.start not in opening and hit.end - 1 not in _calm(clause)]
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


def _calm(clause: Clause) -> set[int]:
    return {at for hit in clause.all(*CALM) for at in range(hit.start, hit.end)}


def _takes_back(clause: Clause) -> bool:
    """Whether it goes on with what is otherwise: "but with green phlegm now", "sauf que je m'essouffle"."""
    calm = _calm(clause)
    turned = [hit for hit in clause.all(*TAKEN_BACK) if hit.end - 1 not in calm]
    is_still_slight = clause.has("trivial", "unchanged") and not clause.has("worse", "blood")
    return any(hit.kind != "but" or not is_still_slight for hit in turned)


def _distance(hit: Hit, other: Hit) -> int:
    return max(hit.start - other.end, other.start - hit.end, 0)
