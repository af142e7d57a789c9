"""The services that are spoken on the wire: enough to route a call before any model is loaded."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class SpokenService:
    """A service as a request names it."""

    name: str
    """The signing name."""
    model: str
    """What botocore calls it; `ostiary` is our own, and its model is in `wire/data/models`."""
    api_version: str
    protocols: tuple[str, ...]
    """Those of the protocols in `wire.codec` that it takes calls in."""
    target_prefix: str = ""
    """What its operations are named after in a call that is not a form."""


SPOKEN: Mapping[str, SpokenService] = MappingProxyType(
    {
        service.name: service
        for service in (
            SpokenService("iam", "iam", "2010-05-08", ("query",)),
            SpokenService("sts", "sts", "2011-06-15", ("query",)),
            SpokenService(
                "tagging",
                "resourcegroupstaggingapi",
                "2017-01-26",
                ("json", "smithy-rpc-v2-cbor"),
                "ResourceGroupsTaggingAPI_20170126",
            ),
            SpokenService("ostiary", "ostiary", "2026-11-24", ("json",), "Ostiary_20261124"),
            SpokenService(
                "cloudtrail",
                "cloudtrail",
                "2013-11-01",
                ("json",),
                "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101",
            ),
            SpokenService("access-analyzer", "accessanalyzer", "2019-11-01", ("rest-json",)),
            SpokenService("securityhub", "securityhub", "2018-10-26", ("rest-json",)),
            SpokenService("config", "config", "2014-11-12", ("json",), "StarlingDoveService"),
        )
    }
)
