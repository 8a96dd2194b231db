"""Breath that is short after sport, as everybody's is: "nach dem Joggen außer Puste, wie immer"."""

from __future__ import annotations

from typing import Final

from symptoms.language.breath.companions import compared_with_others
from symptoms.language.reading.reader import Reader
from symptoms.language.text.clauses import Clause, Passage, is_well_again
from symptoms.language.text.hits import Hit
from symptoms.language.text.nearness import overlap
from symptoms.language.times.beginnings import has_beginning

NEAR: Final = 4
MEDICINE: Final = ("drug", "tablets", "treatment")
"""What all of us may be short of breath from."""
MINUTE: Final = 0.001
"""Days: so long anybody may pant after a sprint."""
ME_TOO: Final = 3
"""Words of a clause that says no more than "me too", "dus ik ook"."""

EFFORTS: Final = ("sport", "exercise", "moderate_effort")
NOUNS: Final = (
    "mine", "article", "units", "vague_few", "minimal_effort", "moderate_effort", "tablets", "drug", "treatment",
)  # fmt: skip
"""Before which "alle" is no "all of us"."""
OF_ILLNESS: Final = (
    "worse", "sudden", "barely", "cannot", "trouble", "rest", "less", "still", "stop", "chest", "faint", "blood",
    "sit_up", "night", "excepting", "instead_of", "different", "no_longer", "not_back",
)  # fmt: skip
"""Beside which breath after sport is not that of everybody."""


TROUBLED: Final = ("no", "not", "since", "breathless", "breathe", "air", "if", *EFFORTS, *OF_ILLNESS)
"""Beside which it is not simply well."""


def is_of_sport(clause: Clause, reader: Reader) -> bool:
    """Whether it is how breath goes after sport: "out of breath after my run, as always", "like the rest of the team".

    Not "like everybody, but on the stairs too", nor more than the others.
    """
    passage = reader.passage
    if not passage.has(*EFFORTS) or not passage.has("as_ever", "like_all", "everybody", "like"):
        return False
    if any(_is_short_now(one, reader) for one in passage.clauses):
        return False
    is_of_drug = any(_is_of_drug(one) for one in passage.clauses)
    if not is_of_drug and (_is_like_all(clause, reader) or _do_all_pant(clause, reader)):
        return True
    sentence = passage.sentence_of(clause)
    if passage.has("like_all"):
        return False
    if not any(one.has("sport") for one in sentence) or passage.has("rest", "less", "used_to"):
        return False
    if any(one.has("worse", "sudden", "barely", "cannot", "trouble") for one in sentence) or _goes_on(reader):
        return False
    if any(_names_another_effort(one) for one in passage.clauses):
        return False
    return any(one.has("as_ever") for one in sentence)


def _is_short_now(clause: Clause, reader: Reader) -> bool:
    """Whether breath is short since then, or still, and likened to nobody's: "... like everybody, still puffed now"."""
    if not clause.has("since_then", "left", "still") or clause.has("as_ever", "like_all", "everybody", *EFFORTS):
        return False
    return bool(reader.facts(clause, "cannot_breathe")) or any(
        hit not in reader.denied and not reader.scope.is_others(hit, clause) for hit in clause.all("breathless")
    )


def _is_of_drug(clause: Clause) -> bool:
    """Whether it says that it is so since, or because of, what is taken, or of all who take it."""
    return clause.has(*MEDICINE) and clause.has("since", "because", "cause", "breathless", "everybody")


def _names_another_effort(clause: Clause) -> bool:
    """Whether it names an effort that is no sport, and does not go well: "but on the stairs too now"."""
    if clause.has("no", "not", "fine", "well") and not clause.has("breathless", "also"):
        return False
    sports = clause.all("sport", "exercise", "as_ever")
    efforts = clause.all("moderate_effort", "minimal_effort")
    return any(not any(one.start <= hit.end and hit.start <= one.end for one in sports) for hit in efforts)


