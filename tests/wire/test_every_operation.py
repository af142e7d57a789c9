"""The real client's encoder tests our decoder, and its parser our encoder, for every operation there is."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from botocore.awsrequest import HeadersDict, create_request_object, prepare_request_dict
from botocore.parsers import create_parser
from botocore.serialize import create_serializer
from hypothesis import given
from hypothesis import strategies as st

from ostiary.values.call import HttpRequest
from ostiary.wire import EncodedResponse, Route, decode, encode, redact, route, validate
from ostiary.wire.errors import ValidationError
from tests.examples import examples
from tests.wire.calls import all_operations, botocore_operation, protocol_of
from tests.wire.samples import full_value, sayable, sparse_value, values

EVERY_OPERATION = pytest.mark.parametrize(("service", "name"), all_operations())
EVERY_EXTENT = pytest.mark.parametrize("value_of", [full_value, sparse_value])


def test_all_of_iam_and_sts_are_here() -> None:
    services = [service for service, _ in all_operations()]

    assert services.count("iam") >= 180
    assert services.count("sts") >= 11


@EVERY_OPERATION
@EVERY_EXTENT
def test_what_the_client_sends_is_what_is_decoded(service: str, name: str, value_of: Any) -> None:
    operation = botocore_operation(service, name)
    parameters = sayable(operation.input_shape, value_of(operation.input_shape) if operation.input_shape else {})
    request = sent_by_client(service, name, parameters)

    found = route(request, service)

    assert found == Route(service, name, protocol_of(service))
    if found.protocol != "rest-json":  # A path alone does not say whose it is.
        assert route(request, None) == found
    assert decode(found, request) == parameters


@EVERY_OPERATION
@EVERY_EXTENT
def test_what_is_encoded_is_what_the_client_reads(service: str, name: str, value_of: Any) -> None:
    operation = botocore_operation(service, name)
    output = value_of(operation.output_shape) if operation.output_shape else {}

    response = encode(Route(service, name, protocol_of(service)), output, "0b7f0c6a")

    assert response.status == 200
    assert read_by_client(service, name, response) == output


@EVERY_OPERATION
def test_every_operation_validates_and_redacts(service: str, name: str) -> None:
    operation, called = botocore_operation(service, name), Route(service, name, protocol_of(service))
    required = operation.input_shape.required_members if operation.input_shape else []

    message = ""
    try:
        validate(called, {})
    except ValidationError as error:
        message = error.message

    assert message.count("Value at" if service == "iam" else "Value null at") == len(required)
    assert all(f"'{member[0].lower()}{member[1:]}'" in message for member in required)
    if operation.input_shape:
        assert redact(called, full_value(operation.input_shape)).keys() == operation.input_shape.members.keys()
    if operation.output_shape:
        assert redact(called, full_value(operation.output_shape)).keys() == operation.output_shape.members.keys()


@examples(80)
@given(st.data())
def test_any_parameters_survive_the_way_in(data: st.DataObject) -> None:
    service, name = data.draw(st.sampled_from(all_operations()))
    shape = botocore_operation(service, name).input_shape
    parameters = sayable(shape, data.draw(values(shape)) if shape else {})

    assert decode(Route(service, name, protocol_of(service)), sent_by_client(service, name, parameters)) == parameters


@examples(80)
@given(st.data())
def test_any_output_survives_the_way_out(data: st.DataObject) -> None:
    service, name = data.draw(st.sampled_from(all_operations()))
    shape = botocore_operation(service, name).output_shape
    output = data.draw(values(shape)) if shape else {}

    response = encode(Route(service, name, protocol_of(service)), output, "0b7f0c6a")

    assert read_by_client(service, name, response) == output


def sent_by_client(service: str, name: str, parameters: dict[str, Any]) -> HttpRequest:
    sent = create_serializer(protocol_of(service), include_validation=False).serialize_to_request(
        parameters, botocore_operation(service, name)
    )
    return http_request(sent)


def http_request(sent: dict[str, Any]) -> HttpRequest:
    """Return what botocore serialized as it arrives."""
    prepare_request_dict(sent, "http://localhost")
    prepared = create_request_object(sent).prepare()
    url = urlsplit(prepared.url)
    headers = tuple((key.lower(), value) for key, value in prepared.headers.items())
    body = prepared.body.encode() if isinstance(prepared.body, str) else prepared.body or b""
    return HttpRequest(prepared.method, url.path, url.query, headers, body, "127.0.0.1")


def read_by_client(service: str, name: str, response: EncodedResponse) -> dict[str, Any]:
    received = {"status_code": response.status, "headers": HeadersDict(response.headers), "body": response.body}
    parsed: dict[str, Any] = create_parser(protocol_of(service)).parse(
        received, botocore_operation(service, name).output_shape
    )
    metadata = parsed.pop("ResponseMetadata")
    assert metadata["RequestId"] == metadata["HTTPHeaders"]["x-amzn-requestid"] == "0b7f0c6a"
    return parsed
