"""The Action and NotAction elements: compared without regard to case.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
"""

from collections.abc import Callable

from ostiary.policy.document import Patterns
from ostiary.policy.match.wildcard import compile_wildcard, tokenize

ActionTest = Callable[[str], bool]
"""Called with the action in lower case."""


def compile_actions(patterns: Patterns) -> ActionTest:
    """Return a test of whether the element speaks of an action."""
    folded = [value.lower() for value in patterns.values]
    if "*" in folded or "*:*" in folded:
        everything = not patterns.negated
        return lambda _: everything
    literals = frozenset(value for value in folded if "*" not in value and "?" not in value)
    matchers = [compile_wildcard(tokenize(value)) for value in folded if value not in literals]
    negated = patterns.negated
    if not matchers and not negated:
        return literals.__contains__

    def test(action: str) -> bool:
        if action in literals:
            return not negated
        for matches in matchers:
            if matches(action):
                return not negated
        return negated

    return test
