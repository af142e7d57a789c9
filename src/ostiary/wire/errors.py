"""What can be wrong with a request before anyone asks what it means, and with an answer before it is sent.

    Fault
    └── WireError                       what arrived cannot be read as a call
        ├── MalformedQueryError         the form or query string is broken, or repeats itself
        ├── MissingActionError          no operation is named
        ├── InvalidActionError          the named operation does not exist
        ├── MethodNotAllowedError       neither GET nor POST
        ├── UnsupportedMediaTypeError   the body is not a form
        ├── RequestTooLargeError        more bytes than are ever read
        ├── MalformedInputError         a parameter is not of its type
        └── ValidationError             a parameter breaks a constraint of the model

    ModelError                          our fault: no such service or operation, or a shape that no codec knows
    OutputError                         our fault: an answer that does not fit its shape

A `WireError` is already a `Fault` in AWS's words, so the border passes it on as it is.

Source of codes: https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html. Where AWS documents no code
(method, media type, size) the code is the HTTP status's own name.
"""

from ostiary.values.fault import Fault

_LONGEST_NAME_SHOWN = 128


class WireError(Fault):
    """What arrived cannot be read as a call."""


class MalformedQueryError(WireError):
    """The form or query string is broken, too rich, or says the same thing twice."""

    def __init__(self, detail: str) -> None:
        super().__init__("MalformedQueryString", f"The query string contains a syntax error: {detail}")


class MissingActionError(WireError):
    """The request names no operation."""

    def __init__(self) -> None:
        super().__init__("MissingAction", "Missing Action")


class InvalidActionError(WireError):
    """The service has no such operation in the version asked for."""

    def __init__(self, action: str, version: str | None) -> None:
        shown_action = action[:_LONGEST_NAME_SHOWN]
        shown_version = version[:_LONGEST_NAME_SHOWN] if version else "NO_VERSION_SPECIFIED"
        super().__init__("InvalidAction", f"Could not find operation {shown_action} for version {shown_version}")


class MethodNotAllowedError(WireError):
    """The HTTP method is neither GET nor POST."""

    def __init__(self) -> None:
        super().__init__("MethodNotAllowed", "The specified method is not allowed. Use GET or POST.", status=405)


class UnsupportedMediaTypeError(WireError):
    """The body is declared to be something other than a form in UTF-8."""

    def __init__(self) -> None:
        super().__init__(
            "UnsupportedMediaType",
            "The request body must be application/x-www-form-urlencoded in UTF-8, without a content encoding.",
            status=415,
        )


class RequestTooLargeError(WireError):
    """The request has more bytes than are ever read."""

    def __init__(self, limit: int) -> None:
        super().__init__("RequestEntityTooLarge", f"The request must not be larger than {limit} bytes.", status=413)


class MalformedInputError(WireError):
    """A parameter is not of the type that the model gives it."""

    def __init__(self, message: str) -> None:
        super().__init__("MalformedInput", message)


class ValidationError(WireError):
    """A parameter breaks a constraint of the model; the message names every one that is broken."""

    def __init__(self, message: str) -> None:
        super().__init__("ValidationError", message)


class ModelError(LookupError):
    """There is no such service or operation, or the model uses a shape that no codec knows."""


class OutputError(ValueError):
    """An answer does not fit the shape that the model gives it."""
