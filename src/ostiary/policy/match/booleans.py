"""The Bool operator.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Boolean
"""

from collections.abc import Sequence

from ostiary.policy.match.truth import Context, Truth, ValueTest

_WORDS = {"true": True, "false": False}


def read_boolean(text: str) -> bool | None:
    """Return what `true` or `false`, in any case, says, or None for any other text."""
    return _WORDS.get(text.lower())


def equals(values: Sequence[str], variables: bool, unresolved: Truth) -> ValueTest:  # noqa: ARG001, FBT001 - the shape of Family
    """Match `true` or `false`."""
    wanted = [read_boolean(value) for value in values]
    otherwise: Truth = None if None in wanted else False
    answers: dict[str, Truth] = {word: boolean in wanted or otherwise for word, boolean in _WORDS.items()}

    def test(value: str, context: Context) -> Truth:  # noqa: ARG001 - booleans take no variables
        return answers[value] if value in answers else answers.get(value.lower())

    return test
