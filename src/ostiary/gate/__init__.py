"""The gate: who is calling, and whether they may. Nothing else makes an authenticated or authorized call."""

from ostiary.gate.authenticate import authenticate, identify, signed_in
from ostiary.gate.authorize import Authorizer

__all__ = ["Authorizer", "authenticate", "identify", "signed_in"]
