"""What a StartPolicyGeneration call asks for.

The trail is the account's own, whatever trails are named, and nobody's role is needed to read it. What is said of them
is held to what AWS asks all the same.

Source: https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_CloudTrailDetails.html
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ostiary.directory.directory import Directory
from ostiary.directory.entities import EntityKind, find_entity
from ostiary.directory.roles import Role
from ostiary.directory.users import User
from ostiary.services.access_analyzer.errors import invalid
from ostiary.services.iam.entity_arns import find_entity_arn
from ostiary.services.iam.targets.entities import tags_of
from ostiary.values.arn import ArnError, parse_arn
from ostiary.values.call import AuthorizedCall
from ostiary.values.caller import Caller
from ostiary.values.identifiers import AccountId
from ostiary.values.operation import Need

_LONGEST = timedelta(days=90)
"""Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-quotas.html"""


@dataclass(frozen=True, slots=True)
class AskedGeneration:
    """Whose policy is wanted, and from which events."""

    principal: User | Role
    start: datetime
    end: datetime
    regions: frozenset[str] | None
    """None for all of them."""


def generation_needs(directory: Directory, caller: Caller, parameters: Mapping[str, Any]) -> Iterable[Need]:
    """Yield what StartPolicyGeneration takes: the action, and where a role is given that it may be passed.

    Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-policy-generation.html
    """
    yield Need("access-analyzer:StartPolicyGeneration", "*")
    details = parameters.get("cloudTrailDetails")
    if details is not None:
        arn = details["accessRole"]
        tags = tags_of(directory, _find(directory, caller.account, arn))
        yield Need("iam:PassRole", arn, {**tags, "iam:PassedToService": "access-analyzer.amazonaws.com"})


def asked_generation(call: AuthorizedCall, directory: Directory) -> AskedGeneration:
    """Return what a call asks for.

    Raises:
        Fault: `ValidationException`, the account has no such user, role or trail, or the time is none or too long.
    """
    principal = _find(directory, call.account, call.parameters["policyGenerationDetails"]["principalArn"])
    if principal is None:
        raise invalid("principalArn must be the ARN of a user or role in this account.")
    details = call.parameters.get("cloudTrailDetails")
    if details is None:
        return AskedGeneration(principal, call.now - _LONGEST, call.now, None)
    if not isinstance(_find(directory, call.account, details["accessRole"]), Role):
        raise invalid("accessRole must be the ARN of a role in this account.")
    trails = details["trails"]
    if not trails or any(_account_of(trail["cloudTrailArn"]) != call.account for trail in trails):
        raise invalid("trails must name trails of this account.")
    start, end = details["startTime"], details.get("endTime", call.now)
    if start > end:
        raise invalid("startTime must not be after endTime.")
    if end - start > _LONGEST:
        raise invalid(f"The time from startTime to endTime must not be longer than {_LONGEST.days} days.")
    return AskedGeneration(principal, start, end, _regions(trails))


def _regions(trails: Iterable[Mapping[str, Any]]) -> frozenset[str] | None:
    """Return the regions that are named; None when a trail is taken with all of its regions."""
    named: set[str] = set()
    for trail in trails:
        if trail.get("allRegions") or not trail.get("regions"):
            return None
        named.update(trail["regions"])
    return frozenset(named)


def _find(directory: Directory, account: AccountId, arn: str) -> User | Role | None:
    named = find_entity_arn(arn)
    if named is None or named.account != account or named.kind is EntityKind.GROUP:
        return None
    found = find_entity(directory, account, named.kind, named.name)
    return found if isinstance(found, User | Role) and found.arn == arn else None


def _account_of(arn: str) -> str | None:
    try:
        return parse_arn(arn).account
    except ArnError:
        return None
