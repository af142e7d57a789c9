"""IAM's operations on what was last accessed, and by whom.

A report is made while it is asked for, so that it is complete when its job ID is answered.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from ostiary.directory import in_force
from ostiary.directory.access_reports import AccessReport, create_access_report, get_access_report
from ostiary.directory.directory import Directory
from ostiary.directory.groups import Group
from ostiary.directory.policies import get_policy
from ostiary.directory.reach import list_all_members, list_reached
from ostiary.directory.roles import Role
from ostiary.directory.users import User
from ostiary.governance import (
    AccessedAction,
    AccessedService,
    Accessor,
    access_report,
    read_entities,
    read_services,
)
from ostiary.services.iam import targets
from ostiary.services.iam.entity_arns import find_entity_arn
from ostiary.services.iam.pages import cut, page_end, requested_page
from ostiary.services.iam.policy_sources import get_named_entity, identity_policies, kind_of
from ostiary.values.call import AuthorizedCall
from ostiary.values.operation import Operation

Output = Mapping[str, Any]

_SERVICE_LEVEL = "SERVICE_LEVEL"
_ACTION_LEVEL = "ACTION_LEVEL"
_LAST_MOMENT = 10**11
"""Later than any moment, in seconds since 1970."""


def generate_service_last_accessed_details(call: AuthorizedCall, directory: Directory) -> Output:
    """Make a report on what a user, group, role or policy grants access to, and when that was last used."""
    arn, granularity = call.parameters["Arn"], call.parameters.get("Granularity", _SERVICE_LEVEL)
    documents, accessors = _reported_on(call, directory)
    content = access_report(
        directory,
        call.account,
        documents,
        [_accessor(accessor) for accessor in accessors],
        with_actions=granularity == _ACTION_LEVEL,
        now=call.now,
    )
    report = create_access_report(
        directory,
        call.account,
        call.caller.unique_id,
        arn=arn,
        granularity=granularity,
        content=content,
        now=call.now,
    )
    return {"JobId": report.job_id}


def get_service_last_accessed_details(call: AuthorizedCall, directory: Directory) -> Output:
    """Return the services of a report that the caller asked for, by namespace."""
    report = _report(call, directory)
    page = cut(read_services(report.content), requested_page(call, directory), lambda service: service.namespace)
    return {
        **_job_shape(report),
        "JobType": report.granularity,
        "ServicesLastAccessed": [_service_shape(service) for service in page.items],
        **page_end(call, directory, page.next_after),
    }


def get_service_last_accessed_details_with_entities(call: AuthorizedCall, directory: Directory) -> Output:
    """Return who could have used one service by a report, the latest use first."""
    report = _report(call, directory)
    entities = read_entities(report.content, call.parameters["ServiceNamespace"])
    page = cut(entities, requested_page(call, directory), _latest_first)
    return {
        **_job_shape(report),
        "EntityDetailsList": [_entity_shape(*entity) for entity in page.items],
        **page_end(call, directory, page.next_after),
    }


def _reported_on(call: AuthorizedCall, directory: Directory) -> tuple[Sequence[str], Sequence[User | Role]]:
    """Return the policies that grant what is reported on, and whose calls count.

    Raises:
        NoSuchEntity: what the call names does not exist.
    """
    named = find_entity_arn(call.parameters["Arn"])
    if named is None:
        policy = get_policy(directory, call.account, call.parameters["Arn"])
        text = in_force.managed_text(directory, call.account, policy.arn)
        return [text.document] if text else [], list_reached(directory, call.account, policy.arn)
    entity = get_named_entity(call, directory, named)
    documents = [text.document for text in identity_policies(directory, entity)]
    return documents, list_all_members(directory, entity) if isinstance(entity, Group) else [entity]


def _report(call: AuthorizedCall, directory: Directory) -> AccessReport:
    return get_access_report(directory, call.account, call.caller.unique_id, call.parameters["JobId"], now=call.now)


def _accessor(entity: User | Role) -> Accessor:
    return Accessor(kind_of(entity).value.upper(), entity.unique_id, entity.name, entity.path, entity.arn)


def _latest_first(entity: tuple[Accessor, datetime | None]) -> str:
    accessor, at = entity
    ago = _LAST_MOMENT - (int(at.timestamp()) if at else 0)
    return f"{ago:012} {accessor.unique_id}"


def _job_shape(report: AccessReport) -> dict[str, Any]:
    return {
        "JobStatus": "COMPLETED",
        "JobCreationDate": report.created_at,
        "JobCompletionDate": report.created_at,
    }


def _service_shape(service: AccessedService) -> dict[str, Any]:
    shape: dict[str, Any] = {"ServiceName": service.name, "ServiceNamespace": service.namespace}
    if service.last:
        shape |= {"LastAuthenticated": service.last.moment, "LastAuthenticatedEntity": service.last.arn}
        shape |= {"LastAuthenticatedRegion": service.last.region} if service.last.region else {}
    shape["TotalAuthenticatedEntities"] = service.accessors
    if service.actions:
        shape["TrackedActionsLastAccessed"] = list(_actions_shape(service.actions))
    return shape


def _actions_shape(actions: Iterable[AccessedAction]) -> Iterable[dict[str, Any]]:
    for action in actions:
        shape: dict[str, Any] = {"ActionName": action.name}
        if action.last:
            shape |= {"LastAccessedEntity": action.last.arn, "LastAccessedTime": action.last.moment}
            shape |= {"LastAccessedRegion": action.last.region} if action.last.region else {}
        yield shape


def _entity_shape(accessor: Accessor, at: datetime | None) -> dict[str, Any]:
    info = {
        "Arn": accessor.arn,
        "Name": accessor.name,
        "Type": accessor.kind,
        "Id": accessor.unique_id,
        "Path": accessor.path,
    }
    return {"EntityInfo": info, **({"LastAuthenticated": at} if at else {})}


OPERATIONS = (
    Operation(
        "iam",
        "GenerateServiceLastAccessedDetails",
        targets.report_subject("iam:GenerateServiceLastAccessedDetails"),
        generate_service_last_accessed_details,
        # It reads, as AWS has it, but the report is kept.
        writes=False,
        writes_if=lambda _: True,
        changes_access=False,
    ),
    Operation(
        "iam",
        "GetServiceLastAccessedDetails",
        targets.anything("iam:GetServiceLastAccessedDetails"),
        get_service_last_accessed_details,
        writes=False,
    ),
    Operation(
        "iam",
        "GetServiceLastAccessedDetailsWithEntities",
        targets.anything("iam:GetServiceLastAccessedDetailsWithEntities"),
        get_service_last_accessed_details_with_entities,
        writes=False,
    ),
)
