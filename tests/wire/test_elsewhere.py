"""What is known of services that are not spoken here: their data, their routes, their forms of faults."""

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest
from botocore.awsrequest import HeadersDict
from botocore.parsers import create_parser

from ostiary.values.call import HttpRequest
from ostiary.values.fault import Fault
from ostiary.wire import Elsewhere, FaultForm, encode_fault, find_fault_form, route
from ostiary.wire.cbor.items import load
from ostiary.wire.known_services import action_prefix
from ostiary.wire.rest_routes import find_rest_operation
from ostiary.wire.route import UNKNOWN

DENIED = Fault("AccessDenied", "You <may> not.", status=403)
TOOLS = Path(__file__).parents[2] / "tools"


def request(method: str = "GET", path: str = "/", query: str = "", body: bytes = b"", **headers: str) -> HttpRequest:
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return HttpRequest(method, path, query, named, body, "127.0.0.1")


def test_the_data_is_what_the_script_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(TOOLS))
    spec = importlib.util.spec_from_file_location("build_services", TOOLS / "build_services.py")
    assert spec
    assert spec.loader
    script: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    actions = script.read_actions()
    written = (script.WIRE_DATA / "services.tsv").read_text().splitlines()
    sample = [model for model in script.read_models() if model[0].startswith(("s3", "ec2", "kms", "monitoring", "e"))]
    assert sample
    assert all(script.format_service(*model, actions) in written for model in sample)
    sys.modules.pop("origin", None)


@pytest.mark.parametrize(
    ("asked", "service", "operation"),
    [
        (request(), "s3", "ListBuckets"),
        (request(path="/b"), "s3", "ListObjects"),
        (request(path="/b", query="list-type=2&prefix=a%2Fb"), "s3", "ListObjectsV2"),
        (request(path="/b", query="policy"), "s3", "GetBucketPolicy"),
        (request(path="/b/", query="policy="), "s3", "GetBucketPolicy"),
        (request("PUT", "/b/a/b/c"), "s3", "PutObject"),
        (request("PUT", "/b/a", x_amz_copy_source="/c/d"), "s3", "CopyObject"),
        (request("PUT", "/b/a", "partNumber=1&uploadId=x"), "s3", "UploadPart"),
        (request("DELETE", "/b/a"), "s3", "DeleteObject"),
        (request("BREW", "/b/a"), "s3", UNKNOWN),
        (request(path="/2015-03-31/functions"), "lambda", "ListFunctions"),
        (request("POST", "/2015-03-31/functions/f/invocations"), "lambda", "Invoke"),
        (request(path="/no/such/path/at/all"), "lambda", UNKNOWN),
        (request(path="/a" * 5000), "s3", UNKNOWN),
        (request(path="/clusters/c"), "eks", "DescribeCluster"),
        (request("POST", x_amz_target="TrentService.ListKeys"), "kms", "ListKeys"),
        (request("POST", x_amz_target="nonsense"), "kms", UNKNOWN),
        (request("POST", x_amz_target=f"TrentService.{'x' * 500}"), "kms", UNKNOWN),
        (request("POST", body=b"Action=DescribeInstances&Version=2016-11-15"), "ec2", "DescribeInstances"),
        (request(query="Action=DescribeInstances"), "ec2", "DescribeInstances"),
        (request("POST", body=b"Action=a%20b"), "ec2", UNKNOWN),
        (request("POST", body=b"Action=A&Action=B"), "ec2", UNKNOWN),
        (request("POST", "/service/Any/operation/DoIt", smithy_protocol="rpc-v2-cbor"), "monitoring", "DoIt"),
        (request("POST", body=b"Action=DoIt"), "no-such-service", "DoIt"),
        (request("POST", body=b"\xff"), "no-such-service", UNKNOWN),
    ],
)
def test_what_is_called(asked: HttpRequest, service: str, operation: str) -> None:
    found = route(asked, service)
    assert isinstance(found, Elsewhere)
    assert (found.service, found.operation) == (service, operation)


