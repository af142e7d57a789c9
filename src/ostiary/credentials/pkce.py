"""Proof Key for Code Exchange: a code is good only for whoever asked for it.

Source: RFC 7636, sections 4.1, 4.2 and 4.6 (S256)
"""

import base64
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, field

from ostiary.credentials.errors import WrongCode

_VERIFIER_BYTES = 32
_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}", re.ASCII)
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


@dataclass(frozen=True, slots=True)
class PkcePair:
    """What is shown when a code is asked for, and what proves later who asked."""

    challenge: str
    verifier: str = field(repr=False)


def mint_pkce_pair() -> PkcePair:
    """Return a new pair: a verifier of 256 random bits, and its challenge."""
    verifier = secrets.token_urlsafe(_VERIFIER_BYTES)
    return PkcePair(_challenge_of(verifier), verifier)


def is_pkce_challenge(text: str) -> bool:
    """Tell whether a text can be the challenge of some verifier."""
    return _CHALLENGE.fullmatch(text) is not None


def verify_pkce(presented_verifier: str, *, expected_challenge: str) -> None:
    """Prove that whoever brings a code is who asked for it.

    Raises:
        WrongCode: it is somebody else.
    """
    if not _VERIFIER.fullmatch(presented_verifier):
        raise WrongCode
    if not hmac.compare_digest(_challenge_of(presented_verifier), expected_challenge):
        raise WrongCode


def _challenge_of(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
