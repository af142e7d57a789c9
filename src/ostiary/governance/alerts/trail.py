"""What is done to the record itself."""

from collections.abc import Iterator

from ostiary.audit import AuditEvent
from ostiary.governance.alerts.evidence import Evidence
from ostiary.governance.alerts.raised import Raised, parameters_of
from ostiary.governance.controls.control import Severity
from ostiary.values.arn import root_arn

_CHANGED = "trail-changed"


def broken(_event: AuditEvent, evidence: Evidence) -> Iterator[Raised]:
    """Tell of a trail that is not as it was written."""
    yield Raised("trail-broken", "The account's trail is not as it was written", root_arn(evidence.account))


def begun_anew(_event: AuditEvent, evidence: Evidence) -> Iterator[Raised]:
    """Tell of a chain that was begun over events that were there before, which nothing proves any more."""
    title = "The trail's chain was begun anew in an account that was not new"
    yield Raised(_CHANGED, title, root_arn(evidence.account), Severity.CRITICAL)


def resumed(_event: AuditEvent, evidence: Evidence) -> Iterator[Raised]:
    """Tell of a trail that goes on from where it was not left."""
    title = "An operator let the trail go on though it did not end where it was left"
    yield Raised(_CHANGED, title, root_arn(evidence.account))


def pruned(event: AuditEvent, evidence: Evidence) -> Iterator[Raised]:
    """Tell of events that an operator deleted; those that the account's setting lets go are expected."""
    if "trailRetentionDays" not in parameters_of(event):
        yield Raised(_CHANGED, "An operator deleted events of the trail", root_arn(evidence.account))
