"""The roles of AWS's services: that each has a policy of AWS's, and a name and path that IAM takes."""

import re

import pytest

from ostiary import catalogue
from ostiary.catalogue import ServiceLinkedRole

ROLES = catalogue.list_service_linked_roles()


def test_a_role_is_found_by_its_service() -> None:
    assert catalogue.find_service_linked_role("autoscaling.amazonaws.com") == ServiceLinkedRole(
        service="autoscaling.amazonaws.com",
        name="AWSServiceRoleForAutoScaling",
        policy_arn="arn:aws:iam::aws:policy/aws-service-role/AutoScalingServiceRolePolicy",
        takes_suffix=True,
    )
    assert catalogue.find_service_linked_role("AutoScaling.amazonaws.com") is None


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.service)
def test_each_is_whole(role: ServiceLinkedRole) -> None:
    policy = catalogue.find_managed_policy(role.policy_arn)
    assert policy is not None
    assert policy.path == "/aws-service-role/"
    assert re.fullmatch(r"AWSServiceRoleFor[\w-]{1,47}", role.name, re.ASCII)
    assert role.path == f"/aws-service-role/{role.service}/"


def test_no_two_share_a_name() -> None:
    assert len({role.name.lower() for role in ROLES}) == len(ROLES) > 150
