"""Standards that the controls are part of: those of which Security Hub's documentation says so.

Source: https://docs.aws.amazon.com/securityhub/latest/userguide/standards-reference.html
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ostiary.governance.controls import Control
from ostiary.governance.findings import control_id, list_controls
from ostiary.services.securityhub.naming import REGION
from ostiary.values.identifiers import AccountId

_FOUNDATIONAL = frozenset({f"IAM.{number}" for number in (1, 2, 3, 4, 5, 6, 7, 8, 21)} | {"KMS.1", "KMS.2"})


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard of which some controls are part."""

    name: str
    path: str
    """What its ARN and the subscription's end in: `cis-aws-foundations-benchmark/v/1.4.0`."""
    requirement: str | None
    """What the requirements in `Control.requirements` begin with that are of this standard; None for AWS's own."""
    is_ruleset: bool = False
    """It is from before standards had a region."""

    @property
    def standard_id(self) -> str:
        """What findings call it."""
        return f"{'ruleset' if self.is_ruleset else 'standards'}/{self.path}"

    @property
    def arn(self) -> str:
        """Its ARN."""
        return f"arn:aws:securityhub:{'' if self.is_ruleset else REGION}::{self.standard_id}"

    def subscription_arn(self, account: AccountId) -> str:
        """Return the ARN of an account's subscription to it."""
        return f"arn:aws:securityhub:{REGION}:{account}:subscription/{self.path}"

    def requirements_of(self, control: Control) -> tuple[str, ...]:
        """Return what it asks for that a control is about."""
        start = self.requirement
        return () if start is None else tuple(each for each in control.requirements if each.startswith(start))

    def has(self, control: Control) -> bool:
        """Tell whether a control is part of it."""
        if self.requirement is None:
            return control_id(control) in _FOUNDATIONAL
        return bool(self.requirements_of(control))


_CIS = "CIS AWS Foundations Benchmark"

STANDARDS: tuple[Standard, ...] = (
    Standard("AWS Foundational Security Best Practices", "aws-foundational-security-best-practices/v/1.0.0", None),
    Standard(f"{_CIS} v1.2.0", "cis-aws-foundations-benchmark/v/1.2.0", f"{_CIS} v1.2.0/", is_ruleset=True),
    *(
        Standard(f"{_CIS} v{version}", f"cis-aws-foundations-benchmark/v/{version}", f"{_CIS} v{version}/")
        for version in ("1.4.0", "3.0.0", "5.0.0")
    ),
    Standard("NIST Special Publication 800-53 Revision 5", "nist-800-53/v/5.0.0", "NIST.800-53.r5 "),
    Standard("NIST Special Publication 800-171 Revision 2", "nist-800-171/v/2.0.0", "NIST.800-171.r2 "),
    *(
        Standard(f"PCI DSS v{version}", f"pci-dss/v/{version}", f"PCI DSS v{version}/")
        for version in ("3.2.1", "4.0.1")
    ),
)
"""All of them; each is enabled, since all controls are asked."""


def standards_of(control: Control) -> tuple[Standard, ...]:
    """Return the standards that a control is part of."""
    return _BY_CONTROL[control.key]


_BY_CONTROL: Mapping[str, tuple[Standard, ...]] = MappingProxyType(
    {key: tuple(each for each in STANDARDS if each.has(control)) for key, control in list_controls().items()}
)
