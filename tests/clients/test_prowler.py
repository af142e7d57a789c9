"""Prowler's checks of IAM, and `governance.controls` beside them: of each resource they say the same."""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ostiary.governance.controls import Status, account_facts, evaluate
from ostiary.values.clock import system_clock
from tests.clients.tools import installed
from tests.conftest import Credentials, RunningServer
from tests.governance.controls.faulty_account import mend, plant

# Which of our controls asks what a check asks. Where several checks make one of our controls, a resource fails it that
# fails any of them.
CONTROLS = {
    "iam_administrator_access_with_mfa": "group-administrators-mfa-enabled",
    "iam_avoid_root_usage": "root-account-not-used",
    "iam_aws_attached_policy_no_administrative_privileges": "aws-policy-no-admin-access",
    "iam_check_saml_providers_sts": "saml-provider-present",
    "iam_customer_attached_policy_no_administrative_privileges": "iam-policy-no-statements-with-admin-access",
    "iam_customer_unattached_policy_no_administrative_privileges": "iam-policy-no-statements-with-admin-access",
    "iam_group_administrator_access_policy": "iam-policy-blacklisted-check",
    "iam_inline_policy_allows_privilege_escalation": "policy-no-privilege-escalation",
    "iam_inline_policy_no_administrative_privileges": "inline-policy-no-admin-access",
    "iam_inline_policy_no_full_access_to_cloudtrail": "policy-no-full-access-to-cloudtrail",
    "iam_inline_policy_no_full_access_to_kms": "policy-no-full-access-to-kms",
    "iam_inline_policy_no_wildcard_marketplace_subscribe": "policy-no-marketplace-subscribe",
    "iam_no_custom_policy_permissive_role_assumption": "policy-no-wildcard-role-assumption",
    "iam_no_expired_server_certificates_stored": "iam-server-certificate-expiration-check",
    "iam_no_root_access_key": "iam-root-access-key-check",
    "iam_password_policy_expires_passwords_within_90_days_or_less": "iam-password-policy-expiry",
    "iam_password_policy_lowercase": "iam-password-policy-lowercase",
    "iam_password_policy_minimum_length_14": "iam-password-policy-length",
    "iam_password_policy_number": "iam-password-policy-number",
    "iam_password_policy_reuse_24": "iam-password-policy-reuse",
    "iam_password_policy_symbol": "iam-password-policy-symbol",
    "iam_password_policy_uppercase": "iam-password-policy-uppercase",
    "iam_policy_allows_privilege_escalation": "policy-no-privilege-escalation",
    "iam_policy_attached_only_to_group_or_roles": "iam-user-no-policies-check",
    "iam_policy_cloudshell_admin_not_attached": "iam-policy-blacklisted-check-cloudshell",
    "iam_policy_no_full_access_to_cloudtrail": "policy-no-full-access-to-cloudtrail",
    "iam_policy_no_full_access_to_kms": "policy-no-full-access-to-kms",
    "iam_policy_no_wildcard_marketplace_subscribe": "policy-no-marketplace-subscribe",
    "iam_role_administratoraccess_policy": "iam-policy-blacklisted-check",
    "iam_role_cross_account_readonlyaccess_policy": "role-read-only-access-across-accounts",
    "iam_role_cross_service_confused_deputy_prevention": "role-service-trust",
    "iam_role_service_trust_restricts_source_to_account": "role-service-trust",
    "iam_root_hardware_mfa_enabled": "root-account-hardware-mfa-enabled",
    "iam_root_mfa_enabled": "root-account-mfa-enabled",
    "iam_rotate_access_key_90_days": "access-keys-rotated",
    "iam_securityaudit_role_created": "security-audit-role-created",
    "iam_support_role_created": "iam-policy-in-use",
    "iam_user_accesskey_unused": "iam-user-unused-credentials-check-45",
    "iam_user_administrator_access_policy": "iam-policy-blacklisted-check",
    "iam_user_console_access_unused": "iam-user-unused-credentials-check-45",
    "iam_user_hardware_mfa_enabled": "iam-user-hardware-mfa-enabled",
    "iam_user_mfa_enabled_console_access": "mfa-enabled-for-iam-console-access",
    "iam_user_no_setup_initial_access_key": "iam-user-no-initial-access-key",
    "iam_user_two_active_access_key": "iam-user-two-active-keys",
}

