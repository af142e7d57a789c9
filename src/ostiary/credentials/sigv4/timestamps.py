"""The moments that signatures carry, in the forms that AWS takes them in.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-signing-elements.html
"""

import re
from datetime import UTC, datetime

from ostiary.credentials.errors import IncompleteSignature

_MOST_CHARACTERS = 64
_BASIC = re.compile(r"[0-9]{8}T[0-9]{6}Z")

# RFC 9110, section 5.6.7: the form that is to be sent, and the two obsolete ones that are to be understood.
_HTTP_FORMS = (
    "%a, %d %b %Y %H:%M:%S GMT",
    "%a, %d %b %Y %H:%M:%S %z",
    "%A, %d-%b-%y %H:%M:%S GMT",
    "%a %b %d %H:%M:%S %Y",
)


def format_timestamp(moment: datetime) -> str:
    """Return a UTC moment as ISO 8601 in its basic format, such as `20261124T030000Z`."""
    # Not strftime: `%Y` does not pad the years before 1000, and this runs on every call.
    return moment.isoformat(timespec="seconds")[:19].replace("-", "").replace(":", "") + "Z"


def parse_timestamp(text: str) -> datetime:
    """Return the moment that an `X-Amz-Date` names.

    Raises:
        IncompleteSignature: it is not ISO 8601 in its basic format, in UTC.
    """
    if not _BASIC.fullmatch(text):
        raise _bad_date(text)
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise _bad_date(text) from None


def parse_http_date(text: str) -> datetime:
    """Return the moment that a `Date` header names, as an HTTP date or in ISO 8601's basic format.

    Raises:
        IncompleteSignature: it is neither.
    """
    if len(text) > _MOST_CHARACTERS:
        raise _bad_date(text)
    for form in _HTTP_FORMS:
        try:
            moment = datetime.strptime(text, form)  # noqa: DTZ007 - the forms without a zone are in GMT, see below
            return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
        except (ValueError, OverflowError):
            continue
    return parse_timestamp(text)


def _bad_date(text: str) -> IncompleteSignature:
    return IncompleteSignature(
        f"Date must be in ISO-8601 'basic format'. Got '{text[:_MOST_CHARACTERS]}'. "
        "See http://en.wikipedia.org/wiki/ISO_8601"
    )
