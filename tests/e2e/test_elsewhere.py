"""Calls for services that are not served, by their own clients: refused in each service's own form, and recorded."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.conftest import Credentials, RunningServer
from tests.e2e.raw_http import send
from tests.server.test_pipeline_audit import latest

CALLS: dict[str, tuple[str, dict[str, Any], str]] = {
    # client: operation, parameters, the action that the refusal names
    "s3": ("ListBuckets", {}, "s3:ListAllMyBuckets"),
    "ec2": ("DescribeInstances", {}, "ec2:DescribeInstances"),
    "dynamodb": ("ListTables", {}, "dynamodb:ListTables"),
    "sqs": ("ListQueues", {}, "sqs:ListQueues"),
    "lambda": ("ListFunctions", {}, "lambda:ListFunctions"),
    "organizations": ("DescribeOrganization", {}, "organizations:DescribeOrganization"),
    "cloudtrail": ("DescribeTrails", {}, "cloudtrail:DescribeTrails"),
    "kms": ("ListKeys", {}, "kms:ListKeys"),
    "route53": ("ListHostedZones", {}, "route53:ListHostedZones"),
    "sns": ("ListTopics", {}, "sns:ListTopics"),
    "cloudwatch": ("DescribeAlarms", {}, "cloudwatch:DescribeAlarms"),
    "eks": ("ListClusters", {}, "eks:ListClusters"),
    "accessanalyzer": ("ListAnalyzers", {}, "access-analyzer:ListAnalyzers"),
    "cognito-idp": ("ListUserPools", {"MaxResults": 1}, "cognito-idp:ListUserPools"),
    "cloudfront": ("ListDistributions", {}, "cloudfront:ListDistributions"),
    "rds": ("DescribeDBInstances", {}, "rds:DescribeDBInstances"),
    "arc-region-switch": ("ListPlans", {}, "arc-region-switch:ListPlans"),
    "bedrock": ("ListFoundationModels", {}, "bedrock:ListFoundationModels"),
    "apigateway": ("GetRestApis", {}, "apigateway:GetRestApis"),
}
SERVED_IN_PART = {"accessanalyzer", "cloudtrail"}
REFUSED = {"ec2": "UnauthorizedOperation", "sns": "AuthorizationError"}
IN_XML = {"s3", "route53", "cloudfront", "rds"}
QUERY_ONCE = {"sqs", "cloudwatch"}
UNKNOWN_KEY = {
    "s3": "InvalidAccessKeyId",
    "ec2": "AuthFailure",
    "sns": "InvalidClientTokenId",
    "kms": "UnrecognizedClientException",
    "eks": "UnrecognizedClientException",
    "route53": "InvalidClientTokenId",
}
WRONG_SECRET = {
    "s3": "SignatureDoesNotMatch",
    "ec2": "AuthFailure",
    "sns": "SignatureDoesNotMatch",
    "kms": "InvalidSignatureException",
    "eks": "InvalidSignatureException",
    "route53": "SignatureDoesNotMatch",
}


def error_of(call: Callable[[], Any]) -> dict[str, Any]:
    with pytest.raises(ClientError) as caught:
        call()
    response: dict[str, Any] = dict(caught.value.response)
    assert response["ResponseMetadata"]["RequestId"]
    return response


def call(server: RunningServer, service: str, credentials: Credentials) -> dict[str, Any]:
    operation, parameters, _ = CALLS[service]
    client = server.client(service, credentials, inject_host_prefix=False)
    return error_of(lambda: client._make_api_call(operation, parameters))  # noqa: SLF001 - by its name


@pytest.mark.parametrize("service", CALLS)
def test_is_refused_in_the_services_own_form(server: RunningServer, service: str) -> None:
    response = call(server, service, server.admin)
    action = CALLS[service][2]
    in_words = "AccessDenied" if service in IN_XML | QUERY_ONCE else "AccessDeniedException"
    assert response["Error"]["Code"] == REFUSED.get(service, in_words)
    assert response["Error"]["Message"] == (
        f"User: arn:aws:iam::{server.account_id}:user/admin is not authorized to perform: {action} "
        f"because {action if service in SERVED_IN_PART else action.partition(':')[0]} is not served here"
    )
    assert response["ResponseMetadata"]["HTTPStatusCode"] == 403


@pytest.mark.parametrize("service", UNKNOWN_KEY)
def test_nobody_without_a_good_key_is_told_more(server: RunningServer, service: str) -> None:
    stranger = Credentials("AKIA" + "A" * 16, "x" * 40)
    impostor = Credentials(server.admin.access_key_id, "x" * 40)
    assert call(server, service, stranger)["Error"]["Code"] == UNKNOWN_KEY[service]
    assert call(server, service, impostor)["Error"]["Code"] == WRONG_SECRET[service]


def test_the_refusal_is_recorded(server: RunningServer) -> None:
    call(server, "ec2", server.admin)
    event = latest(server, "DescribeInstances")
    assert (event["eventSource"], event["errorCode"]) == ("ec2.amazonaws.com", "AccessDenied")
    assert event["userIdentity"]["userName"] == "admin"
    assert event["awsRegion"] == "us-east-1"


OBJECTS: dict[str, Callable[[Any], Any]] = {
    "get an object": lambda s3: s3.get_object(Bucket="b", Key="a key/with é+%20 and //"),
    "put an object": lambda s3: s3.put_object(Bucket="b", Key="k", Body=b"some text"),
    "put a stream": lambda s3: s3.put_object(Bucket="b", Key="k", Body=io.BytesIO(b"x" * 70_000)),
    "list": lambda s3: s3.list_objects_v2(Bucket="b", Prefix="a b/"),
    "ask for a policy": lambda s3: s3.get_bucket_policy(Bucket="b"),
}
ACTIONS = {
    "get an object": "s3:GetObject",
    "put an object": "s3:PutObject",
    "put a stream": "s3:PutObject",
    "list": "s3:ListBucket",
    "ask for a policy": "s3:GetBucketPolicy",
}


@pytest.mark.parametrize("name", OBJECTS)
@pytest.mark.parametrize("payload_signed", [True, False])
def test_s3_signs_in_its_own_way(server: RunningServer, name: str, *, payload_signed: bool) -> None:
    s3 = server.client("s3", server.admin, s3={"payload_signing_enabled": payload_signed, "addressing_style": "path"})
    response = error_of(lambda: OBJECTS[name](s3))
    assert response["Error"]["Code"] == "AccessDenied"
    assert f"perform: {ACTIONS[name]} because" in response["Error"]["Message"]
    assert response["ResponseMetadata"]["HostId"]


def test_a_head_has_no_body_but_a_status(server: RunningServer) -> None:
    s3 = server.client("s3", server.admin)
    response = error_of(lambda: s3.head_bucket(Bucket="b"))
    assert response["Error"]["Code"] == "403"


def test_a_presigned_url_is_refused_likewise(server: RunningServer) -> None:
    s3 = server.client("s3", server.admin, s3={"addressing_style": "path"}, signature_version="s3v4")
    url = s3.generate_presigned_url("get_object", {"Bucket": "b", "Key": "k"}, ExpiresIn=3600)
    answer = send(server, method="GET", target=url.removeprefix(server.endpoint))
    assert (answer.status, answer.content_type) == (403, "application/xml")
    assert b"perform: s3:GetObject because" in answer.body


def test_an_object_larger_than_any_call_is_refused_as_such(server: RunningServer) -> None:
    s3 = server.client("s3", server.admin)
    response = error_of(lambda: s3.put_object(Bucket="b", Key="k", Body=b"x" * (2 << 20)))
    assert (response["Error"]["Code"], response["ResponseMetadata"]["HTTPStatusCode"]) == ("EntityTooLarge", 400)


UNSIGNED = {
    "json": (
        [("X-Amz-Target", "TrentService.ListKeys"), ("Content-Type", "application/x-amz-json-1.1")],
        "/",
        "application/x-amz-json-1.1",
        b"MissingAuthenticationTokenException",
    ),
    "cbor": (
        [("smithy-protocol", "rpc-v2-cbor")],
        "/service/Any/operation/Do",
        "application/cbor",
        b"MissingAuthenticationTokenException",
    ),
    "a path": ([], "/bucket/key", "text/xml", b"<Code>MissingAuthenticationToken</Code>"),
    "a path, accepting JSON": (
        [("Accept", "application/json")],
        "/clusters",
        "application/json",
        b'"Code": "MissingAuthenticationToken"',
    ),
}


@pytest.mark.parametrize("name", UNSIGNED)
def test_unsigned(server: RunningServer, name: str) -> None:
    headers, target, content_type, part = UNSIGNED[name]
    answer = send(server, b"{}" if name == "json" else b"", target=target, headers=headers)
    assert (answer.status, answer.content_type) == (403, content_type)
    assert part in answer.body
