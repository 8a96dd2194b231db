"""The least that a Django project needs, on the same database server as the product.

With `FLOORS_ON=django` as Django ships it: its own backend, one persistent connection for each thread. Otherwise on the
product's backend, with its pool and its prepared statements.
"""

import os

import environ

from config.settings import ALLOWED_HOSTS, DATABASES, SECRET_KEY  # noqa: F401  (settings)

if os.environ.get("FLOORS_ON") == "django":
    DATABASES = {"default": environ.Env.db_url_config(os.environ["DATABASE_URL"]) | {"CONN_MAX_AGE": None}}  # type: ignore[no-untyped-call]  # django-environ has no types

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "rest_framework",
    "rest_framework.authtoken",
    "benchmarks.load.floors",
]
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
ROOT_URLCONF = "benchmarks.load.floors.urls"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
}
