"""Second factors that are taken away."""

from collections.abc import Iterator

from ostiary.audit import AuditEvent
from ostiary.directory.entities import EntityKind
from ostiary.governance.alerts.evidence import Evidence
from ostiary.governance.alerts.raised import Raised, actor_of, parameters_of
from ostiary.values.arn import root_arn

_REQUIRED = "mfaRequired"


def deactivated(event: AuditEvent, evidence: Evidence) -> Iterator[Raised]:
    """Tell of a device of any kind, passkeys too, that is no longer anybody's."""
    name = parameters_of(event).get("userName")
    # Who names nobody takes away a device of their own; at the server's machine that is the root user's.
    owner = evidence.arn_of(EntityKind.USER, name) if name else actor_of(event) or root_arn(evidence.account)
    whose = "the root user" if owner == root_arn(evidence.account) else owner.rpartition("/")[2]
    yield Raised("mfa-removed", f"An MFA device of {whose} was taken away", owner)


def deleted(event: AuditEvent, _evidence: Evidence) -> Iterator[Raised]:
    """Tell of a virtual device that is gone."""
    serial_number = parameters_of(event)["serialNumber"]
    yield Raised("mfa-device-deleted", f"The virtual MFA device {serial_number} was deleted", serial_number)


def settings_changed(event: AuditEvent, evidence: Evidence) -> Iterator[Raised]:
    """Tell when people need no second factor any more; unless the trail says that they needed none before."""
    if parameters_of(event).get(_REQUIRED) is not False:
        return
    before = (asked[_REQUIRED] for asked in evidence.earlier(event.name, event.source) if _REQUIRED in asked)
    if next(before, True):
        title = "People can sign in to the console without a second factor from now on"
        yield Raised("mfa-no-longer-required", title, root_arn(evidence.account))
