"""The services that are spoken on the wire: enough to route a call before any model is loaded."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class SpokenService:
    """A service as a request names it."""

    name: str
    """The signing name, which is also the name of its model."""
    api_version: str
    protocol: str
    """One of the protocols in `wire.codec`."""


SPOKEN: Mapping[str, SpokenService] = MappingProxyType(
    {
        service.name: service
        for service in (SpokenService("iam", "2010-05-08", "query"), SpokenService("sts", "2011-06-15", "query"))
    }
)
