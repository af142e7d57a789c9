"""What Ostiary itself did or found."""

from collections.abc import Iterator

from ostiary.audit import BACKGROUND, AuditEvent
from ostiary.directory.entities import EntityKind
from ostiary.governance.alerts.evidence import Evidence
from ostiary.governance.alerts.raised import Raised, parameters_of
from ostiary.governance.controls.control import Severity
from ostiary.values.arn import root_arn


def key_aged(event: AuditEvent, evidence: Evidence) -> Iterator[Raised]:
    """Tell of an access key that is to be replaced."""
    key, whose, subject = _key(event, evidence)
    yield Raised("access-key-aged", f"The access key {key} of {whose} is due for replacement", subject)


def key_updated(event: AuditEvent, evidence: Evidence) -> Iterator[Raised]:
    """Tell of an access key that was deactivated for its age; when people do that it is their own affair."""
    if event.body["userIdentity"].get("invokedBy") == BACKGROUND:
        key, whose, subject = _key(event, evidence)
        yield Raised("access-key-deactivated", f"The access key {key} of {whose} was deactivated for its age", subject)


def trail_broken(_event: AuditEvent, evidence: Evidence) -> Iterator[Raised]:
    """Tell of a trail that is not as it was written."""
    yield Raised("trail-broken", "The account's trail is not as it was written", root_arn(evidence.account))


def control_failed(event: AuditEvent, _evidence: Evidence) -> Iterator[Raised]:
    """Tell of a control that is newly failed, if that is grave."""
    found = parameters_of(event)
    severity = Severity(found["severity"])
    if severity.rank <= Severity.HIGH.rank:
        title = f"{found['resource'].rpartition(':')[2]} newly fails a control: {found['title']}"
        yield Raised("control-failed", title, found["resource"], severity)


def trial_asked_for(event: AuditEvent, _evidence: Evidence) -> Iterator[Raised]:
    """Tell that somebody wants to see an alert arrive."""
    yield Raised("test", "This is a test", event.body["userIdentity"].get("arn"))


def _key(event: AuditEvent, evidence: Evidence) -> tuple[str, str, str]:
    """Return an access key's ID, whose it is, and the owner's ARN."""
    asked = parameters_of(event)
    name = asked.get("userName")
    if name is None:
        return asked["accessKeyId"], "the root user", root_arn(evidence.account)
    return asked["accessKeyId"], name, evidence.arn_of(EntityKind.USER, name)
