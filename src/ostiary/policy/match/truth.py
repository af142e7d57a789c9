"""Three-valued truth: a comparison holds, does not hold, or cannot be decided."""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum

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


class OnMalformed(Enum):
    """What becomes of a statement whose condition cannot be decided.

    AWS does not say what it does. Cedar skips a policy that errs; that opens a door when the policy is a forbid.
    """

    DENY = "deny"
    """An Allow statement does not apply, a Deny statement does. There is no other choice."""

    def settle(self, truth: Truth, *, denies: bool) -> bool:
        """Return whether a statement applies, given the truth of its conditions."""
        return denies if truth is None else truth


ON_MALFORMED = OnMalformed.DENY


def negate(truth: Truth) -> Truth:
    """Return the opposite; what cannot be decided stays so."""
    return None if truth is None else not truth
