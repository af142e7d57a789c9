"""The Resource and NotResource elements.

A resource is compared part by part, the five parts before the resource itself each for itself. An incomplete ARN
stands for any value of the parts it lacks. Variables count in the resource part only.

Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
and https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ostiary.policy.document import Patterns
from ostiary.policy.match.arns import ARN_PARTS, compile_arn_parts, split_template
from ostiary.policy.match.truth import Context, Truth, negate
from ostiary.policy.match.variables import Template, Variable, has_variable, parse_template, resolve
from ostiary.policy.match.wildcard import Wild, compile_wildcard
from ostiary.policy.request import AccessRequest

ResourceTest = Callable[[AccessRequest], Truth]

_UNRESOLVABLE = Variable(None)


@dataclass(frozen=True, slots=True)
class Anchor:
    """Plain text that every resource which fits a pattern begins with, or is: what an index can look patterns up by."""

    text: str
    in_last_part: bool
    """The text is of the ARN's last part, for a pattern with wildcards before that; else of the whole ARN."""
    whole: bool
    """The text is all of the ARN, or of its last part, not only its beginning."""
    settles: bool
    """A resource with this text fits; there is nothing more to the pattern."""


@dataclass(frozen=True, slots=True)
class ResourceMatch:
    """An element, ready to be tested."""

    test: ResourceTest | None = field(repr=False)
    """Says whether the element speaks of a resource; None when it speaks of every one."""
    anchors: tuple[Anchor, ...] | None
    """One for each pattern; None when the element cannot be looked up, as with NotResource."""


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
    parsed = [_parse(value, variables=variables) for value in patterns.values]
    anchors = tuple(_anchor(parts) for parts in parsed)
    if not patterns.negated:
        return ResourceMatch(_any_of(parsed, anchors, unresolved=False), anchors)
    test = _any_of(parsed, anchors, unresolved=None)
    return ResourceMatch(lambda request: negate(test(request)), None)


def _any_of(parsed: Sequence[Sequence[Template]], anchors: Sequence[Anchor], *, unresolved: Truth) -> ResourceTest:
    settled = [anchor for anchor in anchors if anchor.settles]
    literals = frozenset(anchor.text for anchor in settled if anchor.whole)
    openings = tuple(anchor.text for anchor in settled if not anchor.whole)
    others = [parts for parts, anchor in zip(parsed, anchors, strict=True) if not anchor.settles]
    if not others:
        if not openings:
            return lambda request: request.resource in literals
        return lambda request: request.resource.startswith(openings) or request.resource in literals
    ready = [_compile(parts) for parts in others if not has_variable(parts[-1])]
    # Only what a variable stands in is left to compile for each request.
    half_ready = [(_compile(parts[:-1]), parts[-1]) for parts in others if has_variable(parts[-1])]

    def test(request: AccessRequest) -> Truth:
        resource, parts = request.resource, request.resource_parts
        if resource in literals or resource.startswith(openings):
            return True
        if parts is None:
            return False
        for matches in ready:
            if matches(parts):
                return True
        return _any_filled_in(half_ready, parts, request.context, unresolved) if half_ready else False

    return test


def _any_filled_in(
    half_ready: Sequence[tuple[Callable[[Sequence[str]], bool], Template]],
    parts: Sequence[str],
    context: Context,
    unresolved: Truth,
) -> Truth:
    outcome: Truth = False
    for matches, template in half_ready:
        if not matches(parts):
            continue
        tokens = resolve(template, context)
        if tokens is None:
            outcome = unresolved
        elif compile_wildcard(tokens)(parts[-1]):
            return True
    return outcome


def _parse(value: str, *, variables: bool) -> list[Template]:
    parts = split_template(parse_template(value, variables=variables, wildcards=True))
    parts += [(Wild.MANY,)] * (ARN_PARTS - len(parts))
    if any(has_variable(part) for part in parts[:-1]):
        return [(Wild.MANY,)] * (ARN_PARTS - 1) + [(_UNRESOLVABLE,)]
    return parts


def _anchor(parts: Sequence[Template]) -> Anchor:
    before, last = [_plain(part) for part in parts[:-1]], parts[-1]
    beginning = _beginning(last)
    whole = _plain(last) is not None
    if any(text is None for text in before):
        return Anchor(beginning, in_last_part=True, whole=whole, settles=False)
    text = ":".join([*map(str, before), beginning])
    return Anchor(text, in_last_part=False, whole=whole, settles=whole or (last[-1:] == (Wild.MANY,) and _ends(last)))


def _plain(template: Template) -> str | None:
    """Return the text of a template without wildcards and variables, else None."""
    return "".join(map(str, template)) if all(isinstance(piece, str) for piece in template) else None


def _beginning(template: Template) -> str:
    texts = []
    for piece in template:
        if not isinstance(piece, str):
            break
        texts.append(piece)
    return "".join(texts)


def _ends(template: Template) -> bool:
    """Return whether nothing but text stands before the last piece."""
    return all(isinstance(piece, str) for piece in template[:-1])


def _compile(parts: Sequence[Template]) -> Callable[[Sequence[str]], bool]:
    return compile_arn_parts([resolve(part, {}) or () for part in parts])
