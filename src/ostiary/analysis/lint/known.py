"""The catalogue, asked as the checks ask it: which actions a pattern stands for, which ARNs and keys go with them."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from ostiary.analysis.lint.patterns import covers
from ostiary.catalogue import Action, ResourceType, find_condition_key, find_service, list_services
from ostiary.policy.match.wildcard import compile_wildcard, tokenize

_LONGEST_ACTION = 128
_WILD = re.compile(r"[*?]")
# What ARNs call a service, where it is not what actions call it.
_OTHER_NAMES = {
    "catalog": ("servicecatalog",),
    "elastic-inference": ("ec2",),
    "route53-recovery-control": ("route53-recovery-control-config", "route53-recovery-cluster"),
}


def is_everything(pattern: str) -> bool:
    """Return whether the action pattern stands for every action there is."""
    return pattern in ("*", "*:*")


def may_match(pattern: str, action: str) -> bool:
    """Return whether the action pattern matches an action, without regard to case."""
    return pattern == "*" or (len(pattern) <= _LONGEST_ACTION and covers(pattern.lower(), action.lower()))


def actions_of(pattern: str) -> Sequence[Action]:
    """Return the actions that a pattern with a plain service name stands for; none when the service is not known."""
    vendor, _, name = pattern.partition(":")
    return _actions_of(vendor.lower(), name.lower()) if len(pattern) <= _LONGEST_ACTION else ()


@cache
def _actions_by_name(prefix: str) -> dict[str, Action]:
    service = find_service(prefix)
    return {action.name.partition(":")[2].lower(): action for action in service.actions} if service else {}


@lru_cache(maxsize=4_096)
def _actions_of(prefix: str, name: str) -> Sequence[Action]:
    actions = _actions_by_name(prefix)
    if _WILD.search(name) is None:
        return (actions[name],) if name in actions else ()
    fits, longest = compile_wildcard(tokenize(name)), max(_WILD.split(name), key=len)
    # Most actions are without the longest piece of text between wildcards, which is seen far sooner.
    return tuple(action for each, action in actions.items() if longest in each and fits(each))


@cache
def services() -> frozenset[str]:
    """Return the prefixes of all services."""
    return frozenset(list_services())


@cache
def arn_service_known(name: str) -> bool:
    """Return whether ARNs have that service."""
    return name in services() or name in _OTHER_NAMES


@lru_cache(maxsize=1_024)
def resource_types(arn_service: str, vendors: frozenset[str]) -> tuple[ResourceType, ...]:
    """Return the resource types whose ARNs have the service.

    Args:
        arn_service: the third part of the ARN.
        vendors: the prefixes of the services whose actions are spoken of; some work on what ARNs file under another.
    """
    owners = {arn_service, *_OTHER_NAMES.get(arn_service, ()), *vendors} & services()
    return tuple(each for owner in sorted(owners) for each in _types_by_arn_service(owner).get(arn_service, ()))


@cache
def _types_by_arn_service(owner: str) -> dict[str, list[ResourceType]]:
    service = find_service(owner)
    grouped: dict[str, list[ResourceType]] = {}
    for each in service.resource_types if service else ():
        grouped.setdefault(each.arn_pattern.split(":")[2], []).append(each)
    return grouped


@cache
def supports_key(action: Action, key: str) -> bool:
    """Return whether requests for an action may come with a condition key, given as it stands in a policy."""
    found = find_condition_key(key)
    if found is None:
        return False
    return found.name in action.condition_keys or any(
        found.name in resource.type.condition_keys for resource in action.resources
    )
