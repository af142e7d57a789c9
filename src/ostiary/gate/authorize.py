"""May the caller do this? The only place where a decision becomes permission or refusal."""

from collections.abc import Mapping
from typing import Any

from ostiary.directory.deciding import context_of, guarding, principal_of, request_of
from ostiary.directory.directory import Directory
from ostiary.gate.access import AccessCache
from ostiary.gate.context import build_context
from ostiary.gate.refusal_message import ReadParameters, encode_refusal
from ostiary.policy import Decision, PolicySource, decide, denial_phrase
from ostiary.values.call import AuthenticatedCall, AuthorizedCall, Call
from ostiary.values.caller import Caller, CallerKind
from ostiary.values.decided import Decided
from ostiary.values.fault import Fault
from ostiary.values.operation import Need, Operation

_FOR_LONG_TERM_KEYS = frozenset({"GetSessionToken", "GetFederationToken"})
_FOR_SESSION_TOKENS = frozenset({"AssumeRole", "GetCallerIdentity"})
_LIKE_IAM = frozenset({"iam", "ostiary"})
"""What gives access to an account as a whole."""


class Authorizer:
    """Decides calls, keeping what callers' policies come to between them."""

    def __init__(self) -> None:
        self._access = AccessCache()

    def authorize(
        self,
        directory: Directory,
        authenticated: AuthenticatedCall,
        operation: Operation,
        parameters: Mapping[str, Any],
    ) -> AuthorizedCall:
        """Return the call as one that may be performed.

        Args:
            directory: the transaction that the deed will be done in; the decision holds for what it sees.
            authenticated: the proven call.
            operation: what is called.
            parameters: its decoded input.

        Raises:
            Fault: `AccessDenied`, in AWS's sentence: a need of the operation is not met, or these credentials are
                not good for it.
        """
        caller = authenticated.caller
        decided: list[Decided] = []
        _require_fit_credentials(authenticated)
        if operation.needs is not None:
            access = self._access.get(directory, caller)
            context = build_context(authenticated, access.tags)
            if operation.second_factor is not None:
                # With the parameters as they came: a code that were read from `asked` would go into the message.
                now = authenticated.call.received_at
                context |= operation.second_factor(directory, caller, parameters, now)
            principal = principal_of(caller)
            asked = ReadParameters(parameters)
            needs = tuple(operation.needs(directory, caller, asked))
            if not needs:
                raise _refusal(f"User: {caller.arn} is not authorized to perform: {operation.name}")
            for number, need in enumerate(needs):
                decision = decide(
                    request_of(need, principal, context_of(need, caller, context)), access.policies, guarding(need)
                )
                decided.append(_decided(need, caller, decision))
                if decision.allowed:
                    continue
                if caller.federation:
                    raise _refusal(f"Not authorized to perform {need.action}", decided=tuple(decided))
                sentence = _sentence(need, caller)
                if need.resource_account not in {None, caller.account}:
                    raise _refusal(sentence, decided=tuple(decided))
                message = encode_refusal(
                    directory.sealer,
                    caller,
                    operation,
                    parameters=asked,
                    needs=needs,
                    unmet=number,
                    context=context,
                    explicit_deny=decision.explicit_deny,
                )
                raise _refusal(f"{sentence} {denial_phrase(decision, need.action)}", message, decided=tuple(decided))
        return AuthorizedCall(
            authenticated.call, caller, caller.account, parameters, authenticated.region, tuple(decided)
        )


def _require_fit_credentials(authenticated: AuthenticatedCall) -> None:
    """Refuse what some credentials cannot be used for, whatever the policies say.

    Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_sts-comparison.html
    """
    caller, call = authenticated.caller, authenticated.call
    session = caller.session
    if call.service == "sts":
        if call.operation == "AssumeRole" and caller.kind is CallerKind.ROOT:
            raise _refusal("Roles may not be assumed by root accounts.")
        if session is not None and call.operation in _FOR_LONG_TERM_KEYS:
            raise _refusal(f"Cannot call {call.operation} with session credentials")
    if caller.kind is CallerKind.FEDERATED_USER:
        _require_fit_for_federated_user(call)
    # What came of a sign-in is no such session: the console does all that its user may do.
    from_get_session_token = (
        session is not None and session.sign_in_id is None and caller.kind in {CallerKind.USER, CallerKind.ROOT}
    )
    if from_get_session_token and call.service == "sts" and call.operation not in _FOR_SESSION_TOKENS:
        raise _refusal(f"Cannot call {call.operation} with session credentials")
    if from_get_session_token and call.service in _LIKE_IAM and session and session.mfa_authenticated_at is None:
        raise Fault("InvalidClientTokenId", "The security token included in the request is invalid", status=403)


def _require_fit_for_federated_user(call: Call) -> None:
    if call.service in _LIKE_IAM:
        raise Fault("InvalidClientTokenId", "The security token included in the request is invalid", status=403)
    if call.service == "sts" and call.operation != "GetCallerIdentity":
        raise _refusal(f"Cannot call {call.operation} with session credentials")


def _sentence(need: Need, caller: Caller) -> str:
    return (
        f"User: {caller.arn} is not authorized to perform: {need.action} on resource: {need.shown_as or need.resource}"
    )


def _decided(need: Need, caller: Caller, decision: Decision) -> Decided:
    effect = "allowed" if decision.allowed else "explicitDeny" if decision.explicit_deny else "implicitDeny"
    foreign = need.resource_account not in {None, caller.account}
    if foreign and not decision.allowed:
        # Which policy refused would tell one account about the other's.
        return Decided(need.action, need.resource, effect)
    if decision.layer is not None and not decision.explicit_deny:
        return Decided(need.action, need.resource, effect, (decision.layer.value,))
    by = tuple(
        f"{_policy_words(ref.source)}#{ref.sid or ref.index}"
        for ref in decision.determining
        if not (foreign and ref.source.kind.names_principals)
    )
    return Decided(need.action, need.resource, effect, by)


def _policy_words(source: PolicySource) -> str:
    """Return the ARN of a managed policy; of an inline one whose it is, and its name."""
    return source.policy_id if source.policy_id.startswith("arn:") else f"{source.policy_id}/{source.name}"


def _refusal(sentence: str, authorization_message: str | None = None, *, decided: tuple[Decided, ...] = ()) -> Fault:
    return Fault("AccessDenied", sentence, status=403, authorization_message=authorization_message, decided=decided)
