"""IAM.1: no customer managed policy makes an administrator."""

from collections.abc import Iterator

from ostiary.governance.controls.administration import find_administration
from ostiary.governance.controls.control import POLICY, Control, Result, Severity
from ostiary.governance.controls.documents import check_managed
from ostiary.governance.controls.facts import AccountFacts
from ostiary.governance.controls.requirements import LEAST_PRIVILEGE, cis, nist_171, pci


def _check(facts: AccountFacts) -> Iterator[Result]:
    policies = (policy for policy in facts.policies if not policy.only_bounds)
    return check_managed(
        policies, lambda policy: find_administration(policy, facts.account), "allows less than everything"
    )


CONTROL = Control(
    key="iam-policy-no-statements-with-admin-access",
    title="Customer managed policies should not allow everything",
    severity=Severity.HIGH,
    security_hub="IAM.1",
    config_rule="IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS",
    requirements=(
        *cis("1.2.0/1.22", "1.4.0/1.16"),
        *LEAST_PRIVILEGE,
        *nist_171("3.1.4"),
        *pci("3.2.1/7.2.1"),
    ),
    resource_type=POLICY,
    description="Whether the default version of a policy of the account's own has a statement that allows every action "
    "on every resource. One that is a permissions boundary and no more is not looked at.",
    remediation="aws iam create-policy-version --policy-arn ARN --policy-document file://narrower.json "
    "--set-as-default",
    check=_check,
)
