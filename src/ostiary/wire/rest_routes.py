"""Which operation of a REST service a method and path are, by the service's model.

Source: https://smithy.io/2.0/spec/http-bindings.html#http-trait
"""

import gzip
import json
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from typing import Any

from ostiary.values.call import HttpRequest
from ostiary.wire.model import data_path

_MOST_SEGMENTS = 64


@dataclass(frozen=True, slots=True)
class RestRoute:
    """Where an operation is found."""

    operation: str
    method: str
    segments: tuple[str, ...]
    """A label stands in braces; the last one may end in `+}` and takes all that is left."""
    query: tuple[tuple[str, str | None], ...]
    """What the query must have, with the value where that matters."""
    headers: frozenset[str]
    """The headers that there must be, in lower case."""

    @property
    def precision(self) -> tuple[int, int]:
        """How much of a request it asks for; of several that match, the most precise is meant."""
        return len(self.query) + len(self.headers), sum(not segment.startswith("{") for segment in self.segments)

    def matches(self, segments: tuple[str, ...], query: Mapping[str, str], headers: AbstractSet[str]) -> bool:
        """Tell whether a path in segments, a query and the names of headers are this operation's."""
        if not self.headers <= headers or not all(
            name in query and value in {None, query[name]} for name, value in self.query
        ):
            return False
        greedy = bool(self.segments) and self.segments[-1].endswith("+}")
        if len(segments) < len(self.segments) or (len(segments) > len(self.segments) and not greedy):
            return False
        return all(
            mine.startswith("{") or mine == theirs for mine, theirs in zip(self.segments, segments, strict=False)
        )


def find_rest_operation(model: str, request: HttpRequest) -> str | None:
    """Return the operation that a request is, or None when the service has none there.

    Args:
        model: the folder of the service's model.
        request: as it came.
    """
    segments = _segments(request.path)
    if len(segments) > _MOST_SEGMENTS:
        return None
    pairs = (pair.partition("=") for pair in request.query.split("&"))
    query = {name: value for name, _, value in pairs}
    headers = {name for name, _ in request.headers}
    found = [route for route in _routes(model).get(request.method, ()) if route.matches(segments, query, headers)]
    return max(found, key=lambda route: route.precision).operation if found else None


@cache
def _routes(model: str) -> Mapping[str, tuple[RestRoute, ...]]:
    path = data_path() / model / "service-2.json.gz"
    if not path.exists():
        # The list of services is older or newer than the botocore that is installed; the call is refused all the same.
        return {}
    # Of the model only this is kept: it is read for calls that are refused.
    description = json.loads(gzip.decompress(path.read_bytes()))
    routes: dict[str, tuple[RestRoute, ...]] = {}
    for name, operation in description["operations"].items():
        taken = description["shapes"][operation["input"]["shape"]] if "input" in operation else {}
        route = _route(name, operation["http"], taken)
        routes[route.method] = (*routes.get(route.method, ()), route)
    return routes


def _route(name: str, http: Mapping[str, Any], taken: Mapping[str, Any]) -> RestRoute:
    path, _, query = http["requestUri"].partition("?")
    pairs = (pair.partition("=") for pair in query.split("&") if pair)
    # Operations that share a path are told apart by what they must be given: a copy by the header naming its source.
    needed = [taken["members"][member] for member in taken.get("required", ())]
    wanted = (
        *((name, value if equals else None) for name, equals, value in pairs),
        *((member["locationName"], None) for member in needed if member.get("location") == "querystring"),
    )
    headers = frozenset(member["locationName"].lower() for member in needed if member.get("location") == "header")
    return RestRoute(name, http["method"], _segments(path), wanted, headers)


def _segments(path: str) -> tuple[str, ...]:
    return tuple(segment for segment in path.split("/") if segment)
