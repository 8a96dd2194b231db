from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EducationConfig(AppConfig):
    """What patients are taught, when, and whether it arrived."""

    name = "education"
    verbose_name = _("Education")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from education import checks  # noqa: F401  (registers the system checks)
