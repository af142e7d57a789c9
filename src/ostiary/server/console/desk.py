"""What the sign-in endpoints work with."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from ostiary.directory import sign_in_sessions
from ostiary.directory.directory import Directory
from ostiary.directory.sign_in_sessions import SignInSession
from ostiary.gate import Authorizer
from ostiary.gate.sign_in import Person, find_person
from ostiary.server.console import cookies
from ostiary.server.console.exchange import Answer, Exchange
from ostiary.server.console.must_wait import MustWait
from ostiary.server.state import State
from ostiary.values.fault import Fault

_HASHING_AT_ONCE = 2
_HASHING_SECONDS = 4


@dataclass(frozen=True, slots=True)
class Desk(State):
    """The state behind the sign-in endpoints. Thread-safe."""

    authorizer: Authorizer = field(default_factory=Authorizer)
    _hashing: threading.BoundedSemaphore = field(default_factory=lambda: threading.BoundedSemaphore(_HASHING_AT_ONCE))

    @contextmanager
    def room_to_hash(self) -> Iterator[None]:
        """Hold a place among the few sign-ins that hash a password at a time: each takes 64 MiB.

        Raises:
            Fault: `TooManyRequestsError`, there was none for some seconds.
        """
        if not self._hashing.acquire(timeout=_HASHING_SECONDS):
            raise MustWait(1)
        try:
            yield
        finally:
            self._hashing.release()

    def find_signed_in(self, directory: Directory, exchange: Exchange) -> tuple[SignInSession, Person] | None:
        """Return the session that a request's cookie proves and whose it is, or None when it proves none."""
        token = exchange.cookie(cookies.SESSION)
        session = sign_in_sessions.find_session(directory, token, now=exchange.now) if token else None
        if session is None or session.client != "console":
            return None
        person = find_person(directory, session.account, session.owner_id, now=exchange.now)
        return (session, person) if person else None

    def signed_in(self, directory: Directory, exchange: Exchange) -> tuple[SignInSession, Person]:
        """Return the session that a request's cookie proves and whose it is.

        Raises:
            Fault: `NotSignedIn`, it proves none.
        """
        if found := self.find_signed_in(directory, exchange):
            return found
        raise Fault("NotSignedIn", "You are signed out. Sign in again.", status=401)


Endpoint = Callable[[Desk, Exchange], Answer]
