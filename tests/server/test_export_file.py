"""Exports that are read, and what is said of those that cannot be."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ostiary.server.errors import SetupError
from ostiary.server.export_file import parse_export
from ostiary.values.identifiers import AccountId

COMPANY = (Path(__file__).parent.parent / "cases" / "exports" / "company.json").read_text()
ACCOUNT = AccountId("123456789012")


def test_documents_stay_as_they_are() -> None:
    written = json.loads(COMPANY)
    export = parse_export(COMPANY, ACCOUNT)
    assert export.account == ACCOUNT
    trusts = [json.loads(detail.role.trust_policy) for detail in export.details.roles]
    assert trusts == [role["AssumeRolePolicyDocument"] for role in written["RoleDetailList"]]


def test_documents_are_read_as_the_api_writes_them_too() -> None:
    text = (
        '{ "Version": "2012-10-17",\n "Statement": {"Effect": "Deny", "Action": "a:b", "Resource": "caf\u00e9 %2F"} }'
    )
    encoded = (
        "%7B%20%22Version%22%3A%20%222012-10-17%22%2C%0A%20%22Statement%22%3A%20%7B%22Effect%22%3A%20%22Deny%22%2C%20"
        "%22Action%22%3A%20%22a%3Ab%22%2C%20%22Resource%22%3A%20%22*%22%7D%20%7D"
    )
    written = json.loads(COMPANY)
    policies = [{"PolicyName": "text", "PolicyDocument": text.replace("caf\u00e9 %2F", "*")}]
    policies.append({"PolicyName": "encoded", "PolicyDocument": encoded})
    written["UserDetailList"][4]["UserPolicyList"] = policies
    user = parse_export(json.dumps(written), ACCOUNT).details.users[4]
    documents = dict(user.permissions.inline)
    assert documents["text"] == documents["encoded"] == text.replace("caf\u00e9 %2F", "*")


def test_a_part_of_an_account_is_an_export() -> None:
    groups = json.loads(COMPANY)["GroupDetailList"]
    details = parse_export(json.dumps({"GroupDetailList": groups}), ACCOUNT).details
    assert (len(details.groups), details.users, details.policies) == (4, (), ())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file is no JSON"),
        ("[" * 100_000, "the file is no JSON"),
        ("[]", "the file is no output of `aws iam get-account-authorization-details`"),
        ('{"Users": []}', "the file is no output of `aws iam get-account-authorization-details`"),
        ('{"Policies": 1}', "cannot read the export: something has no list of objects as Policies"),
        ('{"Policies": [1]}', "cannot read the export: something has no list of objects as Policies"),
        ('{"UserDetailList": [{}]}', "cannot read the export: something has no text as Arn"),
        ('{"UserDetailList": [{"Arn": "x"}]}', "cannot read the export: not an ARN: 'x'"),
        (
            '{"UserDetailList": [], "IsTruncated": true}',
            "the file is the first page of several: export the account without --max-items",
        ),
    ],
)
def test_what_is_no_export(text: str, message: str) -> None:
    with pytest.raises(SetupError) as caught:
        parse_export(text, ACCOUNT)
    assert str(caught.value) == message


def put(*way: Any, value: Any) -> Callable[[Any], None]:
    def change(written: Any) -> None:
        for step in way[:-1]:
            written = written[step]
        written[way[-1]] = value

    return change


JANE = "arn:aws:iam::123456789012:user/admin.jane"
USER = ("UserDetailList", 0)
POLICY = ("Policies", 1)
OPEN = {"Version": "2012-10-17", "Statement": [{"Effect": "Perhaps", "Action": "*", "Resource": "*"}]}

BAD: list[tuple[Callable[[Any], None], str]] = [
    (put(*USER, "UserName", value="jane"), f"{JANE} is not the ARN of the user jane at /"),
    (put(*USER, "Path", value=None), f"{JANE} has no text as Path"),
    (put(*USER, "UserId", value="AROAQWERTYUIOPASDFGHJ"), "AROAQWERTYUIOPASDFGHJ is no UserId"),
    (put(*USER, "UserId", value="AIDA'; --"), "AIDA'; -- is no UserId"),
    (put(*USER, "CreateDate", value="yesterday"), "yesterday is no date"),
    (put(*USER, "CreateDate", value="2020-01-01T00:00:00"), "2020-01-01T00:00:00 has no time zone"),
    (put(*USER, "CreateDate", value="0001-01-01T00:00:00+14:00"), "0001-01-01T00:00:00+14:00 is no date"),
    (put(*USER, "GroupList", value=[1]), f"{JANE} has no list of texts as GroupList"),
    (put(*USER, "PermissionsBoundary", value="x"), f"{JANE} has no object as PermissionsBoundary"),
    (put(*USER, "Tags", value=[{"Key": "a", "Value": ""}, {"Key": "A", "Value": ""}]), f"{JANE} has something twice"),
    (put(*USER, "Tags", value=[{"Key": "a" * 200, "Value": ""}]), "1 validation error detected"),
    (
        put(*USER, "AttachedManagedPolicies", value=[{"PolicyArn": "arn:aws:iam::999999999999:policy/x"}]),
        "arn:aws:iam::999999999999:policy/x is no policy of AWS's or of the exported account's",
    ),
    (put(*USER, "Arn", value=JANE.replace("1", "9")), "it is of several accounts: 123456789012, 923456789092"),
    (
        put(*USER, "UserPolicyList", value=[{"PolicyName": "p", "PolicyDocument": OPEN}]),
        "PolicyDocument of p: Syntax errors in policy.",
    ),
    (put(*USER, "UserPolicyList", value=[{"PolicyName": "p"}]), "p has no PolicyDocument"),
    (put("RoleDetailList", 0, "AssumeRolePolicyDocument", value="no"), "AssumeRolePolicyDocument of arn:aws:iam"),
    (put(*POLICY, "DefaultVersionId", value="v9"), "the policy DeployArtifacts lacks its default version"),
    (put(*POLICY, "DefaultVersionId", value="9"), "arn:aws:iam::123456789012:policy/ci/DeployArtifacts has no version"),
    (put(*POLICY, "PolicyVersionList", 1, "VersionId", value="v7"), "the policy DeployArtifacts has a version twice"),
]


@pytest.mark.parametrize(("change", "message"), BAD)
def test_what_aws_would_not_write(change: Callable[[Any], None], message: str) -> None:
    written = json.loads(COMPANY)
    change(written)
    with pytest.raises(SetupError) as caught:
        parse_export(json.dumps(written), ACCOUNT)
    assert str(caught.value).startswith(f"cannot read the export: {message}")


def test_no_half_characters() -> None:
    written = json.loads(COMPANY)
    document = {"Version": "2012-10-17", "Id": "\ud800", "Statement": []}
    written["UserDetailList"][0]["UserPolicyList"] = [{"PolicyName": "p", "PolicyDocument": document}]
    with pytest.raises(SetupError):
        parse_export(json.dumps(written), ACCOUNT)
