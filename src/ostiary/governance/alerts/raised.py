"""What a rule says: the alert that an event gives rise to."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ostiary.audit import AuditEvent
from ostiary.governance.alerts.evidence import Evidence
from ostiary.governance.controls.control import Severity


@dataclass(frozen=True, slots=True)
class Raised:
    """An alert to be."""

    kind: str
    """One of `KINDS`."""
    title: str
    """A plain sentence, without its full stop."""
    subject: str | None
    """The ARN of who or what it is about."""
    severity: Severity | None = None
    """None for that of its kind."""


Rule = Callable[[AuditEvent, Evidence], Iterable[Raised]]


def parameters_of(event: AuditEvent) -> Mapping[str, Any]:
    """Return what the call that an event is about was asked with; nothing where that was not decoded."""
    return event.body.get("requestParameters") or {}


def actor_of(event: AuditEvent) -> str | None:
    """Return the ARN of who did it, if that is known."""
    arn: str | None = event.body["userIdentity"].get("arn")
    return arn
