"""The shapes of a service model, read from its JSON into values that a codec can match on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ostiary.wire.errors import ModelError
from ostiary.wire.sensitive import UNMARKED


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value; bounds are of its length for text and bytes, of the value itself for numbers."""

    kind: str
    """`string`, `integer`, `long`, `double`, `boolean`, `timestamp` or `blob`; `iso-timestamp` for a moment that is
    written as text whatever the protocol's own way."""
    minimum: int | None = None
    maximum: int | None = None
    pattern: str | None = None
    """A Java regular expression that the whole text must match."""
    enum: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Structure:
    """Named members, in the model's order."""

    name: str
    members: Mapping[str, "Member"]
    required: frozenset[str]


@dataclass(frozen=True, slots=True)
class ListOf:
    """Any number of elements of one shape."""

    element: "Member"
    flattened: bool = False
    minimum: int | None = None
    maximum: int | None = None


@dataclass(frozen=True, slots=True)
class MapOf:
    """Keys, all of one shape, to values, all of another."""

    key: "Member"
    value: "Member"
    flattened: bool = False
    minimum: int | None = None
    maximum: int | None = None


Shape = Scalar | Structure | ListOf | MapOf


@dataclass(frozen=True, slots=True)
class Member:
    """A shape in its place: the member of a structure, the element of a list, the key or value of a map."""

    shape: Shape
    location: str | None = None
    """Its name on the wire, where that is not the model's name for it."""
    sensitive: bool = False
    """A secret: it is never echoed, logged or recorded."""
    binding: str | None = None
    """Where a REST service has it, if not in the body: `uri`, `querystring`, `header`."""


_UNKNOWN_TRAITS = frozenset({"payload", "timestampFormat"})
"""What changes how a shape is written, and no operation that is served has."""

_SCALARS = frozenset({"string", "integer", "long", "double", "boolean", "timestamp", "blob"})


class ShapeReader:
    """Reads shapes by name, each once. Recursive shapes are not supported; no spoken service has one."""

    def __init__(self, definitions: Mapping[str, Any]) -> None:
        self._definitions = definitions
        self._read: dict[str, Shape] = {}

    def structure(self, name: str) -> Structure:
        """Return the structure called `name`.

        Raises:
            ModelError: it is not a structure, or holds something that no codec knows.
        """
        shape = self._shape(name)
        if not isinstance(shape, Structure):
            raise ModelError(f"{name} is not a structure")
        return shape

    def _shape(self, name: str) -> Shape:
        if name not in self._read:
            self._read[name] = self._build(name, self._definitions[name])
        return self._read[name]

    def _build(self, name: str, raw: Mapping[str, Any]) -> Shape:
        bounds = {"minimum": raw.get("min"), "maximum": raw.get("max")}
        if raw.get("timestampFormat") == "iso8601":
            return Scalar("iso-timestamp")
        unknown = sorted(_UNKNOWN_TRAITS & raw.keys())
        if unknown:
            raise ModelError(f"no codec knows the {unknown[0]} of {name}")
        match raw["type"]:
            case "structure":
                members = {key: self._member(reference, (name, key)) for key, reference in raw["members"].items()}
                return Structure(name, members, frozenset(raw.get("required", ())))
            case "list":
                return ListOf(self._member(raw["member"]), raw.get("flattened", False), **bounds)
            case "map":
                key, value = self._member(raw["key"]), self._member(raw["value"])
                return MapOf(key, value, raw.get("flattened", False), **bounds)
            case kind if kind in _SCALARS:
                return Scalar(kind, pattern=raw.get("pattern"), enum=tuple(raw.get("enum", ())), **bounds)
            case kind:
                raise ModelError(f"no codec knows the shape {kind!r} of {name}")

    def _member(self, reference: Mapping[str, Any], place: tuple[str, str] | None = None) -> Member:
        marked = self._definitions[reference["shape"]].get("sensitive", False)
        return Member(
            self._shape(reference["shape"]),
            reference.get("locationName"),
            marked or place in UNMARKED,
            reference.get("location"),
        )
