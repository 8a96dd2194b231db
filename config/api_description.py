"""What the OpenAPI document says of the API as a whole."""

from typing import Final

API_DESCRIPTION: Final = """\
For the mobile app of a hospital's patients. It asks about symptoms, tells the patient at once what to do, and tells
the care team.

**`advice` first.** Where an answer has `advice`, the app shows it before anything else: it is there from the first
urgent finding on, and it names the number to call.

**Show the message of an error** to who reports: it says whom to call, and what was refused may be urgent all the same.

**Safe to repeat.** Whatever adds something takes a `client_id`, a UUID that the app makes and keeps until it has an
answer. The same id with the same body returns the same answer and changes nothing; with another body it is 409. All
other writes set something, and may be repeated as they are. Each call, and what comes back: docs/api/retries.md.

**Errors** have one shape: `{"error": {"code", "message", "fields"}}`; `fields` maps a field or slot to what is wrong.
Whom to call is told in the patient's language; what is wrong with a field is told to developers, in English.

**JSON only**, in UTF-8, without NUL characters, at most a million bytes and eight levels deep. Times are RFC 3339 in
UTC. A phone's own time is kept and never refused; one that cannot be is not believed, and lowers no urgency.

**Lists** are pages: follow `next` until it is null.

**Somebody else's object** is 404, like one that does not exist.

How the API changes, and how long an old way keeps working: docs/api/CHANGELOG.md."""

API_TAGS: Final = [
    {"name": "activate", "description": "Letting a device in."},
    {"name": "session", "description": "The token of this device."},
    {"name": "sessions", "description": "All devices that are in."},
    {"name": "carers", "description": "Who reports in the patient's name, each from a device of their own."},
    {"name": "consent", "description": "What the patient agrees to, and taking it back."},
    {"name": "erasure", "description": "Asking to be erased."},
    {"name": "me", "description": "The patient, and what they may change about the service."},
    {"name": "conversations", "description": "The check-in as a talk."},
    {"name": "reports", "description": "The check-in as a form, kept offline or not; and what became of it."},
    {"name": "leaflets", "description": "What patients are taught, and whether it arrived."},
    {"name": "visits", "description": "Visits to the clinic."},
    {"name": "reminders", "description": "What the patient is reminded of or asked."},
    {"name": "devices", "description": "Where pushes go."},
]
