"""Passkeys at the sign-in page: as the second factor after a password, or in place of name, password and factor.

A passkey that its authenticator finds by itself says whose it is, and always verifies its user: so it is enough alone.
Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_enable_fido.html
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from ostiary.credentials import (
    MAX_CREDENTIAL_CHARACTERS,
    ClonedPasskey,
    Passkey,
    WrongPasskey,
    authentication_options,
    mint_challenge,
    parse_user_handle,
    presented_credential_id,
    presented_user_handle,
    verify_authentication,
)
from ostiary.directory import passkeys, sign_in_flows
from ostiary.directory.directory import Directory
from ostiary.directory.mfa_devices import MfaDevice
from ostiary.directory.sign_in_failures import Counted, Subject, count_attempt, forgive_attempt, network_of
from ostiary.directory.sign_in_flows import NOBODY, SignInFlow
from ostiary.gate.sign_in import Attempt, Person, Step, find_person
from ostiary.server.console import cookies
from ostiary.server.console.attempts import carry_out
from ostiary.server.console.desk import Desk
from ostiary.server.console.exchange import Answer, Exchange
from ostiary.server.console.must_wait import MustWait
from ostiary.server.console.sign_in import go_on, require_flow, sign_in_over
from ostiary.server.console.sign_in_events import record
from ostiary.values.fault import Fault

_EVENT = "CheckMfa"
_FACTS: Mapping[str, str] = {"MfaType": "Passkey or security key"}


@dataclass(frozen=True, slots=True)
class _Presented:
    """A passkey that somebody claims to have, and whose it would be; nothing is proven yet."""

    attempt: Attempt
    found: tuple[MfaDevice, Passkey] | None
    """None when there is no such passkey, or it is not that person's."""


@dataclass(frozen=True, slots=True)
class _Proven:
    """Who proved to have which passkey."""

    person: Person
    device: MfaDevice
    passkey: Passkey
    """As it was before it signed."""
    sign_count: int


def ask_for_passkey(desk: Desk, exchange: Exchange) -> Answer:
    """Return what the browser asks an authenticator: for a passkey of who gave a password, or for whichever is there.

    The second begins a sign-in of nobody yet, and is what `discoverable` asks for while another one is under way.

    Raises:
        MustWait: the same address asked too often and let the questions be.
    """
    with desk.writing() as directory:
        waiting = None if exchange.body.get("discoverable") is True else _find_flow(directory, exchange)
        challenge = mint_challenge()
        if waiting and waiting.owner_id:
            person, flow = require_flow(directory, exchange, Step.SECOND_FACTOR)
            known = passkeys.list_passkeys(directory, flow.account, person.owner_id)
            if not known:
                raise Fault("ValidationError", "You have no passkey. Enter a code instead.")
            begun: tuple[str, ...] = ()
        else:
            wait = count_attempt(directory, [_asked_by(exchange)], now=exchange.now)
            if wait is not None:
                raise MustWait(int(wait.total_seconds()) + 1)
            flow, token = sign_in_flows.start_flow(directory, NOBODY, None, now=exchange.now)
            known = ()
            begun = (cookies.set_cookie(desk.settings, cookies.FLOW, token),)
        sign_in_flows.with_challenge(directory, flow, challenge)
    options = authentication_options(
        rp_id=desk.settings.relying_party, challenge=challenge, allowed=[passkey for _, passkey in known]
    )
    return Answer({"options": json.loads(options)}, begun)


def enter_passkey(desk: Desk, exchange: Exchange) -> Answer:
    """Take what an authenticator signed. Each question is answered once, whether the answer is right or wrong.

    Raises:
        Fault: `InvalidAuthenticationCode`, it proves nothing; `ClonedAuthenticator`, somebody has a copy of it;
            `SignInExpired`, nothing was asked; `TooManyRequestsError`.
    """
    credential = exchange.document("credential", longest=MAX_CREDENTIAL_CHARACTERS)
    with desk.reading() as directory:
        flow = _find_flow(directory, exchange)
        if flow is None:
            raise sign_in_over()
        if flow.owner_id:
            require_flow(directory, exchange, Step.SECOND_FACTOR)
        presented = _read_presented(directory, exchange, flow, credential)
    # Of whoever gave a password, guesses count for that person; a passkey by itself claims to be anybody's.
    counted = (
        Counted(flow.account, Subject.CODE, flow.owner_id)
        if flow.owner_id
        else Counted(NOBODY, Subject.ADDRESS, network_of(exchange.request.client_address))
    )

    def prove() -> _Proven:
        with desk.writing() as directory:
            challenge = sign_in_flows.take_challenge(directory, flow)
        if challenge is None:
            raise sign_in_over()
        return _verify(desk, credential, presented, challenge)

    def succeed(directory: Directory, proven: _Proven) -> Answer:
        return _accept(desk, directory, exchange, flow, proven)

    return carry_out(desk, exchange, _EVENT, presented.attempt, (counted,), prove=prove, succeed=succeed)


