"""The facts in files that the AWS CLI printed: the same findings as from the state that they were printed of."""

import base64
import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest

from ostiary.governance.controls import (
    AccountFacts,
    FactsFile,
    FactsFileError,
    Finding,
    Status,
    account_facts,
    evaluate,
    facts_from_files,
)
from ostiary.values.clock import system_clock
from tests.conftest import RunningServer
from tests.directory.facts import NOW
from tests.governance.controls.faulty_account import plant

TAGS_OF = ("iam-server-certificate-tagged", "iam-saml-provider-tagged", "iam-oidc-provider-tagged")
DETAILS = "get_account_authorization_details"


@pytest.fixture(scope="module")
def exported(server: RunningServer, iam: Any) -> dict[str, Any]:
    """Fill an account with faults and print all of it, by operation."""
    plant(server, iam)
    pages = list(iam.get_paginator(DETAILS).paginate())
    details: dict[str, Any] = {}
    for page in pages:
        for member, items in page.items():
            if isinstance(items, list):
                details.setdefault(member, []).extend(items)
    iam.generate_credential_report()
    report = iam.get_credential_report()
    printed = {DETAILS: details, "get_credential_report": report}
    for operation in (
        "get_account_summary",
        "get_account_password_policy",
        "list_virtual_mfa_devices",
        "list_server_certificates",
        "list_saml_providers",
        "list_open_id_connect_providers",
    ):
        printed[operation] = getattr(iam, operation)()
    return printed


def as_files(printed: dict[str, Any], without: Iterable[str] = ()) -> list[FactsFile]:
    return [FactsFile(name, as_cli(content)) for name, content in printed.items() if name not in set(without)]


def as_cli(content: dict[str, Any]) -> str:
    """Write an answer as the AWS CLI prints it."""

    def write(value: Any) -> str:
        return base64.b64encode(value).decode() if isinstance(value, bytes) else value.isoformat()

    return json.dumps({name: value for name, value in content.items() if name != "ResponseMetadata"}, default=write)


@pytest.fixture(scope="module")
def now(exported: dict[str, Any]) -> datetime:  # noqa: ARG001 - after the account was filled
    return system_clock() + timedelta(minutes=1)


@pytest.fixture(scope="module")
def facts(server: RunningServer, now: datetime) -> AccountFacts:
    with server.reading() as directory:
        return account_facts(directory, server.setup.account_id, now=now)


def told(findings: Iterable[Finding]) -> list[tuple[str, str, str, str]]:
    return [(each.control.key, each.resource_arn, each.status.value, each.reason) for each in findings]


def test_files_and_state_give_the_same_findings(exported: dict[str, Any], facts: AccountFacts, now: datetime) -> None:
    from_state = told(each for each in evaluate(facts) if each.control.key not in TAGS_OF)
    from_files = told(
        each for each in evaluate(facts_from_files(as_files(exported), now=now)) if each.control.key not in TAGS_OF
    )
    assert from_files == from_state
    assert Status.NOT_AVAILABLE.value not in {status for _, _, status, _ in from_files}


# Without a file, what it tells is not known: a file, a control that needs it, and the command that would tell.
MISSING = [
    ("get_credential_report", "access-keys-rotated", "aws iam get-credential-report"),
    ("get_credential_report", "root-account-not-used", "aws iam get-credential-report"),
    ("get_account_password_policy", "iam-password-policy", "aws iam get-account-password-policy"),
    ("list_virtual_mfa_devices", "iam-user-hardware-mfa-enabled", "aws iam list-virtual-mfa-devices"),
    ("list_server_certificates", "iam-server-certificate-expiration-check", "aws iam list-server-certificates"),
    ("list_saml_providers", "saml-provider-present", "aws iam list-saml-providers"),
    ("list_open_id_connect_providers", "iam-oidc-provider-tagged", "aws iam list-open-id-connect-providers"),
]


@pytest.mark.parametrize(("missing", "control", "command"), MISSING, ids=[case[1] for case in MISSING])
def test_without_a_file_what_it_tells_is_not_known(
    exported: dict[str, Any], now: datetime, missing: str, control: str, command: str
) -> None:
    findings = evaluate(facts_from_files(as_files(exported, without=[missing]), now=now))
    (finding,) = (finding for finding in findings if finding.control.key == control)
    assert finding.status is Status.NOT_AVAILABLE
    assert f"`{command}` tells it" in finding.reason


