"""What makes breath hard to get, in its clause or beside it: "es fällt mir schwer, tief einzuatmen"."""

from __future__ import annotations

from typing import Final

from symptoms.language.breath.breath_words import is_breath_gone, is_breathing_too
from symptoms.language.reading.reader import Reader
from symptoms.language.text.classes import group
from symptoms.language.text.clauses import Clause
from symptoms.language.text.hits import Hit
from symptoms.language.text.nearness import distance, is_near, overlap

NEAR: Final = 4
BARE: Final = 5
"""Words of a clause that names no more than the breathing, or says no more than that it is not right."""
OTHERS: Final = group("content") - {"fine", "clean", "gone", "state", "well", "worse"}
REACH: Final = 2
"""Words between breath and what is said right beside it."""
DOING: Final = ("moderate_effort", "minimal_effort", "rest", "sleep", "sit_up", "night", "speak")
"""What breath may be too short for."""
KEPT: Final = ("cannot", "barely", "trouble", "worse", "pausing", "stop")
"""What somebody does, or cannot do, because of their breath."""
HARD: Final = ("trouble", "barely", "lack", "cannot", "less")


def what_makes_it_hard(breath: Hit, clause: Clause, reader: Reader) -> list[Hit]:
    """The words that say that breath is hard to get; pain while breathing is none of them."""
    is_of_chest = any(one.has("chest") for one in reader.passage.sentence_of(clause))
    pains = {hit.start for hit in clause.all("pain")} if is_of_chest else set()
    hard = [hit for hit in clause.all(*HARD) if hit not in reader.denied and hit.start not in pains]
    easy = {(one.start, one.end) for one in clause.all("fine")}
    hard = [hit for hit in hard if not is_lack_denied(hit, clause) and (hit.start, hit.end) not in easy]
    hard += (
        _none_left(breath, clause, reader)
        + _hard_before(clause, reader)
        + _what_bothers_instead(breath, clause, reader)
    )
    hard += [hit for hit in reader.facts(clause, "stop", "pausing") if _is_paused_for(breath, hit, clause)]
    hard += [hit for hit in clause.all("gone") if is_breath_gone(hit, clause) and hit not in reader.denied]
    hard += [hit for hit in clause.all("laboured") if _is_how(hit, breath, clause)]
    hard += _laboured_after(breath, clause, reader)
    hard += [
        hit for hit in clause.all("yes") if hit.start == breath.end and hit.end == clause.end and not clause.has("fine")
    ]
    hard += [hit for hit in reader.facts(clause, "running_out") if is_near(breath, hit)]
    hard += [hit for hit in _amiss(breath, clause, reader) if hit not in reader.denied]
    hard += [hit for hit in clause.all("fine", "ample") if hit in reader.denied and is_near(hit, breath)]
    hard += _kept_by_breath(breath, clause, reader) + _not_let(breath, clause)
    hard += _not_back(clause, reader)
    fine = [distance(hit, breath) for hit in clause.all("fine") if hit not in reader.denied]
    hard = [hit for hit in hard if distance(hit, breath) <= REACH or all(distance(hit, breath) <= one for one in fine)]
    return hard + _short_elsewhere(clause, reader) + (less_well_after(clause, reader) if fine else [])


def _is_paused_for(breath: Hit, pause: Hit, clause: Clause) -> bool:
    """Whether a pause is near before breath, or it is what the pause is for: "I stop after every few steps for air"."""
    is_aim = any(0 <= breath.start - one.end <= 1 and pause.end <= one.start for one in clause.all("for", "for_to"))
    return 0 <= breath.start - pause.end <= NEAR or is_aim


def _not_back(clause: Clause, reader: Reader) -> list[Hit]:
    """What says, here or in the next clause, that breath which was taken has not come back."""
    after = reader.passage.after(clause)
    if not reader.passage.has("not_back"):
        return []
    return clause.all("not_back") + (after.all("not_back") if after is not None and not after.has(*OTHERS) else [])


def less_well_after(clause: Clause, reader: Reader) -> list[Hit]:
    """What the next clause takes back of it for an effort: "breathing is fine sitting, not so good on the stairs"."""
    after = _going_on(clause, reader)
    if after is None:
        return []
    efforts = reader.facts(after, "moderate_effort", "minimal_effort")
    denied = [hit for hit in after.all("fine") if hit in reader.denied]
    return denied + reader.facts(after, "amiss", "less") if efforts else []


def _short_elsewhere(clause: Clause, reader: Reader) -> list[Hit]:
    """What says that breath is short after all on some occasion: "Luft ist besser, aber beim Einkaufen noch knapp"."""
    after = _going_on(clause, reader, "sleep")
    if after is None or not after.begins_with("but") or not after.has(*DOING) or after.has("no", "not", "fine"):
        return []
    return reader.facts(after, "lack", "less", "laboured")


def _going_on(clause: Clause, reader: Reader, *matters: str) -> Clause | None:
    """The next clause of the sentence, where it is about no other matter than breath, rest and these."""
    after = reader.passage.after(clause)
    if after is None or after.sentence != clause.sentence or after.has(*OTHERS - {"rest", "trouble", "less", *matters}):
        return None
    return after


def _kept_by_breath(breath: Hit, clause: Clause, reader: Reader) -> list[Hit]:
    """What cannot be done, or only badly, "because of my breath", in the clause or right before it."""
    small = {at for hit in clause.all("mine", "for", "filler") for at in range(hit.start, hit.end)}
    causes = [hit for hit in clause.all("cause", "because") if small.issuperset(range(hit.end, breath.start))]
    causes = [hit for hit in causes if hit.end <= breath.start]
    if not causes or clause.has("fine"):
        return []
    before = reader.passage.before(clause)
    is_led_on = before is not None and before.sentence == clause.sentence and causes[0].start == clause.start
    told = [clause, before] if before is not None and is_led_on else [clause]
    return [hit for one in told if one.has(*DOING, "pausing") for hit in reader.facts(one, *KEPT)]


