"""An installation's trails for the operator's commands, which may run beside a server."""

from collections.abc import Iterator
from contextlib import contextmanager

from ostiary.directory import accounts
from ostiary.directory.jobs import EVERY_ACCOUNT
from ostiary.server.account_choice import choose_account
from ostiary.server.data_directory import DataDirectory
from ostiary.server.opened import opened_store
from ostiary.server.state import State
from ostiary.server.trail_heads import TrailHeads
from ostiary.values.clock import Clock
from ostiary.values.identifiers import AccountId


@contextmanager
def opened_state(home: DataDirectory, clock: Clock) -> Iterator[State]:
    """Open an installation for as many transactions as it takes.

    Raises:
        SetupError: it holds no account, or its master key is missing or wrong.
        StoreError: the database cannot be used.
    """
    with opened_store(home) as (store, vault):
        yield State(store, vault, clock, heads=TrailHeads(home.path, vault.sealer))


def choose_trail(state: State, wanted: AccountId | None) -> AccountId:
    """Return whose trail is wanted; calls that name no account of this server have one of their own, `000000000000`.

    Raises:
        SetupError: there is no such account, or it is not clear which is meant.
    """
    with state.reading() as directory:
        there = accounts.list_accounts(directory)
    return wanted if wanted == EVERY_ACCOUNT else choose_account(there, wanted)
