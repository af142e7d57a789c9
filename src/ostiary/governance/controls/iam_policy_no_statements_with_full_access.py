"""IAM.21: no customer managed policy allows all actions of a service."""

from collections.abc import Iterator

from ostiary.governance.controls.control import POLICY, Control, Result, Severity
from ostiary.governance.controls.documents import allowing, check_managed
from ostiary.governance.controls.facts import AccountFacts
from ostiary.governance.controls.requirements import LEAST_PRIVILEGE, nist_171
from ostiary.policy import CompiledPolicy

_ALL = "*"


def _find_fault(policy: CompiledPolicy) -> str | None:
    for statement in allowing(policy):
        actions = statement.written.actions
        if actions.negated:
            return f"allows all but {', '.join(actions.values)}"
        full = next(filter(_is_whole_service, actions.values), None)
        if full:
            return f"allows {full}"
    return None


def _is_whole_service(pattern: str) -> bool:
    """Tell whether a pattern has nothing but wildcards for the action's name, whatever the service."""
    name = pattern.rpartition(":")[2]
    return _ALL in name and not name.strip("*?")


def _check(facts: AccountFacts) -> Iterator[Result]:
    policies = (policy for policy in facts.policies if not policy.only_bounds)
    return check_managed(policies, _find_fault, "allows no service as a whole")


CONTROL = Control(
    key="iam-policy-no-statements-with-full-access",
    title="Customer managed policies should not allow whole services",
    severity=Severity.LOW,
    security_hub="IAM.21",
    config_rule="IAM_POLICY_NO_STATEMENTS_WITH_FULL_ACCESS",
    requirements=(
        *LEAST_PRIVILEGE,
        *nist_171("3.1.1", "3.1.2", "3.1.5", "3.1.7", "3.3.8", "3.3.9", "3.13.3", "3.13.4"),
    ),
    resource_type=POLICY,
    description="Whether the default version of a policy of the account's own allows `service:*`, or all but what "
    "NotAction lists. `service:Describe*` is well. One that is a permissions boundary and no more is not looked at.",
    remediation="aws iam create-policy-version --policy-arn ARN --policy-document file://narrower.json "
    "--set-as-default",
    check=_check,
)
