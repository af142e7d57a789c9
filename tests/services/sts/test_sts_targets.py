"""What each operation of STS needs, held against what AWS publishes of its actions."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from ostiary import catalogue
from ostiary.credentials import MasterKey, Sealer, SessionTokenCodec
from ostiary.directory import accounts, roles, tags
from ostiary.directory.directory import Directory
from ostiary.directory.tags import Tagged
from ostiary.services.sts import OPERATIONS
from ostiary.store import open_store
from ostiary.values.caller import Caller, CallerKind, Federation
from ostiary.values.identifiers import AccessKeyId, AccountId
from ostiary.values.operation import Need

ACCOUNT = AccountId("111122223333")
NOW = datetime(2026, 1, 2, tzinfo=UTC)
ROLE = f"arn:aws:iam::{ACCOUNT}:role/p/deploy"
KEY = AccessKeyId("AKIAIOSFODNN7EXAMPLE")

ALICE = Caller(CallerKind.USER, ACCOUNT, f"arn:aws:iam::{ACCOUNT}:user/alice", "AIDA", KEY, "alice")


def vouched_for(kind: CallerKind, provider: str, **claims: str) -> Caller:
    """Return somebody whom a provider vouches for, with all that it can say."""
    federation = Federation(
        provider,
        {name.replace("_", ":", 1): value for name, value in claims.items()},
        tags={"team": "red"},
        transitive_tag_keys=("team",),
        source_identity="alice",
        session_name="session",
    )
    return Caller(kind, ACCOUNT, provider, "someone", None, "someone", federation=federation)


GOOGLE = f"arn:aws:iam::{ACCOUNT}:oidc-provider/accounts.google.com"
CALLERS = {
    "AssumeRoleWithWebIdentity": vouched_for(
        CallerKind.WEB_IDENTITY_USER,
        GOOGLE,
        **{"accounts.google.com_aud": "c", "accounts.google.com_sub": "s", "accounts.google.com_oaud": "o"},
    ),
    "AssumeRoleWithSAML": vouched_for(
        CallerKind.SAML_USER, f"arn:aws:iam::{ACCOUNT}:saml-provider/Idp", saml_aud="a", saml_sub="s", saml_iss="i"
    ),
}
PARAMETERS: dict[str, Any] = {
    "RoleArn": ROLE,
    "RoleSessionName": "session",
    "ExternalId": "blue",
    "SourceIdentity": "alice",
    "Tags": [{"Key": "team", "Value": "red"}],
    "TransitiveTagKeys": ["team"],
    "Name": "guest",
    "AccessKeyId": KEY,
    "EncodedMessage": "message",
    "TradeInToken": "token",
    "TargetPrincipal": ACCOUNT,
    "TaskPolicyArn": {"arn": "arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials"},
    "Audience": ["https://service.example.com"],
    "SigningAlgorithm": "ES384",
    "DurationSeconds": 900,
}
# Which keys an action has that only its own call can give, and which a call with all parameters must give.
OWN_KEYS = re.compile(r"sts:|aws:TagKeys|aws:RequestTag/")

decided = pytest.mark.parametrize("name", sorted(name for name, each in OPERATIONS.items() if each.needs is not None))


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Directory]:
    store = open_store(f"sqlite:///{tmp_path_factory.mktemp('store') / 'sts.db'}")
    store.create_schema()
    sealer = Sealer(MasterKey.generate())
    with store.write() as connection:
        made = Directory(connection, sealer, SessionTokenCodec(sealer))
        accounts.create_account(made, ACCOUNT, root_email="root@example.com", root_password_hash="-", now=NOW)
        role = roles.create_role(made, ACCOUNT, "deploy", path="/p/", trust_policy="{}", now=NOW)
        tags.set_tags(made, ACCOUNT, role.role_id, {"color": "blue"}, Tagged.ROLE)
        yield made
    store.close()


def needs_of(directory: Directory, name: str) -> list[Need]:
    operation = OPERATIONS[name]
    assert operation.needs is not None
    return list(operation.needs(directory, CALLERS.get(name, ALICE), PARAMETERS))


def fits(arn: str, pattern: str) -> bool:
    return re.fullmatch(re.sub(r"\\\$\\{.*?\\}", ".+", re.escape(pattern)), arn) is not None


def test_only_these_ask_for_no_permission() -> None:
    assert {name for name, each in OPERATIONS.items() if each.needs is None} == {"GetCallerIdentity", "GetSessionToken"}


@decided
def test_actions_are_aws_actions_on_resources_of_theirs(directory: Directory, name: str) -> None:
    needs = needs_of(directory, name)
    assert needs[0].action == f"sts:{name}"
    for need in needs:
        action = catalogue.find_action(need.action)
        assert action is not None
        patterns = [resource.type.arn_pattern for resource in action.resources]
        if patterns and need.action != "sts:TagSession":
            assert any(fits(need.resource, pattern) for pattern in patterns), (need.resource, patterns)
        elif not patterns:
            assert need.resource == "*"


@decided
def test_condition_keys_are_the_actions_own_and_all_of_them(directory: Directory, name: str) -> None:
    need = needs_of(directory, name)[0]
    action = catalogue.find_action(need.action)
    assert action is not None
    known = {*action.condition_keys, *(key for each in action.resources for key in each.type.condition_keys)}
    given = set()
    for key in need.context:
        found = catalogue.find_condition_key(key)
        assert found is not None, key
        assert found.name in known, (key, known)
        given.add(found.name)
    assert {key for key in action.condition_keys if OWN_KEYS.match(key)} <= given
