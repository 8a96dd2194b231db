"""Plays the main job over real HTTP and prints what happened, read back from the API, the mail sink or the database.

A clinician enrols a patient; the patient activates the app, reports four sores that make eating hard, and reads
the instruction in the same reply; the alert is raised and mailed; the clinician acknowledges it. A second patient
is reminded of the visit of day 15.
"""

from __future__ import annotations

import email
import email.policy
import json
import re
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Final

import httpx

from config import env
from symptoms.demo_password import PASSWORD

PATIENCE_S: Final = 45.0
Say = Callable[[str], None]


class DemoFailed(Exception):
    """A step of the scenario did not happen."""


def play(site: str, *, mail_folder: Path, environment: dict[str, str], say: Say) -> int:
    """Play the scenario against a running stack; 0 only when every step really happened."""
    try:
        Scenario(site, mail_folder, environment, say).play()
    except (DemoFailed, httpx.HTTPError, subprocess.SubprocessError) as error:
        say(f"FAILED: {error}")
        return 1
    return 0


class Scenario:
    """One run of the main job."""

    def __init__(self, site: str, mail_folder: Path, environment: dict[str, str], say: Say) -> None:
        self.api = f"{site}/api/v1"
        self.mail_folder = mail_folder
        self.environment = environment
        self.say = say
        self.nurse = Browser(site)

    def play(self) -> None:
        self.say("\n== A nurse signs in and enrols a patient")
        self.nurse.sign_in("kim", self.manage("demo_code", "kim").strip())
        code = self.enrol()
        self.say("\n== The patient activates the app and reports")
        app = self.activate(code)
        patient = app.get(f"{self.api}/me").json()["id"]
        report = self.talk(app)
        self.say("\n== The alert")
        alert = self.wait_for("the alert", lambda: self.alert_of(patient))
        self.say(f"alert {alert['id']}: {alert['problem']}, {alert['urgency']}, {alert['state']}, {alert['rules']}")
        self.show_mail("the page to the nurse", [page["id"] for page in alert["notifications"]])
        self.nurse.submit(f"/admin/alerts/alert/{alert['id']}/acknowledge/", {})
        alert = self.wait_for("the acknowledgement", lambda: self.alert_of(patient, state="acknowledged"))
        self.say(f"alert {alert['id']}: {alert['state']}; pages: {alert['notifications']}")
        self.expect(report["urgency"] == alert["urgency"], "report and alert are equally urgent")
        self.say("\n== A second patient is reminded of day 15")
        self.remind()
        self.say("\nEvery step happened.")

    def enrol(self) -> str:
        """Enrol the first patient through the clinician site; returns the activation code shown there."""
        today = datetime.now(UTC).date()
        page = self.nurse.submit(
            "/admin/symptoms/patient/enrol/",
            {
                "full_name": "Ada Demonstration",
                "phone": "+32 2 555 03 10",
                "language": "en",
                "time_zone": "Europe/Brussels",
                "regimen": "everolimus_exemestane",
                "starting_dose_mg": "10",
                "first_dose_on": (today - timedelta(days=9)).isoformat(),
                "baseline_ct_on": (today - timedelta(days=12)).isoformat(),
                "is_bath_prescribed": "true",
            },
        )
        found = re.search(r'id="activation-code"[^>]*>\s*([0-9A-Z-]+)\s*<', page.text)
        if found is None:
            raise DemoFailed("the site shows no activation code")
        self.say(f"enrolled, first dose 9 days ago; activation code {found[1]}")
        return found[1]

    def activate(self, code: str) -> httpx.Client:
        """A phone that is let in by the code."""
        answer = httpx.post(f"{self.api}/activate", json={"code": code, "device_name": "demonstration phone"})
        self.expect(answer.status_code == 200, f"activation answers 200, not {answer.status_code}")
        body = answer.json()
        self.say(f"activated; day {body['patient']['course']['day_number']} of treatment")
        return httpx.Client(headers={"Authorization": f"Bearer {body['token']}"}, timeout=30)

    def talk(self, app: httpx.Client) -> dict[str, Any]:
        """The check-in, printed as it is said; returns the report as the API gives it afterwards."""
        answers: dict[str, dict[str, Any]] = {
            "symptoms": {"choices": ["mouth_sores"]},
            "mouth_sores.count": {"number": 4},
            "mouth_sores.onset_on": {"number": 2},
            "mouth_sores.intake": {"choice": "reduced"},
            "mouth_sores.severity": {"choice": "2"},
            "mouth_sores.interference": {"choice": "2"},
            "mouth_sores.bath_started": {"choice": "yes"},
            "fever.temperature_c": {"number": 36.9},
        }
        turn = app.post(f"{self.api}/conversations", json={"client_id": str(uuid.uuid4())}).json()
        told_at = None
        while turn["expects"] is not None:
            slot = turn["expects"]["slot"]
            path = f"{self.api}/conversations/{turn['conversation']['id']}/messages"
            turn = app.post(path, json={"client_id": str(uuid.uuid4()), **answers[slot]}).json()
            if turn["advice"] and told_at is None:
                told_at = slot
        for message in app.get(f"{self.api}/conversations/{turn['conversation']['id']}").json()["messages"]:
            self.say(f"  {message['sender']:>7}: {message['text'].replace(chr(10), chr(10) + ' ' * 11)}")
        self.expect(told_at == "mouth_sores.count", "the instruction came in the reply to the count of four")
        report: dict[str, Any] = app.get(f"{self.api}/reports/{turn['report']['id']}").json()
        self.expect(report["urgency"] == "urgent", "the report is urgent")
        for finding in report["findings"]:
            self.say(f"finding {finding['rule']} ({finding['urgency']}, {finding['source']}): {finding['text']}")
        return report

    def remind(self) -> None:
        """Enrol the second patient as of a fortnight ago and wait for the reminder that beat delivers."""
        enrolled = json.loads(self.manage("enrol_for_day_15"))
        app = self.activate(enrolled["activation_code"])

        def sent() -> dict[str, Any] | None:
            reminders = app.get(f"{self.api}/reminders").json()["results"]
            return next((one for one in reminders if one["kind"] == "visit_today" and one["sent_at"]), None)

        reminder = self.wait_for("the reminder of day 15", sent)
        visit = app.get(f"{self.api}/visits").json()["results"][0]
        self.say(
            f"reminder {reminder['kind']} of the {visit['kind']} visit ({visit['planned_on']}): {reminder['state']}"
        )
        self.show_mail("the reminder to the patient", [reminder["id"]])

    def alert_of(self, patient: str, *, state: str | None = None) -> dict[str, Any] | None:
        """The patient's alert as the worklist has it; with `state`, only once it is in that state."""
        alerts = map(json.loads, self.manage("worklist", "--json").splitlines())
        return next((one for one in alerts if one["patient"] == patient and state in (None, one["state"])), None)

    def manage(self, *command: str) -> str:
        """The output of a management command."""
        done = subprocess.run(
            [sys.executable, str(env.BASE_DIR / "manage.py"), *command],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise DemoFailed(f"manage.py {command[0]}: {done.stderr.strip()}")
        return done.stdout

    def show_mail(self, what: str, ids: Collection[str]) -> None:
        """Wait for the mail that one of these was sent as, and print its envelope."""
        path, mail = self.wait_for(what, lambda: self.mail_of(ids))
        self.say(f"mail to {mail['To']}: {mail['Subject']} ({path.name})")

    def mail_of(self, ids: Collection[str]) -> tuple[Path, EmailMessage] | None:
        """The first mail whose Message-ID names one of these pages or reminders."""
        for path in sorted(self.mail_folder.glob("*.eml")):
            mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            if any(one in str(mail["Message-ID"]) for one in ids):
                return path, mail
        return None

    def wait_for(self, what: str, look: Callable[[], Any]) -> Any:
        """What `look` finds, once it finds something."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            if found := look():
                return found
            time.sleep(0.2)
        raise DemoFailed(f"{what} did not come within {PATIENCE_S:.0f} s")

    def expect(self, is_so: bool, what: str) -> None:
        if not is_so:
            raise DemoFailed(f"it is not so that {what}")


class Browser:
    """A signed-in browser of the clinician site."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.client = httpx.Client(base_url=site, follow_redirects=True, timeout=30, headers={"Referer": site})

    def sign_in(self, username: str, code: str) -> None:
        self.submit("/admin/", {"login": username, "password": PASSWORD})
        page = self.submit("/sign-in/code/", {"code": code})
        if "/sign-in/" in str(page.url):
            raise DemoFailed("the log-in is refused")

    def submit(self, path: str, form: dict[str, str]) -> httpx.Response:
        """Open the page, fill its form in, keep its hidden fields, and send it. Raises DemoFailed for an error."""
        page = self.client.get(path)
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
        answer = self.client.post(str(page.url), data={**hidden, **form})
        if answer.status_code >= 400:
            raise DemoFailed(f"{path} answers {answer.status_code}")
        return answer