def _not_let(breath: Hit, clause: Clause) -> list[Hit]:
    """What says that breath does not let somebody: "the breath won't let me"."""
    denials = [one for one in clause.all("no", "not", "cannot") if breath.end <= one.start]
    lets = [hit for hit in clause.all("allow") if hit.start >= breath.end]
    return [
        hit for hit in lets for one in denials if abs(hit.start - one.end) < NEAR or abs(one.start - hit.end) < NEAR
    ]


def is_lack_denied(lack: Hit, clause: Clause) -> bool:
    """Whether a lack is denied right before it: "geen gebrek aan lucht"; not "nothing helps, too little air"."""
    is_noun = lack.kind == "lack" and lack.end - lack.start == 1
    return is_noun and any(one.end == lack.start for one in clause.all("no"))


def _hard_before(clause: Clause, reader: Reader) -> list[Hit]:
    """What the clause before says is hard and names only here: "es fällt mir schwer, tief einzuatmen"."""
    before = reader.passage.before(clause)
    if before is None or before.mark != "," or clause.has("self", "fine", *HARD) or before.has(*OTHERS - {"trouble"}):
        return []
    return [hit for hit in reader.facts(before, "trouble", "cannot", "barely") if hit.end == before.end]


def _none_left(breath: Hit, clause: Clause, reader: Reader) -> list[Hit]:
    """The "none" that answers a question after breath: "Luft? keine mehr auf der Treppe"; no bare "no"."""
    asked = [one for one in clause.all("no") if one.start == breath.end + 1]
    if breath.kind != "air" or breath.start > clause.start + 1 or not asked:
        return []
    if reader.passage.tokens[breath.end].text not in "?:":
        return []
    return [one for one in asked if clause.end > one.end or one.end - one.start > 1]


def _what_bothers_instead(breath: Hit, clause: Clause, reader: Reader) -> list[Hit]:
    """What the clause before denies of something else: "it's not the mouth that bothers me but my breathing"."""
    before = reader.passage.before(clause)
    if before is None or before.sentence != clause.sentence or not before.has("not"):
        return []
    is_bare = clause.end - clause.start <= BARE and breath.end == clause.end and not clause.has("no", "not", "fine")
    is_instead = clause.begins_with("but") or (before.mark == "," and clause.begins_with("ask"))
    return before.all("trouble", "quiet_verb", "amiss") if is_bare and is_instead else []


def _is_how(hit: Hit, breath: Hit, clause: Clause) -> bool:
    """Whether it says how breath goes: right beside it, and not denied."""
    is_denied = any(0 <= hit.start - one.end <= 1 for one in clause.all("no", "not", "nothing"))
    return is_breathing_too(breath, clause) and not is_denied and distance(hit, breath) <= REACH


def _laboured_after(breath: Hit, clause: Clause, reader: Reader) -> list[Hit]:
    """How breath goes that ends a clause, told in the next one: "ich atme | trotzdem wie nach einem Dauerlauf".

    Or after a comma in no more than "but badly": "respirar respiro, pero mal".
    """
    after = reader.passage.after(clause)
    if after is not None and clause.mark == "," and after.end - after.start <= REACH + 1 and after.begins_with("but"):
        is_topic = breath.kind == "breathe" and after.sentence == clause.sentence
        return reader.facts(after, "laboured") if is_topic and not after.has("no", "not", "fine") else []
    is_split = after is not None and not clause.mark and breath.end == clause.end and breath.kind == "breathe"
    return [hit for hit in after.all("laboured") if hit.start <= after.start + 1] if after and is_split else []


def _still_amiss(clause: Clause, reader: Reader) -> list[Hit]:
    """What the next clause says is not right yet: "breathing is easier than Sunday but still not what it was"."""
    after = _going_on(clause, reader)
    is_brief = after is not None and after.end - after.start <= BARE + 1 and after.begins_with("but")
    if after is None or not is_brief or any(hit not in reader.denied for hit in after.all("fine")):
        return []
    return after.all("amiss") + (reader.facts(after, "lack") if after.has("still") else [])


def _amiss(breath: Hit, clause: Clause, reader: Reader) -> list[Hit]:
    """What says that breath is not as it should be, here or just after: "it is the breathing. It is not right"."""
    is_topic = breath.end == clause.end and clause.end - clause.start <= REACH
    if clause.has("lungs") or not (is_breathing_too(breath, clause) or is_topic):
        return []
    calmed = {at for one in clause.all("trivial", "fine", "well") for at in range(one.start, one.end)}
    denied = [hit for hit in clause.all("trouble") if hit in reader.denied]
    found = [hit for hit in clause.all("amiss") if is_near(hit, breath) and hit.start not in calmed]
    found = [hit for hit in found if not any(overlap(hit, one) for one in denied)]
    found += _still_amiss(clause, reader)
    if found or clause.end - clause.start > BARE or clause.has("fine", "no", "not"):
        return found
    longest = BARE + NEAR if is_topic else BARE
    later = [one for one in reader.passage.clauses[clause.at + 1 : clause.at + 3] if one.end - one.start <= longest]
    return [hit for one in later if not one.has(*OTHERS - {"trouble"}) for hit in one.all("amiss")]
