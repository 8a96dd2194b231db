"""Which leaflet was offered to whom, and whether it was read (S-02)."""

from __future__ import annotations

from django.db import models

from symptoms.models import Patient, SymptomReport


class LeafletOffer(models.Model):
    """That a leaflet was offered to a patient, in an exact version, and when it was read.

    A leaflet is offered once per occasion: the report that called for it, or the start of treatment.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="leaflet_offers")
    slug = models.SlugField()
    version = models.CharField(max_length=20)
    language = models.CharField(max_length=2)
    report = models.ForeignKey(
        SymptomReport, on_delete=models.PROTECT, related_name="leaflet_offers", null=True, blank=True
    )
    offered_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-offered_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "slug", "report"], nulls_distinct=False, name="one_offer_per_leaflet_and_occasion"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slug} {self.version}"
