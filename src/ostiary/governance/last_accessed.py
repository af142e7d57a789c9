"""When users and roles last used what their policies grant, service by service.

Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServiceLastAccessedDetails.html
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from ostiary import catalogue
from ostiary.audit import Access, find_last_accesses, find_region
from ostiary.directory.directory import Directory
from ostiary.governance.granted import granted_actions, granted_services
from ostiary.values.identifiers import AccountId
from ostiary.wire import action_prefix, operation_names

_TRACKING_PERIOD = timedelta(days=400)
_SOURCE_SUFFIX = ".amazonaws.com"
_TRACKED = ("iam", "sts")
"""The services whose single actions are reported on: those whose calls are in the trail."""


@dataclass(frozen=True, slots=True)
class Accessor:
    """A user or role whose calls count."""

    kind: str
    """As IAM's EntityInfo names it: `USER`, `ROLE`."""
    unique_id: str
    name: str
    path: str
    arn: str


@dataclass(frozen=True, slots=True)
class LastAccess:
    """The last time that something was tried, by whom and where."""

    at: int
    """Seconds since 1970."""
    arn: str
    region: str | None

    @property
    def moment(self) -> datetime:
        """When it was."""
        return datetime.fromtimestamp(self.at, UTC)


@dataclass(frozen=True, slots=True)
class AccessedAction:
    """An action that is granted, and its last use, if any."""

    name: str
    """Without the service's prefix."""
    last: LastAccess | None


@dataclass(frozen=True, slots=True)
class AccessedService:
    """A service that is granted, and its last use, if any."""

    namespace: str
    name: str
    last: LastAccess | None
    accessors: int
    """How many users and roles used it."""
    actions: tuple[AccessedAction, ...]
    """The tracked actions that are granted; none when none was used, or they are not reported on."""


def access_report(
    directory: Directory,
    account: AccountId,
    documents: Collection[str],
    accessors: Sequence[Accessor],
    *,
    with_actions: bool,
    now: datetime,
) -> str:
    """Return a report as text that `read_services` and `read_entities` read.

    Args:
        directory: the transaction to read in.
        account: the account reported on.
        documents: the policies that grant access.
        accessors: the users and roles that have it.
        with_actions: report on single actions too.
        now: when the report is made; it looks back for 400 days.
    """
    known = {accessor.unique_id: accessor for accessor in accessors}
    by_service: dict[str, list[Access]] = defaultdict(list)
    last_by: dict[str, dict[str, int]] = {unique_id: {} for unique_id in known}
    for access in find_last_accesses(directory.connection, account, known, since=now - _TRACKING_PERIOD):
        service = action_prefix(access.source.removesuffix(_SOURCE_SUFFIX))
        by_service[service].append(access)
        at = last_by[access.principal_id]
        at[service] = max(at.get(service, 0), int(access.at.timestamp()))
    last_of = _LastOf(directory, account, known)
    services = [
        _service(last_of, documents, service, by_service.get(service, ()), with_actions=with_actions)
        for service in sorted({service for document in documents for service in granted_services(document)})
    ]
    entities = [{"entity": asdict(accessor), "at": last_by[accessor.unique_id]} for accessor in known.values()]
    return json.dumps({"services": [asdict(service) for service in services], "entities": entities})


def read_services(report: str) -> list[AccessedService]:
    """Return the services of a report, by namespace."""
    return [
        AccessedService(
            each["namespace"],
            each["name"],
            _read_last(each["last"]),
            each["accessors"],
            tuple(AccessedAction(action["name"], _read_last(action["last"])) for action in each["actions"]),
        )
        for each in json.loads(report)["services"]
    ]


def read_entities(report: str, namespace: str) -> list[tuple[Accessor, datetime | None]]:
    """Return who could use a service by a report, each with the last use; nobody when it is not granted."""
    content = json.loads(report)
    if namespace not in {service["namespace"] for service in content["services"]}:
        return []
    return [
        (Accessor(**each["entity"]), None if at is None else datetime.fromtimestamp(at, UTC))
        for each in content["entities"]
        for at in [each["at"].get(namespace)]
    ]


@dataclass(frozen=True, slots=True)
class _LastOf:
    """Finds the last of some accesses; where it was is asked of the trail for that one alone."""

    directory: Directory
    account: AccountId
    known: Mapping[str, Accessor]

    def __call__(self, accesses: Collection[Access]) -> LastAccess | None:
        if not accesses:
            return None
        last = max(accesses, key=lambda access: (access.at, access.principal_id, access.name))
        region = find_region(self.directory.connection, self.account, last)
        return LastAccess(int(last.at.timestamp()), self.known[last.principal_id].arn, region)


def _service(
    last_of: _LastOf, documents: Collection[str], service: str, accesses: Collection[Access], *, with_actions: bool
) -> AccessedService:
    return AccessedService(
        namespace=service,
        name=catalogue.find_service_name(service) or service,
        last=last_of(accesses),
        accessors=len({access.principal_id for access in accesses}),
        actions=_actions(last_of, documents, service, accesses) if with_actions else (),
    )


def _actions(
    last_of: _LastOf, documents: Collection[str], service: str, accesses: Iterable[Access]
) -> tuple[AccessedAction, ...]:
    by_name: dict[str, list[Access]] = defaultdict(list)
    for access in accesses:
        by_name[access.name].append(access)
    granted = [action.partition(":")[2] for action in granted_actions(documents, _tracked_actions(service))]
    if by_name.keys().isdisjoint(granted):
        return ()
    return tuple(AccessedAction(name, last_of(by_name.get(name, ()))) for name in granted)


@cache
def _tracked_actions(service: str) -> tuple[str, ...]:
    """Return the service's actions that are calls of their own, in full; there are none of a service not tracked."""
    if service not in _TRACKED:
        return ()
    calls = operation_names(service)
    return tuple(action.name for action in catalogue.list_actions(service) if action.name.partition(":")[2] in calls)


def _read_last(written: Mapping[str, Any] | None) -> LastAccess | None:
    return None if written is None else LastAccess(**written)