@pytest.mark.parametrize(
    ("signing_name", "prefix"),
    [
        ("monitoring", "cloudwatch"),
        ("tagging", "tag"),
        ("s3", "s3"),
        ("access-analyzer", "access-analyzer"),
        ("no", "no"),
    ],
)
def test_what_actions_begin_with(signing_name: str, prefix: str) -> None:
    assert action_prefix(signing_name) == prefix


def test_a_model_that_is_not_installed_has_no_operations() -> None:
    assert find_rest_operation("no-such-service/2020-01-01", request()) is None


FORM = {"content_type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize(
    ("asked", "service", "parser", "code", "content_type"),
    [
        (request("POST", body=b"Action=A", **FORM), "sns", "query", "AuthorizationError", "text/xml"),
        (request("POST", body=b"Action=A", **FORM), "rds", "query", "AccessDenied", "text/xml"),
        (request("POST", body=b"Action=A", **FORM), "ec2", "ec2", "UnauthorizedOperation", "text/xml;charset=UTF-8"),
        (request("POST", body=b"Action=A", **FORM), "monitoring", "query", "AccessDenied", "text/xml"),
        (request(), "s3", "rest-xml", "AccessDenied", "application/xml"),
        (request(), "route53", "rest-xml", "AccessDenied", "text/xml"),
        (request(), "eks", "rest-json", "AccessDeniedException", "application/json"),
        (request(x_amz_target="TrentService.A"), "kms", "json", "AccessDeniedException", "application/x-amz-json-1.1"),
        (
            request(x_amz_target="DynamoDB_20120810.A"),
            "dynamodb",
            "json",
            "AccessDeniedException",
            "application/x-amz-json-1.0",
        ),
        (request(x_amz_target="AmazonSQS.A"), "sqs", "json", "AccessDenied", "application/x-amz-json-1.0"),
        (request(), "kms", "json", "AccessDeniedException", "application/x-amz-json-1.1"),
        (
            request("POST", "/service/GraniteServiceVersion20100801/operation/A", smithy_protocol="rpc-v2-cbor"),
            "monitoring",
            "smithy-rpc-v2-cbor",
            "AccessDenied",
            "application/cbor",
        ),
        (request(), "nothing", "query", "AccessDenied", "text/xml"),
    ],
)
def test_the_client_reads_our_faults(
    asked: HttpRequest, service: str, parser: str, code: str, content_type: str
) -> None:
    response = encode_fault(find_fault_form(asked, service), DENIED, "r-1")
    headers = HeadersDict(response.headers)
    received = {"status_code": response.status, "headers": headers, "body": response.body}
    parsed = create_parser(parser).parse(received, None)
    assert (parsed["Error"]["Code"], parsed["Error"]["Message"]) == (code, "You <may> not.")
    assert parsed["ResponseMetadata"]["RequestId"] == "r-1"
    assert headers["content-type"] == content_type


def test_s3_says_which_host() -> None:
    body = encode_fault(find_fault_form(request(), "s3"), DENIED, "r-1").body.decode()
    assert body.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code>')
    assert "<HostId>" in body


def test_json_for_who_asks_and_has_no_service() -> None:
    response = encode_fault(find_fault_form(request(accept="application/json"), None), DENIED, "r-1")
    assert response.body == (
        b'{"Error": {"Code": "AccessDenied", "Message": "You <may> not.", "Type": "Sender"}, "RequestId": "r-1"}'
    )


@pytest.mark.parametrize(
    ("code", "spelled"),
    [
        ("ServiceUnavailable", "ServiceUnavailableException"),
        ("ExpiredToken", "ExpiredTokenException"),
        ("Throttling", "Throttling"),
    ],
)
def test_a_fault_of_ours_in_cbor(code: str, spelled: str) -> None:
    fault = Fault(code, "Later.", status=503, receiver=True)
    response = encode_fault(FaultForm("smithy-rpc-v2-cbor"), fault, "r-1")
    assert (response.status, load(response.body)) == (503, {"__type": spelled, "message": "Later."})
