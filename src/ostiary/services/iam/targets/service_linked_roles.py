"""Service-linked roles as what is acted on."""

from collections.abc import Iterable

from ostiary.catalogue import find_service_linked_role
from ostiary.directory.directory import Directory
from ostiary.services.iam.service_linked_names import DeletionTask, role_name
from ostiary.services.iam.targets.words import Parameters
from ostiary.values.arn import iam_arn
from ostiary.values.caller import Caller
from ostiary.values.operation import Need


def new_service_linked_role(_directory: Directory, caller: Caller, parameters: Parameters) -> Iterable[Need]:
    """CreateServiceLinkedRole: on the ARN to be; of a service that has no such role, on any role of it."""
    service = parameters["AWSServiceName"]
    template = find_service_linked_role(service)
    name = role_name(template, parameters.get("CustomSuffix")) if template else "*"
    arn = iam_arn(caller.account, "role", f"/aws-service-role/{service}/", name)
    yield Need("iam:CreateServiceLinkedRole", arn, {"iam:AWSServiceName": service})


def role_in_deletion(_directory: Directory, caller: Caller, parameters: Parameters) -> Iterable[Need]:
    """GetServiceLinkedRoleDeletionStatus: on the role in the task's ID, which may be gone by now."""
    task = DeletionTask.parse(parameters["DeletionTaskId"])
    path, name = (task.path, task.role_name) if task else ("/", "*")
    yield Need("iam:GetServiceLinkedRoleDeletionStatus", iam_arn(caller.account, "role", path, name))
