"""Condition keys: their types, and the keys that hold a part of the policy author's own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostiary.catalogue import condition_key_type, find_condition_key, list_global_condition_keys


@pytest.mark.parametrize(
    ("key", "name", "kind", "multivalued"),
    [
        ("aws:PrincipalArn", "aws:PrincipalArn", "ARN", False),
        ("AWS:principalarn", "aws:PrincipalArn", "ARN", False),
        ("aws:MultiFactorAuthAge", "aws:MultiFactorAuthAge", "Numeric", False),
        ("aws:MultiFactorAuthPresent", "aws:MultiFactorAuthPresent", "Bool", False),
        ("aws:CurrentTime", "aws:CurrentTime", "Date", False),
        ("aws:SourceIp", "aws:SourceIp", "IPAddress", False),
        ("aws:TagKeys", "aws:TagKeys", "String", True),
        ("aws:PrincipalOrgPaths", "aws:PrincipalOrgPaths", "String", True),
        ("aws:username", "aws:username", "String", False),
        ("aws:RequestTag/team", "aws:RequestTag/${TagKey}", "String", False),
        ("aws:RequestTag/Équipe", "aws:RequestTag/${TagKey}", "String", False),
        ("aws:PrincipalTag/a/b", "aws:PrincipalTag/${TagKey}", "String", False),
        ("iam:PermissionsBoundary", "iam:PermissionsBoundary", "ARN", False),
        ("iam:PassedToService", "iam:PassedToService", "String", False),
        ("iam:ResourceTag/team", "iam:ResourceTag/${TagKey}", "String", False),
        ("sts:TransitiveTagKeys", "sts:TransitiveTagKeys", "String", True),
        ("saml:aud", "saml:aud", "String", False),
        ("ec2:SourceInstanceARN", "ec2:SourceInstanceArn", "ARN", False),
        ("s3:ExistingObjectTag/team", "s3:ExistingObjectTag/<key>", "String", False),
        ("kms:EncryptionContext:Purpose", "kms:EncryptionContext:${EncryptionContextKey}", "String", False),
        ("secretsmanager:ResourceTag/team", "secretsmanager:ResourceTag/tag-key", "String", False),
        ("glacier:ResourceTag/team", "glacier:ResourceTag/", "String", False),
        (
            "codebuild:secondarySources/extra.location",
            "codebuild:secondarySources/${sourceIdentifier}.location",
            "String",
            False,
        ),
    ],
)
def test_a_key_is_known(key: str, name: str, kind: str, multivalued: bool) -> None:  # noqa: FBT001 - a column of the table
    found = find_condition_key(key)
    assert found is not None
    assert (found.name, found.type, found.multivalued) == (name, kind, multivalued)
    assert condition_key_type(key) == kind


@pytest.mark.parametrize(
    "key",
    [
        "",
        "aws",
        "aws:",
        "aws:NoSuchKey",
        "aws:RequestTag",
        "aws:RequestTag/",
        "aws:PrincipalArn/x",
        "aws:to\u212aenIssueTime",
        "nosuch:ResourceTag/team",
        "codebuild:secondarySources/extra",
        "apigateway:Request/NoSuchKey",
    ],
)
def test_a_key_is_not_known(key: str) -> None:
    assert find_condition_key(key) is None
    assert condition_key_type(key) is None


@given(st.text(min_size=1, max_size=128))
def test_any_tag_key_fits(tag: str) -> None:
    assert condition_key_type(f"aws:ResourceTag/{tag}") == "String"


def test_a_more_exact_key_wins_over_a_template() -> None:
    found = find_condition_key("ssm:resourceTag/aws:ssmmessages:session-id")
    assert found is not None
    assert found.name == "ssm:resourceTag/aws:ssmmessages:session-id"


def test_global_keys_are_sorted_and_found_as_themselves() -> None:
    keys = list_global_condition_keys()
    names = [key.name for key in keys]
    assert names == sorted(set(names))
    assert sum(name.startswith("aws:") for name in names) > 50
    for key in keys:
        assert find_condition_key(key.name) == key
        assert key.type in {"String", "ARN", "Numeric", "Date", "Bool", "IPAddress"}
