"""What others notice of the speaker, ask them or have heard of them: "my wife hears me wheeze", "I cough, they say"."""

from __future__ import annotations

from typing import Final

from symptoms.language.scope.onlookers import BREATH
from symptoms.language.text.classes import group
from symptoms.language.text.clauses import Clause, Passage, places_of
from symptoms.language.text.hits import Hit

NEAR: Final = 1
FAR: Final = 2
BRIEF: Final = 8
COMPLAINTS: Final = (*BREATH, "laboured", "breathe", "bark", "nonsense")
WHETHER: Final = ("if", "or")
"""Words after asking: the Dutch "of" is an "or" too."""
UNANSWERED: Final = ("yes", "affirmed", "but", "still", "now", "untrue", "not", "if", "unsure", "dont_know")
"""Beside which a "no" that somebody was told denies nothing."""
CONTENT: Final = group("content")


def is_noticed_of_me(hit: Hit, clause: Clause, others: list[int], passage: Passage) -> bool:
    """Whether others hear or see "me" do it: "hear me barking", "m'entend tousser", "weil sie mich husten hörte".

    `others` are the places of those in the clause who are not the speaker: "hears me say that he coughs" is no such.
    """
    if hit.kind == "me" or not passage.has("noticed"):
        return False
    if any(_is_between(me, hit, noticed) for noticed in clause.all("noticed") for me in clause.all("me")):
        return True
    start = next(iter(_ends_of_noticing(clause)), None)
    if start is None or hit.start < start:
        start = clause.start if _is_noticed_before(clause, passage) else None
    if start is None or hit.start < start or any(start <= at < hit.start for at in others):
        return False
    joints = [one.start for one in clause.all("and") if start <= one.start < hit.start]
    return not joints or any(start <= one.start < joints[0] for one in clause.all(*COMPLAINTS))


def _ends_of_noticing(clause: Clause) -> list[int]:
    """Where what is noticed begins: after "hears me", "hört man mich", "m'entend"."""
    return [
        max(noticed.end, me.end)
        for noticed in clause.all("noticed")
        for me in clause.all("me")
        if 0 <= me.start - noticed.end <= NEAR or 0 <= noticed.start - me.end <= NEAR
    ]


def _is_between(me: Hit, hit: Hit, noticed: Hit) -> bool:
    """Whether it stands between "me" and a verb of hearing at the end: "weil sie mich so husten hörte"."""
    return me.end <= hit.start <= me.end + FAR and 0 <= noticed.start - hit.end <= NEAR


def _is_noticed_before(clause: Clause, passage: Passage) -> bool:
    """Whether "hears me" ends the clause before, from which no mark parts this one."""
    before = passage.before(clause)
    if before is None or before.sentence != clause.sentence or before.mark:
        return False
    return any(end == before.end for end in _ends_of_noticing(before))


def is_hearsay_of_me(hit: Hit, clause: Clause) -> bool:
    """Whether it is what one hears of the speaker: "apparently I cough", "dicen que toso"; not "that I may cough"."""
    if not clause.has("hearsay"):
        return False
    heard = clause.all("hearsay")
    places = {at for one in heard for at in range(one.start, one.end)}
    warned = [one for one in clause.all("advice") if one.start < hit.start]
    if not all(any(at in places for at in range(one.start, one.end)) for one in warned):
        return False
    if any(heard[0].end <= one.start < hit.end for one in clause.all("can", "if")):
        return False
    return any(one.end == hit.start or one.start in (hit.start, hit.end) for one in clause.all("self"))


def is_answered(clause: Clause, passage: Passage) -> str | None:
    """What the speaker answered to the question that a clause reports: "asked if I was breathless and I said yes".

    "yes", "no", or None where it is no such question, or how it was answered is in doubt.
    """
    if not passage.has("inquired") or not clause.has(*WHETHER) or not _is_inquiry(clause, passage):
        return None
    later = passage.sentence_after(clause)
    if clause.mark == ":" and later and later[0].begins_with("yes"):
        return "yes"
    following = passage.after(passage.sentence_of(clause)[-1])
    if not later and following is not None and following.begins_with("yes"):
        return "yes"
    answer = next((one for one in later[:FAR] if one.has("answered")), None)
    if answer is None or not (answer.has("self") or passage.lexicon.language == "es"):
        return None
    if answer.has("yes", "affirmed"):
        return None if answer.has("not", "no") else "yes"
    rest = passage.clauses[answer.at :]
    if not answer.has("no_answer") or any(one.has(*UNANSWERED) for one in rest[:1]):
        return None
    return None if any(_takes_back(one) for one in rest[1:]) else "no"


