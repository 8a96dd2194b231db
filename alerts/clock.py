"""The clock of the database: the one clock that all senders share."""

from datetime import datetime

from django.db import connection


def database_now() -> datetime:
    """The present moment by the database, whatever the clock of this host says."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        now: datetime = cursor.fetchone()[0]
    return now
