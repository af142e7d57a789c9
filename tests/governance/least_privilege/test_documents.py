"""A policy that is made of permissions allows exactly those, by the engine that decides calls."""

import json
from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostiary.analysis.lint import Severity, lint_policy
from ostiary.directory.errors import Quota
from ostiary.directory.quotas import AWS_DEFAULTS, policy_size
from ostiary.governance.least_privilege import Permission
from ostiary.governance.least_privilege.documents import MOST_CHARACTERS, write_policies
from ostiary.governance.least_privilege.patterns import is_expressible, patterns_by_action
from ostiary.policy import (
    AccessRequest,
    CompiledPolicy,
    PolicyKind,
    PolicySet,
    PolicySource,
    Principal,
    PrincipalKind,
    compile_policy,
    decide,
    parse_policy,
)
from tests.examples import examples

ACCOUNT = "111122223333"
ALICE = Principal(
    kind=PrincipalKind.USER, arn=f"arn:aws:iam::{ACCOUNT}:user/alice", account=ACCOUNT, unique_id="AIDAEXAMPLE"
)
ACTIONS = (
    "iam:GetUser",
    "iam:DeleteUser",
    "iam:PassRole",
    "sts:AssumeRole",
    "s3:GetObject",
    "access-analyzer:GetFinding",
)


def arn(resource: str, service: str = "iam") -> str:
    return f"arn:aws:{service}::{ACCOUNT}:{resource}"


# Words that differ only where a wildcard would not tell them apart.
PATHS = st.lists(
    st.sampled_from(["a", "b", "*", "?", "$", "${aws:username}", "a*", "ab", "$b", "alice"]), min_size=1, max_size=3
)
RESOURCES = st.one_of(
    st.just("*"),
    st.builds(
        lambda kind, path, service: arn("/".join([kind, *path]), service),
        st.sampled_from(["user", "role"]),
        PATHS,
        st.sampled_from(["iam", "s3"]),
    ),
)
PERMISSIONS = st.builds(Permission, st.sampled_from(ACTIONS), RESOURCES)


def policies_of(permissions: set[Permission], *, wildcards: bool = False) -> tuple[str, ...]:
    return write_policies(patterns_by_action(permissions, wildcards=wildcards))


@lru_cache
def compiled(documents: tuple[str, ...]) -> tuple[CompiledPolicy, ...]:
    return tuple(
        compile_policy(parse_policy(document, PolicyKind.IDENTITY), PolicySource(PolicyKind.IDENTITY, "p", "p"))
        for document in documents
    )


def allowed_by(documents: tuple[str, ...], permission: Permission) -> bool:
    context = {"aws:username": "alice"}
    request = AccessRequest(ALICE, permission.action, permission.resource, context, ACCOUNT)
    return decide(request, PolicySet(identity=compiled(documents))).allowed


@examples(100)
@given(st.sets(PERMISSIONS, max_size=12), st.lists(PERMISSIONS, max_size=20))
def test_exactly_the_permissions_are_allowed(permissions: set[Permission], others: list[Permission]) -> None:
    documents = policies_of(permissions)
    # What was decided on everything is on everything: there is no narrower resource to name.
    everywhere = {permission.action for permission in permissions if permission.resource == "*"}
    for permission in [*permissions, *others]:
        expected = permission in permissions or permission.action in everywhere
        assert allowed_by(documents, permission) == expected, (documents, permission)


@examples(20)
@given(st.sets(PERMISSIONS, max_size=12), st.randoms(use_true_random=False))
def test_the_same_permissions_make_the_same_text(permissions: set[Permission], chance: object) -> None:
    shuffled = list(permissions)
    chance.shuffle(shuffled)  # type: ignore[attr-defined] # hypothesis gives a Random
    assert policies_of(set(shuffled)) == write_policies(patterns_by_action(shuffled)) == policies_of(permissions)


@examples(50)
@given(st.sets(PERMISSIONS, min_size=1, max_size=30))
def test_wildcards_take_nothing_away(permissions: set[Permission]) -> None:
    documents = policies_of(permissions, wildcards=True)
    assert all(allowed_by(documents, permission) for permission in permissions)


