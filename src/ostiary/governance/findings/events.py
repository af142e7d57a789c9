"""Events of controls: that a grave one fails now, and that an account was looked at for the first time."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from ostiary.audit import AuditEvent, describe_deed
from ostiary.directory.findings import KeptFinding
from ostiary.governance.controls import Control, Severity
from ostiary.governance.findings.naming import control_id
from ostiary.values.fault import Fault
from ostiary.values.identifiers import AccountId

GRAVE = frozenset({Severity.CRITICAL, Severity.HIGH})


def describe_failure(account: AccountId, control: Control, finding: KeptFinding, *, now: datetime) -> AuditEvent:
    """Return the event of a resource that newly fails a control."""
    parameters = {
        "control": control_id(control),
        "resource": finding.resource_arn,
        "title": control.title,
        "severity": control.severity.value,
        "reason": finding.reason,
    }
    return describe_deed("FindingFailed", account, now=now, parameters=parameters)


def describe_breakage(account: AccountId, control: str, error: str, *, now: datetime) -> AuditEvent:
    """Return the event of a control, by its key, that cannot be asked since it breaks: what it said before stands."""
    fault = Fault("InternalFailure", f"The control could not be evaluated: {error}", status=500)
    return describe_deed("ControlNotEvaluated", account, now=now, parameters={"control": control}, error=fault)


def describe_first_evaluation(account: AccountId, failing: Iterable[Control], *, now: datetime) -> AuditEvent:
    """Return the event of an account's first evaluation: what fails then is told once, in numbers.

    Args:
        account: the account.
        failing: the control of each finding that fails.
        now: when.
    """
    counted = Counter(control.severity for control in failing)
    parameters = {"failing": {severity.value.lower(): counted[severity] for severity in Severity}}
    return describe_deed("ControlsFirstEvaluated", account, now=now, parameters=parameters)
