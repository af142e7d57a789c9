from datetime import UTC, datetime
from typing import Any

import pytest

from ostiary.wire import Route, WireError, decode
from ostiary.wire.model import ServiceModel
from ostiary.wire.query import compile_decoder
from tests.wire.calls import form_request

NOT_A_LIST = "Start of list found where not expected"
NOT_A_STRUCTURE = "Start of structure or map found where not expected"
TWICE = "&".join(f"Properties.entry.{i}.key=x&Properties.entry.{i}.value={i}" for i in (1, 2))
INDEX = "A list or map has an index that is not a number from 1 to 99999"


@pytest.mark.parametrize(
    ("operation", "body", "expected"),
    [
        ("CreateUser", "", {}),
        ("CreateUser", "UserName=", {"UserName": ""}),
        ("CreateUser", "UserName", {"UserName": ""}),
        ("CreateUser", "UserName=a+b%2Bc%20d", {"UserName": "a b+c d"}),
        ("CreateUser", "UserName=%C3%A9%F0%9F%98%80", {"UserName": "é\N{GRINNING FACE}"}),
        ("CreateUser", "UserName=a=b", {"UserName": "a=b"}),
        ("CreateUser", "userName=alice&Nope=1&Nope.member.1=2&X-Amz-Date=3", {}),
        ("CreateUser", "Tags=", {"Tags": []}),
        ("CreateUser", "Tags.member.1.Key=k&Tags.member.1.Value=v", {"Tags": [{"Key": "k", "Value": "v"}]}),
        ("CreateUser", "Tags.member.1.Nope=k", {"Tags": [{}]}),
        ("CreateUser", "Tags.member.10.Key=c&Tags.member.2.Key=b", {"Tags": [{"Key": "b"}, {"Key": "c"}]}),
        ("CreateUser", "Tags.member.99999.Key=z&Tags.member.7.Key=a", {"Tags": [{"Key": "a"}, {"Key": "z"}]}),
        ("UntagUser", "TagKeys.member.1=a&TagKeys.member.2=b", {"TagKeys": ["a", "b"]}),
        ("ListUsers", "MaxItems=10", {"MaxItems": 10}),
        ("ListUsers", "MaxItems=-2147483648", {"MaxItems": -2147483648}),
        ("ListUsers", "MaxItems=%2B007", {"MaxItems": 7}),
        ("ListPolicies", "OnlyAttached=true", {"OnlyAttached": True}),
        ("ListPolicies", "OnlyAttached=False", {"OnlyAttached": False}),
        ("PutAccountProperties", "Properties.entry.1.key=a&Properties.entry.1.value=b", {"Properties": {"a": "b"}}),
        ("GetAccountSummary", "Anything=goes", {}),
    ],
)  # fmt: skip
def test_parameters(operation: str, body: str, expected: dict[str, Any]) -> None:
    assert decode(Route("iam", operation, "query"), form_request(body)) == expected


@pytest.mark.parametrize(
    ("operation", "body", "message"),
    [
        ("ListUsers", "MaxItems=abc", "The value of MaxItems must be an integer"),
        ("ListUsers", "MaxItems=", "The value of MaxItems must be an integer"),
        ("ListUsers", "MaxItems=1.0", "The value of MaxItems must be an integer"),
        ("ListUsers", "MaxItems=1_000", "The value of MaxItems must be an integer"),
        ("ListUsers", "MaxItems=%D9%A1", "The value of MaxItems must be an integer"),
        ("ListUsers", "MaxItems=2147483648", "The value of MaxItems must be an integer"),
        ("ListUsers", f"MaxItems={'9' * 5000}", "The value of MaxItems must be an integer"),
        ("ListPolicies", "OnlyAttached=maybe", "The value of OnlyAttached must be true or false"),
        ("ListPolicies", "OnlyAttached=1", "The value of OnlyAttached must be true or false"),
        ("CreateUser", "UserName.member.1=alice", NOT_A_LIST),
        ("CreateUser", "UserName.Key=alice", NOT_A_STRUCTURE),
        ("CreateUser", "UserName=alice&UserName.Key=alice", NOT_A_STRUCTURE),
        ("CreateUser", "UserName.Key=alice&UserName=alice", NOT_A_STRUCTURE),
        ("ListUsers", "MaxItems.member.1=1", NOT_A_LIST),
        ("CreateUser", "Tags=x", "Unexpected value where Tags should have members"),
        ("CreateUser", "Tags.member=x", "Unexpected value where Tags should have members"),
        ("CreateUser", "Tags.member.1=x", "Unexpected value where Tags should have members"),
        ("CreateUser", "Tags=&Tags.member.1.Key=k", NOT_A_STRUCTURE),
        ("CreateUser", "Tags.members.1.Key=k", "Tags must be given as Tags.member.N"),
        ("CreateUser", "Tags.1.Key=k", "Tags must be given as Tags.member.N"),
        ("CreateUser", "Tags.member.1.Key=k&Tags.x=k", "Tags must be given as Tags.member.N"),
        ("CreateUser", "Tags.member.0.Key=k", INDEX),
        ("CreateUser", "Tags.member.01.Key=k", INDEX),
        ("CreateUser", "Tags.member.-1.Key=k", INDEX),
        ("CreateUser", "Tags.member.x.Key=k", INDEX),
        ("CreateUser", "Tags.member..Key=k", INDEX),
        ("CreateUser", "Tags.member.%D9%A1.Key=k", INDEX),
        ("CreateUser", "Tags.member.100000.Key=k", INDEX),
        ("PutAccountProperties", "Properties=x", "Unexpected value where Properties should have members"),
        ("PutAccountProperties", "Properties.entry.1=x", "Unexpected value where Properties should have members"),
        ("PutAccountProperties", "Properties.1.key=x", "Properties must be given as Properties.entry.N"),
        ("PutAccountProperties", "Properties.entry.1.key=x", "Each entry of Properties must have key and value"),
        ("PutAccountProperties", TWICE, "Properties has a key more than once"),
    ],
)  # fmt: skip
def test_values_of_the_wrong_shape(operation: str, body: str, message: str) -> None:
    with pytest.raises(WireError) as caught:
        decode(Route("iam", operation, "query"), form_request(body))

    assert (caught.value.code, caught.value.message, caught.value.status) == ("MalformedInput", message, 400)


