"""Replies about mouth sores: how many, since when, how eating goes, whether a rinse is used, whether all are gone."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import Final

from symptoms.clinical.terms import MAX_COUNT, MAX_ONSET_DAYS_BACK, MORE_THAN_THREE, UNKNOWN, BathStarted, Intake, YesNo
from symptoms.language.accounts.account import Account
from symptoms.language.accounts.counting import count_in_reply
from symptoms.language.eating.eating import INTAKE, read_intake
from symptoms.language.reading.reader import Reader
from symptoms.language.replies.yes_and_no import (
    FILLERS,
    NOES,
    VAGUELY,
    begins_with_yes,
    free_hits,
    is_brief,
    is_made_of,
    is_no,
    lone_number,
    yes_or_no,
)
from symptoms.language.times.dates import days_since_date, days_since_day_of_month

COUNTING: Final = (
    "observe", "rather", "correction", "no_answer", "not", "no", "still", "sum", "roughly", "aphtha", "lesion",
    "spot",
)  # fmt: skip
"""Classes of words beside a number of sores that is counted anew."""
LIMITS: Final = (
    "but", "if", "less", "cannot", "trouble", "soft", "barely", "pain", "stuck", "weep", "off_food", "straw",
)  # fmt: skip
"""Classes of words that say that eating, drinking or taking tablets does not go as usual."""

PARTLY: Final = ("article", "numbers", "almost", "still", "left", "half", "the_rest", "if", "but", "another", "pain")
"""Classes of words with which not all of them may have gone."""


def are_all_gone(reader: Reader) -> bool:
    """Whether a reply says that the sores have gone, of all of them and nothing else: "they have all healed"."""
    if not reader.passage.has("gone") or reader.passage.has(*PARTLY) or free_hits(reader, *NOES):
        return False
    kinds = ("gone", "all_of", "everything", "yes", "aphtha", "lesion", *FILLERS)
    said = {at for hit in free_hits(reader, *kinds) for at in range(hit.start, hit.end)}
    tokens = enumerate(reader.passage.tokens)
    return all(token.is_mark or at in said or reader.passage.says(at, "of_healed_ones") for at, token in tokens)


def recount(reader: Reader) -> int | None:
    """The sores that a reply to another question about them counts anew: "sorry, there are four". None: it does not."""
    number = lone_number(reader, *FILLERS, *COUNTING)
    if number is None or number != int(number) or lone_number(reader, *VAGUELY) is not None:
        return None
    return min(int(number), MAX_COUNT)


def reply_of_count(reader: Reader, account: Account) -> object | None:
    if are_all_gone(reader):
        return 0
    tokens = [token.text for token in reader.passage.tokens]
    if {">", "+"} & set(tokens):
        return MORE_THAN_THREE if any(one.isdigit() and int(one) >= 3 for one in tokens) else None
    if any(one == "-" and after.isdigit() for one, after in pairwise(["", *tokens]) if tokens[0] == "-"):
        return None
    count = account.count if account.count.is_over_three is not None else count_in_reply(reader)
    if not count.is_over_three and reader.passage.has("not_wholly"):
        return None
    if count.value is not None and (count.is_over_three or not reader.passage.has("another", "new", "further")):
        return count.value
    if count.is_over_three:
        return MORE_THAN_THREE
    return 0 if is_no(reader, "aphtha", "lesion") else None


def reply_of_onset(reader: Reader, account: Account) -> object | None:
    tokens = [token.text for token in reader.passage.tokens]
    if (since := days_since_day_of_month(tokens, reader.today)) is not None:
        return reader.today - timedelta(days=since)
    times = [time for clause in reader.passage.clauses for time in reader.times(clause)]
    if times and _is_time_denied(reader):
        return None
    days = [time.days for time in times if time.days is not None]
    dates = [days_since_date(token.text, reader.today) for token in reader.passage.tokens]
    days += [float(one) for one in dates if one is not None]
    if not times and not days and (number := lone_number(reader, *VAGUELY)) is not None:
        days = [number]
    if days and max(days) <= MAX_ONSET_DAYS_BACK:
        return reader.today - timedelta(days=int(max(days)))
    return UNKNOWN if any(time.is_over_three for time in times) else None


def _is_time_denied(reader: Reader) -> bool:
    """Whether a reply says when they did not begin, or before when: "not yesterday", "before Sunday"."""
    if any(reader.passage.says(hit.start - 1, "earlier_than") for hit in free_hits(reader, "days_ago", "weekdays")):
        return True
    is_denied = any(hit.start == 0 for hit in free_hits(reader, "not", "not_now", "no_longer", "not_wholly"))
    return is_denied and len(reader.passage.clauses) == 1


def reply_of_intake(reader: Reader, account: Account) -> object | None:
    """As usual only where nothing limits it and not only one of eating, drinking and tablets is named.

    What is nothing but limits is less than usual: "less", "not as usual", "only water", "it hurts".
    """
    if affected := read_intake(reader):
        return affected
    has_answer = bool(free_hits(reader, "yes", "no_answer", "no", "not"))
    limits = [hit for hit in free_hits(reader, *LIMITS) if hit.kind != "if" or hit.start]
    if reader.passage.has("soft") and is_made_of(reader, "soft", "only", "eat"):
        return Intake.CHANGED
    if (has_answer and (is_no(reader) or limits)) or _is_limited(reader):
        return Intake.REDUCED
    is_partial = len({kind for kind in INTAKE if reader.passage.has(kind)}) == 1 and not reader.passage.has(
        "everything"
    )
    is_usual = reader.passage.has("yes", "fine", "everything", "hearty", "well")
    is_all = is_made_of(reader, "yes", "fine", "everything", "hearty", "well", "can", *INTAKE)
    return Intake.NORMAL if is_usual and is_all and not is_partial and not reader.passage.has("unwell") else None


def _is_limited(reader: Reader) -> bool:
    """Whether a reply is nothing but what limits a meal, or denies that it goes as usual."""
    limits = ("less", "less_than", "cannot", "trouble", "barely", "pain", "not_wholly")
    told = [hit for hit in free_hits(reader, *limits) if hit not in reader.denied]
    denials = {hit.end for hit in free_hits(reader, "not")}
    is_unusual = any(hit.start in denials for hit in free_hits(reader, "fine"))
    is_only_drink = bool(free_hits(reader, "only")) and reader.passage.has("drink")
    beside = (*limits, *NOES, "fine", "only", "than", "than_ever", "drink", "unchanged")
    is_less = any(hit.kind in ("less", "less_than") and not hit.start for hit in told) and is_brief(reader)
    if is_less and not reader.passage.has("pain", "aphtha", "lesion"):
        return True
    return bool(told or is_unusual or is_only_drink) and is_made_of(reader, *beside)


def reply_of_gone(reader: Reader, account: Account) -> object | None:
    """All gone only where nothing else is said: one that is left is not gone."""
    about = ("aphtha", "lesion", "mouthpart", "everything")
    if may_be_none_left(reader):
        return None
    is_gone = reader.passage.has("yes", "gone") and not reader.passage.has("almost")
    if are_all_gone(reader) or (is_gone and is_made_of(reader, "yes", "gone", "no_longer", *about)):
        return YesNo.YES
    is_left = (
        reader.passage.has("not_wholly", "still", "left", "almost", "but", "another", "numbers", "article")
        or account.present
    )
    return YesNo.NO if is_left or is_no(reader, "gone", "not", *about) else None


def may_be_none_left(reader: Reader) -> bool:
    """Whether a reply may say that there is nothing any more, or "all" of them: which is asked back."""
    is_none_more = reader.passage.has("no_longer") or (
        reader.passage.has("nothing", "not", "no") and reader.passage.has("further", "left")
    )
    if is_none_more and not reader.passage.has("yes"):
        return is_made_of(reader, *NOES, "no_longer", "further", "left", "aphtha", "lesion", "mouthpart")
    return reader.passage.has("everything") and is_made_of(reader, "everything")


def reply_of_bath(reader: Reader, account: Account) -> object | None:
    if reader.passage.has("none_prescribed"):
        return BathStarted.NONE_PRESCRIBED
    if free_hits(reader, "not_now") and is_made_of(reader, *NOES, "not_now", "still", "almost", "no_longer"):
        return BathStarted.NO
    answer = YesNo.YES if begins_with_yes(reader) else yes_or_no(reader, "still")
    if answer is YesNo.NO and reader.passage.has("have") and not reader.passage.has("still", "almost", "not_now"):
        return BathStarted.NONE_PRESCRIBED
    return BathStarted(answer) if answer else None
