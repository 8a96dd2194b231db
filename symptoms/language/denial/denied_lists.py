"""What lists and topics deny: "none of these: cough, breath", "cough: no, sores: no", "all gone: cough, sores"."""

from __future__ import annotations

from symptoms.language.denial.coughs_no_more import coughs_no_more
from symptoms.language.denial.denied_along import with_listed
from symptoms.language.denial.denied_at_end import denied_at_end
from symptoms.language.denial.denying import CONTENT, NEAR, SYMPTOMS
from symptoms.language.denial.fronting import denied_in_postures
from symptoms.language.text.clauses import TOPICS, Clause, Passage
from symptoms.language.text.hits import Hit


def denied_in_lists(clause: Clause, passage: Passage) -> set[Hit]:
    """What a list names of which it is said before or after that none is there, or that it is fine."""
    denied = _topics_called_fine(clause, passage) | _fronted_without_trouble(clause) | _named_as_none(clause)
    denied |= _nothing_to_report(clause, passage) | denied_in_postures(clause, passage)
    denied |= _denied_by_nor(clause, passage) | _named_before_a_no(clause, passage)
    denied |= denied_at_end(clause, passage) | coughs_no_more(clause, passage)
    if _is_all_gone(clause):
        denied |= _named_as_gone(clause, passage)
    elif _denies_a_list(clause):
        later = [one for one in passage.clauses[clause.at + 1 :] if one.sentence == clause.sentence]
        bare = [
            one for one in later if one.end - one.start <= NEAR and not one.has("no", "not", "fine", "well", "still")
        ]
        denied.update(hit for one in bare for hit in one.all(*CONTENT))
    if (none := clause.first("none_of")) and not _goes_on_to_heal(none, clause):
        denied.update(_named_in_list(none, clause, passage))
    return denied


def _named_as_none(clause: Clause) -> set[Hit]:
    """The sores of "sore-free", "free of ulcers"."""
    free = [(hit.start, hit.end) for hit in clause.all("clean") if hit.end - hit.start > 1]
    return {hit for hit in clause.all("aphtha", "lesion") for start, end in free if start <= hit.start < end}


def _named_before_a_no(clause: Clause, passage: Passage) -> set[Hit]:
    """The symptoms of a bare list after which nothing is said but "no": "hoesten of kortademigheid, nee"."""
    before, after = passage.before(clause), passage.after(clause)
    is_no = any((one.start, one.end) == (clause.start, clause.end) for one in clause.all("no_answer"))
    if not is_no or clause.mark == "?" or before is None or before.mark not in {",", ":", "-", "–"}:
        return set()
    if after is not None and after.sentence == clause.sentence:
        return set()
    named = before.all(*SYMPTOMS)
    said = {at for one in before.all(*SYMPTOMS, "and", "or", "of", "mine") for at in range(one.start, one.end)}
    is_bare = before.sentence == clause.sentence and not before.has("self", "have", "still", "no", "not", "left")
    return set(named) if is_bare and said.issuperset(range(before.start, before.end)) else set()


def _denied_by_nor(clause: Clause, passage: Passage) -> set[Hit]:
    """What a "nor" denies that goes on from a "neither": "weder Husten, noch habe ich Probleme mit der Luft"."""
    before = passage.before(clause)
    nor = next((hit for hit in clause.all("or") if hit.start == clause.start), None)
    if nor is None or not passage.says(nor.start, "nor") or clause.has("still", "but", "now", "not"):
        return set()
    if any(hit.start >= nor.end for hit in clause.all("no")):
        return set()
    if before is None or before.mark != "," or before.sentence != clause.sentence:
        return set()
    is_neither = passage.says(before.start, "neither") and before.has("no")
    contents = [hit for hit in clause.hits if hit.kind in CONTENT and hit.start >= nor.end]
    if not (is_neither and contents) or any(hit.start > before.start for hit in before.all("or")):
        return set()
    if contents[0].kind not in (*SYMPTOMS, "trouble", "pain"):
        return set()
    return with_listed(contents[0], contents, clause, passage)


def _denies_a_list(clause: Clause) -> bool:
    """Whether it is a "no" before a colon and the things that are not there: "none of these: cough, breath, mouth"."""
    is_denial = clause.mark == ":" and clause.has("no", "not", "no_answer")
    return is_denial and not (clause.has_any(CONTENT) or clause.numerals)


def _is_all_gone(clause: Clause) -> bool:
    """Whether it says before a colon that all is gone, and not a word more: "alles weg: Husten, Aphthen"."""
    is_all = clause.mark == ":" and clause.has("gone") and clause.has("everything", "all_of")
    if not is_all or clause.end - clause.start > NEAR or clause.has("almost", "still", "if", "no", "not", "but"):
        return False
    return not clause.has(*CONTENT - {"gone", "closing", "fine", "clean"})


def _named_as_gone(clause: Clause, passage: Passage) -> set[Hit]:
    """The symptoms of the list after it, where the list names nothing else."""
    listed = [one for one in passage.clauses[clause.at + 1 :] if one.sentence == clause.sentence]
    named = [hit for one in listed for hit in one.all(*SYMPTOMS)]
    known = {at for hit in named for at in range(hit.start, hit.end)}
    known |= {hit.start for one in listed for hit in one.all("and", "mine") if hit.end - hit.start == 1}
    words = {at for one in listed for at in range(one.start, one.end) if not passage.tokens[at].is_mark}
    return {hit for one in listed for hit in one.all(*CONTENT)} if words <= known else set()


