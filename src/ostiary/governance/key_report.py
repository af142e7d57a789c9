"""What is known of an account's access keys: how old they are, what they were used for, and what is due."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ostiary.audit import ServiceUse, find_key_services
from ostiary.directory import accounts
from ostiary.directory.accounts import Account
from ostiary.directory.directory import Directory
from ostiary.directory.keys import AccessKey, OwnedKey, list_all_keys
from ostiary.governance.controls.access_keys_rotated import ROTATION_DAYS
from ostiary.values.identifiers import AccountId

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ReportedKey:
    """An access key, its age and its uses."""

    key: AccessKey
    user_name: str | None
    """None for a key of the root user."""
    age_days: int
    warn_at: datetime | None
    """When it is warned of; None when it is inactive, was warned of already, or no account setting says so."""
    rotate_at: datetime | None
    """When it is to be replaced; None when it is inactive."""
    deactivate_at: datetime | None
    """When it is deactivated; None when it is inactive or no account setting says so."""
    services: tuple[ServiceUse, ...] = ()
    """What the trail knows of its uses, the latest first; empty when that was not asked for."""

    @property
    def due(self) -> list[tuple[str, datetime]]:
        """What is due and when, the first first: `warn`, `rotate`, `deactivate`."""
        dates = (("warn", self.warn_at), ("rotate", self.rotate_at), ("deactivate", self.deactivate_at))
        return sorted(((what, at) for what, at in dates if at is not None), key=lambda each: each[1])


def report_keys(
    directory: Directory, account: AccountId, *, now: datetime, with_services: bool = False
) -> list[ReportedKey]:
    """Return all access keys of an account: those for which something is due first come first, inactive ones last.

    Args:
        directory: a transaction.
        account: whose keys.
        now: the present moment.
        with_services: look in the trail for what each was used for.
    """
    known = accounts.get_account(directory, account)
    reported = [
        _report(directory, known, owned, now=now, with_services=with_services)
        for owned in list_all_keys(directory, account)
    ]
    return sorted(reported, key=lambda each: (_first_due(each), each.key.created_at))


def _report(
    directory: Directory, account: Account, owned: OwnedKey, *, now: datetime, with_services: bool
) -> ReportedKey:
    key = owned.key
    warning = account.access_key_warning_days if owned.age_warned_at is None else None
    services = find_key_services(directory.connection, account.account, key.access_key_id) if with_services else ()
    return ReportedKey(
        key,
        owned.user_name,
        (now - key.created_at).days,
        warn_at=_at(key, warning),
        rotate_at=_at(key, ROTATION_DAYS),
        deactivate_at=_at(key, account.access_key_maximum_days),
        services=tuple(services),
    )


def _at(key: AccessKey, days: int | None) -> datetime | None:
    return key.created_at + timedelta(days=days) if key.active and days is not None else None


def _first_due(reported: ReportedKey) -> datetime:
    return min((at for _, at in reported.due), default=_NEVER)
