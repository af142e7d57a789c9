"""No policy lets those who have it buy whatever AWS Marketplace has."""

from collections.abc import Iterator

from ostiary.governance.controls.control import POLICY, Control, Result, Severity
from ostiary.governance.controls.documents import check_inline, check_managed, is_allowed_on, nobodys
from ostiary.governance.controls.facts import AccountFacts
from ostiary.policy import CompiledPolicy

_ACTION = "aws-marketplace:Subscribe"


def _check(facts: AccountFacts) -> Iterator[Result]:
    product = nobodys(facts.account, "aws-marketplace", "product/nobodys")

    def find_fault(policy: CompiledPolicy) -> str | None:
        is_open = is_allowed_on(policy, _ACTION, product)
        return f"allows {_ACTION} on every product" if is_open else None

    yield from check_managed(facts.policies, find_fault, f"does not allow {_ACTION} on every product")
    yield from check_inline(facts, find_fault, f"no inline policy allows {_ACTION} on every product")


CONTROL = Control(
    key="policy-no-marketplace-subscribe",
    title="Policies should not allow to subscribe to whatever is sold",
    severity=Severity.MEDIUM,
    resource_type=POLICY,
    description="Whether a policy of the account's own, managed or inline, allows aws-marketplace:Subscribe on every "
    "product, and so to spend money and to take in anybody's software.",
    remediation="aws iam create-policy-version --policy-arn ARN --policy-document file://narrower.json "
    "--set-as-default; for inline policies: aws iam put-role-policy, likewise for users and groups",
    check=_check,
)
