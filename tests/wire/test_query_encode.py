from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from types import MappingProxyType
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from botocore.awsrequest import HeadersDict
from botocore.parsers import create_parser
from hypothesis import given
from hypothesis import strategies as st

from ostiary.values.fault import Fault
from ostiary.wire import FaultForm, OutputError, Route, encode, encode_fault, find_fault_form
from ostiary.wire.model import ServiceModel
from ostiary.wire.query import compile_encoder
from ostiary.wire.query.xml import escape
from tests.wire.calls import form_request

IAM, STS = "https://iam.amazonaws.com/doc/2010-05-08/", "https://sts.amazonaws.com/doc/2011-06-15/"
RDS = "http://rds.amazonaws.com/doc/2014-10-31/"
FRAMEWORK = "http://webservices.amazon.com/AWSFault/2005-15-09"
WHEN = datetime(2026, 11, 24, 3, 42, 1, 999999, tzinfo=UTC)
METADATA = "<ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata>"


def answer(operation: str, output: Mapping[str, Any]) -> str:
    service, name = operation.split(":")
    response = encode(Route(service, name, "query"), output, "r-1")
    assert response.status == 200
    assert response.headers == (("Content-Type", "text/xml"), ("x-amzn-RequestId", "r-1"))
    return response.body.decode()


@pytest.mark.parametrize(
    ("operation", "output", "expected"),
    [
        (
            "sts:GetCallerIdentity",
            # The model's order, whatever the order of the output.
            {"Arn": "arn:aws:iam::111122223333:root", "Account": "111122223333", "UserId": "111122223333"},
            (
                f'<GetCallerIdentityResponse xmlns="{STS}"><GetCallerIdentityResult><UserId>111122223333</UserId>'
                "<Account>111122223333</Account><Arn>arn:aws:iam::111122223333:root</Arn></GetCallerIdentityResult>"
                f"{METADATA}</GetCallerIdentityResponse>"
            ),
        ),
        ("iam:DeleteUser", {}, f'<DeleteUserResponse xmlns="{IAM}">{METADATA}</DeleteUserResponse>'),
        (
            "iam:ListUsers",
            MappingProxyType({"Users": (), "IsTruncated": False, "Marker": None}),
            (
                f'<ListUsersResponse xmlns="{IAM}"><ListUsersResult><Users/><IsTruncated>false</IsTruncated>'
                f"</ListUsersResult>{METADATA}</ListUsersResponse>"
            ),
        ),
        (
            "iam:UpdateRole",
            {},
            f'<UpdateRoleResponse xmlns="{IAM}"><UpdateRoleResult/>{METADATA}</UpdateRoleResponse>',
        ),
        (
            "iam:GetAccountSummary",
            {"SummaryMap": {"Users": 2, "Groups": 0}},
            (
                f'<GetAccountSummaryResponse xmlns="{IAM}"><GetAccountSummaryResult><SummaryMap>'
                "<entry><key>Users</key><value>2</value></entry><entry><key>Groups</key><value>0</value></entry>"
                f"</SummaryMap></GetAccountSummaryResult>{METADATA}</GetAccountSummaryResponse>"
            ),
        ),
        (
            "iam:GetCredentialReport",
            {"Content": b"a,b", "GeneratedTime": WHEN.astimezone(timezone(timedelta(hours=5)))},
            (
                f'<GetCredentialReportResponse xmlns="{IAM}"><GetCredentialReportResult><Content>YSxi</Content>'
                "<GeneratedTime>2026-11-24T03:42:01Z</GeneratedTime></GetCredentialReportResult>"
                f"{METADATA}</GetCredentialReportResponse>"
            ),
        ),
        (
            "iam:ListAccountAliases",
            {"AccountAliases": ["<a&b>"], "IsTruncated": False},
            (
                f'<ListAccountAliasesResponse xmlns="{IAM}"><ListAccountAliasesResult><AccountAliases>'
                "<member>&lt;a&amp;b&gt;</member></AccountAliases><IsTruncated>false</IsTruncated>"
                f"</ListAccountAliasesResult>{METADATA}</ListAccountAliasesResponse>"
            ),
        ),
    ],
)
def test_answers(operation: str, output: Mapping[str, Any], expected: str) -> None:
    assert answer(operation, output) == expected


