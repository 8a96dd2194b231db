"""Which text of each leaflet the clinic's patients are shown in each language, and whether it has been reviewed."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from education.catalogue import Catalogue, Leaflet, shipped_leaflets
from education.models import LeafletApproval, LeafletText
from education.texts import leaflets_by_clinic
from education.titles import leaflet_title
from symptoms.admin.moments import write_day
from symptoms.admin.tables import Cell, Section
from symptoms.admin.words import say
from symptoms.models import Clinic
from symptoms.models.fields import LANGUAGES


def leaflets_in_use(clinic: Clinic) -> Section:
    """One row for each leaflet, one column for each language, each text to be read. Three queries."""
    catalogue = leaflets_by_clinic([clinic.pk])[clinic.pk]
    own = dict(LeafletText.objects.filter(clinic=clinic).values_list("text_id", "pk"))
    approvals = LeafletApproval.objects.filter(clinic=clinic).select_related("approved_by__user")
    approved = {one.text_hash: one for one in approvals}
    slugs = sorted({slug for slug, _language in shipped_leaflets()})
    return Section(
        _("Leaflets in use"),
        (_("Leaflet"), *(name for _code, name in LANGUAGES)),
        tuple(_row(slug, catalogue, own, approved) for slug in slugs),
        empty="",
        note=_("A text of the clinic's own stands in the place of the product's once it is published."),
    )


def _row(
    slug: str, catalogue: Catalogue, own: Mapping[str, int], approved: Mapping[str, LeafletApproval]
) -> tuple[Cell, ...]:
    texts = (catalogue.get((slug, language)) for language, _name in LANGUAGES)
    return (Cell(leaflet_title(slug)), *(_cell(leaflet, own, approved) for leaflet in texts))


def _cell(leaflet: Leaflet | None, own: Mapping[str, int], approved: Mapping[str, LeafletApproval]) -> Cell:
    """The state of one text; a clinic's own leads to its page."""
    if leaflet is None:
        return Cell(_("none, English is shown"), tone="urgent")
    state = _("reviewed on %(date)s") % {"date": write_day(leaflet.reviewed)} if leaflet.reviewed else _("not reviewed")
    if leaflet.text_id in own:
        words = _("own text %(version)s: %(state)s") % {"version": leaflet.version, "state": state}
        return Cell(words, reverse("admin:education_leaflettext_change", args=[own[leaflet.text_id]]))
    approval = approved.get(leaflet.text_id)
    if approval is not None:
        state = approved_in_words(approval)
    words = _("the product's text %(version)s: %(state)s") % {"version": leaflet.version, "state": state}
    query = {"slug": leaflet.slug, "language": leaflet.language}
    address = reverse("admin:education_leafletapproval_product", query=query)
    return Cell(words, address, tone="good" if approval or leaflet.reviewed else "urgent")


def approved_in_words(approval: LeafletApproval) -> str:
    """Who approved a text, as what, and when."""
    words = {
        "who": approval.approved_by, "role": say(approval.role), "date": write_day(approval.approved_at),
    }  # fmt: skip
    return _("approved by %(who)s (%(role)s) on %(date)s") % words
