"""Another account that may assume a role must show an external ID.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html
"""

from collections.abc import Iterator

from ostiary.governance.controls.control import ROLE, Control, Result, Severity
from ostiary.governance.controls.facts import AccountFacts
from ostiary.governance.controls.trust import ANYBODY, check_trust, foreign_accounts, is_plain, pins
from ostiary.policy import CompiledStatement


def _check(facts: AccountFacts) -> Iterator[Result]:
    def find_fault(statements: list[CompiledStatement]) -> str | None:
        for statement in statements:
            foreign = foreign_accounts(statement, facts)
            if ANYBODY in foreign:
                return "anybody may assume it"
            if foreign and not pins(statement, "sts:externalid", is_plain):
                return f"{', '.join(sorted(foreign))} may assume it without an external ID"
        return None

    return check_trust(facts.roles, find_fault, "no other account may assume it without an external ID")


CONTROL = Control(
    key="role-external-trust",
    title="Other accounts should assume roles with an external ID",
    severity=Severity.HIGH,
    resource_type=ROLE,
    description="Whether a role lets anybody in, or another account without a condition on sts:ExternalId; the "
    "accounts of an organisation that aws:PrincipalOrgID names are no others.",
    remediation="aws iam update-assume-role-policy --role-name ROLE --policy-document file://with-external-id.json",
    check=_check,
)
