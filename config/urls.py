"""Every door of the web server."""

from django.contrib import admin
from django.urls import path

from config import health

urlpatterns = [
    path("health/live", health.live),
    path("health/ready", health.ready),
    path("admin/", admin.site.urls),
]
