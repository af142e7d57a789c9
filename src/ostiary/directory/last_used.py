"""When keys and roles were last used.

Uses are recorded without raising the account's revision, so they are asked for directly and never from a snapshot.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select, update

from ostiary.directory import keys
from ostiary.directory.directory import Directory
from ostiary.directory.keys import KeyUse
from ostiary.store import schema
from ostiary.values.identifiers import AccountId

_roles = schema.roles

_RECORD_ROLE = (
    update(_roles)
    .where(_roles.c.account_id == bindparam("account"), _roles.c.role_id == bindparam("role"))
    .values(last_used_at=bindparam("at"), last_used_region=bindparam("region"))
)
_ROLE_USE = select(_roles.c.last_used_at, _roles.c.last_used_region).where(
    _roles.c.account_id == bindparam("account"), _roles.c.role_id == bindparam("role")
)


@dataclass(frozen=True, slots=True)
class RoleUse:
    """One use of a role: a call that a session of it made."""

    role_id: str
    account: AccountId
    at: datetime
    region: str


Use = KeyUse | RoleUse


def record_uses(directory: Directory, uses: Iterable[Use]) -> None:
    """Keep the last use of each key and role, that is the last one of each here; what is gone is passed over."""
    last_of_key: dict[str, KeyUse] = {}
    last_of_role: dict[str, RoleUse] = {}
    for use in uses:
        if isinstance(use, KeyUse):
            last_of_key[use.access_key_id] = use
        else:
            last_of_role[use.role_id] = use
    keys.record_uses(directory, last_of_key.values())
    if last_of_role:
        directory.connection.execute(
            _RECORD_ROLE,
            [
                {"account": use.account, "role": use.role_id, "at": use.at, "region": use.region}
                for use in last_of_role.values()
            ],
        )


def find_role_use(directory: Directory, account: AccountId, role_id: str) -> RoleUse | None:
    """Return the last use of a role, or None when it was never used."""
    row = directory.connection.execute(_ROLE_USE, {"account": account, "role": role_id}).first()
    if row is None or row.last_used_at is None:
        return None
    return RoleUse(role_id, account, row.last_used_at, row.last_used_region)
