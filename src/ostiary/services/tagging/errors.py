"""The tagging service's errors, in its own words."""

from ostiary.values.fault import Fault


def invalid_parameter(message: str) -> Fault:
    """Return the refusal of a parameter."""
    return Fault("InvalidParameterException", message, status=400)


def token_expired() -> Fault:
    """Return the refusal of a token that does not go on with anything."""
    return Fault("PaginationTokenExpiredException", "The specified PaginationToken is expired or invalid.", status=400)
