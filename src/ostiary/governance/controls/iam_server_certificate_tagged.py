"""Server certificates are tagged."""

from collections.abc import Iterator

from ostiary.governance.controls.control import SERVER_CERTIFICATE, Control, Result, Severity
from ostiary.governance.controls.facts import AccountFacts, told
from ostiary.governance.controls.tagging import check_tagged


def _check(facts: AccountFacts) -> Iterator[Result]:
    certificates = told(facts.server_certificates)
    return check_tagged(((each.arn, each.tags) for each in certificates), SERVER_CERTIFICATE)


CONTROL = Control(
    key="iam-server-certificate-tagged",
    title="Server certificates should be tagged",
    severity=Severity.LOW,
    config_rule="IAM_SERVER_CERTIFICATE_TAGGED",
    resource_type=SERVER_CERTIFICATE,
    description="Whether a server certificate has at least one tag.",
    remediation="aws iam tag-server-certificate --server-certificate-name NAME --tags Key=owner,Value=NAME",
    check=_check,
)
