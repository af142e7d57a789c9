"""The tagging service through boto3, in JSON, and in CBOR as newer SDKs call it."""

import json
from typing import Any

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as SigningCredentials

from ostiary.wire.cbor.items import dump, load
from tests.conftest import Credentials, RunningServer
from tests.e2e.raw_http import send
from tests.e2e.refusals import refused

DOCUMENT = json.dumps({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}})


def listed(tags: dict[str, str]) -> list[dict[str, str]]:
    return [{"Key": key, "Value": value} for key, value in tags.items()]


@pytest.fixture(scope="module")
def arns(iam: Any) -> list[str]:
    """Three tagged policies; and a user, whom the service does not find."""
    iam.create_user(UserName="tagged", Tags=listed({"team": "red"}))
    made = [
        iam.create_policy(PolicyName=name, PolicyDocument=DOCUMENT, Tags=listed(tags))["Policy"]["Arn"]
        for name, tags in {"A": {"team": "red", "empty": ""}, "B": {"team": "blue"}, "C": {"Team": "red"}}.items()
    ]
    iam.create_policy(PolicyName="Untagged", PolicyDocument=DOCUMENT)
    return made


@pytest.fixture(scope="module")
def tagging(server: RunningServer) -> Any:
    return server.client("resourcegroupstaggingapi", server.admin)


def found(tagging: Any, **parameters: Any) -> list[str]:
    pages = tagging.get_paginator("get_resources").paginate(**parameters)
    return [mapping["ResourceARN"] for page in pages for mapping in page["ResourceTagMappingList"]]


def test_a_resource_has_its_arn_and_all_its_tags(tagging: Any, arns: list[str]) -> None:
    answer = tagging.get_resources(TagFilters=[{"Key": "empty"}])
    assert answer["ResourceTagMappingList"] == [{"ResourceARN": arns[0], "Tags": listed({"empty": "", "team": "red"})}]
    assert answer["PaginationToken"] == ""


def test_filters(tagging: Any, arns: list[str]) -> None:
    a, b, c = arns
    assert found(tagging) == [a, b, c]
    assert found(tagging, TagFilters=[{"Key": "team"}]) == [a, b]
    assert found(tagging, TagFilters=[{"Key": "team", "Values": ["blue", "green"]}]) == [b]
    assert found(tagging, TagFilters=[{"Key": "team"}, {"Key": "empty", "Values": [""]}]) == [a]
    assert found(tagging, ResourceTypeFilters=["iam:policy"]) == [a, b, c]
    assert found(tagging, ResourceTypeFilters=["iam", "ec2:instance"]) == [a, b, c]
    assert found(tagging, ResourceTypeFilters=["ec2", "iam:user", "iam:server-certificate"]) == []
    assert found(tagging, ResourceARNList=[c, a, f"{a}x"]) == [a, c]


def test_pages(tagging: Any, arns: list[str]) -> None:
    assert found(tagging, ResourcesPerPage=1) == arns
    first = tagging.get_resources(ResourcesPerPage=2)
    assert [mapping["ResourceARN"] for mapping in first["ResourceTagMappingList"]] == arns[:2]
    second = tagging.get_resources(ResourcesPerPage=2, PaginationToken=first["PaginationToken"])
    assert [mapping["ResourceARN"] for mapping in second["ResourceTagMappingList"]] == arns[2:]
    assert len(tagging.get_resources(TagsPerPage=100)["ResourceTagMappingList"]) == 2
    assert refused(lambda: tagging.get_tag_keys(PaginationToken=first["PaginationToken"]))[0] == (
        "PaginationTokenExpiredException"
    )


def test_every_taggable_kind_is_found(tagging: Any, iam: Any, arns: list[str], account_id: str) -> None:
    iam.create_instance_profile(InstanceProfileName="web", Path="/p/", Tags=listed({"kind": "x"}))
    iam.create_open_id_connect_provider(
        Url="https://idp.example.com/a", ThumbprintList=["0" * 40], Tags=listed({"kind": "x"})
    )
    iam.create_virtual_mfa_device(VirtualMFADeviceName="phone", Tags=listed({"kind": "x"}))
    assert found(tagging, TagFilters=[{"Key": "kind"}]) == [
        f"arn:aws:iam::{account_id}:instance-profile/p/web",
        f"arn:aws:iam::{account_id}:mfa/phone",
        f"arn:aws:iam::{account_id}:oidc-provider/idp.example.com/a",
    ]
    assert arns


