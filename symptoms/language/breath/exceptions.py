"""What is denied but for some of it: "no shortness of breath except on the stairs" tells of breathlessness."""

from __future__ import annotations

from typing import Final

from symptoms.language.denial.denying import CONTENT
from symptoms.language.denial.fronting import wished_from
from symptoms.language.denial.if_not_so import but_for_it
from symptoms.language.denial.undenied import is_taken_for_granted
from symptoms.language.reading.reader import Reader
from symptoms.language.text.clauses import Clause
from symptoms.language.text.hits import Hit

REACH: Final = 5
"""Words from "except" to what is excepted."""

BESIDE: Final = 2
"""Words between an "except" that opens a clause and what is excepted."""

BRIEF: Final = 6
"""Words of a clause that says no more than "only on the stairs"."""

LED_BY: Final = ("mine", "article", "numbers", "have", "being", "filler", "of", "trouble", "for_to", "place", "company")
"""Words between an "except" and what is excepted: "sauf de l'essoufflement", "sauf du mal à respirer"."""

BREATH: Final = ("breathe", "air")
TIMES: Final = ("moderate_effort", "minimal_effort", "rest", "night", "sport")
CIRCUMSTANCES: Final = (*TIMES, "speak", "sleep", "eat", "drink", "swallow", "if", "mouthpart", "tongue", "lip")


def is_excepted(hit: Hit, clause: Clause, reader: Reader) -> bool:
    """Whether an "except", "unless", "until" or "only" follows what is denied, and when or where it is there.

    Or whether it is what the "except" names that opens the clause: "apart from one ulcer nothing to report".
    """
    if any(one.start == clause.start and 0 <= hit.start - one.end <= BESIDE for one in clause.all("excepting")):
        return True
    if hit in but_for_it(clause, reader.passage):
        return True
    if is_all_but(hit, clause) or is_the_only_one(hit, clause) or is_taken_for_granted(hit, clause):
        return True
    if hit.kind in BREATH and _is_wished(hit, clause, reader):
        return True
    after = reader.passage.after(clause)
    parts = [clause, after] if after is not None and after.sentence == clause.sentence else [clause]
    return any(_excepts(part, hit) for part in parts)


def _is_wished(breath: Hit, clause: Clause, reader: Reader) -> bool:
    """Whether breath that is well is only wished for: "it would be nice to breathe normally again"."""
    start = wished_from(clause, reader.passage)
    return start is not None and start <= breath.start and not clause.has("no", "not")


def is_all_but(hit: Hit, clause: Clause) -> bool:
    """Whether it is what is left out of all that is well: "apart from the cough I'm fine", "todo bien menos la tos"."""
    smalls = {at for one in clause.all(*LED_BY) for at in range(one.start, one.end)}
    ends = [one.end for one in clause.all("excepting") if one.end <= hit.start]
    is_around = any(one.start < hit.start and hit.end < one.end for one in clause.all("excepting"))
    return is_around or any(smalls.issuperset(range(end, hit.start)) for end in ends)


def is_the_only_one(hit: Hit, clause: Clause) -> bool:
    """Whether "only" stands right before it, after the denial of something else: "no fever no pain only cough"."""
    starts = {hit.start, *(one.start for one in clause.all("article", "mine", "place") if one.end == hit.start)}
    only = [one.start for one in clause.all("only") if one.end in starts]
    if not only or any(one.start >= hit.end for one in clause.all("no", "not")):
        return False
    return any(one.end < only[0] for one in clause.all("no", "not")) or any(
        one.end <= only[0] for one in clause.all("fine", "well")
    )


def _excepts(clause: Clause, hit: Hit) -> bool:
    if clause.start >= hit.end and _is_only_then(clause):
        return True
    words = [one for one in clause.all("excepting", "until") if one.start >= hit.end]
    circumstances = clause.all(*CIRCUMSTANCES)
    if any(0 <= one.start - word.end <= REACH for word in words for one in circumstances):
        return not clause.has("no", "not", "fine") or clause.start < hit.end
    own = [hit.start for hit in clause.all("self", "have")] + [clause.end - 1] * clause.begins_with("excepting")
    told = [one for one in clause.all(*CONTENT) if words and one.start >= words[-1].end]
    return not told and any(0 <= at - word.end <= 1 for word in words for at in own)


def _is_only_then(clause: Clause) -> bool:
    """Whether a brief clause says no more than "only on the stairs"."""
    if clause.end - clause.start > BRIEF or clause.has(*(CONTENT - {"rest"}), "no", "not", "self"):
        return False
    buts = {hit.end for hit in clause.all("but")}
    opening = [hit.end for hit in clause.all("only") if hit.start == clause.start and hit.end not in buts]
    return any(0 <= hit.start - end <= 2 for end in opening for hit in clause.all(*TIMES))
