"""Password policies that ask for less than before."""

from collections.abc import Iterator, Mapping
from typing import Any

from ostiary.audit import AuditEvent
from ostiary.governance.alerts.evidence import Evidence
from ostiary.governance.alerts.raised import Raised, number_in, parameters_of
from ostiary.values.arn import root_arn

_KIND = "password-policy-weakened"
_SWITCHES = (
    "requireSymbols",
    "requireNumbers",
    "requireUppercaseCharacters",
    "requireLowercaseCharacters",
    "hardExpiry",
)
_LENGTH = "minimumPasswordLength"
_LENGTH_DEFAULT = 6
_FOR_EVER = 10_000
"""More days than passwords may be told to last."""
_WITHOUT_POLICY = {_LENGTH: 8}
"""What an account without a policy asks for, as far as it can be compared."""


def updated(event: AuditEvent, evidence: Evidence) -> Iterator[Raised]:
    """Tell of a policy that asks for less in any way than the one that the trail told of last."""
    before = next(evidence.earlier(event.name, event.source), _WITHOUT_POLICY)
    if weaker := ", ".join(_weaker(before, parameters_of(event))):
        yield Raised(_KIND, f"The password policy asks for less than before: {weaker}", root_arn(evidence.account))


def deleted(_event: AuditEvent, evidence: Evidence) -> Iterator[Raised]:
    """Tell of a policy that is gone."""
    yield Raised(_KIND, "The password policy was deleted", root_arn(evidence.account))


def _weaker(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    shorter = _length(after)
    if shorter < _length(before):
        yield f"passwords of {shorter} characters"
    for switch in _SWITCHES:
        if before.get(switch) and not after.get(switch):
            yield f"no {switch}"
    oldest = number_in(before, "maxPasswordAge")
    if oldest and (number_in(after, "maxPasswordAge") or _FOR_EVER) > oldest:
        yield "passwords may grow older"
    if (number_in(after, "passwordReusePrevention") or 0) < (number_in(before, "passwordReusePrevention") or 0):
        yield "fewer former passwords are refused"


def _length(policy: Mapping[str, Any]) -> int:
    length = number_in(policy, _LENGTH)
    return _LENGTH_DEFAULT if length is None else length