def _topics_called_fine(clause: Clause, passage: Passage) -> set[Hit]:
    """The symptoms before a mark after which nothing but "no problem" is said: "breath and cough: no problems"."""
    fine = clause.first("fine")
    if fine is None or fine.end < clause.end or fine.start == clause.start:
        return set()
    if any(one.start == fine.start for one in clause.all("as_ever", "like", "goes_on")):
        return set()
    return {hit for hit in clause.all(*SYMPTOMS) if hit.end < fine.start and passage.tokens[fine.start - 1].is_mark}


def _fronted_without_trouble(clause: Clause) -> set[Hit]:
    """The symptoms that open a clause which ends in "no trouble", or none any more: "met hoest heb ik geen last"."""
    ends = {clause.end, *(hit.start for hit in clause.all("further", "no_longer") if hit.end == clause.end)}
    no_trouble = [hit for hit in clause.all("fine") if hit.end in ends and hit.end - hit.start > 1]
    if not no_trouble:
        return set()
    opening = [hit.end for hit in clause.all("company", "of") if hit.start == clause.start]
    if not opening:
        return set()
    symptoms = [hit for hit in clause.all(*SYMPTOMS) if hit.end < no_trouble[-1].start]
    return set(symptoms) if symptoms and symptoms[0].start - min(opening) <= 1 else set()


def _nothing_to_report(clause: Clause, passage: Passage) -> set[Hit]:
    """The symptoms of which nothing is to report: "niveau toux, rien à signaler"; not "cough, doing well"."""
    report = next((hit for hit in clause.all("well") if hit.end == clause.end), None)
    if report is None or clause.has("self", "have") or _is_slight(report, clause):
        return set()
    if any(passage.says(at, "news") for at in range(report.start, report.end)):
        return set()
    opening = {entry.kind for entry in passage.lexicon.entries(passage.tokens[report.start].text) if not entry.rest}
    if opening.isdisjoint(("nothing", "no", "not")):
        return set()
    named = [hit for hit in clause.all(*SYMPTOMS) if hit.end <= report.start]
    before = passage.before(clause)
    if report.start == clause.start and before is not None and before.sentence == clause.sentence:
        is_bare = before.end - before.start <= NEAR and not before.has("self", "have", "trivial", "worse")
        named += before.all(*SYMPTOMS) if is_bare else []
    return set(named)


def _is_slight(report: Hit, clause: Clause) -> bool:
    """Whether it is the end of what makes little of a symptom that is there: "une toux de rien du tout"."""
    return any(one.start < report.start and report.end <= one.end for one in clause.all("trivial"))


def answered_topics(clause: Clause) -> list[tuple[int, Hit]]:
    """The topics of a list without marks that are answered by "no", with the places of the answers: "tos no llagas no".

    Two and more, of which the first opens the clause; each is a name of one word or phrase, maybe after an "and".
    """
    if not clause.has("no_answer", "no", "not"):
        return []
    answers: dict[int, int] = {}
    for hit in clause.all("no_answer", "no", "not"):
        answers[hit.start] = max(hit.end, answers.get(hit.start, 0))
    topics = {hit.start: hit for hit in clause.hits if hit.kind in TOPICS and _answer_to(hit, answers, clause)}
    joints = {hit.start: hit.end for hit in clause.all("and")}
    starts = [clause.start] if answers else []
    if len(answers) > 1 and max(answers.values()) == clause.end and (at := min(topics, default=0)) <= min(answers):
        starts += [at] if not _is_had_before(at, clause) else []
    for start in starts:
        found: list[tuple[int, Hit]] = []
        at = start
        while at in topics:
            answer = _answer_to(topics[at], answers, clause)
            found.append((answer, topics[at]))
            at = joints.get(answers[answer], answers[answer])
        if len(found) > 1 and (start == clause.start or at == clause.end):
            return found
    return []


def _answer_to(topic: Hit, answers: dict[int, int], clause: Clause) -> int:
    """Where the answer to a topic stands, after small words or none: "bläschen im mund auch nein"; 0 for none."""
    small = {one.start: one.end for one in clause.all("place", "mouthpart", "also") if topic.end <= one.start}
    at = topic.end
    while at in small and at not in answers:
        at = small[at]
    return at if at in answers else 0


def _is_had_before(at: int, clause: Clause) -> bool:
    """Whether "I have" or an article stands before a topic, which is then no mere name: "I have cough no fever no"."""
    return any(one.end == at for one in clause.all("have", "self", "article", "mine", "no", "not", "only", "numbers"))


def _goes_on_to_heal(none: Hit, clause: Clause) -> bool:
    """Whether it is said of sores that none of them heals or has gone: "five ulcers, none of them healing"."""
    return any(one.start >= none.end for one in clause.all("gone", "betterment", "closed"))


def _named_in_list(none: Hit, clause: Clause, passage: Passage) -> set[Hit]:
    """What a list names before a "none of them": "cough, breath: neither of them"."""
    earlier = [one for one in passage.sentence_of(clause) if one.at < clause.at]
    bare = [one for one in earlier if one.end - one.start <= NEAR and not one.has("self", "have")]
    before = passage.before(clause)
    if not earlier and none.start == clause.start and before is not None and not before.has("no", "not"):
        bare = [before]
    named = [hit for hit in clause.hits if hit.end <= none.start] + [hit for one in bare for hit in one.hits]
    return {hit for hit in named if hit.kind in CONTENT}
