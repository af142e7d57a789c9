"""Account IDs and access key IDs: strings that must not be mistaken for one another."""

import re
from typing import NewType

AccountId = NewType("AccountId", str)
"""Twelve decimal digits."""

AccessKeyId = NewType("AccessKeyId", str)
"""`AKIA…` (long-term) or `ASIA…` (temporary), twenty characters."""

_ACCOUNT_ID = re.compile(r"[0-9]{12}", re.ASCII)


def parse_account_id(text: str) -> AccountId:
    """Return `text` as an account ID.

    Raises:
        ValueError: `text` is not exactly twelve digits.
    """
    if not _ACCOUNT_ID.fullmatch(text):
        raise ValueError(f"account ID must be 12 digits, not {text!r}")
    return AccountId(text)