def test_the_summary_tells_some_of_what_the_report_does(exported: dict[str, Any], now: datetime) -> None:
    facts = facts_from_files(as_files(exported, without=["get_credential_report"]), now=now)
    assert (facts.root.has_access_key, facts.root.has_mfa, facts.root.has_password) == (True, False, True)
    bare = facts_from_files(as_files({DETAILS: exported[DETAILS]}), now=now)
    said = {each.control.key: each.status for each in evaluate(bare)}
    assert said["root-account-mfa-enabled"] is Status.NOT_AVAILABLE
    assert said["iam-root-access-key-check"] is Status.NOT_AVAILABLE


def test_a_report_may_be_the_table_itself(exported: dict[str, Any], now: datetime) -> None:
    files = as_files(exported, without=["get_credential_report"])
    table = FactsFile("report.csv", exported["get_credential_report"]["Content"].decode())
    assert facts_from_files([*files, table], now=now) == facts_from_files(as_files(exported), now=now)


def test_an_account_without_a_password_policy_can_be_told(exported: dict[str, Any], now: datetime) -> None:
    files = as_files(exported | {"get_account_password_policy": {"PasswordPolicy": None}})
    assert facts_from_files(files, now=now).password_policy is None


def test_aws_writes_documents_as_text_too(exported: dict[str, Any], now: datetime) -> None:
    details = json.loads(as_cli(exported[DETAILS]))
    for role in details["RoleDetailList"]:
        role["AssumeRolePolicyDocument"] = quote(json.dumps(role["AssumeRolePolicyDocument"]))
    files = as_files(exported | {DETAILS: details})
    assert told(evaluate(facts_from_files(files, now=now))) == told(
        evaluate(facts_from_files(as_files(exported), now=now))
    )


USER = {
    "Arn": "arn:aws:iam::111122223333:user/a",
    "UserName": "a",
    "Path": "/",
    "CreateDate": "2026-01-01T00:00:00+00:00",
}
GOOD = {"UserDetailList": [USER]}
HEAD = "user,arn,"

# Files that are not what they should be, and the one line that says so.
HOSTILE: list[tuple[str, str, str]] = [
    ("no JSON", "{", "hostile: neither JSON nor a credential report"),
    ("nested", "[" * 100_000, "hostile: neither JSON nor a credential report"),
    ("a list", "[]", "hostile: the output of none of aws iam get-account-authorization-details, get-"),
    ("something else", '{"Users": []}', "hostile: the output of none of aws iam get-account-authorization-details"),
    ("the first page", json.dumps(GOOD | {"IsTruncated": True}), "hostile: the first page of several"),
    ("empty", '{"UserDetailList": []}', "the details are of no account, and not of one account"),
    ("no list", '{"UserDetailList": {}}', "something in it has no list of objects as UserDetailList"),
    ("no ARN", '{"UserDetailList": [{}]}', "something in it has no text as Arn"),
    ("a wrong ARN", '{"UserDetailList": [{"Arn": "a"}]}', "not an ARN: 'a'"),
    ("no name", json.dumps({"UserDetailList": [USER | {"UserName": 1}]}), "user/a has no text as UserName"),
    ("no date", json.dumps({"UserDetailList": [USER | {"CreateDate": "today"}]}), "today is no date"),
    ("no zone", json.dumps({"UserDetailList": [USER | {"CreateDate": "2026-01-01"}]}), "2026-01-01 has no time zone"),
    ("too early", json.dumps({"UserDetailList": [USER | {"CreateDate": "0001-01-01T00:00+23:00"}]}), "is no date"),
    ("no tags", json.dumps({"UserDetailList": [USER | {"Tags": [{"Key": 1}]}]}), "has no text as Key"),
    ("no groups", json.dumps({"UserDetailList": [USER | {"GroupList": "a"}]}), "has no list of texts as GroupList"),
    (
        "no document",
        json.dumps({"UserDetailList": [USER | {"UserPolicyList": [{"PolicyName": "p"}]}]}),
        "p has no PolicyDocument",
    ),
    (
        "no boundary",
        json.dumps({"UserDetailList": [USER | {"PermissionsBoundary": "b"}]}),
        "user/a has no object as PermissionsBoundary",
    ),
    (
        "a filtered export",
        json.dumps(
            {
                "UserDetailList": [
                    USER | {"AttachedManagedPolicies": [{"PolicyArn": "arn:aws:iam::111122223333:policy/p"}]}
                ]
            }
        ),
        "the policy arn:aws:iam::111122223333:policy/p is attached and not in the file",
    ),
    (
        "no default version",
        json.dumps(GOOD | {"Policies": [{"Arn": "arn:aws:iam::111122223333:policy/p"}]}),
        "policy/p has no default version",
    ),
    (
        "two accounts",
        json.dumps(GOOD | {"GroupDetailList": [{"Arn": "arn:aws:iam::444455556666:group/g"}]}),
        "the details are of 111122223333, 444455556666, and not of one account",
    ),
]
BESIDE: list[tuple[str, str, str]] = [
    ("no base64", '{"Content": "%"}', "the credential report's Content is no base64"),
    ("no text", '{"Content": 1}', "something in it has no text as Content"),
    ("no table", HEAD + "\na,b,c\n", "a row of the credential report has no user_creation_time"),
    ("a broken table", HEAD + '\n"a', "the credential report cannot be read"),
    ("no summary", '{"SummaryMap": []}', "something in it has no object as SummaryMap"),
    ("no number", '{"SummaryMap": {"AccountMFAEnabled": true}}', "has no number as AccountMFAEnabled"),
    ("no password policy", '{"PasswordPolicy": []}', "has no object as PasswordPolicy"),
    ("no truth", '{"PasswordPolicy": {"RequireSymbols": "yes"}}', "has no truth value as RequireSymbols"),
    ("no devices", '{"VirtualMFADevices": [1]}', "has no list of objects as VirtualMFADevices"),
    ("no expiry", '{"ServerCertificateMetadataList": [{"Arn": "a"}]}', "a has no text as Expiration"),
    ("twice", json.dumps(GOOD), "hostile: a second output of `aws iam get-account-authorization-details`"),
]


