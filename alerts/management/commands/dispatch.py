"""`manage.py dispatch`: delivers alerts straight from PostgreSQL, beside Celery or without it."""

from __future__ import annotations

import signal
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from alerts.dispatching import Dispatcher
from alerts.escalating import escalate_due
from alerts.notifying import deliver_due


class Command(BaseCommand):
    help = "Deliver pages and let alerts climb until SIGTERM. Needs PostgreSQL and the mail server, nothing else."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--threads", type=int, default=getattr(settings, "DISPATCH_THREADS", 4), help="Senders at the same time."
        )
        parser.add_argument("--once", action="store_true", help="Let climb and deliver what is due, then end.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            escalate_due()
            while deliver_due():
                pass
            return
        dispatcher = Dispatcher(threads=max(1, options["threads"]))
        pool = connection.settings_dict["OPTIONS"]["pool"]  # made with the first connection, of which there is none yet
        pool["max_size"] = max(pool["max_size"], dispatcher.connections)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: dispatcher.stop())
        self.stdout.write("dispatching")
        self.stdout.flush()
        dispatcher.run()
        self.stdout.write("stopped")
