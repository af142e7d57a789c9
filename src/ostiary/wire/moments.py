"""Moments as text, as the query protocol writes all of them and others those whose model says so.

Source: https://smithy.io/2.0/spec/protocol-traits.html#timestampformat-trait
"""

import re
from datetime import UTC, datetime

from ostiary.wire.errors import OutputError

_TIMESTAMP = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})", re.ASCII
)


def read_timestamp(text: str) -> datetime:
    """Return an ISO 8601 date and time with its offset, in UTC.

    Raises:
        ValueError: it is none, or no moment that can be had in UTC.
    """
    if not _TIMESTAMP.fullmatch(text):
        raise ValueError("not an ISO 8601 date and time")
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except OverflowError as error:
        raise ValueError("outside of the calendar") from error


def write_timestamp(value: datetime) -> str:
    """Return ISO 8601 in UTC with whole seconds, as IAM and STS write it.

    Raises:
        OutputError: the time has no zone.
    """
    if value.tzinfo is None:
        raise OutputError("a time without a zone")
    if value.tzinfo is not UTC:
        value = value.astimezone(UTC)
    return value.isoformat()[:19] + "Z"
