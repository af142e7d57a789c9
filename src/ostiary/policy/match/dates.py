"""Date operators: ISO 8601 in the W3C's forms, or seconds since 1970.

Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
and https://www.w3.org/TR/NOTE-datetime
"""

import operator
import re
from datetime import date, datetime

from ostiary.policy.match.compared import comparing

_DATE = re.compile(
    r"(?P<year>-?[0-9]{1,9})(-(?P<month>[0-9]{1,2})(-(?P<day>[0-9]{1,2}))?)?"
    r"([Tt]((?P<hour>[0-9]{1,2})(:(?P<minute>[0-9]{1,2})(:(?P<second>[0-9]{1,2})(\.(?P<fraction>[0-9]{1,9}))?)?)?)?)?"
    r"(?P<zone>[Zz]|(?P<sign>[+-])(?P<zone_hour>[0-9]{2})(:?(?P<zone_minute>[0-9]{2}))?)?",
    re.ASCII,
)
_PLAIN_LENGTH = len("2026-01-01T00:00:00Z")
_PLAIN_MARKS = "--T::Z"
_HOURS = "24"
_EPOCH = re.compile(r"[0-9]{1,19}", re.ASCII)
_LONGEST_EPOCH = 2**63 - 1
_LIMITS = {
    "year": (-292_275_054, 292_278_993),
    "month": (1, 12),
    "day": (1, 31),
    "hour": (0, 23),
    "minute": (0, 59),
    "second": (0, 59),
    "zone_hour": (0, 23),
    "zone_minute": (0, 59),
}
_NANOSECONDS = 1_000_000_000
_DAY = 86_400
_EPOCH_DAY = date(1970, 1, 1).toordinal()


def is_date(text: str) -> bool:
    """Return whether IAM takes `text` as the value of a date operator when a policy is saved.

    IAM accepts more than can be compared, such as years before the first.
    """
    return _fields(text) is not None or _epoch(text) is not None


def read_date(text: str) -> int | None:
    """Return the moment that `text` writes, in nanoseconds since 1970, or None when it writes none.

    A date without a time is its first moment, and one without a zone is in UTC.
    """
    if len(text) == _PLAIN_LENGTH and text[4::3] == _PLAIN_MARKS and text[11:13] < _HOURS:
        # The form that AWS itself writes and nearly all values have, read by the standard library's own reader.
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return None
        seconds = (moment.toordinal() - _EPOCH_DAY) * _DAY + moment.hour * 3600 + moment.minute * 60 + moment.second
        return seconds * _NANOSECONDS
    since_epoch = _epoch(text)
    if since_epoch is not None:
        return since_epoch * _NANOSECONDS
    fields = _fields(text)
    if fields is None:
        return None
    try:
        day = date(fields["year"], fields.get("month", 1), fields.get("day", 1)).toordinal()
    except ValueError:  # The 30th of February, or a year outside 1 to 9999.
        return None
    seconds = (day - _EPOCH_DAY) * _DAY
    seconds += fields.get("hour", 0) * 3600 + fields.get("minute", 0) * 60 + fields.get("second", 0)
    seconds -= fields["offset"] * 60
    return seconds * _NANOSECONDS + fields["nanosecond"]


def _epoch(text: str) -> int | None:
    if not _EPOCH.fullmatch(text):
        return None
    seconds = int(text)
    return seconds if seconds <= _LONGEST_EPOCH else None


def _fields(text: str) -> dict[str, int] | None:
    """Return the parts of an ISO 8601 date that are there, `offset` in minutes, or None when it is none.

    Digits alone are seconds since 1970, not a year.
    """
    written = _DATE.fullmatch(text)
    if written is None or text.isdigit():
        return None
    fields = {name: int(written[name]) for name in _LIMITS if written[name] is not None}
    if any(not low <= fields.get(name, low) <= high for name, (low, high) in _LIMITS.items()):
        return None
    offset = fields.pop("zone_hour", 0) * 60 + fields.pop("zone_minute", 0)
    fields["offset"] = -offset if written["sign"] == "-" else offset
    fields["nanosecond"] = int((written["fraction"] or "").ljust(9, "0"))
    return fields


equals = comparing(read_date, read_date, operator.eq)
less_than = comparing(read_date, read_date, operator.lt)
less_than_equals = comparing(read_date, read_date, operator.le)
greater_than = comparing(read_date, read_date, operator.gt)
greater_than_equals = comparing(read_date, read_date, operator.ge)
