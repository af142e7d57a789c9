"""What was asked about an account already, good for as long as nothing in the account changes.

Each account has a revision that goes up with every change, in the change's own transaction. A reading transaction asks
for it first; what others found out at the same revision, it need not ask again. One that writes remembers nothing.
"""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, bindparam, select

from ostiary.store import schema
from ostiary.values.identifiers import AccountId

_MOST_ACCOUNTS = 128
_MOST_ANSWERS = 4_096

_accounts = schema.accounts
_REVISIONS = select(_accounts.c.revision, _accounts.c.access_revision).where(
    _accounts.c.account_id == bindparam("account")
)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An account at one revision, and the answers found there so far."""

    account: AccountId
    revision: int
    access_revision: int
    answers: dict[Hashable, Any] = field(default_factory=dict, repr=False)

    def has_room(self) -> bool:
        """Tell whether one more answer may be kept."""
        return len(self.answers) < _MOST_ANSWERS


class Snapshots:
    """The latest snapshot of each account that was read lately. Thread-safe."""

    def __init__(self) -> None:
        self._kept: OrderedDict[AccountId, Snapshot] = OrderedDict()
        self._lock = threading.Lock()

    def current(self, connection: Connection, account: AccountId) -> Snapshot | None:
        """Return the account as a reading transaction sees it, or None when there is no such account.

        INVARIANT: it must be the transaction's first query, since that is what fixes what the transaction sees;
        held by tests/directory/test_snapshot.py.
        """
        row = connection.execute(_REVISIONS, {"account": account}).first()
        if row is None:
            return None
        with self._lock:
            kept = self._kept.get(account)
            if kept is None or kept.revision < row.revision:
                kept = self._kept[account] = Snapshot(account, row.revision, row.access_revision)
            self._kept.move_to_end(account)
            if len(self._kept) > _MOST_ACCOUNTS:
                self._kept.popitem(last=False)
        # A transaction that began before the latest change sees an older account, and remembers for itself alone.
        return kept if kept.revision == row.revision else Snapshot(account, row.revision, row.access_revision)
