"""Policy variables: `${aws:username}`, `${aws:PrincipalTag/team, 'none'}`, and the escapes `${*}`, `${?}`, `${$}`.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ostiary.policy.match.truth import Context, Truth, ValueTest
from ostiary.policy.match.wildcard import Token, tokenize

ESCAPES = frozenset("*?$")
"""What in braces stands for itself."""

_MIN_QUOTED = 2


@dataclass(frozen=True, slots=True)
class Variable:
    """A place that the request fills in."""

    key: str | None
    """The condition key in lower case; None for what stands in braces but names no key, which nothing fills in."""
    default: str | None = None


Template = tuple[Token | Variable, ...]


def find_variables(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each `${…}` begins, and where what follows it does. Each character is looked at once."""
    opening = text.find("${")
    while opening >= 0:
        closing = text.find("}", opening)
        if closing < 0:
            # What is never closed is plain text; from each further opening the end would be looked for in vain again.
            return
        yield opening, closing + 1
        opening = text.find("${", closing)


def parse_template(text: str, *, variables: bool, wildcards: bool) -> Template:
    """Return `text` cut into what stands for itself, wildcards and variables.

    Args:
        text: a resource or a condition's value.
        variables: the policy's version is 2012-10-17, so `${…}` is a variable; else it is plain text.
        wildcards: `*` and `?` are wildcards; else they are plain text.
    """
    pieces: list[Token | Variable] = []

    def add_plain(plain: str) -> None:
        if plain:
            pieces.extend(tokenize(plain) if wildcards else (plain,))

    position = 0
    for opening, end in find_variables(text) if variables else ():
        add_plain(text[position:opening])
        pieces.append(_parse_inside(text[opening + 2 : end - 1]))
        position = end
    add_plain(text[position:])
    return tuple(pieces)


def resolve(template: Template, context: Context) -> tuple[Token, ...] | None:
    """Return the template with its variables filled in, or None when one has no value.

    A filled-in value stands for itself: a `*` in it is no wildcard. A multivalued key fills in nothing, as AWS has it.
    """
    resolved: list[Token] = []
    for piece in template:
        if isinstance(piece, Variable):
            value = context.get(piece.key, piece.default) if piece.key else None
            if not isinstance(value, str):
                return None
            resolved.append(value)
        else:
            resolved.append(piece)
    return tuple(resolved)


def has_variable(template: Template) -> bool:
    """Return whether the request has a part in what the template matches."""
    return any(isinstance(piece, Variable) for piece in template)


def any_pattern(
    parsed: Sequence[Sequence[Template]],
    compile_parts: Callable[[Sequence[tuple[Token, ...]]], Callable[[str], Truth]],
    unresolved: Truth,
) -> ValueTest:
    """Return a test of whether a value matches any of several patterns, compiling now what can be.

    Args:
        parsed: per pattern, its parts: one for a string, six for an ARN.
        compile_parts: makes a matcher of a pattern's parts without variables.
        unresolved: what a pattern comes to when one of its variables has no value.
    """
    ready: list[Callable[[str], Truth]] = []
    open_patterns: list[Sequence[Template]] = []
    for parts in parsed:
        if any(has_variable(part) for part in parts):
            open_patterns.append(parts)
        else:
            ready.append(compile_parts([resolve(part, {}) or () for part in parts]))

    def test(value: str, context: Context) -> Truth:
        outcome: Truth = False
        for matches in ready:
            found = matches(value)
            if found:
                return True
            if found is None:
                outcome = None
        for parts in open_patterns:
            filled = [tokens for part in parts if (tokens := resolve(part, context)) is not None]
            found = compile_parts(filled)(value) if len(filled) == len(parts) else unresolved
            if found:
                return True
            if found is None:
                outcome = None
        return outcome

    return test


def _parse_inside(inside: str) -> Token | Variable:
    if inside in ESCAPES:
        return inside
    key, comma, default = inside.partition(",")
    key, default = key.strip().lower(), default.strip()
    if not key:
        return Variable(None)
    if not comma:
        return Variable(key)
    if len(default) < _MIN_QUOTED or default[0] != "'" or default[-1] != "'":
        return Variable(None)
    return Variable(key, default[1:-1])
