"""The Bool operator.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Boolean
"""

import operator

from ostiary.policy.match.compared import comparing

_WORDS = {"true": True, "false": False}


def read_boolean(text: str) -> bool | None:
    """Return what `true` or `false`, in any case, says, or None for any other text."""
    return _WORDS.get(text.lower())


equals = comparing(read_boolean, read_boolean, operator.eq)
