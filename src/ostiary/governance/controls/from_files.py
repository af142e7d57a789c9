"""The facts of an account that the AWS CLI printed: one that runs on AWS, or here.

`aws iam get-account-authorization-details` must be among the files. Without the others, what they tell is `Untold`.

Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ostiary.governance.controls.errors import FactsFileError
from ostiary.governance.controls.exported_details import read_details
from ostiary.governance.controls.facts import (
    AccountFacts,
    PasswordPolicyFacts,
    ProviderFacts,
    RootFacts,
    ServerCertificateFacts,
    Untold,
)
from ostiary.governance.controls.members import (
    parse_moment,
    read_number,
    read_object,
    read_objects,
    read_text,
    read_truth,
)
from ostiary.governance.controls.reported_credentials import (
    FIRST_COLUMNS,
    CredentialReport,
    decode_report,
    has_virtual,
    parse_report,
)
from ostiary.values.arn import root_arn

_DETAILS = "get-account-authorization-details"
_REPORT = "get-credential-report"
_SUMMARY = "get-account-summary"
_PASSWORD_POLICY = "get-account-password-policy"  # noqa: S105 - a command
_CERTIFICATES = "list-server-certificates"
_VIRTUAL_MFA = "list-virtual-mfa-devices"
_SAML = "list-saml-providers"
_OIDC = "list-open-id-connect-providers"

# The members that tell whose output a file is.
_KINDS = {
    "UserDetailList": _DETAILS,
    "GroupDetailList": _DETAILS,
    "RoleDetailList": _DETAILS,
    "Policies": _DETAILS,
    "Content": _REPORT,
    "SummaryMap": _SUMMARY,
    "PasswordPolicy": _PASSWORD_POLICY,
    "ServerCertificateMetadataList": _CERTIFICATES,
    "VirtualMFADevices": _VIRTUAL_MFA,
    "SAMLProviderList": _SAML,
    "OpenIDConnectProviderList": _OIDC,
}
_COMMANDS = tuple(dict.fromkeys(_KINDS.values()))


@dataclass(frozen=True, slots=True)
class FactsFile:
    """A file, read."""

    name: str
    text: str


Printed = Mapping[str, Mapping[str, Any]]
"""What was printed, by the command that printed it."""


def facts_from_files(files: Iterable[FactsFile], *, now: datetime) -> AccountFacts:
    """Return what files tell of an account.

    Args:
        files: what the AWS CLI printed, each by one command, in any order.
        now: the moment to which ages are counted.

    Raises:
        FactsFileError: a file is none of those that are known, or is not as AWS writes it, or the details are missing.
    """
    printed: dict[str, Mapping[str, Any]] = {}
    for file in files:
        command, content = _read(file)
        if command in printed:
            raise FactsFileError(f"{file.name}: a second output of `aws iam {command}`")
        if content.get("IsTruncated") is True:
            raise FactsFileError(f"{file.name}: the first page of several: export without --max-items")
        printed[command] = content
    if _DETAILS not in printed:
        raise FactsFileError(f"the output of `aws iam {_DETAILS}` is missing")
    return _facts(printed, now)


def _read(file: FactsFile) -> tuple[str, Mapping[str, Any]]:
    """Return which command printed a file, and what it printed."""
    if file.text.startswith(FIRST_COLUMNS):
        return _REPORT, {"Table": file.text}
    try:
        content = json.loads(file.text)
    except (ValueError, RecursionError) as error:
        raise FactsFileError(f"{file.name}: neither JSON nor a credential report") from error
    commands = [command for member, command in _KINDS.items() if isinstance(content, dict) and member in content]
    if not commands:
        raise FactsFileError(f"{file.name}: the output of none of aws iam {', '.join(_COMMANDS)}")
    return commands[0], content


def _facts(printed: Printed, now: datetime) -> AccountFacts:
    virtual_mfa = _virtual_mfa(printed)
    report = _report(printed, virtual_mfa)
    details = read_details(printed[_DETAILS], report.users if report else _untold("the credentials of users", _REPORT))
    return AccountFacts(
        account=details.account,
        now=now,
        root=_root(root_arn(details.account), printed, report, virtual_mfa),
        users=details.users,
        groups=details.groups,
        roles=details.roles,
        policies=details.policies,
        aws_policies=details.aws_policies,
        password_policy=_password_policy(printed),
        server_certificates=_certificates(printed),
        saml_providers=_providers(printed, _SAML, "SAMLProviderList", "SAML providers"),
        oidc_providers=_providers(printed, _OIDC, "OpenIDConnectProviderList", "OpenID Connect providers"),
    )


def _untold(what: str, command: str) -> Untold:
    return Untold(what, f"aws iam {command}")


def _virtual_mfa(printed: Printed) -> frozenset[str] | Untold:
    if _VIRTUAL_MFA not in printed:
        return _untold("which MFA devices are virtual", _VIRTUAL_MFA)
    devices = read_objects(printed[_VIRTUAL_MFA], "VirtualMFADevices")
    return frozenset(read_text(read_object(device, "User"), "Arn") for device in devices if "User" in device)


def _report(printed: Printed, virtual_mfa: frozenset[str] | Untold) -> CredentialReport | None:
    if _REPORT not in printed:
        return None
    content = printed[_REPORT]
    table = content.get("Table") or decode_report(read_text(content, "Content"))
    return parse_report(table, virtual_mfa)


def _root(
    arn: str, printed: Printed, report: CredentialReport | None, virtual_mfa: frozenset[str] | Untold
) -> RootFacts:
    """Return the facts of the root user: the report tells all but the kind of its devices, the summary tells some."""
    summary = read_object(printed.get(_SUMMARY, {}), "SummaryMap")

    def counted(member: str, what: str) -> bool | Untold:
        count = read_number(summary, member)
        return _untold(what, _SUMMARY) if count is None else count > 0

    has_password = counted("AccountPasswordPresent", "whether the root user has a password")
    if report is None or report.root is None:
        has_mfa = counted("AccountMFAEnabled", "whether the root user has an MFA device")
        return RootFacts(
            has_password=has_password,
            has_access_key=counted("AccountAccessKeysPresent", "whether the root user has an access key"),
            has_signing_certificate=counted(
                "AccountSigningCertificatesPresent", "whether the root user has a signing certificate"
            ),
            has_mfa=has_mfa,
            has_virtual_mfa=has_virtual(arn, virtual_mfa, has_mfa=has_mfa is not False),
            last_used_at=_untold("when the root user was last used", _REPORT),
        )
    root = report.root
    return RootFacts(
        has_password=root.has_password if isinstance(has_password, Untold) else has_password,
        has_access_key=root.has_access_key,
        has_signing_certificate=root.has_signing_certificate,
        has_mfa=root.has_mfa,
        has_virtual_mfa=has_virtual(arn, virtual_mfa, has_mfa=root.has_mfa),
        last_used_at=root.last_used_at,
    )


def _password_policy(printed: Printed) -> PasswordPolicyFacts | Untold | None:
    """Return the password policy; `{"PasswordPolicy": null}` says that there is none, where the CLI prints an error."""
    if _PASSWORD_POLICY not in printed:
        return _untold("the password policy", _PASSWORD_POLICY)
    if printed[_PASSWORD_POLICY]["PasswordPolicy"] is None:
        return None
    policy = read_object(printed[_PASSWORD_POLICY], "PasswordPolicy")
    return PasswordPolicyFacts(
        minimum_length=read_number(policy, "MinimumPasswordLength") or 0,
        require_symbols=read_truth(policy, "RequireSymbols"),
        require_numbers=read_truth(policy, "RequireNumbers"),
        require_uppercase=read_truth(policy, "RequireUppercaseCharacters"),
        require_lowercase=read_truth(policy, "RequireLowercaseCharacters"),
        max_age=read_number(policy, "MaxPasswordAge"),
        reuse_prevention=read_number(policy, "PasswordReusePrevention"),
    )


def _certificates(printed: Printed) -> tuple[ServerCertificateFacts, ...] | Untold:
    if _CERTIFICATES not in printed:
        return _untold("which server certificates there are", _CERTIFICATES)
    return tuple(
        ServerCertificateFacts(
            read_text(each, "Arn"),
            parse_moment(read_text(each, "Expiration")),
            _untold("how server certificates are tagged", "list-server-certificate-tags"),
        )
        for each in read_objects(printed[_CERTIFICATES], "ServerCertificateMetadataList")
    )


def _providers(printed: Printed, command: str, member: str, what: str) -> tuple[ProviderFacts, ...] | Untold:
    if command not in printed:
        return _untold(f"which {what} there are", command)
    tags = _untold(f"how {what} are tagged", f"{command.removesuffix('s')}-tags")
    return tuple(ProviderFacts(read_text(each, "Arn"), tags) for each in read_objects(printed[command], member))
