"""Access keys that grow old: first they are warned of, then they are deactivated. AWS has no such limits.

The ages are the account's settings, in days, counted to the second from a key's creation.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from ostiary.audit import AuditEvent, describe_deed
from ostiary.directory import accounts
from ostiary.directory.accounts import Account
from ostiary.directory.directory import Directory
from ostiary.directory.key_ages import (
    AgingKey,
    deactivate_keys,
    forget_age_warnings,
    list_keys_to_deactivate,
    list_keys_to_warn_of,
    note_age_warnings,
)
from ostiary.directory.keys import AccessKey
from ostiary.governance.recording import record_events
from ostiary.values.identifiers import AccountId

_IAM = "iam.amazonaws.com"


def set_key_limits(
    directory: Directory, account: AccountId, *, warning_days: int | None, maximum_days: int | None, now: datetime
) -> None:
    """Say at which ages access keys are warned of and deactivated, in days; None is never.

    A key that was warned of by a former setting, and has not come to the new age, is warned of again when it does.
    """
    if warning_days is not None and warning_days != accounts.get_account(directory, account).access_key_warning_days:
        forget_age_warnings(directory, account, made_after=now - timedelta(days=warning_days))
    accounts.set_access_key_limits(directory, account, warning_days=warning_days, maximum_days=maximum_days)


def find_accounts_with_aged_keys(directory: Directory, now: datetime) -> list[AccountId]:
    """Return the accounts that have a key which is to be warned of or deactivated."""
    limited = accounts.list_accounts_with_key_limits(directory)
    return [each.account for each in limited if any(_due(directory, each, now, 1))]


def enforce_key_limits(directory: Directory, account: AccountId, *, now: datetime, most: int) -> int:
    """Warn of keys that came to the one age, deactivate those that came to the other, and record each.

    A key that is deactivated is not warned of any more.

    Args:
        directory: a writing transaction.
        account: whose keys.
        now: the present moment.
        most: how many keys at a time; call again while so many are done.

    Returns:
        How many keys there was something to do about.
    """
    to_deactivate, to_warn_of = _due(directory, accounts.get_account(directory, account), now, most)
    gone = {key.access_key_id for key in to_deactivate}
    to_warn_of = [key for key in to_warn_of if key.access_key_id not in gone][: most - len(gone)]
    deactivate_keys(directory, account, to_deactivate)
    note_age_warnings(directory, account, to_warn_of, now=now)
    if to_deactivate:
        # From here on no call with such a key is let in, on whatever node.
        accounts.raise_revision(directory, account)
    events = [
        *(_deactivation(account, key, now) for key in to_deactivate),
        *(_warning(account, key, now) for key in to_warn_of),
    ]
    record_events(directory, events)
    return len(to_deactivate) + len(to_warn_of)


def is_over_age(directory: Directory, key: AccessKey, *, now: datetime) -> bool:
    """Tell whether a key has come to the age at which the account's keys are deactivated."""
    maximum = accounts.get_account(directory, key.account).access_key_maximum_days
    return maximum is not None and key.created_at <= now - timedelta(days=maximum)


def _due(
    directory: Directory, account: Account, now: datetime, most: int
) -> tuple[Sequence[AgingKey], Sequence[AgingKey]]:
    """Return the keys that are to be deactivated, and those that are to be warned of."""
    maximum, warning = account.access_key_maximum_days, account.access_key_warning_days
    old = now - timedelta(days=maximum or 0)
    aging = now - timedelta(days=warning or 0)
    return (
        list_keys_to_deactivate(directory, account.account, made_by=old, most=most) if maximum else [],
        list_keys_to_warn_of(directory, account.account, made_by=aging, most=most) if warning else [],
    )


def _deactivation(account: AccountId, key: AgingKey, now: datetime) -> AuditEvent:
    parameters = {**_named(key), "Status": "Inactive"}
    return describe_deed("UpdateAccessKey", account, now=now, source=_IAM, parameters=parameters)


def _warning(account: AccountId, key: AgingKey, now: datetime) -> AuditEvent:
    age = (now - key.created_at).days
    parameters = {**_named(key), "CreateDate": key.created_at, "AgeInDays": age}
    return describe_deed("AccessKeyAgeWarning", account, now=now, parameters=parameters)


def _named(key: AgingKey) -> dict[str, Any]:
    # As in IAM's own events, a key of the root user names no user.
    return {**({"UserName": key.user_name} if key.user_name else {}), "AccessKeyId": key.access_key_id}
