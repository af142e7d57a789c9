"""The Action and NotAction elements: compared without regard to case.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from ostiary.policy.document import Patterns
from ostiary.policy.match.wildcard import compile_wildcard, tokenize

ActionTest = Callable[[str], bool]
"""Called with the action in lower case."""


@dataclass(frozen=True, slots=True)
class ActionMatch:
    """An element, ready to be tested."""

    test: ActionTest = field(repr=False)
    """Says whether the element speaks of an action."""
    literals: frozenset[str]
    """The actions written out in full, in lower case; with `services`, where an index looks the element up."""
    services: frozenset[str] | None
    """The services that the patterns with wildcards are about; None when the element may be about any, and always for
    NotAction."""


def compile_actions(patterns: Patterns) -> ActionMatch:
    """Return a test of whether the element speaks of an action."""
    folded = [value.lower() for value in patterns.values]
    literals = frozenset(value for value in folded if not _is_wild(value))
    wild = [value for value in folded if _is_wild(value)]
    if patterns.negated:
        test = _test(literals, wild)
        return ActionMatch(lambda action: not test(action), frozenset(), None)
    services = frozenset(value.partition(":")[0] for value in wild)
    anywhere = any(map(_is_wild, services)) or any(":" not in value for value in wild)
    return ActionMatch(_test(literals, wild), literals, None if anywhere else services)


def _is_wild(text: str) -> bool:
    return "*" in text or "?" in text


def _test(literals: frozenset[str], wild: list[str]) -> ActionTest:
    if "*" in wild or "*:*" in wild:
        return lambda _: True
    matchers = [compile_wildcard(tokenize(value)) for value in wild]
    if not matchers:
        return literals.__contains__

    def test(action: str) -> bool:
        if action in literals:
            return True
        for matches in matchers:  # noqa: SIM110 - a generator here costs more than all the rest
            if matches(action):
                return True
        return False

    return test
