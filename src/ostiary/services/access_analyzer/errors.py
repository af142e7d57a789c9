"""IAM Access Analyzer's errors, in its own words."""

from ostiary.values.fault import Fault


def invalid(message: str) -> Fault:
    """Return the refusal of a parameter."""
    return Fault("ValidationException", message, status=400)


def conflict(message: str) -> Fault:
    """Return the refusal of what is at odds with an earlier call."""
    return Fault("ConflictException", message, status=409)


def quota_exceeded(message: str) -> Fault:
    """Return the refusal of more than there may be."""
    return Fault("ServiceQuotaExceededException", message, status=402)