def test_the_shape() -> None:
    permissions = {
        Permission("sts:AssumeRole", arn("role/Deploy")),
        Permission("iam:ListUsers", "*"),
        Permission("iam:GetUser", arn("user/b")),
        Permission("iam:GetUser", arn("user/a*")),
        Permission("iam:DeleteUser", arn("user/b")),
        Permission("iam:DeleteUser", arn("user/a*")),
        Permission("iam:ListRoles", "*"),
        Permission("iam:ListRoles", arn("role/x")),
        Permission("access-analyzer:ValidatePolicy", "*"),
    }
    (document,) = policies_of(permissions)
    assert json.loads(document) == {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "AccessAnalyzer1",
                "Effect": "Allow",
                "Action": ["access-analyzer:ValidatePolicy"],
                "Resource": "*",
            },
            {
                "Sid": "Iam1",
                "Effect": "Allow",
                "Action": ["iam:DeleteUser", "iam:GetUser"],
                "Resource": [arn("user/a${*}"), arn("user/b")],
            },
            {"Sid": "Iam2", "Effect": "Allow", "Action": ["iam:ListRoles", "iam:ListUsers"], "Resource": "*"},
            {"Sid": "Sts1", "Effect": "Allow", "Action": ["sts:AssumeRole"], "Resource": [arn("role/Deploy")]},
        ],
    }


def test_nothing_makes_no_policy() -> None:
    assert policies_of(set()) == ()


@pytest.mark.parametrize(
    ("resources", "patterns"),
    [
        (["user/a", "user/b"], ["user/a", "user/b"]),
        (["user/a", "user/b", "user/c"], ["user/*"]),
        (["user/x/a", "user/x/b", "user/x/y/c"], ["user/x/*"]),
        (["user/x/a", "user/x/b", "user/xy/c"], ["user/*"]),
        (["user/$/a", "user/$/b", "user/$/c"], ["user/${$}/*"]),
        (["user/a", "user/b", "role/c"], ["role/c", "user/a", "user/b"]),
        (["root", "a", "b"], ["a", "b", "root"]),
    ],
)
def test_what_wildcards_fold(resources: list[str], patterns: list[str]) -> None:
    permissions = [Permission("iam:GetUser", arn(resource)) for resource in resources]
    folded = patterns_by_action(permissions, wildcards=True)
    assert sorted(folded["iam:GetUser"]) == [arn(pattern) for pattern in patterns]


@pytest.mark.parametrize(
    ("resource", "expressible"),
    [
        ("*", True),
        (arn("user/*"), True),
        ("arn:aws:sqs:us-east-1:111122223333:a:b", True),
        ("arn:aws:iam::*:role/x", False),
        ("arn:aws:s3:$:111122223333:x", False),
        ("arn:aws:s3", False),
        ("alice", False),
    ],
)
def test_what_a_pattern_can_stand_for(resource: str, *, expressible: bool) -> None:
    assert is_expressible(resource) == expressible


def test_what_has_no_room_is_split_and_allows_the_same() -> None:
    assert AWS_DEFAULTS[Quota.POLICY_SIZE] == MOST_CHARACTERS
    permissions = {Permission("iam:GetUser", arn(f"user/{'p' * 60}/{number}")) for number in range(300)}
    permissions |= {Permission(f"s3:{'Get' * 20}{number}", "*") for number in range(150)}
    documents = policies_of(permissions)
    assert len(documents) > 4
    assert all(policy_size(document) == len(document) <= MOST_CHARACTERS for document in documents)
    assert all(allowed_by(documents, permission) for permission in permissions)
    assert not allowed_by(documents, Permission("iam:GetUser", arn(f"user/{'p' * 60}/300")))
    sids = [statement["Sid"] for document in documents for statement in json.loads(document)["Statement"]]
    assert len(set(sids)) == len(sids)


def test_our_own_lint_finds_no_error() -> None:
    known = {
        Permission("iam:GetUser", arn("user/day${*}/alice")),
        Permission("iam:PassRole", arn("role/Deploy")),
        Permission("iam:ListUsers", "*"),
        Permission("ostiary:GetAccountSettings", "*"),
    }
    (document,) = policies_of(known)
    found = lint_policy(document, PolicyKind.IDENTITY)
    assert [finding for finding in found if finding.severity is Severity.ERROR] == []