# What Prowler asks and we do not; docs/controls.md says the same.
NOT_OURS = {
    "iam_policy_no_agentcore_workload_access_token_wildcard": "of one service's tokens",
    "iam_policy_passrole_to_bedrock_agentcore_restricted": "of the roles of one service",
    "iam_role_access_not_stale_to_bedrock": "of the use of one service",
    "iam_user_access_not_stale_to_bedrock": "of the use of one service",
    "iam_user_access_not_stale_to_sagemaker": "of the use of one service",
    "iam_user_with_temporary_credentials": "takes what is granted for what is used",
    "iam_root_credentials_management_enabled": "of an organisation, which there is none of",
}

# Of what Prowler says all for the account, under whatever ARN.
OF_THE_ACCOUNT = {
    "iam_policy_cloudshell_admin_not_attached",
    "iam_check_saml_providers_sts",
    "iam_root_hardware_mfa_enabled",
    "iam_securityaudit_role_created",
    "iam_support_role_created",
    *(check for check in CONTROLS if check.startswith("iam_password_policy_")),
}

# Where the two differ, on purpose: the control, the resource, and our word. The reasons stand, each with AWS's page, in
# docs/controls.md.
DIFFERENCES = {
    ("iam-policy-no-statements-with-admin-access", "policy/AlmostEverything", "PASSED"),
    ("iam-user-unused-credentials-check-45", "user/sleeper", "FAILED"),
    ("policy-no-wildcard-role-assumption", "policy/AllRoles", "FAILED"),
    ("policy-no-wildcard-role-assumption", "policy/AlmostEverything", "FAILED"),
    ("policy-no-wildcard-role-assumption", "policy/EverythingButS3", "FAILED"),
    ("policy-no-wildcard-role-assumption", "policy/RolesForTests", "PASSED"),
    ("role-service-trust", "role/Cluster", "FAILED"),
    # Prowler asks for an action of a service that its own list no longer has, and then passes every policy.
    *(
        ("policy-no-privilege-escalation", resource, "FAILED")
        for resource in (
            "group/Inlineall",
            "group/Inlinekeyring",
            "policy/AlmostEverything",
            "policy/Everything",
            "policy/EverythingAndADeny",
            "policy/EverythingButS3",
            "policy/HalfDenied",
            "policy/Launches",
        )
    ),
}

Findings = list[dict[str, Any]]


def scan(server: RunningServer, credentials: Credentials, folder: Path) -> Findings:
    printed = installed("prowler", "prowler").run(
        server,
        credentials,
        *("aws", "--service", "iam", "--output-formats", "json-ocsf", "--output-directory", str(folder)),
        *("--no-banner", "--no-color", "--ignore-exit-code-3", "--log-level", "ERROR"),
    )
    assert "Scan completed" in printed
    # It logs each call that was refused, and goes on: it may miss other services, but nothing of IAM.
    refused = [line for line in printed.splitlines() if "ClientError" in line]
    assert [line for line in refused if "is not served here" not in line] == []
    (report,) = folder.glob("*.ocsf.json")
    found: Findings = json.loads(report.read_text())
    return found


def theirs(findings: Findings, account: str) -> dict[tuple[str, str], str]:
    """Return what Prowler says of each resource, by the control of ours that asks the same."""
    said: dict[tuple[str, str], str] = {}
    for each in findings:
        check, (resource,) = each["metadata"]["event_code"], each["resources"]
        if check not in CONTROLS:
            continue
        is_account = check in OF_THE_ACCOUNT or CONTROLS[check].startswith(("root-", "iam-root-"))
        name = "" if is_account else resource["uid"].removeprefix(f"arn:aws:iam::{account}:")
        if name == "root":
            # Prowler asks the root user too what AWS asks of users alone.
            continue
        status = {"PASS": "PASSED", "FAIL": "FAILED"}[each["status_code"]]
        key = (CONTROLS[check], name)
        said[key] = "FAILED" if "FAILED" in (status, said.get(key)) else "PASSED"
    return said


