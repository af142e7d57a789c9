"""What a session token says of its bearer: a caller as compressed JSON, and back.

Read only after the seal around it proved that we wrote it, so a surprise in here is a bug or another version of
Ostiary, and is refused as a token that is not ours.
"""

import json
import zlib
from datetime import UTC, datetime
from typing import Any

from ostiary.credentials.errors import InvalidClientTokenId
from ostiary.values.caller import Caller, CallerKind, Session
from ostiary.values.identifiers import AccessKeyId, AccountId

_VERSION = 1
_RAW_DEFLATE = -zlib.MAX_WBITS
_MOST_BYTES = 262_144


def pack_caller(caller: Caller) -> bytes:
    """Return a caller as bytes, without its access key ID."""
    session = caller.session
    fields = [
        _VERSION,
        caller.kind.value,
        caller.account,
        caller.arn,
        caller.unique_id,
        caller.name,
        None if session is None else _session_fields(session),
    ]
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode(), level=9, wbits=_RAW_DEFLATE)


def unpack_caller(packed: bytes, access_key_id: AccessKeyId) -> Caller:
    """Return the caller that `pack_caller` packed.

    Raises:
        InvalidClientTokenId: it is not in the form that this version writes.
    """
    try:
        version, kind, account, arn, unique_id, name, session = json.loads(_inflate(packed))
        if version != _VERSION:
            raise InvalidClientTokenId
        return Caller(
            kind=CallerKind(kind),
            account=AccountId(account),
            arn=arn,
            unique_id=unique_id,
            access_key_id=access_key_id,
            name=name,
            session=None if session is None else _build_session(session),
        )
    except (ValueError, TypeError, OverflowError, zlib.error):
        raise InvalidClientTokenId from None


def _inflate(packed: bytes) -> bytes:
    stream = zlib.decompressobj(wbits=_RAW_DEFLATE)
    text = stream.decompress(packed, _MOST_BYTES)
    if not stream.eof or stream.unused_data:
        raise InvalidClientTokenId
    return text


def _session_fields(session: Session) -> list[Any]:
    return [
        _seconds(session.issued_at),
        _seconds(session.expires_at),
        None if session.mfa_authenticated_at is None else _seconds(session.mfa_authenticated_at),
        session.issuer_arn,
        session.issuer_id,
        session.name,
        session.policies,
        session.policy_arns,
        None if session.tags is None else dict(session.tags),
        session.transitive_tag_keys,
        session.source_identity,
        session.chained,
    ]


def _build_session(fields: list[Any]) -> Session:
    (
        issued_at,
        expires_at,
        mfa_authenticated_at,
        issuer_arn,
        issuer_id,
        name,
        policies,
        policy_arns,
        tags,
        transitive_tag_keys,
        source_identity,
        chained,
    ) = fields
    return Session(
        issued_at=_moment(issued_at),
        expires_at=_moment(expires_at),
        mfa_authenticated_at=None if mfa_authenticated_at is None else _moment(mfa_authenticated_at),
        issuer_arn=issuer_arn,
        issuer_id=issuer_id,
        name=name,
        policies=tuple(policies),
        policy_arns=tuple(policy_arns),
        tags=tags,
        transitive_tag_keys=tuple(transitive_tag_keys),
        source_identity=source_identity,
        chained=chained,
    )


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
