"""What a clause names first and denies at its end, with no more than small words beside: "Aphthen sind keine da"."""

from __future__ import annotations

from typing import Final

from symptoms.language.denial.denied_along import same_place
from symptoms.language.denial.denying import CONTENT
from symptoms.language.text.clauses import Clause, Passage
from symptoms.language.text.hits import Hit

BREATH_AND_COUGH: Final = ("cough", "breathless")
SYMPTOMS: Final = (*BREATH_AND_COUGH, "aphtha", "lesion")
DENIAL: Final = ("no", "not", "no_answer", "nothing")
OPENING: Final = ("of", "as_to", "mine", "article", "but", "and", "or", "luckily", "filler")
BETWEEN: Final = ("self", "me", "have", "being", "there_are", "filler", "luckily")
LOOKED: Final = ("relative", "mine", "observe", "have", "filler", "self")
"""Who has looked, and did not find any: "Bläschen sind nicht da hat mein Mann geschaut"."""

TIMES: Final = ("since", "weekdays", "days_ago", "mine", "last")
MORE: Final = (
    "only", "less", "barely", "almost", "hardly_any", "many", "worse", "if", "excepting", "than", "unchanged",
    "as_ever", "cannot", "without", "further",
)  # fmt: skip
"""What makes more of it than a denial."""

MOST: Final = 12
"""Words of the clause."""


def denied_at_end(clause: Clause, passage: Passage) -> set[Hit]:
    """The symptoms that open a clause of which every other word only says that there are none.

    That none is there ("sores are not there any more"), that there is no trace of them ("von Husten keine Spur"), that
    nothing is noticed ("de l'essoufflement je ne remarque rien"), or that one has none, with a particle or since when
    ("tos no tengo eh", "tos ya no tengo desde el lunes").
    """
    named = clause.all(*SYMPTOMS)
    if not named or not clause.has(*DENIAL) or clause.mark == "?" or clause.end - clause.start > MOST:
        return set()
    last = named[-1]
    denials = [hit for hit in clause.all(*DENIAL) if hit.start >= last.end or hit.start < last.end < hit.end]
    if not denials or len(denials) != len(clause.all(*DENIAL)) or not _opens(named, clause, passage):
        return set()
    if _makes_more(denials, clause, passage) or clause.numerals:
        return set()
    first = min(hit.start for hit in denials)
    is_said = (
        _is_not_there(clause, passage)
        or _leaves_no_trace(first, clause, passage)
        or (_is_unnoticed(last, clause, passage) and not clause.has("aphtha", "lesion"))
        or _is_not_had(last, first, clause, passage)
    )
    return {one for hit in named for one in same_place(clause.all(*CONTENT), hit)} if is_said else set()


def _opens(named: list[Hit], clause: Clause, passage: Passage) -> bool:
    """Whether the symptoms stand first, with no more than "of", "the" and "or" before and between them."""
    small = _places(clause, *OPENING) | {at for hit in named for at in range(hit.start, hit.end)}
    small |= _marks(clause, passage)
    return small.issuperset(range(clause.start, named[-1].end))


def _makes_more(denials: list[Hit], clause: Clause, passage: Passage) -> bool:
    """Whether something beside the denial limits it: "not only", "not so much", "nichts Neues"."""
    end = min(hit.start for hit in denials)
    ended = {at for hit in denials for at in range(hit.start, hit.end + 1)}
    more = [
        hit for hit in clause.all(*MORE) if hit.kind != "further" or not (hit.start in ended or _is_last(hit, clause))
    ]
    return bool(more) or any(passage.says(at, "like_this") for at in range(end, clause.end))


def _is_last(hit: Hit, clause: Clause) -> bool:
    return hit.end == clause.end


def _is_not_there(clause: Clause, passage: Passage) -> bool:
    """Whether they are not there, or none is, and somebody may have looked: "sind keine da, hat er geschaut"."""
    opening = max(hit.end for hit in clause.all(*SYMPTOMS, "mouthpart"))
    theres = [at for at in range(opening, clause.end) if passage.says(at, "there")]
    if not theres:
        return False
    said = _places(clause, *BETWEEN, *DENIAL, "no_longer", "ask", "further") | set(theres)
    after = said | (_places(clause, *LOOKED) if clause.has("observe") else set())
    return said.issuperset(range(opening, theres[0])) and after.issuperset(range(theres[0], clause.end))


def _leaves_no_trace(first: int, clause: Clause, passage: Passage) -> bool:
    """Whether a denial is of a trace of it, or of talk: "of the cough not a trace", "von Husten keine Rede"."""
    traces = [at for at in range(first, clause.end) if passage.says(at, "trace")]
    said = _places(clause, *BETWEEN, *DENIAL, "no_longer", "left", "article") | set(traces) | _marks(clause, passage)
    return bool(traces) and said.issuperset(range(clause.all(*SYMPTOMS)[-1].end, clause.end))


def _is_unnoticed(last: Hit, clause: Clause, passage: Passage) -> bool:
    """Whether nothing of it is noticed: "breathlessness: not noticed any", "essoufflement je ne remarque rien"."""
    noticing = [at for at in range(last.end, clause.end) if passage.says(at, "noticing")]
    said = _places(clause, *BETWEEN, *DENIAL, "no_longer", "vague_few") | set(noticing) | _marks(clause, passage)
    return bool(noticing) and said.issuperset(range(last.end, clause.end))


def _is_not_had(last: Hit, first: int, clause: Clause, passage: Passage) -> bool:
    """Whether one has none of it, with a particle at the end, or since when: "tos ya no tengo desde el lunes"."""
    had = [hit for hit in clause.all("have") if hit.end > first]
    if first != last.end or not had:
        return False
    times = _places(clause, *TIMES) if clause.has("no_longer") else set()
    said = _places(clause, "self", "have", *DENIAL, "no_longer", "luckily") | times
    said |= {at for at in range(had[-1].end, clause.end) if passage.says(at, "particle")}
    return said.issuperset(range(last.end, clause.end))


def _places(clause: Clause, *kinds: str) -> set[int]:
    return {at for hit in clause.all(*kinds) for at in range(hit.start, hit.end)}


def _marks(clause: Clause, passage: Passage) -> set[int]:
    return {at for at in range(clause.start, clause.end) if passage.tokens[at].is_mark}
