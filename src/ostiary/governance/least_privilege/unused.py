"""What nobody used for some time: users, roles, access keys, passwords, and permissions.

What was never used counts from when it was made, since it could have been used ever since. Permissions are looked at as
IAM's last-accessed reports have them: services by the calls to them, and of IAM and STS single actions; a call that was
refused counts, and a Deny statement takes nothing away.

Sources: https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-findings.html and
https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed.html
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from ostiary.audit import find_last_accesses
from ostiary.audit.sign_in_event import SOURCE as SIGN_INS
from ostiary.directory.directory import Directory
from ostiary.directory.in_force import policies_in_force
from ostiary.directory.keys import list_access_keys
from ostiary.directory.login_profiles import find_login_profile
from ostiary.directory.pages import PageRequest
from ostiary.directory.roles import Role
from ostiary.directory.users import User
from ostiary.governance.last_accessed import AccessedService, Accessor, LastAccess, access_report, read_services
from ostiary.values.caller import Caller, CallerKind

_KEPT_TRACK_OF = timedelta(days=400)


class UnusedKind(Enum):
    """What is not used; the values are IAM Access Analyzer's finding types, but for users, of whom it has none."""

    USER = "UnusedIAMUser"
    ROLE = "UnusedIAMRole"
    ACCESS_KEY = "UnusedIAMUserAccessKey"
    PASSWORD = "UnusedIAMUserPassword"  # noqa: S105 - the name of a kind
    PERMISSION = "UnusedPermission"


@dataclass(frozen=True, slots=True)
class UnusedAction:
    """An action of a service that is used otherwise."""

    name: str
    """In full, such as `iam:CreateUser`."""
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class UnusedService:
    """A service of which something is granted and not used."""

    namespace: str
    last_used_at: datetime | None
    actions: tuple[UnusedAction, ...]
    """Those that are not used; none where nothing of the service is."""


@dataclass(frozen=True, slots=True)
class UnusedAccess:
    """One thing that could be taken away."""

    kind: UnusedKind
    principal: User | Role
    last_used_at: datetime | None
    """None for never, and for permissions, which have each their own."""
    made_at: datetime
    access_key_id: str | None = None
    services: tuple[UnusedService, ...] = ()
    """Of permissions: those not used at all, and those not used in part."""


def find_unused(
    directory: Directory, principals: Iterable[User | Role], *, since: datetime, now: datetime
) -> Iterator[UnusedAccess]:
    """Yield what was not used after a moment, for one principal after the other.

    Permissions are passed over where the principal is not used at all, or was made later than that moment.

    Args:
        directory: the transaction to read in.
        principals: users and roles.
        since: the moment; it is within the last 400 days.
        now: the present moment.
    """
    for principal in principals:
        if isinstance(principal, User):
            credentials = list(_credentials(directory, principal))
            uses = [principal.password_last_used_at, *(each.last_used_at for each in credentials)]
        else:
            credentials, uses = [], [principal.last_used_at]
        last = max(filter(None, (*uses, _last_call(directory, principal, now))), default=None)
        kind = UnusedKind.USER if isinstance(principal, User) else UnusedKind.ROLE
        itself = UnusedAccess(kind, principal, last, principal.created_at)
        yield from (each for each in (itself, *credentials) if _is_unused(each, since))
        if not _is_unused(itself, since) and principal.created_at <= since:
            yield from _permissions(directory, principal, since=since, now=now)


def _accessed_services(directory: Directory, principal: User | Role, *, now: datetime) -> list[AccessedService]:
    """Return the services that a principal's policies grant, by namespace, and when each was last used."""
    kind = CallerKind.USER if isinstance(principal, User) else CallerKind.ASSUMED_ROLE
    caller = Caller(kind, principal.account, principal.arn, principal.unique_id, None, principal.name)
    documents = [text.document for text in policies_in_force(directory, caller).identity]
    accessor = Accessor(
        type(principal).__name__.upper(), principal.unique_id, principal.name, principal.path, principal.arn
    )
    return read_services(access_report(directory, principal.account, documents, [accessor], with_actions=True, now=now))


def _credentials(directory: Directory, user: User) -> Iterator[UnusedAccess]:
    """Yield the password and the active keys; those that are inactive cannot be used."""
    profile = find_login_profile(directory, user)
    if profile is not None:
        yield UnusedAccess(UnusedKind.PASSWORD, user, user.password_last_used_at, profile.changed_at)
    # The page holds all of them: a quota keeps a user's keys far fewer.
    for key in list_access_keys(directory, user.account, user, PageRequest()).items:
        if key.active:
            yield UnusedAccess(UnusedKind.ACCESS_KEY, user, key.last_used_at, key.created_at, key.access_key_id)


def _last_call(directory: Directory, principal: User | Role, now: datetime) -> datetime | None:
    accesses = find_last_accesses(
        directory.connection, principal.account, [principal.unique_id], since=now - _KEPT_TRACK_OF
    )
    # Who fails to sign in has used nothing; who does has used the password, which is known.
    return max((access.at for access in accesses if access.source != SIGN_INS), default=None)


def _permissions(
    directory: Directory, principal: User | Role, *, since: datetime, now: datetime
) -> Iterator[UnusedAccess]:
    services = tuple(
        unused
        for service in _accessed_services(directory, principal, now=now)
        if (unused := _unused_of(service, since)) is not None
    )
    if services:
        yield UnusedAccess(UnusedKind.PERMISSION, principal, None, principal.created_at, services=services)


def _unused_of(service: AccessedService, since: datetime) -> UnusedService | None:
    if not _is_recent(service.last, since):
        return UnusedService(service.namespace, _moment(service.last), ())
    actions = tuple(
        UnusedAction(f"{service.namespace}:{action.name}", _moment(action.last))
        for action in service.actions
        if not _is_recent(action.last, since)
    )
    return UnusedService(service.namespace, _moment(service.last), actions) if actions else None


def _is_unused(access: UnusedAccess, since: datetime) -> bool:
    return (access.last_used_at or access.made_at) <= since


def _is_recent(last: LastAccess | None, since: datetime) -> bool:
    return last is not None and last.moment > since


def _moment(last: LastAccess | None) -> datetime | None:
    return None if last is None else last.moment
