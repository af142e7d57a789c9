"""Which services and actions a policy grants access to: those that one of its Allow statements could match.

As in IAM's reports, a statement grants whatever its resources and conditions are, and Deny statements take nothing
away.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed.html
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from ostiary import catalogue
from ostiary.policy import CompiledPolicy, PolicyKind, PolicySource, compile_policy, parse_policy

_MOST_POLICIES = 1_000

_SOURCE = PolicySource(PolicyKind.IDENTITY, "granted", "granted")


@lru_cache(maxsize=_MOST_POLICIES)
def granted_services(document: str) -> frozenset[str]:
    """Return the prefixes of the services that a policy grants access to.

    Args:
        document: an identity-based policy.

    Raises:
        MalformedPolicy: it is none.
    """
    policy = _compiled(document)
    return frozenset(
        service for service, actions in _actions().items() if any(_allows(policy, action) for action in actions)
    )


def granted_actions(documents: Iterable[str], actions: Iterable[str]) -> list[str]:
    """Return those of some actions, by their full names, that one of the policies grants.

    Raises:
        MalformedPolicy: a document is no identity-based policy.
    """
    policies = [_compiled(document) for document in documents]
    return [action for action in actions if any(_allows(policy, action.lower()) for policy in policies)]


@lru_cache(maxsize=_MOST_POLICIES)
def _compiled(document: str) -> CompiledPolicy:
    return compile_policy(parse_policy(document, PolicyKind.IDENTITY), _SOURCE)


def _allows(policy: CompiledPolicy, action: str) -> bool:
    return any(not statement.denies for statement in policy.select(action))


@cache
def _actions() -> Mapping[str, tuple[str, ...]]:
    """Return the actions of all services, in lower case, by the service's prefix."""
    by_service: dict[str, list[str]] = defaultdict(list)
    for name in catalogue.match_actions("*"):
        action = name.lower()
        by_service[action.partition(":")[0]].append(action)
    return {service: tuple(actions) for service, actions in by_service.items()}
