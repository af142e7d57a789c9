"""From a signature to a proven caller."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ostiary.credentials import STANDARD, CanonicalStyle, PresentedSignature, verify_signature
from ostiary.directory import in_force, keys, sign_in_sessions, users
from ostiary.directory.directory import Directory
from ostiary.directory.keys import Signer
from ostiary.values.arn import root_arn
from ostiary.values.call import AuthenticatedCall, Call
from ostiary.values.caller import Caller, CallerKind
from ostiary.values.fault import Fault
from ostiary.values.operation import Operation
from ostiary.values.secret import SecretKey

_UNSIGNED_REGION = "us-east-1"
"""A call without a signature names no region; it came to the global endpoint."""

# Nothing that S3 and its kin are called for is served, but who calls is told so, and so must be known.
_STYLES = dict.fromkeys(("s3", "s3express", "s3-outposts", "s3-object-lambda"), CanonicalStyle.S3)


def authenticate(directory: Directory, call: Call, presented: PresentedSignature | None) -> AuthenticatedCall:
    """Prove who signed a call.

    Args:
        directory: a transaction to look the key up in.
        call: the routed request.
        presented: the signature that was read from it, or None when it carries none.

    Raises:
        Fault: `MissingAuthenticationToken`, the call is not signed; `InvalidClientTokenId`, the key is unknown,
            deleted or inactive, or does not go with its session token.
        CredentialError: the signature, its time or its session token does not hold.
    """
    if presented is None:
        raise Fault("MissingAuthenticationToken", "Request is missing Authentication Token", status=403)
    secret, caller = (
        _temporary(directory, call, presented, presented.session_token)
        if presented.session_token is not None
        else _long_term(directory, presented)
    )
    style = _STYLES.get(call.service, STANDARD)
    verify_signature(
        presented,
        call.request,
        secret=secret,
        expected_service=call.service,
        now=call.received_at,
        style=style,
        allow_unsigned_payload=style is CanonicalStyle.S3,
    )
    return AuthenticatedCall(call, caller, presented.region)


def identify(
    directory: Directory, call: Call, operation: Operation, parameters: Mapping[str, Any]
) -> AuthenticatedCall:
    """Prove who makes a call that AWS leaves unsigned, by the token or assertion in its parameters.

    Args:
        directory: a transaction to look the identity provider up in.
        call: the routed request; a signature that it may carry counts for nothing.
        operation: what is called; it must have a way to identify its callers.
        parameters: the call's decoded and validated input.

    Raises:
        Fault: the token or assertion does not hold.
        CredentialError: likewise.
    """
    if operation.identify is None:
        raise LookupError(f"{operation.name} takes no token for a signature")
    caller = operation.identify(directory, parameters, call.received_at)
    return AuthenticatedCall(call, caller, _UNSIGNED_REGION)


def signed_in(call: Call, caller: Caller) -> AuthenticatedCall:
    """Return a call by somebody who proved to be there at the sign-in page, rather than by a signature.

    Args:
        call: what the person asks for at the sign-in page, such as a new password.
        caller: who it is, as `gate.sign_in` made it.
    """
    return AuthenticatedCall(call, caller, _UNSIGNED_REGION)


def _long_term(directory: Directory, presented: PresentedSignature) -> tuple[SecretKey, Caller]:
    signer = keys.find_signer(directory, presented.access_key_id)
    if signer is None or not signer.key.active:
        raise _unknown_token()
    return signer.secret, _key_owner(signer)


def _key_owner(signer: Signer) -> Caller:
    key, user = signer.key, signer.user
    if user is None:
        return Caller(CallerKind.ROOT, key.account, root_arn(key.account), key.account, key.access_key_id)
    return Caller(CallerKind.USER, key.account, user.arn, user.user_id, key.access_key_id, user.name)


def _temporary(directory: Directory, call: Call, presented: PresentedSignature, token: str) -> tuple[SecretKey, Caller]:
    credentials = directory.tokens.verify(token, presented_access_key_id=presented.access_key_id, now=call.received_at)
    _require_signed_in(directory, credentials.caller, call)
    return credentials.secret, _as_it_is_now(directory, credentials.caller)


def _require_signed_in(directory: Directory, caller: Caller, call: Call) -> None:
    """Refuse credentials that came of a sign-in which is over: who signs out is out at once."""
    sign_in_id = caller.session.sign_in_id if caller.session else None
    if sign_in_id and not sign_in_sessions.is_alive(directory, caller.account, sign_in_id, now=call.received_at):
        raise _unknown_token()


def _as_it_is_now(directory: Directory, caller: Caller) -> Caller:
    """Return whom a session stands for under its present name; the token proves itself, but has the name of its day.

    A user may be gone or renamed by now, and somebody else may have the name.
    """
    if caller.kind in {CallerKind.USER, CallerKind.FEDERATED_USER} and not in_force.is_root(caller):
        user = users.find_user_by_id(directory, caller.account, caller.identity_id)
        if user is None:
            raise _unknown_token()
        if caller.kind is CallerKind.USER:
            return replace(caller, arn=user.arn, name=user.name)
        session = replace(caller.session, issuer_arn=user.arn) if caller.session else None
        return replace(caller, name=user.name, session=session)
    if in_force.find_identity(directory, caller) is None:
        raise _unknown_token()
    return caller


def _unknown_token() -> Fault:
    return Fault("InvalidClientTokenId", "The security token included in the request is invalid.", status=403)
