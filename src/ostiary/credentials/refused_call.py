"""What an authorization message says: who was refused what, as far as the caller knows it anyway.

Read only after the seal around it proved that we wrote it; one in any other form is some other version's, and is
refused as a message that is not ours.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from ostiary.credentials.errors import InvalidAuthorizationMessage
from ostiary.values.caller import Caller, CallerKind, Session
from ostiary.values.identifiers import AccessKeyId, AccountId
from ostiary.values.operation import ContextValue

_VERSION = 1


@dataclass(frozen=True, slots=True)
class RefusedCall:
    """A refused call, with nothing in it that was looked up to decide it."""

    caller: Caller
    """Without the policies of its session: whoever passed them may not mean others to read them."""
    has_session_policies: bool
    service: str
    operation: str
    parameters: Mapping[str, Any] = field(repr=False)
    """Those that say what the call acts on."""
    need: int
    """Which of the operation's needs was not met, counted from zero."""
    action: str
    resource: str
    """As the refusal names it."""
    context: Mapping[str, ContextValue]
    """The condition keys that follow from request and caller."""
    explicit_deny: bool


def pack_refused_call(refused: RefusedCall) -> bytes:
    """Return a refused call as bytes; how many, follows from what the caller sent and is."""
    caller, session = refused.caller, refused.caller.session
    fields = [
        _VERSION,
        caller.kind.value,
        caller.account,
        caller.arn,
        caller.unique_id,
        caller.access_key_id,
        caller.name,
        None if session is None else _session_fields(session),
        int(refused.has_session_policies),
        refused.service,
        refused.operation,
        dict(refused.parameters),
        refused.need,
        refused.action,
        refused.resource,
        dict(refused.context),
        int(refused.explicit_deny),
    ]
    # A parameter may be a moment; none that is needs more than to be told.
    return json.dumps(fields, separators=(",", ":"), default=datetime.isoformat).encode()


def unpack_refused_call(packed: bytes) -> RefusedCall:
    """Return what `pack_refused_call` packed.

    Raises:
        InvalidAuthorizationMessage: it is not in the form that this version writes.
    """
    try:
        version, kind, account, arn, unique_id, access_key_id, name, session, *call = json.loads(packed)
        has_session_policies, service, operation, parameters, need, action, resource, context, explicit_deny = call
        if version != _VERSION:
            raise InvalidAuthorizationMessage
        caller = Caller(
            kind=CallerKind(kind),
            account=AccountId(account),
            arn=arn,
            unique_id=unique_id,
            access_key_id=AccessKeyId(access_key_id),
            name=name,
            session=None if session is None else _build_session(session),
        )
        values = {key: tuple(value) if isinstance(value, list) else value for key, value in context.items()}
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError):
        raise InvalidAuthorizationMessage from None
    return RefusedCall(
        caller=caller,
        has_session_policies=bool(has_session_policies),
        service=service,
        operation=operation,
        parameters=parameters,
        need=need,
        action=action,
        resource=resource,
        context=values,
        explicit_deny=bool(explicit_deny),
    )


def _session_fields(session: Session) -> list[Any]:
    return [
        int(session.issued_at.timestamp()),
        int(session.expires_at.timestamp()),
        session.issuer_arn,
        session.issuer_id,
        session.name,
        None if session.tags is None else dict(session.tags),
        session.transitive_tag_keys,
        session.source_identity,
        int(session.chained),
    ]


def _build_session(fields: list[Any]) -> Session:
    issued_at, expires_at, issuer_arn, issuer_id, name, tags, transitive_tag_keys, source_identity, chained = fields
    return Session(
        issued_at=datetime.fromtimestamp(issued_at, UTC),
        expires_at=datetime.fromtimestamp(expires_at, UTC),
        issuer_arn=issuer_arn,
        issuer_id=issuer_id,
        name=name,
        tags=tags,
        transitive_tag_keys=tuple(transitive_tag_keys),
        source_identity=source_identity,
        chained=bool(chained),
    )
