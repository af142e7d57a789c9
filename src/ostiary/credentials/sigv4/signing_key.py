"""The key that a secret access key becomes for one day, region and service."""

import hmac
from functools import lru_cache

TERMINATOR = "aws4_request"

_MOST_KEYS = 8_192


# INVARIANT: what is remembered depends on nothing but the arguments, the secret among them, so no key can be served for
# another secret; test_signing_key.py holds it. An access key ID would add nothing: it does not enter the derivation.
@lru_cache(maxsize=_MOST_KEYS)
def derive_signing_key(secret: str, date: str, region: str, service: str) -> bytes:
    """Return the signing key; the most recently used ones are remembered. Thread-safe.

    Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
    """
    key = f"AWS4{secret}".encode()
    for part in (date, region, service, TERMINATOR):
        key = hmac.digest(key, part.encode(), "sha256")
    return key
