from django.apps import AppConfig


class SymptomsConfig(AppConfig):
    """Patients, their reports, and what the reports mean."""

    name = "symptoms"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from symptoms import checks  # noqa: F401  (registers the system checks)
