"""The steps of a sign-in, as endpoints: a name and a password, a code, a new password; until somebody is signed in."""

from collections.abc import Mapping
from typing import Any

from ostiary.credentials import WrongCode
from ostiary.directory import mfa_devices, sign_in_flows
from ostiary.directory.directory import Directory
from ostiary.directory.pages import PageRequest
from ostiary.directory.sign_in_failures import Counted, Subject, network_of
from ostiary.directory.sign_in_flows import SignInFlow
from ostiary.gate.sign_in import (
    Attempt,
    Person,
    Step,
    attempt_as_root,
    attempt_as_user,
    find_person,
    next_step,
    verify_person,
)
from ostiary.server.console import cookies
from ostiary.server.console.arrival import arrive
from ostiary.server.console.attempts import carry_out
from ostiary.server.console.desk import Desk
from ostiary.server.console.exchange import Answer, Exchange
from ostiary.server.console.password_rules import password_rules
from ostiary.server.console.sign_in_events import record
from ostiary.values.fault import Fault

_LONGEST_PASSWORD = 1_024
_LONGEST_CODE = 16
_ALL_DEVICES = PageRequest(size=100)


def sign_in(desk: Desk, exchange: Exchange) -> Answer:
    """Take a name and a password; answer with what comes next.

    Raises:
        Fault: `AuthenticationFailed`, `TooManyRequestsError`, `PasswordExpired`.
    """
    password = exchange.text("password", longest=_LONGEST_PASSWORD)
    with desk.reading() as directory:
        attempt = _read_attempt(directory, exchange)
    counted = (
        Counted(attempt.account, Subject.NAME, attempt.name),
        Counted(sign_in_flows.NOBODY, Subject.ADDRESS, network_of(exchange.request.client_address)),
        Counted(attempt.crowd, Subject.ACCOUNT, attempt.crowd),
    )

    def prove() -> Person:
        with desk.room_to_hash():
            return verify_person(attempt.person, password)

    def succeed(directory: Directory, proven: Person) -> Answer:
        person = find_person(directory, proven.account.account, proven.owner_id, now=exchange.now)
        if person is None or person.password_hash != proven.password_hash:
            # The password was changed while it was being compared.
            raise Fault("Conflict", "Your password was changed meanwhile. Try again.", status=409)
        flow, token = sign_in_flows.start_flow(
            directory, attempt.account, person.owner_id, password_hash=person.password_hash, now=exchange.now
        )
        return go_on(desk, directory, exchange, person, flow, token=token)

    return carry_out(desk, exchange, "ConsoleLogin", attempt, counted, prove=prove, succeed=succeed)


def enter_code(desk: Desk, exchange: Exchange) -> Answer:
    """Take a code that one of the person's virtual devices shows.

    Raises:
        Fault: `InvalidAuthenticationCode`, none shows it, or it was used; `TooManyRequestsError`.
    """
    code = exchange.text("code", longest=_LONGEST_CODE)
    with desk.reading() as directory:
        person, flow = require_flow(directory, exchange, Step.SECOND_FACTOR)
    attempt = Attempt(flow.account, person.owner_id, person)
    counted = (Counted(flow.account, Subject.CODE, person.owner_id),)

    def succeed(directory: Directory, _proven: None) -> Answer:
        person, flow = require_flow(directory, exchange, Step.SECOND_FACTOR)
        serial_number = _use_code(directory, person, code, exchange)
        record(directory, exchange, "CheckMfa", attempt, facts={"MfaType": "Virtual MFA device"})
        proven = sign_in_flows.with_second_factor(directory, flow, now=exchange.now)
        return go_on(desk, directory, exchange, person, proven, device=serial_number)

    return carry_out(desk, exchange, "CheckMfa", attempt, counted, prove=lambda: None, succeed=succeed)


def go_on(
    desk: Desk,
    directory: Directory,
    exchange: Exchange,
    person: Person,
    flow: SignInFlow,
    *,
    token: str | None = None,
    device: str | None = None,
) -> Answer:
    """Answer with the next step of a sign-in; when there is none, the person is signed in.

    Args:
        desk: what the endpoints work with.
        directory: a writing transaction.
        exchange: the request.
        person: who signs in.
        flow: the sign-in, as far as it got.
        token: the sign-in's token when it has just begun, to be kept as a cookie.
        device: the serial number of the device that was just used.

    Raises:
        Fault: `PasswordExpired`, only an administrator can help.
    """
    step = next_step(directory, person, flow)
    if step is Step.DONE:
        return arrive(desk, directory, exchange, person, flow, device=device)
    begun = (cookies.set_cookie(desk.settings, cookies.FLOW, token),) if token else ()
    return Answer({"step": step.value, **_details(directory, person, step)}, begun)


def require_flow(directory: Directory, exchange: Exchange, step: Step) -> tuple[Person, SignInFlow]:
    """Return the sign-in that a request's cookie proves and whose it is, when it waits for this step.

    Raises:
        Fault: `SignInExpired`, there is none, or it took too long; `ValidationError`, it waits for something else.
    """
    token = exchange.cookie(cookies.FLOW)
    flow = sign_in_flows.find_flow(directory, token, now=exchange.now) if token else None
    person = None
    if flow and flow.owner_id:
        person = find_person(directory, flow.account, flow.owner_id, now=exchange.now)
    if flow is None or person is None or not flow.is_since_password(person.password_hash):
        raise sign_in_over()
    waits_for = next_step(directory, person, flow)
    if waits_for is not step:
        raise Fault("ValidationError", f"The sign-in waits for another step: {waits_for.value}.")
    return person, flow


def sign_in_over() -> Fault:
    """Return the refusal of who has no sign-in under way, or not any more."""
    return Fault("SignInExpired", "The sign-in took too long, or is over. Start again.", status=401)


def _read_attempt(directory: Directory, exchange: Exchange) -> Attempt:
    kind = exchange.text("kind")
    if kind == "root":
        return attempt_as_root(directory, exchange.text("email", longest=320), now=exchange.now)
    if kind == "user":
        account, name = exchange.text("account", longest=63), exchange.text("userName", longest=128)
        return attempt_as_user(directory, account, name, now=exchange.now)
    raise Fault("ValidationError", "`kind` must be root or user.")


def _use_code(directory: Directory, person: Person, code: str, exchange: Exchange) -> str:
    """Use up a code of one of the person's devices, and return that device's serial number."""
    page = mfa_devices.list_mfa_devices(directory, person.account.account, person.user, _ALL_DEVICES)
    for device in page.items:
        if not device.is_virtual:
            continue
        try:
            mfa_devices.use_code(directory, device, code, now=exchange.now)
        except WrongCode:
            continue
        return device.serial_number
    raise Fault(
        "InvalidAuthenticationCode",
        "The code is wrong, or was used already. Wait for the next one and try again.",
        status=403,
    )


def _details(directory: Directory, person: Person, step: Step) -> Mapping[str, Any]:
    if step is Step.CHANGE_PASSWORD:
        return {"isRoot": person.user is None, "rules": password_rules(directory, person)}
    if step is not Step.SECOND_FACTOR:
        return {"isRoot": person.user is None}
    page = mfa_devices.list_mfa_devices(directory, person.account.account, person.user, _ALL_DEVICES)
    kinds = {"totp" if device.is_virtual else "passkey" for device in page.items}
    return {"methods": sorted(kinds, reverse=True)}
