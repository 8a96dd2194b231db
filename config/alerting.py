"""What the clinician site says on every page while alerts may be delayed, or while the rota has gaps."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from alerts.admin import watch
from alerts.admin.warnings import warnings_for


def banner(request: HttpRequest) -> dict[str, Any]:
    """For the templates of the clinician site: `site_warnings`, looked up where a page shows them, and who reads."""
    if not request.path.startswith("/admin/"):
        return {}
    return {
        "site_warnings": SimpleLazyObject(partial(warnings_for, request)),
        "watch_seconds": watch.POLL_SECONDS,
        "watch_reader": SimpleLazyObject(partial(watch.reader_of, request)),
    }
