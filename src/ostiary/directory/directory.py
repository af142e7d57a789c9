"""The state of the accounts, as one transaction sees it."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Connection

from ostiary.credentials import Sealer, SessionTokenCodec
from ostiary.directory.issuer_keys import IssuerKeys, no_issuer_keys
from ostiary.directory.snapshot import Snapshot
from ostiary.values.identifiers import AccountId
from ostiary.values.settings import DEFAULT_SETTINGS, Settings

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Directory:
    """One transaction on the state, with what is needed to keep its secrets and rules.

    The functions of this package take one as their first argument; services hand it on and look into it no further.
    """

    connection: Connection
    sealer: Sealer
    tokens: SessionTokenCodec
    settings: Settings = DEFAULT_SETTINGS
    issuer_keys: IssuerKeys = no_issuer_keys
    """Finds the keys that OpenID Connect providers sign with."""
    snapshot: Snapshot | None = None
    """What is known already of one account, in a transaction that only reads; None in one that writes."""

    def once(self, account: AccountId, question: Hashable, ask: Callable[[], T]) -> T:
        """Return the answer to a question about an account, asking only when nobody did at its present revision."""
        snapshot = self.snapshot
        if snapshot is None or snapshot.account != account:
            return ask()
        known: T | None = snapshot.answers.get(question)
        if known is not None:
            return known
        answer = ask()
        # That something is not there is not remembered: who asks for made-up names and keys must not fill the room.
        if answer is not None and snapshot.has_room():
            snapshot.answers[question] = answer
        return answer
