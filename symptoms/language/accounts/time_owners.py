"""Whose the time of a clause is, when it may be of something else than a symptom: of the tablets, of a fever."""

from __future__ import annotations

from typing import Final

from symptoms.language.reading.mentions import Mention
from symptoms.language.reading.reader import Reader
from symptoms.language.text.classes import group
from symptoms.language.text.clauses import Clause
from symptoms.language.text.hits import Hit
from symptoms.language.times.since import Since

OTHER_TIMES: Final = group("other_times")
BEGUN: Final = ("after", "ago", "sudden", "observe", "aphtha", "lesion", "spot")
BESIDE_MEALS: Final = frozenset(["eat", "drink", "fine", "clean", "well", "many", "say", "hearty", "rest"])
OF_BREATH: Final = ("cough", "breathless", "cannot_breathe")
LEADING: Final = 6
"""Words of a time that opens a clause, and of "and now I do too"."""


def tells_of_others(clause: Clause) -> bool:
    """Whether a clause is about something of which its time may be.

    That is not the "passé" of "lundi passé", the "weg" of food that does not go down, nor the tablets that do not.
    """
    if _is_of_gathering(clause):
        return True
    if not clause.has_any(OTHER_TIMES):
        return False
    within = [
        *clause.all("last", "swallow", "off_food", "since", "will_be"),
        *_event_since(clause),
        *_event_after(clause),
        *_sleep_upright(clause),
    ]
    begun = {hit.start for hit in clause.all("since")}
    swallowed = clause.has("swallow", "cannot", "trouble")
    return any(
        not any(one.start <= hit.start and hit.end <= one.end and one != hit for one in within)
        for hit in clause.all(*OTHER_TIMES)
        if not (swallowed and hit.kind == "tablets") and not (hit.kind in ("well", "state") and hit.end in begun)
    )


def _is_of_gathering(clause: Clause) -> bool:
    """Whether it tells of people who met on a day, or of a film, and of nothing that began: "we had guests Sunday"."""
    if not clause.has("gathering") or clause.has(*BEGUN, *(group("content") - BESIDE_MEALS)):
        return False
    meant = {hit.start for hit in clause.all("for_to", "anybody")}
    return all(hit.start in meant for hit in clause.all("since", "someone"))


def _sleep_upright(clause: Clause) -> list[Hit]:
    """The sleep of who sleeps in a chair for want of breath: "schlaf seit 3 Nächten im Sessel"."""
    return clause.all("sleep") if clause.has("sit_up", "rest") and clause.has("units") else []


def leads_with_time(clause: Clause, since: Since) -> bool:
    """Whether a time opens a clause, and "and" parts it from what else is told: "eleven days now and nobody sleeps"."""
    joint = min((hit.start for hit in clause.all("and") if hit.start > since.at), default=clause.end)
    is_short = joint < clause.end and joint - clause.start <= LEADING
    return is_short and not any(hit.start < joint for hit in clause.all(*OTHER_TIMES))


def is_for_reason(clause: Clause, reader: Reader) -> bool:
    """Whether it tells what others do since a day because the speaker has no breath: "since Tuesday my son carries
    the shopping, because I pant".
    """
    after = reader.passage.after(clause)
    if after is None or after.sentence != clause.sentence or not after.begins_with("because"):
        return False
    is_mine = after.has("self", "me") and not after.has("relative", "stranger", "someone")
    is_led = any(hit.start == clause.start for hit in clause.all("since"))
    return is_led and is_mine and any(hit not in reader.denied for hit in after.all(*OF_BREATH))


def is_of_denied(clause: Clause, reader: Reader) -> bool:
    """Whether the only complaint of a clause is denied, of which its time is then: "no blisters since last week"."""
    told = clause.all("lesion", "spot", *OF_BREATH)
    return bool(told) and all(hit in reader.denied for hit in told)


def is_of_kin(clause: Clause, reader: Reader) -> bool:
    """Whether it tells of kin, and the next words only that one has it too: "mein Sohn hustet, und ich auch"."""
    if not clause.has("relative", "stranger") or clause.has("me", "have") or clause.begins_with("self"):
        return False
    after = reader.passage.clauses[clause.at + 1 : clause.at + 3]
    also = [one for one in after if one.has("also") and one.end - one.start <= LEADING]
    return bool(also) and any(one.has("self", "me") for one in after[: after.index(also[0]) + 1])


def _event_since(clause: Clause) -> list[Hit]:
    """The words from "since" at the beginning to the day of an event: "since the dinner with my sister on Sunday",
    "since the tablets were doubled on 2 March".
    """
    begun = [hit for hit in clause.all("since", "for") if hit.start == clause.start]
    days = clause.all("weekdays", "days_ago", "months")
    treated = {hit.end for hit in clause.all("drug", "tablets", "treatment")}
    own = [hit.start for hit in clause.all("have", "had", "me") if hit.kind != "had" or hit.start not in treated]
    if not begun or not days or any(begun[0].end <= at < days[0].start for at in own):
        return []
    return [Hit("since", clause.start, days[0].end)]


def goes_on_about_drug(clause: Clause, reader: Reader) -> bool:
    """Whether it is the end of a clause about the tablets, cut off by a word: "I take them | now the fourth month"."""
    previous = reader.passage.before(clause)
    is_cut = previous is not None and not previous.mark and previous.has("tablets", "drug", "treatment")
    return is_cut and not clause.has(*group("content"))


def is_of_what_follows(clause: Clause, reader: Reader) -> bool:
    """Whether it is the time of another complaint, which a word cut off: "y desde ayer | además me noto sin aire"."""
    after = reader.passage.after(clause)
    is_cut = after is not None and after.sentence == clause.sentence and not clause.mark and clause.begins_with("and")
    return is_cut and after is not None and after.has("breathless", "cannot_breathe", "cough", "fever", "chest")


def _event_after(clause: Clause) -> list[Hit]:
    """The words from "after" to the day of what is counted from: "ten days after I began the tablets on Sunday"."""
    counted = {unit.end for unit in clause.all("units")}
    begun = [hit for hit in clause.all("after") if hit.start in counted]
    days = clause.all("weekdays", "days_ago", "months")
    return [Hit("after", begun[0].start, days[-1].end)] if begun and days else []


def is_only_company(clause: Clause) -> bool:
    """Whether the only other matter of a clause is who goes along: "I can't keep up with my wife"."""
    if _is_of_gathering(clause):
        return False
    return clause.has("company", "relative") and not clause.has(*(OTHER_TIMES - {"relative", "stranger"}))


def is_of_drug(since: Since, mention: Mention) -> bool:
    """Whether a time stands nearer to the tablets than to the symptom: "on the tablets for 20 days with two sores"."""
    if mention.clause.has("swallow", "cannot", "trouble"):
        return False
    joints = [hit.start for hit in mention.clause.all("and")]
    drugs = [hit for hit in mention.clause.all("tablets", "drug") if not any(hit.end <= at < since.at for at in joints)]
    return any(abs(hit.start - since.at) < abs(mention.hit.start - since.at) for hit in drugs)


def is_of_fever(since: Since, mention: Mention) -> bool:
    """Whether a time is that of a fever which "and" joins to the sores: "two ulcers and fever since today"."""
    clause = mention.clause
    joints = [hit.start for hit in clause.all("and") if hit.start > mention.hit.start]
    others = [hit.start for hit in clause.all("fever")]
    return any(joint < since.at and any(joint < at for at in others) for joint in joints)
