"""Identifiers that AWS would take for its own, and secret access keys.

An access key ID is four letters that tell its kind and sixteen base32 characters, 80 bits: one that is set, forty for
the account's number, the rest random. AWS has published no description; this is what its own identifiers since 2019
look like, and what tools that read the account out of a key ID rely on.
Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
"""

import base64
import re
import secrets

from ostiary.values.identifiers import AccessKeyId, AccountId
from ostiary.values.secret import SecretKey

_MARK = 1 << 79
_ACCOUNT_SHIFT = 39
_ACCOUNT_MASK = (1 << 40) - 1
_ACCOUNTS = 10**12
_BYTES = 10

_SECRET_BYTES = 30

_BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
# Python reads base 32 with the digits before the letters.
_TO_PYTHON_DIGITS = str.maketrans(_BASE32, "0123456789ABCDEFGHIJKLMNOPQRSTUV")
_KEY_ID = re.compile(r"A[KS]IA[A-Z2-7]{16}")
_PREFIX = re.compile(r"A[A-Z]{3}")


def mint_access_key_id(account: AccountId, *, temporary: bool) -> AccessKeyId:
    """Return a new access key ID that carries its account: `AKIA…`, or `ASIA…` for temporary credentials."""
    return AccessKeyId(("ASIA" if temporary else "AKIA") + _mint_suffix(account))


def account_of(key_id: str) -> AccountId | None:
    """Return the account that an access key ID carries, or None when it is not such an ID. The key need not exist."""
    if not _KEY_ID.fullmatch(key_id):
        return None
    number = int(key_id[4:].translate(_TO_PYTHON_DIGITS), 32)
    account = (number >> _ACCOUNT_SHIFT) & _ACCOUNT_MASK
    if not number & _MARK or account >= _ACCOUNTS:
        return None
    return AccountId(f"{account:012}")


def mint_unique_id(prefix: str, account: AccountId) -> str:
    """Return a new unique ID of an IAM entity, 21 characters long.

    Args:
        prefix: tells the kind of entity, such as `AIDA` for a user or `AROA` for a role.
        account: the account that the ID carries, where an access key ID carries it too.

    Raises:
        ValueError: `prefix` is not four capital letters that begin with A.
    """
    if not _PREFIX.fullmatch(prefix):
        raise ValueError(f"not the prefix of a unique ID: {prefix!r}")
    return prefix + _mint_suffix(account) + secrets.choice(_BASE32)


def mint_secret_key() -> SecretKey:
    """Return a new secret access key: 240 random bits as 40 characters of `A-Z`, `a-z`, `0-9`, `/` and `+`."""
    return SecretKey(base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode())


def _mint_suffix(account: AccountId) -> str:
    number = _MARK | int(account) << _ACCOUNT_SHIFT | secrets.randbits(_ACCOUNT_SHIFT)
    return base64.b32encode(number.to_bytes(_BYTES, "big")).decode()
