"""Every environment variable that the product reads, with its default and its meaning.

`python -m config.env` prints the table that stands in docs/operations.md.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

BASE_DIR: Final = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Variable:
    """One variable. `default` is what holds when it is unset or empty. A secret may stand in a file instead."""

    name: str
    default: str
    meaning: str

    @property
    def row(self) -> str:
        """Its line in the table; a secret has a mark."""
        mark = "†" if self.name in SECRETS else ""
        default = f"`{self.default}`" if self.default else "(unset)"
        return f"| `{self.name}`{mark} | {default} | {self.meaning} |"


SECRETS: Final = frozenset({
    "DATABASE_URL", "REDIS_URL", "EMAIL_URL", "ANYMAIL", "SECRET_KEY", "HEARTBEAT_URL", "METRICS_TOKEN", "FIELD_KEYS",
    "WEBHOOK_SECRET", "SMS_URL", "VAPID_PRIVATE_KEY",
})  # fmt: skip
"""Variables that hold a password or key. `<name>_FILE` names a file that holds the value instead."""


VARIABLES: Final = (
    Variable("DATABASE_URL", "", "PostgreSQL, `postgres://user:password@host:5432/name`. Unset: an embedded server."),
    Variable("REDIS_URL", "", "Broker, `redis://host:6379/0`. Unset: a server started under `LOCAL_DIR`."),
    Variable("EMAIL_URL", "", "`smtp://user:password@host:587`; `smtps://` for TLS from the start, `smtp+tls://` for "
             "STARTTLS. Unset: a local sink that keeps mails under `LOCAL_DIR/mail/`."),
    Variable("EMAIL_BACKEND", "alerts.transports.smtp.EmailBackend", "How mails go out; "
             "`anymail.backends.<provider>.EmailBackend` for the API of a mail provider instead of `EMAIL_URL`."),
    Variable("ANYMAIL", "", "Settings of that provider, `NAME=value` separated by commas, such as "
             "`POSTMARK_SERVER_TOKEN=...,WEBHOOK_SECRET=user:password`."),
    Variable("SECRET_KEY", "", "At least 50 random characters. Unset: made once under `LOCAL_DIR`, embedded database only."),
    Variable("SITE_URL", "http://127.0.0.1:8000", "Where people reach the site; `https://` turns on secure cookies, HSTS "
             "and the redirect to HTTPS."),
    Variable("ALLOWED_HOSTS", "", "Host names, separated by commas. Unset: the host of `SITE_URL`, and loopback."),
    Variable("TRUSTED_PROXIES", "0", "How many proxies of yours stand before the web server and add to `X-Forwarded-For`; the "
             "address of a caller is what the outermost of them saw."),
    Variable("PORT", "8000", "Port of the web server."),
    Variable("WEB_WORKERS", "2", "Processes of the web server."),
    Variable("CALLS_PER_MINUTE", "600", "Most calls of one device to the API in a minute, a large or slow one counting as several; people reach a tenth of it."),
    Variable("WEB_THREADS", "4", "Threads in each of them."),
    Variable("DISPATCH_THREADS", "4", "Senders in each dispatcher."),
    Variable("HEARTBEAT_URL", "", "Fetched every minute while the audit of alerts is clean; a dead man's switch that calls "
             "somebody when it stops. Unset: none."),
    Variable("CANARY_EMAIL", "", "Where the pages of the synthetic patient go: a mailbox that accepts and drops. Unset: none."),
    Variable("CANARY_EVERY_MINUTES", "10", "How often the synthetic patient reports."),
    Variable("METRICS_TOKEN", "", "Bearer token that `/metrics` asks for. Unset: it asks for none."),
    Variable("DEFAULT_FROM_EMAIL", "symptom-reporting@localhost", "Sender of all mails."),
    Variable("FIELD_KEYS", "", "Keys that addresses and words are encrypted with, at least 32 random characters each, separated "
             "by commas: the first encrypts, all decrypt. Unset: `SECRET_KEY`."),
    Variable("WEBHOOK_SECRET", "", "Signs what is posted to webhooks, and verifies their receipts. Unset: no webhooks."),
    Variable("WEBHOOK_HOSTS", "", "Hosts that webhooks may be on, separated by commas; a name that begins with a dot stands "
             "for all below it."),
    Variable("SMS_URL", "", "`https://<account>:<token>@api.twilio.com`, or another service with the API of Twilio. "
             "Unset: no SMS."),
    Variable("SMS_FROM", "", "Sender of all SMS: a number, or the id of a messaging service (`MG...`)."),
    Variable("VAPID_PRIVATE_KEY", "", "Key that signs Web Push: P-256, 32 bytes in base64url. Unset: no Web Push."),
    Variable("VAPID_SUBJECT", "", "Whom a push service may turn to, `mailto:...` or `https://...`."),
    Variable("WEB_PUSH_HOSTS", "fcm.googleapis.com,.push.services.mozilla.com,.notify.windows.com,.push.apple.com",
             "Push services that messages may go to; a name that begins with a dot stands for all below it."),
    Variable("FCM_CREDENTIALS", "", "File with the service account of the Firebase project. Unset: no FCM."),
    Variable("FCM_URL", "https://fcm.googleapis.com", "Where FCM answers."),
    Variable("LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR."),
    Variable("STATEMENT_TIMEOUT_MS", "5000", "Longest SQL statement in milliseconds; 0 for none, for large migrations."),
    Variable("LOCAL_STACK", "0", "Set by `make serve` and `make demo` for their processes: the database is the embedded one."),
    Variable("DEBUG", "0", "1 shows tracebacks to browsers. Never in production."),
    Variable("LOCAL_DIR", ".local", "Where the embedded servers, the mail sink and logs keep their files."),
)  # fmt: skip

_DEFAULTS: Final = {variable.name: variable.default for variable in VARIABLES}


def read(name: str) -> str:
    """The value of a variable of the table, of a secret perhaps from its file; raises KeyError for any other name."""
    given = os.environ.get(name)
    if name in SECRETS and (path := os.environ.get(f"{name}_FILE")):
        if given:
            raise SystemExit(f"{name} and {name}_FILE are both set: use one.")
        given = _read_file(f"{name}_FILE", path)
    return given or _DEFAULTS[name]


def _read_file(name: str, path: str) -> str:
    """What stands in the file, without the line end; ends the process with one line when it says nothing."""
    try:
        found = Path(path).read_text().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SystemExit(f"{name}: {path} cannot be read ({type(error).__name__}).") from error
    if not found:
        raise SystemExit(f"{name}: {path} is empty.")
    return found


def read_int(name: str) -> int:
    """The value as a whole number; ends the process with one line when it is none."""
    value = read(name)
    if not value.isdigit():
        raise SystemExit(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def read_bool(name: str) -> bool:
    """1, true, yes and on are true."""
    return read(name).lower() in ("1", "true", "yes", "on")


def read_list(name: str) -> list[str]:
    """Values separated by commas."""
    return [value.strip() for value in read(name).split(",") if value.strip()]


def read_pairs(name: str) -> dict[str, str]:
    """`NAME=value` pairs separated by commas; ends the process with one line for anything else."""
    pairs = [entry.partition("=") for entry in read_list(name)]
    if any(not separator or not key for key, separator, _ in pairs):
        raise SystemExit(f"{name} must be NAME=value, separated by commas.")
    return {key.strip(): value.strip() for key, _, value in pairs}


def local_dir() -> Path:
    """The folder of local files; a relative one lies in the project."""
    return BASE_DIR / read("LOCAL_DIR")


def markdown_table() -> str:
    """The table of all variables."""
    rows = ["| variable | default | meaning |", "|---|---|---|", *(one.row for one in VARIABLES)]
    return "\n".join(rows)


if __name__ == "__main__":
    print(markdown_table())
