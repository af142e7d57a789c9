"""Services with their actions and resource types; a service is parsed when it is first asked for.

A line of `data/actions.jsonl` is the service's prefix and its content as JSON: `name`; `actions` by name, each with its
`level` by first letter, its condition `keys`, the resource types it works `on` (those it must have marked with a `*`)
with the condition keys that come with each, and the actions it `needs` besides; resource `types` by name, each with its
`arn` and condition `keys`; and all the service's condition `keys`. What is empty is left out. `data/own_actions.jsonl`,
laid out the same, is about the service that is Ostiary's own.

Source: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ostiary.catalogue.condition_keys import ConditionKey, find_condition_key
from ostiary.catalogue.data_file import DataFile, fold, open_data
from ostiary.catalogue.errors import DataError, PatternError

_FILE = "actions.jsonl"
_OWN_FILE = "own_actions.jsonl"

_LEVELS = {"L": "List", "R": "Read", "W": "Write", "T": "Tagging", "P": "Permissions management"}

_REQUIRED = "*"

_PATTERN_LENGTH = 512


@dataclass(frozen=True, slots=True)
class ResourceType:
    """A kind of resource that a service's actions work on."""

    name: str
    arn_pattern: str
    """Such as `arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}`."""
    condition_keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActionResource:
    """What one action has to do with one resource type."""

    type: ResourceType
    required: bool
    """A policy that names resources must name one of this type to allow the action."""
    condition_keys: tuple[str, ...]
    """The keys that come with the action only where it works on this type."""


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a policy can allow or deny."""

    name: str
    """In full, such as `iam:CreateUser`."""
    access_level: str
    """`List`, `Read`, `Write`, `Tagging` or `Permissions management`."""
    resources: tuple[ActionResource, ...]
    """Empty when the action takes `*` as its resource and nothing else."""
    condition_keys: tuple[str, ...]
    """All that a condition on the action may test besides the global keys, whichever resource type they come with."""
    dependent_actions: tuple[str, ...]
    """What else a caller must be allowed, in full, such as `iam:PassRole`."""


@dataclass(frozen=True, slots=True)
class Service:
    """A service as policies know it, by the prefix of its actions."""

    prefix: str
    name: str
    actions: tuple[Action, ...]
    resource_types: tuple[ResourceType, ...]
    condition_keys: tuple[ConditionKey, ...]


def list_services() -> tuple[str, ...]:
    """Return the prefixes of all services, sorted.

    Raises:
        DataError: the data file is damaged.
    """
    return tuple(_files())


def find_service(prefix: str) -> Service | None:
    """Return the service whose actions begin with `prefix`, or None; case does not count.

    Raises:
        DataError: the data file is damaged.
    """
    prefix = fold(prefix)
    return _parse_service(prefix) if prefix in _files() else None


def find_service_name(prefix: str) -> str | None:
    """Return what AWS calls the service whose actions begin with `prefix`, or None; case does not count.

    Raises:
        DataError: the data file is damaged.
    """
    prefix = fold(prefix)
    return _service_name(prefix) if prefix in _files() else None


def list_actions(prefix: str) -> tuple[Action, ...]:
    """Return the actions of a service by name; none when the service is not known.

    Raises:
        DataError: the data file is damaged.
    """
    service = find_service(prefix)
    return service.actions if service else ()


def find_action(name: str) -> Action | None:
    """Return the action of that full name, such as `iam:CreateUser`, or None; case does not count.

    Raises:
        DataError: the data file is damaged.
    """
    name = fold(name)
    prefix = name.partition(":")[0]
    return _actions_by_name(prefix).get(name) if prefix in _files() else None


def match_actions(pattern: str) -> tuple[str, ...]:
    """Return the full names of the actions that `pattern` stands for, such as `iam:Get*`; case does not count.

    Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html

    Args:
        pattern: as in a policy's `Action` element: `*` for any characters and `?` for any one, and a lone `*` for
            every action there is.

    Raises:
        PatternError: the pattern is longer than five hundred and twelve characters.
        DataError: the data file is damaged.
    """
    if len(pattern) > _PATTERN_LENGTH:
        raise PatternError(f"an action pattern has at most {_PATTERN_LENGTH} characters, not {len(pattern)}")
    vendor, _, operation = fold("*:*" if pattern == "*" else pattern).partition(":")
    fits_vendor, fits_operation = _compile_wildcards(vendor), _compile_wildcards(operation)
    return tuple(
        f"{prefix}:{name}"
        for prefix in _files()
        if fits_vendor.fullmatch(prefix)
        for name in _parse_line(prefix)["actions"]
        if fits_operation.fullmatch(fold(name))
    )


def _compile_wildcards(pattern: str) -> re.Pattern[str]:
    # Each part between two stars is sought once, at the first place it fits: an atomic group is never tried again, so
    # the time stays within pattern times text.
    first, *parts = (re.escape(part).replace(r"\?", ".") for part in re.split(r"\*+", pattern))
    if not parts:
        return re.compile(first)
    *middle, last = parts
    return re.compile(f"{first}{''.join(f'(?>.*?{part})' for part in middle)}.*{last}")


@cache
def _files() -> Mapping[str, DataFile]:
    """Return the file that has each service's line, by the service's prefix in order."""
    files = (open_data(name, columns=2) for name in (_FILE, _OWN_FILE))
    found = {prefix: file for file in files for prefix in file}
    return {prefix: found[prefix] for prefix in sorted(found)}


def _parse_line(prefix: str) -> Mapping[str, Any]:
    (line,) = _files()[prefix][prefix]
    try:
        content: Mapping[str, Any] = json.loads(line)
    except ValueError as error:
        raise DataError(f"{_FILE}: cannot read {prefix}") from error
    return content


@cache
def _service_name(prefix: str) -> str:
    try:
        return str(_parse_line(prefix)["name"])
    except (KeyError, TypeError) as error:
        raise DataError(f"{_FILE}: cannot read {prefix}") from error


@cache
def _actions_by_name(prefix: str) -> Mapping[str, Action]:
    return {fold(action.name): action for action in _parse_service(prefix).actions}


@cache
def _parse_service(prefix: str) -> Service:
    content = _parse_line(prefix)
    try:
        types = {
            name: ResourceType(name, each["arn"], tuple(each.get("keys", ())))
            for name, each in content["types"].items()
        }
        return Service(
            prefix=prefix,
            name=content["name"],
            actions=tuple(_build_action(f"{prefix}:{name}", each, types) for name, each in content["actions"].items()),
            resource_types=tuple(types.values()),
            condition_keys=tuple(_get_condition_key(key) for key in content["keys"]),
        )
    except (KeyError, AttributeError, TypeError) as error:
        raise DataError(f"{_FILE}: cannot read {prefix}") from error


def _build_action(name: str, content: Mapping[str, Any], types: Mapping[str, ResourceType]) -> Action:
    resources = tuple(
        ActionResource(types[mark.removesuffix(_REQUIRED)], mark.endswith(_REQUIRED), tuple(keys))
        for mark, keys in content.get("on", {}).items()
    )
    keys = (*content.get("keys", ()), *(key for resource in resources for key in resource.condition_keys))
    return Action(
        name=name,
        access_level=_LEVELS[content["level"]],
        resources=resources,
        condition_keys=tuple(dict.fromkeys(keys)),
        dependent_actions=tuple(content.get("needs", ())),
    )


def _get_condition_key(name: str) -> ConditionKey:
    key = find_condition_key(name)
    if key is None:
        raise DataError(f"{_FILE}: the condition key {name} has no type")
    return key
