"""The parameters of a query request: what the body and the query string say, bounded before it is parsed.

Body and query string are one set of parameters, so that a signed GET, a POST with a form and a mixture of both work as
they do at AWS. A parameter that appears twice is refused, since the two readers of a request that disagree about which
one counts are how a check and the deed it guards come apart.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/programming.html
"""

import re
from urllib.parse import unquote_to_bytes

from ostiary.values.call import HttpRequest
from ostiary.wire.bounds import require_whole_body
from ostiary.wire.errors import (
    MalformedQueryError,
    MethodNotAllowedError,
    MissingActionError,
    UnsupportedMediaTypeError,
    WireError,
)

MAX_PARAMETERS = 10_000
MAX_NAME_LENGTH = 256
MAX_NAME_DEPTH = 16
"""Parts of a name between dots; the deepest that a model asks for is five."""

_BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_METHODS = frozenset({"GET", "POST"})
_UTF_8 = frozenset({"", "utf-8", "utf8", "us-ascii"})


def read_form(request: HttpRequest) -> dict[str, str]:
    """Return the request's parameters by name, percent-decoded.

    Raises:
        MethodNotAllowedError: the method is neither GET nor POST.
        RequestTooLargeError: body or query string are larger than is ever read.
        UnsupportedMediaTypeError: there is a body, and it is declared to be no form.
        MalformedQueryError: an escape or UTF-8 is broken, there are too many parameters, or a name is too long, too
            deep or repeated.
    """
    return _fields(_text(request))


def requested_operation(request: HttpRequest) -> tuple[str, str | None]:
    """Return the operation that the request asks for and the API version it asks it of, if it says so.

    This comes before anybody is known to have signed the request, so it looks for these two, under their
    plain names, and reads nothing else.

    Raises:
        MissingActionError: no operation is named.
        WireError: the request is no form, or names the operation or the version twice.
    """
    fields: dict[str, str] = {}
    for pair in _text(request).split("&"):
        if pair.startswith(("Action=", "Version=")):
            name, _, value = pair.partition("=")
            if name in fields:
                raise MalformedQueryError("a parameter appears more than once")
            fields[name] = _unescaped(value[:MAX_NAME_LENGTH])
    action = fields.get("Action")
    if not action:
        raise MissingActionError
    return action, fields.get("Version")


def requested_version(request: HttpRequest) -> str | None:
    """Return the API version that the request asks for, or None when it names none or cannot be read."""
    try:
        return requested_operation(request)[1]
    except WireError:
        # Whoever reads the form for its contents is told what is wrong with it.
        return None


def is_form(request: HttpRequest) -> bool:
    """Tell whether the body claims to be a form; who says nothing of it means one, as there is nothing else."""
    if (request.header("content-encoding") or "identity") != "identity":
        return False
    media_type, _, parameters = (request.header("content-type") or "").lower().partition(";")
    if media_type.strip() not in {"", "application/x-www-form-urlencoded"}:
        return False
    name, _, charset = parameters.strip().partition("=")
    return name.strip() in {"", "charset"} and charset.strip(' "') in _UTF_8


def _text(request: HttpRequest) -> str:
    """Return query string and body as one text, still escaped, once it is seen to be a form that may be read."""
    if request.method not in _METHODS:
        raise MethodNotAllowedError
    require_whole_body(request)
    if request.body and not is_form(request):
        raise UnsupportedMediaTypeError
    try:
        text = "&".join(part for part in (request.query.encode("latin-1").decode(), request.body.decode()) if part)
    except UnicodeError as error:
        raise MalformedQueryError("the text is not UTF-8") from error
    if text.count("&") >= MAX_PARAMETERS:
        raise MalformedQueryError(f"there are more than {MAX_PARAMETERS} parameters")
    return text


def _fields(text: str) -> dict[str, str]:
    if _BROKEN_ESCAPE.search(text):
        raise MalformedQueryError("a percent sign is not followed by two hexadecimal digits")
    fields: dict[str, str] = {}
    for pair in text.split("&"):
        if not pair:
            continue
        raw_name, _, raw_value = pair.partition("=")
        name = _unescaped(raw_name)
        if len(name) > MAX_NAME_LENGTH or name.count(".") >= MAX_NAME_DEPTH:
            raise MalformedQueryError("a parameter's name is too long or too deep")
        if name in fields:
            raise MalformedQueryError("a parameter appears more than once")
        fields[name] = _unescaped(raw_value)
    return fields


def _unescaped(text: str) -> str:
    if "+" in text:
        text = text.replace("+", " ")
    try:
        return unquote_to_bytes(text).decode() if "%" in text else text
    except UnicodeError as error:
        raise MalformedQueryError("the text is not UTF-8") from error
