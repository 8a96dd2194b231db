"""Every door of the web server."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path
from django.utils.html import format_html
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularSwaggerSplitView

from config import health, metrics, refusals
from config.openapi import Document
from config.privacy import api as privacy
from config.privacy import site
from symptoms.admin import emergency
from symptoms.admin.recording import RecordedAutocomplete
from symptoms.sign_in.own_password import change_own_password

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign, no-untyped-call]
admin.site.empty_value_display = format_html('<span class="no-value">{}</span>', "–")

handler400 = refusals.bad_request
handler403 = refusals.forbidden
handler404 = refusals.not_found
handler500 = refusals.server_error

urlpatterns = [
    path("api/v1/", include("symptoms.api.urls")),
    path("api/v1/", include("alerts.api.urls")),
    path("api/v1/", include("education.api.urls")),
    path("fhir/", include("config.fhir.urls")),
    path("", RedirectView.as_view(pattern_name="admin:index")),
    path("health/live", health.live),
    path("health/serving", health.serving),
    path("health/ready", health.ready),
    path("health/alerting", health.alerting),
    path("metrics", metrics.show),
    path("sign-in/", include("symptoms.sign_in.urls")),
    path("admin/autocomplete/", admin.site.admin_view(RecordedAutocomplete.as_view(admin_site=admin.site))),
    path("admin/emergency/", emergency.ask, name="emergency"),
    path("admin/emergency/<int:access_id>/", emergency.show, name="emergency_record"),
    path("admin/symptoms/patient/<uuid:patient_id>/export.<str:form>", site.export, name="patient-export"),
    path("admin/password_change/", admin.site.admin_view(change_own_password), name="own_password"),
    path("admin/", admin.site.urls),
    path("api/v1/schema", Document.as_view(), name="schema"),
    path("api/v1/docs", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="docs"),
    path("api/v1/me/export", privacy.Export.as_view(), name="export"),
    path("api/v1/me/export.html", privacy.ExportPage.as_view(), name="export-page"),
    path("api/v1/erasure", privacy.Erasures.as_view(), name="erasure"),
    path("", include("alerts.urls")),
]
