"""The quotas of an installation's accounts: what they are, and granting others, beside a running server."""

from dataclasses import dataclass

from ostiary.directory import accounts
from ostiary.directory.errors import Quota
from ostiary.directory.quotas import ADJUSTABLE, AWS_DEFAULTS, quota_of, set_quota
from ostiary.directory.summary import get_summary
from ostiary.server.account_choice import choose_account
from ostiary.server.data_directory import DataDirectory
from ostiary.server.errors import SetupError
from ostiary.server.opened import opened
from ostiary.values.identifiers import AccountId

MOST = 1_000_000
"""More of anything than the server is made for."""


@dataclass(frozen=True, slots=True)
class AccountQuota:
    """One quota of an account."""

    name: str
    value: int
    aws_default: int
    adjustable: bool
    used: int | None
    """How much there is now; None for what each user, group, role or policy has a count of its own of."""


def list_quotas(home: DataDirectory, account: AccountId | None) -> tuple[AccountQuota, ...]:
    """Return all quotas of an account, by name.

    Args:
        home: the installation.
        account: whose; None means the only one there is.

    Raises:
        SetupError: there is no such account, or it is not clear which is meant.
        StoreError: the database cannot be used.
    """
    with opened(home, writes=False) as directory:
        owner = choose_account(accounts.list_accounts(directory), account)
        counts = get_summary(directory, owner)
        return tuple(
            AccountQuota(
                quota.value,
                quota_of(directory, owner, quota),
                AWS_DEFAULTS[quota],
                quota in ADJUSTABLE,
                counts.get(quota.value),
            )
            for quota in sorted(Quota, key=lambda quota: quota.value.lower())
        )


def grant_quota(home: DataDirectory, account: AccountId | None, name: str, value: int) -> None:
    """Grant an account so much of something; a running server heeds it from its next call on.

    Args:
        home: the installation.
        account: whose quota it is; None means the only account there is.
        name: the quota's name, in any case.
        value: from 1 to `MOST`.

    Raises:
        SetupError: there is no such account or quota, or the quota is fixed, or the value is out of range.
        StoreError: the database cannot be used.
    """
    quota = next((quota for quota in Quota if quota.value.lower() == name.lower()), None)
    if quota is None:
        raise SetupError(f"there is no quota called {name}; `ostiary quota` lists them")
    if quota not in ADJUSTABLE:
        raise SetupError(f"the quota {quota.value} is fixed at {AWS_DEFAULTS[quota]}, as on AWS")
    if not 1 <= value <= MOST:
        raise SetupError(f"a quota is a whole number from 1 to {MOST}, not {value}")
    with opened(home, writes=True) as directory:
        owner = choose_account(accounts.list_accounts(directory), account)
        set_quota(directory, owner, quota, value)
        accounts.raise_revision(directory, owner, access=False)
