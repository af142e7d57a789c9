"""SAML providers are tagged."""

from collections.abc import Iterator

from ostiary.governance.controls.control import SAML_PROVIDER, Control, Result, Severity
from ostiary.governance.controls.facts import AccountFacts, told
from ostiary.governance.controls.tagging import check_tagged


def _check(facts: AccountFacts) -> Iterator[Result]:
    return check_tagged(((each.arn, each.tags) for each in told(facts.saml_providers)), SAML_PROVIDER)


CONTROL = Control(
    key="iam-saml-provider-tagged",
    title="SAML providers should be tagged",
    severity=Severity.LOW,
    config_rule="IAM_SAML_PROVIDER_TAGGED",
    resource_type=SAML_PROVIDER,
    description="Whether a SAML provider has at least one tag.",
    remediation="aws iam tag-saml-provider --saml-provider-arn ARN --tags Key=owner,Value=NAME",
    check=_check,
)
