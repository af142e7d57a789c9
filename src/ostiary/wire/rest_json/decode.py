"""Requests: labels in the path, names in the query and among the headers, and the rest in the body.

Source: https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html and
https://smithy.io/2.0/spec/http-bindings.html
"""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote_to_bytes

from ostiary.values.call import HttpRequest
from ostiary.wire.errors import MalformedInputError, ModelError
from ostiary.wire.json import compile_reader, load_body, require_plain_body
from ostiary.wire.model import OperationModel, ServiceModel
from ostiary.wire.query.scalars import READERS
from ostiary.wire.rest_json.bindings import in_body, named_in
from ostiary.wire.shapes import ListOf, Member, Scalar

_MOST_PAIRS = 1_000
"""A query with more is not read."""

_ReadTexts = Callable[[list[str]], Any]


def compile_decoder(_model: ServiceModel, operation: OperationModel) -> Callable[[HttpRequest], dict[str, Any]]:
    """Return a function from a request, routed to the operation, to its input by the model's member names.

    The function raises a `WireError` for what cannot be read or is not of its type. Names that the model does not have
    are ignored, as those of other protocols are.
    """
    shape = operation.input
    read_body = compile_reader(in_body(shape))
    readers = {name: _texts_reader(member) for name, member in shape.members.items() if member.binding}
    labels, queried = named_in(shape, "uri"), named_in(shape, "querystring")
    headers = {location.lower(): name for location, name in named_in(shape, "header").items()}
    template = _segments(operation.path)

    def decode(request: HttpRequest) -> dict[str, Any]:
        values: dict[str, Any] = read_body(load_body(require_plain_body(request)))
        texts: dict[str, list[str]] = {}
        for names, pairs in (
            (labels, _labels(template, request.path)),
            (queried, _pairs(request.query)),
            (headers, request.headers),
        ):
            for location, text in pairs:
                if location in names:
                    texts.setdefault(names[location], []).append(text)
        return values | {name: readers[name](given) for name, given in texts.items()}

    return decode


def _labels(template: list[str], path: str) -> Iterator[tuple[str, str]]:
    segments = _segments(path)
    for place, segment in enumerate(template):
        if segment.endswith("+}"):
            yield segment[1:-2], _unquote("/".join(segments[place:]))
        elif segment.startswith("{"):
            yield segment[1:-1], _unquote(segments[place])


def _pairs(query: str) -> Iterator[tuple[str, str]]:
    if query.count("&") >= _MOST_PAIRS:
        raise MalformedInputError(f"The query string has more than {_MOST_PAIRS} parts")
    for pair in filter(None, query.split("&")):
        name, _, value = pair.partition("=")
        yield _unquote(name.replace("+", " ")), _unquote(value.replace("+", " "))


def _unquote(text: str) -> str:
    try:
        return unquote_to_bytes(text).decode()
    except UnicodeDecodeError as error:
        raise MalformedInputError("The path or the query string is not UTF-8") from error


def _segments(path: str) -> list[str]:
    return [segment for segment in path.partition("?")[0].split("/") if segment]


def _texts_reader(member: Member) -> _ReadTexts:
    """Return what reads the texts that a name outside of the body is given with.

    Raises:
        ModelError: it is of a shape that no operation which is served has there.
    """
    match member.shape:
        case ListOf(element=Member(shape=Scalar(kind=kind))) if member.binding == "querystring":
            return lambda texts: [_read(kind, text) for text in texts]
        case Scalar(kind=kind) if kind != "timestamp":
            return lambda texts: _read(kind, _one_of(texts))
        case _:
            raise ModelError(f"no codec knows {member.location} outside of a body")


def _one_of(texts: list[str]) -> str:
    if len(texts) > 1:
        raise MalformedInputError("A parameter is given more than once")
    return texts[0]


def _read(kind: str, text: str) -> Any:
    try:
        return READERS[kind](text)
    except ValueError as error:
        raise MalformedInputError(f"A parameter in path, query or headers is not of type {kind}") from error
