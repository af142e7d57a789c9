"""One condition: a key, an operator and values, tested against the request's context.

Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
and https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
"""

from collections.abc import Callable, Iterable

from ostiary.policy.document import Condition
from ostiary.policy.match.booleans import read_boolean
from ostiary.policy.match.operators import Operator, Quantifier
from ostiary.policy.match.truth import Context, Truth, ValueTest, negate

ConditionTest = Callable[[Context], Truth]


def compile_condition(condition: Condition, operator: Operator, *, variables: bool) -> ConditionTest:
    """Return a test of whether the request meets the condition.

    A variable without a value matches nothing. Under a negated operator that would read as a match, so there it
    leaves the condition undecided.

    Args:
        condition: the key and the policy's values.
        operator: what the condition's operator says.
        variables: the policy's version is 2012-10-17, so `${…}` is a variable.
    """
    key = condition.key.lower()
    if operator.family is None:
        return _compile_null(key, condition.values)
    test = operator.family(condition.values, variables, None if operator.negated else False)
    if operator.quantifier is None:
        return _over_one(key, operator, test)
    return _over_values(key, operator, test, operator.quantifier)


def _over_one(key: str, operator: Operator, test: ValueTest) -> ConditionTest:
    """Return a test of a key that is to have a single value."""
    negated = operator.negated
    when_missing = negated or operator.if_exists

    def is_met(context: Context) -> Truth:
        value = context.get(key, ())
        if isinstance(value, str):
            return negate(test(value, context)) if negated else test(value, context)
        if not value:
            return when_missing
        # AWS wants a set operator for several values and leaves open what happens without one.
        if len(value) > 1:
            return None
        return negate(test(value[0], context)) if negated else test(value[0], context)

    return is_met


def _over_values(key: str, operator: Operator, test: ValueTest, quantifier: Quantifier) -> ConditionTest:
    """Return a test of all the values of a key."""
    negated = operator.negated
    when_empty = quantifier is Quantifier.ALL
    when_missing = when_empty or operator.if_exists
    combine = _all if quantifier is Quantifier.ALL else _any

    def is_met(context: Context) -> Truth:
        value = context.get(key, ())
        if value == ():
            return when_missing
        values = (value,) if isinstance(value, str) else value
        if not any(values):
            # AWS counts nothing but empty text as an empty set of values.
            return when_empty
        found = (test(each, context) for each in values)
        return combine(map(negate, found) if negated else found)

    return is_met


def _compile_null(key: str, values: Iterable[str]) -> ConditionTest:
    wanted = [read_boolean(value) for value in values]

    def is_null(context: Context) -> Truth:
        absent = context.get(key, ()) == ()
        return _any(None if want is None else want is absent for want in wanted)

    return is_null


def _any(truths: Iterable[Truth]) -> Truth:
    outcome: Truth = False
    for truth in truths:
        if truth:
            return True
        if truth is None:
            outcome = None
    return outcome


def _all(truths: Iterable[Truth]) -> Truth:
    return negate(_any(map(negate, truths)))
