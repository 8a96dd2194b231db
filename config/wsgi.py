"""The door of the web server."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

# A request makes some thousands of objects and no cycles to speak of; what is loaded by now stays.
gc.freeze()
gc.set_threshold(10_000, 20, 20)
