"""The clock of the database: the one clock that all hosts share."""

from datetime import datetime

from symptoms.prepared import run


def database_now() -> datetime:
    """The present moment by the database, whatever the clock of this host says."""
    now: datetime = run("SELECT statement_timestamp()", [])[0][0]
    return now
