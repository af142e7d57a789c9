"""What the operations share whose callers sign nothing, but carry a token or an assertion."""

import re

from ostiary.credentials.federation import RejectedClaim
from ostiary.values.arn import ArnError, parse_arn
from ostiary.values.caller import Caller, Federation
from ostiary.values.fault import Fault
from ostiary.values.identifiers import AccountId, parse_account_id

_SOURCE_IDENTITY = re.compile(r"[\w+=,.@-]{2,64}", re.ASCII)


def federation_of(caller: Caller) -> Federation:
    """Return what the caller's identity provider says."""
    if caller.federation is None:
        # INVARIANT: such an operation is only reached by who was identified by it; tests/e2e holds it.
        raise LookupError("a caller without a provider was authorized")
    return caller.federation


def role_account(role_arn: str) -> AccountId:
    """Return the account of the role that a call names, in which its provider has to be registered.

    Raises:
        Fault: `ValidationError`, the text is no role's ARN.
    """
    try:
        return parse_account_id(parse_arn(role_arn).account)
    except (ArnError, ValueError) as error:
        raise Fault("ValidationError", f"{role_arn} is invalid") from error


def source_identity_of(given: str | None) -> str | None:
    """Return the source identity that a token or assertion gives, which has passed no model.

    Raises:
        RejectedClaim: it is none that a session can have.
    """
    if given is not None and not _SOURCE_IDENTITY.fullmatch(given):
        raise RejectedClaim("The source identity must be 2 to 64 letters, digits and characters of _+=,.@-")
    return given
