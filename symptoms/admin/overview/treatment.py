"""The treatment on the page of a patient: dose and interruptions, and the CTCAE grades that clinicians gave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from symptoms.admin.grading import words_of_taking_back
from symptoms.admin.moments import write_day, write_for_both
from symptoms.admin.overview.parts import Part, Period, patient_part
from symptoms.admin.tables import Cell, Section
from symptoms.admin.words import say
from symptoms.charts.lanes import Mark, Marks, Span, Spans
from symptoms.clinical.dosing import DoseStretch, dose_stretches, standing_on, stomatitis_interruptions
from symptoms.models import CtcaeGrade, DoseEvent, TreatmentCourse
from symptoms.models.course import Regimen

MOST_GRADES = 50
MOST_LISTED = 10


@patient_part(CtcaeGrade)
def show_grades(period: Period) -> Part:
    """What clinicians graded, beside what is computed from the answers and never in its place."""
    given = period.patient.ctcae_grades.select_related("graded_by__user", "taken_back__taken_back_by__user")
    grades = list(given[:MOST_GRADES])
    counting = _counting(grades)
    lane = Marks(_("CTCAE grade, by a clinician"), tuple(_grade_mark(grade) for grade in counting))
    listing = reverse("admin:symptoms_ctcaegrade_changelist")
    section = Section(
        _("CTCAE grades by clinicians"),
        (_("As seen on"), _("Adverse event"), _("Grade"), _("Version"), _("About"), _("Given by"), _("Note")),
        tuple(_grade_row(grade, period, counts=grade in counting) for grade in grades[:MOST_LISTED]),
        empty=_("None was given."),
        more_url=f"{listing}?patient__id__exact={period.patient.pk}",
    )
    return Part(lanes=(lane,), below=(section,))


def _counting(grades: Iterable[CtcaeGrade]) -> list[CtcaeGrade]:
    """Of each adverse event and day the last grade that stands; `grades` come with the last ones first."""
    last: dict[tuple[str, date], CtcaeGrade] = {}
    for grade in grades:
        if grade.is_standing:
            last.setdefault((grade.term, grade.graded_on), grade)
    return list(last.values())


def _grade_mark(grade: CtcaeGrade) -> Mark:
    words = _("%(term)s %(grade)d (v%(version)s)") % {
        "term": say(grade.term),
        "grade": grade.grade,
        "version": grade.version,
    }
    return Mark(grade.graded_on, words, "grade", words)


def _grade_row(grade: CtcaeGrade, period: Period, *, counts: bool) -> tuple[Cell, ...]:
    moment = write_for_both(grade.graded_at, period.patient)
    about = Cell("–")
    if grade.report_id:
        about = Cell(_("a report"), reverse("admin:symptoms_symptomreport_change", args=[grade.report_id]))
    elif grade.episode_id:
        about = Cell(_("an episode"), reverse("admin:symptoms_episode_change", args=[grade.episode_id]))
    words = str(grade.grade) if counts else _("%(grade)d, replaced by a later one") % {"grade": grade.grade}
    notes = [grade.note]
    if not grade.is_standing:
        words = _("%(grade)d, taken back") % {"grade": grade.grade}
        notes.append(_("Taken back: %(words)s") % {"words": words_of_taking_back(grade)})
    return (
        Cell(write_day(grade.graded_on), reverse("admin:symptoms_ctcaegrade_change", args=[grade.pk])),
        Cell(say(grade.term)),
        Cell(words),
        Cell(_("CTCAE %(version)s") % {"version": grade.version}),
        about,
        Cell(_("%(who)s, %(when)s") % {"who": grade.graded_by, "when": moment}),
        Cell("\n".join(filter(None, notes)) or "–"),
    )


@patient_part(TreatmentCourse)
def show_dose(period: Period) -> Part:
    """The daily dose of all courses as one lane, and the dose log as a table, the latest line first."""
    events = list(DoseEvent.objects.filter(course__patient=period.patient).select_related("recorded_by"))
    spans = tuple(span for course in period.courses for span in _spans(course, events, period))
    interruptions = stomatitis_interruptions(event.line for event in events)
    note = _("Interruptions for stomatitis so far: %(number)d (S-09).") % {"number": interruptions}
    course = period.course
    section = Section(
        _("Dose log"),
        (_("Day"), _("What"), _("Daily dose"), _("Reason"), _("Note"), _("Recorded by")),
        (*(_event_row(event) for event in events[::-1][:MOST_LISTED]), *_starts(period.courses)),
        empty=_("There is no course of treatment."),
        note=note,
        more_url=reverse("admin:symptoms_treatmentcourse_change", args=[course.pk]) if course else "",
    )
    return Part(lanes=(Spans(_("Everolimus: daily dose and interruptions"), spans),), below=(section,))


def _spans(course: TreatmentCourse, events: Iterable[DoseEvent], period: Period) -> Iterator[Span]:
    until = course.ended_on - timedelta(days=1) if course.ended_on else max(period.today, course.first_dose_on)
    log = [event.line for event in events if event.course_id == course.pk]
    for stretch in dose_stretches(course.first_dose_on, course.starting_dose_mg, log, until):
        words = dose_words(stretch)
        days = {"what": words, "first": write_day(stretch.first), "last": write_day(stretch.last)}
        label = _("%(what)s, from %(first)s to %(last)s") % days
        yield Span(stretch.first, stretch.last, words, "dose" if stretch.dose_mg is not None else "interrupted", label)


def dose_words(stretch: DoseStretch) -> str:
    """The daily dose of a stretch, or why there was none."""
    if stretch.dose_mg is None:
        return _("interrupted: %(reason)s") % {"reason": say(stretch.reason or "other")}
    return written_dose(stretch.dose_mg)


def dose_now(course: TreatmentCourse, events: Iterable[DoseEvent], today: date) -> tuple[str, bool]:
    """What the dose log says of today, and whether the drug is not taken, though the course goes on."""
    log = [event.line for event in events]
    if standing := standing_on(log, today):
        said = {"what": say(standing.kind), "day": write_day(standing.happened_on), "reason": say(standing.reason)}
        return _("%(what)s since %(day)s (%(reason)s)") % said, True
    stretches = dose_stretches(course.first_dose_on, course.starting_dose_mg, log, today)
    if not stretches or stretches[-1].last < today:
        return "–", False
    return dose_words(stretches[-1]), False


def written_regimen(course: TreatmentCourse) -> str:
    """The drugs, with the dose beside the one that it is of."""
    drug = say("temsirolimus" if course.regimen == Regimen.HORIZON else "everolimus")
    dose = {"regimen": say(course.regimen), "drug": drug, "dose": written_dose(course.starting_dose_mg)}
    return _("%(regimen)s, at the start %(drug)s %(dose)s daily") % dose


def written_dose(dose_mg: Decimal) -> str:
    return _("%(dose)s mg") % {"dose": f"{dose_mg.normalize():f}"}


def _event_row(event: DoseEvent) -> tuple[Cell, ...]:
    who = event.recorded_by
    return (
        Cell(write_day(event.happened_on), reverse("admin:symptoms_treatmentcourse_change", args=[event.course_id])),
        Cell(say(event.kind), tone="interrupted" if event.kind == "interrupted" else ""),
        Cell(written_dose(event.dose_mg) if event.dose_mg is not None else "–"),
        Cell(say(event.reason)),
        Cell(event.note or "–"),
        Cell(who.get_full_name() or who.get_username() if who else "–"),
    )


def _starts(courses: Iterable[TreatmentCourse]) -> Iterator[tuple[Cell, ...]]:
    """The beginning of each course, which the dose log itself does not hold."""
    for course in courses:
        yield (
            Cell(write_day(course.first_dose_on), reverse("admin:symptoms_treatmentcourse_change", args=[course.pk])),
            Cell(_("started")),
            Cell(written_dose(course.starting_dose_mg)),
            Cell("–"),
            Cell(say(course.regimen)),
            Cell("–"),
        )
