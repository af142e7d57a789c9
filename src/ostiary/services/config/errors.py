"""AWS Config's errors, in its own words."""

from ostiary.values.fault import Fault


def no_such_rule(name: str) -> Fault:
    """Return the answer about a rule that there is not."""
    message = f"The ConfigRule '{name}' provided in the request is invalid. Please check the configRule name"
    return Fault("NoSuchConfigRuleException", message, status=400)


def no_such_recorder(name: str) -> Fault:
    """Return the answer about a configuration recorder: there is none."""
    message = f"Cannot find configuration recorder with the specified name '{name}'."
    return Fault("NoSuchConfigurationRecorderException", message, status=400)


def invalid_parameter(message: str) -> Fault:
    """Return the refusal of a parameter."""
    return Fault("InvalidParameterValueException", message, status=400)


def invalid_next_token() -> Fault:
    """Return the refusal of a token that does not go on with the call it comes with."""
    return Fault("InvalidNextTokenException", "The nextToken provided is invalid", status=400)
