from django.apps import AppConfig


class AlertsConfig(AppConfig):
    """Alerts, the pages that carry them, visits and reminders."""

    name = "alerts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from alerts import checks  # noqa: F401  (registers the system checks)
