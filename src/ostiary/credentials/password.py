"""Passwords: hashed with argon2id, verified, and made up.

Source: RFC 9106, section 4 (the second recommended option, which `argon2` has as its default)
"""

import secrets
import string
from functools import cache
from typing import TYPE_CHECKING

from ostiary.credentials.errors import BrokenPasswordHash, PasswordTooLong, WrongPassword

if TYPE_CHECKING:
    from argon2 import PasswordHasher

MAX_PASSWORD_CHARACTERS = 1_024
"""Bounds the work of hashing; IAM's own limit of 128 is a rule of the directory."""

_LEAST_GENERATED = 8

# The classes of IAM's password policy.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html
_CLASSES = (string.ascii_uppercase, string.ascii_lowercase, string.digits, "!@#$%^&*()_+-=[]{}|'")


def hash_password(text: str) -> str:
    """Return the argon2id hash of a password as a PHC string, with a salt of its own.

    Raises:
        PasswordTooLong: it is longer than any password may be.
    """
    if len(text) > MAX_PASSWORD_CHARACTERS:
        raise PasswordTooLong(MAX_PASSWORD_CHARACTERS)
    return _hasher().hash(text)


def verify_password(text: str, expected_hash: str) -> None:
    """Prove that `text` is the password that was hashed.

    Raises:
        WrongPassword: it is not.
        BrokenPasswordHash: what was stored is no argon2 hash.
    """
    from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError  # noqa: PLC0415 - see _hasher

    if len(text) > MAX_PASSWORD_CHARACTERS:
        raise WrongPassword
    try:
        _hasher().verify(expected_hash, text)
    except VerifyMismatchError:
        raise WrongPassword from None
    except (VerificationError, InvalidHashError):
        raise BrokenPasswordHash from None


def needs_rehash(expected_hash: str) -> bool:
    """Tell whether a hash was made with other parameters than are used now, so that the next sign-in should renew it.

    Raises:
        BrokenPasswordHash: it is no argon2 hash.
    """
    from argon2.exceptions import InvalidHashError  # noqa: PLC0415 - see _hasher

    try:
        return _hasher().check_needs_rehash(expected_hash)
    except InvalidHashError:
        raise BrokenPasswordHash from None


def generate_password(length: int = 20) -> str:
    """Return a new random password with upper and lower case letters, digits and symbols.

    Raises:
        ValueError: `length` is less than 8.
    """
    if length < _LEAST_GENERATED:
        raise ValueError(f"a generated password has at least {_LEAST_GENERATED} characters")
    # Drawing anew until every class is there keeps all such passwords equally likely.
    while True:
        password = "".join(secrets.choice("".join(_CLASSES)) for _ in range(length))
        if all(not set(password).isdisjoint(characters) for characters in _CLASSES):
            return password


@cache
def _hasher() -> "PasswordHasher":
    # Imported late: few processes ever see a password, and all of them start.
    from argon2 import PasswordHasher  # noqa: PLC0415 - as said above

    return PasswordHasher()
