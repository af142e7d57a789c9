"""Security Hub's errors, in its own words."""

from ostiary.values.fault import Fault


def invalid_input(message: str) -> Fault:
    """Return the refusal of a parameter."""
    return Fault("InvalidInputException", message, status=400)


def not_found(message: str) -> Fault:
    """Return the answer about what there is not."""
    return Fault("ResourceNotFoundException", message, status=404)
