"""What Ostiary itself did or found."""

from collections.abc import Iterator

from ostiary.audit import BACKGROUND, AuditEvent
from ostiary.directory.entities import EntityKind
from ostiary.governance.alerts.evidence import Evidence
from ostiary.governance.alerts.raised import Raised, actor_of, mapping_in, parameters_of, text_in
from ostiary.governance.controls.control import Severity
from ostiary.values.arn import root_arn


def key_aged(event: AuditEvent, evidence: Evidence) -> Iterator[Raised]:
    """Tell of an access key that is to be replaced."""
    key, whose, subject = _key(event, evidence)
    yield Raised("access-key-aged", f"The access key {key} of {whose} is due for replacement", subject)


def key_updated(event: AuditEvent, evidence: Evidence) -> Iterator[Raised]:
    """Tell of an access key that was deactivated for its age; when people do that it is their own affair."""
    if mapping_in(event.body, "userIdentity").get("invokedBy") == BACKGROUND:
        key, whose, subject = _key(event, evidence)
        yield Raised("access-key-deactivated", f"The access key {key} of {whose} was deactivated for its age", subject)


def control_failed(event: AuditEvent, _evidence: Evidence) -> Iterator[Raised]:
    """Tell of a control that is newly failed, if that is grave."""
    found = parameters_of(event)
    severity = _severity(text_in(found, "severity"))
    if severity.rank <= Severity.HIGH.rank:
        resource = text_in(found, "resource")
        named = resource.rpartition(":")[2] if resource else "Something"
        title = f"{named} newly fails a control: {text_in(found, 'title') or 'one without a title'}"
        yield Raised("control-failed", title, resource, severity)


def trial_asked_for(event: AuditEvent, _evidence: Evidence) -> Iterator[Raised]:
    """Tell that somebody wants to see an alert arrive."""
    yield Raised("test", "This is a test", actor_of(event))


def _key(event: AuditEvent, evidence: Evidence) -> tuple[str, str, str]:
    """Return an access key's ID, whose it is, and the owner's ARN."""
    asked = parameters_of(event)
    key, name = text_in(asked, "accessKeyId") or "of unknown ID", text_in(asked, "userName")
    if name is None:
        return key, "the root user", root_arn(evidence.account)
    return key, name, evidence.arn_of(EntityKind.USER, name)


def _severity(text: str | None) -> Severity:
    # Of what cannot be read, the worse is told.
    return Severity(text) if text in {each.value for each in Severity} else Severity.CRITICAL
