"""Prowler's checks of IAM."""

import json
from typing import Any

import pytest

from tests.clients.tools import installed
from tests.conftest import RunningServer

EVERYTHING = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]})

# What Prowler must find in the account below: the check, what becomes of it, and words of its finding.
FINDINGS = [
    ("iam_root_mfa_enabled", "FAIL", "MFA is not enabled for root account"),
    ("iam_no_root_access_key", "PASS", "does not have access keys"),
    ("iam_user_mfa_enabled_console_access", "FAIL", "User careless has Console Password enabled but MFA disabled"),
    ("iam_customer_attached_policy_no_administrative_privileges", "FAIL", "Custom policy Everything is attached"),
    ("iam_aws_attached_policy_no_administrative_privileges", "FAIL", "AdministratorAccess is attached"),
    ("iam_policy_attached_only_to_group_or_roles", "FAIL", "User careless has the policy Everything attached"),
    ("iam_password_policy_minimum_length_14", "PASS", "14"),
    ("iam_password_policy_reuse_24", "FAIL", "less than 24 or not set"),
    ("iam_rotate_access_key_90_days", "PASS", "User admin does not have access keys older than 90 days"),
    ("iam_user_two_active_access_key", "FAIL", "User careless has 2 active access keys"),
    ("iam_support_role_created", "FAIL", "not attached to any role"),
    ("iam_securityaudit_role_created", "PASS", "SecurityAudit"),
]


@pytest.fixture(scope="module")
def findings(server: RunningServer, iam: Any, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """Scan an account in which some things are as they should be, and some are not."""
    policy = iam.create_policy(PolicyName="Everything", PolicyDocument=EVERYTHING)["Policy"]
    iam.create_user(UserName="careless")
    iam.create_login_profile(UserName="careless", Password="Correct-Horse-9-Battery")
    iam.attach_user_policy(UserName="careless", PolicyArn=policy["Arn"])
    for _ in range(2):
        iam.create_access_key(UserName="careless")
    iam.update_account_password_policy(MinimumPasswordLength=14, RequireSymbols=True)
    trust = {"Effect": "Allow", "Principal": {"AWS": server.account_id}, "Action": "sts:AssumeRole"}
    document = json.dumps({"Version": "2012-10-17", "Statement": trust})
    iam.create_role(RoleName="Auditor", AssumeRolePolicyDocument=document)
    iam.attach_role_policy(RoleName="Auditor", PolicyArn="arn:aws:iam::aws:policy/SecurityAudit")
    folder = tmp_path_factory.mktemp("prowler")
    printed = installed("prowler", "prowler").run(
        server,
        server.admin,
        *("aws", "--service", "iam", "--output-formats", "json-ocsf", "--output-directory", str(folder)),
        *("--no-banner", "--no-color", "--ignore-exit-code-3", "--log-level", "ERROR"),
    )
    assert "Scan completed" in printed
    # It logs each call that was refused, and goes on: it may miss other services, but nothing of IAM.
    refused = [line for line in printed.splitlines() if "ClientError" in line]
    assert [line for line in refused if "is not served here" not in line] == []
    (report,) = folder.glob("*.ocsf.json")
    found: list[dict[str, Any]] = json.loads(report.read_text())
    return found


@pytest.mark.parametrize(("check", "status", "words"), FINDINGS, ids=[finding[0] for finding in FINDINGS])
def test_a_check_reads_the_account_right(findings: list[dict[str, Any]], check: str, status: str, words: str) -> None:
    told = [
        (each["status_code"], each["status_detail"]) for each in findings if each["metadata"]["event_code"] == check
    ]
    assert any(code == status and words in detail for code, detail in told), told


def test_all_of_its_checks_have_run(findings: list[dict[str, Any]]) -> None:
    assert len({each["metadata"]["event_code"] for each in findings}) >= 35
