"""What a patient was taught, on the page of the patient: which leaflets were offered, read and understood (S-02)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db.models import Count, Max, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from education.catalogue import FALLBACK, shipped_leaflets
from education.models import LeafletOffer
from symptoms.admin.moments import write_moment
from symptoms.admin.overview.parts import Part, Period, patient_part
from symptoms.admin.tables import Cell, Section

MOST_LISTED: Final = 30


@patient_part(LeafletOffer)
def show(period: Period) -> Part:
    """One line for each leaflet: when it was first offered, last read, and how its questions were answered."""
    patient = period.patient
    offers = patient.leaflet_offers.values("slug").annotate(
        first=Min("offered_at"), times=Count("pk"), read=Max("read_at")
    )
    answers = patient.teach_back_answers.values("slug").annotate(
        right=Count("pk", filter=Q(is_right=True)), wrong=Count("pk", filter=Q(is_right=False))
    )
    open_questions = patient.misunderstandings.open().values_list("slug", flat=True)
    tested = {row["slug"]: (row["right"], row["wrong"]) for row in answers}
    unclear = set(open_questions)
    section = Section(
        _("Education"),
        (_("Leaflet"), _("First offered"), _("Read"), _("Questions"), _("Understood")),
        tuple(
            (
                Cell(_title(row["slug"])),
                Cell(_moment(row["first"], period)),
                Cell(_moment(row["read"], period)) if row["read"] else Cell(_("not read"), tone="quiet"),
                Cell(_answers(*tested.get(row["slug"], (0, 0)))),
                _understood(row["slug"], tested, unclear),
            )
            for row in offers.order_by("first")[:MOST_LISTED]
        ),
        empty=_("No leaflet was offered yet."),
        more_url=reverse("admin:education_leafletoffer_changelist", query={"patient__id__exact": str(patient.pk)}),
    )
    return Part(below=(section,))


def _title(slug: str) -> str:
    leaflet = shipped_leaflets().get((slug, FALLBACK))
    return leaflet.title if leaflet else slug


def _moment(moment: datetime, period: Period) -> str:
    return write_moment(moment, period.patient.zone)


def _answers(right: int, wrong: int) -> str:
    if not right + wrong:
        return "–"
    return ngettext("%(right)d of %(all)d answer right", "%(right)d of %(all)d answers right", right + wrong) % {
        "right": right,
        "all": right + wrong,
    }


def _understood(slug: str, tested: dict[str, tuple[int, int]], unclear: Iterable[str]) -> Cell:
    """Whether something is to be explained again; nothing is claimed of a leaflet whose questions nobody answered."""
    if slug in unclear:
        listing = reverse("admin:education_misunderstanding_changelist")
        return Cell(_("to explain again"), listing)
    right, _wrong = tested.get(slug, (0, 0))
    return Cell(_("yes"), tone="good") if right else Cell(_("not asked yet"))