def _find_flow(directory: Directory, exchange: Exchange) -> SignInFlow | None:
    token = exchange.cookie(cookies.FLOW)
    return sign_in_flows.find_flow(directory, token, now=exchange.now) if token else None


def _read_presented(directory: Directory, exchange: Exchange, flow: SignInFlow, credential: str) -> _Presented:
    """Look up whose passkey it would be, and the passkey when it is that person's."""
    account, owner_id = flow.account, flow.owner_id
    found = None
    try:
        if owner_id is None:
            account, owner_id = parse_user_handle(presented_user_handle(credential) or b"")
        found = passkeys.find_passkey(directory, account, presented_credential_id(credential))
    except WrongPasskey:
        # What cannot be read is nobody's, and refused like every other.
        found = None
    person = find_person(directory, account, owner_id, now=exchange.now) if owner_id else None
    attempt = Attempt(person.account.account if person else flow.account, owner_id or "passkey", person)
    is_theirs = found is not None and person is not None and found[0].belongs_to(person.owner_id)
    return _Presented(attempt, found if is_theirs else None)


def _verify(desk: Desk, credential: str, presented: _Presented, challenge: bytes) -> _Proven:
    person = presented.attempt.person
    if presented.found is None or person is None:
        raise _refused()
    device, passkey = presented.found
    try:
        sign_count = verify_authentication(
            credential,
            passkey,
            expected_challenge=challenge,
            rp_id=desk.settings.relying_party,
            origin=desk.settings.origin,
        )
    except ClonedPasskey as error:
        raise Fault(
            "ClonedAuthenticator",
            "The passkey was refused: its signature counter did not go up, so that somebody may have a copy of it. "
            "Sign in by other means, remove it and register a new one.",
            status=403,
        ) from error
    except WrongPasskey as error:
        raise _refused() from error
    return _Proven(person, device, passkey, sign_count)


def _accept(desk: Desk, directory: Directory, exchange: Exchange, flow: SignInFlow, proven: _Proven) -> Answer:
    """Go on with the sign-in of who proved to have a passkey: nobody's becomes that person's."""
    person, device, token = proven.person, proven.device, None
    if flow.owner_id:
        person, flow = require_flow(directory, exchange, Step.SECOND_FACTOR)
    else:
        if not sign_in_flows.end_flow(directory, flow):
            raise sign_in_over()
        forgive_attempt(directory, [_asked_by(exchange)])
        # The password may have been changed, or taken away, while the signature was being verified.
        found = find_person(directory, device.account, person.owner_id, now=exchange.now)
        if found is None:
            raise _refused()
        person = found
        flow, token = sign_in_flows.start_flow(
            directory, device.account, person.owner_id, password_hash=person.password_hash, now=exchange.now
        )
    try:
        passkeys.note_passkey_use(directory, device, proven.passkey, proven.sign_count)
    except WrongPasskey as error:
        raise _refused() from error
    record(directory, exchange, _EVENT, person, facts=_FACTS)
    flow = sign_in_flows.with_second_factor(directory, flow, now=exchange.now)
    return go_on(desk, directory, exchange, person, flow, token=token, device=device.serial_number)


def _asked_by(exchange: Exchange) -> Counted:
    """Return what a question counts for that begins a sign-in of nobody: they take room, and anybody may ask."""
    return Counted(NOBODY, Subject.ACCOUNT, f"passkey options: {network_of(exchange.request.client_address)}")


def _refused() -> Fault:
    """Return the refusal for all reasons: whose passkey it is, or whether there is one, is nobody's business."""
    message = "The passkey is not known here, or could not be verified. Try again, or sign in by other means."
    return Fault("InvalidAuthenticationCode", message, status=403)
