"""One-time codes that a virtual MFA device shows: six digits, new every thirty seconds.

A code belongs to a time step. Whoever verifies one says up to which step codes are used already, and keeps the step
that was found: a code is good once, and none before it is good any more.
Source: RFC 6238 (time steps, drift) and RFC 4226 (the digits); authenticator apps know SHA-1 alone.
"""

import base64
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime

from ostiary.credentials.errors import WrongCode

STEP_SECONDS = 30

_DIGITS = 6
_SEED_BYTES = 40

_NEAR = 1
"""How many steps a code may be early or late: people type slowly, and clocks differ."""

_FAR = 60
"""The same for two codes in a row, half an hour: they tell how wrong the device's clock is. Nobody guesses both."""


def mint_seed() -> bytes:
    """Return a new random seed, 64 characters long in base 32 as AWS's are."""
    return secrets.token_bytes(_SEED_BYTES)


def seed_text(seed: bytes) -> str:
    """Return a seed in base 32, as it is typed into an authenticator app."""
    return base64.b32encode(seed).decode()


def time_step(now: datetime) -> int:
    """Return the number of the time step that a moment is in."""
    return int(now.timestamp()) // STEP_SECONDS


def code_at(seed: bytes, step: int) -> str:
    """Return the code that a device with the seed shows in a time step."""
    digest = hmac.digest(seed, step.to_bytes(8, "big"), "sha1")
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**_DIGITS:0{_DIGITS}}"


def verify_code(seed: bytes, presented: str, *, expected_step: int, used_up_to: int | None) -> int:
    """Return the time step that a code is for.

    Args:
        seed: the device's.
        presented: the code.
        expected_step: the step that the device should be in; one before and one after will do.
        used_up_to: the step of the last code that was taken, if any was.

    Raises:
        WrongCode: it is none of the codes of those steps, or is used already.
    """
    near = range(expected_step - _NEAR, expected_step + _NEAR + 1)
    return _only((step for step in near if _is_code(seed, step, presented)), used_up_to)


def verify_codes_in_a_row(
    seed: bytes, presented: tuple[str, str], *, expected_step: int, used_up_to: int | None
) -> int:
    """Return the time step that the second of two consecutive codes is for, however wrong the device's clock is.

    Args:
        seed: the device's.
        presented: the codes, the older one first.
        expected_step: the step that the device would be in if its clock were right.
        used_up_to: the step of the last code that was taken, if any was; both codes are newer.

    Raises:
        WrongCode: no two consecutive codes of the half hours around are these, or they are used already.
    """
    first, second = presented
    far = range(expected_step - _FAR, expected_step + _FAR + 1)
    # Both are compared, whatever comes of the first, so that the time it takes tells nothing.
    found = (step for step in far if _is_code(seed, step, second) & _is_code(seed, step - 1, first))
    return _only(found, None if used_up_to is None else used_up_to + 1)


def _is_code(seed: bytes, step: int, presented: str) -> bool:
    return hmac.compare_digest(code_at(seed, step).encode(), presented.encode())


def _only(found: Iterable[int], used_up_to: int | None) -> int:
    # All steps are looked at, and the latest counts, so that a code that two steps share cannot come twice.
    steps = list(found)
    if not steps or (used_up_to is not None and steps[-1] <= used_up_to):
        raise WrongCode
    return steps[-1]
