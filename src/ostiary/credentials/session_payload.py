"""What a session token says: the bearer's secret as it is, the bearer as compressed JSON.

Read only after the seal around it proved that we wrote it; a payload of any other form is some other version's, and is
refused as a token that is not ours.
"""

import json
import zlib
from datetime import UTC, datetime
from typing import Any

from ostiary.credentials.errors import InvalidClientTokenId, PackedPolicyTooLarge
from ostiary.values.caller import Caller, CallerKind, Session
from ostiary.values.identifiers import AccessKeyId, AccountId
from ostiary.values.secret import SecretKey

MAX_TEXT_BYTES = 262_144

_VERSION = 3
_RAW_DEFLATE = -zlib.MAX_WBITS
_MOST_SECRET_BYTES = 255


def pack_bearer(secret: SecretKey, caller: Caller, session: Session) -> bytes:
    """Return a secret and its bearer as bytes, without the access key ID.

    Raises:
        PackedPolicyTooLarge: there is more text than would be read back.
        ValueError: the secret is too long.
    """
    secret_bytes = secret.reveal().encode()
    if len(secret_bytes) > _MOST_SECRET_BYTES:
        raise ValueError(f"a secret access key has at most {_MOST_SECRET_BYTES} bytes")
    fields = [
        _VERSION,
        caller.kind.value,
        caller.account,
        caller.arn,
        caller.unique_id,
        caller.name,
        _session_fields(session),
    ]
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()
    if len(text) > MAX_TEXT_BYTES:
        raise PackedPolicyTooLarge(-(-len(text) * 100 // MAX_TEXT_BYTES))
    # The secret is left uncompressed, so that no length can tell of it.
    return bytes((len(secret_bytes),)) + secret_bytes + zlib.compress(text, level=9, wbits=_RAW_DEFLATE)


def unpack_bearer(payload: bytes, access_key_id: AccessKeyId) -> tuple[SecretKey, Caller, Session]:
    """Return what `pack_bearer` packed; the session is the caller's own.

    Raises:
        InvalidClientTokenId: it is not in the form that this version writes.
    """
    try:
        secret_end = 1 + payload[0]
        secret = SecretKey(payload[1:secret_end].decode())
        version, kind, account, arn, unique_id, name, session_fields = json.loads(_inflate(payload[secret_end:]))
        if version != _VERSION:
            raise InvalidClientTokenId
        session = _build_session(session_fields)
        caller = Caller(
            kind=CallerKind(kind),
            account=AccountId(account),
            arn=arn,
            unique_id=unique_id,
            access_key_id=access_key_id,
            name=name,
            session=session,
        )
    except (ValueError, TypeError, LookupError, OverflowError, RecursionError, zlib.error):
        raise InvalidClientTokenId from None
    return secret, caller, session


def _inflate(packed: bytes) -> bytes:
    stream = zlib.decompressobj(wbits=_RAW_DEFLATE)
    text = stream.decompress(packed, MAX_TEXT_BYTES)
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
        session.federated_provider,
        session.sign_in_id,
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
        federated_provider,
        sign_in_id,
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
        federated_provider=federated_provider,
        sign_in_id=sign_in_id,
    )


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
