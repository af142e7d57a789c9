"""Three-valued truth: a comparison holds, does not hold, or cannot be decided."""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import TypeVar

from ostiary.values.operation import ContextValue

Truth = bool | None
"""None when a value on either side is malformed, so that nothing can be said."""

Context = Mapping[str, ContextValue]
"""The request's condition keys, in lower case."""

ValueTest = Callable[[str, Context], Truth]
"""Says whether one value of the request matches any of a policy's values."""

Family = Callable[[Sequence[str], bool, Truth], ValueTest]
"""Makes a test of a policy's values: called as `family(values, variables, unresolved)`, where `variables` says that
`${…}` is a variable and `unresolved` is what a variable without a value comes to."""


Asked = TypeVar("Asked")


class OnMalformed(Enum):
    """What becomes of a statement whose condition cannot be decided.

    AWS does not say what it does. Cedar skips a policy that errs; that opens a door when the policy is a forbid.
    """

    DENY = "deny"
    """An Allow statement does not apply, a Deny statement does. There is no other choice."""

    def settle(self, tests: Sequence[Callable[[Asked], Truth]], *, denies: bool) -> Callable[[Asked], Truth] | None:
        """Return one test, true-like when all of several hold for a statement; None when there are none to hold.

        Args:
            tests: what the statement asks.
            denies: its effect is Deny.
        """
        if not tests:
            return None
        if denies:
            return _none_fails(tests)
        return tests[0] if len(tests) == 1 else _all_hold(tests)


ON_MALFORMED = OnMalformed.DENY

_A_PAIR = 2


def _none_fails(tests: Sequence[Callable[[Asked], Truth]]) -> Callable[[Asked], Truth]:
    if len(tests) == 1:
        (only,) = tests
        return lambda asked: only(asked) is not False

    def test(asked: Asked) -> Truth:
        for each in tests:  # noqa: SIM110 - a generator here costs more than all the rest
            if each(asked) is False:
                return False
        return True

    return test


def _all_hold(tests: Sequence[Callable[[Asked], Truth]]) -> Callable[[Asked], Truth]:
    if len(tests) == _A_PAIR:
        one, other = tests
        return lambda asked: one(asked) and other(asked)

    def test(asked: Asked) -> Truth:
        for each in tests:  # noqa: SIM110 - a generator here costs more than all the rest
            if not each(asked):
                return False
        return True

    return test


def negate(truth: Truth) -> Truth:
    """Return the opposite; what cannot be decided stays so."""
    return None if truth is None else not truth
