"""ARN operators and ARN patterns: six parts, each matched by itself, so that a wildcard stays inside its part.

Only the last part, the resource, may itself hold colons.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
"""

from collections.abc import Callable, Sequence

from ostiary.policy.match.truth import Truth, ValueTest
from ostiary.policy.match.variables import Template, Variable, any_pattern, parse_template
from ostiary.policy.match.wildcard import Token, Wild, compile_wildcard

ARN_PARTS = 6


def like(values: Sequence[str], variables: bool, unresolved: Truth) -> ValueTest:  # noqa: FBT001 - the shape of Family
    """Match an ARN part by part, with wildcards and with regard to case; ArnEquals does the same."""
    parsed = [split_template(parse_template(value, variables=variables, wildcards=True)) for value in values]
    return any_pattern(parsed, _compile_arn, unresolved)


def split_template(template: Template) -> list[Template]:
    """Return the template cut at its first five colons; a colon in a variable's value is never one of them."""
    parts: list[list[Token | Variable]] = [[]]
    for piece in template:
        if not isinstance(piece, str):
            parts[-1].append(piece)
            continue
        first, *others = piece.split(":", ARN_PARTS - len(parts))
        parts[-1].append(first)
        parts.extend([other] for other in others)
    return [tuple(piece for piece in part if piece != "") for part in parts]


def compile_arn_parts(parts: Sequence[tuple[Token, ...]]) -> Callable[[Sequence[str]], bool]:
    """Return a function that says whether the six parts of an ARN each match."""
    telling = [(place, compile_wildcard(part)) for place, part in enumerate(parts) if part != (Wild.MANY,)]

    def matches(arn: Sequence[str]) -> bool:
        for place, fits in telling:  # noqa: SIM110 - a generator here costs more than all the rest
            if not fits(arn[place]):
                return False
        return True

    return matches


def _compile_arn(parts: Sequence[tuple[Token, ...]]) -> Callable[[str], Truth]:
    if len(parts) == 1 and parts[0] == (Wild.MANY,):
        parts = [(Wild.MANY,)] * ARN_PARTS
    fits = compile_arn_parts(parts) if len(parts) == ARN_PARTS else None

    def matches(value: str) -> Truth:
        arn = value.split(":", ARN_PARTS - 1)
        if fits is None or len(arn) != ARN_PARTS:
            return None
        return fits(arn)

    return matches
