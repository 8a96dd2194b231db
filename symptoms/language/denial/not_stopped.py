"""What is not stopped, brought up, helped or matched, and so is there: "ik stop niet met hoesten"."""

from __future__ import annotations

from typing import Final

from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit

NEAR: Final = 3
REMEDIES: Final = ("medicine", "harmless", "rinse", "tablets", "treatment")
HELPED: Final = ("remedy", "relieves", "help")
DENIALS: Final = ("no", "not", "cannot", "nothing", "nobody")


def is_not_stopped(hit: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether a complaint is there because something is denied of what ends, eases or equals it."""
    return (
        _does_not_stop(hit, clause)
        or _will_not_stop(hit, clause)
        or _does_not_come_up(hit, clause)
        or _is_not_helped(hit, clause)
        or _is_like_nobodys(hit, clause)
        or _is_beyond_help(hit, clause)
        or _is_no_less(hit, clause)
    )


def _does_not_stop(hit: Hit, clause: Clause) -> bool:
    """Whether the speaker does not stop with it: "ik stop niet met hoesten", "waarom stop ik niet met hoesten"."""
    stops = [one.end for one in clause.all("stop")]
    denials = [one for one in clause.all("not") if any(0 <= one.start - end <= 1 for end in stops)]
    withs = {one.start for one in clause.all("company") if one.end == hit.start}
    return any(one.end in withs for one in denials)


def _will_not_stop(hit: Hit, clause: Clause) -> bool:
    """Whether it is asked why "the" complaint does not stop: "why doesn't the cough stop?"."""
    is_led = any(one.end == hit.start for one in clause.all("mine"))
    is_asked = clause.begins_with("wh") or clause.begins_with("why")
    return is_led and is_asked and clause.has("not", "cannot") and clause.has("stop") and not clause.has("and", "or")


def _does_not_come_up(hit: Hit, clause: Clause) -> bool:
    """Whether what is coughed cannot be brought up: "ik kan het niet ophoesten", "ich kann es nicht abhusten"."""
    is_up = any((one.start, one.end) == (hit.start, hit.end) for one in clause.all("bring_up"))
    return hit.kind == "cough" and is_up and clause.has("can", "cannot") and not clause.has("nothing", "blood")


def _is_not_helped(hit: Hit, clause: Clause) -> bool:
    """Whether no remedy against it helps: "aucun sirop contre la toux ne m'aide"."""
    starts = {one.start for one in clause.all("mine") if one.end == hit.start} | {hit.start}
    against = [one.start for one in clause.all("for_to", "cause") if one.end in starts or one.end == hit.start]
    remedies = [one.start for one in clause.all(*REMEDIES) if any(0 <= at - one.end <= 1 for at in against)]
    is_denied = any(one.end <= at for one in clause.all(*DENIALS) for at in remedies)
    return is_denied and any(one.start >= hit.end for one in clause.all(*HELPED))


def _is_like_nobodys(hit: Hit, clause: Clause) -> bool:
    """Whether nobody else has it like the speaker: "no conozco a nadie que tosa tanto como yo"."""
    own = {one.start for one in clause.all("me", "self") if one.end == clause.end}
    likened = [one for one in clause.all("like", "than", "than_ever") if one.start >= hit.end and one.end in own]
    return bool(likened) and any(one.end <= hit.start for one in clause.all(*DENIALS))


def _is_no_less(hit: Hit, clause: Clause) -> bool:
    """Whether only less of it is denied: "I'm not coughing less", "ich huste nicht weniger"."""
    if hit.kind not in ("cough", "breathless"):
        return False
    denials = clause.all("not")
    lesses = clause.all("less")
    is_after = any(hit.end <= one.start <= hit.end + 1 and one.end == less.start for one in denials for less in lesses)
    is_around = any(less.start == hit.end for less in lesses) and any(one.start < hit.start for one in denials)
    return is_after or is_around


def _is_beyond_help(hit: Hit, clause: Clause) -> bool:
    """Whether there is nothing to be done about "my" complaint: "er is niets te doen aan mijn hoest"."""
    if not any(one.end == hit.start for one in clause.all("mine")):
        return False
    nothing = [one.end for one in clause.all("nothing")]
    return any(end == one.start and one.end < hit.start - 1 for end in nothing for one in clause.all("for_to"))
