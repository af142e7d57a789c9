"""IAM's operations on service-linked roles.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
"""

from collections.abc import Mapping
from typing import Any

from ostiary.catalogue import find_service_linked_role
from ostiary.directory import role_deletions, roles, service_linked_roles
from ostiary.directory.directory import Directory
from ostiary.services.iam import targets
from ostiary.services.iam.owners import ROLE
from ostiary.services.iam.roles import role_shape
from ostiary.services.iam.service_linked_names import DeletionTask, role_name
from ostiary.values.call import AuthorizedCall
from ostiary.values.fault import Fault
from ostiary.values.operation import Operation

Output = Mapping[str, Any]

_LONGEST_NAME = 64


def create_service_linked_role(call: AuthorizedCall, directory: Directory) -> Output:
    """Create the role of a service; the answer leaves out its description, as CreateRole's does."""
    parameters = call.parameters
    service, suffix = parameters["AWSServiceName"], parameters.get("CustomSuffix")
    template = find_service_linked_role(service)
    if template is None:
        raise _invalid(f"Service {service} does not support service-linked roles.")
    if suffix is not None and not template.takes_suffix:
        raise _invalid(f"Custom suffix is not allowed for {service}")
    name = role_name(template, suffix)
    if len(name) > _LONGEST_NAME:
        raise _invalid(f"Service role name {name} is longer than {_LONGEST_NAME} characters.")
    if roles.find_role(directory, call.account, name):
        raise _invalid(f"Service role name {name} has been taken in this account, please try a different suffix.")
    role = service_linked_roles.create_service_linked_role(
        directory, call.account, name, template, description=parameters.get("Description"), now=call.now
    )
    return {"Role": role_shape(role)}


def delete_service_linked_role(call: AuthorizedCall, directory: Directory) -> Output:
    """Delete a service-linked role, and return the task in which that is done."""
    role = service_linked_roles.get_service_linked_role(directory, call.account, call.parameters["RoleName"])
    return {"DeletionTaskId": role_deletions.start_deletion(directory, role, now=call.now)}


def get_service_linked_role_deletion_status(call: AuthorizedCall, directory: Directory) -> Output:
    """Tell how far the deletion of a service-linked role has come."""
    task_id = call.parameters["DeletionTaskId"]
    if DeletionTask.parse(task_id) is None:
        raise _invalid(f"DeletionTaskId {task_id} is not valid.")
    return {"Status": role_deletions.get_deletion_status(directory, call.account, task_id)}


def _invalid(sentence: str) -> Fault:
    return Fault("InvalidInput", sentence, status=400)


OPERATIONS = (
    Operation(
        "iam",
        "CreateServiceLinkedRole",
        targets.new_service_linked_role,
        create_service_linked_role,
        writes=True,
        changes_access=False,
    ),
    Operation(
        "iam",
        "DeleteServiceLinkedRole",
        targets.existing(ROLE, "iam:DeleteServiceLinkedRole"),
        delete_service_linked_role,
        writes=True,
    ),
    Operation(
        "iam",
        "GetServiceLinkedRoleDeletionStatus",
        targets.role_in_deletion,
        get_service_linked_role_deletion_status,
        writes=False,
    ),
)
