"""Second factors that are taken away."""

from collections.abc import Iterator

from ostiary.audit import AuditEvent
from ostiary.directory.entities import EntityKind
from ostiary.governance.alerts.evidence import Evidence
from ostiary.governance.alerts.raised import Raised, actor_of, parameters_of, text_in
from ostiary.values.arn import root_arn


def deactivated(event: AuditEvent, evidence: Evidence) -> Iterator[Raised]:
    """Tell of a device of any kind, passkeys too, that is no longer anybody's."""
    name = text_in(parameters_of(event), "userName")
    # Who names nobody takes away a device of their own; at the server's machine that is the root user's.
    owner = evidence.arn_of(EntityKind.USER, name) if name else actor_of(event) or root_arn(evidence.account)
    whose = "the root user" if owner == root_arn(evidence.account) else owner.rpartition("/")[2]
    yield Raised("mfa-removed", f"An MFA device of {whose} was taken away", owner)


def deleted(event: AuditEvent, _evidence: Evidence) -> Iterator[Raised]:
    """Tell of a virtual device that is gone."""
    serial_number = text_in(parameters_of(event), "serialNumber")
    yield Raised("mfa-device-deleted", f"The virtual MFA device {serial_number} was deleted", serial_number)
