"""The warning about an action that a test asks of, and that its service is not known to have."""


class UnknownActionWarning(UserWarning):
    """A test asks about an action that was probably mistyped: if it is denied, then for the wrong reason."""
