"""Proofs that an identity provider vouches for: OpenID Connect tokens and SAML assertions. Fetches nothing.

What is about SAML is imported from its own modules by whoever needs it: the XML libraries take longer to import than
the rest of the server does to start.
"""

from ostiary.credentials.federation.errors import (
    ExpiredIdentityToken,
    FederationError,
    InvalidIdentityToken,
    MetadataError,
    RejectedClaim,
)
from ostiary.credentials.federation.web_identity import WebIdentity, read_unverified_token, verify_web_identity

__all__ = [
    "ExpiredIdentityToken",
    "FederationError",
    "InvalidIdentityToken",
    "MetadataError",
    "RejectedClaim",
    "WebIdentity",
    "read_unverified_token",
    "verify_web_identity",
]
