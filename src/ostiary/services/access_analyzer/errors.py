"""IAM Access Analyzer's errors, in its own words."""

from ostiary.values.fault import Fault


def invalid(message: str) -> Fault:
    """Return the refusal of a parameter."""
    return Fault("ValidationException", message, status=400)
