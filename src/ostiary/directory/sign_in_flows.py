"""Sign-ins under way: how far each got, until it is done or given up.

They are kept in the database, so that a challenge is answered once only and any node can take the next step.
"""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, select, update

from ostiary.credentials import hash_secret, mint_sign_in_token, mint_unique_id, parse_sign_in_token
from ostiary.directory.directory import Directory
from ostiary.store import schema
from ostiary.values.identifiers import AccountId

LASTS = timedelta(minutes=15)
NOBODY = AccountId("000000000000")
"""The account of who is not known yet: a passkey tells by itself whose it is."""

_flows = schema.sign_in_flows


@dataclass(frozen=True, slots=True)
class SignInFlow:
    """A sign-in under way."""

    account: AccountId
    flow_id: str
    owner_id: str | None
    """The unique ID of the user who gave the right password, or the account's for its root user; None until then."""
    mfa_authenticated_at: datetime | None = None
    """When a second factor was proven."""
    challenge: bytes | None = field(default=None, repr=False)
    """What a passkey is asked to sign."""
    enrolling: str | None = None
    """The serial number of the virtual device that is being enrolled."""
    password: str | None = field(default=None, repr=False)
    """Which password the owner had when it began, as a digest of its hash."""

    def is_since_password(self, password_hash: str) -> bool:
        """Tell whether the owner's password is still the one that it was when the sign-in began."""
        return self.password == hash_secret(password_hash)


def start_flow(
    directory: Directory, account: AccountId, owner_id: str | None, *, password_hash: str | None = None, now: datetime
) -> tuple[SignInFlow, str]:
    """Begin a sign-in; return it with the token that proves it from now on.

    Args:
        directory: a writing transaction.
        account: whose user or root user it is; `NOBODY` when that is not known yet.
        owner_id: who it is, when that is proven.
        password_hash: the owner's password. A new one is there to keep others out, so none of theirs may go on.
        now: the time.
    """
    directory.connection.execute(delete(_flows).where(_flows.c.expires_at <= now))
    password = hash_secret(password_hash) if password_hash else None
    flow = SignInFlow(account, mint_unique_id("ASIF", account), owner_id, password=password)
    token, token_hash = mint_sign_in_token(account, flow.flow_id)
    directory.connection.execute(
        insert(_flows).values(
            account_id=account,
            flow_id=flow.flow_id,
            token_hash=token_hash,
            content=json.dumps(_content(flow)),
            expires_at=now + LASTS,
        )
    )
    return flow, token


def find_flow(directory: Directory, token: str, *, now: datetime) -> SignInFlow | None:
    """Return the sign-in that a token proves, or None when it is over, or was never one."""
    presented = parse_sign_in_token(token)
    if presented is None:
        return None
    query = select(_flows).where(
        _flows.c.account_id == presented.account,
        _flows.c.flow_id == presented.unique_id,
        _flows.c.expires_at > now,
    )
    row = directory.connection.execute(query).first()
    if row is None or not hmac.compare_digest(row.token_hash, presented.secret_hash):
        return None
    return _build_flow(row.account_id, row.flow_id, json.loads(row.content))


def with_second_factor(directory: Directory, flow: SignInFlow, *, now: datetime) -> SignInFlow:
    """Keep that a second factor was proven, and return the sign-in as it is then."""
    return _save(directory, replace(flow, mfa_authenticated_at=now, challenge=None, enrolling=None))


def with_new_password(directory: Directory, flow: SignInFlow, password_hash: str) -> SignInFlow:
    """Keep that the owner chose another password in this sign-in, and return it as it is then."""
    return _save(directory, replace(flow, password=hash_secret(password_hash)))


def with_challenge(directory: Directory, flow: SignInFlow, challenge: bytes) -> SignInFlow:
    """Keep what a passkey is asked to sign, and return the sign-in as it is then."""
    return _save(directory, replace(flow, challenge=challenge, enrolling=None))


def take_challenge(directory: Directory, flow: SignInFlow) -> bytes | None:
    """Return what a passkey was asked to sign, once: None when nothing was asked, or somebody answered already."""
    unanswered = _is(flow) & (_flows.c.content == json.dumps(_content(flow)))
    answered = replace(flow, challenge=None, enrolling=None)
    # The condition holds where two answers come at once: the second finds the challenge gone.
    taken = update(_flows).where(unanswered).values(content=json.dumps(_content(answered)))
    return flow.challenge if directory.connection.execute(taken).rowcount > 0 else None


def with_device_to_enrol(directory: Directory, flow: SignInFlow, serial_number: str) -> SignInFlow:
    """Keep which virtual device is being enrolled, and return the sign-in as it is then."""
    return _save(directory, replace(flow, challenge=None, enrolling=serial_number))


def end_flow(directory: Directory, flow: SignInFlow) -> bool:
    """End a sign-in, done or not; tell whether it was still there: of two at once, one finds it."""
    return directory.connection.execute(delete(_flows).where(_is(flow))).rowcount > 0


def _save(directory: Directory, flow: SignInFlow) -> SignInFlow:
    directory.connection.execute(update(_flows).where(_is(flow)).values(content=json.dumps(_content(flow))))
    return flow


def _is(flow: SignInFlow) -> ColumnElement[bool]:
    return (_flows.c.account_id == flow.account) & (_flows.c.flow_id == flow.flow_id)


def _content(flow: SignInFlow) -> dict[str, Any]:
    return {
        "owner_id": flow.owner_id,
        "mfa_authenticated_at": flow.mfa_authenticated_at.isoformat() if flow.mfa_authenticated_at else None,
        "challenge": flow.challenge.hex() if flow.challenge else None,
        "enrolling": flow.enrolling,
        "password": flow.password,
    }


def _build_flow(account: AccountId, flow_id: str, content: Mapping[str, Any]) -> SignInFlow:
    proven_at, challenge = content["mfa_authenticated_at"], content["challenge"]
    return SignInFlow(
        account=account,
        flow_id=flow_id,
        owner_id=content["owner_id"],
        mfa_authenticated_at=datetime.fromisoformat(proven_at) if proven_at else None,
        challenge=bytes.fromhex(challenge) if challenge else None,
        enrolling=content["enrolling"],
        password=content["password"],
    )
