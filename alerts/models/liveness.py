"""Signs of life of the processes that carry alerts."""

from django.db import models


class Heartbeat(models.Model):
    """When a process last showed that it lives: ``worker``, ``beat``, ``dispatcher``, ``escalator``, ``auditor``.

    The auditor leaves what it found wrong in `findings`; nothing found, nothing wrong.
    """

    name = models.CharField(max_length=40, primary_key=True)
    beat_at = models.DateTimeField()
    findings = models.JSONField(default=list, db_default=[], blank=True)

    def __str__(self) -> str:
        return self.name


class PeriodicRun(models.Model):
    """That a periodic job ran for a slot of time. Two beats that fire the same slot run it once."""

    job = models.CharField(max_length=80)
    slot = models.DateTimeField()
    started_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "slot"], name="one_run_per_job_and_slot")]

    def __str__(self) -> str:
        return f"{self.job} at {self.slot:%Y-%m-%d %H:%M:%S}"
