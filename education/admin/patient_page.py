"""What a patient was taught, on the page of the patient: which leaflets were offered, read and understood (S-02)."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db.models import Max, Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from education.models import LeafletOffer
from education.titles import leaflet_title
from symptoms.admin.moments import write_moment
from symptoms.admin.overview.parts import Part, Period, patient_part
from symptoms.admin.tables import Cell, Section
from symptoms.models import Patient

MOST_LISTED: Final = 30


@patient_part(LeafletOffer)
def show(period: Period) -> Part:
    """One line for each leaflet: when it was first offered, last read, and how its questions were answered."""
    patient = period.patient
    offers = patient.leaflet_offers.values("slug").annotate(first=Min("offered_at"), read=Max("read_at"))
    tested = _latest_answers(patient)
    unclear = set(patient.misunderstandings.open().values_list("slug", flat=True))
    section = Section(
        _("Education"),
        (_("Leaflet"), _("First offered"), _("Read"), _("Questions, last answers"), _("Understood")),
        tuple(
            (
                Cell(leaflet_title(row["slug"])),
                Cell(_moment(row["first"], period)),
                Cell(_moment(row["read"], period)) if row["read"] else Cell(_("not read"), tone="quiet"),
                Cell(_answers(tested.get(row["slug"], []))),
                _understood(tested.get(row["slug"], []), is_unclear=row["slug"] in unclear),
            )
            for row in offers.order_by("first")[:MOST_LISTED]
        ),
        empty=_("No leaflet was offered yet."),
        more_url=reverse("admin:education_leafletoffer_changelist", query={"patient__id__exact": str(patient.pk)}),
    )
    return Part(below=(section,))


def in_short(patient: Patient) -> str:
    """What was taught, in one line for the page that is printed for a visit."""
    offers = list(patient.leaflet_offers.values("slug").annotate(read=Max("read_at")))
    tested = _latest_answers(patient)
    counts = {
        "offered": len(offers),
        "read": sum(one["read"] is not None for one in offers),
        "understood": sum(all(answers) for answers in tested.values()),
        "unclear": patient.misunderstandings.open().values("slug").distinct().count(),
    }
    return _("leaflets offered %(offered)d, read %(read)d, understood %(understood)d, to explain %(unclear)d") % counts


def _moment(moment: datetime, period: Period) -> str:
    return write_moment(moment, period.patient.zone)


def _latest_answers(patient: Patient) -> dict[str, list[bool]]:
    """Of each leaflet, whether the latest answer to each of its questions that was answered is right. One query."""
    latest = patient.teach_back_answers.order_by("slug", "question", "-answered_at", "-pk").distinct("slug", "question")
    found: dict[str, list[bool]] = {}
    for slug, is_right in latest.values_list("slug", "is_right"):
        found.setdefault(slug, []).append(is_right)
    return found


def _answers(latest: list[bool]) -> str:
    if not latest:
        return "–"
    return ngettext("%(right)d of %(all)d right", "%(right)d of %(all)d right", len(latest)) % {
        "right": sum(latest),
        "all": len(latest),
    }


def _understood(latest: list[bool], *, is_unclear: bool) -> Cell:
    """Yes only when every answer that was given last is right; nothing is claimed where nobody answered."""
    if is_unclear:
        return Cell(_("to explain again"), reverse("admin:education_misunderstanding_changelist"))
    if not latest:
        return Cell(_("not asked yet"))
    return Cell(_("yes"), tone="good") if all(latest) else Cell(_("in part"), tone="urgent")
