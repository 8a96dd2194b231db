"""How a clinic's own text comes to be shown: written, reviewed by somebody else, published.

Rows are only ever added. Every refusal is a CannotEdit whose message says what would be right. A text that leaves
out when to call at once reaches no patient: author and reviewer are told, and it is not published.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from education.catalogue import Question, find_leaflet, shipped_leaflets
from education.forbidden import forbidden_words
from education.models import LeafletText, TextStep
from education.models.text import STEPS, TextState
from education.thresholds import missing_thresholds
from symptoms.flow.report import digest_of
from symptoms.models import Clinic, Practitioner


class CannotEdit(Exception):
    """The step cannot be taken; the message says why."""


def write_text(
    *, slug: str, language: str, title: str, body: str, questions: tuple[Question, ...], by: Practitioner
) -> LeafletText:
    """A new draft of the practitioner's clinic; versions count up from c1 for each leaflet and language."""
    base = find_leaflet(slug, language, shipped_leaflets())
    if base is None:
        raise CannotEdit(_("There is no leaflet %(slug)s.") % {"slug": slug})
    refuse_forbidden(language, title, body, *map(said_by, questions))
    with transaction.atomic():
        Clinic.objects.select_for_update(no_key=True).get(pk=by.clinic_id)  # of two drafts at once each gets a number
        earlier = LeafletText.objects.filter(clinic=by.clinic_id, slug=slug, language=language).count()
        text = LeafletText(
            clinic_id=by.clinic_id,
            slug=slug,
            language=language,
            version=f"c{earlier + 1}",
            title=title,
            body=body.replace("\r\n", "\n").strip() + "\n",
            questions=[asdict(question) for question in questions],
            based_on=base.version,
            written_by=by,
        )
        text.text_id = _fingerprint(text)
        text.save()
        return text


def review_text(text: LeafletText, by: Practitioner, now: datetime) -> None:
    """Say that the text is right. Whoever wrote it cannot: four eyes see more than two."""
    if text.written_by_id == by.pk:
        raise CannotEdit(_("Somebody else than its author has to review a text."))
    _take(text, TextState.REVIEWED, by, now, after=TextState.DRAFT)


def publish_text(text: LeafletText, by: Practitioner, now: datetime) -> None:
    """Show the text to the clinic's patients from now on, in place of the one before."""
    refuse_unsaid(text)
    _take(text, TextState.PUBLISHED, by, now, after=TextState.REVIEWED)


def withdraw_text(text: LeafletText, by: Practitioner, now: datetime) -> None:
    """Show the text no longer. The product's own stands again, not an earlier one of the clinic."""
    _take(text, TextState.WITHDRAWN, by, now, after=TextState.PUBLISHED)


def refuse_forbidden(language: str, *texts: str) -> None:
    """Raises CannotEdit for words that no leaflet may say."""
    if found := forbidden_words(language, "\n".join(texts)):
        said = _("A leaflet never says “%(words)s”: nothing of the dose, no diagnosis, no “you are fine”.")
        raise CannotEdit(said % {"words": found[0]})


def refuse_unsaid(text: LeafletText) -> None:
    """Raises CannotEdit for a text that leaves out a reason to call at once, which the product's text tells."""
    if unsaid := _unsaid(text):
        said = _(
            "It cannot be published: patients would not learn when to call at once. It does not say: %(unsaid)s. "
            "Write it into a new version, in the words of the text that comes with the product."
        )
        raise CannotEdit(said % {"unsaid": "; ".join(unsaid)})


def said_by(question: Question) -> str:
    """What a question tells as true. A wrong option may say what is wrong."""
    return f"{question.text}\n{question.lettered[question.right]}\n{question.why}"


def find_omissions(text: LeafletText) -> list[str]:
    """What a text leaves out that its author and its reviewer should know of, in whole sentences."""
    unsaid = [_("It does not say: %(unsaid)s.") % {"unsaid": name} for name in _unsaid(text)]
    unasked = _("There is no question, so nobody learns whether the text was understood.")
    return unsaid if text.questions else [*unsaid, unasked]


def _unsaid(text: LeafletText) -> list[str]:
    """What calls for help at once and is not said, in the reader's language."""
    return [_(name) for name in missing_thresholds(text.slug, text.language, text.body)]


def is_outdated(text: LeafletText) -> bool:
    """Whether the product's text has changed since the clinic worked from it."""
    base = find_leaflet(text.slug, text.language, shipped_leaflets())
    return base is not None and base.version != text.based_on


def starting_point(slug: str, language: str, by: Practitioner) -> LeafletText | None:
    """An unsaved text to begin with: the clinic's latest, else the product's in this language, else in English."""
    latest = LeafletText.objects.filter(clinic=by.clinic_id, slug=slug, language=language).order_by("-pk").first()
    if latest is not None:
        return latest
    base = find_leaflet(slug, language, shipped_leaflets())
    if base is None:
        return None
    questions = [asdict(question) for question in base.questions]
    return LeafletText(slug=slug, language=language, title=base.title, body=base.body, questions=questions)


def _take(text: LeafletText, kind: TextState, by: Practitioner, now: datetime, *, after: TextState) -> None:
    assert kind in STEPS
    assert text.clinic_id is not None, "what ships has no steps"
    if kind != TextState.WITHDRAWN:
        refuse_forbidden(text.language, text.title, text.body, *map(said_by, text.asked))
    with transaction.atomic():
        Clinic.objects.select_for_update(no_key=True).get(pk=text.clinic_id)
        state = LeafletText.objects.prefetch_related("steps").get(pk=text.pk).state
        if state != after:
            raise CannotEdit(_("This text has been changed since you opened it. Look at it again."))
        TextStep.objects.create(text=text, kind=kind, taken_by=by, taken_at=now)


def _fingerprint(text: LeafletText) -> str:
    named = ("clinic_id", "slug", "language", "version", "title", "body", "questions")
    return digest_of({name: getattr(text, name) for name in named})
