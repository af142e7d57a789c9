"""The alerts of an installation's accounts, for the operator: what there is, and sending again, beside a server."""

from datetime import datetime

from ostiary.directory import accounts
from ostiary.directory.alerts import Alert, list_alerts, retry_deliveries
from ostiary.directory.pages import PageRequest
from ostiary.server.account_choice import choose_account
from ostiary.server.data_directory import DataDirectory
from ostiary.server.errors import SetupError
from ostiary.server.opened import opened
from ostiary.values.identifiers import AccountId


def read_alerts(home: DataDirectory, account: AccountId | None, *, most: int, failed: bool) -> tuple[Alert, ...]:
    """Return an account's latest alerts, the newest first.

    Args:
        home: the installation.
        account: whose; None means the only one there is.
        most: no more than so many.
        failed: only those that a channel did not get, and will not without being told to try again.

    Raises:
        SetupError: there is no such account, or it is not clear which is meant.
        StoreError: the database cannot be used.
    """
    with opened(home, writes=False) as directory:
        owner = choose_account(accounts.list_accounts(directory), account)
        return list_alerts(directory, owner, PageRequest(most), failed=failed).items


def retry_alerts(home: DataDirectory, account: AccountId | None, alert_id: str | None, *, now: datetime) -> int:
    """Have alerts sent again by the server that runs, or runs next; return to how many channels.

    Args:
        home: the installation.
        account: whose; None means the only one there is.
        alert_id: the one to send to each channel that did not get it; None means all that were given up.
        now: the present moment.

    Raises:
        SetupError: there is no such account, it is not clear which is meant, or the alert waits for no channel.
        StoreError: the database cannot be used.
    """
    with opened(home, writes=True) as directory:
        owner = choose_account(accounts.list_accounts(directory), account)
        count = retry_deliveries(directory, owner, alert_id, now=now)
    if alert_id is not None and count == 0:
        raise SetupError(f"there is no alert {alert_id} that a channel did not get; `ostiary alerts` lists them")
    return count
