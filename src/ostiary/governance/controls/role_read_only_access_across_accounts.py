"""No other account can read everything."""

from collections.abc import Iterator

from ostiary.governance.controls.control import ROLE, Control, Result, Severity, judge
from ostiary.governance.controls.facts import AccountFacts
from ostiary.governance.controls.trust import ANYBODY, check_trust, foreign_accounts
from ostiary.policy import CompiledStatement

_POLICY = "arn:aws:iam::aws:policy/ReadOnlyAccess"


def _check(facts: AccountFacts) -> Iterator[Result]:
    def find_fault(statements: list[CompiledStatement]) -> str | None:
        foreign = {account for statement in statements for account in foreign_accounts(statement, facts)}
        if not foreign:
            return None
        whose = "anybody" if ANYBODY in foreign else ", ".join(sorted(foreign))
        return f"{whose} may assume it, and it has ReadOnlyAccess"

    for role in facts.roles:
        if _POLICY in role.attached:
            yield from check_trust((role,), find_fault, "no other account may assume it")
        elif not role.is_service_linked:
            yield judge(role.arn, ROLE, passed=True, reason="it does not have ReadOnlyAccess")


CONTROL = Control(
    key="role-read-only-access-across-accounts",
    title="Other accounts should not have ReadOnlyAccess",
    severity=Severity.HIGH,
    resource_type=ROLE,
    description="Whether a role with ReadOnlyAccess, which reads the data of nearly every service, can be assumed from "
    "another account.",
    remediation="aws iam detach-role-policy --role-name ROLE --policy-arn arn:aws:iam::aws:policy/ReadOnlyAccess; "
    "SecurityAudit and ViewOnlyAccess read no data",
    check=_check,
)