@pytest.mark.parametrize(("text", "words"), [case[1:] for case in HOSTILE], ids=[case[0] for case in HOSTILE])
def test_a_file_that_is_none_is_refused_in_one_line(text: str, words: str) -> None:
    with pytest.raises(FactsFileError) as refused:
        facts_from_files([FactsFile("hostile", text)], now=NOW)
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(("text", "words"), [case[1:] for case in BESIDE], ids=[case[0] for case in BESIDE])
def test_a_file_beside_the_details_is_read_as_strictly(text: str, words: str) -> None:
    with pytest.raises(FactsFileError) as refused:
        facts_from_files([FactsFile("good", json.dumps(GOOD)), FactsFile("hostile", text)], now=NOW)
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


def test_the_details_must_be_there() -> None:
    with pytest.raises(FactsFileError, match="the output of `aws iam get-account-authorization-details` is missing"):
        facts_from_files([FactsFile("summary", '{"SummaryMap": {}}')], now=NOW)


def test_a_malformed_document_fails_its_control(now: datetime) -> None:
    broken = USER | {"UserPolicyList": [{"PolicyName": "broken", "PolicyDocument": [1]}]}
    facts = facts_from_files([FactsFile("details", json.dumps({"UserDetailList": [broken]}))], now=now)
    said = {each.control.key: each for each in evaluate(facts)}
    assert said["inline-policy-no-admin-access"].status is Status.FAILED
    assert said["policy-no-privilege-escalation"].reason.startswith("broken cannot be read: ")


def test_who_is_not_in_the_report_is_not_known(exported: dict[str, Any], now: datetime) -> None:
    lines = exported["get_credential_report"]["Content"].decode().split("\n")
    table = "\n".join(line for line in lines if not line.startswith("sleeper,"))
    files = as_files(exported | {"get_credential_report": {"Content": table.encode()}})
    (finding,) = (f for f in evaluate(facts_from_files(files, now=now)) if f.control.key == "access-keys-rotated")
    assert finding.status is Status.NOT_AVAILABLE
    assert "user/sleeper" in finding.reason


def test_a_password_that_the_report_does_not_speak_of_counts_as_there(exported: dict[str, Any], now: datetime) -> None:
    head, root, *users = exported["get_credential_report"]["Content"].decode().split("\n")
    cells = root.split(",")
    cells[head.split(",").index("password_enabled")] = "not_supported"
    table = "\n".join([head, ",".join(cells), *users])
    report = {"get_credential_report": {"Content": table.encode()}}
    told_alone = facts_from_files(as_files(exported | report, without=["get_account_summary"]), now=now)
    assert told_alone.root.has_password is True
    summary = {"get_account_summary": {"SummaryMap": {"AccountPasswordPresent": 0}}}
    assert facts_from_files(as_files(exported | report | summary), now=now).root.has_password is False
