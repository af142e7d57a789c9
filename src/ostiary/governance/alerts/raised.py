"""What a rule says: the alert that an event gives rise to; and how it reads the event.

INVARIANT: no rule raises, whatever stands in an event or is missing from it: one that cannot be recorded would take
others with it. tests/governance/alerts/test_any_event.py holds it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ostiary.audit import AuditEvent
from ostiary.audit.write import as_kept
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
    return mapping_in(event.body, "requestParameters")


def actor_of(event: AuditEvent) -> str | None:
    """Return the ARN of who did it, if that is known."""
    return text_in(mapping_in(event.body, "userIdentity"), "arn")


def mapping_in(values: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Return what `values` has of a name, where that has members of its own; nothing where it has not."""
    value = values.get(name)
    return value if isinstance(value, Mapping) else {}


def text_in(values: Mapping[str, Any], name: str) -> str | None:
    """Return a text that is not empty, as a database keeps it; None where there is none."""
    value = values.get(name)
    return as_kept(value) if isinstance(value, str) and value else None


def number_in(values: Mapping[str, Any], name: str) -> int | None:
    """Return a whole number; None where there is none."""
    value = values.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
