"""Shows rows as the JSON of the API contract, and says things to the patient.

Turn: `{"conversation", "messages", "expects", "advice", "report"}`. Report: `{"id", "client_id", "status", ...}`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from django.utils import timezone

from symptoms.clinical.rulesets import RULESETS
from symptoms.clinical.terms import MORE_THAN_THREE, NONE, UNKNOWN, Respondent, Slot, Symptom, Urgency
from symptoms.flow.advise import Advice, numbers_of
from symptoms.flow.heard import Line
from symptoms.flow.report import Filed
from symptoms.flow.safety import safe_advice, self_harm_advice
from symptoms.flow.state import DialogueState
from symptoms.models import Amendment, Assessment, Conversation, Message, SymptomReport
from symptoms.models.conversation import Sender
from symptoms.prepared import PreparedInsert
from symptoms.wording import text

Turn = dict[str, Any]

AT_A_GLANCE: Final = 320
"""Characters of a message that a phone shows without scrolling."""

SAY: Final = PreparedInsert(Message)


def rfc3339(moment: datetime) -> str:
    """A moment in UTC, such as 2026-03-01T07:30:00.000000Z."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def say(conversation: Conversation, texts: Iterable[str], now: datetime) -> list[Message]:
    """Messages of the bot, numbered. The caller stores them (`SAY`) and the conversation."""
    said = []
    for words in texts:
        conversation.message_count += 1
        said.append(
            Message(
                conversation=conversation,
                number=conversation.message_count,
                sender=Sender.BOT,
                text=words,
                created_at=now,
            )
        )
    return said


def phrase(conversation: Conversation, lines: Iterable[Line], now: datetime) -> list[str]:
    """Sentences of the dialogue, in the language of the conversation, with the numbers that are answered at `now`."""
    lines = list(lines)
    numbers = numbers_of(conversation.patient, now) if lines else {}
    return [text(conversation.language, "bot", line.key, **{**numbers, **line.values}) for line in lines]


def ask(conversation: Conversation, state: DialogueState) -> list[str]:
    """The question that the dialogue stands at; before it, what earlier words seem to answer."""
    language, asking = conversation.language, state.asking
    if asking is None:
        return []
    question = f"{text(language, 'question', asking)}\n{text(language, 'help', asking)}"
    before = []
    if asking is Slot.SYMPTOMS and state.doubted:
        before = [text(language, "bot", "told_of", symptoms=symptom_labels(language, state.doubted))]
    if asking in state.likely:
        likely = text(language, "bot", "likely_answer", answer=answer_label(state, asking, language))
        return [*before, likely, question]
    if asking is Slot.RED_FLAGS and state.named_doubts:
        signs = ", ".join(option_label(language, asking, sign) for sign in sorted(state.named_doubts))
        none = option_label(language, asking, NONE)
        return [text(language, "bot", "skin_or_inside", signs=signs, none=none), question]
    if state.is_asking_for_more:
        named = symptom_labels(language, state.mentioned - {Symptom.OTHER})  # that something else is, was just said
        noted = [text(language, "bot", "noted_symptoms", symptoms=named)] if named else []
        return [*noted, text(language, "bot", "anything_else")]
    return [*before, question]


def symptom_labels(language: str, symptoms: Iterable[Symptom]) -> str:
    """Symptoms in the words of their quick replies."""
    return ", ".join(option_label(language, Slot.SYMPTOMS, symptom) for symptom in sorted(symptoms))


def answer_label(state: DialogueState, slot: Slot, language: str) -> str:
    """What earlier words seem to answer: the words of its quick replies, or a number as it is."""
    likely, options = state.likely[slot], state.dialogue.questions[slot].options
    values = [str(value) for value in (likely if isinstance(likely, list) else [likely])]
    return ", ".join(option_label(language, slot, value) if value in options else value for value in values)


def advice_text(advice: Advice) -> str:
    """Advice as words of the bot."""
    return f"{advice['headline']}\n\n{advice['text']}"


def advice_bubbles(advice: Advice, *, is_told: bool = False) -> list[str]:
    """Advice as messages that a phone shows at a glance: what to do first, under the headline.

    `is_told`: it has been read in this talk, and only what to do now is said again.
    """
    first, *others = advice["text"].split("\n\n")
    bubbles = [f"{advice['headline']}\n\n{first}"]
    for paragraph in [] if is_told else others:
        if len(bubbles[-1]) + len(paragraph) < AT_A_GLANCE:
            bubbles[-1] += f"\n\n{paragraph}"
        else:
            bubbles.append(paragraph)
    return bubbles


def turn_json(
    conversation: Conversation,
    messages: Sequence[Message],
    state: DialogueState,
    advice: Advice | None,
    report: SymptomReport | None,
) -> Turn:
    """One turn of a conversation, as the app gets it."""
    return {
        "conversation": {"id": str(conversation.pk), "status": conversation.status},
        "messages": [message_json(message) for message in messages],
        "expects": expects_json(state, conversation.language),
        "advice": advice,
        "report": {"id": str(report.pk)} if report else None,
    }


