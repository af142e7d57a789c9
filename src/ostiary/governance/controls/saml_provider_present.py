"""People sign in through the organisation's own identity provider."""

from collections.abc import Iterator

from ostiary.governance.controls.control import ACCOUNT, Control, Result, Severity, judge
from ostiary.governance.controls.facts import AccountFacts, told


def _check(facts: AccountFacts) -> Iterator[Result]:
    count = len(told(facts.saml_providers))
    reason = f"there are {count} SAML providers" if count > 1 else "there is a SAML provider"
    yield judge(facts.arn, ACCOUNT, passed=bool(count), reason=reason if count else "there is no SAML provider")


CONTROL = Control(
    key="saml-provider-present",
    title="People should sign in through an identity provider",
    severity=Severity.LOW,
    resource_type=ACCOUNT,
    description="Whether the account has a SAML provider, so that people need no credentials of its own.",
    remediation="aws iam create-saml-provider --name NAME --saml-metadata-document file://metadata.xml",
    check=_check,
)
