"""Values for any shape of a botocore model: one of each kind, fixed or drawn by hypothesis."""

from datetime import UTC, datetime
from typing import Any

from botocore.model import Shape
from hypothesis import strategies as st

_SCALARS = {
    "string": "a&b <c> =+%/é\N{GRINNING FACE} \t\n",
    "integer": -42,
    "long": 1 << 40,
    "double": -0.5,
    "boolean": True,
    "timestamp": datetime(2026, 11, 24, 3, 42, 1, tzinfo=UTC),
    "blob": b"\x00\xff binary",
}

# XML 1.0 cannot hold the other control characters; what becomes of those is shown in test_xml.py.
_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\ufffe\uffff", exclude_categories=("Cc", "Cs")))

_STRATEGIES = {
    "string": _TEXT,
    "integer": st.integers(-(1 << 31), (1 << 31) - 1),
    "long": st.integers(-(1 << 63), (1 << 63) - 1),
    "double": st.floats(allow_nan=False, allow_infinity=False),
    "boolean": st.booleans(),
    "timestamp": st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31), timezones=st.just(UTC)).map(  # noqa: DTZ001 - hypothesis adds the zone
        lambda moment: moment.replace(microsecond=0)
    ),
    "blob": st.binary(max_size=20),
}


def full_value(shape: Shape) -> Any:
    """Every member, of a union the last; two elements in each list and map."""
    match shape.type_name:
        case "structure" if shape.is_tagged_union:
            name, member = list(shape.members.items())[-1]
            return {name: full_value(member)}
        case "structure":
            return {name: full_value(member) for name, member in shape.members.items()}
        case "list":
            return [full_value(shape.member)] * 2
        case "map":
            return {f"key-{number}": full_value(shape.value) for number in range(2)}
        case kind:
            return _SCALARS[kind]


def sparse_value(shape: Shape) -> Any:
    """Only what is required; of a structure below the top something, as a form cannot say that it is empty."""
    match shape.type_name:
        case "structure":
            required = {name: shape.members[name] for name in shape.required_members}
            return {name: sparse_value(member) or _of_something(member) for name, member in required.items()}
        case "list":
            return []
        case "map":
            return {"": full_value(shape.value)}
        case kind:
            return {"string": "", "integer": 0, "boolean": False, "blob": b""}.get(kind, _SCALARS[kind])


def sayable(shape: Shape | None, parameters: dict[str, Any]) -> dict[str, Any]:
    """Return the parameters as a request can say them: what stands in its path is there and plain, lists in its query
    are not empty."""
    members = shape.members if shape else {}
    places = {name: member.serialization.get("location") for name, member in members.items()}
    said = {name: value for name, value in parameters.items() if value != [] or places[name] != "querystring"}
    return said | {name: "x" for name, place in places.items() if place == "uri"}


def _of_something(shape: Shape) -> Any:
    return full_value(shape) if shape.type_name == "structure" else sparse_value(shape)


def values(shape: Shape, *, top: bool = True) -> st.SearchStrategy[Any]:
    """Any value; a form cannot say that a structure below the top or a map is there but empty."""
    match shape.type_name:
        case "structure" if shape.is_tagged_union:
            return st.one_of(
                st.fixed_dictionaries({name: values(member, top=False)}) for name, member in shape.members.items()
            )
        case "structure":
            drawn = st.fixed_dictionaries(
                {}, optional={name: values(member, top=False) for name, member in shape.members.items()}
            )
            return drawn if top else drawn.filter(bool)
        case "list":
            return st.lists(values(shape.member, top=False), max_size=12)
        case "map":
            return st.dictionaries(_TEXT, values(shape.value, top=False), min_size=1, max_size=3)
        case kind:
            return _STRATEGIES[kind]
