"""The Resource and NotResource elements.

A resource is compared part by part, the five parts before the resource itself each for itself. An incomplete ARN
stands for any value of the parts it lacks. Variables count in the resource part only.

Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
and https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
"""

from collections.abc import Callable, Sequence

from ostiary.policy.document import Patterns
from ostiary.policy.match.arns import ARN_PARTS, compile_arn_parts, split_template
from ostiary.policy.match.truth import Context, Truth, negate
from ostiary.policy.match.variables import Template, Variable, has_variable, parse_template, resolve
from ostiary.policy.match.wildcard import Wild, compile_wildcard

ResourceTest = Callable[[Sequence[str] | None, Context], Truth]
"""Called with the resource's six parts, or None if it is no ARN, and the request's context."""

_UNRESOLVABLE = Variable(None)


def compile_resources(patterns: Patterns, *, variables: bool) -> ResourceTest:
    """Return a test of whether the element speaks of a resource.

    A variable without a value makes its pattern match nothing. Under NotResource that would widen an Allow statement,
    so there it leaves the matter undecided.

    Args:
        patterns: the element.
        variables: the policy's version is 2012-10-17, so `${…}` is a variable.
    """
    if "*" in patterns.values:
        everything = not patterns.negated
        return lambda _parts, _context: everything
    if not patterns.negated:
        return _any_value(patterns.values, variables=variables, unresolved=False)
    test = _any_value(patterns.values, variables=variables, unresolved=None)
    return lambda parts, context: negate(test(parts, context))


def _any_value(values: Sequence[str], *, variables: bool, unresolved: Truth) -> ResourceTest:
    templates = [_parse(value, variables=variables) for value in values]
    ready = [_compile(parts) for parts in templates if not _has_variable(parts)]
    # Only what a variable stands in is left to compile for each request.
    half_ready = [(_compile(parts[:-1]), parts[-1]) for parts in templates if _has_variable(parts)]

    def test(parts: Sequence[str] | None, context: Context) -> Truth:
        if parts is None:
            return False
        for matches in ready:
            if matches(parts):
                return True
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

    return test


def _parse(value: str, *, variables: bool) -> list[Template]:
    parts = split_template(parse_template(value, variables=variables, wildcards=True))
    parts += [(Wild.MANY,)] * (ARN_PARTS - len(parts))
    if _has_variable(parts[:-1]):
        return [(Wild.MANY,)] * (ARN_PARTS - 1) + [(_UNRESOLVABLE,)]
    return parts


def _compile(parts: Sequence[Template]) -> Callable[[Sequence[str]], bool]:
    return compile_arn_parts([resolve(part, {}) or () for part in parts])


def _has_variable(parts: Sequence[Template]) -> bool:
    return any(has_variable(part) for part in parts)
