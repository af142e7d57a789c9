"""OpenID Connect providers are tagged."""

from collections.abc import Iterator

from ostiary.governance.controls.control import OIDC_PROVIDER, Control, Result, Severity
from ostiary.governance.controls.facts import AccountFacts, told
from ostiary.governance.controls.tagging import check_tagged


def _check(facts: AccountFacts) -> Iterator[Result]:
    return check_tagged(((each.arn, each.tags) for each in told(facts.oidc_providers)), OIDC_PROVIDER)


CONTROL = Control(
    key="iam-oidc-provider-tagged",
    title="OpenID Connect providers should be tagged",
    severity=Severity.LOW,
    config_rule="IAM_OIDC_PROVIDER_TAGGED",
    resource_type=OIDC_PROVIDER,
    description="Whether an OpenID Connect provider has at least one tag.",
    remediation="aws iam tag-open-id-connect-provider --open-id-connect-provider-arn ARN --tags Key=owner,Value=NAME",
    check=_check,
)
