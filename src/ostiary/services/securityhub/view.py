"""A finding as Security Hub sees it: with its control, and what both together come to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from ostiary.directory.findings import KeptFinding
from ostiary.governance.controls import Control, Severity, Status
from ostiary.values.identifiers import AccountId

NORMALIZED: Mapping[Severity, int] = MappingProxyType(
    {
        Severity.INFORMATIONAL: 0,
        Severity.LOW: 1,
        Severity.MEDIUM: 40,
        Severity.HIGH: 70,
        Severity.CRITICAL: 90,
    }
)
"""Source: https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_Severity.html"""


@dataclass(frozen=True, slots=True)
class View:
    """A finding of an account, with its control."""

    account: AccountId
    control: Control
    finding: KeptFinding
    evaluated_at: datetime
    """When the account was last looked at."""
    error: str | None = None
    """Why its control could not be asked then: the kind of error."""

    @property
    def severity(self) -> Severity:
        """How grave it is: what passes is no issue."""
        return severity_of(self.control, self.finding.status)

    @property
    def observed_at(self) -> datetime:
        """When it was last seen to be so: with each evaluation, for as long as the resource is there."""
        return self.finding.updated_at if self.finding.archived or self.error else self.evaluated_at

    @property
    def record_state(self) -> str:
        """Whether the resource is there."""
        return record_state(archived=self.finding.archived)


def severity_of(control: Control, status: str) -> Severity:
    """Return how grave it is that a control says this of a resource."""
    return Severity.INFORMATIONAL if status == Status.PASSED.value else control.severity


def record_state(*, archived: bool) -> str:
    """Return the state of a finding as Security Hub has it."""
    return "ARCHIVED" if archived else "ACTIVE"


def moment_text(moment: datetime) -> str:
    """Return a time as findings have it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")
