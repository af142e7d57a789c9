"""The secrets of service-specific credentials: passwords and API keys that one service takes.

Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_service-specific-creds.html and
https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_api_keys_for_aws_services.html
"""

import base64
import hashlib
import secrets

from ostiary.values.secret import SecretKey

_SECRET_BYTES = 32


def mint_service_password() -> SecretKey:
    """Return a new password: 256 random bits in base 64."""
    return SecretKey(base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode())


def mint_api_key(prefix: str, alias: str) -> SecretKey:
    """Return a new API key: four letters that tell its service, then the alias and a new password in base 64."""
    key = f"{alias}:{mint_service_password().reveal()}"
    return SecretKey(prefix + base64.b64encode(key.encode()).decode())


def hash_service_secret(secret: SecretKey) -> str:
    """Return the SHA-256 digest of a password or API key, in hexadecimal.

    A slow hash like argon2id protects what people choose and others can guess. Nobody guesses 256 random bits, however
    fast a guess is checked, and services check such secrets on each of their calls.
    """
    return hashlib.sha256(secret.reveal().encode()).hexdigest()
