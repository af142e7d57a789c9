"""IDs of events: they grow with time, so that events sort by them, and a time can be looked for among them.

Source: RFC 9562, section 5.7
"""

import secrets
from datetime import datetime

_CHANCE_BITS = 62


def new_event_id(now: datetime) -> str:
    """Return the ID of an event that happens now: a version 7 UUID."""
    return _uuid(int(now.timestamp() * 1000), secrets.randbits(12), secrets.randbits(_CHANCE_BITS))


def first_event_id(second: int) -> str:
    """Return what no ID of an event from a second since 1970 on is less than, and each of one before it is.

    Nothing happened before 1970, so that an earlier second is taken for the first.
    """
    return _uuid(max(second, 0) * 1000, 0, 0)


def _uuid(milliseconds: int, chance: int, more_chance: int) -> str:
    # As `uuid.UUID` writes it, in a quarter of the time.
    digits = f"{milliseconds << 80 | 7 << 76 | chance << 64 | 0b10 << _CHANCE_BITS | more_chance:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
