"""How staff sign in to the clinician site: a password and a second factor, by django-allauth, within our own limits."""
