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
        expected = [read_expected(value) for value in values]

        def test(value: str, context: Context) -> Truth:  # noqa: ARG001 - these operators take no variables
            actual = read_actual(value)
            if actual is None:
                return None
            outcome: Truth = False
            for each in expected:
                if each is None:
                    outcome = None
                elif holds(actual, each):
                    return True
            return outcome

        return test

    return family
