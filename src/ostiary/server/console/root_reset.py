"""A root user who lost the password sets a new one, with the one-time code that the operator had made."""

from ostiary.credentials import WrongCode, hash_password
from ostiary.directory import accounts, sign_in_flows, sign_in_sessions
from ostiary.directory.directory import Directory
from ostiary.directory.password_policy import require_good_root_password
from ostiary.directory.root_resets import verify_root_reset
from ostiary.directory.sign_in_failures import Counted, Subject, network_of
from ostiary.gate.sign_in import attempt_as_root, wrong
from ostiary.server.console.attempts import carry_out
from ostiary.server.console.desk import Desk
from ostiary.server.console.exchange import Answer, Exchange
from ostiary.server.console.sign_in_events import record
from ostiary.values.identifiers import AccountId

_LONGEST_EMAIL = 320
_LONGEST_CODE = 64
_LONGEST_PASSWORD = 128
_EVENT = "PasswordRecoveryCompleted"


def reset_root_password(desk: Desk, exchange: Exchange) -> Answer:
    """Set a root user's password, and sign the root user out everywhere.

    An e-mail address that is no root user's is answered like a wrong code. Failures are counted apart from those of
    sign-ins, so that whoever guesses passwords cannot keep the root user from getting back in.

    Raises:
        Fault: `AuthenticationFailed`, the code is not good; `TooManyRequestsError`.
        PasswordRefused: the new password is not good enough.
    """
    email = exchange.text("email", longest=_LONGEST_EMAIL)
    code = exchange.text("code", longest=_LONGEST_CODE)
    new = exchange.text("newPassword", longest=_LONGEST_PASSWORD)
    with desk.reading() as directory:
        attempt = attempt_as_root(directory, email, now=exchange.now)
    account = attempt.account
    counted = (
        Counted(account, Subject.NAME, f"root-reset:{email}"),
        Counted(sign_in_flows.NOBODY, Subject.ADDRESS, network_of(exchange.request.client_address)),
        Counted(attempt.crowd, Subject.ACCOUNT, attempt.crowd),
    )

    def prove() -> str:
        with desk.reading() as directory:
            _require_code(directory, account, code, exchange)
            require_good_root_password(directory, account, new)
        with desk.room_to_hash():
            return hash_password(new)

    def succeed(directory: Directory, new_hash: str) -> Answer:
        # It may have been used while the password was hashed.
        _require_code(directory, account, code, exchange)
        accounts.set_root_password(directory, account, new_hash, now=exchange.now)
        sign_in_sessions.end_sessions_of(directory, account, account)
        accounts.raise_revision(directory, account, access=False)
        record(directory, exchange, _EVENT, attempt)
        return Answer()

    return carry_out(desk, exchange, _EVENT, attempt, counted, prove=prove, succeed=succeed)


def _require_code(directory: Directory, account: AccountId, code: str, exchange: Exchange) -> None:
    try:
        verify_root_reset(directory, account, code, now=exchange.now)
    except WrongCode as error:
        raise wrong() from error
