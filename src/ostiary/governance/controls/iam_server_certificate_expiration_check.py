"""IAM.26: expired server certificates are removed."""

from collections.abc import Iterator

from ostiary.governance.controls.control import SERVER_CERTIFICATE, Control, Result, Severity, judge
from ostiary.governance.controls.facts import AccountFacts, told
from ostiary.governance.controls.requirements import cis


def _check(facts: AccountFacts) -> Iterator[Result]:
    for certificate in told(facts.server_certificates):
        day = certificate.expires_at.date().isoformat()
        is_good = certificate.expires_at > facts.now
        reason = f"it is good until {day}" if is_good else f"it expired on {day}"
        yield judge(certificate.arn, SERVER_CERTIFICATE, passed=is_good, reason=reason)


CONTROL = Control(
    key="iam-server-certificate-expiration-check",
    title="Expired server certificates should be removed",
    severity=Severity.MEDIUM,
    security_hub="IAM.26",
    config_rule="IAM_SERVER_CERTIFICATE_EXPIRATION_CHECK",
    requirements=cis("5.0.0/1.18", "3.0.0/1.19"),
    resource_type=SERVER_CERTIFICATE,
    description="Whether a server certificate has expired.",
    remediation="aws iam delete-server-certificate --server-certificate-name NAME",
    check=_check,
)
