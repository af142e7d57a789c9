"""Getting a first MFA device at sign-in, where the account lets nobody in without one.

It takes no permission: who is asked for a device must be able to get one.
"""

import json
from base64 import b64encode
from collections.abc import Callable
from typing import Any, TypeVar

from ostiary.credentials import (
    MAX_CREDENTIAL_CHARACTERS,
    WrongCode,
    enrolment_uri,
    mint_challenge,
    qr_code_png,
    seed_text,
)
from ostiary.directory import accounts, mfa_devices, passkeys, sign_in_flows
from ostiary.directory.directory import Directory
from ostiary.directory.mfa_devices import MfaDevice
from ostiary.directory.sign_in_failures import Counted, Subject
from ostiary.directory.sign_in_flows import SignInFlow
from ostiary.gate.sign_in import Attempt, Person, Step, caller_during
from ostiary.server.console.attempts import carry_out
from ostiary.server.console.desk import Desk
from ostiary.server.console.exchange import Answer, Exchange, is_text
from ostiary.server.console.page_calls import page_call, record_call
from ostiary.server.console.sign_in import go_on, require_flow
from ostiary.services import new_passkey_options, verify_new_passkey
from ostiary.values.arn import iam_arn
from ostiary.values.fault import Fault

_ROOT_DEVICE = "root-account-mfa-device"
_CODES = 2
_LONGEST_CODE = 16
_LONGEST_NAME = 64

T = TypeVar("T")


def offer_app(desk: Desk, exchange: Exchange) -> Answer:
    """Create a virtual device for an authenticator app, and return its seed, also as a QR code.

    It is named after the user. One of that name which is nobody's is left from an enrolment that was given up.

    Raises:
        LimitExceeded: the account's quota of devices is full.
    """
    with desk.writing() as directory:
        person, flow = require_flow(directory, exchange, Step.ENROL)
        account = person.account.account
        name = _free_name(directory, person, flow)
        device, seed = mfa_devices.create_virtual_mfa_device(directory, account, name, now=exchange.now)
        sign_in_flows.with_device_to_enrol(directory, flow, device.serial_number)
        accounts.raise_revision(directory, account, access=False)
        _record(directory, exchange, "CreateVirtualMFADevice", person, flow, virtualMFADeviceName=name)
    secret = seed_text(seed)
    picture = qr_code_png(enrolment_uri(name, person.account.alias or account, secret))
    return Answer(
        {
            "secret": secret,
            "qrCode": f"data:image/png;base64,{b64encode(picture).decode()}",
            "serialNumber": device.serial_number,
        }
    )


def enrol_app(desk: Desk, exchange: Exchange) -> Answer:
    """Give the device to the person who proves by two codes in a row that the app has it.

    Raises:
        Fault: `InvalidAuthenticationCode`, they are none; `ValidationError`, no device was offered.
    """
    codes = _codes(exchange)

    def enrol(directory: Directory, person: Person, flow: SignInFlow, _proven: None) -> MfaDevice:
        if flow.enrolling is None:
            raise Fault("ValidationError", "No authenticator app is being set up. Begin again.")
        device = mfa_devices.get_virtual_mfa_device(directory, flow.account, flow.enrolling)
        try:
            mfa_devices.enable_mfa_device(directory, device, person.user, codes, now=exchange.now)
        except WrongCode as error:
            message = "The codes are not two codes in a row of this device. Enter the next two that it shows."
            raise Fault("InvalidAuthenticationCode", message, status=403) from error
        return device

    return _enrol(desk, exchange, prove=lambda _flow: None, enrol=enrol)


def offer_passkey(desk: Desk, exchange: Exchange) -> Answer:
    """Return what the browser is asked for a new passkey.

    Raises:
        Fault: `InvalidInput`, people reach the server by an address, for which browsers make no passkeys.
    """
    challenge = mint_challenge()
    with desk.writing() as directory:
        person, flow = require_flow(directory, exchange, Step.ENROL)
        options = new_passkey_options(directory, flow.account, person.user, challenge)
        sign_in_flows.with_challenge(directory, flow, challenge)
    return Answer({"options": json.loads(options)})


def enrol_passkey(desk: Desk, exchange: Exchange) -> Answer:
    """Give the person the passkey that the browser made.

    Raises:
        Fault: `InvalidAuthenticationCode`, its answer proves none; `ValidationError`, none was asked for, or it may not
            be called so.
    """
    name = exchange.text("name", longest=_LONGEST_NAME)
    credential = exchange.document("credential", longest=MAX_CREDENTIAL_CHARACTERS)
    if not passkeys.is_passkey_name(name):
        raise Fault("ValidationError", "A passkey's name has letters, digits and +=,.@-_ only.")

    def prove(flow: SignInFlow) -> bytes:
        with desk.writing() as directory:
            challenge = sign_in_flows.take_challenge(directory, flow)
        if challenge is None:
            raise Fault("ValidationError", "No passkey is being set up. Begin again.")
        return challenge

    def enrol(directory: Directory, person: Person, flow: SignInFlow, challenge: bytes) -> MfaDevice:
        passkey = verify_new_passkey(directory, credential, challenge)
        return passkeys.create_passkey(directory, flow.account, person.user, name, passkey, now=exchange.now)

    return _enrol(desk, exchange, prove=prove, enrol=enrol)


def _enrol(
    desk: Desk,
    exchange: Exchange,
    *,
    prove: Callable[[SignInFlow], T],
    enrol: Callable[[Directory, Person, SignInFlow, T], MfaDevice],
) -> Answer:
    """Give the person a device and go on: who has just proven to have it has proven a second factor."""
    with desk.reading() as directory:
        person, flow = require_flow(directory, exchange, Step.ENROL)
    attempt = Attempt(flow.account, person.owner_id, person)
    counted = (Counted(flow.account, Subject.CODE, person.owner_id),)

    def succeed(directory: Directory, proven: T) -> Answer:
        person, flow = require_flow(directory, exchange, Step.ENROL)
        device = enrol(directory, person, flow, proven)
        accounts.raise_revision(directory, flow.account)
        _record(directory, exchange, "EnableMFADevice", person, flow, serialNumber=device.serial_number)
        enrolled = sign_in_flows.with_second_factor(directory, flow, now=exchange.now)
        return go_on(desk, directory, exchange, person, enrolled, device=device.serial_number)

    return carry_out(desk, exchange, "EnableMFADevice", attempt, counted, prove=lambda: prove(flow), succeed=succeed)


def _free_name(directory: Directory, person: Person, flow: SignInFlow) -> str:
    name = person.user.name if person.user else _ROOT_DEVICE
    account = person.account.account
    namesake = mfa_devices.find_mfa_device(directory, account, iam_arn(account, "mfa", "/", name))
    if namesake is None:
        return name
    if namesake.owner_id is not None:
        return f"{name}-{flow.flow_id}"
    mfa_devices.delete_virtual_mfa_device(directory, namesake)
    return name


def _codes(exchange: Exchange) -> tuple[str, str]:
    match exchange.body.get("codes"):
        case [first, second] if is_text(first, _LONGEST_CODE) and is_text(second, _LONGEST_CODE):
            return first, second
    raise Fault("ValidationError", f"`codes` must be a list of {_CODES} codes.")


def _record(
    directory: Directory, exchange: Exchange, name: str, person: Person, flow: SignInFlow, **parameters: Any
) -> None:
    """Write the event that IAM's operation would have."""
    call, caller = page_call(exchange, "iam", name), caller_during(person, flow, exchange.now)
    named = {"userName": person.user.name} if person.user else {}
    record_call(directory, call, person.account.account, caller, parameters={**named, **parameters})
