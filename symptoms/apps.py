from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SymptomsConfig(AppConfig):
    """Patients, their reports, and what the reports mean."""

    name = "symptoms"
    verbose_name = _("Symptoms")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from symptoms import checks  # noqa: F401  (registers the system checks)
