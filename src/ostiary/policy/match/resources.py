"""The Resource and NotResource elements.

In the five parts before the resource itself a wildcard stays inside its part, unless it is a `*` at the end of the
part: that can match beyond the colon. A pattern that lacks parts stands for any value of them, or for what it is as it
stands. Variables count in the resource part only.

Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
and https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from ostiary.policy.document import Patterns
from ostiary.policy.match.arns import ARN_PARTS, split_template
from ostiary.policy.match.truth import Context, Truth, negate
from ostiary.policy.match.variables import Template, Variable, has_variable, parse_template, resolve
from ostiary.policy.match.wildcard import Matcher, Token, Wild, compile_wildcard, is_made_of
from ostiary.policy.request import AccessRequest

ResourceTest = Callable[[AccessRequest], Truth]

Filling = Callable[[str, Context], Truth]
"""Says whether a resource fits a pattern with its variables filled in; None when one has no value."""

_UNRESOLVABLE = Variable(None)


@dataclass(frozen=True, slots=True)
class Anchor:
    """Plain text that every resource which fits a pattern begins with, or is: what an index can look patterns up by."""

    text: str
    in_last_part: bool
    """The text is what follows the pattern's fifth colon, for one with wildcards before that; else it is of the whole
    ARN. A `*` can match colons, so in a resource it may follow any colon from the fifth on."""
    whole: bool
    """It is all that there is, not only a beginning."""
    settles: bool
    """A resource with this text fits; there is nothing more to the pattern."""


@dataclass(frozen=True, slots=True)
class ResourceMatch:
    """An element, ready to be tested."""

    test: ResourceTest | None = field(repr=False)
    """Says whether the element speaks of a resource; None when it speaks of every one."""
    anchors: tuple[Anchor, ...] | None
    """One for each pattern; None when the element cannot be looked up, as with NotResource."""
    leaves_open: bool = False
    """The test may not be able to decide."""


EVERY_RESOURCE = ResourceMatch(None, None)


def compile_resources(patterns: Patterns, *, variables: bool) -> ResourceMatch:
    """Return a test of whether the element speaks of a resource.

    A variable without a value makes its pattern match nothing. Under NotResource that would widen an Allow statement,
    so there it leaves the matter undecided.

    Args:
        patterns: the element.
        variables: the policy's version is 2012-10-17, so `${…}` is a variable.
    """
    if "*" in patterns.values:
        return ResourceMatch(lambda _: False, None) if patterns.negated else EVERY_RESOURCE
    parsed = [template for value in patterns.values for template in _parse(value, variables=variables)]
    anchors = tuple(map(_anchor, parsed))
    if not patterns.negated:
        return ResourceMatch(_any_of(parsed, anchors, unresolved=False), anchors)
    test = _any_of(parsed, anchors, unresolved=None)
    return ResourceMatch(lambda request: negate(test(request)), None, leaves_open=True)


def _any_of(parsed: Sequence[Template], anchors: Sequence[Anchor], *, unresolved: Truth) -> ResourceTest:
    settled = [anchor for anchor in anchors if anchor.settles]
    literals = frozenset(anchor.text for anchor in settled if anchor.whole)
    openings = tuple(anchor.text for anchor in settled if not anchor.whole)
    others = [template for template, anchor in zip(parsed, anchors, strict=True) if not anchor.settles]
    if not others:
        if not openings:
            return lambda request: request.resource in literals
        return lambda request: request.resource.startswith(openings) or request.resource in literals
    ready = [compile_wildcard(resolve(template, {}) or ()) for template in others if not has_variable(template)]
    half_ready = [
        (_compile_beginning(template, certain=unresolved is None), _compile_filling(template))
        for template in others
        if has_variable(template)
    ]

    def test(request: AccessRequest) -> Truth:
        resource = request.resource
        if resource in literals or resource.startswith(openings):
            return True
        if request.resource_parts is None:
            return False
        for matches in ready:
            if matches(resource):
                return True
        return _any_filled_in(half_ready, resource, request.context, unresolved) if half_ready else False

    return test


def _any_filled_in(
    half_ready: Sequence[tuple[Matcher, Filling]], resource: str, context: Context, unresolved: Truth
) -> Truth:
    outcome: Truth = False
    for could_match, matches in half_ready:
        if could_match(resource):
            found = matches(resource, context)
            if found:
                return True
            if found is None:
                outcome = unresolved
    return outcome


def _compile_filling(template: Template) -> Filling:
    if any(isinstance(piece, Wild) and piece is not Wild.MANY for piece in template):

        def compile_and_match(resource: str, context: Context) -> Truth:
            tokens = resolve(template, context)
            return None if tokens is None else compile_wildcard(tokens)(resource)

        return compile_and_match
    stretches: list[list[Token | Variable]] = [[]]
    for piece in template:
        if piece is Wild.MANY:
            stretches.append([])
        else:
            stretches[-1].append(piece)
    # Most patterns are plain texts around one variable: then nothing is left to do but to join and find texts.
    texts: list[str | Template] = [tuple(each) if has_variable(tuple(each)) else _beginning(each) for each in stretches]

    def fill_in_and_match(resource: str, context: Context) -> Truth:
        filled = [text if isinstance(text, str) else _fill_in(text, context) for text in texts]
        return None if None in filled else is_made_of(resource, [text for text in filled if text is not None])

    return fill_in_and_match


def _fill_in(template: Template, context: Context) -> str | None:
    tokens = resolve(template, context)
    return None if tokens is None else "".join(token for token in tokens if isinstance(token, str))


def _parse(value: str, *, variables: bool) -> list[Template]:
    """Return the patterns that a value stands for: one, or two for an ARN that lacks parts."""
    parts = split_template(parse_template(value, variables=variables, wildcards=True))
    before = parts[: ARN_PARTS - 1]
    if any(has_variable(part) for part in before):
        return [_join([(Wild.MANY,)] * (ARN_PARTS - 1) + [(_UNRESOLVABLE,)])]
    confined = [_confine(part) for part in before]
    if len(parts) == ARN_PARTS:
        return [_join([*confined, parts[-1]])]
    missing: list[Template] = [(Wild.MANY,)] * (ARN_PARTS - len(parts))
    readings = [_join([*confined, *missing]), _join(confined)]
    return readings if Wild.MANY in readings[-1] else readings[:1]


def _confine(part: Template) -> Template:
    """Return a part with its wildcards kept from crossing a colon, but for a `*` at its end."""
    inside = tuple(_IN_PART.get(piece, piece) if isinstance(piece, Wild) else piece for piece in part)
    return (*inside[:-1], Wild.MANY) if part[-1:] == (Wild.MANY,) else inside


_IN_PART = {Wild.MANY: Wild.MANY_IN_PART, Wild.ONE: Wild.ONE_IN_PART}


def _join(parts: Sequence[Template]) -> Template:
    joined: list[Token | Variable] = []
    for part in parts:
        joined += (":", *part) if joined else part
    return tuple(joined)


def _anchor(template: Template) -> Anchor:
    beginning = _beginning(template)
    whole = _plain(template)
    if beginning.count(":") >= ARN_PARTS - 1:
        return Anchor(beginning, in_last_part=False, whole=whole, settles=whole or _ends(template))
    last = _last_part(template)
    if last is None:
        return Anchor(beginning, in_last_part=False, whole=False, settles=False)
    return Anchor(_beginning(last), in_last_part=True, whole=_plain(last), settles=False)


def _last_part(template: Template) -> Template | None:
    """Return what stands after the fifth colon, or None when there is no such."""
    parts = split_template(template)
    return parts[-1] if len(parts) == ARN_PARTS else None


def _plain(template: Template) -> bool:
    return all(isinstance(piece, str) for piece in template)


def _beginning(template: Iterable[Token | Variable]) -> str:
    """Return the text that stands before the first wildcard or variable."""
    return "".join(takewhile(lambda piece: isinstance(piece, str), template))  # type: ignore[arg-type] # all are texts


def _ends(template: Template) -> bool:
    """Return whether all is text but for a `*` at the end."""
    return _plain(template[:-1]) and template[-1:] == (Wild.MANY,)


def _compile_beginning(template: Template, *, certain: bool) -> Matcher:
    """Return a test of whether a resource could fit, whatever the variables come to.

    Args:
        template: a pattern with variables.
        certain: what does not pass is not to fit even where a variable has no value, so only the parts before the
            resource part are looked at.
    """
    if not certain:
        beginning = _beginning(template)
        return lambda resource: resource.startswith(beginning)
    *before, _ = split_template(template)
    return compile_wildcard(resolve(_join([*before, (Wild.MANY,)]), {}) or ())
