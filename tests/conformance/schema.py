"""Those words of JSON Schema that conformance/vector.schema.json is written in."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

_TYPES = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
}
_SHAPES = {"items", "minItems", "required", "properties", "additionalProperties"}
_UNDERSTOOD = {"$ref", "$defs", "$schema", "title", "type", "enum", "anyOf", "pattern", "minLength", *_SHAPES}


def faults(value: Any, schema: Mapping[str, Any], root: Mapping[str, Any], place: str = "") -> Iterator[str]:
    """Yield what in a value does not keep to the schema, each with its place."""
    assert schema.keys() <= _UNDERSTOOD, schema.keys() - _UNDERSTOOD
    if "$ref" in schema:
        yield from faults(value, root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root, place)
    if "type" in schema and not _TYPES[schema["type"]](value):
        yield f"{place}: no {schema['type']}"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{place}: {value!r} is none of {schema['enum']}"
    if "anyOf" in schema and all(any(faults(value, each, root, place)) for each in schema["anyOf"]):
        yield f"{place}: {value!r} has none of the forms it may have"
    if isinstance(value, str):
        yield from _text_faults(value, schema, place)
    elif isinstance(value, list):
        if len(value) < schema.get("minItems", 0):
            yield f"{place}: too few"
        for number, each in enumerate(value):
            yield from faults(each, schema.get("items", {}), root, f"{place}/{number}")
    elif isinstance(value, dict):
        yield from _object_faults(value, schema, root, place)


def _text_faults(value: str, schema: Mapping[str, Any], place: str) -> Iterator[str]:
    if len(value) < schema.get("minLength", 0):
        yield f"{place}: too short"
    if re.search(schema.get("pattern", ""), value) is None:
        yield f"{place}: {value!r} does not match {schema['pattern']}"


def _object_faults(
    value: Mapping[str, Any], schema: Mapping[str, Any], root: Mapping[str, Any], place: str
) -> Iterator[str]:
    properties, others = schema.get("properties", {}), schema.get("additionalProperties", {})
    yield from (f"{place}: lacks {name}" for name in schema.get("required", []) if name not in value)
    for name, each in value.items():
        if name not in properties and others is False:
            yield f"{place}: {name} is not known"
        else:
            yield from faults(each, properties.get(name, others), root, f"{place}/{name}")
