"""Blood that is coughed up, and how much: "half a cup of blood when I cough", "roter Faden beim Abhusten"."""

from __future__ import annotations

from typing import Final

from symptoms.language.denial.denying import CONTENT
from symptoms.language.reading.reader import Reader
from symptoms.language.text.clauses import Clause
from symptoms.language.text.hits import Hit

AMOUNTS: Final = frozenset(["much_amount", "many", "less", "trivial"])


def coughed_blood(clause: Clause, reader: Reader) -> Hit | None:
    """Blood that comes up with a cough: not that of a nose, a tooth or the mouth."""
    if not clause.has("blood", "red"):
        return _brought_up_now(clause, reader)
    coughed = clause.has("cough", "bring_up", "phlegm")
    amounts = {hit.start for hit in clause.all("much_amount", "many")}
    is_of_mouth = any(hit.start not in amounts for hit in clause.all("mouthpart"))
    if clause.has("nose", "tooth") or (is_of_mouth and not coughed):
        return None
    sentence = reader.passage.sentence_of(clause)
    is_coughed = coughed or any(one.has("cough", "bring_up", "phlegm") for one in sentence)
    is_seen = clause.has("bring_up") or any(one.has("much_amount", "phlegm") for one in sentence)
    red = [hit for hit in reader.facts(clause, "red") if is_seen or _is_streak(hit, clause)]
    return next(iter(reader.facts(clause, "blood") or red), None) if is_coughed else None


def _brought_up_now(clause: Clause, reader: Reader) -> Hit | None:
    """What brings up now the blood that the clause before denies of a day before: "today I coughed some up"."""
    before = reader.passage.before(clause)
    if before is None or before.sentence != clause.sentence or not clause.has("now") or clause.mark == "?":
        return None
    was_none = any(hit in reader.denied for hit in before.all("blood"))
    if not was_none or not (before.has("had", "weekdays") or any(hit.value for hit in before.all("days_ago"))):
        return None
    brought = reader.facts(clause, "bring_up") or (reader.facts(clause, "cough") if clause.has("vague_few") else [])
    return next(iter(brought), None)


def _is_streak(red: Hit, clause: Clause) -> bool:
    """Whether it is a thread or a drop that is red: "roter Faden beim Abhusten", "un filet rouge"."""
    return any(red.end == one.start or one.end == red.start for one in clause.all("little_amount"))


def is_much(clause: Clause, reader: Reader) -> bool:
    """Whether more than a spoonful is said to have come: "coughed up half a cup of blood"."""
    sentence = reader.passage.sentence_of(clause)
    much = any(hit not in reader.denied for one in sentence for hit in one.all("much_amount", "many"))
    return (much and not any(_is_little(one) for one in sentence)) or _is_measured(clause, reader)


def _is_measured(clause: Clause, reader: Reader) -> bool:
    """Whether the next clause says how much it was, whatever it was called: "not much blood, half a cup maybe"."""
    after = reader.passage.after(clause)
    if after is None or after.sentence != clause.sentence or after.has("little_amount", "red", *CONTENT - AMOUNTS):
        return False
    return any(hit not in reader.denied for hit in after.all("much_amount")) and not after.has("no", "not", "less_than")


def _is_little(clause: Clause) -> bool:
    """Whether it is said to be little, and not "no streaks but a cupful", nor only "a little better"."""
    denials = [one.end for one in clause.all("no", "not")]
    better = {one.start for one in clause.all("betterment", "goes_on", "less")}
    little = [hit for hit in clause.all("little_amount") if hit.end not in better]
    return any(not any(0 <= hit.start - end <= 1 for end in denials) for hit in little)
