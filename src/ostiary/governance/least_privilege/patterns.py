"""Permissions as policies write them: resources escaped, and many of a kind under one wildcard if that is wished.

Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html and
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-specialchars
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import takewhile

from ostiary.governance.least_privilege.activity import Permission
from ostiary.values.arn import Arn, ArnError, parse_arn

EVERYTHING = "*"
FEWEST_FOLDED = 3
"""So many resources of a kind, and more, are folded."""

_SPECIAL = re.compile(r"[*?$]")


def patterns_by_action(permissions: Iterable[Permission], *, wildcards: bool = False) -> Mapping[str, frozenset[str]]:
    """Return for each action the patterns that stand for its resources.

    An action that was decided on `*` is one on everything, whatever else it was decided on.

    Args:
        permissions: each with a resource that `is_expressible`.
        wildcards: three or more resources of one kind that an action is on become one pattern: the path that they
            have in common, and `*`.
    """
    resources: dict[str, set[str]] = defaultdict(set)
    for permission in permissions:
        resources[permission.action].add(permission.resource)
    return {action: _patterns(on, wildcards=wildcards) for action, on in resources.items()}


def is_expressible(resource: str) -> bool:
    """Tell whether a pattern can stand for a resource alone; special characters can be escaped in its last part."""
    if resource == EVERYTHING:
        return True
    try:
        arn = parse_arn(resource)
    except ArnError:
        return False
    return not any(map(_SPECIAL.search, (arn.partition, arn.service, arn.region, arn.account)))


def _patterns(resources: Collection[str], *, wildcards: bool) -> frozenset[str]:
    if EVERYTHING in resources:
        return frozenset({EVERYTHING})
    if not wildcards:
        return frozenset(_escape(parse_arn(resource)) for resource in resources)
    kinds: dict[tuple[str, ...], list[Arn]] = defaultdict(list)
    for resource in resources:
        arn = parse_arn(resource)
        kinds[arn.partition, arn.service, arn.region, arn.account, arn.resource.partition("/")[0]].append(arn)
    return frozenset(pattern for arns in kinds.values() for pattern in _fold(arns))


def _fold(arns: list[Arn]) -> list[str]:
    """Return the patterns for resources of one kind."""
    steps = zip(*(arn.resource.split("/")[:-1] for arn in arns), strict=False)
    path = "/".join(step[0] for step in takewhile(lambda step: len(set(step)) == 1, steps))
    if len(arns) < FEWEST_FOLDED or not path:
        return [_escape(arn) for arn in arns]
    first = arns[0]
    return [f"{_escape(Arn(first.partition, first.service, first.region, first.account, f'{path}/'))}{EVERYTHING}"]


def _escape(arn: Arn) -> str:
    resource = _SPECIAL.sub(lambda special: f"${{{special[0]}}}", arn.resource)
    return str(Arn(arn.partition, arn.service, arn.region, arn.account, resource))
