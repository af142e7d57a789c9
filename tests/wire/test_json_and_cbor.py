"""The protocols that are no forms: botocore's encoders test our decoders, and its parsers our encoders."""

import math
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from botocore.awsrequest import HeadersDict
from botocore.parsers import create_parser
from botocore.serialize import create_serializer
from hypothesis import given
from hypothesis import strategies as st

from ostiary.values.call import HttpRequest
from ostiary.wire import OutputError, Route, WireError, decode, encode, route
from ostiary.wire.bounds import MAX_BODY_BYTES
from ostiary.wire.cbor.items import CborError, dump, load
from ostiary.wire.json import compile_reader, compile_writer, write_base64
from ostiary.wire.shapes import ListOf, MapOf, Member, Scalar, Structure
from tests.examples import examples
from tests.wire.calls import botocore_model, botocore_operation
from tests.wire.samples import values

PREFIX = "ResourceGroupsTaggingAPI_20170126"
PROTOCOLS = ["json", "smithy-rpc-v2-cbor"]
OPERATIONS = list(botocore_model("tagging").operation_names)
KINDS = {kind: Member(Scalar(kind)) for kind in ("string", "integer", "long", "boolean", "timestamp", "blob")}
EVERYTHING = Structure(
    "Everything",
    {
        **KINDS,
        "list": Member(ListOf(KINDS["string"])),
        "map": Member(MapOf(KINDS["string"], KINDS["integer"])),
        "structure": Member(Structure("Inner", KINDS, frozenset())),
    },
    frozenset(),
)


def json_request(body: str | bytes, operation: str = "GetResources", **changed: Any) -> HttpRequest:
    body = body.encode() if isinstance(body, str) else body
    headers = (("x-amz-target", f"{PREFIX}.{operation}"), *changed.pop("headers", ()))
    return HttpRequest(changed.pop("method", "POST"), "/", "", headers, body, "127.0.0.1")


@examples(50)
@given(st.data())
def test_any_parameters_survive_the_way_in(data: st.DataObject) -> None:
    protocol, name = data.draw(st.sampled_from(PROTOCOLS)), data.draw(st.sampled_from(OPERATIONS))
    shape = botocore_operation("tagging", name).input_shape
    parameters = data.draw(values(shape))
    sent = create_serializer(protocol, include_validation=False).serialize_to_request(
        parameters, botocore_operation("tagging", name)
    )
    headers = tuple((key.lower(), value) for key, value in sent["headers"].items())
    body = sent["body"].encode() if isinstance(sent["body"], str) else sent["body"]
    request = HttpRequest("POST", sent["url_path"], "", headers, body, "127.0.0.1")

    assert route(request, "tagging") == Route("tagging", name, protocol)
    assert route(request, None) == Route("tagging", name, protocol)
    assert decode(Route("tagging", name, protocol), request) == parameters


@examples(50)
@given(st.data())
def test_any_output_survives_the_way_out(data: st.DataObject) -> None:
    protocol, name = data.draw(st.sampled_from(PROTOCOLS)), data.draw(st.sampled_from(OPERATIONS))
    shape = botocore_operation("tagging", name).output_shape
    output = data.draw(values(shape))

    response = encode(Route("tagging", name, protocol), output, "r-1")

    received = {"status_code": response.status, "headers": HeadersDict(response.headers), "body": response.body}
    parsed = create_parser(protocol).parse(received, shape)
    assert parsed.pop("ResponseMetadata")["RequestId"] == "r-1"
    assert parsed == output


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('{"ResourcesPerPage": "1"}', "STRING_VALUE can not be converted to an Integer"),
        ('{"ResourcesPerPage": 1.5}', "NUMBER_VALUE can not be converted to an Integer"),
        ('{"ResourcesPerPage": true}', "TRUE_VALUE can not be converted to an Integer"),
        ('{"ResourcesPerPage": 2147483648}', "NUMBER_VALUE can not be converted to an Integer"),
        ('{"IncludeComplianceDetails": 0}', "NUMBER_VALUE can not be converted to a Boolean"),
        ('{"PaginationToken": false}', "FALSE_VALUE can not be converted to a String"),
        ('{"PaginationToken": []}', "Start of list found where not expected."),
        ('{"ResourceARNList": {}}', "Start of structure or map found where not expected."),
        ('{"ResourceARNList": [null]}', "NULL_VALUE can not be converted to a String"),
        ("[]", "Start of list found where not expected."),
        ("{", "The body is not JSON that can be read"),
        ("NaN", "The body is not JSON that can be read"),
        ('{"PaginationToken": "", "PaginationToken": ""}', "The body is not JSON that can be read"),
        ("[" * 100_000, "The body is not JSON that can be read"),
        (b"\xff", "The body is not JSON that can be read"),
    ],
)
def test_what_json_is_refused(body: str | bytes, message: str) -> None:
    with pytest.raises(WireError) as caught:
        decode(Route("tagging", "GetResources", "json"), json_request(body))

    assert (caught.value.code, caught.value.message) == ("MalformedInput", message)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"method": "GET"}, "MethodNotAllowed"),
        ({"headers": [("content-encoding", "gzip")]}, "UnsupportedMediaType"),
        ({"body": b" " * (MAX_BODY_BYTES + 1)}, "RequestEntityTooLarge"),
    ],
)
def test_what_is_not_read(changed: dict[str, Any], code: str) -> None:
    with pytest.raises(WireError) as caught:
        decode(Route("tagging", "GetResources", "json"), json_request(changed.pop("body", b"{}"), **changed))

    assert caught.value.code == code


