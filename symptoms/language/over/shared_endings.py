"""What has gone by two clauses, of which one names it: "two ulcers, they healed", "gone by now, all four sores"."""

from __future__ import annotations

from typing import Final

from symptoms.clinical.terms import Symptom
from symptoms.language.denial.denying import CONTENT
from symptoms.language.over.endings import has_ended, leaves_some
from symptoms.language.over.gone_for_it import is_for_it
from symptoms.language.over.no_more import NOT_ENDED, is_of_days, is_of_today
from symptoms.language.reading.mentions import Mention, Status
from symptoms.language.reading.reader import Reader
from symptoms.language.sores.countable import NOUNS
from symptoms.language.sores.left_over import gone_in, left_overs
from symptoms.language.text.classes import group
from symptoms.language.text.clauses import Clause
from symptoms.language.text.restarts import ELIDED_THE

BRIEF: Final = 4
"""Words of a clause that only names what has gone, or says that it has not."""
OTHERS_THAT_END: Final = (
    "harmless", "state", "rinse", "treatment", "tablets", "drug", "pain",
    "swollen", "nose", "throat",
)  # fmt: skip
"""What a clause may name that is over, and leaves what was told before as it is."""
TOPICS: Final = group("topics")
SYMPTOMS: Final = ("cough", "breathless", "aphtha", "lesion")
UNLIKE: Final = ("have", "left", "no", "not")
"""What a clause does not have that only names what is over."""
WITH_GONE: Final = (
    "gone", "now", "since", "since_then", "ask", "filler", "mine", "luckily", "minimal_effort", "someone",
)  # fmt: skip
"""What a clause consists of that says no more than that it has gone, and since when."""


def all_gone(clause: Clause, reader: Reader) -> bool:
    """Whether it says no more than that what was told of before has gone: "they healed", "the two healed"."""
    if not clause.has("gone"):
        return False
    if _has_those_gone(clause, reader):
        return True
    is_some = clause.numerals or clause.has("another", "the_rest", "half", "mouthpart", "if", "almost", "still", *NOUNS)
    return not (is_some or left_overs(clause)) and any(hit not in reader.denied for hit in gone_in(clause))


def _has_those_gone(clause: Clause, reader: Reader) -> bool:
    """Whether "the two", and no others that are named, have gone."""
    if len(clause.numerals) > 1 or left_overs(clause) or clause.has("another", "the_rest", "if", "almost", "still"):
        return False
    those = [hit for hit in clause.all("mine", "all_of") for one in clause.numerals if hit.end == one.start]
    those += [hit for hit in clause.all("each") if hit.start == clause.start and hit.end - hit.start > 1]
    return bool(those) and any(hit not in reader.denied for hit in clause.all("gone"))


def was_one_gone(clause: Clause, reader: Reader) -> bool:
    """Whether it says that what was told of before, or a sore that it names, has gone."""
    is_ended = any(hit not in reader.denied for hit in clause.all("gone")) and not clause.has("almost", "if", "cough")
    return all_gone(clause, reader) or (is_ended and clause.has(*NOUNS))


def is_named_after(clause: Clause, reader: Reader) -> bool:
    """Whether it only names what the clause before said is over: "healed since Friday, all four sores"."""
    before = reader.passage.before(clause)
    is_bare = clause.end - clause.start <= BRIEF and clause.has("aphtha", "lesion", "cough", "breathless")
    if not is_bare or before is None or before.sentence != clause.sentence:
        return False
    if clause.has_any(CONTENT - TOPICS) or clause.has(*UNLIKE, "also") or is_for_it(clause):
        return False
    if clause.has("only", "still", "excepting", "further", "new") or clause.begins_with("but"):
        return False
    mine = {hit.start for hit in clause.all("mine")}
    if any(hit.start not in mine or before.end - before.start > 1 for hit in clause.all("self")):
        return False
    return not before.has_any(TOPICS) and has_ended(before, reader)


