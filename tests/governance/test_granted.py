"""Which services and actions a policy grants."""

import json
from typing import Any

import pytest

from ostiary import catalogue
from ostiary.governance import granted_actions, granted_services


def policy(*statements: dict[str, Any]) -> str:
    return json.dumps(
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Resource": "*", **each} for each in statements]}
    )


EVERY_SERVICE = frozenset(catalogue.list_services())


@pytest.mark.parametrize(
    ("statements", "granted"),
    [
        ([{"Action": "s3:GetObject"}], {"s3"}),
        ([{"Action": ["S3:getobject", "IAM:*User"]}], {"s3", "iam"}),
        ([{"Action": "s3:NoSuchAction"}], set()),
        ([{"Action": "nowhere:*"}], set()),
        ([{"Action": "*:AssumeRoleWithSAML"}], {"sts"}),
        ([{"Action": "s3:*", "Effect": "Deny"}], set()),
        ([{"Action": "s3:*"}, {"Action": "s3:*", "Effect": "Deny"}], {"s3"}),
        ([{"Action": "s3:*", "Condition": {"Bool": {"aws:SecureTransport": "true"}}}], {"s3"}),
        ([{"Action": "*"}], EVERY_SERVICE),
        ([{"NotAction": ["iam:*", "organizations:*"]}], EVERY_SERVICE - {"iam", "organizations"}),
        ([{"NotAction": "iam:CreateUser"}], EVERY_SERVICE),
    ],
)
def test_a_service_is_granted_when_an_allow_could_match(statements: list[dict[str, Any]], granted: set[str]) -> None:
    # Some services of the catalogue have resources and condition keys, but no action that could be granted.
    with_actions = {name.partition(":")[0] for name in catalogue.match_actions("*")}
    assert granted_services(policy(*statements)) == granted & with_actions


def test_actions_are_granted_by_any_of_the_policies() -> None:
    documents = [policy({"Action": "iam:List*"}), policy({"Action": "*", "Effect": "Deny"}, {"Action": "sts:*"})]
    asked = ["iam:ListUsers", "iam:GetUser", "sts:AssumeRole"]
    assert granted_actions(documents, asked) == ["iam:ListUsers", "sts:AssumeRole"]


def test_every_service_has_its_name() -> None:
    for prefix in ("iam", "IAM", "s3"):
        service = catalogue.find_service(prefix)
        assert service is not None
        assert catalogue.find_service_name(prefix) == service.name
    assert catalogue.find_service_name("nowhere") is None