# What neither IAM nor STS has in its input, but the protocol does.
OTHER = ServiceModel(
    {
        "operations": {"Do": {"input": {"shape": "In"}}},
        "shapes": {
            "In": {
                "type": "structure",
                "members": {
                    "Flat": {"shape": "Flat"},
                    "Named": {"shape": "Named"},
                    "Loose": {"shape": "Loose"},
                    "Other": {"shape": "Text", "locationName": "other-name"},
                    "When": {"shape": "When"},
                    "Bytes": {"shape": "Bytes"},
                    "Big": {"shape": "Big"},
                },
            },
            "Text": {"type": "string"},
            "When": {"type": "timestamp"},
            "Bytes": {"type": "blob"},
            "Big": {"type": "long"},
            "Flat": {"type": "list", "flattened": True, "member": {"shape": "Text"}},
            "Named": {"type": "list", "flattened": True, "member": {"shape": "Text", "locationName": "Item"}},
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
    ("body", "expected"),
    [
        ("Flat.2=b&Flat.1=a", {"Flat": ["a", "b"]}),
        ("Item.1=a", {"Named": ["a"]}),
        ("Loose.1.Name=a&Loose.1.Content=b", {"Loose": {"a": "b"}}),
        ("other-name=x&Other=y", {"Other": "x"}),
        ("Big=9223372036854775807", {"Big": 9223372036854775807}),
        ("Bytes=AP8%3D", {"Bytes": b"\x00\xff"}),
        ("When=2026-11-24T03:42:01Z", {"When": datetime(2026, 11, 24, 3, 42, 1, tzinfo=UTC)}),
        ("When=2026-11-24T05:42:01.5%2B02:00", {"When": datetime(2026, 11, 24, 3, 42, 1, 500000, tzinfo=UTC)}),
    ],
)
def test_the_rest_of_the_protocol(body: str, expected: dict[str, Any]) -> None:
    assert compile_decoder(OTHER, OTHER.operation("Do"))(form_request(body)) == expected


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("Big=9223372036854775808", "The value of Big must be an integer"),
        ("Bytes=AP8", "The value of Bytes must be base64"),
        ("Bytes=A%20P8%3D", "The value of Bytes must be base64"),
        ("Bytes=%C3%A9%C3%A9%C3%A9%C3%A9", "The value of Bytes must be base64"),
        ("When=yesterday", "The value of When must be an ISO 8601 date and time"),
        ("When=2026-11-24", "The value of When must be an ISO 8601 date and time"),
        ("When=2026-11-24T03:42:01", "The value of When must be an ISO 8601 date and time"),
        ("When=2026-13-24T03:42:01Z", "The value of When must be an ISO 8601 date and time"),
        ("When=0001-01-01T00:00:00%2B01:00", "The value of When must be an ISO 8601 date and time"),
        ("When=2026-11-24T03:42:01%2B99:00", "The value of When must be an ISO 8601 date and time"),
        ("Item.x=a", INDEX),
    ],
)
def test_the_rest_of_the_protocol_wrongly(body: str, message: str) -> None:
    with pytest.raises(WireError) as caught:
        compile_decoder(OTHER, OTHER.operation("Do"))(form_request(body))

    assert (caught.value.code, caught.value.message) == ("MalformedInput", message)
