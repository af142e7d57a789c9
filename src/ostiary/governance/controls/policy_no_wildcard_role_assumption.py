"""No policy lets those who have it assume whatever role there is."""

from collections.abc import Iterator

from ostiary.governance.controls.control import POLICY, Control, Result, Severity
from ostiary.governance.controls.documents import check_inline, check_managed, is_allowed_on, nobodys
from ostiary.governance.controls.facts import AccountFacts
from ostiary.policy import CompiledPolicy
from ostiary.values.identifiers import AccountId

_ACTION = "sts:AssumeRole"
_NO_ACCOUNT = AccountId("000000000000")


def _check(facts: AccountFacts) -> Iterator[Result]:
    def find_fault(policy: CompiledPolicy) -> str | None:
        for account, whose in ((_NO_ACCOUNT, "of every account"), (facts.account, "of the account")):
            if is_allowed_on(policy, _ACTION, nobodys(account, "iam", "role/nobodys")):
                return f"allows {_ACTION} on every role {whose}"
        return None

    yield from check_managed(facts.policies, find_fault, f"does not allow {_ACTION} on every role")
    yield from check_inline(facts, find_fault, f"no inline policy allows {_ACTION} on every role")


CONTROL = Control(
    key="policy-no-wildcard-role-assumption",
    title="Policies should name the roles that may be assumed",
    severity=Severity.HIGH,
    resource_type=POLICY,
    description="Whether a policy of the account's own, managed or inline, allows sts:AssumeRole on every role, of the "
    "account or of any.",
    remediation="aws iam create-policy-version --policy-arn ARN --policy-document file://naming-roles.json "
    "--set-as-default; for inline policies: aws iam put-role-policy, likewise for users and groups",
    check=_check,
)
