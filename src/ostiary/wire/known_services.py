"""AWS's services by their signing names: enough to tell a caller in a service's own form that it is not served here.

A line of `data/services.tsv` has the columns signing name, folder of the model, protocols, target prefix, JSON version,
XML namespace, prefix of the actions, and whether the service answers like a query service besides.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_DATA = Path(__file__).with_name("data") / "services.tsv"


@dataclass(frozen=True, slots=True)
class KnownService:
    """A service that botocore knows."""

    signing_name: str
    model: str
    """The folder of its model: `s3/2006-03-01`."""
    protocols: tuple[str, ...]
    target_prefix: str
    json_version: str
    namespace: str
    action_prefix: str
    """What its actions begin with in policies."""
    query_compatible: bool
    """It was a query service before it spoke JSON, and still tells those errors' codes in a header."""


def services_signed_as(signing_name: str) -> tuple[KnownService, ...]:
    """Return the services that calls to are signed for under this name: none, one, or several of a family."""
    return _by_signing_name().get(signing_name, ())


def action_prefix(signing_name: str) -> str:
    """Return what a service's actions begin with in policies: `cloudwatch` for calls signed for `monitoring`."""
    known = services_signed_as(signing_name)
    return known[0].action_prefix if known else signing_name


@cache
def _by_signing_name() -> Mapping[str, tuple[KnownService, ...]]:
    found: dict[str, tuple[KnownService, ...]] = {}
    for line in _DATA.read_text(encoding="ascii").splitlines():
        name, model, protocols, target_prefix, json_version, namespace, action_prefix, compatible = line.split("\t")
        service = KnownService(
            name,
            model,
            tuple(protocols.split(",")),
            target_prefix,
            json_version,
            namespace,
            action_prefix,
            compatible == "yes",
        )
        found[name] = (*found.get(name, ()), service)
    return found
