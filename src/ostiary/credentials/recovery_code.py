"""Recovery codes: made for somebody who lost a password, read off one screen and typed into another."""

import secrets

from ostiary.credentials.sign_in_token import hash_secret

# Without what looks alike (0 and O, 1 and I); 25 of these 32 characters carry 125 bits.
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_GROUPS = 5
_GROUP_CHARACTERS = 5


def mint_recovery_code() -> str:
    """Return a new code, in groups: `7KQ2M-XW4AB-…`."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP_CHARACTERS)) for _ in range(_GROUPS))
    return "-".join(groups)


def hash_recovery_code(text: str) -> str:
    """Return the SHA-256 digest of a code, in hexadecimal; case, spaces and dashes do not count.

    Nobody guesses 125 random bits, so a fast hash protects them well enough.
    """
    return hash_secret("".join(filter(str.isalnum, text)).upper())
