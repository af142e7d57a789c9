"""The REST protocol in JSON: botocore's encoder tests our decoder, and its parser our encoder."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from botocore.awsrequest import HeadersDict
from botocore.parsers import create_parser
from botocore.serialize import create_serializer
from hypothesis import given
from hypothesis import strategies as st

from ostiary.values.call import HttpRequest
from ostiary.values.fault import Fault
from ostiary.wire import (
    MAX_BODY_BYTES,
    ModelError,
    OutputError,
    Route,
    WireError,
    decode,
    encode,
    encode_fault,
    find_fault_form,
    route,
)
from ostiary.wire.json import compile_reader, compile_writer, write_base64
from ostiary.wire.model import ServiceModel
from ostiary.wire.rest_json import compile_decoder, compile_encoder
from ostiary.wire.shapes import ShapeReader
from tests.wire.calls import botocore_model, botocore_operation
from tests.wire.samples import full_value, sparse_value, values
from tests.wire.test_every_operation import http_request

SERVICE, REST = "access-analyzer", "rest-json"


OPERATIONS = sorted(botocore_model(SERVICE).operation_names)


def sent_by_client(name: str, parameters: dict[str, Any]) -> HttpRequest:
    serializer = create_serializer(REST, include_validation=False)
    return http_request(serializer.serialize_to_request(parameters, botocore_operation(SERVICE, name)))


SOMETHING = {
    "accessPreviewId": "x",
    "analyzerName": "x",
    "id": "x",
    "jobId": "x",
    "resourceArn": "x",
    "ruleName": "x",
    "tagKeys": ["x"],
}
"""For what stands in the path or the query: it cannot be said there that it is empty."""


def test_there_are_labels_queries_and_bodies_among_them() -> None:
    assert {"DeleteArchiveRule", "ListTagsForResource", "UntagResource", "ValidatePolicy"} <= set(OPERATIONS)
    assert len(OPERATIONS) > 20


@pytest.mark.parametrize("name", OPERATIONS)
@pytest.mark.parametrize("value_of", [full_value, sparse_value])
def test_what_the_client_sends_is_what_is_decoded(name: str, value_of: Any) -> None:
    shape = botocore_operation(SERVICE, name).input_shape
    parameters = {key: value or SOMETHING.get(key, value) for key, value in value_of(shape).items()}
    request = sent_by_client(name, parameters)
    assert route(request, SERVICE) == Route(SERVICE, name, REST)
    assert decode(Route(SERVICE, name, REST), request) == parameters


@pytest.mark.parametrize("name", OPERATIONS)
@pytest.mark.parametrize("value_of", [full_value, sparse_value])
def test_what_is_encoded_is_what_the_client_reads(name: str, value_of: Any) -> None:
    shape = botocore_operation(SERVICE, name).output_shape
    output = value_of(shape) if shape else {}
    response = encode(Route(SERVICE, name, REST), output, "r-1")
    received = {"status_code": response.status, "headers": HeadersDict(response.headers), "body": response.body}
    parsed = create_parser(REST).parse(received, shape)
    assert parsed.pop("ResponseMetadata")["RequestId"] == "r-1"
    assert parsed == output


@given(st.data())
def test_any_policy_survives_the_way_in(data: st.DataObject) -> None:
    parameters = data.draw(values(botocore_operation(SERVICE, "ValidatePolicy").input_shape))
    assert decode(Route(SERVICE, "ValidatePolicy", REST), sent_by_client("ValidatePolicy", parameters)) == parameters


def posted(body: bytes = b"{}", *, query: str = "", path: str = "/policy/validation", **changed: Any) -> HttpRequest:
    headers = tuple(changed.pop("headers", ()))
    return HttpRequest(changed.pop("method", "POST"), path, query, headers, body, "127.0.0.1")


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("maxResults=ten", "A parameter in path, query or headers is not of type integer"),
        ("maxResults=", "A parameter in path, query or headers is not of type integer"),
        ("maxResults=2147483648", "A parameter in path, query or headers is not of type integer"),
        ("maxResults=1&maxResults=2", "A parameter is given more than once"),
        ("nextToken=%ff", "The path or the query string is not UTF-8"),
        ("&".join(["a=b"] * 1001), "The query string has more than 1000 parts"),
    ],
)
def test_what_query_is_refused(query: str, message: str) -> None:
    with pytest.raises(WireError) as caught:
        decode(Route(SERVICE, "ValidatePolicy", REST), posted(query=query))
    assert (caught.value.code, caught.value.message) == ("MalformedInput", message)


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        (posted(b"{"), "MalformedInput"),
        (posted(b"[]"), "MalformedInput"),
        (posted(b'{"policyDocument": {}}'), "MalformedInput"),
        (posted(headers=[("content-encoding", "gzip")]), "UnsupportedMediaType"),
        (posted(b" " * (MAX_BODY_BYTES + 1)), "RequestEntityTooLarge"),
        (posted(query="a" * (MAX_BODY_BYTES + 1)), "RequestEntityTooLarge"),
    ],
)
def test_what_is_not_read(request_: HttpRequest, code: str) -> None:
    with pytest.raises(WireError) as caught:
        decode(Route(SERVICE, "ValidatePolicy", REST), request_)
    assert caught.value.code == code


def test_unknown_names_and_bodies_that_are_not_there_are_nothing() -> None:
    assert decode(Route(SERVICE, "ValidatePolicy", REST), posted(b"", query="colour=red&&=&policyType=x")) == {}
    # What belongs in the query is not taken from the body.
    assert decode(Route(SERVICE, "ValidatePolicy", REST), posted(b'{"maxResults": 3, "locale": null}')) == {}


@pytest.mark.parametrize(("method", "path"), [("GET", "/policy/validation"), ("POST", "/"), ("POST", "/a" * 100)])
def test_no_such_operation(method: str, path: str) -> None:
    with pytest.raises(WireError) as caught:
        route(posted(method=method, path=path), SERVICE)
    assert caught.value.code == "InvalidAction"


def test_a_fault_as_clients_read_it() -> None:
    form = find_fault_form(posted(), SERVICE)
    response = encode_fault(form, Fault("ValidationError", "not so"), "r-1")
    received = {"status_code": response.status, "headers": HeadersDict(response.headers), "body": response.body}
    parsed = create_parser(REST).parse(received, botocore_operation(SERVICE, "ValidatePolicy").output_shape)
    assert parsed["Error"] == {"Code": "ValidationException", "Message": "not so"}
    assert json.loads(response.body)["reason"] == "fieldValidationFailed"


MADE_UP = ServiceModel(
    {
        "metadata": {},
        "operations": {
            "Get": {
                "http": {"method": "GET", "requestUri": "/things/{name}/parts/{path+}?kind=x", "responseCode": 201},
                "input": {"shape": "In"},
                "output": {"shape": "Out"},
            },
            "At": {"http": {"method": "GET", "requestUri": "/"}, "input": {"shape": "InAt"}},
            "Raw": {"http": {"method": "GET", "requestUri": "/"}, "output": {"shape": "Payload"}},
        },
        "shapes": {
            "Text": {"type": "string"},
            "Flag": {"type": "boolean"},
            "Number": {"type": "integer"},
            "Texts": {"type": "list", "member": {"shape": "Text"}},
            "Moment": {"type": "timestamp"},
            "In": {
                "type": "structure",
                "members": {
                    "Name": {"shape": "Text", "location": "uri", "locationName": "name"},
                    "Path": {"shape": "Text", "location": "uri", "locationName": "path"},
                    "Owner": {"shape": "Text", "location": "header", "locationName": "X-Owner"},
                    "Deep": {"shape": "Flag", "location": "querystring", "locationName": "deep"},
                    "Tags": {"shape": "Texts", "location": "querystring", "locationName": "tag"},
                },
            },
            "InAt": {"type": "structure", "members": {"At": {"shape": "Moment", "location": "header"}}},
            "Out": {
                "type": "structure",
                "members": {
                    "Version": {"shape": "Number", "location": "header", "locationName": "X-Version"},
                    "Whole": {"shape": "Flag", "location": "header", "locationName": "X-Whole"},
                    "Owner": {"shape": "Text", "location": "header", "locationName": "X-Owner"},
                    "Body": {"shape": "Text"},
                },
            },
            "Payload": {"type": "structure", "payload": "Body", "members": {"Body": {"shape": "Text"}}},
        },
    }
)


def test_labels_headers_and_lists() -> None:
    read = compile_decoder(MADE_UP, MADE_UP.operation("Get"))
    request = HttpRequest(
        "GET",
        "/things/a%20b%2Fc/parts/d/e%2B",
        "tag=x&tag=y+z&deep=true&tag=%C3%A9",
        (("x-owner", "alice"), ("accept", "*/*")),
        b"",
        "127.0.0.1",
    )
    assert read(request) == {
        "Name": "a b/c",
        "Path": "d/e+",
        "Owner": "alice",
        "Deep": True,
        "Tags": ["x", "y z", "é"],
    }


def test_status_and_headers_of_an_answer() -> None:
    write = compile_encoder(MADE_UP, MADE_UP.operation("Get"))
    answer = write({"Version": 3, "Whole": True, "Owner": None, "Body": "text"}, "r-1")
    assert answer.status == 201
    assert answer.headers[2:] == (("X-Version", "3"), ("X-Whole", "true"))
    assert answer.body == b'{"Body": "text"}'


@pytest.mark.parametrize("owner", ["a\r\nSet-Cookie: b", "é", 1.5])
def test_what_no_header_can_hold(owner: Any) -> None:
    write = compile_encoder(MADE_UP, MADE_UP.operation("Get"))
    with pytest.raises(OutputError):
        write({"Owner": owner}, "r-1")


def test_what_no_codec_knows_is_refused_when_it_is_compiled() -> None:
    with pytest.raises(ModelError):
        compile_decoder(MADE_UP, MADE_UP.operation("At"))
    with pytest.raises(ModelError):
        MADE_UP.operation("Raw")


SHAPES = {
    "Number": {"type": "double"},
    "When": {"type": "timestamp", "timestampFormat": "iso8601"},
    "Both": {"type": "structure", "members": {"Number": {"shape": "Number"}, "When": {"shape": "When"}}},
}
READ = compile_reader(ShapeReader(SHAPES).structure("Both"))
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ({"Number": 1}, {"Number": 1}),
        ({"Number": -0.5}, {"Number": -0.5}),
        ({"When": "2026-11-24T12:00:00Z"}, {"When": NOON}),
        ({"When": "2026-11-24T13:00:00.000+01:00"}, {"When": NOON}),
    ],
)
def test_numbers_with_fractions_and_moments_as_text(sent: dict[str, Any], read: dict[str, Any]) -> None:
    assert READ(sent) == read


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"Number": "1"}, "STRING_VALUE can not be converted to a Double"),
        ({"Number": True}, "TRUE_VALUE can not be converted to a Double"),
        ({"Number": float("inf")}, "NUMBER_VALUE can not be converted to a Double"),
        ({"Number": 10**400}, "NUMBER_VALUE can not be converted to a Double"),
        ({"When": 1795521600}, "NUMBER_VALUE can not be converted to a Timestamp"),
        ({"When": "yesterday"}, "STRING_VALUE can not be converted to a Timestamp"),
        ({"When": "2026-11-24T12:00:00"}, "STRING_VALUE can not be converted to a Timestamp"),
    ],
)
def test_what_is_no_number_or_moment(sent: dict[str, Any], message: str) -> None:
    with pytest.raises(WireError) as caught:
        READ(sent)
    assert caught.value.message == message


def test_a_moment_is_written_as_text() -> None:
    shape = ShapeReader(SHAPES).structure("Both")
    written = compile_writer(shape, write_blob=write_base64)({"When": NOON, "Number": 0.5})
    assert written == {"When": "2026-11-24T12:00:00Z", "Number": 0.5}