def is_asked_of_kin(clause: Clause, passage: Passage) -> bool:
    """Whether a child asks of the speaker, who says that it is so: "she asks why grandma coughs. It's true"."""
    if not (passage.has("inquired") and clause.has("why", "relative")):
        return False
    sentence = passage.sentence_of(clause)
    asked = any(one.has("inquired") and one.has("relative") for one in sentence if one.at <= clause.at)
    whose = [one.start for one in clause.all("self")]
    kin = [one for one in clause.all("relative") if not any(one.start - at == 1 for at in whose)]
    after = passage.after(clause)
    return asked and bool(kin) and after is not None and after.has("yes", "affirmed")


def is_said_to_be_me(clause: Clause, passage: Passage) -> bool:
    """Whether it only follows after who does it that this is the speaker: "an old woman, namely me", "oma ben ik"."""
    after = passage.after(clause)
    if after is None or after is not passage.sentence_of(clause)[-1] or not after.has("self", "me"):
        return False
    determiners = {one.start for one in after.all("mine")}
    if any(one.start in determiners for one in after.all("self")):
        return False
    said = places_of(after.all("self", "me", "sum", "being", "affirmed", "relative"))
    return all(at in said or passage.says(at, "namely") for at in range(after.start, after.end))


def _is_inquiry(clause: Clause, passage: Passage) -> bool:
    """Whether the "if" of a clause follows a verb of asking, in the clause or at the end of the one before."""
    conditions = {one.start for one in clause.all(*WHETHER)}
    asked = {one.end + skipped for one in clause.all("inquired") for skipped in (0, 1)}
    if conditions & asked:
        return True
    before = passage.before(clause)
    if before is None or before.sentence != clause.sentence or clause.start not in conditions:
        return False
    return any(before.end - one.end <= NEAR for one in before.all("inquired"))


def _takes_back(clause: Clause) -> bool:
    """Whether a clause after a "no" says more than that it is so: not "because I don't"."""
    is_denied_again = clause.has("not", "no", "no_answer") and not clause.has("but", "still", "now", "untrue", "if")
    return not is_denied_again or clause.has_any(CONTENT)


def is_likened_to_mine(clause: Clause, passage: Passage) -> bool:
    """Whether what is called normal is set against the speaker's: "a bit of a cough is normal, but as bad as mine?"."""
    after = passage.after(clause)
    if after is None or after.sentence != clause.sentence or not clause.has("fine", "quiet_verb"):
        return False
    is_bare = after.end - after.start == 1 and after.has("but")
    if is_bare and (further := passage.after(after)) is not None:
        return further.end - further.start <= BRIEF and any(one.end == further.end for one in further.all("self", "me"))
    is_brief = after.end - after.start <= BRIEF and not after.has("no", "not", "if")
    return is_brief and after.begins_with("but") and any(one.end == after.end for one in after.all("self", "me"))


def is_barked_by_me(bark: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether it is the speaker who barks, which is coughing: "ik blijf maar blaffen"; not a dog that is heard."""
    if clause.has("advice", "like_this"):
        return False
    mine = [one for one in clause.all("self") if one.start <= bark.start or one.start == bark.end]
    before = [one for one in mine if one.start <= bark.start]
    hears = [one for one in clause.all("noticed") if any(me.end <= one.start < bark.start for me in before)]
    objects = {one.start for one in clause.all("me")}
    return bool(mine) and (not hears or any(one.start in objects for one in mine))


def is_of_onlooker(hit: Hit, clause: Clause) -> bool:
    """Whether it only says who notices something of the speaker: "the choir leader noticed that I ..."."""
    noticed = next((one for one in clause.all("noticed") if one.start >= hit.end), None)
    if noticed is None:
        return False
    is_where = noticed.start == hit.end and not any(one.end == hit.start for one in clause.all("of"))
    own = [one.start for one in clause.all("self")] if not is_where else []
    return any(at >= noticed.end for at in own) and not any(hit.end <= at < noticed.start for at in own)
