"""Names and addresses that are held back at the sign-in page."""

from collections.abc import Iterator

from ostiary.audit import AuditEvent
from ostiary.governance.alerts.evidence import Evidence
from ostiary.governance.alerts.raised import Raised, actor_of, mapping_in, number_in, text_in
from ostiary.values.arn import root_arn

_LONG_SECONDS = 60
"""Shorter waits come of a few slips."""


def held_back(event: AuditEvent, evidence: Evidence) -> Iterator[Raised]:
    """Tell of a failure after which the next attempt has to wait for a minute or more."""
    waits = number_in(mapping_in(event.body, "additionalEventData"), "LockedOutForSeconds")
    if waits is None or waits < _LONG_SECONDS:
        return
    who = actor_of(event)
    address = text_in(event.body, "sourceIPAddress") or "somewhere"
    if who is None:
        title = f"Sign-ins from {address} under names that nobody has are held back after many failures"
    else:
        name = "the root user" if who == root_arn(evidence.account) else who.rpartition("/")[2]
        title = f"Sign-ins as {name} are held back after many failures, the last from {address}"
    yield Raised("sign-in-lockout", title, who)
