"""What a browser or the command line keeps of a sign-in: a name to find it by, and a secret to prove it with."""

import hashlib
import re
import secrets
from dataclasses import dataclass, field

from ostiary.values.identifiers import AccountId

_SECRET_BYTES = 32
_TOKEN = re.compile(r"([0-9]{12})\.([A-Z0-9]{16,32})\.([A-Za-z0-9_-]{43})", re.ASCII)


@dataclass(frozen=True, slots=True)
class SignInToken:
    """A token taken apart."""

    account: AccountId
    unique_id: str
    """Of the sign-in or the session."""
    secret_hash: str = field(repr=False)
    """The SHA-256 digest of its secret, in hexadecimal: 256 random bits need no slow hash."""


def mint_sign_in_token(account: AccountId, unique_id: str) -> tuple[str, str]:
    """Return a new token for a sign-in or session of an account, and the hash to keep of its secret."""
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    return f"{account}.{unique_id}.{secret}", hash_secret(secret)


def parse_sign_in_token(text: str) -> SignInToken | None:
    """Return what a presented token says, or None when it is none."""
    found = _TOKEN.fullmatch(text)
    return SignInToken(AccountId(found[1]), found[2], hash_secret(found[3])) if found else None


def hash_secret(secret: str) -> str:
    """Return the SHA-256 digest of a random secret, in hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()