def message_json(message: Message) -> dict[str, Any]:
    return {
        "id": str(message.pk),
        "sender": message.sender,
        "text": message.text,
        "created_at": rfc3339(message.created_at),
    }


def expects_json(state: DialogueState, language: str) -> dict[str, Any] | None:
    """The question on screen: its slot, how it is answered, and its quick replies."""
    if state.asking is None:
        return None
    question = state.dialogue.questions[state.asking]
    known = state.mentioned if state.is_asking_for_more else frozenset()
    return {
        "slot": question.slot,
        "type": question.type,
        "options": [
            {"value": value, "label": option_label(language, question.slot, value)}
            for value in question.options
            if value not in known
        ],
        "min": question.minimum,
        "max": question.maximum,
        "unit": question.unit,
    }


def option_label(language: str, slot: Slot, value: str) -> str:
    """The words on one quick reply."""
    table = "option.common" if value in (UNKNOWN, NONE, MORE_THAN_THREE) else f"option.{slot}"
    return text(language, table, value)


def report_json(report: SymptomReport, assessments: Iterable[Assessment] | None = None) -> dict[str, Any]:
    """One report with what all its assessments found. Prefetch `assessments` when there are many, or give them.

    One that could not be judged yet says whom to call, for it may be anything.
    """
    given = report.assessments.all() if assessments is None else assessments
    assessments = sorted(given, key=lambda assessment: assessment.pk)
    latest = assessments[-1] if assessments else None
    return {
        "id": str(report.pk),
        "client_id": str(report.client_id),
        "status": report.status,
        "occurred_at": rfc3339(report.occurred_at),
        "received_at": rfc3339(report.received_at),
        "respondent": report.respondent,
        "carer_id": str(report.carer_id) if report.carer_id else None,
        "answers": report.answers,
        "amendments": amendments_json(report),
        "urgency": Urgency(report.urgency).code if report.urgency is not None else None,
        "findings": findings_json(assessments, report.patient.language),
        "ruleset": latest.ruleset if latest else None,
        "advice": advice_of(report, assessments),
    }


def filed_json(filed: Filed, now: datetime) -> dict[str, Any]:
    """A report as who has filed or amended it gets it."""
    shown = report_json(filed.report, filed.assessments)
    return {**shown, "advice": advice_of_filed(filed, now)} if filed.is_self_harm else shown


def advice_of_filed(filed: Filed, now: datetime) -> Advice | None:
    """What who has filed or amended a report is told: a remark about suicide has its own advice."""
    if filed.is_self_harm:
        return self_harm_advice(filed.report.patient, now)
    return advice_of(filed.report, filed.assessments)


def advice_of(report: SymptomReport, assessments: Iterable[Assessment] | None = None) -> Advice | None:
    """What the patient was told about a report at its most urgent. Prefetch `assessments` or give them."""
    given = report.assessments.all() if assessments is None else assessments
    most_urgent = max(given, key=lambda assessment: (assessment.urgency, assessment.pk), default=None)
    return most_urgent.advice if most_urgent else _advice_without_assessment(report)


def _advice_without_assessment(report: SymptomReport) -> Advice | None:
    """None in a check-in that goes on and has found nothing so far."""
    return safe_advice(report.patient, timezone.now()) if report.urgency is None else None


def amendments_json(report: SymptomReport) -> list[dict[str, Any]]:
    """What was put right later, in order. Asks the database only about a report that was amended."""
    if report.amended_answers is None:
        return []
    return [
        {
            "amended_at": rfc3339(one.amended_at),
            "by": _author_of(one, report),
            "reason": one.reason,
            "answers": one.answers,
            "note": one.note,
        }
        for one in report.amendments.all()
    ]


def _author_of(amendment: Amendment, report: SymptomReport) -> str:
    """Who put it right: a carer is not taken for the patient."""
    if amendment.carer_id is not None:
        return Respondent.CARER
    return Sender.PATIENT if amendment.author_id == report.patient.user_id else Sender.STAFF


def findings_json(assessments: Iterable[Assessment], language: str) -> list[dict[str, Any]]:
    """What the latest answers show, and whatever urgent was found on the way: a correction takes nothing back."""
    found: dict[str, tuple[str, str]] = {}
    for assessment in assessments:
        found = {rule: row for rule, row in found.items() if Urgency.from_code(row[1]) >= Urgency.URGENT}
        found |= {finding["rule"]: (assessment.ruleset, finding["urgency"]) for finding in assessment.findings}
    return [
        {
            "rule": rule,
            "urgency": urgency,
            "text": text(language, "rule", rule),
            "source": ", ".join(RULESETS[version].by_id[rule].sources),
        }
        for rule, (version, urgency) in found.items()
    ]
