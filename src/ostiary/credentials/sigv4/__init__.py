"""Signature Version 4: reads the signature that a request presents, and verifies it.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
"""

from ostiary.credentials.sigv4.canonical import STANDARD, CanonicalStyle
from ostiary.credentials.sigv4.presented import PresentedSignature, parse_signature
from ostiary.credentials.sigv4.verify import verify_signature

__all__ = ["STANDARD", "CanonicalStyle", "PresentedSignature", "parse_signature", "verify_signature"]
