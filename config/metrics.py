"""`/metrics` in the words of Prometheus: read from the database at each scrape, so that every process says the same."""

from __future__ import annotations

import hmac
from collections.abc import Iterator

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry, Metric
from prometheus_client.core import GaugeMetricFamily, SummaryMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from alerts import metrics


class AlertCollector(Collector):
    """The figures of `alerts.metrics` as Prometheus reads them."""

    def collect(self) -> Iterator[Metric]:
        yield from _stages()
        waiting = metrics.waiting()
        yield _gauge("alert_oldest_due_seconds", "Age of the longest waiting due page; 0: none.", waiting.oldest_due_s)
        yield _gauge("alert_oldest_climb_seconds", "How late the latest climb is; 0: none.", waiting.oldest_climb_s)
        yield _gauge("alert_attempts_unknown", "Attempts that never came to an end.", waiting.unknown_attempts)
        counts = GaugeMetricFamily("alert_open", "Alerts that are not closed.", labels=["urgency", "state"])
        for (urgency, state), count in metrics.open_alerts().items():
            counts.add_metric([urgency.code, state], count)
        yield counts
        age = metrics.canary_age_s()
        if age is not None:
            yield _gauge("alert_canary_age_seconds", "Since the synthetic patient's page last arrived.", age)
        beats = GaugeMetricFamily("process_silent_seconds", "Since a process last showed life.", labels=["process"])
        for name, silent_s in metrics.heartbeat_ages_s().items():
            beats.add_metric([name], silent_s)
        yield beats


def _stages() -> Iterator[Metric]:
    """For each stage a summary by urgency, and its quantiles over the last 24 hours."""
    stages = metrics.stages()
    for name in metrics.STAGES:
        title = f"alert_time_to_{name}_seconds"
        summary = SummaryMetricFamily(title, f"Time to {name}, of alerts of the last 24 hours.", labels=["urgency"])
        quantiles = GaugeMetricFamily(f"{title}_quantile", f"Time to {name}.", labels=["urgency", "quantile"])
        for stage in (one for one in stages if one.name == name):
            summary.add_metric([stage.urgency.code], stage.count, stage.seconds)
            for quantile, seconds in zip(metrics.QUANTILES, stage.quantiles, strict=True):
                quantiles.add_metric([stage.urgency.code, str(quantile)], seconds)
        yield summary
        yield quantiles


def _gauge(name: str, meaning: str, value: float | None) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, meaning, value=value or 0)


@require_safe
@never_cache
def show(request: HttpRequest) -> HttpResponse:
    """All figures. With METRICS_TOKEN set, only for who brings it as a bearer token."""
    token = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "")
    if token and not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        return HttpResponse("Unauthorized\n", status=401, content_type="text/plain")
    registry = CollectorRegistry()
    registry.register(AlertCollector())
    try:
        return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
    except DatabaseError:
        return HttpResponse("The database does not answer\n", status=503, content_type="text/plain")
