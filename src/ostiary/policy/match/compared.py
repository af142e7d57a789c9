"""Comparison of values that must first be read as something: a number, a date, an address."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from ostiary.policy.match.truth import Context, Family, Truth, ValueTest

Actual = TypeVar("Actual")
Expected = TypeVar("Expected")


def comparing(
    read_actual: Callable[[str], Actual | None],
    read_expected: Callable[[str], Expected | None],
    holds: Callable[[Actual, Expected], bool],
) -> Family:
    """Return a family of tests that hold when `holds(the request's value, a policy's value)` does.

    Args:
        read_actual: reads the request's value; None when it is malformed.
        read_expected: reads a policy's value, once; None when it is malformed.
        holds: compares what was read.
    """

    def family(values: Sequence[str], variables: bool, unresolved: Truth) -> ValueTest:  # noqa: ARG001, FBT001 - the shape of Family
        read = [read_expected(value) for value in values]
        expected = tuple(each for each in read if each is not None)
        otherwise: Truth = None if len(expected) < len(read) else False

        def test(value: str, context: Context) -> Truth:  # noqa: ARG001 - these operators take no variables
            actual = read_actual(value)
            if actual is None:
                return None
            for each in expected:
                if holds(actual, each):
                    return True
            return otherwise

        return test

    return family
