"""Doors of the alert side outside the API and the clinician site."""