def _is_like_all(clause: Clause, reader: Reader) -> bool:
    """Whether breath is short after sport as it is with all the others, by a text that says no more of it.

    Not for an hour.
    """
    sentence = reader.passage.sentence_of(clause)
    alike = [(hit, one) for one in sentence for hit in _likened_in(one, reader.passage)]
    if not alike or not _is_of_an_outing(clause, reader.passage) or _goes_on(reader):
        return False
    if any(_is_denied_near(hit, one) for hit, one in alike) or _has_lasted(clause):
        return False
    first = min(one.at for _, one in alike)
    ways = {one.at: _efforts_on_the_way(one, reader.passage) for one in sentence if one.at <= first}
    return not any(_tells_of_illness(one, ways.get(one.at, []), reader) for one in reader.passage.clauses)


def _likened_in(clause: Clause, passage: Passage) -> list[Hit]:
    """The words that liken it to all the others: "like the rest of the team", "as was every other runner"."""
    return clause.all("like_all") + compared_with_others(clause, passage, "like", "like_all")


def _is_of_an_outing(clause: Clause, passage: Passage) -> bool:
    """Whether the sentence is of sport, or of a hill that was climbed once."""
    sentence = passage.sentence_of(clause)
    if any(one.has("sport", "exercise") for one in sentence):
        return True
    return clause.has("had") and any(_efforts_on_the_way(one, passage) for one in sentence)


def _efforts_on_the_way(clause: Clause, passage: Passage) -> list[Hit]:
    """The hills and bridges that a ride or a walk goes over, and the words for going over them."""
    efforts = clause.all("moderate_effort", "minimal_effort")
    ways = [hit for hit in efforts if passage.says(hit.end - 1, "on_the_way")]
    return [hit for hit in efforts if any(0 <= way.start - hit.end < ME_TOO or hit is way for way in ways)]


def _do_all_pant(clause: Clause, reader: Reader) -> bool:
    """Whether an effort takes the breath of us all, by a text that says no more: "da schnaufen ja alle, ich auch"."""
    passage = reader.passage
    everybody = _who_all_pant(clause)
    if not everybody or not any(one.has(*EFFORTS) for one in passage.sentence_of(clause)) or _goes_on(reader):
        return False
    if any(_is_denied_near(hit, clause) for hit in everybody) or _has_lasted(clause):
        return False
    if any(_tells_more_of_me(one) for one in passage.clauses[clause.at + 1 :]):
        return False
    within = {clause.at: [*everybody, *clause.all("moderate_effort"), *_efforts_on_the_way(clause, passage)]}
    before = passage.before(clause)
    if before is not None and before.sentence == clause.sentence:
        within[before.at] = before.all("moderate_effort")
    return not any(_tells_of_illness(one, within.get(one.at, []), reader) for one in passage.clauses)


def _tells_of_illness(clause: Clause, within: list[Hit], reader: Reader) -> bool:
    """Whether a clause tells more than that sport takes the breath, asks, or says since when. `within` is of sport."""
    likened = _likened_in(clause, reader.passage)
    if any(0 <= one.start - more.end <= NEAR for more in clause.all("more_so") for one in likened):
        return True  # "mehr geschnauft wie alle anderen"
    sport = [*clause.all("sport", "exercise"), *within, *_goals_of_running(clause)]
    others = min((hit.start for hit in likened), default=clause.end)
    efforts = [hit for hit in clause.all("moderate_effort", "minimal_effort") if hit.start < others]
    parts = {hit.end for hit in clause.all("of")}  # "cours de zumba"
    efforts = [hit for hit in efforts if not any(one.start <= hit.end and hit.start <= one.end for one in sport)]
    efforts = [hit for hit in efforts if not any(one.start in parts and one.start == hit.end + 1 for one in sport)]
    if any(reader.is_fact(hit, clause) for hit in efforts):
        return True
    sport += [*likened, *clause.all("as_ever")]
    told = clause.all(*OF_ILLNESS, "used_to", *(["than"] if clause.has("more_so", "less", "worse") else []))
    told = [hit for hit in told if hit.kind != "sit_up" or not clause.has("fine", "well", "clean")]  # "me siento bien"
    told = [hit for hit in told if hit.kind != "different" or not clause.has("otherwise")]
    told = [hit for hit in told if hit.kind != "still" or not is_well_again(hit, clause)]
    told = [hit for hit in told if not any(one.start <= hit.end and hit.start <= one.end for one in sport)]
    return clause.mark == "?" or _has_begun(clause) or any(reader.is_fact(hit, clause) for hit in told)