def ours(server: RunningServer) -> dict[tuple[str, str], str]:
    """Return what our controls say of each resource."""
    with server.reading() as directory:
        facts = account_facts(directory, server.setup.account_id, now=system_clock())
    said: dict[tuple[str, str], str] = {}
    shell = "iam-policy-blacklisted-check-cloudshell"
    for finding in evaluate(facts):
        assert finding.status is not Status.NOT_AVAILABLE
        name = finding.resource_arn.removeprefix(f"arn:aws:iam::{facts.account}:")
        key = (finding.control.key, "" if name == "root" else name)
        said[key] = finding.status.value
        if finding.control.key == shell and said.get((shell, "")) != "FAILED":
            said[shell, ""] = finding.status.value
    return said


@pytest.fixture(scope="module")
def server(start_server: Callable[..., RunningServer]) -> RunningServer:
    """A server whose credential report is made anew each time, so that it tells of what is mended."""
    return start_server(credential_report_reuse=timedelta(0))


@pytest.fixture(scope="module")
def before(server: RunningServer, iam: Any, tmp_path_factory: pytest.TempPathFactory) -> tuple[Findings, Any]:
    """Scan an account in which nearly everything is wrong."""
    plant(server, iam)
    return scan(server, server.admin, tmp_path_factory.mktemp("before")), ours(server)


@pytest.fixture(scope="module")
def after(
    before: Any,  # noqa: ARG001 - the faults are looked at first
    server: RunningServer,
    iam: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Findings, Any]:
    """Scan the same account with its faults mended."""
    mend(server, iam)
    return scan(server, server.admin, tmp_path_factory.mktemp("after")), ours(server)


def differences(said: Mapping[tuple[str, str], str], by_us: Mapping[tuple[str, str], str]) -> set[tuple[str, str, str]]:
    return {(*key, by_us.get(key, "nothing")) for key, status in said.items() if by_us.get(key) != status}


def test_every_check_is_a_control_or_is_explained(before: tuple[Findings, Any]) -> None:
    ran = {each["metadata"]["event_code"] for each in before[0]}
    assert ran <= CONTROLS.keys() | NOT_OURS.keys()
    assert CONTROLS.keys() <= ran


def test_the_two_agree_on_a_faulty_account(server: RunningServer, before: tuple[Findings, Any]) -> None:
    findings, by_us = before
    assert differences(theirs(findings, server.account_id), by_us) == DIFFERENCES


def test_every_control_of_the_table_fails_something(server: RunningServer, before: tuple[Findings, Any]) -> None:
    findings, by_us = before
    for said in (theirs(findings, server.account_id), by_us):
        passed = set(CONTROLS.values()) - _failing(said).keys()
        assert passed <= {"policy-no-privilege-escalation"}, "see DIFFERENCES"
    assert "policy-no-privilege-escalation" in _failing(by_us)


def test_the_two_agree_on_a_mended_account(server: RunningServer, after: tuple[Findings, Any]) -> None:
    findings, by_us = after
    assert differences(theirs(findings, server.account_id), by_us) == set()


def test_nothing_fails_when_all_is_mended(server: RunningServer, after: tuple[Findings, Any]) -> None:
    findings, by_us = after
    assert _failing(theirs(findings, server.account_id)) == {}
    assert _failing(by_us) == {}


def _failing(said: Mapping[tuple[str, str], str]) -> dict[str, list[str]]:
    """Return what fails, by control."""
    failing = defaultdict(list)
    for (control, resource), status in sorted(said.items()):
        if status == "FAILED":
            failing[control].append(resource)
    return dict(failing)
