from django.apps import AppConfig


class EducationConfig(AppConfig):
    """What patients are taught, when, and whether it arrived."""

    name = "education"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from education import checks  # noqa: F401  (registers the system checks)
