"""Choosing a new password at sign-in, when the old one is to be changed."""

from collections.abc import Callable
from dataclasses import dataclass, field

from ostiary.credentials import hash_password
from ostiary.directory import accounts, sign_in_flows, sign_in_sessions
from ostiary.directory.directory import Directory
from ostiary.directory.errors import PasswordRefused
from ostiary.directory.password_policy import is_same_password, require_good_root_password
from ostiary.directory.sign_in_flows import SignInFlow
from ostiary.gate import signed_in
from ostiary.gate.sign_in import Person, Step, caller_during, find_person
from ostiary.server.console.desk import Desk
from ostiary.server.console.exchange import Answer, Exchange
from ostiary.server.console.page_calls import page_call, record_call
from ostiary.server.console.sign_in import go_on, require_flow
from ostiary.server.console.sign_in_events import record
from ostiary.services import CHOOSE_PASSWORD
from ostiary.values.call import AuthorizedCall, Call
from ostiary.values.fault import Fault

_LONGEST_PASSWORD = 128

Finish = Callable[[Directory, Person, SignInFlow], None]


def choose_password(desk: Desk, exchange: Exchange) -> Answer:
    """Take the new password of a person whose old one has to be changed, and sign everybody else out who used that.

    A user needs the right to change the password, by a policy or by the account's password policy, as on AWS.

    Raises:
        Fault: `AccessDenied`, the user may not.
        PasswordRefused: it is not good enough, or one that the person had.
    """
    renewal = _Renewal(desk, exchange, exchange.text("newPassword", longest=_LONGEST_PASSWORD))
    with desk.reading() as directory:
        person, flow = require_flow(directory, exchange, Step.CHANGE_PASSWORD)
    prepare = _prepare_users if person.user else _prepare_roots
    try:
        with desk.reading() as directory:
            finish = prepare(renewal, directory, person, flow)
    except Fault as refusal:
        with desk.writing() as directory:
            renewal.record(directory, person, flow, fault=refusal)
        raise
    with desk.writing() as directory:
        person, flow = require_flow(directory, exchange, Step.CHANGE_PASSWORD)
        finish(directory, person, flow)
        account = person.account.account
        sign_in_sessions.end_sessions_of(directory, account, person.owner_id)
        accounts.raise_revision(directory, account, access=False)
        changed = find_person(directory, account, person.owner_id, now=exchange.now)
        if changed is None:
            raise Fault("SignInExpired", "The sign-in is over. Start again.", status=401)
        flow = sign_in_flows.with_new_password(directory, flow, changed.password_hash)
        return go_on(desk, directory, exchange, changed, flow)


@dataclass(frozen=True, slots=True)
class _Renewal:
    """What it takes to choose a new password."""

    desk: Desk
    exchange: Exchange
    password: str = field(repr=False)

    def authorize(self, directory: Directory, person: Person, flow: SignInFlow) -> AuthorizedCall:
        """Return the change as one that the user may make."""
        authenticated = signed_in(self._call(), caller_during(person, flow, self.exchange.now))
        return self.desk.authorizer.authorize(directory, authenticated, CHOOSE_PASSWORD, {"NewPassword": self.password})

    def record(self, directory: Directory, person: Person, flow: SignInFlow, *, fault: Fault | None = None) -> None:
        """Write the event of the change, or of its refusal, in a writing transaction."""
        caller = caller_during(person, flow, self.exchange.now)
        record_call(directory, self._call(), person.account.account, caller, fault=fault)

    def _call(self) -> Call:
        return page_call(self.exchange, CHOOSE_PASSWORD.service, CHOOSE_PASSWORD.name)


def _prepare_users(renewal: _Renewal, directory: Directory, person: Person, flow: SignInFlow) -> Finish:
    authorized = renewal.authorize(directory, person, flow)
    # As ever, the hash is worked out before the change has its turn.
    change = CHOOSE_PASSWORD.prepare(authorized, directory) if CHOOSE_PASSWORD.prepare else CHOOSE_PASSWORD.perform

    def finish(directory: Directory, person: Person, flow: SignInFlow) -> None:
        change(renewal.authorize(directory, person, flow), directory)
        renewal.record(directory, person, flow)

    return finish


def _prepare_roots(renewal: _Renewal, directory: Directory, person: Person, _flow: SignInFlow) -> Finish:
    account = person.account.account
    require_good_root_password(directory, account, renewal.password)
    with renewal.desk.room_to_hash():
        if is_same_password(renewal.password, person.password_hash):
            raise PasswordRefused(had_before=True)
        new_hash = hash_password(renewal.password)

    def finish(directory: Directory, person: Person, _flow: SignInFlow) -> None:
        accounts.set_root_password(directory, account, new_hash, now=renewal.exchange.now)
        record(directory, renewal.exchange, "PasswordUpdated", person)

    return finish
