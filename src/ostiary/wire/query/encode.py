"""Answers and faults of the query protocol, as XML.

An encoder is compiled once for each operation, from the shapes to closures; a call then looks at no shape.

Source: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
"""

from collections.abc import Callable, Mapping
from typing import Any

from ostiary.values.fault import Fault
from ostiary.wire.errors import OutputError
from ostiary.wire.model import OperationModel, ServiceModel
from ostiary.wire.query.names import element_name, wire_name
from ostiary.wire.query.scalars import WRITERS
from ostiary.wire.query.xml import element, escape
from ostiary.wire.response import REQUEST_ID, EncodedResponse
from ostiary.wire.shapes import ListOf, MapOf, Member, Scalar, Shape, Structure

_Write = Callable[[Any], str]

_OK = 200


def compile_encoder(
    model: ServiceModel, operation: OperationModel
) -> Callable[[Mapping[str, Any], str], EncodedResponse]:
    """Return a function from the operation's output and the request ID to the answer.

    Members that are absent or None are left out. The function raises `OutputError` for a member that the model does
    not have and for a value that cannot be written.
    """
    write = _structure_writer(operation.output)
    wrapper = operation.result_wrapper
    head = f'<{operation.name}Response xmlns="{model.namespace}">'
    foot = f"</RequestId></ResponseMetadata></{operation.name}Response>"

    def encode(output: Mapping[str, Any], request_id: str) -> EncodedResponse:
        content = write(output)
        result = element(wrapper, content) if wrapper else content
        text = f"{head}{result}<ResponseMetadata><RequestId>{escape(request_id)}{foot}"
        return _xml_response(_OK, text, request_id)

    return encode


def encode_xml_fault(namespace: str, fault: Fault, request_id: str) -> EncodedResponse:
    """Return the error document of `fault`, without a sentence when it has none."""
    error = (
        element("Type", "Receiver" if fault.receiver else "Sender")
        + element("Code", escape(fault.code))
        + (element("Message", escape(fault.message)) if fault.message else "")
    )
    content = element("Error", error) + element("RequestId", escape(request_id))
    return _xml_response(fault.status, f'<ErrorResponse xmlns="{namespace}">{content}</ErrorResponse>', request_id)


def _xml_response(status: int, text: str, request_id: str) -> EncodedResponse:
    return EncodedResponse(status, (("Content-Type", "text/xml"), (REQUEST_ID, request_id)), text.encode())


def _writer(shape: Shape) -> _Write:
    match shape:
        case Scalar():
            return WRITERS[shape.kind]
        case Structure():
            return _structure_writer(shape)
        case ListOf():
            return _list_writer(shape, element_name(shape))
        case MapOf():
            return _map_writer(shape, "entry")


def _structure_writer(shape: Structure) -> _Write:
    names = shape.members.keys()
    writers = [(name, _member_writer(name, member)) for name, member in shape.members.items()]

    def write(value: Mapping[str, Any]) -> str:
        if not value.keys() <= names:
            raise OutputError(f"{shape.name} has no {', '.join(sorted(value.keys() - names))}")
        return "".join([write_member(value[name]) for name, write_member in writers if value.get(name) is not None])

    return write


def _member_writer(name: str, member: Member) -> _Write:
    wire = wire_name(name, member)
    match member.shape:
        case ListOf(flattened=True) as shape:
            return _list_writer(shape, wire)
        case MapOf(flattened=True) as shape:
            return _map_writer(shape, wire)
        case _:
            return _element_writer(wire, _writer(member.shape))


def _element_writer(wire: str, write: _Write) -> _Write:
    before, after, empty = f"<{wire}>", f"</{wire}>", f"<{wire}/>"

    def write_element(value: Any) -> str:
        content = write(value)
        return f"{before}{content}{after}" if content else empty

    return write_element


def _list_writer(shape: ListOf, wire: str) -> _Write:
    write_element = _element_writer(wire, _writer(shape.element.shape))

    def write(values: Any) -> str:
        return "".join([write_element(value) for value in values])

    return write


def _map_writer(shape: MapOf, wire: str) -> _Write:
    write_key = _element_writer(shape.key.location or "key", _writer(shape.key.shape))
    write_value = _element_writer(shape.value.location or "value", _writer(shape.value.shape))

    def write(values: Mapping[Any, Any]) -> str:
        return "".join([element(wire, write_key(key) + write_value(value)) for key, value in values.items()])

    return write
