"""Events as lines for people."""

import json
from collections.abc import Mapping
from typing import Any

from ostiary.audit import RecordedEvent
from ostiary.questions.printable import printable

HEADING = f"{'TIME':<20}  {'WHO':<28}  {'NAME':<28}  {'SERVICE':<15}  {'ERROR':<20}  ADDRESS"


def event_line(event: RecordedEvent) -> str:
    """Return an event as a line of a table; what callers sent is written so that no terminal obeys it."""
    body = json.loads(event.body)
    cells = [
        f"{event.time:%Y-%m-%dT%H:%M:%SZ}",
        f"{_who(body.get('userIdentity') or {}):<28}",
        f"{event.name:<28}",
        f"{event.source.removesuffix('.amazonaws.com'):<15}",
        f"{error_of(body) or '':<20}",
        str(body.get("sourceIPAddress") or ""),
    ]
    return printable("  ".join(cells).rstrip())


def json_line(event: RecordedEvent) -> str:
    """Return the whole of an event as a line of JSON, with escapes for what a terminal might obey."""
    if event.body.isprintable():
        return event.body
    return "".join(each if each.isprintable() else json.dumps(each)[1:-1] for each in event.body)


def error_of(body: Mapping[str, Any]) -> str | None:
    """Return why an event's deed was not done: its error code, or of one at the sign-in page that it failed."""
    if code := body.get("errorCode"):
        return str(code)
    return "Failure" if body.get("errorMessage") else None


def _who(identity: Mapping[str, Any]) -> str:
    """Return who did it: a user by name, a role's session by both names, a service by its own."""
    kind = str(identity.get("type") or "")
    arn = str(identity.get("arn") or "")
    if kind == "AssumedRole" and "/" in arn:
        return arn.partition("/")[2]
    if kind == "Root":
        return "root"
    return str(identity.get("userName") or identity.get("invokedBy") or identity.get("accessKeyId") or kind)
