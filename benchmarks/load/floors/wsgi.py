"""The door of the floors' web server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.load.floors.settings"

application = get_wsgi_application()
