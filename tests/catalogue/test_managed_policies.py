"""AWS's managed policies: that they are found, and that every one of them is whole."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ostiary import catalogue
from ostiary.catalogue import ManagedPolicy, find_managed_policy, list_managed_policies

_ORIGIN = Path(catalogue.__file__).with_name("data") / "managed_policies.origin.json"

_PREFIX = "arn:aws:iam::aws:policy"

_PATHS = {"/", "/aws-service-role/", "/job-function/", "/root-task/", "/service-role/"}


def test_a_policy_is_found_with_all_its_facts() -> None:
    created = datetime(2015, 2, 6, 18, 39, 46, tzinfo=UTC)
    assert find_managed_policy(f"{_PREFIX}/AdministratorAccess") == ManagedPolicy(
        arn="arn:aws:iam::aws:policy/AdministratorAccess",
        name="AdministratorAccess",
        path="/",
        policy_id="ANPAXUEARDEVTUHKHZ23E",
        default_version_id="v1",
        created=created,
        updated=created,
        description=None,
        document='{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
    )


@pytest.mark.parametrize(
    "arn",
    [
        "",
        "AdministratorAccess",
        "/AdministratorAccess",
        "arn:aws:iam::aws:policy/",
        "arn:aws:iam::aws:policy/administratoraccess",
        "arn:aws:iam::aws:policy/AdministratorAccess/",
        "arn:aws:iam::aws:policy/AdministratorAccess\n",
        "arn:aws:iam::aws:policy/service-role/AdministratorAccess",
        "arn:aws:iam::aws:policy/AWSLambdaBasicExecutionRole",
        "arn:aws:iam::aws:policy/NoSuchPolicy",
        "arn:aws:iam::111122223333:policy/AdministratorAccess",
        "arn:aws-cn:iam::aws:policy/AdministratorAccess",
        "arn:aws:iam::aws:role/AdministratorAccess",
    ],
)
def test_other_arns_find_nothing(arn: str) -> None:
    assert find_managed_policy(arn) is None


@given(st.text() | st.from_regex(r"arn:aws:iam::aws:policy(/[a-z-]*)?/[A-Za-z]*", fullmatch=True))
def test_no_text_finds_a_policy_with_another_arn(text: str) -> None:
    policy = find_managed_policy(text)
    assert policy is None or policy.arn == text


def test_the_list_is_in_order_of_names_without_regard_to_case() -> None:
    names = [policy.name.lower() for policy in list_managed_policies()]
    assert names == sorted(set(names))


def test_every_policy_listed_is_found_at_its_arn() -> None:
    for policy in list_managed_policies():
        assert find_managed_policy(policy.arn) == policy


def test_every_policy_has_sound_facts() -> None:
    newest = max(policy.updated for policy in list_managed_policies())
    for policy in list_managed_policies():
        assert re.fullmatch(r"[A-Za-z0-9+=,.@_-]{1,128}", policy.name), policy.name
        assert policy.path in _PATHS, policy
        assert policy.arn == f"{_PREFIX}{policy.path}{policy.name}"
        assert re.fullmatch(r"ANPA[A-Z2-7]{17}", policy.policy_id), policy
        assert re.fullmatch(r"v[1-9][0-9]*", policy.default_version_id), policy
        assert policy.created.utcoffset() == policy.updated.utcoffset() == timedelta(0)
        assert datetime(2010, 1, 1, tzinfo=UTC) < policy.created <= policy.updated <= newest, policy


def test_no_two_policies_share_an_id() -> None:
    policies = list_managed_policies()
    assert len({policy.policy_id for policy in policies}) == len(policies)


def test_every_document_is_a_policy() -> None:
    for policy in list_managed_policies():
        document = json.loads(policy.document)
        assert set(document) == {"Version", "Statement"}, policy.name
        assert document["Version"] in {"2012-10-17", "2008-10-17"}, policy.name
        statements = document["Statement"]
        for statement in statements if isinstance(statements, list) else [statements]:
            _assert_statement(policy.name, statement)


def test_the_origin_tells_the_truth() -> None:
    origin = json.loads(_ORIGIN.read_text())
    policies = list_managed_policies()
    assert (origin["package"], origin["licence"]) == ("moto", "Apache-2.0")
    assert origin["policies"] == len(policies)
    assert datetime.fromisoformat(origin["newest_change"]) == max(policy.updated for policy in policies)


def _assert_statement(name: str, statement: dict[str, Any]) -> None:
    assert statement["Effect"] in {"Allow", "Deny"}, name
    assert ("Action" in statement) != ("NotAction" in statement), name
    assert ("Resource" in statement) != ("NotResource" in statement), name
    assert "Principal" not in statement, name
