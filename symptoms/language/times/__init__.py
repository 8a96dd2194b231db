"""The times that a clause tells, as days before today."""
