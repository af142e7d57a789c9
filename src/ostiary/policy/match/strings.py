"""String operators.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String
"""

from collections.abc import Sequence

from ostiary.policy.match.truth import Truth, ValueTest
from ostiary.policy.match.variables import any_pattern, has_variable, parse_template, resolve
from ostiary.policy.match.wildcard import Matcher, Token, compile_wildcard


def equals(values: Sequence[str], variables: bool, unresolved: Truth) -> ValueTest:  # noqa: FBT001 - the shape of Family
    """Match exactly, with regard to case; wildcards are plain text."""
    parsed = [[parse_template(value, variables=variables, wildcards=False)] for value in values]
    if not any(has_variable(template) for (template,) in parsed):
        texts = frozenset(_text([resolve(template, {}) or ()]) for (template,) in parsed)
        return lambda value, _: value in texts
    return any_pattern(parsed, lambda parts: _text(parts).__eq__, unresolved)


def equals_ignore_case(values: Sequence[str], variables: bool, unresolved: Truth) -> ValueTest:  # noqa: FBT001 - the shape of Family
    """Match exactly, without regard to case; wildcards are plain text."""
    parsed = [[parse_template(value, variables=variables, wildcards=False)] for value in values]
    return any_pattern(parsed, _ignoring_case, unresolved)


def like(values: Sequence[str], variables: bool, unresolved: Truth) -> ValueTest:  # noqa: FBT001 - the shape of Family
    """Match with wildcards, with regard to case."""
    parsed = [[parse_template(value, variables=variables, wildcards=True)] for value in values]
    return any_pattern(parsed, lambda parts: compile_wildcard(parts[0]), unresolved)


def _text(parts: Sequence[tuple[Token, ...]]) -> str:
    return "".join(token for token in parts[0] if isinstance(token, str))


def _ignoring_case(parts: Sequence[tuple[Token, ...]]) -> Matcher:
    expected = _text(parts).lower()
    return lambda value: value.lower() == expected
