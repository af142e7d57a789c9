"""Parameters of a query request, as the values that the model describes.

A decoder is compiled once for each operation, from the shapes to closures; a call then looks at no shape.

Sources: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html. `MalformedInput` and `Start of … found where not
expected` are what AWS's query services answer to a value of the wrong shape; for a scalar that cannot be read AWS
documents no sentence, and the sentence here is our own. It does not repeat the value.
"""

from collections.abc import Callable, Mapping
from typing import Any

from ostiary.values.call import HttpRequest
from ostiary.wire.errors import MalformedInputError
from ostiary.wire.model import OperationModel, ServiceModel
from ostiary.wire.query.form import read_form
from ostiary.wire.query.names import element_name, wire_name
from ostiary.wire.query.scalars import READERS, read_string
from ostiary.wire.query.tree import Branch, Node, grow_tree, in_order
from ostiary.wire.shapes import ListOf, MapOf, Scalar, Shape, Structure

_Read = Callable[[Node], Any]

_KINDS = {
    "integer": "an integer",
    "long": "an integer",
    "boolean": "true or false",
    "timestamp": "an ISO 8601 date and time",
    "blob": "base64",
}


def compile_decoder(_model: ServiceModel, operation: OperationModel) -> Callable[[HttpRequest], dict[str, Any]]:
    """Return a function from a request to the operation's input, keyed by the model's member names.

    Parameters that the model does not have are ignored, as AWS does; inside a list or map they are refused, so that a
    mistyped `Tags.members.1` is not read as no tags at all. The function raises a `WireError` for a form that cannot
    be read, and `MalformedInputError` for a value that is not of its type.
    """
    readers = _member_readers(operation.input)

    def decode(request: HttpRequest) -> dict[str, Any]:
        return _read_members(grow_tree(read_form(request), readers), readers)

    return decode


def _member_readers(shape: Structure) -> Mapping[str, tuple[str, _Read]]:
    wired = ((wire_name(name, member), name, member.shape) for name, member in shape.members.items())
    return {wire: (name, _reader(inner, wire)) for wire, name, inner in wired}


def _read_members(branch: Branch, readers: Mapping[str, tuple[str, _Read]]) -> dict[str, Any]:
    values = {}
    for wire, node in branch.items():
        found = readers.get(wire)
        if found is not None:
            name, read = found
            values[name] = read(node)
    return values


def _reader(shape: Shape, name: str) -> _Read:
    match shape:
        case Scalar():
            return _scalar_reader(shape, name)
        case Structure():
            return _structure_reader(shape, name)
        case ListOf():
            return _list_reader(shape, name)
        case MapOf():
            return _map_reader(shape, name)


def _scalar_reader(shape: Scalar, name: str) -> _Read:
    read = READERS[shape.kind]
    expected = _KINDS.get(shape.kind)

    def read_text(node: Node) -> str:
        return node if isinstance(node, str) else _refuse_branch(node)

    def read_value(node: Node) -> Any:
        text = node if isinstance(node, str) else _refuse_branch(node)
        try:
            return read(text)
        except ValueError as error:
            raise MalformedInputError(f"The value of {name} must be {expected}") from error

    return read_text if read is read_string else read_value


def _structure_reader(shape: Structure, name: str) -> _Read:
    readers = _member_readers(shape)

    def read(node: Node) -> dict[str, Any]:
        return _read_members(_branch(node, name), readers)

    return read


def _list_reader(shape: ListOf, name: str) -> _Read:
    read_element = _reader(shape.element.shape, name)
    segment = None if shape.flattened else element_name(shape)

    def read(node: Node) -> list[Any]:
        if node == "":
            return []
        return [read_element(element) for element in in_order(_below(node, segment, name))]

    return read


def _map_reader(shape: MapOf, name: str) -> _Read:
    read_key, read_value = _reader(shape.key.shape, name), _reader(shape.value.shape, name)
    key_name, value_name = shape.key.location or "key", shape.value.location or "value"
    segment = None if shape.flattened else "entry"

    def read(node: Node) -> dict[Any, Any]:
        values = {}
        for entry in in_order(_below(node, segment, name)):
            pair = _branch(entry, name)
            if pair.keys() != {key_name, value_name}:
                raise MalformedInputError(f"Each entry of {name} must have {key_name} and {value_name}")
            key = read_key(pair[key_name])
            if key in values:
                raise MalformedInputError(f"{name} has a key more than once")
            values[key] = read_value(pair[value_name])
        return values

    return read


def _below(node: Node, segment: str | None, name: str) -> Branch:
    """Return what hangs below the one `segment` that a list or map has on the wire; a flattened one has none."""
    branch = _branch(node, name)
    if segment is None:
        return branch
    if branch.keys() != {segment}:
        raise MalformedInputError(f"{name} must be given as {name}.{segment}.N")
    return _branch(branch[segment], name)


def _branch(node: Node, name: str) -> Branch:
    if isinstance(node, str):
        raise MalformedInputError(f"Unexpected value where {name} should have members")
    return node


def _refuse_branch(branch: Branch) -> str:
    kind = "list" if "member" in branch else "structure or map"
    raise MalformedInputError(f"Start of {kind} found where not expected")