def test_nulls_and_unknown_members_are_nothing() -> None:
    body = '{"PaginationToken": null, "Colour": [1, {}], "TagFilters": [{"Key": "a", "Shade": 1}]}'

    assert decode(Route("tagging", "GetResources", "json"), json_request(body)) == {"TagFilters": [{"Key": "a"}]}
    assert decode(Route("tagging", "GetResources", "json"), json_request(b"")) == {}


@pytest.mark.parametrize("operation", ["Fly", "getResources", "GetResources.", "", f"{'x' * 200}"])
def test_no_such_operation(operation: str) -> None:
    with pytest.raises(WireError) as caught:
        route(json_request("{}", operation), "tagging")

    assert caught.value.code == "InvalidAction"


def test_values_of_every_kind() -> None:
    moment = datetime(2026, 11, 24, 3, 42, 1, 999_999, tzinfo=UTC)
    scalars = {
        "string": "é",
        "integer": -1,
        "long": 1 << 40,
        "boolean": False,
        "timestamp": moment,
        "blob": b"\x00\xff",
    }
    value = {**scalars, "list": ["a"], "map": {"k": 1}, "structure": scalars}
    read = compile_reader(EVERYTHING)
    whole = moment.replace(microsecond=0)

    in_json = compile_writer(EVERYTHING, write_blob=write_base64)(value)
    in_cbor = load(dump(compile_writer(EVERYTHING, write_blob=bytes)(value)))

    assert in_json["timestamp"] == whole.timestamp()
    assert in_json["blob"] == "AP8="
    for sent in (in_json, in_cbor):
        back = read(sent)
        assert (back["timestamp"], back["structure"]["timestamp"], back["blob"]) == (whole, whole, b"\x00\xff")
        assert {**back, "timestamp": moment, "structure": {**back["structure"], "timestamp": moment}} == value


@pytest.mark.parametrize(
    ("member", "value"),
    [("timestamp", "yesterday"), ("timestamp", 1e300), ("timestamp", True), ("blob", "?"), ("blob", 1), ("map", [])],
)
def test_values_of_the_wrong_kind(member: str, value: Any) -> None:
    with pytest.raises(WireError):
        compile_reader(EVERYTHING)({member: value})


@pytest.mark.parametrize("output", [{"colour": "red"}, {"timestamp": datetime(2026, 1, 1)}])  # noqa: DTZ001 - what is under test
def test_an_answer_that_does_not_fit(output: dict[str, Any]) -> None:
    with pytest.raises(OutputError):
        compile_writer(EVERYTHING, write_blob=bytes)(output)


JSON_LIKE = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(1 << 64), (1 << 64) - 1), st.text(), st.binary()),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(), inner, max_size=4)),
)


@given(JSON_LIKE)
def test_cbor_comes_back(value: Any) -> None:
    assert load(dump(value)) == value


@given(st.binary(max_size=60))
def test_any_bytes_are_cbor_or_refused(data: bytes) -> None:
    with suppress(CborError):
        load(data)


@pytest.mark.parametrize(
    ("data", "value"),
    [
        ("1903e8", 1000),
        ("3903e7", -1000),
        ("f93c00", 1.0),
        ("fa47c35000", 100_000.0),
        ("fb7ff0000000000000", math.inf),
        ("f7", None),
        ("7f657374726561646d696e67ff", "streaming"),
        ("5f42010243030405ff", b"\x01\x02\x03\x04\x05"),
        ("9f018202039f0405ffff", [1, [2, 3], [4, 5]]),
        ("bf61610161629f0203ffff", {"a": 1, "b": [2, 3]}),
        ("c11a514b67b0", datetime(2013, 3, 21, 20, 4, tzinfo=UTC)),
    ],
)
def test_examples_of_the_rfc(data: str, value: Any) -> None:
    assert load(bytes.fromhex(data)) == value


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("", "cut short"),
        ("0102", "something follows the end"),
        ("9bffffffffffffffff", "cut short"),
        ("bf6161", "cut short"),
        ("81" * 40 + "01", "too deep"),
        ("9f" * 40, "too deep"),
        ("61ff", "not UTF-8"),
        ("a10102", "a key that is no text"),
        ("a2616101616102", "a key appears more than once"),
        ("c001", "a tag that is not understood"),
        ("c1fb7e37e43c8800759c", "outside of the calendar"),
        ("f8ff", "a simple value that is not understood"),
        ("1c", "a length that is not understood"),
        ("1f", "cut short"),
        ("1fff", "an item of a kind that cannot be of unknown length"),
        ("5f6161ff", "an item of a kind that cannot be of unknown length"),
    ],
)
def test_what_cbor_is_refused(data: str, message: str) -> None:
    with pytest.raises(CborError, match=message):
        load(bytes.fromhex(data))


def test_what_cbor_cannot_hold() -> None:
    with pytest.raises(TypeError):
        dump({1})
    with pytest.raises(OverflowError):
        dump(1 << 64)