def test_keys_and_values(tagging: Any, arns: list[str]) -> None:
    assert arns
    keys = tagging.get_tag_keys()
    assert keys["TagKeys"] == sorted({*keys["TagKeys"], "Team", "empty", "team"})
    assert tagging.get_tag_values(Key="team")["TagValues"] == ["blue", "red"]
    assert tagging.get_tag_values(Key="empty")["TagValues"] == [""]
    assert tagging.get_tag_values(Key="none")["TagValues"] == []


def test_iam_is_found_in_one_region_only(server: RunningServer, arns: list[str]) -> None:
    elsewhere = server.client("resourcegroupstaggingapi", server.admin, region="eu-north-1")
    assert elsewhere.get_resources()["ResourceTagMappingList"] == []
    assert elsewhere.get_tag_keys()["TagKeys"] == []
    assert arns


REFUSED: dict[str, dict[str, Any]] = {
    "a page of none": {"ResourcesPerPage": 0},
    "a page of too many": {"ResourcesPerPage": 101},
    "tags not in hundreds": {"TagsPerPage": 150},
    "both sizes": {"TagsPerPage": 100, "ResourcesPerPage": 10},
    "ARNs and filters": {"ResourceARNList": ["arn:aws:iam::1:policy/x"], "TagFilters": [{"Key": "a"}]},
    "no ARN": {"ResourceARNList": ["policy-x"]},
    "no type": {"ResourceTypeFilters": ["iam:"]},
    "too many filters": {"TagFilters": [{"Key": "a"}] * 51},
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(tagging: Any, name: str) -> None:
    code, message, status = refused(lambda: tagging.get_resources(**REFUSED[name]))
    assert (code, status) == ("InvalidParameterException", 400)
    assert message


def test_what_only_looks_is_served(tagging: Any) -> None:
    code, message, status = refused(
        lambda: tagging.tag_resources(ResourceARNList=["arn:aws:iam::1:policy/x"], Tags={"a": "b"})
    )
    assert (code, status) == ("AccessDeniedException", 403)
    assert message.endswith("perform: tag:TagResources because tag:TagResources is not served here")


def test_whoever_may_not_is_refused(server: RunningServer, iam: Any, account_id: str) -> None:
    iam.create_user(UserName="nobody")
    nobody = Credentials.of(iam.create_access_key(UserName="nobody")["AccessKey"])
    answer = refused(server.client("resourcegroupstaggingapi", nobody).get_resources)
    assert answer == (
        "AccessDeniedException",
        (
            f"User: arn:aws:iam::{account_id}:user/nobody is not authorized to perform: tag:GetResources "
            "on resource: * because no identity-based policy allows the tag:GetResources action"
        ),
        403,
    )


def in_cbor(server: RunningServer, operation: str, content: bytes) -> tuple[int, Any]:
    path = f"/service/ResourceGroupsTaggingAPI_20170126/operation/{operation}"
    headers = {"smithy-protocol": "rpc-v2-cbor", "Content-Type": "application/cbor"}
    request = AWSRequest("POST", server.endpoint + path, data=content, headers=headers)
    keys = SigningCredentials(server.admin.access_key_id, server.admin.secret_access_key)
    SigV4Auth(keys, "tagging", "us-east-1").add_auth(request)
    answer = send(server, content, target=path, headers=list(request.headers.items()))
    assert answer.content_type == "application/cbor"
    return answer.status, load(answer.body)


def test_in_cbor(server: RunningServer, arns: list[str]) -> None:
    status, answer = in_cbor(server, "GetResources", dump({"ResourcesPerPage": 1, "TagFilters": [{"Key": "team"}]}))
    assert (status, [mapping["ResourceARN"] for mapping in answer["ResourceTagMappingList"]]) == (200, arns[:1])
    status, answer = in_cbor(server, "GetResources", dump({"ResourcesPerPage": "many"}))
    assert (status, answer["__type"]) == (400, "SerializationException")
    status, answer = in_cbor(server, "GetResources", b"\xff")
    assert (status, answer["__type"]) == (400, "SerializationException")
    status, answer = in_cbor(server, "Fly", b"")
    assert (status, answer["__type"]) == (400, "UnknownOperationException")