def _has_begun(clause: Clause) -> bool:
    """Whether it says since when; not "for years", nor on which day the sport was."""
    is_since = clause.has("since", "for", "lasting")
    return is_since and has_beginning(clause) and (bool(clause.numerals) or not clause.has("units"))


def _goals_of_running(clause: Clause) -> list[Hit]:
    """What is run for, and no effort of its own: "couru après le tram", "sprint pour attraper le bus"; not "and"."""
    apart = [hit.start for hit in clause.all("and", "or", "also", "even")]
    return [
        hit
        for hit in clause.all("moderate_effort", "minimal_effort")
        for run in clause.all("sport", "exercise")
        if 0 <= hit.start - run.end <= NEAR and not any(run.end <= at < hit.start for at in apart)
    ]


def _tells_more_of_me(clause: Clause) -> bool:
    """Whether it says more of the speaker than "me too" after all of whom it is said."""
    is_more = clause.has("units", "days_ago", "more_so", "worse", "so_much", "until", "lasting")
    return is_more or (clause.has("self", "me", "have") and clause.end - clause.start > ME_TOO)


def _who_all_pant(clause: Clause) -> list[Hit]:
    """The "all of us" who are said to be out of breath: "da schnaufen ja alle"; not "keuche alle paar Meter".

    Nor are they who say so of the speaker.
    """
    short = clause.all("breathless", "cannot_breathe")
    nouns = {hit.start for hit in [*clause.all(*NOUNS), *clause.numerals]}
    led = {hit.end for hit in clause.all("company", "place", "of", "after", "for", "for_to", "cause")}
    apart = [hit.start for hit in clause.all("self", "me", "not", "no", "say", "utter", "noticed", "observe", "dread")]
    apart += [hit.start for hit in clause.all("and", "or", "but", "worse")]
    own = {hit.start for hit in clause.all("self")}
    likened = [hit for hit in clause.all("like_all") if hit.start not in own]
    found = [hit for hit in clause.all("everybody") if hit.end not in nouns and hit.start not in led]
    found = [hit for hit in found if not any(overlap(hit, one) for one in likened)]
    found = [hit for hit in found if not any(overlap(hit, one) for one in short)]
    return [hit for hit in found if any(_is_said_of(one, hit, apart) for one in short)]


def _is_said_of(breathless: Hit, everybody: Hit, apart: list[int]) -> bool:
    """Whether few words, none of which sets them apart, stand between them."""
    first, last = sorted((breathless, everybody), key=lambda hit: hit.start)
    is_near = last.start - first.end <= (NEAR if first is everybody else 1)
    return is_near and not any(first.end <= at < last.end for at in apart)


def _has_lasted(clause: Clause) -> bool:
    """Whether it says for how long: "for an hour", "for ten minutes"; not "for a minute"."""
    starts = {hit.start + skipped for hit in clause.all("for") for skipped in range(3)}
    ones = {hit.end for hit in clause.all("article")}
    lasting = [hit for hit in clause.all("days_ago", "units") if hit.start in starts]
    return any((hit.value or 0) > MINUTE or hit.start not in ones for hit in lasting)


def _goes_on(reader: Reader) -> bool:
    """Whether the text goes on with "but": not "but so was everyone", nor "but who doesn't", nor "but it was great"."""
    for one in reader.passage.clauses:
        if one.has("fine", "well") and not one.has(*TROUBLED):
            continue  # "but it was great"
        alike = {hit.start for hit in _likened_in(one, reader.passage)}
        only = {hit.start for hit in one.all("now", "otherwise")}
        only |= {hit.start for hit in one.all("only") if hit.start > one.start}
        buts = [hit for hit in one.all("but") if hit.end - hit.start > 1 or hit.start not in only]
        if any(hit.end not in alike for hit in buts):
            return True
    return False


def _is_denied_near(hit: Hit, clause: Clause) -> bool:
    short = clause.all("breathless")
    denials = [one for one in clause.all("no", "not") if not any(overlap(one, within) for within in short)]
    return any(0 <= hit.start - one.end <= NEAR or 0 <= one.start - hit.end <= 1 for one in denials)
