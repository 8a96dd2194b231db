"""What a reply consists of: a yes, a no, a lone number, and what else may stand beside one of them."""

from __future__ import annotations

from typing import Final

from symptoms.clinical.terms import YesNo
from symptoms.language.accounts.account import Account
from symptoms.language.reading.reader import Reader
from symptoms.language.text.hits import Hit
from symptoms.language.text.numbers import Quantity, numbers_in

BRIEF: Final = 8
"""Words of a reply that may be taken as no more than "I don't know", or as about nothing but the question."""
FILLERS: Final = (
    "filler", "self", "have", "of", "mine", "article", "and", "or", "now", "greeting", "place", "for_to", "also",
    "acknowledge", "luckily",
)  # fmt: skip
"""Classes of words that add nothing to a yes or a no."""
MATTERS: Final = frozenset(
    {"sleep", "eat", "drink", "swallow", "breathe", "cough", "pain", "blood", "fever", "chest", "faint", "speak"}
)
"""Classes of words of which a yes or a no may be meant, rather than of the question."""
DANGERS: Final = (
    "breathless", "air", "cannot_breathe", "pressure", "swollen", "blue", "confused", "closing", "sudden", "throat",
    "lip",
)  # fmt: skip
"""Classes of words of a danger: beside one a no in front may be meant of anything."""
NO_NOES: Final = ("dont_know", "rather", "not_wholly")
"""Classes of words in which a "no" denies nothing, or not all."""
NOES: Final = ("no_answer", "reply_no", "no", "not", "nothing")
VAGUELY: Final = ("roughly", "or", "greeting", "article")
"""Classes of words that leave a number on its own: "about two"."""


def is_brief(reader: Reader) -> bool:
    """Whether a reply is short enough to be about no other thing than the question."""
    return sum(token.is_word for token in reader.passage.tokens) <= BRIEF


def free_hits(reader: Reader, *kinds: str) -> list[Hit]:
    """Hits of these classes, but for the "no" in "no idea", in "no, wait" and in "not all"."""
    unsure = [hit for hit in reader.passage.hits if hit.kind in NO_NOES and hit.kind not in kinds]
    return [
        hit
        for hit in reader.passage.hits
        if hit.kind in kinds and not any(one.start <= hit.start and hit.end <= one.end for one in unsure)
    ]


def is_made_of(reader: Reader, *kinds: str) -> bool:
    """Whether every word of a text is of these classes or a filler, and none is a number, nor of another matter.

    "No duermo" is no "no": a verb in the first person is a filler, sleep is another matter.
    """
    if any(hit.kind in MATTERS and hit.kind not in kinds for hit in reader.passage.hits):
        return False
    covered = {at for hit in free_hits(reader, *kinds, *FILLERS) for at in range(hit.start, hit.end)}
    return all(token.is_mark or at in covered for at, token in enumerate(reader.passage.tokens))


def lone_number(reader: Reader, *beside: str) -> float | None:
    """The number that a reply consists of, with no words but those of the classes `beside`."""
    if reader.passage.has("not_wholly"):
        return None
    denials = {hit.end for hit in free_hits(reader, "not", "no")}
    numbers = _numbers(reader)
    numbers = [one for one in numbers if one.at not in denials] if len(numbers) > 1 else numbers
    if len(numbers) != 1:
        return None
    covered = {at for hit in free_hits(reader, *beside) for at in range(hit.start, hit.end)}
    covered |= {at for number in _numbers(reader) for at in range(number.at, number.end)}
    is_alone = all(token.is_mark or at in covered for at, token in enumerate(reader.passage.tokens))
    return numbers[0].value if is_alone else None


def _numbers(reader: Reader) -> list[Quantity]:
    return [number for clause in reader.passage.clauses for number in numbers_in(clause, reader.passage)]


def is_no(reader: Reader, *about: str) -> bool:
    """Whether a text is a no and nothing else; words of the classes `about` may name what is denied."""
    says_no = bool(free_hits(reader, *NOES))
    return says_no and is_made_of(reader, *NOES, "everything", *about)


def is_yes(reader: Reader, *about: str) -> bool:
    """Whether a text is a yes and nothing else. A bare "ok" may only say that the question was read."""
    return bool(free_hits(reader, "yes")) and is_made_of(reader, "yes", *about)


def agrees(reader: Reader) -> bool:
    """Whether a text is a yes, or an "ok", to a reading that it was asked to confirm."""
    says_so = bool(free_hits(reader, "yes", "acknowledge"))
    return says_so and is_made_of(reader, "yes", "acknowledge")


def disagrees(reader: Reader) -> bool:
    """Whether a text is a no to a reading that it was asked to confirm."""
    return is_no(reader)


def begins_with_yes(reader: Reader) -> bool:
    """Whether a yes stands in front and nothing takes it back: "yes, twice a day"."""
    return any(hit.start == 0 for hit in free_hits(reader, "yes")) and not free_hits(reader, *NOES, "but")


def begins_with_no(reader: Reader, account: Account) -> bool:
    """Whether a no stands in front, and what follows tells of no danger and of no symptom: "no, just tired".

    What is denied since a day may be the complaint: "haven't peed for a day". So may what no class knows, unless a
    mark parts it from the no.
    """
    fronted = [hit for hit in free_hits(reader, *NOES) if hit.start == 0]
    if not fronted or free_hits(reader, "but", *MATTERS, *DANGERS) or account.present or account.red_flags:
        return False
    if reader.passage.has("since", "lasting", "units", "days_ago"):
        return False
    end = max(hit.end for hit in fronted)
    tokens = reader.passage.tokens
    known = {at for hit in reader.passage.hits for at in range(hit.start, hit.end)}
    return tokens[end:] == [] or tokens[end].is_mark or all(one.is_mark or at in known for at, one in enumerate(tokens))


def yes_or_no(reader: Reader, *about: str) -> YesNo | None:
    """A yes or a no that a text is and nothing else; words of the classes `about` may name what is asked."""
    if is_yes(reader, *about):
        return YesNo.YES
    return YesNo.NO if is_no(reader, *about) else None


def is_now_and_then(reader: Reader) -> bool:
    """Whether a reply says no more than how little or how seldom it is so, which admits it: "a bit", "not always"."""
    admitting = ("trivial", "little_amount", "few_times", "not_wholly", "less", "almost", "barely")
    beside = (*NOES, "yes", "only")
    if reader.passage.has("not_now"):
        return False
    return reader.passage.has(*admitting) and is_made_of(reader, *admitting, *beside) and not is_no(reader)


def is_nothing(reader: Reader) -> bool:
    """Whether a reply says that there is nothing of what was asked for, or that all is well, and nothing else."""
    is_all_well = reader.passage.has("well", "fine", "otherwise") and is_made_of(
        reader, "well", "fine", "otherwise", "no_answer", "reply_no", "nothing", "yes"
    )
    return not reader.passage.has("unwell") and (is_no(reader) or is_all_well)