def is_of_another_thing(found: list[Mention], clause: Clause, reader: Reader) -> bool:
    """Whether what is over is named, and is not what was told of: "the mouthwash is gone", "the pain went"."""
    nouns = {hit.end for hit in clause.all("mine", "article")}
    nouns |= {at + 1 for at in range(clause.start, clause.end) if reader.passage.tokens[at].text == ELIDED_THE}
    told = found[-1].hit.kind if found else ""
    others = {hit.start for hit in clause.all(*OTHERS_THAT_END) if hit.kind != told}
    known = {at for hit in clause.hits for at in range(hit.start, hit.end)}
    unknown = set(range(clause.start, clause.end - 1)) - known
    ended = {hit.end for hit in clause.all("no_longer", "gone")}
    ended |= {hit.end for hit in clause.all("have") if hit.start in ended}
    if any(hit.start in ended for hit in clause.all("state")):
        return True
    if found and found[-1].symptom is not Symptom.MOUTH_SORES:
        others |= {hit.start for hit in clause.all(*NOUNS)}
    first = max((hit.end for hit in clause.all("and", "but") if hit.start == clause.start), default=clause.start)
    return bool(nouns & (others | unknown)) or first in others or bool(reader.facts(clause, *NOT_ENDED))


def with_last_ended(found: list[Mention], clause: Clause, reader: Reader) -> list[Mention]:
    """Mentions in which those of the last clause that had any are over: "two ulcers, they healed"; not "only two"."""
    are_few = clause.has("only") and bool(clause.numerals)
    if not found or are_few or clause.has("relative", "stranger") or _goes_on_of_others(clause, reader):
        return found
    last = found[-1].clause
    if leaves_some(last, reader) or _is_of_what_came_between(last, clause, reader):
        return found
    if last.has("air") and not last.has("fine") and not _are_troubles(last):
        return found
    is_one_of_them = clause.has("mouthpart", "ordinals") and bool(last.numerals)
    is_left = last.has("left") and not _had_it_still(last, clause, reader)
    if is_left or is_one_of_them:
        return found
    return [
        Mention(one.symptom, Status.ABSENT, one.hit, one.clause)
        if one.clause is last
        and not _is_left_out(last)
        and (one.status is Status.PRESENT or reader.scope.is_over(one.hit, one.clause))
        else one
        for one in found
    ]


def _goes_on_of_others(clause: Clause, reader: Reader) -> bool:
    """Whether it goes on with "and" about others who had it: "my friend had that and it has gone"."""
    before = reader.passage.before(clause)
    if before is None or before.sentence != clause.sentence or not clause.begins_with("and"):
        return False
    return before.has("relative", "stranger") and before.has("had") and not before.has(*SYMPTOMS)


def _is_of_what_came_between(last: Clause, clause: Clause, reader: Reader) -> bool:
    """Whether today is set against what was told since: "I have a cough, fever yesterday but not today"."""
    before = reader.passage.before(clause)
    if before is None or before is last or not is_of_today(clause, reader):
        return False
    return not is_of_days(before)


def _are_troubles(clause: Clause) -> bool:
    """Whether air is named in no other word than that of a trouble with it: "Atemprobleme"."""
    troubles = {hit.start for hit in clause.all("breathless")} & {hit.start for hit in clause.all("trouble")}
    return all(hit.start in troubles and hit.end - hit.start == 1 for hit in clause.all("air"))


def _is_left_out(clause: Clause) -> bool:
    """Whether it opens with what leaves it out of all that is well: "apart from my usual cough, all clear"."""
    return any(hit.start == clause.start for hit in clause.all("excepting"))


def _only_says_gone(clause: Clause) -> bool:
    """Whether it names nothing that has gone but by a pronoun: "inzwischen ist der weg", not "the appetite is gone"."""
    said = {at for hit in clause.all(*WITH_GONE) for at in range(hit.start, hit.end)}
    return said.issuperset(range(clause.start, clause.end))


def _had_it_still(last: Clause, clause: Clause, reader: Reader) -> bool:
    """Whether "still" stands right beside what there was, of which the next words only say "now no longer", or gone.

    "I still had breathing problems, not any more", "je toussais encore, depuis c'est passé"; not "I still had a break
    from the cough, not any more".
    """
    is_bare = (
        (clause.has("no_longer") or (_only_says_gone(clause) and has_ended(clause, reader) and not last.has(*NOUNS)))
        and clause.end - clause.start <= BRIEF
        and not clause.has("only", "but")
    )
    after = reader.passage.after(clause)
    is_last = last.at == clause.at - 1 and (after is None or after.sentence != clause.sentence)
    if (
        not (is_bare and is_last)
        or not last.has("had")
        or last.numerals
        or last.has("no", "not", "without", "less", "barely", "as_ever", "if", "wh")
    ):
        return False
    ends = {hit.end for hit in last.all("left")}
    starts = {hit.start for hit in last.all("left")} | {hit.start for hit in last.all("self") if hit.end in ends}
    return all(hit.start in ends or hit.end in starts or hit.kind == "trouble" for hit in last.all(*SYMPTOMS))