OTHER = ServiceModel(
    {
        "metadata": {"xmlNamespace": "urn:other"},
        "operations": {"Do": {"output": {"shape": "Out"}}},
        "shapes": {
            "Out": {
                "type": "structure",
                "members": {
                    "Flat": {"shape": "Flat"},
                    "Named": {"shape": "Named"},
                    "Items": {"shape": "Items"},
                    "Loose": {"shape": "Loose"},
                    "Other": {"shape": "Text", "locationName": "other-name"},
                },
            },
            "Text": {"type": "string"},
            "Flat": {"type": "list", "flattened": True, "member": {"shape": "Text"}},
            "Named": {"type": "list", "flattened": True, "member": {"shape": "Text", "locationName": "Item"}},
            "Items": {"type": "list", "member": {"shape": "Text", "locationName": "item"}},
            "Loose": {
                "type": "map",
                "flattened": True,
                "key": {"shape": "Text", "locationName": "Name"},
                "value": {"shape": "Text", "locationName": "Content"},
            },
        },
    }
)


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ({"Flat": ["a", "b"]}, "<Flat>a</Flat><Flat>b</Flat>"),
        ({"Flat": []}, ""),
        ({"Named": ["a", ""]}, "<Item>a</Item><Item/>"),
        ({"Items": ["a"]}, "<Items><item>a</item></Items>"),
        ({"Loose": {"a": "b"}}, "<Loose><Name>a</Name><Content>b</Content></Loose>"),
        ({"Other": "x"}, "<other-name>x</other-name>"),
    ],
)
def test_the_rest_of_the_protocol(output: dict[str, Any], expected: str) -> None:
    body = compile_encoder(OTHER, OTHER.operation("Do"))(output, "r-1").body.decode()

    assert body == f'<DoResponse xmlns="urn:other">{expected}{METADATA}</DoResponse>'


@pytest.mark.parametrize(
    ("operation", "output", "message"),
    [
        ("iam:DeleteUser", {"User": {}}, "has no User"),
        ("iam:GetUser", {"User": {"Name": "a", "Id": "b"}}, "User has no Id, Name"),
        ("iam:ListUsers", {"Users": [], "IsTruncated": 0}, "not a boolean"),
        ("iam:GetUser", {"User": {"CreateDate": WHEN.replace(tzinfo=None)}}, "a time without a zone"),
    ],
)
def test_an_answer_that_does_not_fit_is_our_bug(operation: str, output: dict[str, Any], message: str) -> None:
    with pytest.raises(OutputError, match=message):
        answer(operation, output)


def test_a_secret_in_an_answer_is_not_in_its_repr() -> None:
    response = encode(Route("iam", "CreateAccessKey", "query"), {"AccessKey": {"SecretAccessKey": "s3cr3t"}}, "r-1")

    assert b"s3cr3t" in response.body
    assert "s3cr3t" not in repr(response)


@pytest.mark.parametrize(
    ("service", "namespace"),
    [("iam", IAM), ("sts", STS), (None, FRAMEWORK), ("nothing", FRAMEWORK), ("rds", RDS)],
)
def test_faults(service: str | None, namespace: str) -> None:
    fault = Fault("NoSuchEntity", "The user with name <x> cannot be found.", status=404)

    response = encode_fault(find_fault_form(form_request("Action=A"), service), fault, "r-1")

    assert response.status == 404
    assert response.headers == (("Content-Type", "text/xml"), ("x-amzn-RequestId", "r-1"))
    assert response.body.decode() == (
        f'<ErrorResponse xmlns="{namespace}"><Error><Type>Sender</Type><Code>NoSuchEntity</Code>'
        "<Message>The user with name &lt;x&gt; cannot be found.</Message></Error><RequestId>r-1</RequestId>"
        "</ErrorResponse>"
    )


@pytest.mark.parametrize("form", [FaultForm("query", "iam", IAM), None])
def test_the_client_reads_our_faults(form: FaultForm | None) -> None:
    fault = Fault("InternalFailure", "It broke.\x00\ud800", status=500, receiver=True)

    response = encode_fault(form, fault, "r-1")

    received = {"status_code": response.status, "headers": HeadersDict(response.headers), "body": response.body}
    parsed = create_parser("query").parse(received, None)
    assert parsed["Error"] == {"Type": "Receiver", "Code": "InternalFailure", "Message": "It broke.\ufffd\ufffd"}
    assert parsed["ResponseMetadata"]["RequestId"] == "r-1"
    assert parsed["ResponseMetadata"]["HTTPStatusCode"] == 500


@given(st.text(st.characters()))
def test_any_text_makes_xml_that_a_parser_reads(text: str) -> None:
    read = ET.fromstring(f"<a>{escape(text)}</a>").text or ""  # noqa: S314 - our own document is under test

    assert len(read) == len(text)
    assert all(there in {here, "\ufffd"} for here, there in zip(text, read, strict=True))


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")))
def test_text_that_xml_can_hold_is_kept(text: str) -> None:
    assert ET.fromstring(f"<a>{escape(text)}\r\n\t</a>").text == f"{text}\n\t"  # noqa: S314 - as above
    assert ET.fromstring(f"<a>{escape(text + chr(13))}</a>").text == f"{text}\r"  # noqa: S314 - as above
