"""A service that may assume a role does so for one's own account only.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html#cross-service-confused-deputy-prevention
"""

from collections.abc import Iterator

from ostiary.governance.controls.control import ROLE, Control, Result, Severity
from ostiary.governance.controls.facts import AccountFacts
from ostiary.governance.controls.trust import check_trust, confines_source, trusted_services
from ostiary.policy import CompiledStatement


def _find_fault(statements: list[CompiledStatement]) -> str | None:
    for statement in statements:
        services = trusted_services(statement)
        if services and not confines_source(statement):
            return f"{', '.join(services)} may assume it on anybody's behalf"
    return None


def _check(facts: AccountFacts) -> Iterator[Result]:
    return check_trust(facts.roles, _find_fault, "no service may assume it on anybody's behalf")


CONTROL = Control(
    key="role-service-trust",
    title="Services should assume roles for named accounts only",
    severity=Severity.MEDIUM,
    resource_type=ROLE,
    description="Whether a role that lets a service in holds aws:SourceAccount, aws:SourceArn, aws:SourceOrgID or "
    "aws:SourceOrgPaths to accounts or an organisation that are named. Service-linked roles are not looked at.",
    remediation="aws iam update-assume-role-policy --role-name ROLE --policy-document file://with-source-account.json",
    check=_check,
)
