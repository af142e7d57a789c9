"""IAM.4: the root user has no access keys."""

from collections.abc import Iterator

from ostiary.governance.controls.control import ACCOUNT, Control, Result, Severity, judge
from ostiary.governance.controls.facts import AccountFacts, told
from ostiary.governance.controls.requirements import cis, nist, pci


def _check(facts: AccountFacts) -> Iterator[Result]:
    has_key = told(facts.root.has_access_key)
    reason = "the root user has an access key" if has_key else "the root user has no access key"
    yield judge(facts.arn, ACCOUNT, passed=not has_key, reason=reason)


CONTROL = Control(
    key="iam-root-access-key-check",
    title="The root user should have no access key",
    severity=Severity.CRITICAL,
    security_hub="IAM.4",
    config_rule="IAM_ROOT_ACCESS_KEY_CHECK",
    requirements=(
        *cis("5.0.0/1.3", "3.0.0/1.4", "1.4.0/1.4", "1.2.0/1.12"),
        *pci("3.2.1/2.1", "3.2.1/2.2", "3.2.1/7.2.1"),
        *nist("AC-2(1)", "AC-3(15)", "AC-3(7)", "AC-6", "AC-6(10)", "AC-6(2)"),
    ),
    resource_type=ACCOUNT,
    description="Whether the root user has an access key, active or not: nothing holds in what one can do.",
    remediation="As the root user: aws iam delete-access-key --access-key-id ID",
    check=_check,
)
